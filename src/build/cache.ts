import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { Failure } from '../errors.js';
import type { Module } from '../go/module.js';
import type { TargetName } from './target.js';

/** Where one builder keeps what lasts from run to run. Go locks both, so that any number of runs can share them. */
export interface CachePaths {
  /** GOMODCACHE: one for each builder and user, as its files belong to the user who downloads. */
  readonly modCache: string;
  /** GOCACHE: one for each Go version, pin list, target, builder and user, whatever the plugin. */
  readonly buildCache: string;
}

/**
 * The cache folders of one build; nothing is created.
 *
 * @param request.uid the user that Go runs as: in a container it may be another one than the caller
 * @param request.goVersion `1.26.0`
 * @param request.pinListKey see pinListKey
 */
export function cachePaths(request: {
  readonly cacheDir: string;
  readonly builder: 'docker' | 'host';
  readonly uid: number;
  readonly goVersion: string;
  readonly pinListKey: string;
  readonly target: TargetName;
}): CachePaths {
  const { cacheDir, builder, uid, goVersion, target } = request;
  const owner = join(cacheDir, `${builder}-${String(uid)}`);
  return {
    modCache: join(owner, 'mod'),
    buildCache: join(owner, 'build', `go${goVersion}-${target}-${shortHash(request.pinListKey)}`),
  };
}

/** The key of a server's pin list: the same for any order of the same modules. */
export function pinListKey(modules: readonly Module[]): string {
  return shortHash(
    modules
      .map(({ path, version }) => `${path}@${version}`)
      .sort()
      .join('\n'),
  );
}

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
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'gotify-plugin-build');
  const home = env['HOME'];
  if (home === undefined || !isAbsolute(home)) throw noPlace();
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'gotify-plugin-build');
}

function noPlace(): Failure {
  return new Failure('input', {
    code: 'no-cache-dir',
    what: 'there is no place for caches: neither XDG_CACHE_HOME nor HOME names a folder',
    remedy: 'Name one with cache-dir.',
    where: { kind: 'input', input: 'cache-dir' },
  });
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
