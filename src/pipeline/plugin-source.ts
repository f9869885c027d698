import { join, relative } from 'node:path';
import { Failure } from '../errors.js';
import type { BuildOptions } from '../options/options.js';
import { gitIn } from '../plugin/git.js';
import type { Files, Runner } from '../ports.js';

/** The plugin's repository at GitHub, as far as its source is asked for. */
export interface SourceApi {
  /** The commit that a tag leads to, 40 hex digits; null: there is no such tag. Throws Failure. */
  commitOfTag(tag: string): Promise<string | null>;
  /** Saves the source of a commit as a tar.gz file with one folder at its top. Throws Failure. */
  download(commit: string, file: string): Promise<void>;
}

export interface SourcePorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly source: SourceApi;
}

export interface SourceRequest {
  readonly commit: string;
  readonly options: Pick<BuildOptions, 'base' | 'path'>;
  /** An existing, empty folder; absolute. */
  readonly dir: string;
}

/**
 * Lays out the source of a commit: from git where the checkout has it, else over the API. Gives the plugin's folder in
 * it, absolute; submodules are not in it.
 *
 * @throws Failure (input) `outside-repository`, `no-such-folder`; (surroundings) `no-source`, and what the API throws
 */
export async function layOutSource(request: SourceRequest, ports: SourcePorts): Promise<string> {
  const { commit, dir, options } = request;
  const git = gitIn(options.path, ports);
  const top = (await git('rev-parse', '--show-toplevel'))?.trim() ?? options.base;
  const place = relative(
    await ports.files.realPath(top),
    await ports.files.realPath(options.path).catch(() => options.path),
  );
  if (place.startsWith('..')) throw outside(options.path, top);
  const archive = join(dir, 'source.tar');
  const source = join(dir, 'source');
  await ports.files.makeDir(source);
  const isHere = (await git('cat-file', '-e', `${commit}^{commit}`)) !== null;
  const made =
    isHere && (await gitIn(top, ports)('archive', '--format=tar', `--output=${archive}`, commit)) !== null;
  if (made) {
    await unpack(['-xf', archive], source, ports);
  } else {
    await ports.source.download(commit, archive);
    await unpack(['-xzf', archive, '--strip-components=1'], source, ports);
  }
  await ports.files.remove(archive);
  const folder = join(source, place);
  if ((await ports.files.stat(folder))?.kind === 'folder') return folder;
  throw new Failure('input', {
    code: 'no-such-folder',
    what: `the commit ${commit.slice(0, 12)} of the release has no folder ${place}`,
    remedy: 'Write as path where the plugin was when it was released.',
    where: { kind: 'input', input: 'path' },
  });
}

async function unpack(args: readonly string[], dir: string, { runner, env }: SourcePorts): Promise<void> {
  const result = await runner.run({
    program: 'tar',
    args: [...args, '--no-same-owner', '-C', dir],
    env: { PATH: env['PATH'] ?? '' },
  });
  if (result.kind === 'exited' && result.exitCode === 0) return;
  const why = result.kind === 'exited' ? result.stderr.trim() : 'there is no tar on this machine';
  throw new Failure('surroundings', {
    code: 'no-source',
    what: `the source of the release cannot be unpacked: ${why}`,
    remedy: 'See that tar and gzip are installed, and that the disk is not full.',
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
