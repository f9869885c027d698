import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { readCommandLine } from '../../../src/adapters/command-line.js';
import { Failure } from '../../../src/errors.js';
import { inputs, modes } from '../../../src/options/contract.js';
import { outputs } from '../../../src/options/outputs.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

const action: {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: unknown;
} = parse(readFileSync('action.yml', 'utf8'));

describe('action.yml', () => {
  test('has the inputs of the contract, with its texts and defaults', () => {
    const expected = inputs.map((input) => [
      input.name,
      { description: input.description, required: false, default: input.default.action },
    ]);
    expect(Object.entries(action.inputs)).toEqual(expected);
  });

  test('has the outputs of the contract', () => {
    expect(Object.entries(action.outputs)).toEqual(
      outputs.map(({ name, description }) => [name, { description }]),
    );
  });

  test('runs on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  });
});

test('the README has the tables that `npm run docs` makes of action.yml', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-docs-'));
  try {
    for (const file of ['README.md', 'action.yml']) cpSync(file, join(dir, file));
    const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    );
    const [program, ...args] = (scripts['docs'] ?? '').split(' ');
    expect(program).toBe('action-docs');
    execFileSync(process.execPath, [join(process.cwd(), 'node_modules/action-docs/lib/cli.js'), ...args], {
      cwd: dir,
    });
    const made = readFileSync(join(dir, 'README.md'), 'utf8');
    expect(readFileSync('README.md', 'utf8')).toBe(made);
    for (const { name } of [...inputs, ...outputs]) expect(made).toContain(`| \`${name}\` |`);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

describe('the command line', () => {
  const read = (...args: string[]): ReturnType<typeof readCommandLine> => readCommandLine(args, '/nowhere');

  test.each(modes)('%s has a flag for each of its inputs, and no other', (mode) => {
    for (const { name, value, modes: those } of inputs) {
      const args = value.kind === 'switch' ? [`--${name}`] : [`--${name}`, 'x'];
      if (those === null || !those.some((each) => each === mode)) {
        expect(() => read(mode, ...args)).toThrow(`unknown option '--${name}'`);
        continue;
      }
      const raw = { mode, [name]: value.kind === 'switch' ? 'true' : 'x' };
      expect(read(mode, ...args)).toEqual({ kind: 'job', raw, dryRun: false, verbose: false });
    }
    expect(inputs.filter(({ modes: those }) => those === null).map(({ name }) => name)).toEqual(['mode']);
  });

  test('leaves absent flags out', () => {
    expect(read('build', '--dry-run', '--verbose')).toEqual({
      kind: 'job',
      raw: { mode: 'build' },
      dryRun: true,
      verbose: true,
    });
  });

  test.each([
    [[], 'no command is given'],
    [['deploy'], "unknown command 'deploy'"],
    [['check', '--dry-run'], "unknown option '--dry-run'"],
    [['build', '--sever', 'x'], "unknown option '--sever'"],
    [['build', 'plugin'], 'too many arguments'],
    [['build', '--server'], 'argument missing'],
    [['--verbos'], "unknown option '--verbos'"],
  ])('%j is bad input', (args, what) => {
    expect(() => read(...args)).toThrow(Failure);
    expect(() => read(...args)).toThrow(what);
  });
});
