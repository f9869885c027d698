import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import { type Contents, type FaultKind, startReleases } from '../../support/releases/server.js';
import { apiOf, pluginFile, publications, requestOf, tempDir } from '../../support/publishing.js';

// 3 targets and 2 groups of servers.
let dir: Awaited<ReturnType<typeof tempDir>>;
let files: readonly PluginFile[];
let undisturbed: {
  readonly contents: Contents;
  readonly requests: number;
  readonly names: readonly string[];
};

beforeAll(async () => {
  dir = await tempDir();
  const groups = [['v2.9.1', 'v2.9.0'], ['v2.8.0']];
  const targets = ['linux-amd64', 'linux-arm64', 'linux-arm-7'] as const;
  files = await Promise.all(
    groups.flatMap((servers) => targets.map((target) => pluginFile(dir.path, { target, servers }))),
  );
  const double = await startReleases();
  await publishRelease(requestOf(files), apiOf(double));
  const [names = []] = publications(double);
  undisturbed = { contents: double.contents(), requests: double.requests.length, names };
  await double.close();
});

afterAll(() => dir.remove());

const kinds: readonly FaultKind[] = ['reset', 'status500', 'half-body', 'answer-lost', 'status502'];

test('an undisturbed run publishes eight assets in a bounded number of requests', () => {
  expect(undisturbed.names).toHaveLength(8);
  expect(undisturbed.requests).toBeLessThanOrEqual(24);
});

/** Nobody ever saw half a release. */
function expectWhole(seen: readonly (readonly string[])[]): void {
  for (const names of seen) expect(names).toEqual(undisturbed.names);
}

describe.each(kinds)('every request hit by %s', (kind) => {
  test('heals within the run where it happens once', async () => {
    for (let at = 1; at <= undisturbed.requests; at += 1) {
      const double = await startReleases({ fault: { at, kind } });
      const published = await publishRelease(requestOf(files), apiOf(double));
      expect({ at, kind: published.kind, contents: double.contents() }).toEqual({
        at,
        kind: 'published',
        contents: undisturbed.contents,
      });
      expectWhole(publications(double));
      await double.close();
    }
  });

  test('ends the run where it lasts, and the next run ends right', async () => {
    for (let at = 1; at <= undisturbed.requests; at += 1) {
      const double = await startReleases({ fault: { at, kind, persistent: true } });
      await expect(publishRelease(requestOf(files), apiOf(double))).rejects.toMatchObject({
        name: 'Failure',
        kind: 'surroundings',
      });
      expectWhole(publications(double));
      double.fail(null);
      const published = await publishRelease(requestOf(files), apiOf(double));
      expect({ at, kind: published.kind, contents: double.contents() }).toEqual({
        at,
        kind: 'published',
        contents: undisturbed.contents,
      });
      expectWhole(publications(double));
      await double.close();
    }
  });
});
