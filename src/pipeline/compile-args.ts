import type { Workspace } from '../build/builder.js';
import { goBuildArgs } from '../build/go-args.js';
import { ownLanguage } from '../pin/language.js';
import type { TargetContext } from './context.js';
import type { Sources } from './sources.js';

/** What the compile step's file is called before it gets its real name. */
export const compiledFile = 'plugin.so';

/**
 * The arguments after `go` of a plugin's compile step.
 *
 * @param sources what the download step found; absent in a dry run, which has none
 */
export function compileArgs(
  workspace: Workspace,
  { builder, options, project, pinning }: Pick<TargetContext, 'builder' | 'options' | 'project' | 'pinning'>,
  sources?: Pick<Sources, 'goMod' | 'listing'>,
): string[] {
  // What `go mod tidy` makes of the line is what the author would have.
  const version = sources === undefined || pinning.tidy ? null : ownLanguage(pinning.goMod, sources.goMod);
  const own = [...(sources?.listing.packages.values() ?? [])].filter(({ module }) => module?.main === true);
  return goBuildArgs({
    places: builder.places(workspace),
    modulePath: project.modulePath,
    package: project.packageArg,
    outFile: compiledFile,
    flags: options.flags,
    overlay: true,
    language: version === null ? null : { version, packages: own.map(({ importPath }) => importPath) },
  });
}
