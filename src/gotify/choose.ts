import compare from 'semver/functions/compare.js';
import eq from 'semver/functions/eq.js';
import gte from 'semver/functions/gte.js';
import lt from 'semver/functions/lt.js';
import maxSatisfying from 'semver/ranges/max-satisfying.js';
import minVersion from 'semver/ranges/min-version.js';
import satisfies from 'semver/functions/satisfies.js';
import rcompare from 'semver/functions/rcompare.js';
import prerelease from 'semver/functions/prerelease.js';
import valid from 'semver/functions/valid.js';
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
  const versions = tags.filter((tag) => valid(tag) !== null);
  const chosen =
    specifier.kind === 'exact'
      ? versions.find((tag) => eq(tag, specifier.version))
      : maxSatisfying(versions, specifier.range);
  if (chosen !== undefined && chosen !== null) return chosen;
  throw unknownVersion(specifier, versions);
}

/**
 * Every stable tag in a range, newest first (pre-releases only where the range names one).
 *
 * @throws Failure (input) `unknown-version` where there is none
 */
export function chooseTags(
  specifier: Extract<VersionSpecifier, { kind: 'range' }>,
  tags: readonly string[],
): readonly string[] {
  const versions = tags.filter((tag) => valid(tag) !== null);
  const chosen = versions.filter((tag) => satisfies(tag, specifier.range)).sort(rcompare);
  if (chosen.length > 0) return chosen;
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
  const wanted = specifier.kind === 'exact' ? specifier.version : minVersion(specifier.range);
  if (wanted === null) return [];
  const stable = versions.filter((tag) => prerelease(tag) === null).sort(compare);
  const below = stable.filter((tag) => lt(tag, wanted)).at(-1);
  const above = stable.find((tag) => gte(tag, wanted));
  return [below, above].filter((tag) => tag !== undefined);
}

/** The oldest of some tags: what files for a commit with several are called. Null for none. */
export function oldestTag(tags: readonly string[]): string | null {
  return tags.filter((tag) => valid(tag) !== null).sort(compare)[0] ?? null;
}
