import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Files } from '../ports.js';
import { JsonPlace } from './json-place.js';
import type { AbiManifest } from './manifest.js';
import { manifestJson, parseManifest } from './read-manifest.js';

/** What remains of a release asset once it is read: 22 KB of a 40 MB file. */
export interface AssetManifest {
  readonly manifest: AbiManifest;
  readonly url: string;
  /** `sha256:...`; null: GitHub names none. */
  readonly digest: string | null;
  readonly authenticated: boolean;
}

/** Which asset, for whom. */
export interface AssetKey {
  readonly server: Pick<ServerBuild, 'version' | 'tag' | 'commit' | 'goVersion' | 'buildList'>;
  readonly target: TargetName;
  /** Absolute. */
  readonly cacheDir: string;
  /** Of the user who runs this: the cache folder may be shared with others. */
  readonly uid: number;
  /** The address that release assets come from: another GitHub may have other ones. */
  readonly assetOrigin: string;
}

/**
 * The manifest of an asset read by an earlier run; null where there is none, or it is damaged: it is fetched again.
 * So is one of another user: what a file says of its origin is worth no more than who wrote it.
 */
export async function recallAsset(key: AssetKey, files: Files): Promise<AssetManifest | null> {
  const path = cachePath(key);
  if ((await files.stat(path))?.uid !== key.uid) return null;
  try {
    return parseKept(await files.readText(path), path, key);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

export async function keepAsset(asset: AssetManifest, key: AssetKey, files: Files): Promise<void> {
  const { manifest, url, digest, authenticated } = asset;
  await files.makeDir(dirname(cachePath(key)));
  const kept = { url, digest, authenticated, manifest: manifestJson(manifest) };
  await files.write(cachePath(key), JSON.stringify(kept));
}

function parseKept(text: string, path: string, key: AssetKey): AssetManifest | null {
  const root = JsonPlace.parse(text, { file: path, code: 'malformed-manifest' });
  const digest = root.key('digest');
  const asset = {
    manifest: parseManifest(root.key('manifest').text(), path),
    url: root.key('url').text(),
    digest: digest.isNull() ? null : digest.text(),
    authenticated: root.key('authenticated').flag(),
  };
  const { server, target } = asset.manifest;
  return server === key.server.version && target === key.target ? asset : null;
}

/** The commit is in the name: a tag that was moved is another server. */
function cachePath({ server, target, cacheDir, uid, assetOrigin }: AssetKey): string {
  const identity = JSON.stringify([assetOrigin, server.version, server.commit, target]);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  return join(cacheDir, `user-${String(uid)}`, 'manifests', `${target}-${hash}.json`);
}
