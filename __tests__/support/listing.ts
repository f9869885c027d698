import type { ListedModule, ListedPackage, PluginListing } from '../../src/plugin/listing.js';

/**
 * What `go list -deps` would say of a plugin whose main package comes first.
 *
 * @param packages import path -> its module (null: the standard library) and what it imports
 */
export function listingOf(
  packages: Readonly<
    Record<string, readonly [module: Partial<ListedModule> | null, ...imports: readonly string[]]>
  >,
): PluginListing {
  const entries = Object.entries(packages).map(([importPath, [module, ...imports]], index) => {
    const listed: ListedPackage = {
      importPath,
      name: index === 0 ? 'main' : 'x',
      standard: module === null,
      imports,
      ...(module === null ? {} : { module: { ...ofGo, path: importPath, main: index === 0, ...module } }),
      usesCgo: false,
    };
    return [importPath, listed] as const;
  });
  return { main: entries[0]?.[0] ?? '', packages: new Map(entries) };
}

const ofGo = { version: null, goVersion: null };
