import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { createToolchainInstaller } from '../../../src/adapters/toolchain.js';
import { findToolchain, type ToolchainSearch } from '../../../src/build/toolchain.js';
import { startGoSite } from '../../support/host/go-site.js';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'go site '));
});
afterAll(async () => {
  // Go makes its module cache read-only.
  execFileSync('chmod', ['-R', 'u+w', dir]);
  await rm(dir, { recursive: true });
});

/** A PATH with nothing but what unpacking needs. */
async function pathWithoutGo(): Promise<string> {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  for (const name of ['tar', 'gzip', 'sh']) {
    await symlink(
      execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(),
      join(bin, name),
    );
  }
  return bin;
}

test('a machine without Go gets the exact toolchain from the download site, once', async () => {
  const goVersion = '1.26.0';
  const installerOf = (site: string): ReturnType<typeof createToolchainInstaller> =>
    createToolchainInstaller({ site, detail: () => undefined });
  const ports = { runner: createRunner(), files: createFiles(), clock: { now: Date.now } };
  const search = (folder: string, env: ToolchainSearch['env']): ToolchainSearch => ({
    goVersion,
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
    folder: join(dir, folder),
    modCache: join(dir, 'mod'),
    timeoutMinutes: 20,
    env,
  });
  const { goroot: real } = await findToolchain(search('real', process.env), {
    ...ports,
    installer: installerOf('http://127.0.0.1:1'),
  });
  const archive = join(dir, 'go.tar.gz');
  const rename = `s,^${basename(real)},go,`;
  execFileSync('tar', [
    '-I',
    'gzip -1',
    '-cf',
    archive,
    // As the download site has it: what go itself fetches is read-only.
    '--mode=u+w',
    '--transform',
    rename,
    '-C',
    dirname(real),
    basename(real),
  ]);
  const name = `go${goVersion}.linux-${search('', {}).arch}.tar.gz`;
  const site = await startGoSite({ [name]: { file: archive } });

  try {
    const bare = search('installed', { PATH: await pathWithoutGo() });
    const installed = { ...ports, installer: installerOf(site.url) };
    const { goroot, unchecked } = await findToolchain(bare, installed);

    expect(await findToolchain(bare, installed)).toEqual({ goroot, unchecked });
    expect(unchecked).toBeNull();
    expect(site.requests).toEqual([`/dl/${name}.sha256`, `/dl/${name}`]);
    expect(goroot.startsWith(join(dir, 'installed'))).toBe(true);
    const env = { HOME: dir, GOTOOLCHAIN: 'local' };
    expect(execFileSync(join(goroot, 'bin', 'go'), ['version'], { env, encoding: 'utf8' })).toContain(
      `go${goVersion} `,
    );
    expect((await readdir(join(goroot, 'pkg', 'tool'))).length).toBeGreaterThan(0);
  } finally {
    await site.close();
  }
});
