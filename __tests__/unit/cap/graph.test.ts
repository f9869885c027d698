import { describe, expect, test } from '@jest/globals';
import { culpritsOf, parseGraph, wayTo } from '../../../src/cap/graph.js';

const printed = `example.com/p example.com/direct@v1.0.0
example.com/p go@1.24.0
example.com/p example.com/gin@v1.11.0
example.com/direct@v1.0.0 example.com/deep@v0.2.0
example.com/deep@v0.2.0 example.com/gin@v1.11.0
example.com/deep@v0.2.0 go@1.21
example.com/gin@v1.11.0 example.com/sonic@v1.14.0
example.com/gin@v1.9.0 example.com/sonic@v1.9.0
go@1.24.0 toolchain@go1.24.0
`;
const versions = new Map([
  ['example.com/gin', 'v1.10.0'],
  ['example.com/sonic', 'v1.11.0'],
]);
const gin = { path: 'example.com/gin', plugin: 'v1.11.0', server: 'v1.10.0' };
const sonic = { path: 'example.com/sonic', plugin: 'v1.14.0', server: 'v1.11.0' };

test('a graph is read without the entries for go and toolchains', () => {
  const graph = parseGraph(printed);
  expect(graph).toHaveLength(6);
  expect(graph[0]).toEqual({
    by: { path: 'example.com/p', version: null },
    asks: { path: 'example.com/direct', version: 'v1.0.0' },
  });
});

const own = (path: string, version = 'v1.0.0') => ({ path, version });
const list = (...paths: string[]): Map<string, string> => new Map(paths.map((path) => [path, 'v1.0.0']));
const raised = (path: string) => ({ path, plugin: 'v2.0.0', server: 'v1.0.0' });

describe('the culprit is', () => {
  test("a dependency of the plugin's own, also for what a raised module of the server's raises", () => {
    const roots = [own('example.com/direct'), { path: 'example.com/gin', version: 'v1.10.0' }];
    expect(culpritsOf([sonic, gin], { roots, graph: parseGraph(printed), versions })).toEqual([
      {
        path: 'example.com/deep',
        version: 'v0.2.0',
        asks: { path: 'example.com/gin', version: 'v1.11.0' },
        raises: [gin, sonic],
      },
    ]);
  });

  test('not what is there only because of a raised module', () => {
    const graph = parseGraph('p a@v1.0.0\na@v1.0.0 x@v2.0.0\nx@v2.0.0 tools@v1.0.0\ntools@v1.0.0 y@v2.0.0\n');
    const [x, y] = [raised('x'), raised('y')];
    const roots = [own('a'), own('x'), own('y')];
    expect(culpritsOf([y, x], { roots, graph, versions: list('x', 'y') })).toEqual([
      { path: 'a', version: 'v1.0.0', asks: { path: 'x', version: 'v2.0.0' }, raises: [x, y] },
    ]);
  });

  test('each of several, the one that raises most first', () => {
    const graph = parseGraph('a@v1.0.0 x@v2.0.0\nb@v1.0.0 y@v2.0.0\ny@v2.0.0 x@v2.0.0\n');
    const [x, y] = [raised('x'), raised('y')];
    const found = culpritsOf([x, y], { roots: [own('a'), own('b')], graph, versions: list('x', 'y') });
    expect(found.map(({ path, raises }) => [path, raises])).toEqual([
      ['b', [y, x]],
      ['a', [x]],
    ]);
  });

  test('named once, at its highest version', () => {
    const graph = parseGraph('a@v1.0.0 x@v2.0.0\nb@v1.0.0 a@v1.5.0\na@v1.5.0 x@v2.0.0\n');
    const found = culpritsOf([raised('x')], { roots: [own('a'), own('b')], graph, versions: list('x') });
    expect(found).toMatchObject([{ path: 'a', version: 'v1.5.0' }]);
  });

  test("a module of the server's where no other asks for it", () => {
    const graph = parseGraph('x@v1.0.0 y@v2.0.0\n');
    const found = culpritsOf([raised('y')], { roots: [own('x')], graph, versions: list('x', 'y') });
    expect(found).toMatchObject([{ path: 'x', raises: [raised('y')] }]);
  });

  test('nobody where only the plugin asks', () => {
    const graph = parseGraph('p x@v2.0.0\n');
    expect(culpritsOf([raised('x')], { roots: [own('a')], graph, versions: list('x') })).toEqual([]);
  });

  test('found although modules ask for each other', () => {
    const graph = parseGraph('x@v2.0.0 y@v2.0.0\ny@v2.0.0 x@v2.0.0\na@v1.0.0 y@v2.0.0\n');
    const found = culpritsOf([raised('x')], { roots: [own('a')], graph, versions: list('x', 'y') });
    expect(found).toMatchObject([{ path: 'a', asks: { path: 'y' }, raises: [raised('x')] }]);
  });
});

test('the way to a module starts at a direct requirement', () => {
  const graph = parseGraph(printed);
  expect(wayTo('example.com/deep', ['example.com/gin', 'example.com/direct'], graph)).toBe(
    'example.com/direct',
  );
  expect(wayTo('example.com/elsewhere', ['example.com/direct'], graph)).toBeNull();
});
