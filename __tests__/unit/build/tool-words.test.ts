import { describe, expect, test } from '@jest/globals';
import { noSpaceLine, wasKilled } from '../../../src/build/tool-words.js';

// The texts are what Go 1.19 to 1.26, gcc 12 to 14 and binutils print.

describe('a disk that is full', () => {
  test.each([
    'go: writing /gocache/x: write /tmp/go-build1/b001/_pkg_.a: no space left on device',
    'compile: writing output: write $WORK/b001/_pkg_.a: no space left on device',
    'mkdir /tmp/go-build1: no space left on device',
    '/usr/local/go/pkg/tool/linux_amd64/link: mapping output file failed: no space left on device',
    'plugin.go:5:2: github.com/x/y@v1.0.0: mkdir /go/pkg/mod/cache/lock: no space left on device',
    '/tmp/ccX.s: fatal error: error writing to /tmp/ccX.s: No space left on device',
    'cc1: fatal error: error closing /tmp/a b.s: No space left on device',
    "/tmp/ccKaUi4u.s: Fatal error: can't fill 256 bytes in section .data of /tmp/o.o: 'No space left on device'",
    '/usr/bin/ld: final link failed: No space left on device',
    '/usr/bin/ld: cannot open output file /out/a.so: No space left on device',
  ])('%s', (line) => {
    expect(noSpaceLine(`# example.org/x\n${line}\ncompilation terminated.\n`)).toBe(line);
  });
});

describe('what the source makes a compiler say is nothing', () => {
  const path = 'write /tmp/x: no space left on device';
  test.each([
    [
      '#error',
      `x.go:3:3: error: #error "x: no space left on device"\n    3 | #error "x: no space left on device"`,
    ],
    ['#error without quotes', `x.go:3:3: error: #error ${path}\n    3 | #error ${path}\n      |  ^~~~~`],
    ['#pragma GCC error with a line of its own', `x.c:2:19: error: b\n${path}\n    2 | #pragma`],
    ['a note with a line of its own, and an error', `x.c:1:9: note: a\n${path}\nx.go:4:2: undefined: y`],
    ['a static assertion', `x.c:3:1: error: static assertion failed: "${path}"`],
    ['a missing header', 'x.c:1:10: fatal error: final link failed: No space left on device'],
    ['a Go constant', `x.go:3:9: cannot use "${path}" (untyped string constant) as int value`],
    ['a killed program', 'x.c:1:2: error: #error x: signal: killed'],
    ['a file name', `# example.org/x\n: no space left on device`],
  ])('%s', (_, said) => {
    expect(noSpaceLine(said)).toBeNull();
    expect(wasKilled(said)).toBe(false);
  });
});
