import { describe, expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { compareGlibc } from '../../../src/verify/elf-dynamic.js';
import { readLayout } from '../../../src/verify/elf-sections.js';
import { readSymbols } from '../../../src/verify/elf-symbols.js';
import { functionOwners, linkHashes, readElf } from '../../../src/verify/elf.js';
import { bytesSource, hashesByReadelf, tinyBytes, tinyReadelf } from '../../support/elf.js';
import { failureIn } from '../../support/failure-in.js';

describe.each(targetNames)('the ELF reader and readelf agree on %s', (target) => {
  const bytes = tinyBytes(target);
  const said = tinyReadelf(target);
  const elf = readElf(bytesSource(bytes));

  test('class and machine', () => {
    expect(elf.identity).toEqual(targetOf(target).elf);
    expect(elf.identity.class).toBe(said.class);
  });

  test('section names, addresses, offsets and sizes', () => {
    const ours = elf.layout.sections
      .slice(1)
      .map(({ name, address, offset, size }) => ({ name, address, offset, size }));
    expect(ours).toEqual(said.sections.slice(-ours.length));
    expect(ours.length).toBeGreaterThan(10);
  });

  test('every wanted symbol, and no other', () => {
    const wanted = said.symbols.filter(({ name }) =>
      /^go:link\.pkghashbytes\.|\.(GetGotifyPluginInfo|NewGotifyPluginInstance)$/.test(name),
    );
    const ours = elf.symbols.map(({ name, address, size, isFunction }) => ({
      name,
      address,
      size,
      type: isFunction ? 'FUNC' : 'OBJECT',
    }));
    expect(ours).toEqual(wanted.map(({ name, address, size, type }) => ({ name, address, size, type })));
    expect(ours).toHaveLength(13);
  });

  test('package hashes', () => {
    expect(linkHashes(elf)).toEqual(hashesByReadelf(said, bytes));
    expect(linkHashes(elf).get('fmt')).toBe('1011121314151617');
    expect(linkHashes(elf).size).toBe(10);
  });

  test('libraries and the newest GLIBC', () => {
    expect(elf.needed).toEqual(said.needed);
    expect(elf.glibc).toBe([...said.glibc].sort(compareGlibc).at(-1));
  });

  test('functions belong to their package; methods to none', () => {
    expect(functionOwners(elf, 'GetGotifyPluginInfo')).toContain('example.com/tiny.plugin');
    expect(functionOwners(elf, 'main')).toEqual(['example.com/tiny.plugin']);
  });
});

test('hashes of Go before 1.20, and that of a main package called main', () => {
  const bytes = tinyBytes('linux-amd64');
  const text = bytes
    .toString('latin1')
    .replaceAll('go:link.pkghashbytes.', 'go.link.pkghashbytes.')
    .replace('bytes.errors\0', 'bytes.main\0ut');
  const hashes = linkHashes(readElf(bytesSource(Buffer.from(text, 'latin1'))));
  expect(hashes.get('fmt')).toBe('1011121314151617');
  expect(hashes.has('main')).toBe(true);
  expect(hashes.size).toBe(10);
});

test('only what is needed of a file is read', () => {
  const large = Buffer.concat([tinyBytes('linux-amd64'), Buffer.alloc(30_000_000)]);
  const source = bytesSource(large);
  linkHashes(readElf(source));
  expect(source.total()).toBeLessThan(20_000);
});

describe('a string table of several windows', () => {
  // The table moves to the end of the file, behind padding, so that its names lie across the edges of what is read.
  const sound = tinyBytes('linux-amd64');
  const { sections } = readElf(bytesSource(sound)).layout;
  const sectionOf = (name: string) => {
    const index = sections.findIndex((section) => section.name === name);
    const section = sections[index];
    if (section === undefined) throw new Error(name);
    return { ...section, header: Number(sound.readBigUInt64LE(40)) + 64 * index };
  };
  const padded = (padding: number): Buffer => {
    const [strings, symbols] = [sectionOf('.dynstr'), sectionOf('.dynsym')];
    const table = Buffer.concat([
      Buffer.alloc(padding, 'x.y\0'),
      sound.subarray(strings.offset, strings.offset + strings.size),
    ]);
    const bytes = Buffer.concat([sound, table]);
    bytes.writeBigUInt64LE(BigInt(sound.length), strings.header + 24);
    bytes.writeBigUInt64LE(BigInt(table.length), strings.header + 32);
    for (let at = symbols.offset + 24; at < symbols.offset + symbols.size; at += 24) {
      bytes.writeUInt32LE(bytes.readUInt32LE(at) + padding, at);
    }
    return bytes;
  };

  test.each([65_536 - 600, 65_536 - 300, 65_536 - 100, 65_536 - 8192, 2 * 65_536 - 8192 - 200, 5_000_000])(
    '%d bytes before the names',
    (padding) => {
      // Not readElf: it reads the names of libraries too, whose offsets stay as they were.
      const read = (bytes: Buffer): readonly string[] =>
        readSymbols(readLayout(bytesSource(bytes)), {
          starting: ['go:link.pkghashbytes.'],
          ending: ['.main'],
        }).map(({ name }) => name);
      const moved = read(padded(padding));
      expect(moved).toEqual(read(sound));
      expect(moved).toHaveLength(11);
    },
  );

  test('a name that is the tail of a longer one', () => {
    const bytes = padded(0);
    const symbols = sectionOf('.dynsym');
    for (let at = symbols.offset + 24; at < symbols.offset + symbols.size; at += 24) {
      const name = bytes.toString('latin1', sound.length + bytes.readUInt32LE(at)).split('\0')[0] ?? '';
      if (name === 'example.com/tiny%2eplugin.main')
        bytes.writeUInt32LE(bytes.readUInt32LE(at) + 'example.com/'.length, at);
    }
    const found = readSymbols(readLayout(bytesSource(bytes)), { starting: [], ending: ['.main'] });
    expect(found.map(({ name }) => name)).toEqual(['tiny%2eplugin.main']);
  });
});

describe('damaged files', () => {
  const sound = tinyBytes('linux-amd64');
  const read = (bytes: Uint8Array): unknown => linkHashes(readElf(bytesSource(bytes, 'plugin.so')));
  const changed = (at: number, ...values: number[]): Buffer => {
    const copy = Buffer.from(sound);
    copy.set(values, at);
    return copy;
  };
  const table = Number(sound.readBigUInt64LE(40));
  const names = readElf(bytesSource(sound)).layout.sections.map((section) => section.name);
  const header = (name: string): number => table + 64 * names.indexOf(name);
  const all = (count: number): number[] => Array.from({ length: count }, () => 0xff);

  test.each([
    ['an empty file', Buffer.alloc(0), 'not-elf', /not an ELF file/],
    ['a text', Buffer.from('#!/bin/sh\necho a plugin\n'), 'not-elf', /not an ELF file/],
    ['big endian', changed(5, 2), 'big-endian-elf', /big endian/],
    ['an unknown byte order', changed(5, 7), 'malformed-elf', /EI_DATA is 7/],
    ['an unknown class', changed(4, 3), 'malformed-elf', /EI_CLASS is 3/],
    ['only the first bytes', sound.subarray(0, 40), 'malformed-elf', /ELF header lies past the end/],
    [
      'a cut file',
      sound.subarray(0, sound.length - 1),
      'malformed-elf',
      /section header table lies past the end/,
    ],
    ['no section headers', changed(60, 0, 0), 'malformed-elf', /e_shnum names no section headers/],
    ['60,000 sections', changed(60, 0x60, 0xea), 'malformed-elf', /e_shnum names 60000 sections/],
    ['section headers too short', changed(58, 8, 0), 'malformed-elf', /e_shentsize is 8/],
    ['names in no section', changed(62, 0x77, 0), 'malformed-elf', /e_shstrndx names section 119/],
    [
      'a section table past 2^53',
      changed(40, ...all(8)),
      'malformed-elf',
      /ELF header has an impossible number/,
    ],
    [
      'a section table past the end',
      changed(40, ...all(4)),
      'malformed-elf',
      /section header table lies past the end/,
    ],
    [
      '.dynsym past the end',
      changed(header('.dynsym') + 24, ...all(4)),
      'malformed-elf',
      /section .dynsym lies past the end/,
    ],
    [
      '.dynsym of 4 GB',
      changed(header('.dynsym') + 32, 0xf0, ...all(3)),
      'malformed-elf',
      /section .dynsym claims 4294967280 bytes/,
    ],
    [
      '.dynsym of a broken size',
      changed(header('.dynsym') + 32, 25),
      'malformed-elf',
      /section .dynsym has a size/,
    ],
    [
      '.dynsym without its strings',
      changed(header('.dynsym') + 40, 99),
      'malformed-elf',
      /sh_link of .dynsym names section 99/,
    ],
    [
      'a .dynstr that ends early',
      changed(header('.dynstr') + 32, 9, 0),
      'malformed-elf',
      /section .dynsym names a text that is not there/,
    ],
    [
      'a .dynstr without bytes',
      changed(header('.dynstr') + 4, 8),
      'malformed-elf',
      /section .dynstr has no bytes/,
    ],
    [
      'hashes outside their section',
      changed(header('.rodata') + 32, 1, 0),
      'malformed-elf',
      /pkghashbytes\S+ lies outside its section .rodata/,
    ],
    [
      '.gnu.version_r past its end',
      changed(header('.gnu.version_r') + 32, 20, 0),
      'malformed-elf',
      /section .gnu.version_r points past its end/,
    ],
  ] as const)('%s', (...[, bytes, code, what]) => {
    const failure = failureIn(() => read(bytes));
    expect(failure).toMatchObject({ kind: 'input', code, where: { kind: 'file', file: 'plugin.so' } });
    expect(failure.what).toMatch(what);
    expect(failure.remedy).not.toBe('');
  });

  test('a hash that is there twice', () => {
    const twice = Buffer.from(sound.toString('latin1').replace('bytes.errors\0', 'bytes.fmt\0ors'), 'latin1');
    expect(failureIn(() => read(twice)).what).toMatch(/pkghashbytes\.fmt is there twice/);
  });

  test('a file that shrinks while it is read', () => {
    const source = { ...bytesSource(sound.subarray(0, 3000), 'plugin.so'), size: sound.length };
    expect(failureIn(() => readElf(source)).what).toMatch(/ends early/);
  });
});

test.each([
  ['2.34', '2.4', 1],
  ['2.34', '2.34', 0],
  ['2.2.5', '2.3', -1],
  ['2.2.5', '2.2', 1],
] as const)('GLIBC %s against %s', (a, b, sign) => {
  expect(Math.sign(compareGlibc(a, b))).toBe(sign);
});
