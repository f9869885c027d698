import { join } from 'node:path';
import type { Target } from '../build/target.js';
import type { Failure } from '../errors.js';
import type { Change } from '../pin/change.js';
import { effectiveChanges } from '../pin/effective-changes.js';
import { checkListing } from '../plugin/check.js';
import { diagnoseCompile, lacksModules } from '../plugin/diagnose.js';
import type { PluginListing } from '../plugin/listing.js';
import { writeApiCheck } from '../plugin/write-api-check.js';
import type { Task } from '../ports.js';
import { asFailure, causeLines, reportedFailure } from '../report/failure.js';
import type { ReportedFailure } from '../report/report.js';
import { compileArgs, compiledFile } from './compile-args.js';
import type { TargetContext, TargetResult } from './context.js';
import { placeFile, removeEarlier } from './place.js';
import { prove, type Proof } from './prove.js';
import { asking, diagnosis, prepareSources, type Sources } from './sources.js';
import { timedOut } from '../build/timed-out.js';

/** A plugin as the compile step left it. */
interface Compiled {
  readonly path: string;
  readonly seconds: number;
  readonly sources: Sources;
}

/** Builds and proves one target. What goes wrong becomes a line of the report, so that other targets go on. */
export async function buildTarget(target: Target, context: TargetContext): Promise<TargetResult> {
  const attempt = await attempting(target, context, async (job) => {
    await removeEarlier(target, context);
    const { compiled, proof } = await compileAndProve(job, context);
    const placed = await placeFile({ target, path: compiled.path, verdict: proof.verdict }, context);
    tell(job.task, proof, compiled.seconds);
    const { seconds, sources } = compiled;
    return {
      report: { kind: 'built' as const, target: target.name, seconds, ...placed, ...proof },
      changes: changesOf(sources, context),
    };
  });
  if (attempt.kind === 'done') return attempt.value;
  const { failure, seconds } = attempt;
  return { report: { kind: 'failed', target: target.name, failure, seconds }, changes: [] };
}

export type Tried =
  /** Null: `verify: off`. */
  | { readonly kind: 'proven'; readonly verdict: Proof['verdict']; readonly listing: PluginListing }
  | { readonly kind: 'failed'; readonly failure: ReportedFailure };

/** The same for the answer alone: the file stays in the scratch folder. */
export async function tryTarget(target: Target, context: TargetContext): Promise<Tried> {
  const attempt = await attempting(target, context, async (job) => {
    const { compiled, proof } = await compileAndProve(job, context);
    tell(job.task, proof, compiled.seconds);
    return { kind: 'proven' as const, verdict: proof.verdict, listing: compiled.sources.listing };
  });
  return attempt.kind === 'done' ? attempt.value : attempt;
}

type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: ReportedFailure; readonly seconds: number };

async function attempting<T>(
  target: Target,
  { ports }: TargetContext,
  work: (job: Job) => Promise<T>,
): Promise<Attempt<T>> {
  const task = ports.reporter.task(target.name);
  const begun = ports.clock.now();
  try {
    return { kind: 'done', value: await work({ target, task }) };
  } catch (error) {
    const failure = asFailure(error);
    task.fail(failure.what);
    for (const line of causeLines(failure)) ports.reporter.detail(line);
    return {
      kind: 'failed',
      failure: reportedFailure(failure),
      seconds: (ports.clock.now() - begun) / 1000,
    };
  }
}

interface Job {
  readonly target: Target;
  readonly task: Task;
}

async function compileAndProve(
  job: Job,
  context: TargetContext,
): Promise<{ readonly compiled: Compiled; readonly proof: Proof }> {
  const compiled = await compile(job, context);
  const proof = await prove({ ...job, file: compiled.path, sources: compiled.sources }, context);
  return { compiled, proof };
}

function tell(task: Task, { verdict }: Proof, seconds: number): void {
  const time = `compiled in ${seconds.toFixed(1)} s`;
  if (verdict === null) task.done(`${time}, not verified`);
  else if (verdict.kind === 'loads')
    task.done(`loads (${String(verdict.compared)} packages compared), ${time}`);
  else if (verdict.kind === 'rejected') task.fail(`will not load, ${time}`);
  else task.fail(`undecided: ${verdict.because}`);
}

function changesOf(
  { listing }: Sources,
  { options, pinning, project, server }: TargetContext,
): readonly Change[] {
  const pinned = options.dependencies === 'pin' ? server.pinList.modules : [];
  return effectiveChanges({ changes: pinning.changes, goMod: project.goMod, pinned, listing });
}

async function compile(job: Job, context: TargetContext): Promise<Compiled> {
  const sources = await checkedSources({ ...job, again: false }, context);
  const first = await compileOnce(job, sources, context);
  if (first.kind === 'compiled') return first.compiled;
  // Someone may have emptied the module cache since the download step was noted as done.
  if (sources.downloaded || !lacksModules(first.stderr)) throw await first.failure();
  const fresh = await checkedSources({ ...job, again: true }, context);
  const second = await compileOnce(job, fresh, context);
  if (second.kind === 'compiled') return second.compiled;
  throw await second.failure();
}

async function checkedSources(
  request: Job & { readonly again: boolean },
  context: TargetContext,
): Promise<Sources> {
  const sources = await prepareSources(request, context);
  checkListing(sources.listing, context.project);
  return sources;
}

type CompileOutcome =
  | { readonly kind: 'compiled'; readonly compiled: Compiled }
  | { readonly kind: 'failed'; readonly stderr: string; readonly failure: () => Promise<Failure> };

async function compileOnce(
  { target, task }: Job,
  sources: Sources,
  context: TargetContext,
): Promise<CompileOutcome> {
  const { workspace, listing } = sources;
  const { builder, project, ports } = context;
  await writeApiCheck(project, { workspace, places: builder.places(workspace) }, ports.files);
  const outcome = await builder.run({
    target,
    workspace,
    phase: 'compile',
    args: compileArgs(workspace, context),
    onLine: (line) => task.log(line),
  });
  if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, 'compiling');
  if (outcome.kind === 'ok') {
    return {
      kind: 'compiled',
      compiled: { path: join(workspace.out, compiledFile), seconds: outcome.seconds, sources },
    };
  }
  return {
    kind: 'failed',
    stderr: outcome.stderr,
    failure: () =>
      diagnoseCompile(
        outcome.stderr,
        { ...diagnosis(sources, context), listing },
        asking({ target, workspace }, context),
      ),
  };
}
