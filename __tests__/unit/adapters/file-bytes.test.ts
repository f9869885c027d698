import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { failureIn } from '../../support/failure-in.js';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'file-bytes-')), 'ten bytes');
  await writeFile(path, '0123456789');
});

describe('reading', () => {
  test.each([
    [0, 10, '0123456789'],
    [3, 4, '3456'],
    [8, 5, '89'],
    [10, 1, ''],
    [99, 1, ''],
    [4, 0, ''],
  ])('from %d, %d bytes: %j', (...[offset, length, text]) => {
    const file = openBytes(path);
    expect(Buffer.from(file.read(offset, length)).toString()).toBe(text);
    const into = Buffer.alloc(length, '.');
    expect(file.readInto(offset, into)).toBe(text.length);
    expect(into.toString()).toBe(text.padEnd(length, '.'));
    file.close();
  });

  test('name and size; a file that shrinks gives fewer bytes', async () => {
    const file = openBytes(path);
    expect(file).toMatchObject({ name: path, size: 10 });
    await truncate(path, 5);
    expect(file.read(3, 7)).toHaveLength(2);
    expect(file.readInto(3, Buffer.alloc(7))).toBe(2);
    file.close();
    expect(() => file.read(0, 1)).toThrow('EBADF');
  });
});

test.each([
  ['no file', (dir: string) => join(dir, 'nothing'), /ENOENT/],
  ['a folder', (dir: string) => dir, /not an ordinary file/],
  ['a device', () => '/dev/null', /not an ordinary file/],
] as const)('%s is bad input', (...[, name, what]) => {
  const file = name(join(path, '..'));
  const failure = failureIn(() => openBytes(file));
  expect(failure).toMatchObject({ kind: 'input', code: 'unreadable-file', where: { kind: 'file', file } });
  expect(failure.what).toMatch(what);
});
