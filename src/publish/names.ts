/** What assets of a release are, told by their names. */

export const checksumsName = 'checksums.txt';
export const indexName = 'gotify-plugin.json';

/** What one of several jobs knows of its own files. */
export function fragmentName(part: string): string {
  return `gotify-plugin.part-${part}.json`;
}

/** The part that a fragment is of; null: the name is no fragment's. */
export function partOf(name: string): string | null {
  return /^gotify-plugin\.part-(.+)\.json$/.exec(name)?.[1] ?? null;
}

/**
 * Where new bytes wait until the old ones of that name are out of the way. Other bytes wait under another name, so that
 * jobs which replace the same asset at the same time do not touch each other's.
 */
export function waitingName(name: string, sha256: string): string {
  return `${name}.${sha256.slice(0, 16)}.next`;
}

/** The name that waiting bytes are for; null: the name is no waiting one. */
export function waitsFor(name: string): string | null {
  return /^(.+)\.[0-9a-f]{16}\.next$/.exec(name)?.[1] ?? null;
}

/** Whether gotify-plugin.json, or a new one that waits for its place. */
export function isIndex(name: string): boolean {
  return name === indexName || waitsFor(name) === indexName;
}

export function isChecksums(name: string): boolean {
  return name === checksumsName || waitsFor(name) === checksumsName;
}

export function isPluginFile(name: string): boolean {
  return name.endsWith('.so');
}

/** Used while a release comes to be, and removed in the end. */
export function isScaffold(name: string): boolean {
  return waitsFor(name) !== null || partOf(name) !== null;
}
