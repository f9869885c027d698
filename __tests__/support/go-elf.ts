import { targetOf, type TargetName } from '../../src/build/target.js';
import { u16, u32 } from './little-endian.js';

/** What a Go program or plugin is made to say of itself. */
export interface GoElf {
  readonly target: TargetName;
  /** `1.26.0`. */
  readonly goVersion: string;
  /** The import path of its main package. */
  readonly main: string;
  /** Import path -> link hash in hex. */
  readonly packages: ReadonlyMap<string, string>;
  /** Functions of the main package that can be looked up. */
  readonly functions: readonly string[];
  /** Modules linked in. */
  readonly modules?: readonly { readonly path: string; readonly version: string }[];
  /** As the build info has them. */
  readonly ldflags?: string;
  /** Makes other bytes of the same. */
  readonly salt?: string;
  /** Bytes that the file has at least. */
  readonly size?: number;
}

/**
 * A Linux ELF file with what Go's linker writes about packages: a dynamic symbol for each package's link hash, one for
 * each function, and the build information. There is no code in it.
 *
 * @see the System V gABI, chapter 4; symtab in cmd/link/internal/ld/symtab.go and debug/buildinfo of Go
 */
export function goElf(parts: GoElf): Buffer {
  const { elf } = targetOf(parts.target);
  const layout = layoutOf(elf.class === 64);
  const strings = new Texts();
  const hashes = [...parts.packages].map(([path, hash]) => ({ path, bytes: Buffer.from(hash, 'hex') }));
  const rodata = Buffer.concat([...hashes.map(({ bytes }) => bytes), Buffer.from(parts.salt ?? '')]);
  const symbols = [layout.symbol({ name: 0, info: 0, section: 0, address: 0, size: 0 })];
  let address = rodataAt;
  for (const { path, bytes } of hashes) {
    const name = strings.add(`go:link.pkghashbytes.${escaped(path)}`);
    symbols.push(layout.symbol({ name, info: globalObject, section: 1, address, size: bytes.length }));
    address += bytes.length;
  }
  for (const each of parts.functions) {
    const name = strings.add(`${escaped(parts.main)}.${each}`);
    symbols.push(layout.symbol({ name, info: globalFunction, section: 2, address: textAt, size: 4 }));
  }
  const sections: readonly Section[] = [
    { name: '.rodata', type: 1, address: rodataAt, link: 0, bytes: rodata },
    { name: '.text', type: 1, address: textAt, link: 0, bytes: Buffer.alloc(Math.max(4, parts.size ?? 0)) },
    { name: '.dynstr', type: 3, address: 0, link: 0, bytes: strings.bytes() },
    { name: '.dynsym', type: 11, address: 0, link: 3, bytes: Buffer.concat(symbols) },
    { name: '.go.buildinfo', type: 1, address: 0, link: 0, bytes: buildInfo(parts) },
  ];
  return layout.file(sections, elf.machine);
}

const rodataAt = 0x1000;
const textAt = 0x100000;
const globalObject = 0x11;
const globalFunction = 0x12;

interface Section {
  readonly name: string;
  readonly type: number;
  readonly address: number;
  readonly link: number;
  readonly bytes: Buffer;
}

interface Symbol {
  readonly name: number;
  readonly info: number;
  readonly section: number;
  readonly address: number;
  readonly size: number;
}

/** The two classes have the same fields; 64 bits have some of them wider, and symbols in another order. */
function layoutOf(is64: boolean): {
  symbol(symbol: Symbol): Buffer;
  file(sections: readonly Section[], machine: number): Buffer;
} {
  const word = (value: number): Buffer => (is64 ? u64(value) : u32(value));
  const headerOf = ({ type, address, link, bytes }: Section, { name, offset }: Placed): Buffer =>
    Buffer.concat([
      ...[u32(name), u32(type), word(0), word(address), word(offset), word(bytes.length)],
      ...[u32(link), u32(type === 11 ? 1 : 0), word(1), word(type === 11 ? (is64 ? 24 : 16) : 0)],
    ]);
  return {
    symbol: ({ name, info, section, address, size }) =>
      is64
        ? Buffer.concat([u32(name), Buffer.from([info, 0]), u16(section), u64(address), u64(size)])
        : Buffer.concat([u32(name), u32(address), u32(size), Buffer.from([info, 0]), u16(section)]),
    file: (sections, machine) => {
      const names = new Texts();
      const ends = { name: '.shstrtab', type: 3, address: 0, link: 0 };
      const placed = [...sections, ends].map(({ name }) => names.add(name));
      const all = [...sections, { ...ends, bytes: names.bytes() }];
      const headers: Buffer[] = [Buffer.alloc(is64 ? 64 : 40)];
      let offset = is64 ? 64 : 52;
      for (const [index, section] of all.entries()) {
        headers.push(headerOf(section, { name: placed[index] ?? 0, offset }));
        offset += section.bytes.length;
      }
      const start = Buffer.concat([
        ...[Buffer.from('\x7fELF', 'latin1'), Buffer.from([is64 ? 2 : 1, 1, 1]), Buffer.alloc(9)],
        ...[u16(3), u16(machine), u32(1), word(0), word(0), word(offset), u32(0)],
        ...[is64 ? 64 : 52, 0, 0, is64 ? 64 : 40, headers.length, headers.length - 1].map(u16),
      ]);
      return Buffer.concat([start, ...all.map(({ bytes }) => bytes), ...headers]);
    },
  };
}

interface Placed {
  /** Of the name, in the table of names. */
  readonly name: number;
  readonly offset: number;
}

/** A string table. */
class Texts {
  readonly #parts: Buffer[] = [Buffer.alloc(1)];
  #size = 1;

  add(text: string): number {
    const at = this.#size;
    const bytes = Buffer.from(`${text}\0`);
    this.#parts.push(bytes);
    this.#size += bytes.length;
    return at;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Dots in the last part of a path are written so (PathToPrefix of cmd/internal/objabi). */
function escaped(path: string): string {
  const last = path.lastIndexOf('/') + 1;
  return `${path.slice(0, last)}${path.slice(last).replaceAll('.', '%2e')}`;
}

function buildInfo({ goVersion, main, target, modules = [], ldflags }: GoElf): Buffer {
  const { goarch } = targetOf(target);
  const lines = [
    `path\t${main}`,
    `mod\t${main}\t(devel)\t`,
    ...modules.map(({ path, version }) => `dep\t${path}\t${version}\t`),
    ...(ldflags === undefined ? [] : [`build\t-ldflags=${JSON.stringify(ldflags)}`]),
    'build\tCGO_ENABLED=1',
    `build\tGOARCH=${goarch}`,
  ];
  const frame = '-'.repeat(16);
  return Buffer.concat([
    Buffer.concat([Buffer.from('\xff Go buildinf:', 'latin1'), Buffer.from([8, 2]), Buffer.alloc(16)]),
    inline(`go${goVersion}`),
    inline(`${frame}${lines.join('\n')}\n${frame}`),
  ]);
}

function inline(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length: number[] = [];
  let left = bytes.length;
  for (; left > 127; left = Math.floor(left / 128)) length.push((left % 128) + 128);
  return Buffer.concat([Buffer.from([...length, left]), bytes]);
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
