/**
 * Whose fault a failure is. It decides the exit code (see exitCodeOf):
 * - `input`: what the user asked for cannot be (unknown version, refused flag, malformed go.mod);
 * - `plugin`: the plugin does not build, or will not load;
 * - `surroundings`: the machine, the network or GitHub failed; the same run may pass later.
 */
export type FailureKind = 'input' | 'plugin' | 'surroundings';

/** A place in a file (line and column count from 1), or the name of an input. */
export type Where =
  | { readonly kind: 'file'; readonly file: string; readonly line?: number; readonly column?: number }
  | { readonly kind: 'input'; readonly input: string };

export interface FailureParts {
  /** Stable, kebab-case: what tests and report.json look at. */
  readonly code: string;
  /** What happened, one sentence without a final full stop. */
  readonly what: string;
  /** What the user can do, one or more whole sentences. */
  readonly remedy: string;
  readonly where?: Where;
  readonly cause?: unknown;
}

/** The one error class that users see: what happened, where, and what to do. Anything else thrown is a bug. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  readonly where: Where | undefined;

  constructor(kind: FailureKind, parts: FailureParts) {
    super(messageOf(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'Failure';
    this.kind = kind;
    this.code = parts.code;
    this.what = parts.what;
    this.remedy = parts.remedy;
    this.where = parts.where;
  }
}

/** `file:line:column`, or `input NAME`. */
export function whereText(where: Where): string {
  if (where.kind === 'input') return `input ${where.input}`;
  return [where.file, where.line, where.column].filter((part) => part !== undefined).join(':');
}

function messageOf({ what, where, remedy }: FailureParts): string {
  return where === undefined ? `${what}. ${remedy}` : `${whereText(where)}: ${what}. ${remedy}`;
}

/** The exit code of a run that came to several: the highest. */
export function worstExitCode(codes: readonly (0 | 1 | 2 | 3)[]): 0 | 1 | 2 | 3 {
  return codes.reduce((highest, code) => (code > highest ? code : highest), 0);
}

/** Node's own code of an error (`ENOENT`, ...), or null. No `instanceof`: where tests run, Node's errors are of another realm. */
export function codeOf(error: unknown): string | null {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** The exit code of a failure: 2 bad input, 1 the plugin, 3 the surroundings. */
export function exitCodeOf(kind: FailureKind): 1 | 2 | 3 {
  return kind === 'input' ? 2 : kind === 'plugin' ? 1 : 3;
}
