import type { ModFile, ModRequire } from '../go/modfile.js';
import type { SumFile } from '../go/sumfile.js';
import type { Finding } from './finding.js';

export interface ModAndSum {
  readonly mod: ModFile;
  readonly sum: SumFile;
}

/** So many modules are named of each sort. */
const mostNamed = 3;

/**
 * What `go mod tidy` would do to a plugin's go.mod, and what it would add to go.sum: lines there that are no longer needed
 * do no harm. Only requirements and the `go` line are looked at, as tidy changes nothing else that matters.
 *
 * @param file the name of go.mod for messages
 */
export function untidyFindings(
  own: ModAndSum,
  tidied: ModAndSum,
  { author, file }: { readonly author: ModFile; readonly file: string },
): readonly Finding[] {
  const { added, removed, changed } = requireChanges(own.mod, tidied.mod);
  const sums = missingSums(own.sum, tidied.sum);
  const parts = [
    ...(added.length === 0 ? [] : [`adds ${someNames(added)}`]),
    ...(removed.length === 0 ? [] : [`removes ${someNames(removed)}`]),
    ...(changed.length === 0 ? [] : [`changes ${someNames(changed)}`]),
    ...(own.mod.go?.version === tidied.mod.go?.version ? [] : ['changes the go line']),
    ...(sums === 0 ? [] : [`adds ${sums === 1 ? '1 line' : `${String(sums)} lines`} to go.sum`]),
  ];
  if (parts.length === 0) return [];
  const line = author.requires.find(({ path }) => removed.includes(path) || changed.includes(path))?.line;
  return [untidyFinding(`\`go mod tidy\` ${parts.join(', ')}`, { file, line })];
}

/** @param why what shows it, after a colon; @param place of go.mod, for messages */
export function untidyFinding(
  why: string,
  { file, line }: { readonly file: string; readonly line?: number | undefined },
): Finding {
  return {
    level: 'note',
    kind: 'not-tidy',
    code: 'not-tidy',
    module: null,
    plugin: null,
    server: null,
    reach: null,
    what: `go.mod is not tidy: ${why}`,
    remedy: 'Run `go mod tidy` and commit what it changes.',
    where: { kind: 'file', file, ...(line === undefined ? {} : { line }) },
  };
}

interface RequireChanges {
  /** Module paths, each once, in the order of the files. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

function requireChanges(own: ModFile, tidied: ModFile): RequireChanges {
  const [before, after] = [byPath(own), byPath(tidied)];
  const common = [...before.keys()].filter((path) => after.has(path));
  return {
    added: [...after.keys()].filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !after.has(path)),
    changed: common.filter((path) => linesText(before.get(path)) !== linesText(after.get(path))),
  };
}

function byPath({ requires }: ModFile): ReadonlyMap<string, readonly ModRequire[]> {
  const lines = new Map<string, ModRequire[]>();
  for (const require of requires) lines.set(require.path, [...(lines.get(require.path) ?? []), require]);
  return lines;
}

/** Versions and marks; of two lines for one module tidy leaves one. */
function linesText(lines: readonly ModRequire[] = []): string {
  return lines.map(({ version, indirect }) => `${version}${indirect ? ' // indirect' : ''}`).join('\n');
}

function missingSums(own: SumFile, tidied: SumFile): number {
  const known = new Set(own.entries.map(({ path, version }) => `${path} ${version}`));
  return tidied.entries.filter(({ path, version }) => !known.has(`${path} ${version}`)).length;
}

/** The first few names, and how many more there are. */
export function someNames(paths: readonly string[]): string {
  const more = paths.length - mostNamed;
  return more > 0 ? `${paths.slice(0, mostNamed).join(', ')} and ${String(more)} more` : paths.join(', ');
}
