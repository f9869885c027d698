import { holds, named } from './document.js';
import { entryOf, type IndexEntry, mergeEntries } from './index-file.js';
import { waitsFor } from './names.js';
import type { Seen } from './state.js';
import type { Job } from './step.js';

/** What is known of the assets: by this job, by gotify-plugin.json, and by the parts. */
export function allEntries(job: Job, { assets, indexes, fragments, tagCommit }: Seen): IndexEntry[] {
  const known = [...indexes, ...(fragments ?? [])].flatMap(({ files }) => files);
  const own = job.files.map((file) => entryOf(file, job.commit));
  return mergeEntries([...own, ...known], assets, tagCommit);
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
