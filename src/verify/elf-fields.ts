import { Failure } from '../errors.js';
import type { ByteSource } from '../ports.js';

/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 64 * 1024 * 1024;
/** The longest text that is taken for a name. */
export const maxText = 4096;

/** A failure that names the file, the field, and what is wrong with it. */
export function malformed(source: ByteSource, field: string, problem: string): Failure {
  return new Failure('input', {
    code: 'malformed-elf',
    what: `not a sound ELF file: ${field} ${problem}`,
    remedy: 'The file is damaged or incomplete: build or download it again.',
    where: { kind: 'file', file: source.name },
  });
}

/** Where a part of a file lies, and what to call it in messages. */
export interface Place {
  readonly offset: number;
  readonly size: number;
  readonly what: string;
}

/** Checks a place against the file, before a byte is read or room is made. */
export function checkPlace(source: ByteSource, { offset, size, what }: Place): void {
  if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
  if (offset + size > source.size) throw malformed(source, what, 'lies past the end of the file');
}

/** Exactly the bytes of a place. */
export function readPart(source: ByteSource, place: Place): Uint8Array {
  checkPlace(source, place);
  const bytes = source.read(place.offset, place.size);
  if (bytes.length !== place.size) throw shrunk(source, place.what);
  return bytes;
}

export function shrunk(source: ByteSource, what: string): Failure {
  return malformed(source, what, 'ends early: the file became shorter while it was read');
}

/** Little endian numbers and strings of one part of a file; reading past its end is a Failure. */
export class Fields {
  readonly bytes: Uint8Array;
  readonly is64: boolean;
  private readonly source: ByteSource;
  private readonly what: string;
  private readonly view: DataView;

  constructor(source: ByteSource, part: { what: string; bytes: Uint8Array; is64: boolean }) {
    this.source = source;
    this.what = part.what;
    this.is64 = part.is64;
    this.bytes = part.bytes;
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  /** Reads the whole part at once. */
  static read(source: ByteSource, place: Place, is64: boolean): Fields {
    return new Fields(source, { what: place.what, bytes: readPart(source, place), is64 });
  }

  get size(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.view.getUint8(this.checked(at, 1));
  }

  u16(at: number): number {
    return this.view.getUint16(this.checked(at, 2), true);
  }

  u32(at: number): number {
    return this.view.getUint32(this.checked(at, 4), true);
  }

  /** An address, offset or size: 4 or 8 bytes by the file's class. */
  word(at: number): number {
    return this.is64 ? this.u64(at) : this.u32(at);
  }

  /** 8 bytes as a number: no address or size of a real file reaches 2^53. */
  private u64(at: number): number {
    const high = this.u32(at + 4);
    if (high >= 0x200000)
      throw malformed(this.source, this.what, `has an impossible number at byte ${String(at)}`);
    return high * 0x100000000 + this.u32(at);
  }

  /** The NUL-terminated text at an offset of a string table. */
  text(at: number): string {
    const { bytes, what } = this;
    const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (end < 0 || end - at > maxText)
      throw malformed(this.source, what, `has no text at byte ${String(at)}`);
    return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');
  }

  private checked(at: number, length: number): number {
    if (at + length > this.size)
      throw malformed(this.source, this.what, `ends before byte ${String(at + length)}`);
    return at;
  }
}
