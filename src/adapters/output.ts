import { exitCodeOf, Failure } from '../errors.js';

type Stream = NodeJS.WriteStream & { readonly fd: 1 | 2 };

/** How a stream says that nobody reads it any more. */
const goneCodes: ReadonlySet<string | undefined> = new Set(['EPIPE', 'ECONNRESET']);

/**
 * Opens one of the process's own streams for a whole run. Where whoever reads has had enough (`| head`), the rest is
 * dropped and the run goes on to an end of its own. What cannot be written for another reason, such as a full disk,
 * makes the exit code 3 at least.
 *
 * @param lost is told once, at the first text that cannot be written
 * @returns what takes text with its line ends
 */
export function openOutput(stream: Stream, lost: (failure: Failure) => void): (text: string) => void {
  let isOpen = true;
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (!isOpen) return;
    isOpen = false;
    // A terminal that was closed cannot be written either.
    if (goneCodes.has(cause.code) || (stream.isTTY && cause.code === 'EIO')) return;
    const failure = unwritable(stream, cause);
    process.on('exit', (code) => {
      process.exitCode = Math.max(code, exitCodeOf(failure.kind));
    });
    lost(failure);
  });
  return (text) => {
    if (isOpen) stream.write(text);
  };
}

function unwritable({ fd }: Stream, cause: NodeJS.ErrnoException): Failure {
  return new Failure('surroundings', {
    code: 'output-unwritable',
    what: `standard ${fd === 2 ? 'error' : 'output'} cannot be written (${cause.message})`,
    remedy: 'Free some space, or send it elsewhere.',
    cause,
  });
}
