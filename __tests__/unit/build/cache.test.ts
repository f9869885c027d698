import { describe, expect, test } from '@jest/globals';
import { cachePaths, pinListKey } from '../../../src/build/cache.js';
import { defaultCacheDir } from '../../../src/options/cache-dir.js';
import { targetNames } from '../../../src/build/target.js';
import { failureIn } from '../../support/failure-in.js';

const request = {
  cacheDir: '/cache',
  builder: 'docker',
  uid: 1000,
  goVersion: '1.26.0',
  pinListKey: 'key',
  target: 'linux-amd64',
} as const;

describe('cachePaths', () => {
  test('says in the path what a cache is for', () => {
    expect(cachePaths(request)).toEqual({
      modCache: '/cache/docker-1000/mod',
      buildCache: expect.stringMatching(/^\/cache\/docker-1000\/build\/go1\.26\.0-linux-amd64-[0-9a-f]{12}$/),
    });
  });

  test.each([
    ['builder', { builder: 'host' }, false],
    ['user', { uid: 0 }, false],
    ['Go version', { goVersion: '1.26.1' }, true],
    ['pin list', { pinListKey: 'other' }, true],
    ['target', { target: 'linux-arm64' }, true],
  ] as const)('another %s has another build cache', (_, change, sameModules) => {
    const [one, other] = [cachePaths(request), cachePaths({ ...request, ...change })];
    expect(other.buildCache).not.toBe(one.buildCache);
    expect(other.modCache === one.modCache).toBe(sameModules);
  });

  test('every target has its own', () => {
    const all = targetNames.map((target) => cachePaths({ ...request, target }).buildCache);
    expect(new Set(all).size).toBe(targetNames.length);
  });
});

describe('pinListKey', () => {
  const [a, b] = [
    { path: 'example.org/a', version: 'v1.0.0' },
    { path: 'example.org/b', version: 'v1.0.0', sum: 'h1:x' },
  ];

  test('does not depend on the order, nor on who names the sums', () => {
    expect(pinListKey([a, b])).toBe(pinListKey([{ ...b, sum: 'h1:y' }, a]));
  });

  test('depends on each version', () => {
    expect(pinListKey([a, b])).not.toBe(pinListKey([a, { ...b, version: 'v1.0.1' }]));
    expect(pinListKey([a, b])).not.toBe(pinListKey([a]));
  });
});

describe('defaultCacheDir', () => {
  test.each([
    [{ HOME: '/home/me' }, 'linux', '/home/me/.cache/gotify-plugin-build'],
    [{ HOME: '/home/me' }, 'darwin', '/home/me/Library/Caches/gotify-plugin-build'],
    [{ HOME: '/home/me', XDG_CACHE_HOME: '/fast' }, 'linux', '/fast/gotify-plugin-build'],
    // The specification of XDG_CACHE_HOME: a relative path is to be ignored.
    [{ HOME: '/home/me', XDG_CACHE_HOME: 'fast' }, 'linux', '/home/me/.cache/gotify-plugin-build'],
  ] as const)('%j on %s', (env, platform, expected) => {
    expect(defaultCacheDir(env, platform)).toBe(expected);
  });

  test('without any place it asks for one', () => {
    expect(failureIn(() => defaultCacheDir({}, 'linux'))).toMatchObject({
      kind: 'input',
      code: 'no-cache-dir',
      where: { kind: 'input', input: 'cache-dir' },
    });
  });
});
