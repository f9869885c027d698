import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Module } from '../go/module.js';
import type { TargetName } from './target.js';

/** Below the cache folder: sources that are laid out for a build, each while it takes. */
export const sourcesFolder = 'sources';

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

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
