import { join } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import { compareGoVersions, toolchainName } from '../go/version.js';
import type { Clock, CommandResult, Files, Runner } from '../ports.js';
import type { Planned, PlannedCommand } from './builder.js';
import { readGoSettings, type GoSettings } from './go-settings.js';
import { fetchEnv, lookUpEnv } from './host-env.js';
import { hostFailure } from './host-failure.js';
import { parseJson } from './parse-json.js';
import { stopped } from './stopped.js';
import { timedOut, timedOutCode } from './timed-out.js';

/** Brings a Go toolchain from the Go download site onto this machine. The real one is src/adapters/toolchain.ts. */
export interface ToolchainInstaller {
  /**
   * Downloads, checks and unpacks one toolchain.
   *
   * @param request.name as GOTOOLCHAIN has it: `go1.26.0`
   * @param request.arch Go's name of this machine's architecture
   * @param request.timeoutMinutes what it may take
   * @param request.into the folder that will hold it, as `<into>/go1.26.0.linux-amd64`
   * @param request.signal ends it
   * @returns its GOROOT
   * @throws Failure (surroundings)
   */
  install(request: ToolchainRequest): Promise<string>;
}

export interface ToolchainRequest {
  readonly name: string;
  readonly arch: string;
  readonly into: string;
  readonly timeoutMinutes: number;
  readonly signal?: AbortSignal;
}

export interface ToolchainSearch {
  readonly goVersion: string;
  /** Go's name of this machine's architecture. */
  readonly arch: string;
  /** Where toolchains are kept and remembered: a folder below the cache. */
  readonly folder: string;
  /** GOMODCACHE of the builds: a toolchain that lies in it is not used. */
  readonly modCache: string;
  /** What fetching it may take. */
  readonly timeoutMinutes: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Once it aborts, the search ends and nothing is remembered of it; absent: it ends by itself. */
  readonly signal?: AbortSignal;
}

export interface ToolchainPorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly clock: Clock;
  readonly installer: ToolchainInstaller;
}

export interface Toolchain {
  readonly goroot: string;
  /** Why its content was not compared with the Go team's checksums; null: it was, by go or by the installer. */
  readonly unchecked: string | null;
}

/**
 * The toolchain of exactly this Go release. Looked for in this order: where it was the last time; what the machine's go
 * (1.21 or later) once fetched, or can fetch now, checked by go against the checksum database; the Go download site. A
 * Go that is installed on the machine may say the same of itself and still be patched (distributions do that): it is
 * used only where its like cannot be fetched. None lies in the module cache that it will build with: to Go its packages
 * would be ones of a module there (`import "": import of unknown directory`, from a Go before 1.21), and their place
 * that of the module cache.
 *
 * @throws Failure (surroundings) where it cannot be had
 */
export async function findToolchain(search: ToolchainSearch, given: ToolchainPorts): Promise<Toolchain> {
  const ports = search.signal === undefined ? given : endingWith(search.signal, given);
  const remembered = await recallToolchain(search, ports);
  if (remembered !== null) return remembered;
  const found = await find(named(search), ports);
  await ports.files.makeDir(search.folder);
  await ports.files.write(noteOf(search), JSON.stringify({ ...found, at: ports.clock.now() }));
  return found;
}

/** Every program and download ends with the signal, and nothing begins after it. Throws Failure (surroundings) then. */
function endingWith(signal: AbortSignal, { runner, installer, ...others }: ToolchainPorts): ToolchainPorts {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    const check = (): void => {
      if (signal.aborted) throw stopped();
    };
    check();
    // However it ended, that is why.
    return work().finally(check);
  };
  return {
    ...others,
    runner: { run: (command) => guard(() => runner.run({ ...command, signal })) },
    installer: { install: (request) => guard(() => installer.install({ ...request, signal })) },
  };
}

/** The toolchain where it was the last time, if it is still there; starts nothing. */
export async function recallToolchain(
  search: ToolchainSearch,
  { files, clock }: Pick<ToolchainPorts, 'files' | 'clock'>,
): Promise<Toolchain | null> {
  const note = noteOf(search);
  if ((await files.stat(note)) === null) return null;
  const read = v.safeParse(noteSchema, parseJson(await files.readText(note)));
  if (!read.success) return null;
  const { goroot, unchecked, at } = read.output;
  if (unchecked !== null && clock.now() - at > uncheckedLasts) return null;
  return (await isUsable(goroot, named(search), files)) ? { goroot, unchecked } : null;
}

/**
 * What findToolchain does where nothing is remembered, for --dry-run.
 *
 * @param goSettings see readGoSettings
 */
export function describeSearch(search: ToolchainSearch, goSettings: GoSettings): readonly Planned[] {
  const { name, env, folder, goVersion } = named(search);
  const command = (args: readonly string[], own: Env, all: Env): Omit<PlannedCommand, 'about'> => ({
    ...{ kind: 'command', program: 'go', args, env: own, cwd: '/' },
    passedOn: Object.keys(all).filter((variable) => !(variable in own)),
  });
  const modCache = fetchedInto(search);
  const [lookUp, fetch] = [lookUpEnv({}, {}), fetchEnv({}, { goSettings: {}, modCache })];
  const allToFetch = fetchEnv(env, { goSettings, modCache });
  const bySite = `${name} comes from the Go download site to ${folder}, and tar unpacks it`;
  const none = 'where there is no go, or one older than 1.21';
  const asked: readonly Planned[] = [
    {
      ...command(gorootArgs, { ...lookUp, GOTOOLCHAIN: name }, lookUpEnv(env, goSettings)),
      about: `the place of ${name}, where this machine's go has it`,
    },
    {
      ...command(gorootArgs, { ...fetch, GOTOOLCHAIN: name }, allToFetch),
      about: 'where it has not: go fetches it',
    },
  ];
  if (!isFetchedAsModule(goVersion))
    return [...asked, { kind: 'remark', text: `${none}, or one that is itself ${name}: ${bySite}` }];
  return [
    ...asked,
    {
      ...command(downloadArgs(named(search)), fetch, allToFetch),
      about: `where it is itself ${name}, maybe patched: the published one is fetched`,
    },
    { kind: 'remark', text: `${none}: ${bySite}` },
  ];
}

type Env = Readonly<Record<string, string>>;

function named(search: ToolchainSearch): NamedSearch {
  return { ...search, name: toolchainName(search.goVersion) };
}

function noteOf(search: ToolchainSearch): string {
  return join(search.folder, `${named(search).name}.linux-${search.arch}.json`);
}

/** A module cache for toolchains alone. */
function fetchedInto({ folder }: ToolchainSearch): string {
  return join(folder, 'mod');
}

const noteSchema = v.object({ goroot: v.string(), unchecked: v.nullable(v.string()), at: v.number() });
/** After this time it is tried again to fetch one. */
const uncheckedLasts = 24 * 60 * 60_000;

interface NamedSearch extends ToolchainSearch {
  /** As GOTOOLCHAIN has it: `go1.26.0`. */
  readonly name: string;
}

const gorootArgs = ['env', 'GOROOT'];
/** Asking takes milliseconds: a go that does not answer in this time never does. */
const lookUpSeconds = 60;

async function find(search: NamedSearch, ports: ToolchainPorts): Promise<Toolchain> {
  const { name, env } = search;
  const goSettings = await readGoSettings(env, ports.files);
  const answer = await ports.runner.run({
    program: 'go',
    args: gorootArgs,
    env: { ...lookUpEnv(env, goSettings), GOTOOLCHAIN: name },
    cwd: '/',
    limitSeconds: lookUpSeconds,
  });
  if (answer.kind === 'not-found') return install(search, ports);
  // Only a Go that knows GOTOOLCHAIN can fail here: it has no such toolchain, and may have no network now.
  if (answer.exitCode !== 0) return checked(await fetchByGo(search, goSettings, ports));
  const goroot = answer.stdout.trim();
  if (isWithin(search.modCache, goroot)) return checked(await fetchByGo(search, goSettings, ports));
  if (goroot === '' || !(await isUsable(goroot, search, ports.files))) return install(search, ports);
  if (isFetched(goroot, search)) return checked(goroot);
  return insteadOf(goroot, { ...search, goSettings }, ports);
}

/** The machine's own Go is of this release: its like is fetched all the same. */
async function insteadOf(
  own: string,
  search: NamedSearch & { readonly goSettings: GoSettings },
  ports: ToolchainPorts,
): Promise<Toolchain> {
  const { goSettings, goVersion } = search;
  const byGo = async (): Promise<Toolchain> => checked(await downloadByGo(search, goSettings, ports));
  try {
    return await (isFetchedAsModule(goVersion) ? byGo() : install(search, ports));
  } catch (error) {
    if (!(error instanceof Failure) || search.signal?.aborted === true) throw error;
    return { goroot: own, unchecked: error.what };
  }
}

function checked(goroot: string): Toolchain {
  return { goroot, unchecked: null };
}

/** Whether go put it there: it checks each module that it unpacks. */
function isFetched(goroot: string, search: Pick<NamedSearch, 'name' | 'arch'>): boolean {
  return goroot.endsWith(`/${toolchainModule(search)}`);
}

/** Go's own downloads begin with 1.21: of what is older than that none is asked for by its module. */
function isFetchedAsModule(goVersion: string): boolean {
  return compareGoVersions(goVersion, '1.21') >= 0;
}

function downloadArgs(search: Pick<NamedSearch, 'name' | 'arch'>): readonly string[] {
  return ['mod', 'download', '-json', toolchainModule(search)];
}

/** How go itself calls a toolchain that it fetches (cmd/go/internal/toolchain of Go). */
function toolchainModule({ name, arch }: Pick<NamedSearch, 'name' | 'arch'>): string {
  return `golang.org/toolchain@v0.0.1-${name}.linux-${arch}`;
}

/** By switching to it, which go does for every release; gives its GOROOT. */
async function fetchByGo(
  search: NamedSearch,
  goSettings: GoSettings,
  { runner, files }: ToolchainPorts,
): Promise<string> {
  const { name } = search;
  const fetch = { args: gorootArgs, env: { GOTOOLCHAIN: name } };
  const { exitCode, stdout, stderr } = await runToFetch(fetch, { ...search, goSettings }, runner);
  if (exitCode !== 0) throw fetchFailure(name, { exitCode, said: stderr.trim() });
  const goroot = stdout.trim();
  if (await isUsable(goroot, search, files)) return goroot;
  throw broken(goroot, name);
}

const downloadSchema = v.object({ Dir: v.optional(v.string(), ''), Error: v.optional(v.string()) });

/** As a module, where go would not switch, as it is of this release itself; gives its GOROOT. */
async function downloadByGo(
  search: NamedSearch,
  goSettings: GoSettings,
  { runner, files }: ToolchainPorts,
): Promise<string> {
  const { name } = search;
  const fetch = { args: downloadArgs(search), env: {} };
  const { exitCode, stdout, stderr } = await runToFetch(fetch, { ...search, goSettings }, runner);
  const read = v.safeParse(downloadSchema, parseJson(stdout));
  if (exitCode !== 0 || !read.success || read.output.Error !== undefined) {
    const said = (read.success ? read.output.Error : undefined) ?? stderr.trim();
    throw fetchFailure(name, { exitCode, said });
  }
  const goroot = read.output.Dir;
  await allowPrograms(goroot, files);
  if (await isToolchain(goroot, name, files)) return goroot;
  throw broken(goroot, name);
}

/** The machine's go with the network, in a module cache for toolchains alone. */
async function runToFetch(
  { args, env: own }: { readonly args: readonly string[]; readonly env: Env },
  search: NamedSearch & { readonly goSettings: GoSettings },
  runner: Runner,
): Promise<Exclude<CommandResult, { kind: 'not-found' }>> {
  const { name, env, goSettings, timeoutMinutes } = search;
  const result = await runner.run({
    program: 'go',
    args,
    env: { ...fetchEnv(env, { goSettings, modCache: fetchedInto(search) }), ...own },
    cwd: '/',
    limitSeconds: timeoutMinutes * 60,
  });
  if (result.kind === 'not-found') throw unavailable(name, 'go is gone');
  if (result.exitCode === timedOutCode) throw timedOut(timeoutMinutes, `fetching the Go toolchain ${name}`);
  return result;
}

function fetchFailure(
  name: string,
  { exitCode, said }: { readonly exitCode: number; readonly said: string },
): Failure {
  const own = hostFailure({ exitCode, stdout: '', stderr: said });
  return own ?? unavailable(name, said.split('\n').slice(-3).join('; '));
}

/** A module's files are no programs until somebody says so: what go runs first is made one last. */
async function allowPrograms(goroot: string, files: Files): Promise<void> {
  const tools = join(goroot, 'pkg', 'tool');
  for (const folder of await listed(tools, files)) {
    for (const tool of await listed(folder, files)) await files.setMode(tool, 0o555);
  }
  for (const program of ['gofmt', 'go']) await files.setMode(join(goroot, 'bin', program), 0o555);
}

async function listed(folder: string, files: Files): Promise<readonly string[]> {
  return (await files.list(folder)).map((name) => join(folder, name));
}

async function install(search: NamedSearch, ports: ToolchainPorts): Promise<Toolchain> {
  const { name, arch, folder, timeoutMinutes } = search;
  const goroot = await ports.installer.install({ name, arch, into: folder, timeoutMinutes });
  if (await isToolchain(goroot, name, ports.files)) return checked(goroot);
  throw broken(goroot, name);
}

async function isUsable(goroot: string, { modCache, name }: NamedSearch, files: Files): Promise<boolean> {
  return !isWithin(modCache, goroot) && (await isToolchain(goroot, name, files));
}

/** As Go compares them: by text. */
function isWithin(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** The first line of VERSION is the release's name, in every Go. */
async function isToolchain(goroot: string, name: string, files: Files): Promise<boolean> {
  const version = join(goroot, 'VERSION');
  if ((await files.stat(version)) === null) return false;
  if ((await files.readText(version)).split('\n')[0]?.trim() !== name) return false;
  return (await files.stat(join(goroot, 'bin', 'go')))?.kind === 'file';
}

function broken(goroot: string, name: string): Failure {
  return new Failure('surroundings', {
    code: 'toolchain-broken',
    what: `the Go toolchain in ${goroot} is not ${name}`,
    remedy: 'Remove that folder and try again.',
  });
}

function unavailable(name: string, said: string): Failure {
  return new Failure('surroundings', {
    code: 'toolchain-unavailable',
    what: `the Go toolchain ${name} could not be fetched (${said})`,
    remedy: 'Check the network, GOPROXY and GOSUMDB, or use builder docker.',
  });
}
