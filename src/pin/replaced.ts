import { isAbsolute, join, resolve } from 'node:path';
import type { Places } from '../build/builder.js';
import { Failure } from '../errors.js';
import { dependencyGoLine, parseModFile } from '../go/modfile.js';
import { compareGoVersions, goLineFor } from '../go/version.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Files } from '../ports.js';
import { loopsThen, losesLoopVariables } from './language.js';
import {
  keptReplaces,
  rewriteLocalReplaces,
  type DependencyRule,
  type LocalReplace,
} from './local-replaces.js';
import type { PinWarning } from './pin.js';

export interface ReplacedRequest {
  /** The text of the plugin's go.mod, and its path for messages. */
  readonly goMod: string;
  readonly file: string;
  /** Absolute: relative replacements start here. */
  readonly moduleDir: string;
  /** `pin` uses no replacement of a server module: such folders need not exist. */
  readonly dependencies: DependencyRule;
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'pinList'>;
}

/** A folder that stands for a module. */
export interface ReplacedModule extends LocalReplace {
  /** The folder that the build mounts, without symbolic links; absolute. */
  readonly path: string;
  /** Where its `go` line is too new for the server's Go: what the build reads in place of its go.mod. Else null. */
  readonly lowered: { readonly from: string; readonly to: string; readonly goMod: string } | null;
}

/** A folder that is not there, and stands for modules that no line requires: Go may never look for it. */
export interface AbsentFolder {
  /** As written in go.mod. */
  readonly dir: string;
  /** What is wrong with it, should Go look for it after all. */
  readonly failure: Failure;
}

export interface ReplacedFolders {
  /** In the order of their index. */
  readonly folders: readonly ReplacedModule[];
  readonly absent: readonly AbsentFolder[];
}

/**
 * Finds the folders that local replaces of the plugin's go.mod name. None of them is written, also where a `go` line is
 * too new.
 * Throws Failure (input) with the line of the replace: `replaced-folder-missing`, `replaced-not-a-folder`,
 * `replaced-without-go-mod`; and as the pin does for a malformed go.mod.
 */
export async function collectReplaced(request: ReplacedRequest, files: Files): Promise<ReplacedFolders> {
  const mod = parseModFile(request.goMod, request.file);
  const kept = keptReplaces(mod, request, request.file);
  const required = new Set(mod.requires.map(({ path }) => path));
  const absent: AbsentFolder[] = [];
  for (const local of rewriteLocalReplaces(kept, String).replaced) {
    if (local.modules.some((module) => required.has(module))) continue;
    const failure = await unusable(local, request, files);
    if (failure !== null) absent.push({ dir: local.dir, failure });
  }
  const dirs = absent.map(({ dir }) => dir);
  const { replaced } = rewriteLocalReplaces(kept, String, dirs);
  return { folders: await Promise.all(replaced.map((local) => collect(local, request, files))), absent };
}

/**
 * The build's view of folders whose `go` line is too new: each go.mod with a lower line, laid over the folder's own.
 *
 * @returns path -> path that stands in for it, both as the go command sees them (`go help build`, -overlay)
 */
export function loweredOverlay(
  folders: readonly ReplacedModule[],
  places: Pick<Places, 'pin' | 'replaced'>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    folders
      .filter(({ lowered }) => lowered !== null)
      .map(({ index }) => [`${places.replaced(index)}/go.mod`, `${places.pin}/${loweredName(index)}`]),
  );
}

/** What the lowered go.mod of a folder is called in the pin's folder. */
export function loweredName(index: number): string {
  return `replaced-${String(index)}.mod`;
}

/** What the author has to know of folders that are not taken as they are. */
export function loweredWarnings(
  folders: readonly ReplacedModule[],
  { version, goVersion }: ReplacedRequest['server'],
): readonly PinWarning[] {
  return folders.flatMap(({ dir, modules, line, lowered }) => {
    if (lowered === null) return [];
    const loops = losesLoopVariables(lowered.from, lowered.to) ? `: ${loopsThen}` : '';
    const text = `${modules.join(' and ')} in ${dir} asks for Go ${lowered.from}, and is compiled with Go ${goVersion} of gotify ${version}${loops}`;
    return [{ text, line }];
  });
}

async function unusable(
  local: LocalReplace,
  request: ReplacedRequest,
  files: Files,
): Promise<Failure | null> {
  try {
    await moduleFolder(local, request, files);
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

async function collect(local: LocalReplace, request: ReplacedRequest, files: Files): Promise<ReplacedModule> {
  const path = await moduleFolder(local, request, files);
  const file = join(path, 'go.mod');
  const text = await files.readText(file);
  const go = dependencyGoLine(text, file);
  const { goVersion } = request.server;
  if (go === null || compareGoVersions(go.version, goVersion) <= 0) return { ...local, path, lowered: null };
  const to = goLineFor(goVersion);
  const goMod = text.slice(0, go.at[0]) + to + text.slice(go.at[1]);
  return { ...local, path, lowered: { from: go.version, to, goMod } };
}

/** The folder, which has a go.mod. */
async function moduleFolder(local: LocalReplace, request: ReplacedRequest, files: Files): Promise<string> {
  const source = await realFolder(local, request, files);
  const goMod = join(source, 'go.mod');
  if ((await files.stat(goMod))?.kind !== 'file') {
    throw wrongFolder(local, request, {
      code: 'replaced-without-go-mod',
      what: `${local.dir}, which replaces ${local.modules.join(' and ')}, has no go.mod`,
      remedy: `Run \`go mod init ${local.modules[0] ?? ''}\` in that folder, or correct the replace line.`,
    });
  }
  return source;
}

async function realFolder(local: LocalReplace, request: ReplacedRequest, files: Files): Promise<string> {
  const path = isAbsolute(local.dir) ? local.dir : resolve(request.moduleDir, local.dir);
  const stat = await files.stat(path);
  if (stat?.kind === 'folder') return files.realPath(path);
  const named = `${local.dir}, which replaces ${local.modules.join(' and ')}`;
  if (stat === null) {
    throw wrongFolder(local, request, {
      code: 'replaced-folder-missing',
      what: `the folder ${named}, is not there (looked at ${path})`,
      remedy: 'Check it out too, or remove the replace line.',
    });
  }
  throw wrongFolder(local, request, {
    code: 'replaced-not-a-folder',
    what: `${named}, is not a folder (${path})`,
    remedy: 'Name the folder that has the module and its go.mod.',
  });
}

function wrongFolder(
  { line }: LocalReplace,
  { file }: ReplacedRequest,
  parts: { readonly code: string; readonly what: string; readonly remedy: string },
): Failure {
  return new Failure('input', { ...parts, where: { kind: 'file', file, line } });
}
