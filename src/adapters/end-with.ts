/**
 * Ends the process with what the work comes to. Until then the exit code is 13, Node's own for a module that never gets
 * its answer: what ends without one is no success.
 */
export function endWith(work: Promise<number>): void {
  process.exitCode = 13;
  void work.then((exitCode) => (process.exitCode = exitCode));
}
