import { describe, expect, test } from '@jest/globals';
import { targetNames, type TargetName } from '../../../src/build/target.js';
import { Failure } from '../../../src/errors.js';
import { compare } from '../../../src/verify/compare.js';
import { readLayout } from '../../../src/verify/elf-sections.js';
import { linkHashes, readElf } from '../../../src/verify/elf.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { readPluginAbi } from '../../../src/verify/plugin-abi.js';
import { manifestOf } from '../../../src/verify/read-manifest.js';
import { bytesSource, seeded, tinyBytes } from '../../support/elf.js';

/** 10,000 damaged files in all: as many for each target. */
const perTarget = 2000;

interface Region {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** The parts of a file that the reader looks at. */
function regionsOf(bytes: Buffer): readonly Region[] {
  const layout = readLayout(bytesSource(bytes));
  const is64 = layout.identity.class === 64;
  const tableOffset = is64 ? Number(bytes.readBigUInt64LE(40)) : bytes.readUInt32LE(32);
  const named = [
    '.dynsym',
    '.dynstr',
    '.gnu.version_r',
    '.dynamic',
    '.go.buildinfo',
    '.shstrtab',
    '.rodata',
  ].map((name) => {
    const section = layout.sections.find((candidate) => candidate.name === name);
    if (section === undefined) throw new Error(`no ${name}`);
    return { name, offset: section.offset, size: section.size };
  });
  return [
    { name: 'header', offset: 0, size: is64 ? 64 : 52 },
    { name: 'section table', offset: tableOffset, size: (is64 ? 64 : 40) * layout.sections.length },
    ...named,
  ];
}

/** Values that break careless readers: none, all, signs, sizes just off, and anything. */
function nastyByte(random: () => number, old: number): number {
  const choices = [
    0,
    0xff,
    0x7f,
    0x80,
    1,
    old + 1,
    old - 1,
    old ^ (1 << Math.floor(random() * 8)),
    Math.floor(random() * 256),
  ];
  return (choices[Math.floor(random() * choices.length)] ?? 0) & 0xff;
}

function mutate(sound: Buffer, region: Region, random: () => number): Buffer {
  const bytes = Buffer.from(sound);
  const within = (size: number): number =>
    region.offset + Math.floor(random() * Math.max(1, region.size - size + 1));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return bytes.subarray(0, within(1));
  const width = kind === 1 ? 1 : kind === 2 ? 4 : 8;
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const at = within(width);
    const fill = kind === 1 ? null : nastyByte(random, 0);
    for (let index = at; index < Math.min(at + width, bytes.length); index++)
      bytes[index] = fill ?? nastyByte(random, bytes[index] ?? 0);
  }
  return bytes;
}

interface Tally {
  readonly outcomes: Record<string, number>;
  readonly regions: Record<string, number>;
  slowest: number;
  mostRead: number;
}

function run(target: TargetName, manifest: AbiManifest, tally: Tally): void {
  const sound = tinyBytes(target);
  const regions = regionsOf(sound);
  const random = seeded(targetNames.indexOf(target) + 1);
  for (let count = 0; count < perTarget; count++) {
    const region = regions[count % regions.length];
    if (region === undefined) throw new Error('no region');
    const source = bytesSource(mutate(sound, region, random), 'damaged.so');
    const begun = performance.now();
    const outcome = outcomeOf(
      () => compare(readPluginAbi(source), manifest, { target, server: 'v9.9.9', serverModules: [] }).kind,
    );
    tally.slowest = Math.max(tally.slowest, performance.now() - begun);
    tally.mostRead = Math.max(tally.mostRead, source.total());
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
    tally.regions[region.name] = (tally.regions[region.name] ?? 0) + 1;
  }
}

/** A verdict's kind, or a Failure's code; anything else thrown ends the test. */
function outcomeOf(call: () => string): string {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    expect(error.kind).toBe('input');
    expect(error.where).toEqual({ kind: 'file', file: 'damaged.so' });
    return error.code;
  }
}

const manifestOfTiny = (target: TargetName): AbiManifest =>
  manifestOf(bytesSource(tinyBytes(target)), { server: 'v9.9.9', target, origin: 'a test' });

describe('10,000 damaged files', () => {
  test('each gives a verdict or a Failure that names the file, within a second and a few reads', () => {
    const tally: Tally = { outcomes: {}, regions: {}, slowest: 0, mostRead: 0 };
    for (const target of targetNames) run(target, manifestOfTiny(target), tally);
    const total = Object.values(tally.outcomes).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(10_000);
    expect(Object.keys(tally.regions)).toHaveLength(9);
    expect(Object.keys(tally.outcomes).sort()).toEqual([
      'big-endian-elf',
      'loads',
      'malformed-elf',
      'not-elf',
      'rejected',
      'undecided',
    ]);
    expect(tally.slowest).toBeLessThan(1000);
    expect(tally.mostRead).toBeLessThan(100_000);
  });

  test('a changed hash byte never passes', () => {
    const sound = tinyBytes('linux-arm-7');
    const manifest = manifestOfTiny('linux-arm-7');
    const layout = readLayout(bytesSource(sound));
    const hashes = [...linkHashes(readElf(bytesSource(sound))).values()];
    const rodata = layout.sections.find((section) => section.name === '.rodata')?.offset ?? 0;
    const first = sound.indexOf(Buffer.from(hashes[0] ?? '', 'hex'), rodata);
    expect(first).toBeGreaterThan(rodata - 1);
    const spans = hashes.map((hash) => sound.indexOf(Buffer.from(hash, 'hex'), rodata));
    for (const at of spans.flatMap((start) => Array.from({ length: 8 }, (_, index) => start + index))) {
      const bytes = Buffer.from(sound);
      bytes[at] = (bytes[at] ?? 0) ^ 0x40;
      const plugin = readPluginAbi(bytesSource(bytes));
      expect(
        compare(plugin, manifest, { target: 'linux-arm-7', server: 'v9.9.9', serverModules: [] }).kind,
      ).toBe('rejected');
    }
  });
});
