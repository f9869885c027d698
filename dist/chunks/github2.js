import { Bt as getDotPath, Kt as minValue, Rt as array, Vt as integer, Xt as number, Yt as nullish, Zt as object, an as string, in as safeParse, rn as regex, sn as url, tn as pipe } from "./job.js";
import { A as gitHubCodes, B as Failure } from "./start.js";
import { i as tagsIn, n as Sha, r as Tags, t as LatestRelease } from "./github-answers.js";
import { a as malformedAnswer, c as troubleOf, o as mayHeal, r as failureOf, t as BrokenAnswer } from "./github-errors.js";
import { n as GitHub, t as retry } from "./dist-bundle.js";
import { setTimeout } from "node:timers/promises";
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
			if (!(data instanceof Uint8Array)) throw malformedAnswer(url, "it has no body");
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
	const trouble = troubleOf(error);
	return trouble === null ? error : failureOf(trouble, asked, error);
}
/** A host that cannot be reached is not waited for again in this run. */
function remember(session, error) {
	if (error instanceof Failure && error.code === gitHubCodes.unreachable) session.unreachable = error;
	return error;
}
function connect(apiUrl, { options, session }) {
	const silent = () => void 0;
	const octokit = new GitHub({
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
		const trouble = troubleOf(error);
		const retries = parameters.request ?? {};
		if (trouble === null || !mayHeal(trouble, session.answered)) retries["retries"] = 0;
		else if (trouble.kind === "secondary-limit") await setTimeout(trouble.waitMs);
		if (trouble !== null && trouble.kind !== "unreachable") session.answered = true;
		throw error;
	});
	retry(octokit, { retry: {
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
	if (!isByteStream(body)) throw malformedAnswer(url, "it has no body");
	const chunks = [];
	let size = 0;
	try {
		for await (const chunk of body) {
			if (!(chunk instanceof Uint8Array)) throw malformedAnswer(url, "its body is not bytes");
			size += chunk.length;
			if (size > limit) throw malformedAnswer(url, `it has more than ${String(limit)} bytes`);
			chunks.push(chunk);
		}
	} catch (error) {
		if (error instanceof Failure) throw error;
		throw new BrokenAnswer({ ...parameters }, error);
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
const Count = pipe(number(), integer(), minValue(0));
const CommitAnswer = object({
	sha: Sha,
	commit: object({ committer: object({ date: pipe(string(), regex(/^\d{4}-\d\d-\d\dT/, "not a date")) }) })
});
const Asset = object({
	id: Count,
	name: string(),
	size: Count,
	digest: nullish(string()),
	browser_download_url: pipe(string(), url())
});
const Release = object({ assets: array(Asset) });
/**
* gotify/server at a GitHub API. Server errors, secondary limits and answers that break off are tried again; a host
* that does not answer the first request is not asked a second time.
*/
function gitHubAt(options) {
	const apiUrl = options.apiUrl.replace(/\/+$/, "");
	const ask = askerAt(apiUrl, options);
	return {
		apiUrl,
		latestRelease: async () => (await askJson(ask, { path: "releases/latest" }, LatestRelease)).tag_name,
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
		tags.push(...tagsIn(parse(answer, Tags)));
		if (!answer.hasNext) return tags;
	}
	throw malformedAnswer(`${String(maxPages)} pages of tags`, "there is always a next page");
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
		throw malformedAnswer(answer.url, "it is not UTF-8 text");
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
	throw malformedAnswer(url, `it has ${String(bytes.length)} bytes, not ${String(asset.size)}`);
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
		throw malformedAnswer(url, cause instanceof Error ? cause.message : "it is not JSON");
	}
	const result = safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw malformedAnswer(url, `${getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
/** Null instead of the failure that says that nothing is there. */
async function orNull(answer) {
	try {
		return await answer;
	} catch (error) {
		if (error instanceof Failure && error.code === gitHubCodes.missing) return null;
		throw error;
	}
}
/** Each part of a path encoded, its slashes kept. */
function encodePath(path) {
	return path.split("/").map(encodeURIComponent).join("/");
}
export { gitHubAt, repositoryAt };
