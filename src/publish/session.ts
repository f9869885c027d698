import type { Release, ReleaseApi } from './release-api.js';
import type { Job } from './step.js';

/** One run's work on one release. */
export interface Session {
  readonly job: Job;
  readonly api: ReleaseApi;
  /** What the tag led to when it was last asked for. */
  tagCommit: string;
  /** Ids of drafts that this run made: a list may not show them yet. */
  readonly made: Set<number>;
  /** Whether the last list showed them all, so that other jobs see them too. */
  isListed: boolean;
  /** The release that was looked at last; null: none yet. */
  last: Release | null;
  /** Ids of broken uploads that were seen. */
  readonly starters: Set<number>;
  /** Asset id -> its bytes: they never change. */
  readonly texts: Map<number, Uint8Array>;
  /** Asset id -> its sha256, for those that GitHub names none for. */
  readonly digests: Map<number, string>;
  /** What this run has sent or tried to. */
  readonly sent: Map<string, 'uploaded' | 'replaced'>;
  readonly tries: Tries;
}

export interface Tries {
  /** Looks in a row that led to nothing. */
  again: number;
  /** Lost answers since something last arrived. */
  failed: number;
  /** The parts that were there, and how often there were no more. */
  parts: number;
  waits: number;
  /** How often something was left to another job. */
  yields: number;
}

export function newSession(job: Job, api: ReleaseApi, tagCommit: string): Session {
  return {
    job,
    api,
    tagCommit,
    made: new Set(),
    isListed: true,
    last: null,
    starters: new Set(),
    texts: new Map(),
    digests: new Map(),
    sent: new Map(),
    tries: { again: 0, failed: 0, parts: 0, waits: 0, yields: 0 },
  };
}
