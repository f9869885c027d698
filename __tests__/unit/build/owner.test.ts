import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { isAlive, isDead, ownerText, startTimeOf } from '../../../src/build/owner.js';

const files = createFiles();
const fields = (state: string): string =>
  `${state} ${Array.from({ length: 50 }, (_, i) => String(i + 4)).join(' ')}`;

describe('startTimeOf', () => {
  test.each([
    ['1 (node) ', 'S', '22'],
    ['1 (a b) S 1 2) ', 'R', '22'],
    ['1 (node) ', 'Z', null],
    ['1 (node) ', 'X', null],
  ])('%s%s', (front, state, expected) => {
    expect(startTimeOf(front + fields(state))).toBe(expected);
  });

  test('a text that is something else has none', () => {
    expect(startTimeOf('')).toBeNull();
    expect(startTimeOf('1 (node) S 2 3')).toBeNull();
  });
});

describe('a thing of another boot of a machine with our id', () => {
  const caller = { ...readCaller(), machine: 'abc123' };
  const owner = ownerText({ ...caller, bootId: 'other' });
  const hour = 60 * 60_000;

  test.each([
    ['is dead where it is from before our boot', -1, true],
    ['may live where it is not: a clone of this machine has the same id', 1, false],
  ])('%s', async (_, hoursAfter, expected) => {
    const boot = Number(/^btime (\d+)$/m.exec(await files.readText('/proc/stat'))?.[1]) * 1000;
    const since = boot + hoursAfter * hour;
    expect(await isDead({ owner, since }, { caller, now: since + hour, files })).toBe(expected);
    expect(await isDead({ owner, since }, { caller, now: since + 49 * hour, files })).toBe(true);
  });

  test('may live where nobody knows when we booted', async () => {
    const blind = { ...files, readText: () => Promise.reject(new Error('no /proc')) };
    const at = { caller, files: blind };
    expect(await isDead({ owner, since: 5 }, { ...at, now: hour })).toBe(false);
    expect(await isDead({ owner, since: 5 }, { ...at, now: 49 * hour })).toBe(true);
  });
});

describe('the caller', () => {
  test('is this process, and alive', async () => {
    const caller = readCaller();
    expect(caller).toMatchObject({ pid: process.pid, uid: process.getuid?.(), gid: process.getgid?.() });
    expect(caller.bootId).toMatch(/^[0-9a-f-]{36}$/);
    expect(caller.pidNamespace).toMatch(/^pid:\[\d+\]$/);
    expect(await isAlive({ pid: caller.pid, startTime: caller.startTime ?? '' }, files)).toBe(true);
  });

  test('another process of the same number is not it', async () => {
    expect(await isAlive({ pid: process.pid, startTime: '1' }, files)).toBe(false);
  });

  test('a process that ended is not alive', async () => {
    const child = spawn('sleep', ['60']);
    const startTime = startTimeOf(await files.readText(`/proc/${String(child.pid)}/stat`)) ?? '';
    const owner = { pid: child.pid ?? 0, startTime };
    expect(await isAlive(owner, files)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isAlive(owner, files)).toBe(false);
  });
});
