import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { startShipped } from '../../support/host/shipped-build.js';
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
