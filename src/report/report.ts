import type { TargetName } from '../build/target.js';
import type { FailureKind, Where } from '../errors.js';
import type { Module } from '../go/module.js';
import type { ServerSource } from '../gotify/server-build.js';
import type { Change } from '../pin/change.js';
import type { Uploader } from '../publish/uploader.js';
import type { ManifestSource } from '../verify/manifest.js';
import type { Verdict } from '../verify/verdict.js';
import type { PublishedReport } from './publish-report.js';

/** What a build did: the content of report.json (docs/report.md), the summary and the outputs. */
export interface BuildReport {
  readonly schema: 1;
  readonly mode: 'build';
  readonly plugin: {
    readonly module: string;
    readonly package: string;
    readonly name: string;
    /** The commit that was built, 40 hex digits; null: unknown. */
    readonly commit: string | null;
  };
  readonly builder: 'docker' | 'host';
  readonly dependencies: 'pin' | 'cap' | 'keep';
  /** All that were asked for, newest first. */
  readonly servers: readonly ServerReport[];
  /** Newest first. */
  readonly groups: readonly GroupReport[];
  readonly builds: BuildCount;
  readonly warnings: readonly string[];
  /** true: every requested target loads in every server; false: one is rejected or does not build; unknown: not decided. */
  readonly compatible: boolean | 'unknown';
  readonly exitCode: 0 | 1 | 2 | 3;
  /** Which job and attempt of a workflow run sent it to artifacts; absent: none. */
  readonly uploadedBy?: Uploader;
  /** Where the files went; absent: nowhere. */
  readonly published?: PublishedReport;
}

export interface ServerReport {
  readonly version: string;
  readonly tag: string | null;
  readonly commit: string | null;
  readonly goVersion: string;
  readonly source: ServerSource;
  readonly pinList: { readonly source: 'binary' | 'go.mod'; readonly modules: readonly Module[] };
}

/** Servers with the same Go version and modules: one build of a target is for all of them. */
export interface GroupReport {
  readonly goVersion: string;
  /** The versions of its servers, newest first. */
  readonly servers: readonly string[];
  /** The lowest of them: what its files are named by. */
  readonly version: string;
  /** What its builds took differently from the plugin's go.mod; empty where nothing was built for it. */
  readonly changes: readonly Change[];
  readonly targets: readonly TargetReport[];
}

/** How often the plugin was compiled, at most groups x targets (reference hosts are not counted). */
export interface BuildCount {
  readonly done: number;
  readonly groups: number;
  readonly targets: number;
}

/** What one server of a group makes of a file. */
export interface ServerVerdict {
  /** Its version. */
  readonly server: string;
  /** Null: `verify: off`. */
  readonly verdict: Verdict | null;
  /** Null: with nothing. */
  readonly comparedWith: ManifestSource | null;
}

export type TargetReport =
  | {
      readonly kind: 'built';
      readonly target: TargetName;
      /** Absolute; a file that does not load in each server of its group lies under rejected/. */
      readonly file: string;
      /** Bytes. */
      readonly size: number;
      readonly sha256: string;
      /** Of the compile step. */
      readonly seconds: number;
      /** One for each server of the group, in its order. */
      readonly verdicts: readonly ServerVerdict[];
      /** Of the reference host's build, where one was made. */
      readonly referenceHostSeconds: number | null;
    }
  /** Not built, as the file of a newer group is proven to load in each server of this one too. */
  | {
      readonly kind: 'covered';
      readonly target: TargetName;
      /** The version of the group that the file was built for. */
      readonly by: string;
      /** Absolute. */
      readonly file: string;
      /** One for each server of the group, in its order; each loads. */
      readonly verdicts: readonly ServerVerdict[];
    }
  /** Not built, as a file of the release that is followed is proven to load in each server of this group too. */
  | {
      readonly kind: 'released';
      readonly target: TargetName;
      /** Its name at the release. */
      readonly asset: string;
      readonly sha256: string;
      /** One for each server of the group, in its order; each loads. */
      readonly verdicts: readonly ServerVerdict[];
    }
  | {
      readonly kind: 'failed';
      readonly target: TargetName;
      readonly failure: ReportedFailure;
      readonly seconds: number;
    }
  /** Not started, as another target failed first (fail-fast). */
  | { readonly kind: 'skipped'; readonly target: TargetName; readonly because: string };

export interface ReportedFailure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
  readonly where: Where | null;
}
