import { isPluginFile, waitsFor } from './names.js';
import type { Asset } from './release-api.js';
import type { Session } from './session.js';
import { uploadMs } from './upload-time.js';

/** Our texts are far smaller. */
const largestText = 2 ** 20;
/** For what a server still does when its client has given up, and for dates that are in whole seconds. */
const marginMs = 30_000;

/**
 * Ids of the starters that nobody is sending any more: those that this run's own failed uploads left, and those that began
 * longer ago than an upload may take. Any other may be under way, in another job.
 */
export function brokenStarters(assets: readonly Asset[], session: Session): ReadonlySet<number> {
  const { starters, failed, left } = session;
  for (const { id, name, state } of assets) {
    // What was there before the upload is somebody else's.
    if (state === 'starter' && failed.has(name) && !starters.has(id)) left.add(id);
    if (state === 'uploaded' || left.has(id)) failed.delete(name);
  }
  const seen = assets.filter(({ state }) => state === 'starter');
  for (const { id } of seen) starters.add(id);
  const longest = Math.max(0, ...[...session.job.files, ...assets].map(({ size }) => size));
  const isOver = ({ name, ageMs }: Asset): boolean => {
    const isText = !isPluginFile(waitsFor(name) ?? name);
    return ageMs > uploadMs(isText ? largestText : longest) + marginMs;
  };
  return new Set(seen.filter((asset) => left.has(asset.id) || isOver(asset)).map(({ id }) => id));
}
