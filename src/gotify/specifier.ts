import { resolve } from 'node:path';
import valid from 'semver/functions/valid.js';
import validRange from 'semver/ranges/valid.js';
import { Failure } from '../errors.js';

/** One item of the `server` input, parsed. `text` is the item as it was written. */
export type ServerSpecifier =
  /** What GitHub's releases/latest names. */
  | { readonly kind: 'latest'; readonly text: string }
  /** `version` without `v`. */
  | { readonly kind: 'exact'; readonly text: string; readonly version: string }
  /** A partial version or a semver range; `every`: all stable matches (`all:<range>`), else the newest. */
  | { readonly kind: 'range'; readonly text: string; readonly range: string; readonly every: boolean }
  /** A branch or a commit. */
  | { readonly kind: 'ref'; readonly text: string; readonly ref: string }
  /** A gotify binary on this machine; absolute. */
  | { readonly kind: 'binary'; readonly text: string; readonly path: string };

const grammar =
  'Write latest, a version (v2.9.1), a part of one (2.9), a range (>=2.6 <3), all or all:<range>, ' +
  'a branch or commit, or the path of a gotify binary (./gotify); several are separated by commas or lines.';

/**
 * Reads the `server` input: one item or several, separated by commas or newlines; an item written twice counts once.
 *
 * @param base the folder that relative paths of binaries start from, absolute
 * @throws Failure (input) `no-server` for no item at all, `bad-server` for one that is nothing of the grammar
 */
export function parseServers(text: string, base: string): readonly ServerSpecifier[] {
  const items = text
    .split(/[,\r\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw bad('no-server', 'no server is named');
  return [...new Set(items)].map((item) => parseItem(item, base));
}

function parseItem(text: string, base: string): ServerSpecifier {
  if (text === 'latest') return { kind: 'latest', text };
  if (text === 'all' || text.startsWith('all:')) return parseAll(text);
  if (/^(\.{1,2}\/|\/)/.test(text)) return { kind: 'binary', text, path: resolve(base, text) };
  // All-digit commits would pass for versions, so commits go first.
  if (/^[0-9a-f]{7,40}$/.test(text)) return { kind: 'ref', text, ref: text };
  if (/^v?\d/.test(text) && valid(text) !== null) {
    return exactly(text);
  }
  const range = rangeOf(text);
  if (range !== null) return { kind: 'range', text, range, every: false };
  if (!isRefName(text)) throw bad('bad-server', `${JSON.stringify(text)} names no server`);
  return { kind: 'ref', text, ref: text };
}

/** The item that means one release. */
export function exactly(tag: string): Extract<ServerSpecifier, { kind: 'exact' }> {
  return { kind: 'exact', text: tag, version: tag.replace(/^v/, '') };
}

function parseAll(text: string): ServerSpecifier {
  const range = text === 'all' ? '*' : rangeOf(text.slice('all:'.length));
  if (range === null) throw bad('bad-server', `${JSON.stringify(text)} has no version range after all:`);
  return { kind: 'range', text, range, every: true };
}

/** The range in one spelling, or null where it is none. */
function rangeOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  return validRange(trimmed) === null ? null : trimmed.replace(/\s+/g, ' ');
}

/** Whether git would take it for the name of a branch. */
function isRefName(text: string): boolean {
  // What git-check-ref-format(1) forbids, and a dash in front.
  // eslint-disable-next-line no-control-regex -- control characters are among the forbidden ones
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(text)) return false;
  const parts = text.split('/');
  return !text.startsWith('-') && text !== '@' && !text.endsWith('.') && parts.every(isRefPart);
}

function isRefPart(part: string): boolean {
  return part !== '' && !part.startsWith('.') && !part.endsWith('.lock');
}

function bad(code: string, what: string): Failure {
  return new Failure('input', { code, what, remedy: grammar, where: { kind: 'input', input: 'server' } });
}
