import { dirname, join, posix, resolve } from 'node:path';
import { Failure, type Where } from '../errors.js';
import { parseModFile, type ModFile } from '../go/modfile.js';
import { replaceInUse } from '../go/replace.js';
import { parseSumFile } from '../go/sumfile.js';
import { compareGoVersions, isGoVersion } from '../go/version.js';
import type { OpenBytes } from '../gotify/binary.js';
import { parseServers, type ServerSpecifier } from '../gotify/specifier.js';
import { displayPath, readOptional } from '../plugin/project.js';
import type { Files } from '../ports.js';
import { replacementText } from './compare.js';
import type { CapServer } from './go.js';
import type { CapRule } from './result.js';

/** What `-from` names. */
export type CapSource =
  | { readonly kind: 'server'; readonly specifier: ServerSpecifier }
  /** A go.mod on this machine; absolute, and as the user knows it. */
  | { readonly kind: 'go.mod'; readonly file: string; readonly display: string };

export interface SourcePorts {
  readonly files: Files;
  readonly openBytes: OpenBytes;
}

const where: Where = { kind: 'input', input: 'from' };

/**
 * Reads `-from`: a server in any form of the `server` input, or a go.mod file or a folder with one, as gomod-cap takes
 * them. Versions and ranges are never taken for names of files; what could be a branch is a file where one is there.
 *
 * @param base the folder that relative paths start from, absolute
 * @throws Failure (input) naming `from`
 */
export async function readSource(text: string, base: string, ports: SourcePorts): Promise<CapSource> {
  const specifier = specifierOf(text, base);
  if (specifier !== null && specifier.kind !== 'ref' && specifier.kind !== 'binary')
    return { kind: 'server', specifier };
  const path = resolve(base, text);
  const stat = await ports.files.stat(path);
  if (stat?.kind === 'folder') {
    const file = join(path, 'go.mod');
    if ((await ports.files.stat(file))?.kind === 'file') return goModAt(file, base);
    if (specifier?.kind !== 'ref') throw noFile(`there is no go.mod in the folder ${text}`);
  } else if (stat?.kind === 'file') {
    return isElf(path, ports)
      ? { kind: 'server', specifier: { kind: 'binary', text, path } }
      : goModAt(path, base);
  }
  if (specifier?.kind === 'ref' && !text.endsWith('.mod')) return { kind: 'server', specifier };
  throw noFile(`there is no file or folder ${text}`);
}

/**
 * The server that a go.mod describes, with the GO_VERSION and go.sum that lie beside it. Without a GO_VERSION the
 * `toolchain` line counts, then the `go` line.
 *
 * @throws Failure (input) where one of the files is malformed, or does not say enough for the rule
 */
export async function serverOfGoMod(
  source: Extract<CapSource, { kind: 'go.mod' }>,
  rule: CapRule,
  files: Files,
): Promise<CapServer> {
  const { file, display } = source;
  const beside = (name: string): Promise<string | null> => readOptional(join(dirname(file), name), files);
  const goMod = await files.readText(file);
  const mod = parseModFile(goMod, display);
  const goSum = (await beside('go.sum')) ?? '';
  parseSumFile(goSum, posix.join(posix.dirname(display), 'go.sum'));
  if (rule === 'full') checkComplete(mod, display);
  const goVersion = goVersionOf(mod, await beside('GO_VERSION'));
  if (rule === 'full' && goVersion === '') throw noGoVersion(display);
  const modules =
    rule === 'full' ? mod.requires.map(({ path }) => ({ path, version: used(mod, path, display) })) : [];
  return { version: `at ${display}`, goVersion, goMod, goSum, pinList: { source: 'go.mod', modules } };
}

function specifierOf(text: string, base: string): ServerSpecifier | null {
  let servers: readonly ServerSpecifier[];
  try {
    servers = parseServers(text, base);
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'no-server') throw error;
    // It may still be the name of a file.
    return null;
  }
  const [specifier] = servers;
  if (specifier !== undefined && servers.length === 1 && !(specifier.kind === 'range' && specifier.every))
    return specifier;
  throw new Failure('input', {
    code: 'several-servers',
    what: 'a go.mod can be capped to one server, and this names several',
    remedy: 'Name one server, such as latest or v2.9.1.',
    where,
  });
}

function goModAt(file: string, base: string): CapSource {
  return { kind: 'go.mod', file, display: displayPath(base, file) };
}

function isElf(path: string, { openBytes }: SourcePorts): boolean {
  const bytes = openBytes(path);
  try {
    return Buffer.from(bytes.read(0, 4)).toString('latin1') === '\x7fELF';
  } finally {
    bytes.close();
  }
}

/** From Go 1.17 on a go.mod names every module that it has packages of: https://go.dev/ref/mod#graph-pruning. */
function checkComplete(mod: ModFile, display: string): void {
  if (mod.go !== null && compareGoVersions(mod.go.version, '1.17') >= 0) return;
  throw new Failure('input', {
    code: 'incomplete-go-mod',
    what: 'this go.mod is from before Go 1.17: it names only the modules that are required directly, not those that they need',
    remedy: 'Name a gotify version in its place, or use --rule gomod-cap.',
    where: { kind: 'file', file: display, ...(mod.go === null ? {} : { line: mod.go.line }) },
  });
}

/** Empty where nothing says it. */
function goVersionOf(mod: ModFile, file: string | null): string {
  const text = file ?? mod.toolchain?.name ?? mod.go?.version ?? '';
  const version = text.trim().replace(/^go/, '');
  if (!isGoVersion(version)) return '';
  return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}

/** The version that a go.mod builds a module at, with its replacements. */
function used(mod: ModFile, path: string, display: string): string {
  const required = mod.requires.findLast((require) => require.path === path)?.version ?? '';
  const replace = replaceInUse(mod, path, required);
  if (replace === undefined) return required;
  if (replace.new.kind === 'module' && replace.new.path === path) return replace.new.version;
  throw new Failure('input', {
    code: 'server-replace',
    what: `this go.mod replaces ${path} by ${replacementText(replace)}, which a plugin cannot follow`,
    remedy: 'Use the go.mod of a released server.',
    where: { kind: 'file', file: display, line: replace.line },
  });
}

function noGoVersion(display: string): Failure {
  return new Failure('input', {
    code: 'server-go-version',
    what: 'neither a GO_VERSION file beside it nor the go.mod says which Go it is built with',
    remedy: 'Put the GO_VERSION file of the server beside its go.mod, or name a gotify version in its place.',
    where: { kind: 'file', file: display },
  });
}

function noFile(what: string): Failure {
  return new Failure('input', {
    code: 'no-from',
    what,
    remedy: 'Name a gotify version (latest, v2.9.1, 2.9), a gotify binary, or a go.mod or its folder.',
    where,
  });
}
