import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readCaller } from '../../../src/adapters/caller.js';
import { createFiles } from '../../../src/adapters/files.js';
import { createRunner } from '../../../src/adapters/runner.js';
import { createToolchainInstaller } from '../../../src/adapters/toolchain.js';
import { ownerText } from '../../../src/build/owner.js';
import { readGoSettings } from '../../../src/build/go-settings.js';
import {
  describeSearch,
  findToolchain,
  type Toolchain,
  type ToolchainInstaller,
} from '../../../src/build/toolchain.js';
import type { Command, Runner } from '../../../src/ports.js';
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
let now = 0;
let timeoutMinutes = 30;
beforeEach(async () => {
  now = 1_700_000_000_000;
  timeoutMinutes = 30;
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
  ): Promise<Toolchain> => {
    const bin = join(dir, 'bin');
    await mkdir(bin, { recursive: true });
    if (script !== null) {
      await writeFile(
        join(bin, 'go'),
        `#!/bin/sh\necho "$GOTOOLCHAIN $GOPROXY $GOMODCACHE $GOENV $*" >>'${dir}/calls'\n${script}\n`,
      );
      await chmod(join(bin, 'go'), 0o755);
    }
    return findToolchain(
      {
        goVersion,
        arch: 'amd64',
        folder: join(dir, 'toolchains'),
        modCache: join(dir, 'mod'),
        timeoutMinutes,
        env: {
          PATH: bin,
          HOME: dir,
          GOMODCACHE: '/users',
          GOPROXY: 'https://proxy',
          GOTOOLCHAIN: 'auto',
          TOKEN: 'x',
        },
      },
      { runner: createRunner(), files: createFiles(), clock: { now: () => now }, installer },
    );
  };
  const calls = async (): Promise<readonly string[]> =>
    (await readFile(join(dir, 'calls'), 'utf8')).trim().split('\n');

  const module = 'golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64';
  /** As go leaves a module: programs that nobody may run yet. */
  const makeFetched = async (cache: string, name = 'go1.26.0'): Promise<string> => {
    const goroot = join(dir, cache, module.replace('go1.26.0', name));
    await makeToolchain(goroot, name);
    const tools = join(goroot, 'pkg', 'tool', 'linux_amd64');
    await mkdir(tools, { recursive: true });
    await writeFile(join(tools, 'compile'), '#!/bin/sh\n', { mode: 0o444 });
    await writeFile(join(goroot, 'bin', 'gofmt'), '#!/bin/sh\n', { mode: 0o444 });
    return goroot;
  };
  const asked = 'go1.26.0 off /users off env GOROOT';
  const fetched = `go1.26.0 https://proxy ${'%DIR%'}/toolchains/mod off env GOROOT`;
  const downloaded = `local https://proxy ${'%DIR%'}/toolchains/mod off mod download -json ${module}`;
  /** A go that has nothing, and can fetch. */
  const fetches = `[ "$GOPROXY" = off ] && exit 1; echo "$GOMODCACHE/${module}"`;
  /** The same as a module. */
  const downloads = `echo '{"Dir": "'"$GOMODCACHE/${module}"'"}'`;

  test("takes what the machine's go has fetched before, without the network", async () => {
    const goroot = await makeFetched('users');
    expect(await find(`echo '${goroot}'`)).toEqual({ goroot, unchecked: null });
    expect(await calls()).toEqual([asked]);
  });

  test('else has go fetch it, into a module cache for toolchains alone', async () => {
    const goroot = await makeFetched('toolchains/mod');
    expect(await find(fetches)).toEqual({ goroot, unchecked: null });
    expect(await calls()).toEqual([asked, fetched.replace('%DIR%', dir)]);
  });

  describe('where a Go of exactly this release is installed', () => {
    /** It may be a distribution's, with patches of its own. */
    const installed = async (): Promise<string> => {
      await makeToolchain(join(dir, 'installed'), 'go1.26.0');
      return join(dir, 'installed');
    };
    const has = (own: string, download: string): string =>
      `[ "$1" = env ] && echo '${own}' && exit; ${download}`;

    test('its like is fetched all the same, as a module, whose programs may run then', async () => {
      const goroot = await makeFetched('toolchains/mod');
      expect(await find(has(await installed(), downloads))).toEqual({ goroot, unchecked: null });
      expect(await calls()).toEqual([asked, downloaded.replace('%DIR%', dir)]);
      for (const program of ['bin/go', 'bin/gofmt', 'pkg/tool/linux_amd64/compile']) {
        expect((await stat(join(goroot, program))).mode & 0o111).toBe(0o111);
      }
    });

    test('it is used where that fails, and the reason is kept', async () => {
      const own = await installed();
      const fails = `echo '{"Error": "checksum database disabled by GOSUMDB=off"}'; exit 1`;
      const found = {
        goroot: own,
        unchecked:
          'the Go toolchain go1.26.0 could not be fetched (checksum database disabled by GOSUMDB=off)',
      };
      expect(await find(has(own, fails))).toEqual(found);
      expect(await find('exit 1')).toEqual(found);
      expect(await calls()).toHaveLength(2);
    });

    test('and it is tried again after a day', async () => {
      const own = await installed();
      await find(has(own, 'exit 1'));
      now += 25 * 60 * 60_000;
      const goroot = await makeFetched('toolchains/mod');
      expect(await find(has(own, downloads))).toEqual({ goroot, unchecked: null });
    });

    test('and older than 1.21, the download site is asked, as it cannot fetch one itself', async () => {
      await makeToolchain(join(dir, 'installed'), 'go1.19.1');
      const asks: ToolchainInstaller = {
        install: async () => {
          await makeToolchain(join(dir, 'archive'), 'go1.19.1');
          return join(dir, 'archive');
        },
      };
      const own = has(join(dir, 'installed'), 'exit 1');
      expect(await find(own, asks, '1.19.1')).toEqual({ goroot: join(dir, 'archive'), unchecked: null });
    });
  });

  test('remembers where it was, and starts nothing the next time', async () => {
    const goroot = await makeFetched('users');
    await find(`echo '${goroot}'`);
    expect(await find('exit 1')).toEqual({ goroot, unchecked: null });
    expect(await calls()).toHaveLength(1);
  });

  test('looks again where the remembered one is gone, or the note is damaged', async () => {
    const goroot = await makeFetched('users');
    await find(`echo '${goroot}'`);
    await rm(goroot, { recursive: true });
    const other = await makeFetched('elsewhere');
    expect((await find(`echo '${other}'`)).goroot).toBe(other);
    await writeFile(join(dir, 'toolchains', 'go1.26.0.linux-amd64.json'), '{');
    expect((await find(`echo '${other}'`)).goroot).toBe(other);
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
    expect((await find(script, installer)).goroot).toBe(join(dir, 'installed'));
    expect(asked).toEqual([
      { name: 'go1.26.0', arch: 'amd64', into: join(dir, 'toolchains'), timeoutMinutes: 30 },
    ]);
  });

  test('uses none that lies in the module cache of the builds, nor remembers it', async () => {
    const there = await makeFetched('mod');
    const goroot = await makeFetched('toolchains/mod');
    const script = `[ "$GOPROXY" = off ] && echo '${there}' && exit; ${fetches}`;
    expect(await find(script)).toEqual({ goroot, unchecked: null });
    const note = { goroot: there, unchecked: null, at: now };
    await writeFile(join(dir, 'toolchains', 'go1.26.0.linux-amd64.json'), JSON.stringify(note));
    expect(await find(script)).toEqual({ goroot, unchecked: null });
  });

  test('names the first release of a line as Go does: 1.19.0 is go1.19', async () => {
    const goroot = await makeFetched('users', 'go1.19');
    expect((await find(`echo '${goroot}'`, noInstaller, '1.19.0')).goroot).toBe(goroot);
  });

  test('says why where go cannot fetch it', async () => {
    await expect(
      find('[ "$GOPROXY" = off ] || echo "go: dial tcp: no route" >&2; exit 1'),
    ).rejects.toMatchObject({
      kind: 'surroundings',
      code: 'toolchain-unavailable',
      what: expect.stringContaining('no route'),
    });
  });

  test('does not wait for ever for a go that fetches it', async () => {
    timeoutMinutes = 0.01;
    await expect(find('[ "$GOPROXY" = off ] && exit 1; exec /bin/sleep 600')).rejects.toMatchObject({
      code: 'timed-out',
      what: expect.stringContaining('fetching the Go toolchain go1.26.0'),
      where: { kind: 'input', input: 'timeout' },
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

describe('a dry run shows what the search starts', () => {
  const module = (name: string): string => `golang.org/toolchain@v0.0.1-${name}.linux-amd64`;

  /** What a search of a machine with that go starts, and whether the download site is asked; all shown beforehand. */
  const started = async (script: string, goVersion: string): Promise<[commands: string[], site: boolean]> => {
    const bin = join(dir, 'bin');
    await mkdir(join(dir, 'go'));
    await mkdir(bin);
    await writeFile(join(dir, 'go', 'env'), 'GOPROXY=https://mine\nGOPRIVATE=example.org\n');
    await writeFile(join(bin, 'go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const search = {
      ...{ goVersion, arch: 'amd64', folder: join(dir, 'toolchains'), modCache: join(dir, 'mod') },
      ...{ timeoutMinutes, env: { PATH: bin, HOME: dir, XDG_CONFIG_HOME: dir, GOMODCACHE: '/users' } },
    };
    const files = createFiles();
    const described = describeSearch(search, await readGoSettings(search.env, files));
    const commands: Command[] = [];
    let site = false;
    const runner: Runner = {
      run: (command) => {
        commands.push(command);
        return createRunner().run(command);
      },
    };
    const installer: ToolchainInstaller = {
      install: async ({ name }) => {
        site = true;
        await makeToolchain(join(dir, 'site'), name);
        return join(dir, 'site');
      },
    };
    await findToolchain(search, { runner, files, clock: { now: () => now }, installer });
    for (const { program, args, env, cwd } of commands) {
      const shown = described.filter(
        (each) =>
          each.kind === 'command' &&
          JSON.stringify([each.program, each.args, each.cwd]) === JSON.stringify([program, args, cwd]) &&
          Object.entries(env).every(
            ([name, value]) => each.env[name] === value || each.passedOn.includes(name),
          ) &&
          [...Object.keys(each.env), ...each.passedOn].every((name) => name in env),
      );
      expect([args, shown.length]).toEqual([args, 1]);
    }
    const remark = described.find((each) => each.kind === 'remark')?.text;
    expect(remark).toContain('the Go download site');
    expect(remark?.includes('itself')).toBe(goVersion === '1.20.1');
    return [commands.map(({ args }) => args.join(' ')), site];
  };

  const goroot = 'env GOROOT';

  test('where go fetches it', async () => {
    await makeToolchain(join(dir, 'fetched'), 'go1.26.0');
    const script = `[ "$GOPROXY" = off ] && exit 1; echo '${join(dir, 'fetched')}'`;
    expect(await started(script, '1.26.0')).toEqual([[goroot, goroot], false]);
  });

  test.each([
    ['1.26.0', [goroot, `mod download -json ${module('go1.26.0')}`], false],
    ['1.20.1', [goroot], true],
  ])('where an installed one is of this release, %s', async (goVersion, commands, site) => {
    const fetched = join(dir, 'toolchains', 'mod', module(`go${goVersion}`));
    for (const place of [join(dir, 'installed'), fetched]) await makeToolchain(place, `go${goVersion}`);
    await writeFile(join(fetched, 'bin', 'gofmt'), '');
    await mkdir(join(fetched, 'pkg', 'tool'), { recursive: true });
    const script = `[ "$1" = env ] && echo '${join(dir, 'installed')}' && exit; echo '{"Dir": "${fetched}"}'`;
    expect(await started(script, goVersion)).toEqual([commands, site]);
  });
});

describe('the installer', () => {
  let site: GoSite | null = null;
  afterEach(async () => {
    await site?.close();
  });

  const install = (details: string[] = [], arch = 'amd64', signal?: AbortSignal): Promise<string> =>
    createToolchainInstaller({ site: site?.url ?? '', detail: (text) => details.push(text) }).install({
      name: 'go1.26.0',
      arch,
      into: join(dir, 'into'),
      timeoutMinutes,
      ...(signal === undefined ? {} : { signal }),
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

  test('removes what runs left that were killed while they fetched one', async () => {
    const file = await makeArchive(dir, 'go1.26.0');
    site = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file } });
    const caller = readCaller();
    // Linux has no process with this number: its pids end at 4194304.
    const drafts = [ownerText({ ...caller, pid: 4194305 }), ownerText(caller)].map(
      (owner) => `.draft_${owner}_1234`,
    );
    for (const draft of drafts) await makeToolchain(join(dir, 'into', draft, 'go'), 'go1.26.0');
    await install();
    expect(await readdir(join(dir, 'into'))).toEqual([drafts[1], 'go1.26.0.linux-amd64']);
  });

  test('is named by whose run it is, while it is fetched', async () => {
    let seen: readonly string[] = [];
    site = await startSlowSite((response) => {
      seen = readdirSync(join(dir, 'into'));
      response.writeHead(404).end();
    });
    await expect(install()).rejects.toMatchObject({ code: 'toolchain-unavailable' });
    expect(seen).toEqual([expect.stringContaining(`.draft_${ownerText(readCaller())}_`)]);
    expect(await readdir(join(dir, 'into'))).toEqual([]);
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

  /** A site that begins to answer, and never ends. */
  const startSlowSite = async (answer: (response: ServerResponse) => void): Promise<GoSite> => {
    const server = createServer((_, response) => answer(response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const close = (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    };
    return { url: `http://127.0.0.1:${String(address.port)}/dl`, requests: [], close };
  };

  test.each([
    ['does not answer', () => undefined],
    ['sends a byte now and then', (response: ServerResponse) => void response.writeHead(200).write('x')],
  ])('gives up a site that %s', async (_, answer) => {
    site = await startSlowSite(answer);
    timeoutMinutes = 0.01;
    await expect(install()).rejects.toMatchObject({ kind: 'surroundings', code: 'timed-out' });
    expect(await readdir(join(dir, 'into'))).toEqual([]);
  });

  test('ends with its run, and leaves nothing', async () => {
    const controller = new AbortController();
    site = await startSlowSite(() => controller.abort());
    await expect(install([], 'amd64', controller.signal)).rejects.toMatchObject({ code: 'stopped' });
    expect(await readdir(join(dir, 'into'))).toEqual([]);
  });

  test('tries again where the site has a bad moment', async () => {
    const file = await makeArchive(dir, 'go1.26.0');
    const sound = await startGoSite({ 'go1.26.0.linux-amd64.tar.gz': { file } });
    let asked = 0;
    site = await startSlowSite((response) => {
      asked += 1;
      if (asked === 1) response.writeHead(503).end();
      else if (asked === 2) response.destroy();
      else
        response
          .writeHead(302, {
            location: `${sound.url}/go1.26.0.linux-amd64.tar.gz${asked === 3 ? '.sha256' : ''}`,
          })
          .end();
    });
    expect(await install()).toBe(join(dir, 'into', 'go1.26.0.linux-amd64'));
    await sound.close();
  }, 20_000);
});
