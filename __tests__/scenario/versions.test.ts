import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { actionNode, cli, run, systemNodes, type Ended } from '../support/dist.js';
import { catalogServers, startGitHub, type GitHubDouble } from '../support/github-double.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let github: GitHubDouble;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-versions-'));
  github = await startGitHub();
});

afterAll(async () => {
  await github.close();
  rmSync(dir, { recursive: true });
});

const versions = (args: readonly string[], node = actionNode): Promise<Ended> =>
  run({ file: cli, args: ['versions', ...args], cwd: dir, node });

/** The cells of each server's line. */
const rowsOf = ({ stdout }: Ended): readonly (readonly string[])[] =>
  stdout
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('v'))
    .map((line) => line.split(/ {2,}/));

describe.each(systemNodes)('the command versions, on %s', (node) => {
  test('lists every server, newest first, with its Go, its group and where that is from', async () => {
    const ended = await versions(['--server-api-url', github.url, '--cache-dir', 'api'], node);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ended.stdout.split('\n')[0]).toBe('gotify  Go      group  modules  commit        facts from');
    expect(ended.stdout.endsWith('\n\nOne plugin file serves every server of a group.\n')).toBe(true);
    const rows = rowsOf(ended);
    const known = catalogServers();
    expect(rows.map(([version]) => version)).toEqual(known.map(({ tag }) => tag));
    for (const [index, [, go, , , commit, source]] of rows.entries()) {
      const server = known[index];
      expect(go).toBe(server?.files['GO_VERSION']?.trim());
      expect([commit, source]).toEqual([server?.commit.slice(0, 12), 'GitHub']);
    }
    const groupOf = (version: string): string | undefined => rows.find(([name]) => name === version)?.[2];
    expect(groupOf('v3.0.0')).toBe('1');
    expect(groupOf('v2.6.3')).toBe(groupOf('v2.6.2'));
    expect(groupOf('v2.6.2')).not.toBe(groupOf('v2.6.1'));
  });
});

test('lists those that are named', async () => {
  const named = ['--server', 'all:>=2.9, v2.6.3', '--server-api-url', github.url];
  expect(rowsOf(await versions(named)).map(([version]) => version)).toEqual([
    'v3.0.0',
    'v2.9.1',
    'v2.9.0',
    'v2.6.3',
  ]);
});

test('lists the catalog where GitHub does not answer, and says so on stderr alone', async () => {
  const ended = await versions(['--server-api-url', 'http://127.0.0.1:9', '--cache-dir', 'offline']);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toMatch(/^warning: .* are taken from the catalog.*\n$/);
  expect(rowsOf(ended).map((row) => row.at(-1))).toEqual(catalogServers().map(() => 'the catalog'));
});

test('a server that nobody knows is bad input', async () => {
  const ended = await versions(['--server', 'v2.9.77', '--server-api-url', github.url]);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('error: input server: ');
});

test('its help says what it lists by default, and speaks of no build', async () => {
  const { code, stdout } = await versions(['--help']);
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /--server <server> The gotify servers to list: .* \(default: all\)/,
  );
  expect(stdout).not.toContain('build for');
  expect(stdout).not.toContain('default: latest');
});

describe('cap where there is no go.mod', () => {
  test.each([
    [
      'above',
      'There is one in plugin: set -to to that folder, and package to ./cmd.',
      ['--to', 'plugin/cmd'],
    ],
    ['below', 'There is one in plugin: set -to to that folder.', []],
    ['at all', "Name the plugin's folder, where its go.mod is, or the go.mod itself.", ['--to', 'nowhere']],
  ])('names the one %s, and its own flag', async (_, remedy, args) => {
    mkdirSync(join(dir, 'plugin/cmd'), { recursive: true });
    writeFileSync(join(dir, 'plugin/go.mod'), 'module example.org/x\n');
    const ended = await run({ file: cli, args: ['cap', ...args], cwd: dir });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^error: input to: /);
    expect(ended.stderr.trimEnd().endsWith(remedy)).toBe(true);
  });
});
