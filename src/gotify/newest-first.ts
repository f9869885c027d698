import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';

/** Servers by version, newest first. A commit without a version comes before all, as a branch is mostly ahead. */
export function newestFirst<T extends { readonly version: string }>(servers: readonly T[]): readonly T[] {
  return servers.toSorted(({ version: a }, { version: b }) => {
    const [knowsA, knowsB] = [valid(a) !== null, valid(b) !== null];
    if (knowsA && knowsB) return compare(b, a);
    return Number(knowsA) - Number(knowsB);
  });
}
