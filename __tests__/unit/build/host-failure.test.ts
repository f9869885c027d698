import { describe, expect, test } from '@jest/globals';
import { hostFailure } from '../../../src/build/host-failure.js';

describe('what in the surroundings made go fail', () => {
  test.each([
    ['/usr/bin/ld: final link failed: No space left on device', 1, 'disk-full'],
    ['go: writing stat cache: write /x: no space left on device', 1, 'disk-full'],
    ['github.com/gin-gonic/gin: /x/compile: signal: killed', 1, 'out-of-memory'],
    ['gcc: fatal error: Killed signal terminated program cc1', 1, 'out-of-memory'],
    ['', 137, 'out-of-memory'],
    ['sh: 1: exec: /x/go: Permission denied', 126, 'toolchain-broken'],
    ['timeout: failed to run command: No such file or directory', 127, 'toolchain-broken'],
  ])('%j, exit code %i: %s', (stderr, exitCode, code) => {
    expect(hostFailure({ exitCode, stdout: '', stderr })).toMatchObject({ kind: 'surroundings', code });
  });

  test.each([
    './main.go:3:1: undefined: signal',
    'main.c:1:2: error: #error no space left on device',
    'main.c:1:2: error: #error write /x: no space left on device',
  ])("a compile error is the plugin's own: %s", (stderr) => {
    expect(hostFailure({ exitCode: 1, stdout: '', stderr })).toBeNull();
  });
});
