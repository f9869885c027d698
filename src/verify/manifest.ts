import type { ElfIdentity, TargetName } from '../build/target.js';
import type { Module } from '../go/module.js';

/**
 * What a server's binary says about the packages linked into it: enough to decide which plugins it will load.
 * Optional fields that are absent were not read: they are not compared, and the verdict says so.
 */
export interface AbiManifest {
  /** `v3.0.0`, or what the binary was called. */
  readonly server: string;
  readonly target: TargetName;
  /** `1.26.0`. */
  readonly goVersion: string;
  /** Where it came from, for people. */
  readonly origin: string;
  /** Import path -> the package's link hash in hex, as in the symbol go:link.pkghashbytes.<path>. `main` is left out. */
  readonly packages: ReadonlyMap<string, string>;
  readonly elf?: ElfIdentity;
  /** The newest GLIBC symbol version needed (`2.34`); null: the file needs none. */
  readonly glibc?: string | null;
  /** DT_NEEDED libraries. */
  readonly needed?: readonly string[];
  /** The modules of the build info. */
  readonly modules?: readonly Module[];
  /** The build settings of the build info (`-tags`, `CGO_ENABLED`, ...). */
  readonly flags?: Readonly<Record<string, string>>;
}

/** Where the manifest that a file was compared with came from, in the order in which they are tried. */
export type ManifestSource =
  | { readonly kind: 'given'; readonly path: string }
  /** `authenticated`: false where GitHub names no digest for the asset. */
  | { readonly kind: 'release-asset'; readonly url: string; readonly authenticated: boolean }
  | { readonly kind: 'catalog' }
  | { readonly kind: 'reference-host' };
