import type { CapResult } from '../cap/cap.js';
import { newTexts } from '../cap/new-texts.js';
import { capResultText } from '../cap/text.js';
import { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { Fix } from '../report/check-report.js';
import { capByGo } from './cap-by-go.js';
import type { CheckPorts } from './check-ports.js';
import { WriteGate } from './write-gate.js';

/**
 * Brings the go.mod and go.sum of each plugin in line with one server, as the command `cap` does, and writes them. A
 * plugin that the server's Go cannot put together is left as it is: the check has said why.
 *
 * @throws Failure where the surroundings fail; the plugins before are written then, each whole
 */
export async function fixPlugins(
  projects: readonly PluginProject[],
  server: ServerBuild,
  { options, ports }: { readonly options: CheckOptions; readonly ports: CheckPorts },
): Promise<readonly Fix[]> {
  const gate = new WriteGate(ports);
  const fixes: Fix[] = [];
  for (const project of projects) {
    const about = { path: project.displayDir, server: server.version };
    try {
      const result = await capByGo({ project, server, options }, ports);
      await gate.write(newTexts(project, result));
      tell(result, project, { server, ports });
      fixes.push({ ...about, ...outcome(result) });
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'surroundings') throw error;
      const { what, remedy } = error;
      fixes.push({ ...about, kind: 'cannot', changes: [], unsolved: [{ what, remedy }] });
    }
  }
  return fixes;
}

function tell(
  result: CapResult,
  { displayGoMod: file }: PluginProject,
  { server, ports }: { readonly server: ServerBuild; readonly ports: CheckPorts },
): void {
  ports.reporter.note(capResultText({ result, rule: 'full', mode: 'write', server, file, command: '' }));
}

function outcome(result: CapResult): Pick<Fix, 'kind' | 'changes' | 'unsolved'> {
  return {
    kind: result.kind,
    changes: 'changes' in result ? result.changes : [],
    unsolved: 'reasons' in result ? result.reasons.map(({ what, remedy }) => ({ what, remedy })) : [],
  };
}
