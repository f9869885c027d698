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
import { collectReplaced, type ReplacedModule, type ReplacedRequest } from '../../../src/pin/replaced.js';
import { failureOf } from '../../support/failure.js';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'replaced-')));
  mkdirSync(join(root, 'plugin'));
  mkdirSync(join(root, 'work'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function collect(goMod: string, options: Partial<ReplacedRequest> = {}): Promise<readonly ReplacedModule[]> {
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
    workDir: join(root, 'work'),
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
    const folders = await collect(
      [
        'module example.com/p',
        'replace example.com/a => ../lib',
        'replace example.com/b => "./in ner"',
        `replace example.com/c => ${join(root, 'far/ä')}`,
        'replace example.com/d => ../link',
        'replace example.com/e => example.com/f v1.0.0',
      ].join('\n'),
    );
    expect(folders).toEqual(
      ['lib', 'plugin/in ner', 'far/ä', 'lib'].map((dir, index) => {
        const path = join(root, dir);
        return { index, dir: path, source: path, lowered: null };
      }),
    );
  });

  test.each([
    ['1.25', '1.24.1', '1.24.1'],
    ['1.24.2', '1.24.1', '1.24.1'],
    ['1.21.0', '1.19.1', '1.19'],
  ])('lowers go %s for Go %s in a copy', async (from, goVersion, to) => {
    const text = `// Its own file.\nmodule example.com/a\n\ngo ${from} // newest\n\nfuture x\n`;
    write('lib/go.mod', text);
    write('lib/sub/a.go', 'package sub\n');
    const server = { version: 'x', goVersion, pinList: { source: 'go.mod' as const, modules: [] } };
    const goMod = 'module example.com/p\nreplace example.com/a => ../lib\n';
    const [folder] = await collect(goMod, { server });
    expect(folder).toEqual({
      index: 0,
      dir: join(root, 'work/0'),
      source: join(root, 'lib'),
      lowered: { from, to },
    });
    expect(readFileSync(join(root, 'work/0/go.mod'), 'utf8')).toBe(text.replace(`go ${from}`, `go ${to}`));
    expect(readFileSync(join(root, 'work/0/sub/a.go'), 'utf8')).toBe('package sub\n');
    expect(readFileSync(join(root, 'lib/go.mod'), 'utf8')).toBe(text);
  });

  test('does not look for a folder that stands for a server module, unless the plugin keeps its versions', async () => {
    const goMod = 'module example.com/p\nreplace golang.org/x/net => ../nowhere\n';
    expect(await collect(goMod)).toEqual([]);
    await expect(collect(goMod, { dependencies: 'keep' })).rejects.toThrow(/nowhere/);
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
      collect(`module example.com/p\n\nreplace example.com/a v1.0.0 => ${dir}\n`),
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
