import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { isInPath } from '../../../src/build/in-path.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'in path '));
  mkdirSync(join(dir, 'bin/folder'), { recursive: true });
  writeFileSync(join(dir, 'bin/go'), '');
  // What cannot be looked into, for root either.
  symlinkSync('loop', join(dir, 'loop'));
  // For everybody but root.
  mkdirSync(join(dir, 'closed'), { mode: 0 });
});
afterAll(() => {
  chmodSync(join(dir, 'closed'), 0o700);
  rmSync(dir, { recursive: true });
});

const files = createFiles();

test.each([
  ['go', 'bin', true],
  ['go', 'loop:bin', true],
  ['go', 'closed:bin', true],
  ['go', 'missing:bin/go:bin', true],
  ['go', 'loop:closed', false],
  ['folder', 'bin', false],
  ['gcc', 'bin', false],
])('%s in %s: %s', async (name, folders, expected) => {
  const path = folders.split(':').map((folder) => join(dir, folder));
  expect(await isInPath(name, { path: path.join(':'), files })).toBe(expected);
});

test('only absolute folders count, and no PATH has nothing', async () => {
  expect(await isInPath('package.json', { path: '.:', files })).toBe(false);
  expect(await isInPath('package.json', { path: undefined, files })).toBe(false);
});
