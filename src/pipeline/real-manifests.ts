import type { Target } from '../build/target.js';
import type { Catalog } from '../gotify/catalog.js';
import { fetchServerBinary, type ServerBinary } from '../gotify/release-asset.js';
import type { ServerBuild } from '../gotify/server-build.js';
import { realManifest, type RealManifest } from '../verify/sources.js';
import type { TargetOptions } from './context.js';
import type { BuildPorts } from './ports.js';
import type { RunDir } from './run-dir.js';

/** What servers themselves say that a file is compared with; each is looked for once in a run. */
export interface RealManifests {
  /** Throws Failure as realManifest does. */
  of(server: ServerBuild, target: Target): Promise<RealManifest>;
}

export interface ManifestsRequest {
  readonly options: Pick<TargetOptions, 'manifest' | 'cacheDir' | 'serverApiUrl'>;
  readonly catalog: Catalog;
  readonly run: RunDir;
  readonly ports: BuildPorts;
}

export function realManifests(request: ManifestsRequest): RealManifests {
  const found = new Map<string, Promise<RealManifest>>();
  return {
    of: (server, target) => {
      const key = `${server.version} ${target.name}`;
      const known = found.get(key) ?? find({ server, target }, request);
      found.set(key, known);
      return known;
    },
  };
}

interface Wanted {
  readonly server: ServerBuild;
  readonly target: Target;
}

async function find({ server, target }: Wanted, request: ManifestsRequest): Promise<RealManifest> {
  const { catalog, options, ports } = request;
  return realManifest(
    {
      server,
      target: target.name,
      given: options.manifest ?? (server.source.kind === 'binary' ? server.source.path : null),
      catalogText: server.tag === null ? null : await catalog.manifestText(server.tag, target.name),
      cacheDir: options.cacheDir,
      uid: ports.caller.uid,
      assetOrigin: options.serverApiUrl,
    },
    {
      files: ports.files,
      openBytes: (path) => ports.openBytes(path),
      fetchAsset: () => fetchAsset({ server, target }, request),
    },
  );
}

/** Where the API could not name the server, it is not asked again for the server's files. */
async function fetchAsset(
  { server, target }: Wanted,
  { ports, run }: ManifestsRequest,
): Promise<ServerBinary> {
  if (server.source.kind === 'catalog') return { kind: 'unavailable', because: server.source.because };
  const dir = await run.folder('assets', server.version, target.name);
  return fetchServerBinary({ server, target: target.name, dir }, ports);
}
