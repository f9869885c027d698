import { fstatSync, writeSync } from 'node:fs';
import { codeOf, exitCodeOf, Failure } from '../errors.js';

type Stream = NodeJS.WriteStream;

/** One of the process's own streams. `open` gives Node's, which takes milliseconds the first time. */
export interface OutputTarget {
  readonly fd: 1 | 2;
  readonly open: () => Stream;
}

export const standardOutput: OutputTarget = { fd: 1, open: () => process.stdout };
export const standardError: OutputTarget = { fd: 2, open: () => process.stderr };

/** How a stream says that nobody reads it any more. */
const goneCodes: ReadonlySet<string | null> = new Set(['EPIPE', 'ECONNRESET']);

/** So many bytes fit into a new pipe, and are taken at once (pipe(7)); whoever writes more may have to wait. */
const direct = 32 * 1024;

/**
 * Opens one of the process's own streams for a whole run. Where whoever reads has had enough (`| head`), the rest is
 * dropped and the run goes on to an end of its own. What cannot be written for another reason, such as a full disk,
 * makes the exit code 3 at least.
 *
 * @param lost is told once, at the first text that cannot be written
 * @returns what takes text with its line ends
 */
export function openOutput(target: OutputTarget, lost: (failure: Failure) => void): (text: string) => void {
  const output = new Output(target, lost);
  return (text) => output.write(text);
}

/** Whether somebody sits at the other end. Most runs have a pipe or a file there, and need not load a stream to know. */
export function isTerminal({ fd, open }: OutputTarget): boolean {
  return fstatSync(fd).isCharacterDevice() && open().isTTY;
}

class Output {
  readonly #target: OutputTarget;
  readonly #lost: (failure: Failure) => void;
  /** How much may still be written without a stream: what draws on a terminal wants all of it in the stream. */
  #direct: number;
  #stream: Stream | null = null;
  #isOpen = true;

  constructor(target: OutputTarget, lost: (failure: Failure) => void) {
    this.#target = target;
    this.#lost = lost;
    this.#direct = isTerminal(target) ? 0 : direct;
  }

  write(text: string): void {
    let bytes = Buffer.from(text);
    while (this.#isOpen && bytes.length > 0 && bytes.length <= this.#direct)
      bytes = bytes.subarray(this.#writeDirectly(bytes));
    if (this.#isOpen && bytes.length > 0) this.#opened().write(bytes);
  }

  /** Gives how many bytes were taken. */
  #writeDirectly(bytes: Buffer): number {
    try {
      const count = writeSync(this.#target.fd, bytes);
      this.#direct -= count;
      return count;
    } catch (cause) {
      this.#direct = 0;
      // A pipe that does not wait: the stream does.
      if (codeOf(cause) !== 'EAGAIN') this.#broken(cause);
      return 0;
    }
  }

  #opened(): Stream {
    this.#direct = 0;
    this.#stream ??= this.#target.open().on('error', (cause) => this.#broken(cause));
    return this.#stream;
  }

  #broken(cause: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const code = codeOf(cause);
    // A terminal that was closed cannot be written either.
    if (goneCodes.has(code) || (this.#stream?.isTTY === true && code === 'EIO')) return;
    const failure = unwritable(this.#target, cause);
    process.on('exit', (exitCode) => {
      process.exitCode = Math.max(exitCode, exitCodeOf(failure.kind));
    });
    this.#lost(failure);
  }
}

function unwritable({ fd }: OutputTarget, cause: unknown): Failure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure('surroundings', {
    code: 'output-unwritable',
    what: `standard ${fd === 2 ? 'error' : 'output'} cannot be written (${reason})`,
    remedy: 'Free some space, or send it elsewhere.',
    cause,
  });
}
