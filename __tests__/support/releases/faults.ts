import { json, type Answer } from './answers.js';
import type { Fault } from './options.js';

/** Counts all requests, and says which of them go wrong. */
export class Faults {
  #count = 0;
  #fault: Fault | null;

  constructor(fault: Fault | null) {
    this.#fault = fault;
  }

  /** From now on, with requests counted from 1 again. */
  set(fault: Fault | null): void {
    this.#fault = fault;
    this.#count = 0;
  }

  next(): Fault | null {
    this.#count += 1;
    const fault = this.#fault;
    if (fault === null || this.#count < fault.at) return null;
    const isHit = fault.persistent === true || this.#count < fault.at + (fault.times ?? 1);
    return isHit ? fault : null;
  }
}

/** The answer that comes instead of the right one; null: the fault is none of that kind. */
export function faultAnswer({ kind, status, retryAfterSeconds }: Fault): Answer | null {
  if (kind === 'status500') return json(500, { message: 'Server Error' });
  if (kind === 'status502') return json(502, { message: 'Bad Gateway' });
  if (kind !== 'secondary-limit') return null;
  // https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const headers = { 'retry-after': String(retryAfterSeconds ?? 1), 'x-ratelimit-remaining': '4000' };
  return json(status ?? 403, { message }, headers);
}
