import type { CheckOptions } from '../options/options.js';
import type { CheckReport } from '../report/check-report.js';
import { checkSummary } from '../report/check-summary.js';
import { checkText } from '../report/check-text.js';
import { reportPath } from '../report/json.js';
import { mergedText, mergeFindings, type MergedFinding } from '../report/merge-findings.js';
import { setOutputs, writeSummary } from './action-outputs.js';
import { command, placeOf, plain, type CommandName } from './workflow-commands.js';

/** What GitHub shows of each level in one step: https://docs.github.com/en/actions/reference/limits. */
const mostAnnotations = 10;

interface Place {
  readonly options: CheckOptions;
  readonly workspace: string;
  /** Takes text for the runner, with its line ends. */
  readonly say: (text: string) => void;
}

/** Log, annotations, outputs and summary of a check. */
export async function publishCheck(report: CheckReport, { options, workspace, say }: Place): Promise<void> {
  say(plain(checkText(report)));
  for (const text of annotations(report, workspace)) say(text);
  const [server] = report.servers;
  setOutputs({
    compatible: String(report.compatible),
    conflicts: String(report.conflicts),
    report: reportPath(options),
    ...(server === undefined || report.servers.length > 1
      ? {}
      : {
          'server-version': server.version,
          'server-commit': server.commit ?? '',
          'go-version': server.goVersion,
        }),
  });
  await writeSummary(checkSummary(report));
}

interface Annotation {
  readonly name: Extract<CommandName, 'error' | 'warning' | 'notice'>;
  readonly text: string;
  readonly where: MergedFinding['finding']['where'];
}

/** Of each level the most important, and last how many more there are. */
function annotations(report: CheckReport, workspace: string): readonly string[] {
  const all = [
    ...report.plugins.flatMap((plugin) =>
      mergeFindings(plugin).flatMap((found) => annotation(found, report)),
    ),
    ...failed(report),
  ];
  return (['error', 'warning', 'notice'] as const).flatMap((name) => {
    const own = all.filter((each) => each.name === name);
    const fits = own.length <= mostAnnotations;
    const shown = fits ? own : own.slice(0, mostAnnotations - 1);
    const more = own.length - shown.length;
    return [
      ...shown.map(({ text, where }) => command(name, text, placeOf(where, workspace))),
      ...(more === 0 ? [] : [command(name, `${String(more)} more like these are in the job summary`)]),
    ];
  });
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

/** A server that could not be asked is no finding, and fails the step all the same. */
function failed({ plugins }: CheckReport): readonly Annotation[] {
  return plugins.flatMap(({ checks }) =>
    checks.flatMap(({ server, outcome }): Annotation[] => {
      if (outcome.kind === 'undecided')
        return [{ name: 'error', text: `gotify ${server}: undecided: ${outcome.because}`, where: null }];
      if (outcome.kind !== 'failed') return [];
      const { what, remedy, where } = outcome.failure;
      return [{ name: 'error', text: `gotify ${server}: ${what}\n${remedy}`, where }];
    }),
  );
}
