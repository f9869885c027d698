import { basename, dirname, resolve } from 'node:path';
import type { CheckPorts } from './check-ports.js';

/**
 * The folder of a path, or those that a pattern such as `plugins/*` matches and that hold a file of this name; none:
 * nothing matches.
 *
 * @param request.base what relative paths start from, absolute
 */
export async function matchedFolders(
  path: string,
  { holding, base }: { readonly holding: string; readonly base: string },
  { files, matchingFiles }: Pick<CheckPorts, 'files' | 'matchingFiles'>,
): Promise<readonly string[]> {
  const folder = resolve(base, path);
  // A folder may have such a name itself.
  if (!/[*?[]|\{.*,.*\}/.test(path) || (await files.stat(folder))?.kind === 'folder') return [folder];
  const found = await matchingFiles(`${path.replace(/\/+$/, '')}/${holding}`, base);
  return found.filter((file) => basename(file) === holding).map((file) => dirname(file));
}
