import type { ModFile } from '../go/modfile.js';
import { compareGoVersions } from '../go/version.js';
import { pluginApi } from '../plugin/check.js';

/** plugin-api's package imports it, so that every plugin has it, and it needs modules of its own in each version. */
const gin = 'github.com/gin-gonic/gin';

/**
 * Why a go.mod, given as read and as text, may name fewer modules than go into the plugin, one sentence; null where
 * nothing points to that.
 * Since Go 1.17 a tidy file names every module that supplies a package: https://go.dev/ref/mod#go-mod-file-go.
 */
export function hidingReason(
  mod: ModFile,
  { goMod, file, withoutSum }: { readonly goMod: string; readonly file: string; readonly withoutSum?: true },
): string | null {
  if (mod.go === null || compareGoVersions(mod.go.version, '1.17') < 0) {
    const why = mod.go === null ? 'has no go line' : `has the go line ${mod.go.version}`;
    return `${file} ${why}: below 1.17 it need not name the modules that its dependencies bring in, so more may differ.`;
  }
  const sign = untidySign(mod, goMod) ?? (withoutSum === true ? 'there is no go.sum' : null);
  return sign === null ? null : `${file} is not tidy (${sign}): \`go mod tidy\` may show more that differs.`;
}

function untidySign({ requires, excludes }: ModFile, text: string): string | null {
  const paths = requires.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) return `it requires ${twice} twice`;
  // Go takes `v1.2` for the highest v1.2.x that there is, and writes that down.
  const short = requires.find(({ versionAt }) => /^"?v\d+(?:\.\d+)?"?$/.test(text.slice(...versionAt)));
  if (short !== undefined) return `it requires ${short.path} without a full version`;
  const dropped = requires.find(({ path, version }) =>
    excludes.some((exclude) => exclude.path === path && exclude.version === version),
  );
  if (dropped !== undefined) return `it requires and excludes ${dropped.path} ${dropped.version}`;
  const missing = [pluginApi, gin].find((path) => !paths.includes(path));
  if (missing !== undefined) return `it does not require ${missing}, which every plugin uses`;
  return requires.some(({ indirect }) => indirect) ? null : 'it has no // indirect lines';
}
