import { existsSync, readdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { after, before, createCheckout, runCheckCommand, type Checkout } from '../support/checkout.js';
import { cli, run, systemNodes } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';
import { closedAddress } from '../support/local-server.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

/** As v3.0.0 has it. */
const fitting = `module example.org/fits

go 1.25.0

require (
	github.com/gin-gonic/gin v1.12.0
	github.com/gotify/plugin-api v1.0.0
)

require golang.org/x/net v0.55.0 // indirect
`;

let github: GitHubDouble;
let checkouts: Checkout[] = [];

beforeAll(async () => {
  github = await startGitHub();
});

afterEach(() => {
  for (const checkout of checkouts) checkout.remove();
  checkouts = [];
});

afterAll(() => github.close());

/** Two plugins: one that fits, and one with a commit before this one. */
function checkoutOf(): Checkout {
  const checkout = createCheckout({ 'a b/go.mod': before, 'fits/go.mod': fitting });
  checkouts.push(checkout);
  checkout.git('init', '-q');
  checkout.git('add', '.');
  checkout.git('commit', '-q', '-m', 'first');
  checkout.write({ 'a b/go.mod': after });
  return checkout;
}

const check = (
  args: readonly string[],
  more: Partial<Parameters<typeof runCheckCommand>[0]> = {},
): ReturnType<typeof runCheckCommand> =>
  runCheckCommand({ checkout: checkoutOf(), api: github.url, args, ...more });

describe.each(systemNodes)('on %s', (node) => {
  test('drift is said with its line, and what to do', async () => {
    const { code, stdout, stderr } = await check(['--path', 'a b', '--server', 'v3.0.0'], { node });
    expect(stdout.split('\n')).toEqual([
      'example.org/echo (a b/go.mod)',
      '  gotify v3.0.0 (Go 1.26.0): no conflict in the lines of go.mod (not compiled), 3 drifts',
      '  drift: a b/go.mod:6: go.mod requires github.com/gin-gonic/gin v1.11.0, older than v1.12.0 of gotify v3.0.0',
      '  drift: a b/go.mod:12: go.mod requires golang.org/x/net v0.40.0 (indirect), older than v0.55.0 of gotify v3.0.0',
      '  drift: a b/go.mod:13: go.mod requires golang.org/x/sys v0.45.0 (indirect), older than v0.46.0 of gotify v3.0.0',
      '  note: the plugin brings 1 module that a server lacks: github.com/tidwall/gjson',
      '  warning: a b/go.mod is not tidy (there is no go.sum): `go mod tidy` may show more that differs.',
      '  To bring go.mod in line:',
      "    node <cli.js> cap -from v3.0.0 -to 'a b' --server-api-url <api>",
      '',
      'Not known to fit: 1 plugin, 1 server; 0 conflicts, 3 drifts.',
      '',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('--help names the flags of a check, and no others', async () => {
    const { code, stdout } = await run({ file: cli, args: ['check', '--help'], cwd: '/', node });
    for (const flag of ['--compile <true|false>', '--strict', '--baseline <true|false>', '--base <ref>']) {
      expect(stdout).toContain(flag);
    }
    expect(stdout).not.toMatch(/--(?:targets|verify|manifest|fail-fast|dry-run) /);
    expect(code).toBe(0);
  });
});

test('several plugins, several servers and a base', async () => {
  const ended = await check([
    ...['--path', 'a b\nfits', '--server', 'latest,2.6', '--base', 'HEAD', '--strict'],
  ]);
  expect(ended.stdout).toMatchSnapshot();
  expect(ended).toMatchObject({ code: 1, stderr: '', report: { base: 'HEAD', exitCode: 1 } });
});

test('conflicts', async () => {
  const { code, stdout } = await check([...['--path', '*', '--server', 'v3.0.0', '--dependencies', 'keep']]);
  expect(stdout).toMatchSnapshot();
  expect(code).toBe(1);
});

describe('exit code', () => {
  test.each([
    [0, ['--path', 'fits', '--server', 'v3.0.0', '--strict']],
    [0, ['--path', 'a b', '--server', 'v3.0.0']],
    [1, ['--path', 'a b', '--server', 'v3.0.0', '--strict']],
    // Nothing is compared outside of pull requests.
    [1, ['--path', 'a b', '--server', 'v3.0.0', '--strict', '--baseline', 'true']],
    [1, ['--path', 'fits', '--server', 'v2.9.1', '--dependencies', 'keep']],
    [3, ['--path', 'fits', '--server', 'v9.9.9', '--server-api-url', closedAddress]],
  ])('%d: %j', async (expected, args) => {
    const { code, report } = await check(args);
    expect(code).toBe(expected);
    expect(report).toMatchObject({ exitCode: expected });
  });

  test.each([
    [['--path', 'nowhere'], 'input path: there is no folder nowhere'],
    [['--path', 'no*'], 'input path: no folder that no* matches has a go.mod'],
    [['--path', 'fits', '--package', '../a b'], 'input package: '],
    [['--server', 'v2.9.77', '--path', 'fits'], 'input server: gotify has no version v2.9.77'],
    [
      ['--server', 'all:>=9', '--path', 'fits'],
      'input server: gotify has no stable version that matches all:>=9',
    ],
    [['--compile', 'maybe'], 'input compile: "maybe" is not a value of compile'],
    [['--baseline', 'no'], 'input baseline: "no" is not a value of baseline'],
    [['--base', '--output=x'], 'input base: "--output=x" names no commit, branch or tag'],
    [['--concurrency', '0'], 'input concurrency: '],
    [['--stric'], "unknown option '--stric'"],
    [['--targets', 'amd64'], "unknown option '--targets'"],
    [['--dry-run'], "unknown option '--dry-run'"],
    [['--path'], "option '--path <folder>' argument missing"],
    [['fits'], 'too many arguments'],
  ])('2: %j', async (args, what) => {
    const { code, stdout, stderr } = await check(args);
    expect(stderr).toContain(what);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test('an unknown flag names the help of this command', async () => {
  expect((await check(['--stric'])).stderr).toBe(
    "error: unknown option '--stric' (Did you mean --strict?)\nSee gotify-plugin-build check --help.\n",
  );
});

test('a base that git does not know is a warning, on stderr', async () => {
  const { code, stderr, report } = await check(['--path', 'fits', '--server', 'v3.0.0', '--base', 'nothing']);
  expect(stderr).toBe(
    'warning: fits/go.mod is not compared with nothing: git knows no commit nothing here\n',
  );
  expect(code).toBe(0);
  expect(report).toMatchObject({ base: null });
});

test('without git and without Go it does the same', async () => {
  const args = ['--path', 'a b', '--server', 'v3.0.0'];
  const usual = await check(args);
  expect(await check(args, { env: { PATH: '/nonexistent' } })).toEqual(usual);
});

test('the API is asked anonymously, or with GITHUB_TOKEN where that is the API of the token', async () => {
  const sent = async (env: Readonly<Record<string, string>>): Promise<readonly (string | null)[]> => {
    const asked = github.requests.length;
    await check(['--path', 'fits', '--server', 'v3.0.0'], { env });
    return [...new Set(github.requests.slice(asked).map(({ authorization }) => authorization))];
  };
  expect(await sent({})).toEqual([null]);
  expect(await sent({ GITHUB_TOKEN: 'ghp_mine' })).toEqual([null]);
  expect(await sent({ GITHUB_TOKEN: 'ghp_mine', GITHUB_API_URL: github.url })).toEqual(['token ghp_mine']);
});

test('report.json goes where it is wanted, and nothing else is written', async () => {
  const checkout = checkoutOf();
  await check(['--path', 'fits', '--server', 'v3.0.0', '--output', 'out/here'], { checkout });
  expect(existsSync(`${checkout.workspace}/out/here/report.json`)).toBe(true);
  expect(readdirSync(checkout.workspace).sort()).toEqual(['.git', 'a b', 'fits', 'out']);
  expect(checkout.git('status', '--porcelain', '--untracked-files=no')).toBe('M "a b/go.mod"');
});

test('text of a project cannot steer the terminal', async () => {
  const checkout = checkoutOf();
  const replace = 'replace github.com/gin-gonic/gin => "./a\\x1b]0;title\\x07\\x1b[2Jb\\u009b31m"\n';
  checkout.write({ 'fits/go.mod': `${fitting}${replace}` });
  const { stdout } = await check(['--path', 'fits', '--server', 'v3.0.0'], { checkout });
  expect(stdout).toContain('go.mod replaces github.com/gin-gonic/gin by ./ab;');
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});
