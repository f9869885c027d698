import { readdir, readFile } from 'node:fs/promises';

export interface RunningProcess {
  readonly id: number;
  readonly line: string;
}

/** All running processes whose command line names the text; a killed one has none, also while it is still listed. */
export async function processesNaming(text: string): Promise<readonly RunningProcess[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const all = await Promise.all(
    ids.map(async (id) => {
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return { id: Number(id), line: line.replaceAll('\0', ' ') };
    }),
  );
  return all.filter(({ line }) => line.includes(text));
}

/** Ends a process, unless it has ended by itself. */
export function killNow(id: number): void {
  try {
    process.kill(id, 'SIGKILL');
  } catch (error) {
    // Not `instanceof Error`: Node's own errors are of another realm where tests run.
    if (typeof error !== 'object' || error === null || Reflect.get(error, 'code') !== 'ESRCH') throw error;
  }
}

/** Waits until the condition holds, at most a minute. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come true within a minute');
}

/**
 * The compiler itself at work: not go, not the wrapper's shell, not a question for its version. Its path may have blanks:
 * that of the tests' own cache has.
 */
export function isCompiler(line: string): boolean {
  return /^(?!\/bin\/sh ).*\/tool\/[^/]+\/compile -o /s.test(line);
}
