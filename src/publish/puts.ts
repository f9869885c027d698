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
  return putStep(puts, seen);
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
  const put = putStep([putDocument(own, seen)], seen);
  // Only who has seen all parts takes one away: then gotify-plugin.json is there, which a list may show late.
  return put !== null && seen.taken.has(own.name) ? { kind: 'doubt', then: put } : put;
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
    seen,
  );
}

/**
 * What is in the way has to go before a name can be used; where that may be somebody's upload of just now, the others are
 * sent first.
 */
function putStep(puts: readonly Put[], seen: Seen): Step | null {
  if (puts.length === 0) return null;
  const inTheWay = puts.flatMap((put) => blockersOf(put, seen));
  const removal = removeStep(inTheWay, seen);
  if (removal?.kind === 'remove') return removal;
  const free = puts.filter((put) => blockersOf(put, seen).length === 0);
  return free.length > 0 ? { kind: 'put', puts: free } : removal;
}

/** Uploads under the file's names that are not whole, and waiting bytes that are others than their name says. */
function blockersOf({ name, sha256, waiting }: Put, { assets }: Seen): readonly Asset[] {
  const waits = waitingName(name, sha256);
  return assets.filter((asset) =>
    asset.name === waits ? waiting === null : asset.name === name && asset.state === 'starter',
  );
}

/** Removes what nobody is sending any more; where that is none of it, waits for who is. Null: there is nothing. */
export function removeStep(assets: readonly Asset[], { broken }: Seen): Step | null {
  if (assets.length === 0) return null;
  const idle = assets.filter(({ id, state }) => state === 'uploaded' || broken.has(id));
  return idle.length > 0 ? { kind: 'remove', assets: idle } : { kind: 'hold', assets };
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
