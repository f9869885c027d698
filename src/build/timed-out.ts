import { Failure } from '../errors.js';

/** A step that ran out of time; `doing` is what it was at. */
export function timedOut(minutes: number, doing: string): Failure {
  return new Failure('surroundings', {
    code: 'timed-out',
    what: `${doing} took longer than ${String(minutes)} minutes and was stopped`,
    remedy: 'Raise timeout, or lower concurrency so that each target has more of the machine.',
    where: { kind: 'input', input: 'timeout' },
  });
}
