import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
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

// Two jobs whose requests come in every order that matters: what chance shows seldom. There are hundreds of them.
jest.setTimeout(300_000);

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
  /** How many there were. */
  calls(): number;
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
  return { api: paused, reached, resume, calls: () => calls };
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

// From when the first has its draft to when it has ended; from before the second closes that to after it is moved.
test('a part that ended needs no second run, however its draft is given up meanwhile', async () => {
  for (let stop = 4; stop <= 18; stop += 1) {
    for (let meanwhile = 10; meanwhile <= 18; meanwhile += 1) await expectNothingLost({ stop, meanwhile });
  }
});

test('nor does one whose lists are out of date', async () => {
  for (let stop = 5; stop <= 11; stop += 1) {
    for (let meanwhile = 10; meanwhile <= 17; meanwhile += 1) {
      await expectNothingLost({ stop, meanwhile, isLate: true });
    }
  }
});

/** What is left of two jobs that each think they own the release; the first one does not see the draft that counts. */
async function twoOwners({ stop, meanwhile }: Order, immutable: boolean): Promise<object> {
  const releases = [{ tag, name: tag, draft: true, body: ours }];
  return withDouble({ releases, immutable }, async (double) => {
    const [lower = 0] = double.releases.map(({ id }) => id);
    const first = pausing(blindTo(apiOf(double), lower), stop);
    const jobA = publishRelease(requestOf([files[0]]), first.api);
    await start(jobA, first);
    const second = pausing(apiOf(double), meanwhile);
    const jobB = publishRelease(requestOf([files[1]]), second.api);
    await start(jobB, second);
    first.resume();
    const code = (error: unknown): unknown => Reflect.get(Object(error), 'code');
    const ends = [await jobA.then(() => 'ended', code)];
    second.resume();
    ends.push(await jobB.then(() => 'ended', code));
    const shown = double.releases.filter(({ draft }) => !draft);
    const names = shown.flatMap(({ assets }) => assets.map(({ name }) => name));
    const missing = files.filter(({ name }, at) => ends[at] === 'ended' && !names.includes(name));
    const published = double.changes.filter(({ kind }) => kind === 'published');
    const titles = [...published.map(({ title }) => title), ...shown.map(({ name }) => name)];
    // In an immutable release nothing of the other job can be; and one that never sees the draft that counts gives up.
    const mayEnd = ['ended', ...(immutable ? ['release-immutable'] : []), 'release-unsettled'];
    for (const file of files) await publishRelease(requestOf([file]), apiOf(double)).catch(code);
    return {
      ...{ stop, meanwhile, titles, missing },
      lost: double.changes.filter(({ kind, draft }) => kind === 'deleted' && !draft),
      wrong: ends.filter((end, at) => !mayEnd.slice(0, mayEnd.length - at).includes(String(end))),
      left: double.contents().releases.map(({ name, draft }) => ({ name, draft })),
    };
  });
}

test.each([false, true])(
  'a draft that is published while another job gives it up is neither lost nor called a duplicate (immutable: %s)',
  async (immutable) => {
    const all: object[] = [];
    // Before the first one publishes; from before the second one closes that draft to after it published its own.
    for (let stop = 11; stop <= 18; stop += 1) {
      for (let meanwhile = 3; meanwhile <= 33; meanwhile += 2) {
        all.push(await twoOwners({ stop, meanwhile: meanwhile + (stop % 2) }, immutable));
      }
    }
    const right = { missing: [], lost: [], wrong: [], left: [{ name: tag, draft: false }] };
    expect(all).toEqual(all.map((each) => ({ ...each, ...right, titles: [tag, tag] })));
  },
);

test('a title that says duplicate in public is put right by the next run', async () => {
  await withDouble({ releases: [{ tag, name: tag, draft: true, body: ours }] }, async (double) => {
    const [lower = 0] = double.releases.map(({ id }) => id);
    const api = apiOf(double);
    await publishRelease(requestOf([files[0]], { draft: true }), blindTo(api, lower));
    // It is published when the other job has looked, which dies when it has given it up.
    let updates = 0;
    const dying: ReleaseApi['update'] = async (id, change) => {
      updates += 1;
      if (updates > 1) throw new Error('the machine is gone');
      await publishRelease(requestOf([files[0]]), blindTo(api, lower));
      return api.update(id, change);
    };
    await expect(publishRelease(requestOf([files[1]]), { ...api, update: dying })).rejects.toThrow('is gone');
    expect(double.releases.find(({ draft }) => !draft)?.name).toBe(`${tag} (duplicate, being removed)`);
    await publishRelease(requestOf([files[1]]), api);
    expect(onlyRelease(double)).toMatchObject({ name: tag, draft: false });
  });
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

test('a job ends well whenever its twin publishes the same, and the release is immutable from then on', async () => {
  const [one] = files;
  const old = { name: 'checksums.txt', bytes: Buffer.from('old') };
  // What is replaced is sent, deleted and renamed.
  const draft = { tag, name: tag, draft: true, body: ours, assets: [old, { ...old, name: one.name }] };
  const calls = await withDouble({ immutable: true, releases: [draft] }, async (double) => {
    const whole = pausing(apiOf(double), 0);
    await publishRelease(requestOf(files), whole.api);
    return whole.calls();
  });
  expect(calls).toBeGreaterThan(15);
  for (let stop = 1; stop <= calls; stop += 1) {
    await withDouble({ immutable: true, releases: [draft] }, async (double) => {
      const first = pausing(apiOf(double), stop);
      const job = publishRelease(requestOf(files), first.api);
      await start(job, first);
      await publishRelease(requestOf(files), apiOf(double));
      const before = double.contents();
      first.resume();
      expect({ stop, kind: (await job).kind }).toEqual({ stop, kind: 'published' });
      expect(double.contents()).toEqual(before);
    });
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
