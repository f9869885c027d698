import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { invalid, json, notFound, refuse, type Answer } from './answers.js';
import type { Access } from './access.js';
import { pathBelow, type Site } from './routes.js';
import { assetJson } from './shapes.js';
import type { AssetState, ReleaseState } from './state.js';

export interface UploadRequest {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly access: Access;
  readonly maxBytes: number;
  /** Cuts the connection when half of the body has arrived. */
  readonly cutsAtHalf: boolean;
}

/** How many uploads are under way. */
export interface UploadCount {
  now: number;
  most: number;
}

/** What became of an upload; `cut`: there is nobody to answer to. */
export type Uploaded = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'cut' };

/**
 * The raw bytes of an asset, as the request's body.
 *
 * @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
 * @throws Refusal where GitHub refuses
 */
export async function upload(sent: UploadRequest, site: Site, count: UploadCount): Promise<Uploaded> {
  count.now += 1;
  count.most = Math.max(count.most, count.now);
  try {
    return await received(sent, site);
  } finally {
    count.now -= 1;
  }
}

async function received(sent: UploadRequest, site: Site): Promise<Uploaded> {
  const { release, asset, length } = begin(sent, site);
  const ms = site.gate.uploadMs(sent.request.headers.authorization);
  if (ms > 0) await sleep(ms);
  const content: Uint8Array[] = [];
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of sent.request.iterator({ destroyOnReturn: false })) {
      const bytes = Buffer.from(chunk as Uint8Array);
      content.push(bytes);
      hash.update(bytes);
      size += bytes.length;
      if (sent.cutsAtHalf && size >= length / 2) throw new Error('cut');
    }
    if (size < length) throw new Error('the sender is gone');
  } catch {
    // The bytes that came are lost, the asset stays.
    site.repository.brokeOff(asset);
    return { kind: 'cut' };
  }
  site.repository.finish(asset, content, hash.digest('hex'));
  return { kind: 'answer', answer: json(201, assetJson(asset, release, site.hosts)) };
}

interface Begun {
  readonly release: ReleaseState;
  readonly asset: AssetState;
  readonly length: number;
}

/** The asset in state `starter`; also what a 502 leaves. */
export function begin(
  { request, url, access, maxBytes }: Omit<UploadRequest, 'cutsAtHalf'>,
  site: Site,
): Begun {
  const id = /^releases\/(\d+)\/assets$/.exec(pathBelow(url, site.hosts.repository))?.[1];
  if (id === undefined || request.method !== 'POST') throw notFound();
  site.gate.requireWrite(access);
  const release = site.repository.release(Number(id));
  const length = lengthOf(request, maxBytes);
  const name = url.searchParams.get('name') ?? '';
  // https://github.com/github/site-policy/issues/441
  if (name === '') throw refuse(400, 'Bad name');
  const label = url.searchParams.get('label') ?? '';
  const contentType = request.headers['content-type'] ?? 'application/octet-stream';
  return { release, length, asset: site.repository.begin(release, { name, label, contentType }) };
}

function lengthOf({ headers }: IncomingMessage, maxBytes: number): number {
  const length = Number(headers['content-length'] ?? Number.NaN);
  // https://github.com/skx/github-action-publish-binaries/issues/19
  if (Number.isNaN(length)) throw refuse(400, 'Bad Content-Length: ');
  if (length === 0) {
    // https://github.com/svenstaro/upload-release-action/issues/94
    const message = 'size must be greater than or equal to 1';
    throw invalid({ resource: 'ReleaseAsset', code: 'custom', field: 'size', message });
  }
  // Files may have 2 GiB: https://docs.github.com/en/repositories/releasing-projects-on-github/about-releases#storage-and-bandwidth-quotas
  if (length > maxBytes) throw refuse(413, 'Request Entity Too Large');
  return length;
}
