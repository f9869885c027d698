import { isPluginFile } from './names.js';
import type { Asset } from './release-api.js';

/** The whole `.so` assets, sorted by name. */
export function pluginAssets(assets: readonly Asset[]): readonly Asset[] {
  return assets
    .filter(({ name, state }) => isPluginFile(name) && state === 'uploaded')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** 64 hex digits; null where the digest is unknown. */
export function sha256Of({ digest }: Asset): string | null {
  return /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1] ?? null;
}

/**
 * The text of checksums.txt, as `sha256sum -c` takes it: all `.so` assets by what GitHub says of them, then the lines
 * that somebody else wrote for other files.
 *
 * @see https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
 */
export function checksumsText(assets: readonly Asset[], foreign: readonly string[]): string {
  const own = pluginAssets(assets).flatMap((asset) => {
    const sha256 = sha256Of(asset);
    return sha256 === null ? [] : [`${sha256}  ${asset.name}`];
  });
  return [...own, ...foreign].map((line) => `${line}\n`).join('');
}

/** The lines of a checksums.txt that are not ours to write: those of other files than plugins. Sorted, each once. */
export function foreignLines(texts: readonly string[]): readonly string[] {
  const lines = texts
    .flatMap((text) => text.split(/\r?\n/))
    .filter((line) => {
      const file = /^[0-9a-f]{64} [ *](.+)$/i.exec(line)?.[1];
      return file !== undefined && !isPluginFile(file);
    });
  return [...new Set(lines)].sort();
}
