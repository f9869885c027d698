import type { Places } from '../build/builder.js';
import { Failure, type Where } from '../errors.js';
import type { ModFile } from '../go/modfile.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Change } from '../pin/change.js';
import type { Files } from '../ports.js';
import type { PluginListing } from './listing.js';
import { newestFitting, type AskGo } from './newest-fitting.js';
import type { PluginProject } from './project.js';
import type { GoError } from './go-output.js';
import { placeOf } from './source-place.js';

/** What is known when go fails, to tell why. */
export interface DiagnosisContext {
  readonly project: PluginProject;
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'pinList'>;
  /** Null where the packages could not be listed. */
  readonly listing: PluginListing | null;
  readonly changes: readonly Change[];
  readonly places: Places;
  /** The plugin's own go.mod. */
  readonly goMod: ModFile;
  /** The folders of local replaces as go.mod names them, in the order of their number N in /replaced/N. */
  readonly replaced: readonly string[];
  /** To look at the plugin's own files. */
  readonly files: Files;
}

/** `gotify v2.6.3`. */
export function serverName({ server }: Pick<DiagnosisContext, 'server'>): string {
  return `gotify ${server.version}`;
}

/** `plugin.go:3:5: undefined: x`, with the file as the user knows it, on one line. */
export function errorText(error: GoError, context: DiagnosisContext): string {
  const position = [placeOf(error.file, context).display, error.line, error.column].filter(
    (part) => part !== null,
  );
  return oneLine(`${position.join(':')}: ${error.message}`);
}

/** Foreign text within a sentence: without control characters, which terminals and runners could obey. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 500);
}

/** The position of an error in a file of the user's own; go.mod for a file that is none. */
export function errorWhere(error: GoError, context: DiagnosisContext): Where {
  const place = placeOf(error.file, context);
  if (place.kind !== 'own' && place.kind !== 'replaced')
    return { kind: 'file', file: context.project.displayGoMod };
  const column = error.column === null ? {} : { column: error.column };
  return { kind: 'file', file: place.display, line: error.line, ...column };
}

/** The `require` line of a module in the plugin's go.mod; the file alone where it has none. */
export function requireWhere(module: string, { goMod, project }: DiagnosisContext): Where {
  const line = goMod.requires.find(({ path }) => path === module)?.line;
  return { kind: 'file', file: project.displayGoMod, ...(line === undefined ? {} : { line }) };
}

export interface TooNew {
  readonly module: string;
  readonly version: string;
  /** What its go.mod says, or null where only its code shows that it needs a newer Go. */
  readonly goLine: string | null;
  /** How it shows, one line. */
  readonly shown?: string;
}

/** A dependency that needs a newer Go than the server's; names the newest version of it that would fit. */
export async function needsNewerGo(found: TooNew, context: DiagnosisContext, go?: AskGo): Promise<Failure> {
  const { module, version, goLine, shown } = found;
  const { goVersion } = context.server;
  const need = goLine === null ? 'needs a newer Go' : `needs Go ${goLine} (its \`go\` line)`;
  const modFile = `${context.places.pin}/go.mod`;
  const fitting =
    go === undefined ? null : await newestFitting({ module, goVersion, modFile, below: version }, go);
  return new Failure('plugin', {
    code: 'dependency-needs-newer-go',
    what: `the dependency ${module} ${version} ${need}, and ${serverName(context)} is built with Go ${goVersion}${shown === undefined ? '' : `: ${shown}`}`,
    remedy: newerGoRemedy(found, fitting, context),
    where: requireWhere(module, context),
  });
}

function newerGoRemedy({ module }: TooNew, fitting: string | null, context: DiagnosisContext): string {
  const isDirect = context.goMod.requires.some(({ path, indirect }) => path === module && !indirect);
  const line = `whose \`go\` line is at most ${context.server.goVersion}`;
  const other = 'Or build for a gotify server with a newer Go.';
  if (isDirect) {
    return fitting === null
      ? `Require a version of it ${line}. ${other}`
      : `Require ${module} ${fitting}: it is the newest version that fits. ${other}`;
  }
  const newest =
    fitting === null ? `Find a version of it ${line}` : `The newest version of it that fits is ${fitting}`;
  return `${newest}; require versions of the modules that bring it in which ask for no newer one. ${other}`;
}

/** The code of the failure of a plugin, or a folder of its own, that needs a newer Go. */
export const newerGoCode = 'plugin-needs-newer-go';

/** The plugin's own code, or its go.mod, needs a newer Go than the server's. */
export function pluginNeedsNewerGo(what: string, where: Where, context: DiagnosisContext): Failure {
  const { goVersion } = context.server;
  return new Failure('plugin', {
    code: newerGoCode,
    what,
    remedy: `Write the plugin for Go ${goVersion}, the only one that can build for ${serverName(context)}. Or build for a gotify server with a newer Go.`,
    where,
  });
}
