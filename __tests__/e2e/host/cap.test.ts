import { afterEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { whereText } from '../../../src/errors.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { allTargets, outcomeOf } from '../../../src/report/outcome.js';
import { comparedPackages } from '../../support/compared.js';
import { failureOf } from '../../support/failure.js';
import { buildKept, cap, capProject, type CapProject } from '../../support/host/cap-run.js';
import { ownProxyEnv } from '../../support/host/plugin-run.js';
import { catalogServer } from '../../support/host/server.js';
import { buildFor } from '../../support/host/several.js';

let project: CapProject | null = null;
afterEach(async () => {
  await project?.remove();
  project = null;
});

/** A plugin whose go.mod was made with everything newer than any of the servers. */
const newer = {
  folder: 'minimal',
  files: {
    'go.mod': `// The plugin.
module example.org/plugins/minimal // its path

go 1.99.0 // newest

toolchain go1.99.1

// What it is made with.
require (
	github.com/gin-gonic/gin v1.12.0 // the router
	// The API.
	github.com/gotify/plugin-api v1.0.0
)

require (
	golang.org/x/net v0.55.0 // indirect
	golang.org/x/sys v0.46.0 // indirect; of net
)
`,
  },
};

describe('what is capped loads, built with its own go.mod:', () => {
  test.each([
    ['a go.mod that names plugin-api alone', 'v2.3.0', { folder: 'minimal' }],
    ['a go.mod that names plugin-api alone', 'v2.6.3', { folder: 'minimal' }],
    ['a go.mod that names plugin-api alone', 'v2.9.1', { folder: 'minimal' }],
    ['a go.mod that names plugin-api alone', 'v3.0.0', { folder: 'minimal' }],
    ['an old go.mod, transitive modules too low', 'v2.3.0', { folder: 'older-go-line' }],
    ['an older go.mod without indirect lines', 'v2.6.3', { folder: 'no-indirect-lines' }],
    ['an older go.mod without indirect lines', 'v3.0.0', { folder: 'no-indirect-lines' }],
    ['a go line of the future', 'v2.9.1', { folder: 'newer-go-line' }],
    ['everything newer than the server', 'v2.6.3', newer],
    ['everything newer than the server', 'v2.9.1', newer],
    ['exclude lines', 'v3.0.0', { folder: 'exclude' }],
    ['a replace that matches no longer', 'v2.9.1', { folder: 'replace-of-server-module' }],
    ['a local replace', 'v3.0.0', { folder: 'local-replace', path: 'plugin' }],
    ['no go.sum', 'v3.0.0', { folder: 'no-go-sum' }],
    ['cgo', 'v3.0.0', { folder: 'cgo' }],
  ])('%s, for %s', async (_name, tag, request) => {
    project = await capProject(request);

    expect(await cap(project, tag)).toMatchObject({ kind: 'changed' });

    const built = await buildKept(project, tag);
    expect(built).toMatchObject({ kind: 'built', verdicts: [{ verdict: { kind: 'loads' } }] });
    expect(comparedPackages(built)).toBeGreaterThan(100);
    // A second time there is nothing left to do.
    expect(await cap(project, tag)).toEqual({ kind: 'same' });
  });
});

test('as it was the plugin with everything newer would not have loaded', async () => {
  project = await capProject({
    ...newer,
    files: { 'go.mod': newer.files['go.mod'].replace('1.99.0', '1.24.0').replace(/^toolchain.*$/m, '') },
  });
  expect(outcomeOf(await buildKept(project, 'v2.9.1'))).not.toBe('loads');
});

describe('what is written', () => {
  test('keeps comments and order, and says what changed where', async () => {
    project = await capProject(newer);
    const result = await cap(project, 'v2.9.1');
    if (result.kind !== 'changed') throw new Error(result.kind);
    const { goMod } = result;
    for (const text of [
      '// The plugin.\nmodule example.org/plugins/minimal // its path\n',
      'go 1.26.0 // newest\n',
      '// What it is made with.\nrequire (\n',
      '\t// The API.\n\tgithub.com/gotify/plugin-api v1.0.0\n',
    ]) {
      expect(goMod).toContain(text);
    }
    expect(goMod).toMatch(/^\tgithub\.com\/gin-gonic\/gin v1\.11\.0 \/\/ indirect; the router$/m);
    expect(goMod).toMatch(/^\tgolang\.org\/x\/sys v0\.40\.0 \/\/ indirect; of net$/m);
    expect(goMod).not.toContain('toolchain');
    expect(result.changes).toEqual(
      expect.arrayContaining([
        { module: 'go', from: '1.99.0', to: '1.26.0', line: 4, reach: 'direct', why: 'server' },
        { module: 'toolchain', from: 'go1.99.1', to: null, line: 6, reach: 'direct', why: 'server' },
        {
          module: 'github.com/gin-gonic/gin',
          from: 'v1.12.0',
          to: 'v1.11.0',
          line: 10,
          reach: 'direct',
          why: 'server',
        },
        {
          module: 'golang.org/x/net',
          from: 'v0.55.0',
          to: 'v0.48.0',
          line: 16,
          reach: 'transitive',
          why: 'server',
        },
        {
          module: 'github.com/bytedance/sonic',
          from: null,
          to: 'v1.14.1',
          line: null,
          reach: 'transitive',
          why: 'server',
        },
      ]),
    );
  });

  test('names every module of the server that it names at its version, also below Go 1.17', async () => {
    project = await capProject({ folder: 'older-go-line' });
    const result = await cap(project, 'v2.3.0');
    if (result.kind !== 'changed') throw new Error(result.kind);
    const mod = parseModFile(result.goMod, 'go.mod');
    const { pinList } = await catalogServer('v2.3.0');
    const versions = new Map(pinList.modules.map(({ path, version }) => [path, version]));
    const common = mod.requires.filter(({ path }) => versions.has(path));
    expect(common.map(({ version }) => version)).toEqual(common.map(({ path }) => versions.get(path)));
    expect(common.filter(({ indirect }) => indirect).length).toBeGreaterThan(2);
    expect(mod.go?.version).toBe('1.12');
  });

  test('keeps CRLF, whose lines Go would end otherwise', async () => {
    const goMod = newer.files['go.mod'].replaceAll('\n', '\r\n');
    project = await capProject({ ...newer, files: { 'go.mod': goMod } });
    const result = await cap(project, 'v3.0.0');
    if (result.kind !== 'changed') throw new Error(result.kind);
    expect(result.goMod.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(result.goMod).toContain('// What it is made with.\r\nrequire (\r\n');
    expect(await cap(project, 'v3.0.0')).toEqual({ kind: 'same' });
  });

  test('is nothing where only the format is not that of go', async () => {
    project = await capProject({ folder: 'minimal' });
    await cap(project, 'v3.0.0');
    const goMod = (await project.read('go.mod')) ?? '';
    const loose = goMod.replace('require ', 'require    ').replaceAll('\t', '      ');
    expect(loose).not.toBe(goMod);
    await project.write('go.mod', loose);
    expect(await cap(project, 'v3.0.0')).toEqual({ kind: 'same' });
  });

  test('is go.sum alone where only that lacks lines', async () => {
    project = await capProject({ folder: 'minimal' });
    const first = await cap(project, 'v3.0.0');
    if (first.kind !== 'changed' || first.goSum === null) throw new Error('no sums');
    await project.write('go.sum', first.goSum.split('\n').slice(4).join('\n'));
    expect(await cap(project, 'v3.0.0')).toEqual({
      kind: 'changed',
      goMod: first.goMod,
      goSum: first.goSum,
      changes: [],
    });
    // Lines that nothing needs any more do no harm.
    await project.write('go.sum', `${first.goSum}example.org/old v1.0.0 h1:${'A'.repeat(43)}=\n`);
    expect(await cap(project, 'v3.0.0')).toEqual({ kind: 'same' });
  });
});

const cookies = (version: string): Readonly<Record<string, string>> => ({
  'go.mod': `module example.org/plugins/dependency-conflict

go 1.19

require (
	github.com/gotify/plugin-api v1.0.0
	plugin-build.test/cookies ${version}
)
`,
});

const plain = (more: string): Readonly<Record<string, string>> => ({
  'go.mod': `module example.org/plugins/minimal

go 1.19

require github.com/gotify/plugin-api v1.0.0

${more}
`,
});

describe('what cannot be done in go.mod alone is said, with the way out, and does not load:', () => {
  const conflict = async (more: Readonly<Record<string, string>> = {}): Promise<CapProject> =>
    capProject({
      folder: 'dependency-conflict',
      files: { ...cookies('v1.2.0'), ...more },
      env: await ownProxyEnv(),
    });

  test('a dependency requires a newer module; an older one of it would do', async () => {
    project = await conflict();
    const before = await project.read('go.mod');
    const result = await cap(project, 'v2.6.3');
    if (result.kind !== 'cannot') throw new Error(result.kind);
    const [reason] = result.reasons;
    expect(result.reasons).toHaveLength(1);
    expect(reason).toMatchObject({
      kind: 'raised',
      by: { path: 'plugin-build.test/cookies', version: 'v1.2.0' },
      where: { file: 'go.mod', line: 7 },
    });
    expect(reason?.modules[0]).toEqual({
      path: 'github.com/gin-gonic/gin',
      plugin: 'v1.11.0',
      server: 'v1.10.0',
    });
    expect(reason?.what).toMatch(
      /^plugin-build\.test\/cookies v1\.2\.0 requires github\.com\/gin-gonic\/gin v1\.11\.0, and gotify v2\.6\.3 has v1\.10\.0; it also makes /,
    );
    expect(reason?.remedy).toContain('v1.1.0 is the newest such');
    expect(reason?.remedy).toContain('`dependencies: pin`');
    expect(await project.read('go.mod')).toBe(before);
    expect(outcomeOf(await buildKept(project, 'v2.6.3'))).not.toBe('loads');
  });

  test('the same, and what can be better is written', async () => {
    const { 'go.mod': goMod = '' } = cookies('v1.2.0');
    project = await conflict({
      'go.mod': goMod.replace('require (', 'require (\n\tgithub.com/gorilla/websocket v1.4.2'),
      'socket.go': 'package main\n\nimport _ "github.com/gorilla/websocket"\n',
    });
    const result = await cap(project, 'v2.6.3');
    if (result.kind !== 'partly') throw new Error(result.kind);
    expect(result.reasons.map(({ kind }) => kind)).toEqual(['raised']);
    expect(result.changes).toContainEqual(
      expect.objectContaining({ module: 'github.com/gorilla/websocket', from: 'v1.4.2', line: 6 }),
    );
    expect(outcomeOf(await buildKept(project, 'v2.6.3'))).not.toBe('loads');
    // It is as good as it gets.
    expect((await cap(project, 'v2.6.3')).kind).toBe('cannot');
  });

  test.each([
    ['plugin_arm64.go', ''],
    ['socket.go', '//go:build riscv64 || 386\n\n'],
  ])('the same on another architecture than this one, by %s', async (file, constraint) => {
    const goMod = plain('require plugin-build.test/lib v0.0.0\n\nreplace plugin-build.test/lib => ./lib')[
      'go.mod'
    ];
    project = await capProject({
      folder: 'minimal',
      files: {
        'go.mod': goMod ?? '',
        [file]: `${constraint}package main\n\nimport _ "plugin-build.test/lib"\n`,
        'lib/go.mod':
          'module plugin-build.test/lib\n\ngo 1.19\n\nrequire github.com/gorilla/websocket v1.5.3\n',
        'lib/lib.go': 'package lib\n\nimport _ "github.com/gorilla/websocket"\n',
      },
    });
    const result = await cap(project, 'v2.4.0');
    if (result.kind !== 'partly') throw new Error(result.kind);
    const socket = { path: 'github.com/gorilla/websocket', plugin: 'v1.5.3', server: 'v1.5.0' };
    expect(result.reasons).toEqual([
      expect.objectContaining({
        kind: 'raised',
        modules: [socket],
        by: { path: 'plugin-build.test/lib', version: 'v0.0.0' },
        where: { kind: 'file', file: 'go.mod', line: 7 },
      }),
    ]);
  });

  test('with that older one it loads', async () => {
    project = await capProject({
      folder: 'dependency-conflict',
      files: cookies('v1.1.0'),
      env: await ownProxyEnv(),
    });
    expect((await cap(project, 'v2.6.3')).kind).toBe('changed');
    expect(outcomeOf(await buildKept(project, 'v2.6.3'))).toBe('loads');
  });

  test.each([
    [
      'by another version',
      'replace github.com/gin-gonic/gin => github.com/gin-gonic/gin v1.9.0',
      'github.com/gin-gonic/gin is replaced by github.com/gin-gonic/gin v1.9.0, and gotify v3.0.0 has v1.12.0',
    ],
    [
      'by a folder',
      'replace github.com/leodido/go-urn => ./urn',
      'github.com/leodido/go-urn is replaced by ./urn, and gotify v3.0.0 has v1.4.0',
    ],
  ])('a replace %s', async (_name, lines, what) => {
    project = await capProject({
      folder: 'minimal',
      files: {
        ...plain(lines),
        'urn/go.mod': 'module github.com/leodido/go-urn\n\ngo 1.18\n',
        'urn/urn.go':
          'package urn\n\n// Parse knows none.\nfunc Parse([]byte) (*int, bool) { return nil, false }\n',
      },
    });
    const result = await cap(project, 'v3.0.0');
    if (!('reasons' in result)) throw new Error(result.kind);
    expect(result.reasons.map((reason) => [reason.kind, reason.what])).toContainEqual(['replaced', what]);
    const replaced = result.reasons.find((reason) => reason.what === what);
    expect(replaced?.remedy).toMatch(/^Remove the replace line, or build with `dependencies: pin`/);
    expect(await project.read('go.mod')).toContain(lines);
    expect(outcomeOf(await buildKept(project, 'v3.0.0'))).not.toBe('loads');
  });

  test('a local replacement that asks for a newer Go, which a pin lowers', async () => {
    project = await capProject({ folder: 'local-replace-newer', path: 'plugin' });
    const before = await project.read('go.mod');
    expect(await cap(project, 'v2.9.1')).toEqual({
      kind: 'cannot',
      reasons: [
        {
          kind: 'newer-replacement',
          modules: [],
          by: null,
          what: 'example.org/lib is replaced by ../lib, whose go.mod asks for Go 1.99.0, and gotify v2.9.1 is built with Go 1.26.0',
          remedy: expect.stringContaining('`dependencies: pin`'),
          where: { kind: 'file', file: 'go.mod', line: 9 },
        },
      ],
    });
    expect(await project.read('go.mod')).toBe(before);
    const { report } = await buildFor(
      { path: project.dir, server: 'v2.9.1', dependencies: 'pin' },
      { base: project.dir, env: project.env },
    );
    expect(allTargets(report).map(outcomeOf)).toEqual(['loads']);
    expect(outcomeOf(await buildKept(project, 'v2.9.1'))).not.toBe('loads');
  });

  test('such a replacement that is not used is no reason', async () => {
    project = await capProject({
      folder: 'minimal',
      files: {
        ...plain('replace example.org/lib => ./lib'),
        'lib/go.mod': 'module example.org/lib\n\ngo 1.99.0\n',
      },
    });
    expect(await cap(project, 'v2.9.1')).toMatchObject({ kind: 'changed' });
  });

  test('a plugin that a pin does not put together either is a failure', async () => {
    project = await capProject({
      folder: 'local-replace-newer',
      path: 'plugin',
      files: { 'more.go': 'package main\n\nimport _ "example.org/plugins/local-replace-newer/nowhere"\n' },
    });
    expect(await failureOf(cap(project, 'v2.9.1'))).toMatchObject({
      kind: 'plugin',
      where: { file: 'more.go', line: 3 },
    });
  });

  test("an exclude of the server's version", async () => {
    project = await capProject({
      folder: 'minimal',
      files: plain('exclude github.com/gin-gonic/gin v1.11.0'),
    });
    const result = await cap(project, 'v2.9.1');
    if (!('reasons' in result)) throw new Error(result.kind);
    expect(result.reasons).toContainEqual(
      expect.objectContaining({
        kind: 'excluded',
        what: expect.stringContaining('github.com/gin-gonic/gin v1.11.0 is excluded'),
        where: { kind: 'file', file: 'go.mod', line: 7 },
      }),
    );
    expect(await project.read('go.mod')).toContain('exclude github.com/gin-gonic/gin v1.11.0');
    expect(outcomeOf(await buildKept(project, 'v2.9.1'))).not.toBe('loads');
  });

  test("lines that the server's Go does not know", async () => {
    const files = plain('tool example.org/plugins/minimal\n\ngodebug panicnil=1');
    project = await capProject({ folder: 'minimal', files });
    const result = await cap(project, 'v2.3.0');
    if (result.kind !== 'cannot') throw new Error(result.kind);
    expect(result.reasons.map(({ kind, where }) => [kind, whereText(where)])).toEqual([
      ['unknown-line', 'go.mod:9'],
      ['unknown-line', 'go.mod:7'],
    ]);
    expect(await project.read('go.mod')).toBe(files['go.mod']);
  });

  test("an import of the server's own module", async () => {
    project = await capProject({ folder: 'imports-server' });
    const result = await cap(project, 'v3.0.0');
    if (!('reasons' in result)) throw new Error(result.kind);
    expect(result.reasons).toContainEqual(
      expect.objectContaining({ kind: 'unfit', what: expect.stringContaining("the server's own package") }),
    );
  });
});

describe('what the code needs of other versions than the server has is said, and does not build:', () => {
  const failed = expect.objectContaining({ kind: 'failed' });

  test('a newer API of a module of the server; go.mod is written, to mend the code with', async () => {
    project = await capProject({ folder: 'pinned-module-conflict' });
    const result = await cap(project, 'v2.6.3');
    if (result.kind !== 'partly') throw new Error(result.kind);
    expect(result.changes).toContainEqual(
      expect.objectContaining({
        module: 'github.com/gin-gonic/gin',
        from: 'v1.11.0',
        to: 'v1.10.0',
        line: 6,
      }),
    );
    expect(result.reasons).toEqual([
      {
        kind: 'does-not-compile',
        modules: [],
        by: null,
        what: 'plugin.go:24:4: c.SetCookieData undefined (type *gin.Context has no field or method SetCookieData); it is compiled with github.com/gin-gonic/gin v1.10.0, the version of gotify v2.6.3 (the plugin asks for v1.11.0)',
        remedy: expect.stringMatching(
          /^Write this so that it compiles with github\.com\/gin-gonic\/gin v1\.10\.0: /,
        ),
        where: { kind: 'file', file: 'plugin.go', line: 24, column: 4 },
      },
    ]);
    expect(await buildKept(project, 'v2.6.3')).toEqual(failed);
    // What go.mod can do is done, and the code is as it was.
    const again = await cap(project, 'v2.6.3');
    if (again.kind !== 'cannot') throw new Error(again.kind);
    expect(again.reasons).toEqual([
      expect.objectContaining({
        kind: 'does-not-compile',
        where: { kind: 'file', file: 'plugin.go', line: 24, column: 4 },
      }),
    ]);
    const code = (await project.read('plugin.go')) ?? '';
    await project.write('plugin.go', code.replace(/c\.SetCookieData\(.*$/m, 'http.SetCookie(c.Writer, nil)'));
    expect(await cap(project, 'v2.6.3')).toEqual({ kind: 'same' });
    expect(outcomeOf(await buildKept(project, 'v2.6.3'))).toBe('loads');
  });

  test.each([
    ['an error of its own', { folder: 'compile-error' }, 'plugin.go'],
    ['a function that the server looks up is missing', { folder: 'missing-functions' }, 'input package'],
    ['its C code', { folder: 'c-error' }, null],
  ])('%s', async (_name, request, where) => {
    project = await capProject(request);
    const result = await cap(project, 'v3.0.0');
    if (result.kind !== 'partly') throw new Error(result.kind);
    expect(result.reasons.map(({ kind }) => kind)).toEqual(['does-not-compile']);
    if (where !== null)
      expect(result.reasons.map((reason) => whereText(reason.where))).toEqual([
        expect.stringContaining(where),
      ]);
    expect(await buildKept(project, 'v3.0.0')).toEqual(failed);
  });

  test('code in a folder that a replace names is called by its name', async () => {
    project = await capProject({ folder: 'local-replace', path: 'plugin' });
    const mod = parseModFile((await project.read('go.mod')) ?? '', 'go.mod');
    const target = mod.replaces[0]?.new;
    if (target?.kind !== 'local') throw new Error('no local replace');
    await project.write(`${target.dir}/broken.go`, 'package lib\n\nvar _ = nothing\n');
    const result = await cap(project, 'v3.0.0');
    if (!('reasons' in result)) throw new Error(result.kind);
    expect(result.reasons.map(({ kind, where }) => [kind, whereText(where)])).toEqual([
      ['does-not-compile', `${target.dir}/broken.go:3:9`],
    ]);
  });
});

describe('where Go cannot put it together, it says why, and nothing is written:', () => {
  const lacking = {
    folder: 'pinned-module-lacks-package',
    code: 'pinned-module-conflict',
    where: 'plugin.go:4:2',
  };
  test.each([
    { ...lacking, tag: 'v2.3.0' },
    { ...lacking, tag: 'v2.6.3' },
    { folder: 'checksum-mismatch', tag: 'v3.0.0', code: 'checksum-mismatch', where: 'go.sum:1' },
    { folder: 'missing-package', tag: 'v3.0.0', code: 'missing-package', where: 'plugin.go:4:2' },
    { folder: 'library', tag: 'v3.0.0', code: 'not-a-main-package', where: 'input package' },
  ])('$folder, for $tag', async ({ folder, tag, code, where }) => {
    project = await capProject({ folder });
    const before = await project.read('go.mod');
    const failure = await failureOf(cap(project, tag));
    expect(failure.code).toBe(code);
    expect(failure.where === undefined ? null : whereText(failure.where)).toBe(where);
    expect(await project.read('go.mod')).toBe(before);
  });

  test('a dependency needs a newer Go; the newest that fits is named', async () => {
    project = await capProject({
      folder: 'dependency-needs-newer-go',
      files: {
        'go.mod':
          'module example.org/p\n\ngo 1.19\n\nrequire (\n\tgithub.com/gotify/plugin-api v1.0.0\n\tplugin-build.test/newer v1.2.0\n)\n',
        'newer.go': 'package main\n\nimport _ "plugin-build.test/newer"\n',
      },
      env: await ownProxyEnv(),
    });
    const failure = await failureOf(cap(project, 'v3.0.0'));
    expect(failure.code).toBe('dependency-needs-newer-go');
    expect(failure.remedy).toContain('plugin-build.test/newer v1.1.0');
  });
});
