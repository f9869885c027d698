import { symlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  after,
  annotationsOf,
  before,
  createCheckout,
  pullRequest,
  runCheckAction,
  sinces,
  type CheckEnded,
  type Checkout,
  type CheckRequest,
} from '../support/checkout.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';
import { closedAddress } from '../support/local-server.js';
import { obeyedCommands } from '../support/runner-log.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

const token = 'ghs_verysecrettokenofthisjob';
const baseSha = 'ba5e'.repeat(10);

let github: GitHubDouble;
let checkouts: Checkout[] = [];

beforeAll(async () => {
  github = await startGitHub({
    token,
    repositories: { 'owner/plugin': { commits: { [baseSha]: { 'plugin/go.mod': before } } } },
  });
});

afterEach(() => {
  for (const checkout of checkouts) checkout.remove();
  checkouts = [];
});

afterAll(() => github.close());

function checkoutOf(files: Readonly<Record<string, string>> = { 'plugin/go.mod': after }): Checkout {
  const checkout = createCheckout(files);
  checkouts.push(checkout);
  return checkout;
}

const sameRepository = { name: 'pull_request', content: pullRequest(baseSha) };

/** A check of `plugin` for v3.0.0. */
function check(request: Partial<CheckRequest> = {}): Promise<CheckEnded> {
  const { inputs, ...more } = request;
  return runCheckAction({
    checkout: more.checkout ?? checkoutOf(),
    api: github.url,
    inputs: { path: 'plugin', server: 'v3.0.0', ...inputs },
    ...more,
  });
}

const toPlugin = (asked: number): readonly string[] =>
  github.requests
    .slice(asked)
    .map(({ path }) => path)
    .filter((path) => path.startsWith('/repos/owner/plugin/'));

const strict = { strict: 'true' };

describe('what the base of a pull request has', () => {
  test('is its go.mod alone, read at its commit in one request', async () => {
    const asked = github.requests.length;
    await check({ event: sameRepository, inputs: { token } });
    expect(toPlugin(asked)).toEqual([`/repos/owner/plugin/contents/plugin/go.mod?ref=${baseSha}`]);
    const [request] = github.requests.slice(asked).filter(({ path }) => path.includes('/owner/plugin/'));
    expect(request).toMatchObject({ accept: 'application/vnd.github.raw+json' });
  });

  test('does not fail a strict check, what the change brought or made worse does', async () => {
    const old = await check({
      event: sameRepository,
      inputs: strict,
      checkout: checkoutOf({ 'plugin/go.mod': before }),
    });
    expect(sinces(old)).toEqual([
      'toolchain old',
      'github.com/gin-gonic/gin old',
      'golang.org/x/net old',
      'golang.org/x/text old',
      'github.com/tidwall/gjson old',
    ]);
    expect({ code: old.code, annotations: annotationsOf(old) }).toEqual({ code: 0, annotations: [] });
    const worse = await check({ event: sameRepository, inputs: strict });
    expect(worse.code).toBe(1);
    expect(annotationsOf(worse)).toEqual([
      expect.stringMatching(/^::error file=plugin\/go\.mod,line=12::.*x\/net v0\.40\.0/),
      expect.stringMatching(/^::error file=plugin\/go\.mod,line=13::.*x\/sys v0\.45\.0/),
    ]);
  });

  test('excuses no conflict', async () => {
    const checkout = checkoutOf({ 'plugin/go.mod': before });
    const ended = await check({ event: sameRepository, checkout, inputs: { dependencies: 'keep' } });
    expect(ended).toMatchObject({ code: 1, outputs: { compatible: 'false', conflicts: '3' } });
    expect(sinces(ended)[0]).toBe('github.com/gin-gonic/gin old');
    expect(annotationsOf(ended)).toHaveLength(3);
  });

  test('is nothing for a new plugin: all of it is new', async () => {
    const asked = github.requests.length;
    const checkout = checkoutOf({ 'second/go.mod': after });
    const ended = await check({ event: sameRepository, checkout, inputs: { ...strict, path: 'second' } });
    expect(ended).toMatchObject({ code: 1, report: { base: 'ba5eba5eba5e', warnings: [] } });
    expect(new Set(sinces(ended).map((text) => text.split(' ')[1]))).toEqual(new Set(['new']));
    // That the commit is there tells a file that is not from a repository that cannot be seen.
    expect(toPlugin(asked)).toEqual([
      `/repos/owner/plugin/contents/second/go.mod?ref=${baseSha}`,
      `/repos/owner/plugin/commits/${baseSha}`,
    ]);
  });

  test('is not asked for with `baseline: false`', async () => {
    const asked = github.requests.length;
    const ended = await check({ event: sameRepository, inputs: { ...strict, baseline: 'false' } });
    expect(ended).toMatchObject({ code: 1, report: { base: null, warnings: [] } });
    expect(sinces(ended)[0]).toBe('github.com/gin-gonic/gin null');
    expect(toPlugin(asked)).toEqual([]);
  });
});

/** A check against a double of its own, that has one repository more. */
async function checkAt(
  repository: Parameters<typeof startGitHub>[0] & object,
  request: Partial<CheckRequest>,
): Promise<CheckEnded> {
  const other = await startGitHub(repository);
  try {
    return await check({ ...request, api: other.url });
  } finally {
    await other.close();
  }
}

describe('a base that cannot be read is one warning, and all is judged as new', () => {
  const expectJudgedAsNew = (ended: CheckEnded, warning: RegExp): void => {
    expect(ended).toMatchObject({
      code: 1,
      report: { base: null, warnings: [expect.stringMatching(warning)] },
    });
    expect(annotationsOf(ended).filter((line) => line.startsWith('::warning'))).toEqual([
      expect.stringMatching(/compared with/),
    ]);
    expect(ended.summary).toContain('⚠️ ');
    expect(sinces(ended).every((text) => text.endsWith(' null'))).toBe(true);
  };

  test('a private repository without a token', async () => {
    const commits = { [baseSha]: { 'plugin/go.mod': before } };
    const ended = await checkAt(
      { repositories: { 'owner/plugin': { commits, isPrivate: true } } },
      { event: sameRepository, inputs: strict },
    );
    expectJudgedAsNew(
      ended,
      /^plugin\/go\.mod is not compared with ba5eba5eba5e: .*GitHub has nothing there/,
    );
  });

  test('a token that GitHub refuses', async () => {
    const ended = await check({
      event: sameRepository,
      inputs: { ...strict, token: 'ghs_expired', 'server-api-url': closedAddress },
    });
    expect(ended.report).toMatchObject({ warnings: [expect.stringContaining('Bad credentials')] });
  });

  test('an event without a base', async () => {
    const event = { name: 'pull_request', content: { pull_request: { base: { sha: 'main' } } } };
    const ended = await check({ event, inputs: strict });
    expectJudgedAsNew(
      ended,
      /^nothing is compared with the base: the event of this pull request cannot be read/,
    );
  });

  test.each([
    ['malformed', 'module x\nrequire (\n', 'the block of require has no closing parenthesis'],
    [
      'refused by Go',
      `${before}replace (\n\ta.org/a => ./b\n\ta.org/a => ./c\n)\n`,
      'a.org/a is replaced by ./b',
    ],
  ])('a go.mod that is %s', async (_, text, why) => {
    const ended = await checkAt(
      { repositories: { 'owner/plugin': { commits: { [baseSha]: { 'plugin/go.mod': text } } } } },
      { event: sameRepository, inputs: strict },
    );
    expectJudgedAsNew(ended, new RegExp(`^plugin/go\\.mod is not compared with ba5eba5eba5e: ${why}`));
  });

  test('an API that answers nobody, for many plugins at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const checkout = checkoutOf(Object.fromEntries(names.map((name) => [`plugins/${name}/go.mod`, after])));
    const ended = await check({
      checkout,
      event: sameRepository,
      inputs: { path: 'plugins/*' },
      env: { GITHUB_API_URL: closedAddress },
    });
    expect(ended.report).toMatchObject({
      base: null,
      warnings: [
        expect.stringMatching(
          /^plugins\/a\/go\.mod, .*plugins\/e\/go\.mod and 2 more are not compared with ba5eba5eba5e: .*no connection/,
        ),
      ],
    });
    expect(ended.code).toBe(0);
  });

  test('a folder outside of the workspace', async () => {
    const checkout = checkoutOf({ 'plugin/go.mod': after, 'inner/x': '' });
    const asked = github.requests.length;
    const ended = await check({
      checkout,
      event: sameRepository,
      inputs: { ...strict, path: '../plugin' },
      env: { GITHUB_WORKSPACE: `${checkout.workspace}/inner` },
    });
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(
      '::warning::../plugin/go.mod is not compared with ba5eba5eba5e: it lies outside',
    );
    expect(toPlugin(asked)).toEqual([]);
  });
});

describe('`base`', () => {
  test.each(['main', 'origin/main', 'refs/remotes/origin/main'])('%s is read over the API', async (base) => {
    const commits = { [baseSha]: { 'plugin/go.mod': before } };
    const ended = await checkAt(
      { repositories: { 'owner/plugin': { commits, branches: { main: baseSha } } } },
      { inputs: { ...strict, base } },
    );
    expect(ended).toMatchObject({ code: 1, report: { base, warnings: [] } });
    expect(sinces(ended)[0]).toBe('github.com/gin-gonic/gin old');
  });

  test.each(['--upload-pack=evil', '-x', 'HEAD:plugin', 'a b', 'x\n-y'])('%j is refused', async (base) => {
    const ended = await check({ inputs: { base } });
    expect(ended.code).toBe(2);
    expect(ended.stdout).toMatch(/^::error title=input base::/);
    expect(obeyedCommands(ended.stdout)).toEqual(['error']);
  });
});

describe('a base that git has', () => {
  /** A repository with `before` in its first commit and `after` in its second. */
  function repositoryOf(folder: string): Checkout & { readonly first: string } {
    const checkout = checkoutOf({ [`${folder}/go.mod`]: before });
    checkout.git('init', '-q');
    checkout.git('add', '.');
    checkout.git('commit', '-q', '-m', 'first');
    const first = checkout.git('rev-parse', 'HEAD');
    checkout.write({ [`${folder}/go.mod`]: after });
    checkout.git('commit', '-q', '-a', '-m', 'second');
    return { ...checkout, first };
  }

  const expectCompared = (ended: CheckEnded): void => {
    expect(sinces(ended)).toEqual([
      'github.com/gin-gonic/gin old',
      'golang.org/x/net worse',
      'golang.org/x/sys new',
      'github.com/tidwall/gjson old',
    ]);
    expect(ended).toMatchObject({ code: 1, report: { warnings: [] } });
  };

  test.each(['plugin', 'my plügin ☃', "it's [a] plugin*", '-x'])(
    'is asked for nothing else: %s',
    async (folder) => {
      const checkout = repositoryOf(folder);
      const asked = github.requests.length;
      const event = { name: 'pull_request', content: pullRequest(checkout.first) };
      expectCompared(await check({ checkout, event, inputs: { ...strict, path: folder } }));
      expect(toPlugin(asked)).toEqual([]);
    },
  );

  test('may be any commit', async () => {
    const checkout = repositoryOf('plugin');
    const ended = await check({ checkout, inputs: { ...strict, base: 'HEAD~1' } });
    expectCompared(ended);
    expect(ended.report).toMatchObject({ base: 'HEAD~1' });
  });

  test('may lack the plugin', async () => {
    const checkout = repositoryOf('plugin');
    checkout.write({ 'new/go.mod': after });
    const ended = await check({ checkout, inputs: { ...strict, path: 'new', base: 'HEAD' } });
    expect(new Set(sinces(ended).map((text) => text.split(' ')[1]))).toEqual(new Set(['new']));
  });

  test('with no API and no such commit is a warning', async () => {
    const checkout = repositoryOf('plugin');
    const ended = await check({
      checkout,
      inputs: { base: 'no-such-branch' },
      env: { GITHUB_API_URL: '', GITHUB_REPOSITORY: '' },
    });
    expect(ended.report).toMatchObject({
      warnings: [
        'plugin/go.mod is not compared with no-such-branch: git knows no commit no-such-branch here',
      ],
    });
  });

  test('as no shallow checkout has it, also not at the workspace itself: then the API is asked', async () => {
    const source = repositoryOf('plugin');
    const checkout = checkoutOf({});
    checkout.git('clone', '-q', '--depth', '1', `file://${source.workspace}`, 'checked out');
    checkout.git('-C', 'checked out', 'remote', 'set-url', 'origin', 'https://github.com/Owner/plugin.git');
    const asked = github.requests.length;
    expectCompared(
      await check({ checkout, event: sameRepository, inputs: { ...strict, path: 'checked out/plugin' } }),
    );
    expect(toPlugin(asked)).toEqual([`/repos/owner/plugin/contents/plugin/go.mod?ref=${baseSha}`]);
  });

  test('in a workspace that is a symbolic link', async () => {
    const checkout = checkoutOf();
    const link = `${checkout.dir}/link`;
    symlinkSync(checkout.workspace, link);
    const asked = github.requests.length;
    const ended = await check({
      checkout,
      event: sameRepository,
      inputs: strict,
      env: { GITHUB_WORKSPACE: link },
    });
    expectCompared(ended);
    expect(toPlugin(asked)).toEqual([`/repos/owner/plugin/contents/plugin/go.mod?ref=${baseSha}`]);
  });
});
