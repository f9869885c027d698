import type { ModFile, ModReplace } from './modfile.js';

/**
 * The replace that Go uses for a module: one for the version that is picked beats one for all, and of two of the same
 * the last counts: https://go.dev/ref/mod#go-mod-file-replace.
 *
 * @param version the version that is picked; undefined: none is known
 */
export function replaceInUse(
  { replaces }: Pick<ModFile, 'replaces'>,
  path: string,
  version: string | undefined,
): ModReplace | undefined {
  const own = replaces.filter(({ old }) => old.path === path);
  return (
    own.findLast(({ old }) => version !== undefined && old.version === version) ??
    own.findLast(({ old }) => old.version === null)
  );
}
