import valid from 'semver/functions/valid.js';
import { Failure } from '../errors.js';
import { type BuildInfo, type BuiltModule, readBuildInfo } from '../go/buildinfo.js';
import type { Module } from '../go/module.js';
import { goLineFor, isGoVersion } from '../go/version.js';
import type { ByteSource } from '../ports.js';
import type { ServerBuild } from './server-build.js';
import { sortModules, versionOfCommit } from './server-files.js';

/** Opens a file for random access (the port of the same name). */
export type OpenBytes = (path: string) => ByteSource & { close(): void };

/** What every gotify since 2.0 declares as its module, v3 included. */
const modulePath = /^github\.com\/gotify\/server(\/v\d+)?$/;

/**
 * The ServerBuild of a gotify binary, out of its build info: it names the Go version and the modules linked in, each
 * with its sum. It has no tag, even if it says that it is a release: only its own bytes can tell what it loads.
 *
 * @throws Failure (input) `not-gotify`, `server-go-version`, `server-replace`, or what the reader of build info throws
 */
export function serverFromBinary(path: string, openBytes: OpenBytes): ServerBuild {
  const source = openBytes(path);
  try {
    return serverFromBuildInfo(readBuildInfo(source), path);
  } finally {
    source.close();
  }
}

/** The same, from build info that has been read already. */
export function serverFromBuildInfo(info: BuildInfo | null, path: string): ServerBuild {
  if (info === null || !modulePath.test(info.main?.path ?? '')) throw notGotify(info, path);
  const modules = sortModules(info.deps.map((dep) => linkedModule(dep, path)));
  const goVersion = goVersionOf(info, path);
  const { version, commit } = identityOf(info);
  return {
    version,
    tag: null,
    commit,
    goVersion,
    goMod: goModText({ module: info.main?.path ?? '', goVersion, modules }),
    goSum: modules.map(({ path: name, version: at, sum }) => `${name} ${at} ${sum ?? ''}\n`).join(''),
    buildList: modules,
    pinList: { source: 'binary', modules },
    source: { kind: 'binary', path },
  };
}

function linkedModule(
  { replacedBy, ...module }: BuiltModule,
  path: string,
): Module & { readonly sum: string } {
  const { sum } = module;
  if (sum !== undefined && (replacedBy === undefined || replacedBy === module.path))
    return { ...module, sum };
  const instead = replacedBy === undefined ? 'files without a sum' : replacedBy;
  throw new Failure('input', {
    code: 'server-replace',
    what: `this server was built with ${instead} in place of ${module.path}, which a plugin cannot be pinned to`,
    remedy: 'Use a server that was built from published modules.',
    where: { kind: 'file', file: path },
  });
}

function goVersionOf({ goVersion }: BuildInfo, path: string): string {
  // Experiments follow after a blank (`go1.26.0 X:synctest`): they change what loads, and cannot be had by version.
  const version = goVersion.replace(/^go/, '');
  if (isGoVersion(version)) return threeParts(version);
  throw new Failure('input', {
    code: 'server-go-version',
    what: `this server was built with ${JSON.stringify(goVersion)}, which is no release of Go`,
    remedy: 'Use a server that was built with a released Go.',
    where: { kind: 'file', file: path },
  });
}

/** As GO_VERSION has it: the first release of a line before Go 1.21 calls itself `go1.20`. */
function threeParts(version: string): string {
  return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}

/** The version that a binary says it is (`v3.0.0`); null: it names none, or is no gotify. */
export function versionNamed(info: BuildInfo | null): string | null {
  if (info === null || !modulePath.test(info.main?.path ?? '')) return null;
  const version = [setByLinker(info, 'Version'), info.main?.version ?? ''].find(
    (text) => valid(text) !== null,
  );
  return version === undefined ? null : `v${version.replace(/^v/, '')}`;
}

function identityOf(info: BuildInfo): { readonly version: string; readonly commit: string | null } {
  const revisions = [info.settings['vcs.revision'] ?? '', setByLinker(info, 'Commit')];
  const commit = revisions.find((text) => /^[0-9a-f]{40}$/.test(text)) ?? null;
  const version = versionNamed(info) ?? (commit === null ? 'custom' : versionOfCommit(commit));
  return { version, commit };
}

/** The server's Makefile sets main.Version and main.Commit by the linker's -X. */
function setByLinker({ settings }: BuildInfo, name: 'Version' | 'Commit'): string {
  return new RegExp(`main\\.${name}=([^\\s'"]+)`).exec(settings['-ldflags'] ?? '')?.[1] ?? '';
}

interface GoModParts {
  readonly module: string;
  readonly goVersion: string;
  readonly modules: readonly Module[];
}

function goModText({ module, goVersion, modules }: GoModParts): string {
  const requires = modules.map(({ path, version }) => `\t${path} ${version}\n`).join('');
  return `module ${module}\n\ngo ${goLineFor(goVersion)}\n\nrequire (\n${requires})\n`;
}

function notGotify(info: BuildInfo | null, path: string): Failure {
  const found = info === null ? 'it has no Go build info' : `its module is ${info.main?.path ?? 'unnamed'}`;
  return new Failure('input', {
    code: 'not-gotify',
    what: `this file is not a gotify server: ${found}`,
    remedy: 'Give the path of a gotify server binary, or a version.',
    where: { kind: 'file', file: path },
  });
}
