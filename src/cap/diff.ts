import type { NewText } from './write.js';

/**
 * The changes as a unified diff, as `patch -p1` and `git apply` take it from the folder that the names start from: they
 * must lie below it. Lines keep their own ends; the text ends with a newline.
 */
export async function unifiedDiff(
  texts: readonly (Omit<NewText, 'path'> & { readonly name: string })[],
): Promise<string> {
  // Only a dry run needs it.
  const { structuredPatch } = await import('diff');
  const parts = texts.flatMap(({ name, before, after }) => {
    const { hunks } = structuredPatch(name, name, before ?? '', after, undefined, undefined, { context: 3 });
    if (hunks.length === 0) return [];
    const side = (letter: string): string => headerName(`${letter}/${name}`);
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

/**
 * A name as both tools read it: with a tab behind it where it has blanks, which would end it otherwise, and quoted as C
 * does where it has what ends a line. Sources: https://www.gnu.org/software/diffutils/manual/html_node/Unusual-File-Names.html
 * and quote_c_style of git's quote.c.
 */
function headerName(name: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is quoted
  if (/[\u0000-\u001f"\\\u007f]/.test(name)) return `"${name.replace(/[^]/g, quoted)}"`;
  return name.includes(' ') ? `${name}\t` : name;
}

function quoted(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.charCodeAt(0);
  return code < 0x20 || code === 0x7f ? `\\${code.toString(8).padStart(3, '0')}` : character;
}
