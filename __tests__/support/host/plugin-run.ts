import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuildPorts } from '../../../src/adapters/build-ports.js';
import { exitCodeOf, Failure } from '../../../src/errors.js';
import { parseBuildFlags } from '../../../src/build/flags.js';
import type { Change } from '../../../src/pin/change.js';
import type { BuildOptions } from '../../../src/options/options.js';
import { runBuild } from '../../../src/pipeline/build.js';
import { allTargets } from '../../../src/report/outcome.js';
import type { BuildReport, ReportedFailure } from '../../../src/report/report.js';
import { ownModules, writeModuleProxy } from '../module-proxy.js';
import type { PluginCase } from '../plugins.js';
import { createRecorder } from '../recorder.js';
import { machineProxy } from '../go-proxy.js';
import { closedAddress } from '../local-server.js';
import { sharedCacheDir } from './cache.js';
import { writeFiles } from './go-project.js';

const fixtures = fileURLToPath(new URL('../../fixtures/plugins', import.meta.url));
const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));

/** What a run ended with: a report, or the failure that an entry would show. */
export type PluginRun =
  | { readonly kind: 'report'; readonly report: BuildReport; readonly lines: readonly string[] }
  | { readonly kind: 'failure'; readonly exitCode: number; readonly failure: ReportedFailure };

/**
 * Runs the whole job for a fixture, in a copy of it, with the host builder, for this machine's architecture.
 *
 * @param more variables of the caller's environment
 */
export async function runPlugin(
  plugin: Omit<PluginCase, 'name' | 'expected'>,
  more: Readonly<Record<string, string>> = {},
): Promise<PluginRun> {
  const folder = await mkdtemp(join(tmpdir(), 'gotify plugin '));
  const base = join(folder, 'repository');
  await cp(join(fixtures, plugin.folder), base, { recursive: true });
  if (plugin.rename !== undefined) {
    await rename(join(base, plugin.rename.from), join(base, plugin.rename.to));
  }
  writeFiles(base, plugin.files ?? {});
  const options = await optionsOf(plugin, base);
  const reporter = createRecorder();
  const env = { ...(plugin.ownProxy === true ? await ownProxyEnv() : process.env), ...more };
  const ports = createBuildPorts({ options, reporter, catalogDir, env, onClose: () => undefined });
  try {
    return { kind: 'report', report: await runBuild(options, ports), lines: reporter.lines };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { kind, code, what, remedy, where } = error;
    return {
      kind: 'failure',
      exitCode: exitCodeOf(kind),
      failure: { kind, code, what, remedy, where: where ?? null },
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function optionsOf(plugin: Omit<PluginCase, 'name' | 'expected'>, base: string): Promise<BuildOptions> {
  const version = plugin.server ?? 'v3.0.0';
  return {
    mode: 'build',
    base,
    path: join(base, plugin.path ?? '.'),
    package: plugin.package ?? '.',
    servers: [{ kind: 'exact', text: version, version: version.slice(1) }],
    targets: 'native',
    builder: 'host',
    image: null,
    dependencies: 'pin',
    verify: 'static',
    manifest: null,
    name: null,
    output: join(base, 'dist-plugins'),
    // Nothing listens there: the catalog serves.
    serverApiUrl: closedAddress,
    token: null,
    flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
    concurrency: 1,
    failFast: false,
    timeoutMinutes: 20,
    cacheDir: await sharedCacheDir(),
    dryRun: false,
    publish: { artifacts: null, release: null },
    warnings: [],
  };
}

/** Our own modules come from a folder, everything else from where it comes on this machine. */
export async function ownProxyEnv(): Promise<NodeJS.ProcessEnv> {
  const proxy = await writeModuleProxy(await mkdtemp(join(tmpdir(), 'gotify-proxy-')), ownModules);
  return { ...process.env, GOPROXY: `${proxy},${machineProxy()}`, GONOSUMDB: 'plugin-build.test' };
}

/** What the builds took differently from go.mod, of all groups; a failed run has none. */
export function changesOfRun(run: PluginRun): readonly Change[] {
  return run.kind === 'failure' ? [] : run.report.groups.flatMap(({ changes }) => changes);
}

/** How a run ended that must not have built anything. */
export function failureOfRun(run: PluginRun): {
  readonly exitCode: number;
  readonly failure: ReportedFailure;
} {
  if (run.kind === 'failure') return run;
  const failed = allTargets(run.report).find((target) => target.kind === 'failed');
  if (failed?.kind !== 'failed') throw new Error(`nothing failed: ${JSON.stringify(run.report, null, 2)}`);
  return { exitCode: run.report.exitCode, failure: failed.failure };
}
