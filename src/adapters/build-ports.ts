import type { GitHub } from '../gotify/github.js';
import type { CheckOptions, Options } from '../options/options.js';
import type { CheckPorts } from '../pipeline/check-ports.js';
import type { BuildPorts } from '../pipeline/ports.js';
import type { Reporter } from '../ports.js';
import { openBase } from './base-files.js';
import { readCaller } from './caller.js';
import { openBytes } from './file-bytes.js';
import { createFiles } from './files.js';
import { createRunner } from './runner.js';

export interface PortSettings {
  readonly options: Pick<Options, 'serverApiUrl' | 'token'>;
  readonly reporter: Reporter;
  /** Absolute. */
  readonly catalogDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onClose: BuildPorts['onClose'];
}

/** The real effects of a build. What is slow to load, and often not needed, is loaded when it is asked for. */
export function createBuildPorts({ options, reporter, catalogDir, env, onClose }: PortSettings): BuildPorts {
  return {
    runner: createRunner(),
    files: createFiles(),
    reporter,
    clock: { now: () => Date.now() },
    github: lazyGitHub({ apiUrl: options.serverApiUrl, token: options.token }),
    installer: {
      install: async (request) => {
        const { createToolchainInstaller, goDownloadSite } = await import('./toolchain.js');
        const site = env['GO_DOWNLOAD_BASE_URL'] ?? goDownloadSite;
        return createToolchainInstaller({ site, detail: (text) => reporter.detail(text) }).install(request);
      },
    },
    catalogDir,
    caller: readCaller(),
    arch: process.arch,
    env,
    openBytes,
    onClose,
  };
}

/** The real effects of a check. */
export function createCheckPorts(
  settings: PortSettings & { readonly options: Pick<CheckOptions, 'base' | 'repositoryApi'> },
): CheckPorts {
  const ports = createBuildPorts(settings);
  const { options, env } = settings;
  return {
    ...ports,
    matchingFiles: async (pattern, base) => {
      const { matchingFiles } = await import('./folders.js');
      return matchingFiles(pattern, base);
    },
    openBase: (ref) =>
      openBase(ref, { runner: ports.runner, env, workspace: options.base, api: options.repositoryApi }),
  };
}

/** Octokit takes longer to load than a warm build's whole bookkeeping, and cached facts need no request. */
function lazyGitHub(options: { readonly apiUrl: string; readonly token: string | null }): GitHub {
  let loaded: Promise<GitHub> | null = null;
  const github = (): Promise<GitHub> =>
    (loaded ??= import('./github.js').then(({ gitHubAt }) => gitHubAt(options)));
  return {
    apiUrl: options.apiUrl,
    latestRelease: async () => (await github()).latestRelease(),
    tags: async () => (await github()).tags(),
    commit: async (ref) => (await github()).commit(ref),
    fileAt: async (commit, path) => (await github()).fileAt(commit, path),
    assets: async (tag) => (await github()).assets(tag),
    download: async (asset) => (await github()).download(asset),
  };
}
