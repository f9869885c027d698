import type { Target } from '../build/target.js';
import { asFailure } from '../report/failure.js';
import type { ServerVerdict } from '../report/report.js';
import type { RunContext } from './context.js';
import type { PlannedGroup } from './plan-groups.js';
import { judgeFile, readPlugin } from './prove.js';

/** A file that loads in each server of the group that it was built for. */
export interface GoodFile {
  /** The version of that group. */
  readonly by: string;
  /** Absolute. */
  readonly file: string;
}

export interface Cover extends GoodFile {
  /** One for each server of the group that it covers, in its order; each loads. */
  readonly verdicts: readonly ServerVerdict[];
}

/**
 * The first of some files that also loads in each server of another group, by what these servers themselves say: a
 * reference host would cost the build that it could spare. Null: there is none, or it cannot be told.
 */
export async function coverOf(
  request: { readonly group: PlannedGroup; readonly target: Target; readonly files: readonly GoodFile[] },
  context: RunContext,
): Promise<Cover | null> {
  const { group, target, files } = request;
  try {
    for (const file of files) {
      const verdicts = await loadsInAll(file, { group, target }, context);
      if (verdicts !== null) return { ...file, verdicts };
    }
  } catch (error) {
    // The group's own build meets the same trouble, and reports it.
    context.ports.reporter.detail(asFailure(error).message);
  }
  return null;
}

async function loadsInAll(
  { file }: GoodFile,
  { group, target }: { readonly group: PlannedGroup; readonly target: Target },
  context: RunContext,
): Promise<readonly ServerVerdict[] | null> {
  const plugin = readPlugin(file, context);
  const verdicts: ServerVerdict[] = [];
  for (const server of group.servers) {
    const real = await context.manifests.of(server, target);
    if (real.kind !== 'found') return null;
    const judged = judgeFile(plugin, real, { server, target });
    if (judged.verdict?.kind !== 'loads') return null;
    verdicts.push(judged);
  }
  return verdicts;
}
