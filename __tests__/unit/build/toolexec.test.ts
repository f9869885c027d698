import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { splitQuoted } from '../../../src/build/quoted.js';
import { checkMappable, toolexecArg } from '../../../src/build/toolexec.js';
import { Failure } from '../../../src/errors.js';

/** As go reads it: the program and the arguments that come before the tool. */
function wrapper(): readonly string[] {
  const split = splitQuoted(toolexecArg().slice('-toolexec='.length));
  if (split.kind !== 'fields') throw new Error('go could not read it');
  return split.fields;
}

describe('the wrapper around the compiler', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "tool's dir "));
    for (const name of ['compile', 'asm', 'link', 'cgo', 'x86_64-linux-gnu-gcc']) {
      const tool = join(dir, name);
      writeFileSync(
        tool,
        '#!/bin/sh\n[ "$1" = -V=full ] && echo "compile version go1.26.0" && exit\nprintf "<%s>" "$@"\nexit 7\n',
      );
      chmodSync(tool, 0o755);
    }
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  const run = (
    tool: string,
    args: readonly string[],
    modCache = '/c/mod',
  ): { status: number | null; stdout: string; stderr: string } => {
    const [program = '', ...first] = wrapper();
    return spawnSync(program, [...first, join(dir, tool), ...args], {
      encoding: 'utf8',
      env: { GOMODCACHE: modCache },
    });
  };

  test('adds the mapping after the rewrites that go passes, and keeps every argument and the exit code', () => {
    const args = ['-o', 'a b', '-trimpath', '$WORK/b1=>', '-p', "it's", '', '*', '"x"', '-e'];
    const result = run('compile', args);
    expect(result.stdout).toBe(
      `<-o><a b><-trimpath><$WORK/b1=>;/c/mod=>/go/pkg/mod><-p><it's><><*><"x"><-e>`,
    );
    expect(result.status).toBe(7);
  });

  test.each(['/with blank/mod', '/é/Ж/模', `/it's "q"/mod`, '/a=>b/mod', '/$HOME/`id`/$(id)/%s'])(
    'takes the path %s as it is',
    (modCache) => {
      expect(run('compile', ['-o', 'x', '-trimpath', 'w=>'], modCache).stdout).toBe(
        `<-o><x><-trimpath><w=>;${modCache}=>/go/pkg/mod>`,
      );
    },
  );

  test("is part of the compiler's identity, so that caches of other mappings are not used", () => {
    const result = run('compile', ['-V=full']);
    expect(result.stdout).toBe('compile version go1.26.0 $GOROOT;/c/mod=>/go/pkg/mod\n');
    expect(result.status).toBe(0);
  });

  test.each([
    ['link', ['-o', 'x', '-importcfg', 'y', '-trimpath', 'z']],
    ['x86_64-linux-gnu-gcc', ['-###', '-x', 'c', '-c', '-']],
  ])('leaves %s alone', (tool, args) => {
    const result = run(tool, args);
    expect(result.stdout).toBe(args.map((arg) => `<${arg}>`).join(''));
    expect(result.status).toBe(7);
  });

  test('maps what the assembler writes into the file too', () => {
    const result = run('asm', ['-p', 'x', '-trimpath', 'w=>', '-I', 'y']);
    expect(result.stdout).toBe('<-p><x><-trimpath><w=>;/c/mod=>/go/pkg/mod><-I><y>');
    expect(result.status).toBe(7);
  });

  test('stops where a compiler is started in an unknown way: an unmapped package would be no error otherwise', () => {
    const result = run('compile', ['-p', 'x', '-o', 'y', '-trimpath', 'w=>']);
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('unknown way');
    expect(result.stdout).toBe('');
  });

  test('fails where the compiler does', () => {
    rmSync(join(dir, 'asm'));
    expect(run('asm', ['-V=full']).status).toBe(127);
  });

  test('is POSIX sh: the shell reads it without a complaint', () => {
    const script = wrapper()[2] ?? '';
    expect(script).not.toContain("'");
    expect(execFileSync('/bin/sh', ['-n', '-c', script], { encoding: 'utf8' })).toBe('');
  });
});

describe('checkMappable', () => {
  test.each(['/a/b', '/a b/é', '/a=>b', `/it's "q"`])('takes %s', (path) => {
    expect(() => {
      checkMappable(path);
    }).not.toThrow();
  });

  test.each(['/a;b', '/a\nb', '/a\rb'])('refuses %j', (path) => {
    const check = (): void => {
      checkMappable(path);
    };
    expect(check).toThrow(Failure);
    expect(check).toThrow(expect.objectContaining({ kind: 'input', code: 'unmappable-cache-dir' }));
  });
});
