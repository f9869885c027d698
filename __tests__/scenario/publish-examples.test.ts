import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import * as v from 'valibot';
import { parse } from 'yaml';
import { startPublishStage, type PublishStage } from '../support/publish-process.js';
import { startReleases } from '../support/releases/server.js';

// The last job of .github/examples/matrix.yml, in the folders that actions/download-artifact makes.

jest.setTimeout(120_000);

let stage: PublishStage;
beforeAll(async () => {
  stage = await startPublishStage();
});
afterAll(() => stage.close());

const workflowSchema = v.object({
  jobs: v.object({
    publish: v.object({
      steps: v.array(v.object({ uses: v.string(), with: v.record(v.string(), v.string()) })),
    }),
  }),
});

function inputsOfLastJob(): Readonly<Record<string, string>> {
  const text = readFileSync('.github/examples/matrix.yml', 'utf8');
  const { steps } = v.parse(workflowSchema, parse(text)).jobs.publish;
  return steps.at(-1)?.with ?? {};
}

// https://github.com/actions/download-artifact: several artifacts have a folder each, a single one has none.
test.each([
  ['several', ['downloads/plugin-amd64', 'downloads/plugin-arm64']],
  ['one', ['downloads']],
])('%s of the matrix', async (_, folders) => {
  rmSync(join(stage.dir, 'downloads'), { recursive: true, force: true });
  const targets = ['linux-amd64', 'linux-arm64'] as const;
  for (const [index, folder] of folders.entries()) {
    stage.build(folder, [
      { servers: ['v3.0.0'], targets: folders.length === 1 ? targets : targets.slice(index, index + 1) },
    ]);
  }
  const double = await startReleases({ tags: { 'v1.0.0': 'c0ffee'.padEnd(40, '0') } });
  try {
    const ended = await stage.action({ apiUrl: double.apiUrl, inputs: inputsOfLastJob() });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(double.contents().releases.map(({ draft, assets }) => [draft, Object.keys(assets)])).toEqual([
      [
        false,
        [
          'checksums.txt',
          'gotify-plugin.json',
          ...targets.map((target) => `hello-${target}-for-gotify-v3.0.0.so`),
        ],
      ],
    ]);
  } finally {
    await double.close();
  }
});
