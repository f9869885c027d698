import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { crc32, unzipEntry } from '../../../src/gotify/unzip.js';
import { zipOf } from '../../support/zip.js';

const bytes = Buffer.from('a server, in a way '.repeat(1000));
const name = 'gotify-linux-amd64';
const limit = 1_000_000;

describe('unzipEntry', () => {
  test('reads a zip file of this machine where it is', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'unzip '));
    try {
      const zip = join(dir, 'a.zip');

      writeFileSync(
        zip,
        zipOf([
          { name: 'other', bytes: Buffer.alloc(1000) },
          { name, bytes },
        ]),
      );
      expect(await unzipEntry({ zip, entry: name, limit })).toEqual({ kind: 'bytes', bytes });
      expect(await unzipEntry({ zip, entry: 'none', limit })).toEqual({
        kind: 'refused',
        because: 'it holds no none',
      });
      expect((await unzipEntry({ zip: join(dir, 'gone'), entry: name, limit })).kind).toBe('refused');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test('gives the one entry asked for', async () => {
    const zip = zipOf([
      { name: 'LICENSE', bytes: Buffer.from('MIT') },
      { name, bytes },
      { name: 'licenses/x', bytes },
    ]);
    expect(await unzipEntry({ zip, entry: name, limit })).toEqual({ kind: 'bytes', bytes });
  });

  test('an empty entry is empty', async () => {
    const unzipped = await unzipEntry({ zip: zipOf([{ name, bytes: Buffer.of() }]), entry: name, limit });
    expect(unzipped).toEqual({ kind: 'bytes', bytes: Buffer.of() });
  });

  test.each([
    ['another name', [{ name: 'gotify', bytes }], 'it holds no gotify-linux-amd64'],
    ['the name in a folder', [{ name: `build/${name}`, bytes }], 'it holds no gotify-linux-amd64'],
    [
      'the name twice',
      [
        { name, bytes },
        { name, bytes },
      ],
      'more than once',
    ],
    [
      'an entry that leads out of the folder',
      [
        { name: '../evil', bytes },
        { name, bytes },
      ],
      '../evil',
    ],
    [
      'an absolute entry',
      [
        { name: '/etc/passwd', bytes },
        { name, bytes },
      ],
      '/etc/passwd',
    ],
    [
      'a symbolic link',
      [{ name, bytes: Buffer.from('/etc/passwd'), mode: 0o120777 }],
      'not an ordinary file',
    ],
    ['an encrypted entry', [{ name, bytes, encrypted: true }], 'encrypted'],
    ['a wrong CRC', [{ name, bytes, crc: 1 }], 'the CRC of gotify-linux-amd64 is wrong'],
    ['more data than it says', [{ name, bytes, size: bytes.length - 1 }], 'too many bytes'],
    ['fewer data than it says', [{ name, bytes, size: bytes.length + 1 }], 'not enough bytes'],
    ['too much', [{ name, bytes: Buffer.alloc(limit + 1) }], 'more than 1000000'],
  ])('refuses %s', async (_, entries, because) => {
    const unzipped = await unzipEntry({ zip: zipOf(entries), entry: name, limit });
    expect(unzipped).toEqual({ kind: 'refused', because: expect.stringContaining(because) });
  });

  test('refuses what is no zip, and every zip that was cut', async () => {
    const zip = zipOf([{ name, bytes }]);
    for (let size = 0; size < zip.length; size++) {
      const unzipped = await unzipEntry({ zip: zip.subarray(0, size), entry: name, limit });
      expect(unzipped.kind).toBe('refused');
    }
  });

  test('gives the right bytes or none where any byte is wrong', async () => {
    const zip = zipOf([{ name, bytes }]);
    const kinds = new Set<string>();
    for (let at = 0; at < zip.length; at++) {
      const damaged = Uint8Array.from(zip);
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const unzipped = await unzipEntry({ zip: damaged, entry: name, limit });
      kinds.add(unzipped.kind);
      if (unzipped.kind === 'bytes') expect(Buffer.compare(unzipped.bytes, bytes)).toBe(0);
    }
    // Some bytes, such as an entry's time, mean nothing here.
    expect([...kinds].sort()).toEqual(['bytes', 'refused']);
  });

  test.each([
    [
      "Python's zipfile",
      'UEsDBBQAAAAIANpdeF0hwQxpFQAAABMAAAASAAAAZ290aWZ5LWxpbnV4LWFtZDY0S1QoTi0qSy3SUcjMU0hUKE+sVAAAUEsBAhQDFAAAAAgA2l14XSHBDGkVAAAAEwAAABIAAAAAAAAAAAAAAKSBAAAAAGdvdGlmeS1saW51eC1hbWQ2NFBLBQYAAAAAAQABAEAAAABFAAAAAAA=',
    ],
    [
      // The sizes stand behind the data, and there is no Unix mode.
      "Go's archive/zip",
      'UEsDBBQACAAIAAAAAAAAAAAAAAAAAAAAAAASAAAAZ290aWZ5LWxpbnV4LWFtZDY0SlQoTi0qSy3SUcjMU0hUKE+sVAAEAAD//1BLBwghwQxpGQAAABMAAABQSwECFAAUAAgACAAAAAAAIcEMaRkAAAATAAAAEgAAAAAAAAAAAAAAAAAAAAAAZ290aWZ5LWxpbnV4LWFtZDY0UEsFBgAAAAABAAEAQAAAAFkAAAAAAA==',
    ],
  ])('reads what %s writes', async (_, base64) => {
    const unzipped = await unzipEntry({ zip: Buffer.from(base64, 'base64'), entry: name, limit });
    expect(unzipped).toEqual({ kind: 'bytes', bytes: Buffer.from('a server, in a way ') });
  });
});

describe('crc32', () => {
  test.each([
    ['', 0],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of %j', (text, expected) => {
    expect(crc32(Buffer.from(text))).toBe(expected);
  });
});
