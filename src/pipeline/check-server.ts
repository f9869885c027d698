import type { Finding } from '../check/finding.js';
import type { PluginProject } from '../plugin/project.js';
import { asFailure, reportedFailure } from '../report/failure.js';
import type { CheckContext, ServerCheck, ServerFindings } from './check-context.js';
import { linesOf } from './check-lines.js';

/**
 * One plugin against one server. Without a builder go.mod's lines are judged; with one the plugin is listed as it is,
 * and built for this machine's target as `build` would do it.
 *
 * @throws Failure (input) where what was asked for cannot be checked: a malformed go.mod, no main package
 */
export async function checkServer(check: ServerCheck, context: CheckContext): Promise<ServerFindings> {
  const lines = {
    ...linesOf(check.project, check, context),
    baseFindings: ofBase(check.base, (base) => linesOf(base, check, context).findings),
    notCompared: null,
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

function ofBase(
  base: ServerCheck['base'],
  findings: (project: PluginProject) => readonly Finding[],
): readonly Finding[] | null {
  return base === null ? null : base === 'absent' ? [] : findings(base);
}
