import { byImportance } from '../check/importance.js';
import type { Finding } from '../check/finding.js';
import { listedFindings, supplyingModules } from '../check/listed.js';
import { chooseTargets } from '../build/choose-targets.js';
import type { Target, TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { PluginListing } from '../plugin/listing.js';
import type { PluginProject } from '../plugin/project.js';
import type { Reporter, Task } from '../ports.js';
import type { ReportedFailure } from '../report/report.js';
import { timed, tryTarget } from './build-target.js';
import { createBuilder } from './builder.js';
import { judge, type Judged } from './check-outcome.js';
import {
  linesOf,
  type CheckContext,
  type Compiling,
  type ServerCheck,
  type ServerFindings,
} from './check-server.js';
import type { TargetContext } from './context.js';
import { preparePinning, prepareUnpinned } from './pinning.js';
import { realManifests } from './real-manifests.js';
import { openRun } from './run-dir.js';
import { prepareSources } from './sources.js';

/**
 * One plugin against one server, compiled: it is listed as it is, and built for this machine's target as `build` would
 * do it.
 *
 * @throws Failure where the plugin is no input for a build, or the surroundings fail
 */
export async function checkByCompiling(check: ServerCheck, context: Compiling): Promise<ServerFindings> {
  const { options, catalog } = context;
  const { project, server } = check;
  const ports = { ...context.ports, reporter: quiet(context.ports.reporter, check) };
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
    const pinning = await preparePinning({ project, server, builder, dependencies }, ports);
    const asked = { ...options, verify: 'static', manifest: null, name: null } as const;
    const manifests = realManifests({ options: asked, catalog, run, ports });
    const shared = { options: asked, ports, project, catalog, run, manifests, builder, pinning };
    const grows = { compiled: new Set<TargetName>(), warned: new Set<string>() };
    const build = { ...shared, ...grows, server, servers: [server] };
    return await findAll(check, { context, target, build: timed(build) });
  } finally {
    await close();
  }
}

interface Attempt {
  readonly context: CheckContext;
  readonly target: Target;
  readonly build: TargetContext;
}

async function findAll(check: ServerCheck, attempt: Attempt): Promise<ServerFindings> {
  const { project, base } = check;
  const drift = await driftOf({ project, folder: 'own' }, check, attempt);
  const baseDrift =
    base === null || sameModules(base, project)
      ? drift
      : await driftOf({ project: base, folder: 'base' }, check, attempt);
  const tried = await tryTarget(attempt.target, attempt.build);
  if (tried.kind === 'failed' && tried.failure.kind === 'input') throw inputFailure(tried.failure);
  const judged = judge(tried, project);
  return {
    outcome: judged.outcome,
    findings: [...judged.findings, ...settled(drift.findings, judged)].sort(byImportance),
    baseFindings: base === null ? [] : settled(baseDrift.findings, judged),
    mayHideMore: drift.mayHideMore,
  };
}

/** Whether a plugin is made of the same modules with both go.mod files. */
function sameModules(a: PluginProject, b: PluginProject): boolean {
  return a.goModText === b.goModText && a.goSumText === b.goSumText;
}

/** The plugin as it is or was. */
interface Version {
  readonly project: PluginProject;
  /** In the run's folder: their build-only files must not meet. */
  readonly folder: 'own' | 'base';
}

interface Drift {
  readonly findings: readonly Finding[];
  readonly mayHideMore: string | null;
}

/** What differs before the pin: of the modules that supply a package, where they can be listed, else of the lines. */
async function driftOf(version: Version, check: ServerCheck, attempt: Attempt): Promise<Drift> {
  const { project } = version;
  const lines = linesOf(project, check, attempt.context);
  const own = await listOwn(version, attempt);
  if (own.kind === 'refused') {
    return { ...lines, findings: [notAsItIs(own.failure, check.server), ...lines.findings] };
  }
  const { goMod: mod, displayGoMod: file } = project;
  const used = supplyingModules(own.listing);
  const { dependencies } = attempt.context.options;
  const listed = listedFindings({ mod, file, server: check.server, dependencies, listing: own.listing });
  return {
    findings: [...lines.findings.filter((found) => stays(found, used)), ...listed],
    mayHideMore: null,
  };
}

/** A listing says more of versions than lines do; and what supplies no package is no finding. */
function stays({ kind, module }: Finding, used: ReadonlySet<string>): boolean {
  if (kind === 'version' || kind === 'replaced' || kind === 'own-module') return false;
  const isAboutModule = kind === 'excluded' || kind === 'server-module';
  return !isAboutModule || (module !== null && used.has(module));
}

type Own =
  | { readonly kind: 'listed'; readonly listing: PluginListing }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The plugin's packages and modules as its own go.mod picks them. */
async function listOwn({ project, folder }: Version, { target, build }: Attempt): Promise<Own> {
  const { builder, ports, server } = build;
  const run = { ...build.run, folder: (...parts: string[]) => build.run.folder(folder, ...parts) };
  try {
    const pinning = await prepareUnpinned({ project, server, builder }, ports);
    const context = { ...build, project, run, pinning };
    const { listing } = await prepareSources({ target, task: silentTask, again: false }, context);
    return { kind: 'listed', listing };
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'surroundings') return { kind: 'refused', failure: error };
    throw error;
  }
}

function notAsItIs({ code, what, where }: Failure, server: ServerBuild): Finding {
  return {
    level: 'drift',
    kind: 'not-listed',
    code,
    module: null,
    plugin: null,
    server: null,
    reach: null,
    what: `with the versions of its own go.mod the plugin cannot be built with Go ${server.goVersion} of gotify ${server.version}: ${what}`,
    remedy: 'Look at the other findings: what they say of go.mod is judged by its lines alone.',
    where: where ?? null,
  };
}

/** Whether lines matter is known once it was tried: with what loads nothing is wrong, and else a replacement may be why. */
function settled(findings: readonly Finding[], { outcome, findings: conflicts }: Judged): readonly Finding[] {
  // What keeps the plugin from being built is said once.
  const isSaid = ({ kind, code }: Finding): boolean =>
    kind === 'not-listed' && conflicts.some((conflict) => conflict.code === code);
  return findings
    .filter((finding) => !isSaid(finding))
    .map((finding) => {
      if (outcome.kind === 'loads' && finding.level === 'conflict') return { ...finding, level: 'drift' };
      if (outcome.kind === 'conflict' && finding.kind === 'replaced')
        return { ...finding, level: 'conflict' };
      return finding;
    });
}

function inputFailure({ code, what, remedy, where }: ReportedFailure): Failure {
  return new Failure('input', { code, what, remedy, ...(where === null ? {} : { where }) });
}

/** What a pin warns of is among the findings; and several servers' tasks need their names. */
function quiet(reporter: Reporter, { project, server }: ServerCheck): Reporter {
  const plugin = project.displayDir === '.' ? project.name : project.displayDir;
  return {
    note: (text) => reporter.note(text),
    warn: (text) => reporter.detail(text),
    detail: (text) => reporter.detail(text),
    task: (title) => reporter.task(`${plugin} for gotify ${server.version}, ${title}`),
  };
}

const silentTask: Task = { log: () => undefined, done: () => undefined, fail: () => undefined };
