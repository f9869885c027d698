import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishPart, publishRelease } from '../../../src/publish/publish-release.js';
import type { PartRequest, PublishRequest } from '../../../src/publish/request.js';
import type { ReleaseApi } from '../../../src/publish/release-api.js';
import type { Releases, SeedAsset, SeedRelease } from '../../support/releases/server.js';
import {
  apiOf,
  namesOf,
  onlyRelease,
  partOf,
  pluginFile,
  publications,
  requestOf,
  tempDir,
  textOf,
  withDouble,
} from '../../support/publishing.js';

let dir: Awaited<ReturnType<typeof tempDir>>;
let amd64: PluginFile;
let arm64: PluginFile;
/** amd64 with other bytes. */
let other: PluginFile;

beforeAll(async () => {
  dir = await tempDir();
  amd64 = await pluginFile(dir.path, { servers: ['v2.9.1', 'v2.9.0'] });
  other = await pluginFile(dir.path, { servers: ['v2.9.1', 'v2.9.0'], salt: 'other' });
  arm64 = await pluginFile(dir.path, { target: 'linux-arm64', servers: ['v2.9.1', 'v2.9.0'] });
});

afterAll(() => dir.remove());

const tag = 'v1.0.0';
const seeded = (...releases: readonly SeedRelease[]): { readonly releases: readonly SeedRelease[] } => ({
  releases,
});
const asset = (name: string, text = name, more: Partial<SeedAsset> = {}): SeedAsset => ({
  name,
  bytes: Buffer.from(text),
  ...more,
});
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Failure ? `${error.kind} ${error.code}` : String(error)),
  );

describe('a tag without a release', () => {
  test('gets one with the files, checksums that sha256sum accepts, and gotify-plugin.json', async () => {
    await withDouble({}, async (double) => {
      const published = await publishRelease(requestOf([amd64, arm64]), apiOf(double));
      expect(published).toMatchObject({
        kind: 'published',
        uploaded: [amd64.name, arm64.name],
        replaced: [],
        same: [],
        skipped: [],
        unknown: [],
        release: { tag, name: tag, draft: false },
      });
      expect(namesOf(double)).toEqual(['checksums.txt', 'gotify-plugin.json', amd64.name, arm64.name]);
      expect(publications(double)).toEqual([namesOf(double)]);
      await writeFile(join(dir.path, 'checksums.txt'), textOf(double, 'checksums.txt'));
      for (const { name } of [amd64, arm64]) await writeFile(join(dir.path, name), textOf(double, name));
      const { status, stdout } = spawnSync('sha256sum', ['-c', 'checksums.txt'], {
        cwd: dir.path,
        encoding: 'utf8',
      });
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${amd64.name}: OK\n${arm64.name}: OK\n` });
      expect(JSON.parse(textOf(double, 'gotify-plugin.json'))).toEqual({
        schema: 1,
        tag,
        plugin: 'example.com/hello',
        runs: [],
        files: [amd64, arm64].map(({ name, sha256, target }) => ({
          file: name,
          commit: 'a'.repeat(40),
          sha256,
          size: 3000,
          target,
          goVersion: '1.26.0',
          servers: ['v2.9.1', 'v2.9.0'],
          modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.11.0' }],
          verdict: { kind: 'loads', compared: 120 },
        })),
      });
    });
  });

  test('gets what the options say: a pre-release, a draft, not the latest, no notes', async () => {
    const run = async (more: Partial<PublishRequest>): Promise<object> =>
      withDouble({}, async (double) => {
        const { kind } = await publishRelease(requestOf([amd64], more), apiOf(double));
        const { draft, prerelease, body } = onlyRelease(double);
        return {
          kind,
          draft,
          prerelease,
          latest: double.contents().latest,
          table: body.includes('| file |'),
        };
      });
    const usual = { kind: 'published', draft: false, prerelease: false, latest: tag, table: true };
    expect(await run({})).toEqual(usual);
    expect(await run({ prerelease: true })).toEqual({ ...usual, prerelease: true, latest: null });
    expect(await run({ makeLatest: 'false' })).toEqual({ ...usual, latest: null });
    expect(await run({ notes: false })).toEqual({ ...usual, table: false });
    expect(await run({ draft: true })).toEqual({ ...usual, kind: 'draft', draft: true, latest: null });
  });

  test('becomes what a later run says: the draft of an earlier one is published as a pre-release', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64], { draft: true }), apiOf(double));
      const published = await publishRelease(requestOf([amd64], { prerelease: true }), apiOf(double));
      expect(published).toMatchObject({ kind: 'published', uploaded: [], same: [amd64.name] });
      expect(onlyRelease(double)).toMatchObject({ draft: false, prerelease: true });
    });
  });

  test('that is not there either is an input error, and nothing is made', async () => {
    await withDouble({}, async (double) => {
      const request = requestOf([amd64], { tag: 'v9' });
      await expect(publishRelease(request, apiOf(double))).rejects.toMatchObject({
        kind: 'input',
        code: 'no-such-tag',
        where: { kind: 'input', input: 'release-tag' },
      });
      expect(double.contents()).toMatchObject({ releases: [], tags: { [tag]: expect.any(String) } });
    });
  });
});

describe('the commit that files were built from', () => {
  const b = 'b'.repeat(40);
  const commits = (double: Releases): unknown => JSON.parse(textOf(double, 'gotify-plugin.json'));

  test.each([false, true])(
    'must be the one of the tag (annotated: %s), else nothing is touched',
    async (is) => {
      await withDouble({ annotated: is ? { [tag]: 'f'.repeat(40) } : {} }, async (double) => {
        const error = await publishRelease(requestOf([amd64], { commit: b }), apiOf(double)).catch(
          (each: unknown) => each,
        );
        expect(error).toMatchObject({
          kind: 'input',
          code: 'other-commit',
          what: `the tag v1.0.0 is of the commit ${'a'.repeat(40)}, and the files were built from ${b}`,
          where: { kind: 'input', input: 'release-tag' },
        });
        expect(double.changes).toEqual([]);
        expect(await publishRelease(requestOf([amd64]), apiOf(double))).toMatchObject({ kind: 'published' });
      });
    },
  );

  test('may be unknown: then gotify-plugin.json says so', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64], { commit: null }), apiOf(double));
      expect(commits(double)).toMatchObject({ files: [{ file: amd64.name, commit: null }] });
      // Somebody who knows it may say so later.
      await publishRelease(requestOf([amd64]), apiOf(double));
      expect(commits(double)).toMatchObject({ files: [{ file: amd64.name, commit: 'a'.repeat(40) }] });
    });
  });

  test('is said of each file, where the tag was moved after the release', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      double.setTag(tag, b);
      await publishRelease(requestOf([arm64], { commit: b }), apiOf(double));
      expect(commits(double)).toMatchObject({
        files: [
          { file: amd64.name, commit: 'a'.repeat(40) },
          { file: arm64.name, commit: b },
        ],
      });
      // The same bytes from the new commit: the tag's counts, also for who builds the old one's again.
      await publishRelease(requestOf([amd64], { commit: b }), apiOf(double));
      expect(commits(double)).toMatchObject({ files: [{ commit: b }, { commit: b }] });
    });
  });

  test('of what an earlier run left in a draft must be the one of the tag too', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64], { draft: true }), apiOf(double));
      double.setTag(tag, b);
      const request = requestOf([arm64], { commit: b });
      const error = await publishRelease(request, apiOf(double)).catch((each: unknown) => each);
      expect(error).toMatchObject({
        code: 'other-commit',
        remedy: expect.stringContaining('from the draft'),
      });
      expect(String(error)).toContain(`${amd64.name} of the draft was built from ${'a'.repeat(40)}`);
      expect(publications(double)).toEqual([]);
    });
  });

  test.each([
    ['deleted', null, 'no-such-tag'],
    ['moved', b, 'other-commit'],
  ])('is compared again before publishing: a tag that is %s meanwhile', async (_, to, code) => {
    await withDouble({ branches: { main: b } }, async (double) => {
      const api = apiOf(double);
      const upload: ReleaseApi['upload'] = async (release, file) => {
        double.setTag(tag, to);
        return api.upload(release, file);
      };
      expect(await codeOf(publishRelease(requestOf([amd64]), { ...api, upload }))).toBe(`input ${code}`);
      expect(onlyRelease(double)).toMatchObject({ draft: true, tag });
      expect([...double.tags.values()]).toEqual(to === null ? [] : [to]);
    });
  });

  test('may have other workflow files than the default branch: no release is aimed at it', async () => {
    const branches = { main: 'c'.repeat(40) };
    await withDouble({ branches, otherWorkflows: ['a'.repeat(40)] }, async (double) => {
      expect(await publishRelease(requestOf([amd64]), apiOf(double))).toMatchObject({ kind: 'published' });
      expect(await publishRelease(requestOf([arm64]), apiOf(double))).toMatchObject({ kind: 'published' });
      expect(Object.fromEntries(double.tags)).toEqual({ [tag]: 'a'.repeat(40) });
    });
  });
});

describe('a second run', () => {
  test('changes nothing and asks little', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64, arm64]), apiOf(double));
      const before = double.contents();
      const earlier = double.requests.length;
      const again = await publishRelease(requestOf([amd64, arm64]), apiOf(double));
      expect(again).toMatchObject({ uploaded: [], replaced: [], same: [amd64.name, arm64.name] });
      expect(double.contents()).toEqual(before);
      const made = double.requests.slice(earlier);
      expect(made.every(({ method }) => method === 'GET')).toBe(true);
      expect(made.length).toBeLessThanOrEqual(5);
    });
  });

  test('with more files adds them, and what it does not know stays known', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      await publishRelease(requestOf([arm64]), apiOf(double));
      const index: unknown = JSON.parse(textOf(double, 'gotify-plugin.json'));
      expect(index).toMatchObject({ files: [{ file: amd64.name }, { file: arm64.name }] });
      expect(onlyRelease(double).body.match(/<code>/g)).toHaveLength(2);
    });
  });

  test('that proves a file for one more server says so', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      const request = requestOf([{ ...amd64, servers: ['v2.10.0'] }]);
      expect(await publishRelease(request, apiOf(double))).toMatchObject({ same: [amd64.name] });
      expect(JSON.parse(textOf(double, 'gotify-plugin.json'))).toMatchObject({
        files: [{ servers: ['v2.10.0', 'v2.9.1', 'v2.9.0'] }],
      });
    });
  });
});

describe('the same name with other bytes', () => {
  test.each([
    { draft: true, onExisting: null, expected: 'replaced' },
    { draft: true, onExisting: 'skip', expected: 'skipped' },
    { draft: true, onExisting: 'fail', expected: 'input asset-exists' },
    { draft: false, onExisting: null, expected: 'input asset-exists' },
    { draft: false, onExisting: 'replace', expected: 'replaced' },
    { draft: false, onExisting: 'skip', expected: 'skipped' },
  ] as const)('(draft: $draft) with on-existing $onExisting: $expected', async (row) => {
    const { draft, onExisting, expected } = row;
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64], { draft }), apiOf(double));
      const before = double.contents();
      const request = requestOf([other, arm64], { onExisting, draft });
      const came = await publishRelease(request, apiOf(double)).catch((error: unknown) => error);
      if (came instanceof Failure) {
        expect(`${came.kind} ${came.code}`).toBe(expected);
        expect(came.message).toContain(amd64.name);
        expect(double.contents()).toEqual(before);
        return;
      }
      expect(came).toMatchObject({ [expected]: [other.name], uploaded: [arm64.name] });
      const { sha256 } = expected === 'replaced' ? other : amd64;
      expect(textOf(double, 'checksums.txt')).toContain(`${sha256}  ${amd64.name}\n`);
      expect(namesOf(double)).toHaveLength(4);
    });
  });
});

describe('a release made by hand', () => {
  test('is added to, and its text, title and other assets stay', async () => {
    const body = 'What is *new*:\n\n- all';
    const release = { tag, name: 'The first', body, assets: [asset('manual.pdf'), asset('notes.next')] };
    await withDouble(seeded(release), async (double) => {
      expect(await publishRelease(requestOf([amd64]), apiOf(double))).toMatchObject({ kind: 'published' });
      expect(onlyRelease(double)).toMatchObject({ name: 'The first', body, draft: false });
      expect(namesOf(double)).toEqual([
        'checksums.txt',
        'gotify-plugin.json',
        amd64.name,
        'manual.pdf',
        'notes.next',
      ]);
      expect(double.changes.map(({ kind }) => kind)).not.toContain('edited');
    });
  });

  test('as a draft is published with its own text', async () => {
    await withDouble(seeded({ tag, body: 'Mine', draft: true, prerelease: true }), async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      expect(onlyRelease(double)).toMatchObject({ body: 'Mine', draft: false, prerelease: true });
    });
  });

  test('as a pre-release is published as one, whatever was asked for as the latest', async () => {
    await withDouble(seeded({ tag, body: 'Mine', draft: true, prerelease: true }), async (double) => {
      await publishRelease(requestOf([amd64], { makeLatest: 'true' }), apiOf(double));
      expect(onlyRelease(double)).toMatchObject({ draft: false, prerelease: true });
      expect(double.contents().latest).toBeNull();
    });
  });

  test('with our markers gets the table between them', async () => {
    const body = 'Above\n<!-- gotify-plugin-build: begin -->old<!-- gotify-plugin-build: end -->\nBelow';
    await withDouble(seeded({ tag, body }), async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      const text = onlyRelease(double).body;
      expect(text).toMatch(/^Above\n<!-- gotify-plugin-build: begin -->\n\n\| file [^]*-->\nBelow$/);
      expect(text).not.toContain('old');
    });
  });

  test('with plugins of unknown origin has them in checksums.txt, and nothing is said of them', async () => {
    const old = [asset('old.so', 'old', { hasDigest: false }), asset('new.so')];
    await withDouble(seeded({ tag, assets: old }), async (double) => {
      const published = await publishRelease(requestOf([amd64]), apiOf(double));
      expect(published.unknown).toEqual(['new.so', 'old.so']);
      expect(
        textOf(double, 'checksums.txt')
          .split('\n')
          .map((line) => line.slice(66)),
      ).toEqual([amd64.name, 'new.so', 'old.so', '']);
      expect(JSON.parse(textOf(double, 'gotify-plugin.json'))).toMatchObject({
        files: [{ file: amd64.name }],
      });
    });
  });

  test('that has the very file without a digest is compared by its bytes', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      for (const each of double.releases.flatMap(({ assets }) => assets)) each.digest = null;
      expect(await publishRelease(requestOf([amd64]), apiOf(double))).toMatchObject({ same: [amd64.name] });
      expect(await codeOf(publishRelease(requestOf([other]), apiOf(double)))).toBe('input asset-exists');
    });
  });

  test('keeps the lines of its checksums.txt for other files', async () => {
    const line = `${'0'.repeat(64)}  manual.pdf`;
    const assets = [
      asset('checksums.txt', `${line}\n${'1'.repeat(64)}  gone.so\nwords\n`),
      asset('manual.pdf'),
    ];
    await withDouble(seeded({ tag, assets }), async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      expect(textOf(double, 'checksums.txt')).toBe(`${amd64.sha256}  ${amd64.name}\n${line}\n`);
    });
  });

  test('with a gotify-plugin.json that is none is not touched', async () => {
    await withDouble(
      seeded({ tag, assets: [asset('gotify-plugin.json', '{"schema":2}')] }),
      async (double) => {
        const before = double.contents();
        const work = publishRelease(requestOf([amd64]), apiOf(double));
        await expect(work).rejects.toMatchObject({
          code: 'malformed-index',
          where: { file: 'gotify-plugin.json' },
        });
        expect(double.contents()).toEqual(before);
      },
    );
  });
});

describe('what broken uploads left', () => {
  test('is removed and sent again', async () => {
    const broken = (name: string): SeedAsset => asset(name, '', { state: 'starter' });
    const names = [amd64.name, 'checksums.txt', 'gotify-plugin.json', `${amd64.name}.${'0'.repeat(16)}.next`];
    const draft = { tag, draft: true, assets: names.map(broken) };
    await withDouble(seeded(draft), async (double) => {
      expect(await publishRelease(requestOf([amd64]), apiOf(double))).toMatchObject({
        uploaded: [amd64.name],
      });
      expect(namesOf(double)).toEqual(['checksums.txt', 'gotify-plugin.json', amd64.name]);
    });
  });
});

describe('an immutable release', () => {
  test('gets everything before it is published', async () => {
    await withDouble({ immutable: true }, async (double) => {
      expect(await publishRelease(requestOf([amd64, arm64]), apiOf(double))).toMatchObject({
        kind: 'published',
      });
      expect(onlyRelease(double)).toMatchObject({ immutable: true, draft: false });
      const again = await publishRelease(requestOf([amd64, arm64]), apiOf(double));
      expect(again).toMatchObject({ kind: 'published', same: [amd64.name, arm64.name] });
    });
  });

  test('that was published long ago is known to be so at the first look', async () => {
    await withDouble({ immutable: true }, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      const looksFor = async (): Promise<number> => {
        const { length } = double.requests;
        expect(await codeOf(publishRelease(requestOf([amd64, arm64]), apiOf(double)))).toBe(
          'input release-immutable',
        );
        const made = double.requests.slice(length).filter(({ path }) => path.includes('/releases?'));
        return made.length;
      };
      // A list may be late.
      expect(await looksFor()).toBeGreaterThan(5);
      double.advance(600_000);
      expect(await looksFor()).toBe(1);
    });
  });

  test('takes nothing afterwards, and the error names what is too late', async () => {
    await withDouble({ immutable: true }, async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      const before = double.contents();
      const error = await publishRelease(requestOf([amd64, arm64]), apiOf(double)).catch(
        (each: unknown) => each,
      );
      expect(error).toMatchObject({ kind: 'input', code: 'release-immutable' });
      expect(String(error)).toContain(`too late for ${arm64.name}`);
      expect(double.contents()).toEqual(before);
    });
  });
});

describe('several drafts for one tag', () => {
  const ours = '<!-- gotify-plugin-build: begin -->\n\n<!-- gotify-plugin-build: end -->';

  test('become the one with the lowest id, with what was in the others', async () => {
    const drafts = [
      { tag, draft: true, body: ours },
      { tag, draft: true, body: ours, assets: [asset('b.so'), asset('checksums.txt')] },
      {
        tag,
        draft: true,
        body: ours,
        assets: [asset('c.so'), asset('b.so', 'other'), asset('d.so', '', { state: 'starter' })],
      },
    ];
    await withDouble(seeded(...drafts), async (double) => {
      const [first] = double.releases.map(({ id }) => id);
      const { release } = await publishRelease(requestOf([amd64]), apiOf(double));
      expect(release.id).toBe(first);
      expect(namesOf(double)).toEqual(['b.so', 'c.so', 'checksums.txt', 'gotify-plugin.json', amd64.name]);
    });
  });

  test('keep the one in which somebody wrote a text', async () => {
    const drafts = [
      { tag, draft: true, body: ours, assets: [asset('a.so')] },
      { tag, draft: true, body: `Mine\n${ours}`, assets: [asset('mine.so')] },
    ];
    await withDouble(seeded(...drafts), async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      expect(double.contents().releases).toMatchObject([
        { draft: false, assets: { 'a.so': expect.any(String) } },
        { draft: true, body: `Mine\n${ours}`, assets: { 'mine.so': expect.any(String) } },
      ]);
    });
  });

  test('beside a published release are given up', async () => {
    const releases = [
      { tag, draft: true, body: ours, assets: [asset('stale.so')] },
      { tag, body: 'Mine' },
    ];
    await withDouble(seeded(...releases), async (double) => {
      await publishRelease(requestOf([amd64]), apiOf(double));
      expect(onlyRelease(double)).toMatchObject({ body: 'Mine', draft: false });
      expect(namesOf(double)).not.toContain('stale.so');
    });
  });

  test('of other tags are left alone', async () => {
    await withDouble(
      { ...seeded({ tag: 'v0.9', draft: true, body: ours }), tags: { [tag]: 'a'.repeat(40) } },
      async (double) => {
        await publishRelease(requestOf([amd64]), apiOf(double));
        expect(double.contents().releases).toMatchObject([
          { tag: 'v0.9', draft: true },
          { tag, draft: false },
        ]);
      },
    );
  });
});

describe('what was left out', () => {
  const left = {
    target: 'linux-386',
    servers: ['v2.9.1'],
    text: 'linux-386 for gotify v2.9.1: <rejected>',
  } as const;

  test('is said in the notes until it is there', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf([amd64], { left: [left] }), apiOf(double));
      expect(onlyRelease(double).body).toContain('- linux&#45;386 for gotify v2.9.1&#58; &#60;rejected&#62;');
      // A run that knows nothing of it does not forget it.
      await publishRelease(requestOf([arm64]), apiOf(double));
      expect(onlyRelease(double).body.match(/rejected/g)).toHaveLength(1);
      const file = await pluginFile(dir.path, { target: 'linux-386', servers: ['v2.9.1'] });
      await publishRelease(requestOf([file]), apiOf(double));
      expect(onlyRelease(double).body).not.toContain('rejected');
    });
  });

  test('is not more than GitHub takes, whatever a compiler said', async () => {
    const long = Array.from({ length: 300 }, (_, at) => ({
      ...left,
      servers: [`v1.${String(at)}.0`],
      text: `linux-386 for gotify v1.${String(at)}.0 was not built: ${'<undefined> '.repeat(300)}`,
    }));
    await withDouble({}, async (double) => {
      expect(await publishRelease(requestOf([amd64], { left: long }), apiOf(double))).toMatchObject({
        kind: 'published',
      });
      const { body } = onlyRelease(double);
      expect(body.length).toBeLessThanOrEqual(125_000);
      expect(body).toContain('v1.0.0 was not built');
    });
  });

  test('by one of several jobs is said too', async () => {
    await withDouble({}, async (double) => {
      await publishPart(partOf(requestOf([amd64], { left: [left] }), 'a', 2), apiOf(double));
      await publishPart(partOf(requestOf([arm64]), 'b', 2), apiOf(double));
      expect(onlyRelease(double).body).toContain('rejected');
      expect(namesOf(double)).toHaveLength(4);
    });
  });
});

describe('jobs that each think they own the release', () => {
  test('end with one release that has everything, each asset once', async () => {
    const targets = ['linux-amd64', 'linux-arm64', 'linux-arm-7', 'linux-386', 'linux-riscv64'] as const;
    const files = await Promise.all(targets.map((target) => pluginFile(dir.path, { target })));
    for (let round = 0; round < 10; round += 1) {
      const assetLag = round % 3 === 2 ? 8 : 0;
      await withDouble({ listLag: round % 4, assetLag }, async (double) => {
        await Promise.all(files.map((file) => publishRelease(requestOf([file]), apiOf(double))));
        expect(namesOf(double)).toEqual([
          'checksums.txt',
          'gotify-plugin.json',
          ...files.map(({ name }) => name).sort(),
        ]);
        expect(textOf(double, 'checksums.txt').trim().split('\n')).toHaveLength(files.length);
        const index: unknown = JSON.parse(textOf(double, 'gotify-plugin.json'));
        expect(index).toMatchObject({
          files: files.map(({ name }) => ({ file: name })).sort((a, b) => (a.file < b.file ? -1 : 1)),
        });
      });
    }
  });
});

describe('parts', () => {
  test('of another run of the workflow do not count', async () => {
    await withDouble({}, async (double) => {
      const part = (file: PluginFile, name: string, run: string) => ({
        ...requestOf([file]),
        part: { name, of: 2, run, attempt: '1' },
      });
      await publishPart(part(amd64, 'old', '1'), apiOf(double));
      const second = await publishPart(part(arm64, 'b', '2'), apiOf(double));
      expect(second).toMatchObject({ kind: 'waiting', parts: ['b'], of: 2 });
      expect(await publishPart(part(amd64, 'a', '2'), apiOf(double))).toMatchObject({ kind: 'published' });
      expect(namesOf(double)).toHaveLength(4);
    });
  });

  describe.each([false, true])('of a draft that another run left whole (immutable: %s)', (immutable) => {
    /** `which`: such as `2a3`, the part a of three of the second run. */
    const part = (which: string, files: readonly PluginFile[], draft = false): PartRequest => {
      const [run = '', name = '', of = ''] = which;
      return { ...requestOf(files, { draft }), part: { name, of: Number(of), run, attempt: '1' } };
    };
    const leftByRun1 = async (double: Releases): Promise<void> => {
      await publishPart(part('1a2', [amd64], true), apiOf(double));
      expect(await publishPart(part('1b2', [arm64], true), apiOf(double))).toMatchObject({
        kind: 'draft',
      });
    };

    test('wait for each other all the same, whatever bytes are there already', async () => {
      const third = await pluginFile(dir.path, { target: 'linux-386' });
      const more = await pluginFile(dir.path, { servers: ['v3.0.0'] });
      await withDouble({ immutable }, async (double) => {
        await leftByRun1(double);
        const run2 = [part('2b3', [arm64]), part('2a3', [amd64, more]), part('2c3', [third])];
        const kinds: string[] = [];
        for (const each of run2) kinds.push((await publishPart(each, apiOf(double))).kind);
        expect(kinds).toEqual(['waiting', 'waiting', 'published']);
        const names = [amd64, arm64, third, more].map(({ name }) => name);
        expect(publications(double)).toEqual([['checksums.txt', 'gotify-plugin.json', ...names].sort()]);
      });
    });

    test('go on where a run died that had seen them all', async () => {
      await withDouble({ immutable }, async (double) => {
        await leftByRun1(double);
        const again = await publishPart(part('1a2', [amd64]), apiOf(double));
        expect(again).toMatchObject({ kind: 'published', same: [amd64.name] });
        expect(publications(double)).toHaveLength(1);
      });
    });

    test('go on with other bytes too, but wait with a file that nobody knows', async () => {
      const more = await pluginFile(dir.path, { servers: ['v3.0.0'] });
      await withDouble({ immutable }, async (double) => {
        await leftByRun1(double);
        expect(await publishPart(part('1a2', [amd64, more]), apiOf(double))).toMatchObject({
          kind: 'waiting',
          parts: ['a'],
        });
        expect(await publishPart(part('1b2', [arm64]), apiOf(double))).toMatchObject({
          kind: 'published',
        });
      });
      await withDouble({ immutable }, async (double) => {
        await leftByRun1(double);
        expect(await publishPart(part('1a2', [other]), apiOf(double))).toMatchObject({
          kind: 'published',
          replaced: [other.name],
        });
      });
    });
  });

  describe('with the same name', () => {
    const twin = (files: readonly PluginFile[], attempt = '1', run: string | null = '42'): PartRequest => ({
      ...requestOf(files),
      part: { name: 'a', of: 2, run, attempt },
    });

    test('in one run are an input error, one after the other', async () => {
      await withDouble({}, async (double) => {
        await publishPart(twin([amd64]), apiOf(double));
        const before = double.contents();
        const error = await publishPart(twin([arm64]), apiOf(double)).catch((each: unknown) => each);
        expect(error).toMatchObject({ kind: 'input', code: 'same-part', where: { input: 'part' } });
        expect(String(error)).toContain(`the part a too, with ${amd64.name}`);
        expect(double.contents()).toEqual(before);
      });
    });

    test('in one run are an input error, both at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        await withDouble({ assetLag: round % 2 }, async (double) => {
          const codes = await Promise.all(
            [amd64, arm64].map((file) => codeOf(publishPart(twin([file]), apiOf(double)))),
          );
          expect(codes.sort()).toEqual(['input same-part', 'nothing']);
        });
      }
    });

    test('are one job where they bring the same files, or are another attempt, or of nobody knows what', async () => {
      await withDouble({}, async (double) => {
        for (const part of [twin([amd64]), twin([amd64]), twin([arm64], '2'), twin([amd64], '3', '43')]) {
          expect(await publishPart(part, apiOf(double))).toMatchObject({ kind: 'waiting', parts: ['a'] });
        }
      });
      await withDouble({}, async (double) => {
        for (const part of [twin([amd64], '', null), twin([arm64], '', null)]) {
          expect(await publishPart(part, apiOf(double))).toMatchObject({ kind: 'waiting', parts: ['a'] });
        }
      });
    });

    test('are one job where it leaves a file that is there with other bytes', async () => {
      await withDouble({}, async (double) => {
        await publishRelease(requestOf([other], { draft: true }), apiOf(double));
        const part = { ...twin([amd64, arm64]), onExisting: 'skip' } as const;
        for (const uploaded of [[arm64.name], []]) {
          expect(await publishPart(part, apiOf(double))).toMatchObject({ kind: 'waiting', uploaded });
        }
      });
    });
  });

  test('that do not agree on their number, or have a bad name, are input errors', async () => {
    await withDouble({}, async (double) => {
      await publishPart(partOf(requestOf([amd64]), 'a', 3), apiOf(double));
      expect(await codeOf(publishPart(partOf(requestOf([arm64]), 'b', 2), apiOf(double)))).toBe(
        'input parts-differ',
      );
      expect(await codeOf(publishPart(partOf(requestOf([arm64]), 'b..c', 2), apiOf(double)))).toBe(
        'input bad-part-name',
      );
    });
  });

  test('add to a published release without waiting for each other', async () => {
    await withDouble(seeded({ tag, body: 'Mine' }), async (double) => {
      const results = await Promise.all(
        [amd64, arm64].map((file, at) =>
          publishPart(partOf(requestOf([file]), String(at), 2), apiOf(double)),
        ),
      );
      expect(results.map(({ kind }) => kind)).toEqual(['published', 'published']);
      expect(namesOf(double)).toEqual(['checksums.txt', 'gotify-plugin.json', amd64.name, arm64.name]);
      expect(JSON.parse(textOf(double, 'gotify-plugin.json'))).toMatchObject({
        files: [{ file: amd64.name }, { file: arm64.name }],
      });
    });
  });
});

test('two files that become one asset are an input error', async () => {
  await withDouble({}, async (double) => {
    const twin = { ...arm64, name: amd64.name.replace('-for', ' for') };
    const first = { ...amd64, name: amd64.name.replace('-for', '(for') };
    expect(await codeOf(publishRelease(requestOf([first, twin]), apiOf(double)))).toBe(
      'input same-asset-name',
    );
  });
});

test('a file that changes while it is published is not', async () => {
  await withDouble({}, async (double) => {
    const file = { ...amd64, sha256: 'f'.repeat(64) };
    expect(await codeOf(publishRelease(requestOf([file]), apiOf(double)))).toBe(
      'surroundings upload-damaged',
    );
    expect(onlyRelease(double)).toMatchObject({ draft: true, assets: {} });
  });
});
