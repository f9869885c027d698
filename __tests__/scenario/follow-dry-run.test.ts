import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { cli, run } from '../support/dist.js';
import { startPublishStage, writeToken, type PublishStage } from '../support/publish-process.js';
import { startReleases, type Releases } from '../support/releases/server.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let stage: PublishStage;
let releases: Releases;
/** The plugin's repository, whose commit the release is of. */
let repository = '';

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=octo', '-c', 'user.email=octo@example.org'];
  return execFileSync('git', ['-C', repository, ...identity, ...args], { encoding: 'utf8' }).trim();
}

beforeAll(async () => {
  repository = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-follow-'));
  cpSync(resolve('__tests__/fixtures/plugins/minimal'), repository, { recursive: true });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'released');
  const commit = git('rev-parse', 'HEAD');
  stage = await startPublishStage();
  releases = await startReleases({ tags: { 'v1.0.0': commit } });
  stage.build(
    'out',
    [
      { servers: ['v3.0.0'], targets: ['linux-amd64'] },
      { servers: ['v2.9.1'], targets: ['linux-amd64'] },
    ],
    { commit },
  );
  const published = await stage.cli({ apiUrl: releases.apiUrl });
  expect(published).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await releases.close();
  await stage.close();
  rmSync(repository, { recursive: true });
});

test('a dry run prints how the missing would be built from the tag’s commit, and leaves nothing', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-follow-'));
  try {
    const servers = [
      '--server',
      'v3.0.0, v2.8.0',
      '--targets',
      'amd64',
      '--server-api-url',
      stage.servers.url,
    ];
    const ended = await run({
      file: cli,
      args: ['build', '--skip-existing', '--dry-run', '--builder', 'docker', ...servers],
      cwd: repository,
      env: {
        TMPDIR: temporary,
        GITHUB_API_URL: releases.apiUrl,
        GITHUB_REPOSITORY: 'octo/plugin',
        GITHUB_TOKEN: writeToken,
      },
    });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toContain('The release v1.0.0 lacks linux-amd64 for gotify v2.8.0.');
    expect(ended.stdout).toMatch(
      /^docker run .* gotify\/build:1\.25\.1-linux-amd64 build .*-buildmode=plugin/m,
    );
    expect(ended.stdout).not.toContain('gotify/build:1.26');
    expect(readdirSync(temporary)).toEqual([]);
    expect(git('status', '--short', '--ignored')).toBe('');
  } finally {
    rmSync(temporary, { recursive: true });
  }
});
