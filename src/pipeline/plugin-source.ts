import { join, relative } from 'node:path';
import { Failure } from '../errors.js';
import type { BuildOptions } from '../options/options.js';
import { gitIn } from '../plugin/git.js';
import { layOutFromApi, type ApiPorts } from './source-from-api.js';
import { layOutFromGit } from './source-from-git.js';
import { short } from './source-trouble.js';

export interface SourceRequest {
  readonly commit: string;
  readonly options: Pick<BuildOptions, 'base' | 'path'>;
  /** An existing, empty folder; absolute. */
  readonly dir: string;
}

/**
 * Lays out the source of a commit, exactly as a checkout of it has it: from git where the checkout at hand has the
 * commit, else over the API. Gives the plugin's folder in it, absolute.
 *
 * @throws Failure (input) `outside-repository`, `no-such-folder`; as layOutFromGit and layOutFromApi do
 */
export async function layOutSource(request: SourceRequest, ports: ApiPorts): Promise<string> {
  const { commit, dir, options } = request;
  const top = (await gitIn(options.path, ports)('rev-parse', '--show-toplevel'))?.trim() ?? options.base;
  const place = relative(
    await ports.files.realPath(top),
    await ports.files.realPath(options.path).catch(() => options.path),
  );
  if (place.startsWith('..')) throw outside(options.path, top);
  const into = join(dir, 'source');
  await ports.files.makeDir(into);
  const index = join(dir, 'index');
  const isFromGit = await layOutFromGit({ repository: top, commit, into, index, absent: 'refused' }, ports);
  if (!isFromGit) {
    await ports.files.remove(into);
    await ports.files.makeDir(into);
    await layOutFromApi({ commit, into, archive: join(dir, 'source.tar.gz') }, ports);
  }
  const folder = join(into, place);
  if ((await ports.files.stat(folder))?.kind === 'folder') return folder;
  throw new Failure('input', {
    code: 'no-such-folder',
    what: `the commit ${short(commit)} of the release has no folder ${place}`,
    remedy: 'Write as path where the plugin was when it was released.',
    where: { kind: 'input', input: 'path' },
  });
}

function outside(path: string, top: string): Failure {
  return new Failure('input', {
    code: 'outside-repository',
    what: `${path} is not in the repository at ${top}`,
    remedy: 'Write the path of the plugin in the repository that its release is of.',
    where: { kind: 'input', input: 'path' },
  });
}
