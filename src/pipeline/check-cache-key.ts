import { meantTargets } from '../build/choose-targets.js';
import { groupServers } from '../gotify/groups.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { cacheKey } from '../report/cache-key.js';

/** The key of what compiling a plugin for these servers fills `cache-dir` with, for this machine's target. */
export function checkCacheKey(request: {
  readonly builder: 'docker' | 'host';
  readonly servers: readonly ServerBuild[];
  /** As Node names it (`process.arch`). */
  readonly arch: string;
}): string {
  const { builder, servers, arch } = request;
  const groups = groupServers(servers).map(({ goVersion, lowest }) => ({
    goVersion,
    modules: lowest.pinList.modules,
  }));
  const targets = meantTargets({ wanted: 'native', arch }).map(({ name }) => name);
  return cacheKey({ builder, groups, targets });
}
