import { join } from 'node:path';
import type { Command, CommandResult, Files, Runner } from '../ports.js';

/** After asking a process group to stop, it is killed. Less than the five seconds that a stopped run may take. */
const graceSeconds = 2;

/** Notes its own process id in a file, then becomes the program: the id stays the same. */
const noteIdScript = 'echo "$$" >"$1" && shift && exec "$@"';

/** A process group with a time limit that can be stopped from outside: neither is within the toolkit's reach. */
export interface LimitedProcess {
  readonly done: Promise<CommandResult>;
  /** Asks every process of the group to end, and kills them soon after. Safe to call at any time. */
  stop(): Promise<void>;
}

/**
 * The command that `timeout` (GNU coreutils) limits: it leads a process group of its own, interrupts the whole group
 * when the time is up (exit code 124), and kills it `graceSeconds` later (then 137). An interrupted go removes its
 * temporary files.
 */
export function limited(command: {
  readonly program: string;
  readonly args: readonly string[];
  readonly seconds: number;
}): {
  readonly program: string;
  readonly args: readonly string[];
} {
  const limits = ['-s', 'INT', '-k', String(graceSeconds), String(Math.max(1, Math.round(command.seconds)))];
  return { program: 'timeout', args: [...limits, command.program, ...command.args] };
}

/**
 * Starts a command made by `limited`.
 *
 * @param command.scratch an existing folder for the process id
 */
export function startLimited(
  command: Command & { readonly scratch: string },
  ports: { readonly runner: Runner; readonly files: Files },
): LimitedProcess {
  const note = join(command.scratch, 'pid');
  let ended = false;
  const done = ports.runner
    .run({
      ...command,
      program: '/bin/sh',
      args: ['-c', noteIdScript, 'sh', note, command.program, ...command.args],
    })
    .finally(() => {
      ended = true;
    });
  return {
    done,
    stop: async () => {
      while (!ended) {
        const pid = await readId(note, ports.files);
        // An interrupted `timeout` hands the signal to its whole group, and kills what is left after the grace.
        if (pid !== null) await signal(pid, ports.runner);
        await Promise.race([done.catch(() => undefined), pause(pid === null ? 20 : 1000 * graceSeconds)]);
      }
    },
  };
}

async function readId(note: string, files: Files): Promise<string | null> {
  try {
    const text = (await files.readText(note)).trim();
    return /^\d+$/.test(text) ? text : null;
  } catch {
    // It has not got that far, or the folder is gone already.
    return null;
  }
}

async function signal(pid: string, runner: Runner): Promise<void> {
  await runner.run({ program: '/bin/sh', args: ['-c', 'kill -s INT "$1" 2>/dev/null', 'sh', pid], env: {} });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
