import { fileURLToPath } from 'node:url';
import { createFiles } from '../../../src/adapters/files.js';
import { targetOf, type TargetName } from '../../../src/build/target.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { parseManifest } from '../../../src/verify/read-manifest.js';

const catalogDir = fileURLToPath(new URL('../../../catalog', import.meta.url));

/** A release's facts, from the shipped catalog. */
export async function catalogServer(tag: string): Promise<ServerBuild> {
  const catalog = await loadCatalog(catalogDir, createFiles());
  const server = await catalog.serverBuild(tag, 'a test');
  if (server === null) throw new Error(`the catalog does not know ${tag}`);
  return server;
}

/** The manifest of the real server, from the shipped catalog. */
export async function catalogManifest(tag: string, target: TargetName): Promise<AbiManifest> {
  const catalog = await loadCatalog(catalogDir, createFiles());
  const text = await catalog.manifestText(tag, targetOf(target).name);
  if (text === null) throw new Error(`the catalog has no manifest of ${tag} for ${target}`);
  return parseManifest(text, `${tag}-${target}.json`);
}
