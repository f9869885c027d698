import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { leastCompared } from '../../support/compared.js';
import { runAction } from '../../support/dist.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { closedAddress } from '../../support/local-server.js';
import { obeyedCommands } from '../../support/runner-log.js';

type ActionRun = Awaited<ReturnType<typeof runAction>>;

/** The shipped action over a copy of a plugin's folder, with the host builder; nothing listens at the API's address. */
async function build(
  folder: string,
  change: (workspace: string) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
): Promise<ActionRun & { readonly workspace: string }> {
  const workspace = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-workspace-'));
  await cp(resolve(folder), workspace, { recursive: true });
  await change(workspace);
  const inputs = {
    server: 'v3.0.0',
    targets: 'native',
    builder: 'host',
    'server-api-url': closedAddress,
    'cache-dir': await sharedCacheDir(),
    ...more,
  };
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GITHUB_'));
  const env = Object.fromEntries(inherited.map(([name, value]) => [name, value ?? '']));
  return { workspace, ...(await runAction({ workspace, inputs, env })) };
}

describe('the action, on the host', () => {
  let run: Awaited<ReturnType<typeof build>>;

  beforeAll(async () => {
    run = await build('examples/webhook', () => Promise.resolve());
  });

  test('builds the example, and gives every output', async () => {
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
    const files: unknown = JSON.parse(run.outputs['files'] ?? '');
    expect(files).toEqual([
      expect.stringMatching(/\/dist-plugins\/webhook-linux-[\w-]+-for-gotify-v3\.0\.0\.so$/),
    ]);
    expect(run.outputs).toMatchObject({
      'server-version': 'v3.0.0',
      'server-commit': expect.stringMatching(/^[0-9a-f]{40}$/),
      'go-version': '1.26.0',
      report: join(run.workspace, 'dist-plugins/report.json'),
      compatible: 'true',
      'cache-key': expect.stringMatching(/^gotify-plugin-build-host-go1\.26\.0-[0-9a-f]{12}-[\w-]+$/),
    });
    const report: unknown = JSON.parse(await readFile(run.outputs['report'] ?? '', 'utf8'));
    expect(report).toMatchObject({
      compatible: true,
      groups: [{ targets: [{ kind: 'built', verdicts: [{ verdict: { kind: 'loads' } }] }] }],
    });
    expect(leastCompared(report)).toBeGreaterThan(100);
  });

  test('writes the summary, and one group with the log of the target', () => {
    expect(run.summary).toContain('✅ loads');
    expect(run.summary).toContain('<code>github.com/gin&#45;gonic/gin</code>');
    const commands = obeyedCommands(run.stdout).filter((name) => name !== 'debug');
    expect(commands.filter((name) => !['warning', 'group', 'endgroup'].includes(name))).toEqual([]);
    expect(run.stdout).toContain('Loads in gotify v3.0.0: 1 of 1 target.');
  });
});

test('for several servers has each in its outputs, newest first, and every file once', async () => {
  const server = 'v2.9.1, v3.0.0';
  const run = await build('examples/webhook', () => Promise.resolve(), { server });

  expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' });
  const files: unknown = JSON.parse(run.outputs['files'] ?? '');
  expect(files).toEqual([
    expect.stringMatching(/-for-gotify-v3\.0\.0\.so$/),
    expect.stringMatching(/-for-gotify-v2\.9\.1\.so$/),
  ]);
  expect(run.outputs).toMatchObject({
    'server-version': 'v3.0.0,v2.9.1',
    'server-commit': expect.stringMatching(/^[0-9a-f]{40},[0-9a-f]{40}$/),
    'go-version': '1.26.0,1.26.0',
    compatible: 'true',
    'cache-key': expect.stringMatching(/^gotify-plugin-build-host-2groups-[0-9a-f]{12}-[\w-]+$/),
  });
  expect(run.summary).toContain('2 files built for 2 servers');
  expect(run.stdout).toContain('2 files built for 2 servers: 2 builds for 2 groups x 1 target.');
  expect(run.stdout).toContain('Loads in every server: 2 of 2 pairs of server and target.');
});

test('a check that compiles fills the same cache as a build, and says so', async () => {
  const server = 'v2.9.1, v3.0.0';
  const check = await build('examples/webhook', () => Promise.resolve(), { server, mode: 'check' });
  const made = await build('examples/webhook', () => Promise.resolve(), { server });

  expect(check).toMatchObject({ code: 0, outputs: { compatible: 'true', conflicts: '0' } });
  expect(made.outputs['cache-key']).toMatch(/^gotify-plugin-build-host-2groups-/);
  for (const name of ['cache-key', 'server-version', 'server-commit', 'go-version']) {
    expect(check.outputs[name]).toBe(made.outputs[name]);
  }
});

test('the output of a compiler cannot speak to the runner', async () => {
  // gcc takes the file's name from #line: its messages then start with a workflow command.
  const evil = '::set-output name=files::stolen';
  const run = await build('__tests__/fixtures/plugins/c-error', (workspace) =>
    writeFile(
      join(workspace, 'broken.go'),
      `package main\n\n/*\n#line 1 "${evil}"\n#error ${evil}\n*/\nimport "C"\n`,
    ),
  );
  expect(run.code).toBe(1);
  expect(run.stdout).toContain(`${evil}:1`);
  const commands = obeyedCommands(run.stdout).filter((name) => name !== 'debug');
  expect(commands.filter((name) => !['warning', 'group', 'endgroup'].includes(name))).toEqual(['error']);
  expect(run.outputs).toMatchObject({ files: '[]', compatible: 'false' });
  expect(run.summary).not.toContain('::');
});
