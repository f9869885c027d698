import type { Access, Gatekeeper } from './access.js';
import { json, noContent, notFound, refuse, text, type Answer } from './answers.js';
import { refAnswer, refsAnswer, commitAnswer, tagAnswer } from './refs.js';
import { assetJson, paged, releaseJson, type Hosts } from './shapes.js';
import { tarballAnswer, treeAnswer } from './source.js';
import type { ReleaseFields, ReleaseState, Repository } from './state.js';

export interface Site {
  readonly repository: Repository;
  readonly gate: Gatekeeper;
  readonly hosts: Hosts;
}

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly accept: string;
  readonly access: Access;
  readonly body: Uint8Array;
}

/** A request that matched a route. */
interface Call extends ApiRequest {
  readonly site: Site;
  /** What the route's pattern caught. */
  readonly name: string;
  readonly mayPush: boolean;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (call: Call) => Answer;
}

/** Below `/repos/owner/name/`; the first that matches answers. Everything but GET needs write access. */
const routes: readonly Route[] = [
  { method: 'GET', path: /^releases$/, answer: listReleases },
  { method: 'POST', path: /^releases$/, answer: createRelease },
  { method: 'GET', path: /^releases\/latest$/, answer: latestRelease },
  { method: 'GET', path: /^releases\/tags\/(.+)$/, answer: releaseByTag },
  { method: 'GET', path: /^releases\/assets\/(\d+)$/, answer: getAsset },
  { method: 'PATCH', path: /^releases\/assets\/(\d+)$/, answer: updateAsset },
  { method: 'DELETE', path: /^releases\/assets\/(\d+)$/, answer: deleteAsset },
  { method: 'GET', path: /^releases\/(\d+)$/, answer: (call) => releaseAnswer(200, releaseOf(call), call) },
  { method: 'PATCH', path: /^releases\/(\d+)$/, answer: updateRelease },
  { method: 'DELETE', path: /^releases\/(\d+)$/, answer: deleteRelease },
  { method: 'GET', path: /^releases\/(\d+)\/assets$/, answer: listAssets },
  { method: 'GET', path: /^git\/ref\/(.+)$/, answer: ({ site, name }) => refAnswer(site.repository, name) },
  {
    method: 'GET',
    path: /^git\/matching-refs\/(.+)$/,
    answer: ({ site, name }) => refsAnswer(site.repository, name),
  },
  {
    method: 'GET',
    path: /^git\/tags\/([0-9a-f]+)$/,
    answer: ({ site, name }) => tagAnswer(site.repository, name),
  },
  {
    method: 'GET',
    path: /^commits\/(.+)$/,
    answer: ({ site, name, accept }) => commitAnswer(site.repository, name, accept),
  },
  { method: 'GET', path: /^git\/trees\/([0-9a-f]{40})$/, answer: ({ site, name }) => treeAnswer(site, name) },
  { method: 'GET', path: /^tarball\/([0-9a-f]{40})$/, answer: ({ site, name }) => tarballAnswer(site, name) },
];

/** @throws Refusal where GitHub refuses */
export function answerApi(request: ApiRequest, site: Site): Answer {
  const below = pathBelow(request.url, site.hosts.repository);
  site.gate.requireRead(request.access);
  for (const { method, path, answer } of routes) {
    const match = path.exec(below);
    if (method !== request.method || match === null) continue;
    if (method !== 'GET') site.gate.requireWrite(request.access);
    return answer({ ...request, site, name: match[1] ?? '', mayPush: request.access === 'write' });
  }
  throw notFound();
}

/** Names of owners and repositories are the same in capitals. */
export function pathBelow({ pathname }: URL, repository: string): string {
  const start = `/repos/${repository}/`.toLowerCase();
  if (!pathname.toLowerCase().startsWith(start)) throw notFound();
  return decodeURIComponent(pathname.slice(start.length));
}

/** @see https://docs.github.com/en/rest/releases/releases#list-releases (drafts with push access only) */
function listReleases({ site, url, mayPush }: Call): Answer {
  const { items, headers } = paged(site.repository.list(mayPush), url, site.hosts.api);
  return json(
    200,
    items.map((release) => releaseJson(release, site.hosts)),
    headers,
  );
}

/** @see https://docs.github.com/en/rest/releases/releases#get-the-latest-release */
function latestRelease(call: Call): Answer {
  const { repository } = call.site;
  if (repository.latest === null) throw notFound();
  return releaseAnswer(200, repository.release(repository.latest), call);
}

/** Drafts are not found by tag: https://github.com/edgee-ai/edgee/pull/165 */
function releaseByTag(call: Call): Answer {
  const found = call.site.repository.releases.find(({ tag, draft }) => tag === call.name && !draft);
  if (found === undefined) throw notFound();
  return releaseAnswer(200, found, call);
}

function createRelease(call: Call): Answer {
  return releaseAnswer(201, call.site.repository.create(fieldsOf(call)), call);
}

/** @see https://docs.github.com/en/rest/releases/releases#update-a-release */
function updateRelease(call: Call): Answer {
  const release = releaseOf(call);
  call.site.repository.update(release, fieldsOf(call));
  return releaseAnswer(200, release, call);
}

function deleteRelease(call: Call): Answer {
  call.site.repository.delete(releaseOf(call));
  return noContent;
}

/** @see https://docs.github.com/en/rest/releases/assets#list-release-assets */
function listAssets(call: Call): Answer {
  const release = releaseOf(call);
  const { hosts } = call.site;
  const { items, headers } = paged(call.site.repository.listAssets(release), call.url, hosts.api);
  return json(
    200,
    items.map((asset) => assetJson(asset, release, hosts)),
    headers,
  );
}

/**
 * The bytes are on another host, at an address that needs no token. Those of drafts take push access, as the drafts do.
 *
 * @see https://docs.github.com/en/rest/releases/assets#get-a-release-asset
 * @see https://github.com/eddiearc/larkin/pull/114
 * @see https://github.com/polymind-inc/acmebot/pull/1168
 */
function getAsset({ site, name, mayPush, accept }: Call): Answer {
  const { release, asset } = site.repository.asset(Number(name));
  if (release.draft && !mayPush) throw notFound();
  if (accept !== 'application/octet-stream') return json(200, assetJson(asset, release, site.hosts));
  const location = `${site.hosts.objects}/stored/${String(asset.id)}?sig=secret`;
  return { ...text(302, ''), headers: { location } };
}

function updateAsset({ site, name, body }: Call): Answer {
  const fields = objectOf(body);
  const change = { name: textIn(fields, 'name'), label: textIn(fields, 'label') };
  const asset = site.repository.rename(Number(name), change);
  const { release } = site.repository.asset(asset.id);
  return json(200, assetJson(asset, release, site.hosts));
}

function deleteAsset({ site, name }: Call): Answer {
  site.repository.remove(Number(name));
  return noContent;
}

function releaseAnswer(status: number, release: ReleaseState, { site }: Call): Answer {
  return json(status, releaseJson(release, site.hosts));
}

function releaseOf({ site, name, mayPush }: Call): ReleaseState {
  const release = site.repository.release(Number(name));
  if (release.draft && !mayPush) throw notFound();
  return release;
}

function fieldsOf({ body }: Call): ReleaseFields {
  const fields = objectOf(body);
  const makeLatest = textIn(fields, 'make_latest');
  const values = {
    tag: textIn(fields, 'tag_name'),
    target: textIn(fields, 'target_commitish'),
    name: textIn(fields, 'name'),
    body: textIn(fields, 'body'),
    draft: flagIn(fields, 'draft'),
    prerelease: flagIn(fields, 'prerelease'),
    makeLatest: makeLatests.find((each) => each === makeLatest),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const makeLatests = ['true', 'false', 'legacy'] as const;

function objectOf(body: Uint8Array): object {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof data === 'object' && data !== null) return data;
  } catch {
    // Said below.
  }
  throw refuse(400, 'Problems parsing JSON');
}

function valueIn(fields: object, key: string): unknown {
  return Object.entries(fields).find(([name]) => name === key)?.[1];
}

function textIn(fields: object, key: string): string | undefined {
  const value = valueIn(fields, key);
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
  throw refuse(422, `Invalid request.\n\nFor '${key}', ${JSON.stringify(value)} is not a string.`);
}

function flagIn(fields: object, key: string): boolean | undefined {
  const value = valueIn(fields, key);
  if (value === undefined || typeof value === 'boolean') return value;
  throw refuse(422, `Invalid request.\n\nFor '${key}', ${JSON.stringify(value)} is not a boolean.`);
}
