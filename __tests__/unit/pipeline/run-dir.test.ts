import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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

const ports = { files: createFiles(), caller: readCaller() };
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

  test('of a run that was killed goes with the next run, that of a live one stays', async () => {
    await openRun(cacheDir, dead);
    const alive = await openRun(cacheDir, ports);
    expect(runs()).toHaveLength(1);
    const next = await openRun(cacheDir, ports);
    expect(runs()).toHaveLength(2);
    expect(next.path).not.toBe(alive.path);
  });

  test.each([
    ['another boot', { bootId: 'other' }],
    ['another pid namespace', { pidNamespace: 'pid:[1]' }],
    ['another user', { uid: 4242 }],
  ])('of %s is left alone: nothing is known of its owner', async (_, difference) => {
    await openRun(cacheDir, { ...dead, caller: { ...dead.caller, ...difference } });
    await openRun(cacheDir, ports);
    expect(runs()).toHaveLength(2);
  });

  test('leaves what it does not know alone', async () => {
    mkdirSync(join(cacheDir, 'runs', 'something else'), { recursive: true });
    await openRun(cacheDir, ports);
    expect(runs()).toContain('something else');
  });
});
