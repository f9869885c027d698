import { Failure } from '../errors.js';

/** The exit code of what was ended as its time was up: timeout(1) has it, and our runner. */
export const timedOutCode = 124;

/** A target that ran out of time, or a download; `doing` is what it was at. */
export function timedOut(minutes: number, doing: string): Failure {
  return new Failure('surroundings', {
    code: 'timed-out',
    what: `it took longer than ${String(minutes)} minutes, and was stopped at ${doing}`,
    remedy: 'Raise timeout, or lower concurrency so that each target has more of the machine.',
    where: { kind: 'input', input: 'timeout' },
  });
}
