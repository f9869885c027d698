import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { matchingFiles } from '../../../src/adapters/folders.js';

let root = '';
/** A folder whose own name is a pattern. */
let base = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'folders-'));
  base = join(root, '[ab]*{c,d} ?');
  for (const folder of [
    'a',
    'b',
    'c/d',
    'ä ö',
    'p.q',
    'pxq',
    'x-y',
    'w[1]',
    'w1',
    'w]',
    '😀',
    '$(x)',
    '.hidden',
    'node_modules/m',
    'vendor/v',
    'c/testdata',
    '../aside',
  ]) {
    const file = join(base, folder, 'go.mod');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }
  mkdirSync(join(base, 'no module'));
  mkdirSync(join(base, 'odd/go.mod'), { recursive: true });
  symlinkSync(join(base, 'a'), join(base, 'link'));
  symlinkSync(base, join(base, 'c/circle'));
});

afterAll(() => rmSync(root, { recursive: true }));

const top = ['$(x)', 'a', 'b', 'p.q', 'pxq', 'w1', 'w[1]', 'w]', 'x-y', 'ä ö', '😀'];

test.each([
  ['*', top],
  ['./*', top],
  ['?', ['a', 'b']],
  ['*/*', ['c/d']],
  ['**', [...top, 'c/d'].sort()],
  ['**/**', [...top, 'c/d'].sort()],
  ['c/**', ['c/d']],
  ['**/d', ['c/d']],
  ['a/**', ['a']],
  ['[ab]', ['a', 'b']],
  ['[!a]', ['b']],
  ['{a,x-y}', ['a', 'x-y']],
  ['[z-a]', []],
  ['w[1]', ['w1', 'w[1]']],
  ['w[[]1]', ['w[1]']],
  ['w[]]', ['w]']],
  ['w[*', ['w[1]']],
  ['x[-]y', ['x-y']],
  ['p.q*', ['p.q']],
  ['$(*', ['$(x)']],
  ['ä*ö', ['ä ö']],
  ['.h*', ['.hidden']],
  ['.hidden', ['.hidden']],
  ['node_modules/*', ['node_modules/m']],
  ['vendor/*', ['vendor/v']],
  ['*/v', []],
  ['c/testdata', ['c/testdata']],
  ['link', ['link']],
  ['l*', []],
  ['*/circle', []],
  ['*/../b', ['b']],
  ['../a*', ['../aside']],
  ['nothing/*', []],
  ['no*', []],
  ['a/go.mod/*', []],
])('%s', async (pattern, folders) => {
  const found = await matchingFiles(`${pattern}/go.mod`, base);
  expect(found).toEqual(folders.map((folder) => join(base, folder, 'go.mod')));
});

test('an absolute pattern starts at the root', async () => {
  const found = await matchingFiles(`${root}/*/b/go.mod`, '/nowhere');
  expect(found).toEqual([join(base, 'b/go.mod')]);
});
