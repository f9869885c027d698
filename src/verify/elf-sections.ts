import type { ElfIdentity } from '../build/target.js';
import { Failure } from '../errors.js';
import type { ByteSource } from '../ports.js';
import { Fields, malformed, type Place } from './elf-fields.js';
import { Pages, StringTable } from './elf-windows.js';

/** One line of the section header table, as far as this project looks at it. */
export interface ElfSection {
  readonly name: string;
  readonly type: number;
  /** Virtual address at run time. */
  readonly address: number;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly size: number;
  /** Index of the section that belongs to this one: the string table of a symbol table. */
  readonly link: number;
}

export interface ElfLayout {
  readonly source: ByteSource;
  readonly identity: ElfIdentity;
  /** e_type: 2 a program at a fixed address, 3 a shared object or a position independent program. */
  readonly type: number;
  readonly sections: readonly ElfSection[];
  /** For small reads anywhere in the file. */
  readonly pages: Pages;
}

/** Section types of the ELF specification (gABI, chapter 4) that hold no bytes in the file. */
const noBits = 8;
const maxSections = 4096;

/**
 * Reads the ELF header and the section headers: two or three small reads, whatever the file's size.
 *
 * @throws Failure (input) `malformed-elf` for a damaged file, `not-elf` for another kind of file, `big-endian-elf`
 * @see the System V gABI, chapter 4
 */
export function readLayout(source: ByteSource): ElfLayout {
  const is64 = readClass(source) === 64;
  const header = Fields.read(source, { offset: 0, size: is64 ? 64 : 52, what: 'ELF header' }, is64);
  const start = is64 ? 40 : 32;
  const tableOffset = header.word(start);
  const entrySize = header.u16(is64 ? 58 : 46);
  const count = header.u16(is64 ? 60 : 48);
  const namesIndex = header.u16(is64 ? 62 : 50);
  if (count === 0 || tableOffset === 0) {
    throw malformed(
      source,
      'e_shnum',
      'names no section headers: the file is packed, or was stripped of them',
    );
  }
  if (count > maxSections) throw malformed(source, 'e_shnum', `names ${String(count)} sections`);
  if (entrySize < (is64 ? 64 : 40)) throw malformed(source, 'e_shentsize', `is ${String(entrySize)}`);
  const place = { offset: tableOffset, size: entrySize * count, what: 'section header table' };
  const table = Fields.read(source, place, is64);
  const raw = Array.from({ length: count }, (_, index) => rawSection(table, index * entrySize));
  return {
    source,
    identity: { class: is64 ? 64 : 32, machine: header.u16(18) },
    type: header.u16(16),
    sections: nameSections(source, raw, namesIndex),
    pages: new Pages(source),
  };
}

/** Finds a section by its type (see the gABI), or by its name. */
export function findSection(layout: ElfLayout, wanted: number | string): ElfSection | undefined {
  return layout.sections.find(
    (section) => (typeof wanted === 'number' ? section.type : section.name) === wanted,
  );
}

/** The bytes of a whole section, for a small one. */
export function readSection(layout: ElfLayout, section: ElfSection): Fields {
  return Fields.read(layout.source, placeOf(layout, section), layout.identity.class === 64);
}

/** Where a section's bytes are. */
export function placeOf(layout: ElfLayout, { name, offset, size, type }: ElfSection): Place {
  const what = `section ${name}`;
  if (type === noBits) throw malformed(layout.source, what, 'has no bytes in the file');
  return { offset, size, what };
}

/** The string table that a section's sh_link names. */
export function linkedStrings(layout: ElfLayout, section: ElfSection): StringTable {
  const holder = layout.sections[section.link];
  if (holder !== undefined) return new StringTable(layout.source, placeOf(layout, holder));
  const problem = `names section ${String(section.link)}, which is not there`;
  throw malformed(layout.source, `sh_link of ${section.name}`, problem);
}

/**
 * The bytes at a virtual address, inside the section that a symbol names.
 * File offset = sh_offset + address - sh_addr (gABI, "Section Header").
 */
export function readAt(
  layout: ElfLayout,
  section: ElfSection,
  span: { address: number; size: number; what: string },
): Uint8Array {
  const { address, size, what } = span;
  const start = address - section.address;
  if (section.type === noBits || start < 0 || start + size > section.size) {
    throw malformed(layout.source, what, `lies outside its section ${section.name}`);
  }
  return layout.pages.read({ offset: section.offset + start, size, what });
}

function readClass(source: ByteSource): 32 | 64 {
  const ident = source.read(0, 16);
  if (ident.length < 16 || ident[0] !== 0x7f || ident[1] !== 0x45 || ident[2] !== 0x4c || ident[3] !== 0x46) {
    throw new Failure('input', {
      code: 'not-elf',
      what: 'not an ELF file, the kind that Linux programs and plugins are',
      remedy: 'Give a plugin (.so) or a gotify server built for Linux.',
      where: { kind: 'file', file: source.name },
    });
  }
  if (ident[5] === 2) throw bigEndian(source);
  if (ident[5] !== 1) throw malformed(source, 'EI_DATA', `is ${String(ident[5])}`);
  if (ident[4] !== 1 && ident[4] !== 2) throw malformed(source, 'EI_CLASS', `is ${String(ident[4])}`);
  return ident[4] === 2 ? 64 : 32;
}

function bigEndian(source: ByteSource): Failure {
  return new Failure('input', {
    code: 'big-endian-elf',
    what: 'a big endian ELF file: gotify has no servers for such machines',
    remedy: 'Give a file for linux-amd64, linux-arm64, linux-arm-7, linux-386 or linux-riscv64.',
    where: { kind: 'file', file: source.name },
  });
}

type RawSection = Omit<ElfSection, 'name'> & { readonly nameOffset: number };

function rawSection(table: Fields, at: number): RawSection {
  const is64 = table.is64;
  return {
    nameOffset: table.u32(at),
    type: table.u32(at + 4),
    address: table.word(at + (is64 ? 16 : 12)),
    offset: table.word(at + (is64 ? 24 : 16)),
    size: table.word(at + (is64 ? 32 : 20)),
    link: table.u32(at + (is64 ? 40 : 24)),
  };
}

function nameSections(
  source: ByteSource,
  raw: readonly RawSection[],
  namesIndex: number,
): readonly ElfSection[] {
  const holder = raw[namesIndex];
  if (holder === undefined)
    throw malformed(source, 'e_shstrndx', `names section ${String(namesIndex)}, which is not there`);
  const names = Fields.read(
    source,
    { offset: holder.offset, size: holder.size, what: 'section name table' },
    false,
  );
  return raw.map(({ nameOffset, ...section }) => ({ name: names.text(nameOffset), ...section }));
}
