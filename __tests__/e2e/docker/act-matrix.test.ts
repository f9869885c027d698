import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { act, makeRepository, unreachableUrl, type ActEnd } from '../../support/act.js';
import { runtimeToken, startArtifacts, type Artifacts } from '../../support/artifacts/server.js';
import { sharedCacheDir } from '../../support/host/cache.js';

// Jobs of one workflow run that tell the action the same: the runner fills in what tells them apart. The builder is `host`.

let dir = '';
let ended: ActEnd = { exitCode: null, log: '' };
let artifacts: Artifacts;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-act-matrix-'));
  artifacts = await startArtifacts();
  const repository = join(dir, 'repository');
  const workflow = '__tests__/fixtures/workflows/matrix.yml';
  await makeRepository(repository, { workflow, remote: 'octo/plugin' });
  ended = await act({
    ...{ repository, scratch: dir },
    variables: { SERVER_API_URL: await unreachableUrl(), CACHE_DIR: await sharedCacheDir() },
    env: {
      // act's own service for artifacts refuses the client's messages.
      ACTIONS_RESULTS_URL: artifacts.url,
      ACTIONS_RUNTIME_TOKEN: runtimeToken({ run: 'run', job: 'job' }),
    },
  });
});
afterAll(async () => {
  await artifacts.close();
  await rm(dir, { recursive: true, force: true });
});

test('each job uploads an artifact of its own', () => {
  expect(ended).toEqual({ exitCode: 0, log: expect.stringContaining('Job succeeded') });
  const names = artifacts.artifacts.filter(({ finalized }) => finalized).map(({ name }) => name);
  expect([...names].sort()).toEqual([
    expect.stringMatching(/^webhook-plugins-alone-[0-9a-f]{8}$/),
    expect.stringMatching(/^webhook-plugins-build-[0-9a-f]{8}$/),
    expect.stringMatching(/^webhook-plugins-build-[0-9a-f]{8}$/),
  ]);
  expect(new Set(names).size).toBe(3);
});
