import type { Reporter } from '../../src/ports.js';

/** A reporter that keeps what it was told, each line with its kind in front. */
export function createRecorder(): Reporter & { readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (kind: string) => (text: string) => void lines.push(`${kind}: ${text}`);
  return {
    lines,
    note: keep('note'),
    warn: keep('warn'),
    detail: keep('detail'),
    task: (title) => ({
      log: keep(`${title} log`),
      done: keep(`${title} done`),
      fail: keep(`${title} fail`),
    }),
  };
}
