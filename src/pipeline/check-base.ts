import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Failure } from '../errors.js';
import { parseModFile } from '../go/modfile.js';
import { keptReplaces } from '../pin/local-replaces.js';
import type { PluginProject } from '../plugin/project.js';
import { asFailure } from '../report/failure.js';
import type { CheckContext } from './check-context.js';
import type { BaseFiles } from './check-ports.js';

export type Before =
  /** Nothing to compare with. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** The plugin is new. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'project'; readonly project: PluginProject };

export interface Compared {
  /** What messages call the base; null: nothing is compared. */
  readonly base: string | null;
  /** Each project, in their order. */
  readonly before: readonly { readonly project: PluginProject; readonly before: Before }[];
  /** Why something is not compared, whole sentences without a full stop. */
  readonly warnings: readonly string[];
}

/** What the plugins were before the change. Without a base all is judged as new: that is stricter, never laxer. */
export async function readBase(projects: readonly PluginProject[], context: CheckContext): Promise<Compared> {
  const { files, warnings } = await openBase(context);
  if (files === null) {
    const before = projects.map((project) => ({ project, before: { kind: 'none' } as const }));
    return { base: null, before, warnings };
  }
  const before = await projectsAt(files, projects, context);
  const isCompared = before.some((each) => each.before.kind !== 'unreadable');
  return { base: isCompared ? files.name : null, before, warnings: notCompared(before, files) };
}

async function openBase({ options, ports }: CheckContext): Promise<{
  readonly files: BaseFiles | null;
  readonly warnings: readonly string[];
}> {
  if (!options.baseline) return { files: null, warnings: [] };
  try {
    return { files: await ports.openBase(options.baseRef), warnings: [] };
  } catch (error) {
    const warning = `nothing is compared with the base: ${asFailure(error).what}`;
    return { files: null, warnings: [warning] };
  }
}

function projectsAt(
  base: BaseFiles,
  projects: readonly PluginProject[],
  context: CheckContext,
): Promise<Compared['before']> {
  const limit = pLimit(context.options.concurrency);
  return Promise.all(
    projects.map((project) =>
      limit(async () => ({ project, before: await projectAt(base, project, context) })),
    ),
  );
}

async function projectAt(
  base: BaseFiles,
  project: PluginProject,
  { builder }: CheckContext,
): Promise<Before> {
  try {
    const goModText = await base.read(project.goModFile);
    if (goModText === null) return { kind: 'absent' };
    // Lines are judged by go.mod alone.
    const goSumText = builder === null ? null : await base.read(join(project.moduleDir, 'go.sum'));
    const file = `${project.displayGoMod} of ${base.name}`;
    const goMod = parseModFile(goModText, file);
    // What Go refuses is no measure for a change that may well correct it.
    keptReplaces(
      goMod,
      { dependencies: 'keep', server: { pinList: { source: 'go.mod', modules: [] } } },
      file,
    );
    return { kind: 'project', project: { ...project, goModText, goSumText, goMod } };
  } catch (error) {
    return { kind: 'unreadable', failure: asFailure(error) };
  }
}

/** One sentence for each reason, with the files that it keeps from being compared. */
function notCompared(compared: Compared['before'], base: BaseFiles): readonly string[] {
  const reasons = new Map<string, { readonly what: string; readonly files: string[] }>();
  for (const { project, before } of compared) {
    if (before.kind !== 'unreadable') continue;
    const { kind, code, what } = before.failure;
    // A refusal names the address of one file; the others are refused for the same reason.
    const key = kind === 'surroundings' ? code : what;
    const reason = reasons.get(key) ?? { what, files: [] };
    reason.files.push(project.displayGoMod);
    reasons.set(key, reason);
  }
  return [...reasons.values()].map(({ what, files }) => {
    const are = files.length === 1 ? 'is' : 'are';
    return `${some(files)} ${are} not compared with ${base.name}: ${what}`;
  });
}

/** The first few, and how many more there are. */
function some(files: readonly string[]): string {
  const more = files.length - 5;
  return more > 0 ? `${files.slice(0, 5).join(', ')} and ${String(more)} more` : files.join(', ');
}
