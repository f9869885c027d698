import { noSuchTag, otherCommit } from './failures.js';
import type { ReleaseApi } from './release-api.js';
import type { Job } from './step.js';

/**
 * The commit that the release's tag leads to, which must be the one that this job's files were built from. GitHub makes
 * a tag that is not there when a release is published, on the default branch: so it is asked for once more before that.
 * (Naming the commit as target_commitish would put it right, but GitHub refuses that to a job's token as soon as the
 * commit has other workflow files than the default branch.)
 *
 * @throws Failure (input) `no-such-tag`, `other-commit`
 * @see https://docs.github.com/en/rest/releases/releases#update-a-release
 */
export async function requireTag({ tag, commit, files, added }: Job, api: ReleaseApi): Promise<string> {
  const is = await api.tagCommit(tag);
  if (is === null) throw noSuchTag(tag);
  if ((files.length === 0 && added.length === 0) || commit === null || commit === is) return is;
  throw otherCommit({
    ...{ tag, is, built: `the files were built from ${commit}` },
    remedy: 'Check the tag out and build that, or name the tag of the commit that was built.',
  });
}
