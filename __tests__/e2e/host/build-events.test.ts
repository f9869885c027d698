import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { parseIndex } from '../../../src/publish/index-file.js';
import { unzipEntry } from '../../../src/gotify/unzip.js';
import { runtimeToken, startArtifacts, type Artifacts } from '../../support/artifacts/server.js';
import { runAction } from '../../support/dist.js';
import { startGitHub, type GitHubDouble } from '../../support/github-double.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { schemaErrors } from '../../support/json-schema.js';
import { events, jobEnvironment, writeToken, type WorkflowEvent } from '../../support/publish-process.js';
import { requestLines } from '../../support/releases/request-lines.js';
import { startReleases, type Releases, type ReleasesOptions } from '../../support/releases/server.js';
import { zipNames } from '../../support/zip-names.js';

// The shipped action with `publish: auto` builds a plugin for real, for each event that starts workflows, against
// doubles of the plugin's releases and of its run's artifacts: what it asks of them, and what they hold afterwards.

const file = 'minimal-linux-amd64-for-gotify-v3.0.0.so';
const built = `dist-plugins/${file}`;

let dir: string;
let workspace: string;
let commit: string;
let servers: GitHubDouble;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'build events '));
  workspace = join(dir, 'workspace');
  cpSync('__tests__/fixtures/plugins/minimal', workspace, { recursive: true });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
  commit = git('rev-parse', 'HEAD');
  servers = await startGitHub();
});
afterAll(async () => {
  await servers.close();
  rmSync(dir, { recursive: true });
});

let releases: Releases;
let artifacts: Artifacts;
beforeEach(async () => {
  rmSync(join(workspace, 'dist-plugins'), { recursive: true, force: true });
  artifacts = await startArtifacts();
});
afterEach(async () => {
  await releases.close();
  await artifacts.close();
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  return execFileSync('git', ['-C', workspace, ...identity, ...args], { encoding: 'utf8' }).trim();
}

interface Job {
  readonly event: WorkflowEvent;
  readonly token?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Its id at GitHub's own services. */
  readonly id?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function build({ event, token = writeToken, inputs = {}, id = 'job', env = {} }: Job) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(GITHUB|ACTIONS|INPUT|RUNNER)_/.test(name),
  );
  return runAction({
    workspace,
    inputs: {
      ...{ server: 'v3.0.0', targets: 'linux-amd64', builder: 'host', token },
      ...{ 'server-api-url': servers.url, 'cache-dir': await sharedCacheDir() },
      ...inputs,
    },
    env: {
      ...Object.fromEntries(inherited.map(([name, value]) => [name, value ?? ''])),
      ...jobEnvironment(dir, { apiUrl: releases.apiUrl, event }),
      ACTIONS_RESULTS_URL: artifacts.url,
      ACTIONS_RUNTIME_TOKEN: runtimeToken({ run: 'run', job: id }),
      ...env,
    },
  });
}

/** Names of the files in each finished artifact. */
async function artifactsHeld(): Promise<Readonly<Record<string, readonly string[]>>> {
  const finished = artifacts.artifacts.filter(({ finalized }) => finalized);
  const held = finished.map(async ({ name, bytes }) => [name, await zipNames(bytes ?? Buffer.of())] as const);
  return Object.fromEntries(await Promise.all(held));
}

/** A file goes in as many blocks as its size asks for. */
function isNewCall(call: string, at: number, calls: readonly string[]): boolean {
  return call !== calls[at - 1];
}

/** Paths, ports, sizes and digests of this machine are none of a snapshot's. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(workspace, '<workspace>')
    .replaceAll(commit, '<commit>')
    .replace(/uploaded \d+ sha256:[0-9a-f]{64}/g, 'uploaded <size> sha256:<digest>')
    .replace(/(go[\d.]+)-[0-9a-f]{12}-/g, '$1-<modules>-');
  return JSON.parse(text);
}

const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
const readOnly = 'read-token';
const byHand = { name: 'One', body: 'What is new' };

interface Case {
  readonly event: WorkflowEvent;
  readonly token?: string;
  readonly there?: ReleasesOptions['releases'];
  /** Whether the release gets the file. */
  readonly isReleased: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'the push of a branch': { event: events.pushOfBranch, isReleased: false },
  'the push of a tag': { event: events.pushOfTag, isReleased: true },
  'a pull request of the repository': { event: events.ownPullRequest, isReleased: false },
  'a pull request from a fork': { event: events.forkPullRequest, token: readOnly, isReleased: false },
  'a pull request from a fork, at its base': { event: events.pullRequestTarget, isReleased: false },
  'a schedule': { event: events.schedule, token: readOnly, isReleased: false },
  'a run by hand at a tag': { event: events.byHandAtTag, isReleased: false },
  'a release that was made': {
    event: events.releaseCreated,
    there: [{ tag: 'v1.0.0', ...byHand }],
    isReleased: true,
  },
  'a release that was published': {
    event: events.releasePublished,
    there: [{ tag: 'v1.0.0', ...byHand }],
    isReleased: true,
  },
  'a release that became a stable one': {
    event: events.releaseReleased,
    there: [{ tag: 'v1.0.0', ...byHand }],
    isReleased: true,
  },
  'a pre-release that was published': {
    event: events.releasePrereleased,
    there: [{ tag: 'v1.0.0', ...byHand, prerelease: true }],
    isReleased: true,
  },
  'a release whose text was edited': {
    event: events.releaseEdited,
    there: [{ tag: 'v1.0.0', ...byHand }],
    isReleased: false,
  },
};

describe('publish: auto, for', () => {
  test.each(Object.entries(cases))('%s', async (_, { there = [], isReleased, ...job }) => {
    releases = await startReleases({
      tags: { 'v1.0.0': commit },
      branches: { main: commit },
      releases: there,
    });

    const ended = await build(job);

    const { code, stderr, outputs } = ended;
    expect({ code, stderr, log: code === 0 ? '' : ended.stdout }).toEqual({ code: 0, stderr: '', log: '' });
    const seen = {
      outputs,
      artifactRequests: artifacts.requests.map(({ call }) => call).filter(isNewCall),
      artifacts: await artifactsHeld(),
      releaseRequests: requestLines(releases),
      releases: releases.contents(),
    };
    expect(plain(seen)).toMatchSnapshot();
    expect(schemaErrors(schema, JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')))).toEqual([]);
    await expectInArtifact();
    const assets = releases.releases.flatMap((release) => release.assets);
    expect(assets.map(({ name }) => name).includes(file)).toBe(isReleased);
    if (!isReleased) {
      expect(releases.requests).toEqual([]);
      return;
    }
    const content = (name: string): Buffer =>
      Buffer.concat(assets.find((asset) => asset.name === name)?.content ?? []);
    expect(content(file).equals(readFileSync(join(workspace, built)))).toBe(true);
    expect(parseIndex(content('gotify-plugin.json'), 'gotify-plugin.json')).toMatchObject({
      files: [{ file, servers: ['v3.0.0'], commit }],
    });
  });
});

/** The first artifact has the very file that was built. */
async function expectInArtifact(): Promise<void> {
  const zip = artifacts.artifacts[0]?.bytes ?? Buffer.alloc(0);
  const found = await unzipEntry({ zip, entry: basename(built), limit: 2 ** 30 });
  const bytes = found.kind === 'bytes' ? Buffer.from(found.bytes) : Buffer.alloc(0);
  expect(bytes.equals(readFileSync(join(workspace, built)))).toBe(true);
}

describe('the artifacts of a matrix over what is checked out', () => {
  const event = events.pushOfBranch;
  beforeEach(async () => {
    releases = await startReleases();
  });
  const job = (ref: string, attempt: number, inputs: Job['inputs'] = {}): Job => ({
    event,
    // GitHub gives each attempt of a job its own id, or keeps it: neither is documented.
    id: `${ref}-${String(attempt)}`,
    inputs: { matrix: JSON.stringify({ ref }, null, 2), ...inputs },
    env: { GITHUB_JOB: 'nightly', GITHUB_RUN_ATTEMPT: String(attempt) },
  });
  const held = (): readonly (readonly [string, string])[] =>
    artifacts.artifacts.map(({ name, ids }) => [name, ids.job]);

  test('have names of their own, and each job replaces its own', async () => {
    for (const each of [job('main', 1), job('next', 1), job('next', 2)]) {
      expect(await build(each)).toMatchObject({ code: 0, stderr: '' });
    }
    const names = held().map(([name]) => name);
    expect(held()).toEqual([
      [expect.stringMatching(/^minimal-plugins-nightly-[0-9a-f]{8}$/), 'main-1'],
      [expect.stringMatching(/^minimal-plugins-nightly-[0-9a-f]{8}$/), 'next-2'],
    ]);
    expect(new Set(names).size).toBe(2);
  });

  test('of one name are never those of another job, in a rerun neither', async () => {
    const named = { 'artifact-name': 'plugins' };
    expect(await build(job('main', 1, named))).toMatchObject({ code: 0 });
    for (const attempt of [1, 2]) {
      const ended = await build(job('next', attempt, named));
      expect(ended.code).toBe(3);
      expect(ended.stdout).toContain('the artifact plugins is there already in this run');
      expect(held()).toEqual([['plugins', 'main-1']]);
    }
    // The one that it belongs to may.
    expect(await build(job('main', 3, named))).toMatchObject({ code: 0 });
    expect(held()).toEqual([['plugins', 'main-3']]);
  });
});
