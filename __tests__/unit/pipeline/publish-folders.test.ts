import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPublishPorts } from '../../../src/adapters/build-ports.js';
import type { PublishOnlyOptions } from '../../../src/options/options.js';
import { optionsFrom } from '../../../src/options/parse.js';
import { publishFolders } from '../../../src/pipeline/publish-folders.js';
import type { PublishReport } from '../../../src/report/publish-report.js';
import { publishText } from '../../../src/report/publish-text.js';
import { pluginCommit, serverAssets, writeOutput, type OutputGroup } from '../../support/build-output.js';
import { failureOf } from '../../support/failure.js';
import { catalogServers, startGitHub, type GitHubDouble } from '../../support/github-double.js';
import { closedAddress } from '../../support/local-server.js';
import { createRecorder } from '../../support/recorder.js';
import { startReleases, type Releases } from '../../support/releases/server.js';

let servers: GitHubDouble;
let releases: Releases;
let base = '';

beforeAll(async () => {
  servers = await startGitHub({ assets: serverAssets(['v3.0.0', 'v2.9.1'], ['linux-amd64', 'linux-arm64']) });
});

beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'publish-folders-'));
  releases = await startReleases({ tags: { 'v1.0.0': pluginCommit } });
});

afterEach(async () => {
  await releases.close();
  rmSync(base, { recursive: true });
});

afterAll(() => servers.close());

const newest: OutputGroup = { servers: ['v3.0.0'], targets: ['linux-amd64', 'linux-arm64'] };

function optionsOf(raw: Readonly<Record<string, string>>): PublishOnlyOptions {
  const options = optionsFrom(
    {
      mode: 'publish',
      folders: 'out',
      'release-tag': 'v1.0.0',
      repository: 'octo/plugin',
      token: 'write-token',
      'cache-dir': 'cache',
      'server-api-url': servers.url,
      ...raw,
    },
    {
      entry: 'action',
      base,
      cores: 1,
      env: { GITHUB_API_URL: releases.apiUrl },
      platform: 'linux',
      dryRun: false,
      event: () => ({}),
    },
  );
  if (options.mode !== 'publish') throw new Error('no publication');
  return options;
}

async function publish(raw: Readonly<Record<string, string>> = {}): Promise<PublishReport> {
  const options = optionsOf(raw);
  const ports = createPublishPorts({
    options,
    reporter: createRecorder(),
    catalogDir: join(process.cwd(), 'catalog'),
    env: { GOTIFY_PLUGIN_BUILD_RETRY_DELAYS: '0' },
    onClose: () => undefined,
  });
  return publishFolders(options, ports);
}

/** What every server makes of each file. */
function verdictsOf({ files }: PublishReport): readonly string[] {
  return files.flatMap(({ target, verdicts }) =>
    verdicts.map(({ server, verdict, comparedWith }) =>
      [target, server, verdict?.kind, comparedWith?.kind ?? 'nothing'].join(' '),
    ),
  );
}

/** Changes report.json, as somebody might. */
function edit(change: (text: string) => string): void {
  const file = join(base, 'out/report.json');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

describe('files are proven again', () => {
  test('against what the servers say now', async () => {
    writeOutput(join(base, 'out'), [newest, { servers: ['v2.9.1'], targets: ['linux-arm64'] }]);
    const report = await publish();
    expect(verdictsOf(report)).toEqual([
      'linux-amd64 v3.0.0 loads release-asset',
      'linux-arm64 v3.0.0 loads release-asset',
      'linux-arm64 v2.9.1 loads release-asset',
    ]);
    expect(report).toMatchObject({ left: [], compatible: true, exitCode: 0, release: { kind: 'published' } });
  });

  test('against the catalog where GitHub is not in reach', async () => {
    writeOutput(join(base, 'out'), [newest]);
    const report = await publish({ 'server-api-url': closedAddress });
    expect(verdictsOf(report)).toEqual([
      'linux-amd64 v3.0.0 loads catalog',
      'linux-arm64 v3.0.0 loads catalog',
    ]);
    expect(report.exitCode).toBe(0);
  });

  test('and a server that left nothing to compare with leaves them undecided', async () => {
    writeOutput(join(base, 'out'), [{ servers: ['v2.9.1'], targets: ['linux-386'] }]);
    const report = await publish();
    expect(verdictsOf(report)).toEqual(['linux-386 v2.9.1 undecided nothing']);
    const [verdict] = report.files.flatMap(({ verdicts }) => verdicts.map((each) => each.verdict));
    expect(verdict).toMatchObject({ because: expect.stringContaining('publish in the job that builds') });
    expect(report).toMatchObject({ compatible: 'unknown', exitCode: 1, release: { kind: 'refused' } });
    expect(releases.requests).toEqual([]);
  });

  test.each([
    ['rejected', '"kind": "rejected", "reasons": []'],
    ['undecided', '"kind": "undecided"'],
  ])('but not where their build found them %s', async (_, kind) => {
    writeOutput(join(base, 'out'), [newest]);
    edit((text) => text.replace('"kind": "loads"', kind));
    const report = await publish();
    expect(verdictsOf(report)).toEqual([
      'linux-amd64 v3.0.0 undecided nothing',
      'linux-arm64 v3.0.0 loads release-asset',
    ]);
    expect(report).toMatchObject({ compatible: 'unknown', exitCode: 1, release: { kind: 'refused' } });
  });

  test('also where their build did not look (verify: off)', async () => {
    writeOutput(join(base, 'out'), [newest]);
    edit((text) => text.replace(/"verdict": \{[^}]*\}/g, '"verdict": null'));
    const { release } = await publish();
    expect(release).toMatchObject({ kind: 'refused', tag: 'v1.0.0' });
  });

  test('for every server of a group', async () => {
    // One file for two servers that are of different groups in truth.
    writeOutput(join(base, 'out'), [{ servers: ['v3.0.0', 'v2.9.1'], targets: ['linux-amd64'] }]);
    edit((text) => text.replace(/"kind": "rejected"/g, '"kind": "loads"'));
    const report = await publish();
    expect(verdictsOf(report)).toEqual([
      'linux-amd64 v3.0.0 rejected release-asset',
      'linux-amd64 v2.9.1 loads release-asset',
    ]);
    expect(report).toMatchObject({ compatible: false, exitCode: 1 });
    expect(report.left).toEqual(['linux-amd64 for gotify v3.0.0, v2.9.1 would not load']);
  });

  test('for servers that a file covers', async () => {
    writeOutput(join(base, 'out'), [newest]);
    const covered = { kind: 'covered', target: 'linux-amd64', by: 'v3.0.0', file: 'x.so' };
    edit((text) => {
      const report = JSON.parse(text);
      const verdicts = [{ server: 'v2.9.1', verdict: { kind: 'loads' } }];
      const { commit } = catalogServers().find(({ tag }) => tag === 'v2.9.1') ?? {};
      report.servers.push({ version: 'v2.9.1', tag: 'v2.9.1', commit });
      report.groups.push({
        ...report.groups[0],
        servers: ['v2.9.1'],
        version: 'v2.9.1',
        targets: [{ ...covered, verdicts }],
      });
      return JSON.stringify(report);
    });
    const refused = await publish();
    expect(refused.release).toMatchObject({ kind: 'refused' });
    expect(refused.left).toEqual(['linux-amd64 for gotify v2.9.1 would not load']);
    const partial = await publish({ 'allow-partial': 'true' });
    expect(partial).toMatchObject({ compatible: false, exitCode: 0, release: { kind: 'published' } });
    expect(publishText(partial)).toContain('\n  linux-amd64 for gotify v2.9.1 would not load');
    const index = releases.releases[0]?.assets.find(({ name }) => name === 'gotify-plugin.json');
    const text = Buffer.concat([...(index?.content ?? [])]).toString('utf8');
    expect(text).not.toContain('v2.9.1');
  });
});

describe('what a build did not make', () => {
  const partly: OutputGroup = { servers: ['v3.0.0'], targets: ['linux-amd64'], failed: ['linux-arm64'] };

  test('keeps the release from being touched', async () => {
    writeOutput(join(base, 'out'), [partly]);
    const report = await publish();
    const text = 'linux-arm64 for gotify v3.0.0 was not built: undefined: x';
    expect(report).toMatchObject({
      left: [text],
      release: { kind: 'refused', because: [text] },
      compatible: false,
      exitCode: 1,
    });
    expect(publishText(report).split('\n').slice(-3)).toEqual([
      'Release v1.0.0 was not touched, as not everything loads:',
      `  ${text}`,
      'Mend that, or publish the others with allow-partial.',
    ]);
  });

  test('is said with allow-partial', async () => {
    writeOutput(join(base, 'out'), [partly]);
    const report = await publish({ 'allow-partial': 'true' });
    expect(report).toMatchObject({ compatible: false, exitCode: 0, release: { kind: 'published' } });
    expect(publishText(report).split('\n').slice(-2)).toEqual([
      'Not everything that was asked for is there:',
      '  linux-arm64 for gotify v3.0.0 was not built: undefined: x',
    ]);
  });
});

test('files of another commit than the tag’s are not released', async () => {
  writeOutput(join(base, 'out'), [newest], { commit: 'b'.repeat(40) });
  const report = await publish();
  expect(report.exitCode).toBe(2);
  expect(report.release).toMatchObject({ kind: 'failed', failure: { code: 'other-commit' } });
  expect(releases.changes).toEqual([]);
});

test('folders of a matrix become one release', async () => {
  writeOutput(join(base, 'out-1'), [{ servers: ['v3.0.0'], targets: ['linux-amd64'] }]);
  writeOutput(join(base, 'out-2'), [{ servers: ['v3.0.0'], targets: ['linux-arm64'] }]);
  const report = await publish({ folders: 'out-*' });
  expect(report.release).toMatchObject({ kind: 'published' });
  expect(Object.keys(releases.contents().releases[0]?.assets ?? {})).toHaveLength(4);
});

test('a server of whose tag the commit changed is bad input', async () => {
  writeOutput(join(base, 'out'), [newest]);
  const moved = await startGitHub({
    servers: catalogServers().map((server) => ({ ...server, commit: server.commit.replace(/^./, 'f') })),
  });
  try {
    const failure = await failureOf(publish({ 'server-api-url': moved.url }));
    expect(failure).toMatchObject({ kind: 'input', code: 'moved-tag' });
    expect(releases.requests).toEqual([]);
  } finally {
    await moved.close();
  }
});
