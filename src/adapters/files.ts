import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  type Stats,
} from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { codeOf } from '../errors.js';
import type { Files, FileStat } from '../ports.js';
import { draftOf, writeWhole } from './write-whole.js';

/**
 * The machine's own files. What touches one file or one folder is done at once, as its way through Node's thread pool
 * takes longer than the work; whole trees are left to the pool.
 */
export function createFiles(): Files {
  return {
    readText: async (path) => readFileSync(path, 'utf8'),
    readBytes: async (path) => readFileSync(path),
    stat: async (path) => statOrNull(path),
    list: async (dir) => readdirSync(dir).sort(),
    makeDir: async (path) => makeDir(path),
    write: async (path, content, options) => writeWhole(path, content, options),
    move,
    copy: (from, to) => cp(from, to, { recursive: true, verbatimSymlinks: true }),
    remove: (path) => rm(path, { recursive: true, force: true }),
    removeEmpty: async (dir) => removeEmpty(dir),
    setMode: async (path, mode) => setMode(path, mode),
    // The link itself, never what a link points to.
    chown: async (path, { uid, gid }) => lchownSync(path, uid, gid),
    realPath: async (path) => realpathSync.native(path),
    isWritable: async (path) => isWritable(path),
  };
}

function statOrNull(path: string): FileStat | null {
  try {
    const found = statSync(path);
    const { size, uid, gid, mode, mtimeMs } = found;
    return { kind: kindOf(found), size, uid, gid, mode: mode & 0o7777, modified: mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function kindOf(found: Stats): FileStat['kind'] {
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}

/**
 * Node's own `recursive` never ends where a folder is there and takes no other, as in /proc. Throws ENOTDIR for such a
 * folder, and for what is in the way and no folder.
 */
function makeDir(path: string): void {
  if (isMade(path)) return;
  makeDir(dirname(path));
  if (!isMade(path)) throw notADirectory(`${dirname(path)} takes no folder ${basename(path)}`);
}

/** False: there is no folder to make it in. */
function isMade(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    if (codeOf(error) !== 'EEXIST') throw error;
    if (statOrNull(path)?.kind !== 'folder') throw notADirectory(`${path} is not a folder`);
  }
  return true;
}

function notADirectory(message: string): Error {
  return Object.assign(new Error(`ENOTDIR: ${message}`), { code: 'ENOTDIR' });
}

async function move(from: string, to: string): Promise<void> {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    // Another file system: copied beside the target first, so that `to` never is half a file.
    const draft = draftOf(to);
    await cp(from, draft, { recursive: true, verbatimSymlinks: true, force: false, errorOnExist: true });
    renameSync(draft, to);
    await rm(from, { recursive: true });
  }
}

function removeEmpty(dir: string): void {
  try {
    rmdirSync(dir);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
}

function setMode(path: string, mode: number): void {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    fchmodSync(descriptor, mode);
  } finally {
    closeSync(descriptor);
  }
}

function isWritable(path: string): boolean {
  if ((statSync(path).mode & 0o222) === 0) return false;
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
