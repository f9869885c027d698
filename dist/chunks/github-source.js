const require_check = require("./check.js");
const require_start = require("./start.js");
const require_github_answers = require("./github-answers.js");
const require_release_http = require("./release-http.js");
let node_fs = require("node:fs");
let node_stream = require("node:stream");
let node_stream_promises = require("node:stream/promises");
// src/adapters/github-source.ts
/** A repository of ten thousand plugins has not as much. */
const downloadMs = 6e5;
const TreeAnswer = require_check.object({
	tree: require_check.array(require_check.object({
		path: require_check.string(),
		mode: require_check.string(),
		type: require_check.string(),
		sha: require_github_answers.Sha
	})),
	truncated: require_check.boolean()
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
	const send = require_release_http.senderFor(options);
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
			throw require_release_http.strangeAnswer(`GET ${url}`, "it is no commit");
		},
		tree: async (commit) => {
			const url = `${base}/git/trees/${commit}?recursive=1`;
			const outcome = await send({
				method: "GET",
				url
			}, require_release_http.jsonIn);
			if (outcome.kind !== "done") throw noSource(commit);
			const answer = require_check.safeParse(TreeAnswer, outcome.value);
			if (answer.success) return treeIn(answer.output);
			throw require_release_http.strangeAnswer(`GET ${url}`, "it is no tree");
		},
		download: async (commit, file) => {
			const url = `${base}/tarball/${commit}`;
			if ((await send({
				method: "GET",
				url,
				timeoutMs: downloadMs
			}, async (response) => {
				if (response.body === null) throw require_release_http.strangeAnswer(url, "it has no body");
				await (0, node_stream_promises.pipeline)(node_stream.Readable.fromWeb(response.body), (0, node_fs.createWriteStream)(file));
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
	return new require_start.Failure("surroundings", {
		code: "no-source",
		what: `neither git here nor the GitHub API has the commit ${commit.slice(0, 12)} of the release`,
		remedy: "Check the repository out with fetch-depth: 0, or pass a token that may read it."
	});
}
exports.gitHubSource = gitHubSource;
