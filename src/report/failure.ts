import { codeOf, Failure, whereText } from '../errors.js';
import type { ReportedFailure } from './report.js';

/**
 * Any thrown thing as the Failure that the user sees: a full disk and a missing permission in their own words,
 * anything else as what it is, a bug.
 */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Failure('surroundings', {
      code: 'disk-full',
      what: `the disk is full${atPath(error)}`,
      remedy: 'Free some space, or put cache-dir and output on another disk.',
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Failure('surroundings', {
      code: 'no-permission',
      what: `a file or folder may not be used${atPath(error)}`,
      remedy:
        'Give the user that runs this the right to it, or name another folder with cache-dir or output.',
      cause: error,
    });
  }
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP') {
    return new Failure('input', {
      code: 'unusable-path',
      what: `a path cannot be used: ${oneLine(messageOf(error))}`,
      remedy:
        'Look at path, output and cache-dir: each has to be a folder, or a place where one can be made.',
      cause: error,
    });
  }
  return new Failure('surroundings', {
    code: 'internal-error',
    what: `something went wrong that this tool does not know: ${oneLine(messageOf(error))}`,
    remedy:
      'This is a bug: please report it with the output of --verbose (in Actions: of a run with debug logging).',
    cause: error,
  });
}

export function reportedFailure({ kind, code, what, remedy, where }: Failure): ReportedFailure {
  return { kind, code, what, remedy, where: where ?? null };
}

/** What happened and where, then what to do: two lines without an end. */
export function failureLines(
  failure: Pick<ReportedFailure, 'what' | 'remedy'> & { readonly where?: Failure['where'] | null },
): readonly string[] {
  const where = failure.where === undefined || failure.where === null ? '' : `${whereText(failure.where)}: `;
  return [`${where}${failure.what}`, failure.remedy];
}

/** The causes behind a failure, outermost first, with the stack of the innermost: for --verbose. */
export function causeLines(failure: Failure): readonly string[] {
  const lines: string[] = [];
  let cause = failure.cause;
  for (let depth = 0; cause !== undefined && depth < 10; depth += 1) {
    const inner = cause instanceof Error ? cause.cause : undefined;
    const text =
      inner === undefined && cause instanceof Error ? (cause.stack ?? cause.message) : messageOf(cause);
    lines.push(...`caused by: ${text}`.split('\n'));
    cause = inner;
  }
  return lines;
}

function atPath(error: unknown): string {
  const path = field(error, 'path');
  return path === null ? '' : ` (${oneLine(path)})`;
}

function field(error: unknown, name: string): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}
