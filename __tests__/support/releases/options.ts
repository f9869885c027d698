/** What a releases double is like. */
export interface ReleasesOptions {
  /** `owner/name`; `octo/plugin` unless given. */
  readonly repository?: string;
  readonly isPrivate?: boolean;
  /** Token -> what it may do. Absent: `write-token` and `read-token`. */
  readonly tokens?: Readonly<Record<string, TokenRules>>;
  /** Tag -> commit. Absent: `v1.0.0`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Tags that are objects of their own, as `git tag --annotate` makes them: tag -> the object's name. */
  readonly annotated?: Readonly<Record<string, string>>;
  /** A git repository on this machine, absolute: its commits are what trees and archives are made of. Absent: there are none. */
  readonly source?: string;
  /** Branch -> commit; the first one is the default branch. Absent: `main`. */
  readonly branches?: Readonly<Record<string, string>>;
  /**
   * Commits whose workflow files differ from the default branch's: the job's token may not aim a release at one.
   *
   * @see https://docs.github.com/en/rest/releases/releases#update-a-release (the note at its top)
   * @see https://github.com/cli/cli/issues/9514
   */
  readonly otherWorkflows?: readonly string[];
  /** What is there already, the oldest first. */
  readonly releases?: readonly SeedRelease[];
  /** Whether the repository makes releases immutable when they are published. */
  readonly immutable?: boolean;
  /** More than these are answered 413. */
  readonly maxAssetBytes?: number;
  /** Milliseconds that each request takes before anything else. */
  readonly latencyMs?: number;
  /**
   * How many list requests do not show a release that was just made.
   *
   * @see https://github.com/cli/cli/issues/6599
   * @see https://github.com/kubernetes/release/pull/1852
   */
  readonly listLag?: number;
  /**
   * How many lists of a release's assets do not show one that was just uploaded.
   *
   * @see https://github.com/zosmaai/zosma-cowork/pull/318
   */
  readonly assetLag?: number;
  readonly fault?: Fault;
  /** Ports of the API and of the upload host; free ones unless given. */
  readonly ports?: { readonly api: number; readonly upload: number };
}

export interface TokenRules {
  /** The `contents` permission of the job's token. */
  readonly contents: 'none' | 'read' | 'write';
  /** After so many requests it is as good as unknown. */
  readonly expiresAfter?: number;
  /** Milliseconds that each of its uploads is under way. */
  readonly uploadMs?: number;
}

export interface SeedRelease {
  readonly tag: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly immutable?: boolean;
  readonly assets?: readonly SeedAsset[];
}

export interface SeedAsset {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** `starter`: what an upload left that broke off an hour ago. */
  readonly state?: 'uploaded' | 'starter';
  /** False: an asset from before June 2025, when GitHub began to compute digests. */
  readonly hasDigest?: boolean;
}

/** What goes wrong with one request, or with all from it on. Requests of all hosts count together, from 1. */
export interface Fault {
  readonly at: number;
  readonly kind: FaultKind;
  readonly persistent?: boolean;
  /** How many requests it hits; 1 unless it is persistent. */
  readonly times?: number;
  /** For the secondary limit: how long to wait, and which status says so (403 unless given). */
  readonly retryAfterSeconds?: number;
  readonly status?: 403 | 429;
}

export type FaultKind =
  /** The connection is cut before anything is done. */
  | 'reset'
  | 'status500'
  /** 502; an upload leaves an asset in state `starter`: https://docs.github.com/en/rest/releases/assets#upload-a-release-asset */
  | 'status502'
  /**
   * Cut in the middle of the body: of the request that writes, else of the answer. An upload leaves a `starter` too, which
   * holds the name: https://github.com/ncipollo/release-action/issues/149
   */
  | 'half-body'
  /** Everything is done, and the connection is cut before the answer. */
  | 'answer-lost'
  | 'secondary-limit';
