import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { findCompilers } from '../../../src/build/host-compilers.js';
import { targetNames, targetOf, type TargetName } from '../../../src/build/target.js';

describe('findCompilers', () => {
  let bin = '';
  beforeEach(async () => {
    bin = await mkdtemp(join(tmpdir(), 'bin '));
    await writeFile(join(bin, 'timeout'), '');
  });
  afterEach(async () => {
    await rm(bin, { recursive: true });
  });

  const find = async (
    names: readonly TargetName[],
    programs: readonly string[],
    arch = 'amd64',
  ): Promise<readonly { cc: string; cxx: string }[]> => {
    for (const program of programs) await writeFile(join(bin, program), '');
    return findCompilers(
      { targets: names.map(targetOf), arch, path: `relative::${bin}:/no/such` },
      createFiles(),
    );
  };

  test("takes the machine's own compiler for its own architecture, and Debian's for the others", async () => {
    expect(await find(['linux-amd64', 'linux-arm64'], ['gcc', 'aarch64-linux-gnu-gcc'])).toEqual([
      { cc: 'gcc', cxx: 'g++' },
      { cc: 'aarch64-linux-gnu-gcc', cxx: 'aarch64-linux-gnu-g++' },
    ]);
  });

  test('knows the native architecture: on arm64, amd64 is the one to cross', async () => {
    expect(await find(['linux-amd64', 'linux-arm64'], ['gcc', 'x86_64-linux-gnu-gcc'], 'arm64')).toEqual([
      { cc: 'x86_64-linux-gnu-gcc', cxx: 'x86_64-linux-gnu-g++' },
      { cc: 'gcc', cxx: 'g++' },
    ]);
  });

  test.each([
    ['cc', { cc: 'cc', cxx: 'c++' }],
    ['x86_64-linux-gnu-gcc', { cc: 'x86_64-linux-gnu-gcc', cxx: 'x86_64-linux-gnu-g++' }],
  ])('is content with %s', async (program, compiler) => {
    expect(await find(['linux-amd64'], [program])).toEqual([compiler]);
  });

  test('names all that is missing in one line', async () => {
    await expect(find(targetNames, [])).rejects.toMatchObject({
      kind: 'surroundings',
      code: 'missing-compiler',
      what: 'this machine has no C compiler for linux-amd64, linux-arm64, linux-arm-7, linux-386, linux-riscv64',
      remedy: expect.stringContaining(
        'sudo apt-get install -y gcc g++ libc6-dev gcc-aarch64-linux-gnu g++-aarch64-linux-gnu gcc-arm-linux-gnueabihf g++-arm-linux-gnueabihf gcc-i686-linux-gnu g++-i686-linux-gnu gcc-riscv64-linux-gnu g++-riscv64-linux-gnu',
      ),
    });
  });

  test('says so where timeout is missing', async () => {
    await rm(join(bin, 'timeout'));
    await expect(find(['linux-amd64'], ['gcc'])).rejects.toMatchObject({
      code: 'missing-timeout',
      remedy: expect.stringContaining('apt-get install -y coreutils'),
    });
  });
});
