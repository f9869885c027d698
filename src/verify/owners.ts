import type { BuiltModule } from '../go/buildinfo.js';
import type { Module } from '../go/module.js';

/** Finds the module that a package comes from. */
export type OwnerOf = (packagePath: string) => BuiltModule | null;

/** Go's rule: of the modules whose path begins the package's path, the longest. */
export function ownersAmong(modules: readonly BuiltModule[]): OwnerOf {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return (packagePath) => {
    for (let path = packagePath; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
      const module = byPath.get(path);
      if (module !== undefined) return module;
    }
    return null;
  };
}

/** The known owner of each package where it is listed, else by path. */
export function ownersFrom(listed: ReadonlyMap<string, Module>, otherwise: OwnerOf): OwnerOf {
  return (packagePath) => listed.get(packagePath) ?? otherwise(packagePath);
}

/** Import paths of the standard library have no dot in their first element (`go help importpath`). */
export function isStandard(packagePath: string): boolean {
  return !(packagePath.split('/')[0] ?? '').includes('.');
}

/** What a module's version is called: with the module or folder that replaced it, as that decides its files. */
export function versionText(module: BuiltModule): string {
  const { version, replacedBy } = module;
  if (replacedBy === undefined) return version;
  return version === '' || version === '(devel)' ? `the folder ${replacedBy}` : `${replacedBy} ${version}`;
}
