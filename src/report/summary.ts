import { basename } from 'node:path';
import type { Failure } from '../errors.js';
import { whereText } from '../errors.js';
import type { Mode } from '../options/contract.js';
import {
  buildsText,
  changeText,
  count,
  explain,
  namesText,
  rejectedPackages,
  rejectionText,
  secondsText,
  serverSourceText,
  serversText,
  sizeText,
  somePackages,
  titleOf,
  tutorialRemedies,
} from './describe.js';
import type { Rejection } from '../verify/verdict.js';
import { code, folded, joinWithin, table, words } from './markdown.js';
import { allTargets, fileOutcome, isSpared, outcomeOf, type Outcome } from './outcome.js';
import type { PublishReport } from './publish-report.js';
import { leftLines, publishedLines, releaseLines } from './publish-text.js';
import type { BuildReport, GroupReport, TargetReport } from './report.js';
import { verdictsByContent } from './verdicts.js';

/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 900 * 1024;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 1000;
const mostReasons = 50;

const nothing: Readonly<Record<Mode, string>> = {
  build: 'No plugin was built',
  check: 'Nothing was checked',
  publish: 'Nothing was published',
};

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
  const { groups } = report;
  if (groups.length === 0) return nothingBuilt(report);
  const rejected = allTargets(report).some((target) => outcomeOf(target) === 'rejected');
  return joinWithin(
    [
      `### ${code(report.plugin.name)} for ${words(serversText(report))}`,
      ...(report.servers.length > 1 ? [words(buildsText(report))] : []),
      targetsTable(report),
      ...(report.published === undefined ? [] : [linesPart(publishedLines(report.published))]),
      ...eachTarget(report, troubleParts),
      ...(rejected ? [words(tutorialRemedies)] : []),
      ...listPart('Warnings', report.warnings),
      ...eachTarget(report, notesParts),
      ...groups.flatMap((group) => changesParts(group, report)),
      words(serverSourceText(report)),
      ...groups.flatMap((group) => modulesParts(group, report)),
    ],
    limit,
  );
}

function nothingBuilt({ plugin, published }: BuildReport): string {
  const lines = published === undefined ? [] : [linesPart(publishedLines(published))];
  return joinWithin([`### ${code(plugin.name)}: nothing to build`, ...lines], limit);
}

/** The job summary of `publish`. */
export function publishSummary(report: PublishReport): string {
  const { plugin, files, release } = report;
  const rows = files.map(({ file, target, verdicts }) => [
    code(basename(file)),
    words(target),
    words(namesText(verdicts.map(({ server }) => server))),
    marks[fileOutcome(verdicts)],
  ]);
  return joinWithin(
    [
      `### ${code(plugin.module)}: release ${code(release.tag)}`,
      table(['file', 'target', 'gotify', 'verdict'], rows),
      linesPart([...releaseLines(release), ...leftLines(report)]),
    ],
    limit,
  );
}

function linesPart(lines: readonly string[]): string {
  return lines.map((line) => `- ${words(line.trim())}`).join('\n');
}

/** A target with what it is called. */
type Titled<T extends TargetReport = TargetReport> = T & { readonly title: string };

function eachTarget(report: BuildReport, partsOf: (target: Titled) => readonly string[]): readonly string[] {
  return report.groups.flatMap((group) =>
    group.targets.flatMap((target) => partsOf({ ...target, title: titleOf(target, group, report) })),
  );
}

/** The job summary of a run that failed before anything was tried. */
export function failureSummary(failure: Failure, mode: Mode): string {
  const where = failure.where === undefined ? [] : [`Where: ${code(whereText(failure.where))}`];
  return joinWithin([`### ❌ ${nothing[mode]}`, words(failure.what), ...where, words(failure.remedy)], limit);
}

/** For one server a row a target, for several a row a group and target. */
function targetsTable({ servers, groups }: BuildReport): string {
  const isOne = servers.length === 1;
  return table(
    [
      ...(isOne ? [] : ['gotify', 'Go']),
      ...['target', 'verdict', 'because', 'file', 'size', 'time', 'sha256'],
    ],
    groups.flatMap((group) =>
      group.targets.map((target) => [
        ...(isOne ? [] : [words(namesText(group.servers)), words(group.goVersion)]),
        ...targetCells(target),
      ]),
    ),
  );
}

function targetCells(target: TargetReport): readonly string[] {
  const first = [code(target.target), verdictCell(target), words(explain(target), 300)];
  switch (target.kind) {
    case 'built':
      return [
        ...first,
        code(basename(target.file)),
        sizeText(target.size),
        timeCell(target),
        code(target.sha256),
      ];
    case 'covered':
      return [...first, code(basename(target.file)), '', 'not built', ''];
    case 'released':
      return [...first, code(target.asset), '', 'not built', code(target.sha256)];
    case 'failed':
      return [...first, '', '', secondsText(target.seconds), ''];
    case 'skipped':
      return [...first, '', '', '', ''];
  }
}

/** One mark where the servers agree, else one for each. */
function verdictCell(target: TargetReport): string {
  const outcome = outcomeOf(target);
  if (!('verdicts' in target)) return marks[outcome];
  const agree = target.verdicts.every(({ verdict }) => (verdict?.kind ?? 'not verified') === outcome);
  if (agree) return marks[outcome];
  return target.verdicts
    .map(({ server, verdict }) => `${words(server)} ${marks[verdict?.kind ?? 'not verified']}`)
    .join('<br>');
}

function timeCell({ seconds, referenceHostSeconds }: Extract<TargetReport, { kind: 'built' }>): string {
  const reference =
    referenceHostSeconds === null ? '' : ` (and reference host ${secondsText(referenceHostSeconds)})`;
  return `${secondsText(seconds)}${reference}`;
}

function troubleParts(target: Titled): readonly string[] {
  if (target.kind === 'failed') {
    const { failure } = target;
    const where = failure.where === null ? '' : ` (${code(whereText(failure.where))})`;
    return [`#### ${code(target.title)} failed`, `${words(failure.what)}${where}`, words(failure.remedy)];
  }
  if (target.kind === 'skipped') return [];
  return verdictsByContent(target.verdicts).rejections.flatMap(({ by, reasons }) => {
    const byWhom = target.verdicts.length === 1 ? '' : ` by ${words(namesText(by))}`;
    const more = reasons.length - mostReasons;
    return [
      `#### ${code(target.title)} is rejected${byWhom}`,
      reasons.slice(0, mostReasons).map(reasonLine).join('\n'),
      ...(more > 0 ? [`and ${count(more, 'reason', 'reasons')} more in report.json.`] : []),
    ];
  });
}

function reasonLine(reason: Rejection): string {
  const packages = somePackages(rejectedPackages(reason), 20);
  const list = packages === '' ? '' : ` Packages: ${words(packages)}.`;
  return `- ${words(rejectionText(reason))}.${list} ${words(reason.remedy)}`;
}

function notesParts(target: Titled): readonly string[] {
  if (!('verdicts' in target)) return [];
  const { warnings, notes } = verdictsByContent(target.verdicts);
  return [
    ...listPart(`Warnings for ${target.title}`, warnings),
    ...listPart(`Notes on ${target.title}`, notes),
  ];
}

function listPart(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${title}:\n\n${items.map((item) => `- ${words(item)}`).join('\n')}`];
}

function changesParts(
  { changes, targets, version }: GroupReport,
  { dependencies, groups }: BuildReport,
): readonly string[] {
  if (targets.every(isSpared)) return [];
  const whose = groups.length === 1 ? '' : ` for gotify ${words(version)}`;
  if (changes.length === 0) {
    return [`Dependencies (${dependencies})${whose}: nothing is built differently from the plugin's go.mod.`];
  }
  const rows = changes
    .slice(0, mostRows)
    .map((change) => [
      code(change.module),
      words(changeText(change)),
      change.reach,
      change.line === null ? '' : String(change.line),
    ]);
  const title = `Dependencies (${dependencies})${whose}: ${count(changes.length, 'change', 'changes')} for this build; the plugin's own files are as they were`;
  return [folded(title, table(['module', 'version', 'reached', "line in the plugin's go.mod"], rows))];
}

function modulesParts({ version }: GroupReport, { groups, servers }: BuildReport): readonly string[] {
  return servers
    .filter((server) => server.version === version)
    .map(({ pinList: { modules, source } }) => {
      const rows = modules.slice(0, mostRows).map((module) => [code(module.path), code(module.version)]);
      const from = source === 'binary' ? 'linked into its binary' : 'of its go.mod';
      const whose =
        groups.length === 1 ? "The server's pin list" : `The pin list of gotify ${words(version)}`;
      const title = `${whose}: ${count(modules.length, 'module', 'modules')} ${from}`;
      return folded(title, table(['module', 'version'], rows));
    });
}
