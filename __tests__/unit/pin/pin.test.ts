import { describe, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import type { Module } from '../../../src/go/module.js';
import { keepModule, pinModule, type PinRequest } from '../../../src/pin/pin.js';
import { failureIn } from '../../support/failure-in.js';
import { corpusNames, corpusText, readAsGo } from '../../support/gomod.js';

const serverModules: Module[] = [
  { path: 'github.com/gin-gonic/gin', version: 'v1.12.0' },
  { path: 'github.com/gotify/plugin-api', version: 'v1.0.0' },
  { path: 'golang.org/x/net', version: 'v0.55.0' },
];

function serverOf(goVersion: string): PinRequest['server'] {
  return {
    version: 'v3.0.0',
    goVersion,
    goMod: 'module github.com/gotify/server/v2\n',
    goSum: 'github.com/gin-gonic/gin v1.12.0 h1:gin=\n',
    pinList: { source: 'go.mod', modules: serverModules },
  };
}

function requestOf(goMod: string, options: { goVersion?: string; goSum?: string | null } = {}): PinRequest {
  return {
    goMod,
    file: 'plugin/go.mod',
    goSum: options.goSum ?? null,
    server: serverOf(options.goVersion ?? '1.26.0'),
    replacedAt: (index) => `/replaced/${String(index)}`,
  };
}

const pinLines = serverModules.map(({ path, version }) => `replace ${path} => ${path} ${version}\n`).join('');
const note = '// Made by gotify-plugin-build for one build. The plugin has its own go.mod.\n';

describe('pinModule', () => {
  test('adds every module of the server, and nothing to a plugin that fits', () => {
    const pin = pinModule(requestOf(corpusText('minimal.mod')));
    expect(pin.goMod).toBe(
      `${note}module example.com/plugin\nrequire github.com/gotify/plugin-api v1.0.0\n${pinLines}`,
    );
    expect(pin.goSum).toBe('github.com/gin-gonic/gin v1.12.0 h1:gin=\n');
    expect([pin.changes, pin.warnings, pin.replaced]).toEqual([[], [], []]);
  });

  test('lowers the go line, drops the toolchain, and reports each with its line', () => {
    const pin = pinModule(requestOf(corpusText('newer-than-server.mod')));
    expect(pin.goMod).toContain('\ngo 1.26.0\n');
    expect(pin.goMod).not.toContain('toolchain');
    expect(pin.changes).toEqual([
      { module: 'go', from: '1.26.7', to: '1.26.0', line: 3, reach: 'direct' },
      { module: 'toolchain', from: 'go1.27.1', to: null, line: 5, reach: 'direct' },
      { module: 'github.com/gin-gonic/gin', from: 'v1.13.0', to: 'v1.12.0', line: 8, reach: 'direct' },
      { module: 'github.com/gotify/plugin-api', from: 'v1.1.0', to: 'v1.0.0', line: 9, reach: 'direct' },
      { module: 'golang.org/x/net', from: 'v0.99.0', to: 'v0.55.0', line: 13, reach: 'transitive' },
    ]);
  });

  test.each([
    ['1.26', '1.26.0', '1.26'],
    ['1.26.0', '1.26.0', '1.26.0'],
    ['1.26.1', '1.26.0', '1.26.0'],
    ['1.27', '1.26.0', '1.26.0'],
    ['1.12', '1.26.0', '1.12'],
    ['1.21', '1.21.1', '1.21'],
    ['1.26.0', '1.19.1', '1.19'],
    ['1.20', '1.19.1', '1.19'],
    ['1.19', '1.19.1', '1.19'],
    ['1.18.2', '1.19.1', '1.18'],
    ['1.19.5', '1.19.1', '1.19'],
    ['1.20.0', '1.20.0', '1.20'],
    ['1.18rc1', '1.19.1', '1.18'],
  ])('go %s for a server with Go %s becomes go %s', (plugin, goVersion, line) => {
    const pin = pinModule(requestOf(`module example.com/p\ngo ${plugin}\n`, { goVersion }));
    expect(parseModFile(pin.goMod, 'go.mod').go?.version).toBe(line);
    expect(pin.changes).toEqual(
      plugin === line ? [] : [{ module: 'go', from: plugin, to: line, line: 2, reach: 'direct' }],
    );
  });

  test('keeps no line that an older Go does not know', () => {
    const { goMod } = pinModule(requestOf(corpusText('every-directive.mod')));
    const verbs = new Set(
      goMod
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split(' ')[0]),
    );
    expect([...verbs].sort()).toEqual(['exclude', 'go', 'module', 'replace', 'require']);
  });

  test("the server's version wins over replaces and excludes of its modules, with a warning each", () => {
    const pin = pinModule(requestOf(corpusText('replace-of-server-modules.mod')));
    const mod = parseModFile(pin.goMod, 'go.mod');
    expect(mod.replaces.filter(({ old }) => old.path === 'github.com/gin-gonic/gin')).toHaveLength(1);
    expect(mod.replaces.find(({ old }) => old.path === 'golang.org/x/text')?.new).toMatchObject({
      version: 'v0.3.7',
    });
    expect(mod.excludes).toEqual([]);
    expect(pin.replaced).toEqual([]);
    expect(pin.changes.map(({ module, from, to, line }) => [module, from, to, line])).toEqual([
      ['github.com/gin-gonic/gin', 'github.com/fork/gin v1.9.1-fork', 'v1.12.0', 8],
      ['github.com/gotify/plugin-api', '../plugin-api', 'v1.0.0', 9],
      ['golang.org/x/net', 'v0.40.0', 'v0.55.0', 6],
    ]);
    expect(pin.warnings.map(({ line }) => line)).toEqual([8, 9, 12]);
    expect(pin.warnings[0]?.text).toContain('github.com/fork/gin v1.9.1-fork');
    expect(pin.warnings[2]?.text).toContain('v1.12.0 is excluded');
  });

  test('reports a replace of a module that the plugin reaches only through others', () => {
    const text = 'module example.com/p\nreplace golang.org/x/net => golang.org/x/net v0.1.0\n';
    expect(pinModule(requestOf(text)).changes).toEqual([
      { module: 'golang.org/x/net', from: 'v0.1.0', to: 'v0.55.0', line: 2, reach: 'transitive' },
    ]);
  });

  test('is silent about a replace that says what the server has', () => {
    const text = 'module example.com/p\nreplace golang.org/x/net => golang.org/x/net v0.55.0\n';
    const pin = pinModule(requestOf(text));
    expect([pin.changes, pin.warnings]).toEqual([[], []]);
  });

  test('numbers local folders in order, one folder once, and leaves out those of server modules', () => {
    const text = [
      'module example.com/p',
      'replace golang.org/x/net => ./net',
      'replace example.com/a => ../lib',
      'replace example.com/b v1.0.0 => "./with blank"',
      'replace example.com/c => ../lib/',
    ].join('\n');
    const pin = pinModule(requestOf(text));
    expect(pin.replaced).toEqual([
      { index: 0, dir: '../lib', modules: ['example.com/a', 'example.com/c'], line: 3 },
      { index: 1, dir: './with blank', modules: ['example.com/b'], line: 4 },
    ]);
    const dirs = parseModFile(pin.goMod, 'go.mod').replaces.map(({ new: to }) =>
      to.kind === 'local' ? to.dir : null,
    );
    expect(dirs.slice(0, 3)).toEqual(['/replaced/0', '/replaced/1', '/replaced/0']);
  });

  test('leaves a folder that is not there as it is, and gives it no number', () => {
    const goMod =
      'module example.com/p\nreplace example.com/a => ../gone\nreplace example.com/b => ../lib\nreplace example.com/c => ../gone/\n';
    const request = { ...requestOf(goMod), absent: ['../gone'] };
    for (const pin of [pinModule(request), keepModule(request)]) {
      expect(pin.goMod).toContain('replace example.com/a => ../gone\n');
      expect(pin.goMod).toContain('replace example.com/b => /replaced/0\n');
      expect(pin.goMod).toContain('replace example.com/c => ../gone/\n');
      expect(pin.replaced).toEqual([{ index: 0, dir: '../lib', modules: ['example.com/b'], line: 3 }]);
    }
  });

  test('warns of loops where the language goes below Go 1.22, and only there', () => {
    const warned = (line: string, goVersion: string): readonly unknown[] =>
      pinModule(requestOf(`module example.com/p\n\ngo ${line}\n`, { goVersion })).warnings;
    expect(warned('1.24', '1.21.1')).toEqual([
      { text: expect.stringMatching(/^the plugin asks for Go 1.24, .* share its variables/), line: 3 },
    ]);
    expect(warned('1.24', '1.22.4')).toEqual([]);
    expect(warned('1.21', '1.19.1')).toEqual([]);
    expect(warned('1.18', '1.26.0')).toEqual([]);
  });

  test('quotes folders that need it', () => {
    const request = { ...requestOf(corpusText('quoted.mod')), replacedAt: () => '/tmp/größe "x"/0' };
    const target = parseModFile(pinModule(request).goMod, 'go.mod').replaces[0]?.new;
    expect(target).toEqual({ kind: 'local', dir: '/tmp/größe "x"/0' });
  });

  test('refuses two replacements of one module with the line of the second', () => {
    const failure = failureIn(() => pinModule(requestOf(corpusText('conflicting-replaces.mod'))));
    expect([failure.kind, failure.code]).toEqual(['input', 'conflicting-replaces']);
    expect(failure.message).toContain('plugin/go.mod:3: ');
    expect(failure.what).toContain('../a in line 2');
  });

  test('refuses a go.mod without a module line', () => {
    const failure = failureIn(() => pinModule(requestOf('go 1.20\n')));
    expect([failure.kind, failure.code]).toEqual(['input', 'no-module-line']);
  });

  test('does not pin a plugin to itself', () => {
    const pin = pinModule(requestOf('module golang.org/x/net\n'));
    expect(pin.goMod).not.toContain('replace golang.org/x/net');
    expect(pin.warnings).toEqual([{ text: expect.stringContaining('golang.org/x/net'), line: null }]);
  });

  test('reports each of two lines for one module', () => {
    const text = 'module example.com/p\nrequire golang.org/x/net v0.1.0\nrequire golang.org/x/net v0.2.0\n';
    expect(pinModule(requestOf(text)).changes.map(({ from, line }) => [from, line])).toEqual([
      ['v0.1.0', 2],
      ['v0.2.0', 3],
    ]);
  });

  test("refuses a go.sum that contradicts the server's", () => {
    const goSum = 'github.com/gin-gonic/gin v1.12.0 h1:other=\n';
    const failure = failureIn(() => pinModule(requestOf(corpusText('minimal.mod'), { goSum })));
    expect(failure.code).toBe('conflicting-sums');
    expect(failure.what).toMatch(/h1:other= \(plugin\/go\.sum\).*h1:gin= \(the go\.sum of gotify v3\.0\.0\)/);
  });

  const pinnable = corpusNames().filter((name) => {
    const { failure } = readAsGo(corpusText(name));
    return failure === null && !['empty.mod', 'no-module.mod', 'conflicting-replaces.mod'].includes(name);
  });
  test.each(pinnable)('the pin of %s reads back and pins all', (name) => {
    const pin = pinModule(requestOf(corpusText(name), { goVersion: '1.19.1' }));
    const mod = parseModFile(pin.goMod, 'go.mod');
    for (const { path, version } of serverModules) {
      const replaces = mod.replaces.filter(({ old }) => old.path === path);
      expect(replaces.map(({ old, new: to }) => [old.version, to])).toEqual([
        [null, { kind: 'module', path, version }],
      ]);
    }
    expect(mod.requires.map(({ path, version }) => `${path} ${version}`)).toEqual(
      parseModFile(corpusText(name), 'go.mod').requires.map(({ path, version }) => `${path} ${version}`),
    );
  });
});

describe('keepModule', () => {
  test('changes nothing but local folders', () => {
    const kept = keepModule(
      requestOf(corpusText('every-directive.mod'), { goSum: 'example.com/x v1.0.0 h1:x=\n' }),
    );
    const before = parseModFile(corpusText('every-directive.mod'), 'go.mod');
    const after = parseModFile(kept.goMod, 'go.mod');
    expect(after.requires.map(({ version }) => version)).toEqual(
      before.requires.map(({ version }) => version),
    );
    expect([after.go?.version, after.toolchain?.name]).toEqual(['1.25.1', 'go1.26.0']);
    expect([after.tools.length, after.godebugs.length, after.ignores.length]).toEqual([3, 3, 3]);
    expect(kept.replaced.map(({ dir }) => dir)).toEqual(['../one', './three']);
    expect(kept.goSum).toBe('example.com/x v1.0.0 h1:x=\n');
    expect([kept.changes, kept.warnings]).toEqual([[], []]);
  });

  test('leaves a go line that is too new, so that Go says so', () => {
    const kept = keepModule(requestOf(corpusText('newer-than-server.mod')));
    expect(kept.goMod).toContain('\ngo 1.26.7\ntoolchain go1.27.1\n');
    expect(kept.changes).toEqual([]);
  });

  test.each([
    ['1.24.1', { go: '1.25.1', toolchain: 'go1.26.0', tools: 3, godebugs: 3, ignores: 0 }],
    ['1.23.3', { go: '1.25.1', toolchain: 'go1.26.0', tools: 0, godebugs: 3, ignores: 0 }],
    ['1.22.4', { go: '1.25.1', toolchain: 'go1.26.0', tools: 0, godebugs: 0, ignores: 0 }],
    ['1.19.1', { go: '1.25', toolchain: undefined, tools: 0, godebugs: 0, ignores: 0 }],
  ])('keeps what Go %s can read', (goVersion, expected) => {
    const mod = parseModFile(
      keepModule(requestOf(corpusText('every-directive.mod'), { goVersion })).goMod,
      'go.mod',
    );
    expect({
      go: mod.go?.version,
      toolchain: mod.toolchain?.name,
      tools: mod.tools.length,
      godebugs: mod.godebugs.length,
      ignores: mod.ignores.length,
    }).toEqual(expected);
  });

  test('keeps folders that stand for server modules', () => {
    const kept = keepModule(requestOf(corpusText('replace-of-server-modules.mod')));
    expect(kept.replaced.map(({ dir }) => dir)).toEqual(['../plugin-api']);
  });
});
