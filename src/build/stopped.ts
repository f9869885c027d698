import { Failure } from '../errors.js';

/** What a step of a builder ends with once the run was interrupted. */
export function stopped(): Failure {
  return new Failure('surroundings', {
    code: 'stopped',
    what: 'the build was stopped',
    remedy: 'Run it again.',
  });
}
