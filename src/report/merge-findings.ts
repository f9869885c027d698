import { levels } from '../check/finding.js';
import type { CheckFinding, CheckedPlugin } from './check-report.js';

/** A finding that holds for several servers. */
export interface MergedFinding {
  /** As the first server has it. */
  readonly finding: CheckFinding;
  /** Each server that it holds for, in the report's order, with the finding in that server's words. */
  readonly byServer: ReadonlyMap<string, CheckFinding>;
}

/** The findings of a plugin, each once however many servers it holds for; the most important first. */
export function mergeFindings({ checks }: CheckedPlugin): readonly MergedFinding[] {
  const merged = new Map<string, { finding: CheckFinding; byServer: Map<string, CheckFinding> }>();
  for (const { server, findings } of checks) {
    const seen = new Map<string, number>();
    for (const finding of findings) {
      const alike = keyOf(finding);
      const before = seen.get(alike) ?? 0;
      seen.set(alike, before + 1);
      // One server may say two things of the plugin as a whole that differ in their words alone.
      const key = `${alike} ${String(before)}`;
      const known = merged.get(key) ?? { finding, byServer: new Map<string, CheckFinding>() };
      known.byServer.set(server, finding);
      merged.set(key, known);
    }
  }
  return [...merged.values()].sort(byRank);
}

/** What each server adds is its own version. */
function keyOf({ level, kind, code, module, plugin, where, since }: CheckFinding): string {
  return JSON.stringify([level, kind, code, module, plugin, where, since]);
}

/** For sort: conflicts before drifts before notes, and of one level what a change brought before what was there. */
export function byRank(a: MergedFinding, b: MergedFinding): number {
  return rank(a.finding) - rank(b.finding);
}

function rank({ level, since }: CheckFinding): number {
  return levels.indexOf(level) * 2 + Number(since === 'old');
}

/** What is found, in the words of each server that says it differently. */
export function mergedText({ byServer }: MergedFinding, mostServers = 3): string {
  const texts = [...new Set([...byServer.values()].map(({ what }) => what))];
  const shown = texts.slice(0, mostServers);
  const more = texts.length - shown.length;
  return more === 0 ? shown.join('\n') : `${shown.join('\n')}\nand the like for ${String(more)} more servers`;
}
