import { join } from 'node:path';
import type { Files } from '../ports.js';
import { readGoHeader } from './go-header.js';
import type { PluginProject } from './project.js';

/**
 * Whether a module's own files say that it is a library: it has Go files, and in the folder of the main package none is
 * `package main`. A program to generate files, which no build takes (`//go:build ignore`), does not count. Without any
 * Go file nothing is said.
 */
export async function isLibrary(
  { moduleDir, packageDir }: Pick<PluginProject, 'moduleDir' | 'packageDir'>,
  files: Files,
): Promise<boolean> {
  for (const name of (await files.list(packageDir)).filter(isGoFile)) {
    const text = await files.readText(join(packageDir, name)).catch(() => '');
    const header = readGoHeader(text);
    // Go will say what is wrong with a file that cannot be read.
    if (header === null || (header.package === 'main' && !header.constraints.some(isIgnored))) return false;
  }
  return hasGoFiles(moduleDir, files);
}

function isGoFile(name: string): boolean {
  return name.endsWith('.go') && !name.endsWith('_test.go') && !/^[._]/.test(name);
}

function isIgnored(constraint: string): boolean {
  return /^\/\/(?:go:build|\s*\+build)\s+ignore\s*$/.test(constraint);
}

/** In the module's own packages: a folder with a go.mod of its own is another module. */
async function hasGoFiles(dir: string, files: Files): Promise<boolean> {
  const names = await files.list(dir);
  if (names.some(isGoFile)) return true;
  for (const name of names.filter((each) => !/^(?:[._]|vendor$|testdata$|node_modules$)/.test(each))) {
    const folder = join(dir, name);
    if ((await files.stat(folder))?.kind !== 'folder') continue;
    if ((await files.stat(join(folder, 'go.mod'))) === null && (await hasGoFiles(folder, files))) return true;
  }
  return false;
}
