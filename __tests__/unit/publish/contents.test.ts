import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contentsOf, entriesIn, isFinished } from '../../../src/publish/contents.js';
import { chooseRelease } from '../../../src/publish/drafts.js';
import type { PluginFile } from '../../../src/publish/file.js';
import { missingFrom } from '../../../src/publish/missing.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import type { Release } from '../../../src/publish/release-api.js';
import {
  anHour,
  apiOf,
  commit,
  onlyRelease,
  pluginFile,
  requestOf,
  tempDir,
  withDouble,
} from '../../support/publishing.js';
import type { Contents, FaultKind, Releases } from '../../support/releases/server.js';

let dir: Awaited<ReturnType<typeof tempDir>>;
let before: readonly PluginFile[];
let last: PluginFile;

const tag = 'v1.0.0';
const servers = ['v2.7.0', 'v2.8.0', 'v2.9.0'];

beforeAll(async () => {
  dir = await tempDir();
  const file = (server: string): Promise<PluginFile> => pluginFile(dir.path, { servers: [server] });
  before = await Promise.all([file('v2.7.0'), file('v2.8.0')]);
  last = await file('v2.9.0');
});

afterAll(() => dir.remove());

async function releaseOf(double: Releases): Promise<Release | null> {
  return chooseRelease(await apiOf(double).releasesOf(tag)).release;
}

interface Finding {
  readonly missing: boolean;
  readonly finished: boolean;
}

/** What a follower finds; null: there is no release. */
async function find(double: Releases, { draft = false, notes = true } = {}): Promise<Finding | null> {
  const release = await releaseOf(double);
  if (release === null) return null;
  const contents = await contentsOf(release, apiOf(double));
  const missing = missingFrom(entriesIn(contents), servers, ['linux-amd64']).length > 0;
  return { missing, finished: isFinished(contents, { draft, notes }) };
}

const done = { missing: false, finished: true };
const undone = { missing: false, finished: false };

describe.each([
  ['a published release that gets a file', false],
  ['a release that is made', true],
])('%s, broken off at each request', (_, isNew) => {
  let expected: Contents;
  let requests: number;

  const prepare = async (double: Releases): Promise<void> => {
    if (!isNew) await publishRelease(requestOf(before), apiOf(double));
  };
  const run = (double: Releases): Promise<unknown> =>
    publishRelease(requestOf([...before, last]), apiOf(double));

  beforeAll(async () => {
    await withDouble({}, async (double) => {
      await prepare(double);
      const earlier = double.requests.length;
      await run(double);
      requests = double.requests.length - earlier;
      expected = double.contents();
    });
  });

  test.each<FaultKind>(['reset', 'half-body', 'answer-lost'])(
    'is complete only where it is as it would be, and is finished without a build else: %s',
    async (kind) => {
      const found = new Set<string>();
      for (let at = 1; at <= requests; at += 1) {
        await withDouble({}, async (double) => {
          await prepare(double);
          double.fail({ at, kind, persistent: true });
          await expect(run(double)).rejects.toMatchObject({ kind: 'surroundings' });
          double.fail(null);
          double.advance(anHour);
          const finding = await find(double);
          found.add(JSON.stringify(finding));
          const isComplete = finding !== null && !finding.missing && finding.finished;
          if (isComplete) expect({ at, contents: double.contents() }).toEqual({ at, contents: expected });
          else if (finding?.missing === false) await publishRelease(requestOf([]), apiOf(double));
          else await run(double);
          expect({ at, contents: double.contents() }).toEqual({ at, contents: expected });
          expect(await find(double)).toEqual(done);
        });
      }
      expect(found).toContain(JSON.stringify(undone));
      expect([...found].some((each) => each.includes('"missing":true'))).toBe(true);
    },
  );
});

describe('a release that has all files is not finished', () => {
  const whole = async (double: Releases): Promise<void> => {
    await publishRelease(requestOf([...before, last]), apiOf(double));
  };
  const idOf = (double: Releases, name: string): number => {
    const asset = double.releases.flatMap(({ assets }) => assets).find((each) => each.name === name);
    if (asset === undefined) throw new Error(`there is no ${name}`);
    return asset.id;
  };

  test.each<[string, (double: Releases, release: Release) => Promise<unknown>]>([
    [
      'while gotify-plugin.json waits for its place',
      (double) => {
        const id = idOf(double, 'gotify-plugin.json');
        return apiOf(double).rename(id, `gotify-plugin.json.${'0'.repeat(16)}.next`);
      },
    ],
    ['without checksums.txt', (double) => apiOf(double).deleteAsset(idOf(double, 'checksums.txt'))],
    [
      'with another checksums.txt',
      async (double, release) => {
        await apiOf(double).deleteAsset(idOf(double, 'checksums.txt'));
        const content = { kind: 'bytes', bytes: Buffer.from(`${'0'.repeat(64)}  old.so\n`) } as const;
        await apiOf(double).upload(release, { name: 'checksums.txt', content });
      },
    ],
    [
      'with a text that does not say what is there',
      (double, { id, body }) => apiOf(double).update(id, { tag, body: body.replace(/^.*2.9.0.*\n/m, '') }),
    ],
    [
      'with a part that is left',
      async (double, release) => {
        const part = { schema: 1, tag, plugin: 'example.com/hello', files: [], part: 'a', of: 2 };
        const text = JSON.stringify({ ...part, run: null, attempt: null, skipped: [], left: [] });
        const content = { kind: 'bytes', bytes: Buffer.from(text) } as const;
        await apiOf(double).upload(release, { name: 'gotify-plugin.part-a.json', content });
      },
    ],
  ])('%s', async (_, spoil) => {
    await withDouble({}, async (double) => {
      await whole(double);
      const expected = double.contents();
      expect(await find(double)).toEqual(done);
      const release = await releaseOf(double);
      if (release === null) throw new Error('there is no release');
      await spoil(double, release);
      expect(await find(double)).toEqual(undone);
      await publishRelease(requestOf([]), apiOf(double));
      expect(double.contents()).toEqual(expected);
    });
  });

  test('while it is a draft, unless it is to stay one', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([...before, last], { draft: true }), apiOf(double));
      expect(await find(double)).toEqual(undone);
      expect(await find(double, { draft: true })).toEqual(done);
      await publishRelease(requestOf([]), apiOf(double));
      expect(onlyRelease(double).draft).toBe(false);
      expect(await find(double)).toEqual(done);
    });
  });
});

describe('a release that has all files is finished', () => {
  test('with lines of somebody else in checksums.txt, and a text of somebody else', async () => {
    const foreign = Buffer.from(`${'0'.repeat(64)}  manual.pdf\n`);
    const assets = [{ name: 'checksums.txt', bytes: foreign }];
    await withDouble({ releases: [{ tag, body: 'Mine', assets }] }, async (double) => {
      await publishRelease(requestOf([...before, last]), apiOf(double));
      expect(await find(double)).toEqual(done);
    });
  });

  test('with a text that says what is missing besides', async () => {
    await withDouble({}, async (double) => {
      const left = [{ target: 'linux-386', servers: ['v2.9.0'], text: 'linux-386 was not built' }] as const;
      await publishRelease(requestOf([...before, last], { left }), apiOf(double));
      expect(await find(double)).toEqual(done);
    });
  });

  test('whatever its text says, where the text is not to be touched', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([...before, last]), apiOf(double));
      const release = await releaseOf(double);
      await apiOf(double).update(release?.id ?? 0, { tag, body: requestOf([]).tag });
      expect(await find(double, { notes: false })).toEqual(done);
    });
  });

  test('where it is immutable: nothing can be done about it', async () => {
    await withDouble({ immutable: true }, async (double) => {
      await publishRelease(requestOf([...before, last], { notes: false }), apiOf(double));
      expect(await find(double)).toEqual(done);
    });
  });

  test('where its server names no digests, and nothing is left behind', async () => {
    await withDouble({ tags: { [tag]: commit } }, async (double) => {
      await publishRelease(requestOf([...before, last]), apiOf(double));
      const release = await releaseOf(double);
      if (release === null) throw new Error('there is no release');
      const contents = await contentsOf(release, apiOf(double));
      const untold = { ...contents, assets: contents.assets.map((asset) => ({ ...asset, digest: null })) };
      expect(isFinished(untold, { draft: false, notes: true })).toBe(true);
      expect(missingFrom(entriesIn(untold), servers, ['linux-amd64'])).toEqual([]);
      const [first] = untold.assets;
      if (first === undefined) throw new Error('there is no asset');
      const left = { ...first, name: `${first.name}.${'0'.repeat(16)}.next` };
      expect(isFinished({ ...untold, assets: [...untold.assets, left] }, { draft: false, notes: true })).toBe(
        false,
      );
    });
  });
});
