import type { Failure } from '../errors.js';
import type { BuildOptions, Options } from '../options/options.js';
import { buildCacheKey } from '../report/cache-key.js';
import { rejectionText, titleOf } from '../report/describe.js';
import { compatibleAfter } from '../report/failed.js';
import { failureLines } from '../report/failure.js';
import { reportPath } from '../report/json.js';
import { deliveredFiles, fileOutcome } from '../report/outcome.js';
import type { BuildReport, ReportedFailure, TargetReport } from '../report/report.js';
import type { PublishReport, ReleaseReport } from '../report/publish-report.js';
import { publishText, releaseLines } from '../report/publish-text.js';
import { failureSummary, publishSummary, summaryMarkdown } from '../report/summary.js';
import { reportText } from '../report/text.js';
import { verdictsByContent } from '../report/verdicts.js';
import { serverOutputs, setOutputs, writeSummary } from './action-outputs.js';
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
  for (const text of releaseErrors(report.published?.release ?? null)) say(text);
  setOutputs({
    files: JSON.stringify(deliveredFiles(report)),
    ...serverOutputs(report),
    report: reportPath(options),
    compatible: String(report.compatible),
    'cache-key': buildCacheKey(report) ?? '',
    'release-url': releaseUrl(report.published?.release ?? null),
  });
  await writeSummary(summaryMarkdown(report));
}

/** Log, annotation, outputs and summary of the mode `publish`. */
export async function publishPublication(
  report: PublishReport,
  { options, say }: { readonly options: Options; readonly say: Place['say'] },
): Promise<void> {
  say(plain(publishText(report)));
  for (const text of releaseErrors(report.release)) say(text);
  setOutputs({
    files: JSON.stringify(
      report.files.filter(({ verdicts }) => fileOutcome(verdicts) === 'loads').map(({ file }) => file),
    ),
    report: reportPath(options),
    compatible: String(report.compatible),
    'release-url': releaseUrl(report.release),
  });
  await writeSummary(publishSummary(report));
}

function releaseUrl(release: ReleaseReport | null): string {
  return release !== null && 'url' in release ? release.url : '';
}

function releaseErrors(release: ReleaseReport | null): readonly string[] {
  const isBad = release?.kind === 'failed' || release?.kind === 'refused';
  return isBad ? [command('error', releaseLines(release).join('\n'))] : [];
}

/** Outputs and summary of a run that failed before any target was tried. */
export async function publishFailure(failure: Failure, options: Options): Promise<void> {
  setOutputs({
    ...(options.mode === 'check' ? { conflicts: '0' } : { files: '[]' }),
    report: reportPath(options),
    compatible: String(compatibleAfter(failure)),
  });
  await writeSummary(failureSummary(failure, options.mode));
}

/** One error for each thing that is wrong: what several targets fail at is said once. */
function annotations(report: BuildReport, workspace: string): readonly string[] {
  const byText = new Map<string, { readonly titles: string[]; readonly problem: Problem }>();
  for (const group of report.groups) {
    for (const target of group.targets) {
      for (const problem of problemsOf(target)) {
        const key = JSON.stringify([problem.where, problem.text]);
        const known = byText.get(key) ?? { titles: [], problem };
        known.titles.push(titleOf(target, group, report));
        byText.set(key, known);
      }
    }
  }
  return [...byText.values()].map(({ titles, problem }) =>
    command('error', `${titles.join(', ')}: ${problem.text}`, placeOf(problem.where, workspace)),
  );
}

interface Problem {
  readonly text: string;
  readonly where: ReportedFailure['where'];
}

function problemsOf(target: TargetReport): readonly Problem[] {
  if (target.kind === 'skipped') return [];
  if (target.kind === 'failed') {
    const { what, remedy, where } = target.failure;
    return [{ text: failureLines({ what, remedy }).join('\n'), where }];
  }
  const { undecided, rejections } = verdictsByContent(target.verdicts);
  const reasons = rejections.flatMap((rejection) => rejection.reasons.slice(0, 10));
  const texts = [
    ...undecided.map((because) => `undecided: ${because}`),
    ...reasons.map((reason) => `${rejectionText(reason)}\n${reason.remedy}`),
  ];
  return [...new Set(texts)].map((text) => ({ text, where: null }));
}
