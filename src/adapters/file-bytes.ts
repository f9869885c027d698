import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Failure } from '../errors.js';
import type { ByteSource } from '../ports.js';

/**
 * Opens a file for random access. Reads are synchronous: a reader makes many tiny ones, and a promise for each would
 * take longer than the read.
 *
 * @throws Failure (input) where there is no readable file at that path
 */
export function openBytes(path: string): ByteSource & { close(): void } {
  const { descriptor, size } = open(path);
  const available = (offset: number, length: number): number => Math.min(length, Math.max(0, size - offset));
  return {
    name: path,
    size,
    read: (offset, length) => {
      const bytes = Buffer.allocUnsafe(available(offset, length));
      return bytes.subarray(0, readFully(descriptor, offset, bytes));
    },
    readInto: (offset, into) =>
      readFully(descriptor, offset, into.subarray(0, available(offset, into.length))),
    close: () => {
      closeSync(descriptor);
    },
  };
}

function open(path: string): { readonly descriptor: number; readonly size: number } {
  try {
    const descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isFile()) return { descriptor, size: stat.size };
    closeSync(descriptor);
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path, undefined);
}

function unreadable(path: string, cause: unknown): Failure {
  // No instanceof: Node's own errors may come from another realm.
  const reason = cause === undefined ? 'it is not an ordinary file' : String(cause).replace(/^Error: /, '');
  return new Failure('input', {
    code: 'unreadable-file',
    what: `the file cannot be read (${reason})`,
    remedy: 'Give the path of a file that exists and that you may read.',
    where: { kind: 'file', file: path },
    cause,
  });
}

function readFully(descriptor: number, offset: number, into: Uint8Array): number {
  let done = 0;
  while (done < into.length) {
    const count = readSync(descriptor, into, done, into.length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
