import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { GoStep, Workspace } from '../build/builder.js';
import type { Target } from '../build/target.js';
import { diagnoseList, type DiagnosisContext } from '../plugin/diagnose.js';
import { listArgs, parseListing } from '../plugin/list.js';
import type { PluginListing } from '../plugin/listing.js';
import type { AskGo } from '../plugin/newest-fitting.js';
import { importStamp } from '../plugin/stamp.js';
import type { Task } from '../ports.js';
import type { TargetContext } from './context.js';
import { timedOut } from '../build/timed-out.js';

/** A target's workspace, ready to compile: its modules are in the cache, its go.mod and go.sum are complete. */
export interface Sources {
  readonly workspace: Workspace;
  readonly listing: PluginListing;
  /** Whether this run asked the network for it; else an earlier one did. */
  readonly downloaded: boolean;
}

/** What the download step leaves for later runs of the same pin and imports. */
const rememberedSchema = v.object({ goMod: v.string(), goSum: v.string(), list: v.string() });
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
  const memory = await memoryFile(target, workspace, context);
  const known = again ? null : await recall(memory, context);
  const found = known ?? (await download({ target, task, workspace }, context));
  const { files } = context.ports;
  await files.write(join(workspace.pin, 'go.mod'), found.goMod);
  await files.write(join(workspace.pin, 'go.sum'), found.goSum);
  if (known === null) await files.write(memory, JSON.stringify(found));
  return { workspace, listing: parseListing(found.list), downloaded: known === null };
}

async function makeWorkspace(target: Target, { project, run, pinning }: TargetContext): Promise<Workspace> {
  return {
    module: project.moduleDir,
    pin: await run.folder(target.name, 'pin'),
    out: await run.folder(target.name, 'out'),
    replaced: pinning.folders,
  };
}

/** Beside the module cache that it speaks of: whoever removes the one removes the other. */
async function memoryFile(target: Target, workspace: Workspace, context: TargetContext): Promise<string> {
  const { builder, pinning, project, server, options, ports } = context;
  const stamp = await importStamp(
    {
      moduleDir: workspace.module,
      replaced: workspace.replaced,
      pinText: pinning.goMod,
      sumText: pinning.goSum,
      goVersion: server.goVersion,
      builderKind: builder.kind,
      target: target.name,
      tags: options.flags.tags,
      package: project.packageArg,
    },
    ports.files,
  );
  const folder = join(dirname(builder.modCache(target)), 'downloaded');
  await ports.files.makeDir(folder);
  return join(folder, `${stamp}.json`);
}

async function recall(memory: string, { ports }: TargetContext): Promise<Remembered | null> {
  if ((await ports.files.stat(memory)) === null) return null;
  try {
    const found = v.safeParse(rememberedSchema, JSON.parse(await ports.files.readText(memory)));
    return found.success ? found.output : null;
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
  const { builder, pinning, project, options, ports } = context;
  const places = builder.places(workspace);
      cacheDir: options.cacheDir,
  await ports.files.write(join(workspace.pin, 'go.mod'), pinning.goMod);
  await ports.files.write(join(workspace.pin, 'go.sum'), pinning.goSum);
  if (pinning.tidy) await go(['mod', 'tidy', `-modfile=${places.pin}/go.mod`], request, context);
  const list = await go(
    listArgs({ places, package: project.packageArg, tags: options.flags.tags }),
    request,
    context,
  );
  return {
    goMod: await ports.files.readText(join(workspace.pin, 'go.mod')),
    goSum: await ports.files.readText(join(workspace.pin, 'go.sum')),
    list,
  };
}

/** Runs go with the network; gives what it prints. */
async function go(
  args: readonly string[],
  request: { readonly target: Target; readonly task: Task; readonly workspace: Workspace },
  context: TargetContext,
): Promise<string> {
  const { target, workspace } = request;
  const step: GoStep = { target, workspace, phase: 'download', args };
  const outcome = await context.builder.run(step);
  if (outcome.kind === 'ok') return outcome.stdout;
  if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, 'downloading modules');
  for (const line of outcome.stderr.split('\n')) request.task.log(line);
  const known = { ...diagnosis(request, context), listing: null };
  throw await diagnoseList(outcome.stderr, known, asking({ target, workspace }, context));
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
