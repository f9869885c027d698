import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import type { PlannedCommand } from '../../../src/build/builder.js';
import { plannedText } from '../../../src/report/command-text.js';

const printing: PlannedCommand = {
  kind: 'command',
  program: 'sh',
  args: ['-c', 'printf "%s|" "$PWD" "$FLAGS" "$EMPTY" "$@"', 'sh', "it's", 'a b', '$HOME', '', 'two\nlines'],
  env: { FLAGS: '-w -s; `id`', EMPTY: '' },
  passedOn: ['PATH', 'GOPROXY'],
  cwd: '/',
  about: null,
};

test('a command is what a shell runs as it was meant, below what it is for', () => {
  const text = plannedText(printing, 'prints');
  expect(text.split('\n')[0]).toBe('# prints; with your GOPROXY, PATH');
  expect(execFileSync('sh', { input: text, encoding: 'utf8', env: { PATH: process.env['PATH'] } })).toBe(
    "/|-w -s; `id`||it's|a b|$HOME||two\nlines|",
  );
});

test('a command that says itself what it is for needs no more', () => {
  const command = { ...printing, args: [], env: {}, passedOn: [], cwd: null, about: 'asks' };
  expect(plannedText(command, 'other')).toBe('# asks\nsh');
});

test('what happens without a command is a comment, of however many lines', () => {
  expect(plannedText({ kind: 'remark', text: 'one\ntwo' })).toBe('# one\n# two');
});
