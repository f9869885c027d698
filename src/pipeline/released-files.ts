import { join } from 'node:path';
import type { TargetName } from '../build/target.js';
import { type Contents, entriesIn } from '../publish/contents.js';
import { assetName } from '../publish/file.js';
import type { IndexEntry } from '../publish/index-file.js';
import type { ReleaseApi } from '../publish/release-api.js';
import { fileDigest } from './file-digest.js';
import { pluginFileName } from './place.js';
import type { BuildPorts } from './ports.js';
import type { RunDir } from './run-dir.js';

/** A file that lies at a release. */
export interface ReleasedFile {
  readonly entry: IndexEntry;
  /**
   * Gives the path of a copy, absolute; null: the asset is gone, or has other bytes by now. It is fetched once.
   *
   * @throws Failure as the API does
   */
  fetch(): Promise<string | null>;
}

/** The files of the release that is followed: one that loads in new servers spares their build. */
export interface ReleasedFiles {
  /** Those of a plugin that a build for the target and Go version might make too. */
  of(wanted: WantedFile): readonly ReleasedFile[];
}

export interface WantedFile {
  /** The plugin's module path. */
  readonly plugin: string;
  /** What files are named by. */
  readonly name: string;
  readonly target: TargetName;
  readonly goVersion: string;
}

interface FetchPorts {
  readonly api: ReleaseApi;
  readonly run: RunDir;
  readonly ports: Pick<BuildPorts, 'openBytes'>;
}

/** The files that gotify-plugin.json knows, in its order. */
export function releasedFiles(contents: Contents, from: FetchPorts): ReleasedFiles {
  const all = entriesIn(contents).map((entry): ReleasedFile => {
    let copy: Promise<string | null> | null = null;
    return { entry, fetch: () => (copy ??= fetched(entry, contents, from)) };
  });
  const plugins = new Set([...contents.indexes, ...contents.fragments].map(({ plugin }) => plugin));
  return {
    of: ({ plugin, name, target, goVersion }) => {
      // Of several plugins in one release it is not said which file is whose.
      if (plugins.size !== 1 || !plugins.has(plugin)) return [];
      return all.filter(({ entry }) => {
        const names = entry.servers.map((version) => assetName(pluginFileName({ name, target, version })));
        return entry.target === target && entry.goVersion === goVersion && names.includes(entry.file);
      });
    },
  };
}

async function fetched(
  { file, sha256 }: IndexEntry,
  { assets }: Contents,
  { api, run, ports }: FetchPorts,
): Promise<string | null> {
  const asset = assets.find(({ name, state }) => name === file && state === 'uploaded');
  if (asset === undefined) return null;
  const path = join(await run.folder('released', sha256), file);
  if (!(await api.download(asset, path))) return null;
  return fileDigest(path, ports).sha256 === sha256 ? path : null;
}
