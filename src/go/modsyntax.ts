import { Failure } from '../errors.js';

/** The first layer of a go.mod: tokens, lines and blocks (golang.org/x/mod/modfile, read.go). */

export interface Token {
  /** As written: a string keeps its quotes. */
  readonly text: string;
  /** Offset in the file's text. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
}

/** One directive: a line of its own, or one line of a block. */
export interface Directive {
  readonly verb: string;
  readonly args: readonly Token[];
  /** The first token on its line: the verb, or the first argument in a block. */
  readonly start: Token;
  /** The comment at the end of the line, with `//`; null without one. */
  readonly comment: string | null;
}

/** A text and what to call it in messages. */
export interface Source {
  readonly text: string;
  readonly file: string;
}

/**
 * Splits a go.mod into directives, in order. Throws Failure `malformed-go-mod` with line and column. `lax`, as Go reads
 * dependencies: a block of a verb that it does not know is no error.
 */
export function readDirectives(source: Source, mode: 'strict' | 'lax' = 'strict'): readonly Directive[] {
  const directives: Directive[] = [];
  let block: { readonly start: Token; readonly known: boolean } | null = null;
  for (const { tokens, comment } of readLines(source)) {
    const [start, ...rest] = tokens;
    if (start === undefined) continue;
    if (block === null) {
      const parens = parensAtEnd(rest);
      const known = rest.length === parens && blockVerbs.has(start.text);
      if (parens === 0) directives.push({ verb: start.text, args: rest, start, comment });
      else if (!known && mode === 'strict')
        throw malformed(source, start, `${start.text} cannot open a block`);
      if (parens === 1) block = { start, known };
    } else if (start.text !== ')') {
      if (block.known) directives.push({ verb: block.start.text, args: tokens, start, comment });
    } else if (rest[0] !== undefined) {
      throw malformed(source, rest[0], 'expected a new line after the closing parenthesis');
    } else {
      block = null;
    }
  }
  if (block !== null) {
    throw malformed(source, block.start, `the block of ${block.start.text} has no closing parenthesis`);
  }
  return directives;
}

/** The failure of a go.mod at a token: `what` says what Go expects there. */
export function malformed(source: Source, at: Pick<Token, 'offset' | 'line'>, what: string): Failure {
  const lineStart = at.offset === 0 ? 0 : source.text.lastIndexOf('\n', at.offset - 1) + 1;
  return new Failure('input', {
    code: 'malformed-go-mod',
    what,
    remedy: source.text.startsWith('\ufeff')
      ? 'The file starts with a byte order mark, which Go does not allow: save it as UTF-8 without one.'
      : 'Correct the line: `go mod edit -json` must read the file.',
    where: {
      kind: 'file',
      file: source.file,
      line: at.line,
      column: [...source.text.slice(lineStart, at.offset)].length + 1,
    },
  });
}

const blockVerbs = new Set([
  'module',
  'godebug',
  'require',
  'exclude',
  'replace',
  'retract',
  'tool',
  'ignore',
]);

/** 1: the line ends in `(`, which opens a block. 2: it ends in `( )`, an empty block. 0: it is a directive. */
function parensAtEnd(rest: readonly Token[]): 0 | 1 | 2 {
  const last = rest.at(-1)?.text;
  if (last === '(') return 1;
  return last === ')' && rest.at(-2)?.text === '(' ? 2 : 0;
}

interface Line {
  readonly tokens: readonly Token[];
  readonly comment: string | null;
}

const punctuation = new Set(['(', ')', '[', ']', '{', '}', ',']);

function readLines(source: Source): readonly Line[] {
  const { text } = source;
  const lines: Line[] = [];
  let tokens: Token[] = [];
  let line = 1;
  let offset = 0;
  while (offset < text.length) {
    const char = text.charAt(offset);
    if (char === '\n') {
      lines.push({ tokens, comment: null });
      tokens = [];
      line += 1;
      offset += 1;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      offset += 1;
    } else if (text.startsWith('//', offset)) {
      const end = endOfLine(text, offset);
      lines.push({ tokens, comment: text.slice(offset, end) });
      tokens = [];
      line += 1;
      offset = end + 1;
    } else {
      const token = { text: readToken(source, offset, line), offset, line };
      tokens.push(token);
      offset += token.text.length;
      line += token.text.split('\n').length - 1;
    }
  }
  return [...lines, { tokens, comment: null }];
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function readToken(source: Source, offset: number, line: number): string {
  const char = source.text.charAt(offset);
  if (punctuation.has(char)) return char;
  if (char === '"' || char === '`') return readString(source, offset, line);
  return readWord(source, offset, line);
}

function readString(source: Source, offset: number, line: number): string {
  const { text } = source;
  const quote = text.charAt(offset);
  for (let at = offset + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === quote) return text.slice(offset, at + 1);
    if (char === '\n') break;
    if (char === '\\' && quote === '"') at += 1;
  }
  throw malformed(source, { offset, line }, `the string has no closing ${quote} on its line`);
}

/** Made where it is needed: hardly any go.mod has runes that are not ASCII, and it takes a millisecond. */
let printing: RegExp | null = null;

/** What prints and is no blank: of ASCII everything between the blank and DEL. */
function isWordRune(rune: string): boolean {
  if (rune < '\x80') return rune > ' ' && rune < '\x7f';
  printing ??= new RegExp(String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}]`, 'u');
  return printing.test(rune);
}

/** What nearly every word starts with, or is: a step over many characters at once. */
const plainRun = /[\w.@=>+~-]*(?:\/[\w.@=>+~-]+)*/y;

/** Words run over everything that prints, up to a blank, a bracket, a comma or a comment. */
function readWord(source: Source, offset: number, line: number): string {
  const { text } = source;
  plainRun.lastIndex = offset;
  let at = offset + (plainRun.exec(text)?.[0].length ?? 0);
  while (at < text.length && !text.startsWith('//', at)) {
    const rune = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (text.startsWith('/*', at)) {
      throw malformed(source, { offset: at, line }, 'comments in go.mod start with //, not with /*');
    }
    if (punctuation.has(rune) || !isWordRune(rune)) break;
    at += rune.length;
  }
  if (at === offset) {
    const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw malformed(source, { offset, line }, `the character U+${code} cannot stand here`);
  }
  return text.slice(offset, at);
}
