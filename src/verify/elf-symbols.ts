import { Fields, malformed, maxText } from './elf-fields.js';
import { findSection, linkedStrings, placeOf, type ElfLayout } from './elf-sections.js';
import { windows, type StringTable, type Window } from './elf-windows.js';

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
/** Far more than any real plugin has: a server has 450 packages. */
const maxNames = 50_000;

/** Reads .dynsym in one pass, and gives the symbols with a wanted name; none where the file has no .dynsym. */
export function readSymbols(layout: ElfLayout, wanted: WantedNames): readonly ElfSymbol[] {
  const section = findSection(layout, dynsymType);
  if (section === undefined) return [];
  const { source, identity } = layout;
  const unit = identity.class === 64 ? 24 : 16;
  const place = placeOf(layout, section);
  if (place.size % unit !== 0) {
    throw malformed(source, place.what, 'has a size that is no multiple of its entries');
  }
  const strings = linkedStrings(layout, section);
  const names = findNames(layout, strings, wanted);
  const entryNames = { unit, names, hints: hintsOf(names), size: strings.place.size };
  const found: ElfSymbol[] = [];
  for (const window of windows(source, place, { unit })) {
    const part = { what: place.what, bytes: window.bytes, is64: unit === 24 };
    const entries = new Fields(source, part);
    for (const { at, name } of wantedEntries(window, entryNames)) {
      if (name === null) throw malformed(source, place.what, 'names a text that is not there');
      if (found.length >= maxNames) throw malformed(source, place.what, 'repeats its names');
      found.push(symbolAt(at, { entries, name }));
    }
  }
  return found;
}

interface EntryNames {
  readonly unit: number;
  readonly names: ReadonlyMap<number, string>;
  readonly hints: Uint8Array;
  /** Of the string table. */
  readonly size: number;
}

/** The entries of a window with a wanted name, or (null) with one outside the string table. */
function wantedEntries(
  { bytes }: Window,
  { unit, names, hints, size }: EntryNames,
): readonly { readonly at: number; readonly name: string | null }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const hits: { at: number; name: string | null }[] = [];
  for (let at = 0; at < bytes.length; at += unit) {
    const nameAt = view.getUint32(at, true);
    if (nameAt >= size) hits.push({ at, name: null });
    // Nearly all are ruled out here, in a fraction of the time that the map takes.
    if (hints[nameAt & 0xffff] === 0) continue;
    const name = names.get(nameAt);
    if (name !== undefined) hits.push({ at, name });
  }
  return hits;
}

/** One byte for each value of an offset's lower half: 0 where no name has it. */
function hintsOf(names: ReadonlyMap<number, string>): Uint8Array {
  const hints = new Uint8Array(0x10000);
  for (const at of names.keys()) hints[at & 0xffff] = 1;
  return hints;
}

/** An Elf32_Sym or Elf64_Sym (gABI, "Symbol Table"): they have the same fields in another order. */
function symbolAt(
  at: number,
  { entries, name }: { readonly entries: Fields; readonly name: string },
): ElfSymbol {
  const { is64 } = entries;
  return {
    name,
    isFunction: (entries.u8(at + (is64 ? 4 : 12)) & 15) === functionType,
    section: entries.u16(at + (is64 ? 6 : 14)),
    address: entries.word(at + (is64 ? 8 : 4)),
    size: entries.word(at + (is64 ? 16 : 8)),
  };
}

/**
 * Offset in the string table -> name, for every place where a wanted name may begin. The table is searched, not the
 * symbols: that is one native search for each wanted text.
 */
function findNames(
  layout: ElfLayout,
  strings: StringTable,
  wanted: WantedNames,
): ReadonlyMap<number, string> {
  const { source } = layout;
  const { place } = strings;
  const names = new Map<number, string>();
  const starting = wanted.starting.map((text) => Buffer.from(text, 'utf8'));
  const ending = wanted.ending.map((text) => Buffer.from(`${text}\0`, 'utf8'));
  for (const { at, bytes } of windows(source, place, { overlap: 2 * maxText })) {
    for (const prefix of starting) {
      for (const hit of occurrences(bytes, prefix)) addName(names, { at, bytes, from: hit });
    }
    // A linker may store a name as the tail of a longer one: a symbol's name can begin anywhere before the suffix.
    for (const suffix of ending) {
      for (const hit of occurrences(bytes, suffix)) {
        for (let from = hit; from >= 0 && bytes[from] !== 0; from--) addName(names, { at, bytes, from });
      }
    }
    if (names.size > maxNames) throw malformed(source, place.what, 'repeats its names');
  }
  return names;
}

/** A name without its end is in the next window too, or is too long for a name. */
function addName(names: Map<number, string>, { at, bytes, from }: Window & { readonly from: number }): void {
  const end = bytes.indexOf(0, from);
  if (end >= 0) names.set(at + from, bytes.toString('utf8', from, end));
}

function* occurrences(bytes: Buffer, wanted: Buffer): Generator<number> {
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) yield at;
}
