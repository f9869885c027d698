import type { Target } from '../build/target.js';
import { fetchServerBinary, type ServerBinary } from '../gotify/release-asset.js';
import type { Task } from '../ports.js';
import { compare } from '../verify/compare.js';
import type { ManifestSource } from '../verify/manifest.js';
import { readPluginAbi, type PluginAbi } from '../verify/plugin-abi.js';
import { packagesInReach } from '../verify/reference-host.js';
import { manifestFor, type FoundManifest, type ReferenceHostResult } from '../verify/sources.js';
import type { Verdict } from '../verify/verdict.js';
import type { TargetContext } from './context.js';
import { buildReferenceHost } from './reference-host.js';
import type { Sources } from './sources.js';

/** What is known about a finished file. */
export interface Proof {
  /** Null: `verify: off`. */
  readonly verdict: Verdict | null;
  readonly comparedWith: ManifestSource | null;
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
 * Compares a finished file with the server's manifest for its target.
 *
 * @throws Failure where the file or a given manifest cannot be read, or a reference host does not build
 */
export async function prove(request: ProofRequest, context: TargetContext): Promise<Proof> {
  if (context.options.verify === 'off')
    return { verdict: null, comparedWith: null, referenceHostSeconds: null };
  const plugin = readPlugin(request.file, context);
  const found = await findManifest(request, context);
  if (found.kind === 'none') {
    const verdict: Verdict = { kind: 'undecided', because: found.because, warnings: [], notes: [] };
    return { verdict, comparedWith: null, referenceHostSeconds: null };
  }
  const verdict = compare(plugin, found.manifest, {
    target: request.target.name,
    server: context.server.version,
    serverModules: context.server.buildList,
  });
  return {
    verdict: { ...verdict, notes: [...found.notes, ...verdict.notes] },
    comparedWith: found.source,
    referenceHostSeconds: found.referenceHostSeconds,
  };
}

function readPlugin(file: string, { ports }: TargetContext): PluginAbi {
  const source = ports.openBytes(file);
  try {
    return readPluginAbi(source);
  } finally {
    source.close();
  }
}

async function findManifest(request: ProofRequest, context: TargetContext): Promise<FoundManifest> {
  const { catalog, options, ports, server } = context;
  const { target } = request;
  return manifestFor(
    {
      server,
      target: target.name,
      given: options.manifest ?? (server.source.kind === 'binary' ? server.source.path : null),
      catalogText: server.tag === null ? null : await catalog.manifestText(server.tag, target.name),
      cacheDir: options.cacheDir,
      assetOrigin: options.serverApiUrl,
    },
    {
      files: ports.files,
      openBytes: (path) => ports.openBytes(path),
      fetchAsset: () => fetchAsset(target, context),
      buildReferenceHost: () => referenceHost(request, context),
    },
  );
}

/** Where the API could not name the server, it is not asked again for the server's files. */
async function fetchAsset(target: Target, { ports, run, server }: TargetContext): Promise<ServerBinary> {
  if (server.source.kind === 'catalog') return { kind: 'unavailable', because: server.source.because };
  const dir = await run.folder(target.name, 'asset');
  return fetchServerBinary({ server, target: target.name, dir }, ports);
}

async function referenceHost(request: ProofRequest, context: TargetContext): Promise<ReferenceHostResult> {
  if (context.options.image !== null) {
    return {
      kind: 'unavailable',
      because: 'a reference host from an image of your own says nothing about the server',
    };
  }
  const packages = packagesInReach(request.sources.listing, context.server);
  return buildReferenceHost({ ...request, packages }, context);
}
