const require_check = require("./check.js");
const require_start = require("./start.js");
const require_release_http = require("./release-http.js");
const require_job = require("./job.js");
const require_upload_time = require("./upload-time.js");
let node_os = require("node:os");
let node_path = require("node:path");
let node_fs = require("node:fs");
let node_stream = require("node:stream");
let node_timers_promises = require("node:timers/promises");
let node_stream_promises = require("node:stream/promises");
// src/adapters/release-transfer.ts
/** What is read into memory is small: our own texts. */
const mostBytes = 16 * 2 ** 20;
/** @param assetUrl the address of an asset, by its id */
function transferOver(send, assetUrl) {
	const download = async (asset, read) => {
		const outcome = await send({
			method: "GET",
			url: assetUrl(asset.id),
			accept: "application/octet-stream",
			timeoutMs: require_upload_time.uploadMs(asset.size)
		}, async (response) => {
			if (response.body === null) throw require_release_http.strangeAnswer(response.url, "it has no body");
			return read(node_stream.Readable.fromWeb(response.body));
		});
		return outcome.kind === "done" ? outcome.value : null;
	};
	const upload = async ({ uploadUrl }, name, content) => {
		const source = await sourceOf(content);
		return send({
			method: "POST",
			url: `${uploadUrl}?name=${encodeURIComponent(name)}`,
			source,
			contentType: contentTypeOf(name),
			timeoutMs: require_upload_time.uploadMs(source.kind === "file" ? source.size : source.bytes.length),
			repeat: "limits",
			...content.kind === "file" ? { file: content.path } : {}
		}, require_release_http.datedIn);
	};
	const save = async (asset, path) => {
		return await download(asset, async (body) => {
			await (0, node_stream_promises.pipeline)(body, (0, node_fs.createWriteStream)(path));
			return true;
		}) === true;
	};
	return {
		upload,
		save,
		copy: async (asset, to, name) => {
			const dir = await require_job.mkdtemp((0, node_path.join)((0, node_os.tmpdir)(), "gotify-plugin-asset-"));
			const path = (0, node_path.join)(dir, "asset");
			try {
				return await save(asset, path) ? await upload(to, name, {
					kind: "file",
					path
				}) : { kind: "gone" };
			} finally {
				await require_job.rm(dir, {
					recursive: true,
					force: true
				});
			}
		},
		read: (asset) => download(asset, (body) => bytesOf(body, asset)),
		sha256: (asset) => download(asset, async (body) => {
			const hash = require_job.createHash("sha256");
			await (0, node_stream_promises.pipeline)(body, hash);
			return hash.digest("hex");
		})
	};
}
async function sourceOf(content) {
	if (content.kind === "bytes") return content;
	try {
		return {
			...content,
			size: (await require_job.stat(content.path)).size
		};
	} catch (cause) {
		throw require_release_http.fileFailure(content.path, cause instanceof Error ? cause.message : String(cause), cause);
	}
}
async function bytesOf(body, { name }) {
	const chunks = [];
	let size = 0;
	for await (const chunk of body) {
		if (!(chunk instanceof Uint8Array)) throw require_release_http.strangeAnswer(name, "its body is not bytes");
		size += chunk.length;
		if (size > mostBytes) throw require_release_http.strangeAnswer(name, `it has more than ${String(mostBytes)} bytes`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
function contentTypeOf(name) {
	if (name.includes(".json")) return "application/json";
	return name.includes(".txt") ? "text/plain; charset=utf-8" : "application/octet-stream";
}
// src/adapters/github-releases.ts
const pageSize = 100;
const mostPages = 100;
const Id = require_check.pipe(require_check.number(), require_check.integer(), require_check.minValue(0));
const ReleaseAnswer = require_check.object({
	id: Id,
	tag_name: require_check.string(),
	name: require_check.nullish(require_check.string(), ""),
	draft: require_check.boolean(),
	prerelease: require_check.optional(require_check.boolean(), false),
	immutable: require_check.optional(require_check.boolean(), false),
	published_at: require_check.nullish(require_check.pipe(require_check.string(), require_check.isoTimestamp()), null),
	body: require_check.nullish(require_check.string(), ""),
	upload_url: require_check.string(),
	html_url: require_check.string()
});
/** Of a ref, and of an annotated tag. */
const ObjectAnswer = require_check.object({ object: require_check.object({
	type: require_check.string(),
	sha: require_check.pipe(require_check.string(), require_check.regex(/^[0-9a-f]{40}$/))
}) });
const AssetAnswer = require_check.object({
	id: Id,
	name: require_check.string(),
	size: Id,
	state: require_check.string(),
	digest: require_check.nullish(require_check.string(), null),
	created_at: require_check.pipe(require_check.string(), require_check.isoTimestamp())
});
/**
* The releases of one repository at a GitHub API.
*
* @see https://docs.github.com/en/rest/releases/releases
* @see https://docs.github.com/en/rest/releases/assets
*/
function gitHubReleases(options) {
	const apiUrl = options.apiUrl.replace(/\/+$/, "");
	const base = `${apiUrl}/repos/${options.repository}`;
	const releases = `${base}/releases`;
	const send = require_release_http.senderFor(options);
	const assetUrl = (id) => `${releases}/assets/${String(id)}`;
	const transfer = transferOver(send, assetUrl);
	const toRelease = (answer) => releaseIn(answer, apiUrl);
	const change = (call) => send({
		...call,
		contentType: "application/json"
	}, require_release_http.datedIn);
	const release = async (id) => {
		const outcome = await send({
			method: "GET",
			url: `${releases}/${String(id)}`
		}, require_release_http.datedIn);
		return outcome.kind === "done" ? toRelease(outcome.value) : null;
	};
	return {
		tagCommit: async (tag) => {
			const commit = await commitOfTag(tag, {
				send,
				base
			});
			if (commit !== null) return commit;
			const list = {
				method: "GET",
				url: `${releases}?per_page=1`
			};
			if ((await send(list, require_release_http.jsonIn)).kind !== "done") throw missing(list);
			return null;
		},
		releasesOf: async (tag) => {
			const all = await pages(send, releases);
			if (all === null) throw missing({
				method: "GET",
				url: releases
			});
			return all.map(toRelease).filter((each) => each.tag === tag);
		},
		latest: async () => {
			const call = {
				method: "GET",
				url: `${releases}/latest`
			};
			const outcome = await send(call, require_release_http.datedIn);
			return outcome.kind === "done" ? toRelease(outcome.value) : null;
		},
		release,
		create: async ({ tag, name, body, prerelease }) => {
			const call = {
				method: "POST",
				url: releases,
				body: JSON.stringify({
					tag_name: tag,
					name,
					body,
					draft: true,
					prerelease
				}),
				repeat: "limits"
			};
			const outcome = await change(call);
			if (outcome.kind === "gone") throw missing(call);
			return mapped(outcome, toRelease);
		},
		update: async (id, fields) => {
			const call = {
				method: "PATCH",
				url: `${releases}/${String(id)}`,
				body: JSON.stringify(changeFields(fields)),
				...fields.draft === false ? { repeat: "never" } : {}
			};
			const outcome = await change(call);
			if (outcome.kind === "gone" && await release(id) !== null) throw targetRefused(call);
			return mapped(outcome, toRelease);
		},
		deleteRelease: async (id) => {
			await send({
				method: "DELETE",
				url: `${releases}/${String(id)}`
			}, drained);
		},
		assets: async (id) => {
			const url = `${releases}/${String(id)}/assets`;
			const all = await pages(send, url);
			return all === null ? null : all.map(assetIn);
		},
		asset: async (id) => {
			const outcome = await send({
				method: "GET",
				url: assetUrl(id)
			}, require_release_http.datedIn);
			return outcome.kind === "done" ? assetIn(outcome.value) : null;
		},
		upload: async (to, { name, content }) => mapped(await transfer.upload(to, name, content), assetIn),
		copy: async (asset, to, name) => mapped(await transfer.copy(asset, to, name), assetIn),
		rename: async (id, name) => mapped(await change({
			method: "PATCH",
			url: assetUrl(id),
			body: JSON.stringify({ name })
		}), assetIn),
		deleteAsset: async (id) => mapped(await send({
			method: "DELETE",
			url: assetUrl(id)
		}, drained), () => null),
		download: transfer.save,
		read: transfer.read,
		sha256: transfer.sha256,
		pause: (tries) => (options.sleep ?? node_timers_promises.setTimeout)(pauseMs(tries, options.retryDelaysMs)).then(() => void 0)
	};
}
/** A tag may be of a tag; nobody makes a longer chain. */
const mostTags = 5;
/**
* What a tag leads to; null: there is no such tag, or it is none of a commit.
*
* @see https://docs.github.com/en/rest/git/refs#get-a-reference
* @see https://docs.github.com/en/rest/git/tags#get-a-tag (annotated ones)
*/
async function commitOfTag(tag, { send, base }) {
	let path = `ref/tags/${tag.split("/").map(encodeURIComponent).join("/")}`;
	for (let hops = 0; hops < mostTags; hops += 1) {
		const outcome = await send({
			method: "GET",
			url: `${base}/git/${path}`
		}, require_release_http.jsonIn);
		if (outcome.kind !== "done") return null;
		const { object } = parse(ObjectAnswer, outcome.value);
		if (object.type === "commit") return object.sha;
		if (object.type !== "tag") return null;
		path = `tags/${object.sha}`;
	}
	return null;
}
/** Between the delays of requests, and different for everybody, so that jobs do not meet again and again. */
function pauseMs(tries, delays = [
	1e3,
	4e3,
	9e3
]) {
	return (delays[Math.min(tries, delays.length) - 1] ?? 0) * (.5 + Math.random());
}
function changeFields({ tag, makeLatest, ...fields }) {
	const latest = makeLatest === void 0 ? {} : { make_latest: makeLatest };
	return {
		tag_name: tag,
		...fields,
		...latest
	};
}
function mapped(outcome, read) {
	return outcome.kind === "done" ? {
		kind: "done",
		value: read(outcome.value)
	} : outcome;
}
/** All items of a list, each with the server's clock; null where there is no such list. */
async function pages(send, url) {
	const all = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const outcome = await send({
			method: "GET",
			url: `${url}?per_page=${String(pageSize)}&page=${String(page)}`
		}, async (response) => ({
			page: await require_release_http.datedIn(response),
			isLast: !/;\s*rel="next"/.test(response.headers.get("link") ?? "")
		}));
		if (outcome.kind !== "done") return null;
		const { data, at } = outcome.value.page;
		all.push(...listIn(data, url).map((item) => ({
			data: item,
			at
		})));
		if (outcome.value.isLast) return all;
	}
	throw require_release_http.strangeAnswer(`GET ${url}`, "there is always a next page");
}
function missing({ method, url }) {
	const purpose = {
		request: `${method} ${url}`,
		hadAccess: false,
		file: null
	};
	return require_release_http.refusedFailure({
		status: 404,
		message: "Not Found",
		permissions: null
	}, purpose);
}
/**
* A change of a release that is there is answered 404 where the release is aimed at a commit with other workflow files
* than the default branch has, and the token may not change workflows, as a job's never may.
*
* @see https://docs.github.com/en/rest/releases/releases#update-a-release
*/
function targetRefused({ method, url }) {
	return new require_start.Failure("input", {
		code: "publish-permission",
		what: `${method} ${url}: GitHub answered 404, and the release is there`,
		remedy: "The release is aimed at a commit (its target) with other files in .github/workflows than the default branch: set its target to the default branch, or pass a token that may change workflows.",
		where: {
			kind: "input",
			input: "token"
		}
	});
}
async function drained(response) {
	await response.arrayBuffer();
}
function listIn(data, url) {
	if (Array.isArray(data)) return data;
	throw require_release_http.strangeAnswer(`GET ${url}`, "it is no list");
}
function releaseIn({ data, at }, apiUrl) {
	const { id, tag_name, name, body, upload_url, html_url, published_at, ...flags } = parse(ReleaseAnswer, data);
	const uploadUrl = upload_url.replace(/\{.*$/, "");
	if (!(URL.canParse(uploadUrl) && (uploadUrl.startsWith("https:") || apiUrl.startsWith("http:")))) throw require_release_http.strangeAnswer(`release ${String(id)}`, "its upload_url is not safe");
	return {
		id,
		tag: tag_name,
		name: name ?? "",
		...flags,
		publishedMs: published_at == null ? null : Math.max(0, at - Date.parse(published_at)),
		body: body ?? "",
		uploadUrl,
		url: html_url
	};
}
function assetIn({ data, at }) {
	const { id, name, size, state, digest, created_at } = parse(AssetAnswer, data);
	const ageMs = Math.max(0, at - Date.parse(created_at));
	return {
		id,
		name,
		size,
		state: state === "uploaded" ? "uploaded" : "starter",
		digest: digest ?? null,
		ageMs
	};
}
function parse(schema, data) {
	const result = require_check.safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw require_release_http.strangeAnswer("an answer about releases", `${require_check.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
exports.gitHubReleases = gitHubReleases;
exports.pages = pages;
