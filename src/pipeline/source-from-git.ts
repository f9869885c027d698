import { join } from 'node:path';
import { gitIn, type Git } from '../plugin/git.js';
import type { Files, Runner } from '../ports.js';
import { isPointer, lfsPointer, mostPointerBytes, noSubmodule } from './source-trouble.js';

export interface GitSource {
  /** A folder of the repository; absolute. */
  readonly repository: string;
  readonly commit: string;
  /** An existing, empty folder; absolute. */
  readonly into: string;
  /** A file that is not there, for git's index of what is laid out; absolute. */
  readonly index: string;
  /** What Git LFS or a submodule should give and is not here: `refused`, or left as the commit alone has it. */
  readonly absent: 'refused' | 'left';
}

export interface GitPorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The repository's own settings that would have git do more than writing files, or less. */
const settings = [
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.splitIndex=false'],
  ...['core.sparseCheckout=false', 'submodule.recurse=false'],
].flatMap((setting) => ['-c', setting]);

/** Its files may be large, and are asked for over the network. */
const withoutLfs = ['smudge=', 'process=', 'required=false'].flatMap((setting) => [
  '-c',
  `filter.lfs.${setting}`,
]);

/**
 * Lays a commit out as a checkout of it would: with what .gitattributes says of line ends, the filters that git is
 * configured to use (Git LFS, unless what it has may be left), and its submodules. What .gitattributes keeps out of
 * archives is there too. The repository, its index and its files stay as they are.
 *
 * @returns false where git has not all of the commit; the folder may have a part of it then
 * @throws Failure (input) `lfs-pointer`, `no-submodule`, where that is refused
 */
export async function layOutFromGit(source: GitSource, ports: GitPorts): Promise<boolean> {
  const { repository, commit, into, index, absent } = source;
  const here = gitIn(repository, ports);
  if ((await here('cat-file', '-e', `${commit}^{commit}`)) === null) return false;
  const gitDir = (await here('rev-parse', '--absolute-git-dir'))?.trim() ?? '';
  const inside = gitIn(into, ports, { GIT_INDEX_FILE: index });
  const own = [...settings, ...(absent === 'left' ? withoutLfs : [])];
  const git: Git = (...args) => inside(`--git-dir=${gitDir}`, `--work-tree=${into}`, ...own, ...args);
  if ((await git('read-tree', '--reset', '-u', commit)) === null) return false;
  if (absent === 'refused') await refusePointers({ ...source, git }, ports);
  await layOutSubmodules({ ...source, git }, ports);
  return true;
}

interface LaidOut extends GitSource {
  /** Knows the index of what was laid out. */
  readonly git: Git;
}

/** Where Git LFS is not set up, or may not fetch, its pointers are all there is. */
async function refusePointers({ git, into, commit }: LaidOut, { files }: GitPorts): Promise<void> {
  for (const path of listed(await git('ls-files', '-z', '--', ':(attr:filter=lfs)'))) {
    const file = join(into, path);
    const found = await files.stat(file);
    if (found?.kind !== 'file' || found.size >= mostPointerBytes) continue;
    if (isPointer(await files.readBytes(file))) throw lfsPointer(path, commit);
  }
}

/** A submodule is laid out from where it is checked out in the repository. */
async function layOutSubmodules({ git, ...source }: LaidOut, ports: GitPorts): Promise<void> {
  for (const line of listed(await git('ls-files', '-z', '--stage'))) {
    const [, commit = '', path = ''] = /^160000 ([0-9a-f]+) 0\t(.+)$/s.exec(line) ?? [];
    if (path === '') continue;
    const part = {
      absent: source.absent,
      repository: join(source.repository, path),
      commit,
      into: join(source.into, path),
      index: `${source.index}-${commit}`,
    };
    await ports.files.makeDir(part.into);
    const isThere = (await isRepository(part.repository, ports)) && (await layOutFromGit(part, ports));
    if (isThere) continue;
    if (source.absent === 'refused') throw noSubmodule(path, source.commit);
    // A part of it would be taken for the whole.
    await ports.files.remove(part.into);
    await ports.files.makeDir(part.into);
  }
}

/** In a submodule's folder that is empty git would find the repository around it. */
async function isRepository(folder: string, ports: GitPorts): Promise<boolean> {
  if ((await ports.files.stat(folder))?.kind !== 'folder') return false;
  const top = (await gitIn(folder, ports)('rev-parse', '--show-toplevel'))?.trim() ?? '';
  return top !== '' && (await ports.files.realPath(top)) === (await ports.files.realPath(folder));
}

function listed(output: string | null): readonly string[] {
  return (output ?? '').split('\0').filter((item) => item !== '');
}
