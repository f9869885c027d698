/** One difference between what the plugin asks for and what it is built with. */
export interface Change {
  /** A module path, or `go` or `toolchain` for those lines. */
  readonly module: string;
  /** Null: the plugin's go.mod does not name it (it is reached transitively, or a line was added). */
  readonly from: string | null;
  /** Null: the line was dropped. */
  readonly to: string | null;
  /** 1-based, in the plugin's go.mod. */
  readonly line: number | null;
  readonly reach: 'direct' | 'transitive';
}
