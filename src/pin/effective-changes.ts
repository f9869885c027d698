import type { ModFile } from '../go/modfile.js';
import type { Module } from '../go/module.js';
import type { NewestModule } from '../plugin/list.js';
import type { ListedModule, PluginListing } from '../plugin/listing.js';
import type { Change } from './change.js';

interface Effective {
  /** Of go.mod's lines, as the pin gives them. */
  readonly changes: readonly Change[];
  /** The plugin's own. */
  readonly goMod: Pick<ModFile, 'go' | 'requires' | 'replaces'>;
  /** The modules that the build fixes; empty where nothing is pinned. */
  readonly pinned: readonly Module[];
  readonly listing: PluginListing;
  /** Modules that nothing requires. */
  readonly newest: readonly NewestModule[];
  /** The `go` line of a go.mod that was tidied before the build; null: it was not. */
  readonly tidied: { readonly go: string | null } | null;
}

/**
 * The changes that reach what the plugin is made of: those of go.mod's lines, without modules that supply no package,
 * and the modules that go.mod does not name, whose version the pin decides all the same, or nobody does.
 */
export function effectiveChanges(effective: Effective): readonly Change[] {
  const { changes, goMod, listing } = effective;
  const used = usedModules(listing);
  const isLine = ({ module }: Change): boolean => module === 'go' || module === 'toolchain';
  const known = changes.filter((change) => isLine(change) || used.has(change.module));
  return [
    ...known.filter(isLine).filter(({ module }) => module !== 'go' || effective.tidied === null),
    ...tidiedLine(effective),
    ...known.filter((change) => !isLine(change)).flatMap((change) => asUsed(change, used)),
    ...raised({ changes, goMod, used }),
    ...unnamed(effective, used),
  ];
}

type Used = ReadonlyMap<string, ListedModule>;

function usedModules({ packages }: PluginListing): Used {
  const modules = [...packages.values()].flatMap(({ module }) => (module === undefined ? [] : [module]));
  return new Map(modules.map((module) => [module.path, module]));
}

function tidiedLine({ goMod: { go }, tidied }: Effective): Change[] {
  const from = go?.version ?? null;
  if (tidied === null || tidied.go === from) return [];
  return [{ module: 'go', from, to: tidied.go, line: go?.line ?? null, reach: 'direct' }];
}

/** What go.mod was made to ask for can still be lower than what another module asks for. */
function asUsed(change: Change, used: Used): Change[] {
  const module = used.get(change.module);
  // A replacement has a version of its own, which is what the change says already.
  const to = module?.replaces === undefined ? (module?.version ?? change.to) : change.to;
  return to === change.from ? [] : [{ ...change, to }];
}

/** Requirements that stayed as they are, and that those of other modules outdo. */
function raised({ changes, goMod, used }: Pick<Effective, 'changes' | 'goMod'> & { used: Used }): Change[] {
  const known = new Set(changes.map(({ module }) => module));
  const asked = new Set(goMod.requires.map(({ path, version }) => `${path} ${version}`));
  return goMod.requires.flatMap(({ path, version, line, indirect }): Change[] => {
    const module = used.get(path);
    if (module === undefined || module.main || known.has(path)) return [];
    // Of a module that is required twice the higher version counts.
    if (module.version === null || module.replaces !== undefined) return [];
    if (asked.has(`${path} ${module.version}`)) return [];
    const reach = indirect ? 'transitive' : 'direct';
    return [{ module: path, from: version, to: module.version, line, reach }];
  });
}

function unnamed({ goMod, pinned, listing, newest }: Effective, used: Used): Change[] {
  const named = new Set([
    ...goMod.requires.map(({ path }) => path),
    ...goMod.replaces.map(({ old }) => old.path),
  ]);
  const paths = [...pinned, ...newest].map(({ path }) => path);
  return [...new Set(paths)].flatMap((path): Change[] => {
    const module = used.get(path);
    if (module === undefined || named.has(path)) return [];
    const to = pinned.find((each) => each.path === path)?.version ?? module.version;
    const reach = isImportedDirectly(path, listing) ? 'direct' : 'transitive';
    return [{ module: path, from: null, to, line: null, reach }];
  });
}

/** Whether a package of the plugin's own module imports one of the module's. */
function isImportedDirectly(module: string, { packages }: PluginListing): boolean {
  const own = [...packages.values()].filter((listed) => listed.module?.main === true);
  return own.some(({ imports }) => imports.some((path) => packages.get(path)?.module?.path === module));
}
