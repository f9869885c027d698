import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { GoOutcome, GoStep, Workspace } from '../build/builder.js';
import { hostBuildArgs } from '../build/go-args.js';
import type { Target } from '../build/target.js';
import { Failure } from '../errors.js';
import { diagnoseList } from '../plugin/diagnose.js';
import { oneLine } from '../plugin/diagnosis.js';
import { listArgs } from '../plugin/list.js';
import type { Task } from '../ports.js';
import type { AbiManifest } from '../verify/manifest.js';
import { manifestJson, manifestOf, parseManifest } from '../verify/read-manifest.js';
import type { ReferenceHostResult } from '../verify/sources.js';
import { referenceHostFiles, type ReferenceHostFiles } from '../verify/reference-host.js';
import type { TargetContext } from './context.js';
import { asking, diagnosis } from './sources.js';
import { timedOut } from '../build/timed-out.js';

interface HostRequest {
  readonly target: Target;
  readonly task: Task;
  /** The import paths that the plugin shares with the server. */
  readonly packages: readonly string[];
}

/**
 * The manifest of a reference host: a small program with those packages, built by the same builder from the server's
 * own go.mod and go.sum with the server's flags, whatever the user's are. It is kept beside the module cache. One that
 * does not build says nothing about the plugin: then there is none.
 *
 * @throws Failure (surroundings) where the builder itself fails, or the time is over
 */
export async function buildReferenceHost(
  request: HostRequest,
  context: TargetContext,
): Promise<ReferenceHostResult> {
  const { server, ports } = context;
  const program = referenceHostFiles({ server, packages: request.packages });
  const kept = keptFile(program, request.target, context);
  const known = await recall(kept, context);
  if (known !== null) return { kind: 'built', manifest: known, seconds: null };
  const workspace = await hostWorkspace(request.target, context);
  await writeProgram(program, workspace, context);
  const [list, build] = hostSteps(workspace, context);
  const listed = await go({ ...request, workspace, ...list }, context);
  if (listed.kind === 'failed') return notListed(listed.stderr, { ...request, workspace }, context);
  const built = await go({ ...request, workspace, ...build }, context);
  if (built.kind === 'failed') return unavailable(request, built.stderr);
  const about = { server: server.version, target: request.target };
  const manifest = readHost(join(workspace.out, hostFile), about, context);
  await ports.files.makeDir(dirname(kept));
  await ports.files.write(kept, manifestJson(manifest));
  return { kind: 'built', manifest, seconds: built.seconds };
}

/** Without a network it is not the server's go.mod that fails: the same run may pass later. */
async function notListed(
  stderr: string,
  request: HostRequest & { readonly workspace: Workspace },
  context: TargetContext,
): Promise<ReferenceHostResult> {
  const known = { ...diagnosis(request, context), listing: null };
  const failure = await diagnoseList(stderr, known, asking(request, context));
  if (failure.kind === 'surroundings') throw failure;
  return unavailable(request, stderr);
}

function unavailable({ target, task }: HostRequest, stderr: string): ReferenceHostResult {
  const lines = stderr.trim().split('\n');
  for (const line of lines) task.log(line);
  const last = oneLine(lines.at(-1) ?? '');
  return { kind: 'unavailable', because: `the reference host for ${target.name} does not build: ${last}` };
}

const hostFile = 'reference-host';

type HostStep = Pick<GoStep, 'phase' | 'args'>;

/** What go does for a reference host: it fetches the modules, and builds the program. */
export function hostSteps(
  workspace: Workspace,
  { builder }: Pick<TargetContext, 'builder'>,
): readonly [HostStep, HostStep] {
  const places = builder.places(workspace);
  return [
    { phase: 'download', args: listArgs({ places, package: '.', tags: null }) },
    { phase: 'compile', args: hostBuildArgs(places, hostFile) },
  ];
}

/** The folders of a target's reference host, below the run's. */
export async function hostWorkspace(target: Target, { run }: Pick<TargetContext, 'run'>): Promise<Workspace> {
  const folder = (name: string): Promise<string> => run.folder(target.name, 'reference-host', name);
  return {
    module: await folder('module'),
    pin: await folder('pin'),
    out: await folder('out'),
    replaced: [],
  };
}

async function writeProgram(
  program: ReferenceHostFiles,
  workspace: Workspace,
  { ports }: TargetContext,
): Promise<void> {
  const texts = [
    [workspace.module, 'main.go', program.mainGo],
    [workspace.module, 'go.mod', program.goMod],
    [workspace.pin, 'go.mod', program.goMod],
    [workspace.pin, 'go.sum', program.goSum],
  ] as const;
  for (const [dir, name, text] of texts) await ports.files.write(join(dir, name), text);
}

async function go(
  step: HostRequest & HostStep & { readonly workspace: Workspace },
  { builder }: TargetContext,
): Promise<Exclude<GoOutcome, { kind: 'timed-out' }>> {
  const { target, workspace, phase, args } = step;
  const outcome = await builder.run({ target, workspace, phase, args });
  if (outcome.kind === 'timed-out') throw timedOut(outcome.minutes, 'building the reference host');
  return outcome;
}

function readHost(
  path: string,
  about: { readonly server: string; readonly target: Target },
  { ports }: TargetContext,
): AbiManifest {
  const source = ports.openBytes(path);
  try {
    const origin = 'a reference host, built from the go.mod of the server';
    return manifestOf(source, { server: about.server, target: about.target.name, origin });
  } finally {
    source.close();
  }
}

function keptFile(program: ReferenceHostFiles, target: Target, { builder, server }: TargetContext): string {
  const key = createHash('sha256')
    .update(JSON.stringify([program, target.name, server.goVersion, builder.recipe]))
    .digest('hex');
  return join(dirname(builder.modCache(target)), 'reference-hosts', `${key.slice(0, 32)}.json`);
}

async function recall(path: string, { ports }: TargetContext): Promise<AbiManifest | null> {
  if ((await ports.files.stat(path)) === null) return null;
  try {
    return parseManifest(await ports.files.readText(path), path);
  } catch (error) {
    // A damaged one is built again.
    if (error instanceof Failure) return null;
    throw error;
  }
}
