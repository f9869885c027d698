import type { TargetName } from '../build/target.js';
import type { FailureKind, Where } from '../errors.js';
import type { Module } from '../go/module.js';
import type { ServerSource } from '../gotify/server-build.js';
import type { Change } from '../pin/change.js';
import type { ManifestSource } from '../verify/manifest.js';
import type { Verdict } from '../verify/verdict.js';

/** What a build did: the content of report.json (docs/report.md), the summary and the outputs. */
export interface BuildReport {
  readonly schema: 1;
  readonly mode: 'build';
  readonly server: {
    readonly version: string;
    readonly tag: string | null;
    readonly commit: string | null;
    readonly goVersion: string;
    readonly source: ServerSource;
    readonly pinList: { readonly source: 'binary' | 'go.mod'; readonly modules: readonly Module[] };
  };
  readonly plugin: { readonly module: string; readonly package: string; readonly name: string };
  readonly builder: 'docker' | 'host';
  readonly dependencies: 'pin' | 'cap' | 'keep';
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  readonly targets: readonly TargetReport[];
  /** true: every requested target loads; false: one is rejected or does not build; unknown: not decided. */
  readonly compatible: boolean | 'unknown';
  readonly exitCode: 0 | 1 | 2 | 3;
}

export type TargetReport =
  | {
      readonly kind: 'built';
      readonly target: TargetName;
      /** Absolute; a rejected file lies under rejected/. */
      readonly file: string;
      /** Bytes. */
      readonly size: number;
      readonly sha256: string;
      /** Of the compile step. */
      readonly seconds: number;
      /** Null: `verify: off`. */
      readonly verdict: Verdict | null;
      readonly comparedWith: ManifestSource | null;
      /** Of the reference host's build, where one was made. */
      readonly referenceHostSeconds: number | null;
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
