/** What is cleaned up when a signal ends the run. */
export interface Interrupts {
  /** Registers what has to happen before the process ends; the newest is started first, all run side by side. */
  add(cleanup: () => Promise<void>): void;
  /** The work's outcome; never comes once a signal has: then the process ends by itself. */
  guard<T>(work: Promise<T>): Promise<T>;
}

/** By convention 128 and the signal's number. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof exitCodes;

/** The runner kills 7.5 s after SIGINT and 2.5 s after SIGTERM, `docker stop` after 10: we are done in 5. */
const limitMs = 5000;

/**
 * Takes over SIGINT, SIGTERM and SIGHUP: the first one runs the cleanups, for at most five seconds, and ends the
 * process; a second one ends it at once.
 *
 * @param tell shows one line to the user
 */
export function handleInterrupts(tell: (line: string) => void): Interrupts {
  const cleanups: (() => Promise<void>)[] = [];
  let interrupted = false;
  const onSignal = (signal: Signal): void => {
    if (interrupted) process.exit(exitCodes[signal]);
    interrupted = true;
    tell(`${signal}: cleaning up, at most ${String(limitMs / 1000)} seconds`);
    const all = Promise.allSettled([...cleanups].reverse().map((cleanup) => cleanup()));
    const limit = new Promise((resolve) => setTimeout(resolve, limitMs));
    void Promise.race([all, limit]).then(() => process.exit(exitCodes[signal]));
  };
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => onSignal(signal));
  return {
    add: (cleanup) => void cleanups.push(cleanup),
    guard: async (work) => {
      const [outcome] = await Promise.allSettled([work]);
      if (interrupted) await new Promise(() => undefined);
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    },
  };
}
