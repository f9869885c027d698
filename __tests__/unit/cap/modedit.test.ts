import { describe, expect, test } from '@jest/globals';
import {
  addIndirect,
  dropToolchain,
  lineEndOf,
  setGoLine,
  setRequires,
  withLineEnd,
} from '../../../src/go/modedit.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { corpusNames, corpusText } from '../../support/gomod.js';
import { failureIn } from '../../support/failure-in.js';

const file = 'go.mod';
const bothEnds = ['\n', '\r\n'] as const;
const sound = corpusNames().filter((name) => !name.startsWith('bad-'));

describe.each(bothEnds)('with lines that end in %j', (end) => {
  const lines = (...all: string[]): string => all.join(end) + end;

  test('versions change where they stand, and nothing else does', () => {
    const versions = new Map([
      ['example.com/a', 'v1.5.0'],
      ['example.com/b', 'v0.1.0'],
      ['example.com/q', 'v2.0.0+incompatible'],
    ]);
    const text = lines(
      '// Above.',
      'module   example.com/p // mine',
      '',
      'require(',
      '    example.com/a   v1.0.0   // indirect; why not',
      '\t// between',
      '\t"example.com/b" "v0.9.9"',
      ')',
      'require example.com/q v1.0.0',
      'require example.com/other v1.0.0',
      'exclude example.com/a v1.0.0',
    );
    expect(setRequires(text, file, versions)).toBe(
      text
        .replace('a   v1.0.0', 'a   v1.5.0')
        .replace('"v0.9.9"', 'v0.1.0')
        .replace('q v1.0.0', 'q v2.0.0+incompatible'),
    );
  });

  test('the go line changes, and a file without one stays', () => {
    const text = lines('module example.com/p', 'go   1.99.0 // newest', '', 'toolchain go1.99.1');
    expect(setGoLine(text, file, '1.26.0')).toBe(text.replace('1.99.0', '1.26.0'));
    expect(setGoLine(lines('module x'), file, '1.26.0')).toBe(lines('module x'));
  });

  test.each([
    [
      ['module x', '', 'go 1.21', '', 'toolchain go1.22.0 // gone', '', 'require a.b/c v1.0.0'],
      ['module x', '', 'go 1.21', '', 'require a.b/c v1.0.0'],
    ],
    [
      ['module x', 'go 1.21', 'toolchain go1.22.0', 'require a.b/c v1.0.0'],
      ['module x', 'go 1.21', 'require a.b/c v1.0.0'],
    ],
    [['toolchain go1.22.0', '', 'module x'], ['module x']],
    [
      ['module x', '', '// stays', 'toolchain go1.22.0'],
      ['module x', '', '// stays'],
    ],
    [['module x'], ['module x']],
  ])('the toolchain line of %j goes', (before, after) => {
    expect(dropToolchain(lines(...before), file)).toBe(lines(...after));
  });

  const added = [
    { path: 'example.com/new', version: 'v1.0.0' },
    { path: 'example.com/newer', version: 'v1.1.0' },
  ];

  test('indirect requirements go to the last of their kind in a block', () => {
    const text = lines(
      'module x',
      'require a.b/c v1.0.0',
      'require (',
      '\ta.b/d v1.0.0 // indirect',
      '\ta.b/e v1.0.0 // indirect; of d',
      '\t// last',
      ')',
      'exclude a.b/d v1.1.0',
    );
    expect(addIndirect(text, file, added)).toBe(
      text.replace(
        `of d${end}`,
        `of d${end}\texample.com/new v1.0.0 // indirect${end}\texample.com/newer v1.1.0 // indirect${end}`,
      ),
    );
  });

  test('indirect requirements follow single lines as single lines', () => {
    const text = lines('module x', 'require a.b/d v1.0.0 // indirect', 'exclude a.b/d v1.1.0');
    expect(addIndirect(text, file, added)).toBe(
      lines(
        'module x',
        'require a.b/d v1.0.0 // indirect',
        'require example.com/new v1.0.0 // indirect',
        'require example.com/newer v1.1.0 // indirect',
        'exclude a.b/d v1.1.0',
      ),
    );
  });

  const block = [
    '',
    'require (',
    '\texample.com/new v1.0.0 // indirect',
    '\texample.com/newer v1.1.0 // indirect',
    ')',
  ];

  test.each([
    ['after a block', ['module x', 'require (', '\ta.b/c v1.0.0', '\t// )', ')', '', 'retract v1.0.0'], 5],
    ['after a line', ['module x', 'require a.b/c v1.0.0 // indirectly', 'retract v1.0.0'], 2],
    ['at the end where nothing is required', ['module x', '', 'require ()'], 3],
  ])('indirect requirements become a block %s', (_, before, at) => {
    const after = [...before.slice(0, at), ...block, ...before.slice(at)];
    expect(addIndirect(lines(...before), file, added)).toBe(lines(...after));
  });

  test('a missing end of the last line is added where a line follows', () => {
    const text = lines('module x', 'require a.b/c v1.0.0 // indirect').slice(0, -end.length);
    expect(addIndirect(text, file, added.slice(0, 1))).toBe(
      lines('module x', 'require a.b/c v1.0.0 // indirect', 'require example.com/new v1.0.0 // indirect'),
    );
  });

  test('the end of most lines is told', () => {
    expect(lineEndOf(`${lines('module x', 'go 1.21', '// z')}\n`)).toBe(end);
    expect(withLineEnd(withLineEnd(lines('a', '', 'b'), '\n'), end)).toBe(lines('a', '', 'b'));
  });
});

/** Another version that the same path may have. */
function another(version: string): string {
  const [, major = 'v0', build = ''] = /^(v[1-9]\d*)\.[^+]*(\+incompatible)?$/.exec(version) ?? [];
  return major === 'v0' ? version : `${major}.99.99${build}`;
}

describe.each(sound)('%s of the corpus', (name) => {
  const text = corpusText(name);
  const before = parseModFile(text, file);

  test('reads as asked after every change', () => {
    const versions = new Map(before.requires.map(({ path, version }) => [path, another(version)]));
    const added = [{ path: 'example.com/added', version: 'v1.2.3' }];
    const changed = addIndirect(
      dropToolchain(setGoLine(setRequires(text, file, versions), file, '1.18'), file),
      file,
      added,
    );
    const after = parseModFile(changed, file);
    expect(after.requires.map(({ path, version }) => `${path} ${version}`).sort()).toEqual(
      [
        ...before.requires.map(({ path }) => `${path} ${versions.get(path) ?? ''}`),
        'example.com/added v1.2.3',
      ].sort(),
    );
    expect(after.requires.find(({ path }) => path === 'example.com/added')?.indirect).toBe(true);
    expect([after.go?.version, after.toolchain]).toEqual([before.go === null ? undefined : '1.18', null]);
    const rest = ({ replaces, excludes, tools, godebugs, ignores, retracts }: typeof before): unknown =>
      [replaces, excludes, tools, godebugs, ignores, retracts].map((list) =>
        list.map((item) => ({ ...item, line: 0 })),
      );
    expect(rest(after)).toEqual(rest(before));
  });

  test('stays as it is where nothing is asked', () => {
    expect(addIndirect(setRequires(text, file, new Map()), file, [])).toBe(text);
    const own = new Map(before.requires.map(({ path, version }) => [path, version]));
    if (own.size === before.requires.length) expect(setRequires(text, file, own)).toBe(text);
    else expect(before.requires.length).toBeGreaterThan(own.size);
  });
});

test('a malformed file is refused with its line', () => {
  const failure = failureIn(() => setRequires('module x\nrequire y\n', file, new Map()));
  expect(failure).toMatchObject({ code: 'malformed-go-mod', where: { file, line: 2 } });
});
