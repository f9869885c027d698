import pLimit from 'p-limit';
import { chooseTargets } from '../build/choose-targets.js';
import type { Target } from '../build/target.js';
import { exitCodeOf } from '../errors.js';
import { loadCatalog } from '../gotify/catalog.js';
import { resolveServers } from '../gotify/resolve.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { Change } from '../pin/change.js';
import { locatePlugin, type PluginProject } from '../plugin/project.js';
import type { BuildReport, TargetReport } from '../report/report.js';
import { createBuilder } from './builder.js';
import { buildTarget } from './build-target.js';
import type { TargetContext, TargetResult } from './context.js';
import { describeTarget } from './dry-run.js';
import { preparePinning, type Pinning } from './pinning.js';
import type { BuildPorts } from './ports.js';
import { openRun } from './run-dir.js';

/**
 * The whole job: the plugin at `options.path` built for one server and each target, and proven against it.
 *
 * Gives a report where at least the question could be asked of each target: a target that does not build or will not
 * load is a line of it, not an exception.
 *
 * @throws Failure where nothing could be started: bad input, unknown server, no engine
 */
export async function runBuild(options: BuildOptions, ports: BuildPorts): Promise<BuildReport> {
  const project = await locatePlugin(
    { path: options.path, package: options.package, base: options.base },
    ports.files,
  );
  const catalog = await loadCatalog(ports.catalogDir, ports.files);
  const { cacheDir } = options;
  const [server, ...others] = await resolveServers(options.servers, { ...ports, catalog, cacheDir });
  if (server === undefined || others.length > 0) throw new Error('build takes one server');
  const targets = chooseTargets({ wanted: options.targets, server, arch: ports.arch });
  tellServer(server, ports);
  const builder = createBuilder({ options, server, ports });
  const run = await openRun(options.cacheDir, ports);
  const close = async (): Promise<void> => {
    await builder.close();
    await run.close();
  };
  ports.onClose(close);
  try {
    if (!options.dryRun) await builder.prepare(targets);
    const pinning = await preparePinning(
      { project, server, dependencies: options.dependencies, builder, run },
      ports,
    );
    const context = { options, ports, project, catalog, server, builder, run, pinning };
    const results = options.dryRun
      ? targets.map((target) => describeTarget(target, context))
      : await buildAll(targets, { options, context });
    return reportOf({ options, project, server, pinning, results });
  } finally {
    await close();
  }
}

function tellServer(server: ServerBuild, { reporter }: BuildPorts): void {
  const commit = server.commit === null ? '' : ` (${server.commit.slice(0, 12)})`;
  reporter.note(
    `gotify ${server.version}${commit}: Go ${server.goVersion}, ${String(server.pinList.modules.length)} modules, from ${server.source.kind}`,
  );
}

/** Fans the targets out; with fail-fast those not yet started are skipped after the first that fails. */
async function buildAll(
  targets: readonly Target[],
  { options, context }: { readonly options: BuildOptions; readonly context: TargetContext },
): Promise<readonly TargetResult[]> {
  const limit = pLimit(options.concurrency);
  let failed: string | null = null;
  return Promise.all(
    targets.map((target) =>
      limit(async (): Promise<TargetResult> => {
        if (failed !== null && options.failFast) {
          return {
            report: { kind: 'skipped', target: target.name, because: `${failed} failed first (fail-fast)` },
            changes: [],
          };
        }
        const result = await buildTarget(target, context);
        if (targetExitCode(result.report) !== 0) failed ??= target.name;
        return result;
      }),
    ),
  );
}

interface Finished {
  readonly options: BuildOptions;
  readonly project: PluginProject;
  readonly server: ServerBuild;
  readonly pinning: Pinning;
  readonly results: readonly TargetResult[];
}

function reportOf({ options, project, server, pinning, results }: Finished): BuildReport {
  const targets = results.map((result) => result.report);
  return {
    schema: 1,
    mode: 'build',
    server: {
      version: server.version,
      tag: server.tag,
      commit: server.commit,
      goVersion: server.goVersion,
      source: server.source,
      pinList: server.pinList,
    },
    plugin: { module: project.modulePath, package: project.packageArg, name: options.name ?? project.name },
    builder: options.builder,
    dependencies: options.dependencies,
    changes: unite(results.map((result) => result.changes)),
    warnings: pinning.warnings.map((warning) => warning.text),
    targets,
    compatible: compatible(targets),
    exitCode: worst(targets.map(targetExitCode)),
  };
}

function unite(lists: readonly (readonly Change[])[]): readonly Change[] {
  const byModule = new Map(lists.flat().map((change) => [change.module, change]));
  return [...byModule.values()];
}

function targetExitCode(report: TargetReport): 0 | 1 | 2 | 3 {
  if (report.kind === 'skipped') return 0;
  if (report.kind === 'failed') return exitCodeOf(report.failure.kind);
  return report.verdict === null || report.verdict.kind === 'loads' ? 0 : 1;
}

function worst(codes: readonly (0 | 1 | 2 | 3)[]): 0 | 1 | 2 | 3 {
  return codes.reduce((highest, code) => (code > highest ? code : highest), 0);
}

/** True only where every requested target is proven to load. */
function compatible(targets: readonly TargetReport[]): boolean | 'unknown' {
  const loads = (report: TargetReport): boolean =>
    report.kind === 'built' && report.verdict?.kind === 'loads';
  if (targets.length > 0 && targets.every(loads)) return true;
  return targets.some(isIncompatible) ? false : 'unknown';
}

function isIncompatible(report: TargetReport): boolean {
  if (report.kind === 'failed') return report.failure.kind === 'plugin';
  return report.kind === 'built' && report.verdict?.kind === 'rejected';
}
