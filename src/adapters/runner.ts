import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
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
  const exitCode: unknown = await exec('/bin/sh', ['-c', withoutInput, 'sh', program, ...command.args], {
    silent: true,
    ignoreReturnCode: true,
    env: { ...command.env },
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    listeners: { stdout: stdout.take, stderr: stderr.take },
  });
  return {
    kind: 'exited',
    exitCode: typeof exitCode === 'number' ? exitCode : killed,
    stdout: stdout.end(),
    stderr: stderr.end(),
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
