import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One warm cache for all tests that run the real Go: the first build of a target takes more than a minute, later ones
 * seconds. CI names a folder that it keeps. Its name has blanks, a quote and letters outside ASCII, on purpose.
 */
export async function sharedCacheDir(): Promise<string> {
  const base =
    process.env['GOTIFY_PLUGIN_BUILD_TEST_CACHE'] ?? join(tmpdir(), 'gotify-plugin-build-test-cache');
  const dir = join(base, "kaché d'un test");
  await mkdir(dir, { recursive: true });
  return dir;
}
