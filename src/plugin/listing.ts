/** What `go list -deps` says of the plugin: the packages that it is made of, and where each comes from. */
export interface PluginListing {
  /** The import path of the main package. */
  readonly main: string;
  /** Import path -> package. */
  readonly packages: ReadonlyMap<string, ListedPackage>;
}

/**
 * What a plugin is made of on several targets together: each package once, with all that it imports on any of them. The
 * modules' versions are the same on all of them: minimal version selection does not look at targets.
 */
export function united([first, ...others]: readonly [PluginListing, ...PluginListing[]]): PluginListing {
  const packages = new Map(first.packages);
  for (const listing of others) {
    for (const [path, more] of listing.packages) {
      const known = packages.get(path);
      const imports = [...new Set([...(known?.imports ?? []), ...more.imports])];
      const usesCgo = more.usesCgo || known?.usesCgo === true;
      packages.set(path, { ...more, ...known, imports, usesCgo });
    }
  }
  return { main: first.main, packages };
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
  /** The other module, or the folder, whose files are used instead; absent: the files are the module's own. */
  readonly replacedBy?: string;
}
