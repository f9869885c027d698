import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import semver from 'semver';
import { createFiles } from '../../../src/adapters/files.js';
import { targetNames } from '../../../src/build/target.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import { failureOf } from '../../support/failure.js';
import { catalogServers, startGitHub } from '../../support/github-double.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const catalogDir = join(root, 'catalog');
const files = createFiles();
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'catalog-'));
});

afterEach(() => rm(dir, { recursive: true }));

describe('the shipped catalog', () => {
  test('has every stable release from v2.1.6 to v3.0.0, newest first', async () => {
    const tags = (await loadCatalog(catalogDir, files)).releases.map(({ tag }) => tag);
    expect([tags[0], tags.at(-1), tags.length]).toEqual(['v3.0.0', 'v2.1.6', 23]);
    expect(tags).toEqual(tags.toSorted(semver.rcompare));
    expect(new Set(tags).size).toBe(tags.length);
  });

  test('has a ServerBuild of each, with a sum for every module', async () => {
    const catalog = await loadCatalog(catalogDir, files);
    for (const { tag, commit, goVersion } of catalog.releases) {
      const build = await catalog.serverBuild(tag, 'a test asks');
      expect(build).toMatchObject({ tag, version: tag, commit, goVersion });
      expect(build?.source).toEqual({ kind: 'catalog', because: 'a test asks' });
      expect(build?.buildList.filter(({ sum }) => sum === undefined)).toEqual([]);
      expect(build?.buildList.some(({ path }) => path === 'github.com/gotify/plugin-api')).toBe(true);
    }
  });

  test('shares content where releases do, each file named by its hash and used', async () => {
    const { releases } = await loadCatalog(catalogDir, files);
    const group = releases.filter(({ tag }) => semver.satisfies(tag, '2.1.6 - 2.2.5'));
    expect(new Set(group.map(({ goMod, goSum }) => goMod + goSum)).size).toBe(1);
    expect(group).toHaveLength(8);
    const names = await readdir(join(catalogDir, 'files'));
    for (const name of names) {
      const hash = createHash('sha256').update(await readFile(join(catalogDir, 'files', name)));
      expect(name.slice(0, 16)).toBe(hash.digest('hex').slice(0, 16));
    }
    const used = releases.flatMap(({ goMod, goSum }) => [`${goMod}.mod`, `${goSum}.sum`]);
    expect(names).toEqual([...new Set(used)].sort());
  });

  test('has manifests that name their server, target and origin', async () => {
    const catalog = await loadCatalog(catalogDir, files);
    const found: string[] = [];
    for (const { tag, goVersion } of catalog.releases) {
      for (const target of targetNames) {
        const text = await catalog.manifestText(tag, target);
        if (text === null) continue;
        found.push(`${tag}-${target}.json`);
        expect(JSON.parse(text)).toMatchObject({
          server: tag,
          target,
          go: goVersion,
          origin: expect.stringContaining('Makefile'),
        });
      }
    }
    expect(found.sort()).toEqual(await readdir(join(catalogDir, 'abi')));
    expect(found).toHaveLength(8);
  });

  test.each(['v2.9.2', '../abi/v3.0.0', ''])('knows nothing of %j', async (tag) => {
    const catalog = await loadCatalog(catalogDir, files);
    expect(await catalog.serverBuild(tag, '')).toBeNull();
    expect(await catalog.manifestText(tag, 'linux-amd64')).toBeNull();
  });
});

describe('a catalog that is not whole', () => {
  test.each([
    ['no json', /index\.json/],
    ['{"schema":2,"releases":[]}', /schema/],
    ['{"schema":1,"releases":[{"tag":"../x"}]}', /releases\.0\.tag/],
  ])('%s', async (text, message) => {
    await writeFile(join(dir, 'index.json'), text);
    const failure = await failureOf(loadCatalog(dir, files));
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'broken-catalog' });
    expect(failure.message).toMatch(message);
  });

  test('is not there', async () => {
    expect((await failureOf(loadCatalog(dir, files))).code).toBe('broken-catalog');
  });

  test('lacks a file', async () => {
    await cp(catalogDir, dir, { recursive: true });
    const catalog = await loadCatalog(dir, files);
    await rm(join(dir, 'files'), { recursive: true });
    expect((await failureOf(catalog.serverBuild('v3.0.0', ''))).code).toBe('broken-catalog');
  });
});

describe('scripts/catalog.ts', () => {
  test('makes the shipped catalog from the API, and leaves out what is no stable release', async () => {
    const extra = { commit: 'b'.repeat(40), date: '2026-09-01', files: {} };
    const double = await startGitHub({
      servers: [
        { ...extra, tag: 'v4.0.0-beta.1' },
        ...catalogServers(),
        { ...extra, tag: 'v2.1.5' },
        { ...extra, tag: 'nightly' },
      ],
    });
    try {
      const args = [join(root, 'scripts/catalog.ts'), '--api-url', double.url, '--out', dir];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      expect(stdout).toContain('23 releases, 23 files');
      expect(await readFile(join(dir, 'index.json'), 'utf8')).toBe(
        await readFile(join(catalogDir, 'index.json'), 'utf8'),
      );
      const names = await readdir(join(dir, 'files'));
      expect(names).toEqual(await readdir(join(catalogDir, 'files')));
      for (const name of names) {
        expect(await readFile(join(dir, 'files', name))).toEqual(
          await readFile(join(catalogDir, 'files', name)),
        );
      }
    } finally {
      await double.close();
    }
  });
});
