import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PluginFile } from '../../src/publish/file.js';

/** The files of a folder as a build knows them: size and sha256 are computed when a file is built. */
export function filesIn(folder: string): readonly PluginFile[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const note = { target: 'linux-amd64', goVersion: '1.26.0', modules: [], compared: 300 } as const;
    const [, version = ''] = /-for-gotify-(v[\d.]+)\.so$/.exec(name) ?? [];
    const bytes = readFileSync(path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, path, size: bytes.length, sha256, servers: [version], ...note };
  });
}
