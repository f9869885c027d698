import { At as boolean, Bt as optional, Ft as minValue, Gt as safeParse, Ht as pipe, Kt as string, Lt as nullish, Mt as integer, Rt as number, jt as getDotPath, zt as object } from "./job.js";
import { a as strangeAnswer, i as refusedFailure, n as senderFor, r as fileFailure, t as jsonIn } from "./release-http.js";
import { t as createHash } from "./lean_node_crypto.js";
import { G as createWriteStream } from "./start.js";
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
			timeoutMs: timeFor(asset.size)
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
			timeoutMs: timeFor(source.kind === "file" ? source.size : source.bytes.length),
			once: true,
			...content.kind === "file" ? { file: content.path } : {}
		}, jsonIn);
	};
	return {
		upload,
		copy: async (asset, to, name) => {
			const dir = await mkdtemp(join(tmpdir(), "gotify-plugin-asset-"));
			const path = join(dir, "asset");
			try {
				return await download(asset, async (body) => {
					await pipeline(body, createWriteStream(path));
					return asset.size;
				}) === null ? { kind: "gone" } : await upload(to, name, {
					kind: "file",
					path
				});
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
/** Milliseconds: a slow line has 100 kB a second. */
function timeFor(size) {
	return 12e4 + Math.ceil(size / 100);
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
	immutable: optional(boolean(), false),
	body: nullish(string(), ""),
	upload_url: string(),
	html_url: string()
});
const AssetAnswer = object({
	id: Id,
	name: string(),
	size: Id,
	state: string(),
	digest: nullish(string(), null)
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
	const toRelease = (data) => releaseIn(data, apiUrl);
	const change = (call) => send({
		...call,
		contentType: "application/json"
	}, jsonIn);
	return {
		tagExists: async (tag) => {
			const call = {
				method: "GET",
				url: `${base}/git/ref/tags/${tag.split("/").map(encodeURIComponent).join("/")}`
			};
			if ((await send(call, jsonIn)).kind === "done") return true;
			const list = {
				method: "GET",
				url: `${releases}?per_page=1`
			};
			if ((await send(list, jsonIn)).kind !== "done") throw missing(list);
			return false;
		},
		releasesOf: async (tag) => {
			const all = await pages(send, releases);
			if (all === null) throw missing({
				method: "GET",
				url: releases
			});
			return all.map(toRelease).filter((release) => release.tag === tag);
		},
		latest: async () => {
			const call = {
				method: "GET",
				url: `${releases}/latest`
			};
			const outcome = await send(call, jsonIn);
			return outcome.kind === "done" ? toRelease(outcome.value) : null;
		},
		release: async (id) => {
			const outcome = await send({
				method: "GET",
				url: `${releases}/${String(id)}`
			}, jsonIn);
			return outcome.kind === "done" ? toRelease(outcome.value) : null;
		},
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
				once: true
			};
			const outcome = await change(call);
			if (outcome.kind === "gone") throw missing(call);
			return mapped(outcome, toRelease);
		},
		update: async (id, fields) => {
			const body = JSON.stringify(changeFields(fields));
			return mapped(await change({
				method: "PATCH",
				url: `${releases}/${String(id)}`,
				body
			}), toRelease);
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
		upload: async (release, { name, content }) => mapped(await transfer.upload(release, name, content), assetIn),
		copy: async (asset, to, name) => mapped(await transfer.copy(asset, to, name), assetIn),
		rename: async (id, name) => mapped(await change({
			method: "PATCH",
			url: assetUrl(id),
			body: JSON.stringify({ name })
		}), assetIn),
		deleteAsset: async (id) => (await send({
			method: "DELETE",
			url: assetUrl(id)
		}, drained)).kind === "done",
		read: transfer.read,
		sha256: transfer.sha256,
		pause: (tries) => (options.sleep ?? setTimeout)(pauseMs(tries, options.retryDelaysMs)).then(() => void 0)
	};
}
/** Between the delays of requests, and different for everybody, so that jobs do not meet again and again. */
function pauseMs(tries, delays = [
	1e3,
	4e3,
	9e3
]) {
	return (delays[Math.min(tries, delays.length) - 1] ?? 0) * (.5 + Math.random());
}
function changeFields({ makeLatest, ...fields }) {
	return makeLatest === void 0 ? fields : {
		...fields,
		make_latest: makeLatest
	};
}
function mapped(outcome, read) {
	return outcome.kind === "done" ? {
		kind: "done",
		value: read(outcome.value)
	} : outcome;
}
/** All items of a list; null where there is no such list. */
async function pages(send, url) {
	const all = [];
	for (let page = 1; page <= mostPages; page += 1) {
		const outcome = await send({
			method: "GET",
			url: `${url}?per_page=${String(pageSize)}&page=${String(page)}`
		}, async (response) => ({
			data: await jsonIn(response),
			isLast: !/;\s*rel="next"/.test(response.headers.get("link") ?? "")
		}));
		if (outcome.kind !== "done") return null;
		all.push(...listIn(outcome.value.data, url));
		if (outcome.value.isLast) return all;
	}
	throw strangeAnswer(`GET ${url}`, "there is always a next page");
}
function missing({ method, url }) {
	const purpose = {
		request: `${method} ${url}`,
		hadAccess: false,
		fromFork: false,
		file: null
	};
	return refusedFailure({
		status: 404,
		message: "Not Found",
		permissions: null
	}, purpose);
}
async function drained(response) {
	await response.arrayBuffer();
}
function listIn(data, url) {
	if (Array.isArray(data)) return data;
	throw strangeAnswer(`GET ${url}`, "it is no list");
}
function releaseIn(data, apiUrl) {
	const { id, tag_name, name, draft, immutable, body, upload_url, html_url } = parse(ReleaseAnswer, data);
	const uploadUrl = upload_url.replace(/\{.*$/, "");
	if (!(URL.canParse(uploadUrl) && (uploadUrl.startsWith("https:") || apiUrl.startsWith("http:")))) throw strangeAnswer(`release ${String(id)}`, "its upload_url is not safe");
	return {
		id,
		tag: tag_name,
		name: name ?? "",
		draft,
		immutable,
		body: body ?? "",
		uploadUrl,
		url: html_url
	};
}
function assetIn(data) {
	const { id, name, size, state, digest } = parse(AssetAnswer, data);
	return {
		id,
		name,
		size,
		state: state === "uploaded" ? "uploaded" : "starter",
		digest: digest ?? null
	};
}
function parse(schema, data) {
	const result = safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw strangeAnswer("an answer about releases", `${getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
export { pages as n, gitHubReleases as t };
