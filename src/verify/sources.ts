import { Failure } from '../errors.js';
import { readBuildInfo } from '../go/buildinfo.js';
import { compareGoVersions } from '../go/version.js';
import { versionNamed } from '../gotify/binary.js';
import type { ServerBinary } from '../gotify/release-asset.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { ByteSource, Files } from '../ports.js';
import { keepAsset, recallAsset, type AssetKey, type AssetManifest } from './asset-cache.js';
import { sameManifest } from './same-manifest.js';
import type { AbiManifest, ManifestSource } from './manifest.js';
import { manifestOf, parseManifest } from './read-manifest.js';

export interface ManifestRequest extends AssetKey {
  /** The path of a manifest or gotify binary that the user gave; null: none. */
  readonly given: string | null;
  /** The catalog's manifest of exactly this server and target, as JSON; null: it has none. */
  readonly catalogText: string | null;
}

export interface ManifestPorts {
  readonly files: Files;
  openBytes(path: string): ByteSource & { close(): void };
  /** Downloads and unpacks the server's release asset of the target; called only where it is needed. The binary is removed once it is read. */
  fetchAsset(): Promise<ServerBinary>;
}

export type ReferenceHostResult =
  | {
      readonly kind: 'built';
      readonly manifest: AbiManifest;
      /** Packages of the plugin that the server may contain and the host does not. */
      readonly lacking: readonly string[];
      /** Why what agrees with it may differ from the server all the same; null: nothing speaks for that. */
      readonly doubt: string | null;
      /** Of its compile step; null where an earlier run built the same. */
      readonly seconds: number | null;
    }
  | { readonly kind: 'unavailable'; readonly because: string };

type BuiltHost = Extract<ReferenceHostResult, { kind: 'built' }>;

export type FoundManifest =
  | {
      readonly kind: 'found';
      readonly manifest: AbiManifest;
      readonly source: ManifestSource;
      /** Why better sources were not used. */
      readonly notes: readonly string[];
      /** Why a server may refuse what agrees with all of the manifest; null: it cannot. */
      readonly gap: string | null;
      readonly referenceHostSeconds: number | null;
    }
  | { readonly kind: 'none'; readonly because: string };

/** `lacking`: the server itself left none; a reference host may stand in for it. */
export type RealManifest = FoundManifest | { readonly kind: 'lacking'; readonly notes: readonly string[] };

/**
 * Finds what a server itself says that a plugin is compared with: a file that the user gave, the server's release
 * asset, the catalog's manifest, in this order. An asset that was read once is not asked for again.
 *
 * @throws Failure (input) for a given file that is no manifest or server of the target
 */
export async function realManifest(request: ManifestRequest, ports: ManifestPorts): Promise<RealManifest> {
  if (request.given !== null) return await givenManifest(request.given, request, ports);
  const catalog = request.catalogText === null ? null : parseManifest(request.catalogText, 'the catalog');
  const notes: string[] = [];
  const asset = await assetManifest(request, ports);
  if (asset.kind === 'unavailable') {
    notes.push(`the server's release was not used: ${asset.because}`);
  } else {
    const judged = judgeAsset(asset.asset, catalog);
    if (judged.kind !== 'refused') return judged;
    notes.push(judged.because);
  }
  return catalog === null ? { kind: 'lacking', notes } : found(catalog, { kind: 'catalog' }, notes);
}

/**
 * The last source: a reference host, where the server itself left no manifest.
 *
 * @param server its version: one host serves all servers that have one build list
 * @param build called only where it is needed
 */
export async function orReferenceHost(
  real: RealManifest,
  server: string,
  build: () => Promise<ReferenceHostResult>,
): Promise<FoundManifest> {
  if (real.kind !== 'lacking') return real;
  const host = await build();
  if (host.kind === 'unavailable') return { kind: 'none', because: [...real.notes, host.because].join('; ') };
  return {
    ...found(standIn(host.manifest, server), { kind: 'reference-host' }, real.notes),
    gap: gapOf(host, server),
    referenceHostSeconds: host.seconds,
  };
}

/** What a reference host says of the server: its packages. Its C library and settings are those of whoever built it. */
function standIn({ target, goVersion, origin, packages }: AbiManifest, server: string): AbiManifest {
  return { server, target, goVersion, origin, packages };
}

/** What both were built by is the same for all of their packages: it weighs more than one that is not compared. */
function gapOf({ doubt, lacking }: BuiltHost, server: string): string | null {
  const [first, ...others] = lacking;
  if (doubt !== null) return doubt;
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more)`;
  return `gotify ${server} may contain ${first}${more}, which no reference host can import: it is below the server's own module, or the plugin lists it at another version or with tags`;
}

type Found = Extract<FoundManifest, { kind: 'found' }>;

function found(manifest: AbiManifest, source: ManifestSource, notes: readonly string[]): Found {
  return { kind: 'found', manifest, source, notes, gap: null, referenceHostSeconds: null };
}

/** A manifest (JSON) or a gotify binary: told apart by how it begins. */
async function givenManifest(
  path: string,
  request: ManifestRequest,
  ports: ManifestPorts,
): Promise<FoundManifest> {
  const source = ports.openBytes(path);
  try {
    const start = Buffer.from(source.read(0, 64)).toString('latin1');
    if (start.startsWith('\x7fELF')) {
      return givenBinary(source, request);
    }
    if (!start.trimStart().startsWith('{')) throw neither(path, start);
  } finally {
    source.close();
  }
  return givenOf(parseManifest(await ports.files.readText(path), path), path, request);
}

/** A server for another machine leaves it undecided, as a manifest of another target does. */
function givenBinary(source: ByteSource, request: ManifestRequest): FoundManifest {
  const path = source.name;
  const { server, target } = request;
  try {
    const about = { server: server.version, target, origin: `the gotify binary ${path}` };
    const named = versionNamed(readBuildInfo(source));
    // A branch or commit has a name of ours, which no binary knows.
    if (server.tag !== null && named !== null && named !== server.version)
      return { kind: 'none', because: `${path} is gotify ${named}, not ${server.version}` };
    return givenOf(manifestOf(source, about), path, request);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'wrong-target') throw error;
    return { kind: 'none', because: `${path} is ${error.what}` };
  }
}

function givenOf(manifest: AbiManifest, path: string, { server }: ManifestRequest): FoundManifest {
  const contradiction = contradictionOf(manifest, server);
  if (contradiction === null) return found(manifest, { kind: 'given', path }, []);
  return { kind: 'none', because: `${path} is not of gotify ${server.version}: ${contradiction}` };
}

/** What a manifest says of its own server that is not so of the one asked for; null: nothing that can be seen. */
function contradictionOf(
  { goVersion, modules = [] }: AbiManifest,
  server: Pick<ServerBuild, 'goVersion' | 'buildList'>,
): string | null {
  if (compareGoVersions(goVersion, server.goVersion) !== 0)
    return `it is built with Go ${goVersion}, and that with Go ${server.goVersion}`;
  const versions = new Map(server.buildList.map(({ path, version }) => [path, version]));
  const other = modules.find(({ path, version }) => versions.get(path) !== version);
  if (other === undefined) return null;
  const { path, version } = other;
  return `it has ${path} ${version}, and that ${versions.get(path) ?? 'no such module'}`;
}

function neither(path: string, start: string): Failure {
  const isZip = start.startsWith('PK');
  return new Failure('input', {
    code: 'no-manifest',
    what: isZip
      ? 'a zip file, not a manifest or a gotify server'
      : 'neither a manifest (JSON) nor a gotify server',
    remedy: isZip
      ? 'Unpack it and give the gotify server that is inside.'
      : 'Give a manifest as this tool writes it, or a gotify server for Linux.',
    where: { kind: 'file', file: path },
  });
}

type AssetRead =
  | { readonly kind: 'read'; readonly asset: AssetManifest }
  | { readonly kind: 'unavailable'; readonly because: string };

/** From the cache, else downloaded, read and kept. */
async function assetManifest(request: ManifestRequest, ports: ManifestPorts): Promise<AssetRead> {
  const known = await recallAsset(request, ports.files);
  if (known !== null) return { kind: 'read', asset: known };
  const fetched = await ports.fetchAsset();
  if (fetched.kind === 'unavailable') return fetched;
  const read = await readAsset(fetched, request, ports);
  if (read.kind === 'read') await keepAsset(read.asset, request, ports.files);
  return read;
}

async function readAsset(
  { path, url, digest, authenticated }: Extract<ServerBinary, { kind: 'found' }>,
  request: ManifestRequest,
  ports: ManifestPorts,
): Promise<AssetRead> {
  const source = ports.openBytes(path);
  try {
    const about = { server: request.server.version, target: request.target, origin: url };
    return { kind: 'read', asset: { manifest: manifestOf(source, about), url, digest, authenticated } };
  } catch (error) {
    // A release that holds something else is no verdict on the plugin: the next source is asked.
    if (error instanceof Failure) return { kind: 'unavailable', because: `its file ${error.what}` };
    throw error;
  } finally {
    source.close();
    await ports.files.remove(path);
  }
}

type Judged = FoundManifest | { readonly kind: 'refused'; readonly because: string };

/** An authenticated asset must not contradict the catalog; one without a digest counts only where the catalog agrees. */
function judgeAsset({ manifest, url, authenticated }: AssetManifest, catalog: AbiManifest | null): Judged {
  const agrees = catalog !== null && sameManifest(manifest, catalog);
  if (agrees || (authenticated && catalog === null)) {
    return found(manifest, { kind: 'release-asset', url, authenticated }, []);
  }
  if (authenticated) {
    return {
      kind: 'none',
      because: `the server's release (${url}) and the catalog disagree about gotify ${manifest.server}: neither can be trusted`,
    };
  }
  const reason =
    catalog === null
      ? 'and the catalog has no manifest to compare it with'
      : 'and the catalog contradicts it';
  return {
    kind: 'refused',
    because: `the server's release was not used: GitHub names no digest for it, ${reason}`,
  };
}
