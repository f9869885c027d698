import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import { serverFromFiles, type ServerFiles } from '../../../src/gotify/server-files.js';

const commit = 'c'.repeat(40);
const source = { kind: 'catalog', because: 'a test' } as const;

const files: ServerFiles = {
  goVersion: '1.24.1\n',
  goMod: `module github.com/gotify/server/v2

go 1.24.0

toolchain go1.24.7

require (
\texample.org/b v1.1.0
\texample.org/B v1.2.0 // indirect
)

require example.org/a v1.0.0
`,
  goSum: `example.org/a v1.0.0 h1:aa=
example.org/a v1.0.0/go.mod h1:am=
example.org/b v1.1.0 h1:bb=
example.org/b v1.1.5 h1:b5=
`,
};

function failureOf(change: Partial<ServerFiles>): Failure {
  try {
    serverFromFiles({ ...files, ...change }, { tag: 'v9.9.9', commit, source });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
}

describe('serverFromFiles', () => {
  test('lists the modules of go.mod by path, with the sums of their files', () => {
    const build = serverFromFiles(files, { tag: 'v9.9.9', commit, source });
    expect(build.buildList).toEqual([
      // In Go's order: by bytes, not by letters.
      { path: 'example.org/B', version: 'v1.2.0' },
      { path: 'example.org/a', version: 'v1.0.0', sum: 'h1:aa=' },
      { path: 'example.org/b', version: 'v1.1.0', sum: 'h1:bb=' },
    ]);
    expect(build).toMatchObject({
      version: 'v9.9.9',
      tag: 'v9.9.9',
      commit,
      source,
      goMod: files.goMod,
      goSum: files.goSum,
    });
    expect(build.pinList).toEqual({ source: 'go.mod', modules: build.buildList });
  });

  test('is called by its commit where it has no tag', () => {
    expect(serverFromFiles(files, { tag: null, commit, source })).toMatchObject({
      version: 'gcccccccccccc',
      tag: null,
    });
  });

  test.each([
    ['1.24.1\n', '1.24.1'],
    ['go1.24.1', '1.24.1'],
    [null, '1.24.7'],
  ])('GO_VERSION %j means Go %s', (goVersion, expected) => {
    expect(serverFromFiles({ ...files, goVersion }, { tag: null, commit, source }).goVersion).toBe(expected);
  });

  test.each([
    ['latest\n', files.goMod, 'gotify/server@v9.9.9/GO_VERSION: "latest" is not a version of Go'],
    ['', files.goMod, 'gotify/server@v9.9.9/GO_VERSION: "" is not a version of Go'],
    [null, files.goMod.replace('go1.24.7', 'default'), 'gotify/server@v9.9.9/go.mod: "default" is not'],
    [
      null,
      files.goMod.replace(/toolchain.*\n/, ''),
      'gotify/server@v9.9.9/go.mod: this server does not say which Go',
    ],
  ])('GO_VERSION %j tells no Go version', (goVersion, goMod, message) => {
    const failure = failureOf({ goVersion, goMod });
    expect(failure).toMatchObject({ kind: 'input', code: 'server-go-version' });
    expect(failure.message).toContain(message);
  });

  test.each(['go 1.16', 'go 1.11', ''])('a go.mod with %j does not name every module', (line) => {
    const failure = failureOf({ goMod: files.goMod.replace('go 1.24.0', line) });
    expect(failure).toMatchObject({ kind: 'input', code: 'server-too-old' });
    expect(failure.remedy).toBe('Choose v2.1.6 or newer.');
  });

  test('a replace by another version of the module counts', () => {
    const goMod = `${files.goMod}\nreplace example.org/b => example.org/b v1.1.5\nreplace example.org/a v0.9.0 => example.org/a v0.9.1\n`;
    const { buildList } = serverFromFiles({ ...files, goMod }, { tag: null, commit, source });
    expect(buildList.map(({ version, sum }) => `${version} ${sum ?? ''}`)).toEqual([
      'v1.2.0 ',
      'v1.0.0 h1:aa=',
      'v1.1.5 h1:b5=',
    ]);
  });

  test.each(['../fork', 'example.org/fork v1.0.0'])('a replace by %s cannot be pinned to', (other) => {
    const failure = failureOf({ goMod: `${files.goMod}replace example.org/b => ${other}\n` });
    expect(failure).toMatchObject({ kind: 'input', code: 'server-replace' });
    expect(failure.where).toEqual({ kind: 'file', file: 'gotify/server@v9.9.9/go.mod', line: 13 });
  });

  test('a malformed file is named with its line', () => {
    expect(failureOf({ goMod: 'module x\n\nrequire (\n' }).message).toMatch(
      /^gotify\/server@v9\.9\.9\/go\.mod:/,
    );
    expect(failureOf({ goSum: 'example.org/a v1.0.0\n' }).message).toMatch(
      /^gotify\/server@v9\.9\.9\/go\.sum:1/,
    );
  });
});
