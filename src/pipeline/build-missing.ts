import { join } from 'node:path';
import { Failure } from '../errors.js';
import { exactly } from '../gotify/specifier.js';
import type { BuildOptions } from '../options/options.js';
import type { ReleaseOptions } from '../options/publish.js';
import type { PluginIndex } from '../publish/index-file.js';
import type { Missing } from '../publish/missing.js';
import type { BuildReport } from '../report/report.js';
import { runBuild } from './build.js';
import { layOutSource } from './plugin-source.js';
import type { PublishPorts } from './publish-ports.js';
import { openRun, openTemporary } from './run-dir.js';
import { short } from './source-trouble.js';

/** A release, and what is to be added to it. */
export interface Lacking {
  readonly tag: string;
  /** What it says of its files; null: it has no gotify-plugin.json. */
  readonly index: PluginIndex | null;
  readonly missing: readonly Missing[];
}

export interface Building {
  readonly options: BuildOptions;
  readonly release: ReleaseOptions;
  readonly ports: PublishPorts;
}

/**
 * Builds what a release lacks, from the commit of its tag and from nothing else.
 *
 * @throws Failure (input) `no-such-tag`, `tag-moved`; and as runBuild and layOutSource do
 */
export async function buildMissing(
  { tag, index, missing }: Lacking,
  { options, release, ports }: Building,
): Promise<BuildReport> {
  const source = await ports.source(release);
  const commit = await source.commitOfTag(tag);
  if (commit === null) throw noTag(tag);
  const known = index?.commit ?? commit;
  if (known !== commit) throw tagMoved(tag, { from: known, to: commit });
  const run = options.dryRun ? await openTemporary(ports) : await openRun(options.cacheDir, ports);
  ports.onClose(() => run.close());
  try {
    const dir = await run.folder('source');
    const path = await layOutSource({ commit, options, dir }, { ...ports, source });
    const tags = new Set(missing.flatMap(({ servers }) => servers));
    const own = { ...options, base: join(dir, 'source'), path, servers: [...tags].map(exactly) };
    return await runBuild(own, ports, { commit: Promise.resolve(commit), missing });
  } finally {
    await run.close();
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

/** gotify-plugin.json names one commit, and users would take the files of a version for one thing. */
function tagMoved(tag: string, { from, to }: { readonly from: string; readonly to: string }): Failure {
  return new Failure('input', {
    code: 'tag-moved',
    what: `the tag ${tag} leads to the commit ${short(to)}, and the files of its release were built from ${short(from)}`,
    remedy: 'Release the newer commit under a tag of its own, or move the tag back.',
    where: { kind: 'input', input: 'release-tag' },
  });
}
