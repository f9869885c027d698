import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { listArgs, newestModules, parseListing } from '../../../src/plugin/list.js';
import { failureIn } from '../../support/failure-in.js';

/**
 * What `go list` of that version printed for the fixture plugin `minimal`, pinned to gotify v2.3.0 and v3.0.0, with
 * the arguments of listArgs; only the paths of the machine were changed.
 */
function recorded(goVersion: '1.19.1' | '1.26.0'): string {
  const name = `../../fixtures/plugin-listing/minimal-go${goVersion}.txt`;
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

describe('listArgs', () => {
  const places = { pin: '/pin' };

  test('lists the package and all it imports, by the build-only go.mod', () => {
    expect(listArgs({ places, package: './cmd/x', tags: null })).toEqual([
      'list',
      '-deps',
      '-mod=mod',
      '-modfile=/pin/go.mod',
      '-json=ImportPath,Name,Standard,DepOnly,Imports,ImportMap,CgoFiles,Module',
      './cmd/x',
    ]);
  });

  test('sees the files of the build tags', () => {
    expect(listArgs({ places, package: '.', tags: 'a,b' })).toContain('-tags=a,b');
  });

  test('reads what lies over files only where that is asked for', () => {
    const args = (overlay: boolean): string[] => listArgs({ places, package: '.', tags: null, overlay });
    expect(args(true)).toContain('-overlay=/pin/overlay.json');
    expect(args(false).join(' ')).not.toContain('overlay');
  });
});

test('newestModules reads what Go found for imports that nothing requires', () => {
  const stderr = `go: finding module for package example.org/a/sub
go: downloading example.org/a v1.2.0
go: found example.org/a/sub in example.org/a v1.2.0
go: found example.org/b in example.org/b v0.0.0-20240101000000-abcdefabcdef
`;
  expect(newestModules(stderr)).toEqual([
    { path: 'example.org/a', version: 'v1.2.0', importPath: 'example.org/a/sub' },
    { path: 'example.org/b', version: 'v0.0.0-20240101000000-abcdefabcdef', importPath: 'example.org/b' },
  ]);
  expect(newestModules('go: downloading example.org/a v1.2.0\n')).toEqual([]);
});

describe('parseListing', () => {
  test.each([
    { goVersion: '1.19.1', count: 188, gin: 'v1.8.1', ginGo: '1.18', ownGo: '1.19' },
    // Go 1.21 and later raise the go line of the build-only go.mod to what the modules ask for.
    { goVersion: '1.26.0', count: 313, gin: 'v1.12.0', ginGo: '1.25.0', ownGo: '1.25.0' },
  ] as const)('reads what Go $goVersion prints', ({ goVersion, count, gin, ginGo, ownGo }) => {
    const listing = parseListing(recorded(goVersion));

    expect(listing.main).toBe('example.com/min');
    expect(listing.packages.size).toBe(count);
    expect(listing.packages.get(listing.main)).toEqual({
      importPath: 'example.com/min',
      name: 'main',
      standard: false,
      imports: ['github.com/gotify/plugin-api'],
      module: { path: 'example.com/min', version: null, goVersion: ownGo, main: true },
      usesCgo: false,
    });
    expect(listing.packages.get('github.com/gin-gonic/gin')?.module).toEqual({
      path: 'github.com/gin-gonic/gin',
      version: gin,
      goVersion: ginGo,
      main: false,
      replaces: 'v1.3.0',
    });
    expect(listing.packages.get('net')).toMatchObject({ standard: true, usesCgo: true });
  });

  test("names the standard library's own copies by the path that they have", () => {
    const { packages } = parseListing(recorded('1.26.0'));
    for (const path of packages.get('net/http')?.imports ?? []) expect(packages.has(path)).toBe(true);
  });

  test('reads a listing of 400 packages in a blink', () => {
    const text = recorded('1.26.0').repeat(2);
    const begin = performance.now();
    parseListing(text);
    expect(performance.now() - begin).toBeLessThan(500);
  });

  test('a local replacement has no version', () => {
    const module = {
      Path: 'example.org/lib',
      Version: 'v0.0.0',
      Replace: { Path: '../lib', GoVersion: '1.18' },
    };
    const text = JSON.stringify({ ImportPath: 'example.org/lib', Name: 'lib', Module: module });
    expect(parseListing(text).packages.get('example.org/lib')?.module).toEqual({
      path: 'example.org/lib',
      version: null,
      goVersion: '1.18',
      main: false,
      replaces: 'v0.0.0',
      replacedBy: '../lib',
    });
  });

  test("another module's files are told from the module's own", () => {
    const module = (path: string) => ({
      Path: 'example.org/lib',
      Version: 'v1.0.0',
      Replace: { Path: path, Version: 'v1.2.0' },
    });
    const listed = (path: string) =>
      parseListing(
        JSON.stringify({ ImportPath: 'example.org/lib', Name: 'lib', Module: module(path) }),
      ).packages.get('example.org/lib')?.module;
    expect(listed('example.org/fork')).toMatchObject({ version: 'v1.2.0', replacedBy: 'example.org/fork' });
    expect(listed('example.org/lib')).not.toHaveProperty('replacedBy');
  });

  test.each([
    ['nothing', '', 'it names no package but dependencies'],
    ['text', 'hello', 'it is not JSON'],
    ['half an object', '{\n\t"ImportPath": "a",', 'it is not JSON'],
    ['another shape', '{\n\t"ImportPath": 1\n}\n', '0.ImportPath: '],
    [
      'dependencies alone',
      '{\n\t"ImportPath": "fmt",\n\t"DepOnly": true\n}\n',
      'it names no package but dependencies',
    ],
  ])('%s is a failure', (_, text, why) => {
    const failure = failureIn(() => parseListing(text));
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'go-list-unreadable' });
    expect(failure.what).toContain(why);
  });
});
