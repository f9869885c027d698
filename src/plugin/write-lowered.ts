import { join } from 'node:path';
import type { Places, Workspace } from '../build/builder.js';
import { loweredName, loweredOverlay, type ReplacedModule } from '../pin/replaced.js';
import type { Files } from '../ports.js';
import { overlayText } from './api-check.js';

/**
 * Writes into a workspace's pin folder what Go is to see in place of the go.mod files of folders whose `go` line is too
 * new, with the overlay.json that says so.
 *
 * @returns whether there is any: then go needs that `-overlay`
 */
export async function writeLowered(
  folders: readonly ReplacedModule[],
  at: { readonly workspace: Pick<Workspace, 'pin'>; readonly places: Pick<Places, 'pin' | 'replaced'> },
  files: Files,
): Promise<boolean> {
  const { pin } = at.workspace;
  for (const { index, lowered } of folders) {
    if (lowered !== null) await files.write(join(pin, loweredName(index)), lowered.goMod);
  }
  if (!hasLowered(folders)) return false;
  await files.write(join(pin, 'overlay.json'), overlayText(loweredOverlay(folders, at.places)));
  return true;
}

/** Whether go is to see other go.mod files in the folders of local replacements than lie there. */
export function hasLowered(folders: readonly ReplacedModule[]): boolean {
  return folders.some(({ lowered }) => lowered !== null);
}
