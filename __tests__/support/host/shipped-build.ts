import { join } from 'node:path';
import { closedAddress } from '../local-server.js';
import { readJson, repository, start, type Ended } from '../shipped.js';
import { sharedCacheDir } from './cache.js';

export interface ShippedBuild {
  /** The plugin's folder. */
  readonly plugin: string;
  readonly server: string;
  /** The folder for files and report.json; fresh for each build. */
  readonly output: string;
  readonly targets?: string;
  /** More of the command line. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is shipped: the repository, or a copy of it. */
  readonly shipped?: string;
  readonly cacheDir?: string;
}

/** The shipped command line with the host builder, to its end. Nothing listens at the API's address. */
export async function buildShipped(
  request: ShippedBuild,
): Promise<Ended & { readonly report: unknown; readonly cacheDir: string }> {
  const { output } = request;
  const { started, cacheDir } = await startShipped(request);
  return { ...(await started.ended), report: readJson(join(output, 'report.json')), cacheDir };
}

/** The same, only started. */
export async function startShipped(
  request: ShippedBuild,
): Promise<{ readonly started: ReturnType<typeof start>; readonly cacheDir: string }> {
  const { plugin, server, output, targets = 'native', args = [], env = {}, shipped = repository } = request;
  const cacheDir = request.cacheDir ?? (await sharedCacheDir());
  const own = ['build', '--path', plugin, '--server', server, '--targets', targets, '--output', output];
  const offline = ['--server-api-url', closedAddress, '--cache-dir', cacheDir];
  const { PATH, HOME, GOPROXY } = process.env;
  return {
    started: start(process.execPath, [join(shipped, 'dist/cli.js'), ...own, ...offline, ...args], {
      ...{ PATH, HOME, GOPROXY },
      ...env,
    }),
    cacheDir,
  };
}
