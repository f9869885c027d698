import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import type { BuildInfo } from '../../../src/go/buildinfo.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { parseSumFile } from '../../../src/go/sumfile.js';
import { serverFromBuildInfo } from '../../../src/gotify/binary.js';

const path = '/opt/gotify/gotify-linux-amd64';
const commit = '497f9459d2bc54b432131444f4c56dd3e1d609fa';

const info: BuildInfo = {
  goVersion: 'go1.26.0',
  path: 'github.com/gotify/server/v2',
  main: { path: 'github.com/gotify/server/v2', version: '(devel)' },
  deps: [
    { path: 'github.com/gotify/plugin-api', version: 'v1.0.0', sum: 'h1:pp=' },
    { path: 'github.com/gin-gonic/gin', version: 'v1.12.0', sum: 'h1:gg=' },
  ],
  settings: {
    '-ldflags': `-w -s -X main.Version=3.0.0 -X main.BuildDate=2026-07-18-10:11:12 -X main.Commit=${commit} -X main.Mode=prod`,
  },
};

function failureOf(broken: BuildInfo | null): Failure {
  try {
    serverFromBuildInfo(broken, path);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
}

describe('serverFromBuildInfo', () => {
  test('takes Go, modules, version and commit from the binary', () => {
    const build = serverFromBuildInfo(info, path);
    const modules = [info.deps[1], info.deps[0]];
    expect(build).toMatchObject({
      version: 'v3.0.0',
      // It may have been built anywhere: a release's assets and manifests are not for it.
      tag: null,
      commit,
      goVersion: '1.26.0',
      buildList: modules,
      pinList: { source: 'binary', modules },
      source: { kind: 'binary', path },
    });
  });

  test('makes a go.mod and a go.sum that name the same', () => {
    const { goMod, goSum } = serverFromBuildInfo(info, path);
    const mod = parseModFile(goMod, 'go.mod');
    expect(mod.module).toBe('github.com/gotify/server/v2');
    expect(mod.go?.version).toBe('1.26.0');
    expect(mod.requires.map(({ path: name, version }) => `${name} ${version}`)).toEqual([
      'github.com/gin-gonic/gin v1.12.0',
      'github.com/gotify/plugin-api v1.0.0',
    ]);
    expect(parseSumFile(goSum, 'go.sum').h1('github.com/gin-gonic/gin', 'v1.12.0')).toBe('h1:gg=');
  });

  test.each([
    ['go1.26.0', '1.26.0', '1.26.0'],
    ['go1.19.1', '1.19.1', '1.19'],
    ['go1.20', '1.20.0', '1.20'],
    ['go1.27rc1', '1.27rc1', '1.27rc1'],
  ])('%s is Go %s, with go line %s', (goVersion, version, line) => {
    const build = serverFromBuildInfo({ ...info, goVersion }, path);
    expect(build.goVersion).toBe(version);
    expect(parseModFile(build.goMod, 'go.mod').go?.version).toBe(line);
  });

  test.each(['go1.26.0 X:nogreenteagc', 'devel go1.27-abcdef0123 Sat Jan 3', ''])(
    '%j is no release of Go',
    (goVersion) => {
      expect(failureOf({ ...info, goVersion })).toMatchObject({ kind: 'input', code: 'server-go-version' });
    },
  );

  test.each([
    [{}, '(devel)', ['custom', null]],
    [{ 'vcs.revision': commit }, '(devel)', ['g497f9459d2bc', commit]],
    [
      { 'vcs.revision': commit },
      'v3.0.1-0.20260718-497f9459d2bc',
      ['v3.0.1-0.20260718-497f9459d2bc', commit],
    ],
    [{ '-ldflags': "-X 'main.Version=2.9.1'" }, '(devel)', ['v2.9.1', null]],
    [{ '-ldflags': '-X main.Version=unknown -X main.Commit=abc' }, '(devel)', ['custom', null]],
  ])('settings %j and module version %s name it %j', (settings, version, expected) => {
    const main = { path: 'github.com/gotify/server/v2', version };
    const build = serverFromBuildInfo({ ...info, main, settings: { ...settings } }, path);
    expect([build.version, build.commit]).toEqual(expected);
  });

  test('a module replaced by another cannot be pinned to; by another version of itself it can', () => {
    const gin = { path: 'github.com/gin-gonic/gin', version: 'v1.12.1', sum: 'h1:g1=' };
    const failure = failureOf({ ...info, deps: [{ ...gin, replacedBy: 'example.org/gin' }] });
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'server-replace',
      where: { kind: 'file', file: path },
    });
    expect(failure.what).toContain('example.org/gin in place of github.com/gin-gonic/gin');
    const own = serverFromBuildInfo({ ...info, deps: [{ ...gin, replacedBy: gin.path }] }, path);
    expect(own.buildList).toEqual([gin]);
    expect(failureOf({ ...info, deps: [{ path: gin.path, version: 'v1.12.1' }] }).code).toBe(
      'server-replace',
    );
  });

  test.each([
    [null, 'it has no Go build info'],
    [
      { ...info, main: { path: 'example.org/plugin', version: '(devel)' } },
      'its module is example.org/plugin',
    ],
    [{ ...info, main: null }, 'its module is unnamed'],
  ])('what is no gotify server says so', (broken, what) => {
    const failure = failureOf(broken);
    expect(failure).toMatchObject({ kind: 'input', code: 'not-gotify' });
    expect(failure.what).toContain(what);
  });
});
