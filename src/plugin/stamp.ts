import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { TargetName } from '../build/target.js';
import { codeOf } from '../errors.js';
import type { Files } from '../ports.js';
import { readGoHeader } from './go-header.js';
import { readOptional } from './project.js';

export interface StampRequest {
  /** The module's folder, absolute. */
  readonly moduleDir: string;
  /** Folders of local replacements, absolute. */
  readonly replaced: readonly string[];
  /** The cache folder, absolute: it may lie inside of the module, and has other modules' files. */
  readonly cacheDir: string;
  /** The build-only go.mod and go.sum as they were made, before the go command touched them. */
  readonly pinText: string;
  readonly sumText: string;
  readonly goVersion: string;
  readonly builderKind: 'docker' | 'host';
  readonly target: TargetName;
  readonly tags: string | null;
  readonly package: string;
  /** Test files count too: tidying reads them. */
  readonly tests?: true;
}

/**
 * A fingerprint of everything that decides which modules a build needs: while it stays the same, a module cache that
 * was complete is still complete. A change inside of functions leaves it as it is; a new import, build constraint or
 * file name does not.
 *
 * @returns sha256, 64 hex digits
 */
export async function importStamp(request: StampRequest, files: Files): Promise<string> {
  const { moduleDir, replaced, cacheDir, ...facts } = request;
  const skipped = await files.realPath(cacheDir).catch(() => null);
  const hash = createHash('sha256');
  hash.update(JSON.stringify(Object.entries(facts).sort()));
  for (const [index, dir] of [moduleDir, ...replaced].entries()) {
    hash.update(
      JSON.stringify([index, await moduleHeaders({ dir, skipped, tests: request.tests === true }, files)]),
    );
    // What a replacement requires is part of the module graph; the module's own go.mod is in the pin.
    if (index > 0) hash.update(JSON.stringify(await readOptional(join(dir, 'go.mod'), files)));
  }
  return hash.digest('hex');
}

/** Path and header of each Go file, sorted by path. */
type Headers = readonly (readonly [path: string, header: string])[];

interface Tree {
  readonly dir: string;
  /** A folder that is no part of it; absolute, without links. */
  readonly skipped: string | null;
  readonly tests: boolean;
}

async function moduleHeaders(tree: Tree, files: Files): Promise<Headers> {
  const visible = await walk({ ...tree, hidden: false }, files);
  // `./...` leaves testdata and the like out, yet an import can name them.
  const namesHidden = visible.some(([, header]) => /["/](?:_|testdata|node_modules)/.test(header));
  return namesHidden ? walk({ ...tree, hidden: true }, files) : visible;
}

/** Without the folders that cannot be read: if Go needs one it says so, and most of them are no source at all. */
async function walk(request: Tree & { readonly hidden: boolean }, files: Files): Promise<Headers> {
  const seen = new Set([request.skipped]);
  const visit = async (dir: string, inside: string): Promise<Headers> => {
    const real = await orNull(files.realPath(dir));
    if (real === null || seen.has(real)) return [];
    seen.add(real);
    const names = (await orNull(files.list(dir))) ?? [];
    if (inside !== '' && names.includes('go.mod')) return [];
    const wanted = names.filter((name) => !isIgnored(name, request));
    return (await Promise.all(wanted.map((name) => entry(join(dir, name), inside + name)))).flat();
  };
  const entry = async (path: string, inside: string): Promise<Headers> => {
    const isGo = path.endsWith('.go');
    const text = isGo ? await readFile(path, files) : null;
    if (text !== null) return [[inside, headerText(text)]];
    const found = await orNull(files.stat(path));
    return found?.kind === 'folder' ? visit(path, `${inside}/`) : [];
  };
  return visit(request.dir, '');
}

function isIgnored(name: string, { hidden, tests }: Tree & { readonly hidden: boolean }): boolean {
  if (name.startsWith('.') || name === 'vendor' || (!tests && name.endsWith('_test.go'))) return true;
  return !hidden && (name.startsWith('_') || name === 'testdata' || name === 'node_modules');
}

/** A file that is no Go counts whole: any change to it may be the one that makes it Go. */
function headerText(text: string): string {
  const header = readGoHeader(text);
  if (header === null) return text;
  return JSON.stringify([header.constraints, header.package, header.imports.map(({ path }) => path)]);
}

/** Null where it cannot be read as a file: a folder called `x.go`, or a link to nowhere. */
async function readFile(path: string, files: Files): Promise<string | null> {
  return files.readText(path).catch(() => null);
}

/** Null for what may not be read, is gone by now, or is a link to itself. */
async function orNull<T>(look: Promise<T>): Promise<T | null> {
  try {
    return await look;
  } catch (error) {
    if (unreadable.includes(codeOf(error))) return null;
    throw error;
  }
}

const unreadable: readonly (string | null)[] = ['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'ELOOP'];
