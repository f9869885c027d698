import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import semver from 'semver';
import '../../support/build-timeout.js';
import type { Check, CheckReport } from '../../../src/report/check-report.js';
import { startGitHub } from '../../support/github-double.js';
import { expectedFindings, row } from '../../support/host/check-oracle.js';
import { checkFor, checkPlugin } from '../../support/host/check-run.js';
import { writeFiles } from '../../support/host/go-project.js';
import { catalogServer } from '../../support/host/server.js';

// What a change did, with the real git and the real Go: most modules that differ are named by no go.mod.

const server = 'v3.0.0';

let base = '';
afterEach(() => rmSync(base, { recursive: true }));

/** A repository with one commit for each set of files. */
function repositoryOf(...commits: readonly Readonly<Record<string, string>>[]): void {
  base = mkdtempSync(join(tmpdir(), 'gotify baseline '));
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=me', '-c', 'user.email=me@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: base, stdio: 'ignore' });
  };
  git('init');
  for (const [index, files] of commits.entries()) {
    writeFiles(base, files);
    git('add', '.');
    git('commit', '-m', String(index));
  }
}

const goModWith = (gin: string): string => `module example.org/plugins/baseline

go 1.19

require (
	github.com/gin-gonic/gin ${gin}
	github.com/gotify/plugin-api v1.0.0
)
`;

const pluginWith = (name: string, imported: string): string => `package main

import (
	"github.com/gotify/plugin-api"
	_ "${imported}"
)

// GetGotifyPluginInfo says what this plugin is.
func GetGotifyPluginInfo() plugin.Info {
	return plugin.Info{ModulePath: "example.org/plugins/baseline", Name: "${name}"}
}

type instance struct{}

func (instance) Enable() error  { return nil }
func (instance) Disable() error { return nil }

// NewGotifyPluginInstance makes the plugin of one user.
func NewGotifyPluginInstance(plugin.UserContext) plugin.Plugin { return instance{} }

func main() {}
`;

const ginPlugin = { 'plugin.go': pluginWith('gin', 'github.com/gin-gonic/gin') };
const ginOnly = 'package main\n\nimport _ "github.com/gin-gonic/gin"\n';
const older = { ...ginPlugin, 'go.mod': goModWith('v1.9.1') };
const newer = { ...ginPlugin, 'go.mod': goModWith('v1.12.0') };

test('the same go.mod: nothing is new, and strict does not fail', async () => {
  repositoryOf(older, { 'plugin.go': pluginWith('renamed', 'github.com/gin-gonic/gin') });

  const report = await checkPlugin({ base, servers: [server], baseRef: 'HEAD~1', strict: true });

  const { findings, fixed } = checkFor(report, server);
  expect(findings.length).toBeGreaterThan(10);
  expect(findings.filter(({ since }) => since !== 'old')).toEqual([]);
  expect(fixed).toEqual([]);
  expect(report).toMatchObject({ base: 'HEAD~1', exitCode: 0, compatible: true });
});

test.each([
  { name: 'a requirement that goes away from the server', commits: [newer, older], has: ['new', 'worse'] },
  { name: 'a requirement that comes nearer', commits: [older, newer], has: ['fixed', 'old'] },
] as const)('$name: what it does to the modules that it brings in', async ({ commits, has }) => {
  repositoryOf(...commits);

  const report = await checkPlugin({ base, servers: [server], baseRef: 'HEAD~1', strict: true });

  const head = await goSays(commits[1]);
  const before = await goSays(commits[0]);
  const expected = sinceOf(head, before);
  expect(sinceRows(checkFor(report, server))).toEqual(expected);
  const kinds = new Set(
    expected.filter((text) => text.includes(' version ')).map((text) => text.split(' ')[0]),
  );
  expect([...kinds]).toEqual(expect.arrayContaining([...has]));
  expect(report).toMatchObject(answerOf(kinds));
});

function answerOf(kinds: ReadonlySet<string | undefined>): Partial<CheckReport> {
  return { compatible: true, exitCode: kinds.has('new') || kinds.has('worse') ? 1 : 0 };
}

/** The findings that Go gives reason for, of those files. */
async function goSays(files: Readonly<Record<string, string>>, tag = server): Promise<readonly string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'gotify baseline '));
  try {
    writeFiles(dir, files);
    return (await expectedFindings({ base: dir }, tag)).findings;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** `new`, `worse`, `old` or `fixed` before each finding, sorted. */
function sinceOf(head: readonly string[], before: readonly string[]): readonly string[] {
  const same = (a: string, b: string): boolean => subject(a) === subject(b);
  const fixed = before.filter((text) => !head.some((other) => same(text, other)));
  return [
    ...head.map(
      (text) =>
        `${since(
          text,
          before.find((other) => same(text, other)),
        )} ${text}`,
    ),
    ...fixed.map((text) => `fixed ${text}`),
  ].sort();
}

function subject(text: string): string {
  return text.split(' ').slice(0, 3).join(' ');
}

function since(head: string, before: string | undefined): 'new' | 'worse' | 'old' {
  if (before === undefined) return 'new';
  const [now = '', then = '', theirs = ''] = [head.split(' ')[3], before.split(' ')[3], head.split(' ')[5]];
  if (now === then || theirs === '-') return 'old';
  // All of them are older than the server's, so that the order alone decides.
  expect([semver.lt(now, theirs), semver.lt(then, theirs)]).toEqual([true, true]);
  return semver.lt(now, then) ? 'worse' : 'old';
}

function sinceRows({ findings, fixed }: Check): readonly string[] {
  return [...findings, ...fixed.map((finding) => ({ ...finding, since: 'fixed' }))]
    .map((finding) => {
      const { level, kind, module, plugin, server: theirs } = finding;
      return `${finding.since ?? 'none'} ${row(`${level} ${kind}`, module, plugin, theirs)}`;
    })
    .sort();
}

test('a folder that takes the place of another: each is listed by itself', async () => {
  // Both need a newer Go, so that copies of them are listed.
  const lib = 'package lib\n';
  const goMod = (folder: string): string =>
    `module example.org/plugins/baseline\n\ngo 1.19\n\nrequire github.com/gotify/plugin-api v1.0.0\nrequire example.org/lib v0.0.0\n\nreplace example.org/lib => ../${folder}\n`;
  const files = {
    'plugin/plugin.go': pluginWith('lib', 'example.org/lib'),
    'new/go.mod': 'module example.org/lib\n\ngo 1.99.0\n\nrequire golang.org/x/time v0.5.0\n',
    'new/lib.go': lib,
    'new/more.go': 'package lib\n\nimport _ "golang.org/x/time/rate"\n',
    'old/go.mod': 'module example.org/lib\n\ngo 1.99.0\n',
    'old/lib.go': lib,
  };
  repositoryOf({ ...files, 'plugin/go.mod': goMod('old') }, { 'plugin/go.mod': goMod('new') });

  const report = await checkPlugin({ base, path: 'plugin', servers: [server], baseRef: 'HEAD~1' });

  const { findings } = checkFor(report, server);
  const found = findings.find(({ module }) => module === 'golang.org/x/time');
  expect(found).toMatchObject({ kind: 'own-module', plugin: 'v0.5.0', since: 'new' });
  expect(findings.filter(({ since }) => since !== 'old')).toEqual([found]);
});

test('a folder beside the repository is no part of the change, and the base is listed with it', async () => {
  const lib = {
    'go.mod': 'module example.org/lib\n\ngo 1.19\n\nrequire golang.org/x/time v0.5.0\n',
    'lib.go': 'package lib\n\nimport _ "golang.org/x/time/rate"\n',
  };
  const goMod = (gin: string): string =>
    `${goModWith(gin)}require example.org/lib v0.0.0\n\nreplace example.org/lib => ../lib\n`;
  const plugin = { 'plugin.go': pluginWith('lib', 'example.org/lib'), 'gin.go': ginOnly };
  repositoryOf({ ...plugin, 'go.mod': goMod('v1.12.0') }, { ...plugin, 'go.mod': goMod('v1.9.1') });
  const outer = mkdtempSync(join(tmpdir(), 'gotify beside '));
  try {
    renameSync(base, join(outer, 'plugin'));
    writeFiles(join(outer, 'lib'), lib);

    const report = await checkPlugin({
      base: outer,
      path: 'plugin',
      servers: [server],
      baseRef: 'HEAD~1',
    });

    const { findings } = checkFor(report, server);
    const time = findings.find(({ module }) => module === 'golang.org/x/time');
    expect(time).toMatchObject({ kind: 'own-module', since: 'old' });
    expect(findings.map(({ kind }) => kind)).not.toContain('not-listed');
    expect(findings.find(({ module }) => module === 'github.com/gin-gonic/gin')).toMatchObject({
      kind: 'version',
      since: 'new',
    });
    expect(report.warnings).toEqual([]);
  } finally {
    mkdirSync(base);
    rmSync(outer, { recursive: true });
  }
});

test('what the base was made of may be gone: then it is not compared, and all the rest is said', async () => {
  const gone = `${goModWith('v1.9.1')}require github.com/tidwall/gjson v1.3.1\n`;
  const before = {
    ...older,
    'more.go': 'package main\n\nimport _ "github.com/tidwall/gjson"\n',
    'go.mod': gone,
  };
  repositoryOf(before, { ...older, 'more.go': 'package main\n' });
  // The modules of the plugin as it is are there then.
  await checkPlugin({ base, servers: [server] });

  const env = { ...process.env, GOPROXY: 'http://127.0.0.1:9' };
  const report = await checkPlugin({ base, servers: [server], baseRef: 'HEAD~1', strict: true, env });

  expect(report).toMatchObject({
    compatible: true,
    exitCode: 1,
    warnings: [
      expect.stringMatching(
        /^go\.mod is not compared with the base for gotify v3\.0\.0: .*github\.com\/tidwall\/gjson/,
      ),
    ],
  });
  const { findings, fixed, outcome } = checkFor(report, server);
  expect(findings.length).toBeGreaterThan(10);
  expect(new Set(findings.map(({ since }) => since))).toEqual(new Set([null]));
  expect({ fixed, kind: outcome.kind }).toEqual({ fixed: [], kind: 'loads' });
});

test('a base that cannot be listed says nothing of what go.mod does not name: nothing is compared', async () => {
  repositoryOf({ 'go.mod': older['go.mod'], 'main.go': older['plugin.go'] });
  mkdirSync(join(base, 'cmd/plugin'), { recursive: true });
  renameSync(join(base, 'main.go'), join(base, 'cmd/plugin/main.go'));

  const report = await checkPlugin({ base, package: './cmd/plugin', servers: [server], baseRef: 'HEAD' });

  const { findings, fixed, outcome } = checkFor(report, server);
  expect(findings.length).toBeGreaterThan(10);
  expect(new Set(findings.map(({ since }) => since))).toEqual(new Set([null]));
  expect({ fixed, kind: outcome.kind }).toEqual({ fixed: [], kind: 'loads' });
  expect(report.warnings).toEqual([
    expect.stringMatching(/^go\.mod is not compared with the base for gotify v3\.0\.0: .*\.\/cmd\/plugin/),
  ]);
  expect(report.warnings[0]).not.toMatch(/run-|dist-plugins|gotify baseline /);
});

test('a change that cannot be listed is compared by its lines, and makes nothing go away', async () => {
  repositoryOf(older, { 'more.go': 'package main\n\nimport _ "example.org/plugins/baseline/nowhere"\n' });

  const report = await checkPlugin({ base, servers: [server], baseRef: 'HEAD~1' });

  const { findings, fixed, outcome } = checkFor(report, server);
  expect(outcome.kind).toBe('conflict');
  expect(findings.find(({ module }) => module === 'github.com/gin-gonic/gin')).toMatchObject({
    since: 'old',
  });
  expect(fixed).toEqual([]);
});

describe('a change that adds imports', () => {
  const tag = 'v2.9.1';
  const more = {
    'more.go':
      'package main\n\nimport (\n\t_ "github.com/tidwall/gjson"\n\t_ "golang.org/x/net/websocket"\n)\n',
  };
  const newer = 'golang.org/x/net v0.55.0\n\tgithub.com/tidwall/gjson v1.18.0';
  type Files = Readonly<Record<string, string>>;

  /** The files with the go.mod and go.sum that `go mod tidy` makes of this one. */
  const tidied = (goMod: string, code: Files): Files => {
    const dir = mkdtempSync(join(tmpdir(), 'gotify baseline '));
    try {
      writeFiles(dir, { 'go.mod': goMod, ...code });
      execFileSync('go', ['mod', 'tidy'], { cwd: dir, stdio: 'ignore' });
      const text = (name: string): string => readFileSync(join(dir, name), 'utf8');
      return { ...code, 'go.mod': text('go.mod'), 'go.sum': text('go.sum') };
    } finally {
      rmSync(dir, { recursive: true });
    }
  };

  /** A plugin whose go.mod is tidy and has the server's versions. */
  const fitting = async (): Promise<Files> => {
    const { goMod } = await catalogServer(tag);
    return tidied(goMod.replace(/^module .*$/m, 'module example.org/plugins/baseline'), ginPlugin);
  };
  const withNewer = ({ 'go.mod': goMod = '' }: Files): string =>
    goMod.replace(/golang\.org\/x\/net v0\.48\.0.*/, newer);

  const cases: readonly (readonly [
    name: string,
    change: (first: Files) => readonly [before: Files, after: Files],
    exitCode: number,
  ])[] = [
    [
      'with its requirements, one of which raises a module',
      (first) => [first, tidied(withNewer(first), { ...ginPlugin, ...more })],
      1,
    ],
    // Go then takes the newest that there is.
    ['and leaves go.mod as it was', (first) => [first, { ...first, ...more }], 0],
    [
      'that go.mod has required for nothing until now',
      (first) => {
        const loose = { ...first, 'go.mod': withNewer(first) };
        return [loose, { ...loose, ...more }];
      },
      0,
    ],
  ];

  test.each(
    cases.flatMap(([name, change, exitCode]) =>
      (['git', 'the API'] as const).map((by) => [name, by, change, exitCode] as const),
    ),
  )('%s: what it brings is new, where %s has the base', async (...[, by, change, exitCode]) => {
    const [before, after] = change(await fitting());
    expect(before['go.mod']).toContain('golang.org/x/net v0.');
    const sha = 'ba5e'.repeat(10);
    const github = await startGitHub({ repositories: { 'owner/plugin': { commits: { [sha]: before } } } });
    try {
      if (by === 'git') repositoryOf(before, after);
      else {
        base = mkdtempSync(join(tmpdir(), 'gotify baseline '));
        writeFiles(base, after);
      }
      const baseRef = by === 'git' ? 'HEAD~1' : sha;
      const report = await checkPlugin({ base, servers: [tag], baseRef, strict: true, api: github.url });

      const check = checkFor(report, tag);
      const expected = sinceOf(await goSays(after, tag), await goSays(before, tag));
      expect(sinceRows(check)).toEqual(expected);
      const own = check.findings.find(({ module }) => module === 'github.com/tidwall/gjson');
      expect(own).toMatchObject({ kind: 'own-module', since: 'new' });
      const drifts = check.findings.filter(({ level }) => level === 'drift');
      if (exitCode === 1) {
        expect(drifts).toContainEqual(
          expect.objectContaining({ module: 'golang.org/x/net', plugin: 'v0.55.0', since: 'new' }),
        );
      }
      expect(drifts.filter(({ since }) => since !== 'old').length > 0).toBe(exitCode === 1);
      expect(report).toMatchObject({ warnings: [], compatible: true, exitCode });
      expect(github.requests.map(({ path }) => path.split('/').at(by === 'git' ? 0 : 4))).toEqual(
        by === 'git' ? [] : ['commits', 'tarball', sha],
      );
    } finally {
      await github.close();
    }
  });
});
