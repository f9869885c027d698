import { Failure } from '../errors.js';
import type { ByteSource } from '../ports.js';

/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 64 * 1024 * 1024;
const maxText = 4096;

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

/** Exactly the bytes of a place; every place is checked against the file before a byte is read or room is made. */
export function readPart(source: ByteSource, { offset, size, what }: Place): Uint8Array {
  if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
  if (offset + size > source.size) throw malformed(source, what, 'lies past the end of the file');
  const bytes = source.read(offset, size);
  if (bytes.length !== size)
    throw malformed(source, what, 'ends early: the file became shorter while it was read');
  return bytes;
}

/** Little endian numbers and strings of one part of a file; reading past its end is a Failure. */
export class Fields {
  readonly bytes: Uint8Array;
  readonly is64: boolean;
  private readonly source: ByteSource;
  private readonly what: string;
  private readonly view: DataView;

  /** Reads the whole part at once. */
  constructor(source: ByteSource, place: Place, is64: boolean) {
    this.source = source;
    this.what = place.what;
    this.is64 = is64;
    this.bytes = readPart(source, place);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
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
