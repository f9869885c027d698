import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '../../../src/build/builder.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';

const fixtures = fileURLToPath(new URL('../../fixtures/host', import.meta.url));

/**
 * A workspace in a fresh folder: a fixture's source, pinned to the server by the server's own go.mod under the
 * plugin's module path. That is the whole build list, word for word.
 */
export async function pinnedWorkspace(request: {
  readonly fixture: string;
  readonly server: Pick<ServerBuild, 'goMod' | 'goSum'>;
  readonly modulePath?: string;
}): Promise<Workspace> {
  const { fixture, server, modulePath = `example.org/${fixture}` } = request;
  const base = await mkdtemp(join(tmpdir(), 'gotify host '));
  const workspace = {
    module: join(base, 'plugin é'),
    pin: join(base, 'pin'),
    out: join(base, 'out'),
    replaced: [],
  };
  await cp(join(fixtures, fixture), workspace.module, { recursive: true });
  await mkdir(workspace.pin);
  await mkdir(workspace.out);
  await writeFile(join(workspace.module, 'go.mod'), `module ${modulePath}\n`);
  await writeFile(
    join(workspace.pin, 'go.mod'),
    server.goMod.replace(/^module .*$/m, `module ${modulePath}`),
  );
  await writeFile(join(workspace.pin, 'go.sum'), server.goSum);
  return workspace;
}
