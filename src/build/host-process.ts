import { join } from 'node:path';
import type { Command, CommandResult, Files, Runner } from '../ports.js';

/** After asking a process group to end, it is killed. Less than the five seconds that a stopped run may take. */
const graceSeconds = 2;

/**
 * Starts the program, notes its process id in a file, waits for it, and leaves nothing of its group behind: `timeout`
 * itself only waits for its own child. The signals of a terminal are left to `stop`. The pipe on file descriptor 3 ends
 * when whoever started this is gone, killed maybe: then the group has to end, too.
 */
const guardScript = `
note=$1; shift
trap again=1 HUP INT TERM
"$@" 3<&- & pid=$!
(read -r _ <&3; kill -s TERM -- "-$pid"; sleep ${String(graceSeconds)}; kill -s KILL -- "-$pid") >/dev/null 2>&1 & watch=$!
exec 3<&-
echo "$pid" >"$note"
code=127 again=1
while [ -n "$again" ]; do again=; wait "$pid"; last=$?; [ "$last" -eq 127 ] || code=$last; done
kill -s KILL -- "-$pid" 2>/dev/null
kill -s KILL "$watch" 2>/dev/null
exit "$code"`;

/** Asks a process group to end, and kills what is left of it after the grace. */
const stopScript = `
kill -s TERM -- "-$1" "$1" 2>/dev/null
tenths=${String(10 * graceSeconds)}
while [ "$tenths" -gt 0 ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 0.1; tenths=$((tenths - 1)); done
kill -s KILL -- "-$1" 2>/dev/null || :`;

/** A process group with a time limit that can be stopped from outside: neither is within the toolkit's reach. */
export interface LimitedProcess {
  readonly done: Promise<CommandResult>;
  /** Asks every process of the group to end, and kills them soon after. Safe to call at any time. */
  stop(): Promise<void>;
}

/**
 * The command under `timeout` (GNU coreutils): it leads a process group of its own, asks the whole group to end when
 * the time is up (exit code 124), and kills it `graceSeconds` later (then 137).
 */
export function limited(command: {
  readonly program: string;
  readonly args: readonly string[];
  readonly seconds: number;
}): {
  readonly program: string;
  readonly args: readonly string[];
} {
  const limits = ['-k', String(graceSeconds), String(Math.max(1, Math.round(command.seconds)))];
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
      tether: true,
      program: '/bin/sh',
      args: ['-c', guardScript, 'sh', note, command.program, ...command.args],
    })
    .finally(() => {
      ended = true;
    });
  return {
    done,
    stop: async () => {
      let pid = await readId(note, ports.files);
      for (; pid === null && !ended; pid = await readId(note, ports.files)) await pause(20);
      if (pid === null || ended) return;
      await ports.runner.run({ program: '/bin/sh', args: ['-c', stopScript, 'sh', pid], env: command.env });
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

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
