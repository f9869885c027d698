import { setTimeout as sleep } from 'node:timers/promises';
import { GitHub as Octokit } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { Failure } from '../errors.js';
import { gitHubCodes, serverRepository } from '../gotify/github.js';
import { BrokenAnswer, failureOf, malformedAnswer, mayHeal, troubleOf } from './github-errors.js';

export interface GitHubOptions {
  readonly apiUrl: string;
  /** `repos/OWNER/NAME`; gotify/server unless given. */
  readonly repository?: string;
  /** Sent to apiUrl's host only; see tokenFor. */
  readonly token: string | null;
  /** The wait before the first retry; the next ones take 4 and 9 times as long. */
  readonly retryDelayMs?: number;
  /** How long an API that has not answered yet may take. */
  readonly connectTimeoutMs?: number;
}

export interface Question {
  /** Below the repository's address, encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly accept: string;
  /** How many bytes the answer may have. */
  readonly limit: number;
  /** Milliseconds that one try may take. */
  readonly timeoutMs?: number;
}

export interface Answer {
  readonly url: string;
  readonly bytes: Uint8Array;
  /** Whether its Link header names a next page. */
  readonly hasNext: boolean;
}

export type Ask = (question: Question) => Promise<Answer>;

/** What a run has learnt about the API. */
interface Session {
  answered: boolean;
  unreachable: Failure | null;
}

/** Requests to one API: each gives the whole body of a good answer, or throws a Failure. */
export function askerAt(apiUrl: string, options: GitHubOptions): Ask {
  const session: Session = { answered: false, unreachable: null };
  const octokit = connect(apiUrl, { options, session });
  const repository = options.repository ?? serverRepository;
  return async ({ path, query = {}, accept, limit, timeoutMs = 30_000 }) => {
    if (session.unreachable !== null) throw session.unreachable;
    try {
      const { url, headers, data } = await octokit.request(`GET /${repository}/${path}`, {
        ...query,
        headers: { accept },
        // The answer's body is read here: Octokit takes a body that breaks off for an empty one.
        request: { parseSuccessResponseBody: false, limit, timeoutMs },
      });
      if (!(data instanceof Uint8Array)) throw malformedAnswer(url, 'it has no body');
      return { url, bytes: data, hasNext: /;\s*rel="next"/.test(headers.link ?? '') };
    } catch (error) {
      const asked = { url: `${apiUrl}/${repository}/${path}`, hasToken: options.token !== null };
      throw remember(session, asFailure(error, asked));
    }
  };
}

function asFailure(error: unknown, asked: Parameters<typeof failureOf>[1]): unknown {
  const trouble = troubleOf(error);
  return trouble === null ? error : failureOf(trouble, asked, error);
}

/** A host that cannot be reached is not waited for again in this run. */
function remember(session: Session, error: unknown): unknown {
  if (error instanceof Failure && error.code === gitHubCodes.unreachable) session.unreachable = error;
  return error;
}

interface Connection {
  readonly options: GitHubOptions;
  readonly session: Session;
}

function connect(apiUrl: string, { options, session }: Connection): InstanceType<typeof Octokit> {
  const silent = (): void => undefined;
  // Hooks wrap each other in the order in which they are added: the body is read within a try, and a try is judged
  // before it is made again.
  const octokit = new Octokit({
    baseUrl: apiUrl,
    userAgent: 'gotify-plugin-build',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    ...(options.token === null ? {} : { auth: options.token }),
  });
  octokit.hook.wrap('request', async (request, parameters) => {
    const { limit, timeoutMs } = limitsOf(parameters.request);
    const connectMs = options.connectTimeoutMs ?? 5000;
    const signal = AbortSignal.timeout(session.answered ? timeoutMs : Math.min(connectMs, timeoutMs));
    const response = await request({ ...parameters, request: { ...parameters.request, signal } });
    session.answered = true;
    const data = await readBody({ body: response.data, limit, url: response.url, parameters });
    return { ...response, data };
  });
  octokit.hook.error('request', async (error, parameters) => {
    const trouble = troubleOf(error);
    const retries = parameters.request ?? {};
    if (trouble === null || !mayHeal(trouble, session.answered)) retries['retries'] = 0;
    else if (trouble.kind === 'secondary-limit') await sleep(trouble.waitMs);
    if (trouble !== null && trouble.kind !== 'unreachable') session.answered = true;
    throw error;
  });
  retry(octokit, { retry: { doNotRetry: [], retryAfterBaseValue: options.retryDelayMs ?? 1000 } });
  return octokit;
}

function limitsOf(options: Readonly<Record<string, unknown>> | undefined): {
  limit: number;
  timeoutMs: number;
} {
  const { limit, timeoutMs } = options ?? {};
  return {
    limit: typeof limit === 'number' ? limit : 0,
    timeoutMs: typeof timeoutMs === 'number' ? timeoutMs : 30_000,
  };
}

interface Body {
  readonly body: unknown;
  readonly limit: number;
  readonly url: string;
  readonly parameters: object;
}

async function readBody({ body, limit, url, parameters }: Body): Promise<Uint8Array> {
  if (!isByteStream(body)) throw malformedAnswer(url, 'it has no body');
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      if (!(chunk instanceof Uint8Array)) throw malformedAnswer(url, 'its body is not bytes');
      size += chunk.length;
      if (size > limit) throw malformedAnswer(url, `it has more than ${String(limit)} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new BrokenAnswer({ ...parameters }, error);
  }
  return Buffer.concat(chunks);
}

function isByteStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
