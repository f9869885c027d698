import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { netrcCopyName } from '../../../src/build/docker-files.js';
import type { DriverRequest } from '../../support/docker/driver.js';
import {
  containersOf,
  docker,
  dockerUser,
  drive,
  makeRequest,
  openStage,
  rootUser,
  runningStep,
  until,
  type Drive,
  type Stage,
  type User,
} from '../../support/docker/stage.js';

const minutes = 60_000;
/** Compiles the whole standard library again: long enough to be interrupted on any machine. */
const long = { phase: 'compile', args: ['build', '-a', 'std'] } as const;

describe('containers of the Docker builder', () => {
  let stage: Stage;
  let ordinary: User;
  const drives: Drive[] = [];
  let count = 0;

  beforeAll(async () => {
    stage = await openStage();
    ordinary = await dockerUser();
  }, minutes);
  afterEach(async () => {
    for (const { process } of drives) {
      process.kill('SIGKILL');
      const left = await containersOf(process.pid);
      if (left.length > 0) await docker('rm', '--force', ...left);
    }
    drives.length = 0;
  }, minutes);
  afterAll(() => stage.remove());

  async function start(
    user: User,
    timeoutMinutes = 20,
    steps: DriverRequest['steps'] = [long],
  ): Promise<Drive> {
    count += 1;
    const request = await makeRequest(stage, `run ${String(count)}`, user);
    const run = await drive({ stage, user, driver: { ...request, timeoutMinutes, steps } });
    drives.push(run);
    return run;
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'are gone within 5 s after %s half way',
    async (signal) => {
      const run = await start(ordinary);
      await runningStep(run, 'compile');
      run.process.kill(signal);
      expect((await run.ended).code).toBe(130);
      const closed = run.events.find((event) => event['event'] === 'closed');
      expect(closed?.['milliseconds']).toBeLessThanOrEqual(5000);
      expect(await containersOf(run.process.pid)).toEqual([]);
    },
    5 * minutes,
  );

  test(
    'are gone after a signal that comes before the container does',
    async () => {
      const run = await start(ordinary);
      await until(() => Promise.resolve(run.events[0] ?? null), 60);
      run.process.kill('SIGTERM');
      expect((await run.ended).code).toBe(130);
      expect(await containersOf(run.process.pid)).toEqual([]);
    },
    5 * minutes,
  );

  test(
    'are killed when their time is over, and that is the outcome',
    async () => {
      const run = await start(ordinary, 0.05);
      expect(await run.ended).toEqual({ code: 0, signal: null, stderr: '' });
      expect(run.events[1]).toEqual({ event: 'outcome', outcome: { kind: 'timed-out', minutes: 0.05 } });
      expect(await containersOf(run.process.pid)).toEqual([]);
    },
    5 * minutes,
  );

  test(
    'of a killed run are removed by the next run of the same user, those of a live run and of others are not',
    async () => {
      const killed = await start(ordinary);
      const alive = await start(ordinary);
      const other = await start(rootUser);
      await Promise.all([killed, alive, other].map((run) => runningStep(run, 'compile')));
      for (const run of [killed, other]) {
        run.process.kill('SIGKILL');
        expect((await run.ended).signal).toBe('SIGKILL');
      }
      expect(await containersOf(killed.process.pid)).toHaveLength(1);

      const next = await start(ordinary, 20, []);
      expect((await next.ended).code).toBe(0);
      expect(await containersOf(killed.process.pid)).toEqual([]);
      expect(await containersOf(alive.process.pid)).toHaveLength(1);
      expect(await containersOf(other.process.pid)).toHaveLength(1);
    },
    5 * minutes,
  );
});

describe('what a killed run of root leaves', () => {
  test(
    'the copy of .netrc goes with the next run',
    async () => {
      const stage = await openStage();
      const request = await makeRequest(stage, 'netrc', rootUser);
      const folder = join(request.cacheDir, 'docker-65534/netrc');
      await mkdir(folder, { recursive: true });
      const caller = { ...readCaller(), uid: 0 };
      // No process has this number: Linux ends at 4194304.
      await writeFile(join(folder, netrcCopyName({ ...caller, pid: 4194305 }, 'step')), 'secret');
      await writeFile(
        join(folder, netrcCopyName({ ...caller, startTime: '1' }, 'step')),
        'secret of an earlier process of this number',
      );
      await writeFile(join(folder, netrcCopyName({ ...caller, pidNamespace: 'pid:[1]' }, 'step')), 'theirs');
      const run = await drive({ stage, user: rootUser, driver: { ...request, steps: [] } });
      expect((await run.ended).code).toBe(0);
      expect(await readdir(folder)).toEqual([netrcCopyName({ ...caller, pidNamespace: 'pid:[1]' }, 'step')]);
      await stage.remove();
    },
    2 * minutes,
  );
});
