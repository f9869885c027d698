import { pinListKey } from '../build/cache.js';
import { newestFirst } from './newest-first.js';
import type { ServerBuild } from './server-build.js';

/** Servers that one plugin file can serve: they have one Go version and the same modules (their pin lists are equal). */
export interface ServerGroup {
  readonly goVersion: string;
  /** In the order that they were given in. */
  readonly servers: readonly ServerBuild[];
  /** The one with the lowest version: files are named by it. */
  readonly lowest: ServerBuild;
}

/** Servers in groups, in the order of each group's first server. */
export function groupServers(servers: readonly ServerBuild[]): readonly ServerGroup[] {
  const groups = new Map<string, [ServerBuild, ...ServerBuild[]]>();
  for (const server of servers) {
    const key = `${server.goVersion} ${pinListKey(server.pinList.modules)}`;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [server]);
    else members.push(server);
  }
  return [...groups.values()].map((members) => ({
    goVersion: members[0].goVersion,
    servers: members,
    lowest: newestFirst(members).at(-1) ?? members[0],
  }));
}
