import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock, Files, Reporter } from '../ports.js';
import type { GitHub } from './github.js';

/** Milliseconds that an answer is as good as new: a server comes out every few weeks. */
const freshMs = 10 * 60_000;

const Tags = v.array(v.object({ name: v.string(), commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)) }));

interface Memory {
  readonly files: Files;
  readonly clock: Clock;
  readonly reporter: Reporter;
  /** Absolute. */
  readonly cacheDir: string;
}

/** The same API, which is asked for its tags and its newest release only every ten minutes, whichever run asks. */
export function rememberingLists(github: GitHub, memory: Memory): GitHub {
  const key = createHash('sha256').update(github.apiUrl).digest('hex').slice(0, 16);
  const file = (name: string): string => join(memory.cacheDir, 'facts', `${name}-${key}.json`);
  return {
    ...github,
    tags: () => remembered({ file: file('tags'), schema: Tags, ask: () => github.tags() }, memory),
    latestRelease: () =>
      remembered({ file: file('latest'), schema: v.string(), ask: () => github.latestRelease() }, memory),
  };
}

interface Question<T> {
  readonly file: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly ask: () => Promise<T>;
}

async function remembered<T>({ file, schema, ask }: Question<T>, memory: Memory): Promise<T> {
  const { files, clock, reporter, cacheDir } = memory;
  const known = await recall(file, schema, memory);
  if (known !== null) return known.answer;
  const answer = await ask();
  try {
    await files.makeDir(join(cacheDir, 'facts'));
    await files.write(file, JSON.stringify({ at: clock.now(), answer }));
  } catch (error) {
    // A cache that cannot be written costs time, not the run.
    reporter.detail(`${file} was not written: ${String(error)}`);
  }
  return answer;
}

async function recall<T>(
  file: string,
  schema: v.GenericSchema<unknown, T>,
  { files, clock, reporter }: Memory,
): Promise<{ readonly answer: T } | null> {
  if ((await files.stat(file)) === null) return null;
  try {
    const noted = v.parse(
      v.object({ at: v.number(), answer: schema }),
      JSON.parse(await files.readText(file)),
    );
    const age = clock.now() - noted.at;
    return age >= 0 && age < freshMs ? noted : null;
  } catch (error) {
    reporter.detail(`${file} is not used: ${String(error)}`);
    return null;
  }
}
