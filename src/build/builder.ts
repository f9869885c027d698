import type { ServerBuild } from '../gotify/server-build.js';
import type { Deadline } from './deadline.js';
import type { Target } from './target.js';

/**
 * A place where the server's own Go runs: a `gotify/build` container, or this machine. The steps of a build are the
 * same for both; only the paths and the walls around them differ.
 */
export interface Builder {
  readonly kind: 'docker' | 'host';
  /** What it does to every package beyond the arguments of a step: what is kept of its work is kept under this, too. */
  readonly recipe: string;
  /** Why a proof that rests on this builder's work alone is none, once it is prepared; null: it is one. */
  doubt(): string | null;
  /**
   * Checks and fetches what each target needs (engine and image, or toolchain and compiler). Throws Failure where none
   * of them can be built; what only some lack (an image, a compiler) is thrown by `run` for those.
   */
  prepare(targets: readonly Target[]): Promise<void>;
  /** How the go command will see the workspace. */
  places(workspace: Workspace): Places;
  /** GOMODCACHE on this machine: what is remembered about its content lies beside it. */
  modCache(target: Target): string;
  /** Runs `go` once. Throws Failure where the surroundings fail (no engine, no memory, no disk). */
  run(step: GoStep): Promise<GoOutcome>;
  /** What `prepare` would start, for --dry-run; nothing is started, and steps are described with what was found. */
  describePreparation(targets: readonly Target[]): Promise<readonly Planned[]>;
  /** The commands that `run` would start, in their order, for --dry-run. */
  describe(step: GoStep): readonly [PlannedCommand, ...PlannedCommand[]];
  /** Stops and removes everything still running. Safe to call twice, and from a signal handler. */
  close(): Promise<void>;
}

/** The folders of one build on this machine; all absolute and existing. */
export interface Workspace {
  /** The plugin's module: read-only for every step. */
  readonly module: string;
  /** The build-only go.mod and go.sum, overlay.json and the files that it names. Writable in the download step only. */
  readonly pin: string;
  /** Where the compile step writes; a folder of its own for each target. */
  readonly out: string;
  /** Folders that local `replace` lines name, in the order of their number N in /replaced/N. */
  readonly replaced: readonly string[];
}

/** The same folders as the go command sees them. */
export interface Places {
  readonly module: string;
  readonly pin: string;
  readonly out: string;
  replaced(index: number): string;
}

export interface GoStep {
  readonly target: Target;
  readonly workspace: Workspace;
  /** `download`: with network and the user's proxy settings, runs no plugin code. `compile`: without network. */
  readonly phase: 'download' | 'compile';
  /** After `go`; paths in it are those of `places`. */
  readonly args: readonly string[];
  readonly onLine?: (line: string) => void;
  /** Shared with the other steps of a target; absent: this step may take all of BuilderSettings.timeoutMinutes. */
  readonly deadline?: Deadline;
}

/** A command as --dry-run shows it. */
export interface PlannedCommand {
  readonly kind: 'command';
  readonly program: string;
  readonly args: readonly string[];
  /** What it gets in its environment from us. */
  readonly env: Readonly<Record<string, string>>;
  /** What it gets of the caller's environment, by name: a value may be a secret. */
  readonly passedOn: readonly string[];
  /** Null: it does not matter. */
  readonly cwd: string | null;
  /** What for, or when not; null: that is for the step to say. */
  readonly about: string | null;
}

/** A command, or a sentence about what happens without one. */
export type Planned = PlannedCommand | { readonly kind: 'remark'; readonly text: string };

export type GoOutcome =
  | { readonly kind: 'ok'; readonly stdout: string; readonly stderr: string; readonly seconds: number }
  | {
      readonly kind: 'failed';
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
      readonly seconds: number;
    }
  | { readonly kind: 'timed-out'; readonly minutes: number };

/** What both builders are made from. */
export interface BuilderSettings {
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'pinList'>;
  /** Absolute; caches live below it, see cache.ts. */
  readonly cacheDir: string;
  /** Absolute: this run's own folder. What lies below it is ours, also where a workspace names it. */
  readonly runDir: string;
  /** For all steps of one target; a toolchain or an image may take as long to be fetched. */
  readonly timeoutMinutes: number;
  /** The caller's environment: each builder takes what its allow-lists name. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
