import { posix } from 'node:path';
import type { Module } from '../go/module.js';
import type { DiagnosisContext } from './diagnosis.js';
import { readGoHeader } from './go-header.js';
import type { GoError } from './go-output.js';
import { placeOf } from './source-place.js';

/** A module that is compiled at the server's version, where somebody may have asked for another. */
export interface Culprit {
  readonly module: string;
  /** What the plugin's go.mod asks for, by a require or a replace line; null where it does not name the module. */
  readonly from: string | null;
  /** The server's. */
  readonly to: string;
}

/** What a compile error's message points at. */
export interface Pointed {
  /** The pinned modules that it is about. */
  readonly culprits: readonly Culprit[];
  /** Whether the message says what is wrong: then nothing that it does not name is to blame. */
  readonly explained: boolean;
}

/**
 * The pinned modules that a compile error is about, going by the package names in its message (`*gin.Context`,
 * `undefined: gin.New`): first those of packages that the file imports, then, inside a type, any of the plugin's.
 *
 * @param by whose code it is that does not compile
 */
export async function pointedAt(
  error: GoError,
  context: DiagnosisContext,
  by: 'plugin' | 'dependency',
): Promise<Pointed> {
  const { message } = error;
  // Before `undefined (type ...)` stands a value, whatever package has the same name.
  const names = namesIn(message.replace(/^\S+ undefined \(/, '('));
  const typeNames = namesIn(typesIn(message));
  const direct = await importedAs(error, context);
  const named = [...direct].filter(([name]) => names.has(name)).map(([, path]) => path);
  const quoted = [...message.matchAll(/"([^"\s]+)"/g)].map(([, path = '']) => path);
  const others = [...(context.listing?.packages.values() ?? [])].filter(
    ({ name, standard }) => !standard && typeNames.has(name) && !direct.has(name),
  );
  const paths = [...quoted, ...named, ...others.map(({ importPath }) => importPath)];
  return {
    culprits: culpritsAmong(paths, context, by),
    // A constant that does not fit is the code's own, most of all on 32 bit.
    explained: named.length + others.length > 0 || /\boverflows\b|\btruncated\b/.test(message),
  };
}

/** The pinned modules that a dependency's package imports, whatever the message says. */
export function importedCulprits(importPath: string, context: DiagnosisContext): readonly Culprit[] {
  return culpritsAmong(context.listing?.packages.get(importPath)?.imports ?? [], context, 'dependency');
}

/** The words before a dot: names of packages, among others. */
function namesIn(message: string): ReadonlySet<string> {
  return new Set(
    [...message.matchAll(/([\p{L}_][\p{L}\p{Nd}_]*)\.(?=[\p{L}_])/gu)].map(([, name = '']) => name),
  );
}

/** Where the compiler's messages (go/types) have types: a word before a dot is always a package there. */
const typePlaces: readonly RegExp[] = [
  /\btypes? ((?:(?! has no | as | in | to |, but | value ).)+)/g,
  / as (.+?) value in /g,
  /\b(?:have|want) (.+?)(?=, (?:have|want) |$)/g,
  /([^\s:,(]+ does not implement [^\s(]+)/g,
];

function typesIn(message: string): string {
  return typePlaces.flatMap((place) => [...message.matchAll(place)].map(([, type = '']) => type)).join(' ');
}

/** Name in the source -> import path. A file that cannot be read is taken to use the packages' own names. */
async function importedAs(error: GoError, context: DiagnosisContext): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  const packages = context.listing?.packages;
  const nameOf = (path: string): string => packages?.get(path)?.name ?? posix.basename(path);
  for (const path of packages?.get(error.package ?? '')?.imports ?? []) names.set(nameOf(path), path);
  for (const { name, path } of await importsOfFile(error, context)) names.set(name ?? nameOf(path), path);
  return names;
}

async function importsOfFile(
  error: GoError,
  context: DiagnosisContext,
): Promise<readonly { readonly name: string | null; readonly path: string }[]> {
  const place = placeOf(error.file, context);
  if (place.kind !== 'own') return [];
  const path = posix.join(context.project.moduleDir, place.inside);
  const text = await context.files.readText(path).catch(() => '');
  return readGoHeader(text)?.imports ?? [];
}

/** Each module once, in the order of the packages. */
function culpritsAmong(
  paths: readonly string[],
  context: DiagnosisContext,
  by: 'plugin' | 'dependency',
): readonly Culprit[] {
  const modules = paths.map(
    (path) => context.listing?.packages.get(path)?.module?.path ?? moduleOfPath(path, context),
  );
  return [...new Set(modules)]
    .map((module) => (module === undefined ? null : pinnedModule(module, context, by)))
    .filter((culprit) => culprit !== null);
}

/** For a package that was not listed: the longest pinned module path that it lies below. */
export function moduleOfPath(path: string, { server }: Pick<DiagnosisContext, 'server'>): string | undefined {
  return server.pinList.modules
    .map((module) => module.path)
    .filter((module) => path === module || path.startsWith(`${module}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Null for a module that is not pinned, and for one whose version is just what the plugin's go.mod asks for. */
function pinnedModule(
  module: string,
  context: DiagnosisContext,
  by: 'plugin' | 'dependency',
): Culprit | null {
  const pinned = context.server.pinList.modules.find(({ path }) => path === module);
  if (pinned === undefined || !isCompiled(pinned, context)) return null;
  const from = askedFor(module, context);
  // What a dependency asks for is in its own go.mod, and may be another version than the plugin's.
  if (by === 'plugin' && from === pinned.version) return null;
  return { module, from, to: pinned.version };
}

/** What go.mod replaces the module by counts before what it requires: it is what the author tested with. */
function askedFor(module: string, { changes, goMod }: DiagnosisContext): string | null {
  const change = changes.find((item) => item.module === module);
  return change?.from ?? goMod.requires.find(({ path }) => path === module)?.version ?? null;
}

/** With `dependencies: keep` or `cap` a module can have another version than the server's: then no pin is at fault. */
function isCompiled({ path, version }: Module, { listing }: DiagnosisContext): boolean {
  const listed = [...(listing?.packages.values() ?? [])].find(({ module }) => module?.path === path);
  return listed === undefined || listed.module?.version === version;
}
