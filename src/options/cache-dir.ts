import { Failure } from '../errors.js';
import { platformCacheDir } from './platform-cache.js';

/**
 * The default of `cache-dir`: where the platform keeps caches.
 *
 * @param env XDG_CACHE_HOME and HOME are read
 * @param platform as Node names it (`process.platform`)
 * @throws Failure (input) where neither names an absolute folder
 */
export function defaultCacheDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const dir = platformCacheDir(env, platform);
  if (dir !== null) return dir;
  throw new Failure('input', {
    code: 'no-cache-dir',
    what: 'there is no place for caches: neither XDG_CACHE_HOME nor HOME names a folder',
    remedy: 'Name one with cache-dir.',
    where: { kind: 'input', input: 'cache-dir' },
  });
}
