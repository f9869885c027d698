import type { Verdict } from '../verify/verdict.js';
import type { BuildReport, ServerVerdict, TargetReport } from './report.js';

export type Outcome = 'loads' | 'rejected' | 'undecided' | 'not verified' | 'failed' | 'skipped';

type Judged =
  | { readonly kind: 'failed'; readonly failure: { readonly kind: string } }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'built' | 'covered' | 'released'; readonly verdicts: readonly ServerVerdict[] };

/** What a group and a target came to, over all of the group's servers: it loads only where each of them loads it. */
export function outcomeOf(target: Judged): Outcome {
  if (target.kind === 'failed' || target.kind === 'skipped') return target.kind;
  return fileOutcome(target.verdicts);
}

export function fileOutcome(verdicts: readonly ServerVerdict[]): Exclude<Outcome, 'failed' | 'skipped'> {
  return worstVerdict(verdicts)?.kind ?? 'not verified';
}

/** The verdict that decides about a file: a rejection before what is undecided, before null (`verify: off`). */
export function worstVerdict(verdicts: readonly ServerVerdict[]): Verdict | null {
  const all = verdicts.map(({ verdict }) => verdict);
  const bad =
    all.find((verdict) => verdict?.kind === 'rejected') ??
    all.find((verdict) => verdict?.kind === 'undecided');
  if (bad !== undefined) return bad;
  return all.includes(null) ? null : (all[0] ?? null);
}

/** The files that may be handed on, each once: those that load, and with `verify: off` those that were built. */
export function deliveredFiles(report: BuildReport): readonly string[] {
  return allTargets(report).flatMap((target) => {
    return target.kind === 'built' && isDelivered(target) ? [target.file] : [];
  });
}

/** Whether what was built for a target may be handed on. */
export function isDelivered(target: Judged): boolean {
  return ['loads', 'not verified'].includes(outcomeOf(target));
}

/** True only where each target is proven to load in every server; false: one does not build, or will not load. */
export function compatibility(targets: readonly Judged[]): boolean | 'unknown' {
  if (targets.every((target) => outcomeOf(target) === 'loads')) return true;
  return targets.some(isIncompatible) ? false : 'unknown';
}

function isIncompatible(target: Judged): boolean {
  if (target.kind === 'failed') return target.failure.kind === 'plugin';
  return outcomeOf(target) === 'rejected';
}

/** Whether a file that is there already spared its build. */
export function isSpared({ kind }: Pick<TargetReport, 'kind'>): boolean {
  return kind === 'covered' || kind === 'released';
}

/** The targets of all groups. */
export function allTargets({ groups }: Pick<BuildReport, 'groups'>): readonly TargetReport[] {
  return groups.flatMap(({ targets }) => targets);
}
