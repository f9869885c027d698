import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** What a shipped program printed and ended with. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a program with exactly this environment, and collects what it prints. */
export function start(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Started {
  const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
  return { process: child, ended };
}

/**
 * A copy of what is shipped, without the catalog's ABI manifests: with no GitHub in reach there is then nothing to
 * compare with but a reference host.
 */
export function shippedWithoutManifests(): string {
  const dir = mkdtempSync(join(tmpdir(), 'gotify-shipped-'));
  for (const name of ['dist', 'catalog', 'package.json', 'action.yml']) {
    cpSync(join(repository, name), join(dir, name), { recursive: true });
  }
  rmSync(join(dir, 'catalog', 'abi'), { recursive: true });
  return dir;
}

export function readJson(path: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return parsed;
}
