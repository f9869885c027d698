import { posix } from 'node:path';
import { whereText } from '../errors.js';
import { toolchainName } from '../go/version.js';
import { shellWord } from '../report/shell-word.js';
import type { CapChange, CapReason, CapResult } from './result.js';

export interface CapTextRequest {
  readonly result: CapResult;
  readonly rule: 'full' | 'gomod-cap';
  /** `check`: nothing was to be written. `write`: it is written. */
  readonly mode: 'check' | 'write';
  readonly server: { readonly version: string; readonly goVersion: string };
  /** go.mod as the user knows it. */
  readonly file: string;
  /** The command line that writes, for `check`. */
  readonly command: string;
}

/** What the command line says at the end: one line a change, then what is left, then the answer. */
export function capResultText(request: CapTextRequest): string {
  const { result, file } = request;
  const changes = 'changes' in result ? result.changes : [];
  const reasons = 'reasons' in result ? result.reasons : [];
  return [
    ...changes.map((change) => changeLine(change, file)),
    ...reasons.flatMap(reasonLines),
    ...answers(request),
    ...hints(request),
  ].join('\n');
}

/** `go.mod:7: github.com/gin-gonic/gin v1.9.1 -> v1.11.0`. */
export function changeLine({ module, from, to, line, reach, why }: CapChange, file: string): string {
  const by = why === 'tidy' ? ' (go mod tidy)' : '';
  const place = whereText({ kind: 'file', file, ...(line === null ? {} : { line }) });
  if (to === null) return `${place}: ${module} ${from ?? ''} removed${by}`;
  if (from !== null) return `${place}: ${module} ${from} -> ${to}${by}`;
  return `${place}: ${module} ${to} added${reach === 'transitive' ? ' (indirect)' : ''}${by}`;
}

function reasonLines({ where, what, remedy, modules }: CapReason): readonly string[] {
  const versions = modules.map(
    ({ path, plugin, server }) => `  ${path}: ${plugin}, the server has ${server}`,
  );
  return [`${whereText(where)}: ${what}`, `  ${remedy}`, ...(modules.length > 1 ? versions : [])];
}

/** Where only the code is at fault, that is said apart from what go.mod came to. */
function answers(request: CapTextRequest): readonly string[] {
  const { result, server } = request;
  if (!('reasons' in result) || !result.reasons.some(({ kind }) => kind === 'does-not-compile'))
    return [answer(request)];
  const ofGoMod: CapResult = result.kind === 'partly' ? { ...result, kind: 'changed' } : { kind: 'same' };
  return [
    `The plugin does not compile with the versions of gotify ${server.version}: see above what has to change.`,
    answer({ ...request, result: ofGoMod }),
  ];
}

function answer({ result, mode, rule, server, file, command }: CapTextRequest): string {
  const name = `gotify ${server.version}`;
  switch (result.kind) {
    case 'same':
      return rule === 'full'
        ? `${file} agrees with ${name}: nothing to change.`
        : `${file} requires what ${name} requires, where both name a module: nothing to change.`;
    case 'changed':
      if (result.changes.length === 0) return sumsOnly(mode, command);
      return mode === 'write'
        ? `${written(file, result.goSum)}: ${changeCount(result.changes)} for ${name}.`
        : `${file} differs from ${name}: ${changeCount(result.changes)}. Write ${result.changes.length === 1 ? 'it' : 'them'} with: ${command}`;
    case 'partly':
      return mode === 'write'
        ? `${written(file, result.goSum)}, with ${changeCount(result.changes)} for ${name}, and does not agree with it yet: see above.`
        : `${file} differs from ${name}, and not all of it can be corrected there: see above. Write the rest with: ${command}`;
    case 'cannot':
      return `${file} cannot be made to agree with ${name} by changing it alone: see above. Nothing is written.`;
  }
}

function hints({ result, rule, server, file }: CapTextRequest): readonly string[] {
  if (rule === 'full' || result.kind === 'same') return [];
  const { goVersion } = server;
  const which = goVersion === '' ? ' (which one, its go.mod does not say)' : '';
  return [
    `Then tidy with the server's Go${which}, and look again, as that may raise versions: ${tidyCommand(file, goVersion)}`,
  ];
}

/** As a shell reads it, from where `file` is named; `goVersion`: empty where it is not known. */
function tidyCommand(file: string, goVersion: string): string {
  const [folder, name] = [posix.dirname(file), posix.basename(file)];
  const place = folder.startsWith('-') ? `./${folder}` : folder;
  return [
    ...(folder === '.' ? [] : ['cd', shellWord(place), '&&']),
    ...(goVersion === '' ? [] : [`GOTOOLCHAIN=${toolchainName(goVersion)}`]),
    ...['go', 'mod', 'tidy'],
    ...(name === 'go.mod' ? [] : [shellWord(`-modfile=${name}`)]),
  ].join(' ');
}

function sumsOnly(mode: CapTextRequest['mode'], command: string): string {
  return mode === 'write'
    ? 'go.sum is written: it lacked lines that Go needs.'
    : `go.sum lacks lines that Go needs. Write them with: ${command}`;
}

function written(file: string, goSum: string | null): string {
  return `${file} is written${goSum === null ? '' : ', and go.sum'}`;
}

function changeCount(changes: readonly CapChange[]): string {
  return changes.length === 1 ? '1 change' : `${String(changes.length)} changes`;
}
