import { parseModFile } from './modfile.js';
import { readDirectives, type Directive, type Token } from './modsyntax.js';
import type { Module } from './module.js';
import { autoQuote } from './quote.js';

/**
 * Changes of a go.mod's text. Each touches nothing but what it is asked for: comments, order, blanks and line ends stay
 * as the author wrote them. All throw Failure `malformed-go-mod` as parseModFile does; `file` is the name in messages.
 */

/** Gives every `require` line of these modules (path -> version) that version. */
export function setRequires(text: string, file: string, versions: ReadonlyMap<string, string>): string {
  const edits = parseModFile(text, file).requires.flatMap(({ path, version, versionAt: [start, end] }) => {
    const to = versions.get(path);
    return to === undefined || to === version ? [] : [{ start, end, text: to }];
  });
  return applyEdits(text, edits);
}

/** Gives the `go` line another version; a file without one stays as it is. */
export function setGoLine(text: string, file: string, version: string): string {
  const token = directiveOf(text, file, 'go')?.args[0];
  if (token === undefined) return text;
  return applyEdits(text, [{ start: token.offset, end: token.offset + token.text.length, text: version }]);
}

/** Removes the `toolchain` line with the comment at its end; comments above it stay. */
export function dropToolchain(text: string, file: string): string {
  const directive = directiveOf(text, file, 'toolchain');
  return directive === undefined ? text : withoutLine(text, directive.start);
}

/**
 * Adds `require MODULE VERSION // indirect` for each module: after the last line of that kind, else in a block of its
 * own after the last requirement (which is how the go command keeps them from Go 1.17 on), else at the end.
 */
export function addIndirect(text: string, file: string, modules: readonly Module[]): string {
  const requires = readDirectives({ text, file }).filter(({ verb }) => verb === 'require');
  const lastIndirect = parseModFile(text, file).requires.findLastIndex(({ indirect }) => indirect);
  const neighbour = requires[lastIndirect];
  const lines = modules.map(({ path, version }) => `${autoQuote(path)} ${version} // indirect`);
  if (lines.length === 0) return text;
  if (neighbour !== undefined) {
    const prefix = isInBlock(neighbour) ? '\t' : 'require ';
    return insertAfterLine(
      text,
      neighbour.start.offset,
      lines.map((line) => prefix + line),
    );
  }
  const block = ['', 'require (', ...lines.map((line) => `\t${line}`), ')'];
  const last = requires.at(-1);
  const at = last === undefined ? Math.max(0, text.length - 1) : endOfStatement(text, last);
  return insertAfterLine(text, at, block);
}

/** `\r\n` where most lines of the text end so. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const withReturn = text.split('\r\n').length - 1;
  return withReturn * 2 > all ? '\r\n' : '\n';
}

/** The text with every line ending as asked. */
export function withLineEnd(text: string, end: '\n' | '\r\n'): string {
  return text.replace(/\r?\n/g, end);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits in the order of the text. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const edit of edits) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

function directiveOf(text: string, file: string, verb: string): Directive | undefined {
  parseModFile(text, file);
  return readDirectives({ text, file }).find((directive) => directive.verb === verb);
}

/** In a block the verb stands before the parenthesis, and a line starts with its first argument. */
function isInBlock({ start, args }: Directive): boolean {
  return start === args[0];
}

/** An offset on the last line of the statement that a directive belongs to: that of its block's parenthesis. */
function endOfStatement(text: string, directive: Directive): number {
  if (!isInBlock(directive)) return directive.start.offset;
  const closing = /\n[ \t\r]*\)/g;
  closing.lastIndex = directive.start.offset;
  const found = closing.exec(text);
  return found === null ? text.length : found.index + found[0].length - 1;
}

function insertAfterLine(text: string, offset: number, lines: readonly string[]): string {
  const end = lineEndOf(text);
  const lineEnd = text.indexOf('\n', offset);
  const added = lines.map((line) => line + end).join('');
  if (lineEnd !== -1) return text.slice(0, lineEnd + 1) + added + text.slice(lineEnd + 1);
  return text + (text === '' ? '' : end) + added;
}

function withoutLine(text: string, { offset }: Token): string {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const before = text.slice(0, start);
  const after = lineEnd === -1 ? '' : text.slice(lineEnd + 1);
  const blankBefore = /(?:^|\n)[ \t\r]*\n$/.exec(before);
  const blankAfter = /^[ \t\r]*\n/.exec(after);
  // Between two blank lines it leaves one of them, and none at the ends of the file.
  if ((before === '' || blankBefore !== null) && blankAfter !== null)
    return before + after.slice(blankAfter[0].length);
  return (after === '' && blankBefore !== null ? before.replace(/\r?\n[ \t\r]*$/, '') : before) + after;
}
