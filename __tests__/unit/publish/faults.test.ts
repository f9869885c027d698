import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import type { Contents, FaultKind, Releases } from '../../support/releases/server.js';
import {
  anHour,
  apiOf,
  pluginFile,
  publications,
  requestOf,
  tempDir,
  withDouble,
} from '../../support/publishing.js';

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
  undisturbed = await withDouble({}, async (double) => {
    await publishRelease(requestOf(files), apiOf(double));
    const [names = []] = publications(double);
    return { contents: double.contents(), requests: double.requests.length, names };
  });
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
      await withDouble({ fault: { at, kind } }, async (double) => expectRight(double, at));
    }
  });

  test('ends the run where it lasts, and the next run ends right', async () => {
    for (let at = 1; at <= undisturbed.requests; at += 1) {
      await withDouble({ fault: { at, kind, persistent: true } }, async (double) => {
        const broken = publishRelease(requestOf(files), apiOf(double));
        await expect(broken).rejects.toMatchObject({ name: 'Failure', kind: 'surroundings' });
        expectWhole(publications(double));
        double.fail(null);
        double.advance(anHour);
        await expectRight(double, at);
      });
    }
  });
});

/** A run ends as if nothing had happened. */
async function expectRight(double: Releases, at: number): Promise<void> {
  const published = await publishRelease(requestOf(files), apiOf(double));
  expect({ at, kind: published.kind, contents: double.contents() }).toEqual({
    at,
    kind: 'published',
    contents: undisturbed.contents,
  });
  expectWhole(publications(double));
}
