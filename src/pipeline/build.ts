import { Failure, whereText } from '../errors.js';
import { loadCatalog } from '../gotify/catalog.js';
import { newestFirst } from '../gotify/newest-first.js';
import { resolveRemembered } from '../gotify/remembered-lists.js';
import type { BuildOptions } from '../options/options.js';
import { locatePlugin, type PluginProject } from '../plugin/project.js';
import type { Missing } from '../publish/missing.js';
import type { BuildReport } from '../report/report.js';
import { buildGroups } from './build-groups.js';
import { buildReport, type GroupResults } from './build-report.js';
import { describeGroups } from './dry-run.js';
import { warningOnce } from './group-reporter.js';
import { openGroups } from './open-groups.js';
import { groupText, planGroups, type PlannedGroup } from './plan-groups.js';
import type { BuildPorts } from './ports.js';
import { realManifests, type RealManifests } from './real-manifests.js';
import type { ReleasedFiles } from './released-files.js';
import { openRun, plannedRun } from './run-dir.js';
import { withoutWriting } from './without-writing.js';

/** What is known of a build besides its options. */
export interface About {
  readonly project?: PluginProject;
  readonly commit?: Promise<string | null>;
  readonly missing?: readonly Missing[];
  readonly released?: ReleasedFiles;
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
 * @param about.released files that were published earlier, which may spare builds; absent: there are none
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
  const plan = planGroups(servers, { wanted, arch: ports.arch, missing: about.missing ?? null });
  const run = options.dryRun ? plannedRun(cacheDir) : await openRun(cacheDir, ports);
  const manifests = realManifests({ options, catalog, run, ports });
  const context = { options, ports, project, catalog, run, manifests, released: about.released ?? null };
  const groups = openGroups(plan, context);
  const close = async (): Promise<void> => {
    await groups.close();
    await run.close();
  };
  ports.onClose(close);
  try {
    await checkManifest(options, plan, manifests);
    if (!options.dryRun) for (const group of plan) ports.reporter.note(groupText(group));
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

/**
 * A manifest is of one server and one target: of another one it would say something wrong. It is read before anything
 * is built.
 */
async function checkManifest(
  { manifest }: BuildOptions,
  plan: readonly PlannedGroup[],
  manifests: RealManifests,
): Promise<void> {
  if (manifest === null) return;
  const [group] = plan;
  const [[server], [target]] = [group?.servers ?? [], group?.targets ?? []];
  const servers = new Set(plan.flatMap((each) => each.servers.map(({ version }) => version)));
  const targets = new Set(plan.flatMap((each) => each.targets.map(({ name }) => name)));
  if (servers.size > 1) throw severalOf('server', servers.size);
  if (targets.size > 1) throw severalOf('target', targets.size);
  if (server === undefined || target === undefined) return;
  try {
    await manifests.of(server, target);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'input' || error.where?.kind !== 'file') throw error;
    const { kind, code, remedy, cause } = error;
    const what = `${whereText(error.where)}: ${error.what}`;
    throw new Failure(kind, { code, what, remedy, cause, where: { kind: 'input', input: 'manifest' } });
  }
}

function severalOf(what: 'server' | 'target', count: number): Failure {
  return new Failure('input', {
    code: 'bad-manifest',
    what: `a manifest is of one ${what}, and ${String(count)} are asked for`,
    remedy: `Name the one ${what} that it is of, or leave manifest out.`,
    where: { kind: 'input', input: 'manifest' },
  });
}
