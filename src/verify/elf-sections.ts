import type { ElfIdentity } from '../build/target.js';
import { Failure } from '../errors.js';
import type { ByteSource } from '../ports.js';

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
}

/** Section types of the ELF specification (gABI, chapter 4) that hold no bytes in the file. */
const noBits = 8;
const maxSections = 4096;
/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 64 * 1024 * 1024;
const maxName = 4096;

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
  };
}

/** Finds a section by its type (see the gABI), or by its name. */
export function findSection(layout: ElfLayout, wanted: number | string): ElfSection | undefined {
  return layout.sections.find(
    (section) => (typeof wanted === 'number' ? section.type : section.name) === wanted,
  );
}

/** The bytes of a whole section. */
export function readSection(layout: ElfLayout, section: ElfSection): Fields {
  const { offset, size, type } = section;
  const what = `section ${section.name}`;
  if (type === noBits) throw malformed(layout.source, what, 'has no bytes in the file');
  return Fields.read(layout.source, { offset, size, what }, layout.identity.class === 64);
}

/** The string table that a section's sh_link names. */
export function readLinkedStrings(layout: ElfLayout, section: ElfSection): Fields {
  const strings = layout.sections[section.link];
  if (strings === undefined) {
    throw malformed(
      layout.source,
      `sh_link of ${section.name}`,
      `names section ${String(section.link)}, which is not there`,
    );
  }
  return readSection(layout, strings);
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
  return readPart(layout.source, { offset: section.offset + start, size, what });
}

/** A failure that names the file, the field, and what is wrong with it. */
export function malformed(source: ByteSource, field: string, problem: string): Failure {
  return new Failure('input', {
    code: 'malformed-elf',
    what: `not a sound ELF file: ${field} ${problem}`,
    remedy: 'The file is damaged or incomplete: build or download it again.',
    where: { kind: 'file', file: source.name },
  });
}

interface Place {
  readonly offset: number;
  readonly size: number;
  readonly what: string;
}

/** Exactly the bytes of a place; every place is checked against the file before a byte is read or room is made. */
function readPart(source: ByteSource, { offset, size, what }: Place): Uint8Array {
  if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
  if (offset + size > source.size) throw malformed(source, what, 'lies past the end of the file');
  const bytes = source.read(offset, size);
  if (bytes.length !== size)
    throw malformed(source, what, 'ends early: the file became shorter while it was read');
  return bytes;
}

/** Little endian numbers and strings of one part of the file; reading past its end is a Failure. */
export class Fields {
  private readonly view: DataView;

  private constructor(
    private readonly source: ByteSource,
    readonly place: { readonly what: string; readonly bytes: Uint8Array; readonly is64: boolean },
  ) {
    const { bytes } = place;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static read(source: ByteSource, place: Place, is64: boolean): Fields {
    return new Fields(source, { what: place.what, bytes: readPart(source, place), is64 });
  }

  get bytes(): Uint8Array {
    return this.place.bytes;
  }

  get size(): number {
    return this.place.bytes.length;
  }

  u16(at: number): number {
    return this.view.getUint16(this.checked(at, 2), true);
  }

  u32(at: number): number {
    return this.view.getUint32(this.checked(at, 4), true);
  }

  /** An address, offset or size: 4 or 8 bytes by the file's class. */
  word(at: number): number {
    return this.place.is64 ? this.u64(at) : this.u32(at);
  }

  /** 8 bytes as a number: no address or size of a real file reaches 2^53. */
  private u64(at: number): number {
    const high = this.u32(at + 4);
    if (high >= 0x200000)
      throw malformed(this.source, this.place.what, `has an impossible number at byte ${String(at)}`);
    return high * 0x100000000 + this.u32(at);
  }

  /** The NUL-terminated text at an offset of a string table. */
  text(at: number): string {
    const { bytes, what } = this.place;
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (end < 0 || end - at > maxName)
      throw malformed(this.source, what, `has no text at byte ${String(at)}`);
    return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');
  }

  private checked(at: number, length: number): number {
    if (at + length > this.size)
      throw malformed(this.source, this.place.what, `ends before byte ${String(at + length)}`);
    return at;
  }
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
  const is64 = table.place.is64;
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
