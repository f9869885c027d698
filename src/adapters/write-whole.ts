import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes beside the target, then renames: a reader never sees half a file, and nothing is left where it fails.
 *
 * @throws Node's own error
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number } = {},
): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, content, { flag: 'wx', ...options });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

let drafts = 0;

/** A name beside the target that nobody else has: no other process writes at this very moment under this number. */
export function draftOf(path: string): string {
  drafts += 1;
  const own = [process.pid, Date.now(), drafts];
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${own.join('-')}`);
}
