import { join } from 'node:path';
import { Failure } from '../errors.js';
import { toolchainName } from '../go/version.js';
import type { CommandResult, Files, Runner } from '../ports.js';
import type { Planned, PlannedCommand } from './builder.js';
import { fetchEnv } from './host-env.js';

/** Brings a Go toolchain from the Go download site onto this machine. The real one is src/adapters/toolchain.ts. */
export interface ToolchainInstaller {
  /**
   * Downloads, checks and unpacks one toolchain.
   *
   * @param request.name as GOTOOLCHAIN has it: `go1.26.0`
   * @param request.arch Go's name of this machine's architecture
   * @param request.into the folder that will hold it, as `<into>/go1.26.0.linux-amd64`
   * @returns its GOROOT
   * @throws Failure (surroundings)
   */
  install(request: ToolchainRequest): Promise<string>;
}

export interface ToolchainRequest {
  readonly name: string;
  readonly arch: string;
  readonly into: string;
}

export interface ToolchainSearch {
  readonly goVersion: string;
  /** Go's name of this machine's architecture. */
  readonly arch: string;
  /** Where toolchains are kept and remembered: a folder below the cache. */
  readonly folder: string;
  /** GOMODCACHE for one that has to be fetched by go. */
  readonly modCache: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface ToolchainPorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly installer: ToolchainInstaller;
}

/**
 * The GOROOT of exactly this Go release. Looked for in this order: where it was the last time, what the machine's go
 * (1.21 or later) has or can fetch by GOTOOLCHAIN (checked by go against the checksum database), the Go download site.
 *
 * @throws Failure (surroundings) where it cannot be had
 */
export async function findToolchain(search: ToolchainSearch, ports: ToolchainPorts): Promise<string> {
  const name = toolchainName(search.goVersion);
  const remembered = await recallToolchain(search, ports.files);
  if (remembered !== null) return remembered;
  const goroot = (await fromGo(name, search, ports)) ?? (await install(name, search, ports));
  await ports.files.makeDir(search.folder);
  await ports.files.write(noteOf(name, search), `${goroot}\n`);
  return goroot;
}

/** The GOROOT where the toolchain was the last time, if it is still there; starts nothing. */
export async function recallToolchain(search: ToolchainSearch, files: Files): Promise<string | null> {
  const name = toolchainName(search.goVersion);
  const remembered = await readNote(noteOf(name, search), files);
  return remembered !== null && (await isToolchain(remembered, name, files)) ? remembered : null;
}

/** What findToolchain does where nothing is remembered, for --dry-run. */
export function describeSearch(search: ToolchainSearch): readonly Planned[] {
  const name = toolchainName(search.goVersion);
  const { local, fetching } = questions(name, search);
  const passedOn = Object.keys(fetchEnv(search.env)).filter((variable) => !(variable in fetchEnv({})));
  const ask = (env: Env, about: string): PlannedCommand => ({
    ...{ kind: 'command', program: 'go', args: gorootArgs, env: { ...fetchEnv({}), ...env }, cwd: '/' },
    ...{ passedOn: passedOn.filter((variable) => !(variable in env)), about },
  });
  return [
    ask(local, `the place of ${name}, where this machine's go has it`),
    ask(fetching, 'where it has not: go fetches it'),
    {
      kind: 'remark',
      text: `where there is no go, or one older than 1.21: ${name} comes from the Go download site to ${search.folder}, and tar unpacks it`,
    },
  ];
}

function noteOf(name: string, { folder, arch }: ToolchainSearch): string {
  return join(folder, `${name}.linux-${arch}.path`);
}

async function readNote(path: string, files: Files): Promise<string | null> {
  if ((await files.stat(path)) === null) return null;
  return (await files.readText(path)).trim() || null;
}

/** Null where this machine has no go, or one that is too old to know GOTOOLCHAIN (then it names its own GOROOT). */
async function fromGo(name: string, search: ToolchainSearch, ports: ToolchainPorts): Promise<string | null> {
  const env = fetchEnv(search.env);
  const asked = questions(name, search);
  const local = await askGoroot({ ...env, ...asked.local }, ports.runner);
  if (local.kind === 'not-found') return null;
  if (local.exitCode === 0) return checkedGoroot(local.stdout, name, ports.files);
  const fetched = await askGoroot({ ...env, ...asked.fetching }, ports.runner);
  if (fetched.kind === 'not-found' || fetched.exitCode !== 0) throw unavailable(name, fetched);
  return checkedGoroot(fetched.stdout, name, ports.files);
}

type Env = Readonly<Record<string, string>>;

/** First what is already there, in the user's own module cache; only then the network, into ours. */
function questions(
  name: string,
  { modCache }: ToolchainSearch,
): { readonly local: Env; readonly fetching: Env } {
  return {
    local: { GOTOOLCHAIN: name, GOPROXY: 'off' },
    fetching: { GOTOOLCHAIN: name, GOMODCACHE: modCache },
  };
}

const gorootArgs = ['env', 'GOROOT'];

function askGoroot(env: Env, runner: Runner): Promise<CommandResult> {
  return runner.run({ program: 'go', args: gorootArgs, env, cwd: '/' });
}

async function install(name: string, search: ToolchainSearch, ports: ToolchainPorts): Promise<string> {
  const goroot = await ports.installer.install({ name, arch: search.arch, into: search.folder });
  if ((await checkedGoroot(goroot, name, ports.files)) !== null) return goroot;
  throw new Failure('surroundings', {
    code: 'toolchain-broken',
    what: `the Go toolchain in ${goroot} is not ${name}`,
    remedy: 'Remove that folder and try again.',
  });
}

async function checkedGoroot(stdout: string, name: string, files: Files): Promise<string | null> {
  const goroot = stdout.trim();
  return goroot !== '' && (await isToolchain(goroot, name, files)) ? goroot : null;
}

/** The first line of VERSION is the release's name, in every Go. */
async function isToolchain(goroot: string, name: string, files: Files): Promise<boolean> {
  const version = join(goroot, 'VERSION');
  if ((await files.stat(version)) === null) return false;
  if ((await files.readText(version)).split('\n')[0]?.trim() !== name) return false;
  return (await files.stat(join(goroot, 'bin', 'go')))?.kind === 'file';
}

function unavailable(name: string, result: CommandResult): Failure {
  const said =
    result.kind === 'exited' ? result.stderr.trim().split('\n').slice(-3).join('; ') : 'go is gone';
  return new Failure('surroundings', {
    code: 'toolchain-unavailable',
    what: `the Go toolchain ${name} could not be fetched (${said})`,
    remedy: 'Check the network and GOPROXY, or use builder docker.',
  });
}
