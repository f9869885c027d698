import type { Planned } from '../build/builder.js';
import { shellWord } from './shell-word.js';

/**
 * What --dry-run prints of a command, as a POSIX shell reads it: what it is for as a comment, then one command.
 *
 * @param about for a command that says nothing of itself
 */
export function plannedText(planned: Planned, about = ''): string {
  if (planned.kind === 'remark') return comment(planned.text);
  const { program, args, env, passedOn, cwd } = planned;
  const given = passedOn.length === 0 ? [] : [`with your ${[...passedOn].sort().join(', ')}`];
  const said = [planned.about ?? about, ...given].filter((part) => part !== '').join('; ');
  const variables = Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`);
  const command = [...variables, ...[program, ...args].map(shellWord)].join(' ');
  return `${comment(said)}\n${cwd === null ? '' : `cd ${shellWord(cwd)} && `}${command}`;
}

/** Text that a shell does not read. */
export function comment(text: string): string {
  return text.replace(/^/gm, '# ');
}
