import { describe, expect, test } from '@jest/globals';
import type { TargetName } from '../../../src/build/target.js';
import { entriesIn } from '../../../src/publish/contents.js';
import type { IndexEntry, PluginIndex } from '../../../src/publish/index-file.js';
import { missingFrom } from '../../../src/publish/missing.js';
import type { Asset } from '../../../src/publish/release-api.js';

const sha256 = 'a'.repeat(64);

function entry(target: TargetName, ...servers: string[]): IndexEntry {
  const file = `hello-${target}-for-gotify-${servers.at(-1) ?? ''}.so`;
  const verdict = { kind: 'loads', compared: 300 } as const;
  const note = { goVersion: '1.26.0', modules: [], verdict };
  return { file, commit: null, sha256, size: 1, target, servers, ...note };
}

/** What is said of the files of a release that are there. */
function release(
  files: IndexEntry[],
  change: (asset: Asset) => Asset | null = (asset) => asset,
): readonly IndexEntry[] {
  const assets = files.map(({ file }, index): Asset => {
    return { id: index, name: file, size: 1, state: 'uploaded', digest: `sha256:${sha256}`, ageMs: 0 };
  });
  const index: PluginIndex = { schema: 1, tag: 'v1.0.0', plugin: 'example.org/hello', runs: [], files };
  return entriesIn({
    assets: assets.flatMap((asset) => change(asset) ?? []),
    indexes: [index],
    fragments: [],
  });
}

const amd64 = ['linux-amd64'] as const;

describe('what a release lacks', () => {
  test('is nothing where gotify-plugin.json names a file for each server and target', () => {
    const both = release([
      entry('linux-amd64', 'v3.0.0', 'v2.9.1'),
      entry('linux-arm64', 'v3.0.0', 'v2.9.1'),
    ]);
    expect(missingFrom(both, ['v3.0.0', 'v2.9.1'], ['linux-amd64', 'linux-arm64'])).toEqual([]);
  });

  test('is everything where there is no gotify-plugin.json', () => {
    expect(missingFrom([], ['v3.0.0'], amd64)).toEqual([{ servers: ['v3.0.0'], targets: ['linux-amd64'] }]);
  });

  test('is told apart for servers that lack different targets', () => {
    const some = release([entry('linux-amd64', 'v3.0.0')]);
    expect(missingFrom(some, ['v3.0.0', 'v2.9.1', 'v2.9.0'], ['linux-amd64', 'linux-arm64'])).toEqual([
      { servers: ['v3.0.0'], targets: ['linux-arm64'] },
      { servers: ['v2.9.1', 'v2.9.0'], targets: ['linux-amd64', 'linux-arm64'] },
    ]);
  });

  test.each<[string, (asset: Asset) => Asset | null]>([
    ['is gone', () => null],
    ['broke off while it was uploaded', (asset) => ({ ...asset, state: 'starter' })],
    ['has other bytes', (asset) => ({ ...asset, digest: `sha256:${'b'.repeat(64)}` })],
  ])('is a file that %s', (_, change) => {
    const broken = release([entry('linux-amd64', 'v3.0.0')], change);
    expect(missingFrom(broken, ['v3.0.0'], amd64)).toEqual([
      { servers: ['v3.0.0'], targets: ['linux-amd64'] },
    ]);
  });

  test('is no file whose digest GitHub does not name', () => {
    const old = release([entry('linux-amd64', 'v3.0.0')], (asset) => ({ ...asset, digest: null }));
    expect(missingFrom(old, ['v3.0.0'], amd64)).toEqual([]);
  });

  test('leaves out riscv64 for servers before v2.7.0 where all targets are wanted', () => {
    const [newer, older] = missingFrom([], ['v2.7.0', 'v2.6.3'], 'all');
    expect(newer?.targets).toContain('linux-riscv64');
    expect(older?.targets).toEqual(['linux-amd64', 'linux-arm64', 'linux-arm-7', 'linux-386']);
  });
});
