import { Failure } from '../errors.js';
import type { Places, Workspace } from './builder.js';
import type { CachePaths } from './cache.js';
import type { Target } from './target.js';

/** Every container of ours has labels with this prefix. */
export const labelPrefix = 'gotify-plugin-build';

/** What the engine is like, as far as the arguments depend on it. */
export interface EngineTraits {
  /** The engine runs as the caller: root in a container is the caller outside. */
  readonly rootless: boolean;
  /** Users in containers are mapped to others outside, unless the container says no. */
  readonly remapsUsers: boolean;
  readonly selinux: boolean;
}

export const plainEngine: EngineTraits = { rootless: false, remapsUsers: false, selinux: false };

/** One step of a build, in a container of its own. */
export interface ContainerStep {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly phase: 'download' | 'compile';
  readonly user: { readonly uid: number; readonly gid: number };
  readonly engine: EngineTraits;
  readonly workspace: Workspace;
  readonly caches: CachePaths;
  /** A file that the container's user can read; mounted in the download step only. */
  readonly netrc: string | null;
  /** The caller's SSL_CERT_FILE; mounted in the download step only. */
  readonly certificates: string | null;
  /** The names of the caller's variables that the step gets; the values stay out of the argument list. */
  readonly passedOn: readonly string[];
  /** After `go`. */
  readonly args: readonly string[];
}

/** Where a container sees the folders of a workspace: the server's own build has its project in /proj too. */
export const containerPlaces: Places = {
  module: '/proj',
  pin: '/pin',
  out: '/out',
  replaced: (index) => `/replaced/${String(index)}`,
};

const moduleCache = '/go/pkg/mod';
const buildCache = '/gocache';
const certificatesPlace = '/tmp/certificates.pem';

const goVariables = ['GOPROXY', 'GOPRIVATE', 'GONOSUMDB', 'GONOPROXY', 'GOSUMDB', 'GOINSECURE'];
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);
/** What the docker command itself reads to find its engine and its settings. */
const clientVariables = [
  'PATH',
  'HOME',
  'XDG_RUNTIME_DIR',
  'SSH_AUTH_SOCK',
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CONFIG',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
];

/** The environment of the docker command: what it needs itself, and in a download step what it hands on. */
export function clientEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  passedOn: readonly string[] = [],
): Readonly<Record<string, string>> {
  const entries = [...clientVariables, ...passedOn].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** The caller's variables that reach the download step: how modules are found, and the way to the network. */
export function downloadVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return [...goVariables, ...proxyVariables].filter((name) => env[name] !== undefined);
}

/**
 * The image for a target: `gotify/build` as gotify/server's Makefile names it, or the user's own with `{go}` and
 * `{arch}` filled in.
 *
 * @throws Failure (input) where the result is no image name
 */
export function imageFor(request: {
  readonly template: string | null;
  readonly goVersion: string;
  readonly target: Target;
}): string {
  const { template, goVersion, target } = request;
  const image = (template ?? 'gotify/build:{go}-linux-{arch}')
    .replaceAll('{go}', goVersion)
    .replaceAll('{arch}', target.name.replace(/^linux-/, ''));
  if (/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(image)) return image;
  throw new Failure('input', {
    code: 'bad-image',
    what: `"${image}" is not the name of a Docker image`,
    remedy: 'Give a name such as example.org/build:{go}-linux-{arch}; {go} and {arch} are filled in.',
    where: { kind: 'input', input: 'image' },
  });
}

/** The arguments of `docker` that run one step. No value of the caller's environment is among them. */
export function dockerRunArgs(step: ContainerStep): readonly string[] {
  return [
    ...['run', '--name', step.name, '--platform', 'linux/amd64', '--pull', 'never', '--log-driver', 'none'],
    ...labelArgs(step.labels),
    ...wallArgs(step),
    ...mountArgs(step),
    ...environmentArgs(step),
    ...['--workdir', containerPlaces.module, '--entrypoint', 'go', step.image, ...step.args],
  ];
}

/** What tells whose a container is: see ownerLabels. */
export function labelArgs(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).flatMap(([name, value]) => ['--label', `${labelPrefix}.${name}=${value}`]);
}

function wallArgs({ phase, user, engine }: ContainerStep): readonly string[] {
  const { uid, gid } = engine.rootless ? { uid: 0, gid: 0 } : user;
  return [
    ...['--network', phase === 'compile' ? 'none' : 'host', '--read-only', '--cap-drop', 'ALL'],
    ...[
      '--security-opt',
      'no-new-privileges',
      ...(engine.selinux ? ['--security-opt', 'label=disable'] : []),
    ],
    ...(engine.remapsUsers ? ['--userns', 'host'] : []),
    ...['--user', `${String(uid)}:${String(gid)}`],
  ];
}

function mountArgs({ phase, workspace, caches, netrc, certificates }: ContainerStep): readonly string[] {
  const download = phase === 'download';
  const binds: readonly Bind[] = [
    { source: workspace.module, target: containerPlaces.module, readOnly: true },
    { source: workspace.pin, target: containerPlaces.pin, readOnly: !download },
    ...workspace.replaced.map((source, index) => ({
      source,
      target: containerPlaces.replaced(index),
      readOnly: true,
    })),
    { source: caches.modCache, target: moduleCache, readOnly: !download },
    { source: caches.buildCache, target: buildCache, readOnly: false },
    ...(download ? [] : [{ source: workspace.out, target: containerPlaces.out, readOnly: false }]),
    ...(download && netrc !== null ? [{ source: netrc, target: '/tmp/.netrc', readOnly: true }] : []),
    ...(download && certificates !== null
      ? [{ source: certificates, target: certificatesPlace, readOnly: true }]
      : []),
  ];
  return [
    ...['--tmpfs', '/tmp:rw,exec,nosuid,nodev,mode=1777'],
    // Go keeps the newest tree of the checksum database beside the module cache, where the root is read-only.
    ...(download ? ['--tmpfs', '/go/pkg/sumdb:rw,nosuid,nodev,noexec,mode=1777'] : []),
    ...binds.flatMap((bind) => ['--mount', bindMount(bind)]),
  ];
}

interface Bind {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The value of `--mount`: one line of CSV, so that a path may hold commas, quotes, colons and blanks. */
export function bindMount({ source, target, readOnly }: Bind): string {
  const fields = ['type=bind', `source=${source}`, `target=${target}`, ...(readOnly ? ['readonly'] : [])];
  return fields.map(csvField).join(',');
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function environmentArgs({ phase, passedOn, certificates }: ContainerStep): readonly string[] {
  const fixed: readonly string[] = [
    'HOME=/tmp',
    'GOPATH=/go',
    `GOMODCACHE=${moduleCache}`,
    `GOCACHE=${buildCache}`,
    'GOTOOLCHAIN=local',
    'GOWORK=off',
    'GOENV=off',
    'GO111MODULE=on',
    'CGO_ENABLED=1',
    // Without it the module cache is read-only, and its owner cannot remove it.
    'GOFLAGS=-modcacherw',
    ...(phase === 'compile' ? ['GOPROXY=off'] : []),
    ...(phase === 'download' && certificates !== null ? [`SSL_CERT_FILE=${certificatesPlace}`] : []),
  ];
  // A name alone takes the value from docker's own environment, and removes the variable where that has none: the
  // proxies that docker's settings would add to every container, with their passwords, stay out of the compile step.
  const names = phase === 'compile' ? proxyVariables : passedOn;
  return [...fixed, ...names].flatMap((entry) => ['--env', entry]);
}
