import { join } from 'node:path';
import { Failure } from '../errors.js';
import { exactly } from '../gotify/specifier.js';
import type { BuildOptions } from '../options/options.js';
import type { ReleaseOptions } from '../options/publish.js';
import type { Missing } from '../publish/missing.js';
import type { BuildReport } from '../report/report.js';
import { runBuild } from './build.js';
import { layOutSource } from './plugin-source.js';
import type { PublishPorts } from './publish-ports.js';
import { openRun } from './run-dir.js';

export interface Building {
  readonly options: BuildOptions;
  readonly release: ReleaseOptions;
  readonly ports: PublishPorts;
}

/**
 * Builds what a release lacks, from the commit of its tag and from nothing else.
 *
 * @throws Failure (input) `no-such-tag`; and as runBuild and layOutSource do
 */
export async function buildMissing(
  { missing, tag }: { readonly missing: readonly Missing[]; readonly tag: string },
  { options, release, ports }: Building,
): Promise<BuildReport> {
  const source = await ports.source(release);
  const commit = await source.commitOfTag(tag);
  if (commit === null) throw noTag(tag);
  const run = await openRun(options.cacheDir, ports);
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
