import type { ModFile } from '../go/modfile.js';
import type { Module } from '../go/module.js';
import type { PluginListing } from '../plugin/listing.js';
import type { Change } from './change.js';

/**
 * The changes that reach what the plugin is made of: those of go.mod's lines, without modules that supply no package,
 * and the modules that go.mod does not name, whose version the pin decides all the same.
 *
 * @param request.changes of go.mod's lines, as the pin gives them
 * @param request.pinned the modules that the build fixes; empty where nothing is pinned
 */
export function effectiveChanges(request: {
  readonly changes: readonly Change[];
  readonly goMod: Pick<ModFile, 'requires' | 'replaces'>;
  readonly pinned: readonly Module[];
  readonly listing: PluginListing;
}): readonly Change[] {
  const { changes, goMod, pinned, listing } = request;
  const used = new Set([...listing.packages.values()].map((listed) => listed.module?.path));
  const named = new Set([
    ...goMod.requires.map(({ path }) => path),
    ...goMod.replaces.map(({ old }) => old.path),
  ]);
  const unnamed = pinned.filter(({ path }) => used.has(path) && !named.has(path));
  return [
    ...changes.filter(({ module }) => module === 'go' || module === 'toolchain' || used.has(module)),
    ...unnamed.map(({ path, version }) => ({
      module: path,
      from: null,
      to: version,
      line: null,
      reach: 'transitive' as const,
    })),
  ];
}
