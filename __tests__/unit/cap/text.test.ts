import { describe, expect, test } from '@jest/globals';
import { capResultText } from '../../../src/cap/text.js';
import type { CapChange, CapReason } from '../../../src/cap/result.js';

const changes: readonly CapChange[] = [
  { module: 'go', from: '1.99.0', to: '1.26.0', line: 3, reach: 'direct', why: 'server' },
  { module: 'toolchain', from: 'go1.99.1', to: null, line: 5, reach: 'direct', why: 'server' },
  { module: 'a.b/c', from: 'v1.0.0', to: 'v1.5.0', line: 7, reach: 'direct', why: 'server' },
  { module: 'a.b/old', from: 'v1.0.0', to: null, line: 8, reach: 'transitive', why: 'tidy' },
  { module: 'a.b/new', from: null, to: 'v1.1.0', line: null, reach: 'transitive', why: 'server' },
];
const reasons: readonly CapReason[] = [
  {
    kind: 'raised',
    modules: [
      { path: 'a.b/gin', plugin: 'v2.0.0', server: 'v1.0.0' },
      { path: 'a.b/sse', plugin: 'v2.0.0', server: 'v1.0.0' },
    ],
    by: { path: 'a.b/own', version: 'v1.0.0' },
    what: 'What is wrong',
    remedy: 'What to do.',
    where: { kind: 'file', file: 'go.mod', line: 9 },
  },
];
const common = {
  rule: 'full',
  server: { version: 'v3.0.0', goVersion: '1.26.0' },
  file: 'go.mod',
  command: 'gotify-plugin-build cap -from latest -to .',
} as const;
const written = { goMod: '', goSum: '', changes };

test('changes, what is left, and the answer', () => {
  expect(capResultText({ ...common, mode: 'write', result: { kind: 'partly', ...written, reasons } })).toBe(
    `go.mod:3: go 1.99.0 -> 1.26.0
go.mod:5: toolchain go1.99.1 removed
go.mod:7: a.b/c v1.0.0 -> v1.5.0
go.mod:8: a.b/old v1.0.0 removed (go mod tidy)
go.mod: a.b/new v1.1.0 added (indirect)
go.mod:9: What is wrong
  What to do.
  a.b/gin: v2.0.0, the server has v1.0.0
  a.b/sse: v2.0.0, the server has v1.0.0
go.mod is written, and go.sum, with 5 changes for gotify v3.0.0, and does not agree with it yet: see above.`,
  );
});

test.each([
  ['same', 'full', { kind: 'same' }, 'go.mod agrees with gotify v3.0.0: nothing to change.'],
  [
    'same, by gomod-cap',
    'gomod-cap',
    { kind: 'same' },
    'go.mod requires what gotify v3.0.0 requires, where both name a module: nothing to change.',
  ],
  [
    'changed',
    'full',
    { kind: 'changed', ...written, changes: changes.slice(2, 3) },
    'go.mod differs from gotify v3.0.0: 1 change. Write it with: gotify-plugin-build cap -from latest -to .',
  ],
  [
    'sums only',
    'full',
    { kind: 'changed', ...written, changes: [] },
    'go.sum lacks lines that Go needs. Write them with: gotify-plugin-build cap -from latest -to .',
  ],
  [
    'cannot',
    'full',
    { kind: 'cannot', reasons },
    'go.mod cannot be made to agree with gotify v3.0.0 by changing it alone: see above. Nothing is written.',
  ],
] as const)('the last line of a check: %s', (...[, rule, result, line]) => {
  expect(
    capResultText({ ...common, rule, mode: 'check', result })
      .split('\n')
      .at(-1),
  ).toBe(line);
});

describe('where the plugin does not compile, that is said apart from what go.mod came to', () => {
  const compile: readonly CapReason[] = [
    {
      kind: 'does-not-compile',
      modules: [],
      by: null,
      what: 'What is wrong',
      remedy: 'What to do.',
      where: { kind: 'file', file: 'plugin.go', line: 9, column: 2 },
    },
  ];
  const some = { ...written, changes: changes.slice(2, 3), reasons: compile };

  test.each([
    [
      'written',
      'write',
      { kind: 'partly', ...some },
      'go.mod is written, and go.sum: 1 change for gotify v3.0.0.',
    ],
    [
      'not written',
      'check',
      { kind: 'partly', ...some },
      'go.mod differs from gotify v3.0.0: 1 change. Write it with: gotify-plugin-build cap -from latest -to .',
    ],
    [
      'go.sum alone',
      'write',
      { kind: 'partly', ...some, changes: [] },
      'go.sum is written: it lacked lines that Go needs.',
    ],
    [
      'nothing to change',
      'write',
      { kind: 'cannot', reasons: compile },
      'go.mod agrees with gotify v3.0.0: nothing to change.',
    ],
  ] as const)('%s', (...[, mode, result, last]) => {
    const lines = capResultText({ ...common, mode, result }).split('\n');
    expect(lines.slice(-4)).toEqual([
      'plugin.go:9:2: What is wrong',
      '  What to do.',
      'The plugin does not compile with the versions of gotify v3.0.0: see above what has to change.',
      last,
    ]);
  });
});

test("the rule gomod-cap ends with the command that tidies with the server's Go", () => {
  const result = { kind: 'changed', ...written, goSum: null } as const;
  expect(capResultText({ ...common, rule: 'gomod-cap', mode: 'write', result })).toMatch(
    /\ngo\.mod is written: 5 changes for gotify v3\.0\.0\.\n.*: GOTOOLCHAIN=go1\.26\.0 go mod tidy$/,
  );
});

test.each([
  ['go.mod', '1.26.0', 'GOTOOLCHAIN=go1.26.0 go mod tidy'],
  ['plugins/a/go.mod', '1.19.0', 'cd plugins/a && GOTOOLCHAIN=go1.19 go mod tidy'],
  ["it's here/go.mod", '1.26.0', "cd 'it'\\''s here' && GOTOOLCHAIN=go1.26.0 go mod tidy"],
  ['-x/go.mod', '1.26.0', 'cd ./-x && GOTOOLCHAIN=go1.26.0 go mod tidy'],
  ['plugin/other.mod', '1.26.0', 'cd plugin && GOTOOLCHAIN=go1.26.0 go mod tidy -modfile=other.mod'],
  ['plugin/go.mod', '', 'cd plugin && go mod tidy'],
])('that command runs where %s lies, for Go %j', (file, goVersion, command) => {
  const result = { kind: 'changed', ...written, goSum: null } as const;
  const server = { version: 'v3.0.0', goVersion };
  const text = capResultText({ ...common, file, server, rule: 'gomod-cap', mode: 'write', result });
  const last = text.split('\n').at(-1) ?? '';
  expect(last.slice(last.indexOf(': ') + 2)).toBe(command);
  expect(last.includes('does not say')).toBe(goVersion === '');
});
