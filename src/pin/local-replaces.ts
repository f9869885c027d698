import { posix } from 'node:path';
import { Failure } from '../errors.js';
import type { ModFile, ModReplace } from '../go/modfile.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { BuildOptions } from '../options/options.js';

/** A folder that the plugin's go.mod uses in place of a module. */
export interface LocalReplace {
  /** Its number N in /replaced/N: replaces of one folder share it. */
  readonly index: number;
  /** As written in go.mod. */
  readonly dir: string;
  /** What it stands for: one module, where Go is content. */
  readonly modules: readonly string[];
  /** Of the first replace that names it. */
  readonly line: number;
}

/** Whose versions a build uses: the server's for all modules (`pin`), for those both name (`cap`), or the plugin's. */
export type DependencyRule = BuildOptions['dependencies'];

/**
 * The replaces that a build by this rule keeps, each once: `pin` drops those of the server's modules, as the server's
 * version must win. Throws Failure `conflicting-replaces` where a kept module has two replacements: Go refuses that
 * too, but would name the build-only file.
 */
export function keptReplaces(
  mod: Pick<ModFile, 'module' | 'replaces'>,
  rule: { readonly dependencies: DependencyRule; readonly server: Pick<ServerBuild, 'pinList'> },
  file: string,
): readonly ModReplace[] {
  const pinned =
    rule.dependencies === 'pin' ? pinnedVersions(mod.module, rule.server) : new Map<string, string>();
  return distinct(
    mod.replaces.filter(({ old }) => !pinned.has(old.path)),
    file,
  );
}

/** Path -> version of each module that a pin fixes; a plugin cannot pin itself. */
export function pinnedVersions(plugin: string, server: Pick<ServerBuild, 'pinList'>): Map<string, string> {
  const others = server.pinList.modules.filter(({ path }) => path !== plugin);
  return new Map(others.map(({ path, version }) => [path, version]));
}

export interface RewrittenReplaces {
  readonly replaces: readonly ModReplace[];
  /** One for each folder, in the order of their index. */
  readonly replaced: readonly LocalReplace[];
}

/**
 * Points local replaces at where the builder shows their folders. One folder keeps one number, since Go refuses a
 * folder that stands for two modules and can only see that while the path is the same.
 *
 * @param absent folders, as written, that the builder does not show: their lines stay as they are
 */
export function rewriteLocalReplaces(
  replaces: readonly ModReplace[],
  replacedAt: (index: number) => string,
  absent: readonly string[] = [],
): RewrittenReplaces {
  const folders = new Map<string, LocalReplace>();
  const left = new Set(absent.map(folderKey));
  const rewritten = replaces.map((replace) => {
    if (replace.new.kind !== 'local') return replace;
    const { dir } = replace.new;
    const key = folderKey(dir);
    if (left.has(key)) return replace;
    const known = folders.get(key) ?? { index: folders.size, dir, modules: [], line: replace.line };
    folders.set(key, { ...known, modules: [...new Set([...known.modules, replace.old.path])] });
    return { ...replace, new: { kind: 'local' as const, dir: replacedAt(known.index) } };
  });
  return { replaces: rewritten, replaced: [...folders.values()] };
}

/** The same for each spelling of a folder. */
function folderKey(dir: string): string {
  return posix.resolve('/module', dir);
}

function distinct(replaces: readonly ModReplace[], file: string): readonly ModReplace[] {
  const known = new Map<string, ModReplace>();
  for (const replace of replaces) {
    const key = `${replace.old.path} ${replace.old.version ?? ''}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, replace);
    else if (targetText(before) !== targetText(replace)) throw conflict(before, replace, file);
  }
  return [...known.values()];
}

/** What a module is replaced by, for messages: a version where the path stays, else path and version, or a folder. */
export function targetText({ old, new: target }: ModReplace): string {
  if (target.kind === 'local') return target.dir;
  return target.path === old.path ? target.version : `${target.path} ${target.version}`;
}

function conflict(before: ModReplace, replace: ModReplace, file: string): Failure {
  const [first, second] = [targetText(before), targetText(replace)];
  return new Failure('input', {
    code: 'conflicting-replaces',
    what: `${replace.old.path} is replaced by ${first} in line ${String(before.line)}, and here by ${second}`,
    remedy: 'Keep one of the two replace lines.',
    where: { kind: 'file', file, line: replace.line },
  });
}
