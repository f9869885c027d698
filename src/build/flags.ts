import type { Failure } from '../errors.js';
import { buildRefusals, refusedFlag, refusedTag } from './flag-rules.js';
import { checkLdflags } from './ldflags.js';
import { checkToolFlags } from './tool-flags.js';

/** The build flags that the user may add: parsed from an allow-list, so none of them can change a shared package. */
export interface BuildFlags {
  /** Added to `-ldflags "-w -s"`. */
  readonly ldflags: readonly string[];
  /** Added to `go build`, one argument an item. */
  readonly flags: readonly string[];
  /** The value of `-tags` among them, for listing packages as they will be built. */
  readonly tags: string | null;
  /** `-a`, on request only. */
  readonly rebuildAll: boolean;
}

/** One flag of the input, apart from its value: `-p=4`, `-p 4`, or `-p` and `4` on two lines. */
interface Flag {
  readonly name: string;
  readonly value: string | null;
}

const switches = ['v', 'x', 'a'];
const valued = ['tags', 'p', 'gcflags', 'asmflags'];

/**
 * Reads the inputs `ldflags` (one text, split as Go splits it) and `build-flags` (one argument a line).
 *
 * @throws Failure (input, `refused-flag`) for every flag that is not on the allow-list, with the reason where it is a
 *   known one: it would make a file that the loader refuses, reach outside the build, or undo what the build needs
 */
export function parseBuildFlags(raw: { readonly ldflags: string; readonly buildFlags: string }): BuildFlags {
  const flags = readFlags(raw.buildFlags);
  const tags = tagsOf(flags);
  return {
    ldflags: checkLdflags(raw.ldflags),
    flags: flags.filter(({ name }) => name !== 'a').map((flag) => written(flag, tags)),
    tags,
    rebuildAll: flags.some(({ name }) => name === 'a'),
  };
}

function readFlags(text: string): readonly Flag[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const flags: Flag[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const flag = splitFlag(lines[at] ?? '');
    const next = lines[at + 1];
    // Go takes the next argument where a flag with a value has none of its own.
    const takesNext = valued.includes(flag.name) && flag.value === null && next !== undefined;
    if (takesNext) at += 1;
    flags.push(checked(takesNext ? { name: flag.name, value: next } : flag));
  }
  return flags;
}

function splitFlag(line: string): Flag {
  const match = /^--?([A-Za-z][\w-]*)(?:[= \t]\s*(.*))?$/s.exec(line);
  if (match?.[1] === undefined) {
    throw refused(`"${line}" is not a build flag`, 'Write one flag on each line, such as -tags=mytag.');
  }
  return { name: match[1], value: match[2] ?? null };
}

function checked(flag: Flag): Flag {
  const reason = buildRefusals.get(flag.name);
  if (reason !== undefined) throw refused(`-${flag.name} is refused: ${reason}`, 'Leave it out.');
  if (switches.includes(flag.name)) {
    if (flag.value !== null)
      throw refused(`-${flag.name} takes no value here`, `Write -${flag.name} alone, or leave it out.`);
    return flag;
  }
  if (!valued.includes(flag.name)) {
    throw refused(
      `-${flag.name} is not among the build flags that are known to be safe for a plugin`,
      allowedText(),
    );
  }
  if (flag.value === null || flag.value === '') {
    throw refused(`-${flag.name} has no value`, `Write -${flag.name}=VALUE on one line.`);
  }
  return { name: flag.name, value: checkValue(flag.name, flag.value) };
}

function checkValue(name: string, value: string): string {
  if (name === 'tags') return checkTags(value);
  if (name === 'gcflags' || name === 'asmflags') return checkToolFlags(name, value);
  if (/^[1-9]\d{0,3}$/.test(value)) return value;
  throw refused(
    `-p has the value "${value}"`,
    'Give the number of commands that may run at once, such as -p=2.',
  );
}

/** Go splits tags at commas; blanks are the older way and mean the same. */
function checkTags(value: string): string {
  const tags = value
    .replaceAll(/^["']|["']$/g, '')
    .split(/[\s,]+/)
    .filter((tag) => tag !== '');
  for (const tag of tags) {
    if (!/^[\p{L}\p{N}_.]+$/u.test(tag))
      throw refused(`"${tag}" is not a build tag`, 'Tags are letters, digits, _ and dots.');
    const reason = refusedTag(tag);
    if (reason !== null) throw refused(`-tags ${tag} is refused: ${reason}`, 'Leave this tag out.');
  }
  return tags.join(',');
}

function tagsOf(flags: readonly Flag[]): string | null {
  const values = flags.filter(({ name }) => name === 'tags').map(({ value }) => value);
  if (values.length > 1)
    throw refused('-tags is given twice, and Go would use the last one only', 'Join the tags with commas.');
  return values[0] ?? null;
}

function written({ name, value }: Flag, tags: string | null): string {
  if (name === 'tags') return `-tags=${tags ?? ''}`;
  return value === null ? `-${name}` : `-${name}=${value}`;
}

function allowedText(): string {
  return `Allowed are ${[...switches, ...valued].map((name) => `-${name}`).join(', ')}.`;
}

function refused(what: string, remedy: string): Failure {
  return refusedFlag('build-flags', what, remedy);
}
