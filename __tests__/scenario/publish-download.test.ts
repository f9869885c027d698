import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { parseIndex, type PluginIndex } from '../../src/publish/index-file.js';
import { compare } from '../../src/verify/compare.js';
import { readPluginAbi } from '../../src/verify/plugin-abi.js';
import { manifestOf, pluginCommit, pluginModule } from '../support/build-output.js';
import { bytesSource } from '../support/elf.js';
import { startPublishStage } from '../support/publish-process.js';
import { startReleases } from '../support/releases/server.js';

// A process is started: on a busy machine that takes a while.
jest.setTimeout(120_000);

/** What somebody has who downloaded everything of the latest release, as anybody may. */
let dir = '';
let names: readonly string[] = [];
let index: PluginIndex;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-download-'));
  const stage = await startPublishStage();
  const double = await startReleases({ tags: { 'v1.0.0': pluginCommit } });
  try {
    const targets = ['linux-amd64', 'linux-arm64'] as const;
    stage.build('out', [
      { servers: ['v3.0.0'], targets },
      { servers: ['v2.9.1'], targets },
    ]);
    expect(await stage.action({ apiUrl: double.apiUrl })).toMatchObject({ code: 0 });
    const latest = await fetch(`${double.apiUrl}/repos/${double.repository}/releases/latest`);
    const { assets } = (await latest.json()) as {
      readonly assets: readonly { readonly browser_download_url: string }[];
    };
    names = await Promise.all(assets.map(({ browser_download_url: url }) => download(url)));
  } finally {
    await double.close();
    await stage.close();
  }
  index = parseIndex(readFileSync(join(dir, 'gotify-plugin.json')), 'gotify-plugin.json');
});

afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** @returns its name */
async function download(url: string): Promise<string> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  const name = basename(new URL(url).pathname);
  writeFileSync(join(dir, name), Buffer.from(await response.arrayBuffer()));
  return name;
}

const plugins = [
  'hello-linux-amd64-for-gotify-v2.9.1.so',
  'hello-linux-amd64-for-gotify-v3.0.0.so',
  'hello-linux-arm64-for-gotify-v2.9.1.so',
  'hello-linux-arm64-for-gotify-v3.0.0.so',
];

test('a release has its files, their checksums and what they are for', () => {
  expect([...names].sort()).toEqual(['checksums.txt', 'gotify-plugin.json', ...plugins]);
});

test('sha256sum finds every file as it was published', () => {
  const said = execFileSync('sha256sum', ['--strict', '-c', 'checksums.txt'], { cwd: dir, encoding: 'utf8' });
  expect(said).toBe(plugins.map((name) => `${name}: OK\n`).join(''));
});

test('sha256sum finds a file that was changed', () => {
  const [name = ''] = plugins;
  const right = readFileSync(join(dir, name));
  writeFileSync(join(dir, name), Buffer.concat([right, Buffer.from('x')]));
  try {
    expect(() =>
      execFileSync('sha256sum', ['--strict', '-c', 'checksums.txt'], { cwd: dir, stdio: 'pipe' }),
    ).toThrow(/Command failed/);
  } finally {
    writeFileSync(join(dir, name), right);
  }
});

test('gotify-plugin.json names every file, its commit and its servers', () => {
  expect(index).toMatchObject({ schema: 1, tag: 'v1.0.0', plugin: pluginModule });
  expect(index.files.map(({ commit }) => commit)).toEqual(index.files.map(() => pluginCommit));
  expect(index.files.map(({ file, target, servers }) => [file, target, servers])).toEqual([
    [plugins[0], 'linux-amd64', ['v2.9.1']],
    [plugins[1], 'linux-amd64', ['v3.0.0']],
    [plugins[2], 'linux-arm64', ['v2.9.1']],
    [plugins[3], 'linux-arm64', ['v3.0.0']],
  ]);
});

test('each file loads in each server that gotify-plugin.json names, and in no other', () => {
  const all = ['v3.0.0', 'v2.9.1', 'v2.7.3', 'v2.6.3'];
  for (const { file, target, servers, verdict, sha256 } of index.files) {
    const plugin = readPluginAbi(bytesSource(readFileSync(join(dir, file)), file));
    const made = all.map((server) => {
      const found = compare(plugin, manifestOf(server, target), { target, server, serverModules: [] });
      return { server, kind: found.kind, compared: found.kind === 'undecided' ? 0 : found.compared };
    });
    expect(made.filter(({ kind }) => kind === 'loads').map(({ server }) => server)).toEqual(servers);
    expect(made.find(({ kind }) => kind === 'loads')?.compared).toBe(verdict.compared);
    expect(verdict.compared).toBeGreaterThan(100);
    expect(readFileSync(join(dir, 'checksums.txt'), 'utf8')).toContain(`${sha256}  ${file}\n`);
  }
});
