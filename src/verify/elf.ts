import type { ElfIdentity } from '../build/target.js';
import type { ByteSource } from '../ports.js';
import { glibcNeeded, librariesNeeded } from './elf-dynamic.js';
import { malformed } from './elf-fields.js';
import { readAt, readLayout, type ElfLayout } from './elf-sections.js';
import { readSymbols, type ElfSymbol } from './elf-symbols.js';

/** What this project wants to know of a Linux program or plugin. Reading it touches a few MB of a 40 MB file. */
export interface ElfFile {
  readonly layout: ElfLayout;
  readonly identity: ElfIdentity;
  /** Those of its dynamic symbols that this project looks at: package hashes, and functions of the wanted names. */
  readonly symbols: readonly ElfSymbol[];
  /** DT_NEEDED libraries, in the file's order. */
  readonly needed: readonly string[];
  /** The newest GLIBC symbol version needed (`2.34`); null: none. */
  readonly glibc: string | null;
}

/** `go:` since Go 1.20, `go.` before. */
const hashPrefixes = ['go:link.pkghashbytes.', 'go.link.pkghashbytes.'] as const;
/** What gotify looks up in a plugin after opening it (plugin/compat of gotify). */
const wantedFunctions = ['GetGotifyPluginInfo', 'NewGotifyPluginInstance'] as const;
/** `main`: what every main package has. */
export type WantedFunction = (typeof wantedFunctions)[number] | 'main';
const maxPackages = 20_000;
/** 8 bytes now; in old Go the text of a SHA-1, 40. */
const maxHash = 64;

/**
 * Reads a little endian ELF file of 32 or 64 bits: headers, dynamic symbols and their names, needed libraries and
 * their versions. Nothing else of the file is read.
 *
 * @throws Failure (input) `malformed-elf`, `not-elf`, `big-endian-elf`, naming the file and the field
 */
export function readElf(source: ByteSource): ElfFile {
  const layout = readLayout(source);
  return {
    layout,
    identity: layout.identity,
    symbols: symbolsOf(layout),
    needed: librariesNeeded(layout),
    glibc: glibcNeeded(layout),
  };
}

/** One Go wrote all of a file: the older prefix is looked for where the newer one is not. */
function symbolsOf(layout: ElfLayout): readonly ElfSymbol[] {
  const ending = wantedFunctions.map((name) => `.${name}`);
  const read = (prefix: string): readonly ElfSymbol[] => readSymbols(layout, { starting: [prefix], ending });
  const [newer, older] = hashPrefixes;
  const symbols = read(newer);
  return symbols.some(({ name }) => name.startsWith(newer)) ? symbols : read(older);
}

/**
 * Import path -> link hash in hex: the fingerprint of the package's export data that `plugin.Open` compares.
 * A program's own main package is among them.
 *
 * @throws Failure (input) `malformed-elf` for a hash that is not in the file or is there twice
 * @see symtab in cmd/link/internal/ld/symtab.go and plugin_lastmoduleinit in runtime/plugin.go of Go
 */
export function linkHashes(elf: ElfFile): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  const { symbols, layout } = elf;
  for (const symbol of symbols) {
    const prefix = hashPrefixes.find((start) => symbol.name.startsWith(start));
    if (prefix === undefined) continue;
    const path = unescapePath(symbol.name.slice(prefix.length));
    if (hashes.has(path)) throw malformed(layout.source, symbol.name, 'is there twice');
    if (hashes.size >= maxPackages) throw malformed(layout.source, '.dynsym', 'names too many packages');
    hashes.set(path, hashBytes(layout, symbol));
  }
  return hashes;
}

function hashBytes(layout: ElfLayout, symbol: ElfSymbol): string {
  const section = layout.sections[symbol.section];
  if (section === undefined || symbol.section === 0) {
    throw malformed(layout.source, symbol.name, 'is in no section of the file');
  }
  if (symbol.size === 0 || symbol.size > maxHash) {
    throw malformed(layout.source, symbol.name, `has ${String(symbol.size)} bytes`);
  }
  const { address, size, name } = symbol;
  return Buffer.from(readAt(layout, section, { address, size, what: name })).toString('hex');
}

/** The packages that define a function of that name: the file has a symbol `<package>.<name>`. */
export function functionOwners(elf: ElfFile, name: WantedFunction): readonly string[] {
  const suffix = `.${name}`;
  // Hardly any file is asked for its `main`: its symbols are read once more then.
  const symbols = name === 'main' ? readSymbols(elf.layout, { starting: [], ending: [suffix] }) : elf.symbols;
  return symbols
    .filter((symbol) => symbol.isFunction && symbol.section !== 0 && symbol.name.endsWith(suffix))
    .map((symbol) => unescapePath(symbol.name.slice(0, -suffix.length)));
}

/** Import paths in symbol names may have bytes written as %xx (PathToPrefix of cmd/internal/objabi). */
function unescapePath(path: string): string {
  return path.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
