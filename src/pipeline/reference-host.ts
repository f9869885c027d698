import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { GoOutcome, GoStep, Workspace } from '../build/builder.js';
import { hostBuildArgs } from '../build/go-args.js';
import type { Target } from '../build/target.js';
import { timedOut } from '../build/timed-out.js';
import { Failure } from '../errors.js';
import { diagnoseList } from '../plugin/diagnose.js';
import { oneLine } from '../plugin/diagnosis.js';
import { listArgs } from '../plugin/list.js';
import type { Task } from '../ports.js';
import { JsonPlace } from '../verify/json-place.js';
import type { AbiManifest } from '../verify/manifest.js';
import { manifestJson, manifestOf, parseManifest } from '../verify/read-manifest.js';
import { completeArgs, readCompleteness, referenceHostFiles, type Reach } from '../verify/reference-host.js';
import type { ReferenceHostResult } from '../verify/sources.js';
import type { TargetContext } from './context.js';
import { asking, diagnosis } from './sources.js';

interface HostRequest {
  readonly target: Target;
  readonly task: Task;
  /** What the plugin shares with the server, or may. */
  readonly reach: Reach;
}

/** A host that no earlier run has built. */
interface NewHost extends HostRequest {
  readonly workspace: Workspace;
}

type Unavailable = Extract<ReferenceHostResult, { kind: 'unavailable' }>;

/** What is kept of a host: 22 KB of a program of some MB. */
type Kept = Pick<Extract<ReferenceHostResult, { kind: 'built' }>, 'manifest' | 'lacking'>;

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
  const { files } = context.ports;
  const kept = keptFile(request, context);
  const doubt = context.builder.doubt();
  const known = await recall(kept, context);
  if (known !== null) return { kind: 'built', ...known, doubt, seconds: null };
  const host = { ...request, workspace: await makeWorkspace(request.target, context) };
  const found = await settleOpen(host, context);
  if (found.kind === 'unavailable') return found;
  const built = await build([...request.reach.sure, ...found.packages], host, context);
  if (built.kind === 'unavailable') return built;
  const { manifest, seconds } = built;
  const lacking = [...request.reach.own, ...found.packages.filter((path) => !manifest.packages.has(path))];
  await files.makeDir(dirname(kept));
  await files.write(kept, JSON.stringify({ lacking, manifest: manifestJson(manifest) }));
  return { kind: 'built', manifest, lacking, doubt, seconds };
}

/** The open packages that the server could contain: it has them, made of its own modules alone. */
async function settleOpen(
  host: NewHost,
  context: TargetContext,
): Promise<{ readonly kind: 'found'; readonly packages: readonly string[] } | Unavailable> {
  const { open } = host.reach;
  if (open.length === 0) return { kind: 'found', packages: [] };
  const places = context.builder.places(host.workspace);
  const listed = await go({ ...host, phase: 'download', args: completeArgs(places, open) }, context);
  if (listed.kind === 'failed') return notListed(listed.stderr, host, context);
  const { complete, unknown } = readCompleteness(listed.stdout, open);
  // A host without them would say that they are none of the server's.
  if (unknown.length > 0) return notListed(unknown.join('\n'), host, context);
  return { kind: 'found', packages: complete };
}

async function build(
  packages: readonly string[],
  host: NewHost,
  context: TargetContext,
): Promise<
  { readonly kind: 'built'; readonly manifest: AbiManifest; readonly seconds: number } | Unavailable
> {
  const { ports, server } = context;
  const { workspace, target } = host;
  const { mainGo } = referenceHostFiles({ server, packages });
  await ports.files.write(join(workspace.module, 'main.go'), mainGo);
  const [list, compile] = hostSteps(workspace, context);
  const listed = await go({ ...host, ...list }, context);
  if (listed.kind === 'failed') return notListed(listed.stderr, host, context);
  const compiled = await go({ ...host, ...compile }, context);
  if (compiled.kind === 'failed') return unavailable(host, compiled.stderr);
  const about = { server: server.version, target };
  const manifest = readHost(join(workspace.out, hostFile), about, context);
  return { kind: 'built', manifest, seconds: compiled.seconds };
}

/** Without a network it is not the server's go.mod that fails: the same run may pass later. */
async function notListed(stderr: string, host: NewHost, context: TargetContext): Promise<Unavailable> {
  const known = { ...diagnosis(host, context), listing: null };
  const failure = await diagnoseList(stderr, known, asking(host, context));
  if (failure.kind === 'surroundings') throw failure;
  return unavailable(host, stderr);
}

function unavailable({ target, task }: HostRequest, stderr: string): Unavailable {
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

/** The same, with the server's go.mod and go.sum under the host's name. */
async function makeWorkspace(target: Target, context: TargetContext): Promise<Workspace> {
  const { files } = context.ports;
  const workspace = await hostWorkspace(target, context);
  const { goMod, goSum } = referenceHostFiles({ server: context.server, packages: [] });
  await files.write(join(workspace.module, 'go.mod'), goMod);
  await files.write(join(workspace.pin, 'go.mod'), goMod);
  await files.write(join(workspace.pin, 'go.sum'), goSum);
  return workspace;
}

async function go(
  step: NewHost & { readonly phase: 'download' | 'compile'; readonly args: readonly string[] },
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

function keptFile({ target, reach }: HostRequest, context: TargetContext): string {
  const { builder, server } = context;
  const program = referenceHostFiles({ server, packages: reach.sure });
  const key = createHash('sha256')
    .update(JSON.stringify([program, reach.open, reach.own, target.name, server.goVersion, builder.recipe]))
    .digest('hex');
  return join(dirname(builder.modCache(target)), 'reference-hosts', `${key.slice(0, 32)}.json`);
}

async function recall(path: string, { ports }: TargetContext): Promise<Kept | null> {
  if ((await ports.files.stat(path)) === null) return null;
  try {
    const root = JsonPlace.parse(await ports.files.readText(path), {
      file: path,
      code: 'malformed-manifest',
    });
    const lacking = root
      .key('lacking')
      .list()
      .map((place) => place.text());
    return { manifest: parseManifest(root.key('manifest').text(), path), lacking };
  } catch (error) {
    // A damaged one is built again.
    if (error instanceof Failure) return null;
    throw error;
  }
}
