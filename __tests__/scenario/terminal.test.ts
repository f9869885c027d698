import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { actionNode } from '../support/dist.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let screen = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-terminal-'));
  const demo = join(dir, 'demo');
  const bundler = [
    'node_modules/rolldown/bin/cli.mjs',
    '__tests__/support/terminal-demo.ts',
    '-p',
    'node',
    '-f',
    'esm',
    '-d',
    demo,
  ];
  await promisify(execFile)(actionNode, bundler);
  // script(1), which every Debian has, gives the program a terminal of its own.
  const command = `stty cols 100 rows 40; exec '${actionNode}' '${join(demo, 'terminal-demo.js')}'`;
  const options = { env: { ...process.env, TERM: 'xterm', CI: '' }, timeout: 60_000 };
  ({ stdout: screen } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], options));
});

afterAll(() => rmSync(dir, { recursive: true }));

/** What stays on the screen, without colours and cursor movements. */
const lines = (): readonly string[] =>
  // eslint-disable-next-line no-control-regex -- escape sequences are what is removed here
  screen.split(/\r*\n/).map((line) => line.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, ''));

describe('the live list at a terminal', () => {
  test('shows running tasks, with their newest line of output', () => {
    expect(lines().some((line) => /^\S one$/.test(line))).toBe(true);
    expect(lines().some((line) => /one \| compiling one/.test(line))).toBe(true);
  });

  test('ends with how each task ended, as it was written', () => {
    const last = (text: string): string | undefined => lines().findLast((line) => line.includes(text));
    expect(last('one:')).toMatch(/^✔ one: loads$/);
    expect(last('two:')).toMatch(/^✖ two: failed: broken$/);
    expect(last('three:')).toMatch(/^✔ three: 100% %s$/);
    expect(last('four:')).toMatch(/^✔ four: later$/);
    expect(last('five:')).toMatch(/^✖ five: failed: not finished$/);
    expect(last('many 99')).toMatch(/^✔ many 99: ok$/);
  });

  test('keeps messages and the log of a failed task for when the list is done', () => {
    const text = lines().join('\n');
    const list = text.lastIndexOf('✔ three: 100% %s');
    for (const after of ['warning: in between', 'two | oops'])
      expect(text.lastIndexOf(after)).toBeGreaterThan(list);
    expect(text.indexOf('before')).toBeLessThan(text.indexOf('one'));
    expect(text.trimEnd().endsWith('after')).toBe(true);
  });

  test('leaves out what comes after a task has ended', () => {
    expect(screen).not.toMatch(/(?:printed|failed) late/);
    expect(screen.match(/five \| still open/g)).toHaveLength(1);
  });

  test('output of a build cannot steer the terminal', () => {
    expect(screen).not.toContain('\u001b]0;');
  });

  test('leaves the cursor visible', () => {
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });
});
