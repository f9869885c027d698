/** The end of a log of any length. */
export interface LogTail {
  add(line: string): void;
  /** The newest lines, oldest first, and how many came before them. */
  end(): { readonly left: number; readonly lines: readonly string[] };
}

/**
 * Keeps the end of a log, so that no build can fill the memory with what it prints.
 *
 * @param most how many lines, and of how many characters together; one line is always kept
 */
export function createLogTail(most: { readonly lines: number; readonly characters: number }): LogTail {
  let lines: string[] = [];
  let characters = 0;
  let left = 0;
  const trim = (): void => {
    let first = Math.max(0, lines.length - most.lines);
    for (const line of lines.slice(0, first)) characters -= line.length;
    for (; characters > most.characters && first < lines.length - 1; first += 1) {
      characters -= lines[first]?.length ?? 0;
    }
    left += first;
    lines = lines.slice(first);
  };
  return {
    add: (line) => {
      lines.push(line);
      characters += line.length;
      // Rarely, as each time moves all that is kept.
      if (lines.length > 2 * most.lines || characters > 2 * most.characters) trim();
    },
    end: () => {
      trim();
      return { left, lines };
    },
  };
}
