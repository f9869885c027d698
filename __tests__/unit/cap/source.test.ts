import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { readSource, serverOfGoMod } from '../../../src/cap/source.js';
import { failureOf } from '../../support/failure.js';

let base = '';
const files = createFiles();
const ports = { files, openBytes };
const goMod = 'module example.com/server\n\ngo 1.24.0\n\nrequire example.com/a v1.5.0\n';

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'cap source '));
  for (const folder of ['server', 'empty', 'latest', 'master', 'with blanks'])
    await mkdir(join(base, folder));
  for (const folder of ['server', 'latest', 'master', 'with blanks'])
    await writeFile(join(base, folder, 'go.mod'), goMod);
  await writeFile(join(base, 'server.mod'), goMod);
  await writeFile(join(base, 'gotify'), '\x7fELF...', 'latin1');
});
afterAll(() => rm(base, { recursive: true }));

const goModOf = (display: string) => ({ kind: 'go.mod', display, file: join(base, display) });

describe('-from', () => {
  test.each([
    ['latest', { kind: 'server', specifier: { kind: 'latest' } }],
    ['v2.9.1', { kind: 'server', specifier: { kind: 'exact', version: '2.9.1' } }],
    ['2.9', { kind: 'server', specifier: { kind: 'range' } }],
    ['>=2.6 <3', { kind: 'server', specifier: { kind: 'range' } }],
    ['497f9459d2bc', { kind: 'server', specifier: { kind: 'ref' } }],
    ['develop', { kind: 'server', specifier: { kind: 'ref', ref: 'develop' } }],
    // A folder of that name is there, but none with a go.mod.
    ['empty', { kind: 'server', specifier: { kind: 'ref', ref: 'empty' } }],
  ])('%s is a server', async (text, expected) => {
    expect(await readSource(text, base, ports)).toMatchObject(expected);
  });

  test.each(['./gotify', 'gotify'])('%s is a gotify binary', async (text) => {
    expect(await readSource(text, base, ports)).toEqual({
      kind: 'server',
      specifier: { kind: 'binary', text, path: join(base, 'gotify') },
    });
  });

  test.each([
    ['server', 'server/go.mod'],
    ['./server', 'server/go.mod'],
    ['server/go.mod', 'server/go.mod'],
    ['server.mod', 'server.mod'],
    ['master', 'master/go.mod'],
    ['./latest', 'latest/go.mod'],
    ['with blanks', 'with blanks/go.mod'],
  ])('%s is a go.mod', async (text, display) => {
    expect(await readSource(text, base, ports)).toEqual(goModOf(display));
  });

  test.each([
    ['nothing.mod', 'there is no file or folder nothing.mod'],
    ['./nothing', 'there is no file or folder ./nothing'],
    ['./empty', 'there is no go.mod in the folder ./empty'],
    ['no such', 'there is no file or folder no such'],
    ['v2.9.1,v3.0.0', 'a go.mod can be capped to one server, and this names several'],
    ['all:>=2.6', 'a go.mod can be capped to one server, and this names several'],
  ])('%s is refused', async (text, what) => {
    expect(await failureOf(readSource(text, base, ports))).toMatchObject({
      kind: 'input',
      what,
      where: { kind: 'input', input: 'from' },
    });
  });
});

describe('a go.mod as a server', () => {
  /** A folder with these files. */
  const source = async (texts: Readonly<Record<string, string>>) => {
    const folder = await mkdtemp(join(base, 'made-'));
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
    return { kind: 'go.mod', file: join(folder, 'go.mod'), display: 'x/go.mod' } as const;
  };

  test.each([
    ['GO_VERSION', { 'go.mod': `${goMod}toolchain go1.24.3\n`, GO_VERSION: '1.26.0\n' }, '1.26.0'],
    ['the toolchain line', { 'go.mod': `${goMod}toolchain go1.24.3\n` }, '1.24.3'],
    ['the go line', { 'go.mod': goMod }, '1.24.0'],
    ['the go line', { 'go.mod': goMod.replace('1.24.0', '1.24') }, '1.24.0'],
  ])('takes its Go from %s', async (_name, texts, goVersion) => {
    expect(await serverOfGoMod(await source(texts), 'full', files)).toMatchObject({
      version: 'at x/go.mod',
      goVersion,
      goSum: '',
      pinList: { modules: [{ path: 'example.com/a', version: 'v1.5.0' }] },
    });
  });

  test('follows a replace by another version', async () => {
    const replaced = await source({ 'go.mod': `${goMod}replace example.com/a => example.com/a v1.6.0\n` });
    const { pinList } = await serverOfGoMod(replaced, 'full', files);
    expect(pinList.modules).toEqual([{ path: 'example.com/a', version: 'v1.6.0' }]);
  });

  test.each([
    [{ 'go.mod': `${goMod}replace example.com/a => ../a\n` }, 'server-replace', 'x/go.mod', 6],
    [{ 'go.mod': goMod.replace('1.24.0', '1.16') }, 'incomplete-go-mod', 'x/go.mod', 3],
    [{ 'go.mod': goMod, GO_VERSION: 'new' }, 'server-go-version', 'x/go.mod', undefined],
    [{ 'go.mod': 'modul x\n' }, 'malformed-go-mod', 'x/go.mod', 1],
    [{ 'go.mod': goMod, 'go.sum': 'x\n' }, 'malformed-go-sum', 'x/go.sum', 1],
  ])('is refused: %j', async (...[texts, code, file, line]) => {
    const failure = await failureOf(serverOfGoMod(await source(texts), 'full', files));
    expect(failure).toMatchObject({ kind: 'input', code, where: { file } });
    expect(failure.where?.kind === 'file' ? failure.where.line : null).toBe(line);
  });

  test.each([
    { 'go.mod': goMod.replace('go 1.24.0', '') },
    { 'go.mod': `${goMod}replace example.com/a => ../a\n` },
  ])('is enough for the rule gomod-cap: %j', async (texts) => {
    const server = await serverOfGoMod(await source(texts), 'gomod-cap', files);
    expect(server.goMod).toBe(texts['go.mod']);
  });
});
