import { describe, expect, test } from '@jest/globals';
import { fetchEnv, hostEnv, lookUpEnv } from '../../../src/build/host-env.js';
import { targetNames, targetOf, type TargetName } from '../../../src/build/target.js';

/** A caller with everything set that could leak into a build or change it. */
const env = {
  PATH: '/usr/bin',
  HOME: '/home/u',
  GOFLAGS: '-trimpath',
  GOEXPERIMENT: 'arenas',
  GOAMD64: 'v3',
  GOARM: '5',
  GO386: 'softfloat',
  CC: '/evil/cc',
  CGO_CFLAGS: '-O0',
  GOROOT: '/other',
  GOWORK: '/other/go.work',
  GOPROXY: 'https://proxy.example',
  GOPRIVATE: 'example.org/*',
  GONOSUMDB: 'example.org/*',
  GOAUTH: 'netrc; /usr/bin/company-login',
  https_proxy: 'http://proxy:3128',
  GITHUB_TOKEN: 'secret',
  INPUT_TOKEN: 'secret',
  ACTIONS_RUNTIME_TOKEN: 'secret',
  SSL_CERT_FILE: '/certs.pem',
  LD_PRELOAD: '/evil.so',
  GOCACHEPROG: '/evil',
  GOTOOLCHAIN: 'auto',
};

const envOf = (
  phase: 'download' | 'compile',
  name: TargetName = 'linux-amd64',
): Readonly<Record<string, string>> =>
  hostEnv({
    env,
    goSettings: {},
    phase,
    target: targetOf(name),
    caches: { modCache: '/cache/mod', buildCache: '/cache/build' },
    scratch: '/scratch',
    compiler: { cc: 'gcc', cxx: 'g++' },
  });

describe('the environment of a compile step', () => {
  test('is exactly this', () => {
    expect(envOf('compile')).toEqual({
      PATH: '/usr/bin',
      HOME: '/scratch',
      TMPDIR: '/scratch',
      GOTMPDIR: '/scratch',
      LC_ALL: 'C',
      CGO_ENABLED: '1',
      CC: 'gcc',
      CXX: 'g++',
      GO111MODULE: 'on',
      GOWORK: 'off',
      GOENV: 'off',
      GOFLAGS: '',
      GOEXPERIMENT: '',
      GOPROXY: 'off',
      GOSUMDB: 'off',
      GOVCS: '*:off',
      GOAUTH: 'off',
      GOTOOLCHAIN: 'local',
      GOTELEMETRY: 'off',
      GOOS: 'linux',
      GOARCH: 'amd64',
      GOAMD64: 'v1',
      GOMODCACHE: '/cache/mod',
      GOPATH: '/cache/gopath',
      GOCACHE: '/cache/build',
    });
  });

  test.each([
    ['linux-amd64', { GOARCH: 'amd64', GOAMD64: 'v1' }],
    ['linux-arm64', { GOARCH: 'arm64', GOARM64: 'v8.0' }],
    ['linux-arm-7', { GOARCH: 'arm', GOARM: '7' }],
    ['linux-386', { GOARCH: '386', GO386: 'sse2' }],
    ['linux-riscv64', { GOARCH: 'riscv64', GORISCV64: 'rva20u64' }],
  ] as const)('%s has the lowest level of its architecture', (name, expected) => {
    expect(envOf('compile', name)).toMatchObject({ GOOS: 'linux', ...expected });
  });
});

describe('the environment of a download step', () => {
  test('has the way to the modules, and the home with its .netrc', () => {
    expect(envOf('download')).toMatchObject({
      HOME: '/home/u',
      GOPROXY: 'https://proxy.example',
      GOPRIVATE: 'example.org/*',
      GONOSUMDB: 'example.org/*',
      GOAUTH: 'netrc; /usr/bin/company-login',
      https_proxy: 'http://proxy:3128',
      SSL_CERT_FILE: '/certs.pem',
      GOFLAGS: '-mod=mod',
      GOTOOLCHAIN: 'local',
      GOWORK: 'off',
    });
  });

  test('has a place for the checksum database, also where the caller has no home', () => {
    expect(envOf('download')['GOPATH']).toBe('/cache/gopath');
    const fetch = fetchEnv({ PATH: '/usr/bin' }, { goSettings: {}, modCache: '/cache/mod' });
    expect(fetch).toMatchObject({ GOMODCACHE: '/cache/mod', GOPATH: '/cache/gopath' });
  });

  test('has what the user set of go as far as it is about downloads, and the environment wins', () => {
    const goSettings = {
      GOPROXY: 'https://of.the.file',
      GONOPROXY: 'corp.example',
      GOVCS: 'corp.example:git',
      GOPATH: '/home/u/go',
    };
    const found = hostEnv({
      env: { ...env, GOSUMDB: '', GOEXPERIMENT: 'jsonv2' },
      goSettings: { ...goSettings, GOSUMDB: 'sum.corp.example' },
      phase: 'download',
      target: targetOf('linux-amd64'),
      caches: { modCache: '/cache/mod', buildCache: '/cache/build' },
      scratch: '/scratch',
      compiler: { cc: 'gcc', cxx: 'g++' },
    });
    expect(found).toMatchObject({
      GOPROXY: 'https://proxy.example',
      GONOPROXY: 'corp.example',
      GOVCS: 'corp.example:git',
      // Empty is not set, to Go.
      GOSUMDB: 'sum.corp.example',
      GOENV: 'off',
      GOEXPERIMENT: '',
      GOPATH: '/cache/gopath',
    });
  });
});

describe('no step', () => {
  const all = [
    ...targetNames.flatMap((name) => [envOf('download', name), envOf('compile', name)]),
    fetchEnv(env, { goSettings: {}, modCache: '/cache/mod' }),
    lookUpEnv(env, {}),
  ];

  test('has a token, a preloaded library, or a flag of the caller', () => {
    for (const each of all) {
      expect(Object.values(each)).not.toContain('secret');
      expect(Object.keys(each)).not.toEqual(expect.arrayContaining(['LD_PRELOAD']));
      expect(each).not.toHaveProperty('GOCACHEPROG');
      expect(each).not.toHaveProperty('CGO_CFLAGS');
      expect(each).not.toHaveProperty('GOROOT');
      expect(each['GOFLAGS']).not.toBe('-trimpath');
      expect(each['GOAMD64']).not.toBe('v3');
      expect(each).toMatchObject({ GOENV: 'off', GOEXPERIMENT: '' });
    }
    expect(all).toHaveLength(12);
  });
});
