import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { targetOf, type TargetName } from '../../../src/build/target.js';
import { compareGlibc } from '../../../src/verify/elf-dynamic.js';
import { linkHashes, readElf } from '../../../src/verify/elf.js';
import { isImportable } from '../../../src/verify/reference-host.js';
import { parseReadelf, readelfArgs, hashesByReadelf } from '../../support/elf.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { buildHost, type BuiltHost } from '../../support/host/reference-host.js';
import { catalogManifest, catalogServer } from '../../support/host/server.js';

const minutes = 60_000;

/** The database drivers take a minute of C each: one server of the list has them. */
const slow = /sqlite/;
/** What every plugin shares with the server, at least. */
const usual =
  /^(github\.com\/(gotify\/plugin-api|gin-gonic\/gin|gorilla\/websocket)|golang\.org\/x\/|[a-z0-9/]+$)/;

describe('a reference host has the packages of the real server', () => {
  test.each([
    ['v3.0.0', 'linux-amd64', /./],
    ['v2.9.1', 'linux-amd64', usual],
    ['v2.7.3', 'linux-amd64', usual],
    ['v2.6.3', 'linux-amd64', usual],
    ['v3.0.0', 'linux-arm-7', usual],
    ['v3.0.0', 'linux-arm64', usual],
    ['v3.0.0', 'linux-386', usual],
    ['v3.0.0', 'linux-riscv64', usual],
  ] as const)(
    '%s for %s',
    async (...[tag, target, wanted]) => {
      const real = await catalogManifest(tag, target);
      const names = [...real.packages.keys()].filter((path) => !path.startsWith('github.com/gotify/server/'));
      const packages = names.filter((path) => wanted.test(path) && (wanted !== usual || !slow.test(path)));

      const host = await build(tag, target, packages);

      const differing = [...host.manifest.packages].filter(
        ([path, hash]) => real.packages.get(path) !== hash,
      );
      expect(differing).toEqual([]);
      expect(packages.filter((path) => isImportable(path) && !host.manifest.packages.has(path))).toEqual([]);
      expect(host.manifest.packages.size).toBeGreaterThan(150);
      expect(host.manifest.goVersion).toBe(real.goVersion);
      await agreeWithReadelf(host.file);
    },
    20 * minutes,
  );
});

async function build(tag: string, target: TargetName, packages: readonly string[]): Promise<BuiltHost> {
  const server = await catalogServer(tag);
  const builder = await realHostBuilder({ server });
  await builder.prepare([targetOf(target)]);
  return buildHost({ builder, target: targetOf(target), server, packages });
}

/** The reader against readelf, on a program of tens of MB. */
async function agreeWithReadelf(file: string): Promise<void> {
  const { stdout } = await promisify(execFile)('readelf', [...readelfArgs, file], {
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 2 ** 28,
  });
  const said = parseReadelf(stdout);
  const source = openBytes(file);
  const elf = readElf(source);
  expect(new Map(linkHashes(elf))).toEqual(new Map(hashesByReadelf(said, await readFile(file))));
  expect(elf.needed).toEqual(said.needed);
  expect(elf.glibc).toBe([...said.glibc].sort(compareGlibc).at(-1) ?? null);
  expect(elf.identity.class).toBe(said.class);
  source.close();
}
