import type { LoggedRequest, Releases } from './server.js';

/**
 * The requests so far, a line each, for snapshots: `host METHOD path status`. Ids of assets are their names. Requests
 * that were made at the same time come in any order: of one kind they are sorted.
 */
export function requestLines(double: Releases, from = 0): readonly string[] {
  const assets = double.releases.flatMap((release) => release.assets);
  const nameOf = (id: string): string => assets.find((asset) => asset.id === Number(id))?.name ?? 'gone';
  const lines = double.requests.slice(from).map((request) => {
    const path = request.path
      .replace(
        /\/(releases\/assets|stored)\/(\d+)/,
        (_, before: string, id: string) => `/${before}/{${nameOf(id)}}`,
      )
      .replace(`/repos/${double.repository}`, '');
    return {
      request,
      line: `${request.host} ${request.method} ${path} ${String(request.status)}${tokenIn(request)}`,
    };
  });
  const kinds: { readonly kind: string; readonly lines: string[] }[] = [];
  for (const { request, line } of lines) {
    const kind = `${request.host} ${request.method}`;
    if (kinds.at(-1)?.kind !== kind) kinds.push({ kind, lines: [] });
    kinds.at(-1)?.lines.push(line);
  }
  return kinds.flatMap((each) => each.lines.sort());
}

function tokenIn({ authorization, host }: LoggedRequest): string {
  const expected = host === 'api' || host === 'upload';
  if ((authorization !== null) === expected) return '';
  return expected ? ' without a token' : ' WITH A TOKEN';
}
