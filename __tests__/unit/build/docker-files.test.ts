import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { findNetrc, giveCache } from '../../../src/build/docker-files.js';
import type { Files } from '../../../src/ports.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'docker files '));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('a cache is given to the user of the container', () => {
  /** Only root can give: what is given is noted. `refused`: what the disk refuses, below the cache. */
  function noting(refused: string | null): { files: Files; given: string[] } {
    const given: string[] = [];
    const chown = async (path: string): Promise<void> => {
      const name = relative(dir, path);
      if (name === refused) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      given.push(name);
    };
    return { files: { ...createFiles(), chown }, given };
  }

  const somebody = { uid: 12345, gid: 12345 };

  beforeEach(() => {
    mkdirSync(join(dir, 'a', 'b'), { recursive: true });
    writeFileSync(join(dir, 'a', 'b', 'file'), '');
    writeFileSync(join(dir, 'c'), '');
  });

  test('with all that is in it, itself last', async () => {
    const { files, given } = noting(null);
    await giveCache(dir, somebody, files);
    expect(given).toHaveLength(5);
    expect(given.at(-1)).toBe('');
    expect(new Set(given)).toEqual(new Set(['', 'a', 'a/b', 'a/b/file', 'c']));
  });

  test('not itself where something in it could not be given: the next run has to see that', async () => {
    const { files, given } = noting('a/b/file');
    await expect(giveCache(dir, somebody, files)).rejects.toMatchObject({ code: 'EIO' });
    expect(given).not.toContain('');
  });

  test("not again where it is the user's", async () => {
    const { files, given } = noting(null);
    await giveCache(dir, { uid: process.getuid?.() ?? 0, gid: 0 }, files);
    expect(given).toEqual([]);
  });
});

describe('the .netrc of the caller', () => {
  beforeEach(() => {
    for (const name of ['.netrc', 'mine']) writeFileSync(join(dir, name), '');
  });

  test.each([
    ['the file in HOME', {}, '.netrc'],
    ['the one that NETRC names', { NETRC: 'mine' }, 'mine'],
    ['the file in HOME where NETRC is empty', { NETRC: '' }, '.netrc'],
    ['none where NETRC names none', { NETRC: 'gone' }, null],
  ])('is %s', async (_, { NETRC }: { NETRC?: string }, expected) => {
    const named = NETRC === undefined || NETRC === '' ? NETRC : join(dir, NETRC);
    const found = await findNetrc({ HOME: dir, NETRC: named }, createFiles());
    expect(found).toBe(expected === null ? null : join(dir, expected));
  });

  test.each([{ HOME: '' }, {}, { HOME: '/', NETRC: 'package.json' }, { HOME: 'src' }])(
    'is none where it has no absolute path: %j',
    async (env) => {
      expect(await findNetrc(env, createFiles())).toBeNull();
    },
  );
});
