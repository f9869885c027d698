import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCheckPorts } from '../../../src/adapters/build-ports.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import type { CheckOptions } from '../../../src/options/options.js';
import { runCheck } from '../../../src/pipeline/check.js';
import type { Check, CheckReport } from '../../../src/report/check-report.js';
import { closedAddress } from '../local-server.js';
import { createRecorder } from '../recorder.js';
import { sharedCacheDir } from './cache.js';

const fixtures = fileURLToPath(new URL('../../fixtures/plugins', import.meta.url));
const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));

/** A copy of a fixture as a repository of its own: absolute. */
export async function copyOfFixture(folder: string): Promise<string> {
  const base = join(await mkdtemp(join(tmpdir(), 'gotify check ')), 'repository');
  await cp(join(fixtures, folder), base, { recursive: true });
  return base;
}

export interface CheckRun {
  /** The repository, absolute. */
  readonly base: string;
  readonly path?: string;
  readonly package?: string;
  readonly servers: readonly string[];
  readonly dependencies?: CheckOptions['dependencies'];
  readonly strict?: boolean;
  /** A commit, branch or tag of that repository. */
  readonly baseRef?: string;
  /** The API of its repository, `owner/plugin`. */
  readonly api?: string;
  readonly cacheDir?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the check with compile, on this machine, for its architecture; GitHub cannot be reached, so the catalog serves. */
export async function checkPlugin(run: CheckRun): Promise<CheckReport> {
  const options = await optionsOf(run);
  const env = { ...(run.env ?? process.env), GITHUB_REPOSITORY: 'owner/plugin' };
  const reporter = createRecorder();
  return runCheck(
    options,
    createCheckPorts({ options, reporter, catalogDir, env, onClose: () => undefined }),
  );
}

async function optionsOf(run: CheckRun): Promise<CheckOptions> {
  const { base, path = '.', dependencies = 'pin', strict = false, baseRef = null } = run;
  return {
    mode: 'check',
    base,
    paths: [path],
    package: run.package ?? '.',
    servers: run.servers.map((version) => ({ kind: 'exact', text: version, version: version.slice(1) })),
    builder: 'host',
    image: null,
    dependencies,
    compile: true,
    strict,
    baseline: baseRef !== null,
    baseRef,
    fix: false,
    repositoryApi: run.api === undefined ? null : { url: run.api, token: null },
    output: join(base, 'dist-plugins'),
    // Nothing listens there.
    serverApiUrl: closedAddress,
    token: null,
    flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
    concurrency: 2,
    timeoutMinutes: 20,
    cacheDir: run.cacheDir ?? (await sharedCacheDir()),
  };
}

/** What the report says of one server, of the one plugin that was checked. */
export function checkFor(report: CheckReport, server: string): Check {
  const check = report.plugins[0]?.checks.find((each) => each.server === server);
  if (check === undefined) throw new Error(`the report has no ${server}: ${JSON.stringify(report, null, 2)}`);
  return check;
}
