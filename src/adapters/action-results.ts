import type { Failure } from '../errors.js';
import type { BuildOptions, Options } from '../options/options.js';
import { cacheKey } from '../report/cache-key.js';
import { deliveredFiles, outcomeOf, rejectionText } from '../report/describe.js';
import { compatibleAfter } from '../report/failed.js';
import { failureLines } from '../report/failure.js';
import { reportPath } from '../report/json.js';
import type { BuildReport, ReportedFailure, TargetReport } from '../report/report.js';
import { failureSummary, summaryMarkdown } from '../report/summary.js';
import { reportText } from '../report/text.js';
import { setOutputs, writeSummary } from './action-outputs.js';
import { command, placeOf, plain } from './workflow-commands.js';

interface Place {
  readonly options: BuildOptions;
  readonly workspace: string;
  /** Takes text for the runner, with its line ends. */
  readonly say: (text: string) => void;
}

/** Log, annotations, outputs and summary of a build that gave a report. */
export async function publishReport(report: BuildReport, { options, workspace, say }: Place): Promise<void> {
  say(plain(reportText(report)));
  for (const text of annotations(report, workspace)) say(text);
  setOutputs({
    files: JSON.stringify(deliveredFiles(report)),
    'server-version': report.server.version,
    'server-commit': report.server.commit ?? '',
    'go-version': report.server.goVersion,
    report: reportPath(options),
    compatible: String(report.compatible),
    'cache-key': cacheKey(report),
  });
  await writeSummary(summaryMarkdown(report));
}

/** Outputs and summary of a run that failed before any target was tried. */
export async function publishFailure(failure: Failure, options: Options): Promise<void> {
  setOutputs({
    ...(options.mode === 'build' ? { files: '[]' } : {}),
    report: reportPath(options),
    compatible: String(compatibleAfter(failure)),
  });
  await writeSummary(failureSummary(failure, options.mode));
}

/** One error for each thing that is wrong: what several targets fail at is said once. */
function annotations(report: BuildReport, workspace: string): readonly string[] {
  const all = report.targets.flatMap((target) => problemsOf(target));
  const byText = new Map<string, { readonly targets: string[]; readonly problem: Problem }>();
  for (const { target, problem } of all) {
    const key = JSON.stringify([problem.where, problem.text]);
    const known = byText.get(key);
    if (known === undefined) byText.set(key, { targets: [target], problem });
    else known.targets.push(target);
  }
  return [...byText.values()].map(({ targets, problem }) =>
    command('error', `${targets.join(', ')}: ${problem.text}`, placeOf(problem.where, workspace)),
  );
}

interface Problem {
  readonly text: string;
  readonly where: ReportedFailure['where'];
}

function problemsOf(target: TargetReport): readonly { readonly target: string; readonly problem: Problem }[] {
  const problem = (text: string, where: Problem['where'] = null): { target: string; problem: Problem } => ({
    target: target.target,
    problem: { text, where },
  });
  if (target.kind === 'skipped') return [];
  if (target.kind === 'failed') {
    const { what, remedy, where } = target.failure;
    return [problem(failureLines({ what, remedy }).join('\n'), where)];
  }
  const { verdict } = target;
  if (verdict?.kind === 'undecided') return [problem(`${outcomeOf(target)}: ${verdict.because}`)];
  if (verdict?.kind !== 'rejected') return [];
  return verdict.reasons.slice(0, 10).map((reason) => problem(`${rejectionText(reason)}\n${reason.remedy}`));
}
