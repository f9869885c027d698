import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { createToolchainInstaller, goDownloadSite } from '../../../src/adapters/toolchain.js';
import type { Builder } from '../../../src/build/builder.js';
import { createHostBuilder } from '../../../src/build/host.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { sharedCacheDir } from './cache.js';

export interface HostOptions {
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'pinList'>;
  readonly cacheDir?: string;
  /** By default a folder of the tests' own. */
  readonly runDir?: string;
  readonly timeoutMinutes?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A host builder made of the real parts. */
export async function realHostBuilder(options: HostOptions): Promise<Builder> {
  return createHostBuilder({
    settings: {
      server: options.server,
      cacheDir: options.cacheDir ?? (await sharedCacheDir()),
      runDir: options.runDir ?? join(tmpdir(), `gotify-plugin-build-tests-${String(process.pid)}`),
      timeoutMinutes: options.timeoutMinutes ?? 20,
      env: options.env ?? process.env,
    },
    runner: createRunner(),
    files: createFiles(),
    clock: { now: () => Date.now() },
    installer: createToolchainInstaller({ site: goDownloadSite, detail: () => undefined }),
    caller: { uid: process.getuid?.() ?? 0 },
    arch: process.arch,
  });
}
