import { createHash } from 'node:crypto';
import type { ServerBuild } from '../gotify/server-build.js';

/**
 * A stable name, 16 hex digits, for what plugins of a server are built against: its Go version and its pin list. Equal
 * for servers that share both, whatever their order of modules, sums or tags.
 */
export function pinListKey(server: Pick<ServerBuild, 'goVersion' | 'pinList'>): string {
  const modules = server.pinList.modules.map(({ path, version }) => `${path} ${version}`);
  const text = [`go ${server.goVersion}`, ...modules.sort()].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
