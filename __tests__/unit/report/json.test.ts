import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import { failureReport } from '../../../src/report/failed.js';
import { failureJson, reportJson, reportPath } from '../../../src/report/json.js';
import type { PublishReport, ReleaseReport } from '../../../src/report/publish-report.js';
import type { TargetReport } from '../../../src/report/report.js';
import { schemaErrors } from '../../support/json-schema.js';
import {
  built,
  rejected,
  sampleReport,
  sampleServer,
  serverVerdict,
  severalReport,
} from '../../support/report.js';

const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
const errors = (text: string): readonly string[] => schemaErrors(schema, JSON.parse(text));

const failed: TargetReport = {
  kind: 'failed',
  target: 'linux-386',
  failure: {
    kind: 'plugin',
    code: 'does-not-compile',
    what: 'it does not compile',
    remedy: 'Fix it.',
    where: { kind: 'file', file: 'plugin.go', line: 3, column: 1 },
  },
  seconds: 1,
};

const full = sampleReport({
  targets: [
    built(),
    built({
      target: 'linux-arm64',
      verdict: rejected,
      comparedWith: { kind: 'reference-host' },
      referenceHostSeconds: 70,
    }),
    built({
      target: 'linux-arm-7',
      verdict: { kind: 'undecided', because: 'no manifest', warnings: [], notes: [] },
      comparedWith: null,
    }),
    failed,
    { kind: 'skipped', target: 'linux-riscv64', because: 'linux-386 failed first (fail-fast)' },
  ],
  compatible: false,
  exitCode: 1,
});

const reported = {
  kind: 'input',
  code: 'publish-permission',
  what: 'it may not',
  remedy: 'Let it.',
  where: { kind: 'input', input: 'token' },
} as const;
const about = { tag: 'v1.0.0', url: 'https://github.com/octo/plugin/releases/tag/v1.0.0' };
const changes = { ...about, uploaded: ['a.so'], replaced: ['b.so'], same: ['c.so'], skipped: ['d.so'] };
const releases: readonly ReleaseReport[] = [
  { kind: 'published', ...changes, unknown: ['e.so'] },
  { kind: 'draft', ...changes, unknown: [] },
  { kind: 'waiting', ...changes, parts: ['amd64'], of: 2 },
  { kind: 'refused', tag: 'v1.0.0', because: ['linux-386 for gotify v3.0.0 would not load'] },
  { kind: 'complete', ...about },
  { kind: 'failed', tag: 'v1.0.0', failure: reported },
];

const publication: PublishReport = {
  schema: 1,
  mode: 'publish',
  plugin: { module: 'example.org/echo', commit: 'a'.repeat(40) },
  files: [{ file: '/out/echo.so', target: 'linux-amd64', verdicts: [serverVerdict()] }],
  left: ['linux-386 for gotify v3.0.0 would not load'],
  release: { kind: 'complete', ...about },
  compatible: false,
  exitCode: 0,
};

describe('report.json', () => {
  test.each([
    ['one target that loads', sampleReport()],
    ['several servers', severalReport()],
    ['every kind of target and reason', full],
    [
      'verify: off',
      sampleReport({ targets: [built({ verdict: null, comparedWith: null })], compatible: 'unknown' }),
    ],
    [
      'a server from a binary',
      sampleReport({
        servers: [
          sampleServer({
            tag: null,
            commit: null,
            source: { kind: 'binary', path: '/gotify' },
            pinList: { source: 'binary', modules: [{ path: 'a.example/b', version: 'v1.0.0' }] },
          }),
        ],
      }),
    ],
  ])('has the form of its schema: %s', (_, report) => {
    expect(errors(reportJson(report, '/out'))).toEqual([]);
  });

  test.each(releases.map((release) => [release.kind, release] as const))(
    'of a release that is %s has the form of its schema',
    (_, release) => {
      const artifacts = { kind: 'uploaded', artifacts: [{ name: 'echo-plugins', id: 7 }] } as const;
      for (const published of [
        { artifacts: null, release },
        { artifacts, release },
        { artifacts: { kind: 'failed', failure: reported } as const, release: null },
      ])
        expect(errors(reportJson(sampleReport({ published }), '/out'))).toEqual([]);
      expect(errors(reportJson({ ...publication, release }, '/out'))).toEqual([]);
    },
  );

  test('of a publication lies beside that of the build', () => {
    expect(reportPath({ output: '/out', mode: 'build' })).toBe('/out/report.json');
    expect(reportPath({ output: '/out', mode: 'publish' })).toBe('/out/publish-report.json');
  });

  test('of a run that failed early has the form of its schema', () => {
    const failure = new Failure('input', {
      code: 'no-go-mod',
      what: 'no go.mod',
      remedy: 'Add it.',
      where: { kind: 'input', input: 'path' },
    });
    const text = failureJson(failureReport(failure, 'build'));
    expect(errors(text)).toEqual([]);
    expect(errors(failureJson(failureReport(failure, 'publish')))).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({
      compatible: 'unknown',
      exitCode: 2,
      failure: { code: 'no-go-mod' },
    });
  });

  test('the schema refuses what is no report', () => {
    const good = JSON.parse(reportJson(full, '/out'));
    expect(schemaErrors(schema, { ...good, compatible: 'yes' })).not.toEqual([]);
    const [group] = good.groups;
    for (const targets of [[{ ...built(), sha256: 'no' }], [{ ...built(), verdicts: [] }]])
      expect(schemaErrors(schema, { ...good, groups: [{ ...group, targets }] })).not.toEqual([]);
    expect(schemaErrors(schema, { ...good, servers: undefined })).not.toEqual([]);
    expect(schemaErrors(schema, { ...good, published: { artifacts: null } })).not.toEqual([]);
    expect(schemaErrors(schema, { ...good, plugin: { ...good.plugin, commit: 'main' } })).not.toEqual([]);
    expect(schemaErrors(schema, { ...publication, files: [{ file: 'x.so' }] })).not.toEqual([]);
    const refused = { kind: 'refused', tag: 'v1', because: [] };
    expect(schemaErrors(schema, { ...publication, release: refused })).not.toEqual([]);
    expect(schemaErrors(schema, { ...good, builds: { done: -1, groups: 1, targets: 1 } })).not.toEqual([]);
  });

  test('names files relative to its folder, and loses nothing else', () => {
    const targets = [built(), built({ file: '/out/rejected/x.so' })];
    const parsed = JSON.parse(reportJson(sampleReport({ targets }), '/out'));
    expect(parsed.groups[0].targets.map(({ file }: { file: string }) => file)).toEqual([
      'echo-linux-amd64-for-gotify-v3.0.0.so',
      'rejected/x.so',
    ]);
    expect(JSON.parse(reportJson(severalReport(), '/out')).groups[1].targets[0].file).toBe(
      'echo-linux-amd64-for-gotify-v3.0.0.so',
    );
    expect({ ...parsed, groups: [] }).toEqual({ ...sampleReport(), groups: [] });
  });
});
