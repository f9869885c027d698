import { describe, expect, test } from '@jest/globals';
import { capModule, capText } from '../../../src/pin/cap.js';
import type { PinRequest } from '../../../src/pin/pin.js';

const server: PinRequest['server'] = {
  version: 'v3.0.0',
  goVersion: '1.26.0',
  goMod:
    'module github.com/gotify/server/v2\nrequire example.com/a v1.5.0\nrequire example.com/b v1.0.0 // indirect\n',
  goSum: 'example.com/a v1.5.0 h1:a=\n',
  pinList: { source: 'go.mod', modules: [] },
};

const goMod = `// A plugin.
module example.com/p

go 1.27

toolchain go1.27.0

require (
	// why we need b
	example.com/b v1.2.0 // indirect; b
	example.com/c v1.9.9

	"example.com/a"   "v1.0.0" // a
)

replace example.com/c => ../c // beside
`;

test('capText sets the versions of common modules, up and down, and nothing else', () => {
  const { text, changes } = capText({ goMod, file: 'go.mod', server });
  expect(text).toBe(goMod.replace('v1.2.0', 'v1.0.0').replace('"v1.0.0"', 'v1.5.0'));
  expect(changes).toEqual([
    { module: 'example.com/b', from: 'v1.2.0', to: 'v1.0.0', line: 10, reach: 'transitive' },
    { module: 'example.com/a', from: 'v1.0.0', to: 'v1.5.0', line: 13, reach: 'direct' },
  ]);
});

test('capText keeps CRLF, and gives the same text where nothing is to do', () => {
  const crlf = goMod.replaceAll('\n', '\r\n');
  expect(capText({ goMod: crlf, file: 'go.mod', server }).text).toBe(
    crlf.replace('v1.2.0', 'v1.0.0').replace('"v1.0.0"', 'v1.5.0'),
  );
  const alien = 'module example.com/p\nrequire example.com/z v1.0.0';
  expect(capText({ goMod: alien, file: 'go.mod', server })).toEqual({ text: alien, changes: [] });
});

describe('capModule', () => {
  const capped = capModule({
    goMod,
    file: 'go.mod',
    goSum: null,
    server,
    replacedAt: (n) => `/replaced/${String(n)}`,
  });

  test('is a build-only file with the capped versions, and pins nothing', () => {
    expect(capped.goMod.split('\n').slice(1)).toEqual([
      'module example.com/p',
      'go 1.27',
      'toolchain go1.27.0',
      'require example.com/b v1.0.0 // indirect',
      'require example.com/c v1.9.9',
      'require example.com/a v1.5.0',
      'replace example.com/c => /replaced/0',
      '',
    ]);
    expect(capped.replaced).toEqual([{ index: 0, dir: '../c', modules: ['example.com/c'], line: 16 }]);
  });

  test("brings the server's hashes along", () => {
    expect(capped.goSum).toBe(server.goSum);
    expect(capped.changes.map(({ module }) => module)).toEqual(['example.com/b', 'example.com/a']);
  });
});
