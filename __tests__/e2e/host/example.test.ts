import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import { cli, run as runShipped } from '../../support/dist.js';
import { catalogServer } from '../../support/host/server.js';
import { closedAddress } from '../../support/local-server.js';

const folder = fileURLToPath(new URL('../../../examples/webhook', import.meta.url));
const run = promisify(execFile);

async function go(version: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, GOTOOLCHAIN: `go${version}`, GOFLAGS: '' };
  const { stdout } = await run('go', args, { cwd: folder, env, maxBuffer: 16 << 20 });
  return stdout;
}

describe('the example plugin', () => {
  test('passes its own tests and vet with the newest server’s Go', async () => {
    const { goVersion } = await catalogServer('v3.0.0');
    expect(await go(goVersion, 'vet', './...')).toBe('');
    const events = (await go(goVersion, 'test', '-json', './...')).trim().split('\n');
    expect(events.filter((event) => event.includes('"Action":"pass","Package"')).length).toBeGreaterThan(10);
    expect(events.filter((event) => /"Action":"(?:fail|skip)"/.test(event))).toEqual([]);
  });

  test('is formatted, and tidy', async () => {
    const { goVersion } = await catalogServer('v3.0.0');
    const goroot = (await go(goVersion, 'env', 'GOROOT')).trim();
    expect((await run(`${goroot}/bin/gofmt`, ['-l', folder])).stdout).toBe('');
    expect(await go(goVersion, 'mod', 'tidy', '-diff')).toBe('');
  });

  test('is what the README says: a module that the server has too, and one that it lacks', async () => {
    const server = await catalogServer('v3.0.0');
    const mod = parseModFile(readFileSync(`${folder}/go.mod`, 'utf8'), 'go.mod');
    const own = new Map(mod.requires.map(({ path, version }) => [path, version]));
    const theirs = new Map(server.buildList.map(({ path, version }) => [path, version]));
    expect(theirs.has('github.com/gin-gonic/gin')).toBe(true);
    expect(own.get('github.com/gin-gonic/gin')).not.toBe(theirs.get('github.com/gin-gonic/gin'));
    expect([...own.keys()]).toContain('github.com/tidwall/gjson');
    expect(theirs.has('github.com/tidwall/gjson')).toBe(false);
    expect(readFileSync(`${folder}/plugin.go`, 'utf8')).toContain(`ModulePath:  "${mod.module}"`);
  });
});

/** A folder that go leaves read-only parts in. */
async function removeModules(dir: string): Promise<void> {
  await run('chmod', ['-R', 'u+w', dir]);
  rmSync(dir, { recursive: true });
}

test('the README’s command makes a file that loads on a machine that knows nothing but some Go', async () => {
  const home = mkdtempSync(join(tmpdir(), 'gotify new home '));
  try {
    const ended = await runShipped({
      file: cli,
      // Nothing listens there: the catalog serves.
      args: ['build', '--path', folder, '--server-api-url', closedAddress],
      cwd: home,
      env: process.env['GOPROXY'] === undefined ? {} : { GOPROXY: process.env['GOPROXY'] },
    });
    expect(ended.stdout).toMatch(/^linux-\S+ +loads +3\d\d packages compared with the catalog's manifest/m);
    expect(ended.stdout).toContain('Loads in gotify v3.0.0: 1 of 1 target.');
    expect(ended.code).toBe(0);
    // No toolchain is a module of the builds' own cache, whose path is mapped.
    const caches = readdirSync(join(home, '.cache', 'gotify-plugin-build'), { recursive: true });
    const toolchains = caches
      .map(String)
      .filter((path) => /\/toolchain@[^/]+$/.test(path) && !path.includes('/cache/download/'));
    expect(toolchains).toEqual([
      expect.stringMatching(
        /^host-\d+\/toolchains\/mod\/golang\.org\/toolchain@v0\.0\.1-go1\.26\.0\.linux-\w+$/,
      ),
    ]);
  } finally {
    await removeModules(home);
  }
});
