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
 * `<cacheDir>/facts`, for the API that said so alone: nothing shows that another one's commit is the same.
 *
 * @throws Failure as readServerFiles does
 */
export async function factsOf(commit: string, ports: FactsPorts): Promise<ServerFiles> {
  const known = await cachedFacts(commit, ports);
  if (known !== null) return known;
  const { apiUrl } = ports.github;
  const path = factsFile(commit, ports);
  const facts = await readServerFiles(commit, ports.github);
  try {
    await ports.files.makeDir(join(ports.cacheDir, 'facts'));
    await ports.files.write(path, JSON.stringify({ apiUrl, ...facts }));
  } catch (error) {
    // A cache that cannot be written costs time, not the build.
    ports.reporter.detail(`${path} was not written: ${String(error)}`);
  }
  return facts;
}

/** Where something that an API said is kept; the text in the file has to name the API, as the name is cut. */
export function factsFile(
  name: string,
  { github, cacheDir }: { readonly github: Pick<GitHub, 'apiUrl'>; readonly cacheDir: string },
): string {
  const key = github.apiUrl.replace(/[^\w.-]+/g, '_').slice(0, 150);
  return join(cacheDir, 'facts', `${name}-${key}.json`);
}

/** What an earlier run kept of a commit at this API, 40 hex digits; null where there is nothing sound. */
export async function cachedFacts(commit: string, ports: FactsPorts): Promise<ServerFiles | null> {
  const { files, reporter, github } = ports;
  const path = factsFile(commit, ports);
  if ((await files.stat(path)) === null) return null;
  try {
    const kept = v.parse(
      v.object({ apiUrl: v.literal(github.apiUrl), ...Facts.entries }),
      JSON.parse(await files.readText(path)),
    );
    return { goVersion: kept.goVersion, goMod: kept.goMod, goSum: kept.goSum };
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
