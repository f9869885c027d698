import { spawn } from 'node:child_process';
import {
  closeSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { action, actionNode, cli, systemNodes } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let github: GitHubDouble;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-output-'));
  cpSync(resolve('examples/webhook'), join(dir, 'webhook'), { recursive: true });
  mkdirSync(join(dir, 'empty'));
  github = await startGitHub();
});

afterAll(async () => {
  await github.close();
  rmSync(dir, { recursive: true });
});

/** `closed`: nobody reads it any more. `full`: a disk without space. */
type Sink = 'read' | 'closed' | 'full';

interface Lost {
  readonly args: readonly string[];
  readonly stdout?: Sink;
  readonly stderr?: Sink;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** Runs a shipped file whose output goes nowhere; gives its exit code and what could be read. */
function runInto({ args, env = {}, node = actionNode, ...sinks }: Lost): Promise<{
  readonly code: number | null;
  readonly text: string;
}> {
  const full = openSync('/dev/full', 'w');
  const stdio = (sink: Sink = 'read'): 'pipe' | number => (sink === 'full' ? full : 'pipe');
  const child = spawn(node, args, {
    cwd: dir,
    env: { PATH: join(dir, 'empty'), HOME: dir, ...env },
    stdio: ['ignore', stdio(sinks.stdout), stdio(sinks.stderr)],
  });
  closeSync(full);
  let text = '';
  for (const [stream, sink] of [
    [child.stdout, sinks.stdout] as const,
    [child.stderr, sinks.stderr] as const,
  ]) {
    if (sink === 'closed') stream?.destroy();
    else stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, text }));
  });
}

/** It says which server it builds for, and then finds no Docker client: exit code 3. */
const build = (output: string): readonly string[] => {
  const what = ['--path', 'webhook', '--server', 'v3.0.0', '--builder', 'docker', '--targets', 'amd64'];
  const where = ['--server-api-url', github.url, '--output', output, '--cache-dir', `${output}-cache`];
  return [cli, 'build', ...what, ...where];
};
const versions = (): readonly string[] => [cli, 'versions', '--server-api-url', github.url];

const report = (output: string): unknown =>
  JSON.parse(readFileSync(join(dir, output, 'report.json'), 'utf8'));

describe.each(systemNodes)('whoever reads has gone, on %s', (node) => {
  const output = `out-${String(systemNodes.indexOf(node))}`;

  test.each([
    ['stdout', { stdout: 'closed' }],
    ['both', { stdout: 'closed', stderr: 'closed' }],
  ] as const)('a build goes on to its own end: %s', async (_, sinks) => {
    expect(await runInto({ args: build(output), node, ...sinks })).toMatchObject({ code: 3 });
    expect(report(output)).toMatchObject({ exitCode: 3, failure: { code: 'no-docker-client' } });
    expect(readdirSync(join(dir, `${output}-cache/runs`))).toEqual([]);
    rmSync(join(dir, output), { recursive: true });
  });

  test('a check too', async () => {
    const lines = ['--path', 'webhook', '--server', 'v3.0.0', '--compile', 'false', '--output', output];
    const args = [cli, 'check', ...lines, '--server-api-url', github.url];
    expect(await runInto({ args, node, stdout: 'closed' })).toMatchObject({ code: 0 });
    expect(report(output)).toMatchObject({ mode: 'check', exitCode: 0 });
  });

  test.each([['versions'], ['--help'], ['--version']])('what only prints is done: %s', async (first) => {
    const args = first === 'versions' ? versions() : [cli, first];
    expect(await runInto({ args, node, stdout: 'closed' })).toEqual({ code: 0, text: '' });
  });

  test('a bad input stays one', async () => {
    const args = [cli, 'build', '--targets', 'x'];
    expect(await runInto({ args, node, stderr: 'closed' })).toEqual({ code: 2, text: '' });
  });
});

describe('the disk is full', () => {
  const full = 'error: standard output cannot be written (ENOSPC: no space left on device, write)\n';

  test.each(systemNodes)('what cannot be printed ends with 3, on %s', async (node) => {
    expect(await runInto({ args: versions(), node, stdout: 'full' })).toEqual({
      code: 3,
      text: `${full}Free some space, or send it elsewhere.\n`,
    });
  });

  test('help is no exception', async () => {
    expect(await runInto({ args: [cli, '--help'], stdout: 'full' })).toMatchObject({ code: 3 });
  });

  test('the error of a build is told all the same', async () => {
    const { code, text } = await runInto({ args: build('full'), stdout: 'full' });
    expect(code).toBe(3);
    expect(text.startsWith(full)).toBe(true);
    expect(text).toMatch(/\nerror: .*docker/);
    expect(text).not.toContain('    at ');
  });

  test('nothing is said where stderr is on it, and the exit code is 3', async () => {
    const args = [cli, 'build', '--targets', 'x'];
    expect(await runInto({ args, stderr: 'full' })).toEqual({ code: 3, text: '' });
  });
});

describe('the action', () => {
  const inputs = (): Readonly<Record<string, string>> => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: dir,
    GITHUB_OUTPUT: join(dir, 'output'),
    INPUT_PATH: 'webhook',
    INPUT_SERVER: 'v3.0.0',
    INPUT_OUTPUT: 'of-action',
    'INPUT_SERVER-API-URL': github.url,
  });

  test.each([['closed'], ['full']] as const)('goes on to its own end: %s', async (stdout) => {
    writeFileSync(join(dir, 'output'), '');
    const { code, text } = await runInto({ args: [action], env: inputs(), stdout });
    expect(code).toBe(3);
    expect(report('of-action')).toMatchObject({ failure: { code: 'no-docker-client' } });
    expect(readFileSync(join(dir, 'output'), 'utf8')).toContain('compatible<<');
    expect(text.includes('standard output cannot be written')).toBe(stdout === 'full');
    rmSync(join(dir, 'of-action'), { recursive: true });
  });

  test('a bad input stays one', async () => {
    const env = { ...inputs(), INPUT_TARGETS: 'x' };
    expect(await runInto({ args: [action], env, stdout: 'closed' })).toEqual({ code: 2, text: '' });
  });
});
