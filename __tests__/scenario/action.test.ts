import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { action, actionNode, cli, runAction } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';
import { obeyedCommands } from '../support/runner-log.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

const token = 'ghs_verysecrettokenofthisjob';

let workspace = '';
let github: GitHubDouble;

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-action-'));
  cpSync(resolve('examples/webhook'), join(workspace, 'webhook'), { recursive: true });
  github = await startGitHub({ token });
});

afterAll(async () => {
  await github.close();
  rmSync(workspace, { recursive: true });
});

const inputs = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  path: 'webhook',
  server: 'v3.0.0',
  'server-api-url': github.url,
  token,
  ...more,
});

/** A PATH without Docker: the run ends where the engine would be asked for. */
const noDocker = { PATH: '/nonexistent' };

describe('a bad input', () => {
  test('is one error with its input as title, exit code 2, and no output', async () => {
    const { code, stdout, stderr, outputs, summary } = await runAction({
      workspace,
      inputs: inputs({ builder: 'podman' }),
    });
    expect(stdout).toBe(
      `::add-mask::${token}\n::error title=input builder::input builder: "podman" is not a value of builder%0AWrite docker or host.\n`,
    );
    expect({ code, stderr, outputs, summary }).toEqual({ code: 2, stderr: '', outputs: {}, summary: '' });
  });

  test('an unknown mode is one', async () => {
    const { code, stdout } = await runAction({ workspace, inputs: inputs({ mode: 'destroy' }) });
    expect(stdout).toContain('::error title=input mode::');
    expect(code).toBe(2);
  });
});

describe('a failure', () => {
  test('has outputs, a summary and report.json', async () => {
    const ended = await runAction({ workspace, inputs: inputs({}), env: noDocker });
    expect(ended.code).toBe(3);
    const report = join(workspace, 'dist-plugins/report.json');
    expect(ended.outputs).toEqual({ files: '[]', report, compatible: 'unknown' });
    expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
      exitCode: 3,
      failure: { kind: 'surroundings' },
    });
    expect(ended.summary).toMatch(/^### ❌ No plugin was built\n/);
    expect(obeyedCommands(ended.stdout)).toContain('error');
  });

  test.each([
    ['publish', { files: '[]' }, { folders: 'nowhere', 'release-tag': 'v1', repository: 'octo/plugin' }],
    ['check', { conflicts: '0' }, { path: 'nowhere' }],
  ])('of the mode %s has those of its mode', async (mode, own, more) => {
    const ended = await runAction({ workspace, inputs: { ...inputs(more), mode } });
    const report = expect.stringMatching(/\/dist-plugins\/(?:publish-)?report\.json$/);
    expect(ended).toMatchObject({ code: 2, outputs: { ...own, report, compatible: 'unknown' } });
  });

  test('keeps its exit code where the outputs cannot be written', async () => {
    const ended = await runAction({
      workspace,
      inputs: inputs({}),
      env: { ...noDocker, GITHUB_OUTPUT: '/nonexistent' },
    });
    expect(ended).toMatchObject({ code: 3, stderr: '', outputs: {} });
    expect(ended.stdout).toContain('::warning::outputs and summary are not written');
  });

  test('works where the runner has no summaries', async () => {
    const ended = await runAction({
      workspace,
      inputs: inputs({}),
      env: { ...noDocker, GITHUB_STEP_SUMMARY: '' },
    });
    expect(ended).toMatchObject({ code: 3, summary: '' });
    expect(ended.stdout).not.toContain('does not know');
  });
});

describe('the token', () => {
  test('is masked before anything else, and said nowhere', async () => {
    const { stdout, stderr, summary } = await runAction({
      workspace,
      inputs: inputs({}),
      env: { ...noDocker, GITHUB_API_URL: github.url, RUNNER_DEBUG: '1' },
    });
    expect(stdout.startsWith(`::add-mask::${token}\n`)).toBe(true);
    const rest = stdout.slice(`::add-mask::${token}\n`.length) + stderr + summary;
    expect(rest).not.toContain(token);
    expect(readFileSync(join(workspace, 'dist-plugins/report.json'), 'utf8')).not.toContain(token);
  });

  test('goes to the API that issued it, and to no other', async () => {
    const before = github.requests.length;
    await runAction({
      workspace,
      inputs: inputs({ 'cache-dir': 'c1' }),
      env: { ...noDocker, GITHUB_API_URL: github.url },
    });
    const sent = github.requests.slice(before);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(({ host }) => host === 'api').map(({ authorization }) => authorization)).toEqual(
      sent.filter(({ host }) => host === 'api').map(() => `token ${token}`),
    );
    const middle = github.requests.length;
    await runAction({ workspace, inputs: inputs({ 'cache-dir': 'c2' }), env: noDocker });
    expect(github.requests.length).toBeGreaterThan(middle);
    expect(github.requests.slice(middle).filter(({ authorization }) => authorization !== null)).toEqual([]);
  });
});

test.each(['::set-output name=files::evil', '##[error]evil', 'a\n::error::evil', 'a\r::stop-commands::evil'])(
  'an input cannot speak to the runner: %j',
  async (path) => {
    const { code, stdout, summary } = await runAction({ workspace, inputs: inputs({ path }) });
    expect(code).toBe(2);
    expect(obeyedCommands(stdout).filter((name) => name !== 'debug')).toEqual(['add-mask', 'error']);
    expect(summary).not.toContain('::');
  },
);

describe('a signal', () => {
  test.each([
    ['SIGINT', 130, 'action'],
    ['SIGTERM', 143, 'action'],
    ['SIGINT', 130, 'cli'],
    ['SIGTERM', 143, 'cli'],
  ] as const)('%s ends the run with %d (%s)', async (signal, expected, entry) => {
    const silent = await startGitHub();
    silent.fail({ path: '/', reply: { kind: 'silence' } });
    try {
      const env = {
        PATH: '/nonexistent',
        HOME: workspace,
        INPUT_PATH: 'webhook',
        'INPUT_SERVER-API-URL': silent.url,
        GITHUB_WORKSPACE: workspace,
      };
      const args =
        entry === 'action' ? [action] : [cli, 'build', '--path', 'webhook', '--server-api-url', silent.url];
      const child = spawn(actionNode, args, { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
      while (silent.requests.length === 0) await new Promise((tick) => setTimeout(tick, 20));
      const asked = Date.now();
      child.kill(signal);
      const [code] = await once(child, 'close');
      expect(code).toBe(expected);
      expect(Date.now() - asked).toBeLessThan(5000);
    } finally {
      await silent.close();
    }
  });
});
