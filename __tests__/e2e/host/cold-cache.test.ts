import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { targetOf } from '../../../src/build/target.js';
import { realHostBuilder } from '../../support/host/builder.js';
import { catalogServer } from '../../support/host/server.js';
import { startShipped } from '../../support/host/shipped-build.js';
import { emptyWorkspace } from '../../support/host/workspace.js';
import { compareWithServer } from '../../support/reference-hosts.js';
import { readJson, repository, shippedWithoutManifests } from '../../support/shipped.js';

const dir = mkdtempSync(join(tmpdir(), 'gotify cold '));
const bare = shippedWithoutManifests();
afterAll(() => {
  // Go makes its module cache read-only.
  execFileSync('chmod', ['-R', 'u+w', dir]);
  for (const each of [dir, bare]) rmSync(each, { recursive: true });
});

/** The first two builds of a machine at once: each fetches toolchain and modules, and builds plugin and reference host. */
test('two builds that begin with the same empty cache folder both succeed', async () => {
  const cacheDir = join(dir, 'cache');
  const plugin = join(repository, '__tests__/fixtures/plugins/minimal');
  const outputs = [join(dir, 'one'), join(dir, 'two')];
  const runs = await Promise.all(
    outputs.map((output) => startShipped({ plugin, server: 'v3.0.0', output, cacheDir, shipped: bare })),
  );

  const ended = await Promise.all(runs.map(({ started }) => started.ended));
  for (const [index, { code, output }] of ended.entries()) {
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(readJson(join(outputs[index] ?? '', 'report.json'))).toMatchObject({
      groups: [
        {
          targets: [
            {
              verdicts: [{ verdict: { kind: 'loads', notes: expect.any(Array) } }],
              referenceHostSeconds: expect.any(Number),
            },
          ],
        },
      ],
    });
  }
  expect(await compareWithServer(cacheDir, 'v3.0.0')).toMatchObject({ hosts: 1, differing: [] });
  expect(readdirSync(join(cacheDir, 'runs'))).toEqual([]);
});

/** Go before 1.21 names no import in such a message where its own packages lie in the module cache. */
test('an old toolchain that was just fetched says which package it lacks', async () => {
  const cacheDir = join(dir, 'old');
  const target = targetOf('linux-amd64');
  const server = { ...(await catalogServer('v2.3.0')), goVersion: '1.20.1' };
  // None of the toolchains that this machine's go has already.
  const env = { ...process.env, GOMODCACHE: join(dir, 'none') };
  const builder = await realHostBuilder({ server, cacheDir, env });
  await builder.prepare([target]);
  const workspace = await emptyWorkspace({ modulePath: 'example.org/new', server });
  writeFileSync(join(workspace.module, 'plugin.go'), 'package main\n\nimport _ "slices"\n');

  const args = ['list', '-mod=mod', `-modfile=${workspace.pin}/go.mod`, '-deps', '.'];
  const outcome = await builder.run({ target, workspace, phase: 'download', args });

  expect(outcome.kind === 'failed' ? outcome.stderr : outcome.kind).toContain(
    'package slices is not in GOROOT',
  );
  const folder = join(cacheDir, `host-${String(process.getuid?.())}`, 'toolchains/mod/golang.org');
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^toolchain@v0\.0\.1-go1\.20\.1\.linux-/)]);
});
