import type { TargetName } from '../build/target.js';
import type { ServerSpecifier } from '../gotify/specifier.js';
import type { BuildFlags } from '../build/flags.js';
import type { PublishOptions, ReleaseOptions } from './publish.js';

/** What every mode was asked for, parsed and checked: nothing later looks at raw text. */
export interface CommonOptions {
  /** The folder that relative paths start from: the workspace, or the current folder. Absolute. */
  readonly base: string;
  /** The main package, relative to the module's folder: `.` or `./cmd/plugin`. */
  readonly package: string;
  /** Docker image name with `{go}` and `{arch}` to fill in, or null for gotify/build. */
  readonly image: string | null;
  readonly dependencies: 'pin' | 'cap' | 'keep';
  /** Absolute. */
  readonly output: string;
  readonly serverApiUrl: string;
  /** The token for serverApiUrl; null: anonymous. */
  readonly token: string | null;
  readonly flags: BuildFlags;
  readonly concurrency: number;
  readonly timeoutMinutes: number;
  /** Absolute. */
  readonly cacheDir: string;
}

export interface BuildOptions extends CommonOptions {
  readonly mode: 'build';
  /** The module's folder, absolute. */
  readonly path: string;
  readonly servers: readonly ServerSpecifier[];
  readonly targets: 'all' | 'native' | readonly TargetName[];
  readonly builder: 'docker' | 'host';
  readonly verify: 'static' | 'off';
  /** An ABI manifest (JSON) or a gotify binary to compare with, absolute; null: found by itself. */
  readonly manifest: string | null;
  /** First part of file names; null: from the module path. */
  readonly name: string | null;
  readonly failFast: boolean;
  readonly dryRun: boolean;
  readonly publish: PublishOptions;
  /** What was asked for and is not done, whole sentences. */
  readonly warnings: readonly string[];
}

export interface CheckOptions extends CommonOptions {
  readonly mode: 'check';
  /** Module folders, one pattern a line, as written: relative to `base`. */
  readonly paths: readonly string[];
  readonly servers: readonly ServerSpecifier[];
  /** Null: the host where Go is there, else docker. */
  readonly builder: 'docker' | 'host' | null;
  /** Whether the plugin is compiled; without it go.mod's lines are judged. */
  readonly compile: boolean;
  /** Whether drift fails too. */
  readonly strict: boolean;
  /** Whether only what a pull request made worse can fail it, where drift fails. */
  readonly baseline: boolean;
  /** A commit, branch or tag to compare with; null: the pull request's base, if there is one. */
  readonly baseRef: string | null;
  /** Whether go.mod is capped to the first of the servers afterwards. */
  readonly fix: boolean;
  /** The API of this repository (GITHUB_API_URL) and the token for it; null outside Actions. */
  readonly repositoryApi: { readonly url: string; readonly token: string | null } | null;
}

/** Files of earlier builds are proven again and sent to a release. */
export interface PublishOnlyOptions extends Pick<
  CommonOptions,
  'base' | 'output' | 'serverApiUrl' | 'token' | 'cacheDir'
> {
  readonly mode: 'publish';
  /** Output folders, one pattern a line, as written: relative to `base`. */
  readonly folders: readonly string[];
  readonly release: ReleaseOptions;
  readonly dryRun: false;
}

export type Options = BuildOptions | CheckOptions | PublishOnlyOptions;
