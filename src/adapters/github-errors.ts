import { codeOf, Failure } from '../errors.js';
import { gitHubCodes } from '../gotify/github.js';

/** Why an exchange with the API gave no answer, told apart by what can be done about it. */
export type Trouble =
  /** No connection, or silence. `reset`: somebody was there and hung up, so that a second try may get through. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly reset: boolean }
  /** The answer began and broke off. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** `resetAt`: milliseconds since 1970. `waitMs`: how long GitHub says to wait, for a secondary limit. */
  | { readonly kind: 'rate-limit'; readonly resetAt: number | null }
  | { readonly kind: 'secondary-limit'; readonly waitMs: number }
  | { readonly kind: 'server'; readonly status: number }
  | { readonly kind: 'permission'; readonly status: number; readonly message: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

/** An answer whose body could not be read to its end. Shaped as Octokit's own errors, so that it is tried again. */
export class BrokenAnswer extends Error {
  readonly status = 500;

  /** The parameters of the request, which the retry plugin reads and writes. */
  readonly request: object;

  constructor(request: object, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'BrokenAnswer';
    this.request = request;
  }
}

/**
 * What Octokit's error means. Null for an error that is none of Octokit's.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function troubleOf(error: unknown): Trouble | null {
  if (error instanceof BrokenAnswer) return { kind: 'broken', reason: error.message };
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  const headers = headersOf(error);
  if (headers === null) return unreachable(error);
  return answered({ status: error.status, message: oneLine(error.message), headers });
}

/** An answer that is none of the good ones. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What it means. */
export function answered({ status, message, headers }: Refusal): Trouble {
  if (status === 403 || status === 429) {
    if (headers['x-ratelimit-remaining'] === '0') return { kind: 'rate-limit', resetAt: resetOf(headers) };
    const wait = Number(headers['retry-after'] ?? Number.NaN);
    const secondary = status === 429 || !Number.isNaN(wait) || /secondary rate limit/i.test(message);
    if (secondary) return { kind: 'secondary-limit', waitMs: Number.isNaN(wait) ? 0 : wait * 1000 };
  }
  if (status === 401 || status === 403) return { kind: 'permission', status, message };
  // 422 is the answer to a ref that no commit has.
  if (status === 404 || status === 422) return { kind: 'missing' };
  return status >= 500 ? { kind: 'server', status } : { kind: 'refused', status, message };
}

function headersOf(error: object): Readonly<Record<string, unknown>> | null {
  const response = 'response' in error ? error.response : null;
  if (typeof response !== 'object' || response === null || !('headers' in response)) return null;
  return typeof response.headers === 'object' ? { ...response.headers } : null;
}

function resetOf(headers: Readonly<Record<string, unknown>>): number | null {
  const seconds = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  return Number.isNaN(seconds) ? null : seconds * 1000;
}

const resets: readonly (string | null)[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'];

/** What an error means that came instead of an answer. */
export function unreachable(error: ErrorLike): Extract<Trouble, { kind: 'unreachable' }> {
  const chain = causes(error);
  const root = chain.at(-1) ?? error;
  const code = codeOf(root) ?? '';
  const reason = root.message.includes(code) ? root.message : `${code} ${root.message}`;
  const reset = chain.some((cause) => resets.includes(codeOf(cause)));
  return { kind: 'unreachable', reason: oneLine(reason.trim()), reset };
}

export interface ErrorLike {
  readonly message: string;
}

/** The error and its causes. They are known by their shape: Node's own may be of another realm than this code. */
function causes(error: ErrorLike): readonly ErrorLike[] {
  return 'cause' in error && isErrorLike(error.cause) ? [error, ...causes(error.cause)] : [error];
}

export function isErrorLike(value: unknown): value is ErrorLike {
  return (
    typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
  );
}

/** Whether the same request may succeed in a moment. */
export function mayHeal(trouble: Trouble, answeredBefore: boolean): boolean {
  if (trouble.kind === 'unreachable') return trouble.reset || answeredBefore;
  // Nobody wants to look at a terminal for longer than a minute.
  if (trouble.kind === 'secondary-limit') return trouble.waitMs <= 60_000;
  return trouble.kind === 'broken' || trouble.kind === 'server';
}

/** The failure that users see; `url` is what was asked for, `hasToken` whether a token was sent. */
export function failureOf(
  trouble: Trouble,
  { url, hasToken }: { readonly url: string; readonly hasToken: boolean },
  cause: unknown,
): Failure {
  const fail = (code: string, [what, remedy]: readonly [string, string]): Failure =>
    new Failure('surroundings', { code, what: `${url}: ${what}`, remedy, cause });
  switch (trouble.kind) {
    case 'unreachable':
      return fail(gitHubCodes.unreachable, [
        `no connection (${trouble.reason})`,
        'Check the network and server-api-url.',
      ]);
    case 'broken':
      return fail(gitHubCodes.failed, [`the answer broke off (${trouble.reason})`, 'Try again.']);
    case 'rate-limit':
      return fail(gitHubCodes.rateLimit, [
        'the rate limit of the GitHub API is used up',
        limitRemedy(untilText(trouble.resetAt), hasToken),
      ]);
    case 'secondary-limit':
      return fail(gitHubCodes.rateLimit, [
        'GitHub asks to send fewer requests (a secondary rate limit)',
        limitRemedy(waitText(trouble.waitMs), hasToken),
      ]);
    case 'server':
      return fail(gitHubCodes.failed, [`GitHub answered ${String(trouble.status)}`, 'Try again later.']);
    case 'permission':
      return fail(gitHubCodes.permission, [
        `GitHub answered ${String(trouble.status)} (${trouble.message})`,
        'Check that the token is valid for server-api-url and may read the contents of gotify/server, or pass none.',
      ]);
    case 'missing':
      return fail(gitHubCodes.missing, [
        'GitHub has nothing there',
        'Check server-api-url; a copy of gotify/server that is not public needs a token that may read it.',
      ]);
    case 'refused':
      return fail(gitHubCodes.answer, [
        `GitHub answered ${String(trouble.status)} (${trouble.message})`,
        'Check that server-api-url is the address of a GitHub API.',
      ]);
  }
}

function limitRemedy(when: string, hasToken: boolean): string {
  return hasToken
    ? `Wait ${when}: the limit is that of the token's owner, whatever else uses it.`
    : `Wait ${when}, or pass a token: it raises the limit.`;
}

function untilText(resetAt: number | null): string {
  return resetAt === null ? 'some minutes' : `until ${new Date(resetAt).toISOString().slice(0, 19)}Z`;
}

/** @param waitMs 0 where GitHub does not say */
function waitText(waitMs: number): string {
  if (waitMs <= 0) return 'some minutes';
  const seconds = Math.ceil(waitMs / 1000);
  return seconds < 120 ? `${String(seconds)} seconds` : `${String(Math.ceil(seconds / 60))} minutes`;
}

/** An answer that came whole and is not what the API documents. */
export function malformedAnswer(url: string, problem: string): Failure {
  return new Failure('surroundings', {
    code: gitHubCodes.answer,
    what: `${url}: the answer is not that of a GitHub API: ${oneLine(problem)}`,
    remedy:
      'Check that server-api-url is the address of a GitHub API and that no proxy answers in its place.',
  });
}

/** Foreign text for a message: one line without control characters, not too long. */
export function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what has to go
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 200);
}
