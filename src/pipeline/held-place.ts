import { dirname, join } from 'node:path';
import { isDead, ownerText, type Caller } from '../build/owner.js';
import type { Clock, Files } from '../ports.js';

export interface HeldPlace {
  /** Absolute. */
  readonly path: string;
  release(): Promise<void>;
}

interface HoldPorts {
  readonly files: Files;
  readonly caller: Caller;
  readonly clock: Clock;
}

const ownerFile = 'owner';

/**
 * Moves a folder of this run to a place that the next run of the same work has too: what Go builds on this machine
 * depends on where its source lies, and a rerun has to come to the same bytes. While another run holds the place the
 * folder stays where it is; one that was killed holds nothing any more.
 *
 * @param request.place on the same file system
 */
export async function holdPlace(
  { folder, place }: { readonly folder: string; readonly place: string },
  ports: HoldPorts,
): Promise<HeldPlace> {
  const { files, caller } = ports;
  await files.makeDir(dirname(place));
  await files.write(join(folder, ownerFile), ownerText(caller));
  await removeLeft(place, `${folder}-left`, ports);
  try {
    await files.move(folder, place);
    return { path: place, release: () => files.remove(place) };
  } catch (error) {
    // A folder with something in it is never replaced.
    if ((await files.stat(place)) === null) throw error;
    return { path: folder, release: () => Promise.resolve() };
  }
}

/** Moved away first: of two runs that find it at once only one has it then. */
async function removeLeft(place: string, away: string, ports: HoldPorts): Promise<void> {
  const { files } = ports;
  if (!(await isLeft(place, ports))) return;
  try {
    await files.move(place, away);
  } catch (error) {
    if ((await files.stat(place)) !== null) throw error;
    return;
  }
  // Between the two looks another run may have come to hold it.
  if (await isLeft(away, ports)) await files.remove(away);
  else await files.move(away, place);
}

async function isLeft(place: string, { files, caller, clock }: HoldPorts): Promise<boolean> {
  const found = await files.stat(join(place, ownerFile));
  if (found === null) return false;
  const owner = await files.readText(join(place, ownerFile));
  return isDead({ owner, since: found.modified }, { caller, now: clock.now(), files });
}
