import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import type { AddedServers, PublishRequest } from '../../../src/publish/request.js';
import {
  anHour,
  apiOf,
  onlyRelease,
  pluginFile,
  requestOf,
  tempDir,
  textOf,
  withDouble,
} from '../../support/publishing.js';
import type { Contents, FaultKind, Releases } from '../../support/releases/server.js';

/** Servers that are added to a file of a release. */
let dir: Awaited<ReturnType<typeof tempDir>>;
let old: PluginFile;
let other: PluginFile;

beforeAll(async () => {
  dir = await tempDir();
  old = await pluginFile(dir.path, { servers: ['v2.9.0'] });
  other = await pluginFile(dir.path, { target: 'linux-arm64', servers: ['v2.9.0'] });
});

afterAll(() => dir.remove());

function addedTo({ name, sha256 }: PluginFile, ...servers: readonly string[]): AddedServers {
  return { file: name, sha256, servers, compared: 100 };
}

function add(...added: readonly AddedServers[]): PublishRequest {
  return requestOf([], { added });
}

function entries(double: Releases): unknown {
  return JSON.parse(textOf(double, 'gotify-plugin.json')).files;
}

test('come to its entry and to the text, and nothing is uploaded but the two texts', async () => {
  await withDouble({}, async (double) => {
    await publishRelease(requestOf([old, other]), apiOf(double));
    const before = onlyRelease(double).assets;
    const published = await publishRelease(add(addedTo(old, 'v2.9.2', 'v2.9.1')), apiOf(double));
    expect(published).toMatchObject({ kind: 'published', uploaded: [], replaced: [], same: [] });
    expect(entries(double)).toMatchObject([
      {
        file: old.name,
        servers: ['v2.9.2', 'v2.9.1', 'v2.9.0'],
        // What it says has to be so for all of them.
        verdict: { kind: 'loads', compared: 100 },
        modules: old.modules,
      },
      { file: other.name, servers: ['v2.9.0'], verdict: { compared: 120 } },
    ]);
    const { assets, body } = onlyRelease(double);
    expect(body).toContain('v2.9.2, v2.9.1, v2.9.0');
    expect({ ...assets, 'gotify-plugin.json': '' }).toEqual({ ...before, 'gotify-plugin.json': '' });
    const changes = double.changes.length;
    await publishRelease(add(addedTo(old, 'v2.9.1')), apiOf(double));
    expect(double.changes).toHaveLength(changes);
  });
});

test('are added by two jobs at once', async () => {
  await withDouble({}, async (double) => {
    await publishRelease(requestOf([old, other]), apiOf(double));
    await Promise.all(
      ['v2.9.1', 'v2.9.2', 'v2.9.3'].map((server) =>
        publishRelease(add(addedTo(old, server)), apiOf(double)),
      ),
    );
    expect(entries(double)).toMatchObject([
      { servers: ['v2.9.3', 'v2.9.2', 'v2.9.1', 'v2.9.0'] },
      { servers: ['v2.9.0'] },
    ]);
  });
});

describe('are not added, and that is said,', () => {
  test.each<[string, (double: Releases) => Promise<unknown>]>([
    [
      'where the file has other bytes by now',
      async (double) => {
        const newer = await pluginFile(dir.path, { servers: ['v2.9.0'], salt: 'newer' });
        await publishRelease(requestOf([newer], { onExisting: 'replace' }), apiOf(double));
      },
    ],
    [
      'where the file is gone',
      (double) =>
        apiOf(double).deleteAsset(double.releases[0]?.assets.find(({ name }) => name === old.name)?.id ?? 0),
    ],
  ])('%s', async (_, change) => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([old, other]), apiOf(double));
      await change(double);
      const told: string[] = [];
      await publishRelease(add(addedTo(old, 'v2.9.1')), apiOf(double), (text) => told.push(text));
      expect(textOf(double, 'gotify-plugin.json')).not.toContain('v2.9.1');
      expect(told).toEqual([
        `${old.name} is not at the release as it was: nothing is said of it for gotify v2.9.1.`,
      ]);
    });
  });
});

test('are not added where the tag is of another commit', async () => {
  await withDouble({}, async (double) => {
    await publishRelease(requestOf([old]), apiOf(double));
    double.setTag('v1.0.0', 'b'.repeat(40));
    const before = double.contents();
    await expect(publishRelease(add(addedTo(old, 'v2.9.1')), apiOf(double))).rejects.toMatchObject({
      code: 'other-commit',
    });
    expect(double.contents()).toEqual(before);
  });
});

test.each<FaultKind>(['reset', 'half-body', 'answer-lost'])('are added after a crash by %s', async (kind) => {
  let expected: Contents | null = null;
  // At 0 nothing fails.
  for (let at = 0; at <= 16; at += 1) {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([old, other]), apiOf(double));
      if (at > 0) double.fail({ at, kind, persistent: true });
      // It may be through before.
      const ended = publishRelease(add(addedTo(old, 'v2.9.1')), apiOf(double));
      await ended.catch((error: unknown) => expect(error).toMatchObject({ kind: 'surroundings' }));
      double.fail(null);
      double.advance(anHour);
      await publishRelease(add(addedTo(old, 'v2.9.1')), apiOf(double));
      expected ??= double.contents();
      expect({ at, contents: double.contents() }).toEqual({ at, contents: expected });
    });
  }
});
