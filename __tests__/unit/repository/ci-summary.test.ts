import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';

const script = fileURLToPath(new URL('../../../.ci/summary.js', import.meta.url));
const run = promisify(execFile);

interface File {
  readonly suite: string;
  readonly statuses: readonly string[];
  /** Of the file as a whole; by itself what its tests say. */
  readonly status?: string;
}

const good: readonly File[] = ['unit', 'scenario', 'e2e/host', 'e2e/docker'].map((suite) => ({
  suite,
  statuses: ['passed', 'passed'],
}));
const goodSteps = ['lint\t0\t3', 'tests: npm test\t0\t9'];

/** What .ci/run would end with: its last line and its exit code. */
async function summary(
  files: readonly File[],
  steps: readonly string[],
): Promise<[string | undefined, number]> {
  const dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-summary-'));
  const testResults = files.map(
    ({ suite, statuses, status = statuses.every((s) => s === 'passed') ? 'passed' : 'failed' }) => ({
      name: `/x/__tests__/${suite}/some.test.ts`,
      status,
      startTime: 1000,
      endTime: 3000,
      assertionResults: statuses.map((each) => ({ status: each })),
    }),
  );
  await writeFile(join(dir, 'npm-test.json'), JSON.stringify({ testResults }));
  await writeFile(join(dir, 'steps.tsv'), `${steps.join('\n')}\n`);
  const { code, stdout } = await run(process.execPath, [script, dir]).then(
    ({ stdout: text }) => ({ code: 0, stdout: text }),
    (error: { code: number; stdout: string }) => error,
  );
  await rm(dir, { recursive: true });
  return [stdout.trimEnd().split('\n').at(-1), code];
}

describe('the last line of .ci/run', () => {
  test('sums the suites', async () => {
    expect(await summary(good, goodSteps)).toEqual(['8 passed, 0 failed', 0]);
  });

  test.each([
    ['failed', '8 passed, 1 failed'],
    ['pending', '8 passed, 1 failed'],
    ['todo', '8 passed, 1 failed'],
    ['skipped', '8 passed, 1 failed'],
  ])('counts a test that is %s as failed', async (status, line) => {
    const files = [...good, { suite: 'unit', statuses: [status], status: 'passed' }];
    expect(await summary(files, goodSteps)).toEqual([line, 1]);
  });

  test('counts a test file that did not start', async () => {
    expect(await summary([...good, { suite: 'unit', statuses: [], status: 'failed' }], goodSteps)).toEqual([
      '8 passed, 1 failed',
      1,
    ]);
  });

  test('counts a suite without results', async () => {
    expect(await summary(good.slice(1), goodSteps)).toEqual(['6 passed, 1 failed', 1]);
  });

  test('counts a failed step once, and a test step only where its tests do not say it', async () => {
    expect(await summary(good, ['lint\t1\t3', 'tests: npm test\t0\t9'])).toEqual(['8 passed, 1 failed', 1]);
    expect(await summary(good, ['lint\t0\t3', 'tests: npm test\t1\t9'])).toEqual(['8 passed, 1 failed', 1]);
    const files = [...good, { suite: 'unit', statuses: ['failed'] }];
    expect(await summary(files, ['tests: npm test\t1\t9'])).toEqual(['8 passed, 1 failed', 1]);
  });
});
