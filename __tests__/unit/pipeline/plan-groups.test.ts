import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { lanesOf, planGroups, type PlannedGroup } from '../../../src/pipeline/plan-groups.js';
import type { Missing } from '../../../src/publish/missing.js';
import { failureIn } from '../../support/failure-in.js';

let servers: readonly ServerBuild[] = [];

beforeAll(async () => {
  const catalog = await loadCatalog(join(process.cwd(), 'catalog'), createFiles());
  const tags = ['v2.6.3', 'v2.9.1', 'v2.7.0', 'v2.7.2', 'v3.0.0', 'v2.7.1'];
  const all = await Promise.all(tags.map((tag) => catalog.serverBuild(tag, 'a test')));
  servers = all.filter((server) => server !== null);
});

function shape(plan: readonly PlannedGroup[]) {
  return plan.map((group) => ({
    version: group.lowest.version,
    servers: group.servers.map(({ version }) => version),
    targets: group.targets.map(({ name }) => name.replace('linux-', '')),
    refusal: group.refusal?.code ?? null,
  }));
}

describe('planGroups', () => {
  test('has the newest group first, and leaves out of all what a server cannot have', () => {
    const five = ['amd64', 'arm64', 'arm-7', '386', 'riscv64'];
    expect(shape(planGroups(servers, { wanted: 'all', arch: 'x64' }))).toEqual([
      { version: 'v3.0.0', servers: ['v3.0.0'], targets: five, refusal: null },
      { version: 'v2.9.1', servers: ['v2.9.1'], targets: five, refusal: null },
      { version: 'v2.7.0', servers: ['v2.7.2', 'v2.7.1', 'v2.7.0'], targets: five, refusal: null },
      { version: 'v2.6.3', servers: ['v2.6.3'], targets: five.slice(0, 4), refusal: null },
    ]);
  });

  test('a target that is named is refused for the groups that cannot have it, and for no other', () => {
    const plan = shape(planGroups(servers, { wanted: ['linux-riscv64'], arch: 'x64' }));

    expect(plan.map(({ version, refusal }) => [version, refusal])).toEqual([
      ['v3.0.0', null],
      ['v2.9.1', null],
      ['v2.7.0', null],
      ['v2.6.3', 'target-not-possible'],
    ]);
    expect(plan.at(-1)?.targets).toEqual(['riscv64']);
  });

  describe('of what a release lacks', () => {
    const parts = (missing: readonly Missing[]) =>
      planGroups(servers, { wanted: 'all', arch: 'x64', missing }).map(
        ({ lowest, servers: those, targets }) => [
          lowest.version,
          those.map(({ version }) => version).join(' '),
          targets.map(({ name }) => name.replace('linux-', '')).join(' '),
        ],
      );
    const amd64 = 'linux-amd64';
    const arm64 = 'linux-arm64';

    test('has each target of a group once, for just the servers that lack it', () => {
      expect(
        parts([
          { servers: ['v2.7.2'], targets: [amd64] },
          { servers: ['v2.7.1', 'v2.7.0'], targets: [arm64, amd64] },
          { servers: ['v2.6.3'], targets: [amd64, arm64] },
        ]),
      ).toEqual([
        ['v2.7.0', 'v2.7.2 v2.7.1 v2.7.0', 'amd64'],
        ['v2.7.0', 'v2.7.1 v2.7.0', 'arm64'],
        ['v2.6.3', 'v2.6.3', 'amd64 arm64'],
      ]);
    });

    test('names a file by the lowest of the servers that lack it', () => {
      expect(
        parts([
          { servers: ['v2.7.2'], targets: [amd64] },
          { servers: ['v2.7.0'], targets: [arm64] },
        ]),
      ).toEqual([
        ['v2.7.2', 'v2.7.2', 'amd64'],
        ['v2.7.0', 'v2.7.0', 'arm64'],
      ]);
    });
  });

  test('a machine that is no target is bad input for all', () => {
    const failure = failureIn(() => planGroups(servers, { wanted: 'native', arch: 's390x' }));

    expect(failure).toMatchObject({ code: 'no-native-target' });
  });
});

describe('lanesOf', () => {
  const lanes = (verify: 'static' | 'off') =>
    lanesOf(planGroups(servers, { wanted: ['linux-386', 'linux-amd64'], arch: 'x64' }), verify).map(
      ({ target, groups }) => [target.name, ...groups.map(({ lowest }) => lowest.version)],
    );

  test('has the groups of one Go version and target one after the other', () => {
    expect(lanes('static')).toEqual([
      ['linux-386', 'v3.0.0', 'v2.9.1'],
      ['linux-amd64', 'v3.0.0', 'v2.9.1'],
      ['linux-386', 'v2.7.0'],
      ['linux-amd64', 'v2.7.0'],
      ['linux-386', 'v2.6.3'],
      ['linux-amd64', 'v2.6.3'],
    ]);
  });

  test('has each alone where nothing is verified, as nothing can be spared', () => {
    expect(lanes('off')).toHaveLength(8);
  });
});
