import { parseModuleVersion } from './version.js';

/** Which versions a module path allows (golang.org/x/mod/module). */

/** `v1` -> `v1.0.0`, `v1.2.3+meta` -> `v1.2.3`; `+incompatible` stays. Null where it is no version. */
export function canonicalVersion(version: string): string | null {
  const parts = parseModuleVersion(version);
  if (parts === null) return null;
  const { major, minor, patch, pre, build } = parts;
  const suffix = build === 'incompatible' ? '+incompatible' : '';
  return `v${major}.${minor}.${patch}${pre === null ? '' : `-${pre}`}${suffix}`;
}

/** The major version that ends a path: `/v2` or, on gopkg.in, `.v2`; empty without one, null where it is malformed. */
export function pathMajor(path: string): string | null {
  if (path.startsWith('gopkg.in/'))
    return /\.v(?:0|[1-9]\d*(?:-unstable)?|-unstable)$/.exec(path)?.[0] ?? null;
  const major = /\/v[\d.]+$/.exec(path)?.[0];
  if (major === undefined) return '';
  return /^\/v(?!1$)[1-9]\d*$/.test(major) ? major : null;
}

/** What a version of a path with this major version must start with; null where it does. */
export function majorMismatch(version: string, major: string): string | null {
  const wanted = major.replace(/-unstable$/, '');
  const actual = `v${parseModuleVersion(version)?.major ?? ''}`;
  // An old gopkg.in bug made such pseudo-versions, and Go still takes them.
  if (wanted === '.v1' && version.startsWith('v0.0.0-')) return null;
  if (wanted !== '') return wanted.slice(1) === actual ? null : wanted.slice(1);
  return actual === 'v0' || actual === 'v1' || version.endsWith('+incompatible') ? null : 'v0 or v1';
}
