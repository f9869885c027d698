import { X as array, dt as regex, ft as safeParse, lt as pipe, ot as object, pt as string, tt as minLength } from "./job.js";
import { C as serverRepository } from "./start.js";
import { n as pages } from "./github-releases.js";
import { a as strangeAnswer, n as senderFor, t as jsonIn } from "./release-http.js";
// src/adapters/github-lists.ts
const Tags = array(object({
	name: string(),
	commit: object({ sha: pipe(string(), regex(/^[0-9a-f]{40}$/, "not 40 hex digits")) })
}));
const Latest = object({ tag_name: pipe(string(), minLength(1)) });
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
			const tags = safeParse(Tags, await pages(send, url));
			if (!tags.success) throw strangeAnswer(`GET ${url}`, "it is no list of tags");
			return tags.output.map(({ name, commit }) => ({
				name,
				commit: commit.sha
			}));
		},
		latestRelease: async () => {
			const url = `${base}/releases/latest`;
			const answer = await send({
				method: "GET",
				url
			}, jsonIn);
			const latest = safeParse(Latest, answer.kind === "done" ? answer.value : null);
			if (!latest.success) throw strangeAnswer(`GET ${url}`, "it names no release");
			return latest.output.tag_name;
		}
	};
}
export { gitHubLists };
