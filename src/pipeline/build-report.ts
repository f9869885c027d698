import { exitCodeOf, worstExitCode } from '../errors.js';
import { groupServers } from '../gotify/groups.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { Change } from '../pin/change.js';
import type { PluginProject } from '../plugin/project.js';
import { allTargets, compatibility, outcomeOf } from '../report/outcome.js';
import type { BuildReport, GroupReport, ServerReport, TargetReport } from '../report/report.js';
import type { TargetContext, TargetResult } from './context.js';
import type { PlannedGroup } from './plan-groups.js';

/** What each group's targets came to, in the plan's order. */
export type GroupResults = ReadonlyMap<PlannedGroup, readonly TargetResult[]>;

export interface Finished {
  readonly options: BuildOptions;
  readonly project: PluginProject;
  /** Newest first. */
  readonly servers: readonly ServerBuild[];
  readonly results: GroupResults;
  /** The groups that something was built for, or was to be. */
  readonly opened: readonly TargetContext[];
  /** Of the plugin; null: unknown. */
  readonly commit: string | null;
}

/** The report of a run in which every group and target was asked about. Pure. */
export function buildReport({ options, project, servers, results, opened, commit }: Finished): BuildReport {
  const groups = groupReports(results);
  const targets = allTargets({ groups });
  const warnings = opened.flatMap(({ pinning, warned }) => [
    ...pinning.warnings.map(({ text }) => text),
    ...(warned ?? []),
  ]);
  return {
    schema: 1,
    mode: 'build',
    plugin: {
      module: project.modulePath,
      package: project.packageArg,
      name: options.name ?? project.name,
      commit,
    },
    builder: options.builder,
    dependencies: options.dependencies,
    servers: servers.map(serverReport),
    groups,
    builds: {
      done: opened.reduce((sum, { compiled }) => sum + compiled.size, 0),
      // A group whose servers lack different targets is in several parts.
      groups: groupServers(servers).length,
      targets: new Set(targets.map(({ target }) => target)).size,
    },
    warnings: [...new Set(warnings)],
    compatible: targets.length === 0 ? 'unknown' : compatibility(targets),
    exitCode: worstExitCode(targets.map(targetExitCode)),
  };
}

function serverReport(server: ServerBuild): ServerReport {
  const { version, tag, commit, goVersion, source, pinList } = server;
  return { version, tag, commit, goVersion, source, pinList };
}

function groupReports(results: GroupResults): readonly GroupReport[] {
  return [...results].map(([{ goVersion, servers, lowest }, targets]) => ({
    goVersion,
    servers: servers.map(({ version }) => version),
    version: lowest.version,
    changes: unite(targets.map(({ changes }) => changes)),
    targets: targets.map(({ report }) => report),
  }));
}

function unite(lists: readonly (readonly Change[])[]): readonly Change[] {
  const byModule = new Map(lists.flat().map((change) => [change.module, change]));
  return [...byModule.values()];
}

/** What one target of one group has to say to the run's exit code. */
export function targetExitCode(report: TargetReport): 0 | 1 | 2 | 3 {
  if (report.kind === 'failed') return exitCodeOf(report.failure.kind);
  const outcome = outcomeOf(report);
  return outcome === 'rejected' || outcome === 'undecided' ? 1 : 0;
}
