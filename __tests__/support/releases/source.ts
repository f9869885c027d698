import { execFileSync } from 'node:child_process';
import { json, notFound, text, type Answer } from './answers.js';
import type { Site } from './routes.js';

// What GitHub makes of the commits of a repository: lists of their files, and archives. Real git does both.

/** More files are not listed: https://docs.github.com/en/rest/git/trees#get-a-tree (`truncated`) */
const mostEntries = 100_000;

/** @see https://docs.github.com/en/rest/git/trees#get-a-tree (`recursive`; a commit is taken for its tree) */
export function treeAnswer({ repository, hosts }: Site, commit: string): Answer {
  const lines = git(repository.source, 'ls-tree', '-r', '-t', '-z', '--long', commit).toString().split('\0');
  const tree = lines
    .filter((line) => line !== '')
    .map((line) => {
      const [, mode, type, sha, size, path] = /^(\d+) (\w+) (\w+) +(\d+|-)\t(.+)$/s.exec(line) ?? [];
      return { path, mode, type, sha, ...(size === '-' ? {} : { size: Number(size) }) };
    });
  const url = `${hosts.api}/repos/${hosts.repository}/git/trees/${commit}`;
  return json(200, {
    sha: commit,
    url,
    tree: tree.slice(0, mostEntries),
    truncated: tree.length > mostEntries,
  });
}

/**
 * The archive is on another host, at an address that has a token of its own where the repository is private.
 *
 * @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
 */
export function tarballAnswer({ repository, hosts }: Site, commit: string): Answer {
  requireCommit(repository.source, commit);
  const location = `${hosts.codeload}/${hosts.repository}/legacy.tar.gz/${commit}`;
  return { ...text(302, ''), headers: { location } };
}

/** An archive as codeload.github.com gives it: with one folder, OWNER-NAME-COMMIT, at its top. */
export function answerCodeload(url: URL, { repository, hosts }: Site): Answer {
  const start = `/${hosts.repository}/legacy.tar.gz/`;
  if (!url.pathname.startsWith(start)) throw notFound();
  const commit = url.pathname.slice(start.length);
  requireCommit(repository.source, commit);
  const top = `${hosts.repository.replace('/', '-')}-${commit.slice(0, 7)}/`;
  const body = [git(repository.source, 'archive', '--format=tar.gz', `--prefix=${top}`, commit)];
  return { status: 200, type: 'application/x-gzip', body };
}

function requireCommit(source: string | null, commit: string): void {
  git(source, 'cat-file', '-e', `${commit}^{commit}`);
}

function git(source: string | null, ...args: readonly string[]): Uint8Array {
  if (source === null) throw notFound();
  try {
    return execFileSync('git', ['-C', source, ...args], {
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    throw notFound();
  }
}
