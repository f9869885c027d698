import type { BuildReport, TargetReport } from '../../src/report/report.js';
import type { Verdict } from '../../src/verify/verdict.js';

/** A report with one target that loads; a test changes what it is about. */
export function sampleReport(changes: Partial<BuildReport> = {}): BuildReport {
  return {
    schema: 1,
    mode: 'build',
    server: {
      version: 'v3.0.0',
      tag: 'v3.0.0',
      commit: '0123456789abcdef0123456789abcdef01234567',
      goVersion: '1.26.0',
      source: { kind: 'api', url: 'https://api.github.com' },
      pinList: {
        source: 'go.mod',
        modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.12.0', sum: 'h1:abc=' }],
      },
    },
    plugin: { module: 'example.org/echo', package: '.', name: 'echo' },
    builder: 'docker',
    dependencies: 'pin',
    changes: [
      { module: 'github.com/gin-gonic/gin', from: 'v1.10.0', to: 'v1.12.0', line: 6, reach: 'direct' },
      { module: 'golang.org/x/sys', from: null, to: 'v0.20.0', line: null, reach: 'transitive' },
      { module: 'toolchain', from: 'go1.26.3', to: null, line: 4, reach: 'direct' },
    ],
    warnings: [],
    targets: [built()],
    compatible: true,
    exitCode: 0,
    ...changes,
  };
}

export type BuiltTarget = Extract<TargetReport, { kind: 'built' }>;

export function built(changes: Partial<BuiltTarget> = {}): BuiltTarget {
  return {
    kind: 'built',
    target: 'linux-amd64',
    file: '/out/echo-linux-amd64-for-gotify-v3.0.0.so',
    size: 28_123_456,
    sha256: 'ab'.repeat(32),
    seconds: 3.21,
    verdict: loads,
    comparedWith: { kind: 'release-asset', url: 'https://example.org/asset', authenticated: true },
    referenceHostSeconds: null,
    ...changes,
  };
}

export const loads: Verdict = { kind: 'loads', compared: 313, warnings: [], notes: [] };

/** Every kind of reason at once. */
export const rejected: Verdict = {
  kind: 'rejected',
  compared: 311,
  reasons: [
    { kind: 'target', what: 'the file is for arm64', remedy: 'Build for amd64.' },
    { kind: 'missing-symbol', symbol: 'GetGotifyPluginInfo', remedy: 'Add it.' },
    {
      kind: 'toolchain',
      plugin: '1.25.1',
      server: '1.26.0',
      packages: ['fmt', 'os'],
      remedy: 'Use Go 1.26.0.',
    },
    {
      kind: 'dependency',
      module: 'golang.org/x/sys',
      plugin: 'v0.19.0',
      server: null,
      packages: ['golang.org/x/sys/unix'],
      remedy: 'Use the version of the server.',
    },
    { kind: 'follows', packages: ['golang.org/x/net/http2'], remedy: 'Nothing else.' },
    { kind: 'flag', packages: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], remedy: 'Leave out -trimpath.' },
  ],
  warnings: ['a library is missing'],
  notes: ['glibc was not compared'],
};
