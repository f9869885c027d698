import { isAbsolute, join, resolve } from 'node:path';
import { Failure } from '../errors.js';
import { dependencyGoLine, parseModFile } from '../go/modfile.js';
import { compareGoVersions, goLineFor } from '../go/version.js';
import type { ServerBuild } from '../gotify/server-build.js';
import type { Files } from '../ports.js';
import {
  keptReplaces,
  rewriteLocalReplaces,
  type DependencyRule,
  type LocalReplace,
} from './local-replaces.js';

export interface ReplacedRequest {
  /** The text of the plugin's go.mod, and its path for messages. */
  readonly goMod: string;
  readonly file: string;
  /** Absolute: relative replacements start here. */
  readonly moduleDir: string;
  /** `pin` uses no replacement of a server module: such folders need not exist. */
  readonly dependencies: DependencyRule;
  readonly server: Pick<ServerBuild, 'version' | 'goVersion' | 'pinList'>;
  /** An existing folder of this run, for copies; absolute. */
  readonly workDir: string;
}

/** A folder that stands for a module. */
export interface ReplacedModule {
  /** N of /replaced/N, as in Pin.replaced. */
  readonly index: number;
  /** What the build mounts, without symbolic links; absolute. */
  readonly dir: string;
  /** The user's folder: `dir` itself, or what `dir` is a copy of. */
  readonly source: string;
  /** The `go` line of the copy, where the folder's own was too new for the server's Go; else null. */
  readonly lowered: { readonly from: string; readonly to: string } | null;
}

/**
 * Finds the folders that local replaces of the plugin's go.mod name, in the order of their index. A folder whose
 * `go` line is too new is copied and the copy's line lowered; the user's folder is never written.
 * Throws Failure (input) with the line of the replace: `replaced-folder-missing`, `replaced-not-a-folder`,
 * `replaced-without-go-mod`; and as the pin does for a malformed go.mod.
 */
export async function collectReplaced(
  request: ReplacedRequest,
  files: Files,
): Promise<readonly ReplacedModule[]> {
  const mod = parseModFile(request.goMod, request.file);
  const { replaced } = rewriteLocalReplaces(keptReplaces(mod, request, request.file), String);
  return Promise.all(replaced.map((local) => collect(local, request, files)));
}

async function collect(local: LocalReplace, request: ReplacedRequest, files: Files): Promise<ReplacedModule> {
  const source = await realFolder(local, request, files);
  const goMod = join(source, 'go.mod');
  if ((await files.stat(goMod))?.kind !== 'file') {
    throw wrongFolder(local, request, {
      code: 'replaced-without-go-mod',
      what: `${local.dir}, which replaces ${local.module}, has no go.mod`,
      remedy: `Run \`go mod init ${local.module}\` in that folder, or correct the replace line.`,
    });
  }
  const text = await files.readText(goMod);
  const go = dependencyGoLine(text, goMod);
  const { goVersion } = request.server;
  if (go === null || compareGoVersions(go.version, goVersion) <= 0) {
    return { index: local.index, dir: source, source, lowered: null };
  }
  const dir = join(request.workDir, String(local.index));
  const to = goLineFor(goVersion);
  await files.copy(source, dir);
  await files.write(join(dir, 'go.mod'), text.slice(0, go.at[0]) + to + text.slice(go.at[1]));
  return { index: local.index, dir, source, lowered: { from: go.version, to } };
}

async function realFolder(local: LocalReplace, request: ReplacedRequest, files: Files): Promise<string> {
  const path = isAbsolute(local.dir) ? local.dir : resolve(request.moduleDir, local.dir);
  const stat = await files.stat(path);
  if (stat?.kind === 'folder') return files.realPath(path);
  const named = `${local.dir}, which replaces ${local.module}`;
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
