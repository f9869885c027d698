import type { ModFile, ModReplace } from '../go/modfile.js';
import { replaceInUse } from '../go/replace.js';
import { compareGoVersions, compareModuleVersions } from '../go/version.js';
import type { PluginListing } from '../plugin/listing.js';
import type { CapChange, Unequal } from './result.js';

/** The modules that the plugin has packages of, and what Go selected of each: path -> version (null: a folder). */
export function selectedOf(listing: PluginListing): ReadonlyMap<string, string | null> {
  const modules = [...listing.packages.values()].flatMap(({ module }) =>
    module === undefined || module.main ? [] : [module],
  );
  return new Map(modules.map(({ path, version }) => [path, version]));
}

/**
 * The replaces that Go used for the modules that supply a package, by path: that of the version which was selected,
 * whatever go.mod requires, before one for all versions.
 */
export function usedReplaces(
  { packages }: PluginListing,
  mod: Pick<ModFile, 'replaces'>,
): ReadonlyMap<string, ModReplace> {
  const used = new Map<string, ModReplace>();
  for (const { module } of packages.values()) {
    if (module?.replaces === undefined) continue;
    const replace = replaceInUse(mod, module.path, module.replaces);
    if (replace !== undefined) used.set(module.path, replace);
  }
  return used;
}

/**
 * Where Go selected another version than the server has, of the modules that supply a package; sorted by path.
 * A replaced module counts as what replaces it.
 */
export function unequalModules(
  listing: PluginListing,
  mod: Pick<ModFile, 'replaces'>,
  versions: ReadonlyMap<string, string>,
): readonly Unequal[] {
  const replaces = usedReplaces(listing, mod);
  return [...selectedOf(listing)]
    .flatMap(([path, selected]): Unequal[] => {
      const server = versions.get(path);
      if (server === undefined) return [];
      const replace = replaces.get(path);
      const isOther =
        replace !== undefined && (replace.new.kind === 'local' || replace.new.path !== replace.old.path);
      if (selected === server && !isOther) return [];
      return [{ path, plugin: isOther ? replacementText(replace) : (selected ?? 'a folder'), server }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function replacementText({ new: target }: ModReplace): string {
  return target.kind === 'local' ? target.dir : `${target.path} ${target.version}`;
}

/**
 * What differs between the author's go.mod and a new one: `go` and `toolchain` lines first, then modules in the order
 * of the author's file, then what was added.
 *
 * @param versions the server's: a change that leads to one of them is made for the server
 */
export function changesBetween(
  before: ModFile,
  after: ModFile,
  versions: ReadonlyMap<string, string>,
): readonly CapChange[] {
  return [...lineChanges(before, after), ...requireChanges(before, after, versions)];
}

function lineChanges(before: ModFile, after: ModFile): CapChange[] {
  const [was, is] = [before.go?.version, after.go?.version];
  // What tidy does to the line is to raise it, for a dependency that needs a newer Go.
  const lowered = was !== undefined && is !== undefined && compareGoVersions(is, was) < 0;
  const pairs = [
    { module: 'go', from: was, to: is, line: before.go?.line, why: lowered ? 'server' : 'tidy' },
    {
      module: 'toolchain',
      from: before.toolchain?.name,
      to: after.toolchain?.name,
      line: before.toolchain?.line,
      // Before Go 1.25 tidy writes one where it raises the `go` line.
      why: after.toolchain === null ? 'server' : 'tidy',
    },
  ] as const;
  return pairs.flatMap(({ module, from = null, to = null, line = null, why }) =>
    from === to ? [] : [{ module, from, to, line, reach: 'direct' as const, why }],
  );
}

function requireChanges(before: ModFile, after: ModFile, versions: ReadonlyMap<string, string>): CapChange[] {
  const [old, now] = [requiredOf(before), requiredOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths.flatMap((path): CapChange[] => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was?.version === is?.version) return [];
    const indirect = was?.indirect ?? is?.indirect ?? false;
    return [
      {
        module: path,
        from: was?.version ?? null,
        to: is?.version ?? null,
        line: was?.line ?? null,
        reach: indirect ? 'transitive' : 'direct',
        why: is !== undefined && versions.get(path) === is.version ? 'server' : 'tidy',
      },
    ];
  });
}

/** Of several lines for one module the highest counts. */
function requiredOf(mod: ModFile): ReadonlyMap<string, ModFile['requires'][number]> {
  const required = new Map<string, ModFile['requires'][number]>();
  for (const require of mod.requires) {
    const known = required.get(require.path);
    if (known === undefined || compareModuleVersions(require.version, known.version) > 0)
      required.set(require.path, require);
  }
  return required;
}
