import { whereText, type Where } from '../errors.js';
import type { Reporter, Task } from '../ports.js';
import { createLogTail, type LogTail } from './log-tail.js';
import type { ClosableReporter } from './reporter-actions.js';
import { printable } from './printable.js';

export interface Lines {
  /** Takes one line without its end. */
  readonly out: (line: string) => void;
  /** For warnings. */
  readonly err: (line: string) => void;
  /** Whether details and all output of builds are shown, and not only that of builds that fail. */
  readonly verbose: boolean;
}

/** The last lines of a failed task are what tells why; the rest is there with --verbose. */
const mostOfLog = { lines: 100, characters: 1024 * 1024 };

/** The reporter of a command line without a terminal, or with --verbose: one line an event. */
export function createPlainReporter(lines: Lines): ClosableReporter {
  const reporter: Reporter = {
    note: (text) => lines.out(printable(text)),
    warn: (text, where) => lines.err(warningText(text, where)),
    detail: (text) => {
      if (lines.verbose) lines.out(printable(text));
    },
    task: (title) => plainTask(title, lines),
  };
  return { ...reporter, close: () => Promise.resolve() };
}

export function warningText(text: string, where?: Where): string {
  return printable(`warning: ${where === undefined ? '' : `${whereText(where)}: `}${text}`);
}

/** What a task prints until it ends; `shown`: what is said of it where the task fails, one line each. */
export function taskLog(title: string): { add(line: string): void; shown(): readonly string[] } {
  const tail = createLogTail(mostOfLog);
  return { add: (line) => tail.add(line), shown: () => shownLog(title, tail.end()) };
}

function shownLog(title: string, { left, lines }: ReturnType<LogTail['end']>): readonly string[] {
  const shown = lines.map((line) => printable(`${title} | ${line}`));
  return left > 0
    ? [`${title} | ... ${String(left)} lines before these are shown with --verbose`, ...shown]
    : shown;
}

function plainTask(title: string, { out, verbose }: Lines): Task {
  const log = taskLog(title);
  out(printable(`${title}: started`));
  return {
    log: (line) => {
      if (verbose) out(printable(`${title} | ${line}`));
      else log.add(line);
    },
    done: (summary) => out(printable(`${title}: ${summary}`)),
    fail: (summary) => {
      for (const line of log.shown()) out(line);
      out(printable(`${title}: failed: ${summary}`));
    },
  };
}
