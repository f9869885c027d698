import { isAbsolute, join } from 'node:path';

/**
 * Where the platform keeps caches, with a folder of ours; null where nothing says so.
 *
 * @param env XDG_CACHE_HOME and HOME are read
 * @param platform as Node names it (`process.platform`)
 */
export function platformCacheDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string | null {
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'gotify-plugin-build');
  const home = env['HOME'];
  if (home === undefined || !isAbsolute(home)) return null;
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'gotify-plugin-build');
}
