import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { toolchainName } from '../../../src/go/version.js';
import { pinModule, type Pin } from '../../../src/pin/pin.js';
import { collectReplaced, loweredName, loweredOverlay } from '../../../src/pin/replaced.js';
import { overlayText } from '../../../src/plugin/api-check.js';
import { goOutput, writeFiles } from '../../support/host/go-project.js';
import { catalogServer } from '../../support/host/server.js';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

const source = `package main

import (
	_ "github.com/gin-gonic/gin"
	_ "github.com/gotify/plugin-api"
	_ "gopkg.in/yaml.v3"
)

func main() {}
`;

interface Selected {
  readonly path: string;
  /** What Go compiles: the version of the replacement, where there is one. */
  readonly version: string;
}

/** Pins a plugin in a folder of its own, and asks the server's Go what it then selects and compiles. */
async function pinned(tag: string, files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'pin ü '));
  roots.push(root);
  writeFiles(root, { 'plugin/main.go': source, ...files });
  const server = await catalogServer(tag);
  const moduleDir = join(root, 'plugin');
  const goMod = readFileSync(join(moduleDir, 'go.mod'), 'utf8');
  const common = { goMod, file: 'go.mod', server };
  writeFiles(root, { 'pin/.keep': '' });
  const request = { ...common, moduleDir, dependencies: 'pin' as const };
  const { folders } = await collectReplaced(request, createFiles());
  const replacedAt = (index: number): string => folders[index]?.path ?? '';
  for (const { index, lowered } of folders) {
    if (lowered !== null) writeFileSync(join(root, 'pin', loweredName(index)), lowered.goMod);
  }
  const overlaid = loweredOverlay(folders, { pin: join(root, 'pin'), replaced: replacedAt });
  writeFileSync(join(root, 'pin/overlay.json'), overlayText(overlaid));
  const pin: Pin = pinModule({ ...common, goSum: null, replacedAt });
  writeFileSync(join(root, 'pin/go.mod'), pin.goMod);
  writeFileSync(join(root, 'pin/go.sum'), pin.goSum);
  const go = (...args: string[]): string =>
    goOutput(moduleDir, toolchainName(server.goVersion), [
      ...args.slice(0, 1),
      '-mod=mod',
      `-modfile=${join(root, 'pin/go.mod')}`,
      `-overlay=${join(root, 'pin/overlay.json')}`,
      ...args.slice(1),
    ]);
  const version = '{{with .Replace}}{{.Version}}{{else}}{{.Version}}{{end}}';
  const compiled = go('list', '-deps', '-f', `{{with .Module}}{{.Path}} ${version}{{end}}`, '.');
  const all = go('list', '-m', '-f', `{{.Path}} ${version}`, 'all');
  expect(readFileSync(join(moduleDir, 'go.mod'), 'utf8')).toBe(goMod);
  return { server, pin, compiled: selectedOf(compiled), all: selectedOf(all) };
}

function selectedOf(output: string): Selected[] {
  const lines = new Set(output.split('\n').filter((line) => line !== ''));
  return [...lines].map((line) => {
    const [path = '', version = ''] = line.split(' ');
    return { path, version };
  });
}

/** The modules of `selected` that the server has too, which must all be at the server's version. */
function expectServerVersions(
  selected: readonly Selected[],
  modules: readonly { readonly path: string; readonly version: string }[],
): number {
  const versions = new Map(modules.map(({ path, version }) => [path, version]));
  const common = selected.filter(({ path }) => versions.has(path));
  expect(common).toEqual(common.map(({ path }) => ({ path, version: versions.get(path) ?? '' })));
  return common.length;
}

describe('with the pin, Go selects the server versions', () => {
  test.each([
    ['v3.0.0', 'minimal', 'module example.com/p\n\nrequire github.com/gotify/plugin-api v1.0.0\n'],
    [
      'v3.0.0',
      'newer',
      'module example.com/p\ngo 1.26.8\ntoolchain go1.27.0\nrequire (\n\tgithub.com/gotify/plugin-api v1.0.0\n\tgithub.com/gin-gonic/gin v1.99.0\n\tgolang.org/x/net v0.999.0 // indirect\n)\ntool example.com/p/tool\ngodebug panicnil=1\nignore ./x\n',
    ],
    [
      'v2.3.0',
      'older',
      'module example.com/p\ngo 1.12\nrequire (\n\tgithub.com/gotify/plugin-api v1.0.0\n\tgithub.com/gin-gonic/gin v1.3.0\n)\n',
    ],
    [
      'v2.3.0',
      'made with a new Go',
      'module example.com/p\ngo 1.25.1\ntoolchain go1.26.0\nrequire github.com/gotify/plugin-api v1.0.0\nretract v1.0.0\nexclude github.com/gin-gonic/gin v1.8.1\nreplace github.com/gin-gonic/gin v1.8.1 => github.com/gin-gonic/gin v1.9.1\n',
    ],
  ])(
    '%s, a plugin that is %s',
    async (tag, _kind, goMod) => {
      const { server, compiled, all } = await pinned(tag, { 'plugin/go.mod': goMod });
      expect(expectServerVersions(compiled, server.pinList.modules)).toBeGreaterThan(10);
      expect(expectServerVersions(all, server.pinList.modules)).toBeGreaterThan(10);
      const known = new Set(server.pinList.modules.map(({ path }) => path));
      expect(compiled.map(({ path }) => path).filter((path) => !known.has(path))).toEqual(['example.com/p']);
    },
    300_000,
  );
});

test('local replacements beside the module are used, also one whose go line is too new', async () => {
  const { compiled, pin } = await pinned('v2.6.3', {
    'plugin/go.mod':
      'module example.com/p\ngo 1.24\nrequire (\n\tgithub.com/gotify/plugin-api v1.0.0\n\texample.com/lib v1.0.0\n)\nreplace example.com/lib v1.0.0 => ../li b\n'.replace(
        '../li b',
        '"../li b"',
      ),
    'plugin/lib.go': 'package main\n\nimport _ "example.com/lib"\n',
    'li b/go.mod': 'module example.com/lib\n\ngo 1.26.5\n\ntoolchain go1.26.8\n',
    'li b/lib.go': 'package lib\n',
  });
  expect(pin.replaced.map(({ dir }) => dir)).toEqual(['../li b']);
  expect(compiled.map(({ path }) => path)).toContain('example.com/lib');
}, 300_000);
