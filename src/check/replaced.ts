import type { ModReplace } from '../go/modfile.js';
import { targetText, type DependencyRule } from '../pin/local-replaces.js';
import type { Finding } from './finding.js';

/** A replace of a module of the server's, by something else than what the server has. */
export interface ReplacedModule {
  readonly replace: ModReplace;
  /** Whether the build may use it. */
  readonly isUsed: boolean;
  readonly isRequired: boolean;
  readonly reach: 'direct' | 'transitive';
  /** The server's version of the module. */
  readonly version: string;
  /** What messages call the server, and the plugin's go.mod. */
  readonly server: string;
  readonly file: string;
  readonly dependencies: DependencyRule;
}

/** What is wrong with a replace, and what to do: a conflict where the build may use it, else drift. */
export function replacedFinding(module: ReplacedModule): Finding {
  const { replace, isUsed, version, server, file } = module;
  const { path } = replace.old;
  const target = targetText(replace);
  const old = replace.old.version === null ? path : `${path} ${replace.old.version}`;
  const named = module.isRequired ? '' : ', which it does not require,';
  return {
    level: isUsed ? 'conflict' : 'drift',
    kind: 'replaced',
    code: 'replaced',
    module: path,
    plugin: target,
    server: version,
    reach: module.reach,
    what: `go.mod replaces ${old}${named} by ${target}; gotify ${server} has ${version}`,
    remedy: remedyOf(module),
    where: { kind: 'file', file, line: replace.line },
  };
}

function remedyOf({ isUsed, version, dependencies }: ReplacedModule): string {
  if (isUsed) return 'Remove the replace line. Or build with `dependencies: pin`, which does not use it.';
  return dependencies === 'pin'
    ? `Remove the replace line: the build uses ${version}.`
    : `Remove the replace line, or make sure that it is not used: the plugin must have ${version}.`;
}
