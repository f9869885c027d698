import { holds, named } from './document.js';
import { ofSameRun } from './fragment.js';
import { partOf } from './names.js';
import { presentFiles } from './entries.js';
import type { PartRequest } from './request.js';
import type { Seen } from './state.js';
import type { Job, Step } from './step.js';

/** Who is not alone goes on when all parts are there. */
export function waitForParts(job: Job, seen: Seen): Step | null {
  const request = sharing(job, seen);
  if (request === null) return null;
  const parts = partsThere(request, seen);
  return parts.length < request.part.of ? { kind: 'wait', parts } : null;
}

/** Only a draft is shared by fragments; a published release, or a whole draft, is added to as by a job alone. */
export function sharing(job: Job, seen: Seen): PartRequest | null {
  if (job.part === null || !seen.release.draft || isSealed(job, seen)) return null;
  return { ...job, part: job.part };
}

/**
 * Whether somebody saw all parts of this draft: only then gotify-plugin.json is written. One that does not know this
 * job's files is of another run.
 */
function isSealed(job: Job, seen: Seen): boolean {
  if (seen.indexes.length === 0) return false;
  const known = seen.indexes.flatMap(({ files }) => files);
  return presentFiles(job, seen).every(({ file, sha256 }) =>
    known.some((entry) => entry.file === file && entry.sha256 === sha256),
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
