import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { close, listen } from './local-server.js';

/**
 * A real HTTP server that answers for gotify/server as GitHub's API does: what `dist`, the adapter and the catalog
 * script are run against. Downloads of assets are redirected to a second server on another host.
 */
export interface GitHubDouble {
  /** The API's address, for server-api-url or GITHUB_API_URL. */
  readonly url: string;
  /** Every request so far, of both hosts. */
  readonly requests: readonly LoggedRequest[];
  /** Makes the next matching requests fail; the newest rule counts. */
  fail(fault: Fault): void;
  close(): Promise<void>;
}

export interface LoggedRequest {
  readonly host: 'api' | 'download';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly accept: string;
  /** The whole Authorization header; null where none was sent. */
  readonly authorization: string | null;
}

export interface Fault {
  /** Part of path and query, for instance `/tags`. */
  readonly path: string;
  /** How many requests it hits; absent: all of them. */
  readonly times?: number;
  readonly reply: FaultReply;
}

export type FaultReply =
  /** The connection is cut before an answer. */
  | { readonly kind: 'reset' }
  /** The right answer, cut in the middle of its body. */
  | { readonly kind: 'truncated' }
  /** No answer at all. */
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    };

/** GitHub's answer when the hourly limit is used up. */
export function rateLimited(resetSeconds: number): FaultReply {
  const message = 'API rate limit exceeded for 127.0.0.1.';
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetSeconds) };
  return { kind: 'answer', status: 403, headers, body: JSON.stringify({ message }) };
}

/** GitHub's answer when requests come too fast. */
export function secondaryLimited(retryAfterSeconds: number): FaultReply {
  const message = 'You have exceeded a secondary rate limit.';
  const headers = { 'x-ratelimit-remaining': '57', 'retry-after': String(retryAfterSeconds) };
  return { kind: 'answer', status: 403, headers, body: JSON.stringify({ message }) };
}

export interface DoubleServer {
  readonly tag: string;
  readonly commit: string;
  /** `2026-07-18`. */
  readonly date: string;
  /** Name -> text: GO_VERSION, go.mod, go.sum. */
  readonly files: Readonly<Record<string, string>>;
  /** An annotated tag has an object of its own between name and commit. */
  readonly annotated?: boolean;
  /** A tag that nobody released has no release. */
  readonly released?: boolean;
}

export interface DoubleAsset {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Absent: the right one. Null: an asset from before GitHub computed digests. */
  readonly digest?: string | null;
  /** What the API says, if that is not the truth. */
  readonly size?: number;
}

/** A repository of which commits and the files in them can be read. */
export interface DoubleRepository {
  /** Commit -> path -> text. */
  readonly commits: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Branch -> commit. */
  readonly branches?: Readonly<Record<string, string>>;
  /** Who asks without a token is told that nothing is there, as GitHub does. */
  readonly isPrivate?: boolean;
  /** Folders that .gitattributes keeps out of archives (export-ignore). */
  readonly notInArchives?: readonly string[];
}

export interface GitHubDoubleOptions {
  /** Absent: the servers of the repository's catalog. */
  readonly servers?: readonly DoubleServer[];
  /** Tag -> assets of its release. */
  readonly assets?: Readonly<Record<string, readonly DoubleAsset[]>>;
  /** Branch -> commit of one of the servers. `master` is the first server's unless named. */
  readonly branches?: Readonly<Record<string, string>>;
  /** Where given, a request with another token is answered 401. */
  readonly token?: string;
  /** The token of a fork's job: with it, as without any, whatever would write is answered 403. */
  readonly readOnlyToken?: string;
  /** `owner/name` -> another repository than gotify/server. */
  readonly repositories?: Readonly<Record<string, DoubleRepository>>;
  /** Port of the API; absent: a free one. */
  readonly port?: number;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

type Handler = (url: URL, request: IncomingMessage) => Answer;

export async function startGitHub(options: GitHubDoubleOptions = {}): Promise<GitHubDouble> {
  const requests: LoggedRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const repository = new Repository(options);
  const serve = (host: 'api' | 'download', handler: Handler): Server =>
    createServer((request, response) => {
      const path = request.url ?? '/';
      const { authorization = null, accept = '' } = request.headers;
      requests.push({ host, method: request.method ?? '', path, accept, authorization });
      const hit = faults.find(({ fault, left }) => left > 0 && path.includes(fault.path));
      if (hit !== undefined) hit.left--;
      send(response, handler(new URL(path, 'http://double'), request), hit?.fault.reply ?? null);
    });
  const download = serve('download', (url) =>
    url.pathname.startsWith('/archive/')
      ? repository.archive(url.pathname.slice('/archive/'.length))
      : repository.bytesOf(Number(url.pathname.split('/').at(-1))),
  );
  // A name and an address are two hosts to a client, as api.github.com and its storage are.
  const downloadUrl = `http://localhost:${String(await listen(download, 'localhost', 0))}`;
  const api = serve('api', (url, request) => repository.answer(url, request, downloadUrl));
  const url = `http://127.0.0.1:${String(await listen(api, '127.0.0.1', options.port ?? 0))}`;
  repository.apiUrl = url;
  return {
    url,
    requests,
    fail: (fault) => void faults.unshift({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }),
    close: async () => void (await Promise.all([close(api), close(download)])),
  };
}

function send(response: ServerResponse, answer: Answer, fault: FaultReply | null): void {
  if (fault?.kind === 'silence') return;
  if (fault?.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const {
    status,
    headers = {},
    body,
  } = fault?.kind === 'answer'
    ? { ...fault, headers: { 'content-type': 'application/json; charset=utf-8', ...fault.headers } }
    : answer;
  const bytes = Buffer.from(body);
  const type = fault?.kind === 'answer' ? {} : { 'content-type': answer.type };
  response.writeHead(status, {
    ...type,
    'content-length': String(bytes.length),
    'x-github-request-id': 'DOUBLE',
    ...headers,
  });
  if (fault?.kind !== 'truncated') {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

class Repository {
  apiUrl = '';
  private readonly options: GitHubDoubleOptions;
  private readonly servers: readonly DoubleServer[];
  private readonly assets: readonly (DoubleAsset & { readonly id: number; readonly tag: string })[];

  constructor(options: GitHubDoubleOptions) {
    this.options = options;
    this.servers = options.servers ?? catalogServers();
    this.assets = Object.entries(options.assets ?? {})
      .flatMap(([tag, assets]) => assets.map((asset) => ({ ...asset, tag })))
      .map((asset, index) => ({ ...asset, id: 1000 + index }));
  }

  answer(url: URL, request: IncomingMessage, downloadUrl: string): Answer {
    const { authorization } = request.headers;
    const { token, readOnlyToken } = this.options;
    const given = authorization?.replace(/^(?:token|Bearer) /, '');
    if (token !== undefined && given !== undefined && ![token, readOnlyToken].includes(given)) {
      return json(401, { message: 'Bad credentials' });
    }
    if (request.method !== 'GET' && (given === undefined || given === readOnlyToken)) {
      return json(403, { message: 'Resource not accessible by integration' });
    }
    const [, repos, owner = '', repository = '', first = '', ...rest] = url.pathname
      .split('/')
      .map(decodeURIComponent);
    if (repos !== 'repos') return notFound();
    const name = rest.join('/');
    const other = this.options.repositories?.[`${owner}/${repository}`];
    if (other !== undefined) return answerOf(other, { first, name, url, request, downloadUrl });
    if (`${owner}/${repository}` !== 'gotify/server') return notFound();
    if (first === 'releases')
      return this.releases(rest, { accept: request.headers.accept ?? '', downloadUrl });
    if (first === 'tags') return this.tags(url);
    if (first === 'commits') return this.commit(name, request.headers.accept ?? '');
    if (first === 'git') return this.gitObject(name);
    if (first === 'contents') return this.contents(name, url, request.headers.accept ?? '');
    return notFound();
  }

  bytesOf(id: number): Answer {
    const asset = this.assets.find((candidate) => candidate.id === id);
    return asset === undefined
      ? notFound()
      : { status: 200, type: 'application/octet-stream', body: asset.bytes };
  }

  /** @param place `owner/name/commit` */
  archive(place: string): Answer {
    const [owner = '', name = '', commit = ''] = place.split('/');
    const { commits = {}, notInArchives = [] } = this.options.repositories?.[`${owner}/${name}`] ?? {};
    const all = commits[commit];
    if (all === undefined) return notFound();
    const kept = ([path]: [string, string]): boolean =>
      !notInArchives.some((dir) => path.startsWith(`${dir}/`));
    const files = Object.fromEntries(Object.entries(all).filter(kept));
    return { status: 200, type: 'application/x-gzip', body: tarball(`${owner}-${name}-${commit}`, files) };
  }

  private releases(
    [kind, name = '']: readonly string[],
    { accept, downloadUrl }: { accept: string; downloadUrl: string },
  ): Answer {
    if (kind === 'assets') {
      const asset = this.assets.find(({ id }) => id === Number(name));
      if (asset === undefined) return notFound();
      if (accept !== 'application/octet-stream') return json(200, this.assetJson(asset));
      const location = `${downloadUrl}/signed/${String(asset.id)}?signature=secret`;
      return { status: 302, type: 'text/html;charset=utf-8', body: '', headers: { location } };
    }
    const released = this.servers.filter((server) => server.released !== false);
    const found =
      kind === 'latest'
        ? released.find(({ tag }) => !tag.includes('-'))
        : kind === 'tags'
          ? released.find(({ tag }) => tag === name)
          : undefined;
    return found === undefined ? notFound() : json(200, this.releaseJson(found));
  }

  private releaseJson({ tag, date }: DoubleServer): object {
    return {
      id: 1,
      tag_name: tag,
      name: tag.slice(1),
      draft: false,
      prerelease: tag.includes('-'),
      published_at: `${date}T12:00:00Z`,
      assets: this.assets.filter((asset) => asset.tag === tag).map((asset) => this.assetJson(asset)),
    };
  }

  private assetJson(asset: DoubleAsset & { readonly id: number; readonly tag: string }): object {
    const { id, name, bytes, tag } = asset;
    return {
      id,
      name,
      state: 'uploaded',
      content_type: 'application/zip',
      size: asset.size ?? bytes.length,
      digest:
        asset.digest === undefined
          ? `sha256:${createHash('sha256').update(bytes).digest('hex')}`
          : asset.digest,
      url: `${this.apiUrl}/repos/gotify/server/releases/assets/${String(id)}`,
      browser_download_url: `https://github.com/gotify/server/releases/download/${tag}/${name}`,
    };
  }

  private tags(url: URL): Answer {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
    const page = Number(url.searchParams.get('page') ?? 1);
    const last = Math.max(1, Math.ceil(this.servers.length / size));
    const shown = this.servers.slice((page - 1) * size, page * size);
    const link = (to: number, rel: string): string =>
      `<${this.apiUrl}/repositories/100/tags?per_page=${String(size)}&page=${String(to)}>; rel="${rel}"`;
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
      ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ];
    // As GitHub's, this list has no tag objects: an annotated tag is followed to its commit.
    const body = shown.map((server) => ({
      name: server.tag,
      commit: { sha: this.commitOf(namedBy(server)) },
      node_id: server.tag,
    }));
    return { ...json(200, body), headers: links.length === 0 ? {} : { link: links.join(', ') } };
  }

  private commit(ref: string, accept: string): Answer {
    const server = this.serverAt(ref);
    if (server === undefined) return json(422, { message: `No commit found for SHA: ${ref}` });
    const { date } = server;
    const commit = this.commitOf(namedBy(server));
    if (accept.includes('.sha'))
      return { status: 200, type: 'application/vnd.github.sha; charset=utf-8', body: commit };
    const when = { name: 'gotify', email: 'gotify@example.org', date: `${date}T10:00:00Z` };
    return json(200, {
      sha: commit,
      commit: { author: when, committer: when, message: server.tag },
      files: [],
    });
  }

  private gitObject(name: string): Answer {
    const byTag = this.servers.find(({ tag }) => name === `ref/tags/${tag}`);
    if (byTag !== undefined) {
      const type = byTag.annotated === true ? 'tag' : 'commit';
      return json(200, { ref: `refs/tags/${byTag.tag}`, object: { type, sha: namedBy(byTag) } });
    }
    const byObject = this.servers.find((server) => name === `tags/${tagObject(server)}`);
    if (byObject === undefined) return notFound();
    return json(200, {
      tag: byObject.tag,
      sha: tagObject(byObject),
      object: { type: 'commit', sha: byObject.commit },
    });
  }

  private contents(path: string, url: URL, accept: string): Answer {
    const server = this.serverAt(url.searchParams.get('ref') ?? 'master');
    if (server === undefined)
      return json(404, { message: `No commit found for the ref ${url.searchParams.get('ref') ?? ''}` });
    const text = server.files[path];
    if (text === undefined) return notFound();
    if (accept.includes('raw'))
      return { status: 200, type: 'application/vnd.github.raw+json; charset=utf-8', body: text };
    const content = Buffer.from(text).toString('base64');
    return json(200, { type: 'file', encoding: 'base64', size: text.length, name: path, path, content });
  }

  /** The object's commit: a tag object leads to one. */
  private commitOf(object: string): string {
    return this.servers.find((server) => tagObject(server) === object)?.commit ?? object;
  }

  /** A branch, a tag (also an annotated one), or a commit of which at least seven digits are given. */
  private serverAt(ref: string): DoubleServer | undefined {
    const name = ref.replace(/^(refs\/)?(heads|tags)\//, '');
    const branches = { master: this.servers[0]?.commit, ...this.options.branches };
    const commit = Object.entries(branches).find(([branch]) => branch === name)?.[1];
    if (commit !== undefined) return this.servers.find((server) => server.commit === commit);
    return (
      this.servers.find((server) => server.tag === name) ??
      (/^[0-9a-f]{7,40}$/.test(name)
        ? this.servers.find((server) => server.commit.startsWith(name))
        : undefined)
    );
  }
}

interface RepositoryRequest {
  readonly downloadUrl: string;
  readonly first: string;
  readonly name: string;
  readonly url: URL;
  readonly request: IncomingMessage;
}

function answerOf(repository: DoubleRepository, asked: RepositoryRequest): Answer {
  const { first, name, url, request, downloadUrl } = asked;
  const { commits, branches = {}, isPrivate = false } = repository;
  const { authorization, accept = '' } = request.headers;
  if (isPrivate && authorization === undefined) return notFound();
  const commitOf = (ref: string): string => branches[ref] ?? ref;
  if (first === 'commits') {
    const commit = commitOf(name);
    if (commits[commit] === undefined) return json(422, { message: `No commit found for SHA: ${name}` });
    return accept.includes('.sha')
      ? { status: 200, type: 'application/vnd.github.sha; charset=utf-8', body: commit }
      : json(200, { sha: commit });
  }
  if (first === 'tarball') {
    const commit = commitOf(name);
    if (commits[commit] === undefined) return notFound();
    const [, , owner = '', repositoryName = ''] = url.pathname.split('/');
    const location = `${downloadUrl}/archive/${owner}/${repositoryName}/${commit}`;
    return { status: 302, type: 'text/html;charset=utf-8', body: '', headers: { location } };
  }
  const ref = url.searchParams.get('ref') ?? '';
  const files = commits[commitOf(ref)];
  if (files === undefined) return json(404, { message: `No commit found for the ref ${ref}` });
  const text = first === 'contents' ? files[name] : undefined;
  if (text === undefined) return notFound();
  return accept.includes('raw')
    ? { status: 200, type: 'application/vnd.github.raw+json; charset=utf-8', body: text }
    : json(200, { type: 'file', path: name, content: Buffer.from(text).toString('base64') });
}

/** What the tag's ref holds: the commit, or of an annotated tag an object between the two. */
function namedBy(server: DoubleServer): string {
  return server.annotated === true ? tagObject(server) : server.commit;
}

/** As GitHub packs a commit: everything below one folder. */
function tarball(top: string, files: Readonly<Record<string, string>>): Uint8Array {
  const dir = mkdtempSync(join(tmpdir(), 'github-double-'));
  try {
    for (const [path, text] of Object.entries({ ...files, '.double': '' })) {
      mkdirSync(dirname(join(dir, top, path)), { recursive: true });
      writeFileSync(join(dir, top, path), text);
    }
    return execFileSync('tar', ['-cz', '-C', dir, top], { maxBuffer: 2 ** 26 });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function tagObject({ tag }: DoubleServer): string {
  return createHash('sha1').update(`tag ${tag}`).digest('hex');
}

function json(status: number, value: unknown): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

function notFound(): Answer {
  return json(404, {
    message: 'Not Found',
    documentation_url: 'https://docs.github.com/rest',
    status: '404',
  });
}

interface CatalogIndex {
  readonly releases: readonly {
    readonly tag: string;
    readonly commit: string;
    readonly date: string;
    readonly goVersion: string;
    readonly goMod: string;
    readonly goSum: string;
  }[];
}

/** The catalog's own servers, newest first: what GitHub has, as far as the catalog knows. */
export function catalogServers(): readonly DoubleServer[] {
  const read = (path: string): string =>
    readFileSync(fileURLToPath(new URL(`../../catalog/${path}`, import.meta.url)), 'utf8');
  const index = JSON.parse(read('index.json')) as CatalogIndex;
  return index.releases.map(({ tag, commit, date, goVersion, goMod, goSum }) => ({
    tag,
    commit,
    date,
    files: {
      GO_VERSION: `${goVersion}\n`,
      'go.mod': read(`files/${goMod}.mod`),
      'go.sum': read(`files/${goSum}.sum`),
    },
  }));
}
