import { describe, expect, test } from '@jest/globals';
import { whereText } from '../../../src/errors.js';
import { parseModFile } from '../../../src/go/modfile.js';
import { checkListing, pluginApi, shortestChain } from '../../../src/plugin/check.js';
import type { ListedModule, ListedPackage, PluginListing } from '../../../src/plugin/listing.js';
import type { PluginProject } from '../../../src/plugin/project.js';
import { failureIn } from '../../support/failure-in.js';

const goModText = `module example.org/echo

require (
	github.com/gotify/plugin-api v1.0.0
	example.org/helper v1.0.0
)
`;

const project: PluginProject = {
  moduleDir: '/home/author/echo',
  goModFile: '/home/author/echo/go.mod',
  goModText,
  goSumText: null,
  goMod: parseModFile(goModText, 'go.mod'),
  modulePath: 'example.org/echo',
  packageArg: '.',
  packageDir: '/home/author/echo',
  name: 'echo',
  displayDir: '.',
  displayGoMod: 'go.mod',
};

/** Import path -> what it imports; a path belongs to the module that its first two elements name. */
function listing(
  imports: Readonly<Record<string, readonly string[]>>,
  main: Partial<ListedPackage> = {},
): PluginListing {
  const entries = Object.entries(imports).map(([importPath, imported], index): [string, ListedPackage] => [
    importPath,
    {
      importPath,
      name: index === 0 ? 'main' : 'x',
      standard: !importPath.includes('.'),
      imports: imported,
      module: moduleOf(importPath, index === 0),
      usesCgo: false,
      ...(index === 0 ? main : {}),
    },
  ]);
  return { main: entries[0]?.[0] ?? '', packages: new Map(entries) };
}

function moduleOf(importPath: string, main: boolean): ListedModule {
  const path = /^github\.com\/gotify\/[^/]+(?:\/v\d+)?|^[^/]+\/[^/]+/.exec(importPath)?.[0] ?? importPath;
  return { path, version: main ? null : 'v1.0.0', goVersion: null, main };
}

test('a main package that uses plugin-api, also through another package, is a plugin', () => {
  const good = listing({
    'example.org/echo': ['example.org/helper', 'fmt'],
    'example.org/helper': [pluginApi],
    [pluginApi]: [],
    fmt: [],
  });
  expect(() => {
    checkListing(good, project);
  }).not.toThrow();
});

test('another package than main', () => {
  const found = failureIn(() => {
    checkListing(listing({ 'example.org/echo': [pluginApi], [pluginApi]: [] }, { name: 'echo' }), project);
  });
  expect(found).toMatchObject({ kind: 'input', code: 'not-a-main-package' });
  expect(found.what).toContain('is package echo, not package main');
});

test('a module called main, as the main package of every program is', () => {
  const found = failureIn(() => {
    checkListing(listing({ main: [pluginApi], [pluginApi]: [] }), project);
  });
  expect(found).toMatchObject({ kind: 'plugin', code: 'module-called-main' });
  expect(found.remedy).toContain('`module example.com/my-plugin`');
  expect(found.where && whereText(found.where)).toBe('go.mod:1');
});

test('a program without plugin-api', () => {
  expect(
    failureIn(() => {
      checkListing(listing({ 'example.org/echo': ['fmt'], fmt: [] }), project);
    }),
  ).toMatchObject({ kind: 'plugin', code: 'no-plugin-api' });
});

describe("the server's own module", () => {
  test.each([
    'github.com/gotify/server/v2/model',
    'github.com/gotify/server/v3/api',
    'github.com/gotify/server',
  ])('%s is refused, with the shortest chain and the line that brings it in', (path) => {
    const bad = listing({
      'example.org/echo': ['example.org/long', 'example.org/helper', pluginApi],
      'example.org/long': ['example.org/helper/deep'],
      'example.org/helper': ['fmt', path],
      'example.org/helper/deep': [path],
      [path]: [pluginApi],
      [pluginApi]: [],
      fmt: [],
    });
    const found = failureIn(() => {
      checkListing(bad, project);
    });
    expect(found).toMatchObject({ kind: 'plugin', code: 'imports-server' });
    expect(found.what).toContain(`(example.org/echo -> example.org/helper -> ${path})`);
    expect(found.remedy).toContain('the dependency example.org/helper');
    expect(found.where && whereText(found.where)).toBe('go.mod:5');
  });

  test.each(['github.com/gotify/server-tools', 'github.com/gotify/serverless/x'])('%s is another', (path) => {
    const good = listing({ 'example.org/echo': [path, pluginApi], [path]: [], [pluginApi]: [] });
    expect(() => {
      checkListing(good, project);
    }).not.toThrow();
  });

  test("a plugin in the server's repository is that module", () => {
    const good = listing({ 'github.com/gotify/server/v2/plugin/example/echo': [pluginApi], [pluginApi]: [] });
    expect(() => {
      checkListing(good, project);
    }).not.toThrow();
  });
});

describe('shortestChain', () => {
  test('survives packages that import each other', () => {
    const circle = listing({ 'a.b/a': ['a.b/b'], 'a.b/b': ['a.b/a'] });
    expect(shortestChain(circle, (path) => path === 'a.b/c')).toBeNull();
  });

  test('the main package itself', () => {
    expect(shortestChain(listing({ 'a.b/a': [] }), (path) => path === 'a.b/a')).toEqual(['a.b/a']);
  });
});
