/**
 * Foreign text as Markdown that shows it and means nothing: every character with a meaning in GitHub's Markdown or in
 * HTML becomes a numeric entity, which CommonMark never takes for structure (spec 0.31, section 2.5).
 */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      // Direction marks could show a name as another one.
      .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/[^\p{L}\p{N} .,/]/gu, (character) => `&#${String(character.codePointAt(0))};`)
      // A number with a dot in front would begin a list.
      .replace(/^( *\d+)\./, '$1&#46;')
      // GitHub makes a link of a bare www. too.
      .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
  );
}

/** Foreign text in a fixed-width font; cut where it is very long. */
export function code(text: string, longest = 500): string {
  return `<code>${escapeMarkdown(shorten(text, longest))}</code>`;
}

/** Foreign text as plain words; cut where it is very long. */
export function words(text: string, longest = 2000): string {
  return escapeMarkdown(shorten(text, longest));
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** A table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A part that is folded until somebody opens it. */
export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/**
 * The parts that fit, in order; a part that is too long is left out, and the end says so.
 *
 * @param limit bytes of UTF-8
 */
export function joinWithin(parts: readonly string[], limit: number): string {
  const note = 'Some parts are left out here, as they are too long: report.json has everything.';
  const kept: string[] = [];
  let left = limit - note.length - 4;
  for (const part of parts) {
    const size = Buffer.byteLength(part) + 2;
    if (size > left) continue;
    kept.push(part);
    left -= size;
  }
  return [...kept, ...(kept.length < parts.length ? [note] : [])].join('\n\n').concat('\n');
}
