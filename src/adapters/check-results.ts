import type { CheckOptions } from '../options/options.js';
import { whereText } from '../errors.js';
import {
  inputFailureOf,
  type CheckedPlugin,
  type CheckReport,
  type Outcome,
} from '../report/check-report.js';
import { checkSummary } from '../report/check-summary.js';
import { checkText, verdictsOf } from '../report/check-text.js';
import { some } from '../report/describe.js';
import { failureLines } from '../report/failure.js';
import { reportPath } from '../report/json.js';
import { byRank, mergedText, mergeFindings, type MergedFinding } from '../report/merge-findings.js';
import type { Tool } from '../report/tool.js';
import { verdictsByContent } from '../report/verdicts.js';
import { serverOutputs, setOutputs, writeSummary } from './action-outputs.js';
import type { Warning } from './reporter-actions.js';
import { annotationCommands, plain, type Annotation } from './workflow-commands.js';

interface Place {
  /** How a reader of the summary starts the command line. */
  readonly tool: Tool;
  readonly options: CheckOptions;
  readonly workspace: string;
  /** Takes text for the runner, with its line ends. */
  readonly say: (text: string) => void;
  /** What was warned of on the way: it is shown after what was found, as only so much is shown at all. */
  readonly warned: readonly Warning[];
}

/** Log, annotations, outputs and summary of a check. */
export async function publishCheck(report: CheckReport, place: Place): Promise<void> {
  const { options, tool, workspace, warned, say } = place;
  const fixing = { tool, options };
  say(plain(checkText(report, fixing)));
  const all = annotations(report, warned);
  for (const text of annotationCommands(all, { workspace, rest: 'in the job summary' })) say(text);
  setOutputs({
    compatible: String(report.compatible),
    conflicts: String(report.conflicts),
    report: reportPath(options),
    ...serverOutputs(report),
    'cache-key': report.cacheKey ?? '',
  });
  await writeSummary(checkSummary(withAllWarnings(report, warned), fixing));
}

/** The most important first. */
function annotations(report: CheckReport, warned: Place['warned']): readonly Annotation[] {
  const merged = report.plugins.flatMap(mergeFindings).sort(byRank);
  return [
    // A run that could not be asked is more than anything that was found.
    ...report.plugins.flatMap(unfit),
    ...failed(report),
    ...unwritten(report),
    ...report.plugins.flatMap(verdictWarnings),
    ...merged.flatMap((found) => annotation(found, report)),
    ...warned.map(({ text, where }) => ({ name: 'warning', text, where: where ?? null }) as const),
  ];
}

/** With what was warned of on the way and stands at no place: what does is said of the plugins. */
function withAllWarnings(report: CheckReport, warned: Place['warned']): CheckReport {
  const others = warned.flatMap(({ text, where }) => (where === undefined ? [text] : []));
  return { ...report, warnings: [...new Set([...report.warnings, ...others])] };
}

/** What was there before a pull request, and the plugin's own modules, are left to the summary. */
function annotation(merged: MergedFinding, { strict }: CheckReport): readonly Annotation[] {
  const { finding } = merged;
  const { level, kind, since, remedy, where } = finding;
  if (kind === 'own-module' || (level !== 'conflict' && since === 'old')) return [];
  const name =
    level === 'conflict' || (level === 'drift' && strict)
      ? 'error'
      : level === 'drift'
        ? 'warning'
        : 'notice';
  return [{ name, text: [mergedText(merged), remedy].filter((line) => line !== '').join('\n'), where }];
}

/** It loads, and yet something may go wrong: a library that the server's machine has to have, for instance. */
function verdictWarnings({ checks, goMod }: CheckedPlugin): readonly Annotation[] {
  const where = { kind: 'file', file: goMod } as const;
  return verdictsByContent(verdictsOf(checks)).warnings.map((text) => ({ name: 'warning', text, where }));
}

/** A module that cannot be checked, at its go.mod where no other place is known. */
function unfit(plugin: CheckedPlugin): readonly Annotation[] {
  const failure = inputFailureOf(plugin);
  if (failure === null) return [];
  const { what, remedy, where } = failure;
  const at = where?.kind === 'file' ? where : ({ kind: 'file', file: plugin.goMod } as const);
  const input = where?.kind === 'input' ? `${whereText(where)}: ` : '';
  return [{ name: 'error', text: `${input}${what}\n${remedy}`, where: at }];
}

/** A server that could not be asked is no finding, and fails the step all the same. What several have is said once. */
function failed({ plugins }: CheckReport): readonly Annotation[] {
  const reasons = new Map<string, { readonly servers: Set<string>; readonly where: Annotation['where'] }>();
  const askable = plugins.filter((plugin) => inputFailureOf(plugin) === null);
  for (const { server, outcome } of askable.flatMap(({ checks }) => checks)) {
    const found = unanswered(outcome);
    if (found === null) continue;
    const reason = reasons.get(found.text) ?? { servers: new Set(), where: found.where };
    reason.servers.add(server);
    reasons.set(found.text, reason);
  }
  return [...reasons].map(([text, { servers, where }]) => ({
    name: 'error',
    text: `gotify ${[...servers].join(', ')}: ${text}`,
    where,
  }));
}

/** What `fix` failed at, at the go.mod that is not written; the same for several is said once. */
function unwritten({ fixes, plugins }: CheckReport): readonly Annotation[] {
  const reasons = new Map<string, { readonly files: string[]; readonly server: string }>();
  for (const { path, server, failure } of fixes) {
    if (failure === null) continue;
    const text = failureLines(failure).join('\n');
    const reason = reasons.get(text) ?? { files: [], server };
    reason.files.push(plugins.find((plugin) => plugin.path === path)?.goMod ?? path);
    reasons.set(text, reason);
  }
  return [...reasons].map(([text, { files, server }]) => ({
    name: 'error',
    text: `${some(files)} could not be brought in line with gotify ${server}: ${text}`,
    where: files.length === 1 && files[0] !== undefined ? { kind: 'file', file: files[0] } : null,
  }));
}

function unanswered(outcome: Outcome): Pick<Annotation, 'text' | 'where'> | null {
  if (outcome.kind === 'undecided') return { text: `undecided: ${outcome.because}`, where: null };
  if (outcome.kind !== 'failed') return null;
  const { what, remedy, where } = outcome.failure;
  return { text: `${what}\n${remedy}`, where };
}
