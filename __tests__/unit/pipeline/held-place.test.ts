import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { holdPlace, type HeldPlace } from '../../../src/pipeline/held-place.js';

const ports = { files: createFiles(), caller: readCaller(), clock: { now: () => Date.now() } };
/** Linux has no process with this number: its pids end at 4194304. */
const killed = { ...ports, caller: { ...ports.caller, pid: 4194305 } };

let dir = '';
let place = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gotify held-place '));
  place = join(dir, 'sources', 'c0ffee');
});
afterEach(() => rmSync(dir, { recursive: true }));

function hold(name: string, as = ports): Promise<HeldPlace> {
  const folder = join(dir, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'text'), name);
  return holdPlace({ folder, place }, as);
}

describe('a place that runs of one work share', () => {
  test('has the folder of the run that holds it, and is free after', async () => {
    const held = await hold('one');
    expect(held.path).toBe(place);
    expect(readFileSync(join(place, 'text'), 'utf8')).toBe('one');
    await held.release();
    expect(existsSync(place)).toBe(false);
    expect((await hold('two')).path).toBe(place);
  });

  test('stays with a run that is at work: the other has its folder where it was', async () => {
    await hold('one');
    const other = await hold('two');
    expect(other.path).toBe(join(dir, 'two'));
    expect(readFileSync(join(other.path, 'text'), 'utf8')).toBe('two');
    await other.release();
    expect(readFileSync(join(place, 'text'), 'utf8')).toBe('one');
  });

  test('is taken from a run that was killed, by one of those that come next', async () => {
    await hold('one', killed);
    const next = await Promise.all(['two', 'three', 'four'].map((name) => hold(name)));
    expect(next.filter(({ path }) => path === place)).toHaveLength(1);
    for (const { path } of next) expect(readFileSync(join(path, 'text'), 'utf8')).not.toBe('one');
    for (const held of next) await held.release();
    expect(readdirSync(join(dir, 'sources'))).toEqual([]);
  });

  test('is left alone where nobody says whose it is', async () => {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'text'), 'mine');
    expect((await hold('one')).path).toBe(join(dir, 'one'));
    expect(readFileSync(join(place, 'text'), 'utf8')).toBe('mine');
  });
});
