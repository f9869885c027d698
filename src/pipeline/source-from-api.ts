import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { layOutTarball, type ArchivePorts } from '../plugin/archive.js';
import type { Files } from '../ports.js';
import { isPointer, lfsPointer, noSubmodule, notTheCommit } from './source-trouble.js';

/** The plugin's repository at GitHub, as far as its source is asked for. */
export interface SourceApi {
  /** The commit that a tag leads to, 40 hex digits; null: there is no such tag. Throws Failure. */
  commitOfTag(tag: string): Promise<string | null>;
  /** What a commit has. Throws Failure. */
  tree(commit: string): Promise<SourceTree>;
  /** Saves the source of a commit as a tar.gz file with one folder at its top. Throws Failure. */
  download(commit: string, file: string): Promise<void>;
}

/** Every file of a commit. */
export interface SourceTree {
  readonly entries: readonly TreeEntry[];
  /** False: the list is too long for GitHub. */
  readonly isWhole: boolean;
}

export interface TreeEntry {
  readonly kind: 'file' | 'link' | 'submodule';
  /** Relative to the top of the repository. */
  readonly path: string;
  /** Git's name of its content, 40 hex digits. */
  readonly sha: string;
}

export interface ApiSource {
  readonly commit: string;
  /** An existing, empty folder; absolute. */
  readonly into: string;
  /** A file that is not there, for the archive; absolute. */
  readonly archive: string;
}

export interface ApiPorts extends ArchivePorts {
  readonly source: SourceApi;
}

/**
 * Lays a commit out from GitHub's archive of it, and sees that it is the commit: archives may lack files, and never have
 * submodules nor, mostly, what Git LFS has.
 *
 * @throws Failure (input) `source-differs`, `no-submodule`, `lfs-pointer`; (surroundings) `no-source`, and what the API
 *   throws
 */
export async function layOutFromApi(request: ApiSource, ports: ApiPorts): Promise<void> {
  const { commit, into, archive } = request;
  const { source, files } = ports;
  // Asked first: what cannot be used is not downloaded.
  const { entries, isWhole } = await source.tree(commit);
  if (!isWhole) throw notTheCommit('there are too many files to compare', commit);
  const submodule = entries.find(({ kind }) => kind === 'submodule');
  if (submodule !== undefined) throw noSubmodule(submodule.path, commit);
  await source.download(commit, archive);
  await layOutTarball({ archive, dir: into }, ports);
  await files.remove(archive);
  for (const entry of entries) await compare(entry, request, files);
}

async function compare(
  { kind, path, sha }: TreeEntry,
  { commit, into }: ApiSource,
  files: Files,
): Promise<void> {
  const file = join(into, path);
  const isThere = kind === 'file' ? (await files.stat(file))?.kind === 'file' : await isLink(file, files);
  if (!isThere) throw notTheCommit(`it lacks ${path}`, commit);
  if (kind !== 'file') return;
  const content = Buffer.from(await files.readBytes(file));
  // An archive has the line ends that a checkout has: .gitattributes may ask for others than the commit's own.
  const isSame = [content, withoutReturns(content)].some((each) => blobName(each) === sha);
  if (!isSame) throw notTheCommit(`it has another ${path}`, commit);
  if (isPointer(content)) throw lfsPointer(path, commit);
}

/** Also one that leads nowhere. */
async function isLink(path: string, files: Files): Promise<boolean> {
  const folder = dirname(path);
  if ((await files.stat(folder))?.kind !== 'folder') return false;
  return (await files.list(folder)).includes(basename(path));
}

/** @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects (object storage) */
function blobName(content: Uint8Array): string {
  return createHash('sha1')
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest('hex');
}

function withoutReturns(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
