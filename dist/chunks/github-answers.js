import { Gt as minLength, Rt as array, Zt as object, an as string, rn as regex, tn as pipe } from "./job.js";
// src/adapters/github-answers.ts
const Sha = pipe(string(), regex(/^[0-9a-f]{40}$/, "not 40 hex digits"));
/** @see https://docs.github.com/en/rest/releases/releases#get-the-latest-release */
const LatestRelease = object({ tag_name: pipe(string(), minLength(1)) });
/** @see https://docs.github.com/en/rest/repos/repos#list-repository-tags */
const Tags = array(object({
	name: string(),
	commit: object({ sha: Sha })
}));
function tagsIn(answer) {
	return answer.map(({ name, commit }) => ({
		name,
		commit: commit.sha
	}));
}
export { tagsIn as i, Sha as n, Tags as r, LatestRelease as t };
