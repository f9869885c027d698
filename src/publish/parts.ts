import { holds, named } from './document.js';
import { ofSameRun, requireOwn } from './fragment.js';
import { partOf } from './names.js';
import type { PluginIndex, WholeRun } from './index-file.js';
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

/** @throws Failure (input) `same-part` */
export function requireOwnPart(job: Job, seen: Seen): void {
  const request = sharing(job, seen);
  if (request !== null && seen.ownFragment !== null) requireOwn(request, seen.ownFragment);
}

/** Only a draft is shared by fragments; a published release, or one that was whole, is added to as by a job alone. */
export function sharing(job: Job, seen: Seen): PartRequest | null {
  if (job.part === null || !seen.release.draft || isSealed(job, seen)) return null;
  return { ...job, part: job.part };
}

/**
 * Whether somebody saw all parts of this run in the draft: then gotify-plugin.json names the run. A job that brings a
 * file which it does not know does more than it did then, and so may the others.
 */
function isSealed(job: Job, seen: Seen): boolean {
  const known = new Set(seen.indexes.flatMap((index) => index.files.map(({ file }) => file)));
  return sawAllParts(job, seen) && job.files.every(({ name }) => known.has(name));
}

/** Whether gotify-plugin.json is there, and names the run of a job that is not alone. */
export function sawAllParts({ part }: Job, { indexes }: Seen): boolean {
  if (part === null) return indexes.length > 0;
  return runsIn(indexes).some(({ run, of }) => run === part.run && of === part.of);
}

/** The runs that gotify-plugin.json has to name; who writes it for a shared draft saw all parts of its own. */
export function wholeRuns({ part }: Job, { indexes, release }: Seen): readonly WholeRun[] {
  const own = part === null || !release.draft ? [] : [{ run: part.run, of: part.of }];
  return [...runsIn(indexes), ...own];
}

function runsIn(indexes: readonly PluginIndex[]): readonly WholeRun[] {
  return indexes.flatMap(({ runs }) => runs);
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
