import type { StoredArtifact } from './service.js';

export interface StorageAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/**
 * The storage of the bytes: blocks are put in any order, and a list of them makes the blob.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/put-block
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/put-block-list
 */
export class BlobStorage {
  readonly #blocks = new Map<string, Buffer>();

  answer(
    artifact: StoredArtifact,
    { method, url, body }: { method: string; url: URL; body: Buffer },
  ): StorageAnswer {
    const none = Buffer.alloc(0);
    if (method === 'GET')
      return { status: artifact.bytes === null ? 404 : 200, body: artifact.bytes ?? none };
    if (method !== 'PUT') return { status: 405, body: none };
    const key = (id: string): string => `${String(artifact.id)} ${id}`;
    const part = url.searchParams.get('comp');
    if (part === 'block') {
      this.#blocks.set(key(url.searchParams.get('blockid') ?? ''), body);
    } else if (part === 'blocklist') {
      const ids = [...body.toString('utf8').matchAll(/<Latest>([^<]+)<\/Latest>/g)].map(([, id]) => id ?? '');
      const blocks = ids.map((id) => this.#blocks.get(key(id)));
      if (blocks.some((block) => block === undefined)) return { status: 400, body: none };
      artifact.bytes = Buffer.concat(blocks.filter((block) => block !== undefined));
    } else {
      artifact.bytes = body;
    }
    return { status: 201, body: none };
  }
}
