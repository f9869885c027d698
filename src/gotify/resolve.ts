import { Failure } from '../errors.js';
import type { Files, Reporter } from '../ports.js';
import { type OpenBytes, serverFromBinary } from './binary.js';
import type { Catalog, CatalogRelease } from './catalog.js';
import { chooseTag, chooseTags, oldestTag, type VersionSpecifier } from './choose.js';
import { cachedFacts, factsOf } from './facts.js';
import { cannotServe, type GitHub, serverRepository, type Tag } from './github.js';
import type { ServerBuild } from './server-build.js';
import { isRangeTooOld, isTooOld, serverFromFiles, tooOld } from './server-files.js';
import { exactly, type ServerSpecifier } from './specifier.js';

export interface ResolvePorts {
  readonly github: GitHub;
  readonly catalog: Catalog;
  readonly files: Files;
  readonly openBytes: OpenBytes;
  /** Absolute; facts are kept below it. */
  readonly cacheDir: string;
  readonly reporter: Reporter;
}

/**
 * The server that one item of the `server` input means, from the API, or from the catalog where the API cannot serve
 * (`source` says which; a warning says why).
 *
 * @throws Failure (input) `unknown-version`, `unknown-ref`, `moved-tag`, `server-too-old` and what the readers of the
 * server's files throw; (surroundings) GitHub's, where the catalog does not know the server either
 */
export async function resolveServer(specifier: ServerSpecifier, ports: ResolvePorts): Promise<ServerBuild> {
  const offline: Offline[] = [];
  const server = await resolveOne(specifier, { ...ports, offline });
  tellOffline(offline, ports);
  return server;
}

/**
 * The servers that several items mean, in their order, each once; `all:<range>` means every stable match, newest first.
 * The API is asked for its tags once, and for nothing that is known of a commit.
 *
 * @throws Failure as resolveServer does, for the first item that has no server
 */
export async function resolveServers(
  specifiers: readonly ServerSpecifier[],
  ports: ResolvePorts,
): Promise<readonly ServerBuild[]> {
  const offline: Offline[] = [];
  const shared = { ...ports, github: askedOnce(ports.github), offline };
  const single: ServerSpecifier[] = [];
  const names = (): Promise<readonly string[]> => namesOfTags(shared);
  for (const specifier of specifiers) single.push(...(await everyOne(specifier, names)));
  const servers = new Map<string, ServerBuild>();
  for (const specifier of single) {
    const server = await resolveOne(specifier, shared);
    const known = servers.get(server.version);
    if (known !== undefined && !isSame(known, server)) throw twoOfOneVersion(server.version);
    servers.set(server.version, known ?? server);
  }
  tellOffline(offline, ports);
  return [...servers.values()];
}

/** Whether two items mean one server. */
function isSame({ source: a, commit: one }: ServerBuild, { source: b, commit: other }: ServerBuild): boolean {
  if (a.kind === 'binary' || b.kind === 'binary') {
    return a.kind === 'binary' && b.kind === 'binary' && a.path === b.path;
  }
  return one === other;
}

/**
 * The tags of the releases that items mean, each once, without a look at what is in them. The catalog does not stand in
 * for the API here: whoever asks wants to know what came out since.
 *
 * @throws Failure (input) `not-a-release` for a branch, a commit or a file, and as resolveServers does; (surroundings)
 * GitHub's, whenever the API cannot serve
 */
export async function serverTags(
  specifiers: readonly ServerSpecifier[],
  asked: Pick<GitHub, 'tags' | 'latestRelease'>,
): Promise<readonly string[]> {
  const github = askedOnce(asked);
  const names = async (): Promise<readonly string[]> => (await github.tags()).map(({ name }) => name);
  const tagMeant = async (specifier: ServerSpecifier): Promise<string> => {
    if (specifier.kind === 'ref' || specifier.kind === 'binary') throw notARelease(specifier.text);
    if (specifier.kind === 'latest') return github.latestRelease();
    refuseTooOld(specifier);
    return chooseTag(specifier, await names());
  };
  const tags = new Set<string>();
  for (const specifier of specifiers) {
    for (const single of await everyOne(specifier, names)) tags.add(await tagMeant(single));
  }
  return [...tags];
}

/** `all:<range>` as one item for each of its versions. */
async function everyOne(
  specifier: ServerSpecifier,
  names: () => Promise<readonly string[]>,
): Promise<readonly ServerSpecifier[]> {
  if (specifier.kind !== 'range' || !specifier.every) return [specifier];
  refuseTooOld(specifier);
  const tags = chooseTags(specifier, await names());
  const [newest = ''] = tags;
  if (isTooOld(newest)) throw tooOld(newest);
  return tags.filter((tag) => !isTooOld(tag)).map((tag) => exactly(tag));
}

/** What no server could serve needs no request. */
function refuseTooOld(specifier: VersionSpecifier): void {
  if (specifier.kind === 'exact' && isTooOld(specifier.version)) throw tooOld(specifier.text);
  if (specifier.kind === 'range' && isRangeTooOld(specifier.range)) throw tooOld(specifier.range);
}

async function namesOfTags({ github, catalog }: Resolving): Promise<readonly string[]> {
  try {
    return (await github.tags()).map(({ name }) => name);
  } catch (failure) {
    if (!cannotServe(failure)) throw failure;
    return catalog.releases.map(({ tag }) => tag);
  }
}

/** The same API, whose lists are read once however often they are asked for. */
function askedOnce<G extends Pick<GitHub, 'tags' | 'latestRelease'>>(github: G): G {
  let tags: ReturnType<GitHub['tags']> | null = null;
  let latest: ReturnType<GitHub['latestRelease']> | null = null;
  return {
    ...github,
    tags: () => (tags ??= github.tags()),
    latestRelease: () => (latest ??= github.latestRelease()),
  };
}

/** A server that the API could not serve. */
interface Offline {
  readonly tag: string;
  readonly failure: Failure;
}

interface Resolving extends ResolvePorts {
  /** Grows while servers are resolved. */
  readonly offline: Offline[];
}

/** One warning for each reason. */
function tellOffline(offline: readonly Offline[], { reporter }: ResolvePorts): void {
  for (const code of new Set(offline.map(({ failure }) => failure.code))) {
    const those = offline.filter(({ failure }) => failure.code === code);
    const tags = those.map(({ tag }) => tag);
    const message = those[0]?.failure.message ?? '';
    const names =
      tags.length > 5
        ? `${tags.slice(0, 5).join(', ')} and ${String(tags.length - 5)} more`
        : tags.join(', ');
    const what = `gotify ${names} ${tags.length === 1 ? 'is' : 'are'} taken from the catalog`;
    reporter.warn(`${what}, as the GitHub API did not serve: ${message}`);
  }
}

async function resolveOne(specifier: ServerSpecifier, ports: Resolving): Promise<ServerBuild> {
  switch (specifier.kind) {
    case 'binary':
      return serverFromBinary(specifier.path, ports.openBytes);
    case 'ref':
      return resolveRef(specifier.ref, ports);
    default:
      return resolveRelease(specifier, ports);
  }
}

type ReleaseSpecifier = VersionSpecifier | Extract<ServerSpecifier, { kind: 'latest' }>;

async function resolveRelease(specifier: ReleaseSpecifier, ports: Resolving): Promise<ServerBuild> {
  const { github, catalog } = ports;
  if (specifier.kind !== 'latest') refuseTooOld(specifier);
  let tag: Tag;
  try {
    tag = await releaseAt(specifier, github);
  } catch (failure) {
    if (!cannotServe(failure)) throw failure;
    const known = catalogTag(specifier, { catalog, failure });
    return fromCatalog(known, { failure, ports });
  }
  if (isTooOld(tag.name)) throw tooOld(tag.name);
  const release = catalog.releases.find(({ tag: name }) => name === tag.name);
  if (release !== undefined && release.commit !== tag.commit)
    throw movedTag(release, `leads to ${tag.commit}`);
  try {
    return await fromApi(tag, { release, ports });
  } catch (failure) {
    if (!cannotServe(failure) || release === undefined) throw failure;
    return fromCatalog(release.tag, { failure, ports });
  }
}

async function releaseAt(specifier: ReleaseSpecifier, github: GitHub): Promise<Tag> {
  const wanted = specifier.kind === 'latest' ? await github.latestRelease() : null;
  const tags = await github.tags();
  const name =
    specifier.kind === 'latest'
      ? wanted
      : chooseTag(
          specifier,
          tags.map((tag) => tag.name),
        );
  const tag = tags.find((candidate) => candidate.name === name);
  if (tag !== undefined) return tag;
  throw new Failure('surroundings', {
    code: 'no-latest-tag',
    what: `the newest release is ${String(name)}, but there is no tag of that name`,
    remedy: 'Try again in a minute, or name a version.',
    where: { kind: 'input', input: 'server' },
  });
}

interface KnownTag {
  readonly release: CatalogRelease | undefined;
  readonly ports: ResolvePorts;
}

async function fromApi({ name, commit }: Tag, { release, ports }: KnownTag): Promise<ServerBuild> {
  const server = serverFromFiles(await factsOf(commit, ports), {
    tag: name,
    commit,
    source: apiSource(commit, ports),
  });
  if (release === undefined) return server;
  const known = await ports.catalog.filesOf(name);
  const same =
    known?.goVersion === server.goVersion && known.goMod === server.goMod && known.goSum === server.goSum;
  if (!same) throw movedTag(release, 'has other content');
  return server;
}

interface NotServed {
  readonly failure: Failure;
  readonly ports: Resolving;
}

async function fromCatalog(tag: string, { failure, ports }: NotServed): Promise<ServerBuild> {
  const server = await ports.catalog.serverBuild(tag, failure.what);
  if (server === null) throw failure;
  ports.offline.push({ tag, failure });
  return server;
}

function catalogTag(
  specifier: ReleaseSpecifier,
  { catalog, failure }: { readonly catalog: Catalog; readonly failure: Failure },
): string {
  const tags = catalog.releases.map(({ tag }) => tag);
  const [newest, oldest] = [tags[0], tags.at(-1)];
  if (newest === undefined || oldest === undefined) throw failure;
  if (specifier.kind === 'latest') return newest;
  try {
    return chooseTag(specifier, tags);
  } catch {
    throw notInCatalog(failure, `${specifier.text} (it knows ${oldest} to ${newest})`);
  }
}

function notInCatalog(failure: Failure, wanted: string): Failure {
  return new Failure('surroundings', {
    code: failure.code,
    what: `${failure.what}, and the catalog does not have ${wanted}`,
    remedy: failure.remedy,
    where: { kind: 'input', input: 'server' },
    cause: failure,
  });
}

async function resolveRef(ref: string, ports: Resolving): Promise<ServerBuild> {
  try {
    const commit = await ports.github.commit(ref);
    if (commit === null) throw unknownRef(ref);
    const tag = tagOf(commit.sha, { tags: await ports.github.tags(), catalog: ports.catalog });
    const facts = await factsOf(commit.sha, ports);
    return serverFromFiles(facts, { tag, commit: commit.sha, source: apiSource(commit.sha, ports) });
  } catch (failure) {
    if (!cannotServe(failure)) throw failure;
    return commitOffline(ref, { failure, ports });
  }
}

interface Tagged {
  readonly tags: readonly Tag[];
  readonly catalog: Catalog;
}

/** The commit's release tag; a tag that was moved there since it was released is none. */
function tagOf(commit: string, { tags, catalog }: Tagged): string | null {
  const moved = (tag: Tag): boolean =>
    catalog.releases.some((release) => release.tag === tag.name && release.commit !== commit);
  return oldestTag(tags.filter((tag) => tag.commit === commit && !moved(tag)).map((tag) => tag.name));
}

/** A commit that the catalog knows, or whose facts an earlier run kept. A branch may have moved on: it is neither. */
async function commitOffline(ref: string, { failure, ports }: NotServed): Promise<ServerBuild> {
  const isCommit = /^[0-9a-f]{7,40}$/.test(ref);
  const tags = ports.catalog.releases
    .filter(({ commit }) => isCommit && commit.startsWith(ref))
    .map(({ tag }) => tag);
  const tag = oldestTag(tags);
  if (tag !== null) return fromCatalog(tag, { failure, ports });
  const kept = isCommit ? await cachedFacts(ref, ports) : null;
  if (kept === null) throw notInCatalog(failure, ref);
  ports.reporter.warn(`${ref} is taken from the cache, as the GitHub API did not serve: ${failure.message}`);
  return serverFromFiles(kept, { tag: null, commit: ref, source: apiSource(ref, ports) });
}

function apiSource(commit: string, { github }: ResolvePorts): { readonly kind: 'api'; readonly url: string } {
  return { kind: 'api', url: `${github.apiUrl}/${serverRepository}/contents?ref=${commit}` };
}

function movedTag({ tag, commit }: CatalogRelease, now: string): Failure {
  return new Failure('input', {
    code: 'moved-tag',
    what: `the tag ${tag} was at ${commit} when it was released, and now ${now}`,
    remedy: `Find out why; to build for what is there now, give the commit in place of ${tag}.`,
    where: { kind: 'input', input: 'server' },
  });
}

function twoOfOneVersion(version: string): Failure {
  return new Failure('input', {
    code: 'same-version',
    what: `two different servers say that they are gotify ${version}, and files are named by the version`,
    remedy: 'Build for one of them at a time.',
    where: { kind: 'input', input: 'server' },
  });
}

function notARelease(text: string): Failure {
  return new Failure('input', {
    code: 'not-a-release',
    what: `${text} is no release of gotify/server, and only releases are followed`,
    remedy: 'Write versions, such as all:>=2.9.',
    where: { kind: 'input', input: 'server' },
  });
}

function unknownRef(ref: string): Failure {
  return new Failure('input', {
    code: 'unknown-ref',
    what: `gotify/server has no branch or commit ${ref}`,
    remedy: 'Write a version such as v2.9.1, or the name of a branch or commit of gotify/server.',
    where: { kind: 'input', input: 'server' },
  });
}
