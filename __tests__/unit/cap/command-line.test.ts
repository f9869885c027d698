import { describe, expect, test } from '@jest/globals';
import { withGoFlags } from '../../../src/adapters/cap-command-line.js';
import { readCommandLine } from '../../../src/adapters/command-line.js';
import { failureIn } from '../../support/failure-in.js';

describe("gomod-cap's flags", () => {
  test.each([
    [
      ['cap', '-from', 'x', '-to', 'y', '-check'],
      ['cap', '--from', 'x', '--to', 'y', '--check'],
    ],
    [
      ['cap', '-from=x', '-to=a=b', '-check=true'],
      ['cap', '--from=x', '--to=a=b', '--check'],
    ],
    [
      ['cap', '--from=x', '--check=1', '--check=false', '-check=F'],
      ['cap', '--from=x', '--check'],
    ],
    // A value may look like a flag.
    [
      ['cap', '-to', '-check'],
      ['cap', '--to', '-check'],
    ],
    [
      ['cap', '-check=maybe', '-h', '--dry-run'],
      ['cap', '-check=maybe', '-h', '--dry-run'],
    ],
    [
      ['build', '-from', 'x'],
      ['build', '-from', 'x'],
    ],
    [[], []],
  ])('%j are read as %j', (args, read) => {
    expect(withGoFlags(args)).toEqual(read);
  });
});

const defaults = {
  kind: 'cap',
  from: 'latest',
  to: '.',
  rule: 'full',
  check: false,
  dryRun: false,
  verbose: false,
  raw: {},
};

test.each([
  [[], {}],
  [['-from', 'v2.9.1', '-check'], { from: 'v2.9.1', check: true }],
  [['--to=../x', '--rule', 'gomod-cap', '--verbose'], { to: '../x', rule: 'gomod-cap', verbose: true }],
  [
    ['--dry-run', '--package', './cmd', '--cache-dir', 'c', '--build-flags', '-tags=x', '--timeout', '5'],
    { dryRun: true, raw: { package: './cmd', 'cache-dir': 'c', 'build-flags': '-tags=x', timeout: '5' } },
  ],
  [['--server-api-url', 'http://x', '--token', 't'], { raw: { 'server-api-url': 'http://x', token: 't' } }],
])('cap %j', (args, expected) => {
  expect(readCommandLine(['cap', ...args], '/nowhere')).toEqual({ ...defaults, ...expected });
});

test.each([[['-dry-run']], [['--rule', 'all']], [['x']], [['--from']]])('cap %j is refused', (args) => {
  expect(failureIn(() => readCommandLine(['cap', ...args], '/nowhere'))).toMatchObject({
    kind: 'input',
    code: 'bad-command-line',
    remedy: 'See gotify-plugin-build cap --help.',
  });
});
