const require_check = require("./check.js");
const require_start = require("./start.js");
const require_github_answers = require("./github-answers.js");
const require_github_releases = require("./github-releases.js");
const require_release_http = require("./release-http.js");
// src/adapters/github-lists.ts
/**
* The lists of gotify/server's releases, by Node's own fetch: loading the toolkit's client takes longer than all that a
* follower with nothing to do does.
*/
function gitHubLists(options) {
	const send = require_release_http.senderFor({
		...options,
		repository: "gotify/server"
	});
	const base = `${options.apiUrl.replace(/\/+$/, "")}/${require_start.serverRepository}`;
	return {
		tags: async () => {
			const url = `${base}/tags`;
			const tags = require_check.safeParse(require_github_answers.Tags, (await require_github_releases.pages(send, url))?.map(({ data }) => data));
			if (!tags.success) throw require_release_http.strangeAnswer(`GET ${url}`, "it is no list of tags");
			return require_github_answers.tagsIn(tags.output);
		},
		latestRelease: async () => {
			const url = `${base}/releases/latest`;
			const answer = await send({
				method: "GET",
				url
			}, require_release_http.jsonIn);
			const latest = require_check.safeParse(require_github_answers.LatestRelease, answer.kind === "done" ? answer.value : null);
			if (!latest.success) throw require_release_http.strangeAnswer(`GET ${url}`, "it names no release");
			return latest.output.tag_name;
		}
	};
}
exports.gitHubLists = gitHubLists;
