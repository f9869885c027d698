import { whereText } from '../errors.js';
import { inputFailureOf, type CheckedPlugin, type CheckReport } from './check-report.js';
import { outcomeText, verdictsOf } from './check-text.js';
import { count } from './describe.js';
import { fixCommand, type Fixing } from './fix-commands.js';
import { fixAnswer, fixDetails } from './fix-text.js';
import { code, folded, joinWithin, table, words } from './markdown.js';
import { mergeFindings, type MergedFinding } from './merge-findings.js';
import type { ReportedFailure } from './report.js';
import { verdictsByContent } from './verdicts.js';

/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 900 * 1024;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 300;
/** A table with more columns cannot be read. */
const mostColumns = 12;

/** The job summary of a check: for each plugin one table, findings by servers. Foreign text cannot become Markdown. */
export function checkSummary(report: CheckReport, fixing: Fixing): string {
  const mark = report.compatible === true ? '✅' : report.compatible === false ? '❌' : '❔';
  const commands = report.plugins.map((plugin) => fixCommand(plugin, report, fixing));
  return joinWithin(
    [
      `### ${mark} ${words(title(report))}`,
      ...report.plugins.flatMap((plugin, index) => pluginParts(plugin, report, commands[index] ?? null)),
      ...setupPart(commands, fixing),
      ...report.skipped.map(({ path, because }) => `${code(path)} is left out, as ${words(because)}.`),
      ...report.warnings.map((warning) => `⚠️ ${words(warning)}`),
    ],
    limit,
  );
}

function title({ conflicts, drifts, base }: CheckReport): string {
  const found = `${count(conflicts, 'conflict', 'conflicts')} and ${count(drifts, 'drift', 'drifts')}`;
  return base === null ? found : `${found}, compared with ${base}`;
}

function failureText({ what, remedy, where }: ReportedFailure): string {
  return `${where === null ? '' : `${code(whereText(where))}: `}${words(what)}. ${words(remedy)}`;
}

/** What the commands need is said once. */
function setupPart(commands: readonly (string | null)[], { tool }: Fixing): readonly string[] {
  if (tool.setup === null || commands.every((command) => command === null)) return [];
  return [`Run it in the repository's folder. The command line comes with, once: ${code(tool.setup)}`];
}

function pluginParts(plugin: CheckedPlugin, report: CheckReport, command: string | null): readonly string[] {
  const merged = mergeFindings(plugin);
  const important = merged.filter(({ finding }) => finding.level !== 'note');
  const notes = merged.filter(({ finding }) => finding.level === 'note');
  const hiding = new Set(plugin.checks.flatMap(({ mayHideMore }) => mayHideMore ?? []));
  const told = verdictsByContent(verdictsOf(plugin.checks));
  const title = `#### ${code(plugin.module ?? plugin.path)}`;
  const failure = inputFailureOf(plugin);
  if (failure !== null) return [title, `❌ cannot be checked: ${failureText(failure)}`];
  return [
    title,
    table(
      ['server', 'Go', 'answer'],
      plugin.checks.map((check) => [
        code(check.server),
        code(report.servers.find(({ version }) => version === check.server)?.goVersion ?? ''),
        words(outcomeText(check), 300),
      ]),
    ),
    ...(important.length === 0 ? [] : [findingsTable(important, plugin)]),
    ...(important.length > mostRows
      ? [`and ${String(important.length - mostRows)} more in report.json.`]
      : []),
    ...important.slice(0, 50).flatMap(remedyLine),
    ...[...hiding, ...told.warnings].map((reason) => `⚠️ ${words(reason)}`),
    ...(command === null ? [] : [`To bring go.mod in line: ${code(command)}`]),
    ...fixParts(plugin, report),
    ...fixedPart(plugin),
    ...notesPart([...notes.map(noteText), ...told.notes]),
  ];
}

/** Findings by servers: a cell says what those servers have. Servers that have the same of all of them share a column. */
function findingsTable(merged: readonly MergedFinding[], { checks }: CheckedPlugin): string {
  const shown = merged.slice(0, mostRows);
  const byCells = new Map<string, { readonly servers: string[]; readonly cells: readonly string[] }>();
  for (const { server } of checks) {
    const cells = shown.map((finding) => cell(finding, server));
    const key = JSON.stringify(cells);
    const column = byCells.get(key) ?? { servers: [], cells };
    column.servers.push(server);
    byCells.set(key, column);
  }
  const columns = [...byCells.values()].slice(0, mostColumns);
  const more = checks.length - columns.flatMap(({ servers }) => servers).length;
  const rows = shown.map(({ finding }, row) => [
    `${marks[finding.level]} ${words(finding.module ?? finding.code)}${sinceMark(finding.since)}`,
    finding.where === null ? '' : code(whereText(finding.where)),
    finding.plugin === null ? '' : code(finding.plugin),
    ...columns.map(({ cells }) => cells[row] ?? ''),
  ]);
  const head = ['finding', 'where', 'plugin', ...columns.map(({ servers }) => words(servers.join(', ')))];
  return more === 0
    ? table(head, rows)
    : `${table(head, rows)}\n\nand ${count(more, 'more server', 'more servers')} in report.json.`;
}

function cell({ byServer }: MergedFinding, server: string): string {
  const own = byServer.get(server);
  return own === undefined ? '' : own.server === null ? marks[own.level] : code(own.server);
}

const marks = { conflict: '❌', drift: '⚠️', note: 'ℹ️' } as const;

function sinceMark(since: MergedFinding['finding']['since']): string {
  if (since === null || since === 'old') return since === null ? '' : ' (was there before)';
  return since === 'new' ? ' (new)' : ' (made worse)';
}

function remedyLine({ finding }: MergedFinding): readonly string[] {
  if (finding.level !== 'conflict') return [];
  return [`- ${words(finding.what)}. ${words(finding.remedy)}`];
}

/** What `fix` did, and what it could not do. */
function fixParts({ path, goMod }: CheckedPlugin, { fixes }: CheckReport): readonly string[] {
  return fixes
    .filter((fix) => fix.path === path)
    .flatMap((fix) => {
      const isDone = fix.unsolved.length === 0 && fix.failure === null;
      const mark = isDone ? '🔧' : fix.failure === null ? '⚠️' : '❌';
      const details = fixDetails(fix, goMod);
      const answer = `${mark} ${words(fixAnswer(fix, goMod))}`;
      if (details.length === 0) return [answer];
      const list = details.slice(0, mostRows).map((line) => `- ${words(line)}`);
      return [answer, isDone ? folded('changes', list.join('\n')) : list.join('\n')];
    });
}

function fixedPart({ checks }: CheckedPlugin): readonly string[] {
  const fixed = new Set(checks.flatMap((check) => check.fixed.map(({ what }) => what)));
  if (fixed.size === 0) return [];
  const list = [...fixed].slice(0, 100).map((what) => `- ${words(what)}`);
  return [folded(`${count(fixed.size, 'finding', 'findings')} of the base gone`, list.join('\n'))];
}

function noteText({ finding }: MergedFinding): string {
  return `${finding.what}. ${finding.remedy}`;
}

function notesPart(notes: readonly string[]): readonly string[] {
  if (notes.length === 0) return [];
  const list = notes.map((note) => `- ${words(note)}`);
  return [folded(count(notes.length, 'note', 'notes'), list.join('\n'))];
}
