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
  const handle = open(path);
  return {
    name: path,
    size: handle.size,
    read: (offset, length) =>
      readFully(handle.descriptor, offset, Math.min(length, Math.max(0, handle.size - offset))),
    close: () => {
      closeSync(handle.descriptor);
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
  const reason = cause instanceof Error ? cause.message : 'it is not an ordinary file';
  return new Failure('input', {
    code: 'unreadable-file',
    what: `the file cannot be read (${reason})`,
    remedy: 'Give the path of a file that exists and that you may read.',
    where: { kind: 'file', file: path },
    cause,
  });
}

function readFully(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(descriptor, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
