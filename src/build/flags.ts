/** The build flags that the user may add: parsed from an allow-list, so none of them can change a shared package. */
export interface BuildFlags {
  /** Added to `-ldflags "-w -s"`. */
  readonly ldflags: readonly string[];
  /** Added to `go build`, one argument an item. */
  readonly flags: readonly string[];
  /** The value of `-tags` among them, for listing packages as they will be built. */
  readonly tags: string | null;
  /** `-a`, on request only. */
  readonly rebuildAll: boolean;
}
