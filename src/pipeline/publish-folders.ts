import { targetOf, type TargetName } from '../build/target.js';
import { loadCatalog, type Catalog } from '../gotify/catalog.js';
import { resolveRemembered } from '../gotify/remembered-lists.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { exactly } from '../gotify/specifier.js';
import type { PublishOnlyOptions } from '../options/options.js';
import type { ProvenFile, PublishReport } from '../report/publish-report.js';
import type { BuiltReport, BuiltTarget } from '../report/read-report.js';
import { asFailure } from '../report/failure.js';
import { compatibility, fileOutcome } from '../report/outcome.js';
import type { ServerVerdict } from '../report/report.js';
import type { PluginAbi } from '../verify/plugin-abi.js';
import { builtFile, builtFolders, type BuiltFolder } from './built-folders.js';
import { publishable, type PublishableGroup, type PublishableTarget } from './plugin-files.js';
import { judgeFile, readPlugin, undecided } from './prove.js';
import { releaseExitCode } from './publish-build.js';
import type { PublishPorts } from './publish-ports.js';
import { realManifests, type RealManifests } from './real-manifests.js';
import { releaseFiles } from './release-files.js';
import { openRun } from './run-dir.js';

/**
 * The mode `publish`: the files in output folders of earlier builds are proven again, against what their servers say
 * themselves, and sent to a release once. A report is believed where it says that a file does not load; that one
 * loads is found out anew.
 *
 * @throws Failure (input) as builtFolders and builtFile do, and what resolving the servers throws
 */
export async function publishFolders(
  options: PublishOnlyOptions,
  ports: PublishPorts,
): Promise<PublishReport> {
  const folders = await builtFolders(options, ports);
  const { plugin } = folders[0].report;
  const run = await openRun(options.cacheDir, ports);
  ports.onClose(() => run.close());
  try {
    const catalog = await loadCatalog(ports.catalogDir, ports.files);
    const manifests = realManifests({ options: { ...options, manifest: null }, catalog, run, ports });
    const groups: PublishableGroup[] = [];
    for (const folder of folders) {
      const servers = await serversOf(folder.report, options, { ...ports, catalog });
      groups.push(...(await proveFolder(folder, { servers, manifests, ports })));
    }
    const found = publishable(groups);
    const tag = options.release.tag ?? '';
    const about = { plugin: plugin.module, commit: plugin.commit, tag };
    const release = await releaseFiles({ ...about, ...found }, options.release, ports);
    return {
      schema: 1,
      mode: 'publish',
      plugin,
      files: groups.flatMap(({ targets }) => targets.flatMap(provenFile)),
      release,
      left: found.left.map(({ text }) => text),
      compatible: compatibility(groups.flatMap(({ targets }) => targets)),
      exitCode: releaseExitCode(release),
    };
  } finally {
    await run.close();
  }
}

/** The servers that a report names, as they are now: a tag that was moved meanwhile is an error. */
async function serversOf(
  { servers }: BuiltReport,
  { cacheDir }: PublishOnlyOptions,
  ports: PublishPorts & { readonly catalog: Catalog },
): Promise<ReadonlyMap<string, ServerBuild>> {
  const known = new Map<string, ServerBuild>();
  for (const { version, tag, commit } of servers) {
    if (tag === null && commit === null) continue;
    const [server] = await resolveRemembered(
      [tag === null ? { kind: 'ref', text: commit ?? '', ref: commit ?? '' } : exactly(tag)],
      { ...ports, cacheDir },
    );
    if (server !== undefined) known.set(version, server);
  }
  return known;
}

interface Proving {
  /** By the version in the report. */
  readonly servers: ReadonlyMap<string, ServerBuild>;
  readonly manifests: RealManifests;
  readonly ports: PublishPorts;
}

async function proveFolder(folder: BuiltFolder, proving: Proving): Promise<readonly PublishableGroup[]> {
  const { groups } = folder.report;
  const proven: PublishableGroup[] = [];
  for (const group of groups) {
    const targets: PublishableTarget[] = [];
    for (const target of group.targets) targets.push(await proveTarget(target, { ...proving, folder }));
    proven.push({ ...group, targets });
  }
  return proven;
}

async function proveTarget(
  target: BuiltTarget,
  proving: Proving & { readonly folder: BuiltFolder },
): Promise<PublishableTarget> {
  if (target.kind === 'failed' || target.kind === 'skipped') return target;
  // Its file lies at the release alone: only the run that fetched it adds what it proved.
  if (target.kind === 'released') return { ...target, verdicts: doubted(target.verdicts) };
  const { folder, ports } = proving;
  const built = target.kind === 'built' ? target : coveringFile(target, folder.report);
  const isDoubted = target.verdicts.some(({ verdict }) => verdict?.kind !== 'loads');
  if (built === null || isDoubted) return { ...target, verdicts: doubted(target.verdicts) };
  const task = ports.reporter.task(
    `Prove ${built.file} (${target.verdicts.map(({ server }) => server).join(', ')})`,
  );
  try {
    const file = await builtFile(folder, built, ports);
    const plugin = readPlugin(file, { ports });
    const verdicts: ServerVerdict[] = [];
    for (const { server } of target.verdicts) {
      verdicts.push(await verdictOf(server, { ...proving, plugin, target: target.target }));
    }
    if (fileOutcome(verdicts) === 'loads') task.done('loads');
    else task.fail('is not proven to load');
    return target.kind === 'built' ? { ...target, file, verdicts } : { ...target, verdicts };
  } catch (error) {
    task.fail(asFailure(error).what);
    throw error;
  }
}

function doubted(verdicts: readonly { readonly server: string }[]): readonly ServerVerdict[] {
  return verdicts.map(({ server }) => undecided(server, 'its build did not prove it'));
}

/** The file of the newer group that spared the build. */
function coveringFile(
  { by, target }: Extract<BuiltTarget, { kind: 'covered' }>,
  { groups }: BuiltReport,
): Extract<BuiltTarget, { kind: 'built' }> | null {
  const targets = groups.filter(({ version }) => version === by).flatMap((group) => group.targets);
  const built = targets.find((each) => each.target === target);
  return built?.kind === 'built' ? built : null;
}

interface Judging extends Pick<Proving, 'servers' | 'manifests'> {
  readonly plugin: PluginAbi;
  readonly target: TargetName;
}

async function verdictOf(
  version: string,
  { servers, manifests, plugin, target: name }: Judging,
): Promise<ServerVerdict> {
  const server = servers.get(version);
  if (server === undefined) return undecided(version, `gotify ${version} is a file of another machine`);
  const target = targetOf(name);
  const real = await manifests.of(server, target);
  if (real.kind !== 'lacking') return judgeFile(plugin, real, { server, target });
  const because = `gotify ${version} has no manifest, and a reference host is built only with the plugin: publish in the job that builds`;
  return undecided(version, [...real.notes, because].join('; '));
}

function provenFile(target: PublishableTarget): readonly ProvenFile[] {
  if (target.kind !== 'built') return [];
  const { file, target: name, verdicts } = target;
  return [{ file, target: name, verdicts }];
}
