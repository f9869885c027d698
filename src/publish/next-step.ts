import { clean, edit, publish } from './ending.js';
import { hasUnlisted } from './entries.js';
import { fragmentName, partOf } from './names.js';
import { requireOwnPart, waitForParts } from './parts.js';
import { putFiles, putFragment, putTexts } from './puts.js';
import type { Release } from './release-api.js';
import type { Seen, State } from './state.js';
import type { Job, Step } from './step.js';

/**
 * Decides what comes next from what lies at GitHub alone, so that a run that was broken off at any point is continued by
 * the next one, and jobs that work at once agree. The order of the rules is the protocol: docs/publishing.md.
 *
 * @throws Failure (input) `asset-exists`, `parts-differ`, `same-part`, `other-commit`
 */
export function nextStep(job: Job, state: State): Step {
  if (state.kind === 'none') return { kind: 'make' };
  const { seen } = state;
  requireOwnPart(job, seen);
  const own = mergeOwn(seen) ?? putFiles(job, seen) ?? putFragment(job, seen);
  if (own !== null) return unlessTooLate(own, seen.release);
  const rest = mergeOthers(seen) ?? waitForParts(job, seen) ?? finish(job, seen);
  return isAnothers(job, seen) && needsOne(rest) ? { kind: 'yield', then: rest } : rest;
}

/** The drafts that this run made: it has what is in them at hand. */
function mergeOwn({ others, made }: Seen): Step | null {
  const own = others.filter(({ id }) => made.has(id));
  return own.length === 0 ? null : { kind: 'merge', others: own };
}

function mergeOthers({ others }: Seen): Step | null {
  return others.length === 0 ? null : { kind: 'merge', others };
}

/** What is left to do once all files are there. */
function finish(job: Job, seen: Seen): Step {
  const texts = putTexts(job, seen);
  if (texts !== null) {
    const step = unlessTooLate(texts, seen.release);
    return hasUnlisted(seen) ? { kind: 'doubt', then: step } : step;
  }
  return edit(job, seen) ?? clean(job, seen) ?? publish(job, seen) ?? drop(seen) ?? { kind: 'done' };
}

/** Comes after publishing: until then a job that does not see the release that counts may publish one of them. */
function drop({ spent }: Seen): Step | null {
  return spent.length === 0 ? null : { kind: 'drop', drafts: spent };
}

/**
 * Whether one of several jobs leaves the rest to another one: to that whose fragment came last. All could do it, but
 * GitHub does not like many writes at once.
 */
function isAnothers({ part }: Job, { release, assets }: Seen): boolean {
  if (part === null || !release.draft) return false;
  const last = assets.filter(({ name }) => partOf(name) !== null).sort((a, b) => b.id - a.id)[0];
  return last?.name !== fragmentName(part.name);
}

function needsOne({ kind }: Step): boolean {
  return kind !== 'done' && kind !== 'wait';
}

function unlessTooLate(step: Step, release: Release): Step {
  if (!release.immutable) return step;
  const names =
    step.kind === 'put' ? step.puts : step.kind === 'remove' || step.kind === 'hold' ? step.assets : [];
  if (names.length === 0) return step;
  return { kind: 'too-late', names: names.map(({ name }) => name) };
}
