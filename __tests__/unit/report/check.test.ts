import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseBuildFlags } from '../../../src/build/flags.js';
import type { CheckedPlugin, CheckReport } from '../../../src/report/check-report.js';
import { checkSummary } from '../../../src/report/check-summary.js';
import { checkText } from '../../../src/report/check-text.js';
import { fixCommand, type Fixing } from '../../../src/report/fix-commands.js';
import { mergedText, mergeFindings } from '../../../src/report/merge-findings.js';
import { cloneOfAction, commandLine, localTool } from '../../../src/report/tool.js';
import {
  sampleCheck,
  sampleCheckReport,
  sampleFinding,
  sampleFix,
  samplePlugin,
  sampleServer,
} from '../../support/check-report.js';
import { loads, serverVerdict } from '../../support/report.js';

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

  test('are as many as one server says of the same place', () => {
    const alike = {
      kind: 'does-not-load',
      level: 'conflict',
      module: null,
      plugin: null,
      server: null,
    } as const;
    const both = [sampleFinding({ ...alike, what: 'one' }), sampleFinding({ ...alike, what: 'two' })];
    const plugin = samplePlugin([sampleCheck('v3.0.0', both), sampleCheck('v2.9.1', both)]);
    expect(mergeFindings(plugin).map((merged) => [mergedText(merged), [...merged.byServer.keys()]])).toEqual([
      ['one', ['v3.0.0', 'v2.9.1']],
      ['two', ['v3.0.0', 'v2.9.1']],
    ]);
    expect(checkText(sampleCheckReport([plugin]), fixing)).toContain('conflict: plugin/go.mod:6: two');
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

const fixing: Fixing = {
  tool: { words: ['node', 'dist/cli.js'], setup: null },
  options: {
    base: '/home/me/plugins',
    flags: parseBuildFlags({ ldflags: '', buildFlags: '' }),
    serverApiUrl: 'https://api.github.com',
  },
};

describe('the command that is offered', () => {
  const drift = sampleFinding();
  const command = (
    versions: readonly (readonly [string, boolean])[],
    more: {
      readonly plugin?: Partial<CheckedPlugin>;
      readonly report?: Partial<CheckReport>;
      readonly options?: Partial<Fixing['options']>;
    } = {},
  ): string | null => {
    const checks = versions.map(([version, differs]) => sampleCheck(version, differs ? [drift] : []));
    const plugin = samplePlugin(checks, more.plugin);
    const report = sampleCheckReport([plugin], more.report);
    return fixCommand(plugin, report, { ...fixing, options: { ...fixing.options, ...more.options } });
  };
  const one = [['v3.0.0', true]] as const;

  test('is for the server that is named first, as `fix` is', () => {
    const both = [
      ['v2.10.0', true],
      ['v3.0.0', true],
    ] as const;
    expect(command(both)).toBe('node dist/cli.js cap -from v2.10.0 -to plugin');
    expect(command(both.toReversed())).toBe('node dist/cli.js cap -from v3.0.0 -to plugin');
  });

  test('is none where that one has no difference, and where `fix` has tried it', () => {
    const later = [
      ['v2.9.1', false],
      ['v3.0.0', true],
    ] as const;
    expect(command(later)).toBeNull();
    const fix = sampleFix({ kind: 'cannot' });
    expect(command(one, { report: { fixes: [fix] } })).toBeNull();
    expect(command(one, { report: { fixes: [{ ...fix, path: 'other' }] } })).not.toBeNull();
  });

  test('has what the check was asked for: the package, build tags, another API', () => {
    const flags = parseBuildFlags({ ldflags: '', buildFlags: '-tags=a,b\n-v' });
    const serverApiUrl = 'https://github.example.org/api/v3';
    expect(command(one, { plugin: { package: './cmd/my plugin' }, options: { flags, serverApiUrl } })).toBe(
      `node dist/cli.js cap -from v3.0.0 -to plugin --package './cmd/my plugin' --build-flags=-tags=a,b --server-api-url ${serverApiUrl}`,
    );
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
    expect(fixCommand(plugin, sampleCheckReport([plugin]), fixing) !== null).toBe(offered);
  });

  test('names a commit, or a binary as this folder has it, where the server is no release', () => {
    const commit = 'a'.repeat(40);
    const branch = sampleServer('gaaaaaaaaaaaa', { tag: null, commit });
    expect(command([['gaaaaaaaaaaaa', true]], { report: { servers: [branch] } })).toContain(
      `-from ${commit} `,
    );
    for (const [path, from] of [
      ['/opt/my gotify', "'/opt/my gotify'"],
      ['/home/me/plugins/gotify', './gotify'],
      ['/home/me/gotify', '../gotify'],
    ] as const) {
      const binary = sampleServer('v3.0.0', { tag: null, commit: null, source: { kind: 'binary', path } });
      expect(command(one, { report: { servers: [binary] } })).toContain(`-from ${from} `);
    }
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
  ])('is read by a shell as it is meant: %j', (path) => {
    const cap = command(one, { plugin: { path, package: `./${path}` } }) ?? '';
    const read = execFileSync(
      '/bin/sh',
      ['-c', `words() { printf '%s\\0' "$@"; }; ${cap.replace('node dist/cli.js', 'words')}`],
      { encoding: 'utf8' },
    );
    const folder = path.startsWith('-') ? `./${path}` : path;
    expect(read.split('\0').slice(0, -1)).toEqual([
      ...['cap', '-from', 'v3.0.0', '-to', folder],
      ...['--package', `./${path}`],
    ]);
  });
});

describe('the command line is started', () => {
  test.each([
    ['/home/me/build/dist/cli.js', '/home/me/build', 'dist/cli.js'],
    ['/home/me/build/dist/cli.js', '/home/me/plugin', '../build/dist/cli.js'],
    ['/opt/build/dist/cli.js', '/home/me/plugin', '/opt/build/dist/cli.js'],
  ])('%s in %s as %s', (file, base, path) => {
    expect(localTool(file, base)).toEqual({ words: ['node', path], setup: null });
  });

  const local = localTool('/runner/work/_actions/cli.js', '/runner/work/plugin');

  test.each(['v1', 'a'.repeat(40), 'releases/next'])('from a clone of the action at %s', (ref) => {
    const env = { GITHUB_ACTION_REPOSITORY: 'org/gotify-plugin-build', GITHUB_ACTION_REF: ref };
    expect(cloneOfAction(env, local)).toEqual({
      words: ['node', '../gotify-plugin-build/dist/cli.js'],
      setup: `git clone -q --filter=blob:none --no-checkout https://github.com/org/gotify-plugin-build ../gotify-plugin-build && git -C ../gotify-plugin-build checkout -q ${ref}`,
    });
    const there = { ...env, GITHUB_SERVER_URL: 'https://github.example.org' };
    expect(cloneOfAction(there, local).setup).toContain(
      ' https://github.example.org/org/gotify-plugin-build ',
    );
  });

  test.each([
    [{}],
    [{ GITHUB_ACTION_REPOSITORY: '', GITHUB_ACTION_REF: '' }],
    [{ GITHUB_ACTION_REPOSITORY: 'org/x' }],
    [{ GITHUB_ACTION_REPOSITORY: 'org/x', GITHUB_ACTION_REF: '--upload-pack=evil' }],
    [{ GITHUB_ACTION_REPOSITORY: '$(evil)', GITHUB_ACTION_REF: 'v1' }],
  ])('as in the job where the action is not known to be another repository: %j', (env) => {
    expect(cloneOfAction(env, local)).toBe(local);
  });

  test('from a clone at a tag, a branch or a commit, with git and Node alone', () => {
    const dir = mkdtempSync(join(tmpdir(), 'gotify clone '));
    try {
      const git = (...args: readonly string[]): string =>
        execFileSync('git', ['-c', 'user.name=me', '-c', 'user.email=me@example.org', ...args], {
          cwd: join(dir, 'org/tool'),
          encoding: 'utf8',
        }).trim();
      mkdirSync(join(dir, 'org/tool/dist'), { recursive: true });
      git('init', '-q', '-b', 'main');
      git('config', 'uploadpack.allowFilter', 'true');
      for (const [name, text] of Object.entries({ v1: 'one', next: 'two' })) {
        writeFileSync(join(dir, 'org/tool/dist/cli.js'), `console.log('${text}', process.argv[2])`);
        git('add', '.');
        git('commit', '-q', '-m', text);
        git(name === 'v1' ? 'tag' : 'branch', name);
      }
      const env = { GITHUB_ACTION_REPOSITORY: 'org/tool', GITHUB_SERVER_URL: `file://${dir}` };
      for (const ref of ['v1', 'next', git('rev-parse', 'v1')]) {
        const tool = cloneOfAction({ ...env, GITHUB_ACTION_REF: ref }, local);
        const cwd = join(dir, ref, 'plugin');
        mkdirSync(cwd, { recursive: true });
        const script = `${tool.setup ?? 'false'} && ${commandLine(tool, ['cap'])}`;
        const said = execFileSync('/bin/sh', ['-c', script], { cwd, encoding: 'utf8' });
        expect(said).toBe(`${ref === 'next' ? 'two' : 'one'} cap\n`);
      }
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('the summary', () => {
  test('has a limit of rows, and says how many more there are', () => {
    const findings = Array.from({ length: 350 }, (_, index) =>
      sampleFinding({ module: `example.com/m${String(index)}`, level: index < 60 ? 'conflict' : 'drift' }),
    );
    const summary = checkSummary(
      sampleCheckReport([samplePlugin([sampleCheck('v3.0.0', findings)])]),
      fixing,
    );
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
    const summary = checkSummary(sampleCheckReport([samplePlugin(checks)]), fixing);
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
    const summary = checkSummary(sampleCheckReport(plugins, { compatible: false }), fixing);
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
    const summary = checkSummary(report, fixing);
    expect(summary).toContain('compared with a&#60;b&#62;c\n');
    expect(summary).toContain('<details><summary>1 finding of the base gone</summary>');
    expect(summary).toContain('⚠️ go.mod is not tidy.');
    expect(summary).toContain('⚠️ b/go.mod is not compared with main&#58; &#91;x&#93;&#40;y&#41;');
  });

  test.each([
    [
      { kind: 'loads', compared: 313, verdict: serverVerdict() },
      'fits &#40;313 packages compared with the server&#39;s release&#41;, no drift',
    ],
    [
      { kind: 'undecided', because: 'no manifest', verdict: serverVerdict() },
      'undecided&#58; no manifest, no drift',
    ],
    [{ kind: 'conflict', verdict: null }, 'does not fit, no drift'],
    [
      {
        kind: 'failed',
        failure: { kind: 'surroundings', code: 'x', what: 'no docker', remedy: '', where: null },
      },
      'could not be checked&#58; no docker',
    ],
  ] as const)('says the outcome %j', (outcome, text) => {
    const report = sampleCheckReport([samplePlugin([sampleCheck('v3.0.0', [], { outcome })])]);
    expect(checkSummary(report, fixing)).toContain(text);
  });
});

test('what the comparison warns of and notes is said once, in the text and in the summary', () => {
  const warnings = ['it needs libfoo.so.1, which the server does not load'];
  const notes = ["the server's release was not used: <b>"];
  const checks = ['v3.0.0', 'v2.9.1'].map((server) =>
    sampleCheck(server, [], {
      outcome: {
        kind: 'loads',
        compared: 313,
        verdict: serverVerdict({
          server,
          verdict: { ...loads, warnings, notes },
          comparedWith: { kind: 'catalog' },
        }),
      },
    }),
  );
  const report = sampleCheckReport([samplePlugin(checks)], { compatible: true });
  const text = checkText(report, fixing);
  expect(text).toContain("fits (313 packages compared with the catalog's manifest of the server), no drift");
  expect(text.split('\n').filter((line) => line.startsWith('  warning: '))).toEqual([
    `  warning: ${String(warnings[0])}`,
  ]);
  expect(text.split('\n').filter((line) => line.startsWith('  note: '))).toEqual([
    `  note: ${String(notes[0])}`,
  ]);
  const summary = checkSummary(report, fixing);
  expect(summary.match(/^⚠️ it needs libfoo/gm)).toHaveLength(1);
  expect(summary).toContain('<details><summary>1 note</summary>');
  expect(summary).toContain('was not used&#58; &#60;b&#62;');
});

describe('the text', () => {
  test("says the plugin's own modules in one line, and reasons once for all servers", () => {
    const own = Array.from({ length: 12 }, (_, index) =>
      sampleFinding({ level: 'note', kind: 'own-module', module: `example.com/m${String(index)}` }),
    );
    const checks = ['v3.0.0', 'v2.9.1'].map((server) =>
      sampleCheck(server, own, { mayHideMore: 'go.mod is not tidy.' }),
    );
    const text = checkText(sampleCheckReport([samplePlugin(checks)], { compatible: true }), fixing);
    expect(text).toContain('the plugin brings 12 modules that a server lacks: example.com/m0, ');
    expect(text).toContain('example.com/m9 and 2 more\n');
    expect(text.match(/not tidy/g)).toHaveLength(1);
    expect(text).toMatch(/\nFits: 1 plugin, 2 servers; 0 conflicts, 0 drifts\.$/);
  });
});
