import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { cli, run, systemNodes, type Ended } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let github: GitHubDouble;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-start-'));
  cpSync(resolve('examples/webhook'), join(dir, 'webhook'), { recursive: true });
  github = await startGitHub();
});

afterAll(async () => {
  await github.close();
  rmSync(dir, { recursive: true });
});

const start = (node: string, home: string, ...args: readonly string[]): Promise<Ended> =>
  run({ file: cli, args, cwd: dir, node, env: { HOME: join(dir, home) } });

/** The files of V8's code below a home, each with its number: one that is written again has another. */
function keptIn(home: string): readonly (readonly [name: string, file: number])[] {
  const folder = join(dir, home, '.cache/gotify-plugin-build/code');
  return readdirSync(folder).map((name) => [name, statSync(join(folder, name)).ino]);
}

test.each(systemNodes)('the second run takes the code that the first has kept, on %s', async (node) => {
  const home = `home-${String(systemNodes.indexOf(node))}`;
  mkdirSync(join(dir, home));
  const lines = ['--path', 'webhook', '--compile', 'false', '--server', 'v3.0.0'];
  const where = [
    '--server-api-url',
    github.url,
    '--output',
    'out',
    '--cache-dir',
    join(dir, `${home}-cache`),
  ];
  const check = ['check', ...lines, ...where];
  const first = await start(node, home, ...check);
  // From the cache of servers on.
  const second = await start(node, home, ...check);
  const kept = keptIn(home);
  const third = await start(node, home, ...check);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect([second, third]).toEqual([first, first]);
  expect(kept).toEqual([[expect.stringMatching(/^check-v8-/), expect.any(Number)]]);
  expect(keptIn(home)).toEqual(kept);
});

test.each([
  ['bad input', 2, ['build', '--targets', 'windows']],
  ['no plugin', 2, ['build', '--path', 'nowhere']],
  ['a dry run', 0, ['build', '--path', 'webhook', '--server', 'v3.0.0', '--dry-run']],
] as const)('%s leaves nothing behind', async (_, code, args) => {
  mkdirSync(join(dir, 'empty'), { recursive: true });
  const more = code === 0 ? ['--server-api-url', github.url] : [];
  expect(await start(process.execPath, 'empty', ...args, ...more)).toMatchObject({ code });
  expect(readdirSync(join(dir, 'empty'))).toEqual([]);
});
