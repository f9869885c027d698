import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import '../../support/build-timeout.js';
import { whereText, type Where } from '../../../src/errors.js';
import type { CheckFinding, CheckReport } from '../../../src/report/check-report.js';
import {
  expectedFindings,
  expectedRejections,
  row,
  type OraclePlugin,
} from '../../support/host/check-oracle.js';
import { checkFor, checkPlugin, copyOfFixture } from '../../support/host/check-run.js';
import { ownProxyEnv } from '../../support/host/plugin-run.js';

const servers = ['v2.6.3', 'v2.7.3', 'v2.9.1', 'v3.0.0'] as const;
type Server = (typeof servers)[number];
const outer = ['v2.6.3', 'v3.0.0'] as const;

interface Case extends Omit<OraclePlugin, 'base' | 'env'> {
  readonly name: string;
  readonly folder: string;
  readonly ownProxy?: true;
  /** All of them unless given: some only show what the plugin's own files are like. */
  readonly against?: readonly Server[];
  /** Where it does not build: the finding's code, and its place as `file:line:column`. */
  readonly conflicts?: { readonly [server in Server]?: readonly [code: string, place: string] };
}

const cookies = ['pinned-module-conflict', 'plugin.go:24:4'] as const;
const newerGo = ['dependency-needs-newer-go', 'go.mod:6'] as const;
const imports = ['imports-server', 'go.mod:6'] as const;

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
];

const made: string[] = [];
afterEach(async () => {
  for (const base of made.splice(0)) await rm(dirname(base), { recursive: true });
});

async function repositoryOf(folder: string): Promise<string> {
  const base = await copyOfFixture(folder);
  made.push(base);
  return base;
}

describe('finds what Go itself says of', () => {
  test.each(cases)('$name', async ({ folder, ownProxy, against = servers, conflicts = {}, ...plugin }) => {
    const base = await repositoryOf(folder);
    const env = ownProxy === true ? await ownProxyEnv() : process.env;
    const report = await checkPlugin({ base, servers: against, env, ...plugin });
    const goMod = await goModOf(base, plugin.path);

    for (const server of against) {
      const { findings, outcome } = checkFor(report, server);
      const expected = await expectedFindings({ base, env, ...plugin }, server);
      expect({ server, findings: rowsOf(findings) }).toEqual({ server, findings: expected.findings });
      expect(misplaced(findings, goMod)).toEqual([]);
      expect(notBuilt(findings)).toEqual(conflicts[server] ?? []);
      expect(outcome.kind).toBe(expected.refused === null ? 'loads' : 'conflict');
      if (outcome.kind === 'loads') expect(outcome.compared).toBeGreaterThan(100);
      else expect(expected.refused).toContain(blamed(conflicts[server], goMod));
    }
    expect(report).toMatchObject(answerOf(Object.keys(conflicts).length));
  });
});

describe('with versions that are not the servers it says which of them will not load, for', () => {
  test.each([
    { folder: 'minimal', dependencies: 'keep', server: 'v2.6.3' },
    { folder: 'fits-v2.6.3', dependencies: 'keep', server: 'v2.6.3' },
    { folder: 'fits-v2.6.3', dependencies: 'keep', server: 'v3.0.0' },
    { folder: 'no-indirect-lines', dependencies: 'cap', server: 'v3.0.0' },
    { folder: 'fits-v2.6.3', dependencies: 'cap', server: 'v3.0.0' },
  ] as const)('$folder, $dependencies, $server', async ({ folder, dependencies, server }) => {
    const base = await repositoryOf(folder);
    const report = await checkPlugin({ base, servers: [server], dependencies });

    const { findings } = checkFor(report, server);
    const rejected = findings.filter(({ code }) => code === 'rejected-dependency');
    const expected = await expectedRejections({ base }, server, dependencies);
    expect(rowsOf(rejected)).toEqual(expected);
    expect(misplaced(rejected, await goModOf(base))).toEqual([]);
    expect(report).toMatchObject(answerOf(expected.length));
    // What only follows from the others stands behind them.
    const conflicts = findings.filter(({ level }) => level === 'conflict');
    expect(conflicts.slice(0, rejected.length)).toEqual(rejected);
  });

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

async function goModOf(base: string, path = '.'): Promise<readonly string[]> {
  return (await readFile(join(base, path, 'go.mod'), 'utf8')).split('\n');
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
