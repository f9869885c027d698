import type { Target } from '../build/target.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Task } from '../ports.js';
import type { ServerVerdict } from '../report/report.js';
import { compare } from '../verify/compare.js';
import { readPluginAbi, type PluginAbi } from '../verify/plugin-abi.js';
import { reachOf } from '../verify/reference-host.js';
import type { Verdict } from '../verify/verdict.js';
import { orReferenceHost, type FoundManifest, type ReferenceHostResult } from '../verify/sources.js';
import type { TargetContext } from './context.js';
import { buildReferenceHost } from './reference-host.js';
import type { Sources } from './sources.js';

/** What is known about a finished file. */
export interface Proof {
  /** One for each server of the group, in its order. */
  readonly verdicts: readonly ServerVerdict[];
  readonly referenceHostSeconds: number | null;
}

export interface ProofRequest {
  readonly target: Target;
  readonly task: Task;
  /** The finished plugin, absolute. */
  readonly file: string;
  readonly sources: Sources;
}

/**
 * Compares a finished file with the manifest of each server of its group for its target.
 *
 * @throws Failure where the file or a given manifest cannot be read, or a reference host does not build
 */
export async function prove(request: ProofRequest, context: TargetContext): Promise<Proof> {
  const { options, servers, manifests } = context;
  const { target } = request;
  if (options.verify === 'off') {
    const verdicts = servers.map(({ version }) => ({ server: version, verdict: null, comparedWith: null }));
    return { verdicts, referenceHostSeconds: null };
  }
  const plugin = readPlugin(request.file, context);
  const verdicts: ServerVerdict[] = [];
  let host: Promise<ReferenceHostResult> | null = null;
  let referenceHostSeconds: number | null = null;
  for (const server of servers) {
    const real = await manifests.of(server, target);
    const found = await orReferenceHost(
      real,
      server.version,
      () => (host ??= referenceHost(request, context)),
    );
    verdicts.push(judgeFile(plugin, found, { server, target }));
    if (found.kind === 'found') referenceHostSeconds ??= found.referenceHostSeconds;
  }
  return { verdicts, referenceHostSeconds };
}

/** What one server makes of a file, by its manifest. Pure. */
export function judgeFile(
  plugin: PluginAbi,
  found: FoundManifest,
  { server, target }: { readonly server: ServerBuild; readonly target: Target },
): ServerVerdict {
  if (found.kind === 'none') {
    return undecided(server.version, found.because);
  }
  const verdict = withGap(
    compare(plugin, found.manifest, {
      target: target.name,
      server: server.version,
      serverModules: server.buildList,
    }),
    found,
  );
  return {
    server: server.version,
    verdict: { ...verdict, notes: [...found.notes, ...verdict.notes] },
    comparedWith: found.source,
  };
}

/** What agrees with a manifest that the server may have more than is not known to load. */
function withGap(verdict: Verdict, { gap }: Extract<FoundManifest, { kind: 'found' }>): Verdict {
  if (verdict.kind !== 'loads' || gap === null) return verdict;
  const { warnings, notes } = verdict;
  return { kind: 'undecided', because: gap, warnings, notes };
}

/** What is said of a server, by its version, where nothing could be compared. */
export function undecided(server: string, because: string): ServerVerdict {
  return { server, verdict: { kind: 'undecided', because, warnings: [], notes: [] }, comparedWith: null };
}

/** Throws Failure (input) as readPluginAbi does. */
export function readPlugin(file: string, { ports }: Pick<TargetContext, 'ports'>): PluginAbi {
  const source = ports.openBytes(file);
  try {
    return readPluginAbi(source);
  } finally {
    source.close();
  }
}

async function referenceHost(request: ProofRequest, context: TargetContext): Promise<ReferenceHostResult> {
  if (context.options.image !== null) {
    return {
      kind: 'unavailable',
      because: 'a reference host from an image of your own says nothing about the server',
    };
  }
  const { tags } = context.options.flags;
  const reach = reachOf({ listing: request.sources.listing, tags }, context.server);
  return buildReferenceHost({ ...request, reach }, context);
}
