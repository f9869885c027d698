import type { Where } from './errors.js';

/**
 * The effects that the core needs, as interfaces. Real ones are in src/adapters; nothing but the two entries
 * knows them.
 */

/** A process to run: never a shell, never an inherited environment. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Each line of stdout and stderr as it comes, without its line end. */
  readonly onLine?: (line: string) => void;
  /** After this time the program is asked to end, and soon killed: exit code 124, as of timeout(1). */
  readonly limitSeconds?: number;
  /** Once it aborts the program is asked to end, and soon killed; one that was not started yet ends at once. */
  readonly signal?: AbortSignal;
  /** Gives the program a pipe as file descriptor 3 that says nothing, and ends when this process does, however. */
  readonly tether?: true;
}

export type CommandResult =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** The program is not on this machine. */
  | { readonly kind: 'not-found'; readonly program: string };

export interface Runner {
  run(command: Command): Promise<CommandResult>;
}

/** Files and folders. Paths are absolute. Every method throws Node's own error (`code: 'ENOENT'`, ...). */
export interface Files {
  readText(path: string): Promise<string>;
  readBytes(path: string): Promise<Uint8Array>;
  /** Null where nothing is at that path. */
  stat(path: string): Promise<FileStat | null>;
  /** Names, sorted. */
  list(dir: string): Promise<readonly string[]>;
  /** Creates the folder and its parents. */
  makeDir(path: string): Promise<void>;
  /** Writes beside the target, then renames: a reader never sees half a file. `mode`: for what nobody else may read. */
  write(path: string, content: string | Uint8Array, options?: { readonly mode?: number }): Promise<void>;
  move(from: string, to: string): Promise<void>;
  /** A file or a whole folder, links as links. */
  copy(from: string, to: string): Promise<void>;
  /** A file or a whole folder; nothing happens where nothing is there. */
  remove(path: string): Promise<void>;
  /** A folder, unless something is in it; nothing happens where it is not there. */
  removeEmpty(dir: string): Promise<void>;
  /** Of a file itself: a link is refused (`code: 'ELOOP'`). */
  setMode(path: string, mode: number): Promise<void>;
  chown(path: string, owner: { readonly uid: number; readonly gid: number }): Promise<void>;
  /** The path with every symbolic link resolved. */
  realPath(path: string): Promise<string>;
  /** Whether a file may be written: by this user, and by anybody at all, as root may write what nobody may. */
  isWritable(path: string): Promise<boolean>;
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Random access to a file's bytes, so that a reader touches only what it needs. */
export interface ByteSource {
  /** What to call it in messages: a path. */
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`, or fewer at the end of the file. */
  read(offset: number, length: number): Uint8Array;
  /** The same into a buffer that is used again: gives how many bytes were there. */
  readInto(offset: number, into: Uint8Array): number;
}

/** What a run tells the person who watches it. */
export interface Reporter {
  note(text: string): void;
  warn(text: string, where?: Where): void;
  /** Why something happened, shown with --verbose (or in a runner's debug log). */
  detail(text: string): void;
  /** A piece of work with its own log; several may run at once. */
  task(title: string): Task;
}

export interface Task {
  /** A line of foreign output: shown, never interpreted. */
  log(line: string): void;
  done(summary: string): void;
  fail(summary: string): void;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
