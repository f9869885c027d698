import { lineFindings, type LineFindings } from '../check/lines.js';
import type { PluginProject } from '../plugin/project.js';
import type { CheckContext, ServerCheck } from './check-context.js';

/** What the lines of a plugin's go.mod say. Throws Failure as lineFindings does. */
export function linesOf(
  project: PluginProject,
  { server }: Pick<ServerCheck, 'server'>,
  { options }: Pick<CheckContext, 'options'>,
): LineFindings {
  return lineFindings({
    goMod: project.goModText,
    file: project.displayGoMod,
    server,
    dependencies: options.dependencies,
    ...(project.goSumText === null ? { withoutSum: true } : {}),
  });
}
