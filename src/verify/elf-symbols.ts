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

/** Which symbols are worth making text of: a Go plugin has 60,000, and a few hundred matter. */
export interface WantedNames {
  readonly starting: readonly string[];
  readonly ending: readonly string[];
}

const dynsymType = 11;
const functionType = 2;
const maxFound = 50_000;

/** Reads .dynsym in one pass, and gives the symbols with a wanted name; none where the file has no .dynsym. */
export function readSymbols(layout: ElfLayout, wanted: WantedNames): readonly ElfSymbol[] {
  const section = findSection(layout, dynsymType);
  if (section === undefined) return [];
  const { source, identity } = layout;
  const entrySize = identity.class === 64 ? 24 : 16;
  const table = readSection(layout, section);
  if (table.size % entrySize !== 0) {
    throw malformed(source, 'section .dynsym', 'has a size that is no multiple of its entries');
  }
  const names = readLinkedStrings(layout, section);
  const marks = markNames(names, wanted);
  const found: ElfSymbol[] = [];
  for (let at = entrySize; at < table.size; at += entrySize) {
    const nameAt = table.u32(at);
    if (nameAt >= names.size) throw malformed(source, 'section .dynsym', 'names a text that is not there');
    if (marks[nameAt] !== 1) continue;
    if (found.length >= maxFound) throw malformed(source, 'section .dynsym', 'repeats its names');
    found.push(symbolAt(table, at, names.text(nameAt)));
  }
  return found;
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

/**
 * One byte for each byte of the string table: 1 where a wanted name may begin. The table is searched, not the symbols:
 * that is one native search for each wanted text.
 */
function markNames(names: Fields, { starting, ending }: WantedNames): Uint8Array {
  const marks = new Uint8Array(names.size);
  const text = Buffer.from(names.bytes.buffer, names.bytes.byteOffset, names.bytes.length);
  for (const prefix of starting) {
    for (const at of occurrences(text, prefix)) marks[at] = 1;
  }
  // A linker may store a name as the tail of a longer one: a symbol's name can begin anywhere before the suffix.
  for (const suffix of ending) {
    for (const at of occurrences(text, `${suffix}\0`)) marks.fill(1, text.lastIndexOf(0, at) + 1, at + 1);
  }
  return marks;
}

function* occurrences(text: Buffer, wanted: string): Generator<number> {
  const bytes = Buffer.from(wanted, 'utf8');
  for (let at = text.indexOf(bytes); at >= 0; at = text.indexOf(bytes, at + bytes.length)) yield at;
}
