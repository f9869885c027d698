import { type Entry, fromBuffer, open as openFile, type ZipFile } from 'yauzl';

/** What came out of a zip file, or why nothing did. */
export type Unzipped =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly because: string };

export interface UnzipRequest {
  /** Its bytes, or its path: then it is read only where it has to be. */
  readonly zip: Uint8Array | string;
  /** The one entry wanted, by its exact name: no other is unpacked, whatever the zip holds. */
  readonly entry: string;
  /** How many bytes the entry may have. */
  readonly limit: number;
}

/**
 * One entry of a zip file, its size and CRC-32 checked.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function unzipEntry({ zip, entry: name, limit }: UnzipRequest): Promise<Unzipped> {
  let file: ZipFile | null = null;
  try {
    file = await open(zip);
    const [entry, ...others] = (await entriesOf(file)).filter(({ fileName }) => fileName === name);
    if (entry === undefined) return refused(`it holds no ${name}`);
    if (others.length > 0) return refused(`it holds ${name} more than once`);
    const problem = problemOf(entry, limit);
    if (problem !== null) return refused(problem);
    const bytes = await read(file, entry);
    return crc32(bytes) === entry.crc32 ? { kind: 'bytes', bytes } : refused(`the CRC of ${name} is wrong`);
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  } finally {
    file?.close();
  }
}

function refused(because: string): Unzipped {
  return { kind: 'refused', because };
}

/** Upper half of the attributes that Unix zips write: the file's mode. */
const fileTypeMask = 0o170000;
const regularFile = 0o100000;

function problemOf(entry: Entry, limit: number): string | null {
  const { fileName, uncompressedSize, externalFileAttributes, generalPurposeBitFlag } = entry;
  if (uncompressedSize > limit)
    return `${fileName} has ${String(uncompressedSize)} bytes, more than ${String(limit)}`;
  if ((generalPurposeBitFlag & 1) !== 0) return `${fileName} is encrypted`;
  const type = (externalFileAttributes >>> 16) & fileTypeMask;
  return type === 0 || type === regularFile ? null : `${fileName} is not an ordinary file`;
}

function open(zip: Uint8Array | string): Promise<ZipFile> {
  const options = { lazyEntries: true, validateEntrySizes: true, autoClose: false };
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, file: ZipFile): void => {
      if (error === null) resolve(file);
      else reject(error);
    };
    if (typeof zip === 'string') openFile(zip, options, done);
    else fromBuffer(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), options, done);
  });
}

function entriesOf(file: ZipFile): Promise<readonly Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    file.on('entry', (entry: Entry) => {
      entries.push(entry);
      file.readEntry();
    });
    file.once('end', () => {
      resolve(entries);
    });
    file.once('error', reject);
    file.readEntry();
  });
}

function read(file: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    file.openReadStream(entry, (error, stream) => {
      if (error !== null) {
        reject(error);
        return;
      }
      // One buffer of the size that the entry declares: yauzl fails where the data are more or fewer.
      const bytes = Buffer.allocUnsafe(entry.uncompressedSize);
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.copy(bytes, size);
      });
      stream.once('end', () => {
        resolve(bytes.subarray(0, size));
      });
      stream.once('error', reject);
    });
  });
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});

/** The CRC of zip files (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  // By index: an iterator takes several times as long over the 40 MB of a server.
  for (let at = 0; at < bytes.length; at++)
    crc = (crcTable[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
