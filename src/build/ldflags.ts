import type { Failure } from '../errors.js';
import { refusedFlag } from './flag-rules.js';
import { splitQuoted } from './quoted.js';

/** Flags of `go tool link` without a value that are harmless in a plugin. */
const switches = ['s', 'w', 'v', 'c', 'e', 'dumpdep', 'bindnow', 'compressdwarf', 'checklinkname'];
/** Those with a value, and what it may be. */
const valued: ReadonlyMap<string, RegExp> = new Map([
  ['X', /^[^=\s]+\.[^=\s.]+=.*$/s],
  ['buildid', /^.*$/s],
  ['B', /^(?:none|gobuildid|0x(?:[0-9a-fA-F]{2})+)$/],
  ['strictdups', /^[012]$/],
  ['linkmode', /^external$/],
  ['extldflags', /^.*$/s],
]);

/** Flags for the C linker that cannot name a file or a program, and leave a file that loads. */
const externalFlags =
  /^(?:-static-lib(?:gcc|stdc\+\+)|-Wl,(?:-z,(?:relro|now|noexecstack|defs)|--as-needed|--no-undefined|--build-id(?:=(?:none|md5|sha1|uuid|0x[0-9a-fA-F]+))?))$/;

const refusals: ReadonlyMap<string, string> = new Map([
  [
    'pluginpath',
    "the compiler names the plugin's symbols by its import path, so another path here makes a file that does not start",
  ],
  ['linkmode', 'plugins are always linked by the C linker (external)'],
  ['extld', 'the build picks the compiler of each target itself'],
  ['extar', 'the build picks the tools of each target itself'],
  ['linkshared', 'a server cannot load a plugin that is linked to shared Go libraries'],
  ['race', "the loader refuses a plugin with other instrumentation than the server's"],
  ['msan', "the loader refuses a plugin with other instrumentation than the server's"],
  ['asan', "the loader refuses a plugin with other instrumentation than the server's"],
  ['d', 'a plugin needs dynamic linking'],
  ['buildmode', 'the build sets it itself'],
  ['installsuffix', 'the build sets it itself'],
  ['o', 'the inputs output and name decide where files go'],
  ['importcfg', 'the build sets it itself'],
  ['r', "a search path for libraries inside the file is of no use on the server's machine"],
  ['I', "the server's loader is already running"],
  ['L', 'it adds a folder of your choice to the build'],
  ['g', 'it turns off the check of package hashes, which is what decides whether a plugin loads'],
  ['f', 'it accepts packages of another version, which the loader refuses'],
]);

/**
 * Splits the input `ldflags` as Go does, and checks each flag.
 *
 * @returns one argument an item; the value of a flag is joined to it by `=`
 * @throws Failure (input, `refused-flag`) for a flag that makes a file which does not load, or that reaches outside the build
 */
export function checkLdflags(text: string): readonly string[] {
  const split = splitQuoted(text);
  if (split.kind === 'unterminated')
    throw refused(`there is a ${split.quote} without its end`, 'Close the quote.');
  const checked: string[] = [];
  const fields = split.fields;
  for (let at = 0; at < fields.length; at += 1) {
    const { name, value } = splitField(fields[at] ?? '');
    const allowed = valued.get(name);
    if (allowed === undefined) {
      checked.push(checkSwitch(name, value));
      continue;
    }
    if (value === null) at += 1;
    checked.push(checkValued({ name, allowed, value: value ?? fields[at] ?? null }));
  }
  return checked;
}

function splitField(field: string): { readonly name: string; readonly value: string | null } {
  const match = /^--?([A-Za-z]\w*)(?:=(.*))?$/s.exec(field);
  if (match?.[1] === undefined) {
    throw refused(
      `"${field}" is not a linker flag`,
      'Write flags as for go build -ldflags, such as -X main.version=1.2.',
    );
  }
  return { name: match[1], value: match[2] ?? null };
}

function checkSwitch(name: string, value: string | null): string {
  const reason = refusals.get(name);
  if (reason !== undefined) throw refused(`-${name} is refused: ${reason}`, 'Leave it out.');
  if (!switches.includes(name)) {
    throw refused(
      `-${name} is not among the linker flags that are known to be safe for a plugin`,
      allowedText(),
    );
  }
  if (value !== null && !/^(?:true|false|0|1)$/.test(value))
    throw refused(`-${name} has the value "${value}"`, 'It is a switch.');
  return value === null ? `-${name}` : `-${name}=${value}`;
}

function checkValued(flag: {
  readonly name: string;
  readonly allowed: RegExp;
  readonly value: string | null;
}): string {
  const { name, allowed, value } = flag;
  if (value === null) throw refused(`-${name} has no value`, `Write -${name}=VALUE.`);
  if (!allowed.test(value) || value.includes('\0')) {
    const reason = refusals.get(name) ?? 'Go does not take this value';
    throw refused(`-${name}=${value} is refused: ${reason}`, 'Leave it out, or correct it.');
  }
  if (name === 'extldflags') checkExternal(value);
  return `-${name}=${value}`;
}

function checkExternal(value: string): void {
  const split = splitQuoted(value);
  const fields = split.kind === 'fields' ? split.fields : [value];
  const bad = fields.find((field) => !externalFlags.test(field));
  if (bad === undefined) return;
  throw refused(
    `-extldflags with "${bad}" is refused: flags of the C linker can load programs, name files, or make a static file that does not load`,
    'Allowed are -Wl,-z,relro, -Wl,-z,now, -Wl,-z,noexecstack, -Wl,-z,defs, -Wl,--as-needed, -Wl,--no-undefined, -Wl,--build-id, -static-libgcc and -static-libstdc++.',
  );
}

function allowedText(): string {
  return `Allowed are ${[...switches, ...valued.keys()].map((name) => `-${name}`).join(', ')}.`;
}

function refused(what: string, remedy: string): Failure {
  return refusedFlag('ldflags', what, remedy);
}
