import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Script } from 'node:vm';
import { platformCacheDir } from '../options/platform-cache.js';
import { writeWhole } from './write-whole.js';

// Node's own compile cache keeps what V8 compiles while a file is loaded, and most functions are compiled later, when
// they are first called: of what this saves it saves less than half.

export interface CachedRun {
  /** Where the code of earlier runs is kept; null: nowhere. */
  readonly cacheFile: string | null;
  /** Whether this run may keep its own there. */
  readonly keeps: boolean;
  /** Names the files' content: code of others is not used. V8 itself looks at their length only. */
  readonly build: string;
  /** Node's own, for its modules. */
  readonly require: (name: string) => unknown;
}

/** V8's code by the path of the file from the folder of the first one: all copies of a build share it. */
type Code = ReadonlyMap<string, Buffer>;

/**
 * Runs a CommonJS file, and what it requires by relative paths, with the code that V8 made of them in an earlier run.
 * Where some had none, the code of all is kept when the process ends, with every function that was called.
 *
 * @param main absolute
 */
export function runWithCodeCache(main: string, { cacheFile, keeps, build, require }: CachedRun): void {
  const known = cacheFile === null ? null : readCode(cacheFile, build);
  const files = new CommonJsFiles({ folder: dirname(main), known: known ?? new Map(), require });
  process.on('exit', (exitCode) => {
    // Bad input leaves nothing behind.
    if (cacheFile === null || !keeps || exitCode > 1) return;
    if (files.hasNewCode) writeCode(cacheFile, build, files.code());
  });
  files.load(main);
}

/**
 * Where the code is kept that the functions of a command take: null where it has no place that is the user's own, or
 * where Node is told to keep none.
 *
 * @param command the first argument, whatever it is
 */
export function codeCacheFile(
  command: string | undefined,
  { env, platform, versions }: Pick<NodeJS.Process, 'env' | 'platform' | 'versions'>,
): string | null {
  if (command === undefined || !/^[a-z]{1,16}$/.test(command)) return null;
  // A cache hides from coverage what it holds (https://nodejs.org/api/module.html#module-compile-cache).
  if (['NODE_DISABLE_COMPILE_CACHE', 'NODE_V8_COVERAGE'].some((name) => (env[name] ?? '') !== ''))
    return null;
  const dir = platformCacheDir(env, platform);
  return dir === null ? null : join(dir, 'code', `${command}-v8-${versions.v8}`);
}

interface Module {
  exports: unknown;
}

interface FilesFrom {
  /** What paths are relative to; absolute. */
  readonly folder: string;
  readonly known: Code;
  /** Node's own, for its modules. */
  readonly require: (name: string) => unknown;
}

/** Modules as Node loads them, for files that require each other by relative paths (https://nodejs.org/api/modules.html). */
class CommonJsFiles {
  readonly #from: FilesFrom;
  readonly #modules = new Map<string, Module>();
  readonly #scripts = new Map<string, Script>();
  #hasNewCode = false;

  constructor(from: FilesFrom) {
    this.#from = from;
  }

  load(file: string): unknown {
    const loaded = this.#modules.get(file);
    if (loaded !== undefined) return loaded.exports;
    const module: Module = { exports: {} };
    this.#modules.set(file, module);
    try {
      this.#run(file, module);
    } catch (error) {
      // Whoever asks again gets the error again, not half a module.
      this.#modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  /** Whether something was loaded that no code was known of. */
  get hasNewCode(): boolean {
    return this.#hasNewCode;
  }

  code(): Code {
    const own = [...this.#scripts].map(([path, script]) => [path, script.createCachedData()] as const);
    return new Map([...this.#from.known, ...own]);
  }

  #run(file: string, module: Module): void {
    const dir = dirname(file);
    const require = (name: string): unknown =>
      name.startsWith('.') ? this.load(join(dir, name)) : this.#from.require(name);
    const run: unknown = this.#compile(file).runInThisContext();
    if (typeof run !== 'function') throw new Error(`${file} is no CommonJS file`);
    Reflect.apply(run, module.exports, [module.exports, require, module, file, dir]);
  }

  #compile(file: string): Script {
    const text = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(file, 'utf8')}\n})`;
    const path = relative(this.#from.folder, file);
    const cachedData = this.#from.known.get(path);
    const script = new Script(text, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
    this.#hasNewCode ||= cachedData === undefined || script.cachedDataRejected === true;
    this.#scripts.set(path, script);
    return script;
  }
}

/** What stands at the end: a file that a crash cut off, or filled up with zeros, has it not. */
const ending = Buffer.from('\nend of code\n');

/** The code that an earlier run kept; null where there is none that can be trusted. */
function readCode(cacheFile: string, build: string): Code | null {
  try {
    const bytes = readOwn(cacheFile);
    const start = bytes.indexOf('\n') + 1;
    const header: unknown = JSON.parse(bytes.toString('utf8', 0, start));
    if (!isHeader(header) || header.build !== build) return null;
    let at = start;
    const code = new Map(header.files.map(([file, length]) => [file, bytes.subarray(at, (at += length))]));
    return bytes.subarray(at).equals(ending) ? code : null;
  } catch {
    return null;
  }
}

/** V8 runs what it is given: nobody else may have written it. */
function readOwn(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const { uid, mode } = fstatSync(descriptor);
    if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error(`${file} is not ours alone`);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

interface Header {
  readonly build: string;
  /** The path of each file, with the bytes that its code takes, in their order. */
  readonly files: readonly (readonly [string, number])[];
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null || !('build' in value) || !('files' in value)) return false;
  const { build, files } = value;
  const isFile = (entry: unknown): boolean =>
    Array.isArray(entry) && typeof entry[0] === 'string' && Number.isSafeInteger(entry[1]) && entry[1] >= 0;
  return typeof build === 'string' && Array.isArray(files) && files.every(isFile);
}

function writeCode(cacheFile: string, build: string, code: Code): void {
  const header: Header = { build, files: [...code].map(([file, bytes]) => [file, bytes.length]) };
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...code.values(), ending]);
  try {
    const dir = dirname(cacheFile);
    // Whoever runs as another user in this user's home makes no folder that this one cannot use.
    if (ownerAbove(dir) !== process.getuid?.()) return;
    mkdirSync(dir, { recursive: true });
    writeWhole(cacheFile, bytes, { mode: 0o600 });
  } catch {
    // The next run compiles again.
  }
}

/** The owner of the nearest folder that is there. */
function ownerAbove(dir: string): number {
  const found = statSync(dir, { throwIfNoEntry: false });
  return found === undefined ? ownerAbove(dirname(dir)) : found.uid;
}
