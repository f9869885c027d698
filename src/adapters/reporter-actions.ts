import { whereText, type Where } from '../errors.js';
import type { Reporter, Task } from '../ports.js';
import { createLogTail } from './log-tail.js';
import { command, placeOf, plain, sealed } from './workflow-commands.js';

/** A reporter whose open tasks can be shown before the run ends early. */
export interface ClosableReporter extends Reporter {
  /** Shows what tasks that are still open have logged. */
  close(): Promise<void>;
}

export interface Warning {
  readonly text: string;
  readonly where: Where | undefined;
}

export interface ActionsReporter extends ClosableReporter {
  /** The warnings that are not annotations yet. */
  held(): readonly Warning[];
}

/**
 * The reporter of a run in GitHub Actions. Each task's log is kept until it ends and printed as one group, so that
 * targets built side by side do not mix; what a build prints cannot speak to the runner.
 *
 * @param output.write takes text with its line ends, in order
 * @param output.workspace what annotations name files relative to; absolute
 * @param output.holdsWarnings a warning is only a line of the log, as GitHub shows so many of a step, and there may be
 *   more important ones: `held` gives them
 */
export function createActionsReporter(output: {
  readonly write: (text: string) => void;
  readonly workspace: string;
  readonly holdsWarnings?: boolean;
}): ActionsReporter {
  const { write, workspace, holdsWarnings = false } = output;
  const open = new Set<ActionsTask>();
  const held: Warning[] = [];
  return {
    note: (text) => write(plain(text)),
    warn: (text: string, where?: Where) => {
      if (holdsWarnings) {
        held.push({ text, where });
        write(plain(`warning: ${where === undefined ? '' : `${whereText(where)}: `}${text}`));
      } else write(command('warning', text, placeOf(where, workspace)));
    },
    held: () => held,
    detail: (text) => write(command('debug', text)),
    task: (title) => {
      write(plain(`${title}: started`));
      const task = new ActionsTask(title, (text) => {
        open.delete(task);
        write(text);
      });
      open.add(task);
      return task;
    },
    close: () => {
      for (const task of [...open]) task.fail('not finished');
      return Promise.resolve();
    },
  };
}

/** What is shown of a task's log: more than an error needs, and little enough to keep for each target. */
const mostOfLog = { lines: 10_000, characters: 4 * 1024 * 1024 };

class ActionsTask implements Task {
  readonly #title: string;
  readonly #end: (text: string) => void;
  readonly #log = createLogTail(mostOfLog);
  #ended = false;

  constructor(title: string, end: (text: string) => void) {
    this.#title = title;
    this.#end = end;
  }

  log(line: string): void {
    this.#log.add(line);
  }

  done(summary: string): void {
    this.#finish(summary);
  }

  fail(summary: string): void {
    this.#finish(`failed: ${summary}`);
  }

  #finish(summary: string): void {
    if (this.#ended) return;
    this.#ended = true;
    const title = `${this.#title}: ${summary}`;
    const { left, lines } = this.#log.end();
    if (lines.length === 0) this.#end(plain(title));
    else {
      const note = left === 0 ? [] : [`... ${String(left)} lines before these are left out`];
      this.#end(command('group', title) + sealed([...note, ...lines].join('\n')) + command('endgroup'));
    }
  }
}
