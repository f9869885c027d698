import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/gotify/unzip.js';
import { u16, u32 } from './little-endian.js';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Unix mode with the file type; a plain file unless given. */
  readonly mode?: number;
  /** What the zip says instead of the truth. */
  readonly crc?: number;
  readonly size?: number;
  readonly encrypted?: boolean;
}

/** The bytes of a zip file as Info-ZIP writes it, or of a wrong one. */
export function zipOf(entries: readonly ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const data = deflateRawSync(entry.bytes);
    const shared = sharedFields(entry, data.length);
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([u32(0x04034b50), u16(20), shared, u16(name.length), u16(0), name, data]);
    const attributes = u32(((entry.mode ?? 0o100755) << 16) >>> 0);
    const tail = Buffer.concat([u16(0), u16(0), u16(0), u16(0), attributes, u32(offset), name]);
    central.push(Buffer.concat([u32(0x02014b50), u16(0x031e), u16(20), shared, u16(name.length), tail]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(directory.length), u32(offset), u16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** Flags, method, time, date, CRC and sizes: the same in both headers. */
function sharedFields({ bytes, crc, size, encrypted }: ZipEntry, compressed: number): Buffer {
  const flags = u16(encrypted === true ? 1 : 0);
  const sizes = [u32(crc ?? crc32(bytes)), u32(compressed), u32(size ?? bytes.length)];
  return Buffer.concat([flags, u16(8), u16(0), u16(0x21), ...sizes]);
}
