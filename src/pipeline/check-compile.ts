import { byImportance } from '../check/importance.js';
import type { Finding } from '../check/finding.js';
import { chooseTargets } from '../build/choose-targets.js';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { PluginProject } from '../plugin/project.js';
import type { Reporter } from '../ports.js';
import { asFailure } from '../report/failure.js';
import type { ReportedFailure } from '../report/report.js';
import { timed, tryTarget, type Tried } from './build-target.js';
import { createBuilder } from './builder.js';
import type { Compiling, ServerCheck, ServerFindings } from './check-context.js';
import { driftOf, listAsBuilt, ownAsBuilt, silentReporter, type Attempt, type Drift } from './check-drift.js';
import { judge, type Judged } from './check-outcome.js';
import { preparePinning } from './pinning.js';
import { realManifests } from './real-manifests.js';
import { openRun } from './run-dir.js';

/**
 * One plugin against one server, compiled: it is listed as it is, and built for this machine's target as `build` would
 * do it.
 *
 * @throws Failure where the plugin is no input for a build, or the surroundings fail
 */
export async function checkByCompiling(check: ServerCheck, context: Compiling): Promise<ServerFindings> {
  const { options, catalog } = context;
  const { project, server } = check;
  const ports = { ...context.ports, reporter: named(context.ports.reporter, check) };
  const run = await openRun(options.cacheDir, ports);
  const builder = createBuilder({ options: { ...options, builder: context.builder }, server, run, ports });
  const close = async (): Promise<void> => {
    await builder.close();
    await run.close();
  };
  ports.onClose(close);
  try {
    const [target] = chooseTargets({ wanted: 'native', server, arch: ports.arch });
    if (target === undefined) throw new Error('a machine has one native target');
    await builder.prepare([target]);
    const { dependencies } = options;
    const pinning = await preparePinning(
      { project, server, builder, dependencies },
      { files: ports.files, reporter: silentReporter },
    );
    const asked = { ...options, verify: 'static', manifest: null, name: null } as const;
    const manifests = realManifests({ options: asked, catalog, run, ports });
    const found = { project, catalog, run, manifests, released: null, builder, pinning };
    const shared = { options: asked, ports, ...found };
    // What a download step warns of is among the findings: go.mod is not tidy then.
    const build = { ...shared, compiled: new Set<TargetName>(), warned: null, server, servers: [server] };
    return await findAll(check, { context, target, build: timed(build) });
  } finally {
    await close();
  }
}

async function findAll(check: ServerCheck, attempt: Attempt): Promise<ServerFindings> {
  const { project } = check;
  const version = { project, folder: 'own' } as const;
  const drift = await driftOf(version, check, attempt);
  const tried = await tryTarget(attempt.target, attempt.build);
  if (tried.kind === 'failed' && tried.failure.kind === 'input') throw inputFailure(tried.failure);
  const own = tried.kind === 'proven' ? ownAsBuilt(version, tried.listing, attempt) : drift.own;
  const before = await findingsBefore(check, attempt, { drift, tried });
  const judged = judge(tried, project);
  return {
    outcome: judged.outcome,
    findings: [...judged.findings, ...settled(drift.findings, judged), ...own].sort(byImportance),
    baseFindings: before.findings === null ? null : settled(before.findings, judged),
    mayHideMore: drift.mayHideMore,
    notCompared: before.notCompared,
  };
}

interface Before {
  /** Null: nothing is compared. */
  readonly findings: readonly Finding[] | null;
  readonly notCompared: string | null;
}

/** What is known of the plugin as it is now. */
interface Now {
  readonly drift: Drift;
  readonly tried: Tried;
}

/** The same for the base. What it was made of may be gone from the network: that is no fault of this change. */
async function findingsBefore(
  { project, base, server }: ServerCheck,
  attempt: Attempt,
  { drift, tried }: Now,
): Promise<Before> {
  if (base === null) return { findings: null, notCompared: null };
  if (base === 'absent') return { findings: [], notCompared: null };
  const version = { project: base, folder: 'base' } as const;
  try {
    const before = await driftOf(version, { server }, attempt);
    // Its lines do not tell what its build list was: all that go.mod does not name would be new.
    if (drift.refused === null && before.refused !== null) throw before.refused;
    const { findings, own } = drift.refused !== null && before.refused === null ? before.lines : before;
    // As the change's are, or else all of them would be new.
    const built = tried.kind === 'proven' ? await listAsBuilt(version, attempt) : null;
    const modules = built === null ? own : ownAsBuilt(version, built, attempt);
    return { findings: [...findings, ...modules], notCompared: null };
  } catch (error) {
    const notCompared = asOfNow(asFailure(error).what, { now: project, then: base });
    return { findings: null, notCompared };
  }
}

/** The base lies in a folder of this run's: a reader knows its files by the places that they have now. */
function asOfNow(text: string, { now, then }: Record<'now' | 'then', PluginProject>): string {
  const root = then.moduleDir.slice(0, -now.moduleDir.length);
  return text.replaceAll(`${then.moduleDir}/`, `${now.displayDir}/`).replaceAll(`${root}/`, '/');
}

/** What the pin sets right may still be why a plugin does not build or load. */
const mayBeWhy: ReadonlySet<Finding['kind']> = new Set(['replaced', 'module-path']);

/** Whether lines matter is known once it was tried: with what loads nothing is wrong. */
function settled(findings: readonly Finding[], { outcome, findings: conflicts }: Judged): readonly Finding[] {
  // What keeps the plugin from being built is said once.
  const isSaid = ({ kind, code }: Finding): boolean =>
    kind === 'not-listed' && conflicts.some((conflict) => conflict.code === code);
  return findings
    .filter((finding) => !isSaid(finding))
    .map((finding) => {
      if (outcome.kind === 'loads' && finding.level === 'conflict') return { ...finding, level: 'drift' };
      if (outcome.kind === 'conflict' && mayBeWhy.has(finding.kind)) return { ...finding, level: 'conflict' };
      return finding;
    });
}

function inputFailure({ code, what, remedy, where }: ReportedFailure): Failure {
  return new Failure('input', { code, what, remedy, ...(where === null ? {} : { where }) });
}

/** Several servers' tasks need their names. */
function named(reporter: Reporter, { project, server }: ServerCheck): Reporter {
  const plugin = project.displayDir === '.' ? project.name : project.displayDir;
  return {
    note: (text) => reporter.note(text),
    warn: (text, where) => reporter.warn(text, where),
    detail: (text) => reporter.detail(text),
    task: (title) => reporter.task(`${plugin} for gotify ${server.version}, ${title}`),
  };
}
