import type { TargetName } from '../build/target.js';
import type { ReportedFailure, ServerVerdict } from './report.js';

/** Where the files of a build went. */
export interface PublishedReport {
  /** Null: none was asked for. */
  readonly artifacts: ArtifactsReport | null;
  /** Null: none was asked for. */
  readonly release: ReleaseReport | null;
}

export type ArtifactsReport =
  | { readonly kind: 'uploaded'; readonly artifacts: readonly ArtifactReport[] }
  | { readonly kind: 'failed'; readonly failure: ReportedFailure };

export interface ArtifactReport {
  readonly name: string;
  /** GitHub's number of it. */
  readonly id: number;
}

export type ReleaseReport =
  | (ReleaseChanges & { readonly kind: 'published' | 'draft'; readonly unknown: readonly string[] })
  /** Other jobs have to bring their parts first. */
  | (ReleaseChanges & {
      readonly kind: 'waiting';
      readonly parts: readonly string[];
      readonly of: number;
    })
  /** Something that was asked for does not load: the release was not touched. */
  | { readonly kind: 'refused'; readonly tag: string; readonly because: readonly string[] }
  /** Everything is there already (`skip-existing`). */
  | { readonly kind: 'complete'; readonly tag: string; readonly url: string }
  | { readonly kind: 'failed'; readonly tag: string; readonly failure: ReportedFailure };

/** Names of `.so` assets. */
export interface ReleaseChanges {
  readonly tag: string;
  /** For people. */
  readonly url: string;
  readonly uploaded: readonly string[];
  readonly replaced: readonly string[];
  /** The same bytes were there. */
  readonly same: readonly string[];
  /** Other bytes are there, and `on-existing: skip` left them. */
  readonly skipped: readonly string[];
}

/** What `publish` did: the content of publish-report.json. */
export interface PublishReport {
  readonly schema: 1;
  readonly mode: 'publish';
  readonly plugin: { readonly module: string; readonly commit: string | null };
  readonly files: readonly ProvenFile[];
  /** What the builds were asked for and is not among the files that load, sentences. */
  readonly left: readonly string[];
  readonly release: ReleaseReport;
  /** true: all that the builds were asked for loads; false: one is rejected or does not build; unknown: not decided. */
  readonly compatible: boolean | 'unknown';
  readonly exitCode: 0 | 1 | 2 | 3;
}

/** A file of an earlier build, and what its servers make of it now. */
export interface ProvenFile {
  /** Absolute. */
  readonly file: string;
  readonly target: TargetName;
  readonly verdicts: readonly ServerVerdict[];
}
