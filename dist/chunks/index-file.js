import { a as __toESM } from "./rolldown-runtime.js";
import { L as Failure, O as require_valid, b as targetNames, o as require_rcompare } from "./start.js";
import { Gt as safeParse, Ht as pipe, It as nullable, Kt as string, Nt as literal, Rt as number, Vt as picklist, Wt as regex, jt as getDotPath, kt as array, zt as object } from "./job.js";
// src/publish/names.ts
var import_valid = /* @__PURE__ */ __toESM(require_valid(), 1);
var import_rcompare = /* @__PURE__ */ __toESM(require_rcompare(), 1);
/** What assets of a release are, told by their names. */
const checksumsName = "checksums.txt";
const indexName = "gotify-plugin.json";
/** What one of several jobs knows of its own files. */
function fragmentName(part) {
	return `gotify-plugin.part-${part}.json`;
}
/** The part that a fragment is of; null: the name is no fragment's. */
function partOf(name) {
	return /^gotify-plugin\.part-(.+)\.json$/.exec(name)?.[1] ?? null;
}
/**
* Where new bytes wait until the old ones of that name are out of the way. Other bytes wait under another name, so that
* jobs which replace the same asset at the same time do not touch each other's.
*/
function waitingName(name, sha256) {
	return `${name}.${sha256.slice(0, 16)}.next`;
}
/** The name that waiting bytes are for; null: the name is no waiting one. */
function waitsFor(name) {
	return /^(.+)\.[0-9a-f]{16}\.next$/.exec(name)?.[1] ?? null;
}
/** Whether gotify-plugin.json, or a new one that waits for its place. */
function isIndex(name) {
	return name === "gotify-plugin.json" || waitsFor(name) === "gotify-plugin.json";
}
function isChecksums(name) {
	return name === "checksums.txt" || waitsFor(name) === "checksums.txt";
}
function isPluginFile(name) {
	return name.endsWith(".so");
}
/** Used while a release comes to be, and removed in the end. */
function isScaffold(name) {
	return waitsFor(name) !== null || partOf(name) !== null;
}
// src/publish/checksums.ts
/** The whole `.so` assets, sorted by name. */
function pluginAssets(assets) {
	return assets.filter(({ name, state }) => isPluginFile(name) && state === "uploaded").sort((a, b) => a.name < b.name ? -1 : 1);
}
/** 64 hex digits; null where the digest is unknown. */
function sha256Of({ digest }) {
	return /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1] ?? null;
}
/**
* The text of checksums.txt, as `sha256sum -c` takes it: all `.so` assets by what GitHub says of them, then the lines
* that somebody else wrote for other files.
*
* @see https://www.gnu.org/software/coreutils/manual/html_node/cksum-output-modes.html
*/
function checksumsText(assets, foreign) {
	return [...pluginAssets(assets).flatMap((asset) => {
		const sha256 = sha256Of(asset);
		return sha256 === null ? [] : [`${sha256}  ${asset.name}`];
	}), ...foreign].map((line) => `${line}\n`).join("");
}
/** The lines of a checksums.txt that are not ours to write: those of other files than plugins. Sorted, each once. */
function foreignLines(texts) {
	const lines = texts.flatMap((text) => text.split(/\r?\n/)).filter((line) => {
		const file = /^[0-9a-f]{64} [ *](.+)$/i.exec(line)?.[1];
		return file !== void 0 && !isPluginFile(file);
	});
	return [...new Set(lines)].sort();
}
// src/publish/index-file.ts
const Entry = object({
	file: string(),
	sha256: pipe(string(), regex(/^[0-9a-f]{64}$/, "not 64 hex digits")),
	size: number(),
	target: picklist(targetNames),
	goVersion: string(),
	servers: array(string()),
	modules: array(object({
		path: string(),
		version: string()
	})),
	verdict: object({
		kind: literal("loads"),
		compared: number()
	})
});
const Index = object({
	schema: literal(1),
	tag: string(),
	commit: nullable(string()),
	plugin: string(),
	files: array(Entry)
});
/**
* Reads a gotify-plugin.json that lies at a release.
*
* @param name the asset's
* @throws Failure (input) `malformed-index`, naming the place
*/
function parseIndex(bytes, name) {
	return parseAsset({
		schema: Index,
		bytes,
		name
	});
}
/**
* Reads one of our JSON assets.
*
* @throws Failure (input) `malformed-index`
*/
function parseAsset({ schema, bytes, name }) {
	let data;
	try {
		data = JSON.parse(Buffer.from(bytes).toString("utf8"));
	} catch (cause) {
		throw malformed(name, "it is not JSON", cause);
	}
	const result = safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw malformed(name, `${getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
function malformed(name, problem, cause) {
	return new Failure("input", {
		code: "malformed-index",
		what: `this asset of the release cannot be read (${problem})`,
		remedy: "Delete it from the release, or publish with a version of this tool that knows it.",
		where: {
			kind: "file",
			file: name
		},
		cause
	});
}
/** What a file of this run is, as gotify-plugin.json says it. */
function entryOf(file) {
	const { name, sha256, size, target, goVersion, servers, modules, compared } = file;
	return {
		file: name,
		sha256,
		size,
		target,
		goVersion,
		servers: newestFirst(servers),
		modules: modules.map(({ path, version }) => ({
			path,
			version
		})),
		verdict: {
			kind: "loads",
			compared
		}
	};
}
/**
* What can be said of each `.so` asset: what any of the entries says of exactly its bytes. The order of the entries does
* not matter, so that jobs which merge the same ones at once write the same text.
*/
function mergeEntries(entries, assets) {
	return pluginAssets(assets).flatMap((asset) => {
		const sha256 = sha256Of(asset);
		const same = entries.filter((entry) => entry.file === asset.name && entry.sha256 === sha256);
		const [first] = same;
		if (first === void 0) return [];
		const servers = newestFirst(same.flatMap((entry) => entry.servers));
		const compared = Math.min(...same.map(({ verdict }) => verdict.compared));
		return [{
			...first,
			servers,
			verdict: {
				kind: "loads",
				compared
			}
		}];
	});
}
/** The text of gotify-plugin.json. */
function indexText({ tag, commit, plugin }, files) {
	return `${JSON.stringify({
		schema: 1,
		tag,
		commit,
		plugin,
		files
	}, null, 2)}\n`;
}
/** Each version once, the newest first. */
function newestFirst(versions) {
	const order = (a, b) => (0, import_valid.default)(a) !== null && (0, import_valid.default)(b) !== null ? (0, import_rcompare.default)(a, b) : a < b ? 1 : -1;
	return [...new Set(versions)].sort(order);
}
const indexShape = Index.entries;
export { isScaffold as _, parseAsset as a, waitsFor as b, foreignLines as c, checksumsName as d, fragmentName as f, isPluginFile as g, isIndex as h, mergeEntries as i, pluginAssets as l, isChecksums as m, indexShape as n, parseIndex as o, indexName as p, indexText as r, checksumsText as s, entryOf as t, sha256Of as u, partOf as v, waitingName as y };
