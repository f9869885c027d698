import type { Change } from '../../src/pin/change.js';
import type {
  BuildReport,
  GroupReport,
  ServerReport,
  ServerVerdict,
  TargetReport,
} from '../../src/report/report.js';
import type { Verdict } from '../../src/verify/verdict.js';

/** What a test may say of a report: also of its only group. */
export type ReportChanges = Partial<BuildReport> & Partial<Pick<GroupReport, 'changes' | 'targets'>>;

/** A report of one server with one target that loads; a test changes what it is about. */
export function sampleReport({ targets, changes, ...more }: ReportChanges = {}): BuildReport {
  const groups = [sampleGroup({ targets: targets ?? [built()], changes: changes ?? sampleChanges })];
  return {
    schema: 1,
    mode: 'build',
    plugin: { module: 'example.org/echo', package: '.', name: 'echo', commit: null },
    builder: 'docker',
    dependencies: 'pin',
    servers: [sampleServer()],
    groups,
    builds: { done: 1, groups: 1, targets: 1 },
    warnings: [],
    compatible: true,
    exitCode: 0,
    ...more,
  };
}

/** v3.0.0, v2.9.1, and v2.7.2 with v2.7.1: the file for v3.0.0 serves v2.9.1 too. */
export function severalReport(more: ReportChanges = {}): BuildReport {
  const go = { goVersion: '1.25.1' };
  const file = '/out/echo-linux-amd64-for-gotify-v2.7.1.so';
  const verdicts = [serverVerdict({ server: 'v2.7.2' }), serverVerdict({ server: 'v2.7.1' })];
  const { file: newest } = built();
  return sampleReport({
    servers: [
      sampleServer(),
      sampleServer({ version: 'v2.9.1', commit: null }),
      sampleServer({ version: 'v2.7.2', ...go }),
      sampleServer({ version: 'v2.7.1', ...go, source: { kind: 'catalog', because: 'GitHub is down' } }),
    ],
    groups: [
      sampleGroup(),
      sampleGroup({
        servers: ['v2.9.1'],
        version: 'v2.9.1',
        changes: [],
        targets: [
          {
            kind: 'covered',
            target: 'linux-amd64',
            by: 'v3.0.0',
            file: newest,
            verdicts: [serverVerdict({ server: 'v2.9.1' })],
          },
        ],
      }),
      sampleGroup({
        ...go,
        servers: ['v2.7.2', 'v2.7.1'],
        version: 'v2.7.1',
        targets: [built({ file, verdicts })],
      }),
    ],
    builds: { done: 2, groups: 3, targets: 1 },
    ...more,
  });
}

export function sampleServer(changes: Partial<ServerReport> = {}): ServerReport {
  return {
    version: 'v3.0.0',
    tag: 'v3.0.0',
    commit: '0123456789abcdef0123456789abcdef01234567',
    goVersion: '1.26.0',
    source: { kind: 'api', url: 'https://api.github.com' },
    pinList: {
      source: 'go.mod',
      modules: [{ path: 'github.com/gin-gonic/gin', version: 'v1.12.0', sum: 'h1:abc=' }],
    },
    ...changes,
  };
}

export function sampleGroup(changes: Partial<GroupReport> = {}): GroupReport {
  return {
    goVersion: '1.26.0',
    servers: ['v3.0.0'],
    version: 'v3.0.0',
    changes: sampleChanges,
    targets: [built()],
    ...changes,
  };
}

const sampleChanges: readonly Change[] = [
  { module: 'github.com/gin-gonic/gin', from: 'v1.10.0', to: 'v1.12.0', line: 6, reach: 'direct' },
  { module: 'golang.org/x/sys', from: null, to: 'v0.20.0', line: null, reach: 'transitive' },
  { module: 'toolchain', from: 'go1.26.3', to: null, line: 4, reach: 'direct' },
];

/** The targets of each group, by the version that its files are named by. */
export function targetsByGroup({ groups }: BuildReport): Readonly<Record<string, readonly TargetReport[]>> {
  return Object.fromEntries(groups.map(({ version, targets }) => [version, targets]));
}

export type BuiltTarget = Extract<TargetReport, { kind: 'built' }>;

/** What a test may say of a target: also what the only server of its group makes of it. */
export type BuiltChanges = Partial<BuiltTarget> & Partial<Pick<ServerVerdict, 'verdict' | 'comparedWith'>>;

export function built({ verdict, comparedWith, ...changes }: BuiltChanges = {}): BuiltTarget {
  const one = {
    ...(verdict === undefined ? {} : { verdict }),
    ...(comparedWith === undefined ? {} : { comparedWith }),
  };
  return {
    kind: 'built',
    target: 'linux-amd64',
    file: '/out/echo-linux-amd64-for-gotify-v3.0.0.so',
    size: 28_123_456,
    sha256: 'ab'.repeat(32),
    seconds: 3.21,
    verdicts: [serverVerdict(one)],
    referenceHostSeconds: null,
    ...changes,
  };
}

export function serverVerdict(changes: Partial<ServerVerdict> = {}): ServerVerdict {
  return {
    server: 'v3.0.0',
    verdict: loads,
    comparedWith: { kind: 'release-asset', url: 'https://example.org/asset', authenticated: true },
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
    { kind: 'main-path', path: 'main', remedy: 'Call it something else.' },
    { kind: 'library', library: 'libc.musl-x86_64.so.1', remedy: 'Build with glibc.' },
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
