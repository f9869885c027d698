import type { Builder, Workspace } from '../build/builder.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import { capModule } from '../pin/cap.js';
import { keepModule, pinModule, unpinnedModule, type Pin, type PinRequest } from '../pin/pin.js';
import { collectReplaced } from '../pin/replaced.js';
import type { PluginProject } from '../plugin/project.js';
import type { Files, Reporter } from '../ports.js';
import type { RunDir } from './run-dir.js';

/** The build-only go.mod and go.sum of a run, and the folders that its local replacements need. */
export interface Pinning extends Pin {
  /** In the order of their numbers; absolute. */
  readonly folders: readonly string[];
  /** `dependencies: cap` ends with `go mod tidy`. */
  readonly tidy: boolean;
}

interface PinningRequest {
  readonly project: PluginProject;
  readonly server: ServerBuild;
  readonly builder: Builder;
  readonly run: RunDir;
}

/**
 * The build-only files for one server. The plugin's own go.mod and go.sum are read, never written.
 *
 * @throws Failure (input) for a malformed go.mod or go.sum, or a local replacement that is not there
 */
export async function preparePinning(
  request: PinningRequest & { readonly dependencies: BuildOptions['dependencies'] },
  ports: { readonly files: Files; readonly reporter: Reporter },
): Promise<Pinning> {
  const { project, dependencies } = request;
  const { source, folders } = await pinSource(request, ports);
  const rules = { pin: pinModule, cap: capModule, keep: keepModule };
  const pin = rules[dependencies](source);
  for (const { text, line } of pin.warnings) {
    ports.reporter.warn(text, {
      kind: 'file',
      file: project.displayGoMod,
      ...(line === null ? {} : { line }),
    });
  }
  return { ...pin, folders, tidy: dependencies === 'cap' };
}

/** The same with the plugin's own versions: for listing what it is made of as it is. Throws Failure as preparePinning. */
export async function prepareUnpinned(
  request: PinningRequest,
  ports: { readonly files: Files },
): Promise<Pinning> {
  const { source, folders } = await pinSource({ ...request, dependencies: 'keep' }, ports);
  return { ...unpinnedModule(source), folders, tidy: false };
}

async function pinSource(
  request: PinningRequest & { readonly dependencies: BuildOptions['dependencies'] },
  { files }: { readonly files: Files },
): Promise<{ readonly source: PinRequest; readonly folders: readonly string[] }> {
  const { project, server, dependencies, builder, run } = request;
  const replaced = await collectReplaced(
    {
      goMod: project.goModText,
      file: project.displayGoMod,
      moduleDir: project.moduleDir,
      dependencies,
      server,
      workDir: await run.folder('replaced'),
    },
    files,
  );
  const folders = replaced.map(({ dir }) => dir);
  const places = builder.places(emptyWorkspace(project.moduleDir, folders));
  const source = {
    goMod: project.goModText,
    file: project.displayGoMod,
    goSum: project.goSumText,
    server,
    replacedAt: (index: number) => places.replaced(index),
  };
  return { source, folders };
}

/** The replacements' places depend on nothing else of a workspace. */
function emptyWorkspace(module: string, replaced: readonly string[]): Workspace {
  return { module, pin: '', out: '', replaced };
}
