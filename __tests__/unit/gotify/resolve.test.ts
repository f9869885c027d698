import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { gitHubAt } from '../../../src/adapters/github.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import { resolveServer } from '../../../src/gotify/resolve.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { parseServers } from '../../../src/gotify/specifier.js';
import { failureOf } from '../../support/failure.js';
import {
  catalogServers,
  type DoubleServer,
  type GitHubDouble,
  type GitHubDoubleOptions,
  rateLimited,
  startGitHub,
} from '../../support/github-double.js';
import { createRecorder } from '../../support/recorder.js';

const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));
const files = createFiles();
const known = catalogServers();
const v291 = '4fa74cea55137dc56bacda3fa7ff694f24b5efc0';
const other = 'a'.repeat(40);

let cacheDir: string;
let double: GitHubDouble;
let reporter: ReturnType<typeof createRecorder>;

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'resolve-'));
  reporter = createRecorder();
  double = await startGitHub();
});

afterEach(async () => {
  await double.close();
  await rm(cacheDir, { recursive: true });
});

async function restart(options: GitHubDoubleOptions): Promise<void> {
  await double.close();
  double = await startGitHub(options);
}

async function resolve(text: string): Promise<ServerBuild> {
  const [specifier] = parseServers(text, '/');
  if (specifier === undefined) throw new Error('no specifier');
  const github = gitHubAt({ apiUrl: double.url, token: null, retryDelayMs: 1 });
  const catalog = await loadCatalog(catalogDir, files);
  return resolveServer(specifier, { github, catalog, files, openBytes, cacheDir, reporter });
}

function factsName(): string {
  return `${v291}-${double.url.replace('http://', 'http_').replace(':', '_')}.json`;
}

function server(tag: string, change: Partial<DoubleServer> = {}): DoubleServer {
  const found = known.find((candidate) => candidate.tag === tag);
  if (found === undefined) throw new Error(tag);
  return { ...found, ...change };
}

function without(name: string, from: DoubleServer): DoubleServer {
  return { ...from, files: Object.fromEntries(Object.entries(from.files).filter(([file]) => file !== name)) };
}

describe('with the API', () => {
  test('an exact version: its files at the commit of its tag', async () => {
    const build = await resolve('2.9.1');
    expect(build).toMatchObject({ version: 'v2.9.1', tag: 'v2.9.1', commit: v291, goVersion: '1.26.0' });
    expect(build.source).toEqual({
      kind: 'api',
      url: `${double.url}/repos/gotify/server/contents?ref=${v291}`,
    });
    expect(build.goMod).toBe(server('v2.9.1').files['go.mod']);
    expect(build.goSum).toBe(server('v2.9.1').files['go.sum']);
    expect(build.pinList).toEqual({ source: 'go.mod', modules: build.buildList });
    const paths = build.buildList.map(({ path }) => path);
    expect(paths).toEqual(paths.toSorted());
    expect(build.buildList.length).toBeGreaterThan(40);
    expect(build.buildList.every(({ sum }) => sum?.startsWith('h1:') === true)).toBe(true);
    expect(reporter.lines).toEqual([]);
  });

  test.each([
    ['latest', 'v3.0.0'],
    ['v2.7', 'v2.7.3'],
    ['^2.7', 'v2.9.1'],
    ['>=2.6 <2.8', 'v2.7.3'],
    ['2', 'v2.9.1'],
    ['*', 'v3.0.0'],
    ['master', 'v3.0.0'],
    ['4fa74cea', 'v2.9.1'],
    // Two tags of one commit: the older one names it.
    ['c4e63863f745c80013ca04ffc07975aa6d0a4f67', 'v2.1.6'],
  ])('%s is %s', async (text, tag) => {
    expect(await resolve(text)).toMatchObject({ version: tag, tag, source: { kind: 'api' } });
  });

  test('latest is what the release list says, not the highest tag', async () => {
    const newest = server('v3.0.0', { tag: 'v3.1.0', commit: other, released: false });
    await restart({ servers: [newest, ...known] });
    expect((await resolve('latest')).tag).toBe('v3.0.0');
    expect((await resolve('3')).tag).toBe('v3.1.0');
  });

  test('ranges pass over pre-releases unless they name one', async () => {
    await restart({ servers: [server('v3.0.0', { tag: 'v3.1.0-rc.1', commit: other }), ...known] });
    expect((await resolve('>=3')).tag).toBe('v3.0.0');
    expect((await resolve('latest')).tag).toBe('v3.0.0');
    expect((await resolve('>=3.1.0-rc.0')).tag).toBe('v3.1.0-rc.1');
    expect((await resolve('v3.1.0-rc.1')).tag).toBe('v3.1.0-rc.1');
  });

  test('a branch ahead of the releases is named by its commit', async () => {
    const next = without('GO_VERSION', server('v3.0.0', { tag: 'unrelated', commit: other }));
    const goMod = `${next.files['go.mod'] ?? ''}\ntoolchain go1.26.4\n`.replace(/toolchain go1\.26\.0\n/, '');
    await restart({ servers: [{ ...next, files: { ...next.files, 'go.mod': goMod } }, ...known] });
    expect(await resolve('master')).toMatchObject({
      version: 'gaaaaaaaaaaaa',
      tag: null,
      commit: other,
      // From the toolchain line, as there is no GO_VERSION.
      goVersion: '1.26.4',
    });
  });

  test('a second run reads no file again', async () => {
    const first = await resolve('v2.9.1');
    const before = double.requests.length;
    const second = await resolve('v2.9.1');
    expect(second).toEqual(first);
    expect(double.requests.slice(before).map(({ path }) => path)).toEqual([
      '/repos/gotify/server/tags?per_page=100&page=1',
    ]);
    expect(await readdir(join(cacheDir, 'facts'))).toEqual([factsName()]);
  });

  test('what one API said of a commit is not believed of another API', async () => {
    const first = await resolve('v2.9.1');
    const before = double;
    const goSum = `${first.goSum}example.org/x v1.0.0 h1:x=\n`;
    const changed = server('v2.9.1', { tag: 'x', files: { ...server('v2.9.1').files, 'go.sum': goSum } });
    double = await startGitHub({ servers: [changed] });
    expect((await resolve(v291)).goSum).toBe(goSum);
    await double.close();
    double = before;
    expect(await resolve('v2.9.1')).toEqual(first);
    expect(await readdir(join(cacheDir, 'facts'))).toHaveLength(2);
  });

  test.each(['', '{"goMod":3}', 'no json'])('a damaged cache (%j) is read again', async (text) => {
    const first = await resolve('v2.9.1');
    const path = join(cacheDir, 'facts', factsName());
    await writeFile(path, text);
    expect(await resolve('v2.9.1')).toEqual(first);
    expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('goMod', first.goMod);
    expect(reporter.lines).toEqual([expect.stringMatching(/^detail: .*is not used/)]);
  });

  test('a cache that cannot be written does not stop the run', async () => {
    await writeFile(join(cacheDir, 'facts'), 'a file where a folder should be');
    expect((await resolve('v2.9.1')).tag).toBe('v2.9.1');
    expect(reporter.lines).toEqual([expect.stringMatching(/^detail: .*was not written/)]);
  });
});

describe('with the API, what cannot be', () => {
  test.each([
    ['v2.9.7', 'gotify has no version v2.9.7', 'The nearest are v2.9.1 and v3.0.0.'],
    ['v9.0.0', 'gotify has no version v9.0.0', 'The nearest is v3.0.0.'],
    ['>=4', 'gotify has no stable version that matches >=4', 'The nearest is v3.0.0.'],
    ['~2.8.1', 'gotify has no stable version that matches ~2.8.1', 'The nearest are v2.8.0 and v2.9.0.'],
  ])('%s: no such version, and the nearest', async (text, what, remedy) => {
    const failure = await failureOf(resolve(text));
    expect(failure).toMatchObject({ kind: 'input', code: 'unknown-version', what, remedy });
    expect(failure.where).toEqual({ kind: 'input', input: 'server' });
  });

  test.each(['no-such-branch', 'abcdef0123'])('%s: no such branch or commit', async (text) => {
    expect(await failureOf(resolve(text))).toMatchObject({ kind: 'input', code: 'unknown-ref' });
  });

  test.each(['v2.0.0', '2.1.5', 'v1.2.1', '2.0', '1', '<2.1.6', '>=1 <2.1', '~2.1.0 <2.1.6'])(
    '%s is too old, which needs no request',
    async (text) => {
      const failure = await failureOf(resolve(text));
      expect(failure).toMatchObject({ kind: 'input', code: 'server-too-old' });
      expect(failure.message).toContain('v2.1.6');
      expect(double.requests).toEqual([]);
    },
  );

  test('a range or commit that leads to an old server says that it is too old', async () => {
    const goMod =
      'module github.com/gotify/server/v2\n\ngo 1.16\n\nrequire github.com/gin-gonic/gin v1.7.7\n';
    const old = {
      tag: 'v2.1.5',
      commit: other,
      date: '2022-07-24',
      files: { 'go.mod': goMod, 'go.sum': '', GO_VERSION: '1.16.0' },
    };
    await restart({ servers: [old] });
    expect((await failureOf(resolve('>=2.1'))).code).toBe('server-too-old');
    expect((await failureOf(resolve(other))).code).toBe('server-too-old');
  });

  test('a tag that was moved is an error, unless the commit is given', async () => {
    await restart({ servers: known.map((one) => (one.tag === 'v2.9.1' ? { ...one, commit: other } : one)) });
    const failure = await failureOf(resolve('v2.9.1'));
    expect(failure).toMatchObject({ kind: 'input', code: 'moved-tag' });
    expect(failure.what).toContain(v291);
    expect(failure.what).toContain(other);
    // What lies there now is no release: it must not be compared with the release's manifest.
    expect(await resolve(other)).toMatchObject({ version: 'gaaaaaaaaaaaa', tag: null, commit: other });
  });

  test('a tag with other content at the same commit is an error', async () => {
    const changed = (one: DoubleServer): DoubleServer => ({
      ...one,
      files: { ...one.files, 'go.sum': `${one.files['go.sum'] ?? ''}example.org/x v1.0.0 h1:x=\n` },
    });
    await restart({ servers: known.map((one) => (one.tag === 'v2.9.1' ? changed(one) : one)) });
    expect(await failureOf(resolve('v2.9.1'))).toMatchObject({ kind: 'input', code: 'moved-tag' });
  });

  test.each(['go.mod', 'go.sum'])('a commit without %s says so', async (name) => {
    await restart({ servers: [without(name, server('v3.0.0', { tag: 'x', commit: other })), ...known] });
    const failure = await failureOf(resolve('master'));
    expect(failure).toMatchObject({ kind: 'input', code: 'no-server-files' });
    expect(failure.what).toContain(name);
  });

  test('a wrong token is told, the catalog does not hide it', async () => {
    double.fail({
      path: '/tags',
      reply: { kind: 'answer', status: 401, body: '{"message":"Bad credentials"}' },
    });
    expect((await failureOf(resolve('v2.9.1'))).code).toBe('github-permission');
  });

  test('an answer of another kind is told, the catalog does not hide it', async () => {
    double.fail({ path: '/tags', reply: { kind: 'answer', status: 200, body: '<html>' } });
    expect((await failureOf(resolve('v2.9.1'))).code).toBe('github-answer');
  });
});

describe('where the API cannot serve', () => {
  test.each([
    ['latest', 'v3.0.0'],
    ['v2.3.0', 'v2.3.0'],
    ['2.9', 'v2.9.1'],
    ['>=2.6 <3', 'v2.9.1'],
    ['4fa74cea', 'v2.9.1'],
    [v291, 'v2.9.1'],
  ])("without a network %s is the catalog's %s, and that is told", async (text, tag) => {
    await double.close();
    const build = await resolve(text);
    expect(build).toMatchObject({ version: tag, tag, source: { kind: 'catalog' } });
    expect(build.source).toHaveProperty('because', expect.stringContaining('ECONNREFUSED'));
    expect(reporter.lines).toEqual([
      expect.stringMatching(/^warn: gotify v[\d.]+ is taken from the catalog/),
    ]);
  });

  test('the catalog gives what the API gives', async () => {
    const online = await Promise.all(known.map(({ tag }) => resolve(tag)));
    await double.close();
    for (const build of online)
      expect(await resolve(build.version)).toEqual({ ...build, source: expect.anything() });
    expect(online).toHaveLength(23);
  });

  test.each(['2.0', 'v2.1.5', '<2.1.6'])('without a network %s is too old all the same', async (text) => {
    await double.close();
    expect(await failureOf(resolve(text))).toMatchObject({ kind: 'input', code: 'server-too-old' });
  });

  test.each(['v3.4.0', '>=4', '>3 <2', 'master', 'abcdef0123'])(
    'without a network %s is not to be had',
    async (text) => {
      await double.close();
      const failure = await failureOf(resolve(text));
      expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-unreachable' });
      expect(failure.what).toContain('the catalog does not have');
      expect(failure.what).toContain(text);
    },
  );

  test('a rate limit does not stop a known release', async () => {
    double.fail({ path: '/', reply: rateLimited(1_800_000_000) });
    expect((await resolve('v2.9.1')).source).toEqual({
      kind: 'catalog',
      because: expect.stringContaining('rate limit'),
    });
  });

  test('a rate limit stops an unknown one, and says when it resets and that a token helps', async () => {
    double.fail({ path: '/', reply: rateLimited(1_800_000_000) });
    const failure = await failureOf(resolve('v3.4.0'));
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-rate-limit' });
    expect(failure.remedy).toBe('Wait until 2027-01-15T08:00:00Z, or pass a token: it raises the limit.');
  });

  test('a rate limit after the tags never turns a new release into an older one', async () => {
    await restart({ servers: [server('v3.0.0', { tag: 'v3.1.0', commit: other }), ...known] });
    double.fail({ path: '/contents/', reply: rateLimited(1_800_000_000) });
    expect((await failureOf(resolve('latest'))).code).toBe('github-rate-limit');
    expect((await resolve('2.9')).source.kind).toBe('catalog');
  });

  test('a commit that an earlier run has read is still to be had', async () => {
    await restart({ servers: [server('v3.0.0', { tag: 'x', commit: other }), ...known] });
    const online = await resolve(other);
    await double.close();
    expect(await resolve(other)).toEqual(online);
    expect(reporter.lines).toEqual([expect.stringContaining('taken from the cache')]);
  });
});
