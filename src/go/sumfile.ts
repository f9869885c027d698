import { Failure } from '../errors.js';

/** A go.sum: what the modules' files and go.mod files must hash to. */
export interface SumFile {
  /** Every line, in the order of the file; exact repetitions are left out. */
  readonly entries: readonly SumEntry[];
  /** The `h1:` hash of the module's files, or undefined. */
  h1(path: string, version: string): string | undefined;
}

export interface SumEntry {
  readonly path: string;
  /** `v1.2.3`, or `v1.2.3/go.mod` for the hash of the go.mod file alone. */
  readonly version: string;
  readonly hash: string;
}

/** An early Go wrote this hash of an empty go.mod by mistake; Go itself skips such lines. */
const emptyGoMod = 'h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=';

/**
 * Reads a go.sum as cmd/go does: three fields a line, blank lines allowed.
 * Throws Failure `malformed-go-sum` with the line, or `conflicting-sums` where one key has two hashes.
 */
export function parseSumFile(text: string, file: string): SumFile {
  const hashes = new Map<string, SumEntry>();
  for (const [index, line] of text.split('\n').entries()) {
    const fields = line.split(/\s+/).filter((field) => field !== '');
    if (fields.length === 0) continue;
    const [path, version, hash] = fields;
    if (path === undefined || version === undefined || hash === undefined || fields.length !== 3) {
      throw malformedSum(file, index + 1, fields.length);
    }
    if (hash !== emptyGoMod) add(hashes, { path, version, hash }, { a: file, b: file });
  }
  return {
    entries: [...hashes.values()],
    h1: (path, version) => hashes.get(keyOf({ path, version, hash: 'h1:' }))?.hash,
  };
}

/** What the two texts of `unionSums` are called in messages. */
export interface SumNames {
  readonly a: string;
  readonly b: string;
}

/**
 * The lines of both go.sum files, sorted, each once. Two hashes for one key are never merged: one of the two files
 * was made from other bytes. Throws Failure `conflicting-sums` that names both hashes, or `malformed-go-sum`.
 */
export function unionSums(
  a: string,
  b: string,
  names: SumNames = { a: 'go.sum', b: "the server's go.sum" },
): string {
  const union = new Map<string, SumEntry>();
  for (const entry of parseSumFile(a, names.a).entries) add(union, entry, names);
  for (const entry of parseSumFile(b, names.b).entries) add(union, entry, names);
  const lines = [...union.values()].map(({ path, version, hash }) => `${path} ${version} ${hash}\n`);
  return lines.sort().join('');
}

function add(hashes: Map<string, SumEntry>, entry: SumEntry, names: SumNames): void {
  const key = keyOf(entry);
  const known = hashes.get(key);
  if (known === undefined) {
    hashes.set(key, entry);
  } else if (known.hash !== entry.hash) {
    throw new Failure('input', {
      code: 'conflicting-sums',
      what: `${entry.path} ${entry.version} has two different hashes: ${known.hash} (${names.a}) and ${entry.hash} (${names.b})`,
      remedy: 'One of them is not the published module. Remove the wrong line and run `go mod verify`.',
      where: { kind: 'file', file: names.a },
    });
  }
}

/** Hashes of different algorithms (`h1:`, a later `h2:`) may stand side by side. */
function keyOf({ path, version, hash }: SumEntry): string {
  return `${path} ${version} ${hash.slice(0, hash.indexOf(':') + 1)}`;
}

function malformedSum(file: string, line: number, fields: number): Failure {
  return new Failure('input', {
    code: 'malformed-go-sum',
    what: `a line of go.sum has three fields (module, version, hash), this one has ${String(fields)}`,
    remedy: 'Remove the line and run `go mod tidy`.',
    where: { kind: 'file', file, line },
  });
}
