import * as v from 'valibot';
import { Failure } from '../errors.js';
import { type GitHub, gitHubCodes, type ReleaseAsset, type Tag } from '../gotify/github.js';
import { LatestRelease, Sha, Tags, tagsIn } from './github-answers.js';
import { malformedAnswer } from './github-errors.js';
import { type Answer, type Ask, askerAt, type GitHubOptions, type Question } from './github-request.js';

export type { GitHubOptions } from './github-request.js';

const json = 'application/vnd.github+json';
const sha = 'application/vnd.github.sha';
const maxJson = 16 * 2 ** 20;
const maxFile = 2 * 2 ** 20;
const maxArchive = 256 * 2 ** 20;
const pageSize = 100;
const maxPages = 50;

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const CommitAnswer = v.object({
  sha: Sha,
  commit: v.object({
    committer: v.object({ date: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT/, 'not a date')) }),
  }),
});
const Asset = v.object({
  id: Count,
  name: v.string(),
  size: Count,
  digest: v.nullish(v.string()),
  browser_download_url: v.pipe(v.string(), v.url()),
});
const Release = v.object({ assets: v.array(Asset) });

/**
 * gotify/server at a GitHub API. Server errors, secondary limits and answers that break off are tried again; a host
 * that does not answer the first request is not asked a second time.
 */
export function gitHubAt(options: GitHubOptions): GitHub {
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const ask = askerAt(apiUrl, options);
  return {
    apiUrl,
    latestRelease: async () => (await askJson(ask, { path: 'releases/latest' }, LatestRelease)).tag_name,
    tags: () => allTags(ask),
    commit: (ref) => orNull(commitOf(ask, ref)),
    fileAt: (commit, path) => orNull(fileAt(ask, commit, path)),
    assets: async (tag) => {
      const release = await orNull(askJson(ask, { path: `releases/tags/${encodePath(tag)}` }, Release));
      return release?.assets.map(assetOf) ?? null;
    },
    download: (asset) => download(ask, asset),
  };
}

/**
 * Any repository at a commit, branch or tag. Throws Failure as gitHubAt's methods do, and `github-missing` where the
 * repository or the commit itself cannot be seen.
 */
export interface RepositoryAt {
  /** Null: it has no such file. */
  file(path: string): Promise<string | null>;
  /** All of its files as a tar.gz with one folder at its top. */
  archive(): Promise<Uint8Array>;
}

export function repositoryAt(options: GitHubOptions, ref: string): RepositoryAt {
  const ask = askerAt(options.apiUrl.replace(/\/+$/, ''), options);
  const seen = async (): Promise<string> => {
    const { bytes } = await ask({ path: `commits/${encodePath(ref)}`, accept: sha, limit: maxJson });
    return Buffer.from(bytes).toString('utf8').trim();
  };
  return {
    file: async (path) => {
      const text = await orNull(fileAt(ask, ref, path));
      // GitHub says the same of a file that is not there and of a repository that the token may not read.
      if (text === null) await seen();
      return text;
    },
    archive: async () => {
      // Also tells within seconds whether anybody answers.
      const commit = encodeURIComponent(await seen());
      const path = `tarball/${commit}`;
      return (await ask({ path, accept: json, limit: maxArchive, timeoutMs: 5 * 60_000 })).bytes;
    },
  };
}

async function allTags(ask: Ask): Promise<readonly Tag[]> {
  const tags: Tag[] = [];
  for (let page = 1; page <= maxPages; page++) {
    const answer = await ask({
      path: 'tags',
      query: { per_page: pageSize, page },
      accept: json,
      limit: maxJson,
    });
    tags.push(...tagsIn(parse(answer, Tags)));
    if (!answer.hasNext) return tags;
  }
  throw malformedAnswer(`${String(maxPages)} pages of tags`, 'there is always a next page');
}

async function commitOf(ask: Ask, ref: string): Promise<{ sha: string; date: string }> {
  const { sha, commit } = await askJson(ask, { path: `commits/${encodePath(ref)}` }, CommitAnswer);
  return { sha, date: commit.committer.date.slice(0, 10) };
}

async function fileAt(ask: Ask, commit: string, path: string): Promise<string> {
  const answer = await ask({
    path: `contents/${encodePath(path)}`,
    query: { ref: commit },
    accept: 'application/vnd.github.raw+json',
    limit: maxFile,
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(answer.bytes);
  } catch {
    throw malformedAnswer(answer.url, 'it is not UTF-8 text');
  }
}

async function download(ask: Ask, asset: ReleaseAsset): Promise<Uint8Array> {
  const path = `releases/assets/${String(asset.id)}`;
  const question = { path, accept: 'application/octet-stream', limit: asset.size, timeoutMs: 15 * 60_000 };
  const { bytes, url } = await ask(question);
  if (bytes.length === asset.size) return bytes;
  throw malformedAnswer(url, `it has ${String(bytes.length)} bytes, not ${String(asset.size)}`);
}

function assetOf({
  id,
  name,
  size,
  digest,
  browser_download_url: url,
}: v.InferOutput<typeof Asset>): ReleaseAsset {
  return { id, name, size, digest: digest ?? null, url };
}

async function askJson<S extends v.GenericSchema>(
  ask: Ask,
  question: Pick<Question, 'path'>,
  schema: S,
): Promise<v.InferOutput<S>> {
  return parse(await ask({ ...question, accept: json, limit: maxJson }), schema);
}

function parse<S extends v.GenericSchema>({ url, bytes }: Answer, schema: S): v.InferOutput<S> {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw malformedAnswer(url, cause instanceof Error ? cause.message : 'it is not JSON');
  }
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw malformedAnswer(url, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}

/** Null instead of the failure that says that nothing is there. */
async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Failure && error.code === gitHubCodes.missing) return null;
    throw error;
  }
}

/** Each part of a path encoded, its slashes kept. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
