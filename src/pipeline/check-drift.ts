import type { Finding } from '../check/finding.js';
import { listedFindings, supplyingModules } from '../check/listed.js';
import type { Target } from '../build/target.js';
import { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { PluginListing } from '../plugin/listing.js';
import type { PluginProject } from '../plugin/project.js';
import type { Task } from '../ports.js';
import type { CheckContext, ServerCheck } from './check-context.js';
import { linesOf } from './check-lines.js';
import type { TargetContext } from './context.js';
import { prepareUnpinned } from './pinning.js';
import { prepareSources } from './sources.js';

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
  readonly findings: readonly Finding[];
  readonly mayHideMore: string | null;
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
  const lines = linesOf(project, check, attempt.context);
  const own = await listOwn(version, attempt);
  if (own.kind === 'refused') {
    return { ...lines, findings: [notAsItIs(own.failure, check.server), ...lines.findings] };
  }
  const { goMod: mod, displayGoMod: file } = project;
  const used = supplyingModules(own.listing);
  const { dependencies } = attempt.context.options;
  const listed = listedFindings({ mod, file, server: check.server, dependencies, listing: own.listing });
  return {
    findings: [...lines.findings.filter((found) => stays(found, used)), ...listed],
    mayHideMore: null,
  };
}

/** A listing says more of versions than lines do; and what supplies no package is no finding. */
function stays({ kind, module }: Finding, used: ReadonlySet<string>): boolean {
  if (kind === 'version' || kind === 'replaced' || kind === 'own-module') return false;
  const isAboutModule = kind === 'excluded' || kind === 'server-module';
  return !isAboutModule || (module !== null && used.has(module));
}

type Own =
  | { readonly kind: 'listed'; readonly listing: PluginListing }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** The plugin's packages and modules as its own go.mod picks them. */
async function listOwn({ project, folder }: Version, { target, build }: Attempt): Promise<Own> {
  const { builder, ports, server } = build;
  const run = { ...build.run, folder: (...parts: string[]) => build.run.folder(folder, ...parts) };
  try {
    const pinning = await prepareUnpinned({ project, server, builder }, ports);
    const context = { ...build, project, run, pinning };
    const { listing } = await prepareSources({ target, task: silentTask, again: false }, context);
    return { kind: 'listed', listing };
  } catch (error) {
    if (error instanceof Failure && error.kind !== 'surroundings') return { kind: 'refused', failure: error };
    throw error;
  }
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
