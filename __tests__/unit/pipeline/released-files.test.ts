import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { releasedFiles, type ReleasedFiles } from '../../../src/pipeline/released-files.js';
import { type Contents, contentsOf } from '../../../src/publish/contents.js';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import { apiOf, pluginFile, requestOf, tempDir, withDouble } from '../../support/publishing.js';
import type { Releases } from '../../support/releases/server.js';

let dir: Awaited<ReturnType<typeof tempDir>>;
let files: readonly [PluginFile, ...PluginFile[]];

beforeAll(async () => {
  dir = await tempDir();
  const file = await pluginFile(dir.path, { servers: ['v2.9.1', 'v2.9.0'] });
  const arm64 = await pluginFile(dir.path, { target: 'linux-arm64' });
  const older = { ...(await pluginFile(dir.path, { servers: ['v2.8.0'] })), goVersion: '1.25.0' };
  files = [file, arm64, older];
});

afterAll(() => dir.remove());

const wanted = {
  plugin: 'example.com/hello',
  name: 'hello',
  target: 'linux-amd64',
  goVersion: '1.26.0',
} as const;

async function of(
  double: Releases,
  change = (contents: Contents): Contents => contents,
): Promise<ReleasedFiles> {
  const api = apiOf(double);
  const release = await api.latest();
  if (release === null) throw new Error('there is no release');
  const folder = async (...parts: readonly string[]): Promise<string> => {
    const path = [dir.path, 'run', ...parts].join('/');
    await createFiles().makeDir(path);
    return path;
  };
  const run = { path: dir.path, folder, close: () => Promise.resolve() };
  return releasedFiles(change(await contentsOf(release, api)), { api, run, ports: { openBytes } });
}

test('are those of the plugin, its name, the target and the Go version', async () => {
  await withDouble({}, async (double) => {
    await publishRelease(requestOf(files), apiOf(double));
    const released = await of(double);
    const names = (change: object): readonly string[] =>
      released.of({ ...wanted, ...change }).map(({ entry }) => entry.file);
    expect(names({})).toEqual([files[0].name]);
    expect(names({ goVersion: '1.25.0' })).toEqual(['hello-linux-amd64-for-gotify-v2.8.0.so']);
    expect(names({ target: 'linux-arm64' })).toHaveLength(1);
    expect(names({ target: 'linux-386' })).toEqual([]);
    expect(names({ name: 'hell' })).toEqual([]);
    expect(names({ plugin: 'example.com/other' })).toEqual([]);
  });
});

test('are fetched once, and only where they have the bytes that are known', async () => {
  await withDouble({}, async (double) => {
    await publishRelease(requestOf(files), apiOf(double));
    const [found] = (await of(double)).of(wanted);
    const path = (await found?.fetch()) ?? '';
    expect((await readFile(path)).equals(await readFile(files[0].path))).toBe(true);
    const { length } = double.requests;
    expect(await found?.fetch()).toBe(path);
    expect(double.requests).toHaveLength(length);

    // A server that names no digests.
    const [other] = (
      await of(double, ({ assets, indexes, ...rest }) => ({
        ...rest,
        assets: assets.map((asset) => ({ ...asset, digest: null })),
        indexes: indexes.map((index) => ({
          ...index,
          files: index.files.map((entry) => ({ ...entry, sha256: 'b'.repeat(64) })),
        })),
      }))
    ).of(wanted);
    expect(await other?.fetch()).toBeNull();
    const [gone] = (await of(double)).of(wanted);
    const asset = double.releases[0]?.assets.find(({ name }) => name === files[0].name);
    await apiOf(double).deleteAsset(asset?.id ?? 0);
    expect(await gone?.fetch()).toBeNull();
  });
});
