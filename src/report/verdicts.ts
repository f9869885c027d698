import type { Rejection } from '../verify/verdict.js';
import type { ServerVerdict } from './report.js';

export interface VerdictContent {
  /** Each list of reasons once, with the versions of the servers that have it. */
  readonly rejections: readonly { readonly by: readonly string[]; readonly reasons: readonly Rejection[] }[];
  /** Why it could not be decided. */
  readonly undecided: readonly string[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

/** What the servers of a group have to say of a file, each thing once. */
export function verdictsByContent(verdicts: readonly ServerVerdict[]): VerdictContent {
  const rejections = new Map<string, { readonly by: string[]; readonly reasons: readonly Rejection[] }>();
  for (const { server, verdict } of verdicts) {
    if (verdict?.kind !== 'rejected') continue;
    const key = JSON.stringify(verdict.reasons);
    const known = rejections.get(key);
    if (known === undefined) rejections.set(key, { by: [server], reasons: verdict.reasons });
    else known.by.push(server);
  }
  return {
    rejections: [...rejections.values()],
    undecided: unique(
      verdicts.flatMap(({ verdict }) => (verdict?.kind === 'undecided' ? [verdict.because] : [])),
    ),
    warnings: unique(verdicts.flatMap(({ verdict }) => verdict?.warnings ?? [])),
    notes: unique(verdicts.flatMap(({ verdict }) => verdict?.notes ?? [])),
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
