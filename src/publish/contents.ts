import { LookAgain, unsettled } from './failures.js';
import type { Fragment } from './fragment.js';
import type { IndexEntry, PluginIndex } from './index-file.js';
import { readForeign, readFragments, readIndexes } from './look.js';
import { isChecksums, isIndex, isPluginFile, isScaffold } from './names.js';
import { nextStep } from './next-step.js';
import type { Asset, Release, ReleaseApi } from './release-api.js';
import type { PublishRequest } from './request.js';
import type { Seen } from './state.js';

/** What a release has, for who does not work on it. */
export interface Contents {
  readonly release: Release;
  readonly assets: readonly Asset[];
  /** gotify-plugin.json, and new ones that wait for its place. */
  readonly indexes: readonly PluginIndex[];
  readonly fragments: readonly Fragment[];
  /** Lines of checksums.txt for files that are not ours. */
  readonly foreignChecksums: readonly string[];
}

const mostTries = 5;

/**
 * Reads what lies at a release.
 *
 * @throws Failure (input) `malformed-index`; (surroundings) `release-unsettled`, and what the API throws
 */
export async function contentsOf(release: Release, api: ReleaseApi): Promise<Contents> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      return await readContents(release, api);
    } catch (error) {
      if (!(error instanceof LookAgain)) throw error;
      await api.pause(tries);
    }
  }
  throw unsettled(release.tag);
}

async function readContents(release: Release, api: ReleaseApi): Promise<Contents> {
  const assets = (await api.assets(release.id)) ?? [];
  const whole = assets.filter(({ state }) => state === 'uploaded');
  const reading = { api, texts: new Map<number, Uint8Array>() };
  const [indexes, fragments, foreignChecksums] = await Promise.all([
    readIndexes(whole, reading),
    readFragments(whole, reading),
    readForeign(whole, reading),
  ]);
  return { release, assets, indexes, fragments, foreignChecksums };
}

/** What is said of files that are there, with just the bytes that it is said of where GitHub names their digest. */
export function entriesIn({
  assets,
  indexes,
  fragments,
}: Pick<Contents, 'assets' | 'indexes' | 'fragments'>): readonly IndexEntry[] {
  const whole = assets.filter(({ state }) => state === 'uploaded');
  const digests = new Map(whole.map(({ name, digest }) => [name, digest]));
  const isThere = ({ file, sha256 }: IndexEntry): boolean => {
    const digest = digests.get(file);
    return digest === null || digest === `sha256:${sha256}`;
  };
  return [...indexes, ...fragments].flatMap(({ files }) => files).filter(isThere);
}

/** The plugin's module path; null: nothing of ours is there. */
export function pluginIn({ indexes, fragments }: Contents): string | null {
  return [...indexes, ...fragments][0]?.plugin ?? null;
}

/**
 * Whether a run that brings no files would leave the release as it is: it is published, its texts say what is there, and
 * nothing is left of the work. Else the run that worked on it was broken off, or is under way. Pure.
 */
export function isFinished(
  contents: Contents,
  { draft, notes }: Pick<PublishRequest, 'draft' | 'notes'>,
): boolean {
  const { release, assets, ...texts } = contents;
  const plugin = pluginIn(contents);
  // Nothing of it is ours, or nothing can be done about it.
  if (plugin === null || release.immutable) return true;
  if (release.draft && !draft) return false;
  // Servers that name no digests would have each file downloaded: there only what is left behind tells it.
  if (assets.some(isUntold)) return assets.every(({ name }) => !isScaffold(name));
  const seen: Seen = {
    ...{ release, assets, ...texts, others: [], spent: [], ownFragment: null, tagCommit: null },
    ...{ made: new Set(), taken: new Set(), broken: new Set() },
  };
  const job = {
    ...{ tag: release.tag, commit: null, plugin, files: [], added: [], left: [], part: null },
    ...{ onExisting: null, prerelease: false, makeLatest: null, draft, notes },
  };
  return nextStep(job, { kind: 'release', seen }).kind === 'done';
}

function isUntold({ name, state, digest }: Asset): boolean {
  const matters = isPluginFile(name) || isIndex(name) || isChecksums(name);
  return state === 'uploaded' && digest === null && matters;
}
