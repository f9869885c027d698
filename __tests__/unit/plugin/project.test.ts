import { beforeEach, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFiles } from '../../../src/adapters/files.js';
import type { Failure } from '../../../src/errors.js';
import { cleanPackage, locatePlugin, type PluginProject } from '../../../src/plugin/project.js';
import { failureIn } from '../../support/failure-in.js';
import { failureOf } from '../../support/failure.js';

let base = '';

beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'project é ')));
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), text);
  }
}

function locate(path = '.', pkg = '.'): Promise<PluginProject> {
  return locatePlugin({ path: join(base, path), package: pkg, base }, createFiles());
}

function failure(path = '.', pkg = '.'): Promise<Failure> {
  return failureOf(locate(path, pkg));
}

const goMod = 'module example.org/echo/v2\n\ngo 1.22\n';

describe('locatePlugin', () => {
  test('reads a module and says how to call it', async () => {
    await write({
      'plugins/echo/go.mod': goMod,
      'plugins/echo/go.sum': 'sums\n',
      'plugins/echo/cmd/x/x.go': '',
    });

    const project = await locate('plugins/echo', 'cmd/x/');

    expect(project).toMatchObject({
      moduleDir: join(base, 'plugins/echo'),
      goModFile: join(base, 'plugins/echo/go.mod'),
      goModText: goMod,
      goSumText: 'sums\n',
      modulePath: 'example.org/echo/v2',
      packageArg: './cmd/x',
      packageDir: join(base, 'plugins/echo/cmd/x'),
      name: 'echo',
      displayDir: 'plugins/echo',
      displayGoMod: 'plugins/echo/go.mod',
    });
    expect(project.goMod.go).toEqual({ version: '1.22', line: 3 });
  });

  test('without a go.sum, in the folder where the user is', async () => {
    await write({ 'go.mod': goMod });
    expect(await locate()).toMatchObject({
      goSumText: null,
      displayDir: '.',
      displayGoMod: 'go.mod',
      packageArg: '.',
    });
  });

  test('a link to the module: the build sees the real folder, messages the one that the user named', async () => {
    await write({ 'real/go.mod': goMod });
    await symlink('real', join(base, 'link'));
    expect(await locate('link')).toMatchObject({
      moduleDir: join(base, 'real'),
      displayGoMod: 'link/go.mod',
    });
  });

  test.each([
    ['example.org/echo', 'echo'],
    ['example.org/echo/v10', 'echo'],
    ['echo', 'echo'],
    ['v2', 'v2'],
    ['example.org/v1beta', 'v1beta'],
  ])('module %s makes files called %s', async (module, name) => {
    await write({ 'go.mod': `module ${module}\n` });
    expect((await locate()).name).toBe(name);
  });
});

describe('locatePlugin refuses', () => {
  test('a folder that is not there', async () => {
    expect(await failure('nowhere')).toMatchObject({
      kind: 'input',
      code: 'no-plugin-folder',
      what: 'there is no folder nowhere',
      where: { kind: 'input', input: 'path' },
    });
  });

  test('a file', async () => {
    await write({ 'go.mod': goMod });
    expect(await failure('go.mod')).toMatchObject({
      code: 'no-plugin-folder',
      what: 'go.mod is not a folder',
    });
  });

  test('a folder without go.mod, and says where it looked', async () => {
    const found = await failure();
    expect(found).toMatchObject({ kind: 'input', code: 'no-go-mod' });
    expect(found.what).toContain(join(base, 'go.mod'));
    expect(found.remedy).toContain('go mod init');
  });

  test('a package given as path: there is a go.mod above', async () => {
    await write({ 'plugins/echo/go.mod': goMod, 'plugins/echo/cmd/x/x.go': '' });
    expect((await failure('plugins/echo/cmd/x')).remedy).toBe(
      'There is one in plugins/echo: set path to that folder, and package to ./cmd/x.',
    );
  });

  test('a repository given as path: there are modules below, dependencies left out', async () => {
    await write({
      'plugins/b/go.mod': goMod,
      'plugins/a/go.mod': goMod,
      'vendor/x/go.mod': goMod,
      'node_modules/x/go.mod': goMod,
    });
    expect((await failure()).remedy).toBe(
      "There is one in plugins/a, plugins/b: set path to the plugin's folder.",
    );
  });

  test('a go.mod that is a folder', async () => {
    await write({ 'go.mod/x': '' });
    expect(await failure()).toMatchObject({ code: 'no-go-mod' });
  });

  test.each([
    ['nothing in it', '', 'malformed-go-mod'],
    ['no module line', 'go 1.22\n', 'malformed-go-mod'],
    ['nonsense', 'module x y\n', 'malformed-go-mod'],
  ])('a go.mod with %s', async (_, text, code) => {
    await write({ 'sub/go.mod': text });
    expect(await failure('sub')).toMatchObject({
      kind: 'input',
      code,
      where: { kind: 'file', file: 'sub/go.mod', line: 1 },
    });
  });

  test('a package that is not there', async () => {
    await write({ 'go.mod': goMod });
    expect(await failure('.', './cmd/x')).toMatchObject({
      kind: 'input',
      code: 'no-package-folder',
      where: { kind: 'input', input: 'package' },
    });
  });

  test('a package of another module, and says how to build that one', async () => {
    await write({ 'go.mod': goMod, 'tools/go.mod': goMod, 'tools/cmd/x/x.go': '' });
    expect(await failure('.', 'tools/cmd/x')).toMatchObject({
      code: 'package-in-other-module',
      remedy: 'Set path to tools and package to ./cmd/x.',
    });
  });

  test('a package that is a link', async () => {
    await write({ 'plugin/go.mod': goMod, 'outside/x.go': '' });
    await symlink('../outside', join(base, 'plugin/x'));
    expect(await failure('plugin', 'x')).toMatchObject({ code: 'package-outside-module' });
  });
});

describe('cleanPackage', () => {
  test.each([
    ['', '.'],
    ['.', '.'],
    ['./', '.'],
    ['cmd/x', './cmd/x'],
    ['./cmd//x/', './cmd/x'],
    ['./cmd/../x', './x'],
    ['-x', './-x'],
    ['a b', './a b'],
  ])('%s is %s', (text, expected) => {
    expect(cleanPackage(text)).toBe(expected);
  });

  test.each(['..', '../x', './a/../../x', '/x', './...', 'a/.../b', 'a\0b'])('%s is refused', (text) => {
    expect(failureIn(() => cleanPackage(text))).toMatchObject({
      kind: 'input',
      code: 'package-outside-module',
    });
  });
});
