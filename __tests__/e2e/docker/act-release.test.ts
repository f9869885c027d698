import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { parseIndex } from '../../../src/publish/index-file.js';
import { act, makeRepository, unreachableUrl, type ActEnd } from '../../support/act.js';
import { runtimeToken, startArtifacts, type Artifacts } from '../../support/artifacts/server.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { startReleases, type Releases } from '../../support/releases/server.js';
import { zipNames } from '../../support/zip-names.js';

// A tag is pushed: act runs a workflow with `uses: ./` that builds the example for real and publishes it, against
// doubles of GitHub's releases and artifacts.

const execute = promisify(execFile);
const token = 'write-token';
const tag = 'v1.0.0';
const file = 'webhook-linux-amd64-for-gotify-v3.0.0.so';

let dir = '';
let commit = '';
let ended: ActEnd = { exitCode: null, log: '' };
let releases: Releases;
let artifacts: Artifacts;

const result = (name: string): string => readFileSync(join(dir, 'results', name), 'utf8');
const outputsOf = (name: string): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(result(name)));

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-act-release-'));
  await mkdir(join(dir, 'results'));
  const repository = join(dir, 'repository');
  const workflow = '__tests__/fixtures/workflows/release.yml';
  commit = await makeRepository(repository, { workflow, remote: 'octo/plugin' });
  releases = await startReleases({
    repository: 'octo/plugin',
    tags: { [tag]: commit },
    branches: { main: commit },
  });
  artifacts = await startArtifacts();
  const event = join(dir, 'event.json');
  const payload = { ref: `refs/tags/${tag}`, after: commit, deleted: false };
  await writeFile(event, JSON.stringify({ ...payload, repository: { full_name: 'octo/plugin' } }));
  ended = await act({
    ...{ repository, scratch: dir, event, secrets: { GITHUB_TOKEN: token } },
    variables: {
      RESULTS: join(dir, 'results'),
      SERVER_API_URL: await unreachableUrl(),
      CACHE_DIR: await sharedCacheDir(),
    },
    env: {
      GITHUB_API_URL: releases.apiUrl,
      // act's own service for artifacts refuses the client's messages.
      ACTIONS_RESULTS_URL: artifacts.url,
      ACTIONS_RUNTIME_TOKEN: runtimeToken({ run: 'run', job: 'job' }),
    },
  });
});
afterAll(async () => {
  await releases.close();
  await artifacts.close();
  await rm(dir, { recursive: true, force: true });
});

describe('the push of a tag', () => {
  test('ends well', () => {
    expect(ended).toEqual({ exitCode: 0, log: expect.stringContaining('Job succeeded') });
  });

  test('publishes one release, with every file at the moment that it becomes visible', () => {
    const contents = releases.contents();
    expect(contents).toMatchObject({ latest: tag, releases: [{ tag, draft: false, prerelease: false }] });
    expect(contents.releases).toHaveLength(1);
    const published = releases.changes.filter(({ kind }) => kind === 'published');
    expect(published.map(({ names }) => [...names].sort())).toEqual([
      ['checksums.txt', 'gotify-plugin.json', file],
    ]);
    // Nothing is changed after that, by the second step either.
    expect(releases.changes.at(-1)?.kind).toBe('published');
  });

  test('publishes the very file that was built, with a checksum that sha256sum takes', async () => {
    const downloads = join(dir, 'downloads');
    await mkdir(downloads);
    const assets = releases.releases.flatMap(({ assets: all }) => all);
    for (const { name, content } of assets) await writeFile(join(downloads, name), Buffer.concat(content));
    const { stdout } = await execute('sha256sum', ['-c', 'checksums.txt'], { cwd: downloads });
    expect(stdout).toBe(`${file}: OK\n`);
    const built = readFileSync(join(dir, 'results/dist-plugins', file));
    expect(readFileSync(join(downloads, file)).equals(built)).toBe(true);
  });

  test('says what each file is for, and from which commit', () => {
    const asset = releases.releases[0]?.assets.find(({ name }) => name === 'gotify-plugin.json');
    const index = parseIndex(Buffer.concat(asset?.content ?? []), 'gotify-plugin.json');
    const bytes = readFileSync(join(dir, 'results/dist-plugins', file));
    expect(index).toEqual({
      ...{ schema: 1, tag, plugin: 'github.com/gotify-plugin-build/webhook', runs: [] },
      files: [
        {
          ...{ file, commit, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
          ...{ target: 'linux-amd64', goVersion: '1.26.0', servers: ['v3.0.0'] },
          modules: expect.arrayContaining([{ path: 'github.com/gin-gonic/gin', version: 'v1.12.0' }]),
          verdict: { kind: 'loads', compared: expect.any(Number) },
        },
      ],
    });
    expect(index.files[0]?.verdict.compared).toBeGreaterThan(100);
    expect(releases.contents().releases[0]?.body).toContain('| v3.0.0 | linux&#45;amd64 |');
  });

  test('uploads an artifact with the file and its report', async () => {
    expect(artifacts.artifacts.map(({ name, finalized }) => ({ name, finalized }))).toEqual([
      { name: expect.stringMatching(/^webhook-plugins-release-[0-9a-f]{8}$/), finalized: true },
    ]);
    const names = await zipNames(artifacts.artifacts[0]?.bytes ?? Buffer.of());
    expect(names).toEqual(['report.json', file]);
  });

  test('gets every output', () => {
    const url = `https://github.com/octo/plugin/releases/tag/${tag}`;
    const outputs = outputsOf('outputs.json');
    expect(outputs).toMatchObject({ 'server-version': 'v3.0.0', 'go-version': '1.26.0', compatible: 'true' });
    expect(outputs['release-url']).toBe(url);
    const files = v.parse(v.array(v.string()), JSON.parse(outputs['files'] ?? ''));
    expect(files.map((path) => basename(path))).toEqual([file]);
  });

  test('gets a summary that leads to the release', () => {
    const [, summary = ''] = ended.log.split('Summary - ');
    expect(summary).toMatch(/^### <code>webhook<\/code> for gotify v3\.0\.0/);
    expect(summary).toContain('/octo/plugin/releases/tag/v1.0.0');
  });
});

describe('the mode publish, after that', () => {
  test('proves the file again, finds the release whole, and leaves it alone', () => {
    expect(outputsOf('again.json')).toMatchObject({
      compatible: 'true',
      'release-url': outputsOf('outputs.json')['release-url'],
    });
    expect(JSON.parse(result('again-report.json'))).toMatchObject({
      mode: 'publish',
      plugin: { commit },
      release: { kind: 'published', uploaded: [], replaced: [], same: [file] },
    });
  });
});
