import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { gitHubAt } from '../../../src/adapters/github.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import { resolveRemembered } from '../../../src/gotify/remembered-lists.js';
import { resolveServers, serverTags, type ResolvePorts } from '../../../src/gotify/resolve.js';
import { parseServers } from '../../../src/gotify/specifier.js';
import { failureOf } from '../../support/failure.js';
import { goElf } from '../../support/go-elf.js';
import {
  catalogServers,
  startGitHub,
  type DoubleServer,
  type GitHubDouble,
  type GitHubDoubleOptions,
} from '../../support/github-double.js';
import { createRecorder } from '../../support/recorder.js';

const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));
const files = createFiles();
const known = catalogServers();
const v291 = '4fa74cea55137dc56bacda3fa7ff694f24b5efc0';

let cacheDir: string;
let double: GitHubDouble;
let reporter: ReturnType<typeof createRecorder>;
let now = 0;

beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'resolve-servers-'));
  reporter = createRecorder();
  double = await startGitHub();
  now = Date.parse('2026-11-24T12:00:00Z');
});

afterEach(async () => {
  await double.close();
  await rm(cacheDir, { recursive: true });
});

async function restart(options: GitHubDoubleOptions): Promise<void> {
  await double.close();
  double = await startGitHub({ ...options, port: Number(new URL(double.url).port) });
}

async function ports(): Promise<ResolvePorts> {
  const github = gitHubAt({ apiUrl: double.url, token: null, retryDelayMs: 1 });
  return { github, catalog: await loadCatalog(catalogDir, files), files, openBytes, cacheDir, reporter };
}

async function resolve(text: string): Promise<readonly string[]> {
  const servers = await resolveServers(parseServers(text, '/'), await ports());
  return servers.map(({ version }) => version);
}

async function remembered(text: string): Promise<readonly string[]> {
  const clock = { now: () => now };
  const servers = await resolveRemembered(parseServers(text, '/'), { ...(await ports()), clock });
  return servers.map(({ version }) => version);
}

/** A server of the catalog under another name, at a commit of its own. */
function renamed(tag: string, digit: string): DoubleServer {
  const [first] = known;
  if (first === undefined) throw new Error('the catalog is empty');
  return { ...first, tag, commit: digit.repeat(40) };
}

describe('several servers', () => {
  test.each([
    ['v2.9.1,v3.0.0', ['v2.9.1', 'v3.0.0']],
    ['v3.0.0,3.0.0,3,latest,master,497f9459', ['v3.0.0']],
    ['all:>=2.8', ['v3.0.0', 'v2.9.1', 'v2.9.0', 'v2.8.0']],
    ['v2.8.0,all:>=2.9,2.7', ['v2.8.0', 'v3.0.0', 'v2.9.1', 'v2.9.0', 'v2.7.3']],
    ['all:2.7,2.7.1', ['v2.7.3', 'v2.7.2', 'v2.7.1', 'v2.7.0']],
    [`${v291},all:~2.9`, ['v2.9.1', 'v2.9.0']],
  ])('%s', async (text, versions) => {
    expect(await resolve(text)).toEqual(versions);
    const lists = double.requests.filter(({ path }) => /\/tags\?|releases/.test(path));
    expect(lists.length).toBeLessThanOrEqual(2);
  });

  test('two binaries that say they are the same version are not taken for one', async () => {
    const server = {
      target: 'linux-amd64',
      goVersion: '1.26.0',
      main: 'github.com/gotify/server/v2',
    } as const;
    const bytes = goElf({ ...server, packages: new Map(), functions: [] });
    for (const name of ['one', 'two']) await writeFile(join(cacheDir, name), bytes);
    const [one, two] = [join(cacheDir, 'one'), join(cacheDir, 'two')];

    expect(await resolve(`${one},${one}`)).toHaveLength(1);
    expect(await failureOf(resolve(`${one},${two}`))).toMatchObject({
      kind: 'input',
      code: 'same-version',
      where: { kind: 'input', input: 'server' },
    });
  });

  test('`all` is every release that is new enough, whatever order GitHub has them in', async () => {
    const old = { ...renamed('v2.1.5', '5'), files: {} };
    await restart({
      servers: [old, ...known.toReversed(), renamed('v3.1.0-rc.1', '7'), renamed('nightly', '8')],
    });
    expect(await resolve('all')).toEqual(known.map(({ tag }) => tag));
  });

  test('pre-releases are among them only where the range names one', async () => {
    await restart({ servers: [renamed('v3.1.0-rc.1', '7'), ...known] });
    expect(await resolve('all:>=3')).toEqual(['v3.0.0']);
    expect(await resolve('all:>=3.1.0-rc.0')).toEqual(['v3.1.0-rc.1']);
  });

  test.each([
    ['all:<2.1.6', 'server-too-old', 'gotify <2.1.6 is older than v2.1.6'],
    ['all:>=9', 'unknown-version', 'all:>=9'],
    ['v3.0.0,v2.9.77', 'unknown-version', 'v2.9.77'],
    ['v3.0.0,no-such-branch', 'unknown-ref', 'no-such-branch'],
  ])('%s is %s', async (text, code, named) => {
    await restart({ servers: [...known, { ...renamed('v2.1.5', '5'), files: {} }] });
    const failure = await failureOf(resolve(text));
    expect(failure).toMatchObject({ kind: 'input', code });
    expect(failure.what).toContain(named);
  });

  test('without a network they are from the catalog, with one warning that counts them', async () => {
    await double.close();
    expect(await resolve('all:>=2.6')).toHaveLength(12);
    expect(reporter.lines).toEqual([
      expect.stringMatching(/^warn: gotify v3\.0\.0, .* and 7 more are taken from the catalog.*ECONNREFUSED/),
    ]);
  });

  test('one that the API does not serve and the catalog does not have fails all', async () => {
    await double.close();
    expect(await failureOf(resolve('v3.0.0,v9.9.9'))).toMatchObject({ code: 'github-unreachable' });
  });
});

describe('lists that a run before has read', () => {
  const lists = (): number => double.requests.filter(({ path }) => /\/tags\?|releases/.test(path)).length;

  test('are as good as new for ten minutes', async () => {
    await remembered('latest');
    expect(lists()).toBe(2);
    now += 10 * 60_000 - 1;
    expect(await remembered('latest,2.9')).toEqual(['v3.0.0', 'v2.9.1']);
    expect(lists()).toBe(2);
    now += 1;
    await remembered('latest');
    expect(lists()).toBe(4);
  });

  test('are not used where the clock went back', async () => {
    await remembered('2.9');
    now -= 1;
    await remembered('2.9');
    expect(lists()).toBe(2);
  });

  test('are those of one API alone', async () => {
    await remembered('2.9');
    const other = await startGitHub();
    const first = double;
    double = other;
    await remembered('2.9');
    expect(lists()).toBe(1);
    await first.close();
  });

  test.each([
    '',
    'no json',
    '{"at":"now","answer":[]}',
    '{"at":0,"answer":[{"name":"v1","commit":"x"}]}',
    'null',
  ])('are read again where the file is damaged: %j', async (text) => {
    await remembered('2.9');
    const [name = ''] = (await readdir(join(cacheDir, 'facts'))).filter((each) => each.startsWith('tags-'));
    await writeFile(join(cacheDir, 'facts', name), text);
    expect(await remembered('2.9')).toEqual(['v2.9.1']);
    expect(lists()).toBe(2);
    expect(JSON.parse(await readFile(join(cacheDir, 'facts', name), 'utf8'))).toHaveProperty('at', now);
  });

  test('need no cache that can be written', async () => {
    await writeFile(join(cacheDir, 'facts'), 'a file where a folder should be');
    expect(await remembered('2.9')).toEqual(['v2.9.1']);
    expect(reporter.lines.every((line) => line.startsWith('detail: '))).toBe(true);
  });

  test.each(['v3.0.0', '3', 'all:>=3', 'latest'])('are read again where they lack %s', async (text) => {
    await restart({ servers: known.slice(1) });
    await remembered('v2.9.1');
    await restart({});
    expect(await remembered(text)).toEqual(['v3.0.0']);
    // And the new ones are kept.
    const asked = double.requests.length;
    await remembered(text);
    expect(double.requests).toHaveLength(asked);
  });

  test('are read once more at most', async () => {
    await remembered('v2.9.1');
    const asked = lists();
    expect(await failureOf(remembered('v9.9.9'))).toMatchObject({ code: 'unknown-version' });
    expect(lists()).toBe(asked + 1);
  });

  test('that were read in this run are not read again', async () => {
    expect(await failureOf(remembered('v9.9.9'))).toMatchObject({ code: 'unknown-version' });
    expect(lists()).toBe(1);
  });

  test('are no answer of the catalog', async () => {
    await double.close();
    await remembered('v2.9.1');
    const kept = await readdir(join(cacheDir, 'facts')).catch(() => []);
    expect(kept).toEqual([]);
  });
});

describe('the tags that items mean', () => {
  const tags = async (text: string): Promise<readonly string[]> =>
    serverTags(parseServers(text, '/'), (await ports()).github);

  test('take no look at what is in the releases', async () => {
    expect(await tags('latest,2.8,all:>=2.9')).toEqual(['v3.0.0', 'v2.8.0', 'v2.9.1', 'v2.9.0']);
    expect(double.requests.map(({ path }) => path.replace(/\?.*/, ''))).toEqual([
      '/repos/gotify/server/releases/latest',
      '/repos/gotify/server/tags',
    ]);
  });

  test.each(['latest', 'v3.0.0', '3', 'all:>=3'])(
    'are not to be had without the API, as %s may be newer than the catalog',
    async (text) => {
      double.fail({ path: '/', reply: { kind: 'reset' } });
      expect(await failureOf(tags(text))).toMatchObject({ kind: 'surroundings', code: 'github-unreachable' });
    },
  );

  test.each(['2.0', 'all:<2.1.6'])('need no request where %s can be no server', async (text) => {
    expect(await failureOf(tags(text))).toMatchObject({ code: 'server-too-old' });
    expect(double.requests).toEqual([]);
  });

  test.each(['master', v291, './gotify'])('are only releases: not %s', async (item) => {
    expect(await failureOf(tags(item))).toMatchObject({ kind: 'input', code: 'not-a-release' });
  });
});
