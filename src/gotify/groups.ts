import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';
import { pinListKey } from '../build/cache.js';
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

/** Servers by version, newest first. A commit without a version comes before all, as a branch is mostly ahead. */
export function newestFirst(servers: readonly ServerBuild[]): readonly ServerBuild[] {
  return servers.toSorted(({ version: a }, { version: b }) => {
    const [knowsA, knowsB] = [valid(a) !== null, valid(b) !== null];
    if (knowsA && knowsB) return compare(b, a);
    return Number(knowsA) - Number(knowsB);
  });
}
