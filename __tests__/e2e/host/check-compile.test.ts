import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { lineFindings } from '../../../src/check/lines.js';
import { whereText, type Where } from '../../../src/errors.js';
import type { CheckFinding, CheckReport } from '../../../src/report/check-report.js';
import { expectedFindings, row, type OraclePlugin } from '../../support/host/check-oracle.js';
import { checkFor, checkPlugin, copyOfFixture } from '../../support/host/check-run.js';
import { writeFiles } from '../../support/host/go-project.js';
import { ownProxyEnv } from '../../support/host/plugin-run.js';
import { catalogServer } from '../../support/host/server.js';

const servers = ['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'] as const;
type Server = (typeof servers)[number];
const outer = ['v2.6.3', 'v3.0.0'] as const;

interface Case extends Omit<OraclePlugin, 'base' | 'env'> {
  readonly name: string;
  readonly folder: string;
  readonly ownProxy?: true;
  /** All of them unless given: some only show what the plugin's own files are like. */
  readonly against?: readonly Server[];
  /** Texts to write over the fixture's, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where it does not build: the finding's code, and its place as `file:line:column`. */
  readonly conflicts?: { readonly [server in Server]?: readonly [code: string, place: string] };
}

const cookies = ['pinned-module-conflict', 'plugin.go:24:4'] as const;
const newerGo = ['dependency-needs-newer-go', 'go.mod:6'] as const;
const imports = ['imports-server', 'go.mod:6'] as const;

/** As the fixture no-indirect-lines has it, with lines of more sorts. */
const goMod = (more = ''): string => `module example.org/plugins/no-indirect-lines

go 1.24.0
${more}
require (
	github.com/gin-gonic/gin v1.9.1 // the router
	github.com/gotify/plugin-api v1.0.0
	golang.org/x/time v0.5.0
)
`;

const cases: readonly Case[] = [
  { name: 'a go.mod that names plugin-api alone', folder: 'minimal' },
  { name: 'an old go.mod without indirect lines', folder: 'no-indirect-lines' },
  { name: "a tidy go.mod with one server's versions", folder: 'fits-v2.6.3' },
  {
    name: 'an API that only newer servers have',
    folder: 'pinned-module-conflict',
    conflicts: { 'v2.6.3': cookies },
  },
  { name: "modules that need a newer Go than a server's, which the pin sets back", folder: 'newer-modules' },
  { name: 'requirements and a replace that supply no package', folder: 'unused-requires' },
  { name: "a replace of a server's module that does no harm", folder: 'replace-of-server-module' },
  {
    name: "a replace of a server's module that the plugin needs",
    folder: 'replace-conflict',
    conflicts: { 'v2.6.3': cookies },
  },
  {
    name: 'a replace of a version that is not picked, and one of an own module',
    folder: 'replace-not-in-use',
    ownProxy: true,
  },
  { name: 'excluded versions of servers', folder: 'exclude-server-version' },
  { name: 'a go line that is too new', folder: 'newer-go-line', tooNew: true, against: outer },
  {
    name: 'a dependency that needs a newer Go',
    folder: 'dependency-needs-newer-go',
    conflicts: { 'v2.6.3': newerGo, 'v2.7.3': newerGo },
  },
  {
    name: "an import of the server's own module",
    folder: 'imports-server',
    conflicts: { 'v2.6.3': imports, 'v2.7.3': imports, 'v2.9.1': imports, 'v3.0.0': imports },
  },
  {
    name: 'a dependency that does not compile with an older module',
    folder: 'dependency-conflict',
    ownProxy: true,
    conflicts: { 'v2.6.3': ['dependency-conflict', 'go.mod:6'] },
  },
  { name: 'a folder in place of a module', folder: 'local-replace', path: 'plugin', against: outer },
  { name: 'a package below the root', folder: 'package-below-root', package: './cmd/plugin', against: outer },
  {
    name: 'lines that end in CRLF',
    folder: 'no-indirect-lines',
    files: { 'go.mod': goMod().replaceAll('\n', '\r\n') },
  },
  {
    name: 'a tool, whose modules are none of the plugin',
    folder: 'no-indirect-lines',
    files: { 'go.mod': goMod('\ntool github.com/gotify/plugin-api/cmd/gomod-cap\n') },
  },
  {
    name: 'godebug lines',
    folder: 'no-indirect-lines',
    files: { 'go.mod': goMod('\ngodebug default=go1.23\n\ngodebug (\n\tpanicnil=1\n)\n') },
  },
  {
    name: 'retracted versions',
    folder: 'no-indirect-lines',
    files: { 'go.mod': goMod('\nretract v1.0.0 // by mistake\n\nretract (\n\t[v1.1.0, v1.1.9]\n)\n') },
  },
  {
    name: "a module path of the server's",
    folder: 'no-indirect-lines',
    files: {
      'go.mod': goMod().replace('example.org/plugins/no-indirect-lines', 'github.com/gotify/location'),
    },
  },
];

const made: string[] = [];
afterEach(async () => {
  for (const base of made.splice(0)) await rm(dirname(base), { recursive: true });
});

async function repositoryOf(
  folder: string,
  { path = '.', files = {} }: Pick<Case, 'path' | 'files'> = {},
): Promise<string> {
  const base = await copyOfFixture(folder);
  made.push(base);
  writeFiles(join(base, path), files);
  return base;
}

/** Modules that Go finds another version of, and the lines of go.mod say nothing about, by whether they warn of that. */
const unsaid = { warned: 0, silent: 0 };

describe('finds what Go itself says of', () => {
  test.each(cases)('$name', async ({ folder, ownProxy, files = {}, against = servers, ...more }) => {
    const { conflicts = {}, ...plugin } = more;
    const base = await repositoryOf(folder, { ...plugin, files });
    const env = ownProxy === true ? await ownProxyEnv() : process.env;
    const report = await checkPlugin({ base, servers: against, env, ...plugin });
    const text = await readFile(join(base, plugin.path ?? '.', 'go.mod'), 'utf8');

    let rejections = 0;
    for (const server of against) {
      const { findings, outcome } = checkFor(report, server);
      const expected = await expectedFindings({ base, env, ...plugin }, server);
      expect({ server, findings: rowsOf(findings) }).toEqual({ server, findings: expected.findings });
      expect(misplaced(findings, text.split(/\r?\n/))).toEqual([]);
      expect(notBuilt(findings)).toEqual(conflicts[server] ?? []);
      const isRejected = expected.rejected.length > 0;
      expect(outcome.kind).toBe(expected.refused === null && !isRejected ? 'loads' : 'conflict');
      if (outcome.kind === 'loads') expect(outcome.compared).toBeGreaterThan(100);
      else if (!isRejected) expect(expected.refused).toContain(blamed(conflicts[server], text.split('\n')));
      rejections += expected.rejected.length;
      await expectWarnedOf(expected.findings, join(base, plugin.path ?? '.'), server);
    }
    expect(report).toMatchObject(answerOf(Object.keys(conflicts).length + rejections));
  });

  test('and where the lines of go.mod do not say it, they say that more may differ', () => {
    expect(unsaid.warned).toBeGreaterThan(10);
    expect(unsaid.silent).toBe(0);
  });
});

/** What a check of lines says of the same plugin must not look like all where Go finds more. */
async function expectWarnedOf(rows: readonly string[], dir: string, tag: string): Promise<void> {
  const server = await catalogServer(tag);
  const goMod = await readFile(join(dir, 'go.mod'), 'utf8');
  const sum = existsSync(join(dir, 'go.sum')) ? {} : ({ withoutSum: true } as const);
  const lines = lineFindings({ goMod, file: 'go.mod', server, dependencies: 'pin', ...sum });
  const said = new Set(lines.findings.map(({ module }) => module));
  const differing = rows.filter((text) => /^(?:drift|conflict) (?:version|replaced) /.test(text));
  const more = differing.filter((text) => !said.has(text.split(' ')[2] ?? ''));
  if (more.length === 0) return;
  if (lines.mayHideMore === null) unsaid.silent += 1;
  else unsaid.warned += 1;
}

/** Kept versions meet the older Go, and capped ones the newer modules. */
const others = [
  ['keep', 'v2.6.3'],
  ['cap', 'v3.0.0'],
] as const;

describe.each(others)('with dependencies: %s, for %s, it finds what Go itself says of', (rule, server) => {
  test.each(cases)('$name', async ({ folder, ownProxy, files = {}, ...plugin }) => {
    const base = await repositoryOf(folder, { ...plugin, files });
    const env = ownProxy === true ? await ownProxyEnv() : process.env;
    const report = await checkPlugin({ base, servers: [server], env, dependencies: rule, ...plugin });
    const goMod = (await readFile(join(base, plugin.path ?? '.', 'go.mod'), 'utf8')).split(/\r?\n/);

    const { findings, outcome } = checkFor(report, server);
    const expected = await expectedFindings({ base, env, ...plugin }, server, rule);
    // That packages differ because others do, Go alone does not tell.
    const follows = findings.filter(({ code }) => code === 'rejected-follows');
    const found = findings.filter((finding) => !follows.includes(finding));
    expect(rowsOf(found)).toEqual(expected.findings);
    expect(misplaced(found, goMod)).toEqual([]);
    if (follows.length > 0) expect(expected.rejected).not.toEqual([]);
    const isConflict = expected.refused !== null || expected.rejected.length > 0;
    expect(outcome.kind).toBe(isConflict ? 'conflict' : 'loads');
    // What only follows from the others stands behind them.
    const conflicts = findings.filter(({ level }) => level === 'conflict');
    expect(conflicts.slice(conflicts.length - follows.length)).toEqual(follows);
  });
});

describe('with versions that are not the servers it says so of', () => {
  test('a replace, which is then a conflict', async () => {
    const base = await repositoryOf('replace-of-server-module');
    const report = await checkPlugin({ base, servers: ['v3.0.0'], dependencies: 'keep' });

    const replaced = { kind: 'replaced', plugin: 'v1.9.0', where: { line: 8 } };
    const conflicts = checkFor(report, 'v3.0.0').findings.filter(({ level }) => level === 'conflict');
    expect(conflicts).toContainEqual(
      expect.objectContaining({ ...replaced, where: expect.objectContaining(replaced.where) }),
    );
    expect(conflicts.map(({ kind, module }) => [kind, module])).toContainEqual([
      'does-not-load',
      'github.com/gin-gonic/gin',
    ]);
  });

  test('a go line that this Go refuses', async () => {
    const base = await repositoryOf('newer-go-line');
    const report = await checkPlugin({ base, servers: ['v3.0.0'], dependencies: 'keep' });

    const conflicts = checkFor(report, 'v3.0.0').findings.filter(({ level }) => level === 'conflict');
    expect(conflicts.map(({ code, where }) => [code, placeOf(where)])).toEqual([
      ['plugin-needs-newer-go', 'go.mod:3'],
      ['go', 'go.mod:3'],
    ]);
  });
});

function answerOf(conflicts: number): Partial<CheckReport> {
  return conflicts === 0 ? { compatible: true, exitCode: 0 } : { compatible: false, exitCode: 1 };
}

function rowsOf(findings: readonly CheckFinding[]): readonly string[] {
  return findings
    .map(({ level, kind, module, plugin, server }) => row(`${level} ${kind}`, module, plugin, server))
    .sort();
}

/** Findings about a module at a line that does not name it, though another does, or at no line. */
function misplaced(findings: readonly CheckFinding[], goMod: readonly string[]): readonly CheckFinding[] {
  return findings.filter(({ module, where }) => {
    if (module === null) return false;
    const line = where?.kind === 'file' ? goMod[(where.line ?? 0) - 1] : undefined;
    if (line === undefined) return true;
    const names = (text: string): boolean => text.split(/\s/).includes(module);
    return !names(line) && goMod.some(names);
  });
}

function notBuilt(findings: readonly CheckFinding[]): readonly string[] {
  return findings
    .filter(({ kind }) => kind === 'does-not-build')
    .flatMap(({ code, where }) => [code, placeOf(where)]);
}

function placeOf(where: Where | null): string {
  return where === null ? 'nowhere' : whereText(where);
}

/** What Go's own message must name: the place in the source, or the module that the line of go.mod requires. */
function blamed(
  conflict: readonly [code: string, place: string] | undefined,
  goMod: readonly string[],
): string {
  const place = conflict?.[1] ?? 'no conflict';
  const line = /^go\.mod:(\d+)$/.exec(place)?.[1];
  return line === undefined ? place : (goMod[Number(line) - 1]?.split(' ')[1] ?? place);
}
