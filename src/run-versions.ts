import { createBuildPorts } from './adapters/build-ports.js';
import { loadCatalog } from './gotify/catalog.js';
import { groupServers } from './gotify/groups.js';
import { resolveRemembered } from './gotify/remembered-lists.js';
import type { CheckOptions } from './options/options.js';
import type { Reporter } from './ports.js';
import { versionsText } from './report/versions-text.js';

/**
 * Runs the command `versions` with the real effects, and gives what it prints.
 *
 * @throws Failure where a server is unknown, or neither GitHub nor the catalog can say
 */
export async function runVersions(request: {
  readonly options: Pick<CheckOptions, 'servers' | 'serverApiUrl' | 'token' | 'cacheDir'>;
  readonly reporter: Reporter;
  /** The folder of the shipped catalog, absolute. */
  readonly catalogDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<string> {
  const { cacheDir, servers } = request.options;
  const ports = createBuildPorts({ ...request, onClose: () => undefined });
  const catalog = await loadCatalog(request.catalogDir, ports.files);
  return versionsText(groupServers(await resolveRemembered(servers, { ...ports, catalog, cacheDir })));
}
