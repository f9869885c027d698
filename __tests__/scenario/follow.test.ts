import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';
import { targetNames } from '../../src/build/target.js';
import { publishRelease } from '../../src/publish/publish-release.js';
import { runAction } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';
import { schemaErrors } from '../support/json-schema.js';
import { events, jobEnvironment, writeToken } from '../support/publish-process.js';
import { apiOf, commit, pluginFile, requestOf } from '../support/publishing.js';
import { requestLines } from '../support/releases/request-lines.js';
import { startReleases, type Releases, type ReleasesOptions } from '../support/releases/server.js';

// .github/examples/follow.yml as it ships: no checkout, nothing cached, the shipped action and its own inputs. Neither
// Docker nor Go is on the PATH: what is tested here happens before anything is built.

jest.setTimeout(120_000);

const workflowSchema = v.object({
  on: v.object({ schedule: v.array(v.unknown()) }),
  jobs: v.object({
    follow: v.object({
      steps: v.tuple([
        v.object({ uses: v.string(), with: v.record(v.string(), v.union([v.string(), v.boolean()])) }),
      ]),
    }),
  }),
});

function inputsOfExample(): Readonly<Record<string, string>> {
  const text = readFileSync('.github/examples/follow.yml', 'utf8');
  const [step] = v.parse(workflowSchema, parse(text)).jobs.follow.steps;
  return Object.fromEntries(Object.entries(step.with).map(([name, value]) => [name, String(value)]));
}

let dir: string;
let servers: GitHubDouble;
let double: Releases | null = null;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'follow '));
  mkdirSync(join(dir, 'workspace'));
  servers = await startGitHub();
});
afterEach(async () => {
  await double?.close();
  double = null;
  await servers.close();
  rmSync(dir, { recursive: true });
});

/** With a file for each target and each of some servers, published by this tool. */
async function released(tags: readonly string[], options: ReleasesOptions = {}): Promise<Releases> {
  double = await startReleases({ tags: { 'v1.0.0': commit }, branches: { main: commit }, ...options });
  const files = await Promise.all(targetNames.map((target) => pluginFile(dir, { target, servers: tags })));
  // Of another Go version than newer servers: none of them is looked at in place of a build.
  const older = files.map((file) => ({ ...file, goVersion: '1.25.0' }));
  await publishRelease(requestOf(older, { commit: double.tags.get('v1.0.0') ?? null }), apiOf(double));
  return double;
}

async function follow(releases: Releases, inputs: Readonly<Record<string, string>> = {}) {
  const before = { releases: releases.requests.length, servers: servers.requests.length };
  const ended = await runAction({
    workspace: join(dir, 'workspace'),
    inputs: { ...inputsOfExample(), token: writeToken, 'server-api-url': servers.url, ...inputs },
    env: {
      PATH: gitAndTar(),
      HOME: dir,
      ...jobEnvironment(dir, { apiUrl: releases.apiUrl, event: events.schedule }),
    },
  });
  const asked = servers.requests
    .slice(before.servers)
    .map(({ host, method, path }) => `gotify ${host} ${method} ${path}`);
  return { ...ended, asked: [...requestLines(releases, before.releases), ...asked.sort()] };
}

/** A PATH with git and what unpacks archives, and nothing else. */
function gitAndTar(): string {
  const folder = join(dir, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const program of ['git', 'tar', 'gzip']) {
    const path = execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { encoding: 'utf8' }).trim();
    writeFileSync(join(folder, program), `#!/bin/sh\nexec '${path}' "$@"\n`, { mode: 0o755 });
  }
  return folder;
}

/** A repository with the plugin's files, whose only commit is released as v1.0.0. */
function repository(files: Readonly<Record<string, string>>): ReleasesOptions {
  const source = join(dir, 'repository');
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-C', source, '-c', 'user.name=octo', '-c', 'user.email=octo@example.org', ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  }
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'all');
  const head = git('rev-parse', 'HEAD');
  return { source, tags: { 'v1.0.0': head }, branches: { main: head } };
}

const all = ['v3.0.0', 'v2.9.1', 'v2.9.0'];
const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));

describe('the example, without a checkout', () => {
  test('ends at once where nothing is missing, after six requests at most', async () => {
    const releases = await released(all);
    const before = releases.contents();

    const { code, stderr, stdout, outputs, asked } = await follow(releases);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Release v1.0.0 has everything already');
    expect(asked).toMatchSnapshot();
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(releases.contents()).toEqual(before);
    expect(outputs).toMatchObject({
      files: '[]',
      compatible: 'true',
      'release-url': expect.stringContaining('v1.0.0'),
    });
    expect(schemaErrors(schema, JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')))).toEqual([]);
  });

  test('ends what publishing left, where that was broken off when all files were there', async () => {
    const releases = await released(all.slice(1));
    const files = await Promise.all(targetNames.map((target) => pluginFile(dir, { target, servers: all })));
    const request = requestOf(files, { commit: releases.tags.get('v1.0.0') ?? null, onExisting: 'replace' });
    const api = apiOf(releases);
    const gone = new Error('the machine is gone');
    const rename: typeof api.rename = (id, name) =>
      name === 'gotify-plugin.json' ? Promise.reject(gone) : api.rename(id, name);
    await expect(publishRelease(request, { ...api, rename })).rejects.toBe(gone);
    const [names] = releases.releases.map(({ assets }) => assets.map(({ name }) => name));
    expect(names).not.toContain('gotify-plugin.json');

    const { code, stderr, stdout, outputs } = await follow(releases);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('The release v1.0.0 has every file, and nobody finished it: that is done now.');
    expect(stdout).toContain('Release v1.0.0 is published');
    expect(schemaErrors(schema, JSON.parse(readFileSync(outputs['report'] ?? '', 'utf8')))).toEqual([]);
    const after = releases.contents();
    await publishRelease(request, api);
    expect(releases.contents()).toEqual(after);
    expect((await follow(releases)).stdout).toContain('Release v1.0.0 has everything already');
  });

  test('publishes a draft that has everything, where it is named', async () => {
    double = await startReleases({ tags: { 'v1.0.0': commit }, branches: { main: commit } });
    const files = await Promise.all(targetNames.map((target) => pluginFile(dir, { target, servers: all })));
    await publishRelease(requestOf(files, { draft: true }), apiOf(double));
    const draft = await follow(double, { 'release-tag': 'v1.0.0', draft: 'true' });
    expect(draft.stdout).toContain('Release v1.0.0 has everything already');
    const { code, stdout } = await follow(double, { 'release-tag': 'v1.0.0' });
    expect(code).toBe(0);
    expect(stdout).toContain('Release v1.0.0 is published');
    expect(double.releases.map((release) => release.draft)).toEqual([false]);
  });

  test('says what is missing, lays out the source over the API, and only then looks for Docker', async () => {
    const releases = await released(
      all.slice(1),
      repository({ 'go.mod': 'module example.com/hello\n\ngo 1.21\n', 'main.go': 'package main\n' }),
    );
    const { code, stdout, asked } = await follow(releases);
    expect(code).toBe(3);
    expect(stdout).toContain(`The release v1.0.0 lacks ${targetNames.join(', ')} for gotify v3.0.0.`);
    expect(stdout).toMatch(/::error.*docker/i);
    expect(asked.map((line) => line.replace(/[0-9a-f]{40}/g, '<commit>'))).toMatchSnapshot();
  });

  test.each([
    [
      'has a pointer of Git LFS',
      { 'logo.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:a\nsize 3\n' },
      'file=logo.png',
      'lfs: true',
    ],
    [
      'leaves files out of archives',
      { '.gitattributes': 'data export-ignore\n', 'data/x': 'x' },
      'it lacks data/x',
      'fetch-depth: 0',
    ],
    [
      'writes into archives',
      { '.gitattributes': 'VERSION export-subst\n', VERSION: '$Format:%H$\n' },
      'it has another VERSION',
      'fetch-depth: 0',
    ],
  ])('builds nothing of a commit that %s', async (...[, files, what, remedy]) => {
    const releases = await released(
      all.slice(1),
      repository({ 'go.mod': 'module example.com/hello\n', ...files }),
    );
    const before = releases.contents();
    const { code, stdout } = await follow(releases);
    expect(code).toBe(2);
    expect(stdout).toContain(what);
    expect(stdout).toContain(remedy);
    expect(releases.contents()).toEqual(before);
  });

  test('builds nothing for a tag that was moved', async () => {
    const releases = await released(all.slice(1));
    releases.setTag('v1.0.0', 'b'.repeat(40));
    const before = releases.contents();
    const { code, stdout } = await follow(releases);
    expect(code).toBe(2);
    expect(stdout).toContain(
      'the tag v1.0.0 leads to the commit bbbbbbbbbbbb, and the files of its release were built from aaaaaaaaaaaa',
    );
    expect(stdout).toContain('::error title=input release-tag::');
    expect(releases.contents()).toEqual(before);
  });

  test('builds nothing for a release whose tag is gone', async () => {
    double = await startReleases({ tags: { 'v0.9.0': commit }, releases: [{ tag: 'v1.0.0', draft: true }] });
    const { code, stdout } = await follow(double, { 'release-tag': 'v1.0.0' });
    expect(code).toBe(2);
    expect(stdout).toContain('the release is of the tag v1.0.0, and the repository has no such tag');
    expect(stdout).not.toContain('protected by rules');
  });

  test('follows a pre-release only where it is named', async () => {
    double = await startReleases({
      tags: { 'v1.0.0': commit },
      releases: [{ tag: 'v1.0.0', prerelease: true }],
    });
    const { code, stdout } = await follow(double);
    expect(code).toBe(2);
    expect(stdout).toContain('octo/plugin has no stable release');
    expect(stdout).toContain('A pre-release is followed where release-tag names it.');
    expect((await follow(double, { 'release-tag': 'v1.0.0' })).stdout).toContain('The release v1.0.0 lacks ');
  });
});
