import { randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { ownerText, removeDead, type Caller } from '../build/owner.js';
import { stopped } from '../build/stopped.js';
import type { Clock, Files } from '../ports.js';

/** The scratch folder of one run, below the cache folder: a Docker engine elsewhere sees the same disk. */
export interface RunDir {
  readonly path: string;
  /** Makes a folder below it; gives its path. Throws Failure (surroundings) once it is closed. */
  folder(...parts: readonly string[]): Promise<string>;
  /** Removes it whole. */
  close(): Promise<void>;
}

interface RunPorts {
  readonly files: Files;
  readonly caller: Caller;
  readonly clock: Clock;
}

/**
 * Opens a scratch folder of this run's own, after removing those of runs that were killed before they could.
 * A folder's name carries its owner, so that a later run can tell.
 */
export async function openRun(cacheDir: string, ports: RunPorts): Promise<RunDir> {
  const { files, caller, clock } = ports;
  const runs = join(cacheDir, 'runs');
  await files.makeDir(runs);
  const here = { caller, now: clock.now(), files };
  await removeDead({ folder: runs, pattern: /^(.*)_[0-9a-f]{8}$/ }, here);
  const path = join(runs, `${ownerText(caller)}_${randomBytes(4).toString('hex')}`);
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
  let closed = false;
  return {
    path,
    folder: async (...parts) => {
      if (closed) throw stopped();
      const folder = join(path, ...parts);
      await files.makeDir(folder);
      return folder;
    },
    close: () => {
      closed = true;
      return files.remove(path);
    },
  };
}
