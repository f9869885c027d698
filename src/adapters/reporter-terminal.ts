import { Listr } from 'listr2';
import type { Task } from '../ports.js';
import { printable } from './printable.js';
import type { ClosableReporter } from './reporter-actions.js';
import { taskLog, warningText, type Lines } from './reporter-plain.js';

/**
 * listr2 wants its tasks before it starts, and ours come while others run: it gets this many places without a title,
 * which it does not draw, and a task takes the next free one.
 */
const places = 64;

/** A task that was taken up, until it has ended. */
interface Work {
  readonly title: string;
  /** Shows a line below the list, and gives the work's end: the text of its success, or a rejection. */
  run(show: (line: string) => void): Promise<string>;
}

/** The reporter of a command line at a terminal: a live list of what is running, with its newest line of output. */
export function createTerminalReporter(lines: Omit<Lines, 'verbose'>): ClosableReporter {
  const board = new Board((text) => lines.out(text));
  const open = new Set<Task>();
  return {
    note: (text) => board.afterwards(() => lines.out(printable(text))),
    warn: (text, where) => board.afterwards(() => lines.err(warningText(text, where))),
    detail: () => undefined,
    task: (title) => {
      const task = liveTask(printable(title), board, () => open.delete(task));
      open.add(task);
      return task;
    },
    close: async () => {
      for (const task of [...open]) task.fail('not finished');
      await board.idle();
    },
  };
}

function liveTask(title: string, board: Board, ended: () => void): Task {
  const log = taskLog(title);
  let isOpen = true;
  let show: (line: string) => void = () => undefined;
  let end: { readonly done: (summary: string) => void; readonly fail: (error: Error) => void } | null = null;
  const result = new Promise<string>((done, fail) => {
    end = { done, fail };
  });
  // Nobody may be waiting yet when it fails.
  result.catch(() => undefined);
  board.add({
    title,
    run: (shower) => {
      show = shower;
      return result;
    },
  });
  const close = (): void => {
    isOpen = false;
    ended();
  };
  return {
    log: (line) => {
      // What a signal ends still prints, and listr2 throws at output of a task that it has cleared away.
      if (!isOpen) return;
      log.add(line);
      show(printable(line));
    },
    done: (summary) => {
      if (!isOpen) return;
      close();
      end?.done(printable(summary));
    },
    fail: (summary) => {
      if (!isOpen) return;
      close();
      board.afterwards(() => board.print(log.shown()));
      end?.fail(new Error(printable(summary)));
    },
  };
}

/** A list on the screen, or one that waits until it may be there. */
interface LiveList {
  readonly isOpen: () => boolean;
  readonly add: (work: Work) => void;
}

/** One list on the screen at a time; it ends, and stays on the screen, when nothing in it runs any more. */
class Board {
  readonly #out: (line: string) => void;
  #list: LiveList | null = null;
  #last: Promise<void> = Promise.resolve();
  #unfinished = 0;
  #later: (() => void)[] = [];

  constructor(out: (line: string) => void) {
    this.#out = out;
  }

  print(lines: readonly string[]): void {
    for (const line of lines) this.#out(line);
  }

  /** Does it now, or, while a list is drawn, right after: a line in between would break the picture. */
  afterwards(action: () => void): void {
    if (this.#unfinished === 0) action();
    else this.#later.push(action);
  }

  add(work: Work): void {
    if (this.#list === null || !this.#list.isOpen()) this.#list = this.#openList();
    this.#list.add(work);
  }

  async idle(): Promise<void> {
    await this.#last;
  }

  #openList(): LiveList {
    const queue = new Queue<Work>();
    let left = places;
    let running = 0;
    let open = true;
    const settled = (): void => {
      running -= 1;
      if (running > 0) return;
      open = false;
      queue.close();
    };
    this.#unfinished += 1;
    this.#last = this.#last.then(() => draw(queue, settled)).finally(() => this.#ended());
    const add = (work: Work): void => {
      left -= 1;
      running += 1;
      queue.put(work);
    };
    return { add, isOpen: () => open && left > 0 };
  }

  #ended(): void {
    this.#unfinished -= 1;
    for (const action of this.#later.splice(0)) action();
  }
}

async function draw(queue: Queue<Work>, settled: () => void): Promise<void> {
  const place = {
    task: async (_: unknown, wrapper: { title: string; output: string }): Promise<void> => {
      const work = await queue.take();
      if (work === null) return;
      wrapper.title = work.title;
      try {
        const summary = await work.run((line) => {
          wrapper.output = `${work.title} | ${line}`;
        });
        wrapper.title = `${work.title}: ${summary}`;
      } catch (error) {
        wrapper.title = `${work.title}: failed: ${error instanceof Error ? error.message : String(error)}`;
        throw error;
      } finally {
        settled();
      }
    },
  };
  await new Listr(
    Array.from({ length: places }, () => place),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { collapseErrors: false, showErrorMessage: false, formatOutput: 'truncate' },
    },
  ).run();
}

/** What comes before anybody asks waits; who asks before anything comes waits too. */
class Queue<T> {
  readonly #waiting: ((item: T | null) => void)[] = [];
  readonly #items: T[] = [];
  #closed = false;

  put(item: T): void {
    const taker = this.#waiting.shift();
    if (taker === undefined) this.#items.push(item);
    else taker(item);
  }

  /** Null once the queue is closed and empty. */
  take(): Promise<T | null> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.#closed) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#closed = true;
    for (const taker of this.#waiting.splice(0)) taker(null);
  }
}
