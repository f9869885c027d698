import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { Failure } from '../errors.js';
import type { SourceApi, SourceTree, TreeEntry } from '../pipeline/source-from-api.js';
import { Sha } from './github-answers.js';
import { strangeAnswer } from './release-errors.js';
import { jsonIn, senderFor, type ReleaseHttpOptions } from './release-http.js';

/** A repository of ten thousand plugins has not as much. */
const downloadMs = 10 * 60_000;

const TreeAnswer = v.object({
  tree: v.array(v.object({ path: v.string(), mode: v.string(), type: v.string(), sha: Sha })),
  truncated: v.boolean(),
});

/**
 * The source of one repository at a GitHub API.
 *
 * @see https://docs.github.com/en/rest/commits/commits#get-a-commit
 * @see https://docs.github.com/en/rest/git/trees#get-a-tree
 * @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
 */
export function gitHubSource(options: ReleaseHttpOptions): SourceApi {
  const base = `${options.apiUrl.replace(/\/+$/, '')}/repos/${options.repository}`;
  const send = senderFor(options);
  return {
    commitOfTag: async (tag) => {
      const ref = encodeURIComponent(`tags/${tag}`);
      const url = `${base}/commits/${ref}`;
      const call = { method: 'GET', url, accept: 'application/vnd.github.sha' } as const;
      const outcome = await send(call, (response) => response.text());
      if (outcome.kind !== 'done') return null;
      const commit = outcome.value.trim();
      if (/^[0-9a-f]{40}$/.test(commit)) return commit;
      throw strangeAnswer(`GET ${url}`, 'it is no commit');
    },
    tree: async (commit) => {
      const url = `${base}/git/trees/${commit}?recursive=1`;
      const outcome = await send({ method: 'GET', url }, jsonIn);
      if (outcome.kind !== 'done') throw noSource(commit);
      const answer = v.safeParse(TreeAnswer, outcome.value);
      if (answer.success) return treeIn(answer.output);
      throw strangeAnswer(`GET ${url}`, 'it is no tree');
    },
    download: async (commit, file) => {
      const url = `${base}/tarball/${commit}`;
      const outcome = await send({ method: 'GET', url, timeoutMs: downloadMs }, async (response) => {
        if (response.body === null) throw strangeAnswer(url, 'it has no body');
        await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
      });
      if (outcome.kind !== 'done') throw noSource(commit);
    },
  };
}

function treeIn({ tree, truncated }: v.InferOutput<typeof TreeAnswer>): SourceTree {
  const entries = tree.flatMap(({ path, mode, type, sha }): readonly TreeEntry[] => {
    if (type === 'tree') return [];
    if (type === 'commit') return [{ kind: 'submodule', path, sha }];
    return [{ kind: mode === '120000' ? 'link' : 'file', path, sha }];
  });
  return { entries, isWhole: !truncated };
}

function noSource(commit: string): Failure {
  return new Failure('surroundings', {
    code: 'no-source',
    what: `neither git here nor the GitHub API has the commit ${commit.slice(0, 12)} of the release`,
    remedy: 'Check the repository out with fetch-depth: 0, or pass a token that may read it.',
  });
}
