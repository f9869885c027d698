import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import type { RawOptions } from '../../../src/options/contract.js';
import { optionsFrom, type ParseContext } from '../../../src/options/parse.js';
import { parseTargets } from '../../../src/options/targets.js';

const context: ParseContext = {
  entry: 'cli',
  base: '/base',
  cores: 4,
  env: { HOME: '/home/me' },
  platform: 'linux',
  dryRun: false,
  event: () => null,
};

const parse = (raw: RawOptions, changes: Partial<ParseContext> = {}): ReturnType<typeof optionsFrom> =>
  optionsFrom(raw, { ...context, ...changes });

function failure(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('no failure');
}

describe('defaults', () => {
  const shared = {
    mode: 'build',
    base: '/base',
    path: '/base',
    package: '.',
    servers: [{ kind: 'latest', text: 'latest' }],
    image: null,
    dependencies: 'pin',
    verify: 'static',
    manifest: null,
    name: null,
    output: '/base/dist-plugins',
    serverApiUrl: 'https://api.github.com',
    token: null,
    flags: { ldflags: [], flags: [], tags: null, rebuildAll: false },
    concurrency: 4,
    failFast: false,
    timeoutMinutes: 30,
    cacheDir: '/home/me/.cache/gotify-plugin-build',
    dryRun: false,
    publish: { artifacts: null, release: null },
    warnings: [],
  };

  test.each([
    ['cli', { targets: 'native', builder: 'host' }],
    ['action', { targets: 'all', builder: 'docker' }],
  ] as const)('of the %s', (entry, own) => {
    expect(parse({}, { entry })).toEqual({ ...shared, ...own });
  });

  test('stand for empty and blank inputs too', () => {
    expect(parse({ server: '', targets: ' \n', timeout: '  ', builder: '' })).toEqual(parse({}));
  });
});

describe('what may be written', () => {
  test.each<[RawOptions, object]>([
    [{ path: 'plugins/one' }, { path: '/base/plugins/one' }],
    [{ path: '/elsewhere/ä b' }, { path: '/elsewhere/ä b' }],
    [{ package: './cmd/plugin' }, { package: './cmd/plugin' }],
    [{ package: 'cmd//plugin/' }, { package: './cmd/plugin' }],
    [{ package: './' }, { package: '.' }],
    [{ package: '-x' }, { package: './-x' }],
    [{ server: 'v2.9.1' }, { servers: [{ kind: 'exact', text: 'v2.9.1', version: '2.9.1' }] }],
    [{ server: './gotify' }, { servers: [{ kind: 'binary', text: './gotify', path: '/base/gotify' }] }],
    [{ server: 'v2.9.1\nall:>=2.6' }, { servers: [{ kind: 'exact' }, { kind: 'range', every: true }] }],
    [
      { builder: 'docker', image: 'r.example:5000/b/x:{go}-{arch}' },
      { image: 'r.example:5000/b/x:{go}-{arch}' },
    ],
    [{ manifest: 'm.json' }, { manifest: '/base/m.json', verify: 'static' }],
    [{ verify: 'off' }, { verify: 'off' }],
    [{ dependencies: 'cap' }, { dependencies: 'cap' }],
    [{ name: 'My_plugin-1.0' }, { name: 'My_plugin-1.0' }],
    [{ 'server-api-url': 'https://ghe.example/api/v3//' }, { serverApiUrl: 'https://ghe.example/api/v3' }],
    [
      { ldflags: '-X main.v=1', 'build-flags': '-tags=a,b\n-a' },
      { flags: { ldflags: ['-X=main.v=1'], flags: ['-tags=a,b'], tags: 'a,b', rebuildAll: true } },
    ],
    [{ concurrency: '2' }, { concurrency: 2 }],
    [{ 'fail-fast': 'True' }, { failFast: true }],
    [{ timeout: '0.5' }, { timeoutMinutes: 0.5 }],
    [{ 'cache-dir': 'c' }, { cacheDir: '/base/c' }],
    [{ mode: 'build' }, { mode: 'build' }],
  ])('%j', (raw, expected) => {
    expect(parse(raw)).toMatchObject(expected);
  });
});

describe('what may not be written names its input', () => {
  test.each<[RawOptions, string, string]>([
    [{ mode: 'deploy' }, 'mode', 'bad-mode'],
    [{ mode: 'Build' }, 'mode', 'bad-mode'],
    [{ path: 'a\0b' }, 'path', 'bad-path'],
    [{ package: '/abs' }, 'package', 'bad-package'],
    [{ package: '../other' }, 'package', 'bad-package'],
    [{ package: 'cmd/../../x' }, 'package', 'bad-package'],
    [{ package: './...' }, 'package', 'bad-package'],
    [{ server: ',' }, 'server', 'no-server'],
    [{ server: 'a b c' }, 'server', 'bad-server'],
    [{ targets: 'amd64, sparc' }, 'targets', 'bad-targets'],
    [{ builder: 'podman' }, 'builder', 'bad-builder'],
    [{ image: 'x:{go}' }, 'image', 'bad-image'],
    [{ builder: 'docker', image: '--privileged' }, 'image', 'bad-image'],
    [{ builder: 'docker', image: 'a b' }, 'image', 'bad-image'],
    [{ builder: 'docker', image: 'x:{os}' }, 'image', 'bad-image'],
    [{ dependencies: 'latest' }, 'dependencies', 'bad-dependencies'],
    [{ verify: 'no' }, 'verify', 'bad-verify'],
    [{ verify: 'off', manifest: 'm.json' }, 'manifest', 'bad-manifest'],
    [{ name: '.hidden' }, 'name', 'bad-name'],
    [{ name: '../up' }, 'name', 'bad-name'],
    [{ name: '-rf' }, 'name', 'bad-name'],
    [{ 'server-api-url': 'api.github.com' }, 'server-api-url', 'bad-server-api-url'],
    [{ 'server-api-url': 'file:///etc' }, 'server-api-url', 'bad-server-api-url'],
    [{ 'server-api-url': 'https://x.example/?a=b' }, 'server-api-url', 'bad-server-api-url'],
    [{ 'build-flags': '-trimpath' }, 'build-flags', 'refused-flag'],
    [{ concurrency: '0' }, 'concurrency', 'bad-concurrency'],
    [{ concurrency: '1.5' }, 'concurrency', 'bad-concurrency'],
    [{ 'fail-fast': 'yes' }, 'fail-fast', 'bad-fail-fast'],
    [{ timeout: '0' }, 'timeout', 'bad-timeout'],
    [{ timeout: '-1' }, 'timeout', 'bad-timeout'],
    [{ timeout: '1e3' }, 'timeout', 'bad-timeout'],
    [{ timeout: '1441' }, 'timeout', 'bad-timeout'],
    [{ token: 'two words' }, 'token', 'bad-token'],
  ])('%j', (raw, input, code) => {
    const found = failure(() => parse(raw));
    expect(found).toMatchObject({ kind: 'input', code, where: { kind: 'input', input } });
    expect(found.remedy).toMatch(/\.$/);
  });

  test('messages repeat neither a token nor a password', () => {
    expect(failure(() => parse({ token: 'secret\u00e9' })).message).not.toContain('secret');
    expect(failure(() => parse({ 'server-api-url': 'ftp://u:secret@h/' })).message).not.toContain('secret');
    expect(failure(() => parse({ 'server-api-url': 'https://u:secret@h/' })).message).not.toContain('secret');
  });

  test('without a home there is no default cache', () => {
    expect(failure(() => parse({}, { env: {} }))).toMatchObject({ code: 'no-cache-dir' });
    expect(parse({ 'cache-dir': '/c' }, { env: {} }).cacheDir).toBe('/c');
  });
});

describe('the token', () => {
  const url = 'https://ghe.example/api/v3';
  const here = { HOME: '/h' };
  const enterprise = { HOME: '/h', GITHUB_API_URL: url };

  test.each([
    { what: 'goes to the API that issued it', env: here, raw: {}, expected: 't' },
    { what: 'stays at home where the job runs elsewhere', env: enterprise, raw: {}, expected: null },
    {
      what: 'goes to an enterprise API that has gotify',
      env: enterprise,
      raw: { 'server-api-url': url },
      expected: 't',
    },
    {
      what: 'does not go out in plain text',
      env: here,
      raw: { 'server-api-url': 'http://api.github.com' },
      expected: null,
    },
  ])('$what', ({ env, raw, expected }) => {
    expect(parse({ token: 't', ...raw }, { entry: 'action', env }).token).toBe(expected);
  });

  test('comes from the environment on the command line only', () => {
    const env = { HOME: '/h', GITHUB_TOKEN: 'env' };
    expect(parse({}, { env }).token).toBe('env');
    expect(parse({ token: 'flag' }, { env }).token).toBe('flag');
    expect(parse({}, { env, entry: 'action' }).token).toBeNull();
  });
});

describe('parseTargets', () => {
  test.each([
    ['all', 'all'],
    [' native ', 'native'],
    ['amd64', ['linux-amd64']],
    ['linux-arm-7,386\nriscv64  arm64', ['linux-arm-7', 'linux-386', 'linux-riscv64', 'linux-arm64']],
    ['amd64, linux-amd64', ['linux-amd64']],
  ])('%j', (text, expected) => {
    expect(parseTargets(text)).toEqual(expected);
  });

  test.each([
    ['all, amd64', 'all stands alone'],
    ['native native', 'native stands alone'],
    ['arm', 'linux-arm-7 may be meant'],
    ['linux/aarch64', 'linux-arm64 may be meant'],
    ['constructor', '"constructor" is not a target'],
    [',', 'no target is named'],
  ])('refuses %j', (text, what) => {
    expect(failure(() => parseTargets(text)).what).toContain(what);
  });
});

describe('a check', () => {
  const check = (raw: RawOptions, changes: Partial<ParseContext> = {}): ReturnType<typeof parse> =>
    parse({ mode: 'check', ...raw }, changes);

  test.each(['cli', 'action'] as const)('has defaults in the %s', (entry) => {
    expect(check({}, { entry })).toEqual({
      mode: 'check',
      base: '/base',
      paths: ['.'],
      package: '.',
      servers: [{ kind: 'latest', text: 'latest' }],
      builder: null,
      image: null,
      dependencies: 'pin',
      compile: true,
      strict: false,
      baseline: true,
      baseRef: null,
      fix: false,
      repositoryApi: null,
      output: '/base/dist-plugins',
      serverApiUrl: 'https://api.github.com',
      token: null,
      flags: { ldflags: [], flags: [], tags: null, rebuildAll: false },
      concurrency: 4,
      timeoutMinutes: 30,
      cacheDir: '/home/me/.cache/gotify-plugin-build',
    });
  });

  test.each<[RawOptions, object]>([
    [{ path: 'a\n\n  b c \r\na\nplugins/*' }, { paths: ['a', 'b c', 'plugins/*'] }],
    [{ path: '../aside' }, { paths: ['../aside'] }],
    [{ server: 'v2.9.1,all:>=3' }, { servers: [{ kind: 'exact' }, { kind: 'range', every: true }] }],
    [{ compile: 'false' }, { compile: false }],
    [{ compile: 'FALSE' }, { compile: false }],
    [
      { strict: 'true', baseline: 'False' },
      { strict: true, baseline: false },
    ],
    [{ base: ' origin/main ' }, { baseRef: 'origin/main' }],
    [{ base: 'HEAD~1' }, { baseRef: 'HEAD~1' }],
    [{ base: 'feature/ä' }, { baseRef: 'feature/ä' }],
    [
      { builder: 'docker', image: 'x:{go}' },
      { builder: 'docker', image: 'x:{go}' },
    ],
    [{ image: 'x:{go}' }, { builder: null, image: 'x:{go}' }],
  ])('%j', (raw, expected) => {
    expect(check(raw)).toMatchObject(expected);
  });

  test.each<[RawOptions, string]>([
    [{ compile: 'maybe' }, 'compile'],
    [{ compile: '1' }, 'compile'],
    [{ strict: 'yes' }, 'strict'],
    [{ baseline: 'no' }, 'baseline'],
    [{ fix: 'on' }, 'fix'],
    [{ base: '-x' }, 'base'],
    [{ base: '--upload-pack=evil' }, 'base'],
    [{ base: 'HEAD:go.mod' }, 'base'],
    [{ base: 'a b' }, 'base'],
    [{ base: 'a\nb' }, 'base'],
    [{ base: 'a\0b' }, 'base'],
    [{ path: 'a\nb\0c' }, 'path'],
    [{ builder: 'host', image: 'x:{go}' }, 'image'],
  ])('%j is refused', (raw, input) => {
    expect(failure(() => check(raw))).toMatchObject({
      code: `bad-${input}`,
      where: { kind: 'input', input },
    });
  });

  test('reads the repository at the API of the job, with its token', () => {
    const env = { HOME: '/home/me', GITHUB_API_URL: 'https://ghe.example/api/v3' };
    const options = check({ token: 'ghs_x' }, { entry: 'action', env });
    expect(options).toMatchObject({
      repositoryApi: { url: 'https://ghe.example/api/v3', token: 'ghs_x' },
      // Another host than that of the server: its token goes nowhere else.
      token: null,
    });
  });
});
