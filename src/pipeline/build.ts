import { Failure } from '../errors.js';
import { loadCatalog } from '../gotify/catalog.js';
import { newestFirst } from '../gotify/newest-first.js';
import { resolveRemembered } from '../gotify/remembered-lists.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import { locatePlugin, type PluginProject } from '../plugin/project.js';
import type { Missing } from '../publish/missing.js';
import type { BuildReport } from '../report/report.js';
import { buildGroups, type GroupResults } from './build-groups.js';
import { buildReport } from './build-report.js';
import { describeGroups } from './dry-run.js';
import { warningOnce } from './group-reporter.js';
import { openGroups } from './open-groups.js';
import { groupText, planGroups } from './plan-groups.js';
import type { BuildPorts } from './ports.js';
import { realManifests } from './real-manifests.js';
import { openRun, plannedRun } from './run-dir.js';
import { withoutWriting } from './without-writing.js';

/** What is known of a build besides its options. */
export interface About {
  readonly project?: PluginProject;
  readonly commit?: Promise<string | null>;
  readonly missing?: readonly Missing[];
}

/**
 * The whole job: the plugin at `options.path` built for each group of servers and each target, and proven against each
 * server. A file that loads in all servers of an older group, too, spares that group's build.
 *
 * Gives a report where at least the question could be asked of each target: a target that does not build or will not
 * load is a line of it, not an exception.
 *
 * @param about.project the plugin, where it was located already
 * @param about.commit of the plugin, for the report; absent: unknown
 * @param about.missing the pairs of server and target that alone are wanted; absent: all of them
 * @throws Failure where nothing could be started: bad input, unknown server, no engine
 */
export async function runBuild(
  options: BuildOptions,
  given: BuildPorts,
  about: About = {},
): Promise<BuildReport> {
  const files = options.dryRun ? withoutWriting(given.files) : given.files;
  const ports = { ...given, files, reporter: warningOnce(given.reporter) };
  const project = about.project ?? (await locatePlugin(options, ports.files));
  const catalog = await loadCatalog(ports.catalogDir, ports.files);
  const { cacheDir, targets: wanted } = options;
  const servers = newestFirst(await resolveRemembered(options.servers, { ...ports, catalog, cacheDir }));
  checkManifest(options, servers);
  const plan = planGroups(servers, { wanted, arch: ports.arch, missing: about.missing ?? null });
  if (!options.dryRun) for (const group of plan) ports.reporter.note(groupText(group));
  const run = options.dryRun ? plannedRun(cacheDir) : await openRun(cacheDir, ports);
  const manifests = realManifests({ options, catalog, run, ports });
  const context = { options, ports, project, catalog, run, manifests };
  const groups = openGroups(plan, context);
  const close = async (): Promise<void> => {
    await groups.close();
    await run.close();
  };
  ports.onClose(close);
  try {
    const { concurrency, failFast } = options;
    const results: GroupResults = options.dryRun
      ? await describeGroups(plan, groups)
      : await buildGroups({ plan, groups, context, concurrency, failFast });
    const refusal = groups.refusal();
    // Where no group at all could be begun, that is the answer.
    if (refusal !== null && groups.opened().length === 0) throw refusal;
    return buildReport({
      options,
      project,
      servers,
      results,
      opened: groups.opened(),
      commit: (await about.commit) ?? null,
    });
  } finally {
    await close();
  }
}

/** A manifest is of one server: of another one it would say something wrong. */
function checkManifest({ manifest }: BuildOptions, servers: readonly ServerBuild[]): void {
  if (manifest === null || servers.length === 1) return;
  throw new Failure('input', {
    code: 'bad-manifest',
    what: `a manifest is of one server, and ${String(servers.length)} are asked for`,
    remedy: 'Name the one server that it is of, or leave manifest out.',
    where: { kind: 'input', input: 'manifest' },
  });
}
