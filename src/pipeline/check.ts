import pLimit from 'p-limit';
import { isInPath } from '../build/in-path.js';
import type { Level } from '../check/finding.js';
import { exitCodeOf, Failure, worstExitCode } from '../errors.js';
import { loadCatalog } from '../gotify/catalog.js';
import { resolveRemembered } from '../gotify/remembered-lists.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import {
  inputFailureOf,
  type Check,
  type CheckReport,
  type CheckedPlugin,
  type Fix,
  type Skipped,
} from '../report/check-report.js';
import { notComparedTexts, readBase, type Compared } from './check-base.js';
import type { CheckContext } from './check-context.js';
import { checkModule, type ModuleResult } from './check-plugin.js';
import type { CheckPorts } from './check-ports.js';
import { findModules, type FoundModule } from './find-plugins.js';
import { warningOnce } from './group-reporter.js';

/**
 * The check of a pull request: whether each plugin fits each server, and what in its go.mod differs. Nothing of the
 * user's is written, unless `fix` asks for it: then each go.mod is brought in line with the first server.
 *
 * @throws Failure where nothing could be asked: bad input, a malformed go.mod, an unknown server
 */
export async function runCheck(options: CheckOptions, ports: CheckPorts): Promise<CheckReport> {
  const modules = await findModules(options, ports);
  const projects = modules.flatMap((module) => (module.kind === 'plugin' ? [module.project] : []));
  if (modules.every(({ kind }) => kind === 'library')) throw noPlugin();
  const catalog = await loadCatalog(ports.catalogDir, ports.files);
  const { cacheDir } = options;
  const servers = await resolveRemembered(options.servers, { ...ports, catalog, cacheDir });
  const builder = options.compile ? await chooseBuilder(options, ports) : null;
  const context = { options, builder, catalog, ports: { ...ports, reporter: warningOnce(ports.reporter) } };
  const compared = await readBase(projects, context);
  try {
    const results = await checkAll({ modules, compared, servers }, context);
    const plugins = results.flatMap((result) => (result.kind === 'checked' ? [result.plugin] : []));
    const skipped = results.flatMap((result) => (result.kind === 'skipped' ? [result.skipped] : []));
    if (plugins.length === 0) throw noPlugin();
    const told = results.flatMap((result) => (result.kind === 'checked' ? result.notCompared : []));
    const warnings = [...compared.warnings, ...notComparedTexts(told)];
    for (const warning of warnings) ports.reporter.warn(warning);
    const fixes = await fixed(projects.filter(isAmong(plugins)), servers, context);
    const cacheKey = await cacheKeyOf({ builder, servers, plugins }, ports);
    const { base } = compared;
    return reportOf({ options, builder, base, servers, plugins, skipped, fixes, warnings, cacheKey });
  } finally {
    await compared.close();
  }
}

interface Checking {
  readonly modules: readonly FoundModule[];
  readonly compared: Compared;
  readonly servers: readonly ServerBuild[];
}

/** One module after the other: their servers share what there is of cores. */
async function checkAll(
  { modules, compared, servers }: Checking,
  context: CheckContext,
): Promise<readonly ModuleResult[]> {
  const limit = pLimit({ concurrency: context.options.concurrency, rejectOnClear: true });
  const isOnly = modules.length === 1;
  const results: ModuleResult[] = [];
  for (const module of modules) {
    const known = compared.before.find(
      ({ project }) => module.kind === 'plugin' && project === module.project,
    );
    const before = known?.before ?? { kind: 'none' };
    results.push(await checkModule({ module, isOnly, before, servers, limit }, context));
  }
  return results;
}

/** What could be checked at all can be mended. */
function isAmong(plugins: readonly CheckedPlugin[]): (project: PluginProject) => boolean {
  const unfit = (plugin: CheckedPlugin): boolean => inputFailureOf(plugin) !== null;
  return ({ displayDir }) => plugins.some((plugin) => plugin.path === displayDir && !unfit(plugin));
}

function noPlugin(): Failure {
  return new Failure('input', {
    code: 'no-plugin',
    what: 'none of the modules that path matches has a main package',
    remedy: 'Write a pattern that matches plugins, or the folder of the main package as package.',
    where: { kind: 'input', input: 'path' },
  });
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

interface Finished {
  readonly options: CheckOptions;
  readonly builder: 'docker' | 'host' | null;
  readonly base: string | null;
  readonly servers: readonly ServerBuild[];
  readonly plugins: readonly CheckedPlugin[];
  readonly skipped: readonly Skipped[];
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

function reportOf(finished: Finished): CheckReport {
  const { options, builder, base, servers, plugins, skipped, fixes, warnings, cacheKey } = finished;
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
    skipped,
    fixes,
    warnings,
    conflicts: number('conflict'),
    drifts: number('drift'),
    notes: number('note'),
    compatible: compatible(checks),
    exitCode: exitCode(checks, fixes, options),
    cacheKey,
  };
}

function compatible(checks: readonly Check[]): boolean | 'unknown' {
  if (checks.some(hasConflict)) return false;
  return checks.every(({ outcome }) => outcome.kind === 'loads') ? true : 'unknown';
}

function exitCode(checks: readonly Check[], fixes: readonly Fix[], { strict }: CheckOptions): 0 | 1 | 2 | 3 {
  return worstExitCode([
    ...fixes.map(({ failure }) => (failure === null ? 0 : exitCodeOf(failure.kind))),
    ...checks.map((check) => {
      if (check.outcome.kind === 'failed') return exitCodeOf(check.outcome.failure.kind);
      const isBad =
        hasConflict(check) || check.outcome.kind === 'undecided' || (strict && hasNewDrift(check));
      return isBad ? 1 : 0;
    }),
  ]);
}

function hasConflict({ findings }: Check): boolean {
  return findings.some(({ level }) => level === 'conflict');
}

function hasNewDrift({ findings }: Check): boolean {
  return findings.some(({ level, since }) => level === 'drift' && since !== 'old');
}
