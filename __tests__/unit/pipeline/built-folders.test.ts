import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import { createFiles } from '../../../src/adapters/files.js';
import { matchingFiles } from '../../../src/adapters/folders.js';
import { builtFile, builtFolders, type BuiltFolder } from '../../../src/pipeline/built-folders.js';
import { pluginModule, writeOutput, type OutputGroup } from '../../support/build-output.js';
import { failureOf } from '../../support/failure.js';

let base = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'built-folders-'));
});

afterEach(() => {
  rmSync(base, { recursive: true });
});

const ports = { files: createFiles(), matchingFiles, openBytes };
const newest: OutputGroup = { servers: ['v3.0.0'], targets: ['linux-amd64', 'linux-arm64'] };
const older: OutputGroup = { servers: ['v2.9.1'], targets: ['linux-amd64'] };

const find = (...folders: string[]): ReturnType<typeof builtFolders> =>
  builtFolders({ base, folders }, ports);

function pathsOf(found: readonly BuiltFolder[]): readonly (readonly string[])[] {
  return found.map(({ paths }) => paths.map((path) => path.slice(base.length + 1)));
}

type Built = Parameters<typeof builtFile>[1];

function builtIn({ report }: BuiltFolder, at = 0): Built {
  const target = report.groups[0]?.targets[at];
  if (target?.kind !== 'built') throw new Error('nothing is built');
  return target;
}

describe('folders', () => {
  test('are named, or matched by a pattern, and each counts once', async () => {
    writeOutput(join(base, 'downloads/a'), [newest]);
    writeOutput(join(base, 'downloads/b'), [older]);
    mkdirSync(join(base, 'downloads/logs'));
    expect(pathsOf(await find('downloads/a'))).toEqual([['downloads/a']]);
    expect(pathsOf(await find(join(base, 'downloads/a')))).toEqual([['downloads/a']]);
    expect(pathsOf(await find('downloads/a', './downloads/a/', 'downloads/*'))).toEqual([
      ['downloads/a'],
      ['downloads/b'],
    ]);
    expect(pathsOf(await find('downloads/{b,c}/'))).toEqual([['downloads/b']]);
  });

  test('of which one is named like a pattern are found by name', async () => {
    writeOutput(join(base, 'out [1]'), [newest]);
    writeOutput(join(base, 'out 1'), [older]);
    expect(pathsOf(await find('out [1]'))).toEqual([['out [1]']]);
  });

  test('with one report are one build, whose files lie in several of them', async () => {
    writeOutput(join(base, 'amd64'), [newest]);
    cpSync(join(base, 'amd64'), join(base, 'arm64'), { recursive: true });
    const name = (target: string): string => `hello-linux-${target}-for-gotify-v3.0.0.so`;
    rmSync(join(base, 'amd64', name('arm64')));
    rmSync(join(base, 'arm64', name('amd64')));
    const [folder, ...more] = await find('a*64');
    expect(pathsOf([folder, ...more])).toEqual([['amd64', 'arm64']]);
    expect(await builtFile(folder, builtIn(folder, 0), ports)).toBe(join(base, 'amd64', name('amd64')));
    expect(await builtFile(folder, builtIn(folder, 1), ports)).toBe(join(base, 'arm64', name('arm64')));
  });

  test('keep what their reports say', async () => {
    const report = writeOutput(join(base, 'out'), [newest, older]);
    const [{ report: read }] = await find('out');
    expect(read).toMatchObject({
      plugin: { module: pluginModule, commit: report.plugin.commit },
      servers: [{ version: 'v3.0.0' }, { version: 'v2.9.1' }],
      groups: [{ version: 'v3.0.0' }, { version: 'v2.9.1' }],
    });
  });

  test.each([
    ['that is not there', 'nowhere', 'nowhere'],
    ['that is empty', 'empty', 'empty'],
    ['that is the base', '.', '.'],
    ['that no pattern finds', 'e*', 'e*'],
    ['whose report is a folder', 'folder', 'folder'],
  ])('%s is bad input', async (_, folder, named) => {
    mkdirSync(join(base, 'empty'));
    mkdirSync(join(base, 'folder/report.json'), { recursive: true });
    expect(await failureOf(find(folder))).toMatchObject({
      kind: 'input',
      code: 'no-report',
      what: `${named} has no report.json`,
      where: { kind: 'input', input: 'folders' },
    });
  });

  test.each([
    ['another plugin', { module: 'example.org/other' }, 'example.org/other at c0ffee000000'],
    ['another commit', { commit: 'b'.repeat(40) }, `${pluginModule} at bbbbbbbbbbbb`],
    ['nobody knows what', { commit: null }, `${pluginModule} at an unknown commit`],
  ])('of %s do not mix', async (_, changes, name) => {
    writeOutput(join(base, 'a'), [newest]);
    writeOutput(join(base, 'b'), [older], changes);
    expect(await failureOf(find('a', 'b'))).toMatchObject({
      kind: 'input',
      code: 'mixed-plugins',
      what: `a was built from ${pluginModule} at c0ffee000000, and b from ${name}`,
      where: { kind: 'input', input: 'folders' },
    });
  });

  test('with a report that is none name it', async () => {
    mkdirSync(join(base, 'out'));
    writeFileSync(join(base, 'out/report.json'), '{');
    expect(await failureOf(find('out'))).toMatchObject({
      code: 'bad-report',
      where: { kind: 'file', file: 'out/report.json' },
    });
  });
});

describe('a file', () => {
  async function opened(): Promise<{ readonly folder: BuiltFolder; readonly path: string }> {
    writeOutput(join(base, 'out'), [newest]);
    const [folder] = await find('out');
    return { folder, path: join(base, 'out', builtIn(folder).file) };
  }

  test('is the one that was built', async () => {
    const { folder, path } = await opened();
    expect(await builtFile(folder, builtIn(folder), ports)).toBe(path);
  });

  test('is read piece by piece, so that memory does not grow with it', async () => {
    const { folder, path } = await opened();
    const bytes = Buffer.alloc(5 * 2 ** 20, 'plugin ');
    writeFileSync(path, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const pieces: number[] = [];
    const watched = {
      ...ports,
      files: { ...ports.files, readBytes: () => Promise.reject(new Error('it was read whole')) },
      openBytes: (name: string) => {
        const source = openBytes(name);
        const readInto = (offset: number, into: Uint8Array): number => {
          pieces.push(into.length);
          return source.readInto(offset, into);
        };
        return { ...source, readInto };
      },
    };
    const built = { ...builtIn(folder), size: bytes.length, sha256 };
    expect(await builtFile(folder, built, watched)).toBe(path);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(2 ** 20);
  });

  test('that was changed is bad input', async () => {
    const { folder, path } = await opened();
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = 7;
    writeFileSync(path, bytes);
    const failure = await failureOf(builtFile(folder, builtIn(folder), ports));
    expect(failure).toMatchObject({ kind: 'input', code: 'file-changed' });
    expect(failure.what).toMatch(
      /^hello-linux-amd64-for-gotify-v3\.0\.0\.so is not the file .*: its sha256 is [0-9a-f]{64}$/,
    );
    expect(failure.remedy).toContain(`Build ${pluginModule} again`);
  });

  test('that is gone is bad input', async () => {
    const { folder, path } = await opened();
    rmSync(path);
    expect(await failureOf(builtFile(folder, builtIn(folder), ports))).toMatchObject({
      kind: 'input',
      code: 'no-such-file',
      where: { kind: 'file', file: join(base, 'out/report.json') },
    });
  });

  test.each(['../secret.so', '/etc/hostname', 'x/../../secret.so'])(
    'outside of the folder is none: %s',
    async (file) => {
      const { folder } = await opened();
      writeFileSync(join(base, 'secret.so'), 'secret');
      expect(await failureOf(builtFile(folder, { ...builtIn(folder), file }, ports))).toMatchObject({
        code: 'no-such-file',
        what: `the folder has no ${file}, which its report names`,
      });
    },
  );
});
