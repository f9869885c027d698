import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { startTimeOf, type Caller } from '../build/owner.js';

/** This process, as /proc knows it. */
export function readCaller(): Caller {
  let machine: { readonly id: string | null } | null = null;
  const stat = orNull(() => readFileSync('/proc/self/stat', 'utf8'));
  return {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    pid: process.pid,
    startTime: stat === null ? null : startTimeOf(stat),
    bootId: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    // Loading what hashes takes longer than a check of lines has, and only a build has things that need an owner.
    get machine() {
      machine ??= { id: orNull(() => machineOf(readFileSync('/etc/machine-id', 'utf8'))) };
      return machine.id;
    },
  };
}

/** The id itself is not for others to see (machine-id(5)). */
function machineOf(machineId: string): string | null {
  if (!/^[0-9a-f]{32}\s*$/.test(machineId)) return null;
  return createHash('sha256').update(`gotify-plugin-build ${machineId.trim()}`).digest('hex').slice(0, 12);
}

function orNull(read: () => string | null): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
