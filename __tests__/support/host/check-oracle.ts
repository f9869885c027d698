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

export type Rule = 'pin' | 'cap' | 'keep';

/** The findings of a check, each as `row` writes it, sorted; but for what only follows from modules that differ. */
export async function expectedFindings(
  plugin: OraclePlugin,
  tag: string,
  rule: Rule = 'pin',
): Promise<Expected> {
  const server = await serverFacts(tag);
  const own = await inCopy(plugin, server, ownMaterial);
  const build = { pin: pinnedBuild, cap: cappedBuild, keep: ownBuild }[rule];
  const built = await inCopy(plugin, server, build);
  const refused = serverPackage(own) ?? built.refused;
  const rejected = refused === null ? await rejections({ ...built, own }, server) : [];
  const isConflict = refused !== null || rejected.length > 0;
  const level = isConflict ? 'conflict' : 'drift';
  // Kept, every other version is one that the loader would meet: nothing says which of them supply packages.
  const ofOwnFile = ofLines(own.mod, server).map((text) =>
    rule === 'keep' ? text.replace(/^drift version/, 'conflict version') : text,
  );
  const found = own.packages === null ? ofOwnFile : ofPackages(own, own.packages, server);
  // What ships where it is built; else what there is.
  const shipped = refused === null ? built.packages : own.packages;
  const later = rule === 'cap' && own.packages !== null ? cappedReplaces(own, own.packages, server) : [];
  const findings = [
    ...(shipped === null ? ofOwnLines(own.mod, server) : ownModules(shipped, server)),
    // Else the conflict says why.
    ...(own.packages === null && refused === null ? [row('drift not-listed')] : []),
    ...new Set([...found, ...later].map((text) => text.replace(/^replaced/, `${level} replaced`))),
    ...(plugin.tooNew === true
      ? [row(`${rule === 'pin' ? 'drift' : level} go`, 'go', own.mod.Go, server.goVersion)]
      : []),
    ...(refused === null ? [] : [row('conflict does-not-build')]),
    ...rejected,
  ].map((text) => (rule === 'pin' ? text : excludedAs(level, text, own.mod)));
  const same = server.versions.get(own.mod.Module.Path);
  if (same !== undefined) findings.push(row(`${level} module-path`, own.mod.Module.Path, null, same));
  return { findings: findings.sort(), refused, rejected };
}

/** An exclude of a version that is required stands in the way of every build but a pinned one. */
function excludedAs(level: string, text: string, { Require }: GoMod): string {
  const path = /^drift excluded (\S+)/.exec(text)?.[1];
  return Require.some(({ Path }) => Path === path) ? text.replace(/^drift/, level) : text;
}

export interface Expected {
  readonly findings: readonly string[];
  /** What Go says where the plugin does not build with the server's versions; null where it does. */
  readonly refused: string | null;
  /** The modules that make a server refuse what is built. */
  readonly rejected: readonly string[];
}

/** A finding in one line: level and kind; then its module, what the plugin has, and what the server has. */
export function row(kind: string, ...about: readonly (string | null | undefined)[]): string {
  const [module, plugin, server] = about;
  return `${kind} ${module ?? '-'} ${plugin ?? '-'} -> ${server ?? '-'}`;
}

/**
 * The modules that are in another version than the server's, as far as the server's program has packages of them: those
 * are what the loader refuses.
 */
async function rejections(
  { packages, own }: Built & { readonly own: Own },
  server: ServerFacts,
): Promise<readonly string[]> {
  if (packages === null) throw new Error('what is built can be listed');
  const inServer = (await catalogManifest(server.tag, 'linux-amd64')).packages;
  // A plugin is a package of its module's path, and the server has another one of that path.
  const isSame = inServer.has(own.mod.Module.Path);
  return [
    ...(isSame ? [row('conflict does-not-load')] : []),
    ...modulesOf(packages.filter(({ ImportPath }) => inServer.has(ImportPath)))
      .filter(({ path, version }) => path !== own.mod.Module.Path && server.versions.get(path) !== version)
      .map(({ path, version }) => row('conflict does-not-load', path, version, server.versions.get(path))),
  ];
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
  // Tidying would end all lines alike; those of the author's choice are no reason.
  const file = join(go.dir, 'go.mod');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
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
  addSums(go, server);
  return ownBuild(go, plugin);
}

/** Builds with the server's versions of what both go.mod files require, as gomod-cap and `go mod tidy` leave it. */
function cappedBuild(go: Go, plugin: OraclePlugin, server: ServerFacts): Built {
  const shared = goModOf(go).Require.filter(({ Path }) => server.versions.has(Path));
  const edits = shared.map(({ Path }) => `-require=${Path}@${server.versions.get(Path) ?? ''}`);
  go.ok('mod', 'edit', ...edits);
  addSums(go, server);
  const { status, stderr } = go.run('mod', 'tidy');
  return status === 0 ? ownBuild(go, plugin) : { refused: stderr, packages: null };
}

/** Builds with go.mod as it is. */
function ownBuild(go: Go, plugin: OraclePlugin): Built {
  const out = join(go.dir, '..', 'oracle.out');
  const { status, stderr } = go.run('build', '-mod=mod', '-o', out, plugin.package ?? '.');
  const listed = go.run(...listArgs(plugin));
  return {
    refused: status === 0 ? null : stderr,
    packages: listed.status === 0 ? packagesOf(listed.stdout) : null,
  };
}

function addSums(go: Go, { goSum }: ServerFacts): void {
  const sums = join(go.dir, 'go.sum');
  writeFileSync(sums, (existsSync(sums) ? readFileSync(sums, 'utf8') : '') + goSum);
}

/** Replaces of the server's versions, which `cap` sets, and with which they are then in use. */
function cappedReplaces({ mod }: Own, packages: readonly Package[], { versions }: ServerFacts): string[] {
  const used = new Set(modulesOf(packages).map(({ path }) => path));
  return mod.Replace.flatMap(({ Old, New }) => {
    const theirs = versions.get(Old.Path);
    if (theirs === undefined || Old.Version !== theirs || !used.has(Old.Path)) return [];
    const target = New.Path === Old.Path ? New.Version : [New.Path, New.Version].join(' ').trim();
    return target === theirs ? [] : [row('replaced', Old.Path, target, theirs)];
  });
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
  readonly tag: string;
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
    return { tag, goSum, goVersion, versions: new Map(Require.map(({ Path, Version }) => [Path, Version])) };
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
