import { basename } from 'node:path';
import type { Failure } from '../errors.js';
import { whereText } from '../errors.js';
import {
  changeText,
  count,
  explain,
  outcomeOf,
  rejectedPackages,
  rejectionText,
  secondsText,
  serverSourceText,
  serverText,
  sizeText,
  somePackages,
  tutorialRemedies,
  type Outcome,
} from './describe.js';
import { code, folded, joinWithin, table, words } from './markdown.js';
import type { BuildReport, TargetReport } from './report.js';

/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 900 * 1024;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 1000;
const mostReasons = 50;

const marks: Readonly<Record<Outcome, string>> = {
  loads: '✅ loads',
  rejected: '❌ rejected',
  undecided: '❔ undecided',
  'not verified': '➖ not verified',
  failed: '❌ failed',
  skipped: '➖ skipped',
};

/** The job summary in GitHub's Markdown, under 1 MiB. Text of the plugin cannot become Markdown or HTML. */
export function summaryMarkdown(report: BuildReport): string {
  const troubles = report.targets.flatMap(troubleParts);
  const rejected = report.targets.some((target) => outcomeOf(target) === 'rejected');
  return joinWithin(
    [
      `### ${code(report.plugin.name)} for ${words(serverText(report))}`,
      targetsTable(report.targets),
      ...troubles,
      ...(rejected ? [words(tutorialRemedies)] : []),
      ...listPart('Warnings', report.warnings),
      ...notesParts(report.targets),
      changesPart(report),
      words(serverSourceText(report)),
      modulesPart(report),
    ],
    limit,
  );
}

/** The job summary of a run that failed before anything was tried. */
export function failureSummary(failure: Failure, mode: 'build' | 'check'): string {
  const where = failure.where === undefined ? [] : [`Where: ${code(whereText(failure.where))}`];
  return joinWithin(
    [
      mode === 'build' ? '### ❌ No plugin was built' : '### ❌ Nothing was checked',
      words(failure.what),
      ...where,
      words(failure.remedy),
    ],
    limit,
  );
}

function targetsTable(targets: readonly TargetReport[]): string {
  return table(
    ['target', 'verdict', 'because', 'file', 'size', 'time', 'sha256'],
    targets.map((target) => [
      code(target.target),
      marks[outcomeOf(target)],
      words(explain(target), 300),
      ...(target.kind === 'built'
        ? [code(basename(target.file)), sizeText(target.size), timeCell(target), code(target.sha256)]
        : ['', '', target.kind === 'failed' ? secondsText(target.seconds) : '', '']),
    ]),
  );
}

function timeCell({ seconds, referenceHostSeconds }: Extract<TargetReport, { kind: 'built' }>): string {
  const reference =
    referenceHostSeconds === null ? '' : ` (and reference host ${secondsText(referenceHostSeconds)})`;
  return `${secondsText(seconds)}${reference}`;
}

function troubleParts(target: TargetReport): readonly string[] {
  if (target.kind === 'failed') {
    const { failure } = target;
    const where = failure.where === null ? '' : ` (${code(whereText(failure.where))})`;
    return [`#### ${code(target.target)} failed`, `${words(failure.what)}${where}`, words(failure.remedy)];
  }
  if (target.kind === 'skipped' || target.verdict?.kind !== 'rejected') return [];
  const { reasons } = target.verdict;
  const more = reasons.length - mostReasons;
  return [
    `#### ${code(target.target)} is rejected`,
    reasons
      .slice(0, mostReasons)
      .map((reason) => {
        const packages = somePackages(rejectedPackages(reason), 20);
        const list = packages === '' ? '' : ` Packages: ${words(packages)}.`;
        return `- ${words(rejectionText(reason))}.${list} ${words(reason.remedy)}`;
      })
      .join('\n'),
    ...(more > 0 ? [`and ${count(more, 'reason', 'reasons')} more in report.json.`] : []),
  ];
}

function notesParts(targets: readonly TargetReport[]): readonly string[] {
  return targets.flatMap((target) => {
    if (target.kind !== 'built' || target.verdict === null) return [];
    return [
      ...listPart(`Warnings for ${target.target}`, target.verdict.warnings),
      ...listPart(`Notes on ${target.target}`, target.verdict.notes),
    ];
  });
}

function listPart(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:\n\n${items.map((item) => `- ${words(item)}`).join('\n')}`];
}

function changesPart({ changes, dependencies }: BuildReport): string {
  if (changes.length === 0)
    return `Dependencies (${dependencies}): nothing is built differently from the plugin's go.mod.`;
  const rows = changes
    .slice(0, mostRows)
    .map((change) => [
      code(change.module),
      words(changeText(change)),
      change.reach,
      change.line === null ? '' : String(change.line),
    ]);
  const title = `Dependencies (${dependencies}): ${count(changes.length, 'change', 'changes')} for this build; the plugin's own files are as they were`;
  return folded(title, table(['module', 'version', 'reached', "line in the plugin's go.mod"], rows));
}

function modulesPart({ server }: BuildReport): string {
  const { modules, source } = server.pinList;
  const rows = modules.slice(0, mostRows).map(({ path, version }) => [code(path), code(version)]);
  const from = source === 'binary' ? 'linked into its binary' : 'of its go.mod';
  return folded(
    `The server's pin list: ${count(modules.length, 'module', 'modules')} ${from}`,
    table(['module', 'version'], rows),
  );
}
