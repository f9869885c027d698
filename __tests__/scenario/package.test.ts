import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { run, systemNodes } from '../support/dist.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let cli = '';

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-package-'));
  const env = { ...process.env, npm_config_cache: join(dir, 'npm') };
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', dir], { env });
  const [archive = ''] = readdirSync(dir).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(dir, archive), '-C', dir]);
  cli = join(dir, 'package/dist/cli.js');
  cpSync(resolve('examples/webhook'), join(dir, 'webhook'), { recursive: true });
});

afterAll(() => rmSync(dir, { recursive: true }));

test('holds what it needs, and nothing else', () => {
  expect(readdirSync(join(dir, 'package')).sort()).toEqual([
    'LICENSE',
    'README.md',
    'catalog',
    'dist',
    'docs',
    'package.json',
  ]);
});

test.each(systemNodes)('is a command line that works alone, on %s', async (node) => {
  const offline = ['--server-api-url', 'http://127.0.0.1:9'];
  const listed = await run({ file: cli, args: ['versions', ...offline], cwd: dir, node });
  expect(listed).toMatchObject({ code: 0, stdout: expect.stringContaining('\nv3.0.0 ') });
  const args = ['check', '--path', 'webhook', '--server', 'v3.0.0', '--compile', 'false', ...offline];
  expect(await run({ file: cli, args, cwd: dir, node })).toMatchObject({ code: 0 });
  expect((await run({ file: cli, args: ['--version'], cwd: dir, node })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
