import semver from 'semver';
import { Failure } from '../errors.js';
import type { ServerSpecifier } from './specifier.js';

/** An item that names a release by its version. */
export type VersionSpecifier = Extract<ServerSpecifier, { kind: 'exact' | 'range' }>;

/**
 * The tag that a version or range means, of those that are there; a range means its newest match, and no pre-release
 * unless it names one.
 *
 * @throws Failure (input) `unknown-version`, which names the nearest
 */
export function chooseTag(specifier: VersionSpecifier, tags: readonly string[]): string {
  const versions = tags.filter((tag) => semver.valid(tag) !== null);
  const chosen =
    specifier.kind === 'exact'
      ? versions.find((tag) => semver.eq(tag, specifier.version))
      : semver.maxSatisfying(versions, specifier.range);
  if (chosen !== undefined && chosen !== null) return chosen;
  throw unknownVersion(specifier, versions);
}

function unknownVersion(specifier: VersionSpecifier, versions: readonly string[]): Failure {
  const near = nearest(specifier, versions);
  return new Failure('input', {
    code: 'unknown-version',
    what:
      specifier.kind === 'exact'
        ? `gotify has no version ${specifier.text}`
        : `gotify has no stable version that matches ${specifier.text}`,
    remedy:
      near.length === 0
        ? 'Check server-api-url: no version at all was found there.'
        : `The nearest ${near.length === 1 ? 'is' : 'are'} ${near.join(' and ')}.`,
    where: { kind: 'input', input: 'server' },
  });
}

/** The newest version below and the oldest above. */
function nearest(specifier: VersionSpecifier, versions: readonly string[]): readonly string[] {
  const wanted = specifier.kind === 'exact' ? specifier.version : semver.minVersion(specifier.range);
  if (wanted === null) return [];
  const stable = versions.filter((tag) => semver.prerelease(tag) === null).sort(semver.compare);
  const below = stable.filter((tag) => semver.lt(tag, wanted)).at(-1);
  const above = stable.find((tag) => semver.gte(tag, wanted));
  return [below, above].filter((tag) => tag !== undefined);
}

/** The oldest of some tags: what files for a commit with several are called. Null for none. */
export function oldestTag(tags: readonly string[]): string | null {
  return tags.filter((tag) => semver.valid(tag) !== null).sort(semver.compare)[0] ?? null;
}
