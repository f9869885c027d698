import { parseModFile, type ModFile, type ModReplace } from '../go/modfile.js';
import { autoQuote } from '../go/quote.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { PluginListing } from '../plugin/listing.js';
import { isStandard, ownersAmong } from './owners.js';

/** A program whose packages are compiled as the server's are: its manifest stands for the server's. */
export interface ReferenceHostFiles {
  readonly goMod: string;
  readonly goSum: string;
  readonly mainGo: string;
}

/** Not the server's path: its own packages are compiled in another folder, and must not be taken for ours. */
const hostPath = 'gotify-plugin-build.invalid/reference-host';

/**
 * The files of a program that imports the given packages, as far as a program may import them, at the server's
 * versions. Pure. It imports `plugin` too: only programs that do carry package hashes (facts of cmd/link: a program is
 * linked for plugins if the package plugin is part of it).
 */
export function referenceHostFiles(request: {
  readonly server: Pick<ServerBuild, 'goMod' | 'goSum' | 'version'>;
  readonly packages: readonly string[];
}): ReferenceHostFiles {
  const { server, packages } = request;
  return {
    goMod: hostGoMod(parseModFile(server.goMod, `go.mod of gotify ${server.version}`)),
    goSum: server.goSum,
    mainGo: hostProgram(packages.filter(isImportable)),
  };
}

/**
 * The plugin's packages that the server could contain: of the standard library, or of the server's modules and made
 * only of such. Only these belong into a reference host: others would bring modules that change its build list.
 */
export function packagesInReach(
  listing: PluginListing,
  server: Pick<ServerBuild, 'buildList'>,
): readonly string[] {
  const owners = ownersAmong(server.buildList);
  const known = new Map<string, boolean>();
  const reaches = (path: string): boolean => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const listed = listing.packages.get(path);
    // Set before the imports are looked at: Go has no import cycles, but a listing is foreign text.
    known.set(path, true);
    const own =
      listed?.standard === true || (listed !== undefined && owners(path)?.path === listed.module?.path);
    const result = path === 'C' || path === 'unsafe' || (own && (listed?.imports ?? []).every(reaches));
    known.set(path, result);
    return result;
  };
  return [...listing.packages.keys()].filter((path) => path !== listing.main && reaches(path)).sort();
}

/**
 * Whether a program outside the package's module may import it.
 *
 * @see "Internal Directories" and "Vendor Directories" in `go help packages` and `go help modules`
 */
export function isImportable(path: string): boolean {
  const parts = path.split('/');
  if (parts.includes('internal') || parts.includes('vendor')) return false;
  return (
    !['main', 'C', 'unsafe', 'plugin', 'command-line-arguments'].includes(path) &&
    !(isStandard(path) && parts[0] === 'cmd')
  );
}

/** The server's go.mod under another name, without `toolchain` and `tool` lines: the builder brings the toolchain. */
function hostGoMod(server: ModFile): string {
  const lines = [
    `module ${hostPath}`,
    ...(server.go === null ? [] : [`go ${server.go.version}`]),
    ...server.requires.map(
      ({ path, version, indirect }) =>
        `require ${autoQuote(path)} ${version}${indirect ? ' // indirect' : ''}`,
    ),
    ...server.replaces.flatMap(replaceLine),
    ...server.excludes.map(({ path, version }) => `exclude ${autoQuote(path)} ${version}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A folder of the server's own repository is not here: without the line the build says what is missing. */
function replaceLine({ old, new: target }: ModReplace): readonly string[] {
  if (target.kind === 'local') return [];
  const left = old.version === null ? autoQuote(old.path) : `${autoQuote(old.path)} ${old.version}`;
  return [`replace ${left} => ${autoQuote(target.path)} ${target.version}`];
}

function hostProgram(packages: readonly string[]): string {
  const imports = ['plugin', ...new Set(packages)].sort().map((path) => `\t_ ${JSON.stringify(path)}`);
  return ['package main', '', 'import (', ...imports, ')', '', 'func main() {}', ''].join('\n');
}
