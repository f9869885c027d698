import { describe, expect, test } from '@jest/globals';
import { Failure } from '../../../src/errors.js';
import { buildCacheKey } from '../../../src/report/cache-key.js';
import { escapeMarkdown, joinWithin } from '../../../src/report/markdown.js';
import type { BuildReport } from '../../../src/report/report.js';
import { failureSummary, summaryMarkdown } from '../../../src/report/summary.js';
import {
  built,
  rejected,
  sampleGroup,
  sampleReport,
  sampleServer,
  serverVerdict,
  severalReport,
} from '../../support/report.js';

/** What a reader sees: entities as their characters, code marks gone. */
const shown = (markdown: string): string =>
  markdown
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/<\/?code>/g, '');

describe('summaryMarkdown', () => {
  test('has a row for each target with verdict, size, time and sha256', () => {
    const text = shown(summaryMarkdown(sampleReport()));
    expect(text).toContain(
      `| linux-amd64 | ✅ loads | 313 packages compared with the server's release | echo-linux-amd64-for-gotify-v3.0.0.so | 28.1 MB | 3.2 s | ${'ab'.repeat(32)} |`,
    );
    expect(text).toContain('| github.com/gin-gonic/gin | v1.10.0 -> v1.12.0 | direct | 6 |');
    expect(text).toContain('| golang.org/x/sys | v0.20.0 added | transitive |  |');
    expect(text).toContain('| toolchain | go1.26.3 dropped | direct | 4 |');
    expect(text).toContain("The server's pin list: 1 module of its go.mod");
  });

  test('of several servers has a row for each group and target', () => {
    const text = shown(summaryMarkdown(severalReport()));
    const file = 'echo-linux-amd64-for-gotify';
    const packages = "313 packages compared with the server's release";
    const rest = `28.1 MB | 3.2 s | ${'ab'.repeat(32)} |`;
    expect(text).toContain('### echo for 4 gotify servers: v3.0.0, v2.9.1, v2.7.2, v2.7.1\n');
    expect(text).toContain('\n2 files built for 4 servers: 2 builds for 3 groups x 1 target, 1 spared.\n');
    expect(text.split('\n').filter((line) => line.startsWith('| v'))).toEqual([
      `| v3.0.0 | 1.26.0 | linux-amd64 | ✅ loads | ${packages} | ${file}-v3.0.0.so | ${rest}`,
      `| v2.9.1 | 1.26.0 | linux-amd64 | ✅ loads | the file for gotify v3.0.0 loads here too; ${packages} | ${file}-v3.0.0.so |  | not built |  |`,
      `| v2.7.2, v2.7.1 | 1.25.1 | linux-amd64 | ✅ loads | ${packages} | ${file}-v2.7.1.so | ${rest}`,
    ]);
    expect(text).toContain('Dependencies (pin) for gotify v2.7.1: 3 changes');
    expect(text).not.toContain('Dependencies (pin) for gotify v2.9.1');
    expect(text).toContain('The pin list of gotify v2.9.1: 1 module');
  });

  test('has a mark for each server where they do not agree', () => {
    const verdicts = [serverVerdict(), serverVerdict({ server: 'v2.9.1', verdict: rejected })];
    const text = shown(summaryMarkdown(sampleReport({ targets: [built({ verdicts })] })));
    expect(text).toContain('| v3.0.0 ✅ loads<br>v2.9.1 ❌ rejected |');
    expect(text).toContain('#### linux-amd64 is rejected by v2.9.1');
  });

  test('gives every reason of a rejection with its remedy, and the two ways out', () => {
    const text = shown(
      summaryMarkdown(sampleReport({ targets: [built({ verdict: rejected })], compatible: false })),
    );
    for (const reason of rejected.kind === 'rejected' ? rejected.reasons : [])
      expect(text).toContain(reason.remedy);
    expect(text).toContain('the plugin is built with Go 1.25.1, the server with Go 1.26.0');
    expect(text).toContain('golang.org/x/sys: the plugin has v0.19.0, the server an unknown version');
    expect(text).toContain('two ways out');
    expect(text).toContain('glibc was not compared');
  });

  test('text of a plugin becomes neither Markdown nor HTML', () => {
    const evil =
      '<img src=x onerror=1>|\n\n# head [a](http://e.example) ![i](x) `c` **b** @all www.e.example\u202e~~s~~';
    const report: BuildReport = sampleReport({
      plugin: { module: evil, package: evil, name: evil, commit: null },
      changes: [{ module: evil, from: evil, to: evil, line: 1, reach: 'direct' }],
      warnings: [evil],
      targets: [
        built({
          verdict: {
            kind: 'rejected',
            compared: 1,
            reasons: [{ kind: 'target', what: evil, remedy: evil }],
            warnings: [evil],
            notes: [evil],
          },
        }),
        {
          kind: 'failed',
          target: 'linux-386',
          seconds: 1,
          failure: {
            kind: 'plugin',
            code: 'x',
            what: evil,
            remedy: evil,
            where: { kind: 'file', file: evil },
          },
        },
      ],
    });
    const markdown = summaryMarkdown(report);
    for (const piece of [
      '<img',
      '# head',
      '](',
      '![',
      '`c`',
      '**',
      '@all',
      'www.',
      'http:',
      '~~',
      '\u202e',
    ]) {
      expect(markdown).not.toContain(piece);
    }
    const rows = markdown.split('\n').filter((line) => line.startsWith('| <code>linux'));
    expect(rows.map((row) => row.split(' | ').length)).toEqual([7, 7]);
  });

  test('stays under 1 MiB however much there is to say', () => {
    const long = '|'.repeat(50_000);
    const changes = Array.from({ length: 5000 }, (_, line) => ({
      module: long,
      from: long,
      to: long,
      line: line + 1,
      reach: 'direct' as const,
    }));
    const reasons = Array.from({ length: 500 }, () => ({
      kind: 'flag' as const,
      packages: [long, long],
      remedy: long,
    }));
    const targets = [
      built({ verdict: { kind: 'rejected', compared: 1, reasons, warnings: [long], notes: [long] } }),
    ];
    const markdown = summaryMarkdown(
      sampleReport({ changes, targets, warnings: Array.from({ length: 500 }, () => long) }),
    );
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(markdown).toContain('linux&#45;amd64');
    expect(markdown).toContain('report.json has everything');
  });

  test('of an early failure says what, where and what to do', () => {
    const failure = new Failure('input', {
      code: 'x',
      what: 'no such version',
      remedy: 'Take v3.0.0.',
      where: { kind: 'input', input: 'server' },
    });
    expect(shown(failureSummary(failure, 'build'))).toBe(
      '### ❌ No plugin was built\n\nno such version\n\nWhere: input server\n\nTake v3.0.0.\n',
    );
    expect(shown(failureSummary(failure, 'check'))).toContain('### ❌ Nothing was checked');
  });
});

test('escapeMarkdown keeps letters of every script, and no line end', () => {
  expect(escapeMarkdown('Grün 日本\r\n\t1. a')).toBe('Grün 日本 1. a');
  expect(escapeMarkdown('1. a')).toBe('1&#46; a');
  expect(escapeMarkdown('- a')).toBe('&#45; a');
});

test('joinWithin leaves out what does not fit, and says so', () => {
  expect(joinWithin(['a', 'b'], 1000)).toBe('a\n\nb\n');
  const text = joinWithin(['a', 'x'.repeat(1000), 'b'], 200);
  expect(text).toMatch(/^a\n\nb\n\nSome parts/);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
});

test('the cache key is that of server modules, builder and targets, in any order, and not of the plugin', () => {
  const targets = [built(), built({ target: 'linux-386' })];
  const report = sampleReport({ targets });
  const key = buildCacheKey(report);
  expect(key).toMatch(/^gotify-plugin-build-docker-go1\.26\.0-[0-9a-f]{12}-386-amd64$/);
  expect(
    buildCacheKey({
      ...report,
      groups: [sampleGroup({ targets: [...targets].reverse() })],
      plugin: { module: 'm', package: '.', name: 'n', commit: null },
    }),
  ).toBe(key);
  expect(buildCacheKey({ ...report, builder: 'host' })).not.toBe(key);
  const modules = [{ path: 'github.com/gin-gonic/gin', version: 'v1.11.0' }];
  expect(
    buildCacheKey({ ...report, servers: [sampleServer({ pinList: { source: 'go.mod', modules } })] }),
  ).not.toBe(key);
});

test('the cache key of several groups is that of all of them, and fits into 512 characters', () => {
  const report = severalReport();
  const key = buildCacheKey(report);
  expect(key).toMatch(/^gotify-plugin-build-docker-3groups-[0-9a-f]{12}-amd64$/);
  expect(buildCacheKey({ ...report, groups: report.groups.toReversed() })).toBe(key);
  expect(buildCacheKey({ ...report, groups: report.groups.slice(1) })).not.toBe(key);
  expect(buildCacheKey({ ...report, groups: [] })).toBeNull();
});
