import { posix } from 'node:path';
import type { Change } from '../pin/change.js';
import type { DiagnosisContext } from './diagnosis.js';
import { readGoHeader } from './go-header.js';
import type { GoError } from './go-output.js';
import { placeOf } from './source-place.js';

/** A module that is compiled at the server's version, where that is not the one the plugin asked for. */
export interface Culprit {
  readonly module: string;
  /** What the plugin's go.mod asks for; null where it does not name the module. */
  readonly from: string | null;
  /** The server's. */
  readonly to: string;
}

/**
 * The pinned module that a compile error is about, going by the package names in its message (`*gin.Context`,
 * `undefined: gin.New`): first those that the file imports, then any package of the plugin. Null where there is none.
 */
export async function culpritOf(error: GoError, context: DiagnosisContext): Promise<Culprit | null> {
  const names = namesIn(error.message);
  const direct = await importedAs(error, context);
  const named = [...direct].filter(([name]) => names.has(name)).map(([, path]) => path);
  const quoted = [...error.message.matchAll(/"([^"\s]+)"/g)].map(([, path = '']) => path);
  const others = [...(context.listing?.packages.values() ?? [])].filter(
    ({ name, standard }) => !standard && names.has(name) && !direct.has(name),
  );
  const paths = [...quoted, ...named, ...others.map(({ importPath }) => importPath)];
  return firstCulprit(paths, context);
}

/** The first pinned module, changed by the pin, that one package imports: whatever the message says. */
export function importedCulprit(importPath: string, context: DiagnosisContext): Culprit | null {
  return firstCulprit(context.listing?.packages.get(importPath)?.imports ?? [], context);
}

/** The words before a dot: names of packages, among others. */
function namesIn(message: string): ReadonlySet<string> {
  return new Set(
    [...message.matchAll(/([\p{L}_][\p{L}\p{Nd}_]*)\.(?=[\p{L}_])/gu)].map(([, name = '']) => name),
  );
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

function firstCulprit(paths: readonly string[], context: DiagnosisContext): Culprit | null {
  for (const path of paths) {
    const module = context.listing?.packages.get(path)?.module?.path ?? moduleOfPath(path, context);
    const culprit = module === undefined ? null : pinnedChange(module, context);
    if (culprit !== null) return culprit;
  }
  return null;
}

/** For a package that was not listed: the longest pinned module path that it lies below. */
export function moduleOfPath(path: string, { server }: Pick<DiagnosisContext, 'server'>): string | undefined {
  return server.pinList.modules
    .map((module) => module.path)
    .filter((module) => path === module || path.startsWith(`${module}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function pinnedChange(module: string, { changes, server }: DiagnosisContext): Culprit | null {
  const pinned = server.pinList.modules.find(({ path }) => path === module);
  const change = changes.find((item: Change) => item.module === module);
  if (pinned === undefined || change?.to == null || change.from === change.to) return null;
  return { module, from: change.from, to: change.to };
}
