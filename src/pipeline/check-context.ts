import type { Finding } from '../check/finding.js';
import type { Catalog } from '../gotify/catalog.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { Outcome } from '../report/check-report.js';
import type { CheckPorts } from './check-ports.js';

/** What all of a check shares. */
export interface CheckContext {
  readonly options: CheckOptions;
  /** Null: nothing is compiled. */
  readonly builder: 'docker' | 'host' | null;
  readonly catalog: Catalog;
  readonly ports: CheckPorts;
}

export type Compiling = CheckContext & { readonly builder: 'docker' | 'host' };

/** One plugin against one server. */
export interface ServerCheck {
  readonly project: PluginProject;
  readonly server: ServerBuild;
  /** The plugin as the base has it; null: nothing to compare with. */
  readonly base: PluginProject | 'absent' | null;
}

/** What is found out about one plugin and one server. */
export interface ServerFindings {
  readonly outcome: Outcome;
  /** The most important first. */
  readonly findings: readonly Finding[];
  /** What the base has; null: nothing is compared. */
  readonly baseFindings: readonly Finding[] | null;
  readonly mayHideMore: string | null;
  /** Why the base is not compared, though there is one; a sentence without a full stop. */
  readonly notCompared: string | null;
}
