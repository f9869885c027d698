import { rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { leastCompared } from '../../support/compared.js';
import { openBench, startAction, type Bench } from '../../support/docker/bench.js';
import { openStage, rootUser, type Stage } from '../../support/docker/stage.js';
import { compareWithServer, forgetReferenceHosts } from '../../support/reference-hosts.js';
import { readJson, repository, shippedWithoutManifests } from '../../support/shipped.js';

// The shipped action without the catalog's manifests and without GitHub: only a reference host is left to prove against.

let stage: Stage;
let bench: Bench;
const bare = shippedWithoutManifests();

beforeAll(async () => {
  stage = await openStage();
  bench = await openBench(stage, rootUser, bare);
});
afterAll(async () => {
  rmSync(bare, { recursive: true, force: true });
  await stage.remove();
});

test.each(['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'])(
  'a reference host from the image has the packages of the real %s',
  async (server) => {
    const cacheDir = join(bench.dir, 'cache');
    forgetReferenceHosts(cacheDir);
    const { code, output } = await startAction(bench, { server, targets: 'amd64' }).ended;

    expect({ code, output }).toMatchObject({ code: 0 });
    const report = readJson(join(bench.output, 'report.json'));
    expect(report).toMatchObject({
      groups: [
        {
          targets: [{ verdicts: [{ verdict: { kind: 'loads' }, comparedWith: { kind: 'reference-host' } }] }],
        },
      ],
    });
    expect(leastCompared(report)).toBeGreaterThan(100);
    const { hosts, common, differing } = await compareWithServer(cacheDir, server);
    expect(hosts).toBe(1);
    expect(common).toBeGreaterThan(100);
    expect(differing).toEqual([]);
  },
);

test('root with a umask that lets nobody else in hands over all that is ours: the host, and a lowered replacement', async () => {
  const own = await openBench(stage, rootUser, bare);
  const plugin = join(own.workspace, 'lowered');
  await cp(join(repository, '__tests__/fixtures/plugins/local-replace-newer'), plugin, { recursive: true });
  const inputs = { path: 'lowered/plugin', targets: 'amd64', 'cache-dir': join(bench.dir, 'cache') };
  forgetReferenceHosts(inputs['cache-dir']);
  const { code, output } = await startAction(own, inputs, { umask: 0o077 }).ended;

  expect({ code, output }).toMatchObject({ code: 0 });
  expect(readJson(join(own.output, 'report.json'))).toMatchObject({
    groups: [
      {
        targets: [{ verdicts: [{ verdict: { kind: 'loads' }, comparedWith: { kind: 'reference-host' } }] }],
      },
    ],
  });
});
