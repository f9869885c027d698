import { createHash } from 'node:crypto';
import { pinListKey } from '../build/cache.js';
import type { TargetName } from '../build/target.js';
import type { Module } from '../go/module.js';
import type { BuildReport, GroupReport } from './report.js';

/** What a run fills `cache-dir` with. */
export interface CacheContent {
  readonly builder: 'docker' | 'host';
  /** Of groups of servers: their Go version and pin list. */
  readonly groups: readonly { readonly goVersion: string; readonly modules: readonly Module[] }[];
  readonly targets: readonly TargetName[];
}

/**
 * A key under which a workflow can save `cache-dir`: equal for runs that would fill it with the same. What the
 * plugin has of its own is left out, as it is small beside what it shares with the server.
 */
export function cacheKey({ builder, groups, targets }: CacheContent): string {
  const names = targets.map((target) => target.replace('linux-', ''));
  const keys = groups.map(({ goVersion, modules }) => `go${goVersion}-${pinListKey(modules)}`);
  return ['gotify-plugin-build', builder, groupsKey(keys), ...[...new Set(names)].sort()].join('-');
}

/** The key of a build; null where it built nothing, and so has filled no cache. */
export function buildCacheKey(report: BuildReport): string | null {
  const { builder, groups } = report;
  if (groups.length === 0) return null;
  const targets = groups.flatMap((group) => group.targets.map(({ target }) => target));
  return cacheKey({ builder, groups: groups.map((group) => contentOf(group, report)), targets });
}

function contentOf(
  { goVersion, version }: GroupReport,
  { servers }: BuildReport,
): CacheContent['groups'][number] {
  const modules = servers.find((server) => server.version === version)?.pinList.modules ?? [];
  return { goVersion, modules };
}

/** GitHub takes 512 characters, and there may be dozens of groups. */
function groupsKey(keys: readonly string[]): string {
  if (keys.length === 1) return keys.join('');
  const hash = createHash('sha256')
    .update([...keys].sort().join('\n'))
    .digest('hex');
  return `${String(keys.length)}groups-${hash.slice(0, 12)}`;
}
