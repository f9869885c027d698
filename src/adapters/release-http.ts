import { setTimeout as sleepFor } from 'node:timers/promises';
import { Failure } from '../errors.js';
import {
  answered,
  type ErrorLike,
  isErrorLike,
  oneLine,
  type Refusal,
  type Trouble,
  unreachable,
} from './github-errors.js';
import { fetchFor } from './proxied-fetch.js';
import { postStream, type Source } from './release-upload.js';
import { releaseImmutable } from '../publish/failures.js';
import { healingFailure, type Purpose, refusedFailure, strangeAnswer } from './release-errors.js';

export interface ReleaseHttpOptions {
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** Sent to the API and to the upload host that it names, to nobody else; null: anonymous. */
  readonly token: string | null;
  /** The waits before each new try; 1, 4 and 9 seconds unless given. */
  readonly retryDelaysMs?: readonly number[];
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly accept?: string;
  readonly body?: string;
  /** Streamed, instead of a body; POST only. */
  readonly source?: Source;
  readonly contentType?: string;
  /** Milliseconds; half a minute unless given. */
  readonly timeoutMs?: number;
  /**
   * Where it is not made again by itself: `limits`, only after a limit, which is told before anything is done, as a second
   * time it would do something else; `never`, as its caller looks before each try.
   */
  readonly repeat?: 'limits' | 'never';
  /** The file that is sent, for messages. */
  readonly file?: string;
}

export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** 404, and 422 for a ref that no commit has */
  | { readonly kind: 'gone' }
  /** 422 already_exists */
  | { readonly kind: 'conflict' }
  /** 422, as a release is immutable */
  | { readonly kind: 'frozen'; readonly failure: Failure }
  /** Only for what is done once. */
  | { readonly kind: 'unsure'; readonly failure: Failure };

/** Makes a request, again where that may heal, and reads its answer; a body that breaks off counts as no answer. */
export type Send = <T>(call: Call, read: (response: Response) => Promise<T>) => Promise<Outcome<T>>;

/** Nobody wants to look at a job for longer. */
const longestWaitMs = 120_000;

/** Every request with the token, and GitHub's refusals as failures. */
export function senderFor(options: ReleaseHttpOptions): Send {
  const session: Session = { options, hadAccess: false };
  const delays = options.retryDelaysMs ?? [1000, 4000, 9000];
  const sleep = options.sleep ?? ((milliseconds) => sleepFor(milliseconds));
  return async (call, read) => {
    for (let tries = 0; ; tries += 1) {
      const result = await once({ call, read, session });
      if (result.kind !== 'trouble') return result;
      const { trouble, failure } = result;
      const delay = delays[tries];
      const wait = trouble.kind === 'secondary-limit' ? Math.max(trouble.waitMs, delay ?? 0) : (delay ?? 0);
      const isLimited = trouble.kind === 'secondary-limit';
      if (call.repeat !== undefined && !isLimited) return { kind: 'unsure', failure };
      if (delay === undefined || trouble.kind === 'rate-limit' || wait > longestWaitMs) throw failure;
      await sleep(wait);
      if (call.repeat === 'never') return { kind: 'unsure', failure };
    }
  };
}

interface Session {
  readonly options: ReleaseHttpOptions;
  hadAccess: boolean;
}

interface Exchange<T> {
  readonly call: Call;
  readonly read: (response: Response) => Promise<T>;
  readonly session: Session;
}

type Healing = Parameters<typeof healingFailure>[0];

async function once<T>({
  call,
  read,
  session,
}: Exchange<T>): Promise<
  | Exclude<Outcome<T>, { kind: 'unsure' }>
  | { readonly kind: 'trouble'; readonly trouble: Healing; readonly failure: Failure }
> {
  const { hadAccess, options } = session;
  const purpose: Purpose = {
    request: `${call.method} ${call.url.replace(/\?.*$/, '')}`,
    hadAccess,
    file: call.file ?? null,
  };
  const trouble = (kind: Healing, cause?: unknown) =>
    ({ kind: 'trouble', trouble: kind, failure: healingFailure(kind, purpose, cause) }) as const;
  let response: Response;
  try {
    response = await request(call, options.token);
  } catch (error) {
    if (!isErrorLike(error) || !isNoAnswer(error)) throw error;
    return trouble(unreachable(error), error);
  }
  try {
    if (response.ok) {
      session.hadAccess = true;
      return { kind: 'done', value: await read(response) };
    }
    const text = await response.text();
    const refused = { status: response.status, message: messageIn(text), headers: headersOf(response) };
    const problem = answered(refused);
    if (isHealing(problem)) return trouble(problem);
    if (response.status === 404 || isNoCommit(refused)) return { kind: 'gone' };
    if (response.status === 422 && hasCode(text, 'already_exists')) return { kind: 'conflict' };
    const permissions = response.headers.get('x-accepted-github-permissions');
    const failure = refusedFailure({ ...refused, permissions }, purpose);
    if (failure.code === releaseImmutable) return { kind: 'frozen', failure };
    throw failure;
  } catch (error) {
    if (error instanceof Failure || !isErrorLike(error) || !isBroken(error)) throw error;
    return trouble({ kind: 'broken', reason: oneLine(error.message) }, error);
  }
}

/** A ref that is not there is no 404: https://docs.github.com/en/rest/commits/commits#get-a-commit */
function isNoCommit({ status, message }: Refusal): boolean {
  return status === 422 && message.startsWith('No commit found for SHA');
}

/** Whether there was no connection, or no answer in time; else a file cannot be read, or there is a bug. */
function isNoAnswer(error: ErrorLike): boolean {
  // fetch says this of everything, and its cause the rest; node:http says which call to the system failed.
  const isOfNetwork = 'syscall' in error && error.syscall !== 'open' && !('path' in error);
  return error.message === 'fetch failed' || isTimeout(error) || unreachable(error).reset || isOfNetwork;
}

function isTimeout(error: ErrorLike): boolean {
  return 'name' in error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}

/** Whether the answer's body broke off, or did not come in time; else its reader failed, a full disk for instance. */
function isBroken(error: ErrorLike): boolean {
  return error.message === 'terminated' || isTimeout(error) || unreachable(error).reset;
}

function isHealing(trouble: Trouble): trouble is Healing {
  return !['permission', 'missing', 'refused'].includes(trouble.kind);
}

async function request(call: Call, token: string | null): Promise<Response> {
  const { method, url, accept = 'application/vnd.github+json', body, source, contentType } = call;
  const signal = AbortSignal.timeout(call.timeoutMs ?? 30_000);
  const headers = {
    accept,
    // Not sent on when another host is redirected to (fetch standard, HTTP-redirect fetch, step 13).
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    'user-agent': 'gotify-plugin-build',
    'x-github-api-version': '2022-11-28',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  };
  if (source !== undefined) return postStream({ url, headers, source, signal });
  const send = await fetchFor(url);
  return send(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

/** GitHub's words: its message, and what it says of each field. */
function messageIn(text: string): string {
  const data = jsonOf(text);
  if (data === null) return oneLine(text === '' ? 'without a word' : text);
  const errors = errorsIn(data).map((error) =>
    'message' in error && typeof error.message === 'string' ? error.message : JSON.stringify(error),
  );
  const message = 'message' in data && typeof data.message === 'string' ? data.message : 'without a word';
  return oneLine([message, ...errors].join(': '));
}

function hasCode(text: string, code: string): boolean {
  const data = jsonOf(text);
  return data !== null && errorsIn(data).some((error) => 'code' in error && error.code === code);
}

function errorsIn(data: object): readonly object[] {
  const errors: unknown = 'errors' in data ? data.errors : [];
  if (!Array.isArray(errors)) return [];
  return errors.filter((error): error is object => typeof error === 'object' && error !== null);
}

function jsonOf(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' ? data : null;
  } catch {
    return null;
  }
}

function headersOf(response: Response): Readonly<Record<string, string>> {
  return Object.fromEntries(response.headers.entries());
}

/** The JSON of an answer, and the server's clock. */
export interface Dated {
  readonly data: unknown;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export async function datedIn(response: Response): Promise<Dated> {
  const at = Date.parse(response.headers.get('date') ?? '');
  return { data: await jsonIn(response), at: Number.isNaN(at) ? Date.now() : at };
}

/** The JSON of an answer. */
export async function jsonIn(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw strangeAnswer(response.url, 'it is no JSON');
  }
}
