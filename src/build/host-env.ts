import type { CachePaths } from './cache.js';
import type { Target } from './target.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What any step takes from the caller's environment: enough to find programs and no more. */
const always = ['PATH'] as const;
/** What fetching modules needs: where from, what is private, and how to get through to it. No token is among them. */
const forDownloads = [
  'GOPROXY',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOSUMDB',
  'GOINSECURE',
  'GOAUTH',
  'GOVCS',
  'GOENV',
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
 * package set here. `GOENV=off` while compiling keeps `go env -w` settings out; in the download step they are the
 * user's way to say where modules come from.
 *
 * @param request.scratch a folder of this step's own, for temporary files and (while compiling) as HOME
 * @param request.compiler the C and C++ compilers of the target
 */
export function hostEnv(request: {
  readonly env: Env;
  readonly phase: 'download' | 'compile';
  readonly target: Target;
  readonly caches: CachePaths;
  readonly scratch: string;
  readonly compiler: { readonly cc: string; readonly cxx: string };
}): Readonly<Record<string, string>> {
  const { env, phase, target, caches, scratch, compiler } = request;
  return {
    ...pick(env, always),
    ...(phase === 'download' ? downloadEnv(env) : compileEnv(scratch)),
    ...fixedEnv,
    ...targetEnv(target),
    CC: compiler.cc,
    CXX: compiler.cxx,
    GOMODCACHE: caches.modCache,
    GOCACHE: caches.buildCache,
    TMPDIR: scratch,
    GOTMPDIR: scratch,
  };
}

/** The environment for finding a toolchain: the user's caches and way to the network, and no flags of theirs. */
export function fetchEnv(env: Env): Readonly<Record<string, string>> {
  return {
    ...pick(env, [...always, 'GOPATH', 'GOMODCACHE']),
    ...downloadEnv(env),
    LC_ALL: 'C',
    GOWORK: 'off',
  };
}

/** Messages in one language, whatever the user's: failures of the surroundings are told by their text. */
const fixedEnv = {
  LC_ALL: 'C',
  CGO_ENABLED: '1',
  GO111MODULE: 'on',
  GOWORK: 'off',
  GOTOOLCHAIN: 'local',
  GOTELEMETRY: 'off',
} as const;

function downloadEnv(env: Env): Readonly<Record<string, string>> {
  // Not empty: an empty GOFLAGS would let the one of `go env -w` through.
  return { ...pick(env, forDownloads), GOFLAGS: '-mod=mod', GIT_TERMINAL_PROMPT: '0' };
}

function compileEnv(scratch: string): Readonly<Record<string, string>> {
  return {
    HOME: scratch,
    GOENV: 'off',
    GOFLAGS: '',
    GOEXPERIMENT: '',
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

function pick(env: Env, names: readonly string[]): Readonly<Record<string, string>> {
  const found = names.flatMap((name): [string, string][] => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}
