import { Failure } from '../errors.js';
import type { Files, Runner } from '../ports.js';

export interface ArchivePorts {
  readonly runner: Runner;
  readonly files: Files;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Lays out the files of a tar.gz of the whole repository with one folder at its top, as GitHub's API gives it.
 *
 * @throws Failure (surroundings) as unpackArchive
 */
export async function layOutTarball(
  { archive, dir }: { readonly archive: string; readonly dir: string },
  ports: ArchivePorts,
): Promise<void> {
  await ports.files.makeDir(dir);
  await unpackArchive(['-xzf', archive, '--strip-components=1'], dir, ports);
}

/** Throws Failure (surroundings) `no-source` without tar, or where it fails. */
async function unpackArchive(
  args: readonly string[],
  dir: string,
  { runner, env }: ArchivePorts,
): Promise<void> {
  const result = await runner.run({
    program: 'tar',
    args: [...args, '--no-same-owner', '-C', dir],
    env: { PATH: env['PATH'] ?? '' },
  });
  if (result.kind === 'exited' && result.exitCode === 0) return;
  const why = result.kind === 'exited' ? result.stderr.trim() : 'there is no tar on this machine';
  throw new Failure('surroundings', {
    code: 'no-source',
    what: `the source of the repository cannot be unpacked: ${why}`,
    remedy: 'See that tar and gzip are installed, and that the disk is not full.',
  });
}
