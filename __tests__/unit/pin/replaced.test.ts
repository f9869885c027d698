import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import {
  collectReplaced,
  loweredOverlay,
  loweredWarnings,
  type ReplacedFolders,
  type ReplacedRequest,
} from '../../../src/pin/replaced.js';
import { failureOf } from '../../support/failure.js';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'replaced-')));
  mkdirSync(join(root, 'plugin'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function collect(goMod: string, options: Partial<ReplacedRequest> = {}): Promise<ReplacedFolders> {
  const server = {
    version: 'v2.6.3',
    goVersion: '1.24.1',
    pinList: { source: 'go.mod' as const, modules: [{ path: 'golang.org/x/net', version: 'v0.1.0' }] },
  };
  const request: ReplacedRequest = {
    goMod,
    file: 'plugin/go.mod',
    moduleDir: join(root, 'plugin'),
    dependencies: 'pin',
    server,
    ...options,
  };
  return collectReplaced(request, createFiles());
}

describe('collectReplaced', () => {
  test('finds folders beside, inside, absolute and behind a link, in order', async () => {
    write('lib/go.mod', 'module example.com/a\ngo 1.20\n');
    write('plugin/in ner/go.mod', 'module example.com/b\n');
    write('far/ä/go.mod', 'module example.com/c\ngo 1.24.1\n');
    symlinkSync(join(root, 'lib'), join(root, 'link'));
    const { folders, absent } = await collect(
      [
        'module example.com/p',
        'replace example.com/a => ../lib',
        'replace example.com/b => "./in ner"',
        `replace example.com/c => ${join(root, 'far/ä')}`,
        'replace example.com/d => ../link',
        'replace example.com/e => example.com/f v1.0.0',
      ].join('\n'),
    );
    const dirs = ['../lib', './in ner', join(root, 'far/ä'), '../link'];
    expect(folders).toEqual(
      ['lib', 'plugin/in ner', 'far/ä', 'lib'].map((path, index) => ({
        index,
        dir: dirs[index],
        modules: [`example.com/${'abcd'.charAt(index)}`],
        line: index + 2,
        path: join(root, path),
        lowered: null,
      })),
    );
    expect(absent).toEqual([]);
  });

  test.each([
    ['1.25', '1.24.1', '1.24.1'],
    ['1.24.2', '1.24.1', '1.24.1'],
    ['1.21.0', '1.19.1', '1.19'],
  ])('lowers go %s for Go %s, and the folder stays as it is', async (from, goVersion, to) => {
    const text = `// Its own file.\nmodule example.com/a\n\ngo ${from} // newest\n\nfuture x\n`;
    write('lib/go.mod', text);
    write('lib/sub/a.go', 'package sub\n');
    const server = { version: 'x', goVersion, pinList: { source: 'go.mod' as const, modules: [] } };
    const goMod = 'module example.com/p\nreplace example.com/a => ../lib\n';
    const { folders } = await collect(goMod, { server });
    expect(folders).toMatchObject([
      {
        path: join(root, 'lib'),
        lowered: { from, to, goMod: text.replace(`go ${from}`, `go ${to}`) },
      },
    ]);
    expect(readFileSync(join(root, 'lib/go.mod'), 'utf8')).toBe(text);
    const replaced = (index: number): string => `/replaced/${String(index)}`;
    expect(loweredOverlay(folders, { pin: '/pin', replaced })).toEqual({
      '/replaced/0/go.mod': '/pin/replaced-0.mod',
    });
    const [warning] = loweredWarnings(folders, server);
    expect(warning?.line).toBe(2);
    expect(warning?.text).toContain(`example.com/a in ../lib asks for Go ${from}`);
    expect(warning?.text.includes('for` loop')).toBe(false);
  });

  test('says what a lower line means for loops, where it goes below 1.22', async () => {
    write('lib/go.mod', 'module example.com/a\ngo 1.22\n');
    const server = { version: 'x', goVersion: '1.21.1', pinList: { source: 'go.mod' as const, modules: [] } };
    const { folders } = await collect('module example.com/p\nreplace example.com/a => ../lib\n', { server });
    expect(loweredWarnings(folders, server)).toEqual([
      { text: expect.stringContaining('before Go 1.22 all rounds of a `for` loop share'), line: 2 },
    ]);
  });

  test('does not look for a folder that stands for a server module, unless the plugin keeps its versions', async () => {
    const goMod = 'module example.com/p\nreplace golang.org/x/net => ../nowhere\n';
    expect(await collect(goMod)).toEqual({ folders: [], absent: [] });
    const { folders, absent } = await collect(goMod, { dependencies: 'keep' });
    expect([folders, absent.map(({ dir }) => dir)]).toEqual([[], ['../nowhere']]);
  });

  test('what nothing requires may be absent: it counts in no number, and Go decides', async () => {
    write('lib/go.mod', 'module example.com/b\n');
    write('file', 'x');
    mkdirSync(join(root, 'empty'));
    const { folders, absent } = await collect(
      [
        'module example.com/p',
        'require example.com/b v0.0.0',
        'replace example.com/a => ../gone',
        'replace example.com/c => ../file',
        'replace example.com/d => ../empty',
        'replace example.com/b => ../lib',
      ].join('\n'),
    );
    expect(folders).toMatchObject([{ index: 0, dir: '../lib', path: join(root, 'lib') }]);
    expect(absent.map(({ dir, failure }) => [dir, failure.code])).toEqual([
      ['../gone', 'replaced-folder-missing'],
      ['../file', 'replaced-not-a-folder'],
      ['../empty', 'replaced-without-go-mod'],
    ]);
  });

  test.each([
    ['../nowhere', 'replaced-folder-missing', /is not there/],
    ['../file', 'replaced-not-a-folder', /not a folder/],
    ['../file/below', 'replaced-folder-missing', /is not there/],
    ['../empty', 'replaced-without-go-mod', /no go\.mod/],
  ])('refuses %s: %s', async (dir, code, what) => {
    write('file', 'x');
    mkdirSync(join(root, 'empty'));
    const failure = await failureOf(
      collect(`module example.com/p\nrequire example.com/a v1.0.0\nreplace example.com/a v1.0.0 => ${dir}\n`),
    );
    expect([failure.kind, failure.code]).toEqual(['input', code]);
    expect(failure.message).toMatch(/^plugin\/go\.mod:3: /);
    expect(failure.what).toMatch(what);
    expect(failure.what).toContain('example.com/a');
  });

  test("names the folder's own go.mod where that is malformed", async () => {
    write('lib/go.mod', 'module example.com/a\nrequire (\n');
    const failure = await failureOf(collect('module example.com/p\nreplace example.com/a => ../lib\n'));
    expect(failure.code).toBe('malformed-go-mod');
    expect(failure.message).toContain(`${join(root, 'lib/go.mod')}:2:1: `);
  });
});
