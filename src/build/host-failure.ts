import { Failure } from '../errors.js';
import { noSpaceLine, wasKilled } from './tool-words.js';

/**
 * What in the surroundings made a go command on this machine fail; null where go itself says no.
 * 137 is a shell's code for a killed process, 126 and 127 those for a program that cannot be started.
 */
export function hostFailure(end: {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}): Failure | null {
  const said = `${end.stdout}\n${end.stderr}`;
  const cause = new Error(end.stderr.trim().slice(-4000));
  if (noSpaceLine(said) !== null) {
    return new Failure('surroundings', {
      code: 'disk-full',
      what: 'there is no space left on the disk for the build',
      remedy: 'Free some space where cache-dir is, or name another cache-dir.',
      cause,
    });
  }
  if (end.exitCode === 137 || wasKilled(said)) {
    return new Failure('surroundings', {
      code: 'out-of-memory',
      what: 'the build was killed, most likely because the memory ran out',
      remedy: 'Build fewer targets at once (concurrency: 1), or give the machine more memory.',
      cause,
    });
  }
  if (end.exitCode === 126 || end.exitCode === 127) {
    return new Failure('surroundings', {
      code: 'toolchain-broken',
      what: `the Go toolchain cannot be started: ${end.stderr.trim().split('\n').at(-1) ?? ''}`,
      remedy: 'Remove the toolchain from cache-dir and try again, or use builder docker.',
      cause,
    });
  }
  return null;
}
