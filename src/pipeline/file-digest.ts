import { createHash } from 'node:crypto';
import type { BuildPorts } from './ports.js';

const pieceSize = 2 ** 20;

/**
 * Size in bytes and sha256 (64 hex digits) of a file. It is read piece by piece: memory does not grow with it.
 *
 * @throws Failure as openBytes
 */
export function fileDigest(
  path: string,
  { openBytes }: Pick<BuildPorts, 'openBytes'>,
): { readonly size: number; readonly sha256: string } {
  const source = openBytes(path);
  try {
    const hash = createHash('sha256');
    const piece = new Uint8Array(pieceSize);
    let size = 0;
    for (;;) {
      const count = source.readInto(size, piece);
      if (count === 0) return { size, sha256: hash.digest('hex') };
      hash.update(piece.subarray(0, count));
      size += count;
    }
  } finally {
    source.close();
  }
}
