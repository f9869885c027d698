import { stoppedCode } from '../build/stopped.js';
import type { CapResult } from '../cap/cap.js';
import { newTexts } from '../cap/new-texts.js';
import type { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { CheckOptions } from '../options/options.js';
import type { PluginProject } from '../plugin/project.js';
import type { Fix } from '../report/check-report.js';
import { some } from '../report/describe.js';
import { asFailure, causeLines, reportedFailure } from '../report/failure.js';
import { fixAnswer } from '../report/fix-text.js';
import { capByGo } from './cap-by-go.js';
import type { CheckPorts } from './check-ports.js';
import { WriteGate } from './write-gate.js';

interface Fixing {
  readonly options: CheckOptions;
  readonly ports: CheckPorts;
}

/**
 * Brings the go.mod and go.sum of each plugin in line with one server, as the command `cap` does, and writes them. A
 * plugin that a go.mod alone cannot bring in line is left as it is, and what to do is said. What keeps one plugin from
 * being brought in line, or from being written, is a result too: what was found is not lost, and the others are done.
 *
 * @throws Failure (surroundings) `stopped` where the run was interrupted
 */
export async function fixPlugins(
  projects: readonly PluginProject[],
  server: ServerBuild,
  { options, ports }: Fixing,
): Promise<readonly Fix[]> {
  const gate = new WriteGate(ports);
  const fixes: Fix[] = [];
  for (const project of projects) {
    fixes.push(await fixPlugin(project, server, { options, ports, gate }));
  }
  warnOf(fixes, projects, ports);
  return fixes;
}

async function fixPlugin(
  project: PluginProject,
  server: ServerBuild,
  { options, ports, gate }: Fixing & { readonly gate: WriteGate },
): Promise<Fix> {
  const about = { path: project.displayDir, server: server.version };
  try {
    const result = await capByGo({ project, server, options }, ports);
    await gate.write(newTexts(project, result));
    return { ...about, ...outcome(result), failure: null };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.code === stoppedCode) throw failure;
    for (const line of causeLines(failure)) ports.reporter.detail(line);
    return { ...about, kind: 'cannot', changes: [], ...notDone(failure) };
  }
}

/** What is wrong with the plugin itself is the check's to judge; all else is what `fix` failed at. */
function notDone(failure: Failure): Pick<Fix, 'unsolved' | 'failure'> {
  const { kind, what, remedy } = failure;
  return kind === 'plugin'
    ? { unsolved: [{ what, remedy }], failure: null }
    : { unsolved: [], failure: reportedFailure(failure) };
}

/** The changes are in the report's text; what was asked for and is not done is said by itself too, each reason once. */
function warnOf(fixes: readonly Fix[], projects: readonly PluginProject[], { reporter }: CheckPorts): void {
  const reasons = new Map<string, { readonly fix: Fix; readonly files: string[] }>();
  for (const [index, fix] of fixes.entries()) {
    if (fix.unsolved.length === 0) continue;
    const key = JSON.stringify([fix.kind, fix.unsolved]);
    const reason = reasons.get(key) ?? { fix, files: [] };
    reason.files.push(projects[index]?.displayGoMod ?? fix.path);
    reasons.set(key, reason);
  }
  for (const { fix, files } of reasons.values()) {
    const [file, ...others] = files;
    if (others.length > 0 || file === undefined) reporter.warn(`${some(files)}: ${notAll(fix)}`);
    else reporter.warn(`${fixAnswer(fix, 'go.mod')}: ${unsolvedText(fix)}`, { kind: 'file', file });
  }
}

function notAll(fix: Fix): string {
  const all = fix.kind === 'cannot' ? 'they' : 'not all of it';
  return `${all} could not be brought in line with gotify ${fix.server}: ${unsolvedText(fix)}`;
}

function unsolvedText({ unsolved: [first, ...others] }: Fix): string {
  return `${first?.what ?? ''}${others.length === 0 ? '' : ` (and ${String(others.length)} more)`}`;
}

function outcome(result: CapResult): Pick<Fix, 'kind' | 'changes' | 'unsolved'> {
  return {
    kind: result.kind,
    changes: 'changes' in result ? result.changes : [],
    unsolved: 'reasons' in result ? result.reasons.map(({ what, remedy }) => ({ what, remedy })) : [],
  };
}
