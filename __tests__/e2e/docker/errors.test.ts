import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import type { ReportedFailure } from '../../../src/report/report.js';
import { openBench, startAction, type Bench, type Circumstances } from '../../support/docker/bench.js';
import { startRegistry } from '../../support/docker/registry.js';
import {
  containersOf,
  docker,
  dockerUser,
  drive,
  giveAll,
  makeRequest,
  openStage,
  rootUser,
  until,
  type Stage,
  type User,
} from '../../support/docker/stage.js';
import { readJson, type Started } from '../../support/shipped.js';

// What goes wrong with Docker, each from its real cause, as the user of the shipped action meets it: exit code, report
// and annotation.

const findReal = 'for docker in "${real[@]}"; do [ -x "$docker" ] && break; done';
/** Whether the docker command runs a compile step. */
const isCompile = '[ "$1" = run ] && [[ " $* " == *" --network none "* ]]';

let stage: Stage;
let ordinary: User;
let bench: Bench;
let rootBench: Bench;
let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  stage = await openStage();
  ordinary = await dockerUser();
  bench = await openBench(stage, ordinary);
  rootBench = await openBench(stage, rootUser);
  registry = await startRegistry({
    none: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
    busy: { status: 429, code: 'TOOMANYREQUESTS', message: 'You have reached your pull rate limit.' },
    broken: { status: 500, code: 'UNKNOWN', message: 'out of order' },
  });
});
afterAll(async () => {
  await registry.stop();
  await stage.remove();
});

interface Case {
  readonly bench?: Bench;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly circumstances?: Circumstances;
}

interface Expected {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  readonly where?: ReportedFailure['where'];
}

/** Runs the action until it fails, and holds what it leaves against what is expected. */
async function expectFailure(given: Case, expected: Expected): Promise<void> {
  const { bench: own = bench, inputs = {}, circumstances = {} } = given;
  await rm(own.output, { recursive: true, force: true });
  await expectEnd(startAction(own, { targets: 'amd64', ...inputs }, circumstances), own, expected);
}

async function expectEnd(run: Started, own: Bench, expected: Expected): Promise<void> {
  const { code, what, remedy, where = null } = expected;
  const { code: exitCode, output } = await run.ended;

  const failure = {
    kind: 'surroundings',
    code,
    what: expect.stringContaining(what),
    remedy: expect.stringContaining(remedy),
    where,
  };
  expect(failureIn(readJson(join(own.output, 'report.json')))).toEqual(failure);
  expect(exitCode).toBe(3);
  const error = output.split('\n').find((line) => line.startsWith('::error'));
  expect(error).toContain(remedy);
  expect(error?.startsWith('::error title=input timeout::')).toBe(where !== null);
  expect(await containersOf(run.process.pid)).toEqual([]);
}

/** Of the whole run, or of its only target. */
function failureIn(report: unknown): unknown {
  const { failure, groups } = report as {
    failure?: unknown;
    groups?: readonly { readonly targets: readonly { readonly failure?: unknown }[] }[];
  };
  return failure ?? groups?.[0]?.targets[0]?.failure;
}

/** The PATH with a `docker` in front that changes the arguments and then is the real one. */
async function alteredDocker(name: string, script: string): Promise<Circumstances> {
  const folder = join(stage.dir, name);
  await mkdir(folder);
  const real = (process.env['PATH'] ?? '').split(':').map((part) => join(part, 'docker'));
  const lines = ['#!/bin/bash', `real=(${real.map((path) => `'${path}'`).join(' ')})`, findReal, script, ''];
  await writeFile(join(folder, 'docker'), lines.join('\n'));
  await chmod(join(folder, 'docker'), 0o755);
  return { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } };
}

describe('before anything is built', () => {
  test('no docker command', () =>
    expectFailure(
      { circumstances: { env: { PATH: stage.dir } } },
      { code: 'no-docker-client', what: 'there is no docker command', remedy: 'builder: host' },
    ));

  test('no engine', () =>
    expectFailure(
      { circumstances: { env: { DOCKER_HOST: `unix://${stage.dir}/nothing.sock` } } },
      { code: 'no-docker-engine', what: 'nothing.sock', remedy: 'builder: host' },
    ));

  test('no permission on the socket', async () => {
    const outsider = await openBench(stage, { ...ordinary, groups: null });
    await expectFailure(
      { bench: outsider },
      { code: 'docker-permission', what: 'may not use', remedy: 'usermod -aG docker' },
    );
  });

  test.each([
    ['none', 'image-not-found', 'Name another image (image), or use the host builder (builder: host)'],
    ['busy', 'image-rate-limited', 'docker login'],
    ['broken', 'image-pull-failed', 'Check the network'],
  ])('a registry that refuses: %s', async (name, code, remedy) => {
    const image = `${registry.host}/${name}:1`;
    await expectFailure({ inputs: { image } }, { code, what: image, remedy });
  });
});

describe('while it is built', () => {
  test('an image without go', async () => {
    const image = 'gotify-plugin-build/debian:bookworm';
    await expectFailure(
      { inputs: { image } },
      { code: 'image-without-go', what: image, remedy: 'built like gotify/build' },
    );
  });

  test.each([
    ['a file', 'closed-file', '/proj/plugin.go'],
    ['the folder', 'closed-folder', '/proj'],
  ])('%s of the source that only root may read, when root starts the build', async (_, name, what) => {
    const plugin = join(rootBench.workspace, name);
    await mkdir(plugin, { mode: name === 'closed-folder' ? 0o700 : 0o755 });
    await writeFile(join(plugin, 'go.mod'), 'module example.org/closed\n\ngo 1.20\n');
    await writeFile(join(plugin, 'plugin.go'), 'package main\n\nfunc main() {}\n', { mode: 0o600 });
    await expectFailure(
      { bench: rootBench, inputs: { path: name } },
      { code: 'source-not-readable', what: `may not read ${what}:`, remedy: 'chmod -R a+rX' },
    );
  });

  test('out of memory', async () => {
    const circumstances = await alteredDocker(
      'little-memory',
      `if ${isCompile}; then shift; set -- run --memory 20m "$@"; fi\nexec "$docker" "$@"`,
    );
    await expectFailure(
      { inputs: { 'build-flags': '-a' }, circumstances },
      { code: 'out-of-memory', what: '137', remedy: 'concurrency: 1' },
    );
  });

  test('no space for temporary files, which are in memory', async () => {
    const circumstances = await alteredDocker(
      'little-tmp',
      'args=()\nfor arg; do args+=("${arg/#\\/tmp:rw/\\/tmp:size=1m,rw}"); done\nexec "$docker" "${args[@]}"',
    );
    await expectFailure(
      { inputs: { 'build-flags': '-a' }, circumstances },
      { code: 'disk-full', what: 'keeps in memory', remedy: 'concurrency: 1' },
    );
  });

  test('no space in the cache folder', async () => {
    const cache = join(stage.dir, 'small');
    await mkdir(cache);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=777', 'small', cache]);
    try {
      await expectFailure(
        { inputs: { 'cache-dir': cache } },
        { code: 'disk-full', what: 'no space left on the disk', remedy: 'where cache-dir' },
      );
    } finally {
      execFileSync('umount', [cache]);
    }
  });

  test('a target that takes longer than it may', () =>
    expectFailure(
      { inputs: { 'build-flags': '-a', timeout: '0.1' } },
      {
        code: 'timed-out',
        what: 'it took longer than 0.1 minutes, and was stopped at ',
        remedy: 'Raise timeout',
        where: { kind: 'input', input: 'timeout' },
      },
    ));

  test('an engine that goes away', async () => {
    const socketPath = join(stage.dir, 'relay.sock');
    const sockets = new Set<Socket>();
    // allowHalfOpen, as docker ends its side when it has said everything.
    const relay = createServer({ allowHalfOpen: true }, (client) => {
      const engine = connect({ path: '/var/run/docker.sock', allowHalfOpen: true });
      for (const socket of [client, engine]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
      }
      client.pipe(engine).pipe(client);
    });
    await new Promise<void>((resolve) => relay.listen(socketPath, resolve));
    await chown(socketPath, ordinary.uid, ordinary.gid);
    await rm(bench.output, { recursive: true, force: true });
    const inputs = { targets: 'amd64', 'build-flags': '-a' };
    const run = startAction(bench, inputs, { env: { DOCKER_HOST: `unix://${socketPath}` } });
    const container = await until(async () => {
      const ids = await containersOf(run.process.pid, ['name=-compile-', 'status=running']);
      return ids[0] ?? null;
    }, 300);
    relay.close();
    await rm(socketPath, { force: true });
    for (const socket of sockets) socket.destroy();
    await run.ended;
    // Nobody could remove it: there was no engine.
    await docker('rm', '--force', container);
    await expectEnd(run, bench, {
      code: 'docker-engine-lost',
      what: 'went away',
      remedy: 'builder: host',
    });
  });
});

test('a folder that the engine does not see: it runs elsewhere', async () => {
  const gone = join(stage.dir, 'gone');
  const request = await makeRequest(stage, 'elsewhere', ordinary);
  const workspace = { ...request.workspace, replaced: [gone] };
  const steps = [{ phase: 'compile', args: ['version'] }] as const;
  await giveAll(workspace.pin, ordinary);
  const run = await drive({ stage, user: ordinary, driver: { ...request, workspace, steps } });
  expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
  expect(run.events.at(-1)).toEqual({
    event: 'failure',
    kind: 'surroundings',
    code: 'docker-no-such-folder',
    what: expect.stringContaining(gone),
    remedy: expect.stringContaining('builder: host'),
  });
});
