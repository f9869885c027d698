import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { extractTar } from '@actions/tool-cache';
import { namesOfOwners, ownerText, removeDead } from '../build/owner.js';
import { stopped } from '../build/stopped.js';
import { timedOut } from '../build/timed-out.js';
import type { ToolchainInstaller, ToolchainRequest } from '../build/toolchain.js';
import { codeOf, Failure } from '../errors.js';
import { readCaller } from './caller.js';
import { createFiles } from './files.js';
import { fetchFor } from './proxied-fetch.js';

/** https://go.dev/dl/ publishes `<name>.linux-<arch>.tar.gz`, and its digest beside it as `.sha256`. */
export const goDownloadSite = 'https://go.dev/dl';

/** Go's name of 32-bit ARM in its archives is that of the lowest level that they run on. */
const archiveArchs: Readonly<Record<string, string>> = { arm: 'armv6l' };

export interface InstallerOptions {
  /** Base address of the download site. */
  readonly site: string;
  /** For what is worth telling with --verbose only. */
  readonly detail: (text: string) => void;
}

/** Toolchains from the Go download site, each checked against its published digest, and unpacked by the toolkit. */
export function createToolchainInstaller(options: InstallerOptions): ToolchainInstaller {
  return { install: (request) => install(request, options) };
}

async function install(request: ToolchainRequest, options: InstallerOptions): Promise<string> {
  const { name, arch, into, timeoutMinutes } = request;
  const goroot = join(into, `${name}.linux-${arch}`);
  if (await exists(join(goroot, 'VERSION'))) return goroot;
  const draft = await makeDraft(into);
  const url = `${options.site.replace(/\/+$/, '')}/${name}.linux-${archiveArchs[arch] ?? arch}.tar.gz`;
  try {
    await fetchAndUnpack(url, draft, { ...options, timeoutMinutes, stop: request.signal });
    await moveInPlace(join(draft, 'go'), goroot);
    return goroot;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Its name says whose it is: a run that was killed leaves half a toolchain, which the next one removes. */
async function makeDraft(into: string): Promise<string> {
  const [files, caller] = [createFiles(), readCaller()];
  await removeDead(
    { folder: into, pattern: namesOfOwners(String.raw`\.draft`) },
    { caller, now: Date.now(), files },
  );
  const draft = join(into, `.draft_${ownerText(caller)}_${randomUUID()}`);
  await files.makeDir(draft);
  return draft;
}

interface Fetching extends InstallerOptions {
  readonly timeoutMinutes: number;
  /** Ends it, whatever time is left. */
  readonly stop: AbortSignal | undefined;
}

async function fetchAndUnpack(url: string, draft: string, fetching: Fetching): Promise<void> {
  const archive = join(draft, 'go.tar.gz');
  const published = join(draft, 'sha256');
  const { stop } = fetching;
  const limit = AbortSignal.timeout(Math.min(fetching.timeoutMinutes * 60_000, longestTimer));
  const signal = stop === undefined ? limit : AbortSignal.any([limit, stop]);
  for (const [from, to] of [
    [`${url}.sha256`, published],
    [url, archive],
  ] as const) {
    fetching.detail(`download ${from}`);
    await download(from, to, signal).catch((error: unknown) => {
      if (stop?.aborted === true) throw stopped();
      throw limit.aborted ? timedOut(fetching.timeoutMinutes, `downloading ${from}`) : error;
    });
  }
  const wanted = /^\s*([0-9a-f]{64})\b/.exec(await readFile(published, 'utf8'))?.[1];
  const got = await sha256(archive);
  if (wanted !== got) throw wrongDigest({ url, wanted: wanted ?? 'no digest', got });
  try {
    await quietly(fetching.detail, async () => void (await extractTar(archive, draft, 'xz')));
  } catch (cause) {
    throw new Failure('surroundings', {
      code: 'toolchain-unpack-failed',
      what: `the archive ${url} could not be unpacked`,
      remedy: 'Check that tar and gzip are installed and that there is space on the disk.',
      cause,
    });
  }
}

/** Waits before another try, in milliseconds. */
const retryDelays = [1000, 4000];
const longestTimer = 2 ** 31 - 1;

/** To a file, whole. What may heal is tried again: no answer, one that breaks off, an error of the server's own. */
async function download(url: string, to: string, signal: AbortSignal): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await downloadOnce(url, to, signal);
    } catch (cause) {
      if (isNoSpace(cause)) throw cause;
      const delay = cause instanceof Refused ? undefined : retryDelays[tries];
      if (delay === undefined) throw unavailable(url, cause);
      await sleep(delay, undefined, { signal });
    }
  }
}

/** Of this machine's own disk. */
function isNoSpace(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** An answer that will be the same the next time. */
class Refused extends Error {}

async function downloadOnce(url: string, to: string, signal: AbortSignal): Promise<void> {
  const send = await fetchFor(url);
  const { ok, status, body } = await send(url, { signal, headers: { 'user-agent': 'gotify-plugin-build' } });
  if (ok && body !== null) return pipeline(body, createWriteStream(to), { signal });
  const said = `HTTP ${String(status)}`;
  throw status >= 500 || status === 408 || status === 429 ? new Error(said) : new Refused(said);
}

function unavailable(url: string, cause: unknown): Failure {
  return new Failure('surroundings', {
    code: 'toolchain-unavailable',
    what: `${url} could not be downloaded (${reasonOf(cause)})`,
    remedy:
      'Check the network, install Go 1.21 or newer (it fetches other releases itself), or use builder docker.',
    cause,
  });
}

/** `fetch failed` says nothing: its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message === '' ? String(Reflect.get(cause, 'code') ?? error.message) : cause.message;
}

function wrongDigest({
  url,
  wanted,
  got,
}: {
  readonly url: string;
  readonly wanted: string;
  readonly got: string;
}): Failure {
  return new Failure('surroundings', {
    code: 'toolchain-wrong-digest',
    what: `${url} is not what the site says it is: sha256 ${got}, published ${wanted}`,
    remedy: 'Try again; if it stays so, something between this machine and the site changes the file.',
  });
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Another run may have been faster: then its toolchain is as good. */
async function moveInPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(await exists(join(to, 'VERSION')))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** The toolkit prints debug commands and the programs that it starts; on a terminal they would be noise. */
async function quietly(detail: (text: string) => void, work: () => Promise<void>): Promise<void> {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  const divert = (text: string): boolean => {
    detail(text.trimEnd());
    return true;
  };
  stdout.write = (chunk: string | Uint8Array, ...rest: never[]): boolean =>
    typeof chunk === 'string' && /^(?:::debug::|\[command\])/.test(chunk)
      ? divert(chunk)
      : write(chunk, ...rest);
  try {
    await work();
  } finally {
    stdout.write = write;
  }
}
