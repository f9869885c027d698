import { sha256Of } from './checksums.js';
import { named } from './document.js';
import { LookAgain } from './failures.js';
import { fragmentName, indexName, isChecksums, isIndex, partOf, waitingName } from './names.js';
import { isOurs } from './notes.js';
import { sawAllParts } from './parts.js';
import { allOf, arrivedOf, remove, requireArrived, valueOf } from './put.js';
import type { Asset, Release } from './release-api.js';
import type { Session } from './session.js';
import type { Seen } from './state.js';
import type { Job } from './step.js';

/** At the end of the title of a draft that is being given up: nobody may rely on what is in it. */
const closing = ' (duplicate, being removed)';
/** The same once everything in it is in the release that counts. */
const moved = ' (duplicate, can be deleted)';

/** The title that a release had before it was given up. */
export function openName(name: string): string {
  const end = [closing, moved].find((each) => name.endsWith(each)) ?? '';
  return name.slice(0, name.length - end.length);
}

function isClosed({ draft, name }: Release): boolean {
  return draft && openName(name) !== name;
}

/** Whether nothing is in it that would be missed. */
export function isMoved({ draft, name }: Release): boolean {
  return draft && name.endsWith(moved);
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
 * Gives up the other drafts. Each is closed first, then its assets are read and moved: a job that finds its files in a
 * draft, and after that the draft open, knows that they are moved with it. It stays as it is until it can be deleted
 * safely: a job that saw it open may be about to publish it, and then it counts.
 *
 * @throws LookAgain
 */
export async function mergeDrafts(others: readonly Release[], seen: Seen, session: Session): Promise<void> {
  const { release } = seen;
  for (const other of others) {
    if (!isClosed(other)) await retitle(other, closing, session);
    if (isWanted(release, session.job)) {
      await moveAssets(other, seen, session);
      await requireOpen(release, session);
      await retitle(other, moved, session);
    }
    session.merged.set(other.id, release.id);
  }
}

/**
 * Deletes drafts that were given up. Where the tag has its published release by now, GitHub refuses to publish another
 * one; else nothing but a person publishes them between the look and the deletion.
 *
 * @throws LookAgain
 */
export async function dropDrafts(drafts: readonly Release[], { api, made }: Session): Promise<void> {
  for (const { id } of drafts) {
    const now = await api.release(id);
    if (now !== null && !isClosed(now)) throw new LookAgain();
    await api.deleteRelease(id);
    made.delete(id);
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

/** Says what becomes of a draft; not of one that somebody published meanwhile: then that one counts. */
async function retitle({ id, tag, name }: Release, end: string, { api }: Session): Promise<void> {
  const open = openName(name);
  const now = valueOf(await api.update(id, { tag, name: `${open}${end}` }));
  if (now.draft) return;
  await api.update(id, { tag, name: open });
  throw new LookAgain();
}

async function moveAssets(from: Release, seen: Seen, session: Session): Promise<void> {
  const { api, job } = session;
  const moves = movesOf((await api.assets(from.id)) ?? [], { seen, job });
  const blocking = moves.flatMap(({ blocking }) => blocking ?? []);
  // Somebody may be sending it just now.
  if (blocking.some(({ id }) => !seen.broken.has(id))) throw new LookAgain();
  await allOf(blocking, (asset) => remove(asset, session));
  const copy = async ({ asset, name }: Move): Promise<void> => {
    const write = await api.copy(asset, seen.release, name);
    // Somebody else may have moved it.
    if (write.kind === 'conflict') return;
    await requireArrived(arrivedOf(write, { name, release: seen.release, session }), asset, session);
  };
  const [plain, parts, indexes] = [
    moves.filter(({ asset }) => !isIndex(asset.name) && partOf(asset.name) === null),
    moves.filter(({ asset }) => partOf(asset.name) !== null),
    moves.filter(({ asset }) => isIndex(asset.name)),
  ];
  await allOf(plain, copy);
  await moveParts(parts, seen, session);
  // It says that all parts were seen, so it must not be there before them.
  await allOf(indexes, copy);
}

/** Once somebody saw all parts they are cleaned up: none may come late, so they are at hand when that is looked up. */
async function moveParts(
  moves: readonly Move[],
  { release, indexes }: Seen,
  session: Session,
): Promise<void> {
  if (moves.length === 0) return;
  const { api } = session;
  const texts = await Promise.all(moves.map(({ asset }) => api.read(asset)));
  const now = (await api.assets(release.id)) ?? [];
  if (indexes.length === 0 && now.some(({ name }) => isIndex(name))) throw new LookAgain();
  await allOf([...moves.entries()], async ([at, { asset, name }]) => {
    const bytes = texts[at];
    // Somebody else may have deleted the draft, or moved it.
    if (bytes == null || named(now, name) !== undefined) return;
    const write = await api.upload(release, { name, content: { kind: 'bytes', bytes } });
    if (write.kind === 'conflict') return;
    await requireArrived(arrivedOf(write, { name, release, session }), asset, session);
  });
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
  const isWhole = sawAllParts(job, seen);
  return moving.flatMap((asset): readonly Move[] => {
    if (asset.state === 'starter' || isChecksums(asset.name) || own.has(asset.name)) return [];
    if (isWhole && partOf(asset.name) !== null) return [];
    const name = asset.name === indexName ? waitingName(indexName, hashOf(asset)) : asset.name;
    const there = named(seen.assets, name);
    return there?.state === 'uploaded' ? [] : [{ asset, name, blocking: there ?? null }];
  });
}

/** Tells apart what waits for the same name. */
function hashOf(asset: Asset): string {
  return sha256Of(asset) ?? asset.id.toString(16).padStart(16, '0');
}
