import { execFile, spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as v from 'valibot';
import { sharedCacheDir } from '../../support/host/cache.js';

// Runs the action as a runner does: act starts a workflow with `uses: ./` in a repository that has what a release
// ships and the example, and nothing else. No Docker: act runs the job on this machine, and the builder is `host`.

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

interface Run {
  readonly exitCode: number | null;
  readonly log: string;
}

let dir = '';
let ended: Run = { exitCode: null, log: '' };
const result = (name: string): string => readFileSync(join(dir, 'results', name), 'utf8');

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gotify-plugin-build-act-'));
  await mkdir(join(dir, 'results'));
  await makeRepository(join(dir, 'repository'));
  const { stdout } = await run(join(root, '.ci/act'));
  ended = await act(stdout.trim(), join(dir, 'repository'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function makeRepository(repository: string): Promise<void> {
  for (const name of ['action.yml', 'dist', 'catalog', 'examples/webhook']) {
    cpSync(join(root, name), join(repository, name), { recursive: true });
  }
  const workflow = '__tests__/fixtures/workflows/example.yml';
  cpSync(join(root, workflow), join(repository, '.github/workflows', basename(workflow)));
  const git = (...args: string[]): Promise<unknown> => run('git', args, { cwd: repository });
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', 'https://github.com/example/webhook');
  await git('add', '--all');
  await git(
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@localhost',
    'commit',
    '--quiet',
    '--message',
    'All',
  );
}

async function act(program: string, repository: string): Promise<Run> {
  const variables = {
    RESULTS: join(dir, 'results'),
    SERVER_API_URL: `http://127.0.0.1:${String(await closedPort())}`,
    CACHE_DIR: await sharedCacheDir(),
  };
  const args = ['push', '--platform', 'ubuntu-latest=-self-hosted', '--no-cache-server'];
  for (const [name, value] of Object.entries(variables)) args.push('--var', `${name}=${value}`);
  const env = {
    ...process.env,
    // The action's own Node first: `using: node24`.
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    XDG_CACHE_HOME: join(dir, 'act-cache'),
    XDG_CONFIG_HOME: join(dir, 'act-config'),
  };
  const child = spawn(program, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (log += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, log };
}

/** A port where nobody listens: GitHub cannot be reached, and the catalog has to serve. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = v.parse(v.object({ port: v.number() }), server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

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
