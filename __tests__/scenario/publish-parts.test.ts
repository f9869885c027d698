import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { targetNames, type TargetName } from '../../src/build/target.js';
import { pluginCommit } from '../support/build-output.js';
import type { Ended } from '../support/dist.js';
import { seeded } from '../support/elf.js';
import { startPublishStage, type PublishRun, type PublishStage } from '../support/publish-process.js';
import {
  startReleases,
  type Contents,
  type Releases,
  type ReleasesOptions,
} from '../support/releases/server.js';

// Eight processes a round, and fifty rounds.
jest.setTimeout(900_000);

/** Each part has a file of its own. */
const parts: readonly { readonly server: string; readonly target: TargetName }[] = [
  ...targetNames.map((target) => ({ server: 'v3.0.0', target })),
  ...targetNames.slice(0, 3).map((target) => ({ server: 'v2.9.1', target })),
];
const of = String(parts.length);

let stage: PublishStage;
/** What the parts make one after the other. */
let expected: Contents;

beforeAll(async () => {
  stage = await startPublishStage();
  for (const [at, { server, target }] of parts.entries()) {
    stage.build(folderOf(at), [{ servers: [server], targets: [target] }]);
  }
  expected = await withDouble({}, async (double) => {
    for (const at of parts.keys()) expect(await publishPart(double, at)).toMatchObject({ code: 0 });
    return double.contents();
  });
});

afterAll(() => stage.close());

function folderOf(at: number): string {
  return `out-${String(at)}`;
}

function tokenOf(at: number): string {
  return `token-of-${String(at)}`;
}

/** Each part has a token of its own, so that its requests are known. */
async function withDouble<T>(options: ReleasesOptions, work: (double: Releases) => Promise<T>): Promise<T> {
  const tokens = Object.fromEntries(
    [...parts.keys()].map((at) => [tokenOf(at), { contents: 'write' } as const]),
  );
  const double = await startReleases({ tokens, tags: { 'v1.0.0': pluginCommit }, ...options });
  try {
    return await work(double);
  } finally {
    await double.close();
  }
}

function publishPart(double: Releases, at: number, more: Partial<PublishRun> = {}): Promise<Ended> {
  return stage.cli({
    apiUrl: double.apiUrl,
    token: tokenOf(at),
    inputs: { folders: folderOf(at), parts: of, part: `part-${String(at)}` },
    // Jobs that meet wait a moment for each other, as real ones do for seconds.
    env: { GOTIFY_PLUGIN_BUILD_RETRY_DELAYS: '5,20,80' },
    output: `published-${new URL(double.apiUrl).port}-${String(at)}`,
    ...more,
  });
}

/** What was ever public, and is in the end; a release is published once, and whole. */
function end(double: Releases): object {
  const contents = double.contents();
  const whole = Object.keys(expected.releases[0]?.assets ?? {})
    .sort()
    .join();
  const published = double.changes.filter(({ kind }) => kind === 'published');
  const first = double.changes.findIndex(({ kind }) => kind === 'published');
  return {
    contents: JSON.stringify(contents) === JSON.stringify(expected) ? 'whole' : contents,
    shown: published.map(({ names }) => ([...names].sort().join() === whole ? 'whole' : names)),
    // Another part may say the same of it a second time: it changes nothing. Drafts that were given up go last.
    after: double.changes
      .slice(first + 1)
      .filter(({ kind, draft }) => kind !== 'edited' && !(kind === 'deleted' && draft)),
  };
}

const right = { contents: 'whole', shown: ['whole'], after: [] };

test('parts that come one after the other make one release of ten assets', () => {
  expect(expected.releases).toMatchObject([{ draft: false }]);
  expect(Object.keys(expected.releases[0]?.assets ?? {})).toHaveLength(parts.length + 2);
});

/** Lists are up to date, and late in every fourth round. */
function lagOf(round: number): ReleasesOptions {
  return { listLag: round % 4 === 3 ? 4 : 0 };
}

describe('eight processes at once', () => {
  test('make one release, published when it is whole, in fifty rounds', async () => {
    const ends: object[] = [];
    for (let round = 0; round < 50; round += 1) {
      await withDouble(lagOf(round), async (double) => {
        const runs = await Promise.all([...parts.keys()].map((at) => publishPart(double, at)));
        const failed = runs.filter(({ code }) => code !== 0);
        ends.push({ round, failed, ...end(double) });
      });
    }
    expect(ends).toEqual(ends.map((_, round) => ({ round, failed: [], ...right })));
  });

  test('of which one dies half way publish nothing without it, and end right when it is run again', async () => {
    const random = seeded(5);
    const ends: object[] = [];
    for (let round = 0; round < 10; round += 1) {
      const [victim, at] = [Math.floor(random() * parts.length), 1 + Math.floor(random() * 9)];
      await withDouble(lagOf(round), async (double) => {
        const runs = await Promise.all(
          [...parts.keys()].map((part) =>
            part === victim ? dyingPart(double, part, at) : publishPart(double, part),
          ),
        );
        const failed = runs.filter(({ code }, part) => part !== victim && code !== 0);
        const early = double.changes.filter(
          ({ kind, names }) => kind === 'published' && names.length < parts.length,
        );
        const again = await publishPart(double, victim);
        ends.push({ round, victim, at, failed, early, again: again.code, ...end(double) });
      });
    }
    expect(ends).toEqual(ends.map((round) => ({ ...round, failed: [], early: [], again: 0, ...right })));
  });
});

/** Killed while GitHub has its n-th request. */
async function dyingPart(double: Releases, part: number, n: number): Promise<Ended> {
  const ended = new AbortController();
  const run = publishPart(double, part, {
    started: (child) => {
      void (async () => {
        while (requestsOf(double, part) < n && !ended.signal.aborted) await sleep(1);
        child.kill('SIGKILL');
      })();
    },
  });
  return run.finally(() => {
    ended.abort();
  });
}

function requestsOf(double: Releases, part: number): number {
  return double.requests.filter(({ authorization }) => authorization === `Bearer ${tokenOf(part)}`).length;
}
