import type { Asset, Content, Release, ReleaseChange } from './release-api.js';
import type { Part, PublishRequest } from './request.js';

/** Bytes that have to become the asset of that name. */
export interface Put {
  readonly name: string;
  readonly content: Content;
  readonly size: number;
  readonly sha256: string;
  /** What has the name now. */
  readonly old: Asset | null;
  /** The bytes, where they are at the release already under their waiting name. */
  readonly waiting: Asset | null;
}

/** What has to be done next. */
export type Step =
  /** There is no release: make a draft. */
  | { readonly kind: 'make' }
  /** Jobs made several drafts: give the others up, and move what is in them. */
  | { readonly kind: 'merge'; readonly others: readonly Release[] }
  /** Delete drafts that were given up. */
  | { readonly kind: 'drop'; readonly drafts: readonly Release[] }
  | { readonly kind: 'put'; readonly puts: readonly Put[] }
  | { readonly kind: 'remove'; readonly assets: readonly Asset[] }
  /** Somebody may be sending these just now. */
  | { readonly kind: 'hold'; readonly assets: readonly Asset[] }
  | { readonly kind: 'edit'; readonly change: ReleaseChange }
  | { readonly kind: 'publish'; readonly change: ReleaseChange }
  /** Another job is likelier to do it: only if it does not. */
  | { readonly kind: 'yield'; readonly then: Step }
  /** A list may be late, and what comes next would forget what it does not show: only if it does not come to light. */
  | { readonly kind: 'doubt'; readonly then: Step }
  /** The release takes no assets any more, and these are not there: unless a list is late. */
  | { readonly kind: 'too-late'; readonly names: readonly string[] }
  /** Not all parts are there; these are. */
  | { readonly kind: 'wait'; readonly parts: readonly string[] }
  | { readonly kind: 'done' };

export interface Job extends PublishRequest {
  /** Null: the job owns the release. */
  readonly part: Part | null;
}
