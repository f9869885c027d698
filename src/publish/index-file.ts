import rcompare from 'semver/functions/rcompare.js';
import valid from 'semver/functions/valid.js';
import * as v from 'valibot';
import { targetNames } from '../build/target.js';
import { Failure } from '../errors.js';
import { pluginAssets, sha256Of } from './checksums.js';
import type { PluginFile } from './file.js';
import type { Asset } from './release-api.js';
import type { PublishRequest } from './request.js';

const Entry = v.object({
  file: v.string(),
  commit: v.nullable(v.string()),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not 64 hex digits')),
  size: v.number(),
  target: v.picklist(targetNames),
  goVersion: v.string(),
  servers: v.array(v.string()),
  modules: v.array(v.object({ path: v.string(), version: v.string() })),
  verdict: v.object({ kind: v.literal('loads'), compared: v.number() }),
});
const Run = v.object({ run: v.nullable(v.string()), of: v.number() });
const common = { schema: v.literal(1), tag: v.string(), plugin: v.string() };
/** What gotify-plugin.json and a part of it have in common. */
export const indexShape = { ...common, files: v.array(Entry) };
const Index = v.object({ ...common, runs: v.array(Run), files: v.array(Entry) });

/** What gotify-plugin.json says of one asset. */
export type IndexEntry = v.InferOutput<typeof Entry>;
/** gotify-plugin.json of a release. */
export type PluginIndex = v.InferOutput<typeof Index>;
/** A run of the workflow of which all parts were seen, and how many they were. */
export type WholeRun = v.InferOutput<typeof Run>;

/**
 * Reads a gotify-plugin.json that lies at a release.
 *
 * @param name the asset's
 * @throws Failure (input) `malformed-index`, naming the place
 */
export function parseIndex(bytes: Uint8Array, name: string): PluginIndex {
  return parseAsset({ schema: Index, bytes, name });
}

interface Parsing<S extends v.GenericSchema> {
  readonly schema: S;
  readonly bytes: Uint8Array;
  readonly name: string;
}

/**
 * Reads one of our JSON assets.
 *
 * @throws Failure (input) `malformed-index`
 */
export function parseAsset<S extends v.GenericSchema>({ schema, bytes, name }: Parsing<S>): v.InferOutput<S> {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw malformed(name, 'it is not JSON', cause);
  }
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw malformed(name, `${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`);
}

function malformed(name: string, problem: string, cause?: unknown): Failure {
  return new Failure('input', {
    code: 'malformed-index',
    what: `this asset of the release cannot be read (${problem})`,
    remedy: 'Delete it from the release, or publish with a version of this tool that knows it.',
    where: { kind: 'file', file: name },
    cause,
  });
}

/**
 * What a file of this run is, as gotify-plugin.json says it.
 *
 * @param commit that it was built from; null: unknown
 */
export function entryOf(file: PluginFile, commit: string | null): IndexEntry {
  const { name, sha256, size, target, goVersion, servers, modules, compared } = file;
  return {
    file: name,
    commit,
    sha256,
    size,
    target,
    goVersion,
    servers: newestFirst(servers),
    modules: modules.map(({ path, version }) => ({ path, version })),
    verdict: { kind: 'loads', compared },
  };
}

/**
 * What can be said of each `.so` asset: what any of the entries says of exactly its bytes. The order of the entries does
 * not matter, so that jobs which merge the same ones at once write the same text. Two commits may make the same bytes:
 * then it is the tag's that counts.
 *
 * @param tagCommit that the release's tag leads to; null: unknown
 */
export function mergeEntries(
  entries: readonly IndexEntry[],
  assets: readonly Asset[],
  tagCommit: string | null,
): IndexEntry[] {
  const rank = ({ commit }: IndexEntry): number => (commit === null ? 2 : commit === tagCommit ? 0 : 1);
  const order = (a: IndexEntry, b: IndexEntry): number =>
    rank(a) - rank(b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return pluginAssets(assets).flatMap((asset) => {
    const sha256 = sha256Of(asset);
    const same = entries.filter((entry) => entry.file === asset.name && entry.sha256 === sha256);
    const [first] = same.sort(order);
    if (first === undefined) return [];
    const servers = newestFirst(same.flatMap((entry) => entry.servers));
    const compared = Math.min(...same.map(({ verdict }) => verdict.compared));
    return [{ ...first, servers, verdict: { kind: 'loads', compared } }];
  });
}

/** The text of gotify-plugin.json. */
export function indexText(
  { tag, plugin }: Pick<PublishRequest, 'tag' | 'plugin'>,
  { runs, files }: { readonly runs: readonly WholeRun[]; readonly files: IndexEntry[] },
): string {
  const index: PluginIndex = { schema: 1, tag, plugin, runs: runsOnce(runs), files };
  return `${JSON.stringify(index, null, 2)}\n`;
}

/** Each once, sorted, so that jobs which know of the same ones write the same. */
function runsOnce(runs: readonly WholeRun[]): WholeRun[] {
  const texts = new Set(runs.map(({ run, of }) => JSON.stringify({ run, of })));
  return [...texts].sort().map((text) => v.parse(Run, JSON.parse(text)));
}

/** Each version once, the newest first. */
function newestFirst(versions: readonly string[]): string[] {
  const order = (a: string, b: string): number =>
    valid(a) !== null && valid(b) !== null ? rcompare(a, b) : a < b ? 1 : -1;
  return [...new Set(versions)].sort(order);
}
