import { cp, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DriverRequest } from '../../support/docker/driver.js';
import {
  compile,
  containersOf,
  dockerUser,
  drive,
  giveAll,
  makeRequest,
  openStage,
  rootUser,
  runningStep,
  type Drive,
  type Stage,
  type User,
} from '../../support/docker/stage.js';
import { machineProxy } from '../../support/go-proxy.js';
import { snapshot } from '../../support/snapshot.js';

const minutes = 60_000;
const secrets = { GITHUB_TOKEN: 'ghs_secret', INPUT_TOKEN: 'ghs_secret', NPM_TOKEN: 'ghs_secret' };

async function owner(path: string): Promise<string> {
  const { uid, gid } = await stat(path);
  return `${String(uid)}:${String(gid)}`;
}

/** The first build of a run is the long one: what it shows is looked at by several tests. */
interface FirstRun {
  readonly run: Drive;
  readonly request: DriverRequest;
  readonly before: readonly string[];
  /** `docker inspect` during the compile step. */
  readonly walls: unknown;
}

async function firstRun(stage: Stage, user: User): Promise<FirstRun> {
  const request = await makeRequest(stage, 'first', user);
  const before = await snapshot(request.workspace.module);
  // Docker's own settings may add proxies to every container.
  const settings = join(stage.dir, 'first/docker');
  await mkdir(settings);
  await writeFile(
    join(settings, 'config.json'),
    '{"proxies":{"default":{"ftpProxy":"http://me:pw@proxy.example.org"}}}',
  );
  // The last proxy in the list is never asked; its password must stay where it is needed.
  const proxies = `${machineProxy()},https://me:pw@localhost:1`;
  const env = { ...secrets, GOPROXY: proxies, DOCKER_CONFIG: settings };
  const run = await drive({ stage, user, driver: request, env });
  const walls = await runningStep(run, 'compile');
  expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
  return { run, request, before, walls };
}

describe('the Docker builder', () => {
  let stage: Stage;
  let user: User;
  let first: FirstRun;

  beforeAll(async () => {
    stage = await openStage();
    user = await dockerUser();
    first = await firstRun(stage, user);
  }, 25 * minutes);
  afterAll(() => stage.remove());

  test('builds a plugin as an ordinary user', async () => {
    const { run, request } = first;
    expect(run.events.map((event) => event['event'])).toEqual(['prepared', 'outcome', 'outcome']);
    expect(run.events[2]).toMatchObject({ outcome: { kind: 'ok', seconds: expect.any(Number) } });
    const file = join(request.workspace.out, 'tiny.so');
    expect((await readFile(file)).subarray(0, 4).toString('latin1')).toBe('\x7fELF');
    expect(await owner(file)).toBe('12345:12346');
    expect(await snapshot(request.workspace.module)).toEqual(first.before);
    expect(await containersOf(run.process.pid)).toEqual([]);
  });

  test('gives the compile step no network, no capability, no writable root and no secret', () => {
    const { walls, request } = first;
    expect(walls).toMatchObject({
      Config: { User: '12345:12346', WorkingDir: '/proj' },
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        Privileged: false,
      },
    });
    const own = join(request.cacheDir, 'docker-12345');
    expect(mounts(walls)).toEqual({
      '/go/pkg/mod': { source: join(own, 'mod'), writable: false },
      '/gocache': {
        source: expect.stringContaining(join(own, 'build/go1.26.0-linux-amd64-')),
        writable: true,
      },
      '/out': { source: request.workspace.out, writable: true },
      '/pin': { source: request.workspace.pin, writable: false },
      '/proj': { source: request.workspace.module, writable: false },
    });
    const text = JSON.stringify(walls);
    expect(text).toContain('GOPROXY=off');
    expect(text).not.toContain('ghs_secret');
    expect(text).not.toContain('me:pw');
    expect(text).not.toContain('proxy.example.org');
  });

  test(
    'as root hands the work to an unprivileged user and the files to root, whatever the paths are called',
    async () => {
      const name = 'wörk, "of": a=b root';
      const request = await makeRequest(stage, name, rootUser);
      await cp(join(first.request.cacheDir, 'docker-12345'), join(request.cacheDir, 'docker-65534'), {
        recursive: true,
      });
      const replaced = join(stage.dir, name, 'lib');
      await mkdir(replaced);
      await writeFile(join(replaced, 'go.mod'), 'module example.org/lib\n');
      const netrc = join(stage.dir, name, '.netrc');
      await writeFile(netrc, 'machine example.org login me password pw\n', { mode: 0o600 });
      const before = await snapshot(request.workspace.module);
      const steps = [
        { phase: 'download', args: ['mod', 'edit', '-json', '/tmp/.netrc'] },
        { phase: 'compile', args: ['mod', 'edit', '-json', '/tmp/.netrc'] },
        { phase: 'compile', args: ['list', '-m', '-modfile=/replaced/0/go.mod'] },
        compile,
      ] as const;
      const workspace = { ...request.workspace, replaced: [replaced] };
      const run = await drive({
        stage,
        user: rootUser,
        driver: { ...request, workspace, steps: [...steps] },
        env: { HOME: join(stage.dir, name) },
      });

      expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
      // Readable in the download step (and no go.mod), absent in the compile step.
      expect(run.events[1]).toMatchObject({
        outcome: { kind: 'failed', stderr: expect.stringContaining('unknown directive: machine') },
      });
      expect(run.events[2]).toMatchObject({
        outcome: { kind: 'failed', stderr: expect.stringContaining('no such file') },
      });
      expect(run.events[3]).toMatchObject({ outcome: { kind: 'ok', stdout: 'example.org/lib\n' } });
      expect(run.events[4]).toMatchObject({ outcome: { kind: 'ok' } });
      expect(await owner(join(request.workspace.out, 'tiny.so'))).toBe('0:0');
      expect(await owner(request.workspace.out)).toBe('0:0');
      expect(await snapshot(request.workspace.module)).toEqual(before);
      expect(await readdir(join(request.cacheDir, 'docker-65534/netrc'))).toEqual([]);
      expect(await containersOf(run.process.pid)).toEqual([]);
    },
    20 * minutes,
  );

  test(
    'as root the container runs as nobody',
    async () => {
      const request = await makeRequest(stage, 'nobody', rootUser);
      // It takes minutes and no module, so that the container is there to be looked at.
      const long = { phase: 'compile', args: ['build', '-a', 'std'] } as const;
      const run = await drive({
        stage,
        user: rootUser,
        driver: { ...request, timeoutMinutes: 0.2, steps: [long] },
      });
      expect(await runningStep(run, 'compile')).toMatchObject({ Config: { User: '65534:65534' } });
      await run.ended;
    },
    5 * minutes,
  );

  test(
    'two runs at once share one cache',
    async () => {
      const cacheDir = join(stage.dir, 'shared-cache');
      await cp(first.request.cacheDir, cacheDir, { recursive: true });
      await giveAll(cacheDir, user);
      const requests = await Promise.all(['one', 'two'].map((name) => makeRequest(stage, name, user)));
      const runs = await Promise.all(
        requests.map((request) =>
          drive({ stage, user, driver: { ...request, cacheDir }, env: { GOPROXY: 'off' } }),
        ),
      );
      for (const run of runs) expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
      const [one, two] = await Promise.all(
        requests.map(({ workspace }) => readFile(join(workspace.out, 'tiny.so'))),
      );
      expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
    },
    10 * minutes,
  );

  test(
    'a compile error is the outcome, with what go said',
    async () => {
      const request = await makeRequest(stage, 'broken', user);
      await writeFile(join(request.workspace.module, 'main.go'), 'package main\n\nfunc main( {}\n');
      const build = { phase: 'compile', args: ['build', '.'] } as const;
      const run = await drive({ stage, user, driver: { ...request, steps: [build] } });
      await run.ended;
      expect(run.events[1]).toMatchObject({
        outcome: { kind: 'failed', exitCode: 1, stderr: expect.stringContaining('main.go:3') },
      });
    },
    5 * minutes,
  );
});

function mounts(
  described: unknown,
): Readonly<Record<string, { readonly source: string; readonly writable: boolean }>> {
  const list =
    typeof described === 'object' && described !== null && 'Mounts' in described ? described.Mounts : null;
  if (!Array.isArray(list)) throw new Error('docker inspect names no mounts');
  return Object.fromEntries(
    list.map((mount) => [mount.Destination, { source: mount.Source, writable: mount.RW }]),
  );
}
