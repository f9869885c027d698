import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { gitHubAt } from '../../../src/adapters/github.js';
import type { TargetName } from '../../../src/build/target.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import { fetchServerBinary, type ServerBinary } from '../../../src/gotify/release-asset.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import {
  type DoubleAsset,
  type GitHubDouble,
  rateLimited,
  startGitHub,
} from '../../support/github-double.js';
import { createRecorder } from '../../support/recorder.js';
import { zipOf } from '../../support/zip.js';

const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));
const files = createFiles();
const binary = Buffer.from('\u007fELF and so on '.repeat(5000));
const zip = zipOf([
  { name: 'LICENSE', bytes: Buffer.from('MIT') },
  { name: 'gotify-linux-arm-7', bytes: binary },
]);
const digest = `sha256:${createHash('sha256').update(zip).digest('hex')}`;
const url = 'https://github.com/gotify/server/releases/download/v3.0.0/gotify-linux-arm-7.zip';

let dir: string;
let double: GitHubDouble | null = null;
let reporter: ReturnType<typeof createRecorder>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'asset-'));
  reporter = createRecorder();
});

afterEach(async () => {
  await double?.close();
  double = null;
  await rm(dir, { recursive: true });
});

async function start(asset: Partial<DoubleAsset> = {}): Promise<GitHubDouble> {
  const assets = { 'v3.0.0': [{ name: 'gotify-linux-arm-7.zip', bytes: zip, ...asset }] };
  double = await startGitHub({ assets });
  return double;
}

async function fetch(
  change: Partial<ServerBuild> = {},
  target: TargetName = 'linux-arm-7',
): Promise<ServerBinary> {
  const server = await (await loadCatalog(catalogDir, files)).serverBuild('v3.0.0', '');
  if (server === null || double === null) throw new Error('nothing to fetch');
  const github = gitHubAt({ apiUrl: double.url, token: null, retryDelayMs: 1 });
  return fetchServerBinary({ server: { ...server, ...change }, target, dir }, { github, files, reporter });
}

describe('fetchServerBinary', () => {
  test('downloads, checks and unpacks the asset of the target', async () => {
    await start();
    const path = join(dir, 'gotify-linux-arm-7');
    expect(await fetch()).toEqual({ kind: 'found', path, url, digest, authenticated: true });
    expect(await readFile(path)).toEqual(binary);
    expect(await readdir(dir)).toEqual(['gotify-linux-arm-7']);
    expect(reporter.lines).toEqual([]);
  });

  test('an asset without a digest is found, but not authenticated', async () => {
    await start({ digest: null });
    expect(await fetch()).toMatchObject({ kind: 'found', digest: null, authenticated: false });
  });

  test.each([
    ['of another file', { digest: `sha256:${'0'.repeat(64)}` }, 'but GitHub says sha256:000'],
    ['of another kind', { digest: digest.replace('sha256', 'sha512') }, 'but GitHub says sha512:'],
    ['that is empty', { digest: '' }, 'but GitHub says'],
  ])('a digest %s: not used, with a warning', async (_, asset, because) => {
    await start(asset);
    expect(await fetch()).toEqual({ kind: 'unavailable', because: expect.stringContaining(because) });
    expect(reporter.lines).toEqual([
      expect.stringContaining(`warn: ${url} is not used: its digest is ${digest}`),
    ]);
    expect(await readdir(dir)).toEqual([]);
  });

  test.each([
    ['is no zip', Buffer.from('<html>'), /./],
    [
      'holds another binary',
      zipOf([{ name: 'gotify-linux-amd64', bytes: binary }]),
      /holds no gotify-linux-arm-7/,
    ],
    ['has a wrong CRC', zipOf([{ name: 'gotify-linux-arm-7', bytes: binary, crc: 7 }]), /CRC/],
    ['leads out of the folder', zipOf([{ name: '../gotify-linux-arm-7', bytes: binary }]), /\.\.\/gotify/],
  ])('an asset without a digest that %s: not used, with a warning', async (_, bytes, because) => {
    await start({ bytes, digest: null });
    expect(await fetch()).toEqual({ kind: 'unavailable', because: expect.stringMatching(because) });
    expect(reporter.lines).toEqual([expect.stringMatching(/^warn: .* is not used/)]);
    expect(await readdir(dir)).toEqual([]);
  });

  test.each([zip.length - 1, zip.length + 1])(
    'a size of %i that is not the size of the download',
    async (size) => {
      await start({ size });
      expect(await fetch()).toEqual({ kind: 'unavailable', because: expect.stringContaining('bytes') });
    },
  );

  test('an asset of an absurd size is not even downloaded', async () => {
    const { requests } = await start({ size: 2 ** 30 });
    expect(await fetch()).toEqual({
      kind: 'unavailable',
      because: expect.stringContaining('more than 134217728'),
    });
    expect(requests.filter(({ path }) => path.includes('/assets/'))).toEqual([]);
  });

  test('a server without a release, a release without the target', async () => {
    await start();
    expect(await fetch({ tag: null, version: 'gaaaaaaaaaaaa' })).toEqual({
      kind: 'unavailable',
      because: 'gotify gaaaaaaaaaaaa is not a release',
    });
    expect(await fetch({ tag: 'v2.9.9' })).toEqual({ kind: 'unavailable', because: 'v2.9.9 has no release' });
    expect(await fetch({}, 'linux-386')).toEqual({
      kind: 'unavailable',
      because: 'the release v3.0.0 has no gotify-linux-386.zip',
    });
    expect(reporter.lines).toEqual([]);
  });

  test('a download that breaks off is tried again', async () => {
    const { fail, requests } = await start();
    fail({ path: '/signed/', times: 1, reply: { kind: 'truncated' } });
    expect((await fetch()).kind).toBe('found');
    expect(requests.filter(({ host }) => host === 'download')).toHaveLength(2);
  });

  test('a rate limit makes it unavailable, and says so', async () => {
    const { fail } = await start();
    fail({ path: '/releases/', reply: rateLimited(1_800_000_000) });
    expect(await fetch()).toEqual({ kind: 'unavailable', because: expect.stringContaining('rate limit') });
  });

  test('no network makes it unavailable, and says so', async () => {
    await (await start()).close();
    expect(await fetch()).toEqual({ kind: 'unavailable', because: expect.stringContaining('no connection') });
  });
});
