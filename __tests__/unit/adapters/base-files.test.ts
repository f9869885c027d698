import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBase } from '../../../src/adapters/base-files.js';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import type { BaseFiles } from '../../../src/pipeline/check-ports.js';
import { createCheckout, mergeGroup, pullRequest, type Checkout } from '../../support/checkout.js';
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
  const folder = join(workspace ?? checkout.workspace, 'plugin');
  const settings = {
    runner: createRunner(),
    files: createFiles(),
    env: {
      PATH: process.env['PATH'],
      HOME: checkout.dir,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: file,
      ...env,
    },
    workspace: workspace ?? checkout.workspace,
    api: { url: github.url, token: null },
  };
  return openBase({ ref, folder }, settings);
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

  const repo = { full_name: 'owner/plugin' };
  const head = { sha: 'f'.repeat(40) };

  test.each([
    'no json',
    '{}',
    JSON.stringify({ pull_request: { head, base: { sha: 'main', repo } } }),
    JSON.stringify({
      pull_request: { head, base: { sha: 'a'.repeat(40), repo: { full_name: 'owner/..' } } },
    }),
    JSON.stringify({ pull_request: { head, base: { sha: '--evil', repo } } }),
    JSON.stringify({ pull_request: { base: { sha: 'a'.repeat(40), repo } } }),
  ])('is not known from an event such as %s', async (event) => {
    expect(await failureOf(open({ event }))).toMatchObject({
      kind: 'surroundings',
      code: 'event-unreadable',
      what: expect.stringContaining('pull request'),
    });
  });

  describe('for a merge group', () => {
    const env = { GITHUB_EVENT_NAME: 'merge_group' };

    test('is what it is to be merged into', async () => {
      const base = await open({ env, event: mergeGroup(first) });
      expect(base?.name).toBe(first.slice(0, 12));
      expect(await base?.read(goMod())).toBe('module one\n');
    });

    test('is asked for at the API of the same repository', async () => {
      const base = await open({ env: { ...env, PATH: '/nonexistent' }, event: mergeGroup(first) });
      expect(await base?.read(goMod())).toBe('module of the API\n');
    });

    test.each(['{}', JSON.stringify({ merge_group: { base_sha: 'main' }, repository: repo })])(
      'is not known from an event such as %s',
      async (event) => {
        expect(await failureOf(open({ env, event }))).toMatchObject({
          code: 'event-unreadable',
          what: expect.stringContaining('merge group'),
        });
      },
    );
  });

  describe('where the merge of a pull request is checked out', () => {
    let merged = '';
    let newer = '';

    /** The pull request began at the first commit, and its base has gone on since. */
    beforeEach(() => {
      newer = checkout.git('rev-parse', 'HEAD');
      checkout.git('checkout', '-q', '-b', 'bump', first);
      checkout.write({ 'plugin/main.go': 'package main\n' });
      checkout.git('add', '.');
      checkout.git('commit', '-q', '-m', 'bump');
      merged = checkout.git('rev-parse', 'HEAD');
      checkout.git('checkout', '-q', '--detach', 'main');
      checkout.git('merge', '-q', '--no-ff', '-m', 'merge', 'bump');
    });

    const event = (): object => pullRequest(first, 'somebody/plugin', merged);

    test('is what it was merged into, which may be newer than the event', async () => {
      const base = await open({ event: event() });
      expect(base?.name).toBe(newer.slice(0, 12));
      expect(await base?.read(goMod())).toBe('module two\n');
    });

    test('is that also in a checkout without history, by the API', async () => {
      const clone = join(checkout.dir, 'clone');
      checkout.git('branch', 'merge');
      const source = `file://${checkout.workspace}`;
      checkout.git('clone', '-q', '--depth', '1', '--branch', 'merge', source, clone);
      const base = await open({ event: event(), workspace: clone });
      expect(base?.name).toBe(newer.slice(0, 12));
      await failureOf(base?.read(goMod(clone)) ?? Promise.resolve());
      expect(github.requests[0]?.path).toBe(`/repos/owner/plugin/contents/plugin/go.mod?ref=${newer}`);
    });

    test.each(['bump', 'main'])('is the base of the event where %s is checked out', async (branch) => {
      checkout.git('checkout', '-q', branch);
      expect((await open({ event: event() }))?.name).toBe(first.slice(0, 12));
    });

    test('is the base of the event where the merge is of something else', async () => {
      const other = pullRequest(first, 'somebody/plugin', 'a'.repeat(40));
      expect((await open({ event: other }))?.name).toBe(first.slice(0, 12));
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

describe('all files', () => {
  const into = (): string => join(checkout.dir, 'into');
  const laidOut = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

  test('are laid out by git once, below the path that they have', async () => {
    const base = await open();
    const folder = await base?.layOut(join(checkout.workspace, 'plugin'), into());
    expect(folder).toBe(join(into(), checkout.workspace, 'plugin'));
    expect(readFileSync(join(folder ?? '', 'go.mod'), 'utf8')).toBe('module one\n');
    rmSync(join(folder ?? '', 'go.mod'));
    // A folder that the base does not have is none.
    expect(await base?.layOut(join(checkout.workspace, 'plugin/new'), into())).toBe(
      join(folder ?? '', 'new'),
    );
    expect(laidOut(join(into(), checkout.workspace))).toEqual(['plugin', 'plugin/go.sum']);
    expect(readdirSync(join(into(), dirname(checkout.workspace)))).toEqual(['workspace']);
    expect(github.requests).toEqual([]);
  });

  test('are laid out as a checkout has them: with what archives leave out, and what of submodules is here', async () => {
    const part = join(checkout.workspace, 'part');
    checkout.write({
      '.gitattributes': 'plugin export-ignore\n*.bin filter=lfs\n*.txt eol=crlf\n',
      'plugin/data.bin': 'version https://git-lfs.github.com/spec/v1\n',
      'plugin/text.txt': 'a\n',
      'part/go.mod': 'module part\n',
    });
    checkout.git('init', '-q', 'part');
    checkout.git('-C', 'part', 'add', '.');
    checkout.git('-C', 'part', 'commit', '-q', '-m', 'part');
    checkout.git('add', '.');
    const [, sha = ''] = /^160000 (\S+)/.exec(checkout.git('ls-files', '--stage', 'part')) ?? [];
    checkout.git('update-index', '--add', '--cacheinfo', `160000,${sha},gone`);
    checkout.git('commit', '-q', '-m', 'attributes');
    // What is configured for large files fails, as it would without a network.
    checkout.git('config', 'filter.lfs.smudge', 'false');
    checkout.git('config', 'filter.lfs.required', 'true');
    const index = checkout.git('ls-files', '--stage');
    const base = await open({ ref: 'HEAD' });
    const folder = (await base?.layOut(join(checkout.workspace, 'plugin'), into())) ?? '';
    expect(laidOut(join(into(), checkout.workspace))).toEqual([
      ...['.gitattributes', 'gone', 'part', 'part/go.mod', 'plugin', 'plugin/data.bin', 'plugin/go.mod'],
      ...['plugin/go.sum', 'plugin/text.txt'],
    ]);
    expect(readFileSync(join(folder, 'text.txt'), 'utf8')).toBe('a\r\n');
    expect(readFileSync(join(folder, 'data.bin'), 'utf8')).toContain('git-lfs');
    expect(readdirSync(join(into(), dirname(checkout.workspace)))).toEqual(['workspace']);
    expect(checkout.git('ls-files', '--stage')).toBe(index);
    expect(readdirSync(part)).toEqual(['.git', 'go.mod']);
    expect(github.requests).toEqual([]);
  });

  test.each([
    ['in a shallow clone', ['--depth', '1']],
    ['in a clone that fetches files one by one, and cannot', ['--filter=blob:none']],
  ])('come over the API %s', async (_, options) => {
    const clone = join(checkout.dir, 'clone');
    checkout.git('clone', '-q', ...options, `file://${checkout.workspace}`, clone);
    renameSync(join(checkout.workspace, '.git'), join(checkout.workspace, '.gone'));
    const base = await open({ workspace: clone });
    const folder = await base?.layOut(join(clone, 'plugin'), into());
    expect(folder).toBe(join(into(), clone, 'plugin'));
    expect(readFileSync(join(folder ?? '', 'go.mod'), 'utf8')).toBe('module of the API\n');
    await base?.layOut(join(clone, 'other'), into());
    expect(github.requests.map(({ host, path }) => [host, path])).toEqual([
      ['api', `/repos/owner/plugin/commits/${first}`],
      ['api', `/repos/owner/plugin/tarball/${first}`],
      ['download', `/archive/owner/plugin/${first}`],
    ]);
    expect(readdirSync(join(into(), checkout.dir))).toEqual(['clone']);
  });

  test('come over the API from the workspace on, where there is no git', async () => {
    const base = await open({ env: { PATH: '/nowhere' } });
    // What unpacks them is as far away.
    expect(
      await failureOf(base?.layOut(join(checkout.workspace, 'plugin'), into()) ?? Promise.resolve()),
    ).toMatchObject({ code: 'no-source', what: expect.stringContaining('there is no tar') });
    expect(github.requests.at(-1)?.path).toBe(`/archive/owner/plugin/${first}`);
  });

  test.each([
    [{ event: pullRequest('a'.repeat(40)) }, 'github-missing'],
    [{ event: pullRequest('a'.repeat(40)), env: { PATH: '/nonexistent' } }, 'github-missing'],
  ])('are a failure where nobody has the commit: %j', async (request, code) => {
    const base = await open(request);
    const work = base?.layOut(join(checkout.workspace, 'plugin'), into()) ?? Promise.resolve();
    expect(await failureOf(work)).toMatchObject({ kind: 'surroundings', code });
  });

  test('of a folder outside of the workspace are not asked for', async () => {
    const base = await open({ env: { PATH: '/nonexistent' } });
    expect(await failureOf(base?.layOut(checkout.dir, into()) ?? Promise.resolve())).toMatchObject({
      code: 'outside-workspace',
    });
    expect(github.requests).toEqual([]);
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
    const { workspace } = checkout;
    const settings = { runner: createRunner(), files: createFiles(), env: {}, workspace, api: null };
    const base = await openBase({ ref: 'v1', folder: workspace }, settings);
    expect(await failureOf(base?.read(goMod()) ?? Promise.resolve())).toMatchObject({ code: 'base-unknown' });
  });
});
