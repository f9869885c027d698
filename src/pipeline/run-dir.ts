import { randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { isAlive, type Caller } from '../build/owner.js';
import type { Files } from '../ports.js';

/** The scratch folder of one run, below the cache folder: a Docker engine elsewhere sees the same disk. */
export interface RunDir {
  readonly path: string;
  /** Makes a folder below it; gives its path. */
  folder(...parts: readonly string[]): Promise<string>;
  /** Removes it whole. */
  close(): Promise<void>;
}

/**
 * Opens a scratch folder of this run's own, after removing those of runs that were killed before they could.
 * A folder's name carries its owner (boot, pid namespace, pid, start time), so that a later run can tell.
 */
export async function openRun(
  cacheDir: string,
  ports: { readonly files: Files; readonly caller: Caller },
): Promise<RunDir> {
  const { files, caller } = ports;
  const runs = join(cacheDir, 'runs');
  await files.makeDir(runs);
  await removeDead(runs, ports);
  const path = join(
    runs,
    `${ownerPrefix(caller)}${String(caller.pid)}_${caller.startTime ?? ''}_${randomBytes(4).toString('hex')}`,
  );
  return runIn(path, files);
}

/** A scratch folder that is never made: its paths are what a dry run shows. */
export function plannedRun(cacheDir: string): RunDir {
  const path = join(cacheDir, 'runs', 'RUN');
  return {
    path,
    folder: (...parts) => Promise.resolve(join(path, ...parts)),
    close: () => Promise.resolve(),
  };
}

/** A scratch folder outside of the cache folder, for who must leave that alone. */
export async function openTemporary({
  files,
  env,
}: {
  readonly files: Files;
  /** TMPDIR is read. */
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<RunDir> {
  const parent = isAbsolute(env['TMPDIR'] ?? '') ? (env['TMPDIR'] ?? '') : '/tmp';
  return runIn(join(parent, `gotify-plugin-build-${randomBytes(8).toString('hex')}`), files);
}

async function runIn(path: string, files: Files): Promise<RunDir> {
  await files.makeDir(path);
  return {
    path,
    folder: async (...parts) => {
      const folder = join(path, ...parts);
      await files.makeDir(folder);
      return folder;
    },
    close: () => files.remove(path),
  };
}

async function removeDead(
  runs: string,
  ports: { readonly files: Files; readonly caller: Caller },
): Promise<void> {
  const { files, caller } = ports;
  const prefix = ownerPrefix(caller);
  for (const name of await files.list(runs)) {
    const [pid, startTime] = name.startsWith(prefix) ? name.slice(prefix.length).split('_') : [];
    if (pid === undefined || startTime === undefined || startTime === '') continue;
    if (await isAlive({ pid: Number(pid), startTime }, files)) continue;
    // Another run may be removing it at this moment, or another user may own it: then it stays.
    await files.remove(join(runs, name)).catch(() => undefined);
  }
}

/** A pid means something only within one boot, one pid namespace and one user. */
function ownerPrefix({ bootId, pidNamespace, uid }: Caller): string {
  const namespace = /\d+/.exec(pidNamespace ?? '')?.[0] ?? '';
  return `${bootId ?? ''}_${namespace}_${String(uid)}_`;
}
