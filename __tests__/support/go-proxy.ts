import { execFileSync } from 'node:child_process';

/** Where modules come from on this machine: GOPROXY, or what go itself takes. */
export function machineProxy(): string {
  return execFileSync('go', ['env', 'GOPROXY'], { encoding: 'utf8' }).trim();
}
