import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { close, listen } from '../local-server.js';
import { ResultsService, type StoredArtifact } from './service.js';
import { BlobStorage } from './storage.js';
import { idsOf } from './token.js';

export type { StoredArtifact } from './service.js';
export { runtimeToken, type JobIds } from './token.js';

/** GitHub's artifacts, as @actions/artifact sees them: a real results service and a storage on another host. */
export interface Artifacts {
  /** For ACTIONS_RESULTS_URL. */
  readonly url: string;
  /** What arrived, finished or not, in the order of creation. */
  readonly artifacts: readonly StoredArtifact[];
  readonly requests: readonly ArtifactRequest[];
  /** Makes the next matching requests fail; the newest rule counts. */
  fail(fault: ArtifactFault): void;
  close(): Promise<void>;
}

export interface ArtifactRequest {
  /** `CreateArtifact`, ..., or `PUT`, `GET` of the storage. */
  readonly call: string;
  readonly authorization: string | null;
}

export interface ArtifactFault {
  readonly call: string;
  /** How many requests it hits; absent: all of them. */
  readonly times?: number;
  /** `reset`: the connection is cut. */
  readonly reply: 'reset' | { readonly status: number; readonly msg: string };
}

export async function startArtifacts(): Promise<Artifacts> {
  const double = new ArtifactsDouble();
  await double.start();
  return double;
}

class ArtifactsDouble implements Artifacts {
  url = '';
  readonly requests: ArtifactRequest[] = [];
  readonly #service = new ResultsService();
  readonly #storage = new BlobStorage();
  readonly #faults: { readonly fault: ArtifactFault; left: number }[] = [];
  readonly #servers: Server[] = [];

  get artifacts(): readonly StoredArtifact[] {
    return this.#service.artifacts;
  }

  async start(): Promise<void> {
    const results = await this.#serve('127.0.0.1', (request, response) => this.#results(request, response));
    const storage = await this.#serve('localhost', (request, response) => this.#blobs(request, response));
    this.url = `http://127.0.0.1:${String(results)}/`;
    this.#service.storageUrl = `http://localhost:${String(storage)}`;
  }

  fail(fault: ArtifactFault): void {
    this.#faults.unshift({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => close(server)));
  }

  async #results(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { authorization } = request.headers;
    const [, method] =
      /\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (this.#isHandled({ call: method ?? '', request, response })) return;
    const ids = idsOf(authorization);
    if (method === undefined || ids === null) {
      sendJson(response, ids === null ? 401 : 404, { code: 'unauthenticated', msg: 'not authorized' });
      return;
    }
    const fields = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const { status, value } = this.#service.answer(method, fields, ids);
    sendJson(response, status, value);
  }

  async #blobs(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const url = new URL(request.url ?? '/', 'http://storage');
    const body = await bodyOf(request);
    if (this.#isHandled({ call: method, request, response })) return;
    const artifact = this.#service.byId(Number(/^\/artifacts\/(\d+)\.zip$/.exec(url.pathname)?.[1]));
    if (artifact === undefined || !url.searchParams.has('sig')) {
      response.writeHead(403).end();
      return;
    }
    const { status, body: bytes } = this.#storage.answer(artifact, { method, url, body });
    response
      .writeHead(status, { etag: '"0x1"', 'x-ms-request-id': 'DOUBLE', 'x-ms-version': '2025-01-05' })
      .end(bytes);
  }

  /** Logs the request, and lets it fail if it shall. */
  #isHandled({ call, request, response }: Exchange): boolean {
    this.requests.push({ call, authorization: request.headers.authorization ?? null });
    const hit = this.#faults.find(({ fault, left }) => left > 0 && fault.call === call);
    if (hit === undefined) return false;
    hit.left -= 1;
    const { reply } = hit.fault;
    if (reply === 'reset') request.socket.resetAndDestroy();
    else sendJson(response, reply.status, { code: 'error', msg: reply.msg });
    return true;
  }

  async #serve(
    host: string,
    answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  ): Promise<number> {
    const server = createServer((request, response) => void answer(request, response));
    this.#servers.push(server);
    return listen(server, host, 0);
  }
}

interface Exchange {
  readonly call: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
