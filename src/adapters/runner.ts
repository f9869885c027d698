import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { timedOutCode } from '../build/timed-out.js';
import type { Command, CommandResult, Runner } from '../ports.js';

/** What is kept of each stream, in characters: `go list -json` of a large plugin has some millions. */
const keptCharacters = 32 * 1024 * 1024;
/** A longer line reaches the listener in pieces, so that no output can fill the memory. */
const longestLine = 64 * 1024;
/** What a shell reports for a process that was killed: the toolkit does not say by which signal. */
const killed = 137;
/**
 * An empty stdin: a program that asks a question fails instead of waiting for ever. The toolkit's own `input` fails
 * with EPIPE where the program has ended before it is written.
 */
const withoutInput = 'exec "$@" </dev/null';
/** The toolkit leaves the pipe to stdin open: it ends with this process. */
const tethered = 'exec "$@" 3<&0 </dev/null';
/** The toolkit does not say which process it started: the first line of stderr does. */
const announced = 'echo "$$" >&2; exec "$@" </dev/null';
/** From asking a program to end until it is killed. */
const graceMs = 2000;
const longestTimer = 2 ** 31 - 1;

/** Processes through the toolkit: silent, no text of a shell but a constant one, and no environment but the command's own. */
export function createRunner(): Runner {
  return { run };
}

/** Runs a command to its end. A program name without a slash is looked up in the PATH of the command's environment. */
async function run(command: Command): Promise<CommandResult> {
  const program = await findProgram(command);
  if (program === null) return { kind: 'not-found', program: command.program };
  // A check of lines runs no process, and is done in the time that loading it takes.
  const { exec } = await import('@actions/exec');
  const stdout = createCollector(command.onLine);
  const stderr = createCollector(command.onLine);
  const { limitSeconds, signal } = command;
  const limit = limitSeconds === undefined && signal === undefined ? null : startLimit(limitSeconds, signal);
  const script = limit !== null ? announced : command.tether === true ? tethered : withoutInput;
  try {
    const exitCode: unknown = await exec('/bin/sh', ['-c', script, 'sh', program, ...command.args], {
      silent: true,
      ignoreReturnCode: true,
      env: { ...command.env },
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
      listeners: { stdout: stdout.take, stderr: limit?.listen(stderr.take) ?? stderr.take },
    });
    const ended = typeof exitCode === 'number' ? exitCode : killed;
    return {
      kind: 'exited',
      exitCode: limit?.expired() === true ? timedOutCode : ended,
      stdout: stdout.end(),
      stderr: stderr.end(),
    };
  } finally {
    limit?.stop();
  }
}

interface Limit {
  /** Reads the process id in the first line, and hands on what follows. */
  listen(take: (data: Buffer) => void): (data: Buffer) => void;
  expired(): boolean;
  stop(): void;
}

/** @param stopped see Command.signal */
function startLimit(seconds = Infinity, stopped: AbortSignal | undefined): Limit {
  let pid: number | null = null;
  let head = Buffer.alloc(0);
  let expired = false;
  let again: NodeJS.Timeout | undefined;
  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    try {
      if (pid !== null) process.kill(pid, name);
    } catch {
      // It has ended, and nobody has said so yet.
    }
  };
  const end = (): void => {
    signal('SIGTERM');
    clearTimeout(again);
    again = setTimeout(() => signal('SIGKILL'), graceMs);
  };
  const expire = (): void => {
    expired = true;
    end();
  };
  const first = setTimeout(expire, Math.min(seconds * 1000, longestTimer));
  stopped?.addEventListener('abort', end);
  return {
    listen: (take) => (data) => {
      if (pid !== null) return take(data);
      head = Buffer.concat([head, data]);
      const at = head.indexOf('\n');
      if (at < 0) return;
      pid = Number(head.subarray(0, at).toString());
      if (stopped?.aborted === true) end();
      take(head.subarray(at + 1));
    },
    expired: () => expired,
    stop: () => {
      clearTimeout(first);
      clearTimeout(again);
      stopped?.removeEventListener('abort', end);
    },
  };
}

interface Collector {
  take(data: Buffer): void;
  /** Hands over the last line, and gives what was kept: the end of the text, where it was too long. */
  end(): string;
}

function createCollector(onLine: ((line: string) => void) | undefined): Collector {
  const decoder = new StringDecoder('utf8');
  let kept: string[] = [];
  let size = 0;
  let line = '';
  const keep = (text: string): void => {
    kept.push(text);
    size += text.length;
    if (size <= 2 * keptCharacters) return;
    kept = [kept.join('').slice(-keptCharacters)];
    size = keptCharacters;
  };
  const takeText = (text: string): void => {
    keep(text);
    if (onLine === undefined) return;
    const parts = (line + text).split('\n');
    line = parts.pop() ?? '';
    for (const part of parts) onLine(withoutReturn(part));
    for (; line.length > longestLine; line = line.slice(longestLine)) onLine(line.slice(0, longestLine));
  };
  return {
    take: (data) => takeText(decoder.write(data)),
    end: () => {
      takeText(decoder.end());
      if (line !== '') onLine?.(withoutReturn(line));
      return kept.join('').slice(-keptCharacters);
    },
  };
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

async function findProgram({ program, env, cwd }: Command): Promise<string | null> {
  if (isAbsolute(program)) return (await isExecutable(program)) ? program : null;
  if (program.includes('/')) return findProgram({ program: resolve(cwd ?? '.', program), args: [], env });
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, program);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
