import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import type { CheckedServer } from '../../../src/report/check-report.js';
import { checkSummary } from '../../../src/report/check-summary.js';
import { checkText } from '../../../src/report/check-text.js';
import { fixCommands } from '../../../src/report/fix-commands.js';
import { mergedText, mergeFindings } from '../../../src/report/merge-findings.js';
import {
  sampleCheck,
  sampleCheckReport,
  sampleFinding,
  samplePlugin,
  sampleServer,
} from '../../support/check-report.js';

describe('the findings of several servers', () => {
  test('are one where the plugin has the same, at the same place', () => {
    const merged = mergeFindings(
      samplePlugin([
        sampleCheck('v3.0.0', [sampleFinding()]),
        sampleCheck('v2.9.1', [sampleFinding({ server: 'v1.11.0', what: 'older than v1.11.0' })]),
      ]),
    );
    expect(merged).toHaveLength(1);
    expect(merged[0]?.finding.server).toBe('v1.12.0');
    expect([...(merged[0]?.byServer ?? [])].map(([server, { server: has }]) => [server, has])).toEqual([
      ['v3.0.0', 'v1.12.0'],
      ['v2.9.1', 'v1.11.0'],
    ]);
  });

  test.each([
    ['level', { level: 'conflict' }],
    ['kind', { kind: 'replaced' }],
    ['code', { code: 'other' }],
    ['module', { module: 'example.com/other' }],
    ['version', { plugin: 'v1.9.2' }],
    ['place', { where: { kind: 'file', file: 'plugin/go.mod', line: 7 } }],
    ['history', { since: 'old' }],
  ] as const)('are two where the %s differs', (_, changes) => {
    const merged = mergeFindings(
      samplePlugin([
        sampleCheck('v3.0.0', [sampleFinding()]),
        sampleCheck('v2.9.1', [sampleFinding(changes)]),
      ]),
    );
    expect(merged).toHaveLength(2);
  });

  test('are in the order of their level, what was there before last, and else as they come', () => {
    const all = (['note', 'drift', 'conflict'] as const).flatMap((level) =>
      (['old', 'worse', 'new'] as const).map((since) => sampleFinding({ level, since })),
    );
    const half = Math.floor(all.length / 2);
    const merged = mergeFindings(
      samplePlugin([sampleCheck('v3.0.0', all.slice(0, half)), sampleCheck('v2.9.1', all.slice(half))]),
    );
    expect(merged.map(({ finding: { level, since } }) => `${level} ${String(since)}`)).toEqual([
      'conflict worse',
      'conflict new',
      'conflict old',
      'drift worse',
      'drift new',
      'drift old',
      'note worse',
      'note new',
      'note old',
    ]);
  });

  test('are said in the words of three servers at most', () => {
    const versions = ['v1.1.0', 'v1.2.0', 'v1.2.0', 'v1.3.0', 'v1.4.0', 'v1.5.0'];
    const [merged] = mergeFindings(
      samplePlugin(
        versions.map((server, index) =>
          sampleCheck(`v${String(index)}`, [sampleFinding({ server, what: `not ${server}` })]),
        ),
      ),
    );
    if (merged === undefined) throw new Error('nothing is merged');
    expect(mergedText(merged)).toBe('not v1.1.0\nnot v1.2.0\nnot v1.3.0\nand the like for 2 more servers');
    expect(mergedText(merged, 5)).not.toContain('the like');
  });
});

describe('the commands that are offered', () => {
  const drift = sampleFinding();
  const commands = (
    versions: readonly (readonly [string, boolean])[],
    more: { readonly path?: string; readonly servers?: readonly CheckedServer[] } = {},
  ): readonly string[] => {
    const { path = 'plugin', servers } = more;
    const checks = versions.map(([version, differs]) => sampleCheck(version, differs ? [drift] : []));
    const plugin = samplePlugin(checks, { path });
    return fixCommands(plugin, sampleCheckReport([plugin], servers === undefined ? {} : { servers }));
  };

  test('are for the newest server, in whatever order they are named', () => {
    const wanted = [
      'gotify-plugin-build cap -from v3.0.0 -to plugin',
      'cd plugin && GOTOOLCHAIN=go1.26.0 go mod tidy',
    ];
    expect(
      commands([
        ['v2.10.0', true],
        ['v3.0.0', true],
        ['v2.9.1', true],
      ]),
    ).toEqual(wanted);
    expect(commands([['v3.0.0', true]])).toEqual(wanted);
  });

  test('are none where the newest server has no difference: following an older one would undo that', () => {
    expect(
      commands([
        ['v2.9.1', true],
        ['v3.0.0', false],
      ]),
    ).toEqual([]);
  });

  test.each([
    ['version', 'drift', true],
    ['version', 'conflict', true],
    ['go', 'drift', true],
    ['toolchain', 'drift', true],
    ['does-not-load', 'conflict', true],
    // No command can settle these.
    ['replaced', 'conflict', false],
    ['does-not-build', 'conflict', false],
    ['own-module', 'note', false],
  ] as const)('for %s as a %s: %s', (kind, level, offered) => {
    const plugin = samplePlugin([sampleCheck('v3.0.0', [sampleFinding({ kind, level })])]);
    expect(fixCommands(plugin, sampleCheckReport([plugin]))).toHaveLength(offered ? 2 : 0);
  });

  test('name a commit, or the path of a binary, where the server is no release', () => {
    const commit = 'a'.repeat(40);
    const branch = sampleServer('gaaaaaaaaaaaa', { tag: null, commit });
    expect(commands([['gaaaaaaaaaaaa', true]], { servers: [branch] })[0]).toContain(`-from ${commit} `);
    const binary = sampleServer('v3.0.0', {
      tag: null,
      commit: null,
      source: { kind: 'binary', path: '/opt/my gotify' },
    });
    expect(commands([['v3.0.0', true]], { servers: [binary] })[0]).toContain("-from '/opt/my gotify' ");
  });

  test.each([
    'plugin',
    '.',
    '../aside',
    'a b',
    "it's",
    '$(touch evil)',
    '`touch evil`',
    'a;b&c|d>e',
    '"x"',
    '~',
    'a*?[b]',
    'a\nb',
    'ä☃',
    '-from',
    '{a,b}',
    '!x',
    '#x',
  ])('are read by a shell as they are meant: %j', (path) => {
    const [cap = '', tidy = ''] = commands([['v3.0.0', true]], { path });
    const read = (text: string): readonly string[] =>
      execFileSync('/bin/sh', ['-c', `words() { printf '%s\\0' "$@"; }; ${text}`], { encoding: 'utf8' })
        .split('\0')
        .slice(0, -1);
    const folder = path.startsWith('-') ? `./${path}` : path;
    expect(read(cap.replace('gotify-plugin-build', 'words'))).toEqual([
      'cap',
      '-from',
      'v3.0.0',
      '-to',
      folder,
    ]);
    expect(read(tidy.replace('cd', 'words').replace(/&& .*$/s, ''))).toEqual([folder]);
  });
});

describe('the summary', () => {
  test('has a limit of rows, and says how many more there are', () => {
    const findings = Array.from({ length: 350 }, (_, index) =>
      sampleFinding({ module: `example.com/m${String(index)}`, level: index < 60 ? 'conflict' : 'drift' }),
    );
    const summary = checkSummary(sampleCheckReport([samplePlugin([sampleCheck('v3.0.0', findings)])]));
    expect(summary.match(/^\| (?:❌|⚠️) /gmu)).toHaveLength(300);
    expect(summary).toContain('\n\nand 50 more in report.json.\n');
    // What to do is said for the first conflicts.
    expect(summary.match(/^- go\.mod requires/gm)).toHaveLength(50);
  });

  test('has a limit of columns, and servers that have the same share one', () => {
    const servers = Array.from({ length: 30 }, (_, index) => `v2.${String(30 - index)}.0`);
    const checks = servers.map((server, index) =>
      sampleCheck(server, [sampleFinding({ server: `v1.${String(Math.floor(index / 2))}.0` })]),
    );
    const summary = checkSummary(sampleCheckReport([samplePlugin(checks)]));
    expect(summary).toContain('| v2.30.0, v2.29.0 | v2.28.0, v2.27.0 |');
    expect(summary).toContain('\n\nand 6 more servers in report.json.\n');
    for (const server of servers) expect(summary).toContain(`| <code>${server}</code> |`);
  });

  test('never has more bytes than GitHub takes, and its answer is in it', () => {
    const findings = Array.from({ length: 300 }, (_, index) =>
      sampleFinding({ module: `example.com/${'☃'.repeat(400)}${String(index)}` }),
    );
    const plugins = Array.from({ length: 20 }, (_, index) =>
      samplePlugin([sampleCheck('v3.0.0', findings)], { module: `example.org/p${String(index)}` }),
    );
    const summary = checkSummary(sampleCheckReport(plugins, { compatible: false }));
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024);
    expect(summary).toMatch(/^### ❌ 0 conflicts and 6000 drifts\n/);
    expect(summary).toContain('Some parts are left out here');
    expect(summary).toContain('example.org/p19');
  });

  test('says what the base had, why more may differ, and what was not compared', () => {
    const fixed = sampleFinding({ what: 'go.mod names the toolchain go1.27.0' });
    const check = sampleCheck('v3.0.0', [], { fixed: [fixed], mayHideMore: 'go.mod is not tidy.' });
    const report = sampleCheckReport([samplePlugin([check])], {
      base: 'a<b>c',
      warnings: ['b/go.mod is not compared with main: [x](y)'],
    });
    const summary = checkSummary(report);
    expect(summary).toContain('compared with a&#60;b&#62;c\n');
    expect(summary).toContain('<details><summary>1 finding of the base gone</summary>');
    expect(summary).toContain('⚠️ go.mod is not tidy.');
    expect(summary).toContain('⚠️ b/go.mod is not compared with main&#58; &#91;x&#93;&#40;y&#41;');
  });

  test.each([
    [{ kind: 'loads', compared: 313 }, 'fits &#40;313 packages compared&#41;, no drift'],
    [{ kind: 'undecided', because: 'no manifest' }, 'undecided&#58; no manifest, no drift'],
    [{ kind: 'conflict' }, 'does not fit, no drift'],
    [
      {
        kind: 'failed',
        failure: { kind: 'surroundings', code: 'x', what: 'no docker', remedy: '', where: null },
      },
      'could not be checked&#58; no docker',
    ],
  ] as const)('says the outcome %j', (outcome, text) => {
    const report = sampleCheckReport([samplePlugin([sampleCheck('v3.0.0', [], { outcome })])]);
    expect(checkSummary(report)).toContain(text);
  });
});

describe('the text', () => {
  test("says the plugin's own modules in one line, and reasons once for all servers", () => {
    const own = Array.from({ length: 12 }, (_, index) =>
      sampleFinding({ level: 'note', kind: 'own-module', module: `example.com/m${String(index)}` }),
    );
    const checks = ['v3.0.0', 'v2.9.1'].map((server) =>
      sampleCheck(server, own, { mayHideMore: 'go.mod is not tidy.' }),
    );
    const text = checkText(sampleCheckReport([samplePlugin(checks)], { compatible: true }));
    expect(text).toContain('the plugin brings 12 modules that a server lacks: example.com/m0, ');
    expect(text).toContain('example.com/m9 and 2 more\n');
    expect(text.match(/not tidy/g)).toHaveLength(1);
    expect(text).toMatch(/\nFits: 1 plugin, 2 servers; 0 conflicts, 0 drifts\.$/);
  });
});
