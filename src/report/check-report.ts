import type { CapChange, CapResult } from '../cap/cap.js';
import type { Since } from '../check/baseline.js';
import type { Finding } from '../check/finding.js';
import type { ServerSource } from '../gotify/server-build.js';
import type { ReportedFailure, ServerVerdict } from './report.js';

/** What a check found: the content of report.json (docs/report.md), the summary and the outputs. */
export interface CheckReport {
  readonly schema: 1;
  readonly mode: 'check';
  readonly dependencies: 'pin' | 'cap' | 'keep';
  /** Where the plugin was compiled; null: its go.mod was judged by its lines. */
  readonly builder: 'docker' | 'host' | null;
  readonly strict: boolean;
  /** The commit, branch or tag that findings are compared with; null: none. */
  readonly base: string | null;
  readonly servers: readonly CheckedServer[];
  readonly plugins: readonly CheckedPlugin[];
  /** Modules that patterns match and that are no plugins. */
  readonly skipped: readonly Skipped[];
  /** What was written to go.mod files; empty unless it was asked for. */
  readonly fixes: readonly Fix[];
  readonly warnings: readonly string[];
  /** How many findings there are of each level, over all servers and plugins. */
  readonly conflicts: number;
  readonly drifts: number;
  readonly notes: number;
  /** true: everything fits; false: a conflict; unknown: not decided, or not compiled. */
  readonly compatible: boolean | 'unknown';
  readonly exitCode: 0 | 1 | 2 | 3;
  /** A key for saving `cache-dir`; null where it was not filled: nothing was compiled, or the surroundings failed. */
  readonly cacheKey: string | null;
}

export interface CheckedServer {
  readonly version: string;
  readonly tag: string | null;
  readonly commit: string | null;
  readonly goVersion: string;
  readonly source: ServerSource;
}

export interface Skipped {
  /** The module's folder, as messages name it. */
  readonly path: string;
  /** Without a full stop. */
  readonly because: string;
}

export interface CheckedPlugin {
  /** Null: its go.mod cannot be read. */
  readonly module: string | null;
  readonly package: string;
  /** Its folder and go.mod, as messages name them. */
  readonly path: string;
  readonly goMod: string;
  /** One for each server, in their order. */
  readonly checks: readonly Check[];
}

/** What bringing a plugin's go.mod in line with a server came to. */
export interface Fix {
  /** The plugin's folder, as messages name it. */
  readonly path: string;
  /** The server's version. */
  readonly server: string;
  readonly kind: CapResult['kind'];
  readonly changes: readonly CapChange[];
  /** What a go.mod alone cannot do. */
  readonly unsolved: readonly { readonly what: string; readonly remedy: string }[];
  /** Why it could not be done at all, whatever the plugin is (`cannot`): the surroundings, or a file; else null. */
  readonly failure: ReportedFailure | null;
}

/** One plugin against one server. */
export interface Check {
  /** The server's version. */
  readonly server: string;
  readonly outcome: Outcome;
  /** The most important first. */
  readonly findings: readonly CheckFinding[];
  /** What the base had, and this has no more. */
  readonly fixed: readonly Finding[];
  /** Why more may differ than was found, one sentence; null where nothing points to that. */
  readonly mayHideMore: string | null;
}

/** `since`: what the change did to it; null where nothing was compared. */
export type CheckFinding = Finding & { readonly since: Since | null };

/** What compiling a plugin for a server came to; `verdict`: with what it was compared, and what that said besides. */
export type Outcome =
  | { readonly kind: 'not-compiled' }
  | { readonly kind: 'loads'; readonly compared: number; readonly verdict: ServerVerdict }
  /** It does not build (then there is no verdict), or what is built will not load: the findings say why. */
  | { readonly kind: 'conflict'; readonly verdict: ServerVerdict | null }
  | { readonly kind: 'undecided'; readonly because: string; readonly verdict: ServerVerdict }
  /** Nothing is known: the surroundings failed, or (of several modules) this one cannot be checked. */
  | { readonly kind: 'failed'; readonly failure: ReportedFailure };

/** Why a module cannot be checked, whatever the server; null where it can. */
export function inputFailureOf({ checks }: CheckedPlugin): ReportedFailure | null {
  const failures = checks.map(({ outcome }) =>
    outcome.kind === 'failed' && outcome.failure.kind === 'input' ? outcome.failure : null,
  );
  const [first = null] = failures;
  return failures.every((failure) => failure?.what === first?.what) ? first : null;
}
