import { Failure, type Where } from '../errors.js';
import type { PluginListing } from './listing.js';
import type { PluginProject } from './project.js';

/** The module that defines what a plugin is; the server looks both functions up by its types. */
export const pluginApi = 'github.com/gotify/plugin-api';

/** The code of the failure of a package that is not `main`. */
export const notMainCode = 'not-a-main-package';

const serverPackage = /^github\.com\/gotify\/server(?:\/|$)/;

/**
 * Checks what can be seen before anything is compiled.
 *
 * @throws Failure (input) where the package is not a main package
 * @throws Failure (plugin) where it does not use plugin-api, has the import path that every program's own main package
 *   has, or imports packages of the server itself: the server compiles those from its own folder, so that they never match
 */
export function checkListing(listing: PluginListing, project: PluginProject): void {
  const main = listing.packages.get(listing.main);
  if (main?.name !== 'main') throw notMain(project, main?.name ?? '');
  if (listing.main === 'main') throw takenPath(project);
  const chain = shortestChain(listing, (path) => isServerPackage(path, listing));
  if (chain !== null) throw importsServer(chain, listing, project);
  if (!listing.packages.has(pluginApi)) throw noPluginApi(project);
}

/** A plugin that lives in the server's own repository is that module: its packages are no import of it. */
function isServerPackage(path: string, { packages }: PluginListing): boolean {
  return serverPackage.test(path) && packages.get(path)?.module?.main !== true;
}

/**
 * The import paths from the main package to the nearest one that is wanted, both included; null where none is.
 * Of several of one length the first in the order of the import lists.
 */
export function shortestChain(
  { main, packages }: PluginListing,
  isWanted: (importPath: string) => boolean,
): readonly string[] | null {
  const importedBy = new Map<string, string | null>([[main, null]]);
  for (const path of importedBy.keys()) {
    if (isWanted(path)) return chainTo(path, importedBy);
    for (const next of packages.get(path)?.imports ?? []) {
      if (!importedBy.has(next) && packages.get(next)?.standard === false) importedBy.set(next, path);
    }
  }
  return null;
}

function chainTo(path: string, importedBy: ReadonlyMap<string, string | null>): readonly string[] {
  const chain: string[] = [];
  for (let at: string | null = path; at !== null; at = importedBy.get(at) ?? null) chain.unshift(at);
  return chain;
}

function notMain(project: PluginProject, name: string): Failure {
  return new Failure('input', {
    code: notMainCode,
    what: `the package ${project.packageArg} in ${project.displayDir} is package ${name}, not package main`,
    remedy: 'Name the folder of the main package with the package input, for example ./cmd/plugin.',
    where: { kind: 'input', input: 'package' },
  });
}

/** `go mod init main`: Go's loader compares the plugin's `main` with the server's (golang.org/issue/31048). */
function takenPath({ displayGoMod, goMod }: PluginProject): Failure {
  return new Failure('plugin', {
    code: 'module-called-main',
    what: "the plugin's module is called main, as the main package of every Go program is: the server takes it for another version of its own, and will not load it",
    remedy:
      'Give the module a path of its own in go.mod, such as `module example.com/my-plugin`, and write it in the imports of its packages too.',
    where: {
      kind: 'file',
      file: displayGoMod,
      ...(goMod.moduleLine === null ? {} : { line: goMod.moduleLine }),
    },
  });
}

function importsServer(chain: readonly string[], listing: PluginListing, project: PluginProject): Failure {
  return new Failure('plugin', {
    code: 'imports-server',
    what:
      `the plugin imports the server's own package ${chain.at(-1) ?? ''} (${chain.join(' -> ')}), ` +
      'which never equals the one inside a server: it will not load',
    remedy: `Use ${pluginApi} instead: it has all that a plugin may share with the server. ${whatToRemove(chain, listing)}`,
    where: requireLine(chain, listing, project),
  });
}

function whatToRemove(chain: readonly string[], { packages }: PluginListing): string {
  const [from] = chain.slice(-2);
  const owner = from === undefined ? undefined : packages.get(from)?.module;
  if (owner === undefined || owner.main) return 'Remove that import.';
  return `The import is in the dependency ${owner.path}: replace it, or use a version without that import.`;
}

/** The go.mod line that brings the first foreign module of the chain in. */
function requireLine(chain: readonly string[], { packages }: PluginListing, project: PluginProject): Where {
  const foreign = chain.map((path) => packages.get(path)?.module).find((module) => module?.main === false);
  const line = project.goMod.requires.find((require) => require.path === foreign?.path)?.line;
  return { kind: 'file', file: project.displayGoMod, ...(line === undefined ? {} : { line }) };
}

function noPluginApi(project: PluginProject): Failure {
  return new Failure('plugin', {
    code: 'no-plugin-api',
    what: `neither the package ${project.packageArg} nor anything that it imports uses ${pluginApi}: it is not a gotify plugin`,
    remedy: `Import ${pluginApi} and export GetGotifyPluginInfo and NewGotifyPluginInstance; https://gotify.net/docs/plugin-write shows how. If the plugin is another package of the module, name it with the package input.`,
    where: { kind: 'file', file: project.displayGoMod },
  });
}
