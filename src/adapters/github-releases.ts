import { setTimeout as sleepFor } from 'node:timers/promises';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { Asset, Release, ReleaseApi, ReleaseChange, Write } from '../publish/release-api.js';
import { refusedFailure, strangeAnswer } from './release-errors.js';
import {
  type Call,
  type Dated,
  datedIn,
  jsonIn,
  type Outcome,
  type ReleaseHttpOptions,
  senderFor,
  type Send,
} from './release-http.js';
import { transferOver } from './release-transfer.js';

export type { ReleaseHttpOptions } from './release-http.js';

const pageSize = 100;
const mostPages = 100;

const Id = v.pipe(v.number(), v.integer(), v.minValue(0));
const ReleaseAnswer = v.object({
  id: Id,
  tag_name: v.string(),
  name: v.nullish(v.string(), ''),
  draft: v.boolean(),
  prerelease: v.optional(v.boolean(), false),
  // Servers of one's own may be older than immutable releases.
  immutable: v.optional(v.boolean(), false),
  published_at: v.nullish(v.pipe(v.string(), v.isoTimestamp()), null),
  body: v.nullish(v.string(), ''),
  upload_url: v.string(),
  html_url: v.string(),
});
/** Of a ref, and of an annotated tag. */
const ObjectAnswer = v.object({
  object: v.object({ type: v.string(), sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)) }),
});
const AssetAnswer = v.object({
  id: Id,
  name: v.string(),
  size: Id,
  state: v.string(),
  digest: v.nullish(v.string(), null),
  created_at: v.pipe(v.string(), v.isoTimestamp()),
});

/**
 * The releases of one repository at a GitHub API.
 *
 * @see https://docs.github.com/en/rest/releases/releases
 * @see https://docs.github.com/en/rest/releases/assets
 */
export function gitHubReleases(options: ReleaseHttpOptions): ReleaseApi {
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const base = `${apiUrl}/repos/${options.repository}`;
  const releases = `${base}/releases`;
  const send = senderFor(options);
  const assetUrl = (id: number): string => `${releases}/assets/${String(id)}`;
  const transfer = transferOver(send, assetUrl);
  const toRelease = (answer: Dated): Release => releaseIn(answer, apiUrl);
  const change = (call: Omit<Call, 'contentType'>): Promise<Outcome<Dated>> =>
    send({ ...call, contentType: 'application/json' }, datedIn);
  const release = async (id: number): Promise<Release | null> => {
    const outcome = await send({ method: 'GET', url: `${releases}/${String(id)}` }, datedIn);
    return outcome.kind === 'done' ? toRelease(outcome.value) : null;
  };
  return {
    tagCommit: async (tag) => {
      const commit = await commitOfTag(tag, { send, base });
      if (commit !== null) return commit;
      // Of a repository that the token may not see GitHub says the same.
      const list: Call = { method: 'GET', url: `${releases}?per_page=1` };
      if ((await send(list, jsonIn)).kind !== 'done') throw missing(list);
      return null;
    },
    releasesOf: async (tag) => {
      const all = await pages(send, releases);
      if (all === null) throw missing({ method: 'GET', url: releases });
      return all.map(toRelease).filter((each) => each.tag === tag);
    },
    latest: async () => {
      const call: Call = { method: 'GET', url: `${releases}/latest` };
      const outcome = await send(call, datedIn);
      return outcome.kind === 'done' ? toRelease(outcome.value) : null;
    },
    release,
    create: async ({ tag, name, body, prerelease }) => {
      const fields = { tag_name: tag, name, body, draft: true, prerelease };
      const call: Call = { method: 'POST', url: releases, body: JSON.stringify(fields), repeat: 'limits' };
      const outcome = await change(call);
      // Who may not write is told that nothing is there.
      if (outcome.kind === 'gone') throw missing(call);
      return mapped(outcome, toRelease);
    },
    update: async (id, fields) => {
      const call: Call = {
        method: 'PATCH',
        url: `${releases}/${String(id)}`,
        body: JSON.stringify(changeFields(fields)),
        // What was right when it was asked for may be wrong a minute later.
        ...(fields.draft === false ? { repeat: 'never' } : {}),
      };
      const outcome = await change(call);
      if (outcome.kind === 'gone' && (await release(id)) !== null) throw targetRefused(call);
      return mapped(outcome, toRelease);
    },
    deleteRelease: async (id) => {
      await send({ method: 'DELETE', url: `${releases}/${String(id)}` }, drained);
    },
    assets: async (id) => {
      const url = `${releases}/${String(id)}/assets`;
      const all = await pages(send, url);
      return all === null ? null : all.map(assetIn);
    },
    asset: async (id) => {
      const outcome = await send({ method: 'GET', url: assetUrl(id) }, datedIn);
      return outcome.kind === 'done' ? assetIn(outcome.value) : null;
    },
    upload: async (to, { name, content }) => mapped(await transfer.upload(to, name, content), assetIn),
    copy: async (asset, to, name) => mapped(await transfer.copy(asset, to, name), assetIn),
    rename: async (id, name) =>
      mapped(await change({ method: 'PATCH', url: assetUrl(id), body: JSON.stringify({ name }) }), assetIn),
    deleteAsset: async (id) =>
      mapped(await send({ method: 'DELETE', url: assetUrl(id) }, drained), () => null),
    download: transfer.save,
    read: transfer.read,
    sha256: transfer.sha256,
    pause: (tries) =>
      (options.sleep ?? sleepFor)(pauseMs(tries, options.retryDelaysMs)).then(() => undefined),
  };
}

/** A tag may be of a tag; nobody makes a longer chain. */
const mostTags = 5;

/**
 * What a tag leads to; null: there is no such tag, or it is none of a commit.
 *
 * @see https://docs.github.com/en/rest/git/refs#get-a-reference
 * @see https://docs.github.com/en/rest/git/tags#get-a-tag (annotated ones)
 */
async function commitOfTag(
  tag: string,
  { send, base }: { readonly send: Send; readonly base: string },
): Promise<string | null> {
  let path = `ref/tags/${tag.split('/').map(encodeURIComponent).join('/')}`;
  for (let hops = 0; hops < mostTags; hops += 1) {
    const outcome = await send({ method: 'GET', url: `${base}/git/${path}` }, jsonIn);
    if (outcome.kind !== 'done') return null;
    const { object } = parse(ObjectAnswer, outcome.value);
    if (object.type === 'commit') return object.sha;
    if (object.type !== 'tag') return null;
    path = `tags/${object.sha}`;
  }
  return null;
}

/** Between the delays of requests, and different for everybody, so that jobs do not meet again and again. */
function pauseMs(tries: number, delays: readonly number[] = [1000, 4000, 9000]): number {
  const delay = delays[Math.min(tries, delays.length) - 1] ?? 0;
  return delay * (0.5 + Math.random());
}

function changeFields({ tag, makeLatest, ...fields }: ReleaseChange): object {
  const latest = makeLatest === undefined ? {} : { make_latest: makeLatest };
  return { tag_name: tag, ...fields, ...latest };
}

function mapped<A, T>(outcome: Outcome<A>, read: (answer: A) => T): Write<T> {
  return outcome.kind === 'done' ? { kind: 'done', value: read(outcome.value) } : outcome;
}

/** All items of a list, each with the server's clock; null where there is no such list. */
export async function pages(send: Send, url: string): Promise<readonly Dated[] | null> {
  const all: Dated[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const call: Call = { method: 'GET', url: `${url}?per_page=${String(pageSize)}&page=${String(page)}` };
    const outcome = await send(call, async (response) => ({
      page: await datedIn(response),
      isLast: !/;\s*rel="next"/.test(response.headers.get('link') ?? ''),
    }));
    if (outcome.kind !== 'done') return null;
    const { data, at } = outcome.value.page;
    all.push(...listIn(data, url).map((item) => ({ data: item, at })));
    if (outcome.value.isLast) return all;
  }
  throw strangeAnswer(`GET ${url}`, 'there is always a next page');
}

function missing({ method, url }: Call): Error {
  const purpose = { request: `${method} ${url}`, hadAccess: false, file: null };
  return refusedFailure({ status: 404, message: 'Not Found', permissions: null }, purpose);
}

/**
 * A change of a release that is there is answered 404 where the release is aimed at a commit with other workflow files
 * than the default branch has, and the token may not change workflows, as a job's never may.
 *
 * @see https://docs.github.com/en/rest/releases/releases#update-a-release
 */
function targetRefused({ method, url }: Call): Error {
  return new Failure('input', {
    code: 'publish-permission',
    what: `${method} ${url}: GitHub answered 404, and the release is there`,
    remedy:
      'The release is aimed at a commit (its target) with other files in .github/workflows than the default branch: set its target to the default branch, or pass a token that may change workflows.',
    where: { kind: 'input', input: 'token' },
  });
}

async function drained(response: Response): Promise<void> {
  await response.arrayBuffer();
}

function listIn(data: unknown, url: string): readonly unknown[] {
  if (Array.isArray(data)) return data;
  throw strangeAnswer(`GET ${url}`, 'it is no list');
}

function releaseIn({ data, at }: Dated, apiUrl: string): Release {
  const { id, tag_name, name, body, upload_url, html_url, published_at, ...flags } = parse(
    ReleaseAnswer,
    data,
  );
  const uploadUrl = upload_url.replace(/\{.*$/, '');
  // The token is sent there: it must not go in plain text because of what an answer says.
  const isSafe = URL.canParse(uploadUrl) && (uploadUrl.startsWith('https:') || apiUrl.startsWith('http:'));
  if (!isSafe) throw strangeAnswer(`release ${String(id)}`, 'its upload_url is not safe');
  return {
    id,
    tag: tag_name,
    name: name ?? '',
    ...flags,
    publishedMs: published_at == null ? null : Math.max(0, at - Date.parse(published_at)),
    body: body ?? '',
    uploadUrl,
    url: html_url,
  };
}

function assetIn({ data, at }: Dated): Asset {
  const { id, name, size, state, digest, created_at } = parse(AssetAnswer, data);
  const ageMs = Math.max(0, at - Date.parse(created_at));
  return {
    id,
    name,
    size,
    state: state === 'uploaded' ? 'uploaded' : 'starter',
    digest: digest ?? null,
    ageMs,
  };
}

function parse<S extends v.GenericSchema>(schema: S, data: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw strangeAnswer('an answer about releases', `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}
