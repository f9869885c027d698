import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { publishPart, publishRelease } from '../../../src/publish/publish-release.js';
import type { PluginFile } from '../../../src/publish/file.js';
import type { Release, ReleaseApi } from '../../../src/publish/release-api.js';
import type { PartRequest } from '../../../src/publish/request.js';
import {
  apiOf,
  onlyRelease,
  partOf,
  pluginFile,
  requestOf,
  tempDir,
  textOf,
  withDouble,
} from '../../support/publishing.js';
import type { Contents } from '../../support/releases/server.js';

/** Two jobs whose requests come in every order that matters: what chance shows seldom. */
let dir: Awaited<ReturnType<typeof tempDir>>;
let files: readonly [PluginFile, PluginFile];
let a: PartRequest;
let b: PartRequest;
let expected: Contents;

const tag = 'v1.0.0';
const ours = '<!-- gotify-plugin-build: begin -->\n\n<!-- gotify-plugin-build: end -->';

beforeAll(async () => {
  dir = await tempDir();
  files = [await pluginFile(dir.path), await pluginFile(dir.path, { target: 'linux-arm64' })];
  a = partOf(requestOf([files[0]]), 'a', 2);
  b = partOf(requestOf([files[1]]), 'b', 2);
  expected = await withDouble({}, async (double) => {
    await publishPart(a, apiOf(double));
    await publishPart(b, apiOf(double));
    return double.contents();
  });
});

afterAll(() => dir.remove());

/** What one job makes of all files. */
async function madeAlone(): Promise<Contents> {
  return withDouble({}, async (double) => {
    await publishRelease(requestOf(files), apiOf(double));
    return double.contents();
  });
}

interface Paused {
  readonly api: ReleaseApi;
  /** When the job is at that call. */
  readonly reached: Promise<void>;
  resume(): void;
}

/** A job that stops before its n-th call until it is told to go on. */
function pausing(api: ReleaseApi, at: number): Paused {
  let calls = 0;
  let resume = (): void => undefined;
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const resumed = new Promise<void>((resolve) => (resume = resolve));
  const paused = new Proxy(api, {
    get: (target, method) => {
      const call: unknown = Reflect.get(target, method);
      return async (...args: readonly unknown[]): Promise<unknown> => {
        calls += 1;
        if (calls === at) {
          reach();
          await resumed;
        }
        return typeof call === 'function' ? Reflect.apply(call, target, args) : undefined;
      };
    },
  });
  return { api: paused, reached, resume };
}

/** Whose lists never show this draft. */
function blindTo(api: ReleaseApi, id: number): ReleaseApi {
  return {
    ...api,
    releasesOf: async (each) => (await api.releasesOf(each)).filter((release) => release.id !== id),
  };
}

/** Whose lists show each release as it was when they showed it first. */
function late(api: ReleaseApi): ReleaseApi {
  const seen = new Map<number, Release>();
  const first = (release: Release): Release => {
    const known = seen.get(release.id) ?? release;
    seen.set(release.id, known);
    return known;
  };
  return { ...api, releasesOf: async (each) => (await api.releasesOf(each)).map(first) };
}

/** Until it stops, or has ended. */
async function start(job: Promise<unknown>, { reached }: Paused): Promise<void> {
  job.catch(() => undefined);
  await Promise.race([reached, job]);
}

interface Order {
  /** The call before which the first job stops until the second one has stopped. */
  readonly stop: number;
  /** The call before which the second job stops until the first one has ended. */
  readonly meanwhile: number;
  readonly isLate?: boolean;
}

/** The first job works in a draft of its own, which the second one gives up meanwhile. */
async function expectNothingLost({ stop, meanwhile, isLate = false }: Order): Promise<void> {
  await withDouble({ releases: [{ tag, name: tag, draft: true, body: ours }] }, async (double) => {
    const [lower = 0] = double.releases.map(({ id }) => id);
    const blind = blindTo(apiOf(double), lower);
    const first = pausing(isLate ? late(blind) : blind, stop);
    const jobA = publishPart(a, first.api);
    await start(jobA, first);
    const second = pausing(apiOf(double), meanwhile);
    const jobB = publishPart(b, second.api);
    await start(jobB, second);
    first.resume();
    const isEnded = await jobA.then(
      () => true,
      (error: unknown) => expect(error).toMatchObject({ code: 'release-unsettled' }) === undefined && false,
    );
    second.resume();
    await jobB;
    // A job that ended well needs no second run.
    if (!isEnded) await publishPart(a, apiOf(double));
    await publishPart(b, apiOf(double));
    expect({ stop, meanwhile, contents: double.contents() }).toEqual({ stop, meanwhile, contents: expected });
  });
}

// From when the first has its draft to when it has ended; from before the second closes that to after it is deleted.
test('a part that ended needs no second run, however its draft is given up meanwhile', async () => {
  for (let stop = 4; stop <= 14; stop += 1) {
    for (let meanwhile = 9; meanwhile <= 17; meanwhile += 1) await expectNothingLost({ stop, meanwhile });
  }
});

test('nor does one whose lists are out of date', async () => {
  for (let stop = 5; stop <= 10; stop += 1) {
    for (let meanwhile = 11; meanwhile <= 15; meanwhile += 1) {
      await expectNothingLost({ stop, meanwhile, isLate: true });
    }
  }
});

test('two jobs that add to one published release both are in its texts, in any order', async () => {
  const third = await pluginFile(dir.path, { target: 'linux-386' });
  const names = [...files, third].map(({ name }) => name).sort();
  for (let stop = 2; stop <= 16; stop += 1) {
    for (let meanwhile = 2 + (stop % 2); meanwhile <= 16; meanwhile += 2) {
      await withDouble({}, async (double) => {
        await publishRelease(requestOf([third]), apiOf(double));
        const first = pausing(apiOf(double), stop);
        const jobA = publishRelease(requestOf([files[0]]), first.api);
        await start(jobA, first);
        const second = pausing(apiOf(double), meanwhile);
        const jobB = publishRelease(requestOf([files[1]]), second.api);
        await start(jobB, second);
        first.resume();
        await jobA;
        second.resume();
        await jobB;
        const index: unknown = JSON.parse(textOf(double, 'gotify-plugin.json'));
        expect({ stop, meanwhile, index }).toMatchObject({
          stop,
          meanwhile,
          index: { files: names.map((file) => ({ file })) },
        });
        const sums = textOf(double, 'checksums.txt').trimEnd().split('\n');
        expect(sums.map((line) => line.slice(66))).toEqual(names);
        expect(Object.keys(onlyRelease(double).assets)).toHaveLength(5);
      });
    }
  }
});

test('a part of which a file was lost is not there', async () => {
  await withDouble({}, async (double) => {
    await publishPart(a, apiOf(double));
    const [release] = double.releases;
    const lost = release?.assets.findIndex(({ name }) => name.endsWith('.so')) ?? -1;
    release?.assets.splice(lost, 1);
    expect(await publishPart(b, apiOf(double))).toMatchObject({ kind: 'waiting', parts: ['b'] });
    expect(await publishPart(a, apiOf(double))).toMatchObject({
      kind: 'published',
      uploaded: [files[0].name],
    });
    expect(double.contents()).toEqual(expected);
  });
});

test('what an ended part left in a draft that nobody saw is moved', async () => {
  await withDouble({ releases: [{ tag, name: tag, draft: true, body: ours }] }, async (double) => {
    const [lower = 0] = double.releases.map(({ id }) => id);
    expect(await publishPart(a, blindTo(apiOf(double), lower))).toMatchObject({ kind: 'waiting' });
    const published = await publishPart(b, apiOf(double));
    expect(published).toMatchObject({ kind: 'published', release: { id: lower } });
    expect(double.contents()).toEqual(expected);
  });
});

test('a draft that a job does not see is not published beside another one', async () => {
  await withDouble({ releases: [{ tag, name: tag, draft: true, body: ours }] }, async (double) => {
    const [lower = 0] = double.releases.map(({ id }) => id);
    await publishRelease(requestOf(files), blindTo(apiOf(double), lower));
    await publishRelease(requestOf(files), apiOf(double));
    expect(double.contents()).toEqual(await madeAlone());
  });
});
