import { beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFiles } from '../../../src/adapters/files.js';
import { importStamp, type StampRequest } from '../../../src/plugin/stamp.js';

let base = '';
let request: StampRequest;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'stamp é '));
  await write('plugin/plugin.go', 'package main\n\nimport "fmt"\n\nfunc f() { fmt.Println(1) }\n');
  await write('plugin/sub/sub.go', '//go:build linux\n\npackage sub\n');
  await write('lib/go.mod', 'module example.org/lib\n\ngo 1.19\n');
  await write('lib/lib.go', 'package lib\n');
  request = {
    moduleDir: join(base, 'plugin'),
    replaced: [join(base, 'lib')],
    cacheDir: join(base, 'plugin/cache'),
    pinText: 'module example.org/plugin\n',
    sumText: '',
    goVersion: '1.26.0',
    builderKind: 'host',
    target: 'linux-amd64',
    tags: null,
    package: '.',
  };
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(base, path)), { recursive: true });
  await writeFile(join(base, path), text);
}

function stamp(changes: Partial<StampRequest> = {}): Promise<string> {
  return importStamp({ ...request, ...changes }, createFiles());
}

test('tests count where they are asked for', async () => {
  const stamps = [await stamp({ tests: true })];
  await write('plugin/plugin_test.go', 'package main\n\nimport "testing"\n');
  stamps.push(await stamp({ tests: true }));
  await write('plugin/plugin_test.go', 'package main\n\nimport "testing"\n\nfunc Test(*testing.T) {}\n');
  stamps.push(await stamp({ tests: true }));
  await write('lib/lib_test.go', 'package lib\n\nimport "os"\n');
  stamps.push(await stamp({ tests: true }));
  const [none, plugin, changed, lib] = stamps;
  expect([none === plugin, plugin === changed, changed === lib]).toEqual([false, true, false]);
  expect(await stamp()).not.toBe(lib);
});

describe('importStamp stays the same', () => {
  test.each([
    [
      'a change inside of a function',
      'plugin/plugin.go',
      'package main\n\nimport "fmt"\n\nfunc f() { fmt.Println(2) }\n',
    ],
    ['a comment', 'plugin/plugin.go', '// New.\npackage main // x\n\nimport (\n\t// y\n\t"fmt"\n)\n'],
    ['another name for an import', 'plugin/plugin.go', 'package main\n\nimport f "fmt"\n'],
    ['a test', 'plugin/plugin_test.go', 'package main\n\nimport "testing"\n'],
    ['a file in testdata', 'plugin/testdata/x.go', 'package x\n\nimport "os"\n'],
    ['a file that Go ignores', 'plugin/_x.go', 'package x\n\nimport "os"\n'],
    ['a file in a hidden folder', 'plugin/.git/x.go', 'package x\n\nimport "os"\n'],
    ['a vendored file', 'plugin/vendor/example.org/x/x.go', 'package x\n\nimport "os"\n'],
    ['a text', 'plugin/README.md', 'hello'],
    ['a file of the cache folder in the module', 'plugin/cache/x/x.go', 'package x\n\nimport "os"\n'],
  ])('after %s', async (_, path, text) => {
    const before = await stamp();
    await write(path, text);
    expect(await stamp()).toBe(before);
  });

  test('after a module below the module', async () => {
    const before = await stamp();
    await write('plugin/tools/go.mod', 'module example.org/tools\n');
    await write('plugin/tools/tools.go', 'package tools\n\nimport "os"\n');
    expect(await stamp()).toBe(before);
  });

  test('from run to run, as 64 hex digits', async () => {
    expect(await stamp()).toMatch(/^[0-9a-f]{64}$/);
    expect(await stamp()).toBe(await stamp());
  });
});

describe('importStamp changes', () => {
  test.each([
    ['a new import', 'plugin/plugin.go', 'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n'],
    ['a build constraint', 'plugin/sub/sub.go', '//go:build windows\n\npackage sub\n'],
    ['another package name', 'plugin/sub/sub.go', '//go:build linux\n\npackage other\n'],
    ['a new file', 'plugin/sub/more.go', 'package sub\n'],
    ['a change in a replacement', 'lib/lib.go', 'package lib\n\nimport "os"\n'],
    [
      "a replacement's go.mod",
      'lib/go.mod',
      'module example.org/lib\n\ngo 1.19\n\nrequire example.org/x v1.0.0\n',
    ],
    ['a file that is not Go (yet)', 'plugin/plugin.go', 'package\n'],
  ])('after %s', async (_, path, text) => {
    const before = await stamp();
    await write(path, text);
    expect(await stamp()).not.toBe(before);
  });

  test('after a change in testdata, where a file imports it', async () => {
    await write('plugin/plugin.go', 'package main\n\nimport _ "example.org/plugin/testdata/x"\n');
    await write('plugin/testdata/x/x.go', 'package x\n');
    const before = await stamp();
    await write('plugin/testdata/x/x.go', 'package x\n\nimport "os"\n');
    expect(await stamp()).not.toBe(before);
  });

  test('after a file is gone', async () => {
    const before = await stamp();
    await rm(join(base, 'plugin/sub/sub.go'));
    expect(await stamp()).not.toBe(before);
  });

  test.each<[string, Partial<StampRequest>]>([
    ['pin', { pinText: 'module other\n' }],
    ['sums', { sumText: 'x' }],
    ['Go version', { goVersion: '1.26.1' }],
    ['builder', { builderKind: 'docker' }],
    ['target', { target: 'linux-386' }],
    ['tags', { tags: 'x' }],
    ['package', { package: './sub' }],
    ['replacements', { replaced: [] }],
  ])('with another %s', async (_, changes) => {
    expect(await stamp(changes)).not.toBe(await stamp());
  });
});

test.each(['EACCES', 'ENOENT', 'ELOOP'])(
  'importStamp passes over what cannot be read (%s), as Go never looks there',
  async (code) => {
    await write('plugin/data/x/x.go', 'package x\n\nimport "os"\n');
    const files = createFiles();
    const fail = (path: string) => Promise.reject(Object.assign(new Error(`${code}: ${path}`), { code }));
    const isIn = (path: string): boolean => path.startsWith(join(base, 'plugin/data/'));
    const closed = {
      ...files,
      list: (dir: string) => (dir === join(base, 'plugin/data') ? fail(dir) : files.list(dir)),
      stat: (path: string) => (isIn(path) ? fail(path) : files.stat(path)),
    };
    const open = await stamp();
    const without = await importStamp(request, closed);
    expect(without).toBe(await importStamp(request, closed));
    expect(without).not.toBe(open);
  },
);

test('importStamp does not hide that the machine is at its end', async () => {
  const files = createFiles();
  const error = Object.assign(new Error('EMFILE'), { code: 'EMFILE' });
  await expect(importStamp(request, { ...files, list: () => Promise.reject(error) })).rejects.toBe(error);
});

test('importStamp survives links: in a circle, to nowhere, and a folder that is called like a file', async () => {
  await symlink('..', join(base, 'plugin/sub/up'));
  await symlink('nowhere.go', join(base, 'plugin/broken.go'));
  await write('plugin/folder.go/x.go', 'package x\n\nimport "os"\n');
  const before = await stamp();
  await write('plugin/folder.go/x.go', 'package x\n\nimport "io"\n');
  expect(await stamp()).not.toBe(before);
});
