import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { downloadTool, extractTar } from '@actions/tool-cache';
import type { ToolchainInstaller, ToolchainRequest } from '../build/toolchain.js';
import { Failure } from '../errors.js';
import { createFiles } from './files.js';

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

/** Toolchains from the Go download site, by @actions/tool-cache, each checked against its published digest. */
export function createToolchainInstaller(options: InstallerOptions): ToolchainInstaller {
  return { install: (request) => install(request, options) };
}

async function install(request: ToolchainRequest, options: InstallerOptions): Promise<string> {
  const { name, arch, into } = request;
  const goroot = join(into, `${name}.linux-${arch}`);
  if (await exists(join(goroot, 'VERSION'))) return goroot;
  const draft = join(into, `.draft-${randomUUID()}`);
  const url = `${options.site.replace(/\/+$/, '')}/${name}.linux-${archiveArchs[arch] ?? arch}.tar.gz`;
  await createFiles().makeDir(draft);
  try {
    await quietly(options.detail, () => fetchAndUnpack(url, draft));
    await moveInPlace(join(draft, 'go'), goroot);
    return goroot;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function fetchAndUnpack(url: string, draft: string): Promise<void> {
  const archive = join(draft, 'go.tar.gz');
  const published = join(draft, 'sha256');
  await download(`${url}.sha256`, published);
  await download(url, archive);
  const wanted = /^\s*([0-9a-f]{64})\b/.exec(await readFile(published, 'utf8'))?.[1];
  const got = await sha256(archive);
  if (wanted !== got) throw wrongDigest({ url, wanted: wanted ?? 'no digest', got });
  try {
    await extractTar(archive, draft, 'xz');
  } catch (cause) {
    throw new Failure('surroundings', {
      code: 'toolchain-unpack-failed',
      what: `the archive ${url} could not be unpacked`,
      remedy: 'Check that tar and gzip are installed and that there is space on the disk.',
      cause,
    });
  }
}

async function download(url: string, to: string): Promise<void> {
  try {
    await downloadTool(url, to);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure('surroundings', {
      code: 'toolchain-unavailable',
      what: `${url} could not be downloaded (${reason})`,
      remedy:
        'Check the network, install Go 1.21 or newer (it fetches other releases itself), or use builder docker.',
      cause,
    });
  }
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
