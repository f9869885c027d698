import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { openRun } from '../../../src/pipeline/run-dir.js';

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'gotify run-dir '));
});
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

const day = 24 * 60 * 60_000;
const caller = { ...readCaller(), machine: 'abc123' };
const ports = { files: createFiles(), caller, clock: { now: () => Date.now() } };
/** Linux has no process with this number: its pids end at 4194304. */
const dead = { ...ports, caller: { ...ports.caller, pid: 4194305 } };

function runs(): readonly string[] {
  return readdirSync(join(cacheDir, 'runs'));
}

describe('the scratch folder of a run', () => {
  test('is gone after it closed', async () => {
    const run = await openRun(cacheDir, ports);
    writeFileSync(join(await run.folder('linux-amd64', 'pin'), 'go.mod'), 'module x\n');
    expect(runs()).toHaveLength(1);
    await run.close();
    expect(runs()).toEqual([]);
  });

  test('is not made again by what still runs', async () => {
    const run = await openRun(cacheDir, ports);
    await run.close();
    await expect(run.folder('linux-amd64', 'pin')).rejects.toMatchObject({ code: 'stopped' });
    expect(runs()).toEqual([]);
  });

  test('of a run that was killed goes with the next run, that of a live one stays', async () => {
    await openRun(cacheDir, dead);
    const alive = await openRun(cacheDir, ports);
    expect(runs()).toHaveLength(1);
    const next = await openRun(cacheDir, ports);
    expect(runs()).toHaveLength(2);
    expect(next.path).not.toBe(alive.path);
  });

  test('of an earlier boot of this machine goes too: after a power cut nobody else comes for it', async () => {
    const { path } = await openRun(cacheDir, { ...dead, caller: { ...caller, bootId: 'earlier' } });
    const longAgo = new Date('2020-01-01');
    utimesSync(path, longAgo, longAgo);
    await openRun(cacheDir, { ...ports, clock: { now: () => longAgo.getTime() + day } });
    expect(runs()).toHaveLength(1);
  });

  test.each([
    ['another pid namespace', { pidNamespace: 'pid:[1]' }],
    ['another machine', { machine: 'def456', bootId: 'other' }],
    ['a machine without an id', { machine: null, bootId: 'other' }],
    ['a machine that says nothing of itself', { machine: null, bootId: null, startTime: null }],
  ])('of %s stays for longer than any run takes: nothing is known of its owner', async (_, difference) => {
    await openRun(cacheDir, { ...ports, caller: { ...caller, ...difference } });
    await openRun(cacheDir, { ...ports, clock: { now: () => Date.now() + 1.9 * day } });
    expect(runs()).toHaveLength(2);
    await openRun(cacheDir, { ...ports, clock: { now: () => Date.now() + 2.1 * day } });
    expect(runs()).toHaveLength(2);
  });

  test('of another user is left alone, however old it is', async () => {
    await openRun(cacheDir, { ...dead, caller: { ...dead.caller, uid: 4242 } });
    await openRun(cacheDir, { ...ports, clock: { now: () => Date.now() + 100 * day } });
    expect(runs()).toHaveLength(2);
  });

  test('leaves what it does not know alone', async () => {
    mkdirSync(join(cacheDir, 'runs', 'something else'), { recursive: true });
    await openRun(cacheDir, ports);
    expect(runs()).toContain('something else');
  });
});
