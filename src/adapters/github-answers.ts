import * as v from 'valibot';
import type { Tag } from '../gotify/github.js';

// What GitHub answers, as both of our clients read it.

export const Sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, 'not 40 hex digits'));

/** @see https://docs.github.com/en/rest/releases/releases#get-the-latest-release */
export const LatestRelease = v.object({ tag_name: v.pipe(v.string(), v.minLength(1)) });

/** @see https://docs.github.com/en/rest/repos/repos#list-repository-tags */
export const Tags = v.array(v.object({ name: v.string(), commit: v.object({ sha: Sha }) }));

export function tagsIn(answer: v.InferOutput<typeof Tags>): readonly Tag[] {
  return answer.map(({ name, commit }) => ({ name, commit: commit.sha }));
}
