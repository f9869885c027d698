import { B as Failure, Y as createWriteStream } from "./start.js";
import { Rt as array, Zt as object, an as string, in as safeParse, zt as boolean } from "./job.js";
import { n as Sha } from "./github-answers.js";
import { n as jsonIn, o as strangeAnswer, r as senderFor } from "./release-http.js";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
// src/adapters/github-source.ts
/** A repository of ten thousand plugins has not as much. */
const downloadMs = 6e5;
const TreeAnswer = object({
	tree: array(object({
		path: string(),
		mode: string(),
		type: string(),
		sha: Sha
	})),
	truncated: boolean()
});
/**
* The source of one repository at a GitHub API.
*
* @see https://docs.github.com/en/rest/commits/commits#get-a-commit
* @see https://docs.github.com/en/rest/git/trees#get-a-tree
* @see https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
*/
function gitHubSource(options) {
	const base = `${options.apiUrl.replace(/\/+$/, "")}/repos/${options.repository}`;
	const send = senderFor(options);
	return {
		commitOfTag: async (tag) => {
			const ref = encodeURIComponent(`tags/${tag}`);
			const url = `${base}/commits/${ref}`;
			const outcome = await send({
				method: "GET",
				url,
				accept: "application/vnd.github.sha"
			}, (response) => response.text());
			if (outcome.kind !== "done") return null;
			const commit = outcome.value.trim();
			if (/^[0-9a-f]{40}$/.test(commit)) return commit;
			throw strangeAnswer(`GET ${url}`, "it is no commit");
		},
		tree: async (commit) => {
			const url = `${base}/git/trees/${commit}?recursive=1`;
			const outcome = await send({
				method: "GET",
				url
			}, jsonIn);
			if (outcome.kind !== "done") throw noSource(commit);
			const answer = safeParse(TreeAnswer, outcome.value);
			if (answer.success) return treeIn(answer.output);
			throw strangeAnswer(`GET ${url}`, "it is no tree");
		},
		download: async (commit, file) => {
			const url = `${base}/tarball/${commit}`;
			if ((await send({
				method: "GET",
				url,
				timeoutMs: downloadMs
			}, async (response) => {
				if (response.body === null) throw strangeAnswer(url, "it has no body");
				await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
			})).kind !== "done") throw noSource(commit);
		}
	};
}
function treeIn({ tree, truncated }) {
	return {
		entries: tree.flatMap(({ path, mode, type, sha }) => {
			if (type === "tree") return [];
			if (type === "commit") return [{
				kind: "submodule",
				path,
				sha
			}];
			return [{
				kind: mode === "120000" ? "link" : "file",
				path,
				sha
			}];
		}),
		isWhole: !truncated
	};
}
function noSource(commit) {
	return new Failure("surroundings", {
		code: "no-source",
		what: `neither git here nor the GitHub API has the commit ${commit.slice(0, 12)} of the release`,
		remedy: "Check the repository out with fetch-depth: 0, or pass a token that may read it."
	});
}
export { gitHubSource };
