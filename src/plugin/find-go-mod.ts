import { dirname, join } from 'node:path';
import type { Files } from '../ports.js';

const deepest = 3;
const enough = 3;

/** The nearest folder above this one that has a go.mod, or null. */
export async function findGoModAbove(path: string, files: Files): Promise<string | null> {
  for (let dir = dirname(path); ; dir = dirname(dir)) {
    if ((await files.stat(join(dir, 'go.mod')))?.kind === 'file') return dir;
    if (dir === dirname(dir)) return null;
  }
}

/** The first few folders below this one that have a go.mod, the nearest first; dependencies' folders are left out. */
export async function findGoModsBelow(path: string, files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  let level: readonly string[] = [path];
  for (let depth = 0; depth < deepest && found.length < enough; depth++) {
    level = (await Promise.all(level.map((dir) => foldersIn(dir, files)))).flat();
    for (const dir of level) {
      if ((await files.stat(join(dir, 'go.mod')))?.kind === 'file') found.push(dir);
    }
  }
  return found.slice(0, enough);
}

async function foldersIn(dir: string, files: Files): Promise<readonly string[]> {
  const names = (await files.list(dir).catch(() => [])).filter((name) => !isForeign(name));
  const paths = names.map((name) => join(dir, name));
  const stats = await Promise.all(paths.map((path) => files.stat(path).catch(() => null)));
  return paths.filter((_, index) => stats[index]?.kind === 'folder');
}

function isForeign(name: string): boolean {
  return /^[._]|^(?:node_modules|vendor|testdata)$/.test(name);
}
