import { holds, named } from './document.js';
import { entryOf, type IndexEntry, mergeEntries } from './index-file.js';
import { waitsFor } from './names.js';
import type { AddedServers } from './request.js';
import type { Seen } from './state.js';
import type { Job } from './step.js';

/** What is known of the assets: by this job, by gotify-plugin.json, and by the parts. What is added is so of known ones. */
export function allEntries(job: Job, { assets, indexes, fragments, tagCommit }: Seen): IndexEntry[] {
  const known = [...indexes, ...(fragments ?? [])].flatMap(({ files }) => files);
  const own = job.files.map((file) => entryOf(file, job.commit));
  const added = job.added.flatMap((each) => addedEntry(each, [...own, ...known]) ?? []);
  return mergeEntries([...own, ...known, ...added], assets, tagCommit);
}

/** Null: nobody knows anything else of these bytes. */
function addedEntry(
  { file, sha256, servers, compared }: AddedServers,
  known: readonly IndexEntry[],
): IndexEntry | null {
  const entry = known.find((each) => each.file === file && each.sha256 === sha256);
  if (entry === undefined) return null;
  return { ...entry, servers: [...servers], verdict: { kind: 'loads', compared } };
}

/** What could not be added, as the file is gone or has other bytes by now. */
export function notAdded(job: Job, seen: Seen): readonly AddedServers[] {
  const entries = allEntries(job, seen);
  const isThere = ({ file, sha256 }: AddedServers): boolean =>
    entries.some((entry) => entry.file === file && entry.sha256 === sha256);
  return job.added.filter((each) => !isThere(each));
}

/** Whether something is known of a file that no list shows: it is gone, or the list is late. */
export function hasUnlisted({ assets, indexes, fragments }: Seen): boolean {
  const there = new Set(assets.map(({ name }) => waitsFor(name) ?? name));
  return [...indexes, ...(fragments ?? [])].some(({ files }) => files.some(({ file }) => !there.has(file)));
}

/** This job's files that are at the release with just their bytes. */
export function presentFiles(job: Job, { assets }: Seen): readonly IndexEntry[] {
  return job.files
    .filter((file) => holds(named(assets, file.name), file))
    .map((file) => entryOf(file, job.commit));
}
