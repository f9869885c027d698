import { Bt as getDotPath, Kt as minValue, Qt as optional, Ut as isoTimestamp, Vt as integer, Xt as number, Yt as nullish, Zt as object, an as string, in as safeParse, rn as regex, tn as pipe, zt as boolean } from "./job.js";
import { B as Failure, Y as createWriteStream } from "./start.js";
import { a as refusedFailure, i as fileFailure, n as jsonIn, o as strangeAnswer, r as senderFor, t as datedIn } from "./release-http.js";
import { t as createHash } from "./lean_node_crypto.js";
import { t as uploadMs } from "./upload-time.js";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { pipeline } from "node:stream/promises";
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
			timeoutMs: uploadMs(asset.size)
		}, async (response) => {
			if (response.body === null) throw strangeAnswer(response.url, "it has no body");
			return read(Readable.fromWeb(response.body));
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
			timeoutMs: uploadMs(source.kind === "file" ? source.size : source.bytes.length),
			repeat: "limits",
			...content.kind === "file" ? { file: content.path } : {}
		}, datedIn);
	};
	const save = async (asset, path) => {
		return await download(asset, async (body) => {
			await pipeline(body, createWriteStream(path));
			return true;
		}) === true;
	};
	return {
		upload,
		save,
		copy: async (asset, to, name) => {
			const dir = await mkdtemp(join(tmpdir(), "gotify-plugin-asset-"));
			const path = join(dir, "asset");
			try {
				return await save(asset, path) ? await upload(to, name, {
					kind: "file",
					path
				}) : { kind: "gone" };
			} finally {
				await rm(dir, {
					recursive: true,
					force: true
				});
			}
		},
		read: (asset) => download(asset, (body) => bytesOf(body, asset)),
		sha256: (asset) => download(asset, async (body) => {
			const hash = createHash("sha256");
			await pipeline(body, hash);
			return hash.digest("hex");
		})
	};
}
async function sourceOf(content) {
	if (content.kind === "bytes") return content;
	try {
		return {
			...content,
			size: (await stat(content.path)).size
		};
	} catch (cause) {
		throw fileFailure(content.path, cause instanceof Error ? cause.message : String(cause), cause);
	}
}
async function bytesOf(body, { name }) {
	const chunks = [];
	let size = 0;
	for await (const chunk of body) {
		if (!(chunk instanceof Uint8Array)) throw strangeAnswer(name, "its body is not bytes");
		size += chunk.length;
		if (size > mostBytes) throw strangeAnswer(name, `it has more than ${String(mostBytes)} bytes`);
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
const Id = pipe(number(), integer(), minValue(0));
const ReleaseAnswer = object({
	id: Id,
	tag_name: string(),
	name: nullish(string(), ""),
	draft: boolean(),
	prerelease: optional(boolean(), false),
	immutable: optional(boolean(), false),
	published_at: nullish(pipe(string(), isoTimestamp()), null),
	body: nullish(string(), ""),
	upload_url: string(),
	html_url: string()
});
/** Of a ref, and of an annotated tag. */
const ObjectAnswer = object({ object: object({
	type: string(),
	sha: pipe(string(), regex(/^[0-9a-f]{40}$/))
}) });
const AssetAnswer = object({
	id: Id,
	name: string(),
	size: Id,
	state: string(),
	digest: nullish(string(), null),
	created_at: pipe(string(), isoTimestamp())
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
	const send = senderFor(options);
	const assetUrl = (id) => `${releases}/assets/${String(id)}`;
	const transfer = transferOver(send, assetUrl);
	const toRelease = (answer) => releaseIn(answer, apiUrl);
	const change = (call) => send({
		...call,
		contentType: "application/json"
	}, datedIn);
	const release = async (id) => {
		const outcome = await send({
			method: "GET",
			url: `${releases}/${String(id)}`
		}, datedIn);
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
			if ((await send(list, jsonIn)).kind !== "done") throw missing(list);
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
			const outcome = await send(call, datedIn);
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
			}, datedIn);
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
		pause: (tries) => (options.sleep ?? setTimeout)(pauseMs(tries, options.retryDelaysMs)).then(() => void 0)
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
		}, jsonIn);
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
			page: await datedIn(response),
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
	throw strangeAnswer(`GET ${url}`, "there is always a next page");
}
function missing({ method, url }) {
	const purpose = {
		request: `${method} ${url}`,
		hadAccess: false,
		file: null
	};
	return refusedFailure({
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
	return new Failure("input", {
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
	throw strangeAnswer(`GET ${url}`, "it is no list");
}
function releaseIn({ data, at }, apiUrl) {
	const { id, tag_name, name, body, upload_url, html_url, published_at, ...flags } = parse(ReleaseAnswer, data);
	const uploadUrl = upload_url.replace(/\{.*$/, "");
	if (!(URL.canParse(uploadUrl) && (uploadUrl.startsWith("https:") || apiUrl.startsWith("http:")))) throw strangeAnswer(`release ${String(id)}`, "its upload_url is not safe");
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
	const result = safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw strangeAnswer("an answer about releases", `${getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
export { pages as n, gitHubReleases as t };
