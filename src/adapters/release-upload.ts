import { createReadStream } from 'node:fs';
import {
  type ClientRequest,
  type IncomingMessage,
  request as httpRequest,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../errors.js';

/** What an upload sends. */
export type Source =
  | { readonly kind: 'file'; readonly path: string; readonly size: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

export interface Uploading {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: Source;
  readonly signal: AbortSignal;
}

/** Larger than Node's 64 kB: half the time for a large file. */
const chunkSize = 256 * 1024;

/**
 * POSTs bytes as a stream, so that memory does not grow with the file. fetch keeps a copy of every stream it sends, for
 * redirects (fetch standard, HTTP-network-or-cache fetch, step 8.1); an upload is not redirected.
 *
 * @throws what node:http throws; Failure (surroundings) `unreadable-file` for a file whose size changes meanwhile
 */
export async function postStream({ url, headers, source, signal }: Uploading): Promise<Response> {
  const size = source.kind === 'file' ? source.size : source.bytes.length;
  const agent = await proxyAgent(url);
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': String(size) },
    signal,
    ...(agent === undefined ? {} : { agent }),
  };
  const request = url.startsWith('https:') ? httpsRequest(url, options) : httpRequest(url, options);
  const answered = answerTo(request);
  // An error of the file destroys the request, which then says so.
  const sent = pipeline(streamOf(source), ofSize(source, size), request).catch((error: unknown) => {
    request.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  const response = await answered;
  const body = await buffer(response);
  // Refused before everything was sent: the rest is not.
  request.destroy();
  await sent;
  const { statusCode = 0 } = response;
  return new Response(statusCode === 204 ? null : new Uint8Array(body), {
    status: statusCode,
    headers: headersOf(response),
  });
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
}

function streamOf(source: Source): Readable {
  if (source.kind === 'bytes') return Readable.from([source.bytes]);
  return createReadStream(source.path, { highWaterMark: chunkSize });
}

/** A file that shrinks would leave the server waiting for the rest. */
function ofSize(source: Source, size: number): Transform {
  let passed = 0;
  const differs = (): Error =>
    fileFailure(source.kind === 'file' ? source.path : '', 'it changed while it was sent');
  return new Transform({
    transform: (chunk: Uint8Array, _encoding, done) => {
      passed += chunk.length;
      if (passed > size) done(differs());
      else done(null, chunk);
    },
    flush: (done) => done(passed === size ? null : differs()),
  });
}

/** The failure of a file that cannot be sent. */
export function fileFailure(file: string, problem: string, cause?: unknown): Failure {
  return new Failure('surroundings', {
    code: 'unreadable-file',
    what: `this file cannot be sent: ${problem}`,
    remedy: 'See what became of it, and build it again.',
    where: { kind: 'file', file },
    cause,
  });
}

async function proxyAgent(url: string): Promise<RequestOptions['agent']> {
  const { getProxyUrl } = await import('@actions/http-client/lib/proxy');
  if (getProxyUrl(new URL(url)) === undefined) return undefined;
  const { HttpClient } = await import('@actions/http-client');
  return new HttpClient().getAgent(url);
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
