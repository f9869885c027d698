import type { ModFile, ModReplace, ModRequire } from '../go/modfile.js';
import { replaceInUse } from '../go/replace.js';
import { compareModuleVersions } from '../go/version.js';
import { targetText } from '../pin/local-replaces.js';

/** What the lines of a go.mod make of one module. */
export interface Picked {
  /** The require line that counts; undefined where there is none, or each version that is required is excluded. */
  readonly require: ModRequire | undefined;
  /** The replacement in use. */
  readonly replace: ModReplace | undefined;
  /** What is built in, as targetText says it; null where the lines alone do not decide it. */
  readonly used: string | null;
}

/**
 * What Go picks of a module as far as the lines of one go.mod decide it: requires of excluded versions are ignored, the
 * highest of the others counts, a replace of that version beats a replace of all versions, and of two replaces of the
 * same the last counts. Sources: https://go.dev/ref/mod#go-mod-file-exclude and #go-mod-file-replace.
 *
 * @param setTo the version that every require line of the module gets first; undefined: they stay as they are
 */
export function pick(mod: ModFile, path: string, setTo?: string): Picked {
  const excluded = mod.excludes.filter((exclude) => exclude.path === path).map(({ version }) => version);
  const require = mod.requires
    .filter((line) => line.path === path)
    .map((line) => (setTo === undefined ? line : { ...line, version: setTo }))
    .filter(({ version }) => !excluded.includes(version))
    .reduce<ModRequire | undefined>(higher, undefined);
  const replace = replaceInUse(mod, path, require?.version);
  return {
    require,
    replace,
    used: replace === undefined ? (require?.version ?? null) : targetText(replace),
  };
}

function higher(a: ModRequire | undefined, b: ModRequire): ModRequire {
  return a === undefined || compareModuleVersions(b.version, a.version) > 0 ? b : a;
}
