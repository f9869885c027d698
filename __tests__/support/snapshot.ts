import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything about a folder that a build must leave alone: path, mode, owner, time and content of what is in it. */
export async function snapshot(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name));
      const content = found.isFile() ? await readFile(join(folder, name)) : '';
      const hash = createHash('sha256').update(content).digest('hex');
      return [name, found.mode, found.uid, found.gid, found.mtimeMs, hash].join(' ');
    }),
  );
}
