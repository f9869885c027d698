import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { actionNode, cli, run, type Ended } from '../../support/dist.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { until } from '../../support/host/processes.js';
import { catalogServer } from '../../support/host/server.js';
import { closedAddress } from '../../support/local-server.js';
import { start } from '../../support/shipped.js';

// The shipped command `cap` as a process, with the real Go where a rule needs it.

/** Nothing listens there: the catalog serves. */
const offline = ['--server-api-url', closedAddress];
let cacheDir = '';
let dir = '';
beforeAll(async () => {
  cacheDir = await sharedCacheDir();
});
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cap command '));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** A copy of the example plugin, which is made with older modules than the servers have. */
function example(change: (goMod: string) => string = (goMod) => goMod): string {
  const plugin = join(dir, 'plugin');
  cpSync(resolve('examples/webhook'), plugin, { recursive: true });
  writeFileSync(join(plugin, 'go.mod'), change(read(plugin).goMod));
  return plugin;
}

function read(plugin: string): { readonly goMod: string; readonly goSum: string } {
  const text = (name: string): string => readFileSync(join(plugin, name), 'utf8');
  return { goMod: text('go.mod'), goSum: text('go.sum') };
}

/** The variables that go needs to find modules on this machine. */
function goEnv(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) =>
    /^(?:GO|HOME$|HTTPS?_PROXY|SSL_)/i.test(name),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

function cap(args: readonly string[], cwd = join(dir, 'plugin')): Promise<Ended> {
  const shared = ['--cache-dir', cacheDir, ...offline];
  return run({ file: cli, args: ['cap', ...args, ...shared], cwd, env: goEnv() });
}

describe('by the rule full', () => {
  test('-check lists every difference and writes nothing, then cap writes them, then -check has none', async () => {
    const plugin = example();
    const before = read(plugin);

    const checked = await cap(['-from', 'v2.9.1', '-check']);
    expect(checked.code).toBe(1);
    expect(read(plugin)).toEqual(before);
    const lines = checked.stdout.split('\n').filter((line) => /^go\.mod(?::\d+)?: /.test(line));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines).toContain('go.mod:6: github.com/gin-gonic/gin v1.10.0 -> v1.11.0');
    expect(lines).toContain('go.mod: github.com/bytedance/gopkg v0.1.3 added (indirect)');
    const [, command = ''] = /Write them with: node \S+dist\/cli\.js (.*)$/m.exec(checked.stdout) ?? [];
    expect(command).toBe('cap -from v2.9.1 -to . --server-api-url http://127.0.0.1:2');

    const written = await cap(['-from=v2.9.1', '-to=.', '-check=false']);
    expect(written.code).toBe(0);
    expect(written.stdout.split('\n').filter((line) => /^go\.mod(?::\d+)?: /.test(line))).toEqual(lines);
    expect(read(plugin).goMod).toContain('\tgithub.com/gin-gonic/gin v1.11.0\n');
    expect(read(plugin).goSum).not.toBe(before.goSum);
    expect(readdirSync(plugin).sort()).toEqual(readdirSync(resolve('examples/webhook')).sort());

    const again = await cap(['--from', 'v2.9.1', '--check']);
    expect(again.stdout).toContain('go.mod agrees with gotify v2.9.1: nothing to change.\n');
    expect(again.code).toBe(0);
  });

  test('--dry-run prints a diff alone, which makes what cap writes', async () => {
    const plugin = example();
    const before = read(plugin);
    const { code, stdout } = await cap(['-from', '2.9', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^--- a\/go\.mod\n\+\+\+ b\/go\.mod\n@@ /);
    expect(read(plugin)).toEqual(before);

    const patched = join(dir, 'patched');
    cpSync(plugin, patched, { recursive: true });
    execFileSync('git', ['apply', '-'], { cwd: patched, input: stdout });
    expect((await cap(['-from', '2.9'])).code).toBe(0);
    expect(read(patched)).toEqual(read(plugin));
  });

  test.each([
    ['git', ['apply', '-']],
    ['patch', ['-p1', '--quiet']],
  ])('the diff of a plugin that does not lie below is for its own folder: %s %j', async (tool, args) => {
    const plugin = example();
    mkdirSync(join(dir, 'elsewhere/deep'), { recursive: true });
    for (const [cwd, to] of [
      ['elsewhere', '../plugin'],
      ['elsewhere/deep', '../../plugin'],
    ] as const) {
      const ended = await cap(['-from', 'v2.9.1', '-to', to, '--dry-run'], join(dir, cwd));
      const folder = to === '../plugin' ? to : plugin;
      expect(ended.stderr).toContain(`Apply it in ${folder}: patch -p1, or git apply`);
      expect(ended.stdout).toMatch(/^--- a\/go\.mod\n/);
      const patched = join(dir, 'patched');
      cpSync(plugin, patched, { recursive: true });
      execFileSync(tool, args, { cwd: patched, input: ended.stdout });
      expect(read(patched).goMod).toContain('github.com/gin-gonic/gin v1.11.0\n');
      rmSync(patched, { recursive: true });
    }
  });

  test('CRLF is kept', async () => {
    const plugin = example((goMod) => goMod.replaceAll('\n', '\r\n'));
    expect((await cap(['-from', 'v3.0.0'])).code).toBe(0);
    expect(read(plugin).goMod).toContain('github.com/gin-gonic/gin v1.12.0\r\n');
    expect(read(plugin).goMod.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test("-from is a folder with the server's files, and its GO_VERSION counts", async () => {
    const server = await catalogServer('v2.6.3');
    const folder = join(dir, 'gotify');
    mkdirSync(folder);
    writeFileSync(join(folder, 'go.mod'), server.goMod);
    writeFileSync(join(folder, 'go.sum'), server.goSum);
    writeFileSync(join(folder, 'GO_VERSION'), `${server.goVersion}\n`);
    example();
    const { code, stdout } = await cap(['-from', 'gotify', '-to', 'plugin'], dir);
    expect(stdout).toContain('Asking Go 1.24.1 which versions it selects, and to compile with them\n');
    expect(stdout).toContain(' for gotify at gotify/go.mod.\n');
    expect(code).toBe(0);
    expect((await cap(['-from', 'v2.6.3', '-check'])).code).toBe(0);
  });

  test('a difference that no go.mod can mend ends with 1, also where nothing was to be written', async () => {
    example((goMod) => `${goMod}\nreplace github.com/gin-gonic/gin => github.com/gin-gonic/gin v1.9.0\n`);
    for (const flags of [['--dry-run'], ['-check'], []]) {
      const { code, stdout, stderr } = await cap(['-from', 'v3.0.0', ...flags]);
      const said = flags.includes('--dry-run') ? stderr : stdout;
      expect(said).toContain(
        'go.mod:42: github.com/gin-gonic/gin is replaced by github.com/gin-gonic/gin v1.9.0',
      );
      expect(said).toContain('build with `dependencies: pin`');
      expect(code).toBe(1);
    }
  });
});

test('code that does not compile ends with 1: -check and --dry-run only say it, else go.mod is written', async () => {
  const plugin = join(dir, 'plugin');
  cpSync(resolve('__tests__/fixtures/plugins/pinned-module-conflict'), plugin, { recursive: true });
  const goMod = (): string => readFileSync(join(plugin, 'go.mod'), 'utf8');
  const before = { goMod: goMod(), names: readdirSync(plugin) };
  for (const flags of [['--dry-run'], ['-check'], []]) {
    expect({ goMod: goMod(), names: readdirSync(plugin) }).toEqual(before);
    const { code, stdout, stderr } = await cap(['-from', 'v2.6.3', ...flags]);
    const said = flags.includes('--dry-run') ? stderr : stdout;
    expect(said).toMatch(
      /^(?:note: )?(?:.*\n)*plugin\.go:24:4: .*gin v1\.10\.0, the version of gotify v2\.6\.3 \(the plugin asks for v1\.11\.0\)\n {2}Write this so/,
    );
    expect(said).toContain('The plugin does not compile with the versions of gotify v2.6.3: see above');
    expect(code).toBe(1);
  }
  expect(goMod()).toContain('github.com/gin-gonic/gin v1.10.0');
  const again = await cap(['-from', 'v2.6.3']);
  expect(again.stdout).toContain('go.mod agrees with gotify v2.6.3: nothing to change.\n');
  expect(again.code).toBe(1);
});

describe('nothing is written', () => {
  test.each([
    ['go.mod', 'module example.org/x\n\nrequire (((\n', /^error: go\.mod:3:\d+: /m],
    ['go.sum', 'one two\n', /^error: go\.sum:1: /m],
    [
      'go.sum',
      `github.com/gin-gonic/gin v1.12.0 h1:${'A'.repeat(43)}=\n`,
      /^error: go\.sum: github\.com\/gin-gonic\/gin v1\.12\.0 has two different hashes/m,
    ],
  ])('where %s is malformed: %j', async (name, text, message) => {
    const plugin = example();
    writeFileSync(join(plugin, name), text);
    const before = read(plugin);
    const { code, stderr } = await cap(['-from', 'v3.0.0']);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(read(plugin)).toEqual(before);
  });

  test('where tidy fails', async () => {
    const plugin = example();
    writeFileSync(join(plugin, 'more.go'), 'package main\n\nimport _ "github.com/gin-gonic/gin/nothing"\n');
    const before = read(plugin);
    const { code, stderr } = await cap(['-from', 'v3.0.0']);
    expect(stderr).toMatch(/^error: more\.go:3:\d+: .*github\.com\/gin-gonic\/gin\/nothing/m);
    expect(code).toBe(1);
    expect(read(plugin)).toEqual(before);
  });

  describe('where a signal comes while Go works', () => {
    let silent: Server;
    let asked = false;
    beforeAll(async () => {
      silent = createServer(() => {
        asked = true;
      }).listen(0, '127.0.0.1');
      await once(silent, 'listening');
    });
    afterAll(() => {
      silent.closeAllConnections();
      silent.close();
    });

    test.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)('%s', async (signal, code) => {
      const plugin = example();
      // The toolchain is there then, so that what is asked for is the plugin's.
      expect((await cap(['-from', 'v3.0.0', '-check'])).code).toBe(1);
      const slow = 'require (\n\tplugin-build.test/slow v1.0.0';
      writeFileSync(join(plugin, 'go.mod'), read(plugin).goMod.replace('require (', slow));
      writeFileSync(join(plugin, 'more.go'), 'package main\n\nimport _ "plugin-build.test/slow"\n');
      const before = { texts: read(plugin), names: readdirSync(plugin) };
      asked = false;
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('it does not listen');
      const env = {
        ...process.env,
        GOPROXY: `http://127.0.0.1:${String(address.port)}`,
        GONOSUMDB: 'plugin-build.test',
      };
      const args = [cli, 'cap', '-from', 'v3.0.0', '-to', plugin, '--cache-dir', cacheDir, ...offline];
      const { process: child, ended } = start(actionNode, args, env);
      await until(() => Promise.resolve(asked));
      const begin = performance.now();
      child.kill(signal);
      expect(await ended).toMatchObject({ code });
      expect(performance.now() - begin).toBeLessThan(5000);
      expect({ texts: read(plugin), names: readdirSync(plugin) }).toEqual(before);
    });
  });
});

describe('by the rule gomod-cap, without Go in reach', () => {
  const plain = (args: readonly string[]): Promise<Ended> =>
    run({
      file: cli,
      args: ['cap', '--rule', 'gomod-cap', ...offline, ...args],
      cwd: dir,
      env: { PATH: '/nowhere' },
    });

  beforeEach(async () => {
    const { goMod } = await catalogServer('v2.9.1');
    writeFileSync(join(dir, 'server.mod'), goMod);
    copyFileSync(resolve('examples/webhook/go.mod'), join(dir, 'go.mod'));
  });

  test('the server is a file, and what to do next is said', async () => {
    const { code, stdout } = await plain(['-from', 'server.mod']);
    expect(code).toBe(0);
    expect(stdout).toContain('go.mod:6: github.com/gin-gonic/gin v1.10.0 -> v1.11.0\n');
    expect(stdout).toMatch(/GOTOOLCHAIN=go1\.26\.0 go mod tidy\n$/);
    expect(readFileSync(join(dir, 'go.mod'), 'utf8')).toContain('gin v1.11.0\n');
    expect((await plain(['-from', 'server.mod', '-check'])).code).toBe(0);
  });

  test('lines and their ends stay but for the versions', async () => {
    const text = readFileSync(join(dir, 'go.mod'), 'utf8')
      .replaceAll('\n', '\r\n')
      .replace('require (', 'require(//x');
    writeFileSync(join(dir, 'my.mod'), text);
    expect((await plain(['-from', 'v2.9.1', '-to', 'my.mod'])).code).toBe(0);
    const after = readFileSync(join(dir, 'my.mod'), 'utf8');
    const unversioned = (goMod: string): string => goMod.replaceAll(/ v\d[^ \r]*/g, '');
    expect(after).not.toBe(text);
    expect(unversioned(after)).toBe(unversioned(text));
  });

  test.each([
    [['-from', 'nothing.mod'], 'input from: there is no file or folder nothing.mod'],
    [['-from', './plugin'], 'input from: there is no file or folder ./plugin'],
    [['-from', '.'], 'go.mod'],
    [['-from', 'v2.9.1', '-to', 'nothing'], 'input to: there is no file or folder nothing'],
    [['-from', 'v2.9.1,v3.0.0'], 'input from: '],
    [['-from', 'all'], 'input from: '],
    [['-from', 'v2.9.77'], 'input from: '],
    [['-from', 'v2.9.1', '-check=maybe'], '-check=maybe'],
    [['-from'], '--from'],
    [['-from', 'v2.9.1', '--rule', 'other'], 'other'],
  ])('%j is bad input, or asks for nothing', async (args, text) => {
    const before = readFileSync(join(dir, 'go.mod'), 'utf8');
    const { code, stdout, stderr } = await plain(args);
    expect(stdout + stderr).toContain(text);
    expect(code).toBe(args[1] === '.' ? 0 : args[1] === 'v2.9.77' ? 3 : 2);
    expect(readFileSync(join(dir, 'go.mod'), 'utf8')).toBe(before);
  });
});

test('a file of another name is for the rule gomod-cap', async () => {
  example();
  copyFileSync(join(dir, 'plugin/go.mod'), join(dir, 'plugin/my.mod'));
  const { code, stderr } = await cap(['-from', 'v3.0.0', '-to', 'my.mod']);
  expect(stderr).toContain('use --rule gomod-cap');
  expect(code).toBe(2);
});

test('--help names the flags of gomod-cap', async () => {
  const { code, stdout } = await run({ file: cli, args: ['cap', '-h'], cwd: dir });
  expect(code).toBe(0);
  for (const text of [
    '--from <server>',
    '--to <folder>',
    '--check',
    '--dry-run',
    '--rule',
    'one dash',
    'Exit codes:',
  ])
    expect(stdout).toContain(text);
});
