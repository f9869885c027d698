import { code, table, words } from '../report/markdown.js';
import type { IndexEntry } from './index-file.js';
import type { Left } from './request.js';

const begin = '<!-- gotify-plugin-build: begin -->';
const end = '<!-- gotify-plugin-build: end -->';

/** The text of a release that is made here, before anything is known. */
export const emptyNotes = `${begin}\n\n${end}`;

/** The longest text of a release that GitHub takes, in characters: 422 `body is too long` otherwise. */
const longestBody = 125_000;
/** Of a sentence about what is missing, which may quote a compiler. */
const longestLine = 500;

const pointer = 'The table would be too long here: gotify-plugin.json says which file is for which server.';

/** Something that is not there; the line is Markdown. */
interface Missing {
  readonly target: string;
  readonly servers: readonly string[];
  readonly line: string;
}

export interface Notes {
  readonly files: readonly IndexEntry[];
  readonly left: readonly Left[];
}

/**
 * A release's text with the part between our markers replaced: which file is for which server and architecture, and
 * what is missing. What the old text says is missing stays until it is there. A text without markers is somebody's
 * own and stays as it is, and so does one that leaves no room for ours.
 */
export function withNotes(body: string, { files, left }: Notes): string {
  const block = blockIn(body);
  if (block === null) return body;
  const missing = [...left.map(missingOf), ...missingIn(block.text)];
  const room = longestBody - (body.length - (block.to - block.from));
  const text = fitting({ files, missing: stillMissing(missing, files) }, room);
  return text === null ? body : `${body.slice(0, block.from)}${text}${body.slice(block.to)}`;
}

/** Whether the text is nothing but what we wrote: nobody loses anything with it. */
export function isOurs(body: string): boolean {
  const block = blockIn(body);
  return block !== null && `${body.slice(0, block.from)}${body.slice(block.to)}`.trim() === '';
}

interface Told {
  readonly files: readonly IndexEntry[];
  readonly missing: readonly Missing[];
}

/** As much of it as there is room for: the table goes first, then what is missing, from its end. Null: not even the markers. */
function fitting({ files, missing }: Told, room: number): string | null {
  const whole = blockOf(tableOf(files), { missing, more: 0 });
  if (whole.length <= room) return whole;
  for (let kept = missing.length; kept >= 0; kept -= 1) {
    const text = blockOf(pointer, { missing: missing.slice(0, kept), more: missing.length - kept });
    if (text.length <= room) return text;
  }
  return null;
}

function tableOf(files: readonly IndexEntry[]): string {
  const rows = files.map(({ file, servers, target }) => [
    code(file),
    servers.map((server) => words(server)).join(', '),
    words(target),
  ]);
  return table(['file', 'gotify', 'architecture'], rows);
}

/** `more`: how many of what is missing are not named. */
function blockOf(
  head: string,
  { missing, more }: { readonly missing: readonly Missing[]; readonly more: number },
): string {
  const lines = missing.map(
    ({ line, target, servers }) => `- ${line} <!-- ${target} ${servers.join(' ')} -->`,
  );
  const rest = [
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...(more === 0 ? [] : [`And ${String(more)} more.`]),
  ];
  const left = rest.length === 0 ? [] : ['Not everything that was asked for is here:', ...rest];
  return [begin, head, ...left, end].join('\n\n');
}

function missingOf({ target, servers, text }: Left): Missing {
  // A comment ends at its first two dashes; versions have none, but a ref might.
  return {
    target,
    servers: servers.map((server) => server.replace(/[^\w.+-]|--+/g, '_')),
    line: words(text, longestLine),
  };
}

function missingIn(text: string): readonly Missing[] {
  return [...text.matchAll(/^- (.*) <!-- (\S+) (\S.*?) -->$/gm)].map(
    ([, line = '', target = '', servers = '']) => ({
      target,
      servers: servers.split(' '),
      line,
    }),
  );
}

/** Each target and group of servers once, without those that a file is there for. Sorted. */
function stillMissing(all: readonly Missing[], files: readonly IndexEntry[]): readonly Missing[] {
  const isThere = ({ target, servers }: Missing): boolean =>
    servers.every((server) => files.some((file) => file.target === target && file.servers.includes(server)));
  const byKey = new Map<string, Missing>();
  for (const missing of all) {
    const key = `${missing.target} ${missing.servers.join(' ')}`;
    if (!isThere(missing) && !byKey.has(key)) byKey.set(key, missing);
  }
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, missing]) => missing);
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

function blockIn(body: string): Block | null {
  const from = body.indexOf(begin);
  const at = from < 0 ? -1 : body.indexOf(end, from);
  return at < 0 ? null : { from, to: at + end.length, text: body.slice(from, at) };
}
