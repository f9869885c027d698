import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import type { ReleaseApi } from '../../../src/publish/release-api.js';
import type { Contents, Releases } from '../../support/releases/server.js';
import {
  anHour,
  apiOf,
  namesOf,
  onlyRelease,
  pluginFile,
  publications,
  requestOf,
  tempDir,
  textOf,
  withDouble,
} from '../../support/publishing.js';

/** Jobs that meet while their uploads are under way, which take a while. */
let dir: Awaited<ReturnType<typeof tempDir>>;
let files: readonly [PluginFile, PluginFile, ...PluginFile[]];

const tag = 'v1.0.0';
const ours = '<!-- gotify-plugin-build: begin -->\n\n<!-- gotify-plugin-build: end -->';
const draft = { tag, name: tag, draft: true, body: ours };
const tokens = {
  'write-token': { contents: 'write' },
  slow: { contents: 'write', uploadMs: 300 },
  slower: { contents: 'write', uploadMs: 450 },
} as const;

beforeAll(async () => {
  dir = await tempDir();
  const file = (target: PluginFile['target']): Promise<PluginFile> => pluginFile(dir.path, { target });
  files = [
    await file('linux-amd64'),
    await file('linux-arm64'),
    ...(await Promise.all((['linux-arm-7', 'linux-386', 'linux-riscv64'] as const).map(file))),
  ];
});

afterAll(() => dir.remove());

/** Looks as often as a real job would, for the time that the uploads take. */
function slowApi(double: Releases, token: keyof typeof tokens): ReleaseApi {
  return apiOf(double, token, [5, 20, 40]);
}

/** How often each asset was sent, and what was removed. */
function traffic(double: Releases): object {
  const uploads = double.changes.filter(({ kind }) => kind === 'uploaded').flatMap(({ names }) => names);
  return {
    most: Math.max(...uploads.map((name) => uploads.filter((each) => each === name).length)),
    removed: double.changes.filter(({ kind }) => kind === 'removed').map(({ names }) => names),
    refused: double.requests.filter(({ host, status }) => host === 'upload' && status === 404).length,
  };
}

describe.each([false, true])('the same job twice at once (immutable: %s)', (immutable) => {
  let expected: Contents;

  beforeAll(async () => {
    expected = await withDouble({ immutable }, async (double) => {
      await publishRelease(requestOf(files), apiOf(double));
      return double.contents();
    });
  });

  test.each([
    ['a draft that is there', [draft]],
    ['no release yet', []],
  ])('sends each file once and takes nobody’s away: %s', async (_, releases) => {
    for (const pause of [0, 30, 150, 320]) {
      await withDouble({ immutable, releases, tokens }, async (double) => {
        const first = publishRelease(requestOf(files), slowApi(double, 'slow'));
        await new Promise((resolve) => setTimeout(resolve, pause));
        const second = publishRelease(requestOf(files), slowApi(double, 'slower'));
        expect([(await first).kind, (await second).kind]).toEqual(['published', 'published']);
        // A draft that one of them gave up lies there until the release is published.
        await publishRelease(requestOf(files), apiOf(double));
        expect({ pause, contents: double.contents() }).toEqual({ pause, contents: expected });
        expect(publications(double)).toHaveLength(1);
        if (releases.length > 0) expect(traffic(double)).toEqual({ most: 1, removed: [], refused: 0 });
      });
    }
  });
});

test('two jobs that each think they own the release wait for each other’s uploads', async () => {
  const [mine, yours] = files;
  for (const pause of [0, 40, 200]) {
    await withDouble({ releases: [draft], tokens }, async (double) => {
      const slow = publishRelease(requestOf([mine]), slowApi(double, 'slow'));
      await new Promise((resolve) => setTimeout(resolve, pause));
      const quick = publishRelease(requestOf([yours]), slowApi(double, 'write-token'));
      expect([(await slow).kind, (await quick).kind]).toEqual(['published', 'published']);
      expect(namesOf(double)).toEqual(['checksums.txt', 'gotify-plugin.json', mine.name, yours.name]);
      expect(JSON.parse(textOf(double, 'gotify-plugin.json'))).toMatchObject({
        files: [{ file: mine.name }, { file: yours.name }],
      });
      expect(textOf(double, 'checksums.txt').trim().split('\n')).toHaveLength(2);
      expect(traffic(double)).toMatchObject({ refused: 0 });
    });
  }
});

describe('an upload that is not whole', () => {
  const [name = ''] = ['hello-linux-amd64-for-gotify-v2.9.1.so'];
  const left = { ...draft, assets: [{ name, bytes: Buffer.from(''), state: 'starter' }] } as const;

  test('is left alone while it may be under way, and that is said', async () => {
    await withDouble({ tokens, releases: [draft] }, async (double) => {
      const [first] = await apiOf(double).releasesOf(tag);
      if (first === undefined) throw new Error('there is no draft');
      const [file] = files;
      const content = { kind: 'file', path: file.path } as const;
      // Somebody else's.
      const sent = slowApi(double, 'slow').upload(first, { name: file.name, content });
      while (double.releases.every(({ assets }) => assets.length === 0))
        await new Promise((resolve) => setTimeout(resolve, 1));
      const told: string[] = [];
      const published = await publishRelease(requestOf(files), slowApi(double, 'write-token'), (text) =>
        told.push(text),
      );
      expect((await sent).kind).toBe('done');
      expect(published.same).toEqual([file.name]);
      expect(told).toEqual([`Another job seems to be sending ${file.name}: this one waits for it.`]);
      expect(traffic(double)).toEqual({ most: 1, removed: [], refused: 0 });
    });
  });

  test('is removed where it is too old to be under way', async () => {
    await withDouble({ releases: [left] }, async (double) => {
      const told: string[] = [];
      expect(await publishRelease(requestOf(files), apiOf(double), (text) => told.push(text))).toMatchObject({
        kind: 'published',
        uploaded: files.map((file) => file.name),
      });
      expect(told).toEqual([]);
    });
  });

  test.each([
    // A line of 100 kB a second, and half a minute more; the largest file here is of 4 MB.
    ['hello-linux-386-for-gotify-v2.0.0.so', 185_000, 195_000],
    ['gotify-plugin.json', 155_000, 165_000],
  ])('is too old when an upload of its size would be given up: %s', async (asset, young, old) => {
    const large = await pluginFile(dir.path, { servers: ['v2.2.0'], size: 4_000_000 });
    await withDouble({ releases: [draft] }, async (double) => {
      double.fail({ at: 2, kind: 'status502' });
      const [release] = await apiOf(double).releasesOf(tag);
      if (release === undefined) throw new Error('there is no draft');
      const content = { kind: 'bytes', bytes: Buffer.from('x') } as const;
      expect((await apiOf(double).upload(release, { name: asset, content })).kind).toBe('unsure');
      const states = (): readonly string[] =>
        double.changes.filter(({ kind }) => kind === 'removed').flatMap(({ names }) => names);
      const stopped = new Error('it waits');
      const api = { ...apiOf(double), pause: () => Promise.reject(stopped) };
      double.advance(young);
      await expect(publishRelease(requestOf([large]), api)).rejects.toBe(stopped);
      expect(states()).toEqual([]);
      double.advance(old - young);
      await publishRelease(requestOf([large]), api);
      expect(states()).toEqual([asset]);
    });
  });

  test('is removed at once where this run itself saw it fail', async () => {
    await withDouble({ fault: { at: 6, kind: 'half-body' } }, async (double) => {
      const published = await publishRelease(requestOf(files), apiOf(double));
      expect(published.uploaded).toHaveLength(files.length);
      expect(double.changes.map(({ kind }) => kind)).toContain('broken-off');
    });
  });

  test('of a crashed run is waited for until it is too old', async () => {
    await withDouble({ fault: { at: 6, kind: 'half-body', persistent: true } }, async (double) => {
      await expect(publishRelease(requestOf(files), apiOf(double))).rejects.toMatchObject({
        kind: 'surroundings',
      });
      double.fail(null);
      let looks = 0;
      const api = apiOf(double);
      const releasesOf: ReleaseApi['releasesOf'] = async (each) => {
        looks += 1;
        if (looks === 10) double.advance(anHour);
        return api.releasesOf(each);
      };
      await publishRelease(requestOf(files), { ...api, releasesOf });
      expect(looks).toBeGreaterThan(10);
      expect(onlyRelease(double)).toMatchObject({ draft: false });
      expect(namesOf(double)).toHaveLength(files.length + 2);
    });
  });
});

test('four uploads at once, and no more', async () => {
  await withDouble({ tokens }, async (double) => {
    await publishRelease(requestOf(files), slowApi(double, 'slow'));
    expect(files.length).toBeGreaterThan(4);
    expect(double.mostUploads).toBe(4);
  });
});
