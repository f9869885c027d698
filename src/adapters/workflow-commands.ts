import { isAbsolute, relative } from 'node:path';
import type { Where } from '../errors.js';

/**
 * What the action says to the runner, without the toolkit: its core brings an HTTP client along, and loading that
 * takes longer than everything else an action with a bad input does.
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */

export type CommandName = 'error' | 'warning' | 'notice' | 'debug' | 'group' | 'endgroup' | 'add-mask';

/** One command, as a line with its end. */
export function command(
  name: CommandName,
  message = '',
  properties: Readonly<Record<string, string>> = {},
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${escapeData(message)}\n`;
}

/**
 * Text as lines of the log that the runner shows and never obeys: what could be a command, in the runner's form or in
 * its older `##[...]` one, is printed while commands are stopped.
 */
export function plain(text: string): string {
  return /::|##\[/.test(text) ? sealed(text) : `${text}\n`;
}

/** The same for text that anybody may have written: always sealed, by a token that nobody can know before. */
export function sealed(text: string): string {
  // Node loads its cryptography where it is first used: most runs never do.
  const token = globalThis.crypto.randomUUID();
  return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}

/** The properties that put a message at a place of a file; a file in the workspace is named relative to it. */
export function placeOf(
  where: Where | null | undefined,
  workspace: string,
): Readonly<Record<string, string>> {
  if (where === null || where === undefined) return {};
  if (where.kind === 'input') return { title: `input ${where.input}` };
  const below = relative(workspace, where.file);
  const outside = below.startsWith('..') || isAbsolute(below);
  return {
    file: isAbsolute(where.file) && !outside ? below : where.file,
    ...(where.line === undefined ? {} : { line: String(where.line) }),
    ...(where.column === undefined ? {} : { col: String(where.column) }),
  };
}

/** What GitHub shows of each level in one step: https://docs.github.com/en/actions/reference/limits. */
const mostAnnotations = 10;

export interface Annotation {
  readonly name: Extract<CommandName, 'error' | 'warning' | 'notice'>;
  readonly text: string;
  readonly where: Where | null;
}

/**
 * Of each level as many as GitHub shows, and the last of them says how many more there are.
 *
 * @param all the most important first
 * @param request.rest where the others are, such as `in the job summary`
 * @returns commands, with their line ends
 */
export function annotationCommands(
  all: readonly Annotation[],
  { workspace, rest }: { readonly workspace: string; readonly rest: string },
): readonly string[] {
  return (['error', 'warning', 'notice'] as const).flatMap((name) => {
    const own = all.filter((each) => each.name === name);
    const shown = own.length <= mostAnnotations ? own : own.slice(0, mostAnnotations - 1);
    const more = own.length - shown.length;
    return [
      ...shown.map(({ text, where }) => command(name, text, placeOf(where, workspace))),
      ...(more === 0 ? [] : [command(name, `${String(more)} more like these are ${rest}`)]),
    ];
  });
}

/** The text of an input as the runner passes it: in the environment, in capitals. */
export function inputText(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return env[`INPUT_${name.toUpperCase()}`];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
