import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { whereText } from '../../../src/errors.js';
import { parseModFile } from '../../../src/go/modfile.js';
import {
  diagnoseCompile,
  diagnoseList,
  lacksModules,
  type DiagnosisContext,
} from '../../../src/plugin/diagnose.js';
import type { AskGo } from '../../../src/plugin/newest-fitting.js';
import { parseGoOutput } from '../../../src/plugin/go-output.js';
import type { ListedPackage } from '../../../src/plugin/listing.js';
import { placeOf } from '../../../src/plugin/source-place.js';

const goModText = `module example.org/echo

go 1.22

require (
	github.com/gotify/plugin-api v1.0.0
	github.com/gin-gonic/gin v1.11.0
	example.org/lib v0.0.0
	golang.org/x/time v0.5.0
)

replace example.org/lib => ../lib
`;

function listed(importPath: string, name: string, more: Partial<ListedPackage>): [string, ListedPackage] {
  return [importPath, { importPath, name, standard: false, imports: [], usesCgo: false, ...more }];
}

const goMod = parseModFile(goModText, 'plugins/echo/go.mod');

/** A plugin in plugins/echo of a repository, built in a container for gotify v2.6.3. */
const context: DiagnosisContext = {
  project: {
    moduleDir: '/nowhere/plugins/echo',
    goModFile: '/nowhere/plugins/echo/go.mod',
    goModText,
    goSumText: 'golang.org/x/time v0.5.0 h1:b5PQ3kqsjY65GV79mqsHW5Tt3sQ3MkmTEWJYVq9F5Zg=\n',
    goMod,
    modulePath: 'example.org/echo',
    packageArg: '.',
    packageDir: '/nowhere/plugins/echo',
    name: 'echo',
    displayDir: 'plugins/echo',
    displayGoMod: 'plugins/echo/go.mod',
  },
  server: {
    version: 'v2.6.3',
    goVersion: '1.24.1',
    pinList: { source: 'go.mod', modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.10.0' }] },
  },
  listing: {
    main: 'example.org/echo',
    packages: new Map([
      listed('example.org/echo', 'main', {
        imports: ['github.com/gin-gonic/gin', 'example.org/lib', 'fmt'],
        module: { path: 'example.org/echo', version: null, goVersion: '1.22', main: true },
      }),
      listed('github.com/gin-gonic/gin', 'gin', {
        module: { path: 'github.com/gin-gonic/gin', version: 'v1.10.0', goVersion: '1.20', main: false },
      }),
      listed('github.com/gin-gonic/gin/render', 'render', {
        module: { path: 'github.com/gin-gonic/gin', version: 'v1.10.0', goVersion: '1.20', main: false },
      }),
      listed('math', 'math', { standard: true }),
      listed('example.org/lib', 'lib', {
        imports: ['github.com/gin-gonic/gin'],
        module: { path: 'example.org/lib', version: null, goVersion: '1.18', main: false },
      }),
      listed('github.com/BurntSushi/cookies', 'cookies', {
        imports: ['github.com/gin-gonic/gin', 'math'],
        module: { path: 'github.com/BurntSushi/cookies', version: 'v1.2.0', goVersion: '1.18', main: false },
      }),
    ]),
  },
  changes: [{ module: 'github.com/gin-gonic/gin', from: 'v1.11.0', to: 'v1.10.0', line: 7, reach: 'direct' }],
  places: { module: '/proj', pin: '/pin', out: '/out', replaced: (index) => `/replaced/${String(index)}` },
  goMod,
  replaced: ['../lib'],
  files: createFiles(),
};

/** Printed by go1.26.0, go1.24.1 or go1.19.1, with the paths of a container. */
const recorded = {
  pinned: `# example.org/echo
./plugin.go:21:28: c.SetCookieData undefined (type *gin.Context has no field or method SetCookieData)
`,
  ordinary: `# example.org/echo
./cmd/x.go:5:61: unknown field Nam in struct literal of type plugin.Info
./plugin.go:9:19: too many return values
	have (number)
	want ()
`,
  local: `# example.org/lib
../replaced/0/sub/lib.go:4:2: undefined: nothing
`,
  dependency: `# github.com/BurntSushi/cookies
/go/pkg/mod/github.com/!burnt!sushi/cookies@v1.2.0/x.go:12:4: c.SetCookieData undefined (type *gin.Context has no field or method SetCookieData)
`,
  dependencySilent: `# github.com/BurntSushi/cookies
../go/pkg/mod/github.com/!burnt!sushi/cookies@v1.2.0/x.go:12:4: not enough arguments in call to f
	have (number)
	want (number, number)
`,
  noted: `# github.com/BurntSushi/cookies
../go/pkg/mod/github.com/!burnt!sushi/cookies@v1.2.0/x.go:3:9: undefined: min
note: module requires Go 1.27
`,
  missing: `# example.org/echo
../pin/api_check.go:6:32: undefined: GetGotifyPluginInfo
`,
  wrong: `# example.org/echo
/pin/api_check.go:7:55: cannot use NewGotifyPluginInstance (value of type func(ctx plugin.UserContext, n int) plugin.Plugin) as func(plugin.UserContext) plugin.Plugin value in variable declaration
`,
  compiler: `# runtime/cgo
cgo: C compiler "aarch64-linux-gnu-gcc" not found: exec: "aarch64-linux-gnu-gcc": executable file not found in $PATH
`,
  checksum: `verifying golang.org/x/time@v0.5.0: checksum mismatch
	downloaded: h1:o7cqy6amK/52YcAKIPlM3a+Fpj35zvRj2TP+e1xFSfk=
	go.sum:     h1:b5PQ3kqsjY65GV79mqsHW5Tt3sQ3MkmTEWJYVq9F5Zg=

SECURITY ERROR
This download does NOT match an earlier download recorded in go.sum.
`,
};

/** Go that knows what the dependency's own go.mod asks for; null: it cannot be read. */
function askingFor(gin: string | null): AskGo {
  const require = gin === null ? [] : [{ Path: 'github.com/gin-gonic/gin', Version: gin }];
  return (args) => {
    const answer =
      args[0] === 'mod'
        ? { Go: '1.18', Require: require }
        : { Version: 'v1.2.0', GoMod: '/cache/v1.2.0.mod' };
    return Promise.resolve({ kind: 'ok', stdout: JSON.stringify(answer), stderr: '', seconds: 0 });
  };
}

const inDependency = (message: string): string =>
  `# github.com/BurntSushi/cookies\n/go/pkg/mod/github.com/!burnt!sushi/cookies@v1.2.0/x.go:12:4: ${message}\n`;
const inPlugin = (message: string): string => `# example.org/echo\n./plugin.go:21:28: ${message}\n`;

describe('diagnoseCompile', () => {
  test.each([
    ['v1.11.0', 'dependency-conflict'],
    ['v1.9.0', 'dependency-conflict'],
    // What it asks for is what it is compiled with: then the pin is not why.
    ['v1.10.0', 'dependency-compile-error'],
  ])('a dependency that asks for gin %s: %s', async (asked, code) => {
    for (const stderr of [recorded.dependency, recorded.dependencySilent]) {
      expect(await diagnoseCompile(stderr, context, askingFor(asked))).toMatchObject({ code });
    }
  });

  test.each([
    'cannot use math.MaxUint32 (untyped int constant 4294967295) as int value in assignment (overflows)',
    'cannot use 1 << 40 (untyped int constant 1099511627776) as int value in assignment (overflows)',
    'undefined: math.Nothing',
  ])('what a dependency says of others is no matter of the pin: %s', async (message) => {
    const failure = await diagnoseCompile(inDependency(message), context, askingFor('v1.11.0'));
    expect(failure.code).toBe('dependency-compile-error');
  });

  test("a dependency's missing header is no matter of the pin", async () => {
    const stderr = `${inDependency('fatal error: sqlite3.h: No such file or directory')}    5 | #include <sqlite3.h>\n`;
    const failure = await diagnoseCompile(stderr, context, askingFor('v1.11.0'));
    expect(failure).toMatchObject({ code: 'c-compile-error', where: { file: 'plugins/echo/go.mod' } });
    expect(failure.what).toContain('the C code of the dependency github.com/BurntSushi/cookies v1.2.0');
    expect(failure.remedy).toContain('Install the C library');
  });

  test('nobody is blamed without a word about it, where it is not known what a dependency asks for', async () => {
    expect((await diagnoseCompile(recorded.dependencySilent, context)).code).toBe('dependency-compile-error');
    expect((await diagnoseCompile(recorded.dependency, context)).code).toBe('dependency-conflict');
  });

  test.each([
    'render.Foo undefined (type Renderer has no field or method Foo)',
    'gin.Foo undefined (type engine has no field or method Foo)',
    'cannot use render.Foo (variable of type int) as string value in argument to render.Bar',
    'not enough arguments in call to render.Bar, have (number), want (int, int)',
    'assignment mismatch: 2 variables but render.Bar returns 1 value',
  ])('a value may be called as a package is: %s', async (message) => {
    expect((await diagnoseCompile(inPlugin(message), context)).code).toBe('compile-error');
  });

  test.each([
    'r.Foo undefined (type render.Render has no field or method Foo)',
    'cannot use r (variable of type *render.JSON) as int value in argument to f',
    'cannot use r (variable of interface type int) as render.Render value in return statement',
    'not enough arguments in call to f, have (int), want (render.Render)',
    'invalid operation: a == b (mismatched types int and render.Kind)',
    'unknown field X in struct literal of type render.JSON',
    'impossible type assertion: x.(T), T does not implement render.Render (missing method Y)',
    'undefined: gin.Foo',
    'too many arguments in call to gin.New, have (number), want ()',
  ])('a type names its package, and what the file imports is one: %s', async (message) => {
    const failure = await diagnoseCompile(inPlugin(message), context);
    expect(failure.code).toBe('pinned-module-conflict');
    expect(failure.what).toContain('github.com/gin-gonic/gin v1.10.0');
  });

  test.each([
    [
      'pinned',
      'plugin',
      'pinned-module-conflict',
      'plugins/echo/plugin.go:21:28',
      'the plugin asks for v1.11.0',
    ],
    [
      'ordinary',
      'plugin',
      'compile-error',
      'plugins/echo/cmd/x.go:5:61',
      'too many return values, have (number), want ()',
    ],
    ['local', 'plugin', 'compile-error', 'plugins/lib/sub/lib.go:4:2', 'undefined: nothing'],
    [
      'dependency',
      'plugin',
      'dependency-conflict',
      'plugins/echo/go.mod',
      'github.com/BurntSushi/cookies@v1.2.0/x.go:12:4',
    ],
    ['noted', 'plugin', 'dependency-needs-newer-go', 'plugins/echo/go.mod', 'needs Go 1.27 (its `go` line)'],
    ['missing', 'plugin', 'missing-functions', 'input package', 'has no function GetGotifyPluginInfo,'],
    [
      'wrong',
      'plugin',
      'wrong-signature',
      'plugins/echo/go.mod',
      'NewGotifyPluginInstance is func(ctx plugin.UserContext, n int)',
    ],
    ['compiler', 'surroundings', 'missing-compiler', null, 'aarch64-linux-gnu-gcc'],
  ] as const)('%s', async (...[name, kind, code, where, text]) => {
    const failure = await diagnoseCompile(recorded[name], context);

    expect(failure).toMatchObject({ kind, code });
    expect(failure.where === undefined ? null : whereText(failure.where)).toBe(where);
    expect(failure.what).toContain(text);
    expect(failure.what).not.toMatch(/\p{Cc}/u);
  });

  test("a version of one's own choice (dependencies: keep) is not blamed on the pin", async () => {
    const packages = new Map(context.listing?.packages);
    packages.set(
      ...listed('github.com/gin-gonic/gin', 'gin', {
        module: { path: 'github.com/gin-gonic/gin', version: 'v1.11.0', goVersion: '1.20', main: false },
      }),
    );
    const kept = { ...context, changes: [], listing: { main: 'example.org/echo', packages } };
    expect(await diagnoseCompile(recorded.pinned, kept)).toMatchObject({ code: 'compile-error' });
  });

  test('words that are not from Go: something is said all the same', async () => {
    const failure = await diagnoseCompile('panic: \u001b[31mwhat\n', context);
    expect(failure).toMatchObject({ kind: 'plugin', code: 'compile-error' });
    expect(failure.what).toContain('panic:  [31mwhat');
  });
});

describe('diagnoseList', () => {
  test("a checksum of the own go.sum is the author's to look into, another one is not", async () => {
    const own = await diagnoseList(recorded.checksum, context);
    expect(own).toMatchObject({ kind: 'input', code: 'checksum-mismatch' });
    expect(own.where && whereText(own.where)).toBe('plugins/echo/go.sum:1');

    const foreign = await diagnoseList(recorded.checksum, {
      ...context,
      project: { ...context.project, goSumText: null },
    });
    expect(foreign).toMatchObject({ kind: 'surroundings', code: 'checksum-mismatch' });
    expect(foreign.where && whereText(foreign.where)).toBe('plugins/echo/go.mod:9');
  });

  test.each([
    [
      'go: golang.org/x/time@v0.16.0 requires go >= 1.26.0 (running go 1.24.1; GOTOOLCHAIN=local)',
      'dependency-needs-newer-go',
    ],
    ['go: /pin/go.mod requires go >= 1.27 (running go 1.24.1; GOTOOLCHAIN=local)', 'plugin-needs-newer-go'],
    [
      'go: /home/me@work/my cache/pin/go.mod requires go >= 1.27 (running go 1.24.1; GOTOOLCHAIN=local)',
      'plugin-needs-newer-go',
    ],
    [
      'plugin.go:5:2: package testing/synctest is not in std (/usr/local/go/src/testing/synctest)',
      'plugin-needs-newer-go',
    ],
    ['plugin.go:5:2: package netx/http is not in std (/usr/local/go/src/netx/http)', 'compile-error'],
    ['no Go files in /proj', 'no-go-files'],
    ['package example.org/echo: build constraints exclude all Go files in /proj', 'no-go-files'],
    ['found packages other (b.go) and main (plugin.go) in /proj', 'compile-error'],
    ["b.go:1:1: expected 'package', found hello", 'compile-error'],
    [
      'package example.org/echo\n\timports example.org/echo/a from plugin.go\n\timports example.org/echo/a from a.go: import cycle not allowed',
      'compile-error',
    ],
    [
      'package example.org/echo\n\tplugin.go:5:2: use of internal package github.com/gin-gonic/gin/internal/json not allowed',
      'compile-error',
    ],
    [
      'go: errors parsing /replaced/0/go.mod:\n/replaced/0/go.mod:5: unknown directive: toolchain',
      'malformed-go-mod',
    ],
  ])('%s', async (stderr, code) => {
    expect(await diagnoseList(stderr, context)).toMatchObject({ code });
  });

  test.each([
    ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'module-auth'],
    [
      "fatal: unable to access 'https://github.com/x/y/': Could not resolve host: github.com",
      'module-download',
    ],
    ['remote: Repository not found.', 'module-auth'],
  ])('git says: %s', async (line, code) => {
    const stderr = `go: golang.org/x/time@v0.5.0: reading golang.org/x/time/go.mod at revision v0.5.0: git ls-remote -q https://x in /go/pkg/mod/cache/vcs/f9: exit status 128:\n\t${line}\n`;
    const failure = await diagnoseList(stderr, context);
    expect(failure).toMatchObject({ kind: 'surroundings', code });
    expect(failure.where && whereText(failure.where)).toBe('plugins/echo/go.mod:9');
  });
});

describe('a link out of the folder that a container sees', () => {
  let base = '';
  let inContainer: DiagnosisContext;
  beforeEach(async () => {
    base = await realpath(await mkdtemp(join(tmpdir(), 'diagnose-')));
    for (const dir of ['shared/pkg', 'plugins/echo/own', 'plugins/lib']) {
      await mkdir(join(base, dir), { recursive: true });
    }
    await writeFile(join(base, 'shared/y.go'), 'package main\n');
    const moduleDir = join(base, 'plugins/echo');
    inContainer = { ...context, project: { ...context.project, moduleDir } };
  });
  afterEach(() => rm(base, { recursive: true }));

  test.each([
    ['y.go', 'shared/y.go', 'open /proj/y.go: no such file or directory'],
    [
      'pkg',
      'shared/pkg',
      'plugin.go:3:8: no required module provides package example.org/echo/pkg; to add it:',
    ],
    [
      'a/b',
      'shared',
      'plugin.go:3:8: module example.org/echo/a/b/pkg: reading https://x/list: 404 Not Found',
    ],
    ['go.mod', 'shared/y.go', 'go: cannot find main module, but -modfile was set.'],
  ])('%s to %s', async (link, target, stderr) => {
    await mkdir(dirname(join(base, 'plugins/echo', link)), { recursive: true });
    await symlink(join(base, target), join(base, 'plugins/echo', link));
    const failure = await diagnoseList(`${stderr}\n`, inContainer);
    expect(failure).toMatchObject({ kind: 'input', code: 'link-out-of-module' });
    expect(failure.what).toContain(`plugins/echo/${link} is a link to ${join(base, target)}`);
    expect(failure.where).toEqual({ kind: 'file', file: `plugins/echo/${link}` });
  });

  test('in a replacement', async () => {
    await symlink('../../shared/y.go', join(base, 'plugins/lib/y.go'));
    const failure = await diagnoseList('open /replaced/0/y.go: no such file or directory\n', inContainer);
    expect(failure.what).toContain('plugins/lib/y.go is a link to');
  });

  test('is no reason where it leads to the inside, or go runs on this machine, or nothing is there', async () => {
    const stderr = 'open /proj/y.go: no such file or directory\n';
    expect((await diagnoseList(stderr, inContainer)).code).toBe('compile-error');
    await writeFile(join(base, 'plugins/echo/own/y.go'), 'package main\n');
    await symlink('own/y.go', join(base, 'plugins/echo/y.go'));
    expect((await diagnoseList(stderr, inContainer)).code).toBe('compile-error');
    await rm(join(base, 'plugins/echo/y.go'));
    await symlink('../../shared/y.go', join(base, 'plugins/echo/y.go'));
    expect((await diagnoseList(stderr, inContainer)).code).toBe('link-out-of-module');
    const places = { ...inContainer.places, module: inContainer.project.moduleDir };
    expect((await diagnoseList(stderr, { ...inContainer, places })).code).toBe('compile-error');
  });
});

test.each([
  'x.go:2:8: rsc.io/quote@v1.5.2: verifying module: rsc.io/quote@v1.5.2: initializing sumdb.Client: could not locate sumdb file: missing $GOPATH: HOME is not set',
  'x.go:2:8: rsc.io/quote@v1.5.2: verifying module: rsc.io/quote@v1.5.2: open /nonexistent/go/pkg/sumdb/sum.golang.org/latest: no such file or directory',
])('no place for the checksum database is no fault of the plugin: %s', async (stderr) => {
  expect(await diagnoseList(`go: downloading rsc.io/quote v1.5.2\n${stderr}\n`, context)).toMatchObject({
    kind: 'surroundings',
    code: 'checksum-database',
    what: expect.stringContaining('rsc.io/quote@v1.5.2'),
  });
});

describe('lacksModules', () => {
  test.each([
    ['x.go:3:8: module lookup disabled by GOPROXY=off', true],
    ['go: updates to go.mod needed', true],
    [
      'go: a.org/b@v1.0.0: open /my cache/mod/cache/download/a.org/b/@v/v1.0.0.zip: no such file or directory',
      true,
    ],
    [recorded.ordinary, false],
    ['', false],
  ])('%s', (stderr, expected) => {
    expect(lacksModules(stderr)).toBe(expected);
  });
});

describe('parseGoOutput', () => {
  test('tells errors from what goes with them', () => {
    const { errors, rest } = parseGoOutput(
      `go: downloading x v1.0.0\n${recorded.ordinary}note: module requires Go 1.27\n`,
    );
    expect(errors.map(({ package: pkg, file, line }) => [pkg, file, line])).toEqual([
      ['example.org/echo', './cmd/x.go', 5],
      ['example.org/echo', './plugin.go', 9],
    ]);
    expect(rest).toEqual(['note: module requires Go 1.27']);
  });

  test("gcc's echo of the source is no error", () => {
    const text =
      '# x\n./c.go:3:3: error: #error ::warning::x\n    3 | // #error ::warning::x\n      |   ^~~~~\n';
    expect(parseGoOutput(text).errors).toHaveLength(1);
  });
});

describe('placeOf', () => {
  test.each([
    ['./a.go', 'own', 'plugins/echo/a.go'],
    ['/proj/sub/a.go', 'own', 'plugins/echo/sub/a.go'],
    ['../replaced/0/a.go', 'replaced', 'plugins/lib/a.go'],
    [
      '../go/pkg/mod/github.com/!burnt!sushi/toml@v1.0.0/a.go',
      'module',
      'github.com/BurntSushi/toml@v1.0.0/a.go',
    ],
    ['../pin/api_check.go', 'api-check', '/pin/api_check.go'],
    ['/usr/local/go/src/fmt/print.go', 'other', '/usr/local/go/src/fmt/print.go'],
  ])('%s', (file, kind, display) => {
    expect(placeOf(file, context)).toMatchObject({ kind, display });
  });
});
