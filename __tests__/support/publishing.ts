import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitHubReleases } from '../../src/adapters/github-releases.js';
import type { TargetName } from '../../src/build/target.js';
import type { PluginFile } from '../../src/publish/file.js';
import type { ReleaseApi } from '../../src/publish/release-api.js';
import type { PartRequest, PublishRequest } from '../../src/publish/request.js';
import { type Contents, type Releases, type ReleasesOptions, startReleases } from './releases/server.js';

export const writeToken = 'write-token';
export const commit = 'a'.repeat(40);
/** Longer than any upload is under way. */
export const anHour = 3_600_000;

/** The releases of a double, by the real adapter; it waits a millisecond at most. */
export function apiOf(double: Releases, token = writeToken, retryDelaysMs = [0, 1, 1]): ReleaseApi {
  return gitHubReleases({ apiUrl: double.apiUrl, repository: double.repository, token, retryDelaysMs });
}

/** Starts a double for the work, and ends it whatever happens. */
export async function withDouble<T>(
  options: ReleasesOptions,
  work: (double: Releases) => Promise<T>,
): Promise<T> {
  const double = await startReleases(options);
  try {
    return await work(double);
  } finally {
    await double.close();
  }
}

export async function tempDir(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'publishing-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export interface FileParts {
  readonly target?: TargetName;
  /** The lowest one names the file. */
  readonly servers?: readonly string[];
  /** What makes its bytes others. */
  readonly salt?: string;
  readonly size?: number;
}

/** A file that publishing takes; its bytes are its name, again and again. */
export async function pluginFile(dir: string, parts: FileParts = {}): Promise<PluginFile> {
  const { target = 'linux-amd64', servers = ['v2.9.1'], salt = '', size = 3000 } = parts;
  const name = `hello-${target}-for-gotify-${servers.at(-1) ?? ''}.so`;
  const bytes = Buffer.alloc(size, `${name} ${salt}\n`);
  const path = join(dir, `${name}.${salt}`);
  await writeFile(path, bytes);
  return {
    name,
    path,
    size,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    target,
    servers,
    goVersion: '1.26.0',
    modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.11.0' }],
    compared: 120,
  };
}

export function requestOf(files: readonly PluginFile[], more: Partial<PublishRequest> = {}): PublishRequest {
  return {
    tag: 'v1.0.0',
    commit,
    plugin: 'example.com/hello',
    files,
    added: [],
    onExisting: null,
    prerelease: false,
    draft: false,
    makeLatest: null,
    notes: true,
    left: [],
    ...more,
  };
}

export function partOf(request: PublishRequest, name: string, of: number): PartRequest {
  return { ...request, part: { name, of, run: '42', attempt: '1' } };
}

/** The text of an asset of the double's only release. */
export function textOf(double: Releases, name: string): string {
  const asset = double.releases.flatMap(({ assets }) => assets).find((each) => each.name === name);
  if (asset === undefined) throw new Error(`the double has no ${name}`);
  return Buffer.concat(asset.content).toString('utf8');
}

/** Names of the assets of the double's only release, sorted. */
export function namesOf(double: Releases): readonly string[] {
  return Object.keys(onlyRelease(double).assets).sort();
}

export function onlyRelease(double: Releases): Contents['releases'][number] {
  const [release, ...more] = double.contents().releases;
  if (release === undefined || more.length > 0)
    throw new Error(`there are ${String(more.length + 1)} releases`);
  return release;
}

/** Whether anybody ever saw a release that was not whole: for each publication the assets that it had. */
export function publications(double: Releases): readonly (readonly string[])[] {
  return double.changes.filter(({ kind }) => kind === 'published').map(({ names }) => [...names].sort());
}
