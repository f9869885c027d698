import { relative } from 'node:path';
import { defaultOf } from '../options/contract.js';
import type { CommonOptions } from '../options/options.js';
import { shellWord } from './shell-word.js';

/** How whoever reads a report starts the command line, for commands to paste. */
export interface Tool {
  /** The first words of a command. */
  readonly words: readonly string[];
  /** What brings it there, one command line to run once; null: it is there. */
  readonly setup: string | null;
}

/** A command as a POSIX shell reads it. */
export function commandLine({ words }: Pick<Tool, 'words'>, args: readonly string[]): string {
  return [...words, ...args].map(shellWord).join(' ');
}

/** The flags of `cap` that it shares with a check, where they are not the default. */
export function sharedFlags({
  package: mainPackage,
  flags,
  serverApiUrl,
}: Pick<CommonOptions, 'package' | 'flags' | 'serverApiUrl'>): readonly string[] {
  return [
    ...(mainPackage === '.' ? [] : ['--package', mainPackage]),
    ...(flags.tags === null ? [] : [`--build-flags=-tags=${flags.tags}`]),
    ...(serverApiUrl === defaultOf('server-api-url', 'cli') ? [] : ['--server-api-url', serverApiUrl]),
  ];
}

/**
 * The command line where it lies on this machine.
 *
 * @param file of the command line, absolute; @param base the folder that the user is in, absolute
 */
export function localTool(file: string, base: string): Tool {
  const way = relative(base, file);
  return { words: ['node', way.startsWith('../../') ? file : way], setup: null };
}

/**
 * The same for a reader of a job's summary, who has the plugin's repository: a clone of the action's beside it, at what
 * the workflow names. It takes a second, as dist/ has all that runs; npm would install everything that it is made from.
 * An action of the workflow's own repository is in that already.
 *
 * @param env GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF name what a step uses:
 *   https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 * @param local the command line in this job, should it not be known where the action is from
 */
export function cloneOfAction(env: Readonly<Record<string, string | undefined>>, local: Tool): Tool {
  const { GITHUB_ACTION_REPOSITORY: repository = '', GITHUB_ACTION_REF: ref = '' } = env;
  const server = env['GITHUB_SERVER_URL'] ?? '';
  const [, name] = /^[\w.-]+\/([\w.-]*\w[\w.-]*)$/.exec(repository) ?? [];
  if (name === undefined || ref === '' || /^-/.test(ref)) return local;
  const url = `${server === '' ? 'https://github.com' : server}/${repository}`;
  const folder = `../${name}`;
  const clone = ['git', 'clone', '-q', '--filter=blob:none', '--no-checkout', url, folder];
  const checkout = ['git', '-C', folder, 'checkout', '-q', ref];
  return {
    words: ['node', `${folder}/dist/cli.js`],
    setup: [clone, checkout].map((words) => words.map(shellWord).join(' ')).join(' && '),
  };
}
