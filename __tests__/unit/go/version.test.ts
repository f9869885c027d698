import { describe, expect, test } from '@jest/globals';
import {
  compareGoVersions,
  compareModuleVersions,
  goLineFor,
  isGoVersion,
  languageVersion,
  toolchainName,
  toolchainVersion,
} from '../../../src/go/version.js';

/** Every pair of an ascending list must compare as its positions do. */
function expectAscending(versions: readonly string[], compare: (a: string, b: string) => number): void {
  for (const [i, a] of versions.entries()) {
    for (const [j, b] of versions.entries()) {
      expect([a, b, Math.sign(compare(a, b))]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
}

describe('compareGoVersions', () => {
  test('orders as internal/gover does', () => {
    expectAscending(
      [
        'x',
        '1.2rc1',
        '1.2',
        '1.9',
        '1.19rc2',
        '1.19',
        '1.19.1',
        '1.20',
        '1.20.14',
        '1.21',
        '1.21alpha1',
        '1.21beta1',
        '1.21rc',
        '1.21rc1',
        '1.21rc2',
        '1.21rc10',
        '1.21.0',
        '1.21.1',
        '1.21.10',
        '1.26.0',
        '1.99999999999999999999',
        '2.0',
      ],
      compareGoVersions,
    );
  });

  test.each([
    ['1', '1.0.0'],
    ['1.20', '1.20.0'],
    ['go1.21', 'nonsense'],
    ['1.021', ''],
    ['1.21.0rc1', ''],
  ])('%s = %s', (a, b) => {
    expect(compareGoVersions(a, b)).toBe(0);
    expect(compareGoVersions(b, a)).toBe(0);
  });
});

test.each([
  ['1.26.0', 'go1.26.0', '1.26.0', '1.26'],
  ['1.21.0', 'go1.21.0', '1.21.0', '1.21'],
  ['1.21rc2', 'go1.21rc2', '1.21rc2', '1.21'],
  ['1.22', 'go1.22.0', '1.22', '1.22'],
  ['1.20.0', 'go1.20', '1.20', '1.20'],
  ['1.20', 'go1.20', '1.20', '1.20'],
  ['1.19.1', 'go1.19.1', '1.19', '1.19'],
  ['1.18rc1', 'go1.18rc1', '1.18', '1.18'],
  ['1.12.0', 'go1.12', '1.12', '1.12'],
])('Go %s is toolchain %s, go line %s, language %s', (version, ...expected) => {
  expect([toolchainName(version), goLineFor(version), languageVersion(version)]).toEqual(expected);
});

test.each([
  ['1.21', true],
  ['1.21.0', true],
  ['1', true],
  ['go1.21', false],
  ['1.', false],
  ['01.2', false],
  ['1.2.3.4', false],
])('isGoVersion %s: %s', (text, valid) => {
  expect(isGoVersion(text)).toBe(valid);
});

describe('compareModuleVersions', () => {
  test('orders as golang.org/x/mod/semver does', () => {
    expectAscending(
      [
        'latest',
        'v0.0.0-20170722210143-03bc4ad20437',
        'v0.0.0-20220829220503-c86fa9a7ed90',
        'v0.0.0',
        'v0.3.1-0.20220829220503-c86fa9a7ed90',
        'v0.3.1-2',
        'v0.3.1-10',
        'v0.3.1-alpha',
        'v0.3.1-alpha.1',
        'v0.3.1-alpha.beta',
        'v0.3.1-beta',
        'v0.3.1',
        'v1.9.0',
        'v1.10.0',
        'v1.99999999999999999999.0',
        'v2.0.0+incompatible',
        'v2.1.0',
      ],
      compareModuleVersions,
    );
  });

  test.each([
    ['v2.0.0+incompatible', 'v2.0.0'],
    ['v1', 'v1.0.0'],
    ['v1.2', 'v1.2.0'],
    ['1.0.0', 'v1.0.0-01'],
    ['v1.0.0-', 'v1.0.0-a..b'],
    ['v1.0.0+a..b', 'v1.2.3.4'],
    ['v1.0.0+meta', 'v1.0.0+other'],
  ])('%s = %s', (a, b) => {
    expect(compareModuleVersions(a, b)).toBe(0);
  });
});

test.each([
  ['go1.26.0', '1.26.0'],
  ['go1.26.0-custom', '1.26.0'],
  ['go1.21rc2', '1.21rc2'],
  ['default', null],
  ['go', null],
  ['1.26.0', null],
])('the toolchain %s is of Go %s', (name, version) => {
  expect(toolchainVersion(name)).toBe(version);
});
