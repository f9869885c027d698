import { describe, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import type { Module } from '../../../src/go/module.js';
import type { ListedModule, ListedPackage, PluginListing } from '../../../src/plugin/listing.js';
import {
  isImportable,
  reachOf,
  readCompleteness,
  referenceHostFiles,
  type Reach,
} from '../../../src/verify/reference-host.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';

describe.each(['v2.3.0', 'v2.6.3', 'v3.0.0'])('the go.mod of a reference host for %s', (tag) => {
  test("has the server's requirements, sums and go line, and neither its name nor its toolchain", async () => {
    const server = await catalogServer(tag);
    const host = referenceHostFiles({ server, packages: ['fmt'] });
    const [ours, theirs] = [parseModFile(host.goMod, 'host'), parseModFile(server.goMod, 'server')];
    const plain = (file: typeof ours) =>
      file.requires.map(({ path, version, indirect }) => ({ path, version, indirect }));
    expect(plain(ours)).toEqual(plain(theirs));
    expect(ours.go?.version).toBe(theirs.go?.version);
    expect(ours.toolchain).toBeNull();
    expect(ours.module).not.toMatch(/gotify\/server/);
    expect(host.goSum).toBe(server.goSum);
  });
});

test('replace and exclude lines come along, but for folders of the server itself', () => {
  const goMod = [
    'module github.com/gotify/server/v2',
    'go 1.20',
    'require a.example/x v1.0.0',
    'replace a.example/x => b.example/x v1.2.0',
    'replace a.example/y v1.1.0 => b.example/y v1.3.0',
    'replace a.example/z => ./local',
    'exclude a.example/x v0.9.0',
    'tool a.example/x/cmd',
  ].join('\n');
  const host = referenceHostFiles({ server: { version: 'v1', goMod, goSum: '' }, packages: [] });
  expect(host.goMod.split('\n').slice(1, -1)).toEqual([
    'go 1.20',
    'require a.example/x v1.0.0',
    'replace a.example/x => b.example/x v1.2.0',
    'replace a.example/y v1.1.0 => b.example/y v1.3.0',
    'exclude a.example/x v0.9.0',
  ]);
});

test('the program imports plugin, and each importable package once', () => {
  const packages = [
    'fmt',
    'main',
    'C',
    'unsafe',
    'plugin',
    'fmt',
    'internal/abi',
    'vendor/golang.org/x/net/idna',
    'a.example/b',
  ];
  const { mainGo } = referenceHostFiles({
    server: { version: 'v1', goMod: 'module x\n', goSum: '' },
    packages,
  });
  expect(mainGo).toBe(
    'package main\n\nimport (\n\t_ "a.example/b"\n\t_ "fmt"\n\t_ "plugin"\n)\n\nfunc main() {}\n',
  );
});

test.each([
  ['fmt', true],
  ['runtime/cgo', true],
  ['github.com/gin-gonic/gin/internal/json', false],
  ['internal/abi', false],
  ['a.example/internals', true],
  ['crypto/internal/fips140', false],
  ['cmd/go', false],
  ['a.example/cmd/go', true],
  ['command-line-arguments', false],
] as const)('%s is importable: %s', (path, expected) => {
  expect(isImportable(path)).toBe(expected);
});

describe("the plugin's packages in reach of a server", () => {
  const modules = {
    gin: { path: 'a.example/gin', version: 'v1.0.0' },
    other: { path: 'b.example/other', version: 'v1.0.0' },
  };
  type Modules = Readonly<Record<string, Pick<ListedModule, 'path' | 'version' | 'replacedBy'>>>;

  /** `versions`: modules that are listed otherwise. */
  const listingOf = (versions: Modules = {}): PluginListing => {
    const entry = (
      importPath: string,
      module: keyof typeof modules | null,
      imports: readonly string[],
    ): [string, ListedPackage] => [
      importPath,
      {
        importPath,
        name: importPath === 'c.example/plugin' ? 'main' : 'x',
        standard: module === null,
        imports,
        usesCgo: false,
        ...(module !== null && {
          module: { ...modules[module], ...versions[module], goVersion: null, main: false },
        }),
      },
    ];
    return {
      main: 'c.example/plugin',
      packages: new Map([
        entry('fmt', null, ['internal/abi', 'unsafe']),
        entry('internal/abi', null, []),
        entry('a.example/gin', 'gin', ['fmt', 'C']),
        entry('a.example/gin/extra', 'gin', ['b.example/other', 'fmt']),
        entry('a.example/gin/more', 'gin', ['a.example/gin/extra']),
        entry('b.example/other', 'other', ['fmt']),
        entry('c.example/plugin', 'other', ['a.example/gin']),
      ]),
    };
  };
  const reach = (
    buildList: readonly Module[],
    { versions, tags = null }: { readonly versions?: Modules; readonly tags?: string | null } = {},
  ): Reach => reachOf({ listing: listingOf(versions), tags }, { ...server, buildList });
  const server = { version: 'v1', goMod: 'module s.example/server/v2\n' };

  test('are of its modules and the standard library, and made only of such', () => {
    expect(reach([modules.gin])).toEqual({
      sure: ['a.example/gin', 'fmt', 'internal/abi'],
      open: [],
      own: [],
    });
  });

  test('all of them, where it has every module; never the plugin', () => {
    const all = [...listingOf().packages.keys()].filter((path) => path !== 'c.example/plugin').sort();
    expect(reach([modules.gin, modules.other])).toEqual({ sure: all, open: [], own: [] });
  });

  test("a module that is listed at another version is open: the server's may be made of others", () => {
    expect(reach([{ ...modules.gin, version: 'v0.9.0' }])).toEqual({
      sure: ['fmt', 'internal/abi'],
      open: ['a.example/gin', 'a.example/gin/extra', 'a.example/gin/more'],
      own: [],
    });
  });

  test('and so is what is made of it', () => {
    const versions = { other: { path: 'b.example/other', version: null } };
    expect(reach([modules.gin, modules.other], { versions })).toEqual({
      sure: ['a.example/gin', 'fmt', 'internal/abi'],
      open: ['a.example/gin/extra', 'a.example/gin/more', 'b.example/other'],
      own: [],
    });
  });

  test('with tags everything of a module is open: a tag can add an import', () => {
    expect(reach([modules.gin], { tags: 'mine' })).toEqual({
      sure: ['fmt', 'internal/abi'],
      open: ['a.example/gin', 'a.example/gin/extra', 'a.example/gin/more'],
      own: [],
    });
  });

  test("a module at the server's version with another one's files is open, and so is what is made of it", () => {
    const versions = { other: { ...modules.other, replacedBy: 'fork.example/other' } };
    expect(reach([modules.gin, modules.other], { versions })).toEqual({
      sure: ['a.example/gin', 'fmt', 'internal/abi'],
      open: ['a.example/gin/extra', 'a.example/gin/more', 'b.example/other'],
      own: [],
    });
  });

  test("what is below the server's own module is told apart: no host has it", () => {
    const goMod = 'module b.example/other\n';
    expect(
      reachOf({ listing: listingOf(), tags: null }, { version: 'v1', goMod, buildList: [modules.gin] }),
    ).toEqual({
      sure: ['a.example/gin', 'fmt', 'internal/abi'],
      open: ['a.example/gin/extra', 'a.example/gin/more'],
      own: ['b.example/other'],
    });
  });

  test("the plugin itself is open, where the server's modules could have a package of its path", () => {
    const theirs = { path: 'c.example', version: 'v1.0.0' };
    expect(reach([modules.gin, theirs]).open).toEqual(['c.example/plugin']);
    const goMod = 'module c.example/plugin\n';
    expect(
      reachOf({ listing: listingOf(), tags: null }, { version: 'v1', goMod, buildList: [] }).own,
    ).toEqual(['c.example/plugin']);
  });

  test("a package that another module of the server's holds is open", () => {
    const nested = { path: 'a.example/gin/extra', version: 'v1.0.0' };
    expect(reach([modules.gin, nested, modules.other])).toMatchObject({
      open: ['a.example/gin/extra', 'a.example/gin/more'],
    });
  });
});

describe('what go list -e says of the packages that a server may contain', () => {
  const error = (text: string) => ({ ImportStack: [], Pos: '', Err: text });
  const printed = (...answers: readonly object[]): string =>
    answers.map((each) => `${JSON.stringify(each, null, '\t')}\n`).join('');
  const whole = { ImportPath: 'golang.org/x/net/bpf' };
  const lacking = { ImportPath: 'golang.org/x/net/http2', Incomplete: true };

  // As Go 1.19.1 and 1.26.0 print them.
  test.each([
    'cannot find module providing package golang.org/x/text/nosuch: import lookup disabled by -mod=readonly',
    'no required module provides package golang.org/x/text/nosuch; to add it:\n\tgo get golang.org/x/text/nosuch',
    'module golang.org/x/text@latest found (v0.3.7), but does not contain package golang.org/x/text/nosuch',
    'missing go.sum entry for module providing package rsc.io/quote; to add:\n\tgo mod download rsc.io/quote',
    'golang.org/x/text@v0.3.7: missing go.sum entry for go.mod file; to add it:\n\tgo mod download golang.org/x/text',
    'package nosuchstd is not in GOROOT (/go/src/nosuchstd)',
    'package nosuchstd is not in std (/go/src/nosuchstd)',
    'no Go files in ',
    'build constraints exclude all Go files in /mod/golang.org/x/net@v0.0.1/route',
  ])('the server cannot have it: %s', (text) => {
    const said = [{ Error: error(text) }, { DepsErrors: [error(text), error(text)] }];
    for (const each of said) {
      const stdout = printed(whole, { ...lacking, ...each });
      expect(readCompleteness(stdout, [whole.ImportPath, lacking.ImportPath])).toEqual({
        complete: [whole.ImportPath],
        unknown: [],
      });
    }
  });

  test.each([
    'module lookup disabled by GOPROXY=off',
    'golang.org/x/text@v0.3.7: Get "http://127.0.0.1:9/golang.org/x/text/@v/v0.3.7.zip": dial tcp 127.0.0.1:9: connect: connection refused',
    'something new',
  ])('nothing is known of it: %s', (text) => {
    const other = error('missing go.sum entry for module providing package rsc.io/quote');
    const stdout = printed({ ...lacking, DepsErrors: [error(text), other, error(text)] }, whole);
    expect(readCompleteness(stdout, [whole.ImportPath])).toEqual({
      complete: [whole.ImportPath],
      unknown: [text],
    });
  });

  test('the server cannot have a program: nothing can import it', () => {
    expect(readCompleteness(printed({ ...whole, Name: 'main' }), [whole.ImportPath])).toEqual({
      complete: [],
      unknown: [],
    });
  });

  test('nothing is known of it: no reason, or no answer', () => {
    expect(readCompleteness(printed(lacking), [lacking.ImportPath, whole.ImportPath])).toEqual({
      complete: [],
      unknown: [
        'go list does not say what golang.org/x/net/http2 lacks',
        'go list says nothing of golang.org/x/net/bpf',
      ],
    });
  });

  test('what is not the output of go list is an error', () => {
    expect(() => readCompleteness('fmt\n', ['fmt'])).toThrow(
      expect.objectContaining({ code: 'go-list-unreadable' }),
    );
  });
});

test("what a real server is made of can be imported, but for internal packages and the server's own", async () => {
  const { packages } = await catalogManifest('v3.0.0', 'linux-amd64');
  const importable = [...packages.keys()].filter(isImportable);
  expect(importable.length).toBeGreaterThan(200);
  expect(importable.every((path) => !path.includes('internal/'))).toBe(true);
});
