import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, relative, sep } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { BaseFiles } from '../pipeline/check-ports.js';
import { gitIn, type Git } from '../plugin/git.js';
import type { Runner } from '../ports.js';

export interface BaseSettings {
  readonly runner: Runner;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the checkout, absolute: paths at the API start here. */
  readonly workspace: string;
  /** Null outside Actions. */
  readonly api: { readonly url: string; readonly token: string | null } | null;
}

const RepositoryName = v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/));

const PullRequest = v.object({
  pull_request: v.object({
    base: v.object({
      sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
      repo: v.object({ full_name: RepositoryName }),
    }),
  }),
});

/** What is compared with: a commit, and where the API has it. */
interface Base {
  readonly ref: string;
  /** `OWNER/NAME`; null: git alone may know it. */
  readonly repository: string | null;
}

/**
 * The files of the pull request's base, or of a ref: from git where it has the commit, else over the API. Null where
 * the event is no pull request and no ref is given.
 *
 * @throws Failure (surroundings) where the event cannot be read, or neither git nor the API can be asked
 */
export async function openBase(ref: string | null, settings: BaseSettings): Promise<BaseFiles | null> {
  const { env } = settings;
  const base = ref === null ? await baseOfEvent(env) : { ref, repository: ownRepository(env) };
  if (base === null) return null;
  let api: ReturnType<typeof apiFiles> | null = null;
  return {
    name: /^[0-9a-f]{40}$/.test(base.ref) ? base.ref.slice(0, 12) : base.ref,
    read: async (path) => {
      const found = await fromGit(path, base, settings);
      if (found.kind === 'known') return found.text;
      // One connection for all files: an address that nobody answers at is tried once.
      const read = await (api ??= apiFiles(base, settings));
      return read(found.place ?? (await placeIn(settings.workspace, path)));
    },
  };
}

function ownRepository({ GITHUB_REPOSITORY: name }: BaseSettings['env']): string | null {
  return v.is(RepositoryName, name) ? name : null;
}

async function baseOfEvent(env: BaseSettings['env']): Promise<Base | null> {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path = '' } = env;
  if (!/^pull_request(?:_target)?$/.test(name) || path === '') return null;
  try {
    const event = v.parse(PullRequest, JSON.parse(await readFile(path, 'utf8')));
    const { sha, repo } = event.pull_request.base;
    return { ref: sha, repository: repo.full_name };
  } catch (cause) {
    throw new Failure('surroundings', {
      code: 'event-unreadable',
      what: `the event of this pull request cannot be read (${path})`,
      remedy: 'Set baseline: false, or name what to compare with as base.',
      cause,
    });
  }
}

type GitAnswer =
  | { readonly kind: 'known'; readonly text: string | null }
  /** `place`: the file's path in the repository, where git can tell it. */
  | { readonly kind: 'unknown'; readonly place: string | null };

/** Unknown where there is no git, no repository, or (as in a shallow checkout) no such commit in it. */
async function fromGit(path: string, base: Base, settings: BaseSettings): Promise<GitAnswer> {
  const git = gitIn(dirname(path), settings);
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${base.ref}^{commit}`);
  const text = commit === null ? null : await git('cat-file', 'blob', `${commit.trim()}:./${basename(path)}`);
  if (text !== null) return { kind: 'known', text };
  // Where files are fetched one by one (a partial clone), one that is listed may still be missing.
  const listed = commit === null ? null : await git('ls-tree', commit.trim(), '--', basename(path));
  if (listed === '') return { kind: 'known', text: null };
  return { kind: 'unknown', place: await placeByGit(path, base, git) };
}

/** The repository need not lie at the workspace itself; of another repository's checkout nothing is known. */
async function placeByGit(path: string, { repository }: Base, git: Git): Promise<string | null> {
  if (repository === null) return null;
  const origin = (await git('config', '--get', 'remote.origin.url'))?.trim().toLowerCase() ?? '';
  const name = origin
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .slice(-2)
    .join('/');
  if (name !== repository.toLowerCase()) return null;
  const prefix = await git('rev-parse', '--show-prefix');
  return prefix === null ? null : `${prefix.replace(/\n$/, '')}${basename(path)}`;
}

/** A path below the workspace as the API takes it. Throws Failure for one outside of it. */
async function placeIn(workspace: string, path: string): Promise<string> {
  const way = relative(await realpath(workspace), path);
  if (!isAbsolute(way) && way.split(sep)[0] !== '..') return way.split(sep).join('/');
  throw new Failure('surroundings', {
    code: 'outside-workspace',
    what: 'it lies outside of the workspace',
    remedy: 'Check the repository out below the workspace, or set baseline: false.',
  });
}

async function apiFiles(
  { ref, repository }: Base,
  { api }: BaseSettings,
): Promise<(path: string) => Promise<string | null>> {
  if (api === null || repository === null) {
    throw new Failure('surroundings', {
      code: 'base-unknown',
      what: `git knows no commit ${ref} here`,
      remedy: 'Fetch it first (actions/checkout with fetch-depth: 0), or set baseline: false.',
    });
  }
  const { repositoryFiles } = await import('./github.js');
  // A branch as a clone calls it.
  const name = ref.replace(/^(?:refs\/remotes\/)?origin\//, '');
  return repositoryFiles({ apiUrl: api.url, token: api.token, repository: `repos/${repository}` }, name);
}
