import { dirname, isAbsolute, join } from 'node:path';
import type { Files } from '../ports.js';
import { namesOfOwners, ownerText, removeDead, type Caller } from './owner.js';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Gives a folder and all below it to a user. Links are not followed, and what vanishes meanwhile is no matter. */
export async function giveTree(folder: string, owner: Owner, files: Files): Promise<void> {
  await give(await files.realPath(folder), owner, files);
}

/**
 * As giveTree, but a folder that is already the user's is taken as it is: what Go wrote there is too. The folder is given
 * after all below it, or a run that was killed in between would leave files that nobody gives any more.
 */
export async function giveCache(folder: string, owner: Owner, files: Files): Promise<void> {
  if ((await files.stat(folder))?.uid === owner.uid) return;
  const root = await files.realPath(folder);
  for (const name of await files.list(root)) await give(join(root, name), owner, files);
  await files.chown(root, owner);
}

async function give(path: string, owner: Owner, files: Files): Promise<void> {
  try {
    await files.chown(path, owner);
    const found = await files.stat(path);
    if (found?.kind !== 'folder' || (await files.realPath(path)) !== path) return;
    for (const name of await files.list(path)) await give(join(path, name), owner, files);
  } catch (error) {
    if ((await files.stat(path)) !== null) throw error;
  }
}

/** The caller's .netrc, where Go looks for it, absolute (a mount's source is); null where there is none. */
export async function findNetrc(
  env: Readonly<Record<string, string | undefined>>,
  files: Files,
): Promise<string | null> {
  const { NETRC = '', HOME = '' } = env;
  // To Go an empty variable is none: netrcPath in cmd/go/internal/auth/netrc.go.
  const path = NETRC === '' ? join(HOME, '.netrc') : NETRC;
  if (!isAbsolute(path)) return null;
  return (await files.stat(path))?.kind === 'file' ? path : null;
}

/** The file of certificates that the caller's programs trust, as Go looks for it (crypto/x509); null where none is set. */
export async function findCertificates(
  env: Readonly<Record<string, string | undefined>>,
  files: Files,
): Promise<string | null> {
  const path = env['SSL_CERT_FILE'];
  if (path === undefined || !isAbsolute(path)) return null;
  return (await files.stat(path))?.kind === 'file' ? path : null;
}

/** A copy of the .netrc that only the given user can read; the name says whose run it belongs to. */
export async function copyNetrc(
  request: { readonly netrc: string; readonly copy: string; readonly owner: Owner },
  files: Files,
): Promise<string> {
  const { netrc, copy, owner } = request;
  await files.makeDir(dirname(copy));
  await files.write(copy, await files.readText(netrc), { mode: 0o400 });
  await files.chown(copy, owner);
  return copy;
}

export function netrcCopyName(caller: Caller, step: string): string {
  return `netrc_${ownerText(caller)}_${step}`;
}

/** Removes the copies of runs that were killed before they could. */
export function removeDeadNetrcs(
  folder: string,
  here: { readonly caller: Caller; readonly now: number; readonly files: Files },
): Promise<void> {
  return removeDead({ folder, pattern: namesOfOwners(String.raw`\.?netrc`) }, here);
}
