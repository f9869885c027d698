import type { Runner } from '../ports.js';
import { gitIn } from './git.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The commit that a folder of the plugin is checked out at, 40 or 64 hex digits: what git says, else the workflow's for
 * a folder of its workspace. Null where neither knows.
 */
export async function commitOf(
  folder: string,
  ports: { readonly runner: Runner; readonly env: Env },
): Promise<string | null> {
  const said = (await gitIn(folder, ports)('rev-parse', 'HEAD'))?.trim() ?? '';
  if (isCommit(said)) return said;
  const { GITHUB_WORKSPACE: workspace = '', GITHUB_SHA: sha = '' } = ports.env;
  const isOurs = workspace !== '' && (folder === workspace || folder.startsWith(`${workspace}/`));
  return isOurs && isCommit(sha) ? sha : null;
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
