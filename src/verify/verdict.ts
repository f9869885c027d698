/** What the comparison of a plugin with a server says. A verdict is a result, never an error. */
export type Verdict =
  | {
      readonly kind: 'loads';
      readonly compared: number;
      readonly warnings: readonly string[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'rejected';
      readonly compared: number;
      readonly reasons: readonly Rejection[];
      readonly warnings: readonly string[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: 'undecided';
      readonly because: string;
      readonly warnings: readonly string[];
      readonly notes: readonly string[];
    };

/** One reason why the server refuses the file, and what to do about it. */
export type Rejection =
  | { readonly kind: 'target'; readonly what: string; readonly remedy: string }
  | { readonly kind: 'missing-symbol'; readonly symbol: string; readonly remedy: string }
  /** The plugin's own main package has the import path of a package in the server. */
  | { readonly kind: 'main-path'; readonly path: string; readonly remedy: string }
  /** A shared library that is not to be had where the server runs. */
  | { readonly kind: 'library'; readonly library: string; readonly remedy: string }
  /** The standard library differs: another Go version, or a flag that changes every package. */
  | {
      readonly kind: 'toolchain';
      /** Null: not known (no build info). */
      readonly plugin: string | null;
      readonly server: string;
      readonly packages: readonly string[];
      readonly remedy: string;
    }
  | {
      readonly kind: 'dependency';
      readonly module: string;
      /** Null: the version is not known (no build info on that side). */
      readonly plugin: string | null;
      readonly server: string | null;
      readonly packages: readonly string[];
      readonly remedy: string;
    }
  /** At the server's version, but compiled against packages that differ: it heals when the other reasons do. */
  | { readonly kind: 'follows'; readonly packages: readonly string[]; readonly remedy: string }
  /** Same Go, same module versions, other bytes: a build flag or another module path on disk. */
  | { readonly kind: 'flag'; readonly packages: readonly string[]; readonly remedy: string };
