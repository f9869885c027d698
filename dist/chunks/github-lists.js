import { in as safeParse } from "./job.js";
import { j as serverRepository } from "./start.js";
import { i as tagsIn, r as Tags, t as LatestRelease } from "./github-answers.js";
import { n as pages } from "./github-releases.js";
import { n as jsonIn, o as strangeAnswer, r as senderFor } from "./release-http.js";
// src/adapters/github-lists.ts
/**
* The lists of gotify/server's releases, by Node's own fetch: loading the toolkit's client takes longer than all that a
* follower with nothing to do does.
*/
function gitHubLists(options) {
	const send = senderFor({
		...options,
		repository: "gotify/server"
	});
	const base = `${options.apiUrl.replace(/\/+$/, "")}/${serverRepository}`;
	return {
		tags: async () => {
			const url = `${base}/tags`;
			const tags = safeParse(Tags, (await pages(send, url))?.map(({ data }) => data));
			if (!tags.success) throw strangeAnswer(`GET ${url}`, "it is no list of tags");
			return tagsIn(tags.output);
		},
		latestRelease: async () => {
			const url = `${base}/releases/latest`;
			const answer = await send({
				method: "GET",
				url
			}, jsonIn);
			const latest = safeParse(LatestRelease, answer.kind === "done" ? answer.value : null);
			if (!latest.success) throw strangeAnswer(`GET ${url}`, "it names no release");
			return latest.output.tag_name;
		}
	};
}
export { gitHubLists };
