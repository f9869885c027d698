import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { actionNode, cli, run, systemNodes, type Ended } from '../support/dist.js';
import { startGitHub, type GitHubDouble } from '../support/github-double.js';
import { schemaErrors } from '../support/json-schema.js';

// Processes are started: on a busy machine that takes a while.
jest.setTimeout(120_000);

let dir = '';
let github: GitHubDouble;
/** The address of nobody. */
let closed = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gotify-plugin-build-cli-'));
  cpSync(resolve('examples/webhook'), join(dir, 'webhook'), { recursive: true });
  mkdirSync(join(dir, 'empty'));
  github = await startGitHub();
  const gone = await startGitHub();
  await gone.close();
  closed = gone.url;
});

afterAll(async () => {
  await github.close();
  rmSync(dir, { recursive: true });
});

const build = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  node = actionNode,
): Promise<Ended> =>
  run({ file: cli, args: ['build', '--server-api-url', github.url, ...args], cwd: dir, env, node });

describe.each(systemNodes)('on %s', (node) => {
  test('--help names every flag, its default, and the exit codes', async () => {
    const { code, stdout, stderr } = await run({ file: cli, args: ['build', '--help'], cwd: dir, node });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of [
      '--server <server>',
      '--builder <docker|host>',
      '(default: native)',
      '--dry-run',
      'Exit codes:',
    ]) {
      expect(stdout).toContain(text);
    }
  });

  test.each([[], ['build'], ['check'], ['publish'], ['cap'], ['versions']])(
    'the help of %j fits into 80 columns, as plain text',
    async (...command) => {
      const { code, stdout } = await run({ file: cli, args: [...command, '--help'], cwd: dir, node });
      expect(code).toBe(0);
      expect(stdout.split('\n').filter((line) => line.length > 80 || /`/.test(line))).toEqual([]);
    },
  );

  test('--version prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await run({ file: cli, args: ['--version'], cwd: dir, node })).toMatchObject({
      code: 0,
      stdout: `${version}\n`,
    });
  });

  test('a bad flag ends with 2, says where, and prints nothing on stdout', async () => {
    expect(await build(['--timeout', 'soon'], {}, node)).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr:
        'error: input timeout: "soon" is not a time limit\nWrite minutes, more than 0 and at most 1440.\n',
    });
  });

  test('facts about a server are read, and an unknown version is bad input that names the nearest', async () => {
    const { code, stderr } = await build(['--path', 'webhook', '--server', 'v2.9.77'], {}, node);
    expect(stderr).toContain('input server: ');
    expect(stderr).toContain('v2.9.1');
    expect(code).toBe(2);
  });
});

describe('exit code 2', () => {
  const webhook = ['--path', 'webhook'];
  test.each([
    [[...webhook, '--server', 'v2.9.1,v3.0.0', '--manifest', 'm'], 'input manifest', 'of one server'],
    [['--build-flags', '-trimpath'], 'input build-flags', '-trimpath is refused'],
    [['--targets', 'arm'], 'input targets', 'linux-arm-7 may be meant'],
    [['--path', 'nowhere'], 'input path', 'there is no folder'],
    [['--path', 'empty'], 'input path', 'there is no go.mod'],
    [['--path', 'webhook', '--package', './cmd'], 'input package', 'there is no folder ./cmd'],
    [['--sever', 'x'], 'unknown option', "'--sever'"],
  ])('%j', async (args, where, what) => {
    const { code, stdout, stderr } = await build(args);
    expect(stderr).toContain(where);
    expect(stderr).toContain(what);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  const wrongManifests: readonly (readonly [string, string, readonly string[]])[] = [
    ['a manifest that is not there', 'input manifest: ', ['--manifest', 'nowhere']],
    ['one with a line that is wrong', 'broken.json: is not JSON', ['--manifest', 'broken.json']],
    ['a zip file', 'a zip file, not a manifest', ['--manifest', 'server.zip']],
    [
      'a manifest for several targets',
      'of one target, and 5 are asked for',
      ['--manifest', 'm', '--targets', 'all'],
    ],
  ];

  test.each(wrongManifests)('%s, before anything is built, in a dry run too', async (_, what, args) => {
    writeFileSync(join(dir, 'broken.json'), '{\n  "schema": 1,,\n}\n');
    writeFileSync(join(dir, 'server.zip'), 'PK\u0003\u0004');
    for (const more of [['--dry-run'], ['--output', 'no-manifest']]) {
      const { code, stdout, stderr } = await build([...webhook, '--server', 'v3.0.0', ...args, ...more], {
        PATH: join(dir, 'empty'),
      });
      expect(stderr).toContain('error: input manifest: ');
      expect(stderr).toContain(what);
      expect(code).toBe(2);
      expect(stdout).not.toMatch(/started|timeout/);
    }
    const report: unknown = JSON.parse(readFileSync(join(dir, 'no-manifest/report.json'), 'utf8'));
    expect(report).toMatchObject({ failure: { kind: 'input', where: { kind: 'input', input: 'manifest' } } });
  });

  test('a file where the cache folder has to be', async () => {
    writeFileSync(join(dir, 'file'), '');
    const { code, stderr } = await build([
      '--path',
      'webhook',
      '--server',
      'v3.0.0',
      '--cache-dir',
      'file/x',
    ]);
    expect(stderr).toContain('error: a path cannot be used: ');
    expect(stderr).toContain(join(dir, 'file/x'));
    expect(code).toBe(2);
  });

  test.each(['--cache-dir', '--output'])('a place that takes no folder, as %s', async (flag) => {
    const args = [...webhook, '--server', 'v3.0.0', '--builder', 'docker', flag, '/proc/x/y'];
    const { code, stderr } = await build(args, { PATH: join(dir, 'empty') });
    // Where the report cannot be written either, the first trouble is what is told.
    if (flag === '--cache-dir') expect(stderr).toContain('/proc takes no folder x');
    expect(code).toBe(flag === '--cache-dir' ? 2 : 3);
  });

  test('a malformed go.mod is named with its line', async () => {
    mkdirSync(join(dir, 'malformed'), { recursive: true });
    writeFileSync(join(dir, 'malformed/go.mod'), 'module example.org/x\n\nrequire (((\n');
    const { code, stderr } = await build(['--path', 'malformed', '--server', 'v3.0.0']);
    expect(stderr).toMatch(/malformed\/go\.mod:3/);
    expect(code).toBe(2);
  });

  test('a failure after the inputs is in report.json too', async () => {
    await build(['--path', 'empty', '--output', 'out']);
    const report: unknown = JSON.parse(readFileSync(join(dir, 'out/report.json'), 'utf8'));
    expect(schemaErrors(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')), report)).toEqual([]);
    expect(report).toMatchObject({
      failure: { kind: 'input', code: 'no-go-mod' },
      exitCode: 2,
      compatible: 'unknown',
    });
  });

  test('text of a project cannot steer the terminal', async () => {
    const { stderr } = await build(['--path', 'no\u001b]0;title\u0007\u001b[2Jthing']);
    expect(stderr).toContain('there is no folder');
    expect(stderr).not.toContain('\u001b');
    expect(stderr).not.toContain('\u0007');
  });
});

describe('exit code 3', () => {
  test('no Docker client', async () => {
    const args = ['--path', 'webhook', '--server', 'v3.0.0', '--builder', 'docker', '--targets', 'amd64'];
    const { code, stderr } = await build(args, { PATH: join(dir, 'empty') });
    expect(stderr).toMatch(/docker/i);
    expect(stderr).toContain('host');
    expect(code).toBe(3);
  });

  test('no network, and a version that is not in the catalog', async () => {
    const args = ['build', '--path', 'webhook', '--server', 'v9.9.9', '--server-api-url', closed];
    const { code, stderr } = await run({ file: cli, args, cwd: dir });
    expect(stderr).toContain('v9.9.9');
    expect(code).toBe(3);
  });
});

describe('--dry-run', () => {
  /** Prints the commands; nothing may be left of it, and a shell has to be able to read them. */
  const dryRun = async (args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> => {
    const before = readdirSync(dir, { recursive: true });
    const where = ['--output', 'dry', '--cache-dir', 'dry-cache'];
    const { code, stdout, stderr } = await build(['--path', 'webhook', '--dry-run', ...where, ...args], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(dir, { recursive: true })).toEqual(before);
    execFileSync('sh', ['-n'], { input: stdout });
    return stdout;
  };
  /** What comes after the comment with this text. */
  const after = (stdout: string, text: string): string =>
    stdout.split(/^# /m).find((part) => part.startsWith(text)) ?? '';

  test('prints every docker command', async () => {
    const several = ['--server', 'v2.6.3,v3.0.0', '--targets', 'amd64,arm64', '--builder', 'docker'];
    const stdout = await dryRun(several, { PATH: join(dir, 'empty') });
    expect(after(stdout, 'the engine')).toContain('\ndocker info ');
    for (const go of ['1.26.0', '1.24.1']) {
      for (const arch of ['amd64', 'arm64']) {
        const image = `gotify/build:${go}-linux-${arch}`;
        expect(stdout).toContain(`\ndocker image inspect --format '{{.Os}}/{{.Architecture}}' ${image}\n`);
        expect(stdout).toContain(`\ndocker pull --platform linux/amd64 ${image}\n`);
        expect(
          stdout.match(new RegExp(`^docker run --name .*--network host .* ${image} list `, 'gm')),
        ).toHaveLength(arch === 'amd64' || go === '1.26.0' ? 1 : 2);
      }
    }
    const compiled = after(stdout, 'linux-amd64: builds the plugin');
    expect(compiled).toMatch(/\ndocker run .* --network none .*-buildmode=plugin/);
    const name = /--name (\S+)/.exec(compiled)?.[1] ?? '';
    expect(stdout).toContain(`\ndocker rm --force --volumes ${name}\n`);
  });

  test('prints every host command with its environment, and no secret', async () => {
    const host = ['--server', 'v2.3.0', '--targets', 'amd64,arm64', '--builder', 'host'];
    const secrets = { GOPROXY: 'https://me:pw@proxy.example', GITHUB_TOKEN: 'secret-token' };
    const stdout = await dryRun(host, { PATH: join(dir, 'empty'), ...secrets });
    expect(stdout).toContain('this machine has no C compiler for linux-arm64. Install what is missing');
    expect(after(stdout, 'the place of go1.19.1')).toMatch(
      / GOPROXY=off GOTOOLCHAIN=go1\.19\.1 go env GOROOT\n/,
    );
    expect(after(stdout, 'where it has not')).toMatch(
      /with your GOPROXY, HOME, PATH\n.* GOMODCACHE=\S*\/dry-cache\/\S+ .*GOTOOLCHAIN=go1\.19\.1 go env GOROOT\n/,
    );
    expect(after(stdout, 'linux-arm64: fetches the modules')).toMatch(
      /with your GOPROXY, HOME, PATH\ncd \S+\/webhook && .* go1\.19\.1 list -deps /,
    );
    const compile = after(stdout, 'linux-arm64: builds the plugin; with your PATH\n');
    expect(compile).toMatch(
      / GOPROXY=off .* GOOS=linux GOARCH=arm64 GOARM64=v8\.0 CC=aarch64-linux-gnu-gcc /,
    );
    expect(compile).toMatch(/ timeout -k 2 1800 go1\.19\.1 build /);
    expect(after(stdout, 'linux-amd64: builds the plugin')).toMatch(/ GOARCH=amd64 GOAMD64=v1 CC=\S+gcc /);
    expect(after(stdout, 'linux-arm64: fetches what a reference host needs')).toContain(' list -deps ');
    expect(after(stdout, 'linux-arm64: builds the reference host')).toMatch(/\/reference-host \.\n$/);
    expect(stdout).not.toMatch(/me:pw|secret-token/);
  });

  test('leaves out the reference host where none is needed', async () => {
    const known = ['--server', 'v3.0.0', '--targets', 'amd64', '--builder', 'host'];
    expect(await dryRun(known, {})).not.toContain('reference');
    const unproven = ['--server', 'v2.3.0', '--targets', 'amd64', '--builder', 'host', '--verify', 'off'];
    expect(await dryRun(unproven, {})).not.toContain('reference');
  });

  test('says which file may spare a build, and tidies for cap', async () => {
    const cap = ['--server', 'v2.9.1,v3.0.0', '--targets', 'amd64', '--dependencies', 'cap'];
    const stdout = await dryRun(cap, {});
    expect(stdout).toContain('# linux-amd64: builds the plugin; ');
    expect(stdout).toContain(
      'builds the plugin, unless the file of a newer server loads in each of these too;',
    );
    expect(stdout.match(/ mod tidy /g)).toHaveLength(2);
  });
});

test('--verbose shows the causes of an error', async () => {
  const args = ['build', '--path', 'webhook', '--server', 'v9.9.9', '--server-api-url', closed];
  const quiet = await run({ file: cli, args, cwd: dir });
  const verbose = await run({ file: cli, args: [...args, '--verbose'], cwd: dir });
  expect(quiet.stderr).not.toContain('caused by');
  expect(verbose.stderr).toContain('caused by');
});
