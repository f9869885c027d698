import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { targetNames } from '../../../src/build/target.js';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishPart } from '../../../src/publish/publish-release.js';
import type { ReleaseApi } from '../../../src/publish/release-api.js';
import type { PartRequest } from '../../../src/publish/request.js';
import { type Contents, type Releases, type ReleasesOptions } from '../../support/releases/server.js';
import {
  apiOf,
  partOf,
  pluginFile,
  publications,
  requestOf,
  tempDir,
  withDouble,
} from '../../support/publishing.js';

const parts = 8;
let dir: Awaited<ReturnType<typeof tempDir>>;
let requests: readonly PartRequest[];
/** What the parts make one after the other. */
let expected: Contents;

beforeAll(async () => {
  dir = await tempDir();
  const jobs: Promise<readonly PluginFile[]>[] = Array.from({ length: parts }, (_, at) => filesOf(at));
  requests = (await Promise.all(jobs)).map((files, at) =>
    partOf(requestOf(files), `part-${String(at)}`, parts),
  );
  expected = await withDouble({}, async (double) => {
    const kinds: string[] = [];
    for (const request of requests) kinds.push((await publishPart(request, apiOf(double))).kind);
    expect(kinds).toEqual([...Array.from({ length: parts - 1 }, () => 'waiting'), 'published']);
    return double.contents();
  });
});

afterAll(() => dir.remove());

/** Two files of each part. */
async function filesOf(part: number): Promise<readonly PluginFile[]> {
  const target = targetNames[part % targetNames.length] ?? 'linux-amd64';
  const minor = String(2 + Math.floor(part / targetNames.length));
  return Promise.all(
    [`v2.${minor}.0`, `v2.${minor}.5`].map((server) => pluginFile(dir.path, { target, servers: [server] })),
  );
}

async function allAtOnce(double: Releases): Promise<readonly string[]> {
  const results = await Promise.all(requests.map((request) => publishPart(request, apiOf(double))));
  return results.map(({ kind }) => kind);
}

function expectWhole(double: Releases): void {
  const immutable = double.releases.every((release) => release.immutable);
  const releases = expected.releases.map((release) => ({ ...release, immutable }));
  expect(double.contents()).toEqual({ ...expected, releases });
  const names = Object.keys(expected.releases[0]?.assets ?? {}).sort();
  for (const seen of publications(double)) expect(seen).toEqual(names);
}

test('one after the other make one release of sixteen files', () => {
  expect(expected.releases).toHaveLength(1);
  expect(Object.keys(expected.releases[0]?.assets ?? {})).toHaveLength(18);
});

const sites: readonly [string, ReleasesOptions][] = [
  ['GitHub', {}],
  ['a GitHub whose lists are late', { listLag: 4 }],
  ['a GitHub whose lists are very late', { listLag: 20 }],
  ['a GitHub whose assets are listed late', { assetLag: 4 }],
  ['a GitHub whose assets are listed very late', { assetLag: 20 }],
  ['a GitHub where releases are immutable', { immutable: true }],
  ['an immutable and late one', { immutable: true, listLag: 4, assetLag: 10 }],
];

describe.each(sites)('eight at once at %s', (_, options) => {
  test('make one release, published when it is whole', async () => {
    for (let round = 0; round < 8; round += 1) {
      await withDouble(options, async (double) => {
        expect(await allAtOnce(double)).toContain('published');
        expectWhole(double);
      });
    }
  });

  test('publish nothing without one that died half way, until it is run again', async () => {
    for (const death of deaths) {
      await withDouble(options, async (double) => {
        const others = await withOneDying(double, death);
        expect(others).toEqual(Array.from({ length: parts - 1 }, () => 'waiting'));
        expect(publications(double)).toEqual([]);
        expect(await runAgain(double)).toBe('published');
        expectWhole(double);
      });
    }
  });

  test('end right wherever one died, when it is run again', async () => {
    for (let calls = 1; calls <= 24; calls += 2) {
      await withDouble(options, async (double) => {
        let left = calls;
        await withOneDying(double, () => --left === 0);
        await runAgain(double);
        expectWhole(double);
      });
    }
  });
});

/** Whether the job dies before it makes this call. */
type Death = (method: keyof ReleaseApi, args: readonly unknown[]) => boolean;

const isUpload = (method: string): boolean => method === 'upload';
const deaths: readonly Death[] = [
  (method) => method === 'releasesOf',
  isUpload,
  (method, args) => isUpload(method) && JSON.stringify(args).includes('.5.so'),
  (method, args) => isUpload(method) && JSON.stringify(args).includes('part-'),
];

/** The fourth part dies. */
async function withOneDying(double: Releases, death: Death): Promise<readonly string[]> {
  const results = await Promise.allSettled(
    requests.map((request, at) =>
      publishPart(request, at === 3 ? dying(apiOf(double), death) : apiOf(double)),
    ),
  );
  return results.flatMap((result, at) => {
    if (result.status === 'fulfilled') return at === 3 ? [] : [result.value.kind];
    if (at !== 3) throw result.reason;
    return [];
  });
}

async function runAgain(double: Releases): Promise<string> {
  const [again] = requests.slice(3, 4);
  if (again === undefined) throw new Error('there is no such part');
  return (await publishPart(again, apiOf(double))).kind;
}

function dying(api: ReleaseApi, death: Death): ReleaseApi {
  let isDead = false;
  return new Proxy(api, {
    get: (target, method: keyof ReleaseApi) => {
      const call: unknown = Reflect.get(target, method);
      return (...args: readonly unknown[]): unknown => {
        isDead ||= death(method, args);
        if (isDead || typeof call !== 'function') return Promise.reject(new Error('the machine is gone'));
        return Reflect.apply(call, target, args);
      };
    },
  });
}
