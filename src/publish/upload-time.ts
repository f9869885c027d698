/**
 * How long an upload or a download may take, in milliseconds: a slow line has 100 kB a second. Then it is given up, so
 * that what was begun earlier is not going on any more.
 */
export function uploadMs(bytes: number): number {
  return 120_000 + Math.ceil(bytes / 100);
}
