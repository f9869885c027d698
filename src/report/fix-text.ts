import { changeLine } from '../cap/text.js';
import type { Fix } from './check-report.js';
import { count } from './describe.js';
import { failureLines } from './failure.js';

/** What `fix` did to one plugin's go.mod, in one sentence without a full stop. */
export function fixAnswer({ kind, server, changes }: Fix, goMod: string): string {
  const name = `gotify ${server}`;
  const written =
    changes.length === 0
      ? `go.sum beside ${goMod} is written: it lacked lines that Go needs`
      : `${goMod} is written, with ${count(changes.length, 'change', 'changes')} for ${name}`;
  switch (kind) {
    case 'same':
      return `${goMod} agrees with ${name}: nothing is written`;
    case 'changed':
      return written;
    case 'partly':
      return `${written}; not all of it could be brought in line`;
    case 'cannot':
      return `${goMod} could not be brought in line with ${name}: nothing is written`;
  }
}

/** Each change, what a go.mod alone cannot do, and why nothing could be done. */
export function fixDetails({ changes, unsolved, failure }: Fix, goMod: string): readonly string[] {
  return [
    ...changes.map((change) => changeLine(change, goMod)),
    ...unsolved.map(({ what, remedy }) => `${what}. ${remedy}`),
    ...(failure === null ? [] : [failureLines(failure).join('. ')]),
  ];
}
