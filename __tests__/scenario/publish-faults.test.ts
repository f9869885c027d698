import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pluginCommit } from '../support/build-output.js';
import { startPublishStage, type PublishStage } from '../support/publish-process.js';
import { anHour } from '../support/publishing.js';
import {
  startReleases,
  type Contents,
  type Fault,
  type FaultKind,
  type Releases,
} from '../support/releases/server.js';

// A process for every request of a release, for every kind of fault: in turn once or lasting. All of both is in
// unit/publish/faults.test.ts, where no process is started.
jest.setTimeout(600_000);

const tags = { 'v1.0.0': pluginCommit };

let stage: PublishStage;
let undisturbed: { readonly contents: Contents; readonly requests: number };

beforeAll(async () => {
  stage = await startPublishStage();
  const targets = ['linux-amd64', 'linux-arm64', 'linux-arm-7'] as const;
  stage.build('out', [
    { servers: ['v3.0.0'], targets },
    { servers: ['v2.9.1'], targets },
  ]);
  undisturbed = await withFault(null, async (double) => {
    expect(await publish(double)).toBe(0);
    return { contents: double.contents(), requests: double.requests.length };
  });
});

afterAll(() => stage.close());

async function withFault<T>(fault: Fault | null, work: (double: Releases) => Promise<T>): Promise<T> {
  const double = await startReleases({ tags, ...(fault === null ? {} : { fault }) });
  try {
    return await work(double);
  } finally {
    await double.close();
  }
}

/** @returns the exit code of the process */
async function publish(double: Releases): Promise<number | null> {
  const { code } = await stage.action({
    apiUrl: double.apiUrl,
    // Runs side by side have a report each.
    output: `published-${new URL(double.apiUrl).port}`,
  });
  return code;
}

/** The assets of each release that the public ever saw, at the moment that it came to see them. */
function shown(double: Releases): readonly (readonly string[])[] {
  return double.changes.filter(({ kind }) => kind === 'published').map(({ names }) => [...names].sort());
}

/** What changed where the public could see it; a publication whose answer was lost is asked for again. */
function touched(double: Releases): readonly string[] {
  return double.changes
    .filter(({ kind, draft }) => kind !== 'published' && kind !== 'edited' && !draft)
    .map(({ kind, names }) => `${kind} ${names.join(' ')}`);
}

interface Hit {
  readonly at: number;
  readonly kind: FaultKind;
}

const kinds: readonly FaultKind[] = ['reset', 'status500', 'half-body', 'answer-lost'];

/** Every request with two kinds of fault, the even or the odd ones in turn. Two processes side by side. */
async function forEveryRequest(turn: 0 | 1, work: (hit: Hit) => Promise<object>): Promise<readonly object[]> {
  const limit = pLimit(2);
  const all = Array.from({ length: undisturbed.requests }, (_, index) => index + 1);
  const hits = all.flatMap((at) =>
    kinds.filter((_, index) => (at + index) % 2 === turn).map((kind) => ({ at, kind })),
  );
  return Promise.all(hits.map((hit) => limit(async () => ({ ...hit, ...(await work(hit)) }))));
}

/** What is left to be seen of a run in the end; `whole` for as it is without a fault. */
function end(double: Releases): object {
  const [release] = undisturbed.contents.releases;
  const names = Object.keys(release?.assets ?? {}).sort();
  const contents = double.contents();
  return {
    contents: JSON.stringify(contents) === JSON.stringify(undisturbed.contents) ? 'whole' : contents,
    shown: shown(double).map((seen) => (seen.join() === names.join() ? 'whole' : seen)),
    touched: touched(double),
  };
}

const right = { contents: 'whole', shown: ['whole'], touched: [] };

test('an undisturbed release of three targets and two groups has eight assets', () => {
  expect(Object.keys(undisturbed.contents.releases[0]?.assets ?? {})).toHaveLength(8);
  expect(undisturbed.requests).toBeGreaterThan(15);
});

describe('a fault of every request', () => {
  test('heals within the run where it happens once', async () => {
    const ends = await forEveryRequest(0, (hit) =>
      withFault(hit, async (double) => ({ code: await publish(double), ...end(double) })),
    );
    expect(ends).toEqual(ends.map((hit) => ({ ...hit, code: 0, ...right })));
  });

  test('ends the run where it lasts, and the rerun ends right', async () => {
    const ends = await forEveryRequest(1, (hit) =>
      withFault({ ...hit, persistent: true }, async (double) => {
        const broken = await publish(double);
        const half = shown(double).filter((names) => names.length !== 8);
        double.fail(null);
        // What broke off is waited for until nobody can be sending it any more.
        double.advance(anHour);
        return { broken, half, code: await publish(double), ...end(double) };
      }),
    );
    expect(ends).toEqual(ends.map((hit) => ({ ...hit, broken: 3, half: [], code: 0, ...right })));
  });
});
