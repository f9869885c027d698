const require_check = require("./check.js");
const require_start = require("./start.js");
const require_github_answers = require("./github-answers.js");
const require_github_errors = require("./github-errors.js");
const require_dist_bundle = require("./dist-bundle.js");
let node_timers_promises = require("node:timers/promises");
// src/adapters/github-request.ts
/** Requests to one API: each gives the whole body of a good answer, or throws a Failure. */
function askerAt(apiUrl, options) {
	const session = {
		answered: false,
		unreachable: null
	};
	const octokit = connect(apiUrl, {
		options,
		session
	});
	const repository = options.repository ?? "repos/gotify/server";
	return async ({ path, query = {}, accept, limit, timeoutMs = 3e4 }) => {
		if (session.unreachable !== null) throw session.unreachable;
		try {
			const { url, headers, data } = await octokit.request(`GET /${repository}/${path}`, {
				...query,
				headers: { accept },
				request: {
					parseSuccessResponseBody: false,
					limit,
					timeoutMs
				}
			});
			if (!(data instanceof Uint8Array)) throw require_github_errors.malformedAnswer(url, "it has no body");
			return {
				url,
				bytes: data,
				hasNext: /;\s*rel="next"/.test(headers.link ?? "")
			};
		} catch (error) {
			const asked = {
				url: `${apiUrl}/${repository}/${path}`,
				hasToken: options.token !== null
			};
			throw remember(session, asFailure(error, asked));
		}
	};
}
function asFailure(error, asked) {
	const trouble = require_github_errors.troubleOf(error);
	return trouble === null ? error : require_github_errors.failureOf(trouble, asked, error);
}
/** A host that cannot be reached is not waited for again in this run. */
function remember(session, error) {
	if (error instanceof require_start.Failure && error.code === require_start.gitHubCodes.unreachable) session.unreachable = error;
	return error;
}
function connect(apiUrl, { options, session }) {
	const silent = () => void 0;
	const octokit = new require_dist_bundle.GitHub({
		baseUrl: apiUrl,
		userAgent: "gotify-plugin-build",
		log: {
			debug: silent,
			info: silent,
			warn: silent,
			error: silent
		},
		...options.token === null ? {} : { auth: options.token }
	});
	octokit.hook.wrap("request", async (request, parameters) => {
		const { limit, timeoutMs } = limitsOf(parameters.request);
		const connectMs = options.connectTimeoutMs ?? 5e3;
		const signal = AbortSignal.timeout(session.answered ? timeoutMs : Math.min(connectMs, timeoutMs));
		const response = await request({
			...parameters,
			request: {
				...parameters.request,
				signal
			}
		});
		session.answered = true;
		const data = await readBody({
			body: response.data,
			limit,
			url: response.url,
			parameters
		});
		return {
			...response,
			data
		};
	});
	octokit.hook.error("request", async (error, parameters) => {
		const trouble = require_github_errors.troubleOf(error);
		const retries = parameters.request ?? {};
		if (trouble === null || !require_github_errors.mayHeal(trouble, session.answered)) retries["retries"] = 0;
		else if (trouble.kind === "secondary-limit") await (0, node_timers_promises.setTimeout)(trouble.waitMs);
		if (trouble !== null && trouble.kind !== "unreachable") session.answered = true;
		throw error;
	});
	require_dist_bundle.retry(octokit, { retry: {
		doNotRetry: [],
		retryAfterBaseValue: options.retryDelayMs ?? 1e3
	} });
	return octokit;
}
function limitsOf(options) {
	const { limit, timeoutMs } = options ?? {};
	return {
		limit: typeof limit === "number" ? limit : 0,
		timeoutMs: typeof timeoutMs === "number" ? timeoutMs : 3e4
	};
}
async function readBody({ body, limit, url, parameters }) {
	if (!isByteStream(body)) throw require_github_errors.malformedAnswer(url, "it has no body");
	const chunks = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			if (!(chunk instanceof Uint8Array)) throw require_github_errors.malformedAnswer(url, "its body is not bytes");
			size += chunk.length;
			if (size > limit) throw require_github_errors.malformedAnswer(url, `it has more than ${String(limit)} bytes`);
			chunks.push(chunk);
		}
	} catch (error) {
		if (error instanceof require_start.Failure) throw error;
		throw new require_github_errors.BrokenAnswer({ ...parameters }, error);
	}
	return Buffer.concat(chunks);
}
function isByteStream(body) {
	return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
// src/adapters/github.ts
const json = "application/vnd.github+json";
const sha = "application/vnd.github.sha";
const maxJson = 16 * 2 ** 20;
const maxFile = 2 * 2 ** 20;
const maxArchive = 256 * 2 ** 20;
const pageSize = 100;
const maxPages = 50;
const Count = require_check.pipe(require_check.number(), require_check.integer(), require_check.minValue(0));
const CommitAnswer = require_check.object({
	sha: require_github_answers.Sha,
	commit: require_check.object({ committer: require_check.object({ date: require_check.pipe(require_check.string(), require_check.regex(/^\d{4}-\d\d-\d\dT/, "not a date")) }) })
});
const Asset = require_check.object({
	id: Count,
	name: require_check.string(),
	size: Count,
	digest: require_check.nullish(require_check.string()),
	browser_download_url: require_check.pipe(require_check.string(), require_check.url())
});
const Release = require_check.object({ assets: require_check.array(Asset) });
/**
* gotify/server at a GitHub API. Server errors, secondary limits and answers that break off are tried again; a host
* that does not answer the first request is not asked a second time.
*/
function gitHubAt(options) {
	const apiUrl = options.apiUrl.replace(/\/+$/, "");
	const ask = askerAt(apiUrl, options);
	return {
		apiUrl,
		latestRelease: async () => (await askJson(ask, { path: "releases/latest" }, require_github_answers.LatestRelease)).tag_name,
		tags: () => allTags(ask),
		commit: (ref) => orNull(commitOf(ask, ref)),
		fileAt: (commit, path) => orNull(fileAt(ask, commit, path)),
		assets: async (tag) => {
			return (await orNull(askJson(ask, { path: `releases/tags/${encodePath(tag)}` }, Release)))?.assets.map(assetOf) ?? null;
		},
		download: (asset) => download(ask, asset)
	};
}
function repositoryAt(options, ref) {
	const ask = askerAt(options.apiUrl.replace(/\/+$/, ""), options);
	const seen = async () => {
		const { bytes } = await ask({
			path: `commits/${encodePath(ref)}`,
			accept: sha,
			limit: maxJson
		});
		return Buffer.from(bytes).toString("utf8").trim();
	};
	return {
		file: async (path) => {
			const text = await orNull(fileAt(ask, ref, path));
			if (text === null) await seen();
			return text;
		},
		archive: async () => {
			const path = `tarball/${encodeURIComponent(await seen())}`;
			return (await ask({
				path,
				accept: json,
				limit: maxArchive,
				timeoutMs: 3e5
			})).bytes;
		}
	};
}
async function allTags(ask) {
	const tags = [];
	for (let page = 1; page <= maxPages; page++) {
		const answer = await ask({
			path: "tags",
			query: {
				per_page: pageSize,
				page
			},
			accept: json,
			limit: maxJson
		});
		tags.push(...require_github_answers.tagsIn(parse(answer, require_github_answers.Tags)));
		if (!answer.hasNext) return tags;
	}
	throw require_github_errors.malformedAnswer(`${String(maxPages)} pages of tags`, "there is always a next page");
}
async function commitOf(ask, ref) {
	const { sha, commit } = await askJson(ask, { path: `commits/${encodePath(ref)}` }, CommitAnswer);
	return {
		sha,
		date: commit.committer.date.slice(0, 10)
	};
}
async function fileAt(ask, commit, path) {
	const answer = await ask({
		path: `contents/${encodePath(path)}`,
		query: { ref: commit },
		accept: "application/vnd.github.raw+json",
		limit: maxFile
	});
	try {
		return new TextDecoder("utf-8", {
			fatal: true,
			ignoreBOM: true
		}).decode(answer.bytes);
	} catch {
		throw require_github_errors.malformedAnswer(answer.url, "it is not UTF-8 text");
	}
}
async function download(ask, asset) {
	const { bytes, url } = await ask({
		path: `releases/assets/${String(asset.id)}`,
		accept: "application/octet-stream",
		limit: asset.size,
		timeoutMs: 9e5
	});
	if (bytes.length === asset.size) return bytes;
	throw require_github_errors.malformedAnswer(url, `it has ${String(bytes.length)} bytes, not ${String(asset.size)}`);
}
function assetOf({ id, name, size, digest, browser_download_url: url }) {
	return {
		id,
		name,
		size,
		digest: digest ?? null,
		url
	};
}
async function askJson(ask, question, schema) {
	return parse(await ask({
		...question,
		accept: json,
		limit: maxJson
	}), schema);
}
function parse({ url, bytes }, schema) {
	let data;
	try {
		data = JSON.parse(Buffer.from(bytes).toString("utf8"));
	} catch (cause) {
		throw require_github_errors.malformedAnswer(url, cause instanceof Error ? cause.message : "it is not JSON");
	}
	const result = require_check.safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw require_github_errors.malformedAnswer(url, `${require_check.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
/** Null instead of the failure that says that nothing is there. */
async function orNull(answer) {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof require_start.Failure && error.code === require_start.gitHubCodes.missing) return null;
		throw error;
	}
}
/** Each part of a path encoded, its slashes kept. */
function encodePath(path) {
	return path.split("/").map(encodeURIComponent).join("/");
}
exports.gitHubAt = gitHubAt;
exports.repositoryAt = repositoryAt;
