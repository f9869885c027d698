/** One complaint of the go command or of a compiler about a line of a file. */
export interface GoError {
  /** The import path of the package that was compiled; null where go did not say (while it lists packages). */
  readonly package: string | null;
  /** As printed: relative to the folder that go ran in, or absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number | null;
  /** One line. */
  readonly message: string;
}

export interface GoOutput {
  readonly errors: readonly GoError[];
  /** Everything else that was said, without what go says of its downloads. */
  readonly rest: readonly string[];
}

/** A file name may hold anything, even colons; it ends where an extension of Go's and C's is followed by a number. */
const positioned =
  /^(.+?\.(?:go|mod|sum|work|c|cc|cpp|cxx|h|hh|hpp|hxx|m|s|S|sx|swig))?:(\d+)(?::(\d+))?: (.+)$/;

/** Reads what `go list` or `go build` printed to stderr (Go 1.19 to 1.26). */
export function parseGoOutput(stderr: string): GoOutput {
  const errors: GoError[] = [];
  const rest: string[] = [];
  let pkg: string | null = null;
  for (const line of stderr.split(/\r?\n/)) {
    if (line === '' || /^go: (?:downloading|finding|found|extracting) /.test(line)) continue;
    const header = /^# (\S+)(?: \[.*\])?$/.exec(line)?.[1];
    if (header !== undefined) {
      pkg = header;
      continue;
    }
    const error = errorOf(line, pkg);
    if (error !== null) errors.push(error);
    else if (line.startsWith('\t') && errors.length > 0) extendLast(errors, line.trim());
    else rest.push(line);
  }
  return { errors, rest };
}

function errorOf(line: string, pkg: string | null): GoError | null {
  // `package x` and `imports y` lines go before an indented position; gcc's echo of the source has none.
  const match = positioned.exec(line.replace(/^\t/, ''));
  const [, file, lineText, columnText, message] = match ?? [];
  if (file === undefined || lineText === undefined || message === undefined) return null;
  const column = columnText === undefined ? null : Number(columnText);
  return { package: pkg, file, line: Number(lineText), column, message };
}

/** `have (int)` and `want ()` belong to the error above them. */
function extendLast(errors: GoError[], more: string): void {
  const last = errors.pop();
  if (last !== undefined) errors.push({ ...last, message: `${last.message}, ${more}` });
}
