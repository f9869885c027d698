import { join } from 'node:path';
import { startGitHub, type GitHubDouble } from '../../__tests__/support/github-double.js';
import { createFiles } from '../../src/adapters/files.js';
import { targetNames } from '../../src/build/target.js';
import { loadCatalog } from '../../src/gotify/catalog.js';
import type { ServerBuild } from '../../src/gotify/server-build.js';
import { keepAsset } from '../../src/verify/asset-cache.js';
import { parseManifest } from '../../src/verify/read-manifest.js';
import { root } from './plugin.js';

/** A GitHub whose release of the server an earlier run has read: its manifests are in the cache, as facts are. */
export async function startKnownGitHub(server: ServerBuild, cacheDir: string): Promise<GitHubDouble> {
  const double = await startGitHub();
  const files = createFiles();
  const catalog = await loadCatalog(join(root, 'catalog'), files);
  for (const target of targetNames) {
    const text = await catalog.manifestText(server.tag ?? '', target);
    if (text === null) throw new Error(`the catalog has no manifest of ${server.version} for ${target}`);
    const asset = {
      manifest: parseManifest(text, 'the catalog'),
      url: `${double.url}/asset`,
      digest: null,
      authenticated: true,
    };
    const key = { server, target, cacheDir, uid: process.getuid?.() ?? 0, assetOrigin: double.url };
    await keepAsset(asset, key, files);
  }
  return double;
}
