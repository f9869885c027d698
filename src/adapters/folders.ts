import { relative, resolve, sep } from 'node:path';

/** Folders that hold other people's modules. */
const foreign = new Set(['node_modules', 'vendor', 'testdata']);

/**
 * The files that patterns such as `plugins/*` + `/go.mod` match, sorted; those of dependencies and of hidden folders are
 * left out where a pattern does not name them.
 *
 * @param base what relative patterns start from, absolute
 */
export async function matchingFiles(pattern: string, base: string): Promise<readonly string[]> {
  // Loaded here, as most runs name one folder.
  const { create } = await import('@actions/glob');
  const found = await (
    await create(resolve(escaped(base), pattern), {
      followSymbolicLinks: false,
      implicitDescendants: false,
      matchDirectories: false,
    })
  ).glob();
  const named = new Set(pattern.split('/'));
  const isForeign = (part: string): boolean =>
    (foreign.has(part) || part.startsWith('.')) && !named.has(part);
  return found.filter((path) => !relative(base, path).split(sep).some(isForeign)).sort();
}

/** The folder's own name must not be taken for a pattern. */
function escaped(base: string): string {
  return base.replace(/[[*?]/g, '[$&]');
}
