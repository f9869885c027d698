import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { gitHubReleases, type ReleaseHttpOptions } from '../../../src/adapters/github-releases.js';
import type { PluginFile } from '../../../src/publish/file.js';
import { publishRelease } from '../../../src/publish/publish-release.js';
import type { Release, ReleaseApi } from '../../../src/publish/release-api.js';
import { close, listen } from '../../support/local-server.js';
import {
  apiOf,
  namesOf,
  onlyRelease,
  pluginFile,
  requestOf,
  tempDir,
  withDouble,
} from '../../support/publishing.js';
import type { Releases } from '../../support/releases/server.js';

let dir: Awaited<ReturnType<typeof tempDir>>;
let files: readonly PluginFile[];
const targets = ['linux-386', 'linux-amd64', 'linux-arm-7', 'linux-arm64', 'linux-riscv64'] as const;

beforeAll(async () => {
  dir = await tempDir();
  files = await Promise.all(targets.map((target) => pluginFile(dir.path, { target })));
});

afterAll(() => dir.remove());

const errorOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

function api(double: Releases, more: Partial<ReleaseHttpOptions> = {}): ReleaseApi {
  const { apiUrl, repository } = double;
  return gitHubReleases({ apiUrl, repository, token: 'write-token', retryDelaysMs: [0, 1, 1], ...more });
}

describe('the token', () => {
  test('goes to the API and to the upload host, and not to where the bytes are', async () => {
    await withDouble({}, async (double) => {
      await publishRelease(requestOf(files.slice(0, 1), { draft: true }), apiOf(double));
      // Reads gotify-plugin.json from the storage.
      await publishRelease(requestOf(files), apiOf(double));
      const seen = new Map(double.requests.map(({ host, authorization }) => [host, authorization]));
      expect(Object.fromEntries(seen)).toEqual({
        api: 'Bearer write-token',
        upload: 'Bearer write-token',
        objects: null,
      });
    });
  });

  test('is not sent in plain text because an answer says so', async () => {
    const answer = {
      id: 1,
      tag_name: 'v1',
      draft: true,
      upload_url: 'http://uploads.test/a{?name}',
      html_url: '',
    };
    const { apiUrl, end } = await answering(200, JSON.stringify(answer));
    // As if it were TLS: only the text of the address is looked at.
    const error = await errorOf(
      gitHubReleases({ apiUrl: apiUrl.replace('http:', 'HTTP:'), repository: 'a/b', token: 't' }).release(1),
    );
    await end();
    expect(error).toMatchObject({ code: 'github-answer' });
  });

  test('that may only read is a matter of permissions, and the lines to add are shown', async () => {
    await withDouble({}, async (double) => {
      const error = await errorOf(publishRelease(requestOf(files), apiOf(double, 'read-token')));
      expect(error).toMatchObject({
        kind: 'input',
        code: 'publish-permission',
        where: { kind: 'input', input: 'token' },
        what: expect.stringContaining('Resource not accessible by integration; it takes contents=write'),
        remedy: expect.stringContaining('permissions:\n  contents: write'),
      });
      expect(double.contents().releases).toEqual([]);
    });
  });

  test('that GitHub does not know is an input error', async () => {
    await withDouble({}, async (double) => {
      expect(await errorOf(publishRelease(requestOf(files), apiOf(double, 'nonsense')))).toMatchObject({
        kind: 'input',
        code: 'token-invalid',
        where: { kind: 'input', input: 'token' },
      });
    });
  });

  test('that expires anywhere ends the run, and the next one sends only the rest', async () => {
    for (let expiresAfter = 1; expiresAfter <= 18; expiresAfter += 1) {
      const tokens = {
        short: { contents: 'write', expiresAfter },
        'write-token': { contents: 'write' },
      } as const;
      await withDouble({ tokens }, async (double) => {
        expect(await errorOf(publishRelease(requestOf(files), apiOf(double, 'short')))).toMatchObject({
          kind: 'surroundings',
          code: 'token-expired',
          remedy: expect.stringContaining('Run the job again'),
        });
        await publishRelease(requestOf(files), apiOf(double));
        expect(onlyRelease(double)).toMatchObject({ draft: false });
        const uploads = double.changes.filter(
          ({ kind, names }) => kind === 'uploaded' && names[0]?.endsWith('.so'),
        );
        expect({ expiresAfter, uploads: uploads.length }).toEqual({ expiresAfter, uploads: files.length });
      });
    }
  });
});

describe('a refusal', () => {
  test('404: a repository that the token may not see', async () => {
    const tokens = { blind: { contents: 'none' } } as const;
    await withDouble({ isPrivate: true, tokens }, async (double) => {
      expect(await errorOf(publishRelease(requestOf(files), apiOf(double, 'blind')))).toMatchObject({
        kind: 'input',
        code: 'publish-missing',
        remedy: expect.stringContaining('contents: write'),
      });
    });
  });

  test('413: a file that is too large, and the others are there for the next run', async () => {
    const large = await pluginFile(dir.path, { servers: ['v2.0.0'], size: 5000 });
    await withDouble({ maxAssetBytes: 4000 }, async (double) => {
      expect(await errorOf(publishRelease(requestOf([large, ...files]), apiOf(double)))).toMatchObject({
        kind: 'input',
        code: 'asset-too-large',
        where: { kind: 'file', file: large.path },
      });
      expect(namesOf(double)).toEqual(files.map(({ name }) => name).sort());
      expect(onlyRelease(double).draft).toBe(true);
    });
  });

  test('404: a release that is there, and aimed at other workflow files than the default branch has', async () => {
    const branches = { main: 'a'.repeat(40), old: 'b'.repeat(40) };
    const releases = [{ tag: 'v1.0.0', draft: true, body: 'Mine' }];
    await withDouble({ branches, otherWorkflows: [branches.old], releases }, async (double) => {
      // As somebody made it by hand.
      for (const release of double.releases) release.target = 'old';
      expect(await errorOf(publishRelease(requestOf(files), apiOf(double)))).toMatchObject({
        kind: 'input',
        code: 'publish-permission',
        remedy: expect.stringContaining('.github/workflows'),
      });
    });
  });

  test('422: GitHub’s own words, field by field', async () => {
    const { apiUrl, end } = await answering(
      422,
      JSON.stringify({
        message: 'Validation Failed',
        errors: [{ resource: 'Release', code: 'custom', message: 'tag_name is protected' }],
      }),
    );
    const there = gitHubReleases({ apiUrl, repository: 'a/b', token: 't' });
    const error = await errorOf(there.create({ tag: 'v1', name: 'v1', body: '', prerelease: false }));
    await end();
    expect(error).toMatchObject({
      kind: 'input',
      code: 'publish-refused',
      what: expect.stringMatching(
        /^POST http.*\/repos\/a\/b\/releases: GitHub answered 422 \(Validation Failed: tag_name is protected\)$/,
      ),
    });
  });

  test('422: a release that became immutable meanwhile', async () => {
    await withDouble({ immutable: true }, async (double) => {
      await publishRelease(requestOf(files), apiOf(double));
      const [id = 0] = double.releases.map((release) => release.id);
      const release = await releaseOf(double, id);
      const content = { kind: 'bytes', bytes: Buffer.from('x') } as const;
      const asset = double.releases[0]?.assets[0]?.id ?? 0;
      const writes = [
        await apiOf(double).upload(release, { name: 'late.so', content }),
        await apiOf(double).rename(asset, 'late.so'),
        await apiOf(double).deleteAsset(asset),
      ];
      // It may have all that was to be sent: who publishes has to look.
      const failure = { kind: 'input', code: 'release-immutable' };
      expect(writes).toMatchObject(writes.map(() => ({ kind: 'frozen', failure })));
      await apiOf(double).deleteRelease(id);
      const tag = 'v1.0.0';
      await apiOf(double).create({ tag, name: '', body: '', prerelease: false });
      const [draft] = double.releases;
      const again = apiOf(double).update(draft?.id ?? 0, { tag, draft: false });
      expect(await errorOf(again)).toMatchObject({ kind: 'input', code: 'tag-used' });
    });
  });

  test('500: after some tries, with the address', async () => {
    await withDouble({ fault: { at: 1, kind: 'status500', persistent: true } }, async (double) => {
      const error = await errorOf(publishRelease(requestOf(files), apiOf(double)));
      expect(error).toMatchObject({ kind: 'surroundings', code: 'github-failed' });
      expect(String(error)).toContain(
        `GET ${double.apiUrl}/repos/octo/plugin/git/ref/tags/v1.0.0: GitHub answered 500`,
      );
      expect(double.requests).toHaveLength(4);
    });
  });

  test('no connection: says so', async () => {
    const gone = await withDouble({}, async (double) => double);
    const error = await errorOf(publishRelease(requestOf(files), apiOf(gone)));
    expect(error).toMatchObject({ kind: 'surroundings', code: 'github-unreachable' });
    expect(String(error)).toContain('ECONNREFUSED');
  });

  test('a page instead of JSON: somebody else answers', async () => {
    const { apiUrl, end } = await answering(200, '<html>');
    const error = await errorOf(gitHubReleases({ apiUrl, repository: 'a/b', token: 't' }).releasesOf('v1'));
    await end();
    expect(error).toMatchObject({ kind: 'surroundings', code: 'github-answer' });
  });
});

describe('a secondary rate limit', () => {
  test.each([403, 429] as const)('(%i) is waited for as long as GitHub says', async (status) => {
    const slept: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
    // An upload, which is otherwise not made again.
    const fault = { at: 6, kind: 'secondary-limit', retryAfterSeconds: 60, status } as const;
    await withDouble({ fault }, async (double) => {
      await publishRelease(requestOf(files), api(double, { sleep }));
      expect(slept).toEqual([60_000]);
      expect(double.requests[5]).toMatchObject({ host: 'upload', status });
    });
  });

  test('is not waited for where that takes too long', async () => {
    const slept: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
    const fault = { at: 3, kind: 'secondary-limit', retryAfterSeconds: 3600, persistent: true } as const;
    await withDouble({ fault }, async (double) => {
      expect(await errorOf(publishRelease(requestOf(files), api(double, { sleep })))).toMatchObject({
        kind: 'surroundings',
        code: 'github-rate-limit',
        remedy: expect.stringContaining('Wait 3600 seconds'),
      });
      expect(slept).toEqual([]);
    });
  });
});

describe('what publishes a release', () => {
  const draft = { releases: [{ tag: 'v1.0.0', draft: true }] };

  test.each([
    [{ kind: 'status500' }, []],
    [{ kind: 'reset' }, []],
    [{ kind: 'secondary-limit', retryAfterSeconds: 60 }, [60_000]],
  ] as const)('is asked for once, as it may be wrong a minute later: %o', async (fault, waits) => {
    const slept: number[] = [];
    const sleep = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
    await withDouble({ ...draft, fault: { at: 1, ...fault } }, async (double) => {
      const id = double.releases[0]?.id ?? 0;
      const there = api(double, { sleep });
      expect(await there.update(id, { tag: 'v1.0.0', draft: false })).toMatchObject({ kind: 'unsure' });
      expect({ requests: double.requests.length, slept }).toEqual({ requests: 1, slept: waits });
      expect(double.releases).toMatchObject([{ draft: true }]);
    });
  });

  test.each([
    ['status500', 2],
    ['reset', 2],
    ['answer-lost', 1],
    ['secondary-limit', 2],
  ] as const)('heals by another look: %s', async (kind, expected) => {
    await withDouble({}, async (double) => {
      let calls = 0;
      const update: ReleaseApi['update'] = async (id, change) => {
        calls += 1;
        double.fail(calls === 1 ? { at: 1, kind, retryAfterSeconds: 0 } : null);
        return apiOf(double).update(id, change);
      };
      const there = { ...apiOf(double), update };
      expect(await publishRelease(requestOf(files.slice(0, 1)), there)).toMatchObject({ kind: 'published' });
      expect(calls).toBe(expected);
    });
  });
});

test('a tag leads to a commit, also one that is an object of its own', async () => {
  const tags = { 'v1.0.0': 'b'.repeat(40), 'plugins/v2': 'c'.repeat(40) };
  await withDouble({ tags, annotated: { 'plugins/v2': 'd'.repeat(40) } }, async (double) => {
    const there = apiOf(double);
    expect(await there.tagCommit('v1.0.0')).toBe('b'.repeat(40));
    expect(await there.tagCommit('plugins/v2')).toBe('c'.repeat(40));
    expect(await there.tagCommit('v9')).toBeNull();
  });
});

test('lists of many pages are read to their end', async () => {
  const asset = (at: number) => ({ name: `a${String(at)}.txt`, bytes: Buffer.from('x') });
  const assets = Array.from({ length: 230 }, (_, at) => asset(at));
  const others = Array.from({ length: 130 }, (_, at) => ({ tag: `v0.${String(at)}` }));
  await withDouble({ releases: [{ tag: 'v1.0.0', assets }, ...others] }, async (double) => {
    const [release] = await apiOf(double).releasesOf('v1.0.0');
    expect(await apiOf(double).assets(release?.id ?? 0)).toHaveLength(230);
  });
});

describe('a proxy', () => {
  const { http_proxy, no_proxy } = process.env;
  afterEach(() => {
    for (const [name, value] of Object.entries({ http_proxy, no_proxy })) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  test('that the environment names is used', async () => {
    await withDouble({}, async (double) => {
      const tunnels: string[] = [];
      const proxy = createServer();
      proxy.on('connect', (request, client, head) => {
        tunnels.push(request.url ?? '');
        const there = connect(Number(new URL(double.apiUrl).port), '127.0.0.1', () => {
          client.write('HTTP/1.1 200 OK\r\n\r\n');
          there.write(head);
          there.pipe(client).pipe(there);
        });
      });
      process.env['http_proxy'] = `http://127.0.0.1:${String(await listen(proxy, '127.0.0.1', 0))}`;
      const there = gitHubReleases({
        apiUrl: 'http://api.test',
        repository: 'octo/plugin',
        token: 'write-token',
      });
      expect(await there.tagCommit('v1.0.0')).toBe('a'.repeat(40));
      await close(proxy);
      expect(tunnels).toEqual(['api.test:80']);
    });
  });
});

test('uploads take no more memory than a part of the file', async () => {
  const path = join(dir.path, 'large');
  const size = 400 * 2 ** 20;
  const file = await open(path, 'w');
  await file.truncate(size);
  await file.close();
  let received = 0;
  let most = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => void (received += chunk.length));
    request.on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ id: 1, name: 'large', size, state: 'uploaded', created_at: '2026-01-01T00:00:00Z' }),
      );
    });
  });
  const url = `http://127.0.0.1:${String(await listen(server, '127.0.0.1', 0))}`;
  const before = process.memoryUsage.rss();
  const release: Release = {
    id: 1,
    tag: 'v1',
    name: '',
    draft: true,
    prerelease: false,
    immutable: false,
    publishedMs: null,
    body: '',
    uploadUrl: url,
    url,
  };
  const there = gitHubReleases({ apiUrl: url, repository: 'a/b', token: 't' });
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const sent = await there.upload(release, { name: 'large', content: { kind: 'file', path } });
  clearInterval(watch);
  await close(server);
  expect(sent).toMatchObject({ kind: 'done', value: { size } });
  expect(received).toBe(size);
  expect(most - before).toBeLessThan(200 * 2 ** 20);
});

test('a file that is gone is named', async () => {
  await withDouble({}, async (double) => {
    const [file] = files;
    if (file === undefined) throw new Error('there are no files');
    const gone = { ...file, path: join(dir.path, 'gone.so') };
    expect(await errorOf(publishRelease(requestOf([gone]), apiOf(double)))).toMatchObject({
      name: 'Failure',
      code: 'unreadable-file',
      where: { kind: 'file', file: gone.path },
    });
  });
});

async function releaseOf(double: Releases, id: number): Promise<Release> {
  const release = await apiOf(double).release(id);
  if (release === null) throw new Error('there is no release');
  return release;
}

/** A server that answers everything alike. */
async function answering(
  status: number,
  body: string,
): Promise<{ readonly apiUrl: string; end(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    request.resume();
    void once(request, 'end').then(() => response.writeHead(status).end(body));
  });
  const apiUrl = `http://127.0.0.1:${String(await listen(server, '127.0.0.1', 0))}`;
  return { apiUrl, end: () => close(server) };
}
