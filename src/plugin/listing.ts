/** What `go list -deps` says of the plugin: the packages that it is made of, and where each comes from. */
export interface PluginListing {
  /** The import path of the main package. */
  readonly main: string;
  /** Import path -> package. */
  readonly packages: ReadonlyMap<string, ListedPackage>;
}

export interface ListedPackage {
  readonly importPath: string;
  /** Package name: `main` for the plugin. */
  readonly name: string;
  readonly standard: boolean;
  readonly imports: readonly string[];
  /** Absent for the standard library. */
  readonly module?: ListedModule;
  readonly usesCgo: boolean;
}

export interface ListedModule {
  readonly path: string;
  /** Null for the main module and for local replacements. */
  readonly version: string | null;
  readonly goVersion: string | null;
  readonly main: boolean;
  /** The version that a replace stands for; absent: none does. */
  readonly replaces?: string;
}
