/** The order of Go's versions, and of module versions. Neither is the order that npm's semver knows. */

interface GoVersion {
  /** Decimal strings, as numbers of any length are legal. Empty: absent. */
  readonly numbers: readonly [major: string, minor: string, patch: string];
  /** `alpha`, `beta`, `rc`, or empty. */
  readonly kind: string;
  readonly pre: string;
}

const malformed: GoVersion = { numbers: ['', '', ''], kind: '', pre: '' };
const goVersionPattern = /^(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)|([a-z]+)(0|[1-9]\d*)?)?)?$/;

/**
 * Orders two Go versions without `go` in front, as `internal/gover.Compare` does: 1.20 = 1.20.0 < 1.21 < 1.21rc1 <
 * 1.21.0. A malformed version is lower than every other.
 */
export function compareGoVersions(a: string, b: string): number {
  const [x, y] = [parseGoVersion(a), parseGoVersion(b)];
  return (
    compareDecimals(x.numbers[0], y.numbers[0]) ||
    compareDecimals(x.numbers[1], y.numbers[1]) ||
    compareDecimals(x.numbers[2], y.numbers[2]) ||
    compareText(x.kind, y.kind) ||
    compareDecimals(x.pre, y.pre)
  );
}

/** Whether the text is a Go version such as `1.21`, `1.21rc1` or `1.21.0` (`internal/gover.IsValid`). */
export function isGoVersion(text: string): boolean {
  return goVersionPattern.test(text);
}

/** The language version: `1.26` of `1.26.0`. Empty where the version is malformed (`internal/gover.Lang`). */
export function languageVersion(goVersion: string): string {
  const [major, minor] = parseGoVersion(goVersion).numbers;
  return minor === '' || (major === '1' && minor === '0') ? major : `${major}.${minor}`;
}

/**
 * The name of the toolchain of a Go release, as GOTOOLCHAIN takes it: `1.26.0` -> `go1.26.0`, `1.19.1` -> `go1.19.1`,
 * `1.12.0` -> `go1.12`. The first release of a line is called `go1.N` before Go 1.21, and `go1.N.0` from then on.
 */
export function toolchainName(goVersion: string): string {
  const { numbers, kind } = parseGoVersion(goVersion);
  const [, , patch] = numbers;
  if (knowsThreeParts(goVersion)) return patch === '' && kind === '' ? `go${goVersion}.0` : `go${goVersion}`;
  return kind === '' && patch === '0' ? `go${languageVersion(goVersion)}` : `go${goVersion}`;
}

/**
 * `1.26.0` of `go1.26.0`, also of `go1.26.0-custom`; null for `default` and other names without a version.
 * Source: FromToolchain of cmd/go/internal/gover.
 */
export function toolchainVersion(name: string): string | null {
  const version = /^go([^-]*)/.exec(name)?.[1] ?? '';
  return isGoVersion(version) ? version : null;
}

/** The highest `go` line that this Go accepts: the version itself from Go 1.21 on, before that `1.N` alone. */
export function goLineFor(goVersion: string): string {
  return knowsThreeParts(goVersion) ? goVersion : languageVersion(goVersion);
}

/** The `go` line for this Go: the given one where it accepts that, else the highest that it accepts. */
export function fittingGoLine(line: string, goVersion: string): string {
  if (compareGoVersions(line, goVersion) > 0) return goLineFor(goVersion);
  return knowsThreeParts(goVersion) ? line : languageVersion(line);
}

/** Whether this Go reads `go 1.N.P`, and the `toolchain` line that came with it: Go 1.21 and later. */
export function knowsThreeParts(goVersion: string): boolean {
  return compareGoVersions(goVersion, '1.21') >= 0;
}

/**
 * Orders two module versions (`v1.2.3`, pseudo-versions, `+incompatible`) as golang.org/x/mod/semver.Compare does:
 * what follows `+` does not count, numbers may be of any length, a malformed version is lower than every other.
 */
export function compareModuleVersions(a: string, b: string): number {
  const [x, y] = [parseModuleVersion(a), parseModuleVersion(b)];
  if (x === null || y === null) return Number(x !== null) - Number(y !== null);
  return (
    compareDecimals(x.major, y.major) ||
    compareDecimals(x.minor, y.minor) ||
    compareDecimals(x.patch, y.patch) ||
    comparePreReleases(x.pre, y.pre)
  );
}

export interface ModuleVersion {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** Without `-`; null for a release. */
  readonly pre: string | null;
  /** Without `+`. */
  readonly build: string | null;
}

const modulePattern =
  /^v(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?)?)?$/;

/** The parts of a module version; `v1` is v1.0.0. Null where golang.org/x/mod/semver calls it invalid. */
export function parseModuleVersion(version: string): ModuleVersion | null {
  const match = modulePattern.exec(version);
  if (match === null) return null;
  const [, major = '', minor = '0', patch = '0', pre = null, build = null] = match;
  const badPre = pre?.split('.').some((part) => part === '' || /^0\d+$/.test(part)) ?? false;
  const badBuild = build?.split('.').includes('') ?? false;
  return badPre || badBuild ? null : { major, minor, patch, pre, build };
}

function parseGoVersion(text: string): GoVersion {
  const match = goVersionPattern.exec(text);
  if (match === null) return malformed;
  const [, major = '', minor, patch, kind = '', pre = ''] = match;
  if (minor === undefined) return { numbers: [major, '0', '0'], kind, pre };
  // Before Go 1.21 a missing patch number means 0; from then on `1.21` comes before `1.21.0`.
  const implied = kind === '' && compareDecimals(minor, '21') < 0 ? '0' : '';
  return { numbers: [major, minor, patch ?? implied], kind, pre };
}

function comparePreReleases(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const [x, y] = [a.split('.'), b.split('.')];
  for (const [i, part] of x.entries()) {
    const other = y[i];
    if (other === undefined) return 1;
    const order = compareIdentifiers(part, other);
    if (order !== 0) return order;
  }
  return x.length - y.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numberA !== numberB) return numberA ? -1 : 1;
  return numberA ? compareDecimals(a, b) : compareText(a, b);
}

function compareDecimals(a: string, b: string): number {
  return a.length - b.length || compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
