import { Failure } from '../../src/errors.js';

/** The Failure that the call throws; anything else fails the test. */
export function failureIn(call: () => unknown): Failure {
  let value: unknown;
  try {
    value = call();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error(`no failure, but ${JSON.stringify(value)}`);
}
