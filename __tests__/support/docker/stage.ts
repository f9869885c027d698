import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DriverRequest } from './driver.js';

const run = promisify(execFile);
const socket = '/var/run/docker.sock';
const root = join(import.meta.dirname, '../../..');

/** Who starts a driver. `groups`: null is none at all. */
export interface User {
  readonly uid: number;
  readonly gid: number;
  readonly groups: number | null;
}

export const rootUser: User = { uid: 0, gid: 0, groups: 0 };

/** An ordinary user who may use the engine's socket. It needs no entry in /etc/passwd. */
export async function dockerUser(): Promise<User> {
  return { uid: 12345, gid: 12346, groups: (await stat(socket)).gid };
}

/** A folder that every user can read, with the driver and a Node that every user can start. */
export interface Stage {
  readonly dir: string;
  readonly driver: string;
  readonly node: string;
  remove(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  if (process.getuid?.() !== 0) throw new Error('these tests switch users: run them as root');
  const dir = await mkdtemp(join(tmpdir(), 'gotify-docker-'));
  await chmod(dir, 0o755);
  const driver = join(dir, 'driver.mjs');
  const source = join(root, '__tests__/support/docker/driver.ts');
  const bundler = join(root, 'node_modules/rolldown/bin/cli.mjs');
  const one = ['--platform', 'node', '--format', 'esm', '--no-codeSplitting', '--file', driver];
  await run(process.execPath, [bundler, source, ...one], { cwd: root });
  const node = join(dir, 'node');
  await cp(process.execPath, node);
  await chmod(node, 0o755);
  return { dir, driver, node, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const listArgs = ['list', '-deps', '-modfile=/pin/go.mod', '-mod=mod', '.'];
export const buildArgs = [
  ...[
    'build',
    '-modfile=/pin/go.mod',
    '-mod=mod',
    '-buildvcs=false',
    '-installsuffix',
    'cgo',
    '-ldflags',
    '-w -s',
  ],
  ...['-buildmode=plugin', '-o', '/out/tiny.so', '.'],
];
export const download = { phase: 'download', args: listArgs } as const;
export const compile = { phase: 'compile', args: buildArgs } as const;

/** The tiny plugin in folders of its own, as the pipeline would hand it to the builder: all but the source is the user's. */
export async function makeRequest(stage: Stage, name: string, user: User): Promise<DriverRequest> {
  const folder = (part: string): string => join(stage.dir, name, part);
  const fixture = join(root, '__tests__/fixtures/docker/plugin');
  await cp(fixture, folder('module'), { recursive: true });
  for (const part of ['pin', 'out', 'cache']) await mkdir(folder(part), { mode: 0o700 });
  for (const file of ['go.mod', 'go.sum']) await cp(join(fixture, file), join(folder('pin'), file));
  // DOCKER_TEST_CACHE: a cache folder of an earlier run, so that a developer does not wait for the first build.
  const seed = process.env['DOCKER_TEST_CACHE'];
  if (seed !== undefined)
    await cp(seed, join(folder('cache'), `docker-${String(user.uid)}`), { recursive: true });
  for (const part of ['module', 'pin', 'out', 'cache']) await giveAll(folder(part), user);
  return {
    cacheDir: folder('cache'),
    goVersion: '1.26.0',
    timeoutMinutes: 20,
    image: null,
    target: 'linux-amd64',
    workspace: { module: folder('module'), pin: folder('pin'), out: folder('out'), replaced: [] },
    steps: [download, compile],
  };
}

export async function giveAll(path: string, user: User): Promise<void> {
  await chown(path, user.uid, user.gid);
  if (!(await stat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await giveAll(join(path, name), user);
}

/** What the driver says; the fields depend on the event. */
export type DriverEvent = Readonly<Record<string, unknown>>;

export interface Drive {
  readonly process: ChildProcess;
  readonly events: readonly DriverEvent[];
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stderr: string;
  }>;
}

let count = 0;

/** Starts the driver as a user. `env` is all that it gets, beside PATH, HOME and DOCKER_HOST. */
export async function drive(request: {
  readonly stage: Stage;
  readonly user: User;
  readonly driver: DriverRequest;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Drive> {
  const { stage, user, driver, env = {} } = request;
  count += 1;
  const file = join(stage.dir, `request-${String(count)}.json`);
  await writeFile(file, JSON.stringify(driver));
  const groups = user.groups === null ? ['--clear-groups'] : ['--groups', String(user.groups)];
  const dockerHost = process.env['DOCKER_HOST'];
  const child = spawn(
    '/usr/bin/setpriv',
    ['--reuid', String(user.uid), '--regid', String(user.gid), ...groups, stage.node, stage.driver, file],
    {
      cwd: stage.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: stage.dir,
        ...(dockerHost === undefined ? {} : { DOCKER_HOST: dockerHost }),
        ...env,
      },
    },
  );
  return { process: child, ...follow(child) };
}

function follow(child: ChildProcess): Pick<Drive, 'events' | 'ended'> {
  const events: DriverEvent[] = [];
  let stdout = '';
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout?.on('data', (data: Buffer) => {
    const lines = (stdout + data.toString()).split('\n');
    stdout = lines.pop() ?? '';
    for (const line of lines) events.push(JSON.parse(line));
  });
  const ended = new Promise<Awaited<Drive['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
  return { events, ended };
}

/** Looks again and again until there is something; gives up after `seconds`. */
export async function until<T>(look: () => Promise<T | null>, seconds: number): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`nothing after ${String(seconds)} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export async function docker(...args: readonly string[]): Promise<string> {
  return (await run('docker', [...args])).stdout.trim();
}

/** The ids of containers whose owner is the given process; `more`: other filters of `docker ps`. */
export async function containersOf(
  pid: number | undefined,
  more: readonly string[] = [],
): Promise<readonly string[]> {
  const filters = [`label=gotify-plugin-build.pid=${String(pid)}`, ...more];
  const ids = await docker('ps', '--all', '--quiet', ...filters.flatMap((filter) => ['--filter', filter]));
  return ids === '' ? [] : ids.split('\n');
}

/** Waits until a step's container runs, and gives what `docker inspect` says of it. */
export async function runningStep(drive: Drive, phase: 'download' | 'compile'): Promise<unknown> {
  const filters = [
    `label=gotify-plugin-build.pid=${String(drive.process.pid)}`,
    `name=-${phase}-`,
    'status=running',
  ];
  const id = await until(async () => {
    const ids = await docker('ps', '--quiet', ...filters.flatMap((filter) => ['--filter', filter]));
    if (ids === '' && drive.process.exitCode !== null)
      throw new Error(`it ended: ${JSON.stringify(drive.events)}`);
    return ids === '' ? null : ids;
  }, 300);
  const described: unknown = JSON.parse(await docker('inspect', id));
  return Array.isArray(described) ? described[0] : described;
}
