import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishPart, publishRelease } from '../../../src/publish/publish-release.js';
import type { PublishRequest } from '../../../src/publish/request.js';
import {
  anHour,
  apiOf,
  partOf,
  pluginFile,
  requestOf,
  tempDir,
  withDouble,
} from '../../support/publishing.js';
import type { Contents, FaultKind, Releases } from '../../support/releases/server.js';

/**
 * A release that has files already: some that this run knows nothing of, and some that it has with other bytes. What
 * gotify-plugin.json says of the former must outlive any two crashes.
 */
let dir: Awaited<ReturnType<typeof tempDir>>;
let before: readonly PluginFile[];
let after: readonly PluginFile[];

beforeAll(async () => {
  dir = await tempDir();
  const file = (server: string, salt = ''): Promise<PluginFile> =>
    pluginFile(dir.path, { servers: [server], salt });
  before = await Promise.all([file('v2.7.0'), file('v2.8.0', 'old'), file('v2.9.0')]);
  after = await Promise.all([file('v2.8.0', 'new'), file('v2.9.0'), file('v2.9.1')]);
});

afterAll(() => dir.remove());

const kinds: readonly FaultKind[] = ['reset', 'half-body', 'answer-lost', 'status502'];
const scenes = [
  ['a draft that becomes whole', true],
  ['a published release', false],
] as const;

describe.each(scenes)('%s', (_, isDraft) => {
  let expected: Contents;
  let requests: number;

  const request = (): PublishRequest => requestOf(after, { onExisting: 'replace' });
  const prepare = async (double: Releases): Promise<void> => {
    await publishRelease(requestOf(before, { draft: isDraft }), apiOf(double));
  };
  const run = async (double: Releases): Promise<void> =>
    void (await publishRelease(request(), apiOf(double)));
  const crash = async (double: Releases, at: number, kind: FaultKind): Promise<void> => {
    double.fail({ at, kind, persistent: true });
    await expect(run(double)).rejects.toMatchObject({ name: 'Failure', kind: 'surroundings' });
    double.fail(null);
    double.advance(anHour);
  };

  beforeAll(async () => {
    await withDouble({}, async (double) => {
      await prepare(double);
      const earlier = double.requests.length;
      await run(double);
      requests = double.requests.length - earlier;
      expected = double.contents();
    });
  });

  test('has four files in the end, all of them known', () => {
    const [release] = expected.releases;
    expect(Object.keys(release?.assets ?? {})).toHaveLength(6);
    expect(release?.body).toMatch(/2\.7\.0.*\n.*2\.8\.0.*\n.*2\.9\.0.*\n.*2\.9\.1/);
  });

  test.each(kinds)('ends the same where one request is hit by %s', async (kind) => {
    for (let at = 1; at <= requests; at += 1) {
      await withDouble({}, async (double) => {
        await prepare(double);
        double.fail({ at, kind });
        await run(double);
        expect({ at, contents: double.contents() }).toEqual({ at, contents: expected });
      });
    }
  });

  test.each(kinds)('ends the same after two crashes by %s, the second one anywhere', async (kind) => {
    for (let first = 1; first <= requests; first += 1) {
      for (let second = 1 + (first % 7); second <= 24; second += 7) {
        await withDouble({}, async (double) => {
          await prepare(double);
          await crash(double, first, kind);
          double.fail({ at: second, kind: kinds[(first + second) % kinds.length] ?? kind, persistent: true });
          // It may be through before the second one.
          await run(double).catch((error: unknown) => expect(error).toMatchObject({ kind: 'surroundings' }));
          double.fail(null);
          double.advance(anHour);
          await run(double);
          expect({ first, second, contents: double.contents() }).toEqual({
            first,
            second,
            contents: expected,
          });
        });
      }
    }
  });

  test('keeps what it knows where the run after the crash is another one', async () => {
    for (let at = 1; at <= requests; at += 1) {
      await withDouble({}, async (double) => {
        await prepare(double);
        await crash(double, at, 'reset');
        const [, , last] = after;
        if (last === undefined) throw new Error('there is no third file');
        // Such as a follower that adds what came out since.
        await publishRelease(requestOf([last], { draft: isDraft }), apiOf(double));
        await run(double);
        expect({ at, contents: double.contents() }).toEqual({ at, contents: expected });
      });
    }
  });
});

test('two parts, each broken off at each request, end like two that were not', async () => {
  const [a, b] = after;
  if (a === undefined || b === undefined) throw new Error('there are no files');
  const parts = [partOf(requestOf([a]), 'a', 2), partOf(requestOf([b]), 'b', 2)] as const;
  const both = async (double: Releases): Promise<readonly string[]> => [
    (await publishPart(parts[0], apiOf(double))).kind,
    (await publishPart(parts[1], apiOf(double))).kind,
  ];
  const expected = await withDouble({}, async (double) => {
    expect(await both(double)).toEqual(['waiting', 'published']);
    return double.contents();
  });
  for (const kind of kinds) {
    for (let at = 1; at <= 40; at += 1) {
      await withDouble({ fault: { at, kind, persistent: true } }, async (double) => {
        await both(double).catch((error: unknown) => expect(error).toMatchObject({ kind: 'surroundings' }));
        double.fail(null);
        double.advance(anHour);
        await both(double);
        expect({ at, kind, contents: double.contents() }).toEqual({ at, kind, contents: expected });
      });
    }
  }
});
