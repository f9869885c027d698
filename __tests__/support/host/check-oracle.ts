import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { sharedCacheDir } from './cache.js';
import { catalogManifest, catalogServer } from './server.js';

// What a check has to find, worked out with the go command alone: our code reads no go.mod here, and compares no versions.

const ModuleVersion = v.object({ Path: v.string(), Version: v.optional(v.string()) });
const Required = v.object({ Path: v.string(), Version: v.string() });
const GoMod = v.object({
  Module: v.object({ Path: v.string() }),
  Go: v.string(),
  Require: v.nullish(v.array(Required), []),
  Exclude: v.nullish(v.array(Required), []),
  Replace: v.nullish(v.array(v.object({ Old: ModuleVersion, New: ModuleVersion })), []),
});
const Package = v.object({
  ImportPath: v.string(),
  Module: v.optional(
    v.object({ ...ModuleVersion.entries, Main: v.optional(v.boolean()), Replace: v.optional(ModuleVersion) }),
  ),
});
type GoMod = v.InferOutput<typeof GoMod>;
type Package = v.InferOutput<typeof Package>;

export interface OraclePlugin {
  /** The repository, absolute: it is copied, never written. */
  readonly base: string;
  readonly path?: string;
  readonly package?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Its `go` line is newer than any server's Go. */
  readonly tooNew?: true;
}

/** The findings of a check with `dependencies: pin`, each as `row` writes it, sorted. */
export async function expectedFindings(plugin: OraclePlugin, tag: string): Promise<Expected> {
  const server = await serverFacts(tag);
  const own = await inCopy(plugin, server, ownMaterial);
  const built = await inCopy(plugin, server, pinnedBuild);
  const refused = serverPackage(own) ?? built.refused;
  const level = refused === null ? 'drift' : 'conflict';
  const found = own.packages === null ? ofLines(own.mod, server) : ofPackages(own, own.packages, server);
  // What ships where it is built; else what there is.
  const shipped = refused === null ? built.packages : own.packages;
  const findings = [
    ...(shipped === null ? ofOwnLines(own.mod, server) : ownModules(shipped, server)),
    // Else the conflict says why.
    ...(own.packages === null && refused === null ? [row('drift not-listed')] : []),
    ...found.map((text) => text.replace(/^replaced/, `${level} replaced`)),
    ...(plugin.tooNew === true ? [row('drift go', 'go', own.mod.Go, server.goVersion)] : []),
    ...(refused === null ? [] : [row('conflict does-not-build')]),
  ];
  return { findings: findings.sort(), refused };
}

export interface Expected {
  readonly findings: readonly string[];
  /** What Go says where the plugin does not build with the server's versions; null where it does. */
  readonly refused: string | null;
}

/** A finding in one line: level and kind; then its module, what the plugin has, and what the server has. */
export function row(kind: string, ...about: readonly (string | null | undefined)[]): string {
  const [module, plugin, server] = about;
  return `${kind} ${module ?? '-'} ${plugin ?? '-'} -> ${server ?? '-'}`;
}

/**
 * The modules that a plugin built with `dependencies: keep` or `cap` has in another version than the server, as far as
 * the server's program has packages of them: those are what the loader refuses. As `row` writes them, sorted.
 */
export async function expectedRejections(
  plugin: OraclePlugin,
  tag: string,
  dependencies: 'keep' | 'cap',
): Promise<readonly string[]> {
  const server = await serverFacts(tag);
  const inServer = (await catalogManifest(tag, 'linux-amd64')).packages;
  return inCopy(plugin, server, (go) => {
    if (dependencies === 'cap') {
      const shared = goModOf(go).Require.filter(({ Path }) => server.versions.has(Path));
      for (const { Path } of shared) {
        go.ok('mod', 'edit', `-require=${Path}@${server.versions.get(Path) ?? ''}`);
      }
      go.ok('mod', 'tidy');
    }
    const packages = packagesOf(go.ok(...listArgs(plugin)));
    const modules = modulesOf(packages.filter(({ ImportPath }) => inServer.has(ImportPath)));
    return modules
      .filter(({ path, version }) => server.versions.get(path) !== version)
      .map(({ path, version }) => row('conflict does-not-load', path, version, server.versions.get(path)))
      .sort();
  });
}

/** Go's own word for what goes into a plugin as it is, and for what its go.mod lacks. */
interface Own {
  readonly mod: GoMod;
  /** Null: with its own versions this Go cannot list it. */
  readonly packages: readonly Package[] | null;
  /** Whether `go mod tidy` leaves go.mod as it is, and needs no more sums; where it fails, whether Go has to add lines. */
  readonly isTidy: boolean;
}

function ownMaterial(go: Go, plugin: OraclePlugin): Own {
  const mod = goModOf(go);
  if (plugin.tooNew === true) lowerGoLine(go);
  const diff = tidyDiff(go, mod);
  const { status, stdout } = go.run(...listArgs(plugin));
  if (status !== 0) return { mod, packages: null, isTidy: false };
  const isTidy = diff === null ? goModOf(go).Require.length === mod.Require.length : diff === '';
  return { mod, packages: packagesOf(stdout), isTidy };
}

/** The lines that `go mod tidy -diff` would change in go.mod, and those that it would add to go.sum; null: it fails. */
function tidyDiff(go: Go, { Go: line }: GoMod): string | null {
  const compat = /^1\.17(?:\.|$)/.test(line ?? '') ? ['-compat=1.17'] : [];
  const { status, stdout } = go.run('mod', 'tidy', '-diff', ...compat);
  if (status !== 0 && stdout === '') return null;
  const [ofMod = '', ofSum = ''] = ['go.mod', 'go.sum'].map(
    (file) =>
      new RegExp(`^diff current/${file} tidy/${file}\\n[^]*?(?=^diff |(?![^]))`, 'm').exec(stdout)?.[0],
  );
  return ofMod + (ofSum.match(/^\+[^+].*$/gm) ?? []).join('\n');
}

function ofPackages({ mod, isTidy }: Own, packages: readonly Package[], server: ServerFacts): string[] {
  const modules = modulesOf(packages);
  const rows = modules.flatMap(({ path, version, isReplaced }) => {
    const theirs = server.versions.get(path);
    if (theirs === undefined || theirs === version) return [];
    return [row(isReplaced ? 'replaced' : 'drift version', path, version, theirs)];
  });
  const used = new Set(modules.map(({ path }) => path));
  const excluded = mod.Exclude.filter(
    ({ Path, Version }) => used.has(Path) && server.versions.get(Path) === Version,
  );
  const ofServer = mod.Require.filter(({ Path }) => isServer(Path) && used.has(Path));
  return [
    ...rows,
    ...excluded.map(({ Path, Version }) => row('drift excluded', Path, null, Version)),
    ...ofServer.map(({ Path, Version }) => row('drift server-module', Path, Version)),
    ...(isTidy ? [] : [row('note not-tidy')]),
  ];
}

function ownModules(packages: readonly Package[], { versions }: ServerFacts): string[] {
  return modulesOf(packages)
    .filter(({ path }) => !versions.has(path) && !isServer(path))
    .map(({ path, version }) => row('note own-module', path, version));
}

/** Where there are no packages, the lines count. */
function ofLines({ Require }: GoMod, { versions }: ServerFacts): string[] {
  return Require.flatMap(({ Path, Version }) => {
    const theirs = versions.get(Path);
    return theirs === undefined || theirs === Version ? [] : [row('drift version', Path, Version, theirs)];
  });
}

function ofOwnLines({ Require }: GoMod, { versions }: ServerFacts): string[] {
  return Require.filter(({ Path }) => !versions.has(Path)).map(({ Path, Version }) =>
    row('note own-module', Path, Version),
  );
}

interface Built {
  /** What Go says where it does not build; null where it does. */
  readonly refused: string | null;
  /** What it is made of; null where Go cannot list it. */
  readonly packages: readonly Package[] | null;
}

/** Builds with each module of the server's replaced by the server's version. */
function pinnedBuild(go: Go, plugin: OraclePlugin, server: ServerFacts): Built {
  const { Module, Replace, Exclude } = goModOf(go);
  const isPinned = ({ Path }: { Path: string }): boolean => server.versions.has(Path);
  const edits = [
    ...Replace.filter(({ Old }) => isPinned(Old)).map(({ Old }) => `-dropreplace=${atVersion(Old)}`),
    ...Exclude.filter(isPinned).map((line) => `-dropexclude=${atVersion(line)}`),
    ...[...server.versions]
      .filter(([path]) => path !== Module.Path)
      .map(([path, version]) => `-replace=${path}=${path}@${version}`),
  ];
  go.ok('mod', 'edit', ...edits);
  if (plugin.tooNew === true) lowerGoLine(go);
  const sums = join(go.dir, 'go.sum');
  writeFileSync(sums, (existsSync(sums) ? readFileSync(sums, 'utf8') : '') + server.goSum);
  const out = join(go.dir, '..', 'oracle.out');
  const { status, stderr } = go.run('build', '-mod=mod', '-o', out, plugin.package ?? '.');
  const listed = go.run(...listArgs(plugin));
  return {
    refused: status === 0 ? null : stderr,
    packages: listed.status === 0 ? packagesOf(listed.stdout) : null,
  };
}

/** Go would build it; the loader compares packages of the server's own module, which lie elsewhere in a server. */
function serverPackage({ packages }: Own): string | null {
  const found = packages?.find(({ ImportPath }) => isServer(ImportPath));
  return found === undefined ? null : `package ${found.ImportPath}`;
}

function lowerGoLine(go: Go): void {
  go.ok('mod', 'edit', '-go=1.24', '-toolchain=none');
}

function atVersion({ Path, Version }: v.InferOutput<typeof ModuleVersion>): string {
  return Version === undefined ? Path : `${Path}@${Version}`;
}

function isServer(path: string): boolean {
  return path.startsWith('github.com/gotify/server/');
}

function modulesOf(
  packages: readonly Package[],
): readonly { readonly path: string; readonly version: string; readonly isReplaced: boolean }[] {
  const modules = packages.flatMap(({ Module }) => (Module === undefined || Module.Main ? [] : [Module]));
  const byPath = new Map(modules.map((module) => [module.Path, module]));
  return [...byPath.values()].map(({ Path, Version, Replace }) => ({
    path: Path,
    // A folder has a path and no version.
    version: Replace === undefined ? (Version ?? '') : (Replace.Version ?? Replace.Path),
    isReplaced: Replace !== undefined,
  }));
}

function listArgs(plugin: OraclePlugin): readonly string[] {
  return ['list', '-mod=mod', '-deps', '-json=ImportPath,Module', plugin.package ?? '.'];
}

function packagesOf(stdout: string): readonly Package[] {
  const objects: unknown = JSON.parse(`[${stdout.replaceAll('\n}\n{', '\n},\n{')}]`);
  return v.parse(v.array(Package), objects);
}

function goModOf(go: Go): GoMod {
  return v.parse(GoMod, JSON.parse(go.ok('mod', 'edit', '-json')));
}

interface ServerFacts {
  readonly goVersion: string;
  readonly goSum: string;
  /** Of go.mod's requirements, by path. */
  readonly versions: ReadonlyMap<string, string>;
}

const known = new Map<string, Promise<ServerFacts>>();

function serverFacts(tag: string): Promise<ServerFacts> {
  const facts = known.get(tag) ?? readServer(tag);
  known.set(tag, facts);
  return facts;
}

async function readServer(tag: string): Promise<ServerFacts> {
  const { goMod, goSum, goVersion } = await catalogServer(tag);
  const dir = mkdtempSync(join(tmpdir(), 'gotify-oracle-'));
  try {
    writeFileSync(join(dir, 'go.mod'), goMod);
    const { Require } = goModOf(goIn(dir, process.env, goVersion));
    return { goSum, goVersion, versions: new Map(Require.map(({ Path, Version }) => [Path, Version])) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Lets work be done in the module's folder of a fresh copy, by the server's Go. */
async function inCopy<T>(
  plugin: OraclePlugin,
  server: ServerFacts,
  work: (go: Go, plugin: OraclePlugin, server: ServerFacts) => T,
): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'gotify-oracle-'));
  try {
    cpSync(plugin.base, join(dir, 'repository'), { recursive: true });
    const GOCACHE = join(dirname(await sharedCacheDir()), 'oracle');
    const env = { ...(plugin.env ?? process.env), GOCACHE };
    return work(goIn(join(dir, 'repository', plugin.path ?? '.'), env, server.goVersion), plugin, server);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

interface Go {
  readonly dir: string;
  run(...args: readonly string[]): { readonly status: number | null; stdout: string; stderr: string };
  /** Gives stdout; fails the test where go fails. */
  ok(...args: readonly string[]): string;
}

function goIn(dir: string, env: NodeJS.ProcessEnv, goVersion: string): Go {
  const run: Go['run'] = (...args) => {
    const settings = { GOTOOLCHAIN: `go${goVersion}`, GOFLAGS: '-buildvcs=false', GOWORK: 'off' };
    const maxBuffer = 64 * 1024 * 1024;
    const result = spawnSync('go', args, {
      cwd: dir,
      encoding: 'utf8',
      env: { ...env, ...settings },
      maxBuffer,
    });
    if (result.error !== undefined) throw result.error;
    return result;
  };
  const ok: Go['ok'] = (...args) => {
    const { status, stdout, stderr } = run(...args);
    if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  return { dir, run, ok };
}
