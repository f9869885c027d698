import { describe, expect, test } from '@jest/globals';
import type { PublishReport, ReleaseReport } from '../../../src/report/publish-report.js';
import { publishedLines, publishText, releaseLines } from '../../../src/report/publish-text.js';
import { publishSummary } from '../../../src/report/summary.js';
import { rejected, serverVerdict } from '../../support/report.js';

const failure = {
  kind: 'surroundings',
  code: 'github-failed',
  what: 'POST https://api.github.com/x: GitHub answered 502',
  remedy: 'Try again later.',
  where: null,
} as const;
const about = { tag: 'v1.0.0', url: 'https://github.com/octo/plugin/releases/tag/v1.0.0' };
const none = { uploaded: [], replaced: [], same: [], skipped: [] };
const some = { uploaded: ['a.so', 'b.so'], replaced: ['c.so'], same: ['d.so'], skipped: ['e.so'] };

const changes = [
  '  uploaded: a.so, b.so',
  '  replaced: c.so',
  '  there already: d.so',
  '  left as it is, with other bytes: e.so',
];

describe('a release', () => {
  test.each<[ReleaseReport, readonly string[]]>([
    [
      { kind: 'published', ...about, ...some, unknown: ['f.so'] },
      [`Release v1.0.0 is published: ${about.url}`, ...changes, '  not known to gotify-plugin.json: f.so'],
    ],
    [{ kind: 'published', ...about, ...none, unknown: [] }, [`Release v1.0.0 is published: ${about.url}`]],
    [
      { kind: 'draft', ...about, ...some, unknown: [] },
      [`Release v1.0.0 is complete, and a draft: ${about.url}`, ...changes],
    ],
    [
      { kind: 'waiting', ...about, ...none, parts: ['amd64', 'arm64'], of: 3 },
      ['Release v1.0.0 waits for other parts: 2 of 3 are there (amd64, arm64).'],
    ],
    [{ kind: 'complete', ...about }, [`Release v1.0.0 has everything already: ${about.url}`]],
    [
      { kind: 'refused', tag: 'v1.0.0', because: ['linux-386 for gotify v3.0.0 would not load'] },
      [
        'Release v1.0.0 was not touched, as not everything loads:',
        '  linux-386 for gotify v3.0.0 would not load',
        'Mend that, or publish the others with allow-partial.',
      ],
    ],
    [
      { kind: 'failed', tag: 'v1.0.0', failure },
      [
        `Release v1.0.0 was not finished: ${failure.what}.`,
        '  Try again later.',
        '  What was uploaded stays, and the next run uses it.',
      ],
    ],
  ])('that is %j', (release, lines) => {
    expect(releaseLines(release)).toEqual(lines);
  });
});

test('a build says where its files went', () => {
  const artifacts = { kind: 'uploaded', artifacts: [{ name: 'hello-plugins', id: 7 }] } as const;
  const release = { kind: 'complete', ...about } as const;
  expect(publishedLines({ artifacts, release })).toEqual([
    'Artifact hello-plugins (7).',
    ...releaseLines(release),
  ]);
  expect(publishedLines({ artifacts: { kind: 'failed', failure }, release: null })).toEqual([
    `Artifacts were not uploaded: ${failure.what}.`,
    '  Try again later.',
  ]);
  expect(publishedLines({ artifacts: null, release: null })).toEqual([]);
});

const report: PublishReport = {
  schema: 1,
  mode: 'publish',
  plugin: { module: 'example.org/hello', commit: null },
  files: [
    {
      file: '/out/hello-linux-amd64-for-gotify-v2.9.1.so',
      target: 'linux-amd64',
      verdicts: [serverVerdict(), serverVerdict({ server: 'v2.9.1' })],
    },
    {
      file: '/out/<b>::error::x.so',
      target: 'linux-arm-7',
      verdicts: [serverVerdict({ verdict: rejected })],
    },
  ],
  left: ['linux-arm-7 for gotify v3.0.0 would not load'],
  release: { kind: 'complete', ...about },
  compatible: false,
  exitCode: 0,
};

describe('a publication', () => {
  test('says what each file is worth, where it went, and what is left', () => {
    expect(publishText(report).split('\n')).toEqual([
      'example.org/hello',
      'linux-amd64    loads  hello-linux-amd64-for-gotify-v2.9.1.so (gotify v3.0.0, v2.9.1)',
      'linux-arm-7    rejected  <b>::error::x.so (gotify v3.0.0)',
      '',
      `Release v1.0.0 has everything already: ${about.url}`,
      'Not everything that was asked for is there:',
      '  linux-arm-7 for gotify v3.0.0 would not load',
    ]);
  });

  test('says what keeps a release from being touched only once', () => {
    const release = { kind: 'refused', tag: 'v1.0.0', because: report.left } as const;
    expect(publishText({ ...report, release }).match(/would not load/g)).toHaveLength(1);
  });

  test('has a summary in which names are no Markdown', () => {
    const text = publishSummary(report);
    expect(text).toContain('✅ loads');
    expect(text).toContain('linux&#45;arm&#45;7 for gotify v3.0.0 would not load');
    expect(text).not.toContain('<b>');
    expect(text).not.toContain('::');
  });
});
