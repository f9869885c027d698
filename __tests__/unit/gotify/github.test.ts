import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { gitHubAt } from '../../../src/adapters/github.js';
import { type GitHub, tokenFor } from '../../../src/gotify/github.js';
import { failureOf } from '../../support/failure.js';
import {
  type DoubleServer,
  type GitHubDouble,
  type GitHubDoubleOptions,
  rateLimited,
  secondaryLimited,
  startGitHub,
} from '../../support/github-double.js';

const started: GitHubDouble[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((double) => double.close()));
});

async function start(
  options: GitHubDoubleOptions = {},
  token: string | null = null,
): Promise<[GitHubDouble, GitHub]> {
  const double = await startGitHub(options);
  started.push(double);
  return [double, gitHubAt({ apiUrl: double.url, token, retryDelayMs: 5 })];
}

const v300 = '497f9459d2bc54b432131444f4c56dd3e1d609fa';

function manyServers(count: number): readonly DoubleServer[] {
  return Array.from({ length: count }, (_, index) => {
    const commit = createHash('sha1').update(String(index)).digest('hex');
    return {
      tag: `v9.0.${String(count - index)}`,
      commit,
      date: '2026-01-01',
      files: {},
      annotated: index % 2 === 0,
    };
  });
}

describe('gitHubAt', () => {
  test('reads the latest release, commits, files and what is not there', async () => {
    const [, github] = await start({ branches: { 'feature/x y': v300 } });
    expect(await github.latestRelease()).toBe('v3.0.0');
    expect(await github.commit('master')).toEqual({ sha: v300, date: '2026-07-18' });
    expect(await github.commit('feature/x y')).toEqual({ sha: v300, date: '2026-07-18' });
    expect(await github.commit(v300.slice(0, 8))).toEqual({ sha: v300, date: '2026-07-18' });
    expect(await github.commit('no-such-branch')).toBeNull();
    expect(await github.fileAt(v300, 'GO_VERSION')).toBe('1.26.0\n');
    expect(await github.fileAt(v300, 'go.mod')).toMatch(/^module github.com\/gotify\/server\/v2\n/);
    expect(await github.fileAt(v300, 'no/such file')).toBeNull();
    expect(await github.assets('v3.0.0')).toEqual([]);
    expect(await github.assets('v1.2.3')).toBeNull();
  });

  test('follows the pages of tags, and takes the commits of annotated ones', async () => {
    const servers = manyServers(230);
    const [double, github] = await start({ servers });
    const tags = await github.tags();
    expect(tags).toEqual(servers.map(({ tag, commit }) => ({ name: tag, commit })));
    expect(double.requests.map(({ path }) => path.replace(/.*\?/, ''))).toEqual([
      'per_page=100&page=1',
      'per_page=100&page=2',
      'per_page=100&page=3',
    ]);
  });

  test('takes the commit of an annotated tag, wherever the API has its tag object too', async () => {
    const [server] = manyServers(1);
    if (server === undefined) throw new Error('no server');
    const annotated = { ...server, tag: 'nightly', annotated: true, files: { 'go.mod': 'module x\n' } };
    const [double, github] = await start({ servers: [annotated], branches: { master: 'b'.repeat(40) } });
    const answer = await fetch(`${double.url}/repos/gotify/server/git/ref/tags/nightly`);
    const { object } = (await answer.json()) as { readonly object: { type: string; sha: string } };
    expect(object.type).toBe('tag');
    expect(object.sha).not.toBe(server.commit);
    expect(await github.fileAt(object.sha, 'go.mod')).toBeNull();

    expect(await github.tags()).toEqual([{ name: 'nightly', commit: server.commit }]);
    const commit = await github.commit('nightly');
    expect(commit?.sha).toBe(server.commit);
    expect(await github.fileAt(commit?.sha ?? '', 'go.mod')).toBe('module x\n');
  });

  test.each([100, 0])('%i tags are one page', async (count) => {
    const [double, github] = await start({ servers: manyServers(count) });
    expect(await github.tags()).toHaveLength(count);
    expect(double.requests).toHaveLength(1);
  });

  test('sends the token to the API, and not to the host that a download is redirected to', async () => {
    const bytes = Buffer.from('PK');
    const assets = {
      'v3.0.0': [
        { name: 'gotify-linux-amd64.zip', bytes },
        { name: 'old.zip', bytes, digest: null },
      ],
    };
    const [double, github] = await start({ assets, token: 'secret-token' }, 'secret-token');
    const [asset, old] = (await github.assets('v3.0.0')) ?? [];
    if (asset === undefined || old === undefined) throw new Error('no asset');
    expect(asset).toEqual({
      id: 1000,
      name: 'gotify-linux-amd64.zip',
      size: 2,
      digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      url: 'https://github.com/gotify/server/releases/download/v3.0.0/gotify-linux-amd64.zip',
    });
    expect(old.digest).toBeNull();
    expect(Buffer.from(await github.download(asset)).toString()).toBe('PK');
    expect(double.requests.map(({ host, authorization }) => [host, authorization])).toEqual([
      ['api', 'token secret-token'],
      ['api', 'token secret-token'],
      ['download', null],
    ]);
  });

  test('sends no token where it has none', async () => {
    const [double, github] = await start();
    await github.latestRelease();
    expect(double.requests.map(({ authorization }) => authorization)).toEqual([null]);
  });

  test('a redirect of the API itself to another host drops the token too', async () => {
    const [double] = await start();
    const moved = createServer((request, response) => {
      response
        .writeHead(301, { location: `${double.url.replace('127.0.0.1', 'localhost')}${request.url ?? ''}` })
        .end();
    });
    await new Promise<void>((resolve) => moved.listen(0, '127.0.0.1', resolve));
    const address = moved.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    try {
      // The double listens on 127.0.0.1 alone, so localhost has to lead there.
      const github = gitHubAt({ apiUrl: `http://127.0.0.1:${String(address.port)}`, token: 'secret-token' });
      expect(await github.latestRelease()).toBe('v3.0.0');
      expect(double.requests.map(({ authorization }) => authorization)).toEqual([null]);
    } finally {
      moved.closeAllConnections();
      moved.close();
    }
  });

  test.each([
    ['a server error', { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' }],
    ['an unavailable server', { kind: 'answer', status: 503, body: '{}' }],
    ['too many requests', { kind: 'answer', status: 429, body: '{"message":"Too many requests"}' }],
    ['a secondary limit', secondaryLimited(0)],
    ['a reset connection', { kind: 'reset' }],
    ['a truncated body', { kind: 'truncated' }],
  ] as const)('%s is tried again, and heals', async (_, reply) => {
    const [double, github] = await start();
    double.fail({ path: '/contents/', times: 2, reply });
    expect(await github.fileAt(v300, 'go.sum')).toContain('github.com/gin-gonic/gin v1.12.0 h1:');
    expect(double.requests).toHaveLength(3);
  });

  test('a secondary limit is waited for as long as GitHub says', async () => {
    const [double, github] = await start();
    double.fail({ path: '/tags', times: 1, reply: secondaryLimited(1) });
    const before = Date.now();
    expect(await github.tags()).toHaveLength(23);
    expect(Date.now() - before).toBeGreaterThanOrEqual(990);
  });

  test.each([
    ['a server error', [{ kind: 'answer', status: 500, body: '' }, 'github-failed', 'GitHub answered 500']],
    ['a truncated body', [{ kind: 'truncated' }, 'github-failed', 'the answer broke off']],
    ['a secondary limit', [secondaryLimited(0), 'github-rate-limit', 'secondary rate limit']],
    ['a reset connection', [{ kind: 'reset' }, 'github-unreachable', 'no connection']],
  ] as const)('%s that stays is a failure after four tries', async (_, [reply, code, what]) => {
    const [double, github] = await start();
    double.fail({ path: '/tags', reply });
    const failure = await failureOf(github.tags());
    expect(failure).toMatchObject({ kind: 'surroundings', code });
    expect(failure.what).toContain(`${double.url}/repos/gotify/server/tags: `);
    expect(failure.what).toContain(what);
    expect(double.requests).toHaveLength(4);
  });

  test('a used up rate limit is not tried again, and the failure says when it resets', async () => {
    const [double, github] = await start();
    double.fail({ path: '/releases/latest', reply: rateLimited(Date.UTC(2026, 10, 24, 12, 30) / 1000) });
    const failure = await failureOf(github.latestRelease());
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-rate-limit' });
    expect(failure.remedy).toBe('Wait until 2026-11-24T12:30:00Z, or pass a token: it raises the limit.');
    expect(double.requests).toHaveLength(1);
  });

  test('a long secondary limit is not waited for', async () => {
    const [double, github] = await start();
    double.fail({ path: '/tags', reply: secondaryLimited(3600) });
    const failure = await failureOf(github.tags());
    expect(failure.code).toBe('github-rate-limit');
    expect(failure.remedy).toBe('Wait 60 minutes, or pass a token: it raises the limit.');
    expect(double.requests).toHaveLength(1);
  });

  test.each([
    [rateLimited(Date.UTC(2026, 10, 24, 12, 30) / 1000), 'Wait until 2026-11-24T12:30:00Z: '],
    [secondaryLimited(90), 'Wait 90 seconds: '],
  ])('nobody who sent a token is told to pass one', async (reply, begin) => {
    const [double, github] = await start({}, 'secret-token');
    double.fail({ path: '/tags', reply });
    const { code, remedy } = await failureOf(github.tags());
    expect(code).toBe('github-rate-limit');
    expect(remedy.startsWith(begin)).toBe(true);
    expect(remedy).not.toContain('pass a token');
  });

  test.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
  ])('%i is no permission: not tried again, and the token is not in the message', async (status, message) => {
    const [double, github] = await start({}, 'secret-token');
    double.fail({ path: '/tags', reply: { kind: 'answer', status, body: JSON.stringify({ message }) } });
    const failure = await failureOf(github.tags());
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-permission' });
    expect(failure.what).toContain(message);
    expect(failure.remedy).toContain('token');
    expect(`${failure.message} ${JSON.stringify(failure.cause)}`).not.toContain('secret-token');
    expect(double.requests).toHaveLength(1);
  });

  test('a repository that is not there is a failure that names the address', async () => {
    const [double, github] = await start();
    double.fail({ path: '/tags', reply: { kind: 'answer', status: 404, body: '{"message":"Not Found"}' } });
    expect(await failureOf(github.tags())).toMatchObject({ kind: 'surroundings', code: 'github-missing' });
  });

  test.each([
    ['text in place of JSON', '<html>Log in to the network</html>', /is not valid JSON|Unexpected token/],
    ['half of a JSON text', '[{"name":"v3.0.0","comm', /JSON/],
    ['an object in place of a list', '{"tags":[]}', /the whole: .*Array/],
    [
      'a commit that is none',
      '[{"name":"v3.0.0","commit":{"sha":"master"}}]',
      /0\.commit\.sha: not 40 hex digits/,
    ],
    ['a name of the wrong type', '[{"name":3,"commit":{"sha":"x"}}]', /0\.name: .*string/],
    ['nothing', '', /JSON/],
  ])('%s is a failure that says where', async (_, body, problem) => {
    const [double, github] = await start();
    double.fail({ path: '/tags', reply: { kind: 'answer', status: 200, body } });
    const failure = await failureOf(github.tags());
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-answer' });
    expect(failure.what).toContain('/repos/gotify/server/tags');
    expect(failure.what).toMatch(problem);
    expect(double.requests).toHaveLength(1);
  });

  test('an answer cannot speak to the terminal or the runner: it is cut and has no line ends', async () => {
    const [double, github] = await start();
    const message = `x\n::set-output name=files::y\u001b[2J${'z'.repeat(1000)}`;
    double.fail({ path: '/tags', reply: { kind: 'answer', status: 400, body: JSON.stringify({ message }) } });
    const failure = await failureOf(github.tags());
    expect(failure.code).toBe('github-answer');
    // eslint-disable-next-line no-control-regex -- that there are none is what is tested
    expect(failure.message).not.toMatch(/[\u0000-\u001f]/);
    expect(failure.message.length).toBeLessThan(600);
  });

  test('a file that is not text, or too long, is a failure', async () => {
    const [double, github] = await start();
    const headers = { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' };
    double.fail({
      path: '/GO_VERSION',
      reply: { kind: 'answer', status: 200, headers, body: 'x'.repeat(3 * 2 ** 20) },
    });
    expect((await failureOf(github.fileAt(v300, 'GO_VERSION'))).what).toContain('more than 2097152 bytes');
  });

  test('an asset of another size than GitHub says is a failure', async () => {
    const bytes = Buffer.from('twelve bytes');
    for (const size of [11, 13]) {
      const [, github] = await start({ assets: { 'v3.0.0': [{ name: 'a.zip', bytes, size }] } });
      const [asset] = (await github.assets('v3.0.0')) ?? [];
      if (asset === undefined) throw new Error('no asset');
      expect(await failureOf(github.download(asset))).toMatchObject({ code: 'github-answer' });
    }
  });

  test('a host that is silent is waited for once, however much is asked', async () => {
    const [double] = await start();
    const github = gitHubAt({ apiUrl: double.url, token: null, connectTimeoutMs: 400 });
    double.fail({ path: '/', reply: { kind: 'silence' } });
    const before = Date.now();
    const first = await failureOf(github.tags());
    const second = await failureOf(github.assets('v3.0.0'));
    expect(first).toMatchObject({ kind: 'surroundings', code: 'github-unreachable' });
    expect(second).toBe(first);
    expect(double.requests).toHaveLength(1);
    expect(Date.now() - before).toBeLessThan(3000);
  });

  test('a host that refuses connections fails at once', async () => {
    const double = await startGitHub();
    await double.close();
    const before = Date.now();
    const failure = await failureOf(gitHubAt({ apiUrl: double.url, token: null }).tags());
    expect(failure).toMatchObject({ kind: 'surroundings', code: 'github-unreachable' });
    expect(failure.what).toContain('ECONNREFUSED');
    expect(Date.now() - before).toBeLessThan(900);
  });

  test('a host name that does not exist is unreachable', async () => {
    const github = gitHubAt({ apiUrl: 'http://no-such-host.invalid', token: null });
    expect(await failureOf(github.tags())).toMatchObject({
      kind: 'surroundings',
      code: 'github-unreachable',
    });
  });
});

describe('tokenFor', () => {
  const token = 'secret-token';

  test.each([
    ['https://api.github.com', undefined, token],
    ['https://api.github.com/', 'https://api.github.com', token],
    ['https://ghe.example.org/api/v3', 'https://ghe.example.org/api/v3', token],
    ['https://api.github.com', 'https://ghe.example.org/api/v3', null],
    ['https://evil.example.org', undefined, null],
    ['https://api.github.com.evil.example.org', undefined, null],
    ['https://api.github.com:8443', undefined, null],
    ['http://api.github.com', undefined, null],
    ['not a url', 'not a url', null],
  ])('%s beside %s', (serverApiUrl, gitHubApiUrl, expected) => {
    expect(tokenFor({ serverApiUrl, gitHubApiUrl, token })).toBe(expected);
  });
});
