import type { ByteSource } from '../ports.js';
import { malformed } from '../verify/elf-fields.js';
import { findSection, readLayout, readSection, type ElfLayout } from '../verify/elf-sections.js';
import type { Module } from './module.js';
import { unquote } from './quote.js';

/** What the Go linker wrote into a program or plugin about how it was built. */
export interface BuildInfo {
  /** `go1.26.0`, as the toolchain names itself. */
  readonly goVersion: string;
  /** The import path of the main package; empty where the file was built without modules. */
  readonly path: string;
  /** Null where the file was built without modules. */
  readonly main: Module | null;
  /** The modules linked in, with the version that was used: a replaced module has its replacement's. */
  readonly deps: readonly BuiltModule[];
  /** `-tags`, `CGO_ENABLED`, `GOARCH`, `vcs.revision`, ... */
  readonly settings: Readonly<Record<string, string>>;
}

export interface BuiltModule extends Module {
  /** The other module, or the folder, whose files were used instead. */
  readonly replacedBy?: string;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerSize = 32;
const flagsOffset = 15;
/** Set since Go 1.18: the two texts follow the header; before, the header had pointers to them. */
const inlineFlag = 2;
/** go frames the module text with 16 bytes on either side (infoStart and infoEnd of cmd/go/internal/modload). */
const frame = 16;

/**
 * The build info of a Go program or plugin, also of a stripped one; null where the file has none, or one
 * of a Go before 1.18 (whose texts are elsewhere in the file).
 *
 * @throws Failure (input) `malformed-elf`, `not-elf`
 * @see debug/buildinfo and runtime/debug.ParseBuildInfo in Go's standard library
 */
export function readBuildInfo(source: ByteSource): BuildInfo | null {
  return buildInfoOf(readLayout(source));
}

/** The same, where the file's section headers have been read already. */
export function buildInfoOf(layout: ElfLayout): BuildInfo | null {
  const section = findSection(layout, '.go.buildinfo');
  if (section === undefined) return null;
  const { source } = layout;
  const bytes = readSection(layout, section).bytes;
  if (bytes.length < headerSize || Buffer.compare(bytes.subarray(0, magic.length), magic) !== 0) {
    throw malformed(source, 'section .go.buildinfo', 'does not begin with its mark');
  }
  if (((bytes[flagsOffset] ?? 0) & inlineFlag) === 0) return null;
  const version = inlineText(source, bytes, headerSize);
  const modules = inlineText(source, bytes, version.end);
  return { goVersion: version.bytes.toString('utf8'), ...parseModuleText(unframed(modules.bytes)) };
}

interface Inline {
  readonly bytes: Buffer;
  readonly end: number;
}

/** A text behind its length, which is written seven bits a byte, lowest first. */
function inlineText(source: ByteSource, bytes: Uint8Array, at: number): Inline {
  let length = 0;
  let next = at;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[next++];
    if (byte === undefined || shift > 2 ** 35)
      throw malformed(source, 'section .go.buildinfo', 'has no sound text length');
    length += (byte & 127) * shift;
    if (byte < 128) break;
  }
  if (next + length > bytes.length) throw malformed(source, 'section .go.buildinfo', 'ends inside a text');
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset + next, length), end: next + length };
}

/** The text inside its frame; empty where the file was built without modules. */
function unframed(bytes: Buffer): string {
  const end = bytes.length - frame;
  return end > frame && bytes[end - 1] === 0x0a ? bytes.subarray(frame, end).toString('utf8') : '';
}

function parseModuleText(text: string): Omit<BuildInfo, 'goVersion'> {
  const deps: BuiltModule[] = [];
  const settings: Record<string, string> = {};
  let path = '';
  let main: Module | null = null;
  for (const line of text.split('\n')) {
    const [word, ...fields] = line.split('\t');
    if (word === 'path') path = fields[0] ?? '';
    else if (word === 'mod') main = moduleOf(fields);
    else if (word === 'dep') deps.push(moduleOf(fields));
    else if (word === '=>') replaceLast(deps, moduleOf(fields));
    else if (word === 'build') addSetting(settings, fields.join('\t'));
  }
  return { path, main, deps, settings };
}

function moduleOf([path = '', version = '', sum = '']: readonly string[]): Module {
  return sum === '' ? { path, version } : { path, version, sum };
}

/** A `=>` line belongs to the module line before it. */
function replaceLast(deps: BuiltModule[], replacement: Module): void {
  const replaced = deps.pop();
  if (replaced === undefined) return;
  const other = replacement.path === replaced.path ? {} : { replacedBy: replacement.path };
  deps.push({ ...replacement, path: replaced.path, ...other });
}

function addSetting(settings: Record<string, string>, text: string): void {
  const equals = /^("(?:[^"\\]|\\.)*"|[^=]*)=/.exec(text);
  if (equals === null) return;
  settings[unquoted(equals[1] ?? '')] = unquoted(text.slice(equals[0].length));
}

/** Go quotes a key or value that holds blanks, quotes or control characters. */
function unquoted(text: string): string {
  return unquote(text) ?? text;
}
