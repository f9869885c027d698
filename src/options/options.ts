import type { TargetName } from '../build/target.js';
import type { ServerSpecifier } from '../gotify/specifier.js';
import type { BuildFlags } from '../build/flags.js';

/** Everything that a build was asked for, parsed and checked: nothing later looks at raw text. */
export interface Options {
  readonly mode: 'build';
  /** The folder that relative paths start from: the workspace, or the current folder. Absolute. */
  readonly base: string;
  /** The module's folder, absolute. */
  readonly path: string;
  /** The main package, relative to `path`: `.` or `./cmd/plugin`. */
  readonly package: string;
  readonly server: ServerSpecifier;
  readonly targets: 'all' | 'native' | readonly TargetName[];
  readonly builder: 'docker' | 'host';
  /** Docker image name with `{go}` and `{arch}` to fill in, or null for gotify/build. */
  readonly image: string | null;
  readonly dependencies: 'pin' | 'cap' | 'keep';
  readonly verify: 'static' | 'off';
  /** An ABI manifest (JSON) or a gotify binary to compare with, absolute; null: found by itself. */
  readonly manifest: string | null;
  /** First part of file names; null: from the module path. */
  readonly name: string | null;
  /** Absolute. */
  readonly output: string;
  readonly serverApiUrl: string;
  /** The token for serverApiUrl; null: anonymous. */
  readonly token: string | null;
  readonly flags: BuildFlags;
  readonly concurrency: number;
  readonly failFast: boolean;
  readonly timeoutMinutes: number;
  /** Absolute. */
  readonly cacheDir: string;
  readonly dryRun: boolean;
}
