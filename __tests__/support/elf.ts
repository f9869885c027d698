import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TargetName } from '../../src/build/target.js';
import type { ByteSource } from '../../src/ports.js';

const folder = fileURLToPath(new URL('../fixtures/elf/', import.meta.url));

/** The path of the small shared object of a target (see fixtures/elf/make.mjs). */
export function tinyPath(target: TargetName): string {
  return `${folder}${target}.so`;
}

export function tinyBytes(target: TargetName): Buffer {
  return readFileSync(tinyPath(target));
}

/** What readelf said of it when it was made. */
export function tinyReadelf(target: TargetName): Readelf {
  return parseReadelf(readFileSync(`${folder}${target}.readelf.txt`, 'utf8'));
}

/** Bytes in memory as a file, counting what is read of them. */
export function bytesSource(
  bytes: Uint8Array,
  name = 'test.so',
): ByteSource & { readonly total: () => number } {
  let total = 0;
  return {
    name,
    size: bytes.length,
    read: (offset, length) => {
      const part = bytes.subarray(offset, offset + length);
      total += part.length;
      return part;
    },
    readInto: (offset, into) => {
      const part = bytes.subarray(offset, offset + into.length);
      total += part.length;
      into.set(part);
      return part.length;
    },
    total: () => total,
  };
}

/** The arguments of readelf whose output parseReadelf reads; run it with LC_ALL=C. */
export const readelfArgs = ['-W', '-h', '-S', '--dyn-syms', '-d', '-V'] as const;

export interface Readelf {
  readonly class: number;
  readonly machine: string;
  readonly sections: readonly {
    readonly name: string;
    readonly address: number;
    readonly offset: number;
    readonly size: number;
  }[];
  readonly symbols: readonly {
    readonly name: string;
    readonly address: number;
    readonly size: number;
    readonly type: string;
    readonly section: string;
  }[];
  readonly needed: readonly string[];
  /** GLIBC versions as in the version needs section. */
  readonly glibc: readonly string[];
}

export function parseReadelf(text: string): Readelf {
  const all = (pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];
  const hex = (digits: string | undefined): number => Number.parseInt(digits ?? '', 16);
  return {
    class: Number(/Class: +ELF(\d+)/.exec(text)?.[1]),
    machine: /Machine: +(.*)/.exec(text)?.[1] ?? '',
    sections: all(/^ +\[ *\d+\] (\S*) +[A-Z_]+ +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) [0-9a-f]{2} /gm).map(
      ([, name = '', address, offset, size]) => ({
        name,
        address: hex(address),
        offset: hex(offset),
        size: hex(size),
      }),
    ),
    symbols: all(/^ +\d+: ([0-9a-f]+) +(\d+) (\w+) +\w+ +\w+ +(\w+) (\S+)/gm).map(
      ([, address, size, type = '', section = '', name = '']) => ({
        name,
        address: hex(address),
        size: Number(size),
        type,
        section,
      }),
    ),
    needed: all(/\(NEEDED\) +Shared library: \[(.*)\]/g).map(([, library = '']) => library),
    glibc: all(/Name: GLIBC_([0-9.]+) /g).map(([, version = '']) => version),
  };
}

/** The package hashes by readelf's account: symbol, section, and the bytes at the place that they name. */
export function hashesByReadelf(said: Readelf, bytes: Uint8Array): ReadonlyMap<string, string> {
  const prefix = 'go:link.pkghashbytes.';
  const hashes = said.symbols.filter(({ name }) => name.startsWith(prefix));
  return new Map(
    hashes.map(({ name, address, size, section }) => {
      const holder = said.sections[Number(section)];
      if (holder === undefined) throw new Error(`readelf has no section ${section}`);
      const at = holder.offset + address - holder.address;
      return [name.slice(prefix.length), Buffer.from(bytes.subarray(at, at + size)).toString('hex')];
    }),
  );
}

/** Numbers that are the same in every run (mulberry32), in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
