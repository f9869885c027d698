import type { Fragment } from './fragment.js';
import type { PluginIndex } from './index-file.js';
import type { Asset, Release } from './release-api.js';

/** What lies at GitHub for the tag, as a run saw it. */
export type State =
  | { readonly kind: 'none'; readonly others: readonly Release[] }
  | { readonly kind: 'release'; readonly seen: Seen };

export interface Seen {
  /** The one that counts. */
  readonly release: Release;
  /** Drafts that jobs made at the same time, to be given up. */
  readonly others: readonly Release[];
  /** Drafts that were given up, to be deleted when that is safe. */
  readonly spent: readonly Release[];
  /** Ids of those that this run made. */
  readonly made: ReadonlySet<number>;
  /** What the release's tag leads to; null: nobody asked, as nothing is published. */
  readonly tagCommit: string | null;
  /** Of the release; `.so` assets have a digest, if need be by a download. */
  readonly assets: readonly Asset[];
  /** gotify-plugin.json, and new ones that wait for its place. */
  readonly indexes: readonly PluginIndex[];
  /** Null: not read, as they cannot be all of them. */
  readonly fragments: readonly Fragment[] | null;
  /** What lies under the name of this job's own part; null: nothing, or the job has none. */
  readonly ownFragment: Fragment | null;
  /** Lines of checksums.txt for files that are not ours. */
  readonly foreignChecksums: readonly string[];
  /** Names of assets that this run sent, and that somebody took away. */
  readonly taken: ReadonlySet<string>;
  /** Ids of the starters that nobody is sending any more. */
  readonly broken: ReadonlySet<number>;
}
