import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { Files, Reporter } from '../ports.js';
import type { GitHub, ReleaseAsset } from './github.js';
import type { ServerBuild } from './server-build.js';
import { unzipEntry } from './unzip.js';

export type ServerBinary =
  | {
      readonly kind: 'found';
      /** The unpacked binary, absolute. */
      readonly path: string;
      /** Where the asset was downloaded from, for people. */
      readonly url: string;
      /** As GitHub names it: `sha256:<hex>`. */
      readonly digest: string | null;
      /** False where GitHub names no digest for the asset: then only size and CRC were checked. */
      readonly authenticated: boolean;
    }
  /** `because`: one sentence without a full stop. */
  | { readonly kind: 'unavailable'; readonly because: string };

export interface ServerBinaryRequest {
  readonly server: ServerBuild;
  readonly target: TargetName;
  /** An existing folder for the binary, absolute. */
  readonly dir: string;
}

export interface ReleaseAssetPorts {
  readonly github: GitHub;
  readonly files: Files;
  readonly reporter: Reporter;
}

/** Several times what a server takes (40 MB in v3.0.0): a zip bomb stops here. */
const maxAsset = 128 * 2 ** 20;
const maxBinary = 256 * 2 ** 20;

/**
 * The binary of a released server, out of its release's `gotify-linux-<arch>.zip`.
 *
 * An asset that is missing, cannot be had or does not match what GitHub says of it is `unavailable`: what to compare
 * with comes from elsewhere then. One that does not match also gets a warning.
 */
export async function fetchServerBinary(
  request: ServerBinaryRequest,
  ports: ReleaseAssetPorts,
): Promise<ServerBinary> {
  const { tag } = request.server;
  if (tag === null) return unavailable(`gotify ${request.server.version} is not a release`);
  try {
    const assets = await ports.github.assets(tag);
    if (assets === null) return unavailable(`${tag} has no release`);
    const name = `gotify-${request.target}.zip`;
    const asset = assets.find((candidate) => candidate.name === name);
    if (asset === undefined) return unavailable(`the release ${tag} has no ${name}`);
    return await unpack(asset, { request, ports });
  } catch (error) {
    if (error instanceof Failure) return unavailable(error.what);
    throw error;
  }
}

interface Context {
  readonly request: ServerBinaryRequest;
  readonly ports: ReleaseAssetPorts;
}

async function unpack(asset: ReleaseAsset, { request, ports }: Context): Promise<ServerBinary> {
  const suspicious = (because: string): ServerBinary => {
    ports.reporter.warn(`${asset.url} is not used: ${because}.`);
    return unavailable(`${asset.name}: ${because}`);
  };
  if (asset.size > maxAsset)
    return suspicious(`it has ${String(asset.size)} bytes, more than ${String(maxAsset)}`);
  const zip = await ports.github.download(asset);
  const digest = `sha256:${createHash('sha256').update(zip).digest('hex')}`;
  if (asset.digest !== null && asset.digest !== digest) {
    return suspicious(`its digest is ${digest}, but GitHub says ${asset.digest}`);
  }
  const entry = `gotify-${request.target}`;
  const unzipped = await unzipEntry({ zip, entry, limit: maxBinary });
  if (unzipped.kind === 'refused') return suspicious(unzipped.because);
  const path = join(request.dir, entry);
  await ports.files.write(path, unzipped.bytes);
  return { kind: 'found', path, url: asset.url, digest: asset.digest, authenticated: asset.digest !== null };
}

function unavailable(because: string): ServerBinary {
  return { kind: 'unavailable', because };
}
