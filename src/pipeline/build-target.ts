import { join } from 'node:path';
import { startDeadline, withDeadline } from '../build/deadline.js';
import type { Target } from '../build/target.js';
import type { Failure } from '../errors.js';
import { parseModFile } from '../go/modfile.js';
import type { Change } from '../pin/change.js';
import { effectiveChanges } from '../pin/effective-changes.js';
import { loweredOverlay } from '../pin/replaced.js';
import { checkListing } from '../plugin/check.js';
import { diagnoseCompile, lacksModules } from '../plugin/diagnose.js';
import type { PluginListing } from '../plugin/listing.js';
import { writeApiCheck } from '../plugin/write-api-check.js';
import type { Task } from '../ports.js';
import { worstVerdict } from '../report/outcome.js';
import type { ReportedFailure, ServerVerdict } from '../report/report.js';
import { attempting, type Job } from './attempt.js';
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
  const found: { sources: Sources | null } = { sources: null };
  const attempt = await attempting(target, context, async (job) => {
    await removeEarlier(target, context);
    const { compiled, proof } = await compileAndProve(job, timed(context), (sources) => {
      found.sources = sources;
    });
    const verdict = worstVerdict(proof.verdicts);
    const placed = await placeFile({ target, path: compiled.path, verdict }, context);
    tell(job.task, proof, compiled.seconds);
    const { seconds, sources } = compiled;
    return {
      report: { kind: 'built' as const, target: target.name, seconds, ...placed, ...proof },
      changes: changesOf(sources, context),
    };
  });
  if (attempt.kind === 'done') return attempt.value;
  const { failure, seconds } = attempt;
  // What it was to be built with may be why it failed.
  const changes = found.sources === null ? context.pinning.changes : changesOf(found.sources, context);
  return { report: { kind: 'failed', target: target.name, failure, seconds }, changes };
}

/** From now on the target's time runs. */
export function timed(context: TargetContext): TargetContext {
  const { builder, options, ports } = context;
  return { ...context, builder: withDeadline(builder, startDeadline(options.timeoutMinutes, ports.clock)) };
}

export type Tried =
  | { readonly kind: 'proven'; readonly verdict: ServerVerdict; readonly listing: PluginListing }
  | { readonly kind: 'failed'; readonly failure: ReportedFailure };

/** The same for the answer of one server alone: the file stays in the scratch folder. Its time runs already, see timed. */
export async function tryTarget(target: Target, context: TargetContext): Promise<Tried> {
  const attempt = await attempting(target, context, async (job) => {
    const { compiled, proof } = await compileAndProve(job, context);
    tell(job.task, proof, compiled.seconds);
    const [verdict] = proof.verdicts;
    if (verdict === undefined) throw new Error('a file is compared with each server of its group');
    return { kind: 'proven' as const, verdict, listing: compiled.sources.listing };
  });
  return attempt.kind === 'done' ? attempt.value : attempt;
}

async function compileAndProve(
  job: Job,
  context: TargetContext,
  onSources?: OnSources,
): Promise<{ readonly compiled: Compiled; readonly proof: Proof }> {
  const compiled = await compile({ ...job, onSources }, context);
  const proof = await prove({ ...job, file: compiled.path, sources: compiled.sources }, context);
  return { compiled, proof };
}

function tell(task: Task, { verdicts }: Proof, seconds: number): void {
  const time = `compiled in ${seconds.toFixed(1)} s`;
  const verdict = worstVerdict(verdicts);
  const those = verdicts.filter((each) => each.verdict?.kind === verdict?.kind);
  const where = verdicts.length === 1 ? '' : ` in ${those.map(({ server }) => server).join(', ')}`;
  if (verdict === null) task.done(`${time}, not verified`);
  else if (verdict.kind === 'loads')
    task.done(`loads${where} (${String(verdict.compared)} packages compared), ${time}`);
  else if (verdict.kind === 'rejected') task.fail(`will not load${where}, ${time}`);
  else task.fail(`undecided: ${verdict.because}`);
}

function changesOf(
  { listing, newest, goMod: left }: Sources,
  { options, pinning, project, server }: TargetContext,
): readonly Change[] {
  const pinned = options.dependencies === 'pin' ? server.pinList.modules : [];
  const tidied = pinning.tidy ? { go: parseModFile(left, 'go.mod').go?.version ?? null } : null;
  const { changes } = pinning;
  return effectiveChanges({ changes, goMod: project.goMod, pinned, listing, newest, tidied });
}

/** Is told what a target is made of as soon as that is known. */
type OnSources = (sources: Sources) => void;

interface CompileJob extends Job {
  readonly onSources: OnSources | undefined;
}

async function compile(job: CompileJob, context: TargetContext): Promise<Compiled> {
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
  request: CompileJob & { readonly again: boolean },
  context: TargetContext,
): Promise<Sources> {
  const sources = await prepareSources(request, context);
  request.onSources?.(sources);
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
  context.compiled.add(target.name);
  const places = builder.places(workspace);
  const overlaid = loweredOverlay(context.pinning.folders, places);
  await writeApiCheck(project, { workspace, places, overlaid }, ports.files);
  const outcome = await builder.run({
    target,
    workspace,
    phase: 'compile',
    args: compileArgs(workspace, context, sources),
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
