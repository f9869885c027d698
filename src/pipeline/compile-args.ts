import type { Workspace } from '../build/builder.js';
import { goBuildArgs } from '../build/flags.js';
import type { TargetContext } from './context.js';

/** What the compile step's file is called before it gets its real name. */
export const compiledFile = 'plugin.so';

/** The arguments after `go` of a plugin's compile step. */
export function compileArgs(
  workspace: Workspace,
  { builder, options, project }: Pick<TargetContext, 'builder' | 'options' | 'project'>,
): string[] {
  return goBuildArgs({
    places: builder.places(workspace),
    package: project.packageArg,
    outFile: compiledFile,
    flags: options.flags,
    overlay: true,
  });
}
