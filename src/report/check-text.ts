import { whereText } from '../errors.js';
import {
  inputFailureOf,
  type Check,
  type CheckedPlugin,
  type CheckReport,
  type Outcome,
} from './check-report.js';
import { count, sourceText } from './describe.js';
import { mergedText, mergeFindings, type MergedFinding } from './merge-findings.js';
import { fixCommand, type Fixing } from './fix-commands.js';
import { fixAnswer, fixDetails } from './fix-text.js';
import type { ServerVerdict } from './report.js';
import { verdictsByContent } from './verdicts.js';

/**
 * What the command line and the action's log print at the end of a check: for each plugin the answer of each server and
 * the findings, then one line for all. Text from the plugin is as it came, so the caller makes it safe for where it goes.
 */
export function checkText(report: CheckReport, fixing: Fixing): string {
  const commands = report.plugins.map((plugin) => fixCommand(plugin, report, fixing));
  return [
    ...report.plugins.flatMap((plugin, index) => pluginLines(plugin, report, commands[index] ?? null)),
    ...skippedLines(report),
    ...(fixing.tool.setup === null || commands.every((command) => command === null)
      ? []
      : [
          "Run it in the repository's folder. The command line comes with, once:",
          `  ${fixing.tool.setup}`,
          '',
        ]),
    answer(report),
  ].join('\n');
}

function pluginLines(plugin: CheckedPlugin, report: CheckReport, command: string | null): readonly string[] {
  const merged = mergeFindings(plugin);
  const shown = merged.filter(({ finding }) => finding.kind !== 'own-module');
  const failure = inputFailureOf(plugin);
  const title = `${plugin.module ?? plugin.path} (${plugin.goMod})`;
  if (failure !== null) {
    const where = failure.where === null ? '' : `${whereText(failure.where)}: `;
    return [title, `  cannot be checked: ${where}${failure.what}`, `    ${failure.remedy}`, ''];
  }
  return [
    title,
    ...plugin.checks.map((check) => `  ${serverLine(check, report)}`),
    ...shown.flatMap(findingLines),
    ...ownModules(merged),
    ...hiding(plugin),
    ...verdictLines(plugin),
    ...(command === null ? [] : ['  To bring go.mod in line:', `    ${command}`]),
    ...fixLines(plugin, report),
    '',
  ];
}

function skippedLines({ skipped }: CheckReport): readonly string[] {
  if (skipped.length === 0) return [];
  return [...skipped.map(({ path, because }) => `${path}: left out, as ${because}`), ''];
}

function serverLine(check: Check, { servers }: CheckReport): string {
  const go = servers.find(({ version }) => version === check.server)?.goVersion ?? '';
  const fixed =
    check.fixed.length === 0 ? '' : `; ${count(check.fixed.length, 'finding', 'findings')} of the base gone`;
  return `gotify ${check.server} (Go ${go}): ${outcomeText(check)}${fixed}`;
}

/** The answer of one server in a few words. */
export function outcomeText({ outcome, findings }: Check): string {
  const conflicts = findings.filter(({ level }) => level === 'conflict').length;
  const drifts = findings.filter(({ level }) => level === 'drift').length;
  const differences = drifts === 0 ? 'no drift' : count(drifts, 'drift', 'drifts');
  if (conflicts > 0) return `${count(conflicts, 'conflict', 'conflicts')}, ${differences}`;
  return `${fitText(outcome)}, ${differences}`;
}

function fitText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'loads':
      return `fits (${String(outcome.compared)} packages compared with ${sourceText(outcome.verdict.comparedWith)})`;
    case 'not-compiled':
      return 'no conflict in the lines of go.mod (not compiled)';
    case 'conflict':
      return 'does not fit';
    case 'undecided':
      return `undecided: ${outcome.because}`;
    case 'failed':
      return `could not be checked: ${outcome.failure.what}`;
  }
}

function findingLines(merged: MergedFinding): readonly string[] {
  const { finding } = merged;
  const [first = '', ...more] = mergedText(merged).split('\n');
  const where = finding.where === null ? '' : `${whereText(finding.where)}: `;
  const since = finding.since === null || finding.since === 'new' ? '' : ` (${sinceText[finding.since]})`;
  return [
    `  ${finding.level}${since}: ${where}${first}`,
    ...more.map((line) => `    ${line}`),
    // What to do about versions is said once, at the end.
    ...(finding.remedy === '' || finding.kind === 'version' ? [] : [`    ${finding.remedy}`]),
  ];
}

const sinceText = { worse: 'made worse', old: 'was there before' } as const;

/** One line for all of them: nothing has to be done about them. */
function ownModules(merged: readonly MergedFinding[]): readonly string[] {
  const own = merged.filter(({ finding }) => finding.kind === 'own-module');
  if (own.length === 0) return [];
  const names = own.slice(0, 10).map(({ finding }) => finding.module ?? '');
  const more = own.length - names.length;
  const list = `${names.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
  return [`  note: the plugin brings ${count(own.length, 'module', 'modules')} that a server lacks: ${list}`];
}

function hiding({ checks }: CheckedPlugin): readonly string[] {
  const reasons = new Set(checks.flatMap(({ mayHideMore }) => (mayHideMore === null ? [] : [mayHideMore])));
  return [...reasons].map((reason) => `  warning: ${reason}`);
}

/** What the comparison with the servers said besides its answer: each thing once. */
function verdictLines({ checks }: CheckedPlugin): readonly string[] {
  const { warnings, notes } = verdictsByContent(verdictsOf(checks));
  return [...warnings.map((text) => `  warning: ${text}`), ...notes.map((text) => `  note: ${text}`)];
}

/** Of the servers that a file was compared with. */
export function verdictsOf(checks: readonly Check[]): readonly ServerVerdict[] {
  return checks.flatMap(({ outcome }) =>
    'verdict' in outcome && outcome.verdict !== null ? [outcome.verdict] : [],
  );
}

function fixLines({ path, goMod }: CheckedPlugin, { fixes }: CheckReport): readonly string[] {
  return fixes
    .filter((fix) => fix.path === path)
    .flatMap((fix) => [
      `  fix: ${fixAnswer(fix, goMod)}`,
      ...fixDetails(fix, goMod).map((line) => `    ${line}`),
    ]);
}

function answer({ conflicts, drifts, compatible, plugins, servers }: CheckReport): string {
  const of = `${count(plugins.length, 'plugin', 'plugins')}, ${count(servers.length, 'server', 'servers')}`;
  const found = `${count(conflicts, 'conflict', 'conflicts')}, ${count(drifts, 'drift', 'drifts')}`;
  if (compatible === true) return `Fits: ${of}; ${found}.`;
  if (compatible === false) return `Does not fit: ${of}; ${found}.`;
  return `Not known to fit: ${of}; ${found}.`;
}
