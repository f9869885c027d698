import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { targetNames, targetOf } from '../../../src/build/target.js';
import { machineText, manifestJson, manifestOf, parseManifest } from '../../../src/verify/read-manifest.js';
import { bytesSource, tinyBytes } from '../../support/elf.js';
import { failureIn } from '../../support/failure-in.js';

const abi = fileURLToPath(new URL('../../../catalog/abi/', import.meta.url));

test.each(targetNames)('a manifest read from a binary for %s survives its JSON', (target) => {
  const manifest = manifestOf(bytesSource(tinyBytes(target)), { server: 'v9.9.9', target, origin: 'a test' });
  expect(manifest).toMatchObject({
    server: 'v9.9.9',
    target,
    goVersion: '1.26.0',
    elf: targetOf(target).elf,
    flags: { CGO_ENABLED: '1' },
  });
  expect(manifest.packages.get('gopkg.in/yaml.v3')).toBe('5051525354555657');
  expect(manifest.needed).toEqual(['libm.so.6', 'libc.so.6']);
  expect(manifest.modules?.length).toBe(4);
  expect(parseManifest(manifestJson(manifest), 'm.json')).toEqual(manifest);
});

describe.each(readdirSync(abi).filter((name) => name.endsWith('.json')))('the catalog has %s', (name) => {
  const text = readFileSync(`${abi}${name}`, 'utf8');
  const manifest = parseManifest(text, name);

  test('it is of what its name says, and of a whole server', () => {
    expect(name).toBe(`${manifest.server}-${manifest.target}.json`);
    expect(manifest.packages.size).toBeGreaterThan(290);
    expect(manifest.packages.has('runtime')).toBe(true);
    expect(manifest.packages.has('main')).toBe(false);
  });

  test('it survives being written', () => {
    expect(parseManifest(manifestJson(manifest), name)).toEqual(manifest);
  });
});

describe('what is no manifest', () => {
  const good = {
    server: 'v1.0.0',
    target: 'linux-amd64',
    go: '1.26.0',
    origin: 'x',
    packages: { fmt: 'eb6863262d9c5615' },
  };
  const whatOf = (value: unknown): string =>
    failureIn(() => parseManifest(JSON.stringify(value), 'm.json')).what;

  test('the smallest one is fine, and other keys are ignored', () => {
    const { packages, ...rest } = parseManifest(JSON.stringify({ ...good, more: 1 }), 'm.json');
    expect([...packages]).toEqual([['fmt', 'eb6863262d9c5615']]);
    expect(rest).toEqual({ server: 'v1.0.0', target: 'linux-amd64', goVersion: '1.26.0', origin: 'x' });
  });

  test('GLIBC null is kept apart from no GLIBC', () => {
    expect(parseManifest(JSON.stringify({ ...good, glibc: null }), 'm.json').glibc).toBeNull();
    expect(parseManifest(JSON.stringify(good), 'm.json')).not.toHaveProperty('glibc');
  });

  test.each([
    [[], 'the whole text is not an object'],
    [null, 'the whole text is not an object'],
    [{}, 'server is missing'],
    [{ ...good, server: 3 }, 'server is not a text'],
    [
      { ...good, target: 'linux-mips' },
      'target is not one of linux-amd64, linux-arm64, linux-arm-7, linux-386, linux-riscv64',
    ],
    [{ ...good, packages: [] }, 'packages is not an object'],
    [{ ...good, packages: { 'a/b': 'xyz' } }, 'packages["a/b"] is not a hash in hex'],
    [{ ...good, packages: { 'a/b': 'EB68' } }, 'packages["a/b"] is not a hash in hex'],
    [{ ...good, glibc: 'new' }, 'glibc is not a version such as 2.34'],
    [{ ...good, needed: 'libc.so.6' }, 'needed is not a list'],
    [{ ...good, needed: ['libc.so.6', 1] }, 'needed[1] is not a text'],
    [{ ...good, elf: { class: 16, machine: 1 } }, 'elf.class is neither 32 nor 64'],
    [{ ...good, elf: { class: 64, machine: -1 } }, 'elf.machine is not a whole number'],
    [{ ...good, modules: [{ path: 'a' }] }, 'modules[0].version is missing'],
    [{ ...good, flags: { a: true } }, 'flags["a"] is not a text'],
  ])('%j', (value, what) => {
    expect(whatOf(value)).toBe(what);
  });

  test('a text that is no JSON', () => {
    const failure = failureIn(() => parseManifest('{"server": ', 'm.json'));
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'malformed-manifest',
      where: { kind: 'file', file: 'm.json' },
    });
    expect(failure.what).toMatch(/^is not JSON/);
    expect(failure.cause).toBeDefined();
  });
});

describe('binaries that cannot be a server', () => {
  const about = { server: 'v9.9.9', target: 'linux-arm64', origin: 'a test' } as const;

  test('another machine', () => {
    const failure = failureIn(() => manifestOf(bytesSource(tinyBytes('linux-386'), 'gotify'), about));
    expect(failure).toMatchObject({ code: 'wrong-target', where: { kind: 'file', file: 'gotify' } });
    expect(failure.what).toBe('a file for linux-386, where one for linux-arm64 is needed');
  });

  test('no package hashes', () => {
    const text = tinyBytes('linux-arm64').toString('latin1').replaceAll('pkghashbytes', 'pkghashbXtes');
    expect(failureIn(() => manifestOf(bytesSource(Buffer.from(text, 'latin1')), about)).code).toBe(
      'no-plugin-host',
    );
  });

  test('this very Node is no gotify', () => {
    const target = process.arch === 'arm64' ? 'linux-arm64' : 'linux-amd64';
    const node = bytesSource(readFileSync(process.execPath), process.execPath);
    expect(failureIn(() => manifestOf(node, { ...about, target })).code).toBe('no-plugin-host');
  });
});

test('an architecture that gotify has no servers for', () => {
  expect(machineText({ class: 64, machine: 21 })).toBe('ELF machine 21, 64 bits');
});
