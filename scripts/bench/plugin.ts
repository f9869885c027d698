import { chmod, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFiles } from '../../src/adapters/files.js';
import { loadCatalog } from '../../src/gotify/catalog.js';
import type { ServerBuild } from '../../src/gotify/server-build.js';
import { pinModule } from '../../src/pin/pin.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The example in a scratch folder, twice: as an author has it, and pinned, for a bare go command. */
export interface Plugin {
  readonly server: ServerBuild;
  /** Scratch space, and where caches are: absolute. */
  readonly dir: string;
  readonly source: string;
  readonly pinned: string;
  /** Where bare builds write. */
  readonly out: string;
  readonly cacheDir: string;
  /** A GitHub of our own, whose answers are in the cache once they were asked for. */
  readonly apiUrl: string;
  /** Changes one line of both copies, to what it never was before. */
  change(): Promise<void>;
}

/** Both sides build with the same pin, so that they compile the same packages. */
export async function makePlugin(dir: string, tag: string): Promise<Omit<Plugin, 'apiUrl'>> {
  const server = await serverOf(tag);
  const [source, pinned, out, cacheDir] = ['source', 'pinned', 'out', 'cache'].map((name) =>
    join(dir, name),
  ) as [string, string, string, string];
  for (const folder of [source, pinned])
    await cp(join(root, 'examples/webhook'), folder, { recursive: true });
  const [goMod, goSum] = await Promise.all(
    ['go.mod', 'go.sum'].map((name) => readFile(join(source, name), 'utf8')),
  );
  const pin = pinModule({
    goMod: goMod ?? '',
    goSum: goSum ?? null,
    file: join(source, 'go.mod'),
    server,
    replacedAt: () => '',
  });
  await writeFile(join(pinned, 'go.mod'), pin.goMod);
  await writeFile(join(pinned, 'go.sum'), pin.goSum);
  await mkdir(out, { recursive: true });
  await mkdir(cacheDir, { recursive: true });
  await openToAll([dir, pinned, out, ...(await readdir(pinned)).map((name) => join(pinned, name))]);
  // Another run in the same folder must not find its changes built.
  let revision = Date.now();
  const change = async (): Promise<void> => {
    revision += 1;
    for (const folder of [source, pinned]) await rename(join(folder, 'plugin.go'), `1.0.${String(revision)}`);
  };
  return { server, dir, source, pinned, out, cacheDir, change };
}

async function serverOf(tag: string): Promise<ServerBuild> {
  const catalog = await loadCatalog(join(root, 'catalog'), createFiles());
  const server = await catalog.serverBuild(tag, 'this is a benchmark');
  if (server === null) throw new Error(`the catalog does not know ${tag}`);
  return server;
}

/** A container's user has to write where a bare go command does. */
async function openToAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) await chmod(path, 0o777);
}

async function rename(file: string, version: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  const changed = text.replace(/Version: {5}"[^"]*"/, `Version:     "${version}"`);
  if (changed === text) throw new Error(`${file} has no version to change`);
  await writeFile(file, changed);
}
