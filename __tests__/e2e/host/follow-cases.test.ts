import type { ChildProcess } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import '../../support/build-timeout.js';
import { parseIndex, type PluginIndex } from '../../../src/publish/index-file.js';
import { schemaErrors } from '../../support/json-schema.js';
import { cli, run, runAction, type Ended } from '../../support/dist.js';
import { startGitHub, type GitHubDouble } from '../../support/github-double.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { until } from '../../support/host/processes.js';
import { events, jobEnvironment, writeToken } from '../../support/publish-process.js';
import { anHour } from '../../support/publishing.js';
import { requestLines } from '../../support/releases/request-lines.js';
import { startReleases, type Releases, type ReleasesOptions } from '../../support/releases/server.js';

// The shipped follower builds for real, from releases of every kind: real git, real Go, a double of the plugin's
// repository that has its commits, and a branch that is ahead of the tag and does not even compile.

const file = 'minimal-linux-amd64-for-gotify-v3.0.0.so';

let dir: string;
let origin: string;
let released: string;
let double: Releases;
let servers: GitHubDouble;
beforeAll(async () => {
  servers = await startGitHub();
});
afterAll(() => servers.close());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'follow '));
  origin = join(dir, 'origin');
});
afterEach(async () => {
  await double.close();
  rmSync(dir, { recursive: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  return execFileSync('git', ['-C', origin, ...identity, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

function commitAll(message: string): string {
  git('add', '--all');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

interface Stage extends ReleasesOptions {
  /** Of fixtures/plugins. */
  readonly plugin?: string;
  /** More files of the release, by path. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A repository with a plugin that is released as v1.0.0. */
async function release({ plugin = 'minimal', files = {}, ...options }: Stage = {}): Promise<void> {
  cpSync(`__tests__/fixtures/plugins/${plugin}`, origin, { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(origin, path), text);
  git('init', '--quiet', '--initial-branch=main');
  released = commitAll('released');
  for (const folder of readdirSync(origin, { recursive: true, encoding: 'utf8' })) {
    if (!existsSync(join(origin, folder, 'plugin.go'))) continue;
    writeFileSync(join(origin, folder, 'ahead.go'), 'package main\n\nfunc init() { doesNotExist() }\n');
  }
  if (plugin === 'minimal') writeFileSync(join(origin, 'ahead.go'), 'package main\n\nfunc init() { no() }\n');
  const ahead = commitAll('ahead');
  double = await startReleases({
    source: origin,
    tags: { 'v1.0.0': released },
    branches: { main: ahead },
    releases: [{ tag: 'v1.0.0', body: 'By hand.' }],
    ...options,
  });
}

interface Follower {
  readonly flags?: Readonly<Record<string, string>>;
  readonly switches?: readonly string[];
  /** Where it is started: the repository unless given. */
  readonly cwd?: string;
  readonly started?: (child: ChildProcess) => void;
  /** Instead of the machine's PATH. */
  readonly path?: string;
}

async function follow({
  flags = {},
  switches = [],
  cwd = origin,
  started,
  path = process.env['PATH'] ?? '',
}: Follower = {}): Promise<Ended> {
  const all = {
    ...{ server: 'v3.0.0', targets: 'linux-amd64', 'cache-dir': await sharedCacheDir() },
    ...{ 'server-api-url': servers.url, repository: double.repository },
    ...flags,
  };
  return run({
    file: cli,
    args: [
      ...['build', '--skip-existing', ...switches],
      ...Object.entries(all).flatMap(([name, text]) => [`--${name}`, text]),
    ],
    cwd,
    env: {
      PATH: path,
      GITHUB_API_URL: double.apiUrl,
      GITHUB_TOKEN: writeToken,
      GOTIFY_PLUGIN_BUILD_RETRY_DELAYS: '0,0,0',
    },
    ...(started === undefined ? {} : { started }),
  });
}

/** A PATH with git, and nothing that builds. */
function gitOnly(): string {
  const folder = join(dir, 'bin');
  mkdirSync(folder, { recursive: true });
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nexec '${git}' "$@"\n`, { mode: 0o755 });
  return folder;
}

function contentOf(name: string): Buffer {
  const assets = double.releases.flatMap((each) => each.assets);
  return Buffer.concat(assets.find((asset) => asset.name === name)?.content ?? []);
}

function index(): PluginIndex {
  return parseIndex(contentOf('gotify-plugin.json'), 'gotify-plugin.json');
}

/** Names of the release's assets, sorted. */
function assets(): readonly string[] {
  return double.releases.flatMap((each) => each.assets.map(({ name }) => name)).sort();
}

const good = { code: 0, stderr: '' };
const whole = ['checksums.txt', 'gotify-plugin.json', file];

/** All that was asked of where the source is. */
function sourceRequests(): readonly string[] {
  return requestLines(double).filter((line) => /codeload|tarball|trees|commits/.test(line));
}

describe('the source', () => {
  test("comes over the API in a scheduled workflow without a checkout, by the example's inputs", async () => {
    await release({ annotated: { 'v1.0.0': 'f'.repeat(40) } });
    const workspace = join(dir, 'workspace');
    mkdirSync(workspace);
    const example = parse(readFileSync('.github/examples/follow.yml', 'utf8')) as {
      readonly jobs: { readonly follow: { readonly steps: readonly { readonly with: object }[] } };
    };
    const inputs = Object.entries(example.jobs.follow.steps[0]?.with ?? {});
    const ended = await runAction({
      workspace,
      inputs: {
        ...Object.fromEntries(inputs.map(([name, value]) => [name, String(value)])),
        // The image and four more targets are no matter here.
        ...{ server: 'v3.0.0', builder: 'host', targets: 'linux-amd64', token: writeToken },
        ...{ 'server-api-url': servers.url, 'cache-dir': await sharedCacheDir() },
      },
      env: {
        PATH: process.env['PATH'] ?? '',
        ...jobEnvironment(dir, { apiUrl: double.apiUrl, event: events.schedule }),
      },
    });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual(good);
    expect(assets()).toEqual(whole);
    expect(index()).toMatchObject({
      tag: 'v1.0.0',
      files: [{ file, commit: released, servers: ['v3.0.0'] }],
    });
    expect(contentOf(file).equals(readFileSync(join(workspace, 'dist-plugins', file)))).toBe(true);
    expect(ended.outputs).toMatchObject({ compatible: 'true', 'server-version': 'v3.0.0' });
    expect(sourceRequests().map((line) => line.replaceAll(released, '<commit>'))).toEqual([
      'api GET /commits/tags%2Fv1.0.0 200',
      'api GET /git/trees/<commit>?recursive=1 200',
      'api GET /tarball/<commit> 302',
      'codeload GET /octo/plugin/legacy.tar.gz/<commit> 200',
    ]);
  });

  test('comes over the API where the checkout has only the newest commit', async () => {
    await release();
    const shallow = join(dir, 'shallow');
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${origin}`, shallow], { stdio: 'pipe' });
    const { code, stderr } = await follow({ cwd: shallow });
    expect({ code, stderr }).toEqual(good);
    expect(index()).toMatchObject({ files: [{ file, commit: released }] });
    expect(sourceRequests()).toHaveLength(4);
  });

  test('comes from git where the checkout has the commit', async () => {
    await release();
    const { code, stderr } = await follow();
    expect({ code, stderr }).toEqual(good);
    expect(index().files.map(({ commit }) => commit)).toEqual([released]);
    expect(sourceRequests()).toEqual(['api GET /commits/tags%2Fv1.0.0 200']);
  });

  test('has the plugin in the folder and the package that are named', async () => {
    await release({ plugin: 'module-below-root' });
    expect(await follow({ flags: { path: 'plugins/echo' } })).toMatchObject(good);
    expect(index().files.map(({ servers: those }) => those)).toEqual([['v3.0.0']]);
    await double.close();
    rmSync(origin, { recursive: true });
    await release({ plugin: 'package-below-root' });
    // Started where the plugin is no more.
    const elsewhere = join(dir, 'elsewhere');
    mkdirSync(elsewhere);
    expect(await follow({ cwd: elsewhere, flags: { package: './cmd/plugin' } })).toMatchObject(good);
    expect(index()).toMatchObject({ files: [{ commit: released, servers: ['v3.0.0'] }] });
  });

  test('is that of a tag that was moved, where the release has no file of the old one', async () => {
    await release();
    writeFileSync(join(origin, 'ahead.go'), 'package main\n');
    const moved = commitAll('mended');
    double.setTag('v1.0.0', moved);
    expect(await follow()).toMatchObject(good);
    expect(index().files.map(({ commit }) => commit)).toEqual([moved]);
  });

  test('is not that of a tag that was moved, where the release has files of the old one', async () => {
    await release();
    expect(await follow()).toMatchObject(good);
    const before = double.contents();
    double.setTag('v1.0.0', git('rev-parse', 'main'));
    const ended = await follow({ flags: { server: 'v3.0.0,v2.9.1' } });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('the files of its release were built from');
    const { tags, ...rest } = double.contents();
    expect(tags['v1.0.0']).not.toBe(released);
    expect(rest).toEqual({ latest: before.latest, releases: before.releases });
  });
});

describe('a release that somebody made by hand', () => {
  const other = { name: 'minimal.so', bytes: Buffer.from('built elsewhere') };

  test('keeps a file of theirs, which nothing is known of', async () => {
    await release({ releases: [{ tag: 'v1.0.0', body: 'By hand.', assets: [other] }] });
    const ended = await follow();
    expect({ code: ended.code, stderr: ended.stderr }).toEqual(good);
    expect(assets()).toEqual([...whole, other.name].sort());
    expect(contentOf(other.name).equals(other.bytes)).toBe(true);
    expect(index().files.map((entry) => entry.file)).toEqual([file]);
    expect(ended.stdout).toContain(other.name);
    // With an index there is nothing to do any more.
    expect((await follow()).stdout).toContain('Release v1.0.0 has everything already');
  });

  test('keeps a file of theirs under the very name of ours, unless it may be replaced', async () => {
    const same = { ...other, name: file };
    await release({ releases: [{ tag: 'v1.0.0', body: 'By hand.', assets: [same] }] });
    const ended = await follow();
    expect(ended.code).toBe(2);
    expect(ended.stdout).toContain('Write on-existing: replace or on-existing: skip');
    expect(assets()).toEqual([file]);
    expect(contentOf(file).equals(other.bytes)).toBe(true);
    expect(await follow({ flags: { 'on-existing': 'replace' } })).toMatchObject(good);
    expect(assets()).toEqual(whole);
    expect(index().files).toMatchObject([{ file, servers: ['v3.0.0'] }]);
  });
});

test.each([
  ['builds', (scratch: readonly string[]) => scratch.length > 0],
  // Half of it is there, or all.
  ['uploads', () => double.releases.some((each) => each.assets.length > 0)],
])('a run that is killed while it %s is made good by the next one', async (_, isTime) => {
  // So that it cannot be at its end before it is killed.
  await release({ latencyMs: 300 });
  const children: ChildProcess[] = [];
  const runs = join(await sharedCacheDir(), 'runs');
  const scratch = (): readonly string[] =>
    readdirSync(runs).filter((name) => name.includes(`_${String(children[0]?.pid)}_`));
  const ended = follow({ started: (child) => void children.push(child) });
  await until(() => Promise.resolve(isTime(scratch())));
  children[0]?.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  // What it left half sent is waited for until nobody can be sending it any more.
  double.advance(anHour);

  const { code, stderr, stdout } = await follow();

  expect({ code, stderr, why: code === 0 ? '' : stdout }).toEqual({ ...good, why: '' });

  expect(assets()).toEqual(whole);
  expect(double.releases.flatMap((each) => each.assets.map(({ state }) => state))).toEqual(
    whole.map(() => 'uploaded'),
  );
  expect(index()).toMatchObject({ files: [{ file, commit: released }] });
  // What the killed run had laid out is gone, too.
  expect(scratch()).toEqual([]);
});

test('a server that a file of the release loads in is added to it, and nothing is built', async () => {
  await release();
  // Of one group, with one Go version and the same modules.
  expect(await follow({ flags: { server: 'v2.6.2' } })).toMatchObject(good);
  const [older = ''] = index().files.map((entry) => entry.file);
  expect(index().files).toMatchObject([{ file: older, servers: ['v2.6.2'] }]);
  const before = { content: contentOf(older), uploads: double.changes.length };

  const flags = { server: 'v2.6.3,v2.6.2', builder: 'host', output: join(dir, 'grown') };
  // Nothing that could build it.
  const ended = await follow({ flags, path: gitOnly() });

  expect({ code: ended.code, stderr: ended.stderr }).toEqual(good);
  expect(ended.stdout).toContain(`not built: the release's ${older} loads here too`);
  expect(index().files).toMatchObject([{ file: older, servers: ['v2.6.3', 'v2.6.2'], commit: released }]);
  expect(contentOf(older).equals(before.content)).toBe(true);
  expect(assets()).toEqual(['checksums.txt', 'gotify-plugin.json', older]);
  const report: unknown = JSON.parse(readFileSync(join(dir, 'grown', 'report.json'), 'utf8'));
  expect(schemaErrors(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')), report)).toEqual([]);
  expect(report).toMatchObject({
    builds: { done: 0 },
    groups: [
      {
        servers: ['v2.6.3'],
        targets: [
          {
            ...{ kind: 'released', asset: older },
            verdicts: [{ server: 'v2.6.3', verdict: { kind: 'loads' }, comparedWith: { kind: 'catalog' } }],
          },
        ],
      },
    ],
    exitCode: 0,
  });
  expect((await follow({ flags })).stdout).toContain('Release v1.0.0 has everything already');
});

describe('where one target does not build', () => {
  const flags = { targets: 'linux-amd64,linux-arm64' };
  const files = { 'broken_arm64.go': 'package main\n\nfunc init() { doesNotExist() }\n' };

  test('the release is left alone', async () => {
    await release({ files });
    const before = double.contents();
    const ended = await follow({ flags });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain('linux-arm64 for gotify v3.0.0 was not built');
    expect(double.contents()).toEqual(before);
  });

  test('the others are attached with allow-partial, and the next run lacks that one alone', async () => {
    await release({ files });
    const ended = await follow({ flags, switches: ['--allow-partial'] });
    expect(assets()).toEqual(whole);
    expect(ended.code).toBe(1);
    expect(double.contents().releases[0]?.body).toBe('By hand.');
    const again = await follow({ flags, switches: ['--allow-partial'] });
    expect(again.stdout).toContain('The release v1.0.0 lacks linux-arm64 for gotify v3.0.0.');
    expect(again.code).toBe(1);
    expect(assets()).toEqual(whole);
  });
});
