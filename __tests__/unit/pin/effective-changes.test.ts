import { describe, expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import type { Change } from '../../../src/pin/change.js';
import { effectiveChanges } from '../../../src/pin/effective-changes.js';
import type { ListedModule, ListedPackage, PluginListing } from '../../../src/plugin/listing.js';

const goMod = parseModFile(
  'module example.org/p\n\ngo 1.22\n\nrequire example.org/used v1.0.0\nrequire example.org/dep v1.0.0 // indirect\n',
  'go.mod',
);

/** The plugin, which imports all of these, and the modules at their versions; null: a local replacement. */
function listingOf(versions: Readonly<Record<string, string | null>>, imports: readonly string[] = []) {
  const listed = (path: string, module: ListedModule, imported: readonly string[] = []): ListedPackage => ({
    ...{ importPath: path, name: 'x', standard: false, usesCgo: false },
    ...{ module, imports: imported },
  });
  const own = { path: 'example.org/p', version: null, goVersion: null, main: true };
  const packages = [
    listed('example.org/p', own, imports),
    ...Object.entries(versions).map(([path, version]) => {
      const replaced = version === null || version.endsWith('replaced') ? { replaces: 'v0.0.0' } : {};
      const real = version?.replace(/ replaced$/, '') ?? null;
      return listed(path, { path, version: real, goVersion: null, main: false, ...replaced });
    }),
  ];
  const listing: PluginListing = {
    main: 'example.org/p',
    packages: new Map(packages.map((each) => [each.importPath, each])),
  };
  return listing;
}

const nothing = { changes: [], goMod, pinned: [], newest: [], tidied: null };

const change = (module: string, line: number): Change => ({
  module,
  from: 'v1.0.0',
  to: 'v1.1.0',
  line,
  reach: 'direct',
});

describe('effectiveChanges', () => {
  test('a module without a package in the plugin is no change, one that go.mod does not name is', () => {
    const listing = listingOf({
      'example.org/used': 'v1.1.0 replaced',
      'example.org/reached': 'v1.1.0 replaced',
    });
    const changes = [change('go', 3), change('example.org/used', 5), change('example.org/unused', 6)];
    const pinned = ['example.org/used', 'example.org/reached', 'example.org/elsewhere'].map((path) => ({
      path,
      version: 'v1.1.0',
    }));
    expect(effectiveChanges({ ...nothing, changes, pinned, listing })).toEqual([
      change('go', 3),
      change('example.org/used', 5),
      { module: 'example.org/reached', from: null, to: 'v1.1.0', line: null, reach: 'transitive' },
    ]);
  });

  test('what another module raises is one, although no line was changed', () => {
    const listing = listingOf({ 'example.org/used': 'v1.2.0', 'example.org/dep': 'v1.0.1' });
    expect(effectiveChanges({ ...nothing, listing })).toEqual([
      { module: 'example.org/used', from: 'v1.0.0', to: 'v1.2.0', line: 5, reach: 'direct' },
      { module: 'example.org/dep', from: 'v1.0.0', to: 'v1.0.1', line: 6, reach: 'transitive' },
    ]);
  });

  test('what is as go.mod says, or replaced as it says, is none', () => {
    const listing = listingOf({ 'example.org/used': null, 'example.org/dep': 'v9.0.0 replaced' });
    expect(effectiveChanges({ ...nothing, listing })).toEqual([]);
    expect(effectiveChanges({ ...nothing, listing: listingOf({ 'example.org/used': 'v1.0.0' }) })).toEqual(
      [],
    );
  });

  test('of a module that is required twice the higher version is what go.mod says', () => {
    const text = 'module example.org/p\nrequire example.org/used v1.0.0\nrequire example.org/used v1.2.0\n';
    const twice = parseModFile(text, 'go.mod');
    const listing = listingOf({ 'example.org/used': 'v1.2.0' });
    expect(effectiveChanges({ ...nothing, goMod: twice, listing })).toEqual([]);
  });

  test('a capped module that another one raises has the version that is built', () => {
    const listing = listingOf({ 'example.org/used': 'v1.3.0', 'example.org/dep': 'v1.0.0' });
    const changes = [change('example.org/used', 5), change('example.org/dep', 6)];
    expect(effectiveChanges({ ...nothing, changes, listing })).toEqual([
      { ...change('example.org/used', 5), to: 'v1.3.0' },
    ]);
  });

  test('a module that nothing requires comes from nowhere', () => {
    const listing = listingOf({ 'example.org/new': 'v1.4.0' }, ['example.org/new']);
    const newest = [{ path: 'example.org/new', version: 'v1.4.0', importPath: 'example.org/new' }];
    expect(effectiveChanges({ ...nothing, listing, newest })).toEqual([
      { module: 'example.org/new', from: null, to: 'v1.4.0', line: null, reach: 'direct' },
    ]);
  });

  test.each([
    ['1.22', []],
    ['1.25.0', [{ module: 'go', from: '1.22', to: '1.25.0', line: 3, reach: 'direct' }]],
  ])('a go.mod that was tidied to go %s', (go, expected) => {
    const changes = [change('go', 3)];
    expect(effectiveChanges({ ...nothing, changes, listing: listingOf({}), tidied: { go } })).toEqual(
      expected,
    );
  });
});
