import { resolve } from 'node:path';

/** Folders that hold other people's modules. */
const foreign = ['node_modules', 'vendor', 'testdata'];

/**
 * The files that patterns such as `plugins/*` + `/go.mod` match, sorted. What a pattern stands for is no hidden folder
 * and none of dependencies, and no symbolic link to a folder: those have to be named.
 *
 * @param base what relative patterns start from, absolute
 */
export async function matchingFiles(pattern: string, base: string): Promise<readonly string[]> {
  // Loaded here, as most runs name one folder.
  const { glob } = await import('tinyglobby');
  const named = new Set(pattern.split('/'));
  const found = await glob(pattern.replace(/^(?:\.\/)+/, ''), {
    cwd: base,
    absolute: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    ignore: foreign.filter((name) => !named.has(name)).map((name) => `**/${name}/**`),
  });
  return found.map((path) => resolve(path)).sort();
}
