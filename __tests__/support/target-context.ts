import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuildPorts } from '../../src/adapters/build-ports.js';
import { createFiles } from '../../src/adapters/files.js';
import type { Builder } from '../../src/build/builder.js';
import { stopped } from '../../src/build/stopped.js';
import { parseBuildFlags } from '../../src/build/flags.js';
import { loadCatalog } from '../../src/gotify/catalog.js';
import type { TargetContext, TargetOptions } from '../../src/pipeline/context.js';
import { preparePinning, prepareUnpinned } from '../../src/pipeline/pinning.js';
import { realManifests } from '../../src/pipeline/real-manifests.js';
import { openRun } from '../../src/pipeline/run-dir.js';
import { locatePlugin } from '../../src/plugin/project.js';
import { catalogServer } from './host/server.js';
import { createRecorder } from './recorder.js';

const catalogDir = fileURLToPath(new URL('../../catalog', import.meta.url));
/** The fixtures' plugins, each in a folder of its own. */
export const plugins = fileURLToPath(new URL('../fixtures/plugins', import.meta.url));

/** For what is never built. */
export const noBuilder: Builder = {
  kind: 'host',
  recipe: '',
  doubt: () => null,
  prepare: () => Promise.resolve(),
  places: ({ module, pin, out }) => ({ module, pin, out, replaced: String }),
  modCache: () => '/no/such/cache',
  run: () => Promise.reject(stopped()),
  describePreparation: () => Promise.resolve([]),
  describe: () => {
    throw new Error('nothing is described');
  },
  close: () => Promise.resolve(),
};

/**
 * What the build of a target for v3.0.0 looks at, in a folder of the test's own; nothing of it is started.
 *
 * @param which.plugin its folder below `plugins`
 * @param which.unpinned with the plugin's dependencies as they are
 */
export async function targetContext(
  builder: Builder,
  dir: string,
  which: { readonly plugin?: string; readonly unpinned?: true } = {},
): Promise<TargetContext> {
  const server = await catalogServer('v3.0.0');
  const cacheDir = join(dir, 'cache');
  const options: TargetOptions & { readonly token: null } = {
    cacheDir,
    dependencies: 'pin',
    flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
    image: null,
    manifest: null,
    name: null,
    output: join(dir, 'out'),
    serverApiUrl: 'http://127.0.0.1:9',
    timeoutMinutes: 1,
    token: null,
    verify: 'static',
  };
  const ports = createBuildPorts({
    options,
    reporter: createRecorder(),
    catalogDir,
    env: {},
    onClose: () => undefined,
  });
  const path = join(plugins, which.plugin ?? 'minimal');
  const project = await locatePlugin({ path, package: '.', base: path }, ports.files);
  const run = await openRun(cacheDir, ports);
  const catalog = await loadCatalog(catalogDir, createFiles());
  const manifests = realManifests({ options, catalog, run, ports });
  const pinning =
    which.unpinned === true
      ? await prepareUnpinned({ project, server, builder }, ports)
      : await preparePinning({ project, server, builder, dependencies: 'pin' }, ports);
  const shared = { options, ports, project, catalog, run, manifests, builder, pinning };
  return { ...shared, server, servers: [server], compiled: new Set(), warned: new Set(), released: null };
}
