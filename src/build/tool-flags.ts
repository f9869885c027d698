import { posix } from 'node:path';
import type { Failure } from '../errors.js';
import { refusedFlag } from './flag-rules.js';
import { splitQuoted } from './quoted.js';

/** Flags of `go tool compile` that change the plugin's own code or print something, and touch no file. */
const compilerFlags =
  /^-(?:N|l(?:=\d)?|m(?:=\d+)?|S|B|C|L|e|live|c=\d+|dwarf(?:=(?:true|false))?|dwarflocationlists(?:=(?:true|false))?|spectre=[a-z,]+)$/;
/** The same of `go tool asm`. */
const assemblerFlags = /^-(?:S|v|e|debug|spectre=[a-z,]+|D=?[A-Za-z_]\w*(?:=\w*)?)$/;

/**
 * Checks the value of `-gcflags` or `-asmflags`: flags for the plugin's own packages only. Without a pattern Go gives
 * them to the package named on the command line, which is the plugin's; a pattern has to name a folder of its module.
 *
 * @returns the value, as it was
 * @throws Failure (input, `refused-flag`)
 */
export function checkToolFlags(name: 'gcflags' | 'asmflags', value: string): string {
  const { pattern, flags } = splitPattern(value.trim());
  if (pattern !== null && !isOwnFolder(pattern)) {
    throw refused(
      `-${name} for "${pattern}" is refused: it would change packages that the plugin shares with the server, so the loader refuses the file`,
      `Write -${name}=FLAGS for the plugin's own package, or -${name}=./...=FLAGS for all packages of its module.`,
    );
  }
  const fields = splitQuoted(flags);
  if (fields.kind === 'unterminated')
    throw refused(`-${name} has a ${fields.quote} without its end`, 'Close the quote.');
  const allowed = name === 'gcflags' ? compilerFlags : assemblerFlags;
  for (const flag of fields.fields) {
    if (!allowed.test(flag)) {
      throw refused(
        `-${name}=${flag} is refused: it is not among the flags that are known to be safe for a plugin`,
        name === 'gcflags'
          ? 'Allowed are -N, -l, -m, -S, -B, -C, -L, -e, -live, -c=N, -dwarf, -dwarflocationlists, -spectre=LIST.'
          : 'Allowed are -D=NAME=VALUE, -S, -v, -e, -debug, -spectre=LIST.',
      );
    }
  }
  return value;
}

/**
 * A flag as go gets it: one for a folder of the module is given by import path. Go matches folders by place, and a
 * cache folder below the module lies there too, with every dependency.
 *
 * @see MatchPackage in cmd/go/internal/load/search.go of Go
 */
export function byImportPath(flag: string, modulePath: string): string {
  const [, name = '', value = ''] = /^-(gcflags|asmflags)=(.*)$/s.exec(flag) ?? [];
  const { pattern, flags } = splitPattern(value.trim());
  if (pattern === null || !isOwnFolder(pattern)) return flag;
  const folder = posix.normalize(pattern).replace(/\/$/, '');
  return `-${name}=${folder === '.' ? modulePath : `${modulePath}/${folder}`}=${flags}`;
}

/** As Go reads it: a value that does not begin with a dash is `pattern=flags`. */
function splitPattern(value: string): { readonly pattern: string | null; readonly flags: string } {
  if (value.startsWith('-')) return { pattern: null, flags: value };
  const at = value.indexOf('=');
  return at < 0
    ? { pattern: value, flags: '' }
    : { pattern: value.slice(0, at).trim(), flags: value.slice(at + 1) };
}

function isOwnFolder(pattern: string): boolean {
  return /^\.(?:\/|$)/.test(pattern) && !pattern.split('/').includes('..');
}

function refused(what: string, remedy: string): Failure {
  return refusedFlag('build-flags', what, remedy);
}
