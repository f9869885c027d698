import { expect, test } from '@jest/globals';
import { parseModFile } from '../../../src/go/modfile.js';
import type { Change } from '../../../src/pin/change.js';
import { effectiveChanges } from '../../../src/pin/effective-changes.js';
import type { PluginListing } from '../../../src/plugin/listing.js';

const goMod = parseModFile('module example.org/p\n\ngo 1.22\n\nrequire example.org/used v1.0.0\n', 'go.mod');

const listing: PluginListing = {
  main: 'example.org/p',
  packages: new Map(
    ['example.org/used', 'example.org/reached'].map((path) => [
      path,
      {
        importPath: path,
        name: 'x',
        standard: false,
        imports: [],
        module: { path, version: 'v1.1.0', goVersion: null, main: false },
        usesCgo: false,
      },
    ]),
  ),
};

const change = (module: string, line: number): Change => ({
  module,
  from: 'v1.0.0',
  to: 'v1.1.0',
  line,
  reach: 'direct',
});

test('a module without a package in the plugin is no change, one that go.mod does not name is', () => {
  const changes = [change('go', 3), change('example.org/used', 5), change('example.org/unused', 6)];
  const pinned = ['example.org/used', 'example.org/reached', 'example.org/elsewhere'].map((path) => ({
    path,
    version: 'v1.1.0',
  }));
  expect(effectiveChanges({ changes, goMod, pinned, listing })).toEqual([
    change('go', 3),
    change('example.org/used', 5),
    { module: 'example.org/reached', from: null, to: 'v1.1.0', line: null, reach: 'transitive' },
  ]);
});
