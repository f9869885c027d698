import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import type { CheckReport } from '../../../src/report/check-report.js';
import type { Ended } from '../../support/dist.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { contentsOf, startCheck } from '../../support/host/check-command.js';
import { copyOfFixture } from '../../support/host/check-run.js';
import { processesNaming, until } from '../../support/host/processes.js';
import { readJson } from '../../support/shipped.js';

// The shipped command line, with the real Go.

/** All that a run has to warn of here. */
const fromCatalog = expect.stringMatching(
  /^warning: gotify v3\.0\.0 is taken from the catalog, as the GitHub API .*\n$/,
);

const fixtures = new URL('../../fixtures/plugins/', import.meta.url);
const made: string[] = [];
afterEach(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
});

async function repositoryOf(folder: string): Promise<string> {
  const base = await copyOfFixture(folder);
  made.push(dirname(base));
  return base;
}

async function emptyFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'gotify empty '));
  made.push(dir);
  return dir;
}

interface Checked extends Ended {
  readonly report: unknown;
}

/** Runs a check to its end; the user's files must be as before, and nothing may be left of the run. */
async function check(
  request: Omit<Parameters<typeof startCheck>[0], 'cacheDir'> & { cacheDir?: string },
): Promise<Checked> {
  const before = contentsOf(request.base);
  const run = startCheck({ ...request, cacheDir: request.cacheDir ?? (await sharedCacheDir()) });
  const ended = await run.ended;
  const { 'dist-plugins/report.json': report, ...after } = contentsOf(request.base);
  expect(after).toEqual(before);
  expect(run.scratch()).toEqual([]);
  expect(report).toEqual(expect.any(String));
  return { ...ended, report: readJson(join(request.base, 'dist-plugins/report.json')) };
}

describe('the command check', () => {
  test('ends with 0 for a plugin that fits', async () => {
    const run = await check({ base: await repositoryOf('local-replace'), args: ['--path', 'plugin'] });

    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: fromCatalog });
    expect(run.stdout).toMatch(
      /gotify v3\.0\.0 \(Go 1\.26\.0\): fits \(\d{3} packages compared with .*\), 4 drifts/,
    );
    expect(run.report).toMatchObject({
      builder: 'host',
      compatible: true,
      exitCode: 0,
      plugins: [{ goMod: 'plugin/go.mod', checks: [{ outcome: { kind: 'loads' } }] }],
    });
  });

  test('ends with 1 for a conflict, and names its place', async () => {
    const run = await check({ base: await repositoryOf('compile-error') });

    expect(run.code).toBe(1);
    expect(run.stdout).toContain(
      '  conflict: plugin.go:20:28: the plugin does not compile: plugin.go:20:28: cannot use "text"',
    );
    expect(run.report).toMatchObject({ compatible: false, exitCode: 1, conflicts: 1 });
  });

  test('ends with 2 where the package is no main package', async () => {
    const run = await check({ base: await repositoryOf('library') });

    expect(run.code).toBe(2);
    expect(run.stderr).toContain(
      'error: input package: the package . in . is package library, not package main',
    );
    expect(run.stderr).toContain('Name the folder of the main package with the package input');
    expect(run.report).toMatchObject({ exitCode: 2, failure: { code: 'not-a-main-package' } });
  });

  describe('of several modules', () => {
    /** A plugin, one that does not compile, and a library. */
    const several = async (): Promise<string> => {
      const base = await repositoryOf('minimal');
      await mkdir(join(base, 'all'));
      for (const [name, folder] of Object.entries({
        plugin: 'minimal',
        broken: 'compile-error',
        common: 'library',
      }))
        await cp(fileURLToPath(new URL(folder, fixtures)), join(base, 'all', name), { recursive: true });
      return base;
    };
    const kinds = ({ report }: Checked): unknown =>
      (report as CheckReport).plugins.map(({ path, checks }) => [path, checks[0]?.outcome.kind]);

    test('ends with 2 where one that is named is a library, and tells of the others', async () => {
      const run = await check({
        base: await several(),
        args: ['--path', 'all/plugin\nall/broken\nall/common'],
      });

      expect(run.code).toBe(2);
      expect(kinds(run)).toEqual([
        ['all/plugin', 'loads'],
        ['all/broken', 'conflict'],
        ['all/common', 'failed'],
      ]);
      expect(run.stdout).toContain(
        '  cannot be checked: input package: the package . in all/common is package library, not package main\n',
      );
      expect(run.stdout).toContain('  conflict: all/broken/plugin.go:20:28: ');
      expect(run.report).toMatchObject({ compatible: false, exitCode: 2, skipped: [] });
    });

    test('leaves out a library that a pattern matches, also where only Go can tell', async () => {
      const base = await several();
      // Its constraints keep the main package out of every build.
      const other = 'package main\n\nfunc main() {}\n';
      await writeFile(join(base, 'all/common/other.go'), `//go:build never\n\n${other}`);
      await rm(join(base, 'all/broken'), { recursive: true });
      const run = await check({ base, args: ['--path', 'all/*'] });

      expect(run.code).toBe(0);
      expect(kinds(run)).toEqual([['all/plugin', 'loads']]);
      expect(run.stdout).toContain('\nall/common: left out, as it has no main package, so it is no plugin\n');
      expect(run.report).toMatchObject({ compatible: true, skipped: [{ path: 'all/common' }] });
    });

    test('ends with 2 where a pattern matches nothing else', async () => {
      const base = await several();
      await writeFile(join(base, 'all/common/other.go'), '//go:build never\n\npackage main\n');
      const run = await check({ base, args: ['--path', 'all/c*'] });

      expect(run.code).toBe(2);
      expect(run.stderr).toContain('none of the modules that path matches has a main package');
      expect(run.report).toMatchObject({ failure: { code: 'no-plugin' } });
    });
  });

  test('ends with 3 where modules cannot be fetched', async () => {
    const base = await repositoryOf('minimal');
    const run = await check({ base, cacheDir: await emptyFolder(), env: { GOPROXY: 'http://127.0.0.1:9' } });

    expect(run.code).toBe(3);
    expect(run.stdout).toContain(
      'could not be checked: the module github.com/gotify/plugin-api@v1.0.0 cannot be downloaded',
    );
    expect(run.report).toMatchObject({
      compatible: 'unknown',
      exitCode: 3,
      plugins: [{ checks: [{ outcome: { kind: 'failed', failure: { code: 'module-download' } } }] }],
    });
  });

  test("ends with 3 where the server's Go cannot be had", async () => {
    const base = await repositoryOf('minimal');
    const env = { GOPROXY: 'off', GOMODCACHE: await emptyFolder(), GOTOOLCHAIN: 'local' };
    const run = await check({ base, cacheDir: await emptyFolder(), env });

    expect(run.code).toBe(3);
    expect(run.stdout).toContain('could not be checked: the Go toolchain go1.26.0 could not be fetched');
    expect(run.report).toMatchObject({
      plugins: [{ checks: [{ outcome: { kind: 'failed', failure: { code: 'toolchain-unavailable' } } }] }],
    });
  });
});

test('an interrupted check leaves neither processes nor folders', async () => {
  const base = await repositoryOf('minimal');
  const before = contentsOf(base);
  const run = startCheck({ base, cacheDir: await sharedCacheDir() });
  const compiling = async (): Promise<boolean> => {
    const [scratch] = run.scratch();
    return (
      scratch !== undefined && (await processesNaming(scratch)).some(({ line }) => line.includes(' build '))
    );
  };
  await until(compiling);
  const [scratch = ''] = run.scratch();

  const begin = performance.now();
  run.process.kill('SIGINT');
  const ended = await run.ended;

  expect(performance.now() - begin).toBeLessThan(5000);
  expect(ended.code).toBe(130);
  expect(ended.stderr).toContain('SIGINT: cleaning up');
  expect(run.scratch()).toEqual([]);
  expect(await processesNaming(scratch)).toEqual([]);
  expect(contentsOf(base)).toEqual(before);
});

test('two checks at once with one cache folder both end well', async () => {
  // A name that no run before had: so that both do the download step too.
  const name = `plugin-${randomUUID()}.go`;
  const bases = [await repositoryOf('minimal'), await repositoryOf('minimal')];
  for (const base of bases) await rename(join(base, 'plugin.go'), join(base, name));

  const runs = await Promise.all(bases.map((base) => check({ base })));

  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
    { code: 0, stderr: fromCatalog },
    { code: 0, stderr: fromCatalog },
  ]);
  for (const { report } of runs) expect(report).toMatchObject({ compatible: true, exitCode: 0 });
});
