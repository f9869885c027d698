import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GoSite {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/**
 * A local Go download site: archives by name, and beside each its digest as `.sha256`, as https://go.dev/dl/ has them.
 *
 * @param archives name -> file; a digest given with it replaces the right one
 */
export async function startGoSite(
  archives: Readonly<Record<string, { readonly file: string; readonly digest?: string }>>,
): Promise<GoSite> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const name = path.replace(/^\/dl\//, '').replace(/\.sha256$/, '');
    const archive = archives[name];
    if (archive === undefined) return void response.writeHead(404).end('not found');
    if (!path.endsWith('.sha256')) return void createReadStream(archive.file).pipe(response);
    void digestOf(archive).then((digest) => response.end(digest));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String(portOf(server.address()))}/dl`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function digestOf(archive: { readonly file: string; readonly digest?: string }): Promise<string> {
  if (archive.digest !== undefined) return archive.digest;
  return createHash('sha256')
    .update(await readFile(archive.file))
    .digest('hex');
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
