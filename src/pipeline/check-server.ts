import type { Finding } from '../check/finding.js';
import { lineFindings } from '../check/lines.js';
import type { Catalog } from '../gotify/catalog.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { Outcome } from '../report/check-report.js';
import { asFailure, reportedFailure } from '../report/failure.js';
import type { CheckPorts } from './check-ports.js';

export interface ServerCheck {
  readonly project: PluginProject;
  readonly server: ServerBuild;
  /** The plugin with the go.mod and go.sum of the base; null: nothing to compare with, or no go.mod there. */
  readonly base: PluginProject | null;
}

export interface CheckContext {
  readonly options: CheckOptions;
  /** Null: nothing is compiled. */
  readonly builder: 'docker' | 'host' | null;
  readonly catalog: Catalog;
  readonly ports: CheckPorts;
}

export type Compiling = CheckContext & { readonly builder: 'docker' | 'host' };

/** What is found out about one plugin and one server. */
export interface ServerFindings {
  readonly outcome: Outcome;
  /** The most important first. */
  readonly findings: readonly Finding[];
  /** What the base has; empty without one. */
  readonly baseFindings: readonly Finding[];
  readonly mayHideMore: string | null;
}

/**
 * One plugin against one server. Without a builder go.mod's lines are judged; with one the plugin is listed as it is,
 * and built for this machine's target as `build` would do it.
 *
 * @throws Failure (input) where what was asked for cannot be checked: a malformed go.mod, no main package
 */
export async function checkServer(check: ServerCheck, context: CheckContext): Promise<ServerFindings> {
  const { base } = check;
  const lines = {
    ...linesOf(check.project, check, context),
    baseFindings: base === null ? [] : linesOf(base, check, context).findings,
  };
  const { builder } = context;
  if (builder === null) return { outcome: { kind: 'not-compiled' }, ...lines };
  try {
    // Loaded here, as lines are judged in less time than loading all of a build takes.
    const { checkByCompiling } = await import('./check-compile.js');
    return await checkByCompiling(check, { ...context, builder });
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind === 'input') throw failure;
    const outcome = { kind: 'failed', failure: reportedFailure(failure) } as const;
    return { outcome, ...lines };
  }
}

/** What the lines of a plugin's go.mod say. Throws Failure as lineFindings does. */
export function linesOf(
  project: PluginProject,
  { server }: Pick<ServerCheck, 'server'>,
  { options }: CheckContext,
): { readonly findings: readonly Finding[]; readonly mayHideMore: string | null } {
  const { dependencies } = options;
  return lineFindings({ goMod: project.goModText, file: project.displayGoMod, server, dependencies });
}
