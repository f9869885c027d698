import type { IncomingMessage } from 'node:http';
import { notFound, text, type Answer } from './answers.js';
import type { Site } from './routes.js';
import type { AssetState } from './state.js';

/**
 * The storage that downloads are redirected to. An address there is signed: a token sent along is refused, as storages
 * of that kind do.
 *
 * @see https://github.com/octokit/octokit.js/issues/967
 */
export function answerObjects(request: IncomingMessage, url: URL, { repository, hosts }: Site): Answer {
  if (request.headers.authorization !== undefined) {
    return text(400, '<Error><Code>InvalidArgument</Code></Error>', 'application/xml');
  }
  const [kind, id] = url.pathname.slice(1).split('/');
  if (kind === 'stored' && url.searchParams.has('sig')) return bytesOf(repository.asset(Number(id)).asset);
  // What everybody sees of a release: https://docs.github.com/en/repositories/releasing-projects-on-github/linking-to-releases
  const start = `/${hosts.repository}/releases/download/`;
  const [tag, name, ...more] = url.pathname.slice(start.length).split('/').map(decodeURIComponent);
  const release = repository.releases.find((each) => each.tag === tag && !each.draft);
  const asset = release?.assets.find((each) => each.name === name);
  if (!url.pathname.startsWith(start) || more.length > 0 || asset === undefined) throw notFound();
  return bytesOf(asset);
}

/** Of a broken upload there are no bytes: https://github.com/concourse/github-release-resource/pull/116 */
function bytesOf({ state, content }: AssetState): Answer {
  if (state === 'starter') throw notFound();
  return { status: 200, type: 'application/octet-stream', body: content };
}
