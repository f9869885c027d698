import { openBytes } from '../../../src/adapters/file-bytes.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { readPluginAbi } from '../../../src/verify/plugin-abi.js';

/** How many packages of a plugin the server has too, and which of them are not the same. */
export function comparePackages(
  file: string,
  manifest: Pick<AbiManifest, 'packages'>,
): {
  readonly compared: number;
  readonly differing: readonly string[];
} {
  const bytes = openBytes(file);
  try {
    const shared = [...readPluginAbi(bytes).packages].filter(([path]) => manifest.packages.has(path));
    const differing = shared.filter(([path, hash]) => manifest.packages.get(path) !== hash);
    return { compared: shared.length, differing: differing.map(([path]) => path) };
  } finally {
    bytes.close();
  }
}
