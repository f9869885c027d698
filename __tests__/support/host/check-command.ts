import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { actionNode, cli, type Ended } from '../dist.js';
import { closedAddress } from '../local-server.js';

export interface StartedCheck {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The folders of this process below the cache folder's `runs`. */
  scratch(): readonly string[];
}

/** Starts the shipped `check` in a repository, against v3.0.0, on this machine; nothing listens at the API's address. */
export function startCheck(request: {
  readonly base: string;
  readonly cacheDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}): StartedCheck {
  const { base, cacheDir, args = [], env = {} } = request;
  const settings = ['--server-api-url', closedAddress, '--cache-dir', cacheDir, '--builder', 'host'];
  const child = spawn(actionNode, [cli, 'check', '--server', 'v3.0.0', ...settings, ...args], {
    cwd: base,
    env: { ...withoutActions(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, ended, scratch: () => scratchOf(cacheDir, child.pid) };
}

/** The folders' names end with the owner's process id, its start time and a random part. */
function scratchOf(cacheDir: string, pid: number | undefined): readonly string[] {
  const all = readdirSync(cacheDir).includes('runs') ? readdirSync(join(cacheDir, 'runs')) : [];
  return all.filter((name) => name.split('_').at(-3) === String(pid));
}

function withoutActions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GITHUB_')));
}

/** Path -> digest and times of each file below a folder. */
export function contentsOf(dir: string): Readonly<Record<string, string>> {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(dir, path)).isFile(),
  );
  return Object.fromEntries(
    files.sort().map((path) => {
      const { mtimeMs } = statSync(join(dir, path));
      const digest = createHash('sha256')
        .update(readFileSync(join(dir, path)))
        .digest('hex');
      return [path, `${digest} ${String(mtimeMs)}`];
    }),
  );
}
