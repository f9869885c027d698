import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { unifiedDiff } from '../../../src/cap/diff.js';
import { checkText, writeAll } from '../../../src/cap/write.js';
import { failureOf } from '../../support/failure.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cap write '));
});
afterEach(async () => {
  await chmod(dir, 0o755);
  await rm(dir, { recursive: true });
});

const files = createFiles();

describe('both files are written', () => {
  test('with nothing left beside them, a new one too', async () => {
    await writeFile(join(dir, 'go.mod'), 'old');
    await writeAll(
      [
        { path: join(dir, 'go.sum'), before: null, after: 'sums' },
        { path: join(dir, 'go.mod'), before: 'old', after: 'new' },
      ],
      files,
    );
    expect(await readdir(dir)).toEqual(['go.mod', 'go.sum']);
    expect(await readFile(join(dir, 'go.mod'), 'utf8')).toBe('new');
    expect(await readFile(join(dir, 'go.sum'), 'utf8')).toBe('sums');
  });

  test('where a link leads', async () => {
    await mkdir(join(dir, 'real'));
    await writeFile(join(dir, 'real/go.mod'), 'old');
    await symlink('real/go.mod', join(dir, 'go.mod'));
    await writeAll([{ path: join(dir, 'go.mod'), before: 'old', after: 'new' }], files);
    expect(await readFile(join(dir, 'real/go.mod'), 'utf8')).toBe('new');
    expect(await readdir(join(dir, 'real'))).toEqual(['go.mod']);
  });
});

describe('permissions stay', () => {
  test.each([0o600, 0o640, 0o644, 0o664, 0o755])('%o', async (mode) => {
    const file = join(dir, 'go.mod');
    await writeFile(file, 'old');
    await chmod(file, mode);
    await writeAll([{ path: file, before: 'old', after: 'new' }], files);
    expect(await readFile(file, 'utf8')).toBe('new');
    expect((await stat(file)).mode & 0o7777).toBe(mode);
  });

  test('also where a file is put back', async () => {
    await mkdir(join(dir, 'sub/go.mod/x'), { recursive: true });
    const file = join(dir, 'go.sum');
    await writeFile(file, 'sums');
    await chmod(file, 0o600);
    const late = {
      ...files,
      stat: (path: string) => (path.endsWith('/sub/go.mod') ? Promise.resolve(null) : files.stat(path)),
    };
    const texts = [
      { path: file, before: 'sums', after: 'more sums' },
      { path: join(dir, 'sub/go.mod'), before: null, after: 'new' },
    ];
    await expect(writeAll(texts, late)).rejects.toThrow();
    expect(await readFile(file, 'utf8')).toBe('sums');
    expect((await stat(file)).mode & 0o7777).toBe(0o600);
  });

  const isRoot = process.getuid?.() === 0;
  test(isRoot ? 'and the owner, where root writes' : 'and the owner', async () => {
    const file = join(dir, 'go.mod');
    await writeFile(file, 'old');
    const owner = isRoot ? 12345 : (process.getuid?.() ?? 0);
    if (isRoot) await chown(file, owner, owner);
    await chmod(file, 0o640);
    await writeAll([{ path: file, before: 'old', after: 'new' }], files);
    const { uid, mode } = await stat(file);
    expect([uid, mode & 0o7777]).toEqual([owner, 0o640]);
  });
});

describe('neither is written', () => {
  test.each([0o444, 0o400, 0o555])('where one is read-only (%o)', async (mode) => {
    await writeFile(join(dir, 'go.sum'), 'sums');
    await writeFile(join(dir, 'go.mod'), 'old');
    await chmod(join(dir, 'go.mod'), mode);
    const failure = await failureOf(
      writeAll(
        [
          { path: join(dir, 'go.sum'), before: 'sums', after: 'more sums' },
          { path: join(dir, 'go.mod'), before: 'old', after: 'new' },
        ],
        files,
      ),
    );
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'read-only',
      where: { kind: 'file', file: join(dir, 'go.mod') },
    });
    expect(await readdir(dir)).toEqual(['go.mod', 'go.sum']);
    expect(await readFile(join(dir, 'go.sum'), 'utf8')).toBe('sums');
    expect((await stat(join(dir, 'go.mod'))).mode & 0o7777).toBe(mode);
  });

  test.each([
    ['a byte of Latin-1', Buffer.from('module x\n\n// caf\xe9\n', 'latin1'), 3],
    ['half a character at the end', Buffer.from([0x2f, 0x2f, 0x0a, 0xef, 0xbf]), 2],
  ])('where one is no UTF-8: %s', async (_, bytes, line) => {
    const file = join(dir, 'go.mod');
    await writeFile(file, bytes);
    const text = { path: file, before: await files.readText(file), after: 'new' };
    for (const work of [writeAll([text], files), checkText(text, files)]) {
      expect(await failureOf(work)).toMatchObject({ code: 'not-utf-8', where: { file, line } });
    }
    expect(await readdir(dir)).toEqual(['go.mod']);
    expect(await readFile(file)).toEqual(bytes);
  });

  test('where one was changed meanwhile', async () => {
    await writeFile(join(dir, 'go.sum'), 'sums');
    await writeFile(join(dir, 'go.mod'), 'edited');
    const failure = await failureOf(
      writeAll(
        [
          { path: join(dir, 'go.sum'), before: 'sums', after: 'more sums' },
          { path: join(dir, 'go.mod'), before: 'old', after: 'new' },
        ],
        files,
      ),
    );
    expect(failure).toMatchObject({ code: 'changed-meanwhile', where: { file: join(dir, 'go.mod') } });
    expect(await readdir(dir)).toEqual(['go.mod', 'go.sum']);
    expect(await readFile(join(dir, 'go.sum'), 'utf8')).toBe('sums');
    expect(await readFile(join(dir, 'go.mod'), 'utf8')).toBe('edited');
  });

  test.each([['sums' as string | null], [null]])(
    'where the second cannot be moved (before: %j)',
    async (before) => {
      // A folder in the place of go.mod: nothing can be renamed over it.
      await mkdir(join(dir, 'sub/go.mod/x'), { recursive: true });
      if (before !== null) await writeFile(join(dir, 'go.sum'), before);
      const late = {
        ...files,
        stat: (path: string) => (path.endsWith('/sub/go.mod') ? Promise.resolve(null) : files.stat(path)),
      };
      await expect(
        writeAll(
          [
            { path: join(dir, 'go.sum'), before, after: 'more sums' },
            { path: join(dir, 'sub/go.mod'), before: null, after: 'new' },
          ],
          late,
        ),
      ).rejects.toThrow();
      expect(await readdir(dir)).toEqual(before === null ? ['sub'] : ['go.sum', 'sub']);
      if (before !== null) expect(await readFile(join(dir, 'go.sum'), 'utf8')).toBe(before);
      expect(await readdir(join(dir, 'sub'))).toEqual(['go.mod']);
    },
  );
});

describe('a diff', () => {
  test('names both sides, and keeps the ends of lines', async () => {
    const text = 'module x\r\n\r\nrequire a.b/c v1.0.0\r\n';
    const diff = await unifiedDiff([
      { name: 'plugin/go.mod', before: text, after: text.replace('v1.0.0', 'v1.1.0') },
      { name: 'plugin/go.sum', before: null, after: 'a b c\n' },
      { name: 'same', before: 'x', after: 'x' },
    ]);
    expect(diff).toBe(
      [
        '--- a/plugin/go.mod',
        '+++ b/plugin/go.mod',
        '@@ -1,3 +1,3 @@',
        ' module x\r',
        ' \r',
        '-require a.b/c v1.0.0\r',
        '+require a.b/c v1.1.0\r',
        '--- /dev/null',
        '+++ b/plugin/go.sum',
        '@@ -0,0 +1 @@',
        '+a b c',
        '',
      ].join('\n'),
    );
  });

  test('tells of a missing end of the last line', async () => {
    const diff = await unifiedDiff([{ name: 'go.mod', before: 'a', after: 'b' }]);
    expect(diff).toContain('-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n');
  });

  describe.each([
    ['git apply', 'git', ['apply', '-']],
    ['patch -p1', 'patch', ['-p1', '--quiet']],
  ])('is what %s takes', (_, program, args) => {
    const texts = ['one\n', 'one\r\n', 'no end', 'one\ntwo\nthree\n'];
    test.each([
      'plugin',
      'my plugin',
      'a',
      'b/c d',
      'ümläut ☃',
      "it's",
      'quo"ted',
      'back\\slash',
      'tab\tin it',
      '-x',
      '.',
    ])('for files in %j', async (folder) => {
      await mkdir(join(dir, folder), { recursive: true });
      for (const before of texts) {
        const file = join(folder, 'go.mod');
        await writeFile(join(dir, file), before);
        await rm(join(dir, folder, 'go.sum'), { force: true });
        const input = await unifiedDiff([
          { name: file, before, after: `${before}more\n` },
          { name: join(folder, 'go.sum'), before: null, after: 'a b c\n' },
        ]);
        execFileSync(program, args, { cwd: dir, input });
        expect(await readFile(join(dir, file), 'utf8')).toBe(`${before}more\n`);
        expect(await readFile(join(dir, folder, 'go.sum'), 'utf8')).toBe('a b c\n');
      }
    });
  });
});
