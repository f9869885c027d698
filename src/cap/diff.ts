import type { NewText } from './write.js';

/**
 * The changes as a unified diff, as `patch -p1` and `git apply` take it from the folder that the names start from.
 * Lines keep their own ends; the text ends with a newline.
 */
export async function unifiedDiff(
  texts: readonly (Omit<NewText, 'path'> & { readonly name: string })[],
): Promise<string> {
  // Only a dry run needs it.
  const { structuredPatch } = await import('diff');
  const parts = texts.flatMap(({ name, before, after }) => {
    const { hunks } = structuredPatch(name, name, before ?? '', after, undefined, undefined, { context: 3 });
    if (hunks.length === 0) return [];
    const side = (letter: string): string => `${letter}/${name.replace(/^\/+/, '')}`;
    const body = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
      ...lines,
    ]);
    return [`--- ${before === null ? '/dev/null' : side('a')}`, `+++ ${side('b')}`, ...body];
  });
  return parts.map((line) => `${line}\n`).join('');
}

/** One line needs no number, and nothing at all stands before the first line. */
function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${String(lines === 0 ? start - 1 : start)},${String(lines)}`;
}
