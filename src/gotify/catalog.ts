import { join } from 'node:path';
import * as v from 'valibot';
import type { TargetName } from '../build/target.js';
import { Failure } from '../errors.js';
import type { Files } from '../ports.js';
import type { ServerBuild } from './server-build.js';
import { serverFromFiles, type ServerFiles } from './server-files.js';

/** A known release, as the catalog's index has it. */
export interface CatalogRelease {
  readonly tag: string;
  /** 40 hex digits. */
  readonly commit: string;
  /** The day of the commit: `2026-07-18`. */
  readonly date: string;
  readonly goVersion: string;
  /** Names below files/: the beginnings of the contents' sha256. Releases that share content share the file. */
  readonly goMod: string;
  readonly goSum: string;
}

/** The facts of known server releases, shipped with the project, for when the API cannot serve. */
export interface Catalog {
  /** Stable releases, newest first. */
  readonly releases: readonly CatalogRelease[];
  /** The texts of the release's files; null: the tag is not known. */
  filesOf(tag: string): Promise<ServerFiles | null>;
  /** The release's ServerBuild; `because` tells why it does not come from the API. Null: the tag is not known. */
  serverBuild(tag: string, because: string): Promise<ServerBuild | null>;
  /** The text of the ABI manifest of exactly this release and target; null: the catalog has none. */
  manifestText(tag: string, target: TargetName): Promise<string | null>;
}

const ContentName = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));
const Release = v.object({
  tag: v.pipe(v.string(), v.regex(/^v\d+\.\d+\.\d+$/)),
  commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/)),
  goVersion: v.string(),
  goMod: ContentName,
  goSum: ContentName,
});
const Index = v.object({ schema: v.literal(1), releases: v.array(Release) });

/**
 * Opens the catalog: reads its index only; the rest when it is asked for.
 *
 * @param dir the catalog's folder, absolute
 * @throws Failure (surroundings) `broken-catalog` where a file of it is missing or is not what it should be
 */
export async function loadCatalog(dir: string, files: Files): Promise<Catalog> {
  const { releases } = await readIndex(join(dir, 'index.json'), files);
  const find = (tag: string): CatalogRelease | undefined => releases.find((release) => release.tag === tag);
  const filesOf = async (tag: string): Promise<ServerFiles | null> => {
    const release = find(tag);
    if (release === undefined) return null;
    const [goMod, goSum] = await Promise.all([
      readFile(join(dir, 'files', `${release.goMod}.mod`), files),
      readFile(join(dir, 'files', `${release.goSum}.sum`), files),
    ]);
    return { goVersion: release.goVersion, goMod, goSum };
  };
  return {
    releases,
    filesOf,
    serverBuild: async (tag, because) => {
      const [release, texts] = [find(tag), await filesOf(tag)];
      if (release === undefined || texts === null) return null;
      const { commit } = release;
      return serverFromFiles(texts, { tag, commit, source: { kind: 'catalog', because } });
    },
    manifestText: async (tag, target) => {
      // A tag that is not in the index never becomes part of a path.
      if (find(tag) === undefined) return null;
      const path = join(dir, 'abi', `${tag}-${target}.json`);
      return (await files.stat(path)) === null ? null : readFile(path, files);
    },
  };
}

async function readIndex(path: string, files: Files): Promise<v.InferOutput<typeof Index>> {
  const text = await readFile(path, files);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw broken(path, cause);
  }
  const result = v.safeParse(Index, data);
  if (result.success) return result.output;
  throw broken(
    path,
    new Error(`${v.getDotPath(result.issues[0]) ?? 'the whole'}: ${result.issues[0].message}`),
  );
}

async function readFile(path: string, files: Files): Promise<string> {
  try {
    return await files.readText(path);
  } catch (cause) {
    throw broken(path, cause);
  }
}

function broken(path: string, cause: unknown): Failure {
  return new Failure('surroundings', {
    code: 'broken-catalog',
    what: `the catalog of servers cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
    remedy: 'Install gotify-plugin-build again.',
    where: { kind: 'file', file: path },
    cause,
  });
}
