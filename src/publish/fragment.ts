import * as v from 'valibot';
import { targetNames } from '../build/target.js';
import { Failure } from '../errors.js';
import { samePart } from './failures.js';
import { type Document, documentOf } from './document.js';
import { entryOf, indexShape, parseAsset } from './index-file.js';
import { fragmentName } from './names.js';
import type { PartRequest } from './request.js';

const Fragment = v.object({
  ...indexShape,
  part: v.string(),
  of: v.number(),
  run: v.nullable(v.string()),
  attempt: v.nullable(v.string()),
  /** Names of its files that are not at the release with its bytes (`on-existing: skip`). */
  skipped: v.array(v.string()),
  left: v.array(
    v.object({ target: v.picklist(targetNames), servers: v.array(v.string()), text: v.string() }),
  ),
});

/** What one of several jobs put to the release: its part of gotify-plugin.json and checksums.txt, until all are there. */
export type Fragment = v.InferOutput<typeof Fragment>;

/**
 * Reads a fragment.
 *
 * @param name the asset's
 * @throws Failure (input) `malformed-index`
 */
export function parseFragment(bytes: Uint8Array, name: string): Fragment {
  return parseAsset({ schema: Fragment, bytes, name });
}

/**
 * This job's own.
 *
 * @param names those of its files that are at the release (`on-existing: skip` may have kept others)
 */
export function fragmentOf(request: PartRequest, names: ReadonlySet<string>): Document {
  const { tag, commit, plugin, files, left, part } = request;
  const fragment: Fragment = {
    schema: 1,
    tag,
    plugin,
    part: part.name,
    of: part.of,
    run: part.run,
    attempt: part.attempt,
    skipped: files.map(({ name }) => name).filter((name) => !names.has(name)),
    files: files.filter(({ name }) => names.has(name)).map((file) => entryOf(file, commit)),
    left: left.map(({ target, servers, text }) => ({ target, servers: [...servers], text })),
  };
  return documentOf(fragmentName(part.name), `${JSON.stringify(fragment, null, 2)}\n`);
}

/**
 * What lies under this part's name must be its own, of an earlier attempt or of this one: another job of that name would
 * replace it, and be replaced, and the release would never be whole. By hand nobody can tell.
 *
 * @throws Failure (input) `same-part`
 */
export function requireOwn({ files, part }: PartRequest, there: Fragment): void {
  if (part.run === null || there.run !== part.run || there.attempt !== part.attempt) return;
  const theirs = [...there.files.map(({ file }) => file), ...there.skipped].sort();
  const own = files.map(({ name }) => name).sort();
  if (theirs.join('\n') !== own.join('\n')) throw samePart(part.name, theirs);
}

/**
 * Those that belong to the same run of the workflow; what an earlier run left counts for nothing.
 *
 * @throws Failure (input) `parts-differ` where the jobs do not agree on how many they are
 */
export function ofSameRun(fragments: readonly Fragment[], { part }: PartRequest): readonly Fragment[] {
  const same = fragments.filter(({ run }) => run === part.run);
  const other = same.find(({ of }) => of !== part.of);
  if (other === undefined) return same;
  throw new Failure('input', {
    code: 'parts-differ',
    what: `this job says that ${String(part.of)} jobs share the release, and the part ${other.part} says ${String(other.of)}`,
    remedy: 'Give every job of the matrix the same number of parts.',
    where: { kind: 'input', input: 'parts' },
  });
}
