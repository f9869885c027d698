import { Failure } from '../errors.js';
import type { CheckOptions } from '../options/options.js';
import { locatePlugin, type PluginProject } from '../plugin/project.js';
import type { CheckPorts } from './check-ports.js';
import { matchedFolders } from './matched-folders.js';

/**
 * The plugins that `path` names: folders, or patterns such as `plugins/*`, of which those with a go.mod count.
 *
 * @throws Failure (input) as locatePlugin does; `no-go-mod` for a pattern that matches no module
 */
export async function findPlugins(
  options: Pick<CheckOptions, 'base' | 'package' | 'paths'>,
  ports: Pick<CheckPorts, 'files' | 'matchingFiles'>,
): Promise<readonly PluginProject[]> {
  const folders = await Promise.all(options.paths.map((path) => foldersOf(path, options.base, ports)));
  const projects: PluginProject[] = [];
  for (const path of new Set(folders.flat())) {
    projects.push(await locatePlugin({ path, package: options.package, base: options.base }, ports.files));
  }
  return projects;
}

async function foldersOf(
  path: string,
  base: string,
  ports: Pick<CheckPorts, 'files' | 'matchingFiles'>,
): Promise<readonly string[]> {
  const folders = await matchedFolders(path, { holding: 'go.mod', base }, ports);
  if (folders.length > 0) return folders;
  throw new Failure('input', {
    code: 'no-go-mod',
    what: `no folder that ${path} matches has a go.mod`,
    remedy: 'Write a pattern such as plugins/* that matches the folders of your modules.',
    where: { kind: 'input', input: 'path' },
  });
}
