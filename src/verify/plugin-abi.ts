import type { ElfIdentity } from '../build/target.js';
import { buildInfoOf, type BuildInfo, type BuiltModule } from '../go/buildinfo.js';
import type { ByteSource } from '../ports.js';
import { functionOwners, linkHashes, readElf, type ElfFile } from './elf.js';

/** What gotify looks up in a plugin after opening it. */
export const pluginFunctions = ['GetGotifyPluginInfo', 'NewGotifyPluginInstance'] as const;
export type PluginFunction = (typeof pluginFunctions)[number];

/** What a plugin's file says about how it will be loaded. */
export interface PluginAbi {
  /** The path, for messages. */
  readonly file: string;
  readonly elf: ElfIdentity;
  /** The import path of the plugin's own main package; null where the file does not tell. */
  readonly main: string | null;
  /** Import path -> link hash in hex; the plugin's own main package is among them, as a server may have that path too. */
  readonly packages: ReadonlyMap<string, string>;
  /** The plugin functions that the main package does not export. */
  readonly missing: readonly PluginFunction[];
  readonly glibc: string | null;
  readonly needed: readonly string[];
  /** `1.26.0`; null without build info. */
  readonly goVersion: string | null;
  /** Modules at the versions that were linked, the plugin's own among them; null without build info. */
  readonly modules: readonly BuiltModule[] | null;
  /** Build settings; null without build info. */
  readonly flags: Readonly<Record<string, string>> | null;
}

/**
 * Reads a plugin's file (`.so`).
 *
 * @throws Failure (input) `malformed-elf`, `not-elf`, `big-endian-elf`
 */
export function readPluginAbi(source: ByteSource): PluginAbi {
  const elf = readElf(source);
  const info = buildInfoOf(elf.layout);
  const packages = linkHashes(elf);
  const main = mainPackage(elf, packages, info);
  return {
    file: source.name,
    elf: elf.identity,
    main,
    packages,
    missing: pluginFunctions.filter((name) => !isExported(elf, main, name)),
    glibc: elf.glibc,
    needed: elf.needed,
    ...fromBuildInfo(info),
  };
}

/** `go1.26.0 X:somexperiment` -> `1.26.0`. */
export function plainGoVersion(named: string): string {
  return named.replace(/^go/, '').split(' ')[0] ?? named;
}

function fromBuildInfo(info: BuildInfo | null): Pick<PluginAbi, 'goVersion' | 'modules' | 'flags'> {
  if (info === null) return { goVersion: null, modules: null, flags: null };
  const modules = info.main === null ? info.deps : [info.main, ...info.deps];
  return { goVersion: plainGoVersion(info.goVersion), modules, flags: info.settings };
}

/** The path in the build info, or else the one package with a function `main`: only a main package must have one. */
function mainPackage(
  elf: ElfFile,
  hashes: ReadonlyMap<string, string>,
  info: BuildInfo | null,
): string | null {
  if (info !== null && hashes.has(info.path)) return info.path;
  const candidates = functionOwners(elf, 'main').filter((path) => hashes.has(path));
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** A function of another package, or a method, with the same name does not count. */
function isExported(elf: ElfFile, main: string | null, name: PluginFunction): boolean {
  const owners = functionOwners(elf, name);
  return main === null ? owners.length > 0 : owners.includes(main);
}
