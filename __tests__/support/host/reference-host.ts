import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBytes } from '../../../src/adapters/file-bytes.js';
import type { Builder, Workspace } from '../../../src/build/builder.js';
import { hostBuildArgs } from '../../../src/build/go-args.js';
import type { Target } from '../../../src/build/target.js';
import type { ServerBuild } from '../../../src/gotify/server-build.js';
import type { AbiManifest } from '../../../src/verify/manifest.js';
import { manifestOf } from '../../../src/verify/read-manifest.js';
import { referenceHostFiles } from '../../../src/verify/reference-host.js';
import { expectOk } from './build.js';

export interface BuiltHost {
  /** The program, absolute. */
  readonly file: string;
  readonly manifest: AbiManifest;
}

/** Builds a reference host with those packages, in a folder of its own. */
export async function buildHost(request: {
  readonly builder: Builder;
  readonly target: Target;
  readonly server: ServerBuild;
  readonly packages: readonly string[];
}): Promise<BuiltHost> {
  const { builder, target, server, packages } = request;
  const workspace = await hostWorkspace(server, packages);
  const places = builder.places(workspace);
  const modfile = ['-mod=mod', `-modfile=${places.pin}/go.mod`];
  expectOk(
    await builder.run({ target, workspace, phase: 'download', args: ['list', ...modfile, '-deps', '.'] }),
  );
  const args = hostBuildArgs(places, 'host');
  expectOk(await builder.run({ target, workspace, phase: 'compile', args }));
  const file = join(workspace.out, 'host');
  const source = openBytes(file);
  try {
    const about = { server: server.version, target: target.name, origin: 'a reference host' };
    return { file, manifest: manifestOf(source, about) };
  } finally {
    source.close();
  }
}

async function hostWorkspace(server: ServerBuild, packages: readonly string[]): Promise<Workspace> {
  const program = referenceHostFiles({ server, packages });
  const base = await mkdtemp(join(tmpdir(), 'reference-host-'));
  const workspace = {
    module: join(base, 'module'),
    pin: join(base, 'pin'),
    out: join(base, 'out'),
    replaced: [],
  };
  for (const folder of [workspace.module, workspace.pin, workspace.out]) await mkdir(folder);
  await writeFile(join(workspace.module, 'main.go'), program.mainGo);
  await writeFile(join(workspace.module, 'go.mod'), program.goMod);
  await writeFile(join(workspace.pin, 'go.mod'), program.goMod);
  await writeFile(join(workspace.pin, 'go.sum'), program.goSum);
  return workspace;
}
