import lt from 'semver/functions/lt.js';
import valid from 'semver/functions/valid.js';
import intersects from 'semver/ranges/intersects.js';
import minVersion from 'semver/ranges/min-version.js';
import { Failure } from '../errors.js';
import { type ModFile, parseModFile } from '../go/modfile.js';
import type { Module } from '../go/module.js';
import { parseSumFile, type SumFile } from '../go/sumfile.js';
import { compareGoVersions, isGoVersion } from '../go/version.js';
import type { ServerBuild, ServerSource } from './server-build.js';

/** The texts that a ServerBuild is made from. */
export interface ServerFiles {
  /** GO_VERSION; null where the server has none and go.mod's toolchain line counts. */
  readonly goVersion: string | null;
  readonly goMod: string;
  readonly goSum: string;
}

/** What the texts belong to. */
export interface ServerIdentity {
  readonly tag: string | null;
  readonly commit: string;
  readonly source: ServerSource;
}

/** The first gotify whose go.mod names every module that its packages come from. */
export const oldestServer = '2.1.6';

/**
 * The ServerBuild that the server's own files describe.
 *
 * @throws Failure (input) `server-too-old`, `server-go-version`, `server-replace`, or what the readers of go.mod and
 * go.sum throw; all name the file as `gotify/server@<version>/<file>`
 */
export function serverFromFiles(files: ServerFiles, { tag, commit, source }: ServerIdentity): ServerBuild {
  const version = tag ?? versionOfCommit(commit);
  const name = (file: string): string => `gotify/server@${version}/${file}`;
  const mod = parseModFile(files.goMod, name('go.mod'));
  const sums = parseSumFile(files.goSum, name('go.sum'));
  const list = buildListOf({ mod, sums, file: name('go.mod') });
  if (list.kind === 'direct-only') throw tooOld(version);
  return {
    version,
    tag,
    commit,
    goVersion: goVersionOf({ text: files.goVersion, mod, name }),
    goMod: files.goMod,
    goSum: files.goSum,
    buildList: list.modules,
    pinList: { source: 'go.mod', modules: list.modules },
    source,
  };
}

/** What a server without a release tag is called: `g` and twelve digits of its commit. */
export function versionOfCommit(commit: string): string {
  return `g${commit.slice(0, 12)}`;
}

/** Whether the tag names a server from before `oldestServer`. */
export function isTooOld(tag: string): boolean {
  return valid(tag) !== null && lt(tag, oldestServer);
}

/** Whether every version that the range matches is older than `oldestServer`; a range without any is not. */
export function isRangeTooOld(range: string): boolean {
  return minVersion(range) !== null && !intersects(range, `>=${oldestServer}`);
}

/** For servers whose go.mod does not say enough: their build list would have to come from `go list -m all`. */
export function tooOld(version: string): Failure {
  return new Failure('input', {
    code: 'server-too-old',
    what: `gotify ${version} is older than v${oldestServer}: its go.mod names only the modules that it requires itself, not those that they need`,
    remedy: `Choose v${oldestServer} or newer.`,
    where: { kind: 'input', input: 'server' },
  });
}

/** Modules sorted by path, byte by byte as Go sorts them: a module path is ASCII (golang.org/x/mod/module, CheckPath). */
export function sortModules(modules: readonly Module[]): readonly Module[] {
  return modules.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

type BuildList =
  | { readonly kind: 'complete'; readonly modules: readonly Module[] }
  /** From before Go 1.17: modules needed indirectly are not named (https://go.dev/ref/mod#graph-pruning). */
  | { readonly kind: 'direct-only' };

interface ListSource {
  readonly mod: ModFile;
  readonly sums: SumFile;
  readonly file: string;
}

function buildListOf({ mod, sums, file }: ListSource): BuildList {
  if (mod.go === null || compareGoVersions(mod.go.version, '1.17') < 0) return { kind: 'direct-only' };
  const replaced = replacedVersions(mod, file);
  const modules = mod.requires.map(({ path, version }) => {
    const used = replaced.get(`${path}@${version}`) ?? replaced.get(path) ?? version;
    const sum = sums.h1(path, used);
    return sum === undefined ? { path, version: used } : { path, version: used, sum };
  });
  return { kind: 'complete', modules: sortModules(modules) };
}

/** Replaced modules' versions, by `path@version` or `path`. A pin can follow a version, but not other files. */
function replacedVersions(mod: ModFile, file: string): ReadonlyMap<string, string> {
  return new Map(
    mod.replaces.map((replace): [string, string] => {
      const { old, new: used, line } = replace;
      if (used.kind === 'local' || used.path !== old.path) {
        throw new Failure('input', {
          code: 'server-replace',
          what: `this server replaces ${old.path} by ${used.kind === 'local' ? used.dir : used.path}, which a plugin cannot be pinned to`,
          remedy: 'Choose a released server.',
          where: { kind: 'file', file, line },
        });
      }
      return [old.version === null ? old.path : `${old.path}@${old.version}`, used.version];
    }),
  );
}

interface GoVersionSource {
  readonly text: string | null;
  readonly mod: ModFile;
  readonly name: (file: string) => string;
}

function goVersionOf({ text, mod, name }: GoVersionSource): string {
  const file = name(text === null ? 'go.mod' : 'GO_VERSION');
  const version = (text ?? mod.toolchain?.name ?? '').trim().replace(/^go/, '');
  if (isGoVersion(version)) return version;
  throw new Failure('input', {
    code: 'server-go-version',
    what:
      text === null && mod.toolchain === null
        ? 'this server does not say which Go it is built with: it has neither GO_VERSION nor a toolchain line'
        : `${JSON.stringify(version)} is not a version of Go`,
    remedy: 'Choose a released server.',
    where: { kind: 'file', file },
  });
}
