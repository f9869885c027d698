import type { GitHub } from '../gotify/github.js';
import type { CheckOptions, Options } from '../options/options.js';
import type { CheckPorts } from '../pipeline/check-ports.js';
import type { BuildPorts } from '../pipeline/ports.js';
import type { PublishPorts } from '../pipeline/publish-ports.js';
import type { Reporter } from '../ports.js';
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
    matchingFiles: lazyMatchingFiles,
    openBase: async (request) => {
      const { openBase } = await import('./base-files.js');
      return openBase(request, { ...ports, env, workspace: options.base, api: options.repositoryApi });
    },
  };
}

/** The real effects of a build and of what becomes of its files. */
export function createPublishPorts(settings: PortSettings): PublishPorts {
  const ports = createBuildPorts(settings);
  const { env, reporter } = ports;
  return {
    ...ports,
    matchingFiles: lazyMatchingFiles,
    releases: async ({ apiUrl, repository, token }) => {
      const { gitHubReleases } = await import('./github-releases.js');
      return gitHubReleases({ apiUrl, repository, token, ...retryDelays(env) });
    },
    lists: async () => {
      const { gitHubLists } = await import('./github-lists.js');
      const { serverApiUrl, token } = settings.options;
      return gitHubLists({ apiUrl: serverApiUrl, token, ...retryDelays(env) });
    },
    source: async ({ apiUrl, repository, token }) => {
      const { gitHubSource } = await import('./github-source.js');
      return gitHubSource({ apiUrl, repository, token, ...retryDelays(env) });
    },
    uploadArtifacts: async (artifacts) => {
      const { uploadArtifacts } = await import('./artifacts.js');
      return uploadArtifacts(artifacts, { env, reporter });
    },
    attest: async (files, token) => {
      const { attestFiles } = await import('./attest.js');
      await attestFiles(files, { token, env, reporter });
    },
  };
}

/** For tests and slow networks: `GOTIFY_PLUGIN_BUILD_RETRY_DELAYS`, milliseconds separated by commas. */
function retryDelays(env: PortSettings['env']): { readonly retryDelaysMs?: readonly number[] } {
  const written = env['GOTIFY_PLUGIN_BUILD_RETRY_DELAYS'] ?? '';
  return /^\d{1,6}(,\d{1,6})*$/.test(written) ? { retryDelaysMs: written.split(',').map(Number) } : {};
}

const lazyMatchingFiles: CheckPorts['matchingFiles'] = async (pattern, base) => {
  const { matchingFiles } = await import('./folders.js');
  return matchingFiles(pattern, base);
};

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
