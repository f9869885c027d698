import { copyFile, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ServerBinary } from '../../../src/gotify/release-asset.js';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { manifestJson, manifestOf } from '../../../src/verify/read-manifest.js';
import {
  orReferenceHost,
  realManifest,
  type ManifestRequest,
  type ReferenceHostResult,
} from '../../../src/verify/sources.js';
import { bytesSource, tinyBytes, tinyPath } from '../../support/elf.js';
import { failureOf } from '../../support/failure.js';

// A tiny shared object stands for the server's binary; files and cache are real.
const target = 'linux-amd64';
const url = 'https://example.com/gotify-linux-amd64.zip';
const server = { version: 'v9.9.9', commit: 'a'.repeat(40) };

const ofServer = (origin: string): AbiManifest =>
  manifestOf(bytesSource(tinyBytes(target)), { server: 'v9.9.9', target, origin });
const catalogText = manifestJson(ofServer('the catalog'));
const otherText = manifestJson({
  ...ofServer('the catalog'),
  packages: new Map([...ofServer('').packages, ['fmt', 'ff']]),
});

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sources-'));
});

/** The request, and ports that count how often each expensive one is used. */
function setUp(
  changes: Partial<ManifestRequest> = {},
  asset: ServerBinary = noAsset,
  host: ReferenceHostResult = noHost,
) {
  const calls: string[] = [];
  const request: ManifestRequest = {
    server,
    target,
    given: null,
    catalogText: null,
    cacheDir: join(dir, 'cache'),
    assetOrigin: 'https://api.example.com',
    ...changes,
  };
  const ports = {
    files: createFiles(),
    openBytes,
    fetchAsset: () => {
      calls.push('asset');
      return Promise.resolve(asset);
    },
    buildReferenceHost: () => {
      calls.push('host');
      return Promise.resolve(host);
    },
  };
  return {
    calls,
    find: async (more: Partial<ManifestRequest> = {}) =>
      orReferenceHost(await realManifest({ ...request, ...more }, ports), 'v9.9.9', ports.buildReferenceHost),
  };
}

const noAsset: ServerBinary = { kind: 'unavailable', because: 'v9.9.9 has no release' };
const noHost: ReferenceHostResult = { kind: 'unavailable', because: 'there is no compiler' };

async function asset(authenticated: boolean, from = tinyPath(target)): Promise<ServerBinary> {
  const path = join(dir, 'gotify-linux-amd64');
  await copyFile(from, path);
  return { kind: 'found', path, url, digest: authenticated ? 'sha256:00' : null, authenticated };
}

describe('the order', () => {
  test('a given file is all that is looked at', async () => {
    const path = join(dir, 'manifest.json');
    await writeFile(path, catalogText);
    const { calls, find } = setUp({ given: path, catalogText: otherText }, await asset(true));
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'given', path },
      manifest: { origin: 'the catalog' },
      notes: [],
    });
    expect(calls).toEqual([]);
  });

  test('then the release asset; no reference host is built', async () => {
    const { calls, find } = setUp({ catalogText }, await asset(true));
    const found = await find();
    expect(found).toMatchObject({
      kind: 'found',
      source: { kind: 'release-asset', url, authenticated: true },
      notes: [],
      referenceHostSeconds: null,
    });
    expect(calls).toEqual(['asset']);
  });

  test('an authenticated asset needs no catalog', async () => {
    const { find } = setUp({}, await asset(true));
    expect(await find()).toMatchObject({ kind: 'found', source: { kind: 'release-asset' } });
  });

  test('then the catalog, with a note on the asset', async () => {
    const { calls, find } = setUp({ catalogText });
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'catalog' },
      notes: ["the server's release was not used: v9.9.9 has no release"],
    });
    expect(calls).toEqual(['asset']);
  });

  test('then a reference host, with its time', async () => {
    const manifest = ofServer('a reference host');
    const { calls, find } = setUp({}, noAsset, { kind: 'built', manifest, seconds: 70 });
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'reference-host' },
      referenceHostSeconds: 70,
      manifest,
    });
    expect(calls).toEqual(['asset', 'host']);
  });

  test('else none, with every reason', async () => {
    const because = "the server's release was not used: v9.9.9 has no release; there is no compiler";
    expect(await setUp().find()).toEqual({ kind: 'none', because });
  });
});

describe('an asset and the catalog', () => {
  test('that disagree leave it undecided, although both are at hand', async () => {
    const { calls, find } = setUp({ catalogText: otherText }, await asset(true));
    expect(await find()).toMatchObject({
      kind: 'none',
      because: expect.stringMatching(/the catalog disagree about gotify v9\.9\.9/),
    });
    expect(calls).toEqual(['asset']);
  });

  test('without a digest it counts where the catalog says the same', async () => {
    const { find } = setUp({ catalogText }, await asset(false));
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'release-asset', authenticated: false },
    });
  });

  test('without a digest and contradicted, the catalog is used', async () => {
    const { find } = setUp({ catalogText: otherText }, await asset(false));
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'catalog' },
      notes: [expect.stringMatching(/no digest for it, and the catalog contradicts it/)],
    });
  });

  test('without a digest and without a catalog, a reference host is built', async () => {
    const host = { kind: 'built', manifest: ofServer('host'), seconds: null } as const;
    const { calls, find } = setUp({}, await asset(false), host);
    expect(await find()).toMatchObject({
      source: { kind: 'reference-host' },
      notes: [expect.stringMatching(/no digest/)],
    });
    expect(calls).toEqual(['asset', 'host']);
  });

  test('an asset that is no server of the target is passed over', async () => {
    const { find } = setUp({ catalogText }, await asset(true, tinyPath('linux-386')));
    expect(await find()).toMatchObject({
      source: { kind: 'catalog' },
      notes: [expect.stringMatching(/a file for linux-386/)],
    });
  });
});

describe('the cache of small manifests', () => {
  test('a second run asks nobody, and the binary is gone', async () => {
    const first = setUp({}, await asset(true));
    const found = await first.find();
    await expect(stat(join(dir, 'gotify-linux-amd64'))).rejects.toThrow('ENOENT');
    const second = setUp();
    expect(await second.find()).toEqual(found);
    expect(second.calls).toEqual([]);
    const [name, ...others] = await readdir(join(dir, 'cache', 'manifests'));
    expect(others).toEqual([]);
    expect((await readFile(join(dir, 'cache', 'manifests', name ?? ''))).length).toBeLessThan(
      tinyBytes(target).length,
    );
  });

  test('it keeps that an asset had no digest', async () => {
    await setUp({ catalogText }, await asset(false)).find();
    expect(await setUp({ catalogText: otherText }).find()).toMatchObject({ source: { kind: 'catalog' } });
  });

  test.each([
    ['another commit', { server: { ...server, commit: 'b'.repeat(40) } }],
    ['another target', { target: 'linux-arm64' as const }],
    ['another origin', { assetOrigin: 'https://ghe.example.com/api/v3' }],
  ])('%s is asked for anew', async (...[, changes]) => {
    await setUp({}, await asset(true)).find();
    const other = setUp(changes);
    expect(await other.find()).toMatchObject({ kind: 'none' });
    expect(other.calls).toEqual(['asset', 'host']);
  });

  test('a damaged one is fetched again', async () => {
    await setUp({}, await asset(true)).find();
    const [name] = await readdir(join(dir, 'cache', 'manifests'));
    await writeFile(join(dir, 'cache', 'manifests', name ?? ''), '{"url": "x"');
    const again = setUp({}, await asset(true));
    expect(await again.find()).toMatchObject({ source: { kind: 'release-asset' } });
    expect(again.calls).toEqual(['asset']);
  });
});

describe('given files', () => {
  const given = async (content: string | Uint8Array): Promise<string> => {
    const path = join(dir, 'given');
    await writeFile(path, content);
    return path;
  };

  test('a gotify binary', async () => {
    const { find } = setUp({ given: tinyPath(target) });
    expect(await find()).toMatchObject({
      source: { kind: 'given' },
      manifest: { server: 'v9.9.9', goVersion: '1.26.0' },
    });
  });

  test('a gotify binary of another machine leaves it undecided', async () => {
    const { find } = setUp({ given: tinyPath('linux-386') });
    expect(await find()).toMatchObject({
      kind: 'none',
      because: expect.stringMatching(/linux-386\.so is a file for linux-386/),
    });
  });

  test.each([
    ['a zip', 'PK\x03\x04 and so on', 'no-manifest'],
    ['a text', 'hello', 'no-manifest'],
    ['an empty file', '', 'no-manifest'],
    ['JSON of something else', '\n {"a": 1}', 'malformed-manifest'],
    ['a damaged binary', tinyBytes(target).subarray(0, 1000), 'malformed-elf'],
  ] as const)('%s is bad input', async (...[, content, code]) => {
    const path = await given(content);
    expect(await failureOf(setUp({ given: path }).find())).toMatchObject({
      kind: 'input',
      code,
      where: { kind: 'file', file: path },
    });
  });

  test('no file', async () => {
    const failure = await failureOf(setUp({ given: join(dir, 'nothing') }).find());
    expect(failure).toMatchObject({ kind: 'input', code: 'unreadable-file' });
  });

  test('a folder', async () => {
    expect(await failureOf(setUp({ given: dir }).find())).toMatchObject({
      code: 'unreadable-file',
      what: expect.stringMatching(/not an ordinary file/),
    });
  });
});
