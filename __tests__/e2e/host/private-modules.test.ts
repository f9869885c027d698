import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { failureOfRun, runPlugin } from '../../support/host/plugin-run.js';
import { startPrivateProxy, type PrivateProxy } from '../../support/private-proxy.js';

let dir = '';
let proxy: PrivateProxy;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-private-'));
  proxy = await startPrivateProxy(join(dir, 'proxy'));
});

afterAll(async () => {
  await proxy.close();
  rmSync(dir, { recursive: true });
});

function plugin() {
  return { folder: 'private-dependency', files: { 'go.mod': proxy.goMod } };
}

/** A home of its own, with a .netrc unless that is null. */
function homeWith(name: string, netrc: string | null): string {
  const home = join(dir, name);
  mkdirSync(home);
  if (netrc !== null) writeFileSync(join(home, '.netrc'), netrc, { mode: 0o600 });
  return home;
}

/** A folder with a C compiler that writes down its environment: the compile step's linker starts it. */
function spyingCompiler(log: string): string {
  const real = execFileSync('which', ['gcc'], { encoding: 'utf8' }).trim();
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'gcc'), `#!/bin/sh\nenv >> '${log}'\nexec '${real}' "$@"\n`);
  chmodSync(join(bin, 'gcc'), 0o755);
  return bin;
}

test('without a login a private module is refused, and the remedy names the .netrc', async () => {
  const env = { ...proxy.env, HOME: homeWith('stranger', null) };
  const { exitCode, failure } = failureOfRun(await runPlugin(plugin(), env));

  expect([exitCode, failure.code]).toEqual([3, 'module-auth']);
  expect(failure.what).toContain('plugin-build.test/private');
  expect(failure.remedy).toContain('.netrc');
  expect(proxy.served).toEqual([]);
});

test('a plugin with a private module is built, and the compile step knows nothing of the login', async () => {
  const log = join(dir, 'compiler.log');
  const PATH = `${spyingCompiler(log)}:${process.env['PATH'] ?? ''}`;
  const env = { ...proxy.env, HOME: homeWith('user', proxy.netrc), PATH };
  const run = await runPlugin(plugin(), env);

  expect(run).toMatchObject({ report: { exitCode: 0, compatible: true } });
  expect(proxy.served).toContainEqual(expect.stringMatching(/^\/plugin-build\.test\/private\/.*\.zip$/));
  const seen = readFileSync(log, 'utf8');
  expect(seen).toContain('GOPROXY=off');
  for (const secret of proxy.secrets) expect(seen).not.toContain(secret);
  expect(JSON.stringify(run)).not.toContain('password');
});
