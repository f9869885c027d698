import { checksumsText } from './checksums.js';
import { type Document, documentOf, holds, named } from './document.js';
import { allEntries, presentFiles } from './entries.js';
import { assetExists } from './failures.js';
import { fragmentOf } from './fragment.js';
import { indexText } from './index-file.js';
import { checksumsName, indexName, waitingName } from './names.js';
import { sharing, wholeRuns } from './parts.js';
import type { Asset } from './release-api.js';
import type { Seen } from './state.js';
import type { Job, Put, Step } from './step.js';

/** Files that are not there, and those with other bytes as `on-existing` says. */
export function putFiles(job: Job, seen: Seen): Step | null {
  const puts = job.files.flatMap((file): readonly Put[] => {
    const old = whole(seen, file.name);
    if (old !== null && (holds(old, file) || onExisting(job, { seen, name: file.name }) === 'skip'))
      return [];
    return [putOf({ ...file, content: { kind: 'file', path: file.path } }, seen)];
  });
  return putStep(puts, { seen, own: true });
}

function onExisting(
  job: Job,
  { seen, name }: { readonly seen: Seen; readonly name: string },
): 'replace' | 'skip' {
  const rule = job.onExisting ?? (seen.release.draft ? 'replace' : 'fail');
  if (rule === 'fail') throw assetExists(name);
  return rule;
}

/** What this job knows of its files, for the job that sees all parts. */
export function putFragment(job: Job, seen: Seen): Step | null {
  const request = sharing(job, seen);
  if (request === null) return null;
  const own = fragmentOf(request, new Set(presentFiles(job, seen).map(({ file }) => file)));
  if (holds(named(seen.assets, own.name), own)) return null;
  return putStep([putDocument(own, seen)], { seen, own: true });
}

/** checksums.txt and gotify-plugin.json, as all that is known makes them. */
export function putTexts(job: Job, seen: Seen): Step | null {
  const texts = [
    documentOf(checksumsName, checksumsText(seen.assets, seen.foreignChecksums)),
    documentOf(indexName, indexText(job, { runs: wholeRuns(job, seen), files: allEntries(job, seen) })),
  ];
  // GitHub takes no empty asset.
  const puts = texts.filter((text) => text.size > 0 && !holds(named(seen.assets, text.name), text));
  return putStep(
    puts.map((text) => putDocument(text, seen)),
    { seen, own: false },
  );
}

interface Putting {
  readonly seen: Seen;
  /** Whether these names are this job's alone: then a broken upload is nobody else's. */
  readonly own: boolean;
}

/** Broken uploads have to go before their names can be used. */
function putStep(puts: readonly Put[], { seen, own }: Putting): Step | null {
  if (puts.length === 0) return null;
  const broken = puts.flatMap((put) => brokenOf(put, seen));
  if (broken.length === 0) return { kind: 'put', puts };
  return own ? { kind: 'remove', assets: broken } : removeStep(broken, seen);
}

/** Uploads under the file's names that broke off, and waiting bytes that are others than their name says. */
function brokenOf({ name, sha256, waiting }: Put, { assets }: Seen): readonly Asset[] {
  const waits = waitingName(name, sha256);
  return assets.filter((asset) =>
    asset.name === waits ? waiting === null : asset.name === name && asset.state === 'starter',
  );
}

/** Broken uploads that an earlier look did not show may be going on just now. */
export function removeStep(assets: readonly Asset[], { stale }: Seen): Step {
  const busy = assets.filter(({ id, state }) => state === 'starter' && !stale.has(id));
  return busy.length > 0 ? { kind: 'hold', assets: busy } : { kind: 'remove', assets };
}

function putDocument(document: Document, seen: Seen): Put {
  return putOf({ ...document, content: { kind: 'bytes', bytes: document.bytes } }, seen);
}

function putOf(what: Omit<Put, 'old' | 'waiting'>, seen: Seen): Put {
  const { name, content, size, sha256 } = what;
  const waiting = named(seen.assets, waitingName(name, sha256));
  const isThere = waiting !== undefined && holds(waiting, what);
  return { name, content, size, sha256, old: whole(seen, name), waiting: isThere ? waiting : null };
}

function whole({ assets }: Seen, name: string): Asset | null {
  const asset = named(assets, name);
  return asset?.state === 'uploaded' ? asset : null;
}
