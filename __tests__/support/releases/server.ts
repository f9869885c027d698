import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { close, listen } from '../local-server.js';
import { type Access, Gatekeeper } from './access.js';
import { Refusal, text, type Answer } from './answers.js';
import { faultAnswer, Faults } from './faults.js';
import { answerObjects } from './objects.js';
import type { Fault, ReleasesOptions } from './options.js';
import { answerApi, type Site } from './routes.js';
import type { Hosts } from './shapes.js';
import { answerCodeload } from './source.js';
import { type Change, type ReleaseState, Repository } from './state.js';
import { begin, upload, type UploadCount, type UploadRequest } from './upload.js';

export type { Fault, FaultKind, ReleasesOptions, SeedAsset, SeedRelease, TokenRules } from './options.js';
export type { AssetState, Change, ReleaseState } from './state.js';

/** GitHub's releases of one repository, as a real HTTP server that keeps state. */
export interface Releases {
  readonly apiUrl: string;
  /** Another host than the API, as uploads.github.com is. */
  readonly uploadUrl: string;
  /** A third one, for the bytes of assets. */
  readonly objectsUrl: string;
  /** A fourth one, for archives of commits. */
  readonly codeloadUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** Every request so far, of all hosts. */
  readonly requests: readonly LoggedRequest[];
  /** What changed, in order. */
  readonly changes: readonly Change[];
  /** What is there now, the oldest first: to look at. */
  readonly releases: readonly ReleaseState[];
  readonly tags: ReadonlyMap<string, string>;
  /** How many uploads were under way at once, at most. */
  readonly mostUploads: number;
  /** Everything that is there as plain data, without ids and dates: two runs that ended alike give the same. */
  contents(): Contents;
  /** From now on; requests are counted from 1 again. */
  fail(fault: Fault | null): void;
  /** Switches immutable releases on or off, for what is published from now on. */
  setImmutable(immutable: boolean): void;
  /** Somebody moves a tag; null: deletes it. */
  setTag(tag: string, commit: string | null): void;
  /** Lets time pass, by the clock of the double: what was uploaded until now is older. */
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export interface LoggedRequest {
  readonly host: 'api' | 'upload' | 'objects' | 'codeload';
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** The whole Authorization header; null where none was sent. */
  readonly authorization: string | null;
  /** 0: none was sent (yet). */
  status: number;
}

export interface Contents {
  readonly tags: Readonly<Record<string, string>>;
  readonly latest: string | null;
  readonly releases: readonly {
    readonly tag: string;
    readonly name: string;
    readonly body: string;
    readonly draft: boolean;
    readonly prerelease: boolean;
    readonly immutable: boolean;
    /** Name -> `uploaded 123 sha256:...`. */
    readonly assets: Readonly<Record<string, string>>;
  }[];
}

type Host = LoggedRequest['host'];

/** Starts it, on free ports. */
export async function startReleases(options: ReleasesOptions = {}): Promise<Releases> {
  const double = new Double(options);
  await double.start();
  return double;
}

const ownTokens = { 'write-token': { contents: 'write' }, 'read-token': { contents: 'read' } } as const;

class Double implements Releases {
  readonly requests: LoggedRequest[] = [];
  readonly repository: string;
  readonly #options: ReleasesOptions;
  readonly #state: Repository;
  readonly #faults: Faults;
  readonly #gate: Gatekeeper;
  readonly #servers: Server[] = [];
  readonly #uploads: UploadCount = { now: 0, most: 0 };
  #passed = 0;
  #hosts: Hosts;

  constructor(options: ReleasesOptions) {
    this.#options = options;
    this.repository = options.repository ?? 'octo/plugin';
    this.#state = new Repository(options, () => this.#now());
    this.#faults = new Faults(options.fault ?? null);
    const { isPrivate = false, tokens = ownTokens } = options;
    this.#gate = new Gatekeeper({ isPrivate, tokens });
    this.#hosts = { api: '', upload: '', objects: '', codeload: '', repository: this.repository };
  }

  get apiUrl(): string {
    return this.#hosts.api;
  }

  get uploadUrl(): string {
    return this.#hosts.upload;
  }

  get objectsUrl(): string {
    return this.#hosts.objects;
  }

  get codeloadUrl(): string {
    return this.#hosts.codeload;
  }

  get releases(): readonly ReleaseState[] {
    return this.#state.releases;
  }

  get tags(): ReadonlyMap<string, string> {
    return this.#state.tags;
  }

  get changes(): readonly Change[] {
    return this.#state.changes;
  }

  get mostUploads(): number {
    return this.#uploads.most;
  }

  async start(): Promise<void> {
    const { api = 0, upload = 0 } = this.#options.ports ?? {};
    this.#hosts = {
      repository: this.repository,
      api: `http://127.0.0.1:${String(await this.#serve('api', '127.0.0.1', api))}`,
      upload: `http://127.0.0.1:${String(await this.#serve('upload', '127.0.0.1', upload))}`,
      // A name and an address are two hosts to a client.
      objects: `http://localhost:${String(await this.#serve('objects', 'localhost', 0))}`,
      codeload: `http://localhost:${String(await this.#serve('codeload', 'localhost', 0))}`,
    };
  }

  contents(): Contents {
    const { releases, tags, latest } = this.#state;
    return {
      tags: Object.fromEntries(tags),
      latest: releases.find(({ id }) => id === latest)?.tag ?? null,
      releases: releases.map(({ tag, name, body, draft, prerelease, immutable, assets }) => {
        const shown = assets.map((each) => [
          each.name,
          `${each.state} ${String(each.size)} ${String(each.digest)}`,
        ]);
        return { tag, name, body, draft, prerelease, immutable, assets: Object.fromEntries(shown.sort()) };
      }),
    };
  }

  fail(fault: Fault | null): void {
    this.#faults.set(fault);
  }

  setImmutable(immutable: boolean): void {
    this.#state.immutable = immutable;
  }

  setTag(tag: string, commit: string | null): void {
    if (commit === null) this.#state.tags.delete(tag);
    else this.#state.tags.set(tag, commit);
  }

  advance(milliseconds: number): void {
    this.#passed += milliseconds;
  }

  #now(): number {
    return Date.now() + this.#passed;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => close(server)));
  }

  async #serve(host: Host, address: string, port: number): Promise<number> {
    const server = createServer((request, response) => void this.#exchange(host, request, response));
    this.#servers.push(server);
    return listen(server, address, port);
  }

  async #exchange(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const entry: LoggedRequest = {
      host,
      method,
      path,
      authorization: headers.authorization ?? null,
      status: 0,
    };
    this.requests.push(entry);
    const fault = this.#faults.next();
    if (this.#options.latencyMs !== undefined) await sleep(this.#options.latencyMs);
    const answer = await this.#outcome(host, request, fault);
    if (answer === 'cut') {
      request.socket.resetAndDestroy();
      return;
    }
    entry.status = answer.status;
    response.setHeader('date', new Date(this.#now()).toUTCString());
    send(response, answer, fault?.kind === 'half-body');
  }

  async #outcome(host: Host, request: IncomingMessage, fault: Fault | null): Promise<Answer | 'cut'> {
    if (fault?.kind === 'reset') return 'cut';
    try {
      const instead = fault === null ? null : faultAnswer(fault);
      if (instead !== null) {
        if (fault?.kind === 'status502' && host === 'upload')
          begin(this.#uploadOf(request, false), this.#site());
        await drained(request);
        return instead;
      }
      const answer = await this.#answer(host, request, fault);
      return fault?.kind === 'answer-lost' ? 'cut' : answer;
    } catch (error) {
      await drained(request);
      if (error instanceof Refusal) return fault?.kind === 'answer-lost' ? 'cut' : error.answer;
      return text(
        500,
        `the double has a bug: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      );
    }
  }

  async #answer(host: Host, request: IncomingMessage, fault: Fault | null): Promise<Answer | 'cut'> {
    const url = new URL(request.url ?? '/', 'http://double');
    const isCut = fault?.kind === 'half-body' && request.method !== 'GET';
    if (host === 'objects') return whole(answerObjects(request, url, this.#site()), fault);
    if (host === 'codeload') return whole(answerCodeload(url, this.#site()), fault);
    if (host === 'upload') {
      const uploaded = await upload(this.#uploadOf(request, isCut), this.#site(), this.#uploads);
      return uploaded.kind === 'cut' ? 'cut' : uploaded.answer;
    }
    const access = this.#accessOf(request);
    const body = await drained(request);
    if (isCut) return 'cut';
    const { method = 'GET', headers } = request;
    return whole(answerApi({ method, url, accept: headers.accept ?? '', access, body }, this.#site()), fault);
  }

  #uploadOf(request: IncomingMessage, cutsAtHalf: boolean): UploadRequest {
    const url = new URL(request.url ?? '/', 'http://double');
    const maxBytes = this.#options.maxAssetBytes ?? 2 ** 31 - 1;
    return { request, url, access: this.#accessOf(request), maxBytes, cutsAtHalf };
  }

  #accessOf(request: IncomingMessage): Access {
    return this.#gate.accessOf(request.headers.authorization);
  }

  #site(): Site {
    return { repository: this.#state, gate: this.#gate, hosts: this.#hosts };
  }
}

/** An answer without a body cannot break off in its middle: it is cut before. */
function whole(answer: Answer, fault: Fault | null): Answer | 'cut' {
  return fault?.kind === 'half-body' && answer.body.every(({ length }) => length === 0) ? 'cut' : answer;
}

/** The rest of the body; of one that breaks off what there is. */
async function drained(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
  } catch {
    // Whoever sent it is gone.
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, type, headers, body }: Answer, isCut: boolean): void {
  const bytes = Buffer.concat(body);
  response.writeHead(status, {
    ...(type === '' ? {} : { 'content-type': type }),
    ...(status === 204 ? {} : { 'content-length': String(bytes.length) }),
    'x-github-request-id': 'DOUBLE',
    ...headers,
  });
  if (!isCut) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.resetAndDestroy());
}
