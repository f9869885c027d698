import { targetOf, type TargetName } from '../build/target.js';
import { compareGlibc } from './elf-dynamic.js';
import { differencesOf, type ComparisonContext } from './differences.js';
import type { AbiManifest } from './manifest.js';
import type { PluginAbi } from './plugin-abi.js';
import { machineText } from './read-manifest.js';
import type { Rejection, Verdict } from './verdict.js';

/**
 * Decides whether a server will load a plugin, by the rule of `plugin.Open`: each package that both contain must have
 * the same link hash in both. Pure; versions and flags only explain what the hashes decide.
 *
 * @see plugin_lastmoduleinit in runtime/plugin.go of Go
 */
export function compare(plugin: PluginAbi, manifest: AbiManifest, context: ComparisonContext): Verdict {
  const warnings = warningsOf(plugin, manifest);
  const notes = notesOf(plugin, manifest, context);
  const undecided = (because: string): Verdict => ({ kind: 'undecided', because, warnings, notes });
  const wrong = wrongManifest(manifest, context);
  if (wrong !== null) return undecided(wrong);
  const common = [...plugin.packages.keys()].filter(
    (path) => path !== plugin.main && manifest.packages.has(path),
  );
  const foreign = targetReasons(plugin, context.target);
  // On another machine every hash differs: that explains nothing.
  const differences = foreign.length > 0 ? [] : differencesOf({ plugin, manifest, context, common });
  const reasons = [
    ...foreign,
    ...missingReasons(plugin),
    ...mainPathReasons(plugin, manifest),
    ...libraryReasons(plugin, manifest),
    ...differences,
  ];
  if (reasons.length > 0) return { kind: 'rejected', compared: common.length, reasons, warnings, notes };
  if (common.length === 0)
    return undecided('the file shares no package with the server, so there was nothing to compare');
  const half = incomplete(plugin, manifest);
  if (half !== null) return undecided(half);
  return { kind: 'loads', compared: common.length, warnings, notes };
}

/** Every Go program and plugin contains `runtime`: a list of packages without it has lost more. */
function incomplete(plugin: PluginAbi, manifest: AbiManifest): string | null {
  const without = (what: string): string =>
    `${what} names no package runtime, which every Go program contains: it is not complete`;
  if (!plugin.packages.has('runtime')) return without("the file's list of packages");
  return manifest.packages.has('runtime') ? null : without('the manifest');
}

/** A manifest of another server or machine says nothing about this one. */
function wrongManifest(manifest: AbiManifest, { target, server }: ComparisonContext): string | null {
  if (manifest.target !== target) return `the manifest is of a server for ${manifest.target}, not ${target}`;
  if (manifest.server !== server) return `the manifest is of gotify ${manifest.server}, not ${server}`;
  const { elf } = targetOf(target);
  const found = manifest.elf;
  if (found !== undefined && (found.class !== elf.class || found.machine !== elf.machine)) {
    return `the manifest says ${target}, but its file is for ${machineText(found)}`;
  }
  return manifest.packages.size === 0 ? 'the manifest names no package' : null;
}

function targetReasons(plugin: PluginAbi, target: TargetName): readonly Rejection[] {
  const { elf } = targetOf(target);
  if (plugin.elf.class === elf.class && plugin.elf.machine === elf.machine) return [];
  const what = `the file is for ${machineText(plugin.elf)}, the server for ${target}`;
  return [{ kind: 'target', what, remedy: `Build the plugin for ${target}.` }];
}

function missingReasons(plugin: PluginAbi): readonly Rejection[] {
  return plugin.missing.map((symbol) => ({
    kind: 'missing-symbol',
    symbol,
    remedy: `Export the function ${symbol} from the plugin's main package, as github.com/gotify/plugin-api describes it, and build with -buildmode=plugin.`,
  }));
}

/**
 * The loader compares a plugin's own main package too, where the server has one of that path: it has a `main` of its
 * own (golang.org/issue/31048).
 */
function mainPathReasons(plugin: PluginAbi, manifest: AbiManifest): readonly Rejection[] {
  const { packages } = manifest;
  const taken = ['main', ...(plugin.main === null || plugin.main === 'main' ? [] : [plugin.main])].filter(
    (path) => plugin.packages.has(path) && (path === 'main' || packages.has(path)),
  );
  return taken.map((path) => ({
    kind: 'main-path',
    path,
    remedy:
      "Give the plugin's module another path: in the module line of its go.mod, and where its own packages are imported.",
  }));
}

/** musl's names of the C library, on Alpine and elsewhere. */
const muslLibrary = /^libc\.(?:musl-.+|so)$/;

/** One process has one C library: what is linked to musl cannot be opened by a program that has glibc. */
function libraryReasons(plugin: PluginAbi, { needed = [] }: AbiManifest): readonly Rejection[] {
  const foreign = plugin.needed.filter((library) => muslLibrary.test(library) && !needed.includes(library));
  return foreign.map((library) => ({
    kind: 'library',
    library,
    remedy:
      'Build where the C library is glibc (Debian, Ubuntu, Fedora and most others, not Alpine), or with builder docker.',
  }));
}

function warningsOf(plugin: PluginAbi, manifest: AbiManifest): readonly string[] {
  const warnings: string[] = [];
  const { glibc } = manifest;
  if (plugin.glibc !== null && typeof glibc === 'string' && compareGlibc(plugin.glibc, glibc) > 0) {
    warnings.push(
      `needs GLIBC ${plugin.glibc}, the server only ${glibc}: it will not load on a system whose GLIBC is older than ${plugin.glibc}`,
    );
  }
  const { needed } = manifest;
  if (needed !== undefined) {
    const missing = plugin.needed.filter((name) => !needed.includes(name) && !muslLibrary.test(name));
    for (const library of missing) {
      warnings.push(
        `needs the library ${library}, which the server does not: it has to be installed where the server runs`,
      );
    }
  }
  return warnings;
}

/** What could not be looked at: silence would read as a pass. */
function notesOf(plugin: PluginAbi, manifest: AbiManifest, context: ComparisonContext): readonly string[] {
  const absent = [
    ...(manifest.glibc === undefined ? ['the newest GLIBC version needed'] : []),
    ...(manifest.needed === undefined ? ['the libraries needed'] : []),
    ...(manifest.flags === undefined ? ['the build flags'] : []),
    ...(manifest.modules === undefined && context.serverModules.length === 0 ? ['the module versions'] : []),
  ];
  return [
    ...(absent.length > 0 ? [`not compared, as the manifest does not name them: ${absent.join(', ')}`] : []),
    ...(manifest.glibc === null && plugin.glibc !== null
      ? [`GLIBC versions were not compared: the server needs none, the file ${plugin.glibc}`]
      : []),
    ...(plugin.goVersion === null
      ? ['the file has no build information: versions on its side are not known']
      : []),
    ...(context.bareFile === true
      ? ['the signatures of the plugin functions were not checked: a file does not tell them']
      : []),
  ];
}
