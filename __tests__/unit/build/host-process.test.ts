import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { limited, startLimited, type LimitedProcess } from '../../../src/build/host-process.js';

/** A process that starts a grandchild which ignores every polite signal, and says who it is. */
const stubborn = 'sh -c \'trap "" INT TERM; echo "$$" >"$1"; while :; do sleep 1; done\' sh "$1" & wait';

describe('a process with a time limit', () => {
  let scratch = '';
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'host process '));
  });
  afterAll(async () => {
    await rm(scratch, { recursive: true });
  });

  const start = (script: string, seconds: number): LimitedProcess => {
    const command = limited({
      program: '/bin/sh',
      args: ['-c', script, 'sh', join(scratch, 'grandchild')],
      seconds,
    });
    const env = { PATH: process.env['PATH'] ?? '' };
    return startLimited({ ...command, env, scratch }, { runner: createRunner(), files: createFiles() });
  };

  test('gives its exit code and output', async () => {
    expect(await start('echo out; echo err >&2; exit 3', 30).done).toEqual({
      kind: 'exited',
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  test('gives 127 where there is no such program', async () => {
    expect(await start('no-such-program', 30).done).toMatchObject({ exitCode: 127 });
  });

  test('outlives the signals of a terminal, which are for whoever started it', async () => {
    const script = 'kill -s INT "$(cut -d " " -f 4 "/proc/$PPID/stat")"; sleep 1; exit 5';
    expect(await start(script, 30).done).toMatchObject({ exitCode: 5 });
  });

  test('is ended when its time is up', async () => {
    expect(await start('sleep 60', 1).done).toMatchObject({ exitCode: 124 });
  });

  test('is ended with everything that it started, also what does not listen', async () => {
    expect(await start(stubborn, 1).done).toMatchObject({ kind: 'exited', exitCode: 124 });
    await expectGone(join(scratch, 'grandchild'));
  }, 20_000);

  test('is killed where it does not listen itself', async () => {
    expect(await start('trap "" TERM; sleep 60', 1).done).toMatchObject({ kind: 'exited', exitCode: 137 });
  }, 20_000);

  test('leaves nothing behind when it ends by itself', async () => {
    expect(await start('sleep 600 & echo "$!" >"$1"; exit 1', 60).done).toMatchObject({ exitCode: 1 });
    await expectGone(join(scratch, 'grandchild'));
  }, 20_000);

  test('stops within five seconds when asked to, with everything that it started', async () => {
    const running = start(stubborn, 60);
    const begin = Date.now();
    await untilThere(join(scratch, 'grandchild'));
    await running.stop();
    await running.done;
    await expectGone(join(scratch, 'grandchild'));
    expect(Date.now() - begin).toBeLessThan(8_000);
  }, 20_000);

  test('can be stopped before it has begun, and after it has ended', async () => {
    await rm(join(scratch, 'pid'), { force: true });
    const running = start('sleep 60', 60);
    await running.stop();
    expect(await running.done).not.toMatchObject({ exitCode: 0 });
    await running.stop();
  }, 20_000);
});

test('the command is made of the program, its limits in seconds, and its arguments', () => {
  expect(limited({ program: '/go', args: ['build', '.'], seconds: 90.4 })).toEqual({
    program: 'timeout',
    args: ['-k', '2', '90', '/go', 'build', '.'],
  });
});

async function untilThere(path: string): Promise<void> {
  while ((await readFile(path, 'utf8').catch(() => '')) === '')
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The kernel may take a moment to bury a killed process. */
async function expectGone(path: string): Promise<void> {
  const pid = (await readFile(path, 'utf8')).trim();
  await rm(path);
  let alive = true;
  for (let tries = 0; alive && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => 'x) Z');
    alive = !/\) [ZX]/.test(state);
  }
  expect({ pid, alive }).toEqual({ pid, alive: false });
}
