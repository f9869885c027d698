import { whereText } from '../errors.js';
import type { CheckedPlugin, CheckReport } from './check-report.js';
import { outcomeText } from './check-text.js';
import { count } from './describe.js';
import { fixCommands } from './fix-commands.js';
import { code, folded, joinWithin, table, words } from './markdown.js';
import { mergeFindings, type MergedFinding } from './merge-findings.js';

/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 900 * 1024;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 300;
/** A table with more columns cannot be read. */
const mostServers = 12;

/** The job summary of a check: for each plugin one table, findings by servers. Foreign text cannot become Markdown. */
export function checkSummary(report: CheckReport): string {
  const mark = report.compatible === true ? '✅' : report.compatible === false ? '❌' : '❔';
  return joinWithin(
    [
      `### ${mark} ${words(title(report))}`,
      ...report.plugins.flatMap((plugin) => pluginParts(plugin, report)),
      ...report.warnings.map((warning) => `⚠️ ${words(warning)}`),
    ],
    limit,
  );
}

function title({ conflicts, drifts, base }: CheckReport): string {
  const found = `${count(conflicts, 'conflict', 'conflicts')} and ${count(drifts, 'drift', 'drifts')}`;
  return base === null ? found : `${found}, compared with ${base}`;
}

function pluginParts(plugin: CheckedPlugin, report: CheckReport): readonly string[] {
  const merged = mergeFindings(plugin);
  const important = merged.filter(({ finding }) => finding.level !== 'note');
  const notes = merged.filter(({ finding }) => finding.level === 'note');
  const hiding = new Set(plugin.checks.flatMap(({ mayHideMore }) => mayHideMore ?? []));
  const commands = fixCommands(plugin, report);
  return [
    `#### ${code(plugin.module)}`,
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
    ...[...hiding].map((reason) => `⚠️ ${words(reason)}`),
    ...(commands.length === 0
      ? []
      : ['To bring go.mod in line:', ...commands.map((command) => code(command))]),
    ...fixedPart(plugin),
    ...(notes.length === 0 ? [] : [folded(count(notes.length, 'note', 'notes'), notesList(notes))]),
  ];
}

/** Servers by findings: a cell says what that server has. */
function findingsTable(merged: readonly MergedFinding[], { checks }: CheckedPlugin): string {
  const servers = checks.map(({ server }) => server).slice(0, mostServers);
  return table(
    ['finding', 'where', 'plugin', ...servers.map((server) => words(server))],
    merged.slice(0, mostRows).map(({ finding, byServer }) => [
      `${marks[finding.level]} ${words(finding.module ?? finding.code)}${sinceMark(finding.since)}`,
      finding.where === null ? '' : code(whereText(finding.where)),
      finding.plugin === null ? '' : code(finding.plugin),
      ...servers.map((server) => {
        const own = byServer.get(server);
        return own === undefined ? '' : own.server === null ? marks[own.level] : code(own.server);
      }),
    ]),
  );
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

function fixedPart({ checks }: CheckedPlugin): readonly string[] {
  const fixed = new Set(checks.flatMap((check) => check.fixed.map(({ what }) => what)));
  if (fixed.size === 0) return [];
  const list = [...fixed].slice(0, 100).map((what) => `- ${words(what)}`);
  return [folded(`${count(fixed.size, 'finding', 'findings')} of the base gone`, list.join('\n'))];
}

function notesList(notes: readonly MergedFinding[]): string {
  return notes.map(({ finding }) => `- ${words(finding.what)}. ${words(finding.remedy)}`).join('\n');
}
