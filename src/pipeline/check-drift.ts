import type { Finding } from '../check/finding.js';
import {
  listedFindings,
  listedOwnModules,
  supplyingModules,
  unnamedFindings,
  type ListedRequest,
} from '../check/listed.js';
import { untidyFindings, type ModAndSum } from '../check/untidy.js';
import type { Target } from '../build/target.js';
import { Failure } from '../errors.js';
import { parseModFile } from '../go/modfile.js';
import { parseSumFile } from '../go/sumfile.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { PluginListing } from '../plugin/listing.js';
import type { PluginProject } from '../plugin/project.js';
import type { Reporter, Task } from '../ports.js';
import type { CheckContext, ServerCheck } from './check-context.js';
import { linesOf } from './check-lines.js';
import type { TargetContext } from './context.js';
import { preparePinning, prepareUnpinned } from './pinning.js';
import type { RunDir } from './run-dir.js';
import { prepareSources } from './sources.js';
import { tidied } from './tidied.js';

/** One plugin that is being checked against one server. */
export interface Attempt {
  readonly context: CheckContext;
  readonly target: Target;
  readonly build: TargetContext;
}

/** The plugin as it is or was. */
export interface Version {
  readonly project: PluginProject;
  /** In the run's folder: their build-only files must not meet. */
  readonly folder: 'own' | 'base';
}

export interface Drift {
  /** Without those about the plugin's own modules. */
  readonly findings: readonly Finding[];
  /** The plugin's own modules, as it is before the pin. */
  readonly own: readonly Finding[];
  readonly mayHideMore: string | null;
  /** What the lines alone say: of two versions it is comparable, also where one of them cannot be listed. */
  readonly lines: Pick<Drift, 'findings' | 'own'>;
  /** Why the modules that supply a package could not be listed; null: they were. */
  readonly refused: Failure | null;
}

/**
 * What differs before the pin: of the modules that supply a package, where they can be listed, else of the lines.
 *
 * @throws Failure (surroundings)
 */
export async function driftOf(
  version: Version,
  check: Pick<ServerCheck, 'server'>,
  attempt: Attempt,
): Promise<Drift> {
  const { project } = version;
  const { findings, mayHideMore } = linesOf(project, check, attempt.context);
  const lines = {
    findings: findings.filter(({ kind }) => kind !== 'own-module'),
    own: findings.filter(({ kind }) => kind === 'own-module'),
  };
  const asItIs = await listAsItIs(version, attempt);
  if (asItIs.kind === 'refused') {
    const { failure: refused } = asItIs;
    const all = [notAsItIs(refused, check.server), ...lines.findings];
    return { findings: all, own: lines.own, mayHideMore, lines, refused };
  }
  const used = supplyingModules(asItIs.listing);
  const request = listedRequest(version, asItIs.listing, attempt);
  return {
    findings: [
      ...findings.filter((found) => stays(found, used)),
      ...listedFindings(request),
      ...(asItIs.untidy ?? unnamedFindings(request)),
    ],
    own: listedOwnModules(request),
    mayHideMore: null,
    lines,
    refused: null,
  };
}

/** The plugin's own modules as a build has them: the pin may set versions, and with them what is imported at all. */
export function ownAsBuilt(version: Version, listing: PluginListing, attempt: Attempt): readonly Finding[] {
  return listedOwnModules(listedRequest(version, listing, attempt));
}

function listedRequest(
  { project }: Version,
  listing: PluginListing,
  { context, build }: Attempt,
): ListedRequest {
  const { goMod: mod, displayGoMod: file } = project;
  return { mod, file, server: build.server, dependencies: context.options.dependencies, listing };
}

/** A listing says more of versions than lines do; and what supplies no package is no finding. */
function stays({ kind, module }: Finding, used: ReadonlySet<string>): boolean {
  if (kind === 'version' || kind === 'replaced' || kind === 'own-module') return false;
  const isAboutModule = kind === 'excluded' || kind === 'server-module';
  return !isAboutModule || (module !== null && used.has(module));
}

type AsItIs =
  | {
      readonly kind: 'listed';
      readonly listing: PluginListing;
      /** Null: it could not be tidied. */
      readonly untidy: readonly Finding[] | null;
    }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The plugin's packages and modules as its own go.mod picks them, and whether that is tidy. */
async function listAsItIs(version: Version, { target, build }: Attempt): Promise<AsItIs> {
  const { project } = version;
  const { builder, ports, server } = build;
  const run = runOf(version, build);
  try {
    const pinning = await prepareUnpinned({ project, server, builder }, ports);
    const context = { ...build, project, run, pinning };
    const { listing } = await prepareSources({ target, task: silentTask, again: false }, context);
    return { kind: 'listed', listing, untidy: await untidyOf(project, target, context) };
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'surroundings') return { kind: 'refused', failure: error };
    throw error;
  }
}

async function untidyOf(
  project: PluginProject,
  target: Target,
  context: TargetContext,
): Promise<readonly Finding[] | null> {
  const made = await tidied(target, context);
  if (made === null) return null;
  const file = project.displayGoMod;
  const read = ({ goMod, goSum }: { readonly goMod: string; readonly goSum: string }): ModAndSum => ({
    mod: parseModFile(goMod, file),
    sum: parseSumFile(goSum, file.replace(/\.mod$/, '.sum')),
  });
  return untidyFindings(read(context.pinning), read(made), { author: project.goMod, file });
}

/** What a build by the check's rule is made of; null where it cannot be put together. Throws Failure (surroundings). */
export async function listAsBuilt(
  version: Version,
  { target, context, build }: Attempt,
): Promise<PluginListing | null> {
  const { project } = version;
  const { builder, ports, server } = build;
  const run = runOf(version, build, 'built');
  try {
    const { dependencies } = context.options;
    const request = { project, server, builder, dependencies };
    const pinning = await preparePinning(request, { files: ports.files, reporter: silentReporter });
    const at = { ...build, project, run, pinning };
    return (await prepareSources({ target, task: silentTask, again: false }, at)).listing;
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'surroundings') return null;
    throw error;
  }
}

function runOf({ folder }: Version, { run }: TargetContext, ...more: string[]): RunDir {
  return { ...run, folder: (...parts: string[]) => run.folder(folder, ...more, ...parts) };
}

function notAsItIs({ code, what, where }: Failure, server: ServerBuild): Finding {
  return {
    level: 'drift',
    kind: 'not-listed',
    code,
    module: null,
    plugin: null,
    server: null,
    reach: null,
    what: `with the versions of its own go.mod the plugin cannot be built with Go ${server.goVersion} of gotify ${server.version}: ${what}`,
    remedy: 'Look at the other findings: what they say of go.mod is judged by its lines alone.',
    where: where ?? null,
  };
}

const silentTask: Task = { log: () => undefined, done: () => undefined, fail: () => undefined };
/** What a pin warns of is among the findings. */
export const silentReporter: Pick<Reporter, 'warn'> = { warn: () => undefined };
