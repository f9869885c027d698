import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBase } from '../../../src/adapters/base-files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import type { BaseFiles } from '../../../src/pipeline/check-ports.js';
import { createCheckout, pullRequest, type Checkout } from '../../support/checkout.js';
import { failureOf } from '../../support/failure.js';
import { startGitHub, type GitHubDouble } from '../../support/github-double.js';

let checkout: Checkout;
let github: GitHubDouble;
let first = '';

beforeEach(async () => {
  checkout = createCheckout({ 'plugin/go.mod': 'module one\n', 'plugin/go.sum': '' });
  checkout.git('init', '-q', '-b', 'main');
  checkout.git('config', 'uploadpack.allowFilter', 'true');
  checkout.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  checkout.git('add', '.');
  checkout.git('commit', '-q', '-m', 'first');
  first = checkout.git('rev-parse', 'HEAD');
  checkout.write({ 'plugin/go.mod': 'module two\n' });
  checkout.git('commit', '-q', '-a', '-m', 'second');
  github = await startGitHub({
    repositories: { 'owner/plugin': { commits: { [first]: { 'plugin/go.mod': 'module of the API\n' } } } },
  });
});

afterEach(async () => {
  await github.close();
  checkout.remove();
});

interface Opened {
  readonly ref?: string | null;
  readonly event?: object | string;
  readonly env?: Readonly<Record<string, string>>;
  readonly workspace?: string;
}

/** The base of a pull request, or a ref. */
function open({
  ref = null,
  event = pullRequest(first),
  env = {},
  workspace,
}: Opened = {}): Promise<BaseFiles | null> {
  const file = join(checkout.dir, 'event.json');
  writeFileSync(file, typeof event === 'string' ? event : JSON.stringify(event));
  return openBase(ref, {
    runner: createRunner(),
    env: {
      PATH: process.env['PATH'],
      HOME: checkout.dir,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: file,
      ...env,
    },
    workspace: workspace ?? checkout.workspace,
    api: { url: github.url, token: null },
  });
}

const goMod = (folder = checkout.workspace): string => join(folder, 'plugin/go.mod');

describe('what is compared with', () => {
  test.each(['pull_request', 'pull_request_target'])('for %s is the base of the event', async (name) => {
    const base = await open({ env: { GITHUB_EVENT_NAME: name } });
    expect(base?.name).toBe(first.slice(0, 12));
    expect(await base?.read(goMod())).toBe('module one\n');
  });

  test.each(['push', 'workflow_dispatch', 'schedule', 'pull_request_review', ''])(
    'for %j is nothing',
    async (name) => {
      expect(await open({ env: { GITHUB_EVENT_NAME: name } })).toBeNull();
    },
  );

  test('without an event is nothing, also where the name of one is left', async () => {
    expect(await open({ env: { GITHUB_EVENT_PATH: '' } })).toBeNull();
  });

  test('is what was named, also for a pull request', async () => {
    const base = await open({ ref: 'HEAD', event: 'no json' });
    expect(base?.name).toBe('HEAD');
    expect(await base?.read(goMod())).toBe('module two\n');
  });

  test.each([
    'no json',
    '{}',
    JSON.stringify({ pull_request: { base: { sha: 'main', repo: { full_name: 'owner/plugin' } } } }),
    JSON.stringify({ pull_request: { base: { sha: 'a'.repeat(40), repo: { full_name: 'owner/../x' } } } }),
    JSON.stringify({ pull_request: { base: { sha: '--evil', repo: { full_name: 'owner/plugin' } } } }),
  ])('is not known from an event such as %s', async (event) => {
    expect(await failureOf(open({ event }))).toMatchObject({
      kind: 'surroundings',
      code: 'event-unreadable',
    });
  });
});

describe('git', () => {
  test('says what was not there', async () => {
    checkout.write({ 'new/go.mod': '', 'plugin/deep/go.mod': '' });
    const base = await open();
    expect(await base?.read(join(checkout.workspace, 'new/go.mod'))).toBeNull();
    expect(await base?.read(join(checkout.workspace, 'plugin/deep/go.mod'))).toBeNull();
    expect(github.requests).toEqual([]);
  });

  test('that has the commit without its files, and cannot fetch them, leaves them to the API', async () => {
    const clone = join(checkout.dir, 'clone');
    checkout.git('clone', '-q', '--filter=blob:none', `file://${checkout.workspace}`, clone);
    expect(checkout.git('-C', clone, 'rev-parse', '--verify', `${first}^{commit}`)).toBe(first);
    renameSync(join(checkout.workspace, '.git'), join(checkout.workspace, '.gone'));
    const base = await open({ workspace: clone });
    expect(await base?.read(goMod(clone))).toBe('module of the API\n');
  });

  test.each([
    ['shallow', ['--depth', '1']],
    ['of another branch', ['--single-branch', '--branch', 'other']],
  ])('in a clone that is %s leaves what it lacks to the API', async (_, options) => {
    checkout.git('checkout', '-q', '--orphan', 'other');
    checkout.git('commit', '-q', '-m', 'unrelated');
    const clone = join(checkout.dir, 'clone');
    checkout.git('clone', '-q', ...options, `file://${checkout.workspace}`, clone);
    const base = await open({ workspace: clone });
    expect(await base?.read(goMod(clone))).toBe('module of the API\n');
  });

  test('that is not there leaves all to the API', async () => {
    const base = await open({ env: { PATH: '/nonexistent' } });
    expect(await base?.read(goMod())).toBe('module of the API\n');
    expect(await base?.read(join(checkout.workspace, 'plugin/go.sum'))).toBeNull();
  });

  test('of a checkout of another repository is not asked where a file is', async () => {
    rmSync(join(checkout.workspace, '.git'), { recursive: true });
    checkout.write({ 'other/plugin/go.mod': '' });
    checkout.git('init', '-q', 'other');
    checkout.git('-C', 'other', 'remote', 'add', 'origin', 'https://github.com/owner/not-the-plugin');
    const base = await open();
    expect(await base?.read(goMod(join(checkout.workspace, 'other')))).toBeNull();
    expect(github.requests[0]?.path).toBe(`/repos/owner/plugin/contents/other/plugin/go.mod?ref=${first}`);
  });
});

describe('the API', () => {
  const withoutGit = { env: { PATH: '/nonexistent' } };

  test('is not asked for a path outside of the workspace', async () => {
    const base = await open({ ...withoutGit, workspace: join(checkout.workspace, 'plugin') });
    const failure = await failureOf(base?.read(join(checkout.workspace, 'go.mod')) ?? Promise.resolve());
    expect(failure).toMatchObject({ code: 'outside-workspace' });
    expect(github.requests).toEqual([]);
  });

  test('gets the parts of a path encoded', async () => {
    checkout.write({ 'ä b/#?%/go.mod': '' });
    const base = await open(withoutGit);
    await base?.read(join(checkout.workspace, 'ä b/#?%/go.mod'));
    expect(github.requests[0]?.path).toBe(
      `/repos/owner/plugin/contents/%C3%A4%20b/%23%3F%25/go.mod?ref=${first}`,
    );
  });

  test('that does not know the commit does not make a plugin new', async () => {
    const base = await open({ ...withoutGit, event: pullRequest('a'.repeat(40)) });
    expect(await failureOf(base?.read(goMod()) ?? Promise.resolve())).toMatchObject({
      kind: 'surroundings',
      code: 'github-missing',
    });
  });

  test('that cannot be reached is tried once', async () => {
    await github.close();
    const base = await open(withoutGit);
    const one = await failureOf(base?.read(goMod()) ?? Promise.resolve());
    const two = await failureOf(base?.read(goMod()) ?? Promise.resolve());
    expect(one).toMatchObject({ code: 'github-unreachable' });
    expect(two).toBe(one);
    github = await startGitHub();
  });

  test('is none outside of Actions', async () => {
    const base = await openBase('v1', {
      runner: createRunner(),
      env: {},
      workspace: checkout.workspace,
      api: null,
    });
    expect(await failureOf(base?.read(goMod()) ?? Promise.resolve())).toMatchObject({ code: 'base-unknown' });
  });
});
