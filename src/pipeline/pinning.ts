import type { Builder, Workspace } from '../build/builder.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import { capModule } from '../pin/cap.js';
import { keepModule, pinModule, unpinnedModule, type Pin, type PinRequest } from '../pin/pin.js';
import { collectReplaced, loweredWarnings, type ReplacedFolders } from '../pin/replaced.js';
import type { PluginProject } from '../plugin/project.js';
import type { Files, Reporter } from '../ports.js';

/** The build-only go.mod and go.sum of a run, and the folders that its local replacements need. */
export interface Pinning extends Pin, ReplacedFolders {
  /** `dependencies: cap` ends with `go mod tidy`. */
  readonly tidy: boolean;
}

interface PinningRequest {
  readonly project: PluginProject;
  readonly server: ServerBuild;
  readonly builder: Builder;
}

/**
 * The build-only files for one server. The plugin's own go.mod and go.sum are read, never written.
 *
 * @throws Failure (input) for a malformed go.mod or go.sum, or a local replacement that is not there
 */
export async function preparePinning(
  request: PinningRequest & { readonly dependencies: BuildOptions['dependencies'] },
  ports: { readonly files: Files; readonly reporter: Pick<Reporter, 'warn'> },
): Promise<Pinning> {
  const { project, server, dependencies } = request;
  const { source, replaced } = await pinSource(request, ports);
  const rules = { pin: pinModule, cap: capModule, keep: keepModule };
  const pin = rules[dependencies](source);
  const warnings = [...pin.warnings, ...loweredWarnings(replaced.folders, server)];
  for (const { text, line } of warnings) {
    ports.reporter.warn(text, {
      kind: 'file',
      file: project.displayGoMod,
      ...(line === null ? {} : { line }),
    });
  }
  return { ...pin, ...replaced, warnings, tidy: dependencies === 'cap' };
}

/** The same with the plugin's own versions: for listing what it is made of as it is. Throws Failure as preparePinning. */
export async function prepareUnpinned(
  request: PinningRequest,
  ports: { readonly files: Files },
): Promise<Pinning> {
  const { source, replaced } = await pinSource({ ...request, dependencies: 'keep' }, ports);
  return { ...unpinnedModule(source), ...replaced, tidy: false };
}

async function pinSource(
  request: PinningRequest & { readonly dependencies: BuildOptions['dependencies'] },
  { files }: { readonly files: Files },
): Promise<{ readonly source: PinRequest; readonly replaced: ReplacedFolders }> {
  const { project, server, dependencies, builder } = request;
  const replaced = await collectReplaced(
    {
      goMod: project.goModText,
      file: project.displayGoMod,
      moduleDir: project.moduleDir,
      dependencies,
      server,
    },
    files,
  );
  const paths = replaced.folders.map(({ path }) => path);
  const places = builder.places(emptyWorkspace(project.moduleDir, paths));
  const source = {
    goMod: project.goModText,
    file: project.displayGoMod,
    goSum: project.goSumText,
    server,
    replacedAt: (index: number) => places.replaced(index),
    absent: replaced.absent.map(({ dir }) => dir),
  };
  return { source, replaced };
}

/** The replacements' places depend on nothing else of a workspace. */
function emptyWorkspace(module: string, replaced: readonly string[]): Workspace {
  return { module, pin: '', out: '', replaced };
}
