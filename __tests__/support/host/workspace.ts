import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';
import type { Workspace } from '../../../src/build/builder.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';

const fixtures = fileURLToPath(new URL('../../fixtures/host', import.meta.url));

const made: string[] = [];
afterAll(async () => {
  for (const base of made) await rm(base, { recursive: true });
});

type ServerFiles = Pick<ServerBuild, 'goMod' | 'goSum'>;

/**
 * A workspace in a fresh folder: a fixture's source, pinned to the server by the server's own go.mod under the
 * plugin's module path. That is the whole build list, word for word.
 */
export async function pinnedWorkspace(request: {
  readonly fixture: string;
  readonly server: ServerFiles;
  /** The plugin's module path; two plugins in one program need two. */
  readonly modulePath?: string;
  /** Lines added to the pin. */
  readonly goModLines?: readonly string[];
}): Promise<Workspace> {
  const { fixture, modulePath = `example.org/${fixture}` } = request;
  const workspace = await emptyWorkspace({ ...request, modulePath });
  await cp(join(fixtures, fixture), workspace.module, { recursive: true });
  return workspace;
}

/** The same without a source. */
export async function emptyWorkspace(request: {
  readonly modulePath: string;
  readonly server: ServerFiles;
  readonly goModLines?: readonly string[];
}): Promise<Workspace> {
  const { modulePath, server, goModLines = [] } = request;
  const base = await mkdtemp(join(tmpdir(), 'gotify host '));
  made.push(base);
  const workspace = {
    module: join(base, 'plugin é'),
    pin: join(base, 'pin'),
    out: join(base, 'out'),
    replaced: [],
  };
  for (const folder of [workspace.module, workspace.pin, workspace.out]) await mkdir(folder);
  await writeFile(join(workspace.module, 'go.mod'), `module ${modulePath}\n`);
  const goMod = server.goMod.replace(/^module .*$/m, `module ${modulePath}`);
  await writeFile(join(workspace.pin, 'go.mod'), [goMod, ...goModLines, ''].join('\n'));
  await writeFile(join(workspace.pin, 'go.sum'), server.goSum);
  return workspace;
}
