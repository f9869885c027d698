import type { Builder } from '../build/builder.js';
import type { Catalog } from '../gotify/catalog.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';
import type { Change } from '../pin/change.js';
import type { PluginProject } from '../plugin/project.js';
import type { TargetReport } from '../report/report.js';
import type { Pinning } from './pinning.js';
import type { BuildPorts } from './ports.js';
import type { RunDir } from './run-dir.js';

/** What the build of one target looks at, of everything that was asked for. */
export type TargetOptions = Pick<
  BuildOptions,
  'cacheDir' | 'dependencies' | 'flags' | 'image' | 'manifest' | 'name' | 'output' | 'serverApiUrl' | 'verify'
>;

/** What every target of a run shares. */
export interface TargetContext {
  readonly options: TargetOptions;
  readonly ports: BuildPorts;
  readonly project: PluginProject;
  readonly catalog: Catalog;
  readonly server: ServerBuild;
  readonly builder: Builder;
  readonly run: RunDir;
  readonly pinning: Pinning;
}

export interface TargetResult {
  readonly report: TargetReport;
  /** Of the pin, as far as they touch what this target is made of. */
  readonly changes: readonly Change[];
}
