import { join, posix, relative, sep } from 'node:path';
import { Failure, type Where } from '../errors.js';
import { parseModFile, type ModFile } from '../go/modfile.js';
import type { Files } from '../ports.js';
import { findGoModAbove, findGoModsBelow } from './find-go-mod.js';

/** A plugin's source on this machine, found and read, but not yet built. */
export interface PluginProject {
  /** The module's folder: absolute, without symbolic links. */
  readonly moduleDir: string;
  readonly goModFile: string;
  readonly goModText: string;
  /** Null where the plugin has none. */
  readonly goSumText: string | null;
  readonly goMod: ModFile;
  readonly modulePath: string;
  /** The main package for the go command: `.` or `./cmd/x`. */
  readonly packageArg: string;
  /** Its folder: absolute, below moduleDir. */
  readonly packageDir: string;
  /** First part of file names: the last element of the module path before `/vN`. */
  readonly name: string;
  /** The module's folder for messages: relative to where the user is, `.` for that folder itself. */
  readonly displayDir: string;
  /** go.mod for messages and annotations. */
  readonly displayGoMod: string;
}

/**
 * Finds the plugin's module and its main package.
 *
 * @param request.path the module's folder, absolute
 * @param request.package the main package, relative to it
 * @param request.base the folder that the user's paths start from, absolute
 * @param request.input what the user calls the path
 * @throws Failure (input) without a go.mod there, with a malformed one, or with a package that is not in the module
 */
export async function locatePlugin(
  {
    input = 'path',
    ...request
  }: {
    readonly path: string;
    readonly package: string;
    readonly base: string;
    readonly input?: 'path' | 'to';
  },
  files: Files,
): Promise<PluginProject> {
  const displayDir = displayPath(request.base, request.path);
  await requireFolder({ ...request, input }, displayDir, files);
  const moduleDir = await files.realPath(request.path);
  const goModFile = join(moduleDir, 'go.mod');
  if ((await files.stat(goModFile))?.kind !== 'file')
    throw await noGoMod({ ...request, input }, displayDir, files);
  const displayGoMod = posix.join(displayDir, 'go.mod');
  const goModText = await files.readText(goModFile);
  const goMod = parseModFile(goModText, displayGoMod);
  if (goMod.module === '') throw noModuleLine(displayGoMod);
  const packageArg = cleanPackage(request.package);
  const packageDir = await findPackage(
    { moduleDir, packageArg, displayDir, modulePath: goMod.module, input },
    files,
  );
  return {
    moduleDir,
    goModFile,
    goModText,
    goSumText: await readOptional(join(moduleDir, 'go.sum'), files),
    goMod,
    modulePath: goMod.module,
    packageArg,
    packageDir,
    name: pluginNameOf(goMod.module),
    displayDir,
    displayGoMod,
  };
}

/** `package` as the go command takes it: `cmd/x/` becomes `./cmd/x`. Throws Failure (input) where it leaves the module. */
export function cleanPackage(text: string): string {
  const clean = posix.normalize(text === '' ? '.' : text).replace(/\/$/, '');
  const leaves = clean === '..' || clean.startsWith('../') || clean.startsWith('/');
  if (leaves || clean.includes('\0')) throw outside(text, 'it leads out of the module');
  if (clean.split('/').includes('...')) throw outside(text, 'a pattern can match several packages');
  return clean === '.' ? '.' : `./${clean}`;
}

/** What a plugin's files are called unless a name is given: the last part of its module path, before a major version. */
export function pluginNameOf(modulePath: string): string {
  const parts = modulePath.split('/');
  const last = parts.at(-1) ?? modulePath;
  return parts.length > 1 && /^v\d+$/.test(last) ? (parts.at(-2) ?? last) : last;
}

/** A path for messages: relative to where the user is, unless that is far away; both absolute. */
export function displayPath(base: string, path: string): string {
  const way = relative(base, path).split(sep).join('/');
  return way === '' ? '.' : way.startsWith('../../') ? path : way;
}

/** `input`: what the user calls the path. */
interface Named {
  readonly path: string;
  readonly base: string;
  readonly input: 'path' | 'to';
}

async function requireFolder({ path, input }: Named, display: string, files: Files): Promise<void> {
  const found = await files.stat(path);
  if (found?.kind === 'folder') return;
  throw new Failure('input', {
    code: 'no-plugin-folder',
    what: found === null ? `there is no folder ${display}` : `${display} is not a folder`,
    remedy: "Name the folder that holds the plugin's go.mod.",
    where: { kind: 'input', input },
  });
}

async function noGoMod(request: Named, display: string, files: Files): Promise<Failure> {
  const above = await findGoModAbove(request.path, files);
  const below = await findGoModsBelow(request.path, files);
  return new Failure('input', {
    code: 'no-go-mod',
    what: `there is no go.mod in ${display === '.' ? 'this folder' : display} (looked at ${join(request.path, 'go.mod')})`,
    remedy: goModRemedy(request, above, below),
    where: { kind: 'input', input: request.input },
  });
}

function goModRemedy({ path, base, input }: Named, above: string | null, below: readonly string[]): string {
  if (above !== null) {
    const inside = relative(above, path).split(sep).join('/');
    return `There is one in ${displayPath(base, above)}: set ${written(input)} to that folder, and package to ./${inside}.`;
  }
  const [first] = below;
  if (first === undefined)
    return 'A plugin is a Go module: create its go.mod with `go mod init` and `go mod tidy`.';
  const places = below.map((dir) => displayPath(base, dir)).join(', ');
  return `There is one in ${places}: set ${written(input)} to ${below.length > 1 ? "the plugin's folder" : 'that folder'}.`;
}

/** As gomod-cap's flag is written: "set to to" would be hard to read. */
function written(input: Named['input']): string {
  return input === 'to' ? '-to' : input;
}

function noModuleLine(file: string): Failure {
  return new Failure('input', {
    code: 'malformed-go-mod',
    what: 'there is no module line',
    remedy: 'Start the file with a line such as `module example.com/my-plugin`.',
    where: { kind: 'file', file, line: 1 },
  });
}

interface PackageRequest {
  readonly moduleDir: string;
  readonly packageArg: string;
  readonly displayDir: string;
  readonly modulePath: string;
  readonly input: Named['input'];
}

async function findPackage(request: PackageRequest, files: Files): Promise<string> {
  const { moduleDir, packageArg, displayDir } = request;
  const dir = join(moduleDir, packageArg);
  const found = await files.stat(dir);
  if (found?.kind !== 'folder') throw noPackage(packageArg, displayDir);
  const real = await files.realPath(dir);
  // A build sees the module's folder alone, so a link out of it would lead nowhere.
  if (real !== dir)
    throw outside(packageArg, `it is a link to ${real}, and Go does not follow links to packages`);
  await refuseNested(request, files);
  return dir;
}

/** A folder with a go.mod of its own is another module, also where it lies below this one. */
async function refuseNested(
  { moduleDir, packageArg, modulePath, displayDir, input }: PackageRequest,
  files: Files,
): Promise<void> {
  const parts = packageArg.split('/').slice(1);
  for (const depth of parts.keys()) {
    const inside = parts.slice(0, depth + 1).join('/');
    if ((await files.stat(join(moduleDir, inside, 'go.mod')))?.kind !== 'file') continue;
    const rest = parts.slice(depth + 1).join('/');
    throw new Failure('input', {
      code: 'package-in-other-module',
      what: `the package ${packageArg} does not belong to the module ${modulePath}: ${inside} has a go.mod of its own`,
      remedy: `Set ${written(input)} to ${posix.join(displayDir, inside)} and package to ${rest === '' ? '.' : `./${rest}`}.`,
      where: inputPackage,
    });
  }
}

function noPackage(packageArg: string, displayDir: string): Failure {
  return new Failure('input', {
    code: 'no-package-folder',
    what: `there is no folder ${packageArg} in ${displayDir}`,
    remedy: "Name the folder of the plugin's main package, relative to its go.mod: `.` or `./cmd/plugin`.",
    where: inputPackage,
  });
}

function outside(text: string, why: string): Failure {
  return new Failure('input', {
    code: 'package-outside-module',
    what: `${text} cannot be the main package: ${why}`,
    remedy: "Name one folder below the plugin's go.mod: `.` or `./cmd/plugin`.",
    where: inputPackage,
  });
}

/** The text of a file; null where there is none. */
export async function readOptional(path: string, files: Files): Promise<string | null> {
  return (await files.stat(path))?.kind === 'file' ? files.readText(path) : null;
}

const inputPackage: Where = { kind: 'input', input: 'package' };
