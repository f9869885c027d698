import { copyFile, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
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
import { goElf, type GoElf } from '../../support/go-elf.js';

const uid = process.getuid?.() ?? 0;
const kept = (): string => join(dir, 'cache', `user-${String(uid)}`, 'manifests');

// A tiny shared object stands for the server's binary; files and cache are real.
const target = 'linux-amd64';
const url = 'https://example.com/gotify-linux-amd64.zip';
const { modules: linked = [] } = manifestOf(bytesSource(tinyBytes(target)), {
  server: 'v9.9.9',
  target,
  origin: '',
});
const server = {
  version: 'v9.9.9',
  tag: 'v9.9.9',
  commit: 'a'.repeat(40),
  goVersion: '1.26.0',
  buildList: [...linked, { path: 'a.example/not-linked', version: 'v1.0.0' }],
};

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
    uid,
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
    const { calls, find } = setUp({}, noAsset, {
      kind: 'built',
      manifest,
      lacking: [],
      doubt: null,
      seconds: 70,
    });
    expect(await find()).toMatchObject({
      kind: 'found',
      source: { kind: 'reference-host' },
      referenceHostSeconds: 70,
      gap: null,
      manifest: { server: 'v9.9.9', target, goVersion: '1.26.0', packages: manifest.packages },
    });
    expect(calls).toEqual(['asset', 'host']);
  });

  test("whose C library and settings are this machine's, and say nothing of the server", async () => {
    const manifest = ofServer('a reference host');
    expect(manifest).toMatchObject({ glibc: expect.any(String), flags: { CGO_ENABLED: '1' } });
    const found = await setUp({}, noAsset, {
      kind: 'built',
      manifest,
      lacking: [],
      doubt: null,
      seconds: 70,
    }).find();
    if (found.kind !== 'found') throw new Error(found.because);
    for (const own of ['glibc', 'needed', 'flags', 'modules']) expect(found.manifest).not.toHaveProperty(own);
  });

  test('that lacks what the server may contain leaves a gap', async () => {
    const lacking = ['a.example/x/internal/y', 'a.example/x/internal/z'];
    const manifest = ofServer('a reference host');
    const host = { kind: 'built', manifest, lacking, doubt: null, seconds: 70 } as const;
    expect(await setUp({}, noAsset, host).find()).toMatchObject({
      notes: [expect.stringContaining('no release')],
      gap: expect.stringMatching(/^gotify v9\.9\.9 may contain a\.example\/x\/internal\/y \(and 1 more\)/),
    });
  });

  test('that was built by a Go nobody vouches for leaves one, too', async () => {
    const host = {
      kind: 'built',
      manifest: ofServer('a reference host'),
      lacking: [],
      seconds: 70,
      doubt: 'an installed Go',
    } as const;
    expect(await setUp({}, noAsset, host).find()).toMatchObject({ kind: 'found', gap: 'an installed Go' });
    const lacking = { ...host, lacking: ['a.example/x/internal/y'] };
    expect(await setUp({}, noAsset, lacking).find()).toMatchObject({ gap: 'an installed Go' });
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
    const host = {
      kind: 'built',
      manifest: ofServer('host'),
      lacking: [],
      doubt: null,
      seconds: null,
    } as const;
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
    const [name, ...others] = await readdir(kept());
    expect(others).toEqual([]);
    expect((await readFile(join(kept(), name ?? ''))).length).toBeLessThan(tinyBytes(target).length);
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

  test('that of another user is not believed, wherever it lies', async () => {
    await setUp({}, await asset(true)).find();
    const other = setUp({ uid: uid + 1 }, await asset(true));
    await other.find();
    expect(other.calls).toEqual(['asset']);

    await rename(join(dir, 'cache', `user-${String(uid)}`), join(dir, 'cache', `user-${String(uid + 2)}`));
    const planted = setUp({ uid: uid + 2 }, await asset(true));
    await planted.find();
    expect(planted.calls).toEqual(['asset']);
  });

  test('a damaged one is fetched again', async () => {
    await setUp({}, await asset(true)).find();
    const [name] = await readdir(kept());
    await writeFile(join(kept(), name ?? ''), '{"url": "x"');
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

  describe('of another server than the one asked for leave it undecided', () => {
    const elf = (changes: Partial<GoElf>): Buffer =>
      goElf({
        target,
        goVersion: '1.26.0',
        main: 'github.com/gotify/server/v2',
        packages: new Map([['runtime', '0011223344556677']]),
        modules: [{ path: 'a.example/not-linked', version: 'v1.0.0' }],
        ldflags: '-w -s -X main.Version=9.9.9',
        functions: [],
        ...changes,
      });

    test.each([
      ['another Go', { goVersion: '1.25.1' }, 'it is built with Go 1.25.1, and that with Go 1.26.0'],
      [
        'another version of a module',
        { modules: [{ path: 'a.example/not-linked', version: 'v1.0.1' }] },
        'it has a.example/not-linked v1.0.1, and that v1.0.0',
      ],
      [
        'a module that the server lacks',
        { modules: [{ path: 'a.example/more', version: 'v1.0.0' }] },
        'it has a.example/more v1.0.0, and that no such module',
      ],
      ['another version', { ldflags: '-X main.Version=9.9.8' }, 'is gotify v9.9.8, not v9.9.9'],
    ])('%s', async (_, changes, because) => {
      const path = await given(elf(changes));
      expect(await setUp({ given: path }).find()).toEqual({
        kind: 'none',
        because: expect.stringContaining(because),
      });
      expect(await setUp({ given: await given(elf({})) }).find()).toMatchObject({ kind: 'found' });
    });

    test('a manifest, too', async () => {
      const path = await given(manifestJson({ ...ofServer('somebody'), goVersion: '1.25.1' }));
      expect(await setUp({ given: path }).find()).toMatchObject({ kind: 'none' });
    });

    test('but for the name of a branch or commit, which is ours', async () => {
      const path = await given(elf({}));
      const branch = { ...server, version: 'v0.0.0-aaaaaaaaaaaa', tag: null };
      expect(await setUp({ given: path, server: branch }).find()).toMatchObject({ kind: 'found' });
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
