import pLimit from 'p-limit';
import { damaged, LookAgain } from './failures.js';
import { isPluginFile, waitingName } from './names.js';
import type { Asset, Release, Write } from './release-api.js';
import type { Session } from './session.js';
import type { Put } from './step.js';

/** As many as browsers open to one host; more only make GitHub's secondary limit likelier. */
const atOnce = 4;

/**
 * Makes each of them an asset, four at once. All are tried: what arrives is used by the next look, or the next run.
 *
 * @throws LookAgain
 */
export async function putAll(puts: readonly Put[], release: Release, session: Session): Promise<void> {
  await allOf(puts, (put) => putOne(put, release, session));
}

/**
 * An asset with other bytes is replaced by new ones that arrived whole under another name. Deleting the old one by its
 * id is the compare-and-swap that GitHub does not have otherwise: of several jobs one is told that it did it.
 */
async function putOne(put: Put, release: Release, session: Session): Promise<void> {
  const { name, old } = put;
  if (isPluginFile(name) && !session.sent.has(name)) {
    session.sent.set(name, old === null ? 'uploaded' : 'replaced');
  }
  if (old === null && put.waiting === null) return void (await send(name, put, { release, session }));
  const next = put.waiting ?? (await send(waitingName(name, put.sha256), put, { release, session }));
  if (old !== null) {
    valueOf(await session.api.deleteAsset(old.id));
    session.arrived.delete(old.id);
  }
  valueOf(await session.api.rename(next.id, name));
  session.arrived.set(next.id, { name, release: release.id });
}

interface Sending {
  readonly release: Release;
  readonly session: Session;
}

async function send(name: string, put: Put, { release, session }: Sending): Promise<Asset> {
  const { api, texts } = session;
  const write = await api.upload(release, { name, content: put.content });
  const asset = arrivedOf(write, { name, release, session });
  await requireArrived(asset, { size: put.size, digest: `sha256:${put.sha256}` }, session);
  if (put.content.kind === 'bytes') texts.set(asset.id, put.content.bytes);
  return asset;
}

/**
 * What was uploaded; also keeps in mind what became of it.
 *
 * @throws LookAgain
 */
export function arrivedOf(
  write: Write<Asset>,
  { name, release, session }: Sending & { readonly name: string },
): Asset {
  if (write.kind === 'unsure') session.failed.add(name);
  const asset = valueOf(write);
  session.failed.delete(name);
  session.arrived.set(asset.id, { name, release: release.id });
  return asset;
}

/**
 * What arrived must be what was sent; where GitHub names no digest the next look finds it out.
 *
 * @throws LookAgain
 */
export async function requireArrived(
  { id, name, size, digest }: Asset,
  sent: Pick<Asset, 'size' | 'digest'>,
  session: Session,
): Promise<void> {
  const isSame = digest === null || sent.digest === null || digest === sent.digest;
  if (size === sent.size && isSame) return;
  await remove({ id }, session);
  throw new LookAgain(damaged(name));
}

/**
 * Deletes an asset, if nobody else did.
 *
 * @throws LookAgain where the release takes no changes any more
 */
export async function remove({ id }: Pick<Asset, 'id'>, { api, arrived }: Session): Promise<void> {
  const write = await api.deleteAsset(id);
  if (write.kind !== 'gone') valueOf(write);
  arrived.delete(id);
}

/**
 * What was written.
 *
 * @throws LookAgain where it may not be so
 */
export function valueOf<T>(write: Write<T>): T {
  if (write.kind === 'done') return write.value;
  throw new LookAgain('failure' in write ? write.failure : null);
}

/** Does all of them, four at once, and throws the worst of their errors only when the last one has ended. */
export async function allOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const limit = pLimit(atOnce);
  const results = await Promise.allSettled(items.map((item) => limit(work, item)));
  const errors = results.flatMap((result): readonly unknown[] =>
    result.status === 'rejected' ? [result.reason] : [],
  );
  const isAgain = (error: unknown): error is LookAgain => error instanceof LookAgain;
  const worst =
    errors.find((error) => !isAgain(error)) ??
    errors.find((error) => isAgain(error) && error.failure !== null) ??
    errors[0];
  if (errors.length > 0) throw worst;
}
