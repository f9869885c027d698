import pLimit, { type LimitFunction } from 'p-limit';
import { isInPath } from '../build/in-path.js';
import { againstBase } from '../check/baseline.js';
import type { Finding, Level } from '../check/finding.js';
import { loadCatalog } from '../gotify/catalog.js';
import { resolveRemembered } from '../gotify/remembered-lists.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { Reporter } from '../ports.js';
import type { Check, CheckFinding, CheckReport, CheckedPlugin, Fix } from '../report/check-report.js';
import { readBase, type Before } from './check-base.js';
import type { CheckContext, ServerFindings } from './check-context.js';
import type { CheckPorts } from './check-ports.js';
import { checkServer } from './check-server.js';
import { findPlugins } from './find-plugins.js';

/**
 * The check of a pull request: whether each plugin fits each server, and what in its go.mod differs. Nothing of the
 * user's is written, unless `fix` asks for it: then each go.mod is brought in line with the first server.
 *
 * @throws Failure where nothing could be asked: bad input, a malformed go.mod, an unknown server
 */
export async function runCheck(options: CheckOptions, ports: CheckPorts): Promise<CheckReport> {
  const projects = await findPlugins(options, ports);
  const catalog = await loadCatalog(ports.catalogDir, ports.files);
  const { cacheDir } = options;
  const servers = await resolveRemembered(options.servers, { ...ports, catalog, cacheDir });
  const builder = options.compile ? await chooseBuilder(options, ports) : null;
  const context = { options, builder, catalog, ports: { ...ports, reporter: warningOnce(ports.reporter) } };
  const limit = pLimit(options.concurrency);
  const compared = await readBase(projects, context);
  try {
    const results: PluginResult[] = [];
    for (const { project, before } of compared.before) {
      results.push(await checkPlugin({ project, before, servers, limit }, context));
    }
    const plugins = results.map(({ plugin }) => plugin);
    const warnings = [...new Set([...compared.warnings, ...results.flatMap((result) => result.warnings)])];
    for (const warning of warnings) ports.reporter.warn(warning);
    const fixes = await fixed(projects, servers, context);
    const cacheKey = await cacheKeyOf({ builder, servers, plugins }, ports);
    return reportOf({ options, builder, base: compared.base, servers, plugins, fixes, warnings, cacheKey });
  } finally {
    await compared.close();
  }
}

/** What several plugins or servers have to warn of in the same words is said once. */
function warningOnce(reporter: Reporter): Reporter {
  const said = new Set<string>();
  return {
    note: (text) => reporter.note(text),
    warn: (text, where) => {
      const key = JSON.stringify([text, where]);
      if (!said.has(key)) reporter.warn(text, where);
      said.add(key);
    },
    detail: (text) => reporter.detail(text),
    task: (title) => reporter.task(title),
  };
}

async function fixed(
  projects: readonly PluginProject[],
  [server]: readonly ServerBuild[],
  context: CheckContext,
): Promise<readonly Fix[]> {
  if (!context.options.fix || server === undefined) return [];
  // Loaded here: it takes all that a build takes.
  const { fixPlugins } = await import('./fix.js');
  return fixPlugins(projects, server, context);
}

/** The host needs no image and no engine: it is used wherever there is a Go. */
async function chooseBuilder(
  { builder }: CheckOptions,
  { env, files }: CheckPorts,
): Promise<'docker' | 'host'> {
  if (builder !== null) return builder;
  return (await isInPath('go', { path: env['PATH'], files })) ? 'host' : 'docker';
}

interface PluginCheck {
  readonly project: PluginProject;
  readonly before: Before;
  readonly servers: readonly ServerBuild[];
  readonly limit: LimitFunction;
}

interface PluginResult {
  readonly plugin: CheckedPlugin;
  /** Whole sentences without a full stop. */
  readonly warnings: readonly string[];
}

async function checkPlugin(check: PluginCheck, context: CheckContext): Promise<PluginResult> {
  const { project, before, servers, limit } = check;
  const base = before.kind === 'project' ? before.project : before.kind === 'absent' ? 'absent' : null;
  const results = await Promise.all(
    servers.map((server) =>
      limit(async () => ({ server, found: await checkServer({ project, server, base }, context) })),
    ),
  );
  const plugin = {
    module: project.modulePath,
    package: project.packageArg,
    path: project.displayDir,
    goMod: project.displayGoMod,
    checks: results.map(({ server, found }): Check => ({ server: server.version, ...comparison(found) })),
  };
  return { plugin, warnings: results.flatMap(({ found }) => found.warnings) };
}

/** A conflict is one, whoever brought it: the base was not compiled. */
function comparison(found: ServerFindings): Omit<Check, 'server'> {
  const { outcome, mayHideMore, findings, baseFindings } = found;
  if (baseFindings === null) {
    const alone = findings.map((finding): CheckFinding => ({ ...finding, since: null }));
    return { outcome, mayHideMore, findings: alone, fixed: [] };
  }
  const compared = againstBase(findings, baseFindings);
  const built = (finding: Finding): boolean =>
    finding.kind === 'does-not-build' || finding.kind === 'does-not-load';
  return {
    outcome,
    mayHideMore,
    findings: compared.findings.map((finding) => (built(finding) ? { ...finding, since: null } : finding)),
    fixed: compared.fixed,
  };
}

interface Finished {
  readonly options: CheckOptions;
  readonly builder: 'docker' | 'host' | null;
  readonly base: string | null;
  readonly servers: readonly ServerBuild[];
  readonly plugins: readonly CheckedPlugin[];
  readonly fixes: readonly Fix[];
  readonly warnings: readonly string[];
  readonly cacheKey: string | null;
}

async function cacheKeyOf(
  { builder, servers, plugins }: Pick<Finished, 'builder' | 'servers' | 'plugins'>,
  { arch }: CheckPorts,
): Promise<string | null> {
  const outcomes = plugins.flatMap(({ checks }) => checks).map(({ outcome }) => outcome);
  if (builder === null || outcomes.some(({ kind }) => kind === 'failed')) return null;
  // Loaded here, as a check of lines needs nothing of it.
  const { checkCacheKey } = await import('./check-cache-key.js');
  return checkCacheKey({ builder, servers, arch });
}

function reportOf({ options, builder, base, servers, plugins, fixes, ...more }: Finished): CheckReport {
  const checks = plugins.flatMap((plugin) => plugin.checks);
  const number = (level: Level): number =>
    checks.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
  return {
    schema: 1,
    mode: 'check',
    dependencies: options.dependencies,
    builder,
    strict: options.strict,
    base,
    servers: servers.map(({ version, tag, commit, goVersion, source }) => ({
      version,
      tag,
      commit,
      goVersion,
      source,
    })),
    plugins,
    fixes,
    warnings: more.warnings,
    conflicts: number('conflict'),
    drifts: number('drift'),
    notes: number('note'),
    compatible: compatible(checks),
    exitCode: exitCode(checks, options),
    cacheKey: more.cacheKey,
  };
}

function compatible(checks: readonly Check[]): boolean | 'unknown' {
  if (checks.some(hasConflict)) return false;
  return checks.every(({ outcome }) => outcome.kind === 'loads') ? true : 'unknown';
}

function exitCode(checks: readonly Check[], { strict }: CheckOptions): 0 | 1 | 3 {
  if (checks.some(({ outcome }) => outcome.kind === 'failed')) return 3;
  const isBad = (check: Check): boolean =>
    hasConflict(check) || check.outcome.kind === 'undecided' || (strict && hasNewDrift(check));
  return checks.some(isBad) ? 1 : 0;
}

function hasConflict({ findings }: Check): boolean {
  return findings.some(({ level }) => level === 'conflict');
}

function hasNewDrift({ findings }: Check): boolean {
  return findings.some(({ level, since }) => level === 'drift' && since !== 'old');
}
