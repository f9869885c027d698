import { join } from 'node:path';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { Files, Reporter } from '../ports.js';
import type { GitHub } from './github.js';
import type { ServerFiles } from './server-files.js';

const Facts = v.object({ goVersion: v.nullable(v.string()), goMod: v.string(), goSum: v.string() });

export interface FactsPorts {
  readonly github: GitHub;
  readonly files: Files;
  readonly cacheDir: string;
  readonly reporter: Reporter;
}

/**
 * The server's files at a commit, read from the API once: what a commit contains never changes, so they are kept below
 * `<cacheDir>/facts`.
 *
 * @throws Failure as readServerFiles does
 */
export async function factsOf(commit: string, ports: FactsPorts): Promise<ServerFiles> {
  const path = join(ports.cacheDir, 'facts', `${commit}.json`);
  const known = await cachedFacts(path, ports);
  if (known !== null) return known;
  const facts = await readServerFiles(commit, ports.github);
  try {
    await ports.files.makeDir(join(ports.cacheDir, 'facts'));
    await ports.files.write(path, JSON.stringify(facts));
  } catch (error) {
    // A cache that cannot be written costs time, not the build.
    ports.reporter.detail(`${path} was not written: ${String(error)}`);
  }
  return facts;
}

/** What an earlier run kept of a commit; null where there is nothing sound. */
export async function cachedFacts(
  path: string,
  { files, reporter }: Pick<FactsPorts, 'files' | 'reporter'>,
): Promise<ServerFiles | null> {
  if ((await files.stat(path)) === null) return null;
  try {
    return v.parse(Facts, JSON.parse(await files.readText(path)));
  } catch (error) {
    reporter.detail(`${path} is not used: ${String(error)}`);
    return null;
  }
}

/**
 * GO_VERSION, go.mod and go.sum at a commit, from the API.
 *
 * @throws Failure (input) `no-server-files` where the commit has no go.mod or go.sum; what GitHub's methods throw
 */
export async function readServerFiles(commit: string, github: GitHub): Promise<ServerFiles> {
  const [goVersion, goMod, goSum] = await Promise.all([
    github.fileAt(commit, 'GO_VERSION'),
    github.fileAt(commit, 'go.mod'),
    github.fileAt(commit, 'go.sum'),
  ]);
  if (goMod !== null && goSum !== null) return { goVersion, goMod, goSum };
  throw new Failure('input', {
    code: 'no-server-files',
    what: `gotify/server has no ${goMod === null ? 'go.mod' : 'go.sum'} at ${commit}`,
    remedy: 'Choose a newer server.',
    where: { kind: 'input', input: 'server' },
  });
}
