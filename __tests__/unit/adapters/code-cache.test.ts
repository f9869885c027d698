import { execFile } from 'node:child_process';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { codeCacheFile } from '../../../src/adapters/code-cache.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(60_000);

const run = promisify(execFile);
let dir = '';
let cacheFile = '';

/** Starts main.js as the command line is started. */
const starter = `
await import(${JSON.stringify(resolve('scripts/typescript-imports.js'))});
const { createRequire } = await import('node:module');
const { runWithCodeCache } = await import(${JSON.stringify(resolve('src/adapters/code-cache.ts'))});
const [, , main, cacheFile, build, keeps] = process.argv;
runWithCodeCache(main, { cacheFile, build, keeps: keeps === 'true', require: createRequire(import.meta.url) });
`;

const files = {
  'main.js': `
    const { word } = require('./words/word.js');
    const { sep } = require('node:path');
    console.log(word() + sep + require('./words/word.js').count + __filename.slice(__dirname.length));
    process.exitCode = Number(process.env.CODE ?? 0);
    if (process.env.MORE) require('./more.js');`,
  'words/word.js': `
    exports.count = (exports.count ?? 0) + 1;
    const circle = require('./circle.js');
    exports.word = () => circle.seen + (() => 'word')();`,
  'words/circle.js': `exports.seen = Object.keys(require('./word.js')).join() + ' ';`,
  'more.js': `console.log('more');`,
};
const printed = 'count word/1/main.js\n';

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'code-cache-'));
  cacheFile = join(dir, 'cache/code/x');
  await mkdir(join(dir, 'words'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  await writeFile(join(dir, 'start.mjs'), starter);
});

afterEach(() => rm(dir, { recursive: true }));

async function start({
  folder = dir,
  build = 'one',
  keeps = true,
  env = {},
}: {
  readonly folder?: string;
  readonly build?: string;
  readonly keeps?: boolean;
  readonly env?: Readonly<Record<string, string>>;
} = {}): Promise<string> {
  const args = ['--disable-warning=ExperimentalWarning', join(dir, 'start.mjs')];
  const { stdout } = await run(
    process.execPath,
    [...args, join(folder, 'main.js'), cacheFile, build, String(keeps)],
    { env: { ...process.env, ...env } },
  );
  return stdout;
}

/** Which file it is: a new one has another number. */
async function kept(): Promise<number | null> {
  return stat(cacheFile).then(
    ({ ino }) => ino,
    () => null,
  );
}

describe('a run', () => {
  test('keeps its code, and the next one runs it', async () => {
    expect(await start()).toBe(printed);
    const first = await kept();
    expect(first).not.toBeNull();
    expect((await stat(cacheFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(dir, 'cache/code'))).toEqual(['x']);
    // Had V8 refused the code, it would be kept again.
    expect(await start()).toBe(printed);
    expect(await kept()).toBe(first);
  });

  test('adds the code of what no run has loaded, and loses none', async () => {
    await start();
    const [first, { size }] = [await kept(), await stat(cacheFile)];
    expect(await start({ env: { MORE: '1' } })).toBe(`${printed}more\n`);
    const second = await kept();
    expect(second).not.toBe(first);
    expect((await stat(cacheFile)).size).toBeGreaterThan(size);
    expect(await start()).toBe(printed);
    expect(await start({ env: { MORE: '1' } })).toBe(`${printed}more\n`);
    expect(await kept()).toBe(second);
  });

  test('of a copy elsewhere takes it too', async () => {
    await start();
    const first = await kept();
    const copy = join(dir, 'copy');
    for (const name of Object.keys(files)) await cp(join(dir, name), join(copy, name));
    expect(await start({ folder: copy })).toBe(printed);
    expect(await kept()).toBe(first);
  });

  test('of other files uses none of it', async () => {
    await start();
    const first = await kept();
    // V8 would take the old code for this, as it is as long.
    await writeFile(join(dir, 'words/word.js'), files['words/word.js'].replace("'word'", "'lord'"));
    expect(await start({ build: 'two' })).toBe(printed.replace('word', 'lord'));
    expect(await kept()).not.toBe(first);
  });

  test.each([
    ['cut off', (path: string) => truncate(path, 2000)],
    [
      'filled up with zeros',
      async (path: string) => {
        const bytes = await readFile(path);
        await writeFile(path, bytes.fill(0, 2000));
      },
    ],
    ['empty', (path: string) => truncate(path, 0)],
    ['something else', (path: string) => writeFile(path, '{"build":"one","files":[["a",-1]]}\n')],
    [
      'not of this V8',
      async (path: string) => {
        const bytes = await readFile(path);
        const start = bytes.indexOf('\n') + 1;
        await writeFile(path, bytes.fill(7, start, start + 16));
      },
    ],
    ['writable by others', (path: string) => chmod(path, 0o622)],
  ])('does without what is %s, and keeps it anew', async (_, spoil) => {
    await start();
    await spoil(cacheFile);
    const spoilt = await kept();
    expect(await start()).toBe(printed);
    const mended = await kept();
    expect(mended).not.toBe(spoilt);
    expect(await start()).toBe(printed);
    expect(await kept()).toBe(mended);
  });

  test('keeps nothing where it may not, or ends badly', async () => {
    expect(await start({ keeps: false })).toBe(printed);
    await expect(start({ env: { CODE: '2' } })).rejects.toMatchObject({ code: 2, stdout: printed });
    expect(await kept()).toBeNull();
    await expect(start({ env: { CODE: '1' } })).rejects.toMatchObject({ code: 1, stdout: printed });
    expect(await kept()).not.toBeNull();
  });

  test('minds no place that takes nothing', async () => {
    await writeFile(join(dir, 'cache'), '');
    expect(await start()).toBe(printed);
    expect((await stat(join(dir, 'cache'))).size).toBe(0);
  });
});

describe('the place', () => {
  const { platform, versions } = process;
  const place = (command: string | undefined, env: Readonly<Record<string, string>>): string | null =>
    codeCacheFile(command, { platform, versions, env });

  test('is in the cache folder, for each command and V8', () => {
    const code = `/c/gotify-plugin-build/code/check-v8-${versions.v8}`;
    expect(place('check', { XDG_CACHE_HOME: '/c', HOME: '/h' })).toBe(code);
    expect(place('build', { XDG_CACHE_HOME: '/c' })).not.toBe(code);
  });

  test.each([
    ['no command is named', undefined, {}],
    ['it is none', '--help', {}],
    ['it would be a path', '../x', {}],
    ['there is no cache folder', 'check', { HOME: '' }],
    ['Node is to keep none', 'check', { NODE_DISABLE_COMPILE_CACHE: '1' }],
    ['coverage is taken', 'check', { NODE_V8_COVERAGE: '/coverage' }],
  ])('is nowhere where %s', (_, command, env) => {
    expect(place(command, { HOME: '/h', ...env })).toBeNull();
  });
});
