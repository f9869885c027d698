import {
  access,
  cp,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { constants, type Stats } from 'node:fs';
import type { Files, FileStat } from '../ports.js';

/** The machine's own files. */
export function createFiles(): Files {
  return {
    readText: (path) => readFile(path, 'utf8'),
    readBytes: (path) => readFile(path),
    stat: statOrNull,
    list: async (dir) => (await readdir(dir)).sort(),
    makeDir,
    write,
    move,
    copy: (from, to) => cp(from, to, { recursive: true, verbatimSymlinks: true }),
    remove: (path) => rm(path, { recursive: true, force: true }),
    removeEmpty,
    setMode,
    // The link itself, never what a link points to.
    chown: (path, { uid, gid }) => lchown(path, uid, gid),
    realPath: (path) => realpath(path),
    isWritable,
  };
}

async function statOrNull(path: string): Promise<FileStat | null> {
  try {
    const found = await stat(path);
    const { size, uid, gid, mode, mtimeMs } = found;
    return { kind: kindOf(found), size, uid, gid, mode: mode & 0o7777, modified: mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return null;
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
async function makeDir(path: string): Promise<void> {
  if (await isMade(path)) return;
  await makeDir(dirname(path));
  if (!(await isMade(path))) throw notADirectory(`${dirname(path)} takes no folder ${basename(path)}`);
}

/** False: there is no folder to make it in. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    if (!hasCode(error, 'EEXIST')) throw error;
    if ((await statOrNull(path))?.kind !== 'folder') throw notADirectory(`${path} is not a folder`);
  }
  return true;
}

function notADirectory(message: string): Error {
  return Object.assign(new Error(`ENOTDIR: ${message}`), { code: 'ENOTDIR' });
}

async function write(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number } = {},
): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeFile(draft, content, { flag: 'wx', ...options });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

let drafts = 0;

/** A name beside the target that nobody else has: no other process writes at this very moment under this number. */
function draftOf(path: string): string {
  drafts += 1;
  const own = [process.pid, Date.now(), drafts];
  return join(dirname(path), `.${basename(path).slice(0, 100)}.${own.join('-')}`);
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!hasCode(error, 'EXDEV')) throw error;
    // Another file system: copied beside the target first, so that `to` never is half a file.
    const draft = draftOf(to);
    await cp(from, draft, { recursive: true, verbatimSymlinks: true, force: false, errorOnExist: true });
    await rename(draft, to);
    await rm(from, { recursive: true });
  }
}

async function removeEmpty(dir: string): Promise<void> {
  try {
    await rmdir(dir);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].some((code) => hasCode(error, code))) throw error;
  }
}

async function setMode(path: string, mode: number): Promise<void> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}

async function isWritable(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if ((mode & 0o222) === 0) return false;
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function hasCode(error: unknown, code: string): boolean {
  // Not `instanceof Error`: Node's own errors are of another realm where tests run.
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
