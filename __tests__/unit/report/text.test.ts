import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import { asFailure, causeLines, failureLines } from '../../../src/report/failure.js';
import { reportJson } from '../../../src/report/json.js';
import { deliveredFiles } from '../../../src/report/outcome.js';
import { readReport } from '../../../src/report/read-report.js';
import { summaryMarkdown } from '../../../src/report/summary.js';
import type { TargetReport } from '../../../src/report/report.js';
import { reportText } from '../../../src/report/text.js';
import { schemaErrors } from '../../support/json-schema.js';
import {
  built,
  rejected,
  sampleGroup,
  sampleReport,
  sampleServer,
  serverVerdict,
  severalReport,
} from '../../support/report.js';

describe('reportText', () => {
  test('of a target that loads', () => {
    expect(reportText(sampleReport())).toBe(
      [
        'example.org/echo for gotify v3.0.0 (Go 1.26.0, commit 0123456789ab)',
        'Facts about the server are from https://api.github.com.',
        "Dependencies: pin, 3 changes, 2 of them of lines in the plugin's go.mod.",
        '',
        "linux-amd64    loads         313 packages compared with the server's release",
        '  /out/echo-linux-amd64-for-gotify-v3.0.0.so',
        '  28.1 MB, built in 3.2 s',
        '',
        'Loads in gotify v3.0.0: 1 of 1 target.',
      ].join('\n'),
    );
  });

  test('of several servers has each group, what was spared, and one answer', () => {
    const file = '/out/echo-linux-amd64-for-gotify';
    expect(reportText(severalReport())).toBe(
      [
        'example.org/echo for 4 gotify servers: v3.0.0, v2.9.1, v2.7.2, v2.7.1',
        'Facts about v3.0.0, v2.9.1, v2.7.2 are from https://api.github.com. Facts about v2.7.1 are from the catalog: GitHub is down.',
        '',
        'gotify v3.0.0 (Go 1.26.0)',
        "Dependencies: pin, 3 changes, 2 of them of lines in the plugin's go.mod.",
        "linux-amd64    loads         313 packages compared with the server's release",
        `  ${file}-v3.0.0.so`,
        '  28.1 MB, built in 3.2 s',
        '',
        'gotify v2.9.1 (Go 1.26.0)',
        "linux-amd64    loads         the file for gotify v3.0.0 loads here too; 313 packages compared with the server's release",
        `  ${file}-v3.0.0.so`,
        '',
        'gotify v2.7.2, v2.7.1 (Go 1.25.1)',
        "Dependencies: pin, 3 changes, 2 of them of lines in the plugin's go.mod.",
        "linux-amd64    loads         313 packages compared with the server's release",
        `  ${file}-v2.7.1.so`,
        '  28.1 MB, built in 3.2 s',
        '',
        '2 files built for 4 servers: 2 builds for 3 groups x 1 target, 1 spared.',
        'Loads in every server: 4 of 4 pairs of server and target.',
      ].join('\n'),
    );
  });

  test("names the release's file that spared a build", () => {
    const released: TargetReport = {
      kind: 'released',
      target: 'linux-amd64',
      asset: 'echo-linux-amd64-for-gotify-v2.9.1.so',
      sha256: 'cd'.repeat(32),
      verdicts: [serverVerdict()],
    };
    const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8'));
    const report = sampleReport({ targets: [released], builds: { done: 0, groups: 1, targets: 1 } });
    const text = reportText(report);
    expect(text).toContain("loads         the release's file loads here too; 313 packages compared");
    expect(text).toContain(`\n  ${released.asset}\n`);
    expect(text).not.toContain('Dependencies');
    expect(text).toContain('Loads in gotify v3.0.0: 1 of 1 target.');
    expect(deliveredFiles(report)).toEqual([]);
    expect(schemaErrors(schema, JSON.parse(reportJson(report, '/out')))).toEqual([]);
    const [read] = readReport(reportJson(report, '/out'), 'report.json').groups;
    expect(read?.targets).toMatchObject([
      { kind: 'released', asset: released.asset, sha256: released.sha256 },
    ]);
    expect(summaryMarkdown(report)).toContain('not built');
  });

  test('says which servers of a group refuse a file, and each reason once', () => {
    const verdicts = [
      serverVerdict({ server: 'v2.7.2' }),
      serverVerdict({ server: 'v2.7.1', verdict: rejected }),
      serverVerdict({ server: 'v2.7.0', verdict: rejected }),
    ];
    const servers = ['v2.7.2', 'v2.7.1', 'v2.7.0'];
    const text = reportText(
      sampleReport({
        servers: servers.map((version) => sampleServer({ version })),
        groups: [sampleGroup({ servers, version: 'v2.7.0', targets: [built({ verdicts })] })],
        compatible: false,
      }),
    );
    expect(text).toContain('linux-amd64    rejected      v2.7.2: 313 packages compared');
    expect(text).toContain('; v2.7.1, v2.7.0: 311 packages compared');
    expect(text).toContain('\n  by gotify v2.7.1, v2.7.0:\n');
    expect(text.split('Leave out -trimpath.')).toHaveLength(2);
    expect(text).toContain('\n0 files built for 3 servers: 1 build for 1 group x 1 target.\n');
    expect(text).toMatch(
      /Does not load in every server on every target: 0 of 3 pairs of server and target load\.$/,
    );
  });

  test('of a rejected one has each reason, its packages and its remedy', () => {
    const text = reportText(
      sampleReport({ targets: [built({ verdict: rejected })], compatible: false, exitCode: 1 }),
    );
    expect(text).toContain('linux-amd64    rejected      311 packages compared');
    expect(text).toContain('- the function GetGotifyPluginInfo is missing\n');
    expect(text).toContain('packages: a, b, c, d, e and 2 more\n');
    expect(text).toContain('Leave out -trimpath.');
    expect(text).toContain('warning: a library is missing');
    expect(text).toContain('two ways out');
    expect(text).toMatch(/Does not load in gotify v3\.0\.0 on every target: 0 of 1 target load\.$/);
  });

  test.each([
    [
      'undecided',
      built({ verdict: { kind: 'undecided', because: 'no manifest', warnings: [], notes: [] } }),
      'no manifest',
    ],
    ['not verified', built({ verdict: null, comparedWith: null }), 'verify is off'],
  ])('never calls loading what is %s', (outcome, target, because) => {
    const text = reportText(sampleReport({ targets: [target], compatible: 'unknown' }));
    expect(text).toContain(`linux-amd64    ${outcome}`);
    expect(text).toContain(because);
    expect(text).toMatch(/is not known: 0 of 1 target proven\.$/);
  });

  test('of failed and skipped targets says why and what to do', () => {
    const failure = {
      kind: 'plugin',
      code: 'x',
      what: 'it does not compile',
      remedy: 'Fix it.',
      where: null,
    } as const;
    const text = reportText(
      sampleReport({
        dependencies: 'keep',
        compatible: false,
        targets: [
          { kind: 'failed', target: 'linux-386', failure, seconds: 1 },
          { kind: 'skipped', target: 'linux-arm64', because: 'linux-386 failed first (fail-fast)' },
        ],
      }),
    );
    expect(text).toContain('linux-386      failed        it does not compile\n  Fix it.\n');
    expect(text).toContain('linux-arm64    skipped       linux-386 failed first (fail-fast)');
    expect(text).toContain('Dependencies are as the plugin has them (keep).');
  });
});

test('only files that load, or that nobody verified, are handed on', () => {
  const targets = [
    built({ file: '/a' }),
    built({ file: '/b', verdict: rejected }),
    built({ file: '/c', verdict: { kind: 'undecided', because: '', warnings: [], notes: [] } }),
    built({ file: '/d', verdict: null }),
  ];
  expect(deliveredFiles(sampleReport({ targets }))).toEqual(['/a', '/d']);
  const mixed = built({ verdicts: [serverVerdict(), serverVerdict({ verdict: rejected })] });
  expect(deliveredFiles(sampleReport({ targets: [mixed] }))).toEqual([]);
  // A file that covers another group is one file.
  expect(deliveredFiles(severalReport())).toHaveLength(2);
});

describe('failures', () => {
  test.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'no-permission'],
    ['EROFS', 'no-permission'],
    ['EBADF', 'internal-error'],
  ])("%s becomes %s, and is nobody's fault but the surroundings'", (code, expected) => {
    const error = Object.assign(new Error('write failed'), { code, path: '/some/file' });
    expect(asFailure(error)).toMatchObject({ kind: 'surroundings', code: expected, cause: error });
  });

  test('a file where a folder has to be is bad input', () => {
    const error = Object.assign(new Error("ENOTDIR: not a directory, mkdir '/a/file/x'"), {
      code: 'ENOTDIR',
    });
    expect(asFailure(error)).toMatchObject({ kind: 'input', code: 'unusable-path', cause: error });
  });

  test('a Failure stays itself; anything else that is thrown is named in one line', () => {
    const failure = new Failure('plugin', { code: 'x', what: 'w', remedy: 'r' });
    expect(asFailure(failure)).toBe(failure);
    expect(asFailure('a\nb').what).toContain('does not know: a b');
  });

  test('has its place in front, and its causes for --verbose', () => {
    const cause = new Error('outer', { cause: new Error('inner') });
    const where = { kind: 'file', file: 'go.mod', line: 4 } as const;
    const failure = new Failure('input', { code: 'x', what: 'bad line', remedy: 'Fix it.', where, cause });
    expect(failureLines(failure)).toEqual(['go.mod:4: bad line', 'Fix it.']);
    expect(causeLines(failure).slice(0, 2)).toEqual(['caused by: outer', 'caused by: Error: inner']);
    expect(causeLines(new Failure('input', { code: 'x', what: 'w', remedy: 'r' }))).toEqual([]);
  });
});
