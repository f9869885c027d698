import pLimit from 'p-limit';
import { stopped } from '../build/stopped.js';
import type { Target } from '../build/target.js';
import { asFailure, reportedFailure } from '../report/failure.js';
import { outcomeOf } from '../report/outcome.js';
import type { TargetReport } from '../report/report.js';
import { attempting } from './attempt.js';
import { buildTarget } from './build-target.js';
import { targetExitCode, type GroupResults } from './build-report.js';
import type { RunContext, TargetContext, TargetResult } from './context.js';
import { coverOf, type GoodFile, releasedCoverOf } from './cover.js';
import { namingReporter } from './group-reporter.js';
import type { Groups } from './open-groups.js';
import { removeEarlier } from './place.js';
import { lanesOf, type Lane, type PlannedGroup } from './plan-groups.js';

export interface BuildJob {
  readonly plan: readonly PlannedGroup[];
  readonly groups: Groups;
  readonly context: RunContext;
  readonly concurrency: number;
  readonly failFast: boolean;
}

interface Running extends BuildJob {
  /** What failed first; with fail-fast nothing is started after it. */
  failed: string | null;
}

/**
 * Builds each group's targets. A target's groups of one Go version are done one after the other, newest first, as a
 * file may serve older groups too; everything else is done side by side.
 */
export async function buildGroups(job: BuildJob): Promise<GroupResults> {
  const running: Running = { ...job, failed: null };
  const limit = pLimit(job.concurrency);
  const lanes = lanesOf(job.plan, job.context.options.verify);
  const done = await Promise.all(lanes.map((lane) => limit(() => runLane(lane, running))));
  const results = done.flat();
  const resultOf = (group: PlannedGroup, target: Target): readonly TargetResult[] =>
    results.flatMap((each) => (each.group === group && each.target === target ? [each.result] : []));
  return new Map(
    job.plan.map((group) => [group, group.targets.flatMap((target) => resultOf(group, target))]),
  );
}

interface LaneResult {
  readonly group: PlannedGroup;
  readonly target: Target;
  readonly result: TargetResult;
}

async function runLane({ target, groups }: Lane, running: Running): Promise<readonly LaneResult[]> {
  const results: LaneResult[] = [];
  const files: GoodFile[] = [];
  for (const group of groups) {
    const result = await runOne({ group, target, files }, running);
    const { report } = result;
    if (report.kind === 'built' && outcomeOf(report) === 'loads')
      files.push({ by: group.lowest.version, file: report.file });
    if (targetExitCode(report) !== 0) running.failed ??= titleOf(group, target, running);
    results.push({ group, target, result });
  }
  return results;
}

function titleOf({ lowest }: PlannedGroup, { name }: Target, { plan }: Running): string {
  return plan.length === 1 ? name : `${name} for gotify ${lowest.version}`;
}

interface Step {
  readonly group: PlannedGroup;
  readonly target: Target;
  /** Of newer groups with the same Go version. */
  readonly files: readonly GoodFile[];
}

/** @throws Failure (surroundings) where the run was stopped: what an earlier run left is good still */
async function runOne(step: Step, running: Running): Promise<TargetResult> {
  const { group, target } = step;
  checkOpen(running);
  if (running.failed !== null && running.failFast) {
    const because = `${running.failed} failed first (fail-fast)`;
    await forget(step, running);
    return { report: { kind: 'skipped', target: target.name, because }, changes: [] };
  }
  const spared = await sparedBy(step, running.context);
  checkOpen(running);
  if (spared !== null) return await spare(spared, step, running.context);
  let context: TargetContext;
  try {
    context = await running.groups.open(group);
  } catch (error) {
    checkOpen(running);
    const failure = reportedFailure(asFailure(error));
    await forget(step, running);
    return { report: { kind: 'failed', target: target.name, failure, seconds: 0 }, changes: [] };
  }
  checkOpen(running);
  return await buildTarget(target, context);
}

function checkOpen({ groups }: Running): void {
  if (groups.closed()) throw stopped();
}

/** What an earlier run left is no file of this run. Where it cannot be removed, why nothing was built still has to be told. */
async function forget({ group, target }: Step, { context }: Running): Promise<void> {
  await removeEarlier(target, { ...context, server: group.lowest }).catch(() => undefined);
}

/** What a build would be reported as that a file spares, and that file in words. */
interface Spared {
  readonly report: Extract<TargetReport, { kind: 'covered' | 'released' }>;
  readonly by: string;
}

/** A file of this run spares a download. Null: none is known to load in all of the group. */
async function sparedBy(step: Step, context: RunContext): Promise<Spared | null> {
  const target = step.target.name;
  const cover = await coverOf(step, context);
  if (cover !== null)
    return { report: { kind: 'covered', target, ...cover }, by: `the file for gotify ${cover.by}` };
  const released = await releasedCoverOf(step, context);
  if (released === null) return null;
  const { entry, verdicts } = released;
  const report = { kind: 'released', target, asset: entry.file, sha256: entry.sha256, verdicts } as const;
  return { report, by: `the release's ${entry.file}` };
}

/** What an earlier run built under the group's name is no file of this run. */
async function spare(
  { report, by }: Spared,
  { group, target }: Step,
  context: RunContext,
): Promise<TargetResult> {
  const reporter = namingReporter(context.ports.reporter, group.lowest.version);
  const ports = { ...context.ports, reporter };
  const attempt = await attempting(target, { ports }, async ({ task }) => {
    await removeEarlier(target, { ...context, server: group.lowest });
    task.done(`not built: ${by} loads here too`);
  });
  if (attempt.kind === 'done') return { report, changes: [] };
  const { failure, seconds } = attempt;
  return { report: { kind: 'failed', target: target.name, failure, seconds }, changes: [] };
}
