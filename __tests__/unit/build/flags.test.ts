import { describe, expect, test } from '@jest/globals';
import { parseBuildFlags } from '../../../src/build/flags.js';
import { goBuildArgs } from '../../../src/build/go-args.js';
import { Failure } from '../../../src/errors.js';

function refusal(raw: { ldflags?: string; buildFlags?: string }): Failure {
  try {
    parseBuildFlags({ ldflags: '', buildFlags: '', ...raw });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('build-flags that are taken', () => {
  test.each([
    ['', []],
    ['\n  \r\n', []],
    ['-v', ['-v']],
    ['--x', ['-x']],
    ['-p=4', ['-p=4']],
    ['-p 4', ['-p=4']],
    ['-p\n4', ['-p=4']],
    ['-tags=one,two', ['-tags=one,two']],
    ['-tags one two', ['-tags=one,two']],
    ['-tags="one two"', ['-tags=one,two']],
    ['-gcflags=-N -l', ['-gcflags=-N -l']],
    ['-gcflags=./...=-m=2', ['-gcflags=./...=-m=2']],
    ['-gcflags=.=-N', ['-gcflags=.=-N']],
    ['-asmflags=-D=DEBUG=1', ['-asmflags=-D=DEBUG=1']],
    ['-v\n-tags=a\r\n-x', ['-v', '-tags=a', '-x']],
  ])('%j', (buildFlags, flags) => {
    expect(parseBuildFlags({ ldflags: '', buildFlags })).toMatchObject({
      flags,
      ldflags: [],
      rebuildAll: false,
    });
  });

  test('-a asks for a full build and is no flag of its own', () => {
    expect(parseBuildFlags({ ldflags: '', buildFlags: '-a' })).toEqual({
      ldflags: [],
      flags: [],
      tags: null,
      rebuildAll: true,
    });
  });

  test('tags are told apart, for listing packages', () => {
    expect(parseBuildFlags({ ldflags: '', buildFlags: '-tags=b,a' }).tags).toBe('b,a');
  });
});

describe('build-flags that are refused', () => {
  test.each([
    ['-trimpath', 'inside shared packages'],
    ['-race', 'every package'],
    ['-msan', 'every package'],
    ['-asan', 'every package'],
    ['-cover', 'every package'],
    ['-tags netgo', 'standard library'],
    ['-tags=mine,netgo', 'standard library'],
    ['-tags=osusergo', 'standard library'],
    ['-tags=goexperiment.arenas', 'standard library'],
    ['-tags=nomsgpack', 'gin'],
    ['-tags=race', 'sets it itself'],
    ['-toolexec=/bin/true', 'programs or files of your choice'],
    ['-overlay=x.json', 'programs or files of your choice'],
    ['-exec=/bin/true', 'programs or files of your choice'],
    ['-mod=vendor', 'sets it itself'],
    ['-modfile=other.mod', 'sets it itself'],
    ['-buildmode=exe', 'sets it itself'],
    ['-installsuffix=x', 'sets it itself'],
    ['-buildvcs=true', 'sets it itself'],
    ['-o=/etc/passwd', 'output and name'],
    ['-C=/', 'path and package'],
    ['-ldflags=-s', 'the input ldflags'],
    ['-pgo=auto', 'shared packages'],
    ['-linkshared', 'shared Go libraries'],
    ['-compiler=gccgo', 'gc'],
    ['-pkgdir=/x', 'of your choice'],
    ['-gcflags=all=-l', 'shares with the server'],
    ['-gcflags=std=-N', 'shares with the server'],
    ['-gcflags=github.com/gin-gonic/...=-N', 'shares with the server'],
    ['-gcflags=./../lib=-N', 'shares with the server'],
    ['-gcflags=../...=-N', 'shares with the server'],
    ['-gcflags=-trimpath=/', 'known to be safe'],
    ['-gcflags=-N -o=/tmp/x', 'known to be safe'],
    ['-gcflags=-cpuprofile=/tmp/x', 'known to be safe'],
    ["-gcflags=-N '-l", 'without its end'],
    ["-gcflags='-N'", 'shares with the server'],
    ['-asmflags=all=-D=X', 'shares with the server'],
    ['-asmflags=-I=/etc', 'known to be safe'],
    ['-unheard-of', 'known to be safe'],
    ['-v=true', 'takes no value'],
    ['-p=0', 'the value "0"'],
    ['-p=many', 'the value "many"'],
    ['-tags', 'no value'],
    ['-tags=a;b', 'not a build tag'],
    ['-tags=a\n-tags=b', 'twice'],
    ['./cmd', 'not a build flag'],
    ['-', 'not a build flag'],
    ['-v -x', 'takes no value'],
  ])('%j', (buildFlags, why) => {
    const failure = refusal({ buildFlags });
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'refused-flag',
      where: { kind: 'input', input: 'build-flags' },
    });
    expect(failure.what).toContain(why);
    expect(failure.remedy).not.toBe('');
  });
});

describe('ldflags that are taken', () => {
  test.each([
    ['', []],
    ['-s -w', ['-s', '-w']],
    ['-X main.version=1.2', ['-X=main.version=1.2']],
    ["-X 'main.version=one two' -v", ['-X=main.version=one two', '-v']],
    ['-X=example.org/a/b.Name=x=y', ['-X=example.org/a/b.Name=x=y']],
    ['-buildid=', ['-buildid=']],
    ['-buildid abc', ['-buildid=abc']],
    ['-B gobuildid', ['-B=gobuildid']],
    ['-linkmode=external', ['-linkmode=external']],
    ['-checklinkname=0', ['-checklinkname=0']],
    ['-compressdwarf=false', ['-compressdwarf=false']],
    ['-extldflags "-Wl,-z,now -static-libgcc"', ['-extldflags=-Wl,-z,now -static-libgcc']],
  ])('%j', (ldflags, expected) => {
    expect(parseBuildFlags({ ldflags, buildFlags: '' }).ldflags).toEqual(expected);
  });
});

describe('ldflags that are refused', () => {
  test.each([
    ['-pluginpath=x', 'import path'],
    ['-linkmode=internal', 'C linker'],
    ['-extld=/bin/true', 'picks the compiler'],
    ['-extld /bin/true', 'picks the compiler'],
    ['-extar=/bin/true', 'picks the tools'],
    ['-extldflags=-static', 'does not load'],
    ['-extldflags "-Wl,-z,now -fplugin=x.so"', 'does not load'],
    ['-extldflags=@file', 'does not load'],
    ['-extldflags "-Wl,-z,now,-o,/etc/x"', 'does not load'],
    ['-extldflags="\'-Wl"', 'does not load'],
    ['-r=/opt', 'search path'],
    ['-o=/etc/passwd', 'output and name'],
    ['-g', 'package hashes'],
    ['-race', 'instrumentation'],
    ['-buildmode=exe', 'sets it itself'],
    ['-tmpdir=/x', 'known to be safe'],
    ['-cpuprofile=/x', 'known to be safe'],
    ['-X main.version', 'this value'],
    ['-X', 'no value'],
    ['-s=maybe', 'the value'],
    ['all=-s', 'not a linker flag'],
    ['-X "main.v=1', 'without its end'],
    ['main.go', 'not a linker flag'],
  ])('%j', (ldflags, why) => {
    const failure = refusal({ ldflags });
    expect(failure).toMatchObject({
      kind: 'input',
      code: 'refused-flag',
      where: { kind: 'input', input: 'ldflags' },
    });
    expect(failure.what).toContain(why);
  });
});

describe('goBuildArgs', () => {
  const places = {
    module: '/proj',
    pin: '/pin',
    out: '/out',
    replaced: (n: number) => `/replaced/${String(n)}`,
  };
  const build = (raw: { ldflags: string; buildFlags: string }, overlay = false): readonly string[] =>
    goBuildArgs({
      places,
      modulePath: 'example.org/echo/v2',
      package: './cmd/plugin',
      outFile: 'a.so',
      flags: parseBuildFlags(raw),
      overlay,
    });

  test("the tutorial's flags, with the build-only go.mod", () => {
    expect(build({ ldflags: '', buildFlags: '' })).toEqual([
      'build',
      '-mod=mod',
      '-modfile=/pin/go.mod',
      '-buildvcs=false',
      '-installsuffix=cgo',
      '-ldflags=-w -s',
      '-buildmode=plugin',
      '-o',
      '/out/a.so',
      './cmd/plugin',
    ]);
  });

  test("a language of the plugin's own, for each of its packages, and with the user's compiler flags", () => {
    const language = { version: '1.18', packages: ['example.org/p', 'example.org/p/sub'] };
    const args = (buildFlags: string): readonly string[] =>
      goBuildArgs({
        places,
        modulePath: 'example.org/p',
        package: '.',
        outFile: 'a.so',
        flags: parseBuildFlags({ ldflags: '', buildFlags }),
        overlay: false,
        language,
      }).filter((arg) => arg.startsWith('-gcflags'));
    const own = ['-gcflags=example.org/p=-lang=go1.18', '-gcflags=example.org/p/sub=-lang=go1.18'];
    expect(args('-v')).toEqual(own);
    expect(args('-gcflags=-N -l\n-gcflags=./...=')).toEqual([
      ...own,
      '-gcflags=-N -l -lang=go1.18',
      '-gcflags=example.org/p/...= -lang=go1.18',
    ]);
  });

  test('with everything that can be added', () => {
    expect(build({ ldflags: `-X 'main.v=a b'`, buildFlags: '-a\n-v\n-tags=x' }, true)).toEqual([
      'build',
      '-mod=mod',
      '-modfile=/pin/go.mod',
      '-buildvcs=false',
      '-overlay=/pin/overlay.json',
      '-a',
      '-installsuffix=cgo',
      `-ldflags=-w -s '-X=main.v=a b'`,
      '-buildmode=plugin',
      '-v',
      '-tags=x',
      '-o',
      '/out/a.so',
      './cmd/plugin',
    ]);
  });

  test.each([
    ['-gcflags=./...=-N -l', '-gcflags=example.org/echo/v2/...=-N -l'],
    ['-gcflags=.=-N', '-gcflags=example.org/echo/v2=-N'],
    ['-asmflags ./cmd/plugin/=-D=X=1', '-asmflags=example.org/echo/v2/cmd/plugin=-D=X=1'],
    ['-gcflags=-N', '-gcflags=-N'],
  ])('%s reaches no dependency, wherever the caches lie', (buildFlags, expected) => {
    expect(build({ ldflags: '', buildFlags })).toContain(expected);
  });
});
