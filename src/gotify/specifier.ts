/** One item of the `server` input, parsed. `text` is the item as it was written. */
export type ServerSpecifier =
  /** What GitHub's releases/latest names. */
  | { readonly kind: 'latest'; readonly text: string }
  /** `version` without `v`. */
  | { readonly kind: 'exact'; readonly text: string; readonly version: string }
  /** A partial version or a semver range; `every`: all stable matches (`all:<range>`), else the newest. */
  | { readonly kind: 'range'; readonly text: string; readonly range: string; readonly every: boolean }
  /** A branch or a commit. */
  | { readonly kind: 'ref'; readonly text: string; readonly ref: string }
  /** A gotify binary on this machine; absolute. */
  | { readonly kind: 'binary'; readonly text: string; readonly path: string };
