import { join } from 'node:path';
import type { Files } from '../ports.js';

/** The process that a build belongs to: enough to tell later whether it still runs. */
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
  /** The same at each boot of one machine (hex, of no use elsewhere); null where it has no machine-id. */
  readonly machine: string | null;
}

/** Who a thing belongs to, as its name or label says, and since when (ms since 1970). */
export interface Owned {
  readonly owner: string;
  readonly since: number;
}

/** Longer than any run: a target may take a day. */
const foreignLasts = 48 * 60 * 60_000;

const ownerPattern = /^([^_]*)_([^_]*)_([^_]*)_([^_]*)_([^_]*)_([^_]*)$/;

/** The names of things that begin with `<prefix>_<owner>_`; its group is the owner's text. `prefix`: a pattern. */
export function namesOfOwners(prefix: string): RegExp {
  return new RegExp(String.raw`^${prefix}_((?:[^_]*_){5}[^_]*)_`);
}

/** A caller in a text without blanks, for names and labels: six parts between underscores. */
export function ownerText({ machine, bootId, pidNamespace, uid, pid, startTime }: Caller): string {
  const namespace = /\d+/.exec(pidNamespace ?? '')?.[0];
  return [machine, bootId, namespace, uid, pid, startTime].map((part) => String(part ?? '')).join('_');
}

/**
 * Whether the process that something belongs to is gone. Of a process in this boot and pid namespace /proc tells; those
 * of an earlier boot of this machine are gone, if they are as old: machines that were cloned have one id; of other
 * machines and namespaces nothing is known but that no run takes so long. What belongs to another user is never called dead.
 *
 * @param here.now ms since 1970
 */
export async function isDead(
  { owner, since }: Owned,
  here: { readonly caller: Caller; readonly now: number; readonly files: Files },
): Promise<boolean> {
  const [own, theirs] = [ownerPattern.exec(ownerText(here.caller)), ownerPattern.exec(owner)];
  if (own === null || theirs === null) return false;
  const isKnown = (part: number): boolean => theirs[part] !== '' && own[part] !== '';
  const isSame = (part: number): boolean => isKnown(part) && theirs[part] === own[part];
  const [machine, boot, namespace, user] = [1, 2, 3, 4] as const;
  const [pid = '', startTime = ''] = theirs.slice(5);
  if (!isSame(user)) return false;
  if (isSame(boot) && isSame(namespace) && startTime !== '')
    return !(await isAlive({ pid: Number(pid), startTime }, here.files));
  const isEarlierBoot = isSame(machine) && isKnown(boot) && !isSame(boot);
  if (isEarlierBoot && since < (await bootedAt(here.files))) return true;
  return here.now - since > foreignLasts;
}

/** When this machine booted (ms since 1970), from proc_stat(5); before everything where that is not known. */
async function bootedAt(files: Files): Promise<number> {
  const text = await files.readText('/proc/stat').catch(() => '');
  return Number(/^btime (\d+)$/m.exec(text)?.[1] ?? '0') * 1000;
}

/**
 * Removes what dead runs left in a folder, which need not be there.
 *
 * @param left.pattern of the names that count; its first group is the owner's text
 */
export async function removeDead(
  left: { readonly folder: string; readonly pattern: RegExp },
  here: { readonly caller: Caller; readonly now: number; readonly files: Files },
): Promise<void> {
  const { files } = here;
  if ((await files.stat(left.folder)) === null) return;
  for (const name of await files.list(left.folder)) {
    const path = join(left.folder, name);
    const owner = left.pattern.exec(name)?.[1];
    const found = owner === undefined ? null : await files.stat(path);
    if (owner === undefined || found === null) continue;
    if (!(await isDead({ owner, since: found.modified }, here))) continue;
    // Another run may be removing it at this moment, or another user may own it: then it stays.
    await files.remove(path).catch(() => undefined);
  }
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
