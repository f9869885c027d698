import { createServer, type IncomingHttpHeaders } from 'node:http';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gitHubSource } from '../../../src/adapters/github-source.js';
import { failureOf } from '../../support/failure.js';
import { close, listen } from '../../support/local-server.js';
import { startReleases } from '../../support/releases/server.js';

const commit = 'c0ffee'.padEnd(40, '0');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'github source '));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('the commit of a tag is what GitHub says now', async () => {
  const double = await startReleases({ tags: { 'v1.0.0': commit, 'plugins/v2': 'b'.repeat(40) } });
  try {
    const source = gitHubSource({
      apiUrl: double.apiUrl,
      repository: double.repository,
      token: 'read-token',
      retryDelaysMs: [0],
    });
    expect(await source.commitOfTag('v1.0.0')).toBe(commit);
    expect(await source.commitOfTag('plugins/v2')).toBe('b'.repeat(40));
    // GitHub answers 422 there.
    expect(await source.commitOfTag('v9')).toBeNull();
    expect(double.requests.at(-1)?.status).toBe(422);
  } finally {
    await double.close();
  }
});

describe('what a commit has', () => {
  test('is each file, link and submodule of it, and no folder', async () => {
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', dir, '-c', 'user.name=octo', '-c', 'user.email=octo@example.org', ...args], {
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    mkdirSync(join(dir, 'cmd'));
    writeFileSync(join(dir, 'cmd', 'main.go'), 'package main\n');
    symlinkSync('cmd', join(dir, 'link'));
    git('add', '--all');
    git('update-index', '--add', '--cacheinfo', `160000,${commit},part`);
    git('commit', '--quiet', '--message', 'all');
    const double = await startReleases({ source: dir });
    try {
      const { apiUrl, repository } = double;
      const source = gitHubSource({ apiUrl, repository, token: 'read-token', retryDelaysMs: [0] });
      const entries = [
        { kind: 'file', path: 'cmd/main.go', sha: git('rev-parse', 'HEAD:cmd/main.go') },
        { kind: 'link', path: 'link', sha: git('rev-parse', 'HEAD:link') },
        { kind: 'submodule', path: 'part', sha: commit },
      ];
      expect(await source.tree(git('rev-parse', 'HEAD'))).toEqual({ entries, isWhole: true });
      expect(await failureOf(source.tree('d'.repeat(40)))).toMatchObject({
        kind: 'surroundings',
        code: 'no-source',
      });
    } finally {
      await double.close();
    }
  });

  test.each([
    ['is cut off', '{"tree":[],"truncated":true}', { entries: [], isWhole: false }],
    ['is no tree', '{"tree":[{"path":"a"}]}', 'is not that of a GitHub API: it is no tree'],
  ])('that %s is said', async (_, answer, expected) => {
    const api = createServer((__, response) => response.end(answer));
    const port = await listen(api, '127.0.0.1', 0);
    try {
      const apiUrl = `http://127.0.0.1:${String(port)}`;
      const source = gitHubSource({ apiUrl, repository: 'octo/plugin', token: 'secret', retryDelaysMs: [0] });
      if (typeof expected === 'string') {
        expect((await failureOf(source.tree(commit))).what).toContain(expected);
      } else {
        expect(await source.tree(commit)).toEqual(expected);
      }
    } finally {
      await close(api);
    }
  });
});

test('the source is downloaded from where GitHub points to, which gets no token', async () => {
  const seen: { path: string; authorization: IncomingHttpHeaders['authorization'] }[] = [];
  const objects = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    response.end('the archive');
  });
  const objectsPort = await listen(objects, '127.0.0.1', 0);
  const api = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization });
    const location = `http://localhost:${String(objectsPort)}/archive`;
    if (request.url === `/repos/octo/plugin/tarball/${commit}`) response.writeHead(302, { location }).end();
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
  });
  const port = await listen(api, '127.0.0.1', 0);
  try {
    const apiUrl = `http://127.0.0.1:${String(port)}`;
    const source = gitHubSource({ apiUrl, repository: 'octo/plugin', token: 'secret', retryDelaysMs: [0] });
    const file = join(dir, 'archive');
    await source.download(commit, file);
    expect(readFileSync(file, 'utf8')).toBe('the archive');
    expect(seen).toEqual([
      { path: `/repos/octo/plugin/tarball/${commit}`, authorization: 'Bearer secret' },
      { path: '/archive', authorization: undefined },
    ]);
    expect(await failureOf(source.download('d'.repeat(40), file))).toMatchObject({
      kind: 'surroundings',
      code: 'no-source',
      remedy: expect.stringContaining('fetch-depth: 0'),
    });
  } finally {
    await close(api);
    await close(objects);
  }
});
