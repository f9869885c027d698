import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { BaseFiles } from '../pipeline/check-ports.js';
import { layOutTarball } from '../plugin/archive.js';
import { gitIn, type Git } from '../plugin/git.js';
import type { Files, Runner } from '../ports.js';
import type { RepositoryAt } from './github.js';

export interface BaseSettings {
  readonly runner: Runner;
  readonly files: Files;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder of the checkout, absolute: paths at the API start here. */
  readonly workspace: string;
  /** Null outside Actions. */
  readonly api: { readonly url: string; readonly token: string | null } | null;
}

/** Not `..`: it becomes part of an address. */
const RepositoryName = v.pipe(v.string(), v.regex(/^[\w.-]*\w[\w.-]*\/[\w.-]*\w[\w.-]*$/));
const Sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/));

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
const PullRequest = v.object({
  pull_request: v.object({
    base: v.object({ sha: Sha, repo: v.object({ full_name: RepositoryName }) }),
    head: v.object({ sha: Sha }),
  }),
});

/** Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#merge_group */
const MergeGroup = v.object({
  merge_group: v.object({ base_sha: Sha }),
  repository: v.object({ full_name: RepositoryName }),
});

/** What is compared with: a commit, and where the API has it. */
interface Base {
  readonly ref: string;
  /** `OWNER/NAME`; null: git alone may know it. */
  readonly repository: string | null;
}

/**
 * The files before the change of a pull request or merge group, or those of a ref: from git where it has the commit,
 * else over the API. Null where the event is none of these and no ref is given.
 *
 * @param folder in the checkout of the change, absolute
 * @throws Failure (surroundings) where the event cannot be read, or neither git nor the API can be asked
 */
export async function openBase(
  { ref, folder }: { readonly ref: string | null; readonly folder: string },
  settings: BaseSettings,
): Promise<BaseFiles | null> {
  const { env } = settings;
  const base =
    ref === null ? await baseOfEvent(gitIn(folder, settings), env) : { ref, repository: ownRepository(env) };
  return base === null ? null : new FilesOfBase(base, settings);
}

function ownRepository({ GITHUB_REPOSITORY: name }: BaseSettings['env']): string | null {
  return v.is(RepositoryName, name) ? name : null;
}

async function baseOfEvent(git: Git, env: BaseSettings['env']): Promise<Base | null> {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path = '' } = env;
  if (!/^(?:pull_request(?:_target)?|merge_group)$/.test(name) || path === '') return null;
  try {
    const event: unknown = JSON.parse(await readFile(path, 'utf8'));
    return name === 'merge_group' ? baseOfGroup(event) : await baseOfPullRequest(event, git);
  } catch (cause) {
    throw new Failure('surroundings', {
      code: 'event-unreadable',
      what: `the event of this ${name === 'merge_group' ? 'merge group' : 'pull request'} cannot be read (${path})`,
      remedy: 'Set baseline: false, or name what to compare with as base.',
      cause,
    });
  }
}

function baseOfGroup(event: unknown): Base {
  const { merge_group: group, repository } = v.parse(MergeGroup, event);
  return { ref: group.base_sha, repository: repository.full_name };
}

async function baseOfPullRequest(event: unknown, git: Git): Promise<Base> {
  const { base, head } = v.parse(PullRequest, event).pull_request;
  return { ref: (await mergedInto(head.sha, git)) ?? base.sha, repository: base.repo.full_name };
}

/**
 * What is checked out for a pull request is GitHub's merge of it, into a base that may be newer than the event's: what
 * others brought since is no change of this one. Null where something else is checked out. The commit itself names its
 * parents, also where a shallow clone has none of them.
 */
async function mergedInto(head: string, git: Git): Promise<string | null> {
  const [header = ''] = (await git('cat-file', 'commit', 'HEAD'))?.split('\n\n') ?? [];
  const [base, merged, ...more] = [...header.matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, sha]) => sha);
  return base !== undefined && merged === head && more.length === 0 ? base : null;
}

class FilesOfBase implements BaseFiles {
  readonly name: string;
  private readonly laidOut = new Map<string, Promise<void>>();
  private api: Promise<RepositoryAt> | null = null;

  constructor(
    private readonly base: Base,
    private readonly settings: BaseSettings,
  ) {
    this.name = /^[0-9a-f]{40}$/.test(base.ref) ? base.ref.slice(0, 12) : base.ref;
  }

  async read(path: string): Promise<string | null> {
    const git = gitIn(dirname(path), this.settings);
    const known = await this.readByGit(path, git);
    if (known !== undefined) return known;
    const api = await this.openApi();
    return api.file(await placeIn(await this.root(git), path));
  }

  async layOut(folder: string, into: string): Promise<string> {
    const git = gitIn(folder, this.settings);
    const commit = await this.commit(git);
    const top = commit === null ? null : await topOf(git);
    if (top === null) await this.openApi();
    const root = top ?? (await this.root(git));
    await placeIn(root, folder);
    const known = this.laidOut.get(root) ?? this.layOutAll({ commit, top, root }, into);
    this.laidOut.set(root, known);
    await known;
    return join(into, folder);
  }

  private async layOutAll(
    {
      commit,
      top,
      root,
    }: { readonly commit: string | null; readonly top: string | null; readonly root: string },
    into: string,
  ): Promise<void> {
    const { files } = this.settings;
    const dir = join(into, root);
    await files.makeDir(dir);
    if (commit !== null && top !== null && (await this.layOutByGit({ top, commit, dir }))) return;
    await files.remove(dir);
    const archive = `${dir}.tar.gz`;
    await files.makeDir(dir);
    await files.write(archive, await (await this.openApi()).archive());
    await layOutTarball({ archive, dir }, this.settings);
    await files.remove(archive);
  }

  private async layOutByGit({
    top,
    commit,
    dir,
  }: Record<'top' | 'commit' | 'dir', string>): Promise<boolean> {
    // Loaded here, as lines are judged without laying out anything.
    const { layOutFromGit } = await import('../pipeline/source-from-git.js');
    const { files } = this.settings;
    const indexes = `${dir}.index`;
    await files.makeDir(indexes);
    const source = {
      repository: top,
      commit,
      into: dir,
      index: join(indexes, 'index'),
      absent: 'left',
    } as const;
    const isThere = await layOutFromGit(source, this.settings);
    await files.remove(indexes);
    return isThere;
  }

  /** Null where there is no git, no repository, or (as in a shallow checkout) no such commit in it. */
  private async commit(git: Git): Promise<string | null> {
    const ref = `${this.base.ref}^{commit}`;
    return (await git('rev-parse', '--verify', '--quiet', '--end-of-options', ref))?.trim() ?? null;
  }

  /** Null: git knows that it was not there. Undefined: git does not know. */
  private async readByGit(path: string, git: Git): Promise<string | null | undefined> {
    const commit = await this.commit(git);
    if (commit === null) return undefined;
    const text = await git('cat-file', 'blob', `${commit}:./${basename(path)}`);
    if (text !== null) return text;
    // Where files are fetched one by one (a partial clone), one that is listed may still be missing.
    return (await git('ls-tree', commit, '--', basename(path))) === '' ? null : undefined;
  }

  /** The repository need not lie at the workspace itself; of another repository's checkout nothing is known. */
  private async root(git: Git): Promise<string> {
    const { workspace } = this.settings;
    const { repository } = this.base;
    const origin = (await git('config', '--get', 'remote.origin.url'))?.trim().toLowerCase() ?? '';
    const name = origin
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .slice(-2)
      .join('/');
    const top = name === repository?.toLowerCase() ? await topOf(git) : null;
    return top ?? realpath(workspace);
  }

  /** One connection for all files: an address that nobody answers at is tried once. */
  private openApi(): Promise<RepositoryAt> {
    return (this.api ??= apiFiles(this.base, this.settings));
  }
}

async function topOf(git: Git): Promise<string | null> {
  return (await git('rev-parse', '--show-toplevel'))?.replace(/\n$/, '') ?? null;
}

/** A path below the checkout as the API takes it. Throws Failure for one outside of it. */
async function placeIn(root: string, path: string): Promise<string> {
  const way = relative(root, path);
  if (!isAbsolute(way) && way.split(sep)[0] !== '..') return way.split(sep).join('/');
  throw new Failure('surroundings', {
    code: 'outside-workspace',
    what: 'it lies outside of the workspace',
    remedy: 'Check the repository out below the workspace, or set baseline: false.',
  });
}

async function apiFiles({ ref, repository }: Base, { api }: BaseSettings): Promise<RepositoryAt> {
  if (api === null || repository === null) {
    throw new Failure('surroundings', {
      code: 'base-unknown',
      what: `git knows no commit ${ref} here`,
      remedy: 'Fetch it first (actions/checkout with fetch-depth: 0), or set baseline: false.',
    });
  }
  const { repositoryAt } = await import('./github.js');
  // A branch as a clone calls it.
  const name = ref.replace(/^(?:refs\/remotes\/)?origin\//, '');
  return repositoryAt({ apiUrl: api.url, token: api.token, repository: `repos/${repository}` }, name);
}
