import type { TargetName } from '../build/target.js';
import type { Builder } from '../build/builder.js';
import type { Catalog } from '../gotify/catalog.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { Change } from '../pin/change.js';
import type { PluginProject } from '../plugin/project.js';
import type { TargetReport } from '../report/report.js';
import type { Pinning } from './pinning.js';
import type { BuildPorts } from './ports.js';
import type { RealManifests } from './real-manifests.js';
import type { ReleasedFiles } from './released-files.js';
import type { RunDir } from './run-dir.js';

/** What the build of one target looks at, of everything that was asked for. */
export type TargetOptions = Pick<
  BuildOptions,
  | 'cacheDir'
  | 'dependencies'
  | 'flags'
  | 'image'
  | 'manifest'
  | 'name'
  | 'output'
  | 'serverApiUrl'
  | 'timeoutMinutes'
  | 'verify'
>;

/** What all groups of a run share. */
export interface RunContext {
  readonly options: TargetOptions;
  readonly ports: BuildPorts;
  readonly project: PluginProject;
  readonly catalog: Catalog;
  readonly run: RunDir;
  readonly manifests: RealManifests;
  /** Null: no release is followed. */
  readonly released: ReleasedFiles | null;
}

/** What every target of a group shares. */
export interface TargetContext extends RunContext {
  /** The one that files are named by: what it is built with is the same for all of its group. */
  readonly server: ServerBuild;
  /** All of the group. */
  readonly servers: readonly ServerBuild[];
  readonly builder: Builder;
  readonly pinning: Pinning;
  /** Grows: the targets whose compile step was started. */
  readonly compiled: Set<TargetName>;
  /** Grows: what the download steps warned of, each once. Null: they warn of nothing, as it is found otherwise. */
  readonly warned: Set<string> | null;
}

export interface TargetResult {
  readonly report: TargetReport;
  /** Of the pin, as far as they touch what this target is made of. */
  readonly changes: readonly Change[];
}
