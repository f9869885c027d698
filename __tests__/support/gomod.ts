import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../src/errors.js';
import { parseModFile, type ModFile } from '../../src/go/modfile.js';

/** The go.mod files that the reader is held against Go with. */
export const corpusDir = fileURLToPath(new URL('../fixtures/gomod/', import.meta.url));

export function corpusNames(): string[] {
  return readdirSync(corpusDir).filter((name) => name.endsWith('.mod'));
}

export function corpusText(name: string): string {
  return readFileSync(corpusDir + name, 'utf8');
}

/** What the reader says of a text: Go's JSON, or the failure. Anything else thrown is a bug and goes on. */
export function readAsGo(text: string): { json: unknown; failure: null } | { json: null; failure: Failure } {
  try {
    return { json: asGoJson(parseModFile(text, 'go.mod')), failure: null };
  } catch (error) {
    if (error instanceof Failure) return { json: null, failure: error };
    throw error;
  }
}

/** The model in the shape of `go mod edit -json`; empty values are left out, as `oracleJson` leaves them out. */
function asGoJson(mod: ModFile): unknown {
  return withoutEmpty({
    Module: { Path: mod.module },
    Go: mod.go?.version,
    Toolchain: mod.toolchain?.name,
    GoDebug: mod.godebugs
      .filter(({ key }) => key !== '')
      .map(({ key, value }) => ({ Key: key, Value: value })),
    Require: named(mod.requires).map(({ path, version, indirect }) => ({
      Path: path,
      Version: version,
      Indirect: indirect,
    })),
    Exclude: firstOfEach(named(mod.excludes).map(({ path, version }) => ({ Path: path, Version: version }))),
    Replace: firstOfEach(
      mod.replaces
        .filter(({ old }) => old.path !== '')
        .map(({ old, new: target }) => ({
          Old: { Path: old.path, Version: old.version },
          New:
            target.kind === 'local' ? { Path: target.dir } : { Path: target.path, Version: target.version },
        }))
        .reverse(),
      ({ Old }) => Old,
    ).reverse(),
    Retract: mod.retracts
      .filter(({ low, high }) => low !== '' || high !== '')
      .map(({ low, high }) => ({ Low: low, High: high })),
    Tool: firstOfEach(named(mod.tools).map(({ path }) => ({ Path: path }))),
    Ignore: firstOfEach(named(mod.ignores).map(({ path }) => ({ Path: path }))),
  });
}

/** Go's answer without what the reader does not keep: comments' texts (deprecation, rationale). */
export function oracleJson(answer: unknown): unknown {
  return withoutEmpty(answer, new Set(['Deprecated', 'Rationale']));
}

/** `go mod edit` cleans up before it prints: what has no name is gone. */
function named<T extends { readonly path: string }>(items: readonly T[]): T[] {
  return items.filter(({ path }) => path !== '');
}

/** `go mod edit` drops repetitions before it prints: the first stays, but of replaces the last. */
function firstOfEach<T>(items: readonly T[], key: (item: T) => unknown = (item) => item): T[] {
  const first = new Map<string, T>();
  for (const item of items)
    if (!first.has(JSON.stringify(key(item)))) first.set(JSON.stringify(key(item)), item);
  return [...first.values()];
}

function withoutEmpty(value: unknown, skip: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item, skip));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => !skip.has(key) && !isEmpty(item));
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutEmpty(item, skip)]));
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const snippets = [
  '"',
  '`',
  "'",
  '(',
  ')',
  '[',
  ']',
  ',',
  '\\',
  '//',
  '/*',
  '\n',
  '\r',
  ' ',
  '=>',
  '\ufeff',
  '\0',
  '// indirect',
  'require ',
  'replace ',
  'v1.2.3',
  'module x\n',
  ')\n',
  ' (\n',
  '@',
  '=',
  '+incompatible',
  '/v2',
  '0',
];

/** A damaged go.mod: bytes flipped, dropped, doubled, cut, or a piece of grammar put in. */
export function mutate(text: string, random: () => number): string {
  const pick = (limit: number): number => Math.floor(random() * limit);
  let bytes = Buffer.from(text);
  for (let rounds = 1 + pick(3); rounds > 0; rounds -= 1) {
    const at = pick(bytes.length + 1);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = pick(6);
    if (kind === 0 && bytes.length > 0)
      bytes = Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 << pick(8)) : byte)));
    else if (kind === 1) bytes = Buffer.concat([before, after.subarray(1 + pick(8))]);
    else if (kind === 2) bytes = Buffer.concat([before, after.subarray(0, pick(40)), after]);
    else if (kind === 3) bytes = Buffer.from(before);
    else bytes = Buffer.concat([before, Buffer.from(snippets[pick(snippets.length)] ?? ''), after]);
  }
  return bytes.toString('utf8');
}
