import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import type { Builder, GoStep } from '../../../src/build/builder.js';
import { withDeadline } from '../../../src/build/deadline.js';
import { createDockerBuilder } from '../../../src/build/docker.js';
import { ownerText } from '../../../src/build/owner.js';
import { targetOf } from '../../../src/build/target.js';
import { failureOf } from '../../support/failure.js';
import { until } from '../../support/host/processes.js';
import { createRecorder } from '../../support/recorder.js';

// A `docker` on PATH that answers as engines do which this machine is not. What a real engine on this machine can be
// brought to say is tested with one, in e2e/docker.
describe('the Docker builder with another kind of engine', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docker-double-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const amd64 = targetOf('linux-amd64');
  const found = 'image) echo linux/amd64;;';
  const nothing = 'ps | rm | inspect) :;;';

  interface BuilderChanges {
    readonly env?: Readonly<Record<string, string>>;
    readonly timeoutMinutes?: number;
  }

  /** `answers`: the cases of a shell's `case` on docker's first argument. */
  async function builderWith(
    answers: readonly string[],
    { env = {}, timeoutMinutes = 1 }: BuilderChanges = {},
  ): Promise<Builder> {
    const script = ['#!/bin/sh', `echo "$*" >>'${folder}/log'`, 'case "$1" in', ...answers, 'esac', ''].join(
      '\n',
    );
    await writeFile(join(folder, 'docker'), script);
    await chmod(join(folder, 'docker'), 0o755);
    const server = {
      version: 'v3.0.0',
      goVersion: '1.26.0',
      pinList: { source: 'go.mod', modules: [] },
    } as const;
    return createDockerBuilder({
      settings: {
        server,
        cacheDir: join(folder, 'cache'),
        runDir: join(folder, 'scratch'),
        timeoutMinutes,
        env: { PATH: `${folder}:/bin:/usr/bin`, ...env },
      },
      image: null,
      caller: readCaller(),
      runner: createRunner(),
      files: createFiles(),
      reporter: createRecorder(),
      clock: { now: Date.now },
      answerSeconds: 1,
    });
  }

  function info(parts: Readonly<Record<string, unknown>>): string {
    return `info) echo '${JSON.stringify({ OSType: 'linux', Architecture: 'x86_64', ...parts })}';;`;
  }

  const workspace = { module: '/src', pin: '/run/pin', out: '/run/out', replaced: [] };
  const step = { target: amd64, workspace, phase: 'download', args: ['list'] } as const;

  test('on another architecture without emulation it names the host builder', async () => {
    const builder = await builderWith([
      info({ Architecture: 'aarch64' }),
      found,
      nothing,
      'run) echo "exec /usr/local/go/bin/go: exec format error" >&2; exit 255;;',
    ]);
    expect(await failureOf(builder.prepare([amd64]))).toMatchObject({
      kind: 'surroundings',
      code: 'docker-no-emulation',
      what: expect.stringContaining('aarch64'),
      remedy: expect.stringContaining('builder: host'),
    });
  });

  test('on another architecture with emulation it goes on', async () => {
    const builder = await builderWith([
      info({ Architecture: 'aarch64' }),
      found,
      nothing,
      'run) echo go version;;',
    ]);
    await builder.prepare([amd64]);
    expect(await readFile(join(folder, 'log'), 'utf8')).toMatch(
      /^run --rm --name gotify-plugin-build-[0-9a-f]{12}-try-[0-9a-f]{12} --label gotify-plugin-build\.run=.* --platform linux\/amd64 .* version$/m,
    );
  });

  test('an image of another architecture is pulled for amd64', async () => {
    const builder = await builderWith([
      info({}),
      'image) echo linux/arm64;;',
      nothing,
      'pull) echo pulled;;',
    ]);
    await builder.prepare([amd64]);
    expect(await readFile(join(folder, 'log'), 'utf8')).toContain(
      'pull --platform linux/amd64 gotify/build:1.26.0-linux-amd64\n',
    );
  });

  test('asks only for the images of the targets', async () => {
    const builder = await builderWith([info({}), found, nothing]);
    await builder.prepare([amd64, targetOf('linux-arm-7'), amd64]);
    const log = await readFile(join(folder, 'log'), 'utf8');
    expect(log.match(/gotify\/build:\S+/g)?.sort()).toEqual([
      'gotify/build:1.26.0-linux-amd64',
      'gotify/build:1.26.0-linux-arm-7',
    ]);
  });

  test.each([
    ['Windows containers', info({ OSType: 'windows' }), 'docker-not-linux'],
    [
      'an older client without an engine, which ends with 0',
      info({ OSType: '', ServerErrors: ['Cannot connect to the Docker daemon'] }),
      'no-docker-engine',
    ],
    ['no answer that is JSON', 'info) echo hello;;', 'no-docker-engine'],
  ])('%s', async (_, answer, code) => {
    const builder = await builderWith([answer, found, nothing]);
    expect(await failureOf(builder.prepare([amd64]))).toMatchObject({ kind: 'surroundings', code });
  });

  test('a rootless engine runs the steps as its root, who is the caller', async () => {
    const builder = await builderWith([
      info({ SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'] }),
      found,
      nothing,
    ]);
    await builder.prepare([amd64]);
    expect(builder.describe(step)[0].args.join(' ')).toContain('--user 0:0');
  });

  test('describes every command that it starts, in their order', async () => {
    const answers = ['image) :;;', nothing, 'pull) :;;', 'run) echo go version;;'];
    const builder = await builderWith([info({ Architecture: 'aarch64' }), ...answers], {
      env: { HOME: folder },
    });
    await writeFile(join(folder, '.netrc'), '');
    const own = { pin: join(folder, 'pin'), out: join(folder, 'out') };
    for (const dir of Object.values(own)) await mkdir(dir);
    const steps = (['download', 'compile'] as const).map((phase) => ({
      ...{ target: amd64, phase, args: [phase] },
      workspace: { ...workspace, ...own },
    }));

    const planned = [
      ...(await builder.describePreparation([amd64])),
      ...steps.flatMap((each) => builder.describe(each)),
    ].flatMap((each) => (each.kind === 'command' ? [[each.program, ...each.args].join(' ')] : []));
    await expect(readFile(join(folder, 'log'))).rejects.toMatchObject({ code: 'ENOENT' });
    await builder.prepare([amd64]);
    for (const each of steps) expect(await builder.run(each)).toMatchObject({ kind: 'ok' });
    await builder.close();

    const started = (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n');
    expect(started.map((line) => `docker ${line}`).sort()).toEqual([...planned].sort());
    expect(planned.join('\n')).toMatch(/netrc.*,target=\/tmp\/\.netrc,readonly/);
  });

  test('removes the containers of dead runs, by what their labels say', async () => {
    const caller = readCaller();
    const owners = {
      ended: ownerText({ ...caller, pid: 4194305 }),
      alive: ownerText(caller),
      elsewhere: ownerText({ ...caller, machine: 'def456', bootId: 'other' }),
    };
    const now = Date.now();
    const old = now - 3 * 24 * 60 * 60_000;
    const listed = [
      `c1 ${owners.ended} ${String(now)}`,
      `c2 ${owners.alive} ${String(now)}`,
      `c3 ${owners.elsewhere} ${String(now)}`,
      `c4 ${owners.elsewhere} ${String(old)}`,
      'c5 of-another-version',
    ].join('\n');
    const builder = await builderWith([info({}), found, `ps) echo '${listed}';;`, 'rm) :;;']);
    await builder.prepare([amd64]);
    await builder.close();
    const log = await readFile(join(folder, 'log'), 'utf8');
    expect(log).toContain(`--filter label=gotify-plugin-build.uid=${String(caller.uid)} `);
    expect(log).toMatch(/^rm --force --volumes c1 c4$/m);
  });

  test('describes a step without any secret', async () => {
    const builder = await builderWith([], {
      env: { GOPROXY: 'https://me:pw@proxy', GITHUB_TOKEN: 'secret' },
    });
    const [{ program, args }] = builder.describe(step);
    expect(program).toBe('docker');
    expect(args.slice(-2)).toEqual(['gotify/build:1.26.0-linux-amd64', 'list']);
    expect(args.join(' ')).toContain('--env GOPROXY ');
    expect(args.join(' ')).not.toMatch(/pw|secret/);
  });

  const hangs = 'exec sleep 600;;';

  test('an engine that hangs is no engine', async () => {
    const builder = await builderWith([`info) ${hangs}`, found, nothing]);
    expect(await failureOf(builder.prepare([amd64]))).toMatchObject({
      kind: 'surroundings',
      code: 'no-docker-engine',
      what: expect.stringContaining('no answer within 1 seconds'),
    });
  });

  test('a pull that hangs ends with the time that a target has', async () => {
    const answers = [info({}), 'image) exit 1;;', nothing, `pull) ${hangs}`];
    const builder = await builderWith(answers, { timeoutMinutes: 0.01 });
    expect(await failureOf(builder.prepare([amd64]))).toMatchObject({
      kind: 'surroundings',
      code: 'timed-out',
      what: expect.stringContaining('pulling gotify/build:1.26.0-linux-amd64'),
      where: { kind: 'input', input: 'timeout' },
    });
  });

  const arm = targetOf('linux-arm-7');
  const refusing = `case "$*" in *arm*) echo 'manifest for gotify/build not found' >&2; exit 1;; esac;;`;

  test.each([
    ['cannot be pulled', [info({}), 'image) exit 1;;', `pull) ${refusing}`], 'image-not-found'],
    [
      'does not run here',
      [info({ Architecture: 'aarch64' }), found, `run) case "$*" in *arm*) exit 1;; esac;;`],
      'docker-no-emulation',
    ],
  ])('an image that %s fails its own target alone', async (_, answers, code) => {
    const builder = await builderWith([...answers, nothing, 'run) :;;', 'kill) :;;']);
    await builder.prepare([arm, amd64]);
    const own = await realStep();
    expect(await failureOf(builder.run({ ...own, target: arm }))).toMatchObject({ code });
    expect(await builder.run(own)).toMatchObject({ kind: 'ok' });
    expect(await failureOf(builder.prepare([arm]))).toMatchObject({ code });
  });

  /** A workspace that is there. */
  const realStep = async (): Promise<GoStep> => {
    for (const name of ['pin', 'out']) await mkdir(join(folder, name));
    return { ...step, workspace: { ...workspace, pin: join(folder, 'pin'), out: join(folder, 'out') } };
  };

  test('a step whose container cannot even be killed ends all the same', async () => {
    const answers = [info({}), found, nothing, `run) ${hangs}`, 'kill) exit 1;;'];
    const builder = await builderWith(answers, { timeoutMinutes: 0.01 });
    await builder.prepare([amd64]);
    expect(await builder.run(await realStep())).toEqual({ kind: 'timed-out', minutes: 0.01 });
    expect(await readFile(join(folder, 'log'), 'utf8')).toMatch(/^kill gotify-plugin-build-/m);
  });

  test('the steps of a target share its time', async () => {
    const answers = [info({}), found, nothing, 'run) :;;', 'kill) :;;'];
    const builder = await builderWith(answers);
    await builder.prepare([amd64]);
    let left = 60;
    const timed = withDeadline(builder, { minutes: 7, secondsLeft: () => left });
    const own = await realStep();
    expect(await timed.run(own)).toMatchObject({ kind: 'ok' });
    left = 0;
    expect(await timed.run(own)).toEqual({ kind: 'timed-out', minutes: 7 });
    const log = await readFile(join(folder, 'log'), 'utf8');
    expect(log.match(/^run /gm)).toHaveLength(1);
  });

  const begun = (): Promise<boolean> =>
    readFile(join(folder, 'pid'), 'utf8').then(
      (text) => text.endsWith('\n'),
      () => false,
    );

  test.each([
    ['a pull', [info({}), 'image) exit 1;;'], 'pull'],
    ['the trial of an image', [info({ Architecture: 'aarch64' }), found], 'run'],
    ['a question', [found], 'info'],
  ])('close ends %s, and no other begins', async (_, answers, word) => {
    const builder = await builderWith([
      ...[...answers, nothing],
      `${word}) echo $$ >'${folder}/pid'; exec sleep 600;;`,
    ]);
    const prepared = failureOf(builder.prepare([amd64, arm]));
    await until(begun);
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    await builder.close();
    expect(await prepared).toMatchObject({ kind: 'surroundings', code: 'stopped' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    const log = await readFile(join(folder, 'log'), 'utf8');
    expect(log.match(new RegExp(`^${word} `, 'gm'))).toHaveLength(1);
    if (word === 'run') expect(log).toMatch(/^rm --force --volumes gotify-plugin-build-[0-9a-f]{12}-try-/m);
    expect(await failureOf(builder.prepare([amd64]))).toMatchObject({ code: 'stopped' });
  });

  test('after close nothing starts any more, and a second close is no trouble', async () => {
    const builder = await builderWith([info({}), found, nothing, 'run) exit 0;;']);
    await Promise.all([builder.close(), builder.close()]);
    await builder.close();
    expect(await failureOf(builder.run(step))).toMatchObject({ kind: 'surroundings', code: 'stopped' });
  });
});
