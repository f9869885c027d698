import type { Where } from '../errors.js';

/**
 * How much a finding matters:
 * - `conflict`: the plugin cannot be built for that server, or what is built will not load;
 * - `drift`: the build overrides something, so that what the author tested is not what ships;
 * - `note`: worth knowing, and nothing that the build changes.
 */
export type Level = (typeof levels)[number];

/** The worst first. */
export const levels = ['conflict', 'drift', 'note'] as const;

export type FindingKind =
  /** A module of the server's, at another version. */
  | 'version'
  /** A `replace` of a module of the server's. */
  | 'replaced'
  /** An `exclude` of the very version that the server has. */
  | 'excluded'
  /** A `go` or `toolchain` line that asks for a newer Go than the server's. */
  | 'go'
  | 'toolchain'
  /** A require of the server's own module. */
  | 'server-module'
  /** A module that the server does not have. */
  | 'own-module'
  /** The plugin's own module path is that of a module of the server's. */
  | 'module-path'
  /** The module path of the plugin template was kept. */
  | 'template-path'
  | 'not-tidy'
  /** With its own versions the plugin cannot be listed with the server's Go. */
  | 'not-listed'
  /** The plugin does not build for the server; `code` says why. */
  | 'does-not-build'
  /** The finished file will not load. */
  | 'does-not-load';

/** One thing that a check has to say about a plugin and a server. */
export interface Finding {
  readonly level: Level;
  readonly kind: FindingKind;
  /** Stable, kebab-case: the kind, or a failure's own code. */
  readonly code: string;
  /** A module path, or `go` or `toolchain` for those lines; null: the plugin as a whole. */
  readonly module: string | null;
  /** What the plugin has, and what the server has: versions, or the target of a replace. Null: nothing there. */
  readonly plugin: string | null;
  readonly server: string | null;
  /** Null where it is not about a module. */
  readonly reach: 'direct' | 'transitive' | null;
  /** One sentence without a final full stop. */
  readonly what: string;
  /** What to do, whole sentences; empty where there is nothing to do. */
  readonly remedy: string;
  readonly where: Where | null;
}
