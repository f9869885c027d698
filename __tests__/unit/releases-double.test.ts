import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { assetName } from '../support/releases/asset-name.js';
import { startReleasesProcess } from '../support/releases/process.js';
import { type Releases, type ReleasesOptions, startReleases } from '../support/releases/server.js';

let double: Releases | null = null;

afterEach(async () => {
  await double?.close();
  double = null;
});

interface Got {
  readonly status: number;
  readonly headers: Headers;
  // The double's answers: a wrong shape fails the test that looks at it.
  readonly data: Data;
}

interface Data {
  readonly id: number;
  readonly upload_url: string;
  readonly tag_name: string;
  readonly name: string;
  readonly state: string;
  readonly created_at: string;
  readonly digest: string | null;
  readonly size: number;
  readonly immutable: boolean;
  readonly message: string;
  readonly length: number;
  readonly errors: readonly { readonly code: string; readonly field?: string; readonly message?: string }[];
  readonly object: { readonly sha: string };
  map<T>(of: (each: Data) => T): T[];
}

const start = async (options: ReleasesOptions = {}): Promise<Releases> =>
  (double = await startReleases(options));

interface Sent {
  readonly token?: string | null;
  readonly body?: object;
  readonly accept?: string;
}

async function ask(
  method: string,
  path: string,
  { token = 'write-token', body, accept }: Sent = {},
): Promise<Got> {
  const response = await fetch(`${String(double?.apiUrl)}/repos/octo/plugin/${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `token ${token}` }),
      ...(accept === undefined ? {} : { accept }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return got(response);
}

async function got(response: Response): Promise<Got> {
  const text = await response.text();
  const { status, headers } = response;
  return { status, headers, data: (text === '' ? {} : JSON.parse(text)) as Data };
}

async function put(release: Data, name: string, content: string): Promise<Got> {
  return putWith('write-token', release, { name, content });
}

interface File {
  readonly name: string;
  readonly content: string;
}

async function putWith(token: string, release: Data, { name, content }: File): Promise<Got> {
  const url = `${release.upload_url.replace(/\{.*$/, '')}?name=${encodeURIComponent(name)}`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
  return got(await fetch(url, { method: 'POST', headers, body: content }));
}

const draft = async (tag = 'v1.0.0'): Promise<Data> =>
  (await ask('POST', 'releases', { body: { tag_name: tag, draft: true } })).data;

const names = async (path: string, sent: Sent = {}): Promise<string[]> =>
  (await ask('GET', path, sent)).data.map((each) => each.name);

describe('releases', () => {
  test('drafts are listed for who may push, and never found by tag', async () => {
    await start();
    const { id } = await draft();
    expect((await ask('GET', 'releases')).data.length).toBe(1);
    expect((await ask('GET', 'releases', { token: 'read-token' })).data.length).toBe(0);
    expect((await ask('GET', 'releases', { token: null })).data.length).toBe(0);
    expect((await ask('GET', 'releases/tags/v1.0.0')).status).toBe(404);
    expect((await ask('GET', `releases/${String(id)}`)).data.tag_name).toBe('v1.0.0');
    expect((await ask('GET', `releases/${String(id)}`, { token: 'read-token' })).status).toBe(404);
    await ask('PATCH', `releases/${String(id)}`, { body: { tag_name: 'v1.0.0', draft: false } });
    expect((await ask('GET', 'releases/tags/v1.0.0', { token: null })).data.id).toBe(id);
    expect((await ask('GET', 'releases/latest', { token: null })).data.id).toBe(id);
  });

  test('a tag has any number of drafts and one published release', async () => {
    await start();
    const [first, second] = [await draft(), await draft()];
    const published = { body: { tag_name: 'v1.0.0', draft: false } };
    expect((await ask('PATCH', `releases/${String(second.id)}`, published)).status).toBe(200);
    const late = await ask('PATCH', `releases/${String(first.id)}`, published);
    expect([late.status, late.data.errors[0]?.code, late.data.errors[0]?.field]).toEqual([
      422,
      'already_exists',
      'tag_name',
    ]);
    const made = await ask('POST', 'releases', { body: { tag_name: 'v1.0.0' } });
    expect([made.status, made.data.errors[0]?.code]).toEqual([422, 'already_exists']);
    expect((await ask('DELETE', `releases/${String(first.id)}`)).status).toBe(204);
    expect(double?.contents().releases.map((release) => release.draft)).toEqual([false]);
  });

  test('publishing makes a missing tag at target_commitish; deleting leaves it', async () => {
    await start({ branches: { main: 'b'.repeat(40) } });
    const { id } = await draft('v2.0.0');
    expect((await ask('GET', 'git/ref/tags/v2.0.0')).status).toBe(404);
    const body = { tag_name: 'v2.0.0', draft: false, make_latest: 'false' };
    await ask('PATCH', `releases/${String(id)}`, { body });
    expect((await ask('GET', 'git/ref/tags/v2.0.0')).data.object.sha).toBe('b'.repeat(40));
    expect((await ask('GET', 'git/matching-refs/tags/v')).data.length).toBe(2);
    expect((await ask('GET', 'releases/latest')).status).toBe(404);
    await ask('DELETE', `releases/${String(id)}`);
    expect([...(double?.tags.keys() ?? [])]).toEqual(['v1.0.0', 'v2.0.0']);
  });

  test('a change of a draft that names no tag takes the tag away', async () => {
    await start();
    const { id } = await draft();
    const path = `releases/${String(id)}`;
    expect((await ask('PATCH', path, { body: { tag_name: 'v1.0.0', body: 'text' } })).data.tag_name).toBe(
      'v1.0.0',
    );
    expect((await ask('PATCH', path, { body: { body: 'more text' } })).data.tag_name).toMatch(/^untagged-/);
    await ask('PATCH', path, { body: { draft: false } });
    expect([...(double?.tags.keys() ?? [])]).toEqual(['v1.0.0', expect.stringMatching(/^untagged-/)]);
    // A published one keeps it.
    await ask('PATCH', path, { body: { tag_name: 'v1.0.0' } });
    expect((await ask('PATCH', path, { body: { body: 'text' } })).data.tag_name).toBe('v1.0.0');
  });

  test('neither a draft nor a pre-release can be the latest, and a text has a longest length', async () => {
    await start();
    const { id } = await draft();
    const path = `releases/${String(id)}`;
    const tag_name = 'v1.0.0';
    for (const body of [{ make_latest: 'true' }, { draft: false, prerelease: true, make_latest: 'true' }]) {
      const { status, data } = await ask('PATCH', path, { body: { tag_name, ...body } });
      expect([status, data.errors[0]?.message]).toEqual([
        422,
        'Latest release cannot be draft or prerelease.',
      ]);
    }
    const long = await ask('PATCH', path, { body: { tag_name, body: 'x'.repeat(125_001) } });
    expect([long.status, long.data.errors[0]?.message]).toEqual([
      422,
      'body is too long (maximum is 125000 characters)',
    ]);
    expect((await ask('PATCH', path, { body: { tag_name, body: 'x'.repeat(125_000) } })).status).toBe(200);
    expect((await ask('PATCH', path, { body: { tag_name, draft: false, make_latest: 'true' } })).status).toBe(
      200,
    );
  });

  test('no release is aimed at a commit with other workflow files than the default branch', async () => {
    const other = 'b'.repeat(40);
    await start({ otherWorkflows: [other], branches: { main: 'a'.repeat(40), old: other } });
    const made = await ask('POST', 'releases', {
      body: { tag_name: 'v1.0.0', draft: true, target_commitish: other },
    });
    expect(made.status).toBe(404);
    const { id } = await draft();
    const aim = { tag_name: 'v1.0.0', target_commitish: 'old' };
    expect((await ask('PATCH', `releases/${String(id)}`, { body: aim })).status).toBe(404);
    expect((await ask('PATCH', `releases/${String(id)}`, { body: { tag_name: 'v1.0.0' } })).status).toBe(200);
  });

  test('an annotated tag is an object that names its commit; a tag can be moved and deleted', async () => {
    await start({ tags: { 'v1.0.0': 'c'.repeat(40) }, annotated: { 'v1.0.0': 'f'.repeat(40) } });
    const { sha } = (await ask('GET', 'git/ref/tags/v1.0.0')).data.object;
    expect(sha).not.toBe('c'.repeat(40));
    expect((await ask('GET', `git/tags/${sha}`)).data.object.sha).toBe('c'.repeat(40));
    double?.setTag('v1.0.0', 'd'.repeat(40));
    expect((await ask('GET', `git/tags/${sha}`)).data.object.sha).toBe('d'.repeat(40));
    double?.setTag('v1.0.0', null);
    expect((await ask('GET', 'git/ref/tags/v1.0.0')).status).toBe(404);
  });

  test('lists have 30 a page, at most 100, and name the next one', async () => {
    const assets = Array.from({ length: 31 }, (_, index) => ({
      name: `f${String(index)}`,
      bytes: Buffer.from('x'),
    }));
    const releases = Array.from({ length: 120 }, (_, index) => ({ tag: `v${String(index)}`, draft: true }));
    await start({ releases: [...releases, { tag: 'last', draft: true, assets }] });
    const first = await ask('GET', 'releases');
    expect([first.data.length, first.headers.get('link')]).toEqual([
      30,
      `<${String(double?.apiUrl)}/repos/octo/plugin/releases?per_page=30&page=2>; rel="next", <${String(double?.apiUrl)}/repos/octo/plugin/releases?per_page=30&page=5>; rel="last"`,
    ]);
    expect((await ask('GET', 'releases?per_page=500')).data.length).toBe(100);
    const rest = await ask('GET', 'releases?per_page=100&page=2');
    expect([rest.data.length, rest.headers.get('link')?.includes('next')]).toEqual([21, false]);
    const id = double?.releases.at(-1)?.id;
    expect((await names(`releases/${String(id)}/assets`)).length).toBe(30);
    expect(await names(`releases/${String(id)}/assets?page=2`)).toEqual(['f30']);
  });

  test('a new release is not in the next lists, if so wanted', async () => {
    await start({ listLag: 2 });
    const { id } = await draft();
    expect((await ask('GET', `releases/${String(id)}`)).status).toBe(200);
    const seen = [];
    for (let index = 0; index < 3; index += 1) seen.push((await ask('GET', 'releases')).data.length);
    expect(seen).toEqual([0, 0, 1]);
  });
});

describe('assets', () => {
  test('an upload has size and digest, its name once, and is downloaded from another host without a token', async () => {
    await start();
    const release = await draft();
    const { status, data } = await put(release, 'my plugin (1).so', 'content');
    expect([status, data.name, data.state, data.size]).toEqual([201, 'my.plugin.1.so', 'uploaded', 7]);
    expect(data.digest).toBe(`sha256:${createHash('sha256').update('content').digest('hex')}`);
    const again = await put(release, 'my plugin (1).so', 'other');
    expect([again.status, again.data.errors]).toEqual([
      422,
      [{ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }],
    ]);
    const url = `${String(double?.apiUrl)}/repos/octo/plugin/releases/assets/${String(data.id)}`;
    const headers = { accept: 'application/octet-stream', authorization: 'token write-token' };
    const answer = await fetch(url, { headers, redirect: 'manual' });
    const place = answer.headers.get('location') ?? '';
    expect(new URL(place).host).not.toBe(new URL(url).host);
    expect(await (await fetch(place)).text()).toBe('content');
    expect((await fetch(place, { headers })).status).toBe(400);
    expect(await (await fetch(url, { headers })).text()).toBe('content');
  });

  test('a renamed asset leaves its name free; a taken one is refused; a deleted one is gone', async () => {
    await start();
    const release = await draft();
    const { id } = (await put(release, 'a.so', 'a')).data;
    await put(release, 'b.so', 'b');
    const taken = await ask('PATCH', `releases/assets/${String(id)}`, { body: { name: 'b.so' } });
    expect([taken.status, taken.data.errors[0]?.code]).toEqual([422, 'already_exists']);
    expect((await ask('PATCH', `releases/assets/${String(id)}`, { body: { name: 'c.so' } })).data.name).toBe(
      'c.so',
    );
    expect((await put(release, 'a.so', 'new')).status).toBe(201);
    expect((await ask('DELETE', `releases/assets/${String(id)}`)).status).toBe(204);
    expect((await ask('DELETE', `releases/assets/${String(id)}`)).status).toBe(404);
    expect(await names(`releases/${String(release.id)}/assets`)).toEqual(['b.so', 'a.so']);
  });

  test('what a broken upload leaves has the state starter, and holds the name', async () => {
    await start();
    const release = await draft();
    await new Promise((resolve) => {
      const headers = { authorization: 'token write-token', 'content-length': '1000' };
      const sent = httpRequest(`${release.upload_url.replace(/\{.*$/, '')}?name=a.so`, {
        method: 'POST',
        headers,
      });
      sent.on('error', resolve);
      sent.write('some', () => setTimeout(() => sent.destroy(new Error('gone')), 50));
    });
    const left = (await ask('GET', `releases/${String(release.id)}/assets`)).data.map(
      ({ state, size, digest }) => [state, size, digest],
    );
    expect(left).toEqual([['starter', 0, null]]);
    expect((await put(release, 'a.so', 'whole')).status).toBe(422);
  });

  test('an upload takes as long as its token does, and is a starter meanwhile; both have their time', async () => {
    await start({ tokens: { 'write-token': { contents: 'write', uploadMs: 300 } } });
    const release = await draft();
    const sent = put(release, 'a.so', 'some');
    const path = `releases/${String(release.id)}/assets`;
    let listed = await ask('GET', path);
    while (listed.data.length === 0) listed = await ask('GET', path);
    const began = listed.data.map(({ created_at }) => Date.parse(created_at));
    expect(listed.data.map(({ state }) => state)).toEqual(['starter']);
    double?.advance(600_000);
    const now = Date.parse((await ask('GET', path)).headers.get('date') ?? '');
    expect(now - (began[0] ?? 0)).toBeGreaterThanOrEqual(600_000);
    const both = put(release, 'b.so', 'some');
    expect([(await sent).data.state, (await both).data.state]).toEqual(['uploaded', 'uploaded']);
    expect(double?.mostUploads).toBe(2);
  });

  test('a new asset is not in the next lists, if so wanted, and holds its name', async () => {
    await start({ assetLag: 2 });
    const release = await draft();
    const { id } = (await put(release, 'a.so', 'some')).data;
    expect((await put(release, 'a.so', 'some')).status).toBe(422);
    expect((await ask('GET', `releases/assets/${String(id)}`)).status).toBe(200);
    const seen = [];
    for (let index = 0; index < 3; index += 1)
      seen.push((await names(`releases/${String(release.id)}/assets`)).length);
    expect(seen).toEqual([0, 0, 1]);
  });

  test('sizes: without a length, empty, and too large', async () => {
    await start({ maxAssetBytes: 10 });
    const release = await draft();
    expect((await put(release, 'a.so', '')).data.errors[0]?.message).toBe(
      'size must be greater than or equal to 1',
    );
    expect((await put(release, 'a.so', 'more than ten')).status).toBe(413);
    const url = `${release.upload_url.replace(/\{.*$/, '')}?name=a.so`;
    const headers = { authorization: 'token write-token' };
    const body = new Blob(['chunked']).stream();
    const chunked = await got(await fetch(url, { method: 'POST', headers, body, duplex: 'half' }));
    expect([chunked.status, chunked.data.message]).toEqual([400, 'Bad Content-Length: ']);
    expect(double?.releases[0]?.assets).toEqual([]);
  });

  test.each([
    ['a b.so', 'a.b.so'],
    ['plugin-linux-arm-7_x+y@z.so', 'plugin-linux-arm-7_x+y@z.so'],
    ['a..b.', 'a.b'],
    ['.so', 'default.so'],
    ['é(1).so', 'e.1.so'],
  ])('the file %s is named %s', (file, name) => {
    expect(assetName(file)).toBe(name);
  });

  test('an immutable release takes no assets and keeps those that it has; its text can be edited', async () => {
    await start({ immutable: true });
    const release = await draft();
    const asset = (await put(release, 'a.so', 'a')).data;
    const path = `releases/${String(release.id)}`;
    expect((await ask('PATCH', path, { body: { tag_name: 'v1.0.0', draft: false } })).data.immutable).toBe(
      true,
    );
    const late = await put(release, 'b.so', 'b');
    expect([late.status, late.data.message]).toEqual([422, 'Cannot upload assets to an immutable release.']);
    const removed = await ask('DELETE', `releases/assets/${String(asset.id)}`);
    expect([removed.status, removed.data.errors[0]?.message]).toEqual([
      422,
      'Cannot delete asset from an immutable release',
    ]);
    expect(
      (await ask('PATCH', `releases/assets/${String(asset.id)}`, { body: { name: 'c.so' } })).status,
    ).toBe(422);
    expect((await ask('PATCH', path, { body: { draft: true } })).status).toBe(422);
    expect((await ask('PATCH', path, { body: { body: 'text', prerelease: true } })).status).toBe(200);
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('POST', 'releases', { body: { tag_name: 'v1.0.0' } })).data.errors[0]?.message).toBe(
      'tag_name was used by an immutable release',
    );
  });
});

describe('tokens', () => {
  test('a token that may only read is told which permission is missing', async () => {
    await start();
    const release = await draft();
    const made = await ask('POST', 'releases', { token: 'read-token', body: { tag_name: 'v1.0.0' } });
    expect([made.status, made.data.message, made.headers.get('x-accepted-github-permissions')]).toEqual([
      403,
      'Resource not accessible by integration',
      'contents=write',
    ]);
    expect((await putWith('read-token', release, { name: 'a.so', content: 'a' })).status).toBe(403);
    expect((await ask('POST', 'releases', { token: null, body: {} })).status).toBe(401);
    expect((await ask('GET', 'releases', { token: 'wrong' })).data.message).toBe('Bad credentials');
  });

  test('a private repository is not there for who may not read it; a token expires', async () => {
    const tokens = {
      'write-token': { contents: 'write', expiresAfter: 2 },
      nothing: { contents: 'none' },
    } as const;
    await start({ isPrivate: true, tokens });
    expect((await ask('GET', 'releases', { token: 'nothing' })).status).toBe(404);
    expect((await ask('GET', 'releases', { token: null })).status).toBe(404);
    const seen = [];
    for (let index = 0; index < 3; index += 1) seen.push((await ask('GET', 'releases')).status);
    expect(seen).toEqual([200, 200, 401]);
  });
});

describe('source', () => {
  let folder: string;
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=o', '-c', 'user.email=o@example.org', ...args], {
      encoding: 'utf8',
    }).trim();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'releases double '));
    git('init', '--quiet');
    writeFileSync(join(folder, 'plugin.go'), 'package main\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'all');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('an archive is at another host, gets no token, and has one folder at its top', async () => {
    const commit = git('rev-parse', 'HEAD');
    const { apiUrl, codeloadUrl, requests } = await start({ source: folder });
    const headers = { authorization: 'token write-token' };
    const first = await fetch(`${apiUrl}/repos/octo/plugin/tarball/${commit}`, {
      headers,
      redirect: 'manual',
    });
    expect([first.status, new URL(first.headers.get('location') ?? '').origin]).toEqual([302, codeloadUrl]);
    const { body } = await fetch(`${apiUrl}/repos/octo/plugin/tarball/${commit}`, { headers });
    const archive = join(folder, 'archive.tar.gz');
    writeFileSync(archive, Buffer.from(await new Response(body).arrayBuffer()));
    const names = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' }).trim().split('\n');
    const top = `octo-plugin-${commit.slice(0, 7)}/`;
    expect(names).toEqual([top, `${top}plugin.go`]);
    expect(requests.at(-1)).toMatchObject({ host: 'codeload', authorization: null, status: 200 });
    expect((await ask('GET', `tarball/${'d'.repeat(40)}`)).status).toBe(404);
  });

  test('a tree has the files of a commit, by the names that git has for them', async () => {
    const commit = git('rev-parse', 'HEAD');
    await start({ source: folder });
    const { data } = await ask('GET', `git/trees/${commit}?recursive=1`);
    const sha = git('rev-parse', 'HEAD:plugin.go');
    expect(data).toMatchObject({
      tree: [{ path: 'plugin.go', mode: '100644', type: 'blob', sha, size: 13 }],
      truncated: false,
    });
    expect((await ask('GET', `git/trees/${'d'.repeat(40)}?recursive=1`)).status).toBe(404);
  });

  test('an annotated tag is an object of its own, and leads to its commit', async () => {
    const [object, commit] = ['b'.repeat(40), 'a'.repeat(40)];
    await start({ tags: { v1: commit }, annotated: { v1: object } });
    expect((await ask('GET', 'git/ref/tags/v1')).data.object).toEqual({ type: 'tag', sha: object });
    expect((await ask('GET', 'commits/tags%2Fv1')).data).toMatchObject({ sha: commit });
    double?.setTag('v1', 'c'.repeat(40));
    expect((await ask('GET', 'commits/tags%2Fv1')).data).toMatchObject({ sha: 'c'.repeat(40) });
  });
});

describe('faults', () => {
  const outcome = (promise: Promise<Got>): Promise<number | 'cut'> =>
    promise.then(
      ({ status }) => status,
      () => 'cut',
    );

  test.each([
    ['reset', 'cut', []],
    ['status500', 500, []],
    ['status502', 502, ['starter']],
    ['half-body', 'cut', ['starter']],
    ['answer-lost', 'cut', ['uploaded']],
  ] as const)('an upload with %s: %s', async (kind, seen, states) => {
    await start();
    const release = await draft();
    double?.fail({ at: 1, kind });
    expect(await outcome(put(release, 'a.so', 'x'.repeat(300_000)))).toBe(seen);
    expect(double?.releases[0]?.assets.map(({ state }) => state)).toEqual(states);
    expect(double?.changes.at(-1)?.kind).toBe(
      states[0] === 'uploaded' ? 'uploaded' : kind === 'half-body' ? 'broken-off' : 'created',
    );
  });

  test('a request that writes is not done with half a body, and done when its answer is lost', async () => {
    await start({ fault: { at: 1, kind: 'half-body', persistent: true } });
    expect(await outcome(ask('POST', 'releases', { body: { tag_name: 'v1.0.0' } }))).toBe('cut');
    expect(await outcome(ask('GET', 'releases'))).toBe('cut');
    expect(double?.releases).toEqual([]);
    double?.fail({ at: 2, kind: 'answer-lost' });
    expect(await outcome(ask('GET', 'releases'))).toBe(200);
    expect(await outcome(ask('POST', 'releases', { body: { tag_name: 'v1.0.0' } }))).toBe('cut');
    expect(await outcome(ask('GET', 'releases/tags/v1.0.0'))).toBe(200);
  });

  test('the secondary limit says how long to wait', async () => {
    await start({ fault: { at: 1, kind: 'secondary-limit', retryAfterSeconds: 7, times: 2 } });
    const limited = await ask('GET', 'releases');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '7']);
    double?.fail({ at: 1, kind: 'secondary-limit', status: 429 });
    expect(await outcome(ask('GET', 'releases'))).toBe(429);
    expect(await outcome(ask('GET', 'releases'))).toBe(200);
  });

  test('every request is logged with its status', async () => {
    await start();
    await draft();
    await ask('GET', 'releases/latest', { token: null });
    expect(double?.requests).toEqual([
      {
        host: 'api',
        method: 'POST',
        path: '/repos/octo/plugin/releases',
        authorization: 'token write-token',
        status: 201,
      },
      {
        host: 'api',
        method: 'GET',
        path: '/repos/octo/plugin/releases/latest',
        authorization: null,
        status: 404,
      },
    ]);
  });
});

test('in a process of its own it is the same', async () => {
  const releases = [{ tag: 'v1.0.0', assets: [{ name: 'a.so', bytes: Buffer.from('a') }] }];
  const apart = await startReleasesProcess({ releases, fault: { at: 2, kind: 'status500' } });
  try {
    const url = `${apart.apiUrl}/repos/octo/plugin/releases/latest`;
    expect([(await fetch(url)).status, (await fetch(url)).status]).toEqual([200, 500]);
    await apart.fail(null);
    expect((await apart.requests()).map(({ status }) => status)).toEqual([200, 500]);
    expect((await apart.contents()).releases[0]?.assets['a.so']).toMatch(/^uploaded 1 sha256:/);
    expect((await apart.changes()).map(({ kind }) => kind)).toEqual(['created']);
  } finally {
    await apart.close();
  }
});
