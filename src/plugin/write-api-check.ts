import { join, posix } from 'node:path';
import type { Places, Workspace } from '../build/builder.js';
import type { Files } from '../ports.js';
import { apiCheckFiles } from './api-check.js';
import type { PluginProject } from './project.js';

/** Writes the files of apiCheckFiles into a workspace's pin folder, where the compile step's `-overlay` finds them. */
export async function writeApiCheck(
  project: Pick<PluginProject, 'packageArg' | 'packageDir'>,
  at: {
    readonly workspace: Pick<Workspace, 'pin'>;
    readonly places: Pick<Places, 'module' | 'pin'>;
    readonly overlaid?: Readonly<Record<string, string>>;
  },
  files: Files,
): Promise<void> {
  const { workspace, places, overlaid = {} } = at;
  const check = apiCheckFiles({
    packageDirPlace: posix.join(places.module, project.packageArg),
    pinPlace: places.pin,
    taken: await files.list(project.packageDir),
    overlaid,
  });
  await files.write(join(workspace.pin, 'overlay.json'), check.overlayJson);
  await files.write(join(workspace.pin, check.fileName), check.goFile);
}
