import type { Fields } from './elf-fields.js';
import { malformed } from './elf-fields.js';
import { findSection, readLinkedStrings, readSection, type ElfLayout } from './elf-sections.js';

/** A symbol that the file offers or needs at run time. */
export interface ElfSymbol {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  /** Index of the section that it lies in; 0: it is needed from elsewhere. */
  readonly section: number;
  readonly isFunction: boolean;
}

/** The file's dynamic symbols. A Go plugin has 60,000: only the names asked for are made into text. */
export interface DynamicSymbols {
  starting(prefix: string): readonly ElfSymbol[];
  ending(suffix: string): readonly ElfSymbol[];
}

const dynsym = 11;
const functionType = 2;
const maxNames = 100_000;

/** Reads .dynsym and its string table; null where the file has none. */
export function readSymbols(layout: ElfLayout): DynamicSymbols | null {
  const section = findSection(layout, dynsym);
  if (section === undefined) return null;
  const entrySize = layout.identity.class === 64 ? 24 : 16;
  const table = readSection(layout, section);
  if (table.size % entrySize !== 0)
    throw malformed(layout.source, 'section .dynsym', 'has a size that is no multiple of its entries');
  const names = readLinkedStrings(layout, section);
  const pick = (isWanted: (nameAt: number) => boolean): readonly ElfSymbol[] => {
    const found: ElfSymbol[] = [];
    for (let at = entrySize; at < table.size; at += entrySize) {
      const nameAt = table.u32(at);
      if (!isWanted(nameAt)) continue;
      if (found.length >= maxNames) throw malformed(layout.source, 'section .dynsym', 'repeats its names');
      found.push(symbolAt(table, at, names.text(nameAt)));
    }
    return found;
  };
  return {
    starting: (prefix) => pick(startsWith(names, prefix)),
    ending: (suffix) => pick(endsWith(names, suffix)),
  };
}

function symbolAt(table: Fields, at: number, name: string): ElfSymbol {
  const { is64 } = table;
  return {
    name,
    isFunction: (table.u8(at + (is64 ? 4 : 12)) & 15) === functionType,
    section: table.u16(at + (is64 ? 6 : 14)),
    address: table.word(at + (is64 ? 8 : 4)),
    size: table.word(at + (is64 ? 16 : 8)),
  };
}

/** Compares bytes from the last one back: Go's symbol names differ late, and `go:link.` is a common beginning. */
function startsWith(names: Fields, prefix: string): (nameAt: number) => boolean {
  const wanted = Buffer.from(prefix, 'utf8');
  const { bytes } = names;
  return (nameAt) => {
    for (let index = wanted.length - 1; index >= 0; index--) {
      if (bytes[nameAt + index] !== wanted[index]) return false;
    }
    return true;
  };
}

/** A linker may store a name as the tail of a longer one, so a symbol's name can begin anywhere before the suffix. */
function endsWith(names: Fields, suffix: string): (nameAt: number) => boolean {
  const text = Buffer.from(names.bytes.buffer, names.bytes.byteOffset, names.bytes.length);
  const wanted = Buffer.from(`${suffix}\0`, 'utf8');
  const spans: { readonly from: number; readonly to: number }[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    spans.push({ from: text.lastIndexOf(0, at) + 1, to: at });
  }
  return (nameAt) => spans.some((span) => nameAt >= span.from && nameAt <= span.to);
}
