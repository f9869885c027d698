import { exitCodeOf, type Failure } from '../errors.js';
import type { Mode } from '../options/contract.js';
import { reportedFailure } from './failure.js';
import type { ReportedFailure } from './report.js';

/** report.json of a run that failed before anything was tried. */
export interface FailureReport {
  readonly schema: 1;
  readonly mode: Mode;
  readonly failure: ReportedFailure;
  readonly compatible: false | 'unknown';
  readonly exitCode: 1 | 2 | 3;
}

export function failureReport(failure: Failure, mode: FailureReport['mode']): FailureReport {
  return {
    schema: 1,
    mode,
    failure: reportedFailure(failure),
    compatible: compatibleAfter(failure),
    exitCode: exitCodeOf(failure.kind),
  };
}

/** Only a plugin that does not build is known not to load; bad input and broken surroundings say nothing about it. */
export function compatibleAfter({ kind }: Failure): false | 'unknown' {
  return kind === 'plugin' ? false : 'unknown';
}
