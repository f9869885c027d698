import { checksumsText, foreignLines } from './checksums.js';
import { documentOf, holds, named } from './document.js';
import { chooseRelease, isMoved } from './drafts.js';
import { LookAgain } from './failures.js';
import { type Fragment, parseFragment } from './fragment.js';
import { parseIndex, type PluginIndex } from './index-file.js';
import {
  checksumsName,
  fragmentName,
  isChecksums,
  isIndex,
  isPluginFile,
  isScaffold,
  partOf,
} from './names.js';
import type { Asset, Release } from './release-api.js';
import type { Session } from './session.js';
import { brokenStarters } from './starters.js';
import type { Seen, State } from './state.js';

/**
 * Looks at what lies at GitHub for the tag.
 *
 * @throws LookAgain where it changes meanwhile
 */
export async function look(session: Session): Promise<State> {
  const { api, job, last } = session;
  // Mostly the release is the same as before.
  const [listed, early] = await Promise.all([
    api.releasesOf(job.tag),
    last === null ? null : api.assets(last.id),
  ]);
  const choice = chooseRelease(await withMade(listed, session));
  const { release } = choice;
  session.last = release;
  if (release === null) return { kind: 'none', others: choice.others };
  const shown = last?.id === release.id ? early : await api.assets(release.id);
  if (shown === null) throw new LookAgain();
  const assets = await withArrived(shown, release, session);
  const { made, tagCommit, taken } = session;
  const isSpent = (other: Release): boolean => isMoved(other) || session.merged.get(other.id) === release.id;
  const others = choice.others.filter((other) => !isSpent(other));
  const spent = choice.others.filter(isSpent);
  const seen = {
    release,
    others,
    spent,
    made,
    tagCommit,
    taken,
    ...(await examine(release, assets, session)),
  };
  return { kind: 'release', seen };
}

/** A list that was made a moment after a release may not have it. */
async function withMade(listed: readonly Release[], session: Session): Promise<readonly Release[]> {
  const { made, api } = session;
  const all = [...listed];
  for (const id of [...made].filter((each) => listed.every((release) => release.id !== each))) {
    const release = await api.release(id);
    if (release === null) made.delete(id);
    else all.push(release);
  }
  session.isListed = all.length === listed.length;
  return all;
}

/** Nor may a list of assets have what was sent a moment ago. */
async function withArrived(
  listed: readonly Asset[],
  release: Release,
  session: Session,
): Promise<readonly Asset[]> {
  const { arrived, taken, api } = session;
  const all = [...listed];
  for (const [id, { name, release: to }] of arrived) {
    if (to !== release.id || listed.some((asset) => asset.id === id)) continue;
    const asset = await api.asset(id);
    if (asset === null) {
      arrived.delete(id);
      taken.add(name);
    } else all.push(asset);
  }
  session.isListed &&= all.length === listed.length;
  return all;
}

async function examine(
  release: Release,
  listed: readonly Asset[],
  session: Session,
): Promise<Omit<Seen, 'release' | 'others' | 'spent' | 'made' | 'tagCommit' | 'taken'>> {
  const broken = brokenStarters(listed, session);
  const assets = await Promise.all(listed.map((asset) => withDigest(asset, session)));
  const whole = assets.filter(({ state }) => state === 'uploaded');
  const [indexes, fragments, ownFragment, foreignChecksums] = await Promise.all([
    readIndexes(whole, session),
    fragmentsFor(release, whole, session),
    readOwnFragment(whole, session),
    readForeign(whole, session),
  ]);
  return { assets, indexes, fragments, ownFragment, foreignChecksums, broken };
}

/** GitHub names no digest for assets from before June 2025, and other servers for none. */
async function withDigest(asset: Asset, { digests, api }: Session): Promise<Asset> {
  const { id, name, state, digest } = asset;
  const matters = isPluginFile(name) || isIndex(name) || isChecksums(name) || isScaffold(name);
  if (digest !== null || state === 'starter' || !matters) return asset;
  const sha256 = digests.get(id) ?? (await api.sha256(asset));
  if (sha256 === null) throw new LookAgain();
  digests.set(id, sha256);
  return { ...asset, digest: `sha256:${sha256}` };
}

/** What reading our texts takes. */
type Reading = Pick<Session, 'texts' | 'api'>;

/** Of whole assets: gotify-plugin.json, and new ones that wait for its place. Throws LookAgain. */
export async function readIndexes(
  whole: readonly Asset[],
  session: Reading,
): Promise<readonly PluginIndex[]> {
  const found = whole.filter(({ name }) => isIndex(name));
  return Promise.all(found.map(async (asset) => parseIndex(await read(asset, session), asset.name)));
}

/** One of several jobs needs them only when they may be all. */
async function fragmentsFor(
  { draft }: Release,
  whole: readonly Asset[],
  session: Session,
): Promise<readonly Fragment[] | null> {
  const { part } = session.job;
  const found = whole.filter(({ name }) => partOf(name) !== null);
  const mayBeAll = part === null || found.length >= part.of || whole.some(({ name }) => isIndex(name));
  return draft && !mayBeAll ? null : readFragments(whole, session);
}

/** Throws LookAgain. */
export async function readFragments(whole: readonly Asset[], session: Reading): Promise<readonly Fragment[]> {
  const found = whole.filter(({ name }) => partOf(name) !== null);
  return Promise.all(found.map(async (asset) => parseFragment(await read(asset, session), asset.name)));
}

async function readOwnFragment(whole: readonly Asset[], session: Session): Promise<Fragment | null> {
  const { part } = session.job;
  const found = part === null ? undefined : named(whole, fragmentName(part.name));
  return found === undefined ? null : parseFragment(await read(found, session), found.name);
}

/** Lines of checksums.txt for files that are not ours. Throws LookAgain. */
export async function readForeign(whole: readonly Asset[], session: Reading): Promise<readonly string[]> {
  const plain = documentOf(checksumsName, checksumsText(whole, []));
  const found = whole.filter((asset) => isChecksums(asset.name) && !holds(asset, plain));
  const texts = await Promise.all(found.map((asset) => read(asset, session)));
  return foreignLines(texts.map((bytes) => Buffer.from(bytes).toString('utf8')));
}

async function read(asset: Asset, { texts, api }: Reading): Promise<Uint8Array> {
  const bytes = texts.get(asset.id) ?? (await api.read(asset));
  if (bytes === null) throw new LookAgain();
  texts.set(asset.id, bytes);
  return bytes;
}
