import { dirname, join } from 'node:path';
import type { CachePaths } from './cache.js';
import { downloadSettings, placeSettings, type GoSettings } from './go-settings.js';
import type { Target } from './target.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What any step takes from the caller's environment: enough to find programs and no more. */
const always = ['PATH'] as const;
/** What fetching modules needs: where from, what is private, and how to get through to it. No token is among them. */
const forDownloads = [
  ...downloadSettings,
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'ALL_PROXY',
  'all_proxy',
  // Where .netrc, .gitconfig and .ssh of the user are; go and git read them, not we.
  'HOME',
  'XDG_CONFIG_HOME',
  'NETRC',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
] as const;

/**
 * The environment of one go command on this machine: an allow-list, with everything that could change a shared
 * package set here.
 *
 * @param request.goSettings see readGoSettings; for the download step
 * @param request.scratch a folder of this step's own, for temporary files and (while compiling) as HOME
 * @param request.compiler the C and C++ compilers of the target
 */
export function hostEnv(request: {
  readonly env: Env;
  readonly goSettings: GoSettings;
  readonly phase: 'download' | 'compile';
  readonly target: Target;
  readonly caches: CachePaths;
  readonly scratch: string;
  readonly compiler: { readonly cc: string; readonly cxx: string };
}): Readonly<Record<string, string>> {
  const { env, goSettings, phase, target, caches, scratch, compiler } = request;
  return {
    ...pick(env, always),
    ...(phase === 'download' ? downloadEnv(env, goSettings) : compileEnv(scratch)),
    ...fixedEnv,
    ...targetEnv(target),
    CC: compiler.cc,
    CXX: compiler.cxx,
    ...modulePlaces(caches.modCache),
    GOCACHE: caches.buildCache,
    TMPDIR: scratch,
    GOTMPDIR: scratch,
  };
}

/** For asking the machine's go what it has: the user's caches, and no network. */
export function lookUpEnv(env: Env, goSettings: GoSettings): Readonly<Record<string, string>> {
  return {
    ...withoutBuilding(env, goSettings),
    ...pick(goSettings, placeSettings),
    ...pick(env, placeSettings),
    GOPROXY: 'off',
  };
}

/** For having the machine's go fetch a toolchain: the user's way to the network, and our caches. */
export function fetchEnv(
  env: Env,
  { goSettings, modCache }: { readonly goSettings: GoSettings; readonly modCache: string },
): Readonly<Record<string, string>> {
  return { ...withoutBuilding(env, goSettings), ...modulePlaces(modCache), GOTOOLCHAIN: 'local' };
}

function withoutBuilding(env: Env, goSettings: GoSettings): Readonly<Record<string, string>> {
  const { LC_ALL, GO111MODULE, GOWORK } = fixedEnv;
  return {
    ...pick(env, always),
    ...downloadEnv(env, goSettings),
    ...ownSettings,
    LC_ALL,
    GO111MODULE,
    GOWORK,
  };
}

/** Go keeps the newest tree of the checksum database in GOPATH, which it has none of without a HOME. */
function modulePlaces(modCache: string): Readonly<Record<string, string>> {
  return { GOMODCACHE: modCache, GOPATH: join(dirname(modCache), 'gopath') };
}

/** Nothing of the user's file of settings, whose download settings readGoSettings has read. */
const ownSettings = { GOENV: 'off', GOEXPERIMENT: '' } as const;

/** Messages in one language, whatever the user's: failures of the surroundings are told by their text. */
const fixedEnv = {
  ...ownSettings,
  LC_ALL: 'C',
  CGO_ENABLED: '1',
  GO111MODULE: 'on',
  GOWORK: 'off',
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
} as const;

function downloadEnv(env: Env, goSettings: GoSettings): Readonly<Record<string, string>> {
  return {
    ...pick(goSettings, downloadSettings),
    ...pick(env, forDownloads),
    GOFLAGS: '-mod=mod',
    GIT_TERMINAL_PROMPT: '0',
  };
}

function compileEnv(scratch: string): Readonly<Record<string, string>> {
  return {
    HOME: scratch,
    GOFLAGS: '',
    GOPROXY: 'off',
    // Sums were checked when the modules were fetched; asking again would need the network.
    GOSUMDB: 'off',
    GOVCS: '*:off',
    GOAUTH: 'off',
  };
}

/** The lowest level of each architecture, which is what gotify/build has. */
function targetEnv({ goarch, goarm }: Target): Readonly<Record<string, string>> {
  const levels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    amd64: { GOAMD64: 'v1' },
    arm: { GOARM: goarm ?? '7' },
    arm64: { GOARM64: 'v8.0' },
    386: { GO386: 'sse2' },
    riscv64: { GORISCV64: 'rva20u64' },
  };
  return { GOOS: 'linux', GOARCH: goarch, ...levels[goarch] };
}

/** To Go an empty variable is none: the file's setting counts then. */
function pick(env: Env, names: readonly string[]): Readonly<Record<string, string>> {
  const found = names.flatMap((name): [string, string][] => {
    const value = env[name];
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}
