import { join } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { Clock, Files, Reporter } from '../ports.js';
import { factsFile } from './facts.js';
import type { GitHub } from './github.js';
import { resolveServers, type ResolvePorts } from './resolve.js';
import type { ServerBuild } from './server-build.js';
import type { ServerSpecifier } from './specifier.js';

/** Milliseconds that an answer is as good as new: a server comes out every few weeks. */
const freshMs = 10 * 60_000;

const Tags = v.array(v.object({ name: v.string(), commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)) }));

interface Memory {
  readonly files: Files;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Absolute. */
  readonly cacheDir: string;
  /** Whether answers are kept, and none is taken from an earlier run. */
  readonly isAskedAnew?: boolean;
}

/**
 * The same as resolveServers, with the lists that a run of the last ten minutes has read; where they lack what is asked
 * for, it may have come since, and the API is asked after all.
 *
 * @throws Failure as resolveServers does
 */
export async function resolveRemembered(
  specifiers: readonly ServerSpecifier[],
  ports: ResolvePorts & { readonly clock: Clock },
): Promise<readonly ServerBuild[]> {
  const github = rememberingLists(ports.github, ports);
  try {
    return await resolveServers(specifiers, { ...ports, github });
  } catch (error) {
    const lacks = error instanceof Failure && ['unknown-version', 'no-latest-tag'].includes(error.code);
    if (!lacks || !github.hasRecalled()) throw error;
    const asking = rememberingLists(ports.github, { ...ports, isAskedAnew: true });
    return await resolveServers(specifiers, { ...ports, github: asking });
  }
}

interface RememberingGitHub extends GitHub {
  /** Whether an answer came from an earlier run. */
  hasRecalled(): boolean;
}

/** The same API, which is asked for its tags and its newest release only every ten minutes, whichever run asks. */
export function rememberingLists(github: GitHub, memory: Memory): RememberingGitHub {
  const { apiUrl } = github;
  const file = (name: string): string => factsFile(name, { github, cacheDir: memory.cacheDir });
  let recalled = false;
  const remembered = async <T>(question: Question<T>): Promise<T> => {
    const known = memory.isAskedAnew === true ? null : await recall(question, memory);
    if (known === null) return keep(question, memory);
    recalled = true;
    return known.answer;
  };
  return {
    ...github,
    tags: () => remembered({ apiUrl, file: file('tags'), schema: Tags, ask: () => github.tags() }),
    latestRelease: () =>
      remembered({ apiUrl, file: file('latest'), schema: v.string(), ask: () => github.latestRelease() }),
    hasRecalled: () => recalled,
  };
}

interface Question<T> {
  readonly apiUrl: string;
  readonly file: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly ask: () => Promise<T>;
}

async function keep<T>({ apiUrl, file, ask }: Question<T>, memory: Memory): Promise<T> {
  const { files, clock, reporter, cacheDir } = memory;
  const answer = await ask();
  try {
    await files.makeDir(join(cacheDir, 'facts'));
    await files.write(file, JSON.stringify({ apiUrl, at: clock.now(), answer }));
  } catch (error) {
    // A cache that cannot be written costs time, not the run.
    reporter.detail(`${file} was not written: ${String(error)}`);
  }
  return answer;
}

async function recall<T>(
  { apiUrl, file, schema }: Question<T>,
  { files, clock, reporter }: Memory,
): Promise<{ readonly answer: T } | null> {
  if ((await files.stat(file)) === null) return null;
  try {
    const noted = v.parse(
      v.object({ apiUrl: v.literal(apiUrl), at: v.number(), answer: schema }),
      JSON.parse(await files.readText(file)),
    );
    const age = clock.now() - noted.at;
    return age >= 0 && age < freshMs ? noted : null;
  } catch (error) {
    reporter.detail(`${file} is not used: ${String(error)}`);
    return null;
  }
}
