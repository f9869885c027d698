import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { createToolchainInstaller } from '../../../src/adapters/toolchain.js';
import { findToolchain, type ToolchainInstaller } from '../../../src/build/toolchain.js';
import { startGoSite, type GoSite } from '../../support/host/go-site.js';

/** What makes a folder a toolchain, for us: its VERSION and its go. */
async function makeToolchain(goroot: string, name: string): Promise<void> {
  await mkdir(join(goroot, 'bin'), { recursive: true });
  await writeFile(join(goroot, 'VERSION'), `${name}\ntime 2026-01-01T00:00:00Z\n`);
  await writeFile(join(goroot, 'bin', 'go'), '#!/bin/sh\n');
}

async function makeArchive(dir: string, name: string): Promise<string> {
  await makeToolchain(join(dir, 'source', 'go'), name);
  const file = join(dir, 'archive.tar.gz');
  execFileSync('tar', ['-czf', file, '-C', join(dir, 'source'), 'go']);
  return file;
}

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tool chain é '));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

describe('findToolchain', () => {
  const noInstaller: ToolchainInstaller = {
    install: () => Promise.reject(new Error('the installer was asked')),
  };

  /** A machine whose only program is a `go` made of this script; null: none. */
  const find = async (
    script: string | null,
    installer = noInstaller,
    goVersion = '1.26.0',
  ): Promise<string> => {
    const bin = join(dir, 'bin');
    await mkdir(bin, { recursive: true });
    if (script !== null) {
      await writeFile(
        join(bin, 'go'),
        `#!/bin/sh\necho "$GOTOOLCHAIN $GOPROXY $GOMODCACHE $*" >>'${dir}/calls'\n${script}\n`,
      );
      await chmod(join(bin, 'go'), 0o755);
    }
    return findToolchain(
      {
        goVersion,
        arch: 'amd64',
        folder: join(dir, 'toolchains'),
        modCache: join(dir, 'mod'),
        env: {
          PATH: bin,
          HOME: dir,
          GOMODCACHE: '/users',
          GOPROXY: 'https://proxy',
          GOTOOLCHAIN: 'auto',
          TOKEN: 'x',
        },
      },
      { runner: createRunner(), files: createFiles(), installer },
    );
  };
  const calls = async (): Promise<readonly string[]> =>
    (await readFile(join(dir, 'calls'), 'utf8')).trim().split('\n');

  test("takes what the machine's go has, without the network", async () => {
    await makeToolchain(join(dir, 'there'), 'go1.26.0');
    expect(await find(`echo '${dir}/there'`)).toBe(join(dir, 'there'));
    expect(await calls()).toEqual(['go1.26.0 off /users env GOROOT']);
  });

  test('else has go fetch it, into our module cache', async () => {
    await makeToolchain(join(dir, 'mod', 'fetched'), 'go1.26.0');
    expect(await find(`[ "$GOPROXY" = off ] && exit 1; echo "$GOMODCACHE/fetched"`)).toBe(
      join(dir, 'mod', 'fetched'),
    );
    expect(await calls()).toEqual([
      'go1.26.0 off /users env GOROOT',
      `go1.26.0 https://proxy ${dir}/mod env GOROOT`,
    ]);
  });

  test('remembers where it was, and starts nothing the next time', async () => {
    await makeToolchain(join(dir, 'there'), 'go1.26.0');
    await find(`echo '${dir}/there'`);
    expect(await find('exit 1')).toBe(join(dir, 'there'));
    expect(await calls()).toHaveLength(1);
  });

  test('looks again where the remembered one is gone', async () => {
    await makeToolchain(join(dir, 'there'), 'go1.26.0');
    await find(`echo '${dir}/there'`);
    await rm(join(dir, 'there'), { recursive: true });
    await makeToolchain(join(dir, 'elsewhere'), 'go1.26.0');
    expect(await find(`echo '${dir}/elsewhere'`)).toBe(join(dir, 'elsewhere'));
  });

  test.each([
    ['there is no go', null],
    ['go is older than 1.21, and names its own root', `echo "$HOME/old"`],
  ])('asks the installer where %s', async (_, script) => {
    await makeToolchain(join(dir, 'old'), 'go1.19.8');
    const asked: unknown[] = [];
    const installer: ToolchainInstaller = {
      install: async (request) => {
        asked.push(request);
        await makeToolchain(join(dir, 'installed'), 'go1.26.0');
        return join(dir, 'installed');
      },
    };
    expect(await find(script, installer)).toBe(join(dir, 'installed'));
    expect(asked).toEqual([{ name: 'go1.26.0', arch: 'amd64', into: join(dir, 'toolchains') }]);
  });

  test('names the first release of a line as Go does: 1.19.0 is go1.19', async () => {
    await makeToolchain(join(dir, 'there'), 'go1.19');
    expect(await find(`echo '${dir}/there'`, noInstaller, '1.19.0')).toBe(join(dir, 'there'));
  });

  test('says why where go cannot fetch it', async () => {
    await expect(find('echo "go: download go1.26.0: dial tcp: no route" >&2; exit 1')).rejects.toMatchObject({
      kind: 'surroundings',
      code: 'toolchain-unavailable',
      what: expect.stringContaining('no route'),
    });
  });

  test('never takes another version for it', async () => {
    const installer: ToolchainInstaller = {
      install: async () => {
        await makeToolchain(join(dir, 'wrong'), 'go1.26.1');
        return join(dir, 'wrong');
      },
    };
    await expect(find(null, installer)).rejects.toMatchObject({ code: 'toolchain-broken' });
  });
});

describe('the installer', () => {
  let site: GoSite | null = null;
  afterEach(async () => {
    await site?.close();
  });

  const install = (details: string[] = [], arch = 'amd64'): Promise<string> =>
    createToolchainInstaller({ site: site?.url ?? '', detail: (text) => details.push(text) }).install({
      name: 'go1.26.0',
      arch,
      into: join(dir, 'into'),
    });

  test('downloads, checks and unpacks, and says nothing on stdout', async () => {
    const file = await makeArchive(dir, 'go1.26.0');
    site = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file } });
    const details: string[] = [];
    const goroot = await install(details);
    expect(goroot).toBe(join(dir, 'into', 'go1.26.0.linux-amd64'));
    expect(await readFile(join(goroot, 'VERSION'), 'utf8')).toContain('go1.26.0');
    expect(await readdir(join(dir, 'into'))).toEqual(['go1.26.0.linux-amd64']);
    expect(details.join('\n')).toContain('go1.26.0.linux-amd64.tar.gz');
    expect(await install()).toBe(goroot);
    expect(site.requests).toEqual([
      '/dl/go1.26.0.linux-amd64.tar.gz.sha256',
      '/dl/go1.26.0.linux-amd64.tar.gz',
    ]);
  });

  test('knows the name of the archive for 32-bit ARM', async () => {
    const file = await makeArchive(dir, 'go1.26.0');
    site = await startGoSite({ 'go1.26.0.linux-armv6l.tar.gz': { file } });
    expect(await install([], 'arm')).toBe(join(dir, 'into', 'go1.26.0.linux-arm'));
  });

  test('two at once both end well', async () => {
    const file = await makeArchive(dir, 'go1.26.0');
    site = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file } });
    const [one, two] = await Promise.all([install(), install()]);
    expect(one).toBe(two);
    expect(await readdir(join(dir, 'into'))).toEqual(['go1.26.0.linux-amd64']);
  });

  test.each([['0'.repeat(64)], [''], ['<html>moved</html>']])(
    'refuses an archive with the digest %j',
    async (digest) => {
      const file = await makeArchive(dir, 'go1.26.0');
      site = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file, digest } });
      await expect(install()).rejects.toMatchObject({ kind: 'surroundings', code: 'toolchain-wrong-digest' });
      expect(await readdir(join(dir, 'into'))).toEqual([]);
    },
  );

  test('says so where the site does not have it', async () => {
    site = await startGoSite({});
    await expect(install()).rejects.toMatchObject({
      kind: 'surroundings',
      code: 'toolchain-unavailable',
      what: expect.stringContaining('404'),
    });
  });

  test('says so where the archive is no archive', async () => {
    const file = join(dir, 'text');
    await writeFile(file, 'this is not gzip');
    site = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file } });
    await expect(install()).rejects.toMatchObject({ kind: 'surroundings', code: 'toolchain-unpack-failed' });
    expect(await readdir(join(dir, 'into'))).toEqual([]);
  });
});
