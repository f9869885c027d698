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

describe('the culprit is', () => {
  test("a dependency of the plugin's own, also for what a raised module of the server's raises", () => {
    expect(culpritsOf([sonic, gin], parseGraph(printed), versions)).toEqual([
      {
        path: 'example.com/deep',
        version: 'v0.2.0',
        asks: { path: 'example.com/gin', version: 'v1.11.0' },
        raises: [gin, sonic],
      },
    ]);
  });

  test("a module of the server's where no other asks for it", () => {
    const graph = parseGraph('p a.b/x@v1.0.0\na.b/x@v1.0.0 a.b/y@v2.0.0\n');
    const list = new Map([
      ['a.b/x', 'v1.0.0'],
      ['a.b/y', 'v1.0.0'],
    ]);
    const y = { path: 'a.b/y', plugin: 'v2.0.0', server: 'v1.0.0' };
    expect(culpritsOf([y], graph, list)).toMatchObject([{ path: 'a.b/x', raises: [y] }]);
  });

  test('nobody where only the plugin asks', () => {
    expect(culpritsOf([gin], parseGraph('p example.com/gin@v1.11.0\n'), versions)).toEqual([]);
  });

  test('found although modules ask for each other', () => {
    const graph = parseGraph(
      'p a.b/x@v2.0.0\na.b/x@v2.0.0 a.b/y@v2.0.0\na.b/y@v2.0.0 a.b/x@v2.0.0\nown@v1.0.0 a.b/y@v2.0.0\n',
    );
    const list = new Map([
      ['a.b/x', 'v1.0.0'],
      ['a.b/y', 'v1.0.0'],
    ]);
    const x = { path: 'a.b/x', plugin: 'v2.0.0', server: 'v1.0.0' };
    expect(culpritsOf([x], graph, list)).toMatchObject([{ path: 'own', version: 'v1.0.0' }]);
  });
});

test('the way to a module starts at a direct requirement', () => {
  const graph = parseGraph(printed);
  expect(wayTo('example.com/deep', ['example.com/gin', 'example.com/direct'], graph)).toBe(
    'example.com/direct',
  );
  expect(wayTo('example.com/elsewhere', ['example.com/direct'], graph)).toBeNull();
});
