import { sha256Of } from './checksums.js';
import { named } from './document.js';
import { LookAgain } from './failures.js';
import { fragmentName, indexName, isChecksums, isIndex, waitingName } from './names.js';
import { isOurs } from './notes.js';
import { allOf, requireArrived, valueOf } from './put.js';
import type { Asset, Release } from './release-api.js';
import type { Session } from './session.js';
import type { Seen } from './state.js';
import type { Job } from './step.js';

/** The title of a draft that is being given up: nobody may rely on what is in it. */
function closedName(tag: string): string {
  return `${tag} (duplicate, being removed)`;
}

function isClosed({ draft, name, tag }: Release): boolean {
  return draft && name === closedName(tag);
}

export interface Choice {
  /** Null: there is none that can be worked on. */
  readonly release: Release | null;
  /** Drafts of ours to be given up. */
  readonly others: readonly Release[];
}

/**
 * Of several releases of one tag the one that counts: the published one, else the draft with the lowest id. Everybody
 * chooses the same, once the lists show the same. A draft with somebody's own text is never given up.
 */
export function chooseRelease(releases: readonly Release[]): Choice {
  const open = releases.filter((release) => !isClosed(release));
  const [release = null] = [...open].sort((a, b) => Number(a.draft) - Number(b.draft) || a.id - b.id);
  const others = releases.filter(({ id, draft, body }) => draft && isOurs(body) && id !== release?.id);
  return { release, others };
}

/**
 * Gives up the other drafts. Each is closed first, then its assets are read and moved, then it is deleted: a job that
 * finds its files in a draft, and after that the draft open, knows that they are moved with it.
 *
 * @throws LookAgain
 */
export async function mergeDrafts(others: readonly Release[], seen: Seen, session: Session): Promise<void> {
  for (const other of others) {
    if (!isClosed(other)) await close(other, session);
    if (isWanted(seen.release, session.job)) await moveAssets(other, seen, session);
    await requireOpen(seen.release, session);
    const now = await session.api.release(other.id);
    // Published meanwhile by somebody who did not see the other one: then that one counts.
    if (now?.draft === false) throw new LookAgain();
    await session.api.deleteRelease(other.id);
    session.made.delete(other.id);
  }
}

/**
 * What was seen in a draft counts only if it is still open afterwards.
 *
 * @throws LookAgain
 */
export async function requireOpen({ id, draft }: Release, { api }: Session): Promise<void> {
  const now = await api.release(id);
  if (now === null || isClosed(now) || now.draft !== draft) throw new LookAgain();
}

async function close({ id, tag, name }: Release, { api }: Session): Promise<void> {
  const closed = valueOf(await api.update(id, { tag, name: closedName(tag) }));
  if (closed.draft) return;
  await api.update(id, { tag, name });
  throw new LookAgain();
}

async function moveAssets(from: Release, seen: Seen, session: Session): Promise<void> {
  const { api, job } = session;
  const moves = movesOf((await api.assets(from.id)) ?? [], { seen, job });
  const blocking = moves.flatMap(({ blocking }) => blocking ?? []);
  if (blocking.some(({ id }) => !seen.stale.has(id))) throw new LookAgain();
  await allOf(blocking, async ({ id }) => void (await api.deleteAsset(id)));
  const copy = async ({ asset, name }: Move): Promise<void> => {
    const write = await api.copy(asset, seen.release, name);
    // Somebody else may have moved it, and deleted the draft.
    if (write.kind !== 'conflict') await requireArrived(valueOf(write), asset, api);
  };
  await allOf(
    moves.filter(({ asset }) => !isIndex(asset.name)),
    copy,
  );
  // It says that all parts were seen, so it must not be there before them.
  await allOf(
    moves.filter(({ asset }) => isIndex(asset.name)),
    copy,
  );
}

/** What other jobs brought; to a published release a job alone adds nothing but its own. */
function isWanted({ draft, immutable }: Release, { part }: Job): boolean {
  return draft || (part !== null && !immutable);
}

interface Move {
  readonly asset: Asset;
  /** Under which it goes on. */
  readonly name: string;
  /** A broken upload that has the name. */
  readonly blocking: Asset | null;
}

/** What the release does not have; this job's own files it has at hand, and checksums.txt is made anew. */
function movesOf(
  moving: readonly Asset[],
  { seen, job }: { readonly seen: Seen; readonly job: Job },
): readonly Move[] {
  const own = new Set(job.files.map(({ name }) => name));
  if (job.part !== null) own.add(fragmentName(job.part.name));
  return moving.flatMap((asset): readonly Move[] => {
    if (asset.state === 'starter' || isChecksums(asset.name) || own.has(asset.name)) return [];
    const name = asset.name === indexName ? waitingName(indexName, hashOf(asset)) : asset.name;
    const there = named(seen.assets, name);
    return there?.state === 'uploaded' ? [] : [{ asset, name, blocking: there ?? null }];
  });
}

/** Tells apart what waits for the same name. */
function hashOf(asset: Asset): string {
  return sha256Of(asset) ?? asset.id.toString(16).padStart(16, '0');
}
