import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.js';
import { loadCatalog } from '../../../src/gotify/catalog.js';
import { groupServers } from '../../../src/gotify/groups.js';
import { newestFirst } from '../../../src/gotify/newest-first.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import { versionsText } from '../../../src/report/versions-text.js';

async function released(): Promise<readonly ServerBuild[]> {
  const catalog = await loadCatalog(join(process.cwd(), 'catalog'), createFiles());
  const all = await Promise.all(catalog.releases.map(({ tag }) => catalog.serverBuild(tag, 'a test')));
  return all.filter((server) => server !== null);
}

test('releases with the same Go and modules are one group', async () => {
  const groups = groupServers(await released());

  const names = groups.map(({ servers }) => servers.map(({ version }) => version));
  expect(names.filter((group) => group.length > 1)).toEqual([
    ['v2.7.2', 'v2.7.1', 'v2.7.0'],
    ['v2.6.3', 'v2.6.2'],
    ['v2.6.1', 'v2.6.0'],
    ['v2.2.5', 'v2.2.4', 'v2.2.3', 'v2.2.2', 'v2.2.1', 'v2.2.0', 'v2.1.7', 'v2.1.6'],
  ]);
  expect(groups.map(({ goVersion }) => goVersion).slice(0, 3)).toEqual(['1.26.0', '1.26.0', '1.25.1']);
});

test('a group is called by its lowest version, in whatever order its servers come', async () => {
  const [group] = groupServers(
    (await released()).filter(({ version }) => version.startsWith('v2.2.')).toReversed(),
  );

  expect(group?.lowest.version).toBe('v2.2.0');
});

test('newest first is the order of versions, and what has none comes before', async () => {
  const [server] = await released();
  if (server === undefined) throw new Error('the catalog is empty');
  const versions = ['v2.9.1', 'g0123456789ab', 'v2.10.0', 'v3.0.0-rc.1', 'v3.0.0'];

  const sorted = newestFirst(versions.map((version) => ({ ...server, version })));
  expect(sorted.map(({ version }) => version)).toEqual([
    'g0123456789ab',
    'v3.0.0',
    'v3.0.0-rc.1',
    'v2.10.0',
    'v2.9.1',
  ]);
});

test('the order of modules makes no other group, and another version does', async () => {
  const [server] = await released();
  if (server === undefined) throw new Error('the catalog is empty');
  const { modules } = server.pinList;
  const other = modules.map((module, index) => (index === 0 ? { ...module, version: 'v0.0.1' } : module));
  const pinned = (list: typeof modules): ServerBuild => ({
    ...server,
    pinList: { ...server.pinList, modules: list },
  });

  expect(groupServers([server, pinned(modules.toReversed())])).toHaveLength(1);
  expect(groupServers([server, pinned(other)])).toHaveLength(2);
  expect(groupServers([server, { ...server, goVersion: '1.26.1' }])).toHaveLength(2);
});

test('the table of versions has one line for each server', async () => {
  const text = versionsText(groupServers((await released()).slice(0, 2)));

  expect(text.split('\n')).toEqual([
    'gotify  Go      group  modules  commit        facts from',
    expect.stringMatching(/^v3\.0\.0 {2}1\.26\.0 {2}1 +\d+ +[0-9a-f]{12} {2}the catalog$/),
    expect.stringMatching(/^v2\.9\.1 {2}1\.26\.0 {2}2 +\d+ +[0-9a-f]{12} {2}the catalog$/),
    '',
    'One plugin file serves every server of a group.',
  ]);
});
