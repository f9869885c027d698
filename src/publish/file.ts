import type { TargetName } from '../build/target.js';

/** A plugin file that was checked again and may be published. */
export interface PluginFile {
  /** Of the asset; see assetName. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly target: TargetName;
  /** The server versions that it loads in. */
  readonly servers: readonly string[];
  readonly goVersion: string;
  /** The plugin's pinned modules, at the versions that the file was built with. */
  readonly modules: readonly { readonly path: string; readonly version: string }[];
  /** How many packages were compared. */
  readonly compared: number;
}

/**
 * A name that GitHub leaves as it is: it rewrites special characters and dots at the ends.
 *
 * @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 */
export function assetName(file: string): string {
  return file.replace(/[^A-Za-z0-9_-]+/g, '.').replace(/^\.|\.$/g, '');
}
