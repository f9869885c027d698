import type { Where } from '../errors.js';
import type { Change } from '../pin/change.js';

/**
 * - `gomod-cap`: what gotify's own program of that name does, the require lines that both files name;
 * - `full`: until Go itself selects the server's version of every module that the plugin has packages of.
 */
export type CapRule = 'full' | 'gomod-cap';

/** What capping a plugin's go.mod ends with. */
export type CapResult =
  /** Nothing to change, and it agrees with the server. */
  | { readonly kind: 'same' }
  | Changed<'changed'>
  /** Better than before, but it does not fit the server yet: no go.mod alone could make it. */
  | (Changed<'partly'> & Unsolved)
  /** No go.mod alone can make it fit, and nothing that could be changed would make it better. */
  | ({ readonly kind: 'cannot' } & Unsolved);

interface Changed<Kind extends string> {
  readonly kind: Kind;
  readonly goMod: string;
  /** Null: go.sum stays as it is. */
  readonly goSum: string | null;
  /** Empty where only go.sum lacked lines. */
  readonly changes: readonly CapChange[];
}

interface Unsolved {
  readonly reasons: readonly CapReason[];
}

/** `server`: to be as the server has it. `tidy`: what `go mod tidy` did of its own. */
export type CapChange = Change & { readonly why: 'server' | 'tidy' };

/** Why a go.mod alone cannot make a plugin fit the server. */
export interface CapReason {
  readonly kind:
    /** A dependency of the plugin's own requires a newer version. */
    | 'raised'
    /** The plugin imports a package that the server's version does not have. */
    | 'imported'
    /** What the plugin is: no server would load it. */
    | 'unfit'
    /** A `replace` of a server's module. */
    | 'replaced'
    /** An `exclude` of the server's version. */
    | 'excluded'
    /** A local replacement whose `go` line is newer than the server's Go. */
    | 'newer-replacement'
    /** A line that the server's Go does not know. */
    | 'unknown-line'
    /** go.mod agrees with the server, or would, and the plugin does not compile with its versions. */
    | 'does-not-compile';
  /** The modules that will not be as in the server. */
  readonly modules: readonly Unequal[];
  /** For `raised`: the dependency. */
  readonly by: { readonly path: string; readonly version: string | null } | null;
  /** One sentence without a final full stop. */
  readonly what: string;
  /** Whole sentences. */
  readonly remedy: string;
  readonly where: Where;
}

/** A module that the plugin has packages of, at another version than the server's. */
export interface Unequal {
  readonly path: string;
  readonly plugin: string;
  readonly server: string;
}
