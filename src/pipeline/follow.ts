import { meantTargets } from '../build/choose-targets.js';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import { rememberingLists } from '../gotify/remembered-lists.js';
import { serverTags } from '../gotify/resolve.js';
import type { BuildOptions } from '../options/options.js';
import type { ReleaseOptions } from '../options/publish.js';
import { tooLate } from '../publish/failures.js';
import { parseIndex, type PluginIndex } from '../publish/index-file.js';
import { missingFrom } from '../publish/missing.js';
import { indexName } from '../publish/names.js';
import type { Asset, Release, ReleaseApi } from '../publish/release-api.js';
import type { BuildReport } from '../report/report.js';
import { pluginNameOf } from '../plugin/project.js';
import type { PublishPorts } from './publish-ports.js';
import { withoutWriting } from './without-writing.js';

export type Followed =
  /** The release has a file for each server and target. */
  | { readonly kind: 'complete'; readonly report: BuildReport }
  /** What it lacked was built, from the commit of its tag. */
  | { readonly kind: 'built'; readonly tag: string; readonly report: BuildReport };

/**
 * The follower (`skip-existing`): finds what a release lacks for the servers and targets that are asked for, and builds
 * only that. Where it lacks nothing, neither Docker nor Go is looked for, and no server's files are read.
 *
 * @throws Failure (input) `no-release`, `not-a-release`; and as runBuild, layOutSource and the API do
 */
export async function followRelease(
  options: BuildOptions,
  release: ReleaseOptions,
  ports: PublishPorts,
): Promise<Followed> {
  const api = await ports.releases(release);
  const [found, servers] = await Promise.all([findRelease(release, api), tagsOfServers(options, ports)]);
  const wanted = options.targets === 'all' ? 'all' : namesOf(options, ports);
  const contents = await contentsOf(found, api);
  const missing = missingFrom(contents, servers, wanted);
  const { tag } = found;
  const { index } = contents;
  if (missing.length === 0) return { kind: 'complete', report: nothingBuilt(index, found, options) };
  // Nothing could be added, whatever is built.
  if (found.immutable)
    throw tooLate(
      found,
      missing.flatMap(({ servers: those }) => those.map((each) => `gotify ${each}`)),
    );
  for (const { servers: those, targets } of missing) {
    ports.reporter.note(`The release ${tag} lacks ${targets.join(', ')} for gotify ${those.join(', ')}.`);
  }
  // Loaded here, as most days nothing is missing.
  const { buildMissing } = await import('./build-missing.js');
  return {
    kind: 'built',
    tag,
    report: await buildMissing({ tag, index, missing }, { options, release, ports }),
  };
}

async function findRelease({ tag, repository }: ReleaseOptions, api: ReleaseApi): Promise<Release> {
  const found = tag === null ? await api.latest() : ((await api.releasesOf(tag))[0] ?? null);
  if (found !== null) return found;
  throw new Failure('input', {
    code: 'no-release',
    what: tag === null ? `${repository} has no stable release` : `${repository} has no release of ${tag}`,
    remedy:
      'Publish the plugin once; from then on it is followed. A pre-release is followed where release-tag names it.',
    where: { kind: 'input', input: 'release-tag' },
  });
}

async function tagsOfServers(options: BuildOptions, given: PublishPorts): Promise<readonly string[]> {
  const ports = options.dryRun ? { ...given, files: withoutWriting(given.files) } : given;
  const { cacheDir, servers } = options;
  const lists = { ...ports.github, ...(await ports.lists()) };
  return serverTags(servers, rememberingLists(lists, { ...ports, cacheDir }));
}

function namesOf({ targets }: BuildOptions, { arch }: PublishPorts): readonly TargetName[] {
  return meantTargets({ wanted: targets, arch }).map(({ name }) => name);
}

async function contentsOf(
  { id }: Release,
  api: ReleaseApi,
): Promise<{ readonly index: PluginIndex | null; readonly assets: readonly Asset[] }> {
  const assets = (await api.assets(id)) ?? [];
  const asset = assets.find(({ name, state }) => name === indexName && state === 'uploaded');
  const bytes = asset === undefined ? null : await api.read(asset);
  return { assets, index: bytes === null ? null : parseIndex(bytes, indexName) };
}

/** The report of a run that had nothing to do. */
function nothingBuilt(
  index: PluginIndex | null,
  { tag, url }: Release,
  { builder, dependencies, name, package: packageArg }: BuildOptions,
): BuildReport {
  const module = index?.plugin ?? '';
  return {
    ...{ schema: 1, mode: 'build', builder, dependencies },
    plugin: {
      module,
      package: packageArg,
      name: name ?? pluginNameOf(module),
      commit: index?.commit ?? null,
    },
    ...{ servers: [], groups: [], warnings: [] },
    builds: { done: 0, groups: 0, targets: 0 },
    compatible: true,
    exitCode: 0,
    published: { artifacts: null, release: { kind: 'complete', tag, url } },
  };
}
