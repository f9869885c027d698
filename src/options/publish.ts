import type { Part } from '../publish/request.js';
import type { MakeLatest } from '../publish/release-api.js';

/** Where finished files go. */
export interface PublishOptions {
  /** Null: to no artifact. */
  readonly artifacts: ArtifactOptions | null;
  /** Null: to no release. */
  readonly release: ReleaseOptions | null;
}

export interface ArtifactOptions {
  readonly layout: 'single' | 'per-target';
  /** Null: made from the plugin's name and the job. */
  readonly name: string | null;
  /** Null: the repository's setting. */
  readonly retentionDays: number | null;
  readonly keepRejected: boolean;
  /** Whether runners without an artifact service are left alone (`publish: auto`). */
  readonly isOptional: boolean;
  /** The job's id in its workflow; empty outside of one. */
  readonly job: string;
  /** Of the workflow run, from 1. */
  readonly attempt: number;
  /** The values of the job's matrix as JSON, and the inputs that were set, of those that say what is built. */
  readonly apart: Readonly<Record<string, string>>;
}

export interface ReleaseOptions {
  /** The API of the repository: GITHUB_API_URL. */
  readonly apiUrl: string;
  /** `OWNER/NAME`. */
  readonly repository: string;
  readonly token: string;
  /** Null: the latest release's (with `skip-existing` alone). */
  readonly tag: string | null;
  readonly allowPartial: boolean;
  readonly prerelease: boolean;
  readonly draft: boolean;
  readonly makeLatest: MakeLatest | null;
  readonly notes: boolean;
  /** Null: replace in a draft, fail in a published release. */
  readonly onExisting: 'replace' | 'skip' | 'fail' | null;
  /** Null: this job owns its release alone. */
  readonly part: Part | null;
  readonly attest: boolean;
  /** Whether only what the release lacks is built. */
  readonly skipExisting: boolean;
}
