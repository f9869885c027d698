import { expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { plainGoVersion, readPluginAbi } from '../../../src/verify/plugin-abi.js';
import { bytesSource, tinyBytes } from '../../support/elf.js';

const changed = (...replacements: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(
    replacements.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      tinyBytes('linux-amd64').toString('latin1'),
    ),
    'latin1',
  );

test.each(targetNames)('what a plugin for %s says of itself', (target) => {
  const plugin = readPluginAbi(bytesSource(tinyBytes(target), 'p.so'));
  expect(plugin).toMatchObject({
    file: 'p.so',
    elf: targetOf(target).elf,
    main: 'example.com/tiny.plugin',
    missing: [],
    goVersion: '1.26.0',
    flags: { CGO_ENABLED: '1' },
  });
  expect(plugin.packages.size).toBe(10);
  expect(plugin.modules?.map(({ path }) => path)).toContain('example.com/tiny.plugin');
});

test('without build info the main package is the one with a function main', () => {
  const plugin = readPluginAbi(bytesSource(changed(['.go.buildinfo\0', '.go.something\0'])));
  expect(plugin).toMatchObject({
    main: 'example.com/tiny.plugin',
    missing: [],
    goVersion: null,
    modules: null,
    flags: null,
  });
});

test('a function of another package or a method does not count', () => {
  const plugin = readPluginAbi(
    bytesSource(changed(['plugin.GetGotifyPluginInfo', 'plugin.GetGotifyPluginInfX'])),
  );
  expect(plugin.missing).toEqual(['GetGotifyPluginInfo']);
});

test('without a main package any function of the name counts', () => {
  const plugin = readPluginAbi(
    bytesSource(changed(['.go.buildinfo\0', '.go.something\0'], ['%2eplugin.main\0', '%2eplugin.mine\0'])),
  );
  expect(plugin).toMatchObject({ main: null, missing: [] });
});

test('a symbol that is only needed, not defined, is missing', () => {
  const bytes = tinyBytes('linux-amd64');
  const plugin = readPluginAbi(bytesSource(bytes));
  expect(plugin.missing).toEqual([]);
  const name = bytes.indexOf('example.com/tiny%2eplugin.NewGotifyPluginInstance');
  const dynstr = bytes.readBigUInt64LE(dynamicEntry(bytes, 5));
  const dynsym = Number(bytes.readBigUInt64LE(dynamicEntry(bytes, 6)));
  for (let at = dynsym; at < Number(dynstr); at += 24) {
    if (bytes.readUInt32LE(at) === name - Number(dynstr)) bytes.writeUInt16LE(0, at + 6);
  }
  expect(readPluginAbi(bytesSource(bytes)).missing).toEqual(['NewGotifyPluginInstance']);
});

/** Where .dynamic keeps the value of a tag: the tiny files are loaded at address 0, so addresses are offsets there. */
function dynamicEntry(bytes: Buffer, tag: number): number {
  const programHeaders = Number(bytes.readBigUInt64LE(32));
  for (let index = 0; index < bytes.readUInt16LE(56); index++) {
    const header = programHeaders + index * bytes.readUInt16LE(54);
    if (bytes.readUInt32LE(header) !== 2) continue;
    for (let at = Number(bytes.readBigUInt64LE(header + 8)); ; at += 16) {
      if (bytes.readUInt32LE(at) === tag) return at + 8;
    }
  }
  throw new Error('no .dynamic');
}

test.each([
  ['go1.26.0', '1.26.0'],
  ['go1.19', '1.19'],
  ['go1.26.0 X:nogreenteagc', '1.26.0'],
  ['devel go1.27', 'devel'],
] as const)('%s is Go %s', (named, plain) => {
  expect(plainGoVersion(named)).toBe(plain);
});
