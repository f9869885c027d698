import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { BaseFiles } from '../pipeline/check-ports.js';
import type { Runner } from '../ports.js';

export interface BaseSettings {
  readonly runner: Runner;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the checkout, absolute: paths at the API start here. */
  readonly workspace: string;
  /** Null outside Actions. */
  readonly api: { readonly url: string; readonly token: string | null } | null;
}

const PullRequest = v.object({
  pull_request: v.object({
    base: v.object({
      sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
      repo: v.object({ full_name: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/)) }),
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
  const base = ref === null ? await baseOfEvent(settings.env) : { ref, repository: null };
  if (base === null) return null;
  return {
    name: /^[0-9a-f]{40}$/.test(base.ref) ? base.ref.slice(0, 12) : base.ref,
    read: async (path) => {
      const found = await fromGit(path, base, settings);
      return found.kind === 'unknown' ? fromApi(path, base, settings) : found.text;
    },
  };
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

type GitAnswer = { readonly kind: 'known'; readonly text: string | null } | { readonly kind: 'unknown' };

/** Unknown where there is no git, no repository, or (as in a shallow checkout) no such commit in it. */
async function fromGit(path: string, { ref }: Base, { runner, env }: BaseSettings): Promise<GitAnswer> {
  const git = async (...args: string[]): Promise<{ exitCode: number; stdout: string } | null> => {
    const result = await runner.run({
      program: 'git',
      args: ['-C', dirname(path), ...args],
      env: Object.fromEntries(
        ['PATH', 'HOME'].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
      ),
    });
    return result.kind === 'exited' ? result : null;
  };
  const commit = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
  if (commit?.exitCode !== 0) return { kind: 'unknown' };
  const object = `${commit.stdout.trim()}:./${basename(path)}`;
  const file = await git('cat-file', 'blob', object);
  return { kind: 'known', text: file?.exitCode === 0 ? file.stdout : null };
}

async function fromApi(
  path: string,
  { ref, repository }: Base,
  settings: BaseSettings,
): Promise<string | null> {
  const { api, workspace } = settings;
  if (api === null || repository === null) {
    throw new Failure('surroundings', {
      code: 'base-unknown',
      what: `git knows no commit ${ref} here`,
      remedy: 'Fetch it first (actions/checkout with fetch-depth: 0), or set baseline: false.',
    });
  }
  const { repositoryFile } = await import('./github.js');
  return repositoryFile(
    { apiUrl: api.url, token: api.token, repository: `repos/${repository}` },
    { commit: ref, path: relative(workspace, path).split(sep).join('/') },
  );
}
