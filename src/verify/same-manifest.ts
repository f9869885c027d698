import type { AbiManifest } from './manifest.js';

/** Whether two manifests say the same of a server: target, Go version, and each package's hash. */
export function sameManifest(a: AbiManifest, b: AbiManifest): boolean {
  if (a.target !== b.target || a.goVersion !== b.goVersion || a.packages.size !== b.packages.size)
    return false;
  return [...a.packages].every(([path, hash]) => b.packages.get(path) === hash);
}
