import type { ByteSource } from '../ports.js';
import { checkPlace, malformed, maxText, shrunk, type Place } from './elf-fields.js';

/** A large section passes through one small buffer: fresh memory costs more than reading the file. */
const windowSize = 64 * 1024;

export interface Window {
  /** Where it begins in the place. */
  readonly at: number;
  /** Overwritten by the next window. */
  readonly bytes: Buffer;
}

/**
 * The bytes of a place, window by window.
 *
 * @param layout.unit windows hold whole units of that many bytes
 * @param layout.overlap how many bytes a window has in common with the next, so that nothing shorter is cut
 */
export function* windows(
  source: ByteSource,
  place: Place,
  { unit = 1, overlap = 0 }: { readonly unit?: number; readonly overlap?: number },
): Generator<Window> {
  checkPlace(source, place);
  const buffer = Buffer.allocUnsafeSlow(Math.min(place.size, windowSize - (windowSize % unit)));
  for (let at = 0; at < place.size; at += buffer.length - overlap) {
    const bytes = buffer.subarray(0, Math.min(buffer.length, place.size - at));
    if (source.readInto(place.offset + at, bytes) !== bytes.length) throw shrunk(source, place.what);
    yield { at, bytes };
    if (at + bytes.length === place.size) return;
  }
}

/** A string table of the file, read where it is asked. */
export class StringTable {
  readonly place: Place;
  private readonly source: ByteSource;

  constructor(source: ByteSource, place: Place) {
    checkPlace(source, place);
    this.source = source;
    this.place = place;
  }

  /** The NUL-terminated text at an offset of the table. */
  text(at: number): string {
    const { offset, size, what } = this.place;
    const bytes =
      at < size ? this.source.read(offset + at, Math.min(maxText + 1, size - at)) : Buffer.alloc(0);
    const end = bytes.indexOf(0);
    if (end < 0) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8');
  }
}

/** Small reads that lie close together, served from the last page read: package hashes fill two or three pages. */
export class Pages {
  private readonly source: ByteSource;
  private start = 0;
  private page: Uint8Array = new Uint8Array(0);

  constructor(source: ByteSource) {
    this.source = source;
  }

  /** Exactly the bytes of a place; valid until the next call. */
  read(place: Place): Uint8Array {
    checkPlace(this.source, place);
    const { offset, size } = place;
    const from = offset - this.start;
    if (from >= 0 && from + size <= this.page.length) return this.page.subarray(from, from + size);
    // Half a page before it: the symbols come in no order.
    this.start = Math.max(0, offset - 2048);
    this.page = this.source.read(this.start, Math.max(8192, offset - this.start + size));
    const bytes = this.page.subarray(offset - this.start, offset - this.start + size);
    if (bytes.length !== size) throw shrunk(this.source, place.what);
    return bytes;
  }
}
