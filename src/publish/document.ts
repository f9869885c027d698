import { createHash } from 'node:crypto';
import type { Asset } from './release-api.js';

/** A small text that becomes an asset. */
export interface Document {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

export function documentOf(name: string, text: string): Document {
  const bytes = Buffer.from(text);
  return { name, bytes, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Whether an asset is whole and has just these bytes, by what GitHub says arrived. */
export function holds(
  asset: Asset | undefined,
  { size, sha256 }: { readonly size: number; readonly sha256: string },
): boolean {
  return asset?.state === 'uploaded' && asset.size === size && asset.digest === `sha256:${sha256}`;
}

export function named(assets: readonly Asset[], name: string): Asset | undefined {
  return assets.find((asset) => asset.name === name);
}
