import { expect, test } from '@jest/globals';
import { unequalModules, usedReplaces } from '../../../src/cap/compare.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { parseListing } from '../../../src/plugin/list.js';

const gin = 'github.com/gin-gonic/gin';
const versions = new Map([[gin, 'v1.11.0']]);

/** A go.mod from before Go 1.17: it does not name gin, which plugin-api brings in. */
const modWith = (...replaces: readonly string[]): ReturnType<typeof parseModFile> =>
  parseModFile(
    `module example.org/echo\n\ngo 1.16\n\nrequire github.com/gotify/plugin-api v1.0.0\n\n${replaces.map((line) => `replace ${line}\n`).join('')}`,
    'go.mod',
  );

/** What go prints of a plugin that has one package of gin. */
const listed = (module: object): ReturnType<typeof parseListing> =>
  parseListing(
    [
      { ImportPath: 'example.org/echo', Name: 'main', Imports: [gin] },
      { ImportPath: gin, DepOnly: true, Module: { Path: gin, ...module } },
    ]
      .map((each) => `${JSON.stringify(each, null, '\t')}\n`)
      .join(''),
  );

test('a replace of the version that is selected counts, though go.mod does not require the module', () => {
  const mod = modWith(`${gin} v1.10.0 => example.org/fork/gin v1.11.0`, `${gin} v1.9.0 => ./gin`);
  const fork = listed({ Version: 'v1.10.0', Replace: { Path: 'example.org/fork/gin', Version: 'v1.11.0' } });

  expect(unequalModules(fork, mod, versions)).toEqual([
    { path: gin, plugin: 'example.org/fork/gin v1.11.0', server: 'v1.11.0' },
  ]);
  expect(usedReplaces(fork, mod)).toEqual(new Map([[gin, mod.replaces[0]]]));
});

test('a replace of another version than the selected one counts for nothing', () => {
  const mod = modWith(`${gin} v1.10.0 => example.org/fork/gin v1.11.0`);

  expect(unequalModules(listed({ Version: 'v1.11.0' }), mod, versions)).toEqual([]);
  expect(unequalModules(listed({ Version: 'v1.12.0' }), mod, versions)).toEqual([
    { path: gin, plugin: 'v1.12.0', server: 'v1.11.0' },
  ]);
});

test('a replace that sets the version is that version', () => {
  const mod = modWith(`${gin} => ${gin} v1.11.0`);
  const module = { Version: 'v1.12.0', Replace: { Path: gin, Version: 'v1.11.0' } };

  expect(unequalModules(listed(module), mod, versions)).toEqual([]);
});
