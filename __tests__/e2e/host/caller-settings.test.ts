import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import '../../support/build-timeout.js';
import type { Builder } from '../../../src/build/builder.js';
import { targetOf } from '../../../src/build/target.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { catalogServer } from '../../support/host/server.js';
import { buildShipped } from '../../support/host/shipped-build.js';
import { repository } from '../../support/shipped.js';

// What the person who builds has set, or has not, on a machine that is otherwise as it should be.

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-caller-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

/** A fixture under a module path that no earlier run has seen, so that its download step is done. */
function unseen(fixture: string): string {
  const plugin = join(dir, 'plugin');
  cpSync(join(repository, '__tests__/fixtures/plugins', fixture), plugin, { recursive: true });
  const goMod = readFileSync(join(plugin, 'go.mod'), 'utf8');
  writeFileSync(join(plugin, 'go.mod'), goMod.replace(/^module .*$/m, `module example.org/${basename(dir)}`));
  return plugin;
}

test.each([
  ['no home', { HOME: undefined }],
  ['a home where nothing can be written', { HOME: '/proc/nobody' }],
])('%s: modules are fetched and checked all the same', async (_, env) => {
  const plugin = unseen('no-go-sum');
  const { code, output, report } = await buildShipped({
    plugin,
    server: 'v3.0.0',
    output: join(dir, 'out'),
    env,
  });

  expect(output).not.toContain('sumdb');
  expect(report).toMatchObject({ compatible: true });
  expect(code).toBe(0);
});

test('an experiment of `go env -w` changes neither what is listed nor what is compiled, and its proxy is used', async () => {
  const plugin = unseen('minimal');
  const settings = join(dir, 'go-env');
  // Without a network the modules that are in the cache already are enough.
  writeFileSync(settings, 'GOEXPERIMENT=jsonv2\nGOFLAGS=-race\nGOPROXY=file:///nonexistent\nGOSUMDB=off\n');
  const env = { GOENV: settings, GOPROXY: undefined };
  const { code, report, cacheDir } = await buildShipped({
    plugin,
    server: 'v3.0.0',
    output: join(dir, 'out'),
    env,
  });

  expect(report).toMatchObject({ compatible: true });
  expect(code).toBe(0);
  const listed = listingOf(cacheDir, basename(dir));
  expect(listed).toContain('"ImportPath": "encoding/json"');
  expect(listed).not.toContain('encoding/json/v2');

  const missing = unseen('no-go-sum');
  writeFileSync(
    join(missing, 'go.mod'),
    readFileSync(join(missing, 'go.mod'), 'utf8').replace('v0.5.0', 'v0.4.0'),
  );
  const failed = await buildShipped({ plugin: missing, server: 'v3.0.0', output: join(dir, 'failed'), env });
  expect(failed.output).toContain('/nonexistent');
  expect(failed.code).not.toBe(0);
});

/** What `go list` printed when the module's download step was done, as it is remembered. */
function listingOf(cacheDir: string, module: string): string {
  const folder = join(cacheDir, `host-${String(process.getuid?.() ?? 0)}`, 'downloaded');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const schema = v.object({ goMod: v.string(), list: v.string() });
  const found = texts
    .map((text) => v.safeParse(schema, JSON.parse(text)))
    // What was tidied is remembered there too.
    .flatMap((read) => (read.success ? [read.output] : []))
    .find(({ goMod }) => goMod.includes(`module example.org/${module}\n`));
  if (found === undefined) throw new Error(`nothing is remembered of ${module}`);
  return found.list;
}

describe("a Go that is installed on the machine, and calls itself the server's", () => {
  /** The builder on a machine whose go is a copy of that release, as a distribution might install it. */
  const prepared = async (
    env: Readonly<Record<string, string>>,
  ): Promise<{ builder: Builder; go: string }> => {
    const target = targetOf('linux-amd64');
    const server = await catalogServer('v3.0.0');
    const known = await realHostBuilder({ server });
    await known.prepare([target]);
    const step = { target, workspace: { module: dir, pin: dir, out: dir, replaced: [] } };
    const programOf = (of: Builder): string =>
      of.describe({ ...step, phase: 'compile', args: [] })[0].args.at(-1) ?? '';
    const installed = join(dir, 'installed');
    cpSync(dirname(dirname(programOf(known))), installed, { recursive: true });
    const builder = await realHostBuilder({
      server,
      cacheDir: join(dir, 'cache'),
      env: { ...process.env, PATH: `${join(installed, 'bin')}:${process.env['PATH'] ?? ''}`, ...env },
    });
    await builder.prepare([target]);
    return { builder, go: programOf(builder) };
  };
  afterEach(() => {
    // Go makes its module cache read-only.
    execFileSync('chmod', ['-R', 'u+w', dir]);
  });

  test('builds nothing where the same can be fetched, checked', async () => {
    const { builder, go } = await prepared({});
    expect(go).toContain('/mod/golang.org/toolchain@v0.0.1-go1.26.0.linux-');
    expect(execFileSync(go, ['version'], { env: { GOTOOLCHAIN: 'local' }, encoding: 'utf8' })).toContain(
      'go1.26.0',
    );
    expect(builder.doubt()).toBeNull();
  });

  test('builds where it cannot be checked, and proofs by a reference host say so', async () => {
    const { builder, go } = await prepared({ GOSUMDB: 'off' });
    expect(go).toBe(join(dir, 'installed/bin/go'));
    expect(builder.doubt()).toMatch(
      /installed in .*: the Go toolchain go1\.26\.0 could not be fetched \(.*GOSUMDB=off\)$/,
    );
    const caches = readdirSync(join(dir, 'cache', `host-${String(process.getuid?.() ?? 0)}`, 'build'));
    expect(caches).toEqual([expect.stringMatching(/^go1\.26\.0-installed-/)]);
  });
});
