import type { Files } from '../ports.js';

/** The process that a build belongs to: enough to tell later, on the same machine, whether it still runs. */
export interface Caller {
  readonly uid: number;
  readonly gid: number;
  readonly pid: number;
  /** In clock ticks since boot, as /proc has it; null where there is no /proc. With the pid it names one process. */
  readonly startTime: string | null;
  /** Changes with each boot; null where there is no /proc. */
  readonly bootId: string | null;
  /** A pid means something in its own namespace only; null where there is no /proc. */
  readonly pidNamespace: string | null;
}

/**
 * Whether the process still runs. Ask it only of processes of this boot and pid namespace, and of the same user:
 * others may be hidden in /proc.
 */
export async function isAlive(
  owner: { readonly pid: number; readonly startTime: string },
  files: Files,
): Promise<boolean> {
  const path = `/proc/${String(owner.pid)}/stat`;
  // Not "the file cannot be read": with /proc out of reach nobody is called dead.
  if ((await files.stat('/proc/self')) === null) return true;
  if ((await files.stat(path)) === null) return false;
  try {
    return startTimeOf(await files.readText(path)) === owner.startTime;
  } catch {
    // It ended between the two looks.
    return false;
  }
}

/**
 * The start time in the text of /proc/PID/stat, or null for a process that has ended and waits to be collected.
 * The fields are those of proc(5): the second is a name in parentheses, which may hold blanks and parentheses.
 */
export function startTimeOf(stat: string): string | null {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTime = rest[18];
  return state === 'Z' || state === 'X' || startTime === undefined ? null : startTime;
}
