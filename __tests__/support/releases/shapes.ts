import type { AssetState, ReleaseState } from './state.js';

/** Where the double's hosts are. */
export interface Hosts {
  readonly api: string;
  readonly upload: string;
  /** Where the bytes of assets are. */
  readonly objects: string;
  /** Where archives of commits are. */
  readonly codeload: string;
  /** `owner/name` */
  readonly repository: string;
}

/** @see https://docs.github.com/en/rest/releases/releases#get-a-release */
export function releaseJson(release: ReleaseState, hosts: Hosts): object {
  const { id, tag, target, name, body, draft, prerelease, immutable, publishedAt } = release;
  const assets = release.assets.filter(({ hidden }) => hidden === 0);
  const url = `repos/${hosts.repository}/releases/${String(id)}`;
  // A draft has no page under its tag: https://github.com/ncipollo/release-action/issues/331
  const page = draft ? `untagged-${String(id)}` : tag;
  return {
    url: `${hosts.api}/${url}`,
    assets_url: `${hosts.api}/${url}/assets`,
    upload_url: `${hosts.upload}/${url}/assets{?name,label}`,
    html_url: `https://github.com/${hosts.repository}/releases/tag/${page}`,
    id,
    tag_name: tag,
    target_commitish: target,
    name,
    body,
    draft,
    prerelease,
    immutable,
    created_at: '2026-01-01T00:00:00Z',
    published_at: publishedAt,
    assets: assets.map((asset) => assetJson(asset, release, hosts)),
  };
}

/** @see https://docs.github.com/en/rest/releases/assets#get-a-release-asset */
export function assetJson(asset: AssetState, release: ReleaseState, hosts: Hosts): object {
  const { id, name, label, contentType, state, size, digest, createdAt } = asset;
  const page = release.draft ? `untagged-${String(release.id)}` : release.tag;
  return {
    url: `${hosts.api}/repos/${hosts.repository}/releases/assets/${String(id)}`,
    // On the real site under github.com; here where the bytes are, so that a test can follow it.
    browser_download_url: `${hosts.objects}/${hosts.repository}/releases/download/${page}/${name}`,
    id,
    name,
    label,
    state,
    content_type: contentType,
    size,
    digest,
    download_count: 0,
    // To the second: https://docs.github.com/en/rest/releases/assets#get-a-release-asset
    created_at: new Date(createdAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

interface Paged<T> {
  readonly items: readonly T[];
  /** The Link header; empty where one page holds all. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * 30 a page unless asked otherwise, at most 100.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function paged<T>(all: readonly T[], url: URL, apiUrl: string): Paged<T> {
  const size = Math.min(Math.max(Number(url.searchParams.get('per_page') ?? 30), 1), 100);
  const page = Math.max(Number(url.searchParams.get('page') ?? 1), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string): string =>
    `<${apiUrl}${url.pathname}?per_page=${String(size)}&page=${String(to)}>; rel="${rel}"`;
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  const items = all.slice((page - 1) * size, page * size);
  return { items, headers: links.length === 0 ? {} : { link: links.join(', ') } };
}
