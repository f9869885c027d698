import { describe, expect, test } from '@jest/globals';
import { chooseTargets, type WantedTargets } from '../../../src/build/choose-targets.js';
import { targetNames } from '../../../src/build/target.js';
import { failureIn } from '../../support/failure-in.js';

const servers = {
  riscv: { version: 'v2.7.0', goVersion: '1.25.1' },
  older: { version: 'v2.6.3', goVersion: '1.24.1' },
};

function names(wanted: WantedTargets, server = servers.riscv, arch = 'x64'): readonly string[] {
  return chooseTargets({ wanted, server, arch }).map(({ name }) => name);
}

describe('the targets of a server', () => {
  test('all are all that its Go can build', () => {
    expect(names('all')).toEqual(targetNames);
    expect(names('all', servers.older)).toEqual(targetNames.filter((name) => name !== 'linux-riscv64'));
  });

  test.each([
    ['x64', 'linux-amd64'],
    ['arm64', 'linux-arm64'],
    ['arm', 'linux-arm-7'],
    ['ia32', 'linux-386'],
    ['riscv64', 'linux-riscv64'],
  ])('native on %s is %s', (arch, target) => {
    expect(names('native', servers.riscv, arch)).toEqual([target]);
  });

  test('named ones are taken as they are', () => {
    expect(names(['linux-386', 'linux-amd64'])).toEqual(['linux-386', 'linux-amd64']);
  });

  test('riscv64 is refused, with the reason, for a server before v2.7.0', () => {
    const failure = failureIn(() => names(['linux-amd64', 'linux-riscv64'], servers.older));
    expect(failure).toMatchObject({ kind: 'input', code: 'target-not-possible' });
    expect(failure.message).toMatch(/Go 1\.25.*v2\.6\.3.*Go 1\.24\.1.*v2\.7\.0 or newer/);
  });

  test('a machine that is no target says so', () => {
    const failure = failureIn(() => names('native', servers.riscv, 's390x'));
    expect(failure).toMatchObject({ kind: 'input', code: 'no-native-target' });
    expect(failure.what).toContain('s390x');
  });
});
