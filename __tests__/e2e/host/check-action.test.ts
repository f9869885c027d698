import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import {
  annotationsOf,
  createCheckout,
  pullRequest,
  runCheckAction,
  type CheckEnded,
  type Checkout,
} from '../../support/checkout.js';
import { startGitHub, type GitHubDouble, type GitHubDoubleOptions } from '../../support/github-double.js';
import { sharedCacheDir } from '../../support/host/cache.js';
import { schemaErrors } from '../../support/json-schema.js';

// The shipped action as a process, with the real Go, git and HTTP server: a check that compiles.

const token = 'ghs_verysecrettokenofthisjob';
const readOnlyToken = 'ghs_secrettokenofaforksjob';
let checkout: Checkout;
let github: GitHubDouble | null = null;

beforeEach(() => {
  checkout = createCheckout({});
});

afterEach(async () => {
  checkout.remove();
  await github?.close();
  github = null;
});

/** Copies a fixture into a folder of the workspace. */
function plugin(fixture: string, folder = 'plugin', more: Readonly<Record<string, string>> = {}): void {
  cpSync(resolve('__tests__/fixtures/plugins', fixture), join(checkout.workspace, folder), {
    recursive: true,
  });
  for (const [name, text] of Object.entries(more))
    writeFileSync(join(checkout.workspace, folder, name), text);
}

/** The variables that go needs to find modules on this machine. */
const goEnv = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value = '']) =>
    /^(?:GO|HOME$|HTTPS?_PROXY|SSL_)/i.test(name) ? [[name, value]] : [],
  ),
);

async function check(
  request: {
    readonly inputs?: Readonly<Record<string, string>>;
    readonly event?: { readonly name: string; readonly content: object };
    readonly at?: GitHubDoubleOptions;
    readonly workspace?: string;
  } = {},
): Promise<CheckEnded> {
  const { inputs = {}, event, at = {}, workspace = checkout.workspace } = request;
  github = await startGitHub({ token, readOnlyToken, ...at });
  const ended = await runCheckAction({
    checkout: { ...checkout, workspace },
    api: github.url,
    inputs: {
      ...{ path: 'plugin', server: 'v3.0.0', compile: 'true', builder: 'host' },
      'cache-dir': await sharedCacheDir(),
      ...inputs,
    },
    ...(event === undefined ? {} : { event }),
    env: { ...goEnv, GITHUB_WORKSPACE: workspace },
  });
  expect(ended.stderr).toBe('');
  expect(schemaErrors(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')), ended.report)).toEqual([]);
  expect(new Set(github.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  return ended;
}

/** `since` of each module's finding that is drift. */
function drifts({ report }: CheckEnded): Readonly<Record<string, string | null>> {
  const { plugins } = report as {
    plugins: {
      checks: { findings: { level: string; module: string | null; since: string | null }[] }[];
    }[];
  };
  const findings = plugins[0]?.checks[0]?.findings ?? [];
  return Object.fromEntries(
    findings.flatMap(({ level, module, since }) => (level === 'drift' ? [[module ?? '', since]] : [])),
  );
}

test('a plugin that loads: what it was compared with, its annotations and outputs', async () => {
  plugin('local-replace', '.');
  const ended = await check({ event: { name: 'push', content: { ref: 'refs/heads/main' } } });
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(
    /^ {2}gotify v3\.0\.0 \(Go 1\.26\.0\): fits \(\d{3} packages compared with the catalog's manifest of the server\), 4 drifts$/m,
  );
  expect(ended.stdout).toContain(
    "  note: the server's release was not used: the release v3.0.0 has no gotify-linux-amd64.zip",
  );
  expect(annotationsOf(ended).map((line) => /^::(\w+) file=([^:]*)/.exec(line)?.slice(1))).toEqual([
    ...Array.from({ length: 4 }, () => ['warning', expect.stringMatching(/^plugin\/go\.mod,line=\d+$/)]),
    ['notice', 'plugin/go.mod'],
  ]);
  expect(ended.outputs).toEqual({
    compatible: 'true',
    conflicts: '0',
    report: '<workspace>/dist-plugins/report.json',
    'server-version': 'v3.0.0',
    'server-commit': expect.stringMatching(/^[0-9a-f]{40}$/),
    'go-version': '1.26.0',
    'cache-key': expect.stringMatching(/^gotify-plugin-build-host-go1\.26\.0-[0-9a-f]{12}-amd64$/),
  });
  expect(ended.summary).toMatch(/^### ✅ 0 conflicts and 4 drifts\n/);
  expect(ended.report).toMatchObject({
    base: null,
    plugins: [
      {
        checks: [
          { outcome: { kind: 'loads', verdict: { server: 'v3.0.0', comparedWith: { kind: 'catalog' } } } },
        ],
      },
    ],
  });
});

test('a compile error is annotated at the line of the .go file, and fails', async () => {
  plugin('compile-error');
  const ended = await check();
  expect(ended.code).toBe(1);
  expect(annotationsOf(ended)[0]).toMatch(
    /^::error file=plugin\/plugin\.go,line=20,col=28::the plugin does not compile: .*cannot use "text"/,
  );
  expect(ended.outputs).toMatchObject({ compatible: 'false', conflicts: '1' });
  expect(ended.summary).toMatch(/^### ❌ 1 conflict and /);
  expect(ended.report).toMatchObject({
    exitCode: 1,
    plugins: [{ checks: [{ outcome: { kind: 'conflict', verdict: null } }] }],
  });
});

test("what the server's own asset is like is a warning, once for several plugins", async () => {
  plugin('minimal', 'a');
  plugin('minimal', 'b');
  const asset = { name: 'gotify-linux-amd64.zip', bytes: Buffer.from('no zip'), digest: 'sha256:00' };
  const ended = await check({ inputs: { path: 'a\nb' }, at: { assets: { 'v3.0.0': [asset] } } });
  const warnings = annotationsOf(ended).filter((line) => line.includes('is not used'));
  expect(warnings).toEqual([
    expect.stringMatching(/^::warning::https:.*gotify-linux-amd64\.zip is not used: its digest is sha256:/),
  ]);
  expect(ended.stdout).toMatch(
    / {2}note: the server's release was not used: gotify-linux-amd64\.zip: its digest/,
  );
  expect(ended.code).toBe(0);
});

test('what could not be compared is said, though the plugin loads', async () => {
  plugin('minimal');
  // Of this one the catalog has no manifest: the libraries of a reference host are this machine's, not the server's.
  const ended = await check({ inputs: { server: 'v2.9.0' } });
  expect(ended.stdout).toMatch(
    /^ {2}note: not compared, as the manifest does not name them: .*the libraries needed/m,
  );
  expect(ended.stdout).toContain('packages compared with a reference host, built as the server is)');
  expect(ended).toMatchObject({ code: 0, outputs: { compatible: 'true' } });
});

describe('for a pull request', () => {
  const goMod = (gin: string, more = ''): string =>
    `module example.org/plugins/minimal\n\ngo 1.19\n\nrequire (\n\tgithub.com/gin-gonic/gin ${gin}\n\tgithub.com/gotify/plugin-api v1.0.0\n${more})\n`;
  const code = readFileSync(resolve('__tests__/fixtures/plugins/minimal/plugin.go'), 'utf8');
  const texts = (
    gin: string,
    more: Readonly<Record<string, string>> = {},
  ): Readonly<Record<string, string>> => ({
    'plugin/go.mod': goMod(gin),
    'plugin/plugin.go': code,
    ...more,
  });
  const time = { 'plugin/time.go': 'package main\n\nimport _ "golang.org/x/time/rate"\n' };
  const gin = 'github.com/gin-gonic/gin';

  /** The history as GitHub has it: main went on after the pull request began, and was merged into a test commit. */
  function history(): Readonly<Record<'began' | 'main' | 'head', string>> {
    const commit = (files: Readonly<Record<string, string>>, message: string): string => {
      checkout.write(files);
      checkout.git('add', '.');
      checkout.git('commit', '-q', '-m', message);
      return checkout.git('rev-parse', 'HEAD');
    };
    checkout.git('init', '-q', '-b', 'main');
    const began = commit(texts('v1.12.0'), 'began');
    checkout.git('checkout', '-q', '-b', 'bump');
    const head = commit(time, 'bump');
    checkout.git('checkout', '-q', 'main');
    // Somebody else's: a drift that the pull request has nothing to do with.
    const main = commit(texts('v1.9.1'), 'main');
    checkout.git('checkout', '-q', '-b', 'merge');
    checkout.git('merge', '-q', '--no-ff', '-m', 'merge', 'bump');
    return { began, main, head };
  }

  const strict = { strict: 'true' };

  test('of the same repository, with all of its history: git alone is asked for the base', async () => {
    const { began, main, head } = history();
    const event = { name: 'pull_request', content: pullRequest(began, 'owner/plugin', head) };
    const ended = await check({ event, inputs: { ...strict, token } });
    expect(ended.report).toMatchObject({ base: main.slice(0, 12), warnings: [] });
    expect(drifts(ended)[gin]).toBe('old');
    expect(new Set(Object.values(drifts(ended)))).toEqual(new Set(['old']));
    expect(ended.code).toBe(0);
    expect(annotationsOf(ended)).toEqual([]);
    const requests = github?.requests ?? [];
    expect(requests.filter(({ path }) => path.startsWith('/repos/owner/'))).toEqual([]);
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set([`token ${token}`]));
  });

  test('of a fork, without history and with a token that may only read: the API is asked for the base', async () => {
    const { began, main, head } = history();
    const fork = join(checkout.dir, 'fork');
    checkout.git('clone', '-q', '--depth', '1', '--branch', 'merge', `file://${checkout.workspace}`, fork);
    checkout.git('-C', fork, 'remote', 'set-url', 'origin', 'https://github.com/owner/plugin');
    const event = { name: 'pull_request', content: pullRequest(began, 'somebody/plugin', head) };
    const repository = { commits: { [main]: texts('v1.9.1'), [began]: texts('v1.12.0') }, isPrivate: true };
    const ended = await check({
      event,
      inputs: { ...strict, token: readOnlyToken },
      at: { repositories: { 'owner/plugin': repository } },
      workspace: fork,
    });
    expect(ended.report).toMatchObject({ base: main.slice(0, 12), warnings: [] });
    expect(drifts(ended)[gin]).toBe('old');
    expect(ended.code).toBe(0);
    const requests = github?.requests ?? [];
    const toPlugin = requests.filter(({ path }) => path.includes('owner/plugin'));
    expect(toPlugin.map(({ path, authorization }) => [path, authorization])).toEqual([
      [`/repos/owner/plugin/commits/${main}`, `token ${readOnlyToken}`],
      [`/repos/owner/plugin/tarball/${main}`, `token ${readOnlyToken}`],
      // Where the archives are is another host.
      [`/archive/owner/plugin/${main}`, null],
    ]);
    expect(ended.stdout.replace(`::add-mask::${readOnlyToken}`, '')).not.toContain(readOnlyToken.slice(-8));
  });

  test('of a private repository, without history and without a token: all is judged as new, and it is said', async () => {
    const { began, main, head } = history();
    const fork = join(checkout.dir, 'fork');
    checkout.git('clone', '-q', '--depth', '1', '--branch', 'merge', `file://${checkout.workspace}`, fork);
    const event = { name: 'pull_request', content: pullRequest(began, 'somebody/plugin', head) };
    const repository = { commits: { [main]: texts('v1.9.1') }, isPrivate: true };
    const ended = await check({
      event,
      inputs: strict,
      at: { repositories: { 'owner/plugin': repository } },
      workspace: fork,
    });
    expect(ended.report).toMatchObject({
      base: null,
      warnings: [expect.stringMatching(/^plugin\/go\.mod is not compared with [0-9a-f]{12}: /)],
    });
    expect(new Set(Object.values(drifts(ended)))).toEqual(new Set([null]));
    expect(ended.code).toBe(1);
    expect(annotationsOf(ended).filter((line) => line.startsWith('::warning'))).toEqual([
      expect.stringContaining('is not compared with'),
    ]);
    expect(annotationsOf(ended).filter((line) => line.startsWith('::error')).length).toBe(10);
  });

  test('that adds a plugin: all of it is new', async () => {
    const { began, head } = history();
    mkdirSync(join(checkout.workspace, 'second'));
    checkout.write({ 'second/go.mod': goMod('v1.9.1'), 'second/plugin.go': code });
    const event = { name: 'pull_request', content: pullRequest(began, 'owner/plugin', head) };
    const ended = await check({ event, inputs: { ...strict, path: 'second' } });
    expect(new Set(Object.values(drifts(ended)))).toEqual(new Set(['new']));
    expect(ended.code).toBe(1);
  });
});
