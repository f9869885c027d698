/** A module at a version, as in Go's build list. */
export interface Module {
  readonly path: string;
  readonly version: string;
  /** The `h1:` hash of the module's files, where a go.sum or build info names it. */
  readonly sum?: string;
}
