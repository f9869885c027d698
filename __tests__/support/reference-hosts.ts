import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { AbiManifest } from '../../src/verify/manifest.js';
import { parseManifest } from '../../src/verify/read-manifest.js';
import { catalogManifest } from './host/server.js';

/** Removes the reference hosts that earlier builds left in a cache folder, so that the next one is built. */
export function forgetReferenceHosts(cacheDir: string): void {
  for (const path of findKept(cacheDir)) rmSync(join(cacheDir, path));
}

/** How the reference hosts of a cache folder differ from the real server, and how many packages both have. */
export async function compareWithServer(
  cacheDir: string,
  tag: string,
): Promise<{ readonly hosts: number; readonly common: number; readonly differing: readonly string[] }> {
  const real = await catalogManifest(tag, 'linux-amd64');
  const hosts = keptReferenceHosts(cacheDir);
  const packages = hosts.flatMap((host) => [...host.packages]);
  const common = packages.filter(([path]) => real.packages.has(path));
  const differing = common.filter(([path, hash]) => real.packages.get(path) !== hash).map(([path]) => path);
  return { hosts: hosts.length, common: common.length, differing };
}

/** The manifests of the reference hosts in a cache folder. */
export function keptReferenceHosts(cacheDir: string): readonly AbiManifest[] {
  return findKept(cacheDir).map((path) => read(join(cacheDir, path)));
}

function findKept(cacheDir: string): readonly string[] {
  return readdirSync(cacheDir)
    .filter((name) => /^(?:host|docker)-\d+$/.test(name))
    .flatMap((owner) =>
      list(join(cacheDir, owner, 'reference-hosts')).map((name) => `${owner}/reference-hosts/${name}`),
    );
}

function list(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    // None was ever built.
    return [];
  }
}

function read(path: string): AbiManifest {
  const kept = v.parse(v.object({ manifest: v.string() }), JSON.parse(readFileSync(path, 'utf8')));
  return parseManifest(kept.manifest, path);
}
