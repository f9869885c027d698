import { readFileSync, readlinkSync } from 'node:fs';
import { startTimeOf, type Caller } from '../build/owner.js';

/** This process, as /proc knows it. */
export function readCaller(): Caller {
  const stat = orNull(() => readFileSync('/proc/self/stat', 'utf8'));
  return {
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    pid: process.pid,
    startTime: stat === null ? null : startTimeOf(stat),
    bootId: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    pidNamespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
  };
}

function orNull(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
