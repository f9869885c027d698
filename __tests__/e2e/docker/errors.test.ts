import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DriverRequest } from '../../support/docker/driver.js';
import { startRegistry } from '../../support/docker/registry.js';
import {
  compile,
  containersOf,
  docker,
  dockerUser,
  drive,
  makeRequest,
  openStage,
  rootUser,
  runningStep,
  type DriverEvent,
  type Stage,
  type User,
} from '../../support/docker/stage.js';

const minutes = 60_000;
/** Needs no module, and much of everything. */
const buildStandardLibrary = { phase: 'compile', args: ['build', '-a', 'std'] } as const;

describe('errors of the Docker builder', () => {
  let stage: Stage;
  let ordinary: User;
  let registry: Awaited<ReturnType<typeof startRegistry>>;
  let count = 0;

  beforeAll(async () => {
    stage = await openStage();
    ordinary = await dockerUser();
    registry = await startRegistry({
      none: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' },
      busy: { status: 429, code: 'TOOMANYREQUESTS', message: 'You have reached your pull rate limit.' },
      broken: { status: 500, code: 'UNKNOWN', message: 'out of order' },
    });
  }, minutes);
  afterAll(async () => {
    await registry.stop();
    await stage.remove();
  });

  interface Case {
    readonly user?: User;
    readonly env?: Readonly<Record<string, string>>;
    readonly change?: (request: DriverRequest) => DriverRequest;
  }

  /** Runs the compile step and gives the last event. */
  async function lastEvent({
    user = ordinary,
    env = {},
    change = (request) => request,
  }: Case): Promise<DriverEvent> {
    count += 1;
    const request = await makeRequest(stage, `error-${String(count)}`, user);
    const run = await drive({
      stage,
      user,
      driver: change({ ...request, steps: [buildStandardLibrary] }),
      env,
    });
    expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
    expect(await containersOf(run.process.pid)).toEqual([]);
    return run.events.at(-1) ?? {};
  }

  function failure(code: string, what: string, remedy: string): object {
    return {
      event: 'failure',
      kind: 'surroundings',
      code,
      what: expect.stringContaining(what),
      remedy: expect.stringContaining(remedy),
    };
  }

  /** A folder with a `docker` that changes the arguments and then is the real one. */
  async function alteredDocker(name: string, script: string): Promise<string> {
    const folder = join(stage.dir, name);
    await mkdir(folder);
    const real = (process.env['PATH'] ?? '').split(':').map((part) => join(part, 'docker'));
    await writeFile(
      join(folder, 'docker'),
      `#!/bin/bash\nreal=(${real.map((path) => `'${path}'`).join(' ')})\n${script}\n`,
    );
    await chmod(join(folder, 'docker'), 0o755);
    return `${folder}:${process.env['PATH'] ?? ''}`;
  }
  const findReal = 'for docker in "${real[@]}"; do [ -x "$docker" ] && break; done';

  test('no docker command', async () => {
    expect(await lastEvent({ env: { PATH: stage.dir } })).toEqual(
      failure('no-docker-client', 'there is no docker command', 'builder: host'),
    );
  });

  test('no engine', async () => {
    expect(await lastEvent({ env: { DOCKER_HOST: `unix://${stage.dir}/nothing.sock` } })).toEqual(
      failure('no-docker-engine', 'nothing.sock', 'builder: host'),
    );
  });

  test('no permission on the socket', async () => {
    expect(await lastEvent({ user: { ...ordinary, groups: null } })).toEqual(
      failure('docker-permission', 'may not use', 'usermod -aG docker'),
    );
  });

  test.each([
    ['none', 'image-not-found', 'Name another image (image), or use the host builder (builder: host)'],
    ['busy', 'image-rate-limited', 'docker login'],
    ['broken', 'image-pull-failed', 'Check the network'],
  ])(
    'a registry that refuses: %s',
    async (name, code, remedy) => {
      const wanted = `${registry.host}/${name}:1`;
      const event = await lastEvent({ change: (request) => ({ ...request, image: wanted }) });
      expect(event).toEqual(failure(code, wanted, remedy));
    },
    minutes,
  );

  test(
    'an image without go',
    async () => {
      const bare = 'gotify-plugin-build/debian:bookworm';
      expect(await lastEvent({ change: (request) => ({ ...request, image: bare }) })).toEqual(
        failure('image-without-go', bare, 'built like gotify/build'),
      );
    },
    minutes,
  );

  test(
    'a folder that the engine does not see',
    async () => {
      const gone = join(stage.dir, 'gone');
      const change = (request: DriverRequest): DriverRequest => ({
        ...request,
        workspace: { ...request.workspace, replaced: [gone] },
      });
      expect(await lastEvent({ change })).toEqual(failure('docker-no-such-folder', gone, 'builder: host'));
    },
    minutes,
  );

  test(
    'a source that only root may read, when root starts the build',
    async () => {
      const change = (request: DriverRequest): DriverRequest => ({
        ...request,
        workspace: { ...request.workspace, module: join(stage.dir, 'closed') },
        steps: [compile],
      });
      await mkdir(join(stage.dir, 'closed'), { mode: 0o755 });
      await writeFile(join(stage.dir, 'closed/go.mod'), 'module example.org/closed\n');
      await writeFile(join(stage.dir, 'closed/main.go'), 'package main\n', { mode: 0o600 });
      expect(await lastEvent({ user: rootUser, change })).toEqual(
        failure('source-not-readable', '/proj/main.go', 'chmod -R a+rX'),
      );
    },
    minutes,
  );

  test(
    'out of memory',
    async () => {
      const PATH = await alteredDocker(
        'little-memory',
        `${findReal}\nif [ "$1" = run ]; then shift; set -- run --memory 40m "$@"; fi\nexec "$docker" "$@"`,
      );
      expect(await lastEvent({ env: { PATH } })).toEqual(failure('out-of-memory', '137', 'concurrency: 1'));
    },
    3 * minutes,
  );

  test(
    'disk full',
    async () => {
      const PATH = await alteredDocker(
        'little-disk',
        `${findReal}\nargs=()\nfor arg; do args+=("\${arg/#\\/tmp:rw/\\/tmp:size=1m,rw}"); done\nexec "$docker" "\${args[@]}"`,
      );
      expect(await lastEvent({ env: { PATH } })).toEqual(
        failure('disk-full', 'no space left', 'docker system df'),
      );
    },
    3 * minutes,
  );

  test(
    'an engine that goes away during the build',
    async () => {
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
      const request = await makeRequest(stage, 'relay', ordinary);
      const run = await drive({
        stage,
        user: ordinary,
        driver: { ...request, steps: [buildStandardLibrary] },
        env: { DOCKER_HOST: `unix://${socketPath}` },
      });
      await runningStep(run, 'compile');
      relay.close();
      await rm(socketPath, { force: true });
      for (const socket of sockets) socket.destroy();
      expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
      expect(run.events.at(-1)).toEqual(failure('docker-engine-lost', 'went away', 'builder: host'));
      await docker('rm', '--force', ...(await containersOf(run.process.pid)));
    },
    3 * minutes,
  );
});
