import { posix, resolve } from 'node:path';
import { Failure } from '../errors.js';
import type { CheckOptions } from '../options/options.js';
import { isLibrary } from '../plugin/main-package.js';
import { displayPath, locatePlugin, type PluginProject } from '../plugin/project.js';
import { asFailure } from '../report/failure.js';
import type { CheckPorts } from './check-ports.js';
import { matchedFolders } from './matched-folders.js';

/** A module that `path` names, or that one of its patterns matches. */
export type FoundModule = ModuleFolder &
  (
    | { readonly kind: 'plugin'; readonly project: PluginProject }
    /** It cannot be checked: a malformed go.mod, say. */
    | { readonly kind: 'unfit'; readonly failure: Failure }
    /** Found by a pattern, and a library: of a module that is named so it would be a mistake. */
    | { readonly kind: 'library' }
  );

interface ModuleFolder {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly display: string;
  /** Not by a pattern. */
  readonly isNamed: boolean;
}

type FindPorts = Pick<CheckPorts, 'files' | 'matchingFiles'>;
type FindOptions = Pick<CheckOptions, 'base' | 'package' | 'paths'>;

/**
 * The modules that `path` names: folders, or patterns such as `plugins/*`, of which those with a go.mod count. What is
 * wrong with one of several is that one's; each has a go.mod's name for messages (`goModOf`).
 *
 * @throws Failure (input) as locatePlugin does for a module that is the only one; `no-go-mod` for a pattern that
 * matches no module
 */
export async function findModules(options: FindOptions, ports: FindPorts): Promise<readonly FoundModule[]> {
  const folders = await Promise.all(options.paths.map((path) => foldersOf(path, options.base, ports)));
  const modules = new Map<string, ModuleFolder>();
  for (const folder of folders.flat()) {
    if (folder.isNamed || !modules.has(folder.path)) modules.set(folder.path, folder);
  }
  const found: FoundModule[] = [];
  for (const folder of modules.values()) found.push(await readModule(folder, options, ports));
  const [only] = found;
  if (only?.kind === 'unfit' && found.length === 1) throw only.failure;
  return found;
}

/** The go.mod of a module, as messages name it. */
export function goModOf({ display }: Pick<ModuleFolder, 'display'>): string {
  return posix.join(display, 'go.mod');
}

async function readModule(
  folder: ModuleFolder,
  options: FindOptions,
  { files }: FindPorts,
): Promise<FoundModule> {
  try {
    const request = { path: folder.path, package: options.package, base: options.base };
    const project = await locatePlugin(request, files);
    if (!folder.isNamed && (await isLibrary(project, files))) return { ...folder, kind: 'library' };
    return { ...folder, kind: 'plugin', project };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind !== 'input') throw failure;
    return { ...folder, kind: 'unfit', failure };
  }
}

async function foldersOf(path: string, base: string, ports: FindPorts): Promise<readonly ModuleFolder[]> {
  const folders = await matchedFolders(path, { holding: 'go.mod', base }, ports);
  if (folders.length > 0) {
    const named = resolve(base, path);
    return folders.map((folder) => ({
      path: folder,
      display: displayPath(base, folder),
      isNamed: folder === named,
    }));
  }
  throw new Failure('input', {
    code: 'no-go-mod',
    what: `no folder that ${path} matches has a go.mod`,
    remedy: 'Write a pattern such as plugins/* that matches the folders of your modules.',
    where: { kind: 'input', input: 'path' },
  });
}
