import { describe, expect, test } from '@jest/globals';
import { capLines, offerAll, unknownLines } from '../../../src/cap/rule.js';
import { parseModFile } from '../../../src/go/modfile.js';

const versions = new Map([
  ['example.com/a', 'v1.5.0'],
  ['example.com/b', 'v1.6.0'],
]);
const cap = (goVersion: string) => ({ file: 'go.mod', goVersion, versions });

describe('lines are capped', () => {
  test('up and down, and what is added is not added twice', () => {
    const text = 'module x\n\ngo 1.21\n\nrequire example.com/a v1.9.0\nrequire example.com/own v1.0.0\n';
    expect(capLines(text, cap('1.26.0'), ['example.com/a', 'example.com/b', 'example.com/unknown'])).toBe(
      `${text.replace('v1.9.0', 'v1.5.0')}\nrequire (\n\texample.com/b v1.6.0 // indirect\n)\n`,
    );
  });

  test.each([
    ['1.26.0', 'go 1.26.8', 'go 1.26.0'],
    ['1.26.0', 'go 1.27', 'go 1.26.0'],
    ['1.26.0', 'go 1.26', 'go 1.26'],
    ['1.26.0', 'go 1.26rc1', 'go 1.26rc1'],
    ['1.26.0', 'go 1.13', 'go 1.13'],
    ['1.19.1', 'go 1.19.1', 'go 1.19'],
    ['1.19.1', 'go 1.18.4', 'go 1.18'],
    ['1.19.1', 'go 1.21.0', 'go 1.19'],
    ['1.26.0', 'go 1.26.0\n\ntoolchain go1.26.8', 'go 1.26.0'],
    ['1.26.0', 'go 1.26.0\ntoolchain go1.26.8-custom', 'go 1.26.0'],
    ['1.26.0', 'go 1.24.0\ntoolchain go1.26.0', 'go 1.24.0\ntoolchain go1.26.0'],
    ['1.26.0', 'go 1.24.0\ntoolchain default', 'go 1.24.0\ntoolchain default'],
    ['1.19.1', 'go 1.18\ntoolchain default', 'go 1.18'],
  ])('for Go %s: %j', (goVersion, before, after) => {
    const text = (lines: string): string => `module x\n${lines}\n`;
    expect(capLines(text(before), cap(goVersion), [])).toBe(text(after));
  });
});

test('all modules are offered in a file that names what it uses', () => {
  const offered = parseModFile(offerAll('module x\n\ngo 1.13\n', cap('1.26.0')), 'go.mod');
  expect(offered.go?.version).toBe('1.26.0');
  expect(offered.requires).toMatchObject([
    { path: 'example.com/a', version: 'v1.5.0', indirect: true },
    { path: 'example.com/b', version: 'v1.6.0', indirect: true },
  ]);
  expect(parseModFile(offerAll('module x', cap('1.26.0')), 'go.mod').go?.version).toBe('1.26.0');
});

test.each([
  ['1.26.0', []],
  ['1.24.1', ['ignore']],
  ['1.23.2', ['tool', 'ignore']],
  ['1.19.1', ['godebug', 'tool', 'ignore']],
])('Go %s does not know the lines %j', (goVersion, verbs) => {
  const mod = parseModFile('module x\ngodebug a=b\ntool x/y\nignore ./z\n', 'go.mod');
  expect(unknownLines(mod, goVersion).map(({ verb }) => verb)).toEqual(verbs);
});
