import { join, relative } from 'node:path';
import { sourcesFolder } from '../build/cache.js';
import { Failure } from '../errors.js';
import { exactly } from '../gotify/specifier.js';
import type { BuildOptions } from '../options/options.js';
import type { ReleaseOptions } from '../options/publish.js';
import { type Contents, entriesIn } from '../publish/contents.js';
import type { Missing } from '../publish/missing.js';
import type { BuildReport } from '../report/report.js';
import { runBuild } from './build.js';
import { holdPlace, type HeldPlace } from './held-place.js';
import { layOutSource } from './plugin-source.js';
import type { PublishPorts } from './publish-ports.js';
import { releasedFiles } from './released-files.js';
import { openRun, openTemporary } from './run-dir.js';
import { short } from './source-trouble.js';

/** A release, and what is to be added to it. */
export interface Lacking {
  readonly contents: Contents;
  readonly missing: readonly Missing[];
}

export interface Building {
  readonly options: BuildOptions;
  readonly release: ReleaseOptions;
  readonly ports: PublishPorts;
}

/**
 * Builds what a release lacks, from the commit of its tag and from nothing else. What a file of the release is proven to
 * load in is not built again.
 *
 * @throws Failure (input) `no-such-tag`, `tag-moved`; and as runBuild and layOutSource do
 */
export async function buildMissing(
  { contents, missing }: Lacking,
  { options, release, ports }: Building,
): Promise<BuildReport> {
  const { tag } = contents.release;
  const source = await ports.source(release);
  const commit = await source.commitOfTag(tag);
  if (commit === null) throw noTag(tag);
  const other = entriesIn(contents).find((entry) => entry.commit !== null && entry.commit !== commit);
  if (other?.commit != null) throw tagMoved(tag, { from: other.commit, to: commit });
  const run = options.dryRun ? await openTemporary(ports) : await openRun(options.cacheDir, ports);
  let held: HeldPlace | null = null;
  const close = async (): Promise<void> => {
    await held?.release();
    await run.close();
  };
  ports.onClose(close);
  try {
    const folder = await run.folder('source');
    const laidOut = await layOutSource({ commit, options, dir: folder }, { ...ports, source });
    const place = join(options.cacheDir, sourcesFolder, commit);
    // A dry run leaves the cache folder alone.
    if (!options.dryRun) held = await holdPlace({ folder, place }, ports);
    const dir = held?.path ?? folder;
    const path = join(dir, relative(folder, laidOut));
    const tags = new Set(missing.flatMap(({ servers }) => servers));
    const own = { ...options, base: join(dir, 'source'), path, servers: [...tags].map(exactly) };
    const about = { commit: Promise.resolve(commit), missing };
    // A part of a draft can only say what its own files are.
    if (contents.release.draft && release.part !== null) return await runBuild(own, ports, about);
    const released = releasedFiles(contents, { api: await ports.releases(release), run, ports });
    return await runBuild(own, ports, { ...about, released });
  } finally {
    await close();
  }
}

function noTag(tag: string): Failure {
  return new Failure('input', {
    code: 'no-such-tag',
    what: `the release is of the tag ${tag}, and the repository has no such tag`,
    remedy: 'Push the tag again; a draft has none before it is published.',
    where: { kind: 'input', input: 'release-tag' },
  });
}

/** Users would take the files of a version for one thing. */
function tagMoved(tag: string, { from, to }: { readonly from: string; readonly to: string }): Failure {
  return new Failure('input', {
    code: 'tag-moved',
    what: `the tag ${tag} leads to the commit ${short(to)}, and the files of its release were built from ${short(from)}`,
    remedy: 'Release the newer commit under a tag of its own, or move the tag back.',
    where: { kind: 'input', input: 'release-tag' },
  });
}
