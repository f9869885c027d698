import { Failure } from '../errors.js';

export const stoppedCode = 'stopped';

/** What a step of a builder ends with once the run was interrupted. */
export function stopped(): Failure {
  return new Failure('surroundings', {
    code: stoppedCode,
    what: 'the build was stopped',
    remedy: 'Run it again.',
  });
}
