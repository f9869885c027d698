import { createBuildPorts } from '../../../src/adapters/build-ports.js';
import type { RawOptions } from '../../../src/options/contract.js';
import { optionsFrom } from '../../../src/options/parse.js';
import { runBuild } from '../../../src/pipeline/build.js';
import type { Missing } from '../../../src/publish/missing.js';
import { closedAddress } from '../local-server.js';
import { targetsByGroup } from '../report.js';
import { createRecorder } from '../recorder.js';
import { sharedCacheDir } from './cache.js';

export interface BuildPlace {
  readonly catalogDir?: string;
  /** What relative paths start from. */
  readonly base?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What alone is built. */
  readonly missing?: readonly Missing[];
}

/** Builds a plugin on this machine for what `raw` names; a catalog, by default the shipped one, knows the servers. */
export async function buildFor(
  raw: RawOptions,
  {
    catalogDir = `${process.cwd()}/catalog`,
    base = process.cwd(),
    env = process.env,
    missing,
  }: BuildPlace = {},
) {
  const options = optionsFrom(
    {
      mode: 'build',
      builder: 'host',
      targets: 'linux-amd64',
      'cache-dir': await sharedCacheDir(),
      // Nothing listens there: the catalog serves.
      'server-api-url': closedAddress,
      ...raw,
    },
    {
      entry: 'cli',
      base,
      cores: 1,
      env,
      platform: process.platform,
      dryRun: false,
      event: () => null,
    },
  );
  if (options.mode !== 'build') throw new Error('a build was asked for');
  const reporter = createRecorder();
  const ports = createBuildPorts({
    options,
    reporter,
    catalogDir,
    env,
    onClose: () => undefined,
  });
  const report = await runBuild(options, ports, missing === undefined ? {} : { missing });
  return { report, targets: targetsByGroup(report), lines: reporter.lines };
}
