import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { layOutSource, type SourceApi } from '../../../src/pipeline/plugin-source.js';
import { failureOf } from '../../support/failure.js';

// Real git and tar.

let dir: string;
let checkout: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plugin source '));
  checkout = join(dir, 'checkout');
  mkdirSync(join(checkout, 'plugins', 'hello'), { recursive: true });
  mkdirSync(join(dir, 'scratch'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const noApi: SourceApi = {
  commitOfTag: () => Promise.reject(new Error('the API was asked for a commit')),
  download: () => Promise.reject(new Error('the API was asked for the source')),
};

function layOut(
  commit: string,
  { path = join(checkout, 'plugins', 'hello'), source = noApi } = {},
): Promise<string> {
  return layOutSource(
    { commit, options: { base: checkout, path }, dir: join(dir, 'scratch') },
    { runner: createRunner(), files: createFiles(), env: process.env, source },
  );
}

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  return execFileSync('git', ['-C', checkout, ...identity, ...args], { encoding: 'utf8' }).trim();
}

function commitFile(text: string): string {
  writeFileSync(join(checkout, 'plugins', 'hello', 'plugin.go'), text);
  git('add', '--all');
  git('commit', '--quiet', '--message', text);
  return git('rev-parse', 'HEAD');
}

test('is what the commit has, not what the branch has meanwhile', async () => {
  git('init', '--quiet');
  const released = commitFile('released');
  commitFile('ahead');
  writeFileSync(join(checkout, 'plugins', 'hello', 'plugin.go'), 'not even committed');

  const folder = await layOut(released);

  expect(folder).toBe(join(dir, 'scratch', 'source', 'plugins', 'hello'));
  expect(readFileSync(join(folder, 'plugin.go'), 'utf8')).toBe('released');
  expect(readFileSync(join(checkout, 'plugins', 'hello', 'plugin.go'), 'utf8')).toBe('not even committed');
  expect(git('status', '--porcelain')).toBe('M plugins/hello/plugin.go');
});

test('comes over the API where git does not have the commit', async () => {
  git('init', '--quiet');
  commitFile('ahead');
  const top = join(dir, 'octo-plugin-c0ffee', 'plugins', 'hello');
  mkdirSync(top, { recursive: true });
  writeFileSync(join(top, 'plugin.go'), 'released');
  const asked: string[] = [];
  const source: SourceApi = {
    ...noApi,
    download: (commit, file) => {
      asked.push(commit);
      execFileSync('tar', ['-czf', file, '-C', dir, 'octo-plugin-c0ffee']);
      return Promise.resolve();
    },
  };

  const folder = await layOut('c'.repeat(40), { source });

  expect(asked).toEqual(['c'.repeat(40)]);
  expect(readFileSync(join(folder, 'plugin.go'), 'utf8')).toBe('released');
});

test('comes over the API where there is no repository at all, from the base of paths on', async () => {
  const source: SourceApi = {
    ...noApi,
    download: (_, file) => {
      mkdirSync(join(dir, 'top', 'plugins', 'hello'), { recursive: true });
      execFileSync('tar', ['-czf', file, '-C', dir, 'top']);
      return Promise.resolve();
    },
  };
  expect(await layOut('c'.repeat(40), { source })).toBe(join(dir, 'scratch', 'source', 'plugins', 'hello'));
});

test('is refused where the commit has no such folder', async () => {
  git('init', '--quiet');
  writeFileSync(join(checkout, 'README.md'), 'no plugin yet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');

  expect(await failureOf(layOut(git('rev-parse', 'HEAD')))).toMatchObject({
    kind: 'input',
    code: 'no-such-folder',
    where: { kind: 'input', input: 'path' },
  });
});

test('is refused for a folder outside of the repository', async () => {
  const path = join(dir, 'elsewhere');
  mkdirSync(path);
  expect(await failureOf(layOut('c'.repeat(40), { path }))).toMatchObject({
    kind: 'input',
    code: 'outside-repository',
  });
});

test('is a failure of the surroundings where what came is no archive', async () => {
  const source: SourceApi = {
    ...noApi,
    download: (_, file) => Promise.resolve(writeFileSync(file, 'Not Found')),
  };
  expect(await failureOf(layOut('c'.repeat(40), { source }))).toMatchObject({
    kind: 'surroundings',
    code: 'no-source',
  });
});
