import type { ModExclude, ModFile, ModReplace, ModRequire } from '../go/modfile.js';
import { autoQuote } from '../go/quote.js';

/** What a build-only go.mod says. It is never shown to the plugin's author, so it has no comments of theirs. */
export interface BuildOnlyMod {
  readonly module: string;
  /** The `go` line; null: none. */
  readonly go: string | null;
  readonly toolchain: string | null;
  readonly requires: readonly Pick<ModRequire, 'path' | 'version' | 'indirect'>[];
  readonly excludes: readonly Pick<ModExclude, 'path' | 'version'>[];
  readonly replaces: readonly Pick<ModReplace, 'old' | 'new'>[];
  readonly tools: readonly Pick<ModFile['tools'][number], 'path'>[];
  readonly godebugs: readonly Pick<ModFile['godebugs'][number], 'key' | 'value'>[];
  readonly ignores: readonly Pick<ModFile['ignores'][number], 'path'>[];
}

/** The text of a build-only go.mod: one directive a line, which every Go since 1.11 reads. */
export function printBuildOnly(mod: BuildOnlyMod): string {
  const lines = [
    '// Made by gotify-plugin-build for one build. The plugin has its own go.mod.',
    `module ${autoQuote(mod.module)}`,
    ...(mod.go === null ? [] : [`go ${mod.go}`]),
    ...(mod.toolchain === null ? [] : [`toolchain ${mod.toolchain}`]),
    ...mod.godebugs.map(({ key, value }) => `godebug ${key}=${value}`),
    ...mod.requires.map(requireLine),
    ...mod.tools.map(({ path }) => `tool ${autoQuote(path)}`),
    ...mod.ignores.map(({ path }) => `ignore ${autoQuote(path)}`),
    ...mod.excludes.map(({ path, version }) => `exclude ${autoQuote(path)} ${version}`),
    ...mod.replaces.map(replaceLine),
  ];
  return `${lines.join('\n')}\n`;
}

function requireLine({ path, version, indirect }: BuildOnlyMod['requires'][number]): string {
  return `require ${autoQuote(path)} ${version}${indirect ? ' // indirect' : ''}`;
}

function replaceLine({ old, new: target }: BuildOnlyMod['replaces'][number]): string {
  const left = old.version === null ? autoQuote(old.path) : `${autoQuote(old.path)} ${old.version}`;
  return `replace ${left} => ${target.kind === 'local' ? autoQuote(target.dir) : `${autoQuote(target.path)} ${target.version}`}`;
}
