import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  after,
  annotationsOf,
  before,
  createCheckout,
  pullRequest,
  runCheckAction,
  type CheckEnded,
  type Checkout,
  type CheckRequest,
} from '../support/checkout.js';
import {
  catalogServers,
  rateLimited,
  startGitHub,
  type DoubleServer,
  type GitHubDouble,
} from '../support/github-double.js';
import { schemaErrors } from '../support/json-schema.js';
import { closedAddress } from '../support/local-server.js';
import { obeyedCommands } from '../support/runner-log.js';
import { snapshot } from '../support/snapshot.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

const token = 'ghs_verysecrettokenofthisjob';
const readOnlyToken = 'ghs_secrettokenofaforksjob';
const baseSha = 'ba5e'.repeat(10);

let github: GitHubDouble;
let checkouts: Checkout[] = [];

beforeAll(async () => {
  github = await startGitHub({
    token,
    readOnlyToken,
    repositories: { 'owner/plugin': { commits: { [baseSha]: { 'plugin/go.mod': before } } } },
  });
});

afterEach(() => {
  for (const checkout of checkouts) checkout.remove();
  checkouts = [];
});

afterAll(() => github.close());

function checkoutOf(files: Readonly<Record<string, string>> = { 'plugin/go.mod': after }): Checkout {
  const checkout = createCheckout(files);
  checkouts.push(checkout);
  return checkout;
}

const sameRepository = { name: 'pull_request', content: pullRequest(baseSha) };
const fork = { name: 'pull_request', content: pullRequest(baseSha, 'somebody/plugin') };

/** A check of `plugin` for v3.0.0. */
function check(request: Partial<CheckRequest> = {}): Promise<CheckEnded> {
  const { inputs, ...more } = request;
  return runCheckAction({
    checkout: more.checkout ?? checkoutOf(),
    api: github.url,
    inputs: { path: 'plugin', server: 'v3.0.0', ...inputs },
    ...more,
  });
}

function isOfSchema(report: unknown): void {
  expect(schemaErrors(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')), report)).toEqual([]);
}

describe('the shipped action', () => {
  test.each([
    ['a pull request of the same repository', sameRepository, token],
    ['a pull request of a fork, whose token may only read', fork, readOnlyToken],
    ['a pull request without a token', sameRepository, ''],
    ['a push', { name: 'push', content: { ref: 'refs/heads/main' } }, token],
  ])('for %s', async (_, event, given) => {
    const asked = github.requests.length;
    const ended = await check({ event, inputs: { token: given } });
    expect(ended.stdout).toMatchSnapshot('log');
    expect(ended.summary).toMatchSnapshot('summary');
    expect(ended.outputs).toMatchSnapshot('outputs');
    expect(ended.report).toMatchSnapshot('report.json');
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    isOfSchema(ended.report);
    const requests = github.requests.slice(asked);
    // Nothing is written anywhere, and nobody else's token is sent.
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
      new Set([given === '' ? null : `token ${given}`]),
    );
  });
});

/** Indirect requirements that differ from v3.0.0's, as many as wanted. */
const differing = [
  'github.com/bytedance/gopkg',
  'github.com/bytedance/sonic',
  'github.com/bytedance/sonic/loader',
  'github.com/cloudwego/base64x',
  'github.com/davecgh/go-spew',
  'github.com/gabriel-vasile/mimetype',
  'github.com/gin-contrib/sse',
  'github.com/go-playground/locales',
  'github.com/go-playground/universal-translator',
  'github.com/goccy/go-json',
  'github.com/goccy/go-yaml',
  'github.com/json-iterator/go',
  'github.com/leodido/go-urn',
];

function drifting(number: number, name = 'echo'): string {
  const lines = differing.slice(0, number).map((path) => `\t${path} v0.0.1 // indirect\n`);
  return `module example.org/${name}

go 1.25.0

require (
	github.com/gin-gonic/gin v1.12.0
	github.com/gotify/plugin-api v1.0.0
)

require (
${lines.join('')})
`;
}

/** Level and first words of each annotation. */
const levels = (ended: CheckEnded): readonly string[] =>
  annotationsOf(ended).map((line) => /^::(\w+)/.exec(line)?.[1] ?? '');

describe('of annotations', () => {
  test.each([
    [10, 10],
    [11, 9],
    [13, 9],
  ])('%d findings of a level give %d, and one that counts the rest', async (found, shown) => {
    const checkout = checkoutOf({ 'plugin/go.mod': drifting(found) });
    for (const [strict, name] of [
      ['false', 'warning'],
      ['true', 'error'],
    ] as const) {
      const ended = await check({ checkout, inputs: { strict } });
      const rest = found - shown;
      const last = rest === 0 ? [] : [`::${name}::${String(rest)} more like these are in the job summary`];
      expect(annotationsOf(ended).slice(shown)).toEqual(last);
      expect(new Set(levels(ended))).toEqual(new Set([name]));
      expect(ended.stdout.match(/^ {2}drift: /gm)).toHaveLength(found);
      expect(ended.summary.match(/^\| ⚠️/gm)).toHaveLength(found);
    }
  });

  test('there are ten with what was warned of on the way, which comes last', async () => {
    const checkout = checkoutOf({ 'plugin/go.mod': drifting(10) });
    const inputs = { 'server-api-url': closedAddress };
    const ended = await check({ checkout, inputs });
    expect(levels(ended)).toEqual(Array.from({ length: 10 }, () => 'warning'));
    expect(
      annotationsOf(ended)
        .slice(0, 9)
        .join('\n')
        .match(/go\.mod requires/g),
    ).toHaveLength(9);
    expect(annotationsOf(ended)[9]).toBe('::warning::2 more like these are in the job summary');
    // It is said in the log when it happens, and it is in the summary.
    expect(ended.stdout).toMatch(/^warning: gotify v3\.0\.0 is taken from the catalog/);
    expect(ended.summary).toMatch(/^⚠️ gotify v3\.0\.0 is taken from the catalog/m);
    checkout.write({ 'plugin/go.mod': drifting(9) });
    const nine = await check({ checkout, inputs });
    expect(annotationsOf(nine)[9]).toMatch(/^::warning::gotify v3\.0\.0 is taken from the catalog/);
  });

  test('there are ten where nothing can be compared, for a reason of its own in each plugin', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${String(index + 10)}`);
    const files = Object.fromEntries(names.map((name) => [`${name}/go.mod`, drifting(0, name)]));
    const commits = {
      [baseSha]: Object.fromEntries(
        names.map((name) => [
          `${name}/go.mod`,
          `${before}replace a.org/${name} => ./b\nreplace a.org/${name} => ./c\n`,
        ]),
      ),
    };
    const double = await startGitHub({ repositories: { 'owner/plugin': { commits } } });
    try {
      const checkout = checkoutOf({ ...files, 'p99/go.mod': drifting(1, 'p99') });
      const inputs = { path: 'p*' };
      const ended = await check({ checkout, api: double.url, event: sameRepository, inputs });
      expect(levels(ended)).toEqual(Array.from({ length: 10 }, () => 'warning'));
      expect(annotationsOf(ended)[0]).toMatch(/^::warning file=p99\/go\.mod,line=11::/);
      expect(annotationsOf(ended)[1]).toMatch(/^::warning::p10\/go\.mod is not compared with /);
      expect(annotationsOf(ended)[9]).toBe('::warning::4 more like these are in the job summary');
      expect(ended.summary.match(/^⚠️ p\d+\/go\.mod is not compared with /gm)).toHaveLength(12);
    } finally {
      await double.close();
    }
  });

  test('there are those of what was warned of before the run failed', async () => {
    const twice = `${drifting(0)}replace a.org/a => ./b\nreplace a.org/a => ./c\n`;
    const checkout = checkoutOf({ 'plugin/go.mod': twice });
    const ended = await check({ checkout, inputs: { 'server-api-url': closedAddress } });
    expect(ended.code).toBe(2);
    expect(annotationsOf(ended)).toEqual([
      expect.stringMatching(/^::error file=plugin\/go\.mod,line=13::.*a\.org\/a is replaced by /),
      expect.stringMatching(/^::warning::gotify v3\.0\.0 is taken from the catalog/),
    ]);
  });

  test('a conflict of the last plugin comes before drifts of the first', async () => {
    const checkout = checkoutOf({
      'a/go.mod': drifting(13, 'a'),
      'b/go.mod': `${drifting(0, 'b')}replace github.com/gin-gonic/gin => ./gin\n`,
    });
    const ended = await check({ checkout, inputs: { path: 'a\nb', strict: 'true', dependencies: 'cap' } });
    expect(annotationsOf(ended)[0]).toMatch(/^::error file=b\/go\.mod,line=12::go\.mod replaces/);
    expect(annotationsOf(ended)).toHaveLength(10);
    expect(ended).toMatchObject({ code: 1, outputs: { conflicts: '1', compatible: 'false' } });
  });

  test('what differs for several servers is one', async () => {
    const checkout = checkoutOf({ 'plugin/go.mod': drifting(1) });
    const ended = await check({ checkout, inputs: { server: 'all:>=2.9' } });
    expect(annotationsOf(ended)).toEqual([
      [
        '::warning file=plugin/go.mod,line=11::go.mod requires github.com/bytedance/gopkg v0.0.1 (indirect), older than v0.1.3 of gotify v3.0.0',
        'go.mod requires github.com/bytedance/gopkg v0.0.1 (indirect), older than v0.1.3 of gotify v2.9.1',
        'go.mod requires github.com/bytedance/gopkg v0.0.1 (indirect), older than v0.1.3 of gotify v2.9.0',
        "Require the server's version: `go get github.com/bytedance/gopkg@v0.1.3`. The build uses it in any case.",
      ].join('%0A'),
      expect.stringContaining('gin v1.12.0, newer than v1.11.0 of gotify v2.9.1'),
    ]);
  });
});

const serversOf = ({ report }: CheckEnded): readonly string[] => {
  const { servers } = report as { servers: { version: string }[] };
  return servers.map(({ version }) => version);
};

describe('servers', () => {
  test.each([
    ['v2.9.1, v3.0.0\n2.9.1', ['v2.9.1', 'v3.0.0']],
    ['>=2.6 <2.9', ['v2.8.0']],
    ['all:>=2.9', ['v3.0.0', 'v2.9.1', 'v2.9.0']],
    ['2.7,all:2.7,latest', ['v2.7.3', 'v2.7.2', 'v2.7.1', 'v2.7.0', 'v3.0.0']],
  ])('%j are %j', async (server, versions) => {
    const ended = await check({ inputs: { server } });
    expect(serversOf(ended)).toEqual(versions);
    expect(ended.summary.match(/^\| <code>v[\d.]+<\/code> \|/gm)).toHaveLength(versions.length);
    const servers = catalogServers().filter(({ tag }) => versions.includes(tag));
    expect(ended.outputs).toMatchObject({
      'server-version': servers.map(({ tag }) => tag).join(','),
      'server-commit': servers.map(({ commit }) => commit).join(','),
      'go-version': servers.map(({ files }) => files['GO_VERSION']?.trim()).join(','),
      'cache-key': '',
    });
    isOfSchema(ended.report);
  });

  test('are all named, of however many there are', async () => {
    const asked = github.requests.length;
    const ended = await check({ inputs: { server: 'all:>=2.4' } });
    expect(serversOf(ended)).toHaveLength(14);
    for (const version of serversOf(ended)) expect(ended.summary).toContain(`<code>${version}</code>`);
    expect(ended.summary).toMatchSnapshot('summary');
    // One list, and the three files of each server.
    expect(github.requests.slice(asked)).toHaveLength(1 + 3 * 14);
  });

  test('are asked about once in ten minutes, and their files once', async () => {
    const checkout = checkoutOf();
    const server = 'latest, all:>=2.9, 2.8';
    const asked = github.requests.length;
    await check({ checkout, inputs: { server } });
    const first = github.requests.slice(asked).map(({ path }) => path);
    expect(first.filter((path) => !path.includes('/contents/'))).toEqual([
      expect.stringMatching(/\/tags\?/),
      expect.stringMatching(/\/releases\/latest$/),
    ]);
    expect(new Set(first).size).toBe(first.length);
    await check({ checkout, inputs: { server } });
    expect(github.requests).toHaveLength(asked + first.length);
  });

  test('that came out since the list was read are found', async () => {
    const [newest, ...older] = catalogServers();
    if (newest === undefined) throw new Error('the catalog is empty');
    const checkout = checkoutOf();
    let port = 0;
    const at = async (servers: readonly DoubleServer[], server: string): Promise<CheckEnded> => {
      const double = await startGitHub({ servers, port });
      port = Number(new URL(double.url).port);
      try {
        return await check({ checkout, api: double.url, inputs: { server } });
      } finally {
        await double.close();
      }
    };
    expect(await at(older, '2.9')).toMatchObject({ code: 0 });
    expect(serversOf(await at([newest, ...older], 'v3.0.0'))).toEqual(['v3.0.0']);
    expect(await at(older, '2.9')).toMatchObject({ code: 0 });
    expect(serversOf(await at([newest, ...older], 'latest'))).toEqual(['v3.0.0']);
  });

  test('that are all too old are none', async () => {
    const old = ['v2.1.5', 'v2.0.0'].map((tag, index) => ({
      tag,
      commit: String(index).repeat(40),
      date: '2022-01-01',
      files: {},
    }));
    const double = await startGitHub({ servers: [...catalogServers(), ...old] });
    try {
      const ended = await check({ api: double.url, inputs: { server: 'all:<2.1.6' } });
      expect(ended.stdout).toMatch(/^::error title=input server::.*gotify <2\.1\.6 is older than v2\.1\.6/m);
      expect(ended).toMatchObject({ code: 2, outputs: { compatible: 'unknown', conflicts: '0' } });
    } finally {
      await double.close();
    }
  });

  test('are from the catalog where the API does not answer, with one warning', async () => {
    const inputs = { server: 'all:>=2.4', 'server-api-url': closedAddress };
    const checkout = checkoutOf({ 'plugin/go.mod': drifting(0) });
    const ended = await check({ checkout, inputs });
    const online = await check({ inputs: { server: 'all:>=2.4' } });
    expect(serversOf(ended)).toEqual(serversOf(online));
    expect(annotationsOf(ended).filter((line) => line.includes('catalog'))).toEqual([
      expect.stringMatching(/^::warning::gotify v3\.0\.0, .* and 9 more are taken from the catalog/),
    ]);
  });

  test('are from the catalog, with one warning, where the limit of requests is reached in between', async () => {
    const double = await startGitHub();
    double.fail({ path: '/contents/', reply: rateLimited(1_800_000_000) });
    try {
      const ended = await check({ api: double.url, inputs: { server: 'all:>=2.9' } });
      expect(annotationsOf(ended).filter((line) => line.includes('rate limit'))).toHaveLength(1);
      expect(serversOf(ended)).toEqual(['v3.0.0', 'v2.9.1', 'v2.9.0']);
    } finally {
      await double.close();
    }
  });

  test('that nobody knows are bad input', async () => {
    const ended = await check({ inputs: { server: 'v3.0.0, v2.9.77' } });
    expect(ended).toMatchObject({ code: 2, report: { failure: { code: 'unknown-version' } } });
    isOfSchema(ended.report);
  });
});

test('a machine that cannot compile is one error for all servers, and says nothing of the plugin', async () => {
  const checkout = checkoutOf({ 'plugin/go.mod': drifting(12), 'plugin/main.go': 'package main\n' });
  const inputs = { server: 'all:>=2.9', compile: 'true', builder: 'docker', strict: 'true' };
  const ended = await check({ checkout, inputs, env: { PATH: '/nonexistent' } });
  const [first = ''] = annotationsOf(ended);
  expect(first).toMatch(/^::error::gotify v3\.0\.0, v2\.9\.1, v2\.9\.0: .*docker/i);
  expect(annotationsOf(ended)).toHaveLength(10);
  expect(ended).toMatchObject({
    code: 3,
    outputs: { compatible: 'unknown', conflicts: '0', 'cache-key': '' },
  });
  expect(ended.summary).toContain('could not be checked');
  isOfSchema(ended.report);
  // What the base had is told apart all the same, where its source can be unpacked.
  const bin = `${checkout.dir}/bin`;
  mkdirSync(bin);
  for (const program of ['tar', 'gzip']) {
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), `${bin}/${program}`);
  }
  const compared = await check({ event: sameRepository, inputs, env: { PATH: bin } });
  expect(compared.summary).toContain('github.com/gin&#45;gonic/gin (was there before)');
  expect(compared.code).toBe(3);
  const without = await check({ event: sameRepository, inputs, env: { PATH: '/nonexistent' } });
  expect(without.report).toMatchObject({
    base: null,
    warnings: [expect.stringMatching(/^plugin\/go\.mod is not compared with ba5eba5eba5e: .*no tar on this/)],
  });
});

test("what GitHub's archive leaves out of the base is not taken for new", async () => {
  const commits = { [baseSha]: { 'plugin/go.mod': before } };
  const double = await startGitHub({
    token,
    repositories: { 'owner/plugin': { commits, notInArchives: ['plugin'] } },
  });
  try {
    const checkout = checkoutOf({ 'plugin/go.mod': after, 'new/go.mod': after });
    const bin = `${checkout.dir}/bin`;
    mkdirSync(bin);
    for (const program of ['tar', 'gzip']) {
      symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), `${bin}/${program}`);
    }
    const inputs = { path: 'plugin\nnew', compile: 'true', builder: 'docker' };
    const ended = await check({
      checkout,
      api: double.url,
      event: sameRepository,
      inputs,
      env: { PATH: bin },
    });
    expect(ended.report).toMatchObject({
      warnings: [
        expect.stringMatching(/^plugin\/go\.mod is not compared with ba5eba5eba5e: .*export-ignore/),
      ],
    });
    const [old, fresh] = (ended.report as { plugins: { checks: { findings: { since: string }[] }[] }[] })
      .plugins;
    expect(new Set(old?.checks[0]?.findings.map(({ since }) => since))).toEqual(new Set([null]));
    expect(new Set(fresh?.checks[0]?.findings.map(({ since }) => since))).toEqual(new Set(['new']));
  } finally {
    await double.close();
  }
});

test('a fix that fails takes nothing from what was found, and is one error for all plugins', async () => {
  const files = { 'a/go.mod': drifting(1, 'a'), 'b/go.mod': drifting(1, 'b') };
  const checkout = checkoutOf(files);
  // No Go is there, and none can be had.
  const env = { PATH: '/nonexistent', GO_DOWNLOAD_BASE_URL: closedAddress };
  const ended = await check({ checkout, inputs: { path: 'a\nb', fix: 'true' }, env });
  expect(ended.stdout.match(/^ {2}drift: /gm)).toHaveLength(2);
  expect(
    ended.stdout.match(/^ {2}fix: [ab]\/go\.mod could not be brought in line with gotify v3\.0\.0/gm),
  ).toHaveLength(2);
  expect(annotationsOf(ended)).toEqual([
    expect.stringMatching(
      /^::error::a\/go\.mod, b\/go\.mod could not be brought in line with gotify v3\.0\.0: /,
    ),
    expect.stringMatching(/^::warning file=a\/go\.mod,line=11::/),
    expect.stringMatching(/^::warning file=b\/go\.mod,line=11::/),
  ]);
  expect(ended.summary.match(/^❌ .*could not be brought in line/gm)).toHaveLength(2);
  const fix = { kind: 'cannot', changes: [], unsolved: [], failure: { kind: 'surroundings' } };
  expect(ended.report).toMatchObject({ drifts: 2, fixes: [fix, fix], exitCode: 3 });
  expect(ended).toMatchObject({ code: 3, outputs: { compatible: 'unknown', conflicts: '0' } });
  isOfSchema(ended.report);
  for (const [file, text] of Object.entries(files))
    expect(readFileSync(`${checkout.workspace}/${file}`, 'utf8')).toBe(text);
});

const pathsOf = ({ report }: CheckEnded): readonly string[] => {
  const { plugins } = report as { plugins: { path: string }[] };
  return plugins.map(({ path }) => path);
};

describe('plugins', () => {
  const several = {
    'plugins/b/go.mod': drifting(1, 'b'),
    'plugins/a/go.mod': drifting(0, 'a'),
    'plugins/no module/README': '',
    'plugins/deep/er/go.mod': drifting(0, 'deep'),
    'plugins/ümläut und blank/go.mod': drifting(2, 'u'),
    'plugins/vendor/go.mod': drifting(0, 'vendored'),
    'plugins/.hidden/go.mod': drifting(0, 'hidden'),
    'other/we[i]rd/go.mod': drifting(0, 'weird'),
  };

  test.each([
    ['plugins/*', ['plugins/a', 'plugins/b', 'plugins/ümläut und blank']],
    ['plugins/*/', ['plugins/a', 'plugins/b', 'plugins/ümläut und blank']],
    ['./plugins/**', ['plugins/a', 'plugins/b', 'plugins/deep/er', 'plugins/ümläut und blank']],
    ['plugins/[ab]', ['plugins/a', 'plugins/b']],
    ['plugins/b\n\n  plugins/a  \nplugins/?', ['plugins/b', 'plugins/a']],
    ['plugins/ümläut und blank', ['plugins/ümläut und blank']],
    ['plugins/vendor\nplugins/.hidden', ['plugins/vendor', 'plugins/.hidden']],
    ['other/we[i]rd', ['other/we[i]rd']],
  ])('%j are %j', async (path, found) => {
    const ended = await check({ checkout: checkoutOf(several), inputs: { path } });
    expect(pathsOf(ended)).toEqual(found);
    for (const folder of found) expect(ended.stdout).toContain(`(${folder}/go.mod)`);
    expect(ended.code).toBe(0);
  });

  test('are one table each, and their annotations are at their own files', async () => {
    const ended = await check({ checkout: checkoutOf(several), inputs: { path: 'plugins/*' } });
    expect(annotationsOf(ended).map((line) => /file=[^:]*/.exec(line)?.[0])).toEqual([
      'file=plugins/b/go.mod,line=11',
      'file=plugins/ümläut und blank/go.mod,line=11',
      'file=plugins/ümläut und blank/go.mod,line=12',
    ]);
    expect(ended.summary).toMatchSnapshot('summary');
  });

  test('that fit do not hide one that does not', async () => {
    const checkout = checkoutOf(several);
    const ended = await check({ checkout, inputs: { path: 'plugins/*', dependencies: 'keep' } });
    expect(ended).toMatchObject({ code: 1, outputs: { compatible: 'false', conflicts: '3' } });
  });

  test.each(['nothing/*', 'plugins/no*', '../*/nothing'])('%s matches none', async (path) => {
    const ended = await check({ checkout: checkoutOf(several), inputs: { path } });
    expect(ended.code).toBe(2);
    expect(ended.stdout).toMatch(/^::error title=input path::.*no folder that .* matches has a go\.mod/m);
  });

  test('may lie outside of the workspace, where they are only read', async () => {
    const checkout = checkoutOf({ 'inside/x': '', 'outside/go.mod': drifting(1) });
    const ended = await check({
      checkout,
      inputs: { path: '../outside' },
      env: { GITHUB_WORKSPACE: `${checkout.workspace}/inside` },
    });
    expect(annotationsOf(ended)).toEqual([expect.stringContaining('file=../outside/go.mod,line=11')]);
    expect(readdirSync(`${checkout.workspace}/outside`)).toEqual(['go.mod']);
  });
});

describe('a malformed go.mod', () => {
  const malformed = [
    ['require (((\n', 1, 'require cannot open a block'],
    ['require (\n\texample.org/a v1.0.0\n', 1, 'the block of require has no closing parenthesis'],
    ['require example.org/a 1.0\n', 23, '1.0 is no version: expected one such as v1.2.3'],
    ['require example.org/a\n', 1, 'expected: require module/path v1.2.3'],
    ['requires example.org/a v1.0.0\n', 1, 'requires'],
    ['go 1.x\n', 1, '1.x is no Go version: expected one such as 1.23.0'],
  ] as const;

  test.each(malformed.flatMap((each) => ['bad', 'b*'].map((path) => [...each, path] as const)))(
    '%j ends with its place and what was expected',
    async (...[text, column, what, path]) => {
      const checkout = checkoutOf({ 'bad/go.mod': `module example.org/x\n\n${text}` });
      const asked = github.requests.length;
      const ended = await check({ checkout, inputs: { path } });
      const place = `file=bad/go.mod,line=3,col=${String(column)}`;
      expect(annotationsOf(ended)).toEqual([expect.stringContaining(`::error ${place}::`)]);
      expect(ended.stdout).toContain(what);
      expect(ended).toMatchObject({ code: 2, outputs: { compatible: 'unknown', conflicts: '0' } });
      expect(ended.report).toMatchObject({
        mode: 'check',
        failure: { code: 'malformed-go-mod', where: { file: 'bad/go.mod', line: 3, column } },
      });
      isOfSchema(ended.report);
      // Nothing is asked, and nothing is written but the report.
      expect(github.requests).toHaveLength(asked);
      expect(readdirSync(checkout.workspace, { recursive: true }).sort()).toEqual([
        'bad',
        'bad/go.mod',
        'dist-plugins',
        'dist-plugins/report.json',
      ]);
      expect(existsSync(checkout.cacheDir)).toBe(false);
    },
  );

  test.each(malformed)('%j of several does not hide the others', async (...[text, column, what]) => {
    const files = {
      'good/go.mod': drifting(1),
      'bad/go.mod': `module example.org/x\n\n${text}`,
      'other/go.mod': drifting(0, 'other'),
    };
    const checkout = checkoutOf(files);
    const ended = await check({ checkout, inputs: { path: 'good\nb*\nother', server: 'v3.0.0,v2.9.1' } });
    const place = `file=bad/go.mod,line=3,col=${String(column)}`;
    expect(annotationsOf(ended).filter((line) => line.startsWith('::error'))).toEqual([
      expect.stringContaining(`::error ${place}::`),
    ]);
    expect(annotationsOf(ended).slice(1).join('\n')).toContain('file=good/go.mod,line=11');
    expect(ended.stdout).toContain(`  cannot be checked: bad/go.mod:3:${String(column)}: `);
    expect(ended.stdout).toContain(what);
    expect(ended).toMatchObject({ code: 2, outputs: { compatible: 'unknown', conflicts: '0' } });
    const failure = {
      kind: 'input',
      code: 'malformed-go-mod',
      where: { file: 'bad/go.mod', line: 3, column },
    };
    expect(ended.report).toMatchObject({
      exitCode: 2,
      plugins: [
        { module: 'example.org/echo', checks: [{ outcome: { kind: 'not-compiled' } }, {}] },
        {
          module: null,
          path: 'bad',
          goMod: 'bad/go.mod',
          checks: [{ outcome: { kind: 'failed', failure } }, { outcome: { kind: 'failed', failure } }],
        },
        { module: 'example.org/other' },
      ],
    });
    expect(ended.summary).toMatch(
      /^#### <code>bad<\/code>\n\n❌ cannot be checked: <code>bad\/go\.?(?:&#46;)?mod&#58;3/m,
    );
    isOfSchema(ended.report);
    for (const [path, content] of Object.entries(files))
      expect(readFileSync(`${checkout.workspace}/${path}`, 'utf8')).toBe(content);
  });
});

describe('of several modules', () => {
  const main = 'package main\n\nfunc main() {}\n';
  const library = {
    'plugins/common/go.mod': drifting(1, 'common'),
    'plugins/common/common.go': 'package common\n',
    'plugins/common/generate.go': `//go:build ignore\n\n${main}`,
  };
  const several = {
    ...library,
    'plugins/a/go.mod': drifting(1, 'a'),
    'plugins/a/main.go': main,
    // Packages below alone.
    'plugins/deep/go.mod': drifting(1, 'deep'),
    'plugins/deep/inner/inner.go': 'package inner\n',
    'plugins/deep/other/go.mod': 'module example.org/other\n',
    'plugins/deep/other/main.go': main,
  };

  test('a library that a pattern matches is left out, and it is said', async () => {
    const ended = await check({
      checkout: checkoutOf(several),
      inputs: { path: 'plugins/*', strict: 'true' },
    });
    expect(pathsOf(ended)).toEqual(['plugins/a']);
    const because = 'it has no main package, so it is no plugin';
    expect(ended.report).toMatchObject({
      skipped: [
        { path: 'plugins/common', because },
        { path: 'plugins/deep', because },
      ],
    });
    expect(ended.stdout).toContain(
      `\nplugins/common: left out, as ${because}\nplugins/deep: left out, as ${because}\n`,
    );
    expect(ended.summary).toContain('<code>plugins/common</code> is left out, as it has no main package');
    expect(annotationsOf(ended)).toEqual([expect.stringContaining('file=plugins/a/go.mod,line=11')]);
    expect(ended).toMatchObject({ code: 1, outputs: { compatible: 'unknown', conflicts: '0' } });
    isOfSchema(ended.report);
  });

  test('a module that is named is no library, also where a pattern matches it', async () => {
    const path = 'plugins/*\nplugins/common';
    const ended = await check({ checkout: checkoutOf(several), inputs: { path } });
    expect([...pathsOf(ended)].sort()).toEqual(['plugins/a', 'plugins/common']);
  });

  test('there must be one plugin', async () => {
    const checkout = checkoutOf(library);
    const ended = await check({ checkout, inputs: { path: 'plugins/*' } });
    expect(annotationsOf(ended)).toEqual([
      expect.stringMatching(
        /^::error title=input path::.*none of the modules that path matches has a main package/,
      ),
    ]);
    expect(ended).toMatchObject({ code: 2, report: { failure: { code: 'no-plugin' } } });
  });

  test('a folder that is not there, and a package that one lacks, are said at those', async () => {
    const checkout = checkoutOf({
      'a/go.mod': drifting(0, 'a'),
      'a/cmd/x/main.go': main,
      'b/go.mod': drifting(0),
    });
    const ended = await check({ checkout, inputs: { path: 'a\nb\nnowhere', package: './cmd/x' } });
    expect(annotationsOf(ended)).toEqual([
      expect.stringMatching(/^::error file=b\/go\.mod::input package: there is no folder \.\/cmd\/x in b/),
      expect.stringMatching(/^::error file=nowhere\/go\.mod::input path: there is no folder nowhere/),
    ]);
    expect(ended).toMatchObject({ code: 2, outputs: { compatible: 'unknown', conflicts: '0' } });
    expect(pathsOf(ended)).toEqual(['a', 'b', 'nowhere']);
  });

  test('two replacements of one module in one of them leave the others', async () => {
    const twice = 'replace a.org/a => ./b\nreplace a.org/a => ./c\n';
    const checkout = checkoutOf({ 'a/go.mod': drifting(1, 'a'), 'b/go.mod': drifting(0) + twice });
    const ended = await check({ checkout, inputs: { path: '*' } });
    expect(annotationsOf(ended)).toEqual([
      expect.stringMatching(/^::error file=b\/go\.mod,line=13::a\.org\/a is replaced by \.\/b in line 12/),
      expect.stringContaining('::warning file=a/go.mod,line=11'),
    ]);
    expect(ended.code).toBe(2);
  });
});

test('a check leaves the sources alone, and asks git and GitHub for nothing that writes', async () => {
  const checkout = checkoutOf({
    'plugin/go.mod': drifting(2),
    'plugin/go.sum': '',
    'plugin/main.go': 'package main\n',
  });
  const sources = await snapshot(`${checkout.workspace}/plugin`);
  await check({ checkout, event: sameRepository });
  expect(await snapshot(`${checkout.workspace}/plugin`)).toEqual(sources);
});

describe('text of a go.mod', () => {
  /** What would be a command, Markdown or HTML, each in a place where Go takes it. */
  const evil = {
    'a requirement': `${drifting(1)}require "example.org/%0A::error::evil<img src=x>[a](b)|c" v1.0.0\n`,
    'a module path': drifting(1).replace(
      'module example.org/echo',
      'module "example.org/e\\n::error::evil<script>"',
    ),
    'a version': drifting(1).replace('v0.0.1 // indirect', 'v0.0.1-a%0A::error::evil'),
    'a replacement': `${drifting(1)}replace github.com/gin-gonic/gin => "./a\\n::set-output name=x::evil|<b>\\r##[error]evil"\n`,
    'a line that is malformed': `${drifting(1)}require a.org/x v1.0.0%0A::error::evil<b>\n`,
    'a verb': `${drifting(1)}::error::evil##[error]evil a.org/x\n`,
  };

  test.each(Object.entries(evil))('cannot speak to the runner, nor to the summary: %s', async (_, text) => {
    const checkout = checkoutOf({ 'plugin/go.mod': text });
    const ended = await check({ checkout, inputs: { dependencies: 'keep', strict: 'true' } });
    // Each command that is obeyed is one of ours: it begins with the place.
    const ours = ended.stdout.match(/^::error file=plugin\/go\.mod,line=\d+/gm) ?? [];
    expect(obeyedCommands(ended.stdout)).toEqual(ours.map(() => 'error'));
    expect(ours.length).toBeGreaterThan(0);
    expect(ended.summary).not.toMatch(/::|##\[|<img|<script|<b>|\]\(|evil\|/);
    expect(ended.outputs).not.toHaveProperty('x');
  });
});
