import type { Module } from '../go/module.js';

/** Everything about a gotify server that a plugin for it must match. */
export interface ServerBuild {
  /** What files and messages call it: the tag (`v3.0.0`), or `g` and twelve digits of the commit, or `v3.0.0` of a binary. */
  readonly version: string;
  /** Null for a branch or commit without a release tag. */
  readonly tag: string | null;
  /** 40 hex digits; null only for a binary that does not name it. */
  readonly commit: string | null;
  /** Without `go`, as GO_VERSION has it: `1.26.0`, `1.19.1`. */
  readonly goVersion: string;
  /** The text of the server's go.mod and go.sum; a binary has none: then they are made from its build info. */
  readonly goMod: string;
  readonly goSum: string;
  /** Every module of the server's go.mod (or of the binary's build info), sorted by path. */
  readonly buildList: readonly Module[];
  readonly pinList: PinList;
  readonly source: ServerSource;
}

/**
 * The modules that pins, groups and cache keys look at: those linked into the server where a binary is given, else
 * every module of its go.mod.
 */
export interface PinList {
  readonly source: 'binary' | 'go.mod';
  readonly modules: readonly Module[];
}

export type ServerSource =
  | { readonly kind: 'api'; readonly url: string }
  /** `because`: why the API did not serve, one sentence. */
  | { readonly kind: 'catalog'; readonly because: string }
  | { readonly kind: 'binary'; readonly path: string };
