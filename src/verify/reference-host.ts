import * as v from 'valibot';
import type { Places } from '../build/builder.js';
import { parseModFile, type ModFile, type ModReplace } from '../go/modfile.js';
import { autoQuote } from '../go/quote.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { readObjects } from '../plugin/list.js';
import type { ListedPackage, PluginListing } from '../plugin/listing.js';
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
 * The plugin's packages that the server could contain too. The plugin's main package is among them where its path is
 * below a module of the server's: the server could have another package of that path.
 */
export interface Reach {
  /** Of the standard library, or of the server's modules at the server's versions and made only of such. */
  readonly sure: readonly string[];
  /** Below a module of the server, but listed otherwise (version, files, tags): what the server's are made of can differ. */
  readonly open: readonly string[];
  /** Below the server's own module, which no reference host has. */
  readonly own: readonly string[];
}

type Place = keyof Reach | 'outside';

/**
 * Which of the plugin's packages belong into a reference host: others would bring modules that change its build list.
 *
 * @param request.tags the tags that the packages were listed with: the server is built without
 */
export function reachOf(
  { listing, tags }: { readonly listing: PluginListing; readonly tags: string | null },
  server: Pick<ServerBuild, 'buildList' | 'goMod' | 'version'>,
): Reach {
  const { module: own } = parseModFile(server.goMod, `go.mod of gotify ${server.version}`);
  const owners = ownersAmong([...server.buildList, { path: own, version: '' }]);
  const known = new Map<string, Place>();
  const isTheServers = (path: string, { module }: ListedPackage): boolean => {
    const owner = owners(path);
    if (tags !== null || module?.replacedBy !== undefined) return false;
    return owner?.path === module?.path && owner?.version === module?.version;
  };
  const find = (path: string): Place => {
    const listed = listing.packages.get(path);
    if (path === 'C' || path === 'unsafe' || listed?.standard === true) return 'sure';
    const owner = owners(path);
    if (listed === undefined || owner === null) return 'outside';
    if (owner.path === own) return 'own';
    if (!isTheServers(path, listed)) return 'open';
    const imports = new Set(listed.imports.map(placeOf));
    if (imports.has('outside')) return 'outside';
    return imports.has('open') || imports.has('own') ? 'open' : 'sure';
  };
  const placeOf = (path: string): Place => {
    const before = known.get(path);
    if (before !== undefined) return before;
    // Set before the imports are looked at: Go has no import cycles, but a listing is foreign text.
    known.set(path, 'sure');
    const place = find(path);
    known.set(path, place);
    return place;
  };
  const paths = [...listing.packages.keys()].sort();
  const those = (place: Place): readonly string[] => paths.filter((path) => placeOf(path) === place);
  return { sure: those('sure'), open: those('open'), own: those('own') };
}

/**
 * The arguments after `go` that ask, in the host's folder, which packages the server's own versions have and make of the
 * server's modules alone. Nothing is added to go.mod for the others; they are no error.
 */
export function completeArgs(places: Pick<Places, 'pin'>, packages: readonly string[]): string[] {
  const fields = ['ImportPath', 'Name', 'Incomplete', 'Error', 'DepsErrors'];
  return [
    'list',
    '-e',
    '-mod=readonly',
    `-modfile=${places.pin}/go.mod`,
    `-json=${fields.join(',')}`,
    ...packages,
  ];
}

const errorSchema = v.object({ Err: v.string() });
const answerSchema = v.object({
  ImportPath: v.string(),
  Name: v.optional(v.string(), ''),
  Incomplete: v.optional(v.boolean(), false),
  Error: v.optional(errorSchema),
  DepsErrors: v.optional(v.array(errorSchema), []),
});

/** What go says of the packages that it was asked about. */
export interface Completeness {
  /** The packages that the server could contain. */
  readonly complete: readonly string[];
  /** Why nothing is known of others: go's words, each once. Empty: the server cannot contain them. */
  readonly unknown: readonly string[];
}

/**
 * Reads what go printed. With -e it ends well also where a module could not be fetched: only what says that the server's
 * modules have no such package makes it one that the server cannot contain.
 *
 * @throws Failure (surroundings) where that is not what was printed
 */
export function readCompleteness(stdout: string, asked: readonly string[]): Completeness {
  const answers = readObjects(answerSchema, stdout);
  const answered = new Set(answers.map(({ ImportPath }) => ImportPath));
  const unanswered = asked.filter((path) => !answered.has(path));
  const unknown = answers.filter(({ Incomplete }) => Incomplete).flatMap(whyUnknown);
  // Nothing can import a program.
  const complete = answers.filter(({ Incomplete, Name }) => !Incomplete && Name !== 'main');
  return {
    complete: complete.map(({ ImportPath }) => ImportPath),
    unknown: [...new Set([...unknown, ...unanswered.map((path) => `go list says nothing of ${path}`)])],
  };
}

/** cmd/go/internal/modload/import.go and load/pkg.go of Go, 1.19 to 1.26. */
const cannotHave = [
  /^(?:cannot find module providing|no required module provides) package /,
  /does not contain package /,
  /missing go\.sum entry/,
  /^package \S+ is not in (?:std|GOROOT)\b/,
  /^(?:build constraints exclude all|no|no non-test) Go files in /,
];

function whyUnknown({
  ImportPath,
  Error,
  DepsErrors,
}: v.InferOutput<typeof answerSchema>): readonly string[] {
  const said = [...(Error === undefined ? [] : [Error]), ...DepsErrors].map(({ Err }) => Err);
  if (said.length === 0) return [`go list does not say what ${ImportPath} lacks`];
  return said.filter((text) => !cannotHave.some((pattern) => pattern.test(text)));
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
