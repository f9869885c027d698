import * as v from 'valibot';
import { type GitHub, serverRepository } from '../gotify/github.js';
import { LatestRelease, Tags, tagsIn } from './github-answers.js';
import { pages } from './github-releases.js';
import { strangeAnswer } from './release-errors.js';
import { jsonIn, senderFor } from './release-http.js';

/**
 * The lists of gotify/server's releases, by Node's own fetch: loading the toolkit's client takes longer than all that a
 * follower with nothing to do does.
 */
export function gitHubLists(options: {
  readonly apiUrl: string;
  readonly token: string | null;
  readonly retryDelaysMs?: readonly number[];
}): Pick<GitHub, 'tags' | 'latestRelease'> {
  const send = senderFor({ ...options, repository: 'gotify/server' });
  const base = `${options.apiUrl.replace(/\/+$/, '')}/${serverRepository}`;
  return {
    tags: async () => {
      const url = `${base}/tags`;
      const tags = v.safeParse(
        Tags,
        (await pages(send, url))?.map(({ data }) => data),
      );
      if (!tags.success) throw strangeAnswer(`GET ${url}`, 'it is no list of tags');
      return tagsIn(tags.output);
    },
    latestRelease: async () => {
      const url = `${base}/releases/latest`;
      const answer = await send({ method: 'GET', url }, jsonIn);
      const latest = v.safeParse(LatestRelease, answer.kind === 'done' ? answer.value : null);
      if (!latest.success) throw strangeAnswer(`GET ${url}`, 'it names no release');
      return latest.output.tag_name;
    },
  };
}
