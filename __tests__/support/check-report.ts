import type {
  Check,
  CheckedPlugin,
  CheckedServer,
  CheckFinding,
  CheckReport,
  Fix,
} from '../../src/report/check-report.js';

/** A drift of one module against v3.0.0; a test changes what it is about. */
export function sampleFinding(changes: Partial<CheckFinding> = {}): CheckFinding {
  return {
    level: 'drift',
    kind: 'version',
    code: 'version',
    module: 'example.com/web',
    plugin: 'v1.9.1',
    server: 'v1.12.0',
    reach: 'direct',
    what: 'go.mod requires example.com/web v1.9.1, older than v1.12.0 of gotify v3.0.0',
    remedy: 'Require the version of the server.',
    where: { kind: 'file', file: 'plugin/go.mod', line: 6 },
    since: null,
    ...changes,
  };
}

/** A check of lines. */
export function sampleCheck(
  server: string,
  findings: readonly CheckFinding[],
  changes: Partial<Check> = {},
): Check {
  return { server, outcome: { kind: 'not-compiled' }, findings, fixed: [], mayHideMore: null, ...changes };
}

export function samplePlugin(checks: readonly Check[], changes: Partial<CheckedPlugin> = {}): CheckedPlugin {
  return {
    module: 'example.org/echo',
    package: '.',
    path: 'plugin',
    goMod: 'plugin/go.mod',
    checks,
    ...changes,
  };
}

/** A fix that had nothing to do. */
export function sampleFix(changes: Partial<Fix> = {}): Fix {
  const about = { path: 'plugin', server: 'v3.0.0', kind: 'same' } as const;
  return { ...about, changes: [], unsolved: [], failure: null, ...changes };
}

export function sampleServer(version: string, changes: Partial<CheckedServer> = {}): CheckedServer {
  return {
    version,
    tag: version,
    commit: '0123456789abcdef0123456789abcdef01234567',
    goVersion: '1.26.0',
    source: { kind: 'api', url: 'https://api.github.com' },
    ...changes,
  };
}

/** A report of plugins; the servers are those of the first one unless given. */
export function sampleCheckReport(
  plugins: readonly CheckedPlugin[],
  changes: Partial<CheckReport> = {},
): CheckReport {
  const checks = plugins.flatMap((plugin) => plugin.checks);
  const number = (level: CheckFinding['level']): number =>
    checks.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
  return {
    schema: 1,
    mode: 'check',
    dependencies: 'pin',
    builder: null,
    strict: false,
    base: null,
    servers: plugins[0]?.checks.map(({ server }) => sampleServer(server)) ?? [],
    plugins,
    skipped: [],
    fixes: [],
    warnings: [],
    conflicts: number('conflict'),
    drifts: number('drift'),
    notes: number('note'),
    compatible: 'unknown',
    exitCode: 0,
    cacheKey: null,
    ...changes,
  };
}
