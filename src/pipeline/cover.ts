import type { Target } from '../build/target.js';
import { asFailure } from '../report/failure.js';
import type { ServerVerdict } from '../report/report.js';
import type { IndexEntry } from '../publish/index-file.js';
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
  request: Covering & { readonly files: readonly GoodFile[] },
  context: RunContext,
): Promise<Cover | null> {
  const { group, target, files } = request;
  try {
    for (const file of files) {
      const verdicts = await loadsInAll(file.file, { group, target }, context);
      if (verdicts !== null) return { ...file, verdicts };
    }
  } catch (error) {
    // The group's own build meets the same trouble, and reports it.
    context.ports.reporter.detail(asFailure(error).message);
  }
  return null;
}

/** A file of the release that loads in each server of a group. */
export interface ReleasedCover {
  readonly entry: IndexEntry;
  /** One for each server of the group, in its order; each loads. */
  readonly verdicts: readonly ServerVerdict[];
}

/** The same for files that the followed release has already, which are fetched for that. */
export async function releasedCoverOf(
  { group, target }: Covering,
  context: RunContext,
): Promise<ReleasedCover | null> {
  const { released, options, project } = context;
  if (released === null || options.verify === 'off') return null;
  const { goVersion } = group;
  const wanted = { plugin: project.modulePath, name: options.name ?? project.name, goVersion };
  try {
    for (const { entry, fetch } of released.of({ ...wanted, target: target.name })) {
      const file = await fetch();
      const verdicts = file === null ? null : await loadsInAll(file, { group, target }, context);
      if (verdicts !== null) return { entry, verdicts };
    }
  } catch (error) {
    // What cannot be fetched or read spares no build.
    context.ports.reporter.detail(asFailure(error).message);
  }
  return null;
}

interface Covering {
  readonly group: PlannedGroup;
  readonly target: Target;
}

async function loadsInAll(
  file: string,
  { group, target }: Covering,
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
