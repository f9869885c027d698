import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { parseIndex } from '../../../src/publish/index-file.js';
import { cli, run, type Ended } from '../../support/dist.js';
import { startGitHub, type GitHubDouble } from '../../support/github-double.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { startReleases, type Releases } from '../../support/releases/server.js';

// The shipped command line as a scheduled workflow runs it: real git, real Go, a double of the plugin's repository.

let dir: string;
let released: string;
let double: Releases;
let servers: GitHubDouble;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'follow '));
  cpSync('__tests__/fixtures/plugins/minimal', dir, { recursive: true });
  git('init', '--quiet');
  released = commitAll('released');
  // The branch is ahead of the tag, and does not even compile.
  writeFileSync(join(dir, 'ahead.go'), 'package main\n\nfunc init() { doesNotExist() }\n');
  commitAll('ahead');
  double = await startReleases({
    tags: { 'v1.0.0': released },
    releases: [{ tag: 'v1.0.0', body: 'By hand.' }],
  });
  servers = await startGitHub();
});
afterAll(async () => {
  await double.close();
  await servers.close();
  rmSync(dir, { recursive: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  return execFileSync('git', ['-C', dir, ...identity, ...args], { encoding: 'utf8' }).trim();
}

function commitAll(message: string): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

async function follow(
  server: string,
  path = process.env['PATH'] ?? '',
  apiUrl = double.apiUrl,
): Promise<Ended> {
  const flags = {
    server,
    targets: 'linux-amd64',
    'cache-dir': await sharedCacheDir(),
    'server-api-url': servers.url,
    repository: double.repository,
  };
  return run({
    file: cli,
    args: [
      'build',
      '--skip-existing',
      ...Object.entries(flags).flatMap(([name, text]) => [`--${name}`, text]),
    ],
    cwd: dir,
    env: { PATH: path, GITHUB_API_URL: apiUrl, GITHUB_TOKEN: 'write-token' },
  });
}

const file = 'minimal-linux-amd64-for-gotify-v3.0.0.so';

test('builds what the latest release lacks from the commit of its tag, and attaches it', async () => {
  const ended = await follow('v3.0.0');

  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  expect(ended.stdout).toContain('The release v1.0.0 lacks linux-amd64 for gotify v3.0.0.');
  const [release] = double.releases;
  expect(release).toMatchObject({ tag: 'v1.0.0', draft: false });
  expect(release?.assets.map(({ name }) => name).sort()).toEqual([
    'checksums.txt',
    'gotify-plugin.json',
    file,
  ]);
  const content = release?.assets.find(({ name }) => name === 'gotify-plugin.json')?.content ?? [];
  const index = parseIndex(Buffer.concat(content), 'gotify-plugin.json');
  expect(index).toMatchObject({
    tag: 'v1.0.0',
    files: [{ file, commit: released, target: 'linux-amd64', servers: ['v3.0.0'] }],
  });
  expect(JSON.parse(readFileSync(join(dir, 'dist-plugins', 'report.json'), 'utf8'))).toMatchObject({
    plugin: { commit: released },
    exitCode: 0,
    published: { release: { kind: 'published', uploaded: [file] } },
  });
});

test('ends at once where nothing is missing, without Docker or Go, and with few requests', async () => {
  const before = { releases: double.requests.length, servers: servers.requests.length };

  const ended = await follow('v3.0.0', '/nowhere');

  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
  expect(ended.stdout).toContain('Release v1.0.0 has everything already');
  // Another GitHub gets no token, and no word in place of one.
  expect(new Set(servers.requests.map(({ authorization }) => authorization))).toEqual(new Set([null]));
  const asked = double.requests.length - before.releases + servers.requests.length - before.servers;
  expect(asked).toBeLessThanOrEqual(6);
  expect(asked).toBeGreaterThan(0);
});

test('builds nothing for a release that is immutable, as nothing could be added', async () => {
  const sealed = await startReleases({
    tags: { 'v1.0.0': released },
    releases: [{ tag: 'v1.0.0', immutable: true }],
  });
  try {
    const ended = await follow('v3.0.0', '/nowhere', sealed.apiUrl);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('published and immutable: it is too late for gotify v3.0.0');
  } finally {
    await sealed.close();
  }
});

test('says that there is no release to follow', async () => {
  const empty = await startReleases({ tags: { 'v1.0.0': released } });
  try {
    const ended = await follow('v3.0.0', '/nowhere', empty.apiUrl);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('octo/plugin has no stable release');
  } finally {
    await empty.close();
  }
});
