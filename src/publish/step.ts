import { type Document, documentOf, holds, named } from './document.js';
import { assetExists, tooLate } from './failures.js';
import { fragmentOf, ofSameRun } from './fragment.js';
import { checksumsText } from './checksums.js';
import { entryOf, indexText, type IndexEntry, mergeEntries } from './index-file.js';
import {
  checksumsName,
  indexName,
  isIndex,
  isPluginFile,
  isScaffold,
  partOf,
  waitingName,
  waitsFor,
} from './names.js';
import { isOurs, withNotes } from './notes.js';
import type { Asset, Content, Release, ReleaseChange } from './release-api.js';
import type { Part, PartRequest, PublishRequest } from './request.js';
import type { Seen, State } from './state.js';

/** Bytes that have to become the asset of that name. */
export interface Put {
  readonly name: string;
  readonly content: Content;
  readonly size: number;
  readonly sha256: string;
  /** What has the name now. */
  readonly old: Asset | null;
  /** The bytes, where they are at the release already under their waiting name. */
  readonly waiting: Asset | null;
}

/** What has to be done next. */
export type Step =
  /** There is no release: make a draft. */
  | { readonly kind: 'make' }
  /** Jobs made several drafts: move what is in the others, and delete them. */
  | { readonly kind: 'merge'; readonly others: readonly Release[] }
  | { readonly kind: 'put'; readonly puts: readonly Put[] }
  | { readonly kind: 'remove'; readonly assets: readonly Asset[] }
  /** Somebody may be sending these just now. */
  | { readonly kind: 'hold'; readonly assets: readonly Asset[] }
  | { readonly kind: 'edit'; readonly change: ReleaseChange }
  | { readonly kind: 'publish'; readonly change: ReleaseChange }
  /** Not all parts are there; these are. */
  | { readonly kind: 'wait'; readonly parts: readonly string[] }
  | { readonly kind: 'done' };

export interface Job extends PublishRequest {
  /** Null: the job owns the release. */
  readonly part: Part | null;
}

/**
 * Decides what comes next from what lies at GitHub alone, so that a run that was broken off at any point is continued by
 * the next one, and jobs that work at once agree. The order of the rules is the protocol: docs/publishing.md.
 *
 * @throws Failure (input) `asset-exists`, `release-immutable`, `parts-differ`
 */
export function nextStep(job: Job, state: State): Step {
  if (state.kind === 'none') return { kind: 'make' };
  const { seen } = state;
  if (seen.others.length > 0) return { kind: 'merge', others: seen.others };
  const step = putFiles(job, seen) ?? putFragment(job, seen) ?? putTexts(job, seen);
  if (step !== null) return unlessTooLate(step, seen.release);
  return edit(job, seen) ?? clean(job, seen) ?? publish(job, seen) ?? { kind: 'done' };
}

/** Files that are not there, and those with other bytes as `on-existing` says. */
function putFiles(job: Job, seen: Seen): Step | null {
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

/** Only a draft is shared by fragments; a published release, or a whole draft, is added to as by a job alone. */
function putFragment(job: Job, seen: Seen): Step | null {
  if (job.part === null || !seen.release.draft || isSealed(job, seen)) return null;
  const request: PartRequest = { ...job, part: job.part };
  const own = fragmentOf(request, new Set(presentFiles(job, seen).map(({ file }) => file)));
  if (!holds(named(seen.assets, own.name), own))
    return putStep([putDocument(own, seen)], { seen, own: true });
  const parts = partsThere(request, seen);
  return parts.length < job.part.of ? { kind: 'wait', parts } : null;
}

/**
 * Whether somebody saw all parts of this draft: only then gotify-plugin.json is written. One that does not know this
 * job's files is of another run.
 */
function isSealed(job: Job, { assets, indexes }: Seen): boolean {
  if (!assets.some(({ name, state }) => isIndex(name) && state === 'uploaded')) return false;
  const known = indexes.flatMap(({ files }) => files);
  return job.files.every((file) =>
    known.some((entry) => entry.file === file.name && entry.sha256 === file.sha256),
  );
}

/** The parts whose files are all there, sorted by name. */
function partsThere(request: PartRequest, { assets, fragments }: Seen): readonly string[] {
  // Not read as they are too few: their names will do.
  if (fragments === null) return assets.flatMap(({ name }) => partOf(name) ?? []).sort();
  return ofSameRun(fragments, request)
    .filter(({ files }) => files.every((entry) => holds(named(assets, entry.file), entry)))
    .map(({ part }) => part)
    .sort();
}

/** checksums.txt and gotify-plugin.json, as all that is known makes them. */
function putTexts(job: Job, seen: Seen): Step | null {
  const texts = [
    documentOf(checksumsName, checksumsText(seen.assets, seen.foreignChecksums)),
    documentOf(indexName, indexText({ ...job, commit: commitOf(job, seen) }, allEntries(job, seen))),
  ];
  // GitHub takes no empty asset.
  const puts = texts.filter((text) => text.size > 0 && !holds(named(seen.assets, text.name), text));
  return putStep(
    puts.map((text) => putDocument(text, seen)),
    { seen, own: false },
  );
}

function commitOf({ commit }: Job, { indexes }: Seen): string | null {
  return commit ?? indexes.find((index) => index.commit !== null)?.commit ?? null;
}

/** What is known of the assets: by this job, by gotify-plugin.json, and by the parts. */
export function allEntries(job: Job, { assets, indexes, fragments }: Seen): IndexEntry[] {
  const known = [...indexes, ...(fragments ?? [])].flatMap(({ files }) => files);
  return mergeEntries([...job.files.map(entryOf), ...known], assets);
}

/** The part of the text that is ours; while the parts are known that say what is missing. */
function edit(job: Job, seen: Seen): Step | null {
  const { release, fragments } = seen;
  const body = newBody(job, seen);
  const isLate = release.draft && !job.draft && (fragments ?? []).length === 0;
  return body === release.body || isLate ? null : { kind: 'edit', change: { body } };
}

function newBody(job: Job, seen: Seen): string {
  if (!job.notes) return seen.release.body;
  const left = [...job.left, ...(seen.fragments ?? []).flatMap((fragment) => fragment.left)];
  return withNotes(seen.release.body, { files: allEntries(job, seen), left });
}

/** What the work left: all of it says nothing now that gotify-plugin.json does not say. */
function clean(job: Job, seen: Seen): Step | null {
  const { release, assets } = seen;
  if (release.immutable) return null;
  const own = new Set([...job.files.map(({ name }) => name), checksumsName, indexName]);
  const isLeft = ({ name, state }: Asset): boolean => {
    if (state === 'uploaded' && !isScaffold(name)) return false;
    // In a published release another job may be replacing a file of its own.
    const isOwn = partOf(name) !== null || own.has(waitsFor(name) ?? name);
    return isOwn || (release.draft && (isScaffold(name) || isPluginFile(name)));
  };
  const left = assets.filter(isLeft);
  return left.length === 0 ? null : removeStep(left, seen);
}

function publish(job: Job, seen: Seen): Step | null {
  const { release } = seen;
  if (!release.draft || job.draft) return null;
  const body = newBody(job, seen);
  const change: ReleaseChange = {
    draft: false,
    ...(body === release.body ? {} : { body }),
    // An earlier run may have made it with another setting.
    ...(isOurs(release.body) ? { prerelease: job.prerelease } : {}),
    ...(job.makeLatest === null ? {} : { makeLatest: job.makeLatest }),
  };
  return { kind: 'publish', change };
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

function removeStep(assets: readonly Asset[], { stale }: Seen): Step {
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

/** This job's files that are at the release with just their bytes. */
function presentFiles(job: Job, { assets }: Seen): readonly IndexEntry[] {
  return job.files.filter((file) => holds(named(assets, file.name), file)).map(entryOf);
}

function unlessTooLate(step: Step, release: Release): Step {
  if (!release.immutable) return step;
  if (step.kind === 'put')
    throw tooLate(
      release,
      step.puts.map(({ name }) => name),
    );
  if (step.kind === 'remove' || step.kind === 'hold')
    throw tooLate(
      release,
      step.assets.map(({ name }) => name),
    );
  return step;
}
