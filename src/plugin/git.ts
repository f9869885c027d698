import type { Runner } from '../ports.js';

/** Gives what git prints; null where it failed, or is not there. */
export type Git = (...args: readonly string[]) => Promise<string | null>;

/**
 * Git in a folder, absolute.
 *
 * @param more variables of git's own, such as GIT_INDEX_FILE
 */
export function gitIn(
  folder: string,
  { runner, env }: { readonly runner: Runner; readonly env: Readonly<Record<string, string | undefined>> },
  more: Readonly<Record<string, string>> = {},
): Git {
  return async (...args) => {
    const result = await runner.run({
      program: 'git',
      args: ['-C', folder, ...args],
      env: {
        // A clone that fetches files when they are read must not wait for somebody's password.
        GIT_TERMINAL_PROMPT: '0',
        ...Object.fromEntries(
          ['PATH', 'HOME'].flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
        ),
        ...more,
      },
    });
    return result.kind === 'exited' && result.exitCode === 0 ? result.stdout : null;
  };
}
