import { meantTargets } from '../build/choose-targets.js';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import { rememberingLists } from '../gotify/remembered-lists.js';
import { serverTags } from '../gotify/resolve.js';
import type { BuildOptions } from '../options/options.js';
import type { ReleaseOptions } from '../options/publish.js';
import { tooLate } from '../publish/failures.js';
import { mostNames, namesText } from '../report/describe.js';
import { type Contents, contentsOf, entriesIn, isFinished, pluginIn } from '../publish/contents.js';
import { chooseRelease } from '../publish/drafts.js';
import type { IndexEntry } from '../publish/index-file.js';
import { missingFrom } from '../publish/missing.js';
import type { Release, ReleaseApi } from '../publish/release-api.js';
import type { ReleaseReport } from '../report/publish-report.js';
import type { BuildReport } from '../report/report.js';
import { pluginNameOf } from '../plugin/project.js';
import type { PublishPorts } from './publish-ports.js';
import { withoutWriting } from './without-writing.js';

export type Followed =
  /** The release has a file for each server and target; what a run that was broken off had left to do is done. */
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
  const entries = entriesIn(contents);
  const missing = missingFrom(entries, servers, wanted);
  const { tag } = found;
  if (missing.length === 0) {
    const report = nothingBuilt(contents, options);
    const isDone = options.dryRun || isFinished(contents, release);
    return { kind: 'complete', report: isDone ? report : await finish(report, contents, { release, ports }) };
  }
  // Nothing could be added, whatever is built.
  if (found.immutable)
    throw tooLate(
      found,
      missing.flatMap(({ servers: those }) => those.map((each) => `gotify ${each}`)),
    );
  for (const { servers: those, targets } of missing) {
    ports.reporter.note(
      `The release ${tag} lacks ${targets.join(', ')} for gotify ${namesText(those, mostNames)}.`,
    );
  }
  // Loaded here, as most days nothing is missing.
  const { buildMissing } = await import('./build-missing.js');
  return {
    kind: 'built',
    tag,
    report: await buildMissing({ contents, missing }, { options, release, ports }),
  };
}

async function findRelease({ tag, repository }: ReleaseOptions, api: ReleaseApi): Promise<Release> {
  const found = tag === null ? await api.latest() : chooseRelease(await api.releasesOf(tag)).release;
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

/** Texts that are out of date, what is left of the work, or a draft that nobody published: all files are there. */
async function finish(
  report: BuildReport,
  contents: Contents,
  { release, ports }: { readonly release: ReleaseOptions; readonly ports: PublishPorts },
): Promise<BuildReport> {
  const { tag } = contents.release;
  ports.reporter.note(`The release ${tag} has every file, and nobody finished it: that is done now.`);
  // Loaded here, as most days nothing is left to do.
  const { finishRelease } = await import('./release-files.js');
  const { releaseExitCode } = await import('./publish-build.js');
  const released: ReleaseReport = await finishRelease(
    { tag, plugin: pluginIn(contents) ?? '' },
    release,
    ports,
  );
  return {
    ...report,
    exitCode: releaseExitCode(released),
    published: { artifacts: null, release: released },
  };
}

/** What all files of a release were built from; null where that is unknown, or not one commit. */
function commitOf(entries: readonly IndexEntry[]): string | null {
  const [commit = null, ...others] = new Set(entries.map((entry) => entry.commit));
  return others.length === 0 ? commit : null;
}

/** The report of a run that had nothing to do. */
function nothingBuilt(
  contents: Contents,
  { builder, dependencies, name, package: packageArg }: BuildOptions,
): BuildReport {
  const { tag, url } = contents.release;
  const module = pluginIn(contents) ?? '';
  return {
    ...{ schema: 1, mode: 'build', builder, dependencies },
    plugin: {
      module,
      package: packageArg,
      name: name ?? pluginNameOf(module),
      commit: commitOf(entriesIn(contents)),
    },
    ...{ servers: [], groups: [], warnings: [] },
    builds: { done: 0, groups: 0, targets: 0 },
    compatible: true,
    exitCode: 0,
    published: { artifacts: null, release: { kind: 'complete', tag, url } },
  };
}
