import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { GoStep, Workspace } from '../build/builder.js';
import type { Target } from '../build/target.js';
import type { Failure } from '../errors.js';
import { parseModFile } from '../go/modfile.js';
import { loweredName, type AbsentFolder } from '../pin/replaced.js';
import { diagnoseList, type DiagnosisContext } from '../plugin/diagnose.js';
import { listArgs, newestModules, parseListing, type NewestModule } from '../plugin/list.js';
import type { PluginListing } from '../plugin/listing.js';
import type { AskGo } from '../plugin/newest-fitting.js';
import { importStamp } from '../plugin/stamp.js';
import { hasLowered, writeLowered } from '../plugin/write-lowered.js';
import type { Files, Task } from '../ports.js';
import type { TargetContext } from './context.js';
import { timedOut } from '../build/timed-out.js';

/** A target's workspace, ready to compile: its modules are in the cache, its go.mod and go.sum are complete. */
export interface Sources {
  readonly workspace: Workspace;
  readonly listing: PluginListing;
  /** The build-only go.mod as go left it. */
  readonly goMod: string;
  /** Modules that nothing requires. */
  readonly newest: readonly NewestModule[];
  /** Whether this run asked the network for it; else an earlier one did. */
  readonly downloaded: boolean;
}

/** What the download step leaves for later runs of the same pin and imports. */
const rememberedSchema = v.object({
  goMod: v.string(),
  goSum: v.string(),
  list: v.string(),
  newest: v.array(v.object({ path: v.string(), version: v.string(), importPath: v.string() })),
});
type Remembered = v.InferOutput<typeof rememberedSchema>;

/**
 * Makes a target's workspace. The download step is left out where an earlier run did it for the same pin, imports and
 * module cache; `again` does it all the same.
 *
 * @throws Failure for what the go command says of the plugin's modules and packages
 */
export async function prepareSources(
  request: { readonly target: Target; readonly task: Task; readonly again: boolean },
  context: TargetContext,
): Promise<Sources> {
  const { target, task, again } = request;
  const workspace = await makeWorkspace(target, context);
  const memory = await memoryFile({ target, workspace }, context);
  const remembered = again ? null : await recall(memory, rememberedSchema, context.ports.files);
  const known = remembered?.value ?? null;
  const found = known ?? (await download({ target, task, workspace }, context));
  const { files } = context.ports;
  await files.write(join(workspace.pin, 'go.mod'), found.goMod);
  await files.write(join(workspace.pin, 'go.sum'), found.goSum);
  if (known === null) await files.write(memory, JSON.stringify(found));
  warnOfNewest(found.newest, context);
  const { goMod, newest } = found;
  return { workspace, listing: parseListing(found.list), goMod, newest, downloaded: known === null };
}

/** The folders of a target, below the run's. */
export async function makeWorkspace(
  target: Target,
  { project, run, pinning, ports }: TargetContext,
): Promise<Workspace> {
  const pin = await run.folder(target.name, 'pin');
  for (const { index, lowered } of pinning.folders) {
    if (lowered !== null) await ports.files.write(join(pin, loweredName(index)), lowered.goMod);
  }
  return {
    module: project.moduleDir,
    pin,
    out: await run.folder(target.name, 'out'),
    replaced: pinning.folders.map(({ path }) => path),
  };
}

/** Nothing says which version the author means, and tomorrow another one may be the newest. */
function warnOfNewest(newest: readonly NewestModule[], { project, ports, warned }: TargetContext): void {
  if (warned === null) return;
  for (const { path, version, importPath } of newest) {
    const text = `go.mod requires no module that has the package ${importPath}: the newest version of ${path} is taken, ${version}, which another day may be another one. Write it down with \`go get ${path}@${version}\``;
    if (warned.has(text)) continue;
    warned.add(text);
    ports.reporter.warn(text, { kind: 'file', file: project.displayGoMod });
  }
}

/**
 * Where it is noted what Go made of a plugin's modules, beside the module cache that it speaks of: whoever removes the
 * one removes the other.
 *
 * @param request.tests what was made of its tests too: a note of its own
 */
export async function memoryFile(
  request: { readonly target: Target; readonly workspace: Workspace; readonly tests?: true },
  context: TargetContext,
): Promise<string> {
  const { target, workspace, ...tests } = request;
  const { builder, pinning, project, server, options, ports } = context;
  const stamp = await importStamp(
    {
      moduleDir: workspace.module,
      replaced: workspace.replaced,
      cacheDir: options.cacheDir,
      pinText: pinning.goMod,
      sumText: pinning.goSum,
      goVersion: server.goVersion,
      builderKind: builder.kind,
      target: target.name,
      tags: options.flags.tags,
      package: project.packageArg,
      ...tests,
    },
    ports.files,
  );
  const folder = join(dirname(builder.modCache(target)), 'downloaded');
  await ports.files.makeDir(folder);
  return join(folder, `${stamp}.json`);
}

/** What a note says; null where there is none. */
export async function recall<S extends v.GenericSchema>(
  memory: string,
  schema: S,
  files: Files,
): Promise<{ readonly value: v.InferOutput<S> } | null> {
  if ((await files.stat(memory)) === null) return null;
  try {
    const found = v.safeParse(schema, JSON.parse(await files.readText(memory)));
    return found.success ? { value: found.output } : null;
  } catch {
    // A damaged note is as good as none: the download step is done again.
    return null;
  }
}

async function download(
  request: { readonly target: Target; readonly task: Task; readonly workspace: Workspace },
  context: TargetContext,
): Promise<Remembered> {
  const { workspace } = request;
  const { builder, pinning, ports } = context;
  const places = builder.places(workspace);
  await ports.files.write(join(workspace.pin, 'go.mod'), pinning.goMod);
  await ports.files.write(join(workspace.pin, 'go.sum'), pinning.goSum);
  await writeLowered(pinning.folders, { workspace, places }, ports.files);
  const { tidy, list } = downloadArgs(workspace, context);
  const tidied = tidy === null ? null : await go(tidy, request, context);
  const listed = await go(list, request, context);
  const found = newestModules(`${tidied?.stderr ?? ''}\n${listed.stderr}`);
  // A module with a replacement is found as well, in the version that the replacement has.
  const replaced = new Set(parseModFile(pinning.goMod, 'go.mod').replaces.map(({ old }) => old.path));
  return {
    goMod: await ports.files.readText(join(workspace.pin, 'go.mod')),
    goSum: await ports.files.readText(join(workspace.pin, 'go.sum')),
    list: listed.stdout,
    newest: found.filter(({ path }) => !replaced.has(path)),
  };
}

/** The arguments after `go` of a plugin's download step; `tidy`: null where the pin is complete. */
export function downloadArgs(
  workspace: Workspace,
  { builder, options, pinning, project }: TargetContext,
): { readonly tidy: readonly string[] | null; readonly list: readonly string[] } {
  const places = builder.places(workspace);
  const overlay = hasLowered(pinning.folders);
  const overlaid = overlay ? [`-overlay=${places.pin}/overlay.json`] : [];
  return {
    tidy: pinning.tidy ? ['mod', 'tidy', `-modfile=${places.pin}/go.mod`, ...overlaid] : null,
    list: listArgs({ places, package: project.packageArg, tags: options.flags.tags, overlay }),
  };
}

/** Runs go with the network; gives what it prints. */
async function go(
  args: readonly string[],
  request: { readonly target: Target; readonly task: Task; readonly workspace: Workspace },
  context: TargetContext,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { target, workspace } = request;
  const step: GoStep = { target, workspace, phase: 'download', args };
  const outcome = await context.builder.run(step);
  if (outcome.kind === 'ok') return outcome;
  if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, 'downloading modules');
  for (const line of outcome.stderr.split('\n')) request.task.log(line);
  const absent = neededAfterAll(outcome.stderr, context.pinning.absent);
  if (absent !== null) throw absent;
  const known = { ...diagnosis(request, context), listing: null };
  throw await diagnoseList(outcome.stderr, known, asking({ target, workspace }, context));
}

/** Go looked for a folder that nothing of the plugin's go.mod requires: another module does. */
function neededAfterAll(stderr: string, absent: readonly AbsentFolder[]): Failure | null {
  const found = absent.find(
    ({ dir }) =>
      stderr.includes(`replacement directory ${dir} does not exist`) ||
      stderr.includes(`replaced by ${dir})`),
  );
  return found?.failure ?? null;
}

/** Go with the network, for what a diagnosis wants to look up. */
export function asking(
  where: { readonly target: Target; readonly workspace: Workspace },
  { builder }: TargetContext,
): AskGo {
  return (args) => builder.run({ ...where, phase: 'download', args });
}

/** What a diagnosis of go's messages needs to know. */
export function diagnosis(
  request: { readonly workspace: Workspace },
  context: TargetContext,
): Omit<DiagnosisContext, 'listing'> {
  const { builder, pinning, project, server, ports } = context;
  return {
    project,
    server,
    changes: pinning.changes,
    places: builder.places(request.workspace),
    goMod: project.goMod,
    replaced: pinning.replaced.map(({ dir }) => dir),
    files: ports.files,
  };
}
