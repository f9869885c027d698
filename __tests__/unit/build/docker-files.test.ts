import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { giveCache } from '../../../src/build/docker-files.js';
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
