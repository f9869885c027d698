import { Failure } from '../errors.js';

/** The repository that servers come from, below the API's address. */
export const serverRepository = 'repos/gotify/server';

/**
 * What is read of gotify/server at GitHub. Every method throws a Failure of kind `surroundings` with one of
 * `gitHubCodes`; what is simply not there is null.
 */
export interface GitHub {
  /** The API's address, without a slash at its end. */
  readonly apiUrl: string;
  /** The tag that releases/latest names. */
  latestRelease(): Promise<string>;
  /** Every tag with the commit it leads to (annotated tags followed), in GitHub's order. */
  tags(): Promise<readonly Tag[]>;
  /** The commit of a branch, tag, or commit written in full or in part. */
  commit(ref: string): Promise<Commit | null>;
  /** The text of a file at a commit. */
  fileAt(commit: string, path: string): Promise<string | null>;
  /** The assets of a tag's release; null where the tag has no release. */
  assets(tag: string): Promise<readonly ReleaseAsset[] | null>;
  /** The asset's bytes, as many as its size says. */
  download(asset: ReleaseAsset): Promise<Uint8Array>;
}

export interface Tag {
  readonly name: string;
  /** 40 hex digits. */
  readonly commit: string;
}

export interface Commit {
  /** 40 hex digits. */
  readonly sha: string;
  /** The day it was committed: `2026-07-18`. */
  readonly date: string;
}

export interface ReleaseAsset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** `sha256:<hex>`; null for assets uploaded before GitHub computed digests (mid 2025). */
  readonly digest: string | null;
  /** Where a browser downloads it, for people. */
  readonly url: string;
}

export const gitHubCodes = {
  /** No connection, or no answer in time. */
  unreachable: 'github-unreachable',
  rateLimit: 'github-rate-limit',
  /** 5xx, also after the retries. */
  failed: 'github-failed',
  /** The token is not valid, or may not read this. */
  permission: 'github-permission',
  /** Nothing at that address: where something may be absent, the methods give null instead. */
  missing: 'github-missing',
  /** An answer that is not what the API documents. */
  answer: 'github-answer',
} as const;

/** Whether the API cannot serve now, so that the catalog may: neither a wrong token nor a wrong address is that. */
export function cannotServe(error: unknown): error is Failure {
  if (!(error instanceof Failure)) return false;
  const { unreachable, rateLimit, failed } = gitHubCodes;
  return [unreachable, rateLimit, failed].some((code) => code === error.code);
}

/**
 * The token for `serverApiUrl`: the job's, if that is the very API that issued it, else none.
 *
 * @param gitHubApiUrl GITHUB_API_URL; absent outside Actions
 */
export function tokenFor(request: {
  readonly serverApiUrl: string;
  readonly gitHubApiUrl: string | undefined;
  readonly token: string | null;
}): string | null {
  const own = originOf(request.gitHubApiUrl ?? 'https://api.github.com');
  return own !== null && own === originOf(request.serverApiUrl) ? request.token : null;
}

function originOf(url: string): string | null {
  // The scheme counts too: a token must not go to the same host in plain text.
  return URL.canParse(url) ? new URL(url).origin : null;
}
