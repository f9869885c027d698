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
  /** Drafts that were given up, and the release that their assets were moved to. */
  readonly merged: Map<number, number>;
  /** Whether the last lists showed all that this run made and sent, so that other jobs see it too. */
  isListed: boolean;
  /** The release that was looked at last; null: none yet. */
  last: Release | null;
  /** Ids of all starters that were seen. */
  readonly starters: Set<number>;
  /** Names of assets whose upload this run saw fail; what it left is not seen yet. */
  readonly failed: Set<string>;
  /** Ids of the starters that such uploads left. */
  readonly left: Set<number>;
  /** What this run sent, and the release that it sent it to: a list may not show it yet. */
  readonly arrived: Map<number, { readonly name: string; readonly release: number }>;
  /** Names of assets that this run sent, and that somebody took away. */
  readonly taken: Set<string>;
  /** Asset id -> its bytes: they never change. */
  readonly texts: Map<number, Uint8Array>;
  /** Asset id -> its sha256, for those that GitHub names none for. */
  readonly digests: Map<number, string>;
  /** What this run has sent or tried to. */
  readonly sent: Map<string, 'uploaded' | 'replaced'>;
  /** What was told, so that it is told once. */
  readonly told: Set<string>;
  readonly tell: Tell;
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
  /** How often parts were looked for while a list did not show this run's own. */
  unlisted: number;
  /** How often something was found to be too late. */
  late: number;
  /** How often something was left to another job. */
  yields: number;
  /** Looks in a row that found somebody's upload under way. */
  holds: number;
  /** How often something known was looked for that no list showed. */
  doubts: number;
}

/** Says a whole sentence to who watches. */
export type Tell = (text: string) => void;

export function newSession(
  { api, tell }: { readonly api: ReleaseApi; readonly tell: Tell },
  job: Job,
  tagCommit: string,
): Session {
  return {
    job,
    api,
    tell,
    tagCommit,
    made: new Set(),
    merged: new Map(),
    isListed: true,
    last: null,
    starters: new Set(),
    failed: new Set(),
    left: new Set(),
    arrived: new Map(),
    taken: new Set(),
    told: new Set(),
    texts: new Map(),
    digests: new Map(),
    sent: new Map(),
    tries: { again: 0, failed: 0, parts: 0, waits: 0, unlisted: 0, late: 0, yields: 0, holds: 0, doubts: 0 },
  };
}
