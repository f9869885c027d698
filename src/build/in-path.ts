import { delimiter, isAbsolute, join } from 'node:path';
import type { Files } from '../ports.js';

/**
 * Whether a folder of PATH has a file of this name. As for a shell, a folder that may not be looked into has none: the
 * PATH may be another user's.
 *
 * @param where.path the text of PATH
 */
export async function isInPath(
  name: string,
  where: { readonly path: string | undefined; readonly files: Files },
): Promise<boolean> {
  for (const folder of (where.path ?? '').split(delimiter).filter(isAbsolute)) {
    const found = await where.files.stat(join(folder, name)).catch(() => null);
    if (found?.kind === 'file') return true;
  }
  return false;
}
