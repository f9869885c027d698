import type { ModFile } from '../go/modfile.js';
import { parseModFile } from '../go/modfile.js';
import { addIndirect, dropToolchain, setGoLine, setRequires } from '../go/modedit.js';
import type { Module } from '../go/module.js';
import {
  compareGoVersions,
  fittingGoLine,
  goLineFor,
  knowsThreeParts,
  toolchainVersion,
} from '../go/version.js';

/** What a go.mod is capped to. */
export interface Cap {
  /** What the go.mod is called in messages. */
  readonly file: string;
  /** The server's Go, without `go`. */
  readonly goVersion: string;
  /** Path -> version of the server's modules, without the plugin itself. */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * The text with each line as the server has it: requirements of the server's modules at its versions, up or down, the
 * `go` line no newer than its Go, no `toolchain` line that asks for a newer one; and a line more for each module in
 * `add` that no line names.
 */
export function capLines(text: string, { file, goVersion, versions }: Cap, add: Iterable<string>): string {
  const mod = parseModFile(text, file);
  const named = new Set(mod.requires.map(({ path }) => path));
  const missing = [...add].flatMap((path): Module[] => {
    const version = versions.get(path);
    return version === undefined || named.has(path) ? [] : [{ path, version }];
  });
  const required = setRequires(text, file, versions);
  const go = mod.go === null ? required : setGoLine(required, file, fittingGoLine(mod.go.version, goVersion));
  const lines = fitsToolchain(mod, goVersion) ? go : dropToolchain(go, file);
  return addIndirect(lines, file, missing);
}

/**
 * The text for finding out which of the server's modules the plugin needs at all: every one of them is offered, and the
 * `go` line is one that lets `go mod tidy` name each module that is used, and read no more go.mod files than it must.
 */
export function offerAll(text: string, cap: Cap): string {
  const { file, goVersion, versions } = cap;
  const offered = capLines(text, cap, versions.keys());
  const line = goLineFor(goVersion);
  return parseModFile(text, file).go === null ? `${offered}\ngo ${line}\n` : setGoLine(offered, file, line);
}

/** A line of a go.mod that an older Go takes for a mistake. */
export interface UnknownLine {
  readonly verb: string;
  readonly line: number;
  /** The first Go that knows it. */
  readonly since: string;
}

/** The lines that the server's Go does not know, besides `toolchain`. Source: Go's release notes 1.23 to 1.25. */
export function unknownLines(mod: ModFile, goVersion: string): readonly UnknownLine[] {
  const all = [
    ...mod.godebugs.map(({ line }) => ({ verb: 'godebug', line, since: '1.23' })),
    ...mod.tools.map(({ line }) => ({ verb: 'tool', line, since: '1.24' })),
    ...mod.ignores.map(({ line }) => ({ verb: 'ignore', line, since: '1.25' })),
  ];
  return all.filter(({ since }) => compareGoVersions(goVersion, since) < 0);
}

/** Before Go 1.21 there was no such line; `go1.26.0-custom` counts as go1.26.0. */
function fitsToolchain({ toolchain }: ModFile, goVersion: string): boolean {
  if (toolchain === null) return true;
  if (!knowsThreeParts(goVersion)) return false;
  const version = toolchainVersion(toolchain.name);
  return version === null || compareGoVersions(version, goVersion) <= 0;
}
