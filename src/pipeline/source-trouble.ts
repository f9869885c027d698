import { Failure } from '../errors.js';

/** Larger ones are none: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md (the pointer) */
export const mostPointerBytes = 1024;

/** Whether a file is what Git LFS has in a file's place until it is fetched. */
export function isPointer(content: Uint8Array): boolean {
  const start = 'version https://git-lfs.github.com/spec/';
  return content.length < mostPointerBytes && Buffer.from(content).toString('latin1').startsWith(start);
}

/** A file that would be built, and embedded, as the pointer that it is. */
export function lfsPointer(file: string, commit: string): Failure {
  return new Failure('input', {
    code: 'lfs-pointer',
    what: `of the commit ${short(commit)} there is only the Git LFS pointer of this file`,
    remedy: 'Check the repository out before, with fetch-depth: 0 and lfs: true.',
    where: { kind: 'file', file },
  });
}

export function noSubmodule(path: string, commit: string): Failure {
  return new Failure('input', {
    code: 'no-submodule',
    what: `the commit ${short(commit)} has a submodule here, whose files are not at hand`,
    remedy: 'Check the repository out before, with fetch-depth: 0 and submodules: recursive.',
    where: { kind: 'file', file: path },
  });
}

/** What GitHub's archive of a commit is not: .gitattributes can leave files out of archives, and change their text. */
export function notTheCommit(what: string, commit: string): Failure {
  return new Failure('input', {
    code: 'source-differs',
    what: `GitHub's archive of the commit ${short(commit)} is not all of it: ${what}`,
    remedy:
      'Check the repository out before, with fetch-depth: 0: export-ignore and export-subst in .gitattributes change archives only.',
  });
}

export function short(commit: string): string {
  return commit.slice(0, 12);
}
