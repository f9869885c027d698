import { pinListKey } from '../build/cache.js';
import type { BuildReport } from './report.js';

/**
 * A key under which a workflow can save `cache-dir`: equal for runs that would fill it with the same. What the
 * plugin has of its own is left out, as it is small beside what it shares with the server.
 */
export function cacheKey({ builder, server, targets }: BuildReport): string {
  const names = targets.map(({ target }) => target.replace('linux-', '')).sort();
  return [
    'gotify-plugin-build',
    builder,
    `go${server.goVersion}`,
    pinListKey(server.pinList.modules),
    ...names,
  ].join('-');
}
