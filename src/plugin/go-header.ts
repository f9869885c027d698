/** What of a Go file decides which packages a build needs: the rest of the file does not matter to it. */
export interface GoHeader {
  /** `//go:build` and `// +build` lines above the package clause, as written. */
  readonly constraints: readonly string[];
  readonly package: string;
  /** Import paths in the order of the file; `C` for cgo. */
  readonly imports: readonly GoImport[];
}

export interface GoImport {
  /** What the file calls it (also `.` and `_`); null: the package's own name. */
  readonly name: string | null;
  readonly path: string;
}

/**
 * Reads a Go file up to the end of its imports (The Go Programming Language Specification, "Source file
 * organization"). Null where the text is no Go file: Go will say why.
 */
export function readGoHeader(text: string): GoHeader | null {
  const scanner = new Scanner(text);
  const constraints: string[] = [];
  const keyword = scanner.next((comment) => {
    if (/^\/\/(?:go:build\s|\s*\+build\s)/.test(comment)) constraints.push(comment.trimEnd());
  });
  const name = scanner.next();
  if (keyword?.text !== 'package' || name?.kind !== 'word') return null;
  const imports = readImports(scanner);
  return imports === null ? null : { constraints, package: name.text, imports };
}

function readImports(scanner: Scanner): readonly GoImport[] | null {
  const imports: GoImport[] = [];
  for (
    let token = scanner.nextItem();
    token?.text === 'import' && token.kind === 'word';
    token = scanner.nextItem()
  ) {
    const first = scanner.next();
    const specs = first?.text === '(' ? readGroup(scanner) : [readSpec(scanner, first)];
    for (const spec of specs) {
      if (spec === null) return null;
      imports.push(spec);
    }
  }
  return imports;
}

function readGroup(scanner: Scanner): (GoImport | null)[] {
  const specs: (GoImport | null)[] = [];
  for (let token = scanner.nextItem(); token?.text !== ')'; token = scanner.nextItem()) {
    const spec = readSpec(scanner, token);
    specs.push(spec);
    if (spec === null) break;
  }
  return specs;
}

/** `"path"`, `name "path"`, `. "path"` or `_ "path"`. */
function readSpec(scanner: Scanner, first: Token | null): GoImport | null {
  const isNamed = first?.kind === 'word' || first?.text === '.';
  const token = isNamed ? scanner.next() : first;
  if (token?.kind !== 'string') return null;
  return { name: isNamed ? (first?.text ?? null) : null, path: token.text.slice(1, -1) };
}

interface Token {
  readonly kind: 'word' | 'string' | 'other';
  readonly text: string;
}

/** Just enough of Go's tokens for a header. Comments are skipped, semicolons are tokens, line ends are not. */
class Scanner {
  private at: number;

  constructor(private readonly text: string) {
    this.at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** Null at the end of the text, or where a comment or string has no end. */
  next(onComment?: (comment: string) => void): Token | null {
    for (;;) {
      const space = this.match(/[\s]+/y);
      const comment = this.match(/\/\/[^\n]*|\/\*[^]*?\*\//y);
      if (comment !== null) onComment?.(comment);
      else if (space === null) return this.token();
    }
  }

  /** The next token that is no semicolon. */
  nextItem(): Token | null {
    for (;;) {
      const token = this.next();
      if (token?.text !== ';') return token;
    }
  }

  private token(): Token | null {
    const word = this.match(/[\p{L}_][\p{L}\p{Nd}_]*/uy);
    if (word !== null) return { kind: 'word', text: word };
    const string = this.match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/y);
    if (string !== null) return { kind: 'string', text: string };
    const other = this.match(/[^]/y);
    return other === null || other === '"' || other === '`' ? null : { kind: 'other', text: other };
  }

  /** What the sticky pattern matches here, which is then passed. */
  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    this.at += found?.length ?? 0;
    return found;
  }
}
