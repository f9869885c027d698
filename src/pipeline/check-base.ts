import { isAbsolute, join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { Failure } from '../errors.js';
import { parseModFile, type ModFile } from '../go/modfile.js';
import { keptReplaces } from '../pin/local-replaces.js';
import { readOptional, type PluginProject } from '../plugin/project.js';
import type { Files } from '../ports.js';
import { some } from '../report/describe.js';
import { asFailure } from '../report/failure.js';
import type { CheckContext } from './check-context.js';
import type { BaseFiles } from './check-ports.js';

export type Before =
  /** Nothing to compare with. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly failure: Failure }
  /** The plugin is new. */
  | { readonly kind: 'absent' }
  /** Where the plugin is compiled, with the source that it had: what its files import decides what it is made of. */
  | { readonly kind: 'project'; readonly project: PluginProject };

export interface Compared {
  /** What messages call the base; null: nothing is compared. */
  readonly base: string | null;
  /** Each project, in their order. */
  readonly before: readonly { readonly project: PluginProject; readonly before: Before }[];
  /** Why something is not compared, whole sentences without a full stop. */
  readonly warnings: readonly string[];
  /** Removes what was laid out. */
  close(): Promise<void>;
}

/** What the plugins were before the change. Without a base all is judged as new: that is stricter, never laxer. */
export async function readBase(projects: readonly PluginProject[], context: CheckContext): Promise<Compared> {
  const { files, warnings } = await openBase(projects, context);
  if (files === null) {
    const before = projects.map((project) => ({ project, before: { kind: 'none' } as const }));
    return { base: null, before, warnings, close: () => Promise.resolve() };
  }
  const { before, close } = await projectsAt(files, projects, context);
  const isCompared = before.some((each) => each.before.kind !== 'unreadable');
  return {
    base: isCompared ? files.name : null,
    before,
    warnings: notComparedTexts(unreadable(before, files)),
    close,
  };
}

async function openBase(
  [first]: readonly PluginProject[],
  { options, ports }: CheckContext,
): Promise<{ readonly files: BaseFiles | null; readonly warnings: readonly string[] }> {
  if (!options.baseline) return { files: null, warnings: [] };
  try {
    const folder = first?.moduleDir ?? options.base;
    return { files: await ports.openBase({ ref: options.baseRef, folder }), warnings: [] };
  } catch (error) {
    const warning = `nothing is compared with the base: ${asFailure(error).what}`;
    return { files: null, warnings: [warning] };
  }
}

async function projectsAt(
  base: BaseFiles,
  projects: readonly PluginProject[],
  context: CheckContext,
): Promise<Pick<Compared, 'before' | 'close'>> {
  const { builder, options, ports } = context;
  // Lines are judged by go.mod alone.
  const run = builder === null ? null : await (await import('./run-dir.js')).openRun(options.cacheDir, ports);
  const close = async (): Promise<void> => run?.close();
  ports.onClose(close);
  const limit = pLimit(options.concurrency);
  const into = run?.path ?? null;
  const before = projects.map((project) =>
    limit(async () => ({ project, before: await projectAt(base, project, { into, files: ports.files }) })),
  );
  return { before: await Promise.all(before), close };
}

interface Place {
  /** The folder that sources are laid out in; null: none are needed. */
  readonly into: string | null;
  readonly files: Files;
}

async function projectAt(base: BaseFiles, project: PluginProject, place: Place): Promise<Before> {
  try {
    const moduleDir =
      place.into === null ? project.moduleDir : await base.layOut(project.moduleDir, place.into);
    const read = (name: string): Promise<string | null> =>
      place.into === null
        ? base.read(join(moduleDir, name))
        : readOptional(join(moduleDir, name), place.files);
    const goModText = await read('go.mod');
    if (goModText === null) {
      // GitHub's archive is not all of a commit, and what it lacks is not new.
      const isThere = place.into !== null && (await base.read(join(project.moduleDir, 'go.mod'))) !== null;
      return isThere ? { kind: 'unreadable', failure: notInArchive() } : { kind: 'absent' };
    }
    const goMod = checkedMod(goModText, `${project.displayGoMod} of ${base.name}`);
    const goSumText = place.into === null ? null : await read('go.sum');
    if (place.into !== null)
      await completeReplaced(goMod, { now: project.moduleDir, then: moduleDir }, place);
    return { kind: 'project', project: projectOf(project, { moduleDir, goModText, goSumText, goMod }) };
  } catch (error) {
    return { kind: 'unreadable', failure: asFailure(error) };
  }
}

function notInArchive(): Failure {
  return new Failure('surroundings', {
    code: 'not-in-archive',
    what: "GitHub's archive of it leaves the plugin out (export-ignore in .gitattributes)",
    remedy: 'Check the repository out with fetch-depth: 0.',
  });
}

/** Throws Failure for what Go refuses: it is no measure for a change that may well correct it. */
function checkedMod(text: string, file: string): ModFile {
  const goMod = parseModFile(text, file);
  keptReplaces(goMod, { dependencies: 'keep', server: { pinList: { source: 'go.mod', modules: [] } } }, file);
  return goMod;
}

/** Messages call it as they call the plugin that it is now. */
function projectOf(
  project: PluginProject,
  then: Pick<PluginProject, 'moduleDir' | 'goModText' | 'goSumText' | 'goMod'>,
): PluginProject {
  const { moduleDir, goMod } = then;
  return {
    ...project,
    ...then,
    goModFile: join(moduleDir, 'go.mod'),
    modulePath: goMod.module,
    packageDir: join(moduleDir, project.packageArg),
  };
}

/**
 * A folder in place of a module may be none of the repository's files: a submodule, or what lies beside the checkout.
 * No base of it is known, so that it is as now.
 */
async function completeReplaced(
  { replaces }: ModFile,
  { now, then }: { readonly now: string; readonly then: string },
  { into, files }: Place,
): Promise<void> {
  for (const { new: target } of replaces) {
    if (target.kind !== 'local' || isAbsolute(target.dir)) continue;
    const [current, former] = [resolve(now, target.dir), resolve(then, target.dir)];
    if (into === null || former !== join(into, current)) continue;
    const isThere = (await files.stat(join(former, 'go.mod'))) !== null;
    if (isThere || (await files.stat(join(current, 'go.mod'))) === null) continue;
    await files.makeDir(former);
    await files.copy(current, former);
  }
}

/** A go.mod that is not compared with a base, and why; `key`: what tells reasons apart, `why` itself unless given. */
export interface NotCompared {
  readonly file: string;
  readonly base: string;
  readonly why: string;
  readonly key?: string;
}

/** One sentence for each reason, with the files that it keeps from being compared. */
export function notComparedTexts(all: readonly NotCompared[]): readonly string[] {
  const reasons = new Map<string, Pick<NotCompared, 'base' | 'why'> & { readonly files: string[] }>();
  for (const { file, base, why, key: reasonKey = why } of all) {
    const key = JSON.stringify([reasonKey, base]);
    const reason = reasons.get(key) ?? { base, why, files: [] };
    reason.files.push(file);
    reasons.set(key, reason);
  }
  return [...reasons.values()].map(({ base, why, files }) => {
    const are = files.length === 1 ? 'is' : 'are';
    return `${some(files)} ${are} not compared with ${base}: ${why}`;
  });
}

function unreadable(compared: Compared['before'], { name: base }: BaseFiles): readonly NotCompared[] {
  return compared.flatMap(({ project: { displayGoMod: file }, before }) => {
    if (before.kind !== 'unreadable') return [];
    const { kind, code, what: why } = before.failure;
    // A refusal names the address of one file; the others are refused for the same reason.
    return [{ file, base, why, ...(kind === 'surroundings' ? { key: code } : {}) }];
  });
}
