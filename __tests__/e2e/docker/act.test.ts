import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { act, makeRepository, unreachableUrl, type ActEnd } from '../../support/act.js';
import { sharedCacheDir } from '../../support/host/cache.js';

// A workflow with `uses: ./`, run by act; the builder is `host`.

let dir = '';
let ended: ActEnd = { exitCode: null, log: '' };
const result = (name: string): string => readFileSync(join(dir, 'results', name), 'utf8');

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-act-'));
  await mkdir(join(dir, 'results'));
  const repository = join(dir, 'repository');
  const workflow = '__tests__/fixtures/workflows/example.yml';
  await makeRepository(repository, { workflow, remote: 'example/webhook' });
  const variables = {
    RESULTS: join(dir, 'results'),
    SERVER_API_URL: await unreachableUrl(),
    CACHE_DIR: await sharedCacheDir(),
  };
  ended = await act({ repository, scratch: dir, variables });
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('a workflow with `uses: ./`', () => {
  test('ends well', () => {
    expect(ended).toEqual({ exitCode: 0, log: expect.stringContaining('Job succeeded') });
  });

  test('gets every output', () => {
    const outputs = v.parse(v.record(v.string(), v.string()), JSON.parse(result('outputs.json')));
    expect(outputs).toMatchObject({ 'server-version': 'v3.0.0', 'go-version': '1.26.0', compatible: 'true' });
    expect(outputs['server-commit']).toMatch(/^[0-9a-f]{40}$/);
    expect(outputs['cache-key']).toMatch(/^gotify-plugin-build-host-go1\.26\.0-/);
    const files = v.parse(v.array(v.string()), JSON.parse(outputs['files'] ?? ''));
    expect(files.map((file) => basename(file))).toEqual(['webhook-linux-amd64-for-gotify-v3.0.0.so']);
  });

  test('gets a file that was compared with the server, package by package', () => {
    const verdict = v.object({ kind: v.string(), compared: v.number() });
    const target = v.object({ kind: v.string(), verdicts: v.array(v.object({ verdict })) });
    const report = v.parse(
      v.object({ groups: v.array(v.object({ targets: v.array(target) })) }),
      JSON.parse(result('dist-plugins/report.json')),
    );
    const loads = { kind: 'loads', compared: expect.any(Number) };
    expect(report).toEqual({ groups: [{ targets: [{ kind: 'built', verdicts: [{ verdict: loads }] }] }] });
    expect(report.groups[0]?.targets[0]?.verdicts[0]?.verdict.compared).toBeGreaterThan(100);
    expect(result('dist-plugins/webhook-linux-amd64-for-gotify-v3.0.0.so').slice(1, 4)).toBe('ELF');
  });

  test('gets a summary with the verdict and the pinned modules', () => {
    // act shows each step's summary file in its log, as it is.
    const [, good, bad] = ended.log.split('Summary - ');
    expect(good).toMatch(/^### <code>webhook<\/code> for gotify v3\.0\.0/);
    expect(good).toMatch(/\| ✅ loads \| \d+ packages compared/);
    expect(good).toMatch(/gin&#45;gonic\/gin<\/code> \| v1\.10\.0 &#45;&#62; v1\.12\.0 \| direct \| 6 \|/);
    expect(bad).toMatch(/^### ❌ No plugin was built/);
  });

  test('gets a warning that GitHub did not answer, and an error at the input that is wrong', () => {
    expect(ended.log).toMatch(/::warning.*catalog/);
    expect(ended.log).toMatch(/::error.*title=input server.*v9\.9\.9/);
    const { outcome, outputs } = v.parse(
      v.object({ outcome: v.string(), outputs: v.record(v.string(), v.string()) }),
      JSON.parse(result('bad.json')),
    );
    expect(outcome).toBe('failure');
    expect(outputs).toMatchObject({ files: '[]', compatible: 'unknown' });
  });
});
