import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';

describe('files', () => {
  const files = createFiles();
  let folder: string;
  const at = (...parts: string[]): string => join(folder, ...parts);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('writes whole files and leaves nothing else behind', async () => {
    await files.write(at('a'), 'first');
    await files.write(at('a'), new Uint8Array([104, 105]));
    expect(await files.readText(at('a'))).toBe('hi');
    expect([...(await readFile(at('a')))]).toEqual([104, 105]);
    expect(await files.list(folder)).toEqual(['a']);
  });

  test('a reader never sees half a file', async () => {
    const [small, large] = ['a'.repeat(10), 'b'.repeat(4_000_000)];
    await files.write(at('a'), small);
    // In a thread of its own, as a write is not interrupted in this one.
    const reader = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       const { readFileSync } = require('node:fs');
       const seen = new Set();
       for (const end = Date.now() + 1000; Date.now() < end; ) seen.add(readFileSync(workerData).length);
       parentPort.postMessage([...seen].sort((a, b) => a - b));`,
      { eval: true, workerData: at('a') },
    );
    const seen = once(reader, 'message');
    let reading = true;
    void seen.then(() => (reading = false));
    for (let i = 0; reading; i++) {
      await files.write(at('a'), i % 2 === 0 ? large : small);
      await new Promise((next) => setImmediate(next));
    }
    expect(await seen).toEqual([[small.length, large.length]]);
  });

  test('a failed write changes nothing', async () => {
    await mkdir(at('a'));
    await expect(files.write(at('a'), 'text')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(files.write(at('none/a'), 'text')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await files.list(folder)).toEqual(['a']);
  });

  test('writes for the owner alone where asked', async () => {
    await files.write(at('secret'), 'text', { mode: 0o400 });
    expect((await stat(at('secret'))).mode & 0o777).toBe(0o400);
  });

  test('says what is at a path', async () => {
    await writeFile(at('file'), '12345');
    await mkdir(at('sub'));
    await symlink(at('file'), at('link'));
    await symlink(at('none'), at('broken'));
    expect(await files.stat(at('file'))).toMatchObject({ kind: 'file', size: 5, uid: process.getuid?.() });
    expect(await files.stat(at('link'))).toMatchObject({ kind: 'file', size: 5 });
    expect(await files.stat(at('sub'))).toMatchObject({ kind: 'folder' });
    expect(await files.stat('/dev/null')).toMatchObject({ kind: 'other' });
    expect(await files.stat(at('none'))).toBeNull();
    expect(await files.stat(at('file/below'))).toBeNull();
    expect(await files.stat(at('broken'))).toBeNull();
    expect(await files.realPath(at('link'))).toBe(await files.realPath(at('file')));
  });

  test('makes a folder and its parents, also where others make them at this moment', async () => {
    const deep = Array.from({ length: 20 }, (_, index) => at('a/b/c/d', String(index % 4), 'e'));
    await Promise.all(deep.map((path) => files.makeDir(path)));
    await files.makeDir(at('a'));
    expect(await files.list(at('a/b/c/d'))).toEqual(['0', '1', '2', '3']);
    await symlink(at('a'), at('link'));
    await files.makeDir(at('link/new'));
    expect(await files.list(at('a'))).toEqual(['b', 'new']);
  });

  test('makes no folder where there can be none, and says so', async () => {
    await writeFile(at('file'), '');
    await symlink(at('none'), at('broken'));
    for (const path of [at('file'), at('file/below'), at('broken'), at('broken/below')]) {
      await expect(files.makeDir(path)).rejects.toMatchObject({ code: 'ENOTDIR' });
    }
    // A folder that takes none: Node's own recursion would try for ever.
    await expect(files.makeDir('/proc/gotify-plugin-build/cache')).rejects.toMatchObject({
      code: 'ENOTDIR',
      message: 'ENOTDIR: /proc takes no folder gotify-plugin-build',
    });
  });

  test('copies and moves files and folders, links as they are', async () => {
    await files.makeDir(at('from/sub'));
    await writeFile(at('from/sub/tool'), '#!/bin/sh\n');
    await chmod(at('from/sub/tool'), 0o750);
    await symlink('sub/tool', at('from/link'));
    await files.copy(at('from'), at('copy'));
    expect((await stat(at('copy/sub/tool'))).mode & 0o777).toBe(0o750);
    expect(await readlink(at('copy/link'))).toBe('sub/tool');
    await files.move(at('copy'), at('moved'));
    expect(await files.list(folder)).toEqual(['from', 'moved']);
    expect(await readFile(at('moved/sub/tool'), 'utf8')).toBe('#!/bin/sh\n');
  });

  test('moves to another file system', async () => {
    const other = await mkdtemp('/dev/shm/files-');
    try {
      await files.makeDir(at('from'));
      await files.write(at('from/a'), 'text');
      await files.move(at('from'), join(other, 'to'));
      expect(await files.readText(join(other, 'to/a'))).toBe('text');
      expect(await files.list(other)).toEqual(['to']);
      expect(await files.stat(at('from'))).toBeNull();
    } finally {
      await rm(other, { recursive: true });
    }
  });

  test('removes what is there, and minds nothing else', async () => {
    await files.makeDir(at('a/b'));
    await files.remove(at('a'));
    await files.remove(at('a'));
    expect(await files.list(folder)).toEqual([]);
  });

  test('removes an empty folder, and no other', async () => {
    await files.makeDir(at('a/b'));
    await files.removeEmpty(at('a'));
    expect(await files.list(folder)).toEqual(['a']);
    await files.removeEmpty(at('a/b'));
    await files.removeEmpty(at('a'));
    await files.removeEmpty(at('a'));
    expect(await files.list(folder)).toEqual([]);
  });

  test('gives a link away, never what it points to', async () => {
    await symlink('/etc/passwd', at('link'));
    const { uid, gid } = await lstat(at('link'));
    const before = await stat('/etc/passwd');
    await files.chown(at('link'), { uid, gid });
    expect(await stat('/etc/passwd')).toMatchObject({ uid: before.uid, ctimeMs: before.ctimeMs });
  });
});
