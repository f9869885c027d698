import { createHash } from 'node:crypto';
import { pinListKey } from '../build/cache.js';
import type { BuildReport, GroupReport } from './report.js';

/**
 * A key under which a workflow can save `cache-dir`: equal for runs that would fill it with the same. What the
 * plugin has of its own is left out, as it is small beside what it shares with the server.
 */
export function cacheKey(report: BuildReport): string {
  const { builder, groups } = report;
  const names = groups.flatMap(({ targets }) => targets.map(({ target }) => target.replace('linux-', '')));
  return [
    'gotify-plugin-build',
    builder,
    groupsKey(groups.map((group) => groupKey(group, report))),
    ...[...new Set(names)].sort(),
  ].join('-');
}

function groupKey({ goVersion, version }: GroupReport, { servers }: BuildReport): string {
  const modules = servers.find((server) => server.version === version)?.pinList.modules ?? [];
  return `go${goVersion}-${pinListKey(modules)}`;
}

/** GitHub takes 512 characters, and there may be dozens of groups. */
function groupsKey(keys: readonly string[]): string {
  if (keys.length === 1) return keys.join('');
  const hash = createHash('sha256')
    .update([...keys].sort().join('\n'))
    .digest('hex');
  return `${String(keys.length)}groups-${hash.slice(0, 12)}`;
}
