const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_start = require("./start.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
const require_markdown = require("./markdown.js");
const require_failures = require("./failures.js");
const require_upload_time = require("./upload-time.js");
// src/publish/names.ts
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
// src/publish/document.ts
function documentOf(name, text) {
	const bytes = Buffer.from(text);
	return {
		name,
		bytes,
		size: bytes.length,
		sha256: require_job.createHash("sha256").update(bytes).digest("hex")
	};
}
/** Whether an asset is whole and has just these bytes, by what GitHub says arrived. */
function holds(asset, { size, sha256 }) {
	return asset?.state === "uploaded" && asset.size === size && asset.digest === `sha256:${sha256}`;
}
function named(assets, name) {
	return assets.find((asset) => asset.name === name);
}
// src/publish/notes.ts
const begin = "<!-- gotify-plugin-build: begin -->";
const end = "<!-- gotify-plugin-build: end -->";
/** The text of a release that is made here, before anything is known. */
const emptyNotes = `${begin}\n\n${end}`;
/** The longest text of a release that GitHub takes, in characters: 422 `body is too long` otherwise. */
const longestBody = 125e3;
/** Of a sentence about what is missing, which may quote a compiler. */
const longestLine = 500;
const pointer = "The table would be too long here: gotify-plugin.json says which file is for which server.";
/**
* A release's text with the part between our markers replaced: which file is for which server and architecture, and
* what is missing. What the old text says is missing stays until it is there. A text without markers is somebody's
* own and stays as it is, and so does one that leaves no room for ours.
*/
function withNotes(body, { files, left }) {
	const block = blockIn(body);
	if (block === null) return body;
	const missing = [...left.map(missingOf), ...missingIn(block.text)];
	const room = longestBody - (body.length - (block.to - block.from));
	const text = fitting({
		files,
		missing: stillMissing(missing, files)
	}, room);
	return text === null ? body : `${body.slice(0, block.from)}${text}${body.slice(block.to)}`;
}
/** Whether the text is nothing but what we wrote: nobody loses anything with it. */
function isOurs(body) {
	const block = blockIn(body);
	return block !== null && `${body.slice(0, block.from)}${body.slice(block.to)}`.trim() === "";
}
/** As much of it as there is room for: the table goes first, then what is missing, from its end. Null: not even the markers. */
function fitting({ files, missing }, room) {
	const whole = blockOf(tableOf(files), {
		missing,
		more: 0
	});
	if (whole.length <= room) return whole;
	for (let kept = missing.length; kept >= 0; kept -= 1) {
		const text = blockOf(pointer, {
			missing: missing.slice(0, kept),
			more: missing.length - kept
		});
		if (text.length <= room) return text;
	}
	return null;
}
function tableOf(files) {
	const rows = files.map(({ file, servers, target }) => [
		require_markdown.code(file),
		servers.map((server) => require_markdown.words(server)).join(", "),
		require_markdown.words(target)
	]);
	return require_markdown.table([
		"file",
		"gotify",
		"architecture"
	], rows);
}
/** `more`: how many of what is missing are not named. */
function blockOf(head, { missing, more }) {
	const lines = missing.map(({ line, target, servers }) => `- ${line} <!-- ${target} ${servers.join(" ")} -->`);
	const rest = [...lines.length === 0 ? [] : [lines.join("\n")], ...more === 0 ? [] : [`And ${String(more)} more.`]];
	const left = rest.length === 0 ? [] : ["Not everything that was asked for is here:", ...rest];
	return [
		begin,
		head,
		...left,
		end
	].join("\n\n");
}
function missingOf({ target, servers, text }) {
	return {
		target,
		servers: servers.map((server) => server.replace(/[^\w.+-]|--+/g, "_")),
		line: require_markdown.words(text, longestLine)
	};
}
function missingIn(text) {
	return [...text.matchAll(/^- (.*) <!-- (\S+) (\S.*?) -->$/gm)].map(([, line = "", target = "", servers = ""]) => ({
		target,
		servers: servers.split(" "),
		line
	}));
}
/** Each target and group of servers once, without those that a file is there for. Sorted. */
function stillMissing(all, files) {
	const isThere = ({ target, servers }) => servers.every((server) => files.some((file) => file.target === target && file.servers.includes(server)));
	const byKey = /* @__PURE__ */ new Map();
	for (const missing of all) {
		const key = `${missing.target} ${missing.servers.join(" ")}`;
		if (!isThere(missing) && !byKey.has(key)) byKey.set(key, missing);
	}
	return [...byKey.entries()].sort(([a], [b]) => a < b ? -1 : 1).map(([, missing]) => missing);
}
function blockIn(body) {
	const from = body.indexOf(begin);
	const at = from < 0 ? -1 : body.indexOf(end, from);
	return at < 0 ? null : {
		from,
		to: at + 33,
		text: body.slice(from, at)
	};
}
// src/publish/index-file.ts
var import_rcompare = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_rcompare(), 1);
var import_valid = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_start.require_valid(), 1);
const Entry = require_check.object({
	file: require_check.string(),
	commit: require_check.nullable(require_check.string()),
	sha256: require_check.pipe(require_check.string(), require_check.regex(/^[0-9a-f]{64}$/, "not 64 hex digits")),
	size: require_check.number(),
	target: require_check.picklist(require_start.targetNames),
	goVersion: require_check.string(),
	servers: require_check.array(require_check.string()),
	modules: require_check.array(require_check.object({
		path: require_check.string(),
		version: require_check.string()
	})),
	verdict: require_check.object({
		kind: require_check.literal("loads"),
		compared: require_check.number()
	})
});
const Run = require_check.object({
	run: require_check.nullable(require_check.string()),
	of: require_check.number()
});
const common = {
	schema: require_check.literal(1),
	tag: require_check.string(),
	plugin: require_check.string()
};
/** What gotify-plugin.json and a part of it have in common. */
const indexShape = {
	...common,
	files: require_check.array(Entry)
};
const Index = require_check.object({
	...common,
	runs: require_check.array(Run),
	files: require_check.array(Entry)
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
	const result = require_check.safeParse(schema, data);
	if (result.success) return result.output;
	const [issue] = result.issues;
	throw malformed(name, `${require_check.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
function malformed(name, problem, cause) {
	return new require_start.Failure("input", {
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
/**
* What a file of this run is, as gotify-plugin.json says it.
*
* @param commit that it was built from; null: unknown
*/
function entryOf(file, commit) {
	const { name, sha256, size, target, goVersion, servers, modules, compared } = file;
	return {
		file: name,
		commit,
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
* not matter, so that jobs which merge the same ones at once write the same text. Two commits may make the same bytes:
* then it is the tag's that counts.
*
* @param tagCommit that the release's tag leads to; null: unknown
*/
function mergeEntries(entries, assets, tagCommit) {
	const rank = ({ commit }) => commit === null ? 2 : commit === tagCommit ? 0 : 1;
	const order = (a, b) => rank(a) - rank(b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
	return pluginAssets(assets).flatMap((asset) => {
		const sha256 = sha256Of(asset);
		const same = entries.filter((entry) => entry.file === asset.name && entry.sha256 === sha256);
		const [first] = same.sort(order);
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
function indexText({ tag, plugin }, { runs, files }) {
	const index = {
		schema: 1,
		tag,
		plugin,
		runs: runsOnce(runs),
		files
	};
	return `${JSON.stringify(index, null, 2)}\n`;
}
/** Each once, sorted, so that jobs which know of the same ones write the same. */
function runsOnce(runs) {
	return [...new Set(runs.map(({ run, of }) => JSON.stringify({
		run,
		of
	})))].sort().map((text) => require_check.parse(Run, JSON.parse(text)));
}
/** Each version once, the newest first. */
function newestFirst(versions) {
	const order = (a, b) => (0, import_valid.default)(a) !== null && (0, import_valid.default)(b) !== null ? (0, import_rcompare.default)(a, b) : a < b ? 1 : -1;
	return [...new Set(versions)].sort(order);
}
// src/publish/fragment.ts
const Fragment = require_check.object({
	...indexShape,
	part: require_check.string(),
	of: require_check.number(),
	run: require_check.nullable(require_check.string()),
	attempt: require_check.nullable(require_check.string()),
	/** Names of its files that are not at the release with its bytes (`on-existing: skip`). */
	skipped: require_check.array(require_check.string()),
	left: require_check.array(require_check.object({
		target: require_check.picklist(require_start.targetNames),
		servers: require_check.array(require_check.string()),
		text: require_check.string()
	}))
});
/**
* Reads a fragment.
*
* @param name the asset's
* @throws Failure (input) `malformed-index`
*/
function parseFragment(bytes, name) {
	return parseAsset({
		schema: Fragment,
		bytes,
		name
	});
}
/**
* This job's own.
*
* @param names those of its files that are at the release (`on-existing: skip` may have kept others)
*/
function fragmentOf(request, names) {
	const { tag, commit, plugin, files, left, part } = request;
	const fragment = {
		schema: 1,
		tag,
		plugin,
		part: part.name,
		of: part.of,
		run: part.run,
		attempt: part.attempt,
		skipped: files.map(({ name }) => name).filter((name) => !names.has(name)),
		files: files.filter(({ name }) => names.has(name)).map((file) => entryOf(file, commit)),
		left: left.map(({ target, servers, text }) => ({
			target,
			servers: [...servers],
			text
		}))
	};
	return documentOf(fragmentName(part.name), `${JSON.stringify(fragment, null, 2)}\n`);
}
/**
* What lies under this part's name must be its own, of an earlier attempt or of this one: another job of that name would
* replace it, and be replaced, and the release would never be whole. By hand nobody can tell.
*
* @throws Failure (input) `same-part`
*/
function requireOwn({ files, part }, there) {
	if (part.run === null || there.run !== part.run || there.attempt !== part.attempt) return;
	const theirs = [...there.files.map(({ file }) => file), ...there.skipped].sort();
	const own = files.map(({ name }) => name).sort();
	if (theirs.join("\n") !== own.join("\n")) throw require_failures.samePart(part.name, theirs);
}
/**
* Those that belong to the same run of the workflow; what an earlier run left counts for nothing.
*
* @throws Failure (input) `parts-differ` where the jobs do not agree on how many they are
*/
function ofSameRun(fragments, { part }) {
	const same = fragments.filter(({ run }) => run === part.run);
	const other = same.find(({ of }) => of !== part.of);
	if (other === void 0) return same;
	throw new require_start.Failure("input", {
		code: "parts-differ",
		what: `this job says that ${String(part.of)} jobs share the release, and the part ${other.part} says ${String(other.of)}`,
		remedy: "Give every job of the matrix the same number of parts.",
		where: {
			kind: "input",
			input: "parts"
		}
	});
}
// src/publish/parts.ts
/** Who is not alone goes on when all parts are there. */
function waitForParts(job, seen) {
	const request = sharing(job, seen);
	if (request === null) return null;
	const parts = partsThere(request, seen);
	return parts.length < request.part.of ? {
		kind: "wait",
		parts
	} : null;
}
/** @throws Failure (input) `same-part` */
function requireOwnPart(job, seen) {
	const request = sharing(job, seen);
	if (request !== null && seen.ownFragment !== null) requireOwn(request, seen.ownFragment);
}
/** Only a draft is shared by fragments; a published release, or one that was whole, is added to as by a job alone. */
function sharing(job, seen) {
	if (job.part === null || !seen.release.draft || isSealed(job, seen)) return null;
	return {
		...job,
		part: job.part
	};
}
/**
* Whether somebody saw all parts of this run in the draft: then gotify-plugin.json names the run. A job that brings a
* file which it does not know does more than it did then, and so may the others.
*/
function isSealed(job, seen) {
	const known = new Set(seen.indexes.flatMap((index) => index.files.map(({ file }) => file)));
	return sawAllParts(job, seen) && job.files.every(({ name }) => known.has(name));
}
/** Whether gotify-plugin.json is there, and names the run of a job that is not alone. */
function sawAllParts({ part }, { indexes }) {
	if (part === null) return indexes.length > 0;
	return runsIn(indexes).some(({ run, of }) => run === part.run && of === part.of);
}
/** The runs that gotify-plugin.json has to name; who writes it for a shared draft saw all parts of its own. */
function wholeRuns({ part }, { indexes, release }) {
	const own = part === null || !release.draft ? [] : [{
		run: part.run,
		of: part.of
	}];
	return [...runsIn(indexes), ...own];
}
function runsIn(indexes) {
	return indexes.flatMap(({ runs }) => runs);
}
/** The parts whose files are all there, sorted by name. */
function partsThere(request, { assets, fragments }) {
	if (fragments === null) return assets.flatMap(({ name }) => partOf(name) ?? []).sort();
	return ofSameRun(fragments, request).filter(({ files }) => files.every((entry) => holds(named(assets, entry.file), entry))).map(({ part }) => part).sort();
}
// src/publish/put.ts
/** As many as browsers open to one host; more only make GitHub's secondary limit likelier. */
const atOnce = 4;
/**
* Makes each of them an asset, four at once. All are tried: what arrives is used by the next look, or the next run.
*
* @throws LookAgain
*/
async function putAll(puts, release, session) {
	await allOf(puts, (put) => putOne(put, release, session));
}
/**
* An asset with other bytes is replaced by new ones that arrived whole under another name. Deleting the old one by its
* id is the compare-and-swap that GitHub does not have otherwise: of several jobs one is told that it did it.
*/
async function putOne(put, release, session) {
	const { name, old } = put;
	if (isPluginFile(name) && !session.sent.has(name)) session.sent.set(name, old === null ? "uploaded" : "replaced");
	if (old === null && put.waiting === null) return void await send(name, put, {
		release,
		session
	});
	const next = put.waiting ?? await send(waitingName(name, put.sha256), put, {
		release,
		session
	});
	if (old !== null) {
		valueOf(await session.api.deleteAsset(old.id));
		session.arrived.delete(old.id);
	}
	valueOf(await session.api.rename(next.id, name));
	session.arrived.set(next.id, {
		name,
		release: release.id
	});
}
async function send(name, put, { release, session }) {
	const { api, texts } = session;
	const asset = arrivedOf(await api.upload(release, {
		name,
		content: put.content
	}), {
		name,
		release,
		session
	});
	await requireArrived(asset, {
		size: put.size,
		digest: `sha256:${put.sha256}`
	}, session);
	if (put.content.kind === "bytes") texts.set(asset.id, put.content.bytes);
	return asset;
}
/**
* What was uploaded; also keeps in mind what became of it.
*
* @throws LookAgain
*/
function arrivedOf(write, { name, release, session }) {
	if (write.kind === "unsure") session.failed.add(name);
	const asset = valueOf(write);
	session.failed.delete(name);
	session.arrived.set(asset.id, {
		name,
		release: release.id
	});
	return asset;
}
/**
* What arrived must be what was sent; where GitHub names no digest the next look finds it out.
*
* @throws LookAgain
*/
async function requireArrived({ id, name, size, digest }, sent, session) {
	const isSame = digest === null || sent.digest === null || digest === sent.digest;
	if (size === sent.size && isSame) return;
	await remove({ id }, session);
	throw new require_failures.LookAgain(require_failures.damaged(name));
}
/**
* Deletes an asset, if nobody else did.
*
* @throws LookAgain where the release takes no changes any more
*/
async function remove({ id }, { api, arrived }) {
	const write = await api.deleteAsset(id);
	if (write.kind !== "gone") valueOf(write);
	arrived.delete(id);
}
/**
* What was written.
*
* @throws LookAgain where it may not be so
*/
function valueOf(write) {
	if (write.kind === "done") return write.value;
	throw new require_failures.LookAgain("failure" in write ? write.failure : null);
}
/** Does all of them, four at once, and throws the worst of their errors only when the last one has ended. */
async function allOf(items, work) {
	const limit = require_check.pLimit(atOnce);
	const errors = (await Promise.allSettled(items.map((item) => limit(work, item)))).flatMap((result) => result.status === "rejected" ? [result.reason] : []);
	const isAgain = (error) => error instanceof require_failures.LookAgain;
	const worst = errors.find((error) => !isAgain(error)) ?? errors.find((error) => isAgain(error) && error.failure !== null) ?? errors[0];
	if (errors.length > 0) throw worst;
}
// src/publish/drafts.ts
/** At the end of the title of a draft that is being given up: nobody may rely on what is in it. */
const closing = " (duplicate, being removed)";
/** The same once everything in it is in the release that counts. */
const moved = " (duplicate, can be deleted)";
/** The title that a release had before it was given up. */
function openName(name) {
	const end = [closing, moved].find((each) => name.endsWith(each)) ?? "";
	return name.slice(0, name.length - end.length);
}
function isClosed({ draft, name }) {
	return draft && openName(name) !== name;
}
/** Whether nothing is in it that would be missed. */
function isMoved({ draft, name }) {
	return draft && name.endsWith(moved);
}
/**
* Of several releases of one tag the one that counts: the published one, else the draft with the lowest id. Everybody
* chooses the same, once the lists show the same. A draft with somebody's own text is never given up.
*/
function chooseRelease(releases) {
	const [release = null] = [...releases.filter((release) => !isClosed(release))].sort((a, b) => Number(a.draft) - Number(b.draft) || a.id - b.id);
	return {
		release,
		others: releases.filter(({ id, draft, body }) => draft && isOurs(body) && id !== release?.id)
	};
}
/**
* Gives up the other drafts. Each is closed first, then its assets are read and moved: a job that finds its files in a
* draft, and after that the draft open, knows that they are moved with it. It stays as it is until it can be deleted
* safely: a job that saw it open may be about to publish it, and then it counts.
*
* @throws LookAgain
*/
async function mergeDrafts(others, seen, session) {
	const { release } = seen;
	for (const other of others) {
		if (!isClosed(other)) await retitle(other, closing, session);
		if (isWanted(release, session.job)) {
			await moveAssets(other, seen, session);
			await requireOpen(release, session);
			await retitle(other, moved, session);
		}
		session.merged.set(other.id, release.id);
	}
}
/**
* Deletes drafts that were given up. Where the tag has its published release by now, GitHub refuses to publish another
* one; else nothing but a person publishes them between the look and the deletion.
*
* @throws LookAgain
*/
async function dropDrafts(drafts, { api, made }) {
	for (const { id } of drafts) {
		const now = await api.release(id);
		if (now !== null && !isClosed(now)) throw new require_failures.LookAgain();
		await api.deleteRelease(id);
		made.delete(id);
	}
}
/**
* What was seen in a draft counts only if it is still open afterwards.
*
* @throws LookAgain
*/
async function requireOpen({ id, draft }, { api }) {
	const now = await api.release(id);
	if (now === null || isClosed(now) || now.draft !== draft) throw new require_failures.LookAgain();
}
/** Says what becomes of a draft; not of one that somebody published meanwhile: then that one counts. */
async function retitle({ id, tag, name }, end, { api }) {
	const open = openName(name);
	if (valueOf(await api.update(id, {
		tag,
		name: `${open}${end}`
	})).draft) return;
	await api.update(id, {
		tag,
		name: open
	});
	throw new require_failures.LookAgain();
}
async function moveAssets(from, seen, session) {
	const { api, job } = session;
	const moves = movesOf(await api.assets(from.id) ?? [], {
		seen,
		job
	});
	const blocking = moves.flatMap(({ blocking }) => blocking ?? []);
	if (blocking.some(({ id }) => !seen.broken.has(id))) throw new require_failures.LookAgain();
	await allOf(blocking, (asset) => remove(asset, session));
	const copy = async ({ asset, name }) => {
		const write = await api.copy(asset, seen.release, name);
		if (write.kind === "conflict") return;
		await requireArrived(arrivedOf(write, {
			name,
			release: seen.release,
			session
		}), asset, session);
	};
	const [plain, parts, indexes] = [
		moves.filter(({ asset }) => !isIndex(asset.name) && partOf(asset.name) === null),
		moves.filter(({ asset }) => partOf(asset.name) !== null),
		moves.filter(({ asset }) => isIndex(asset.name))
	];
	await allOf(plain, copy);
	await moveParts(parts, seen, session);
	await allOf(indexes, copy);
}
/** Once somebody saw all parts they are cleaned up: none may come late, so they are at hand when that is looked up. */
async function moveParts(moves, { release, indexes }, session) {
	if (moves.length === 0) return;
	const { api } = session;
	const texts = await Promise.all(moves.map(({ asset }) => api.read(asset)));
	const now = await api.assets(release.id) ?? [];
	if (indexes.length === 0 && now.some(({ name }) => isIndex(name))) throw new require_failures.LookAgain();
	await allOf([...moves.entries()], async ([at, { asset, name }]) => {
		const bytes = texts[at];
		if (bytes == null || named(now, name) !== void 0) return;
		const write = await api.upload(release, {
			name,
			content: {
				kind: "bytes",
				bytes
			}
		});
		if (write.kind === "conflict") return;
		await requireArrived(arrivedOf(write, {
			name,
			release,
			session
		}), asset, session);
	});
}
/** What other jobs brought; to a published release a job alone adds nothing but its own. */
function isWanted({ draft, immutable }, { part }) {
	return draft || part !== null && !immutable;
}
/** What the release does not have; this job's own files it has at hand, and checksums.txt is made anew. */
function movesOf(moving, { seen, job }) {
	const own = new Set(job.files.map(({ name }) => name));
	if (job.part !== null) own.add(fragmentName(job.part.name));
	const isWhole = sawAllParts(job, seen);
	return moving.flatMap((asset) => {
		if (asset.state === "starter" || isChecksums(asset.name) || own.has(asset.name)) return [];
		if (isWhole && partOf(asset.name) !== null) return [];
		const name = asset.name === "gotify-plugin.json" ? waitingName(indexName, hashOf(asset)) : asset.name;
		const there = named(seen.assets, name);
		return there?.state === "uploaded" ? [] : [{
			asset,
			name,
			blocking: there ?? null
		}];
	});
}
/** Tells apart what waits for the same name. */
function hashOf(asset) {
	return sha256Of(asset) ?? asset.id.toString(16).padStart(16, "0");
}
// src/publish/starters.ts
/** Our texts are far smaller. */
const largestText = 2 ** 20;
/** For what a server still does when its client has given up, and for dates that are in whole seconds. */
const marginMs = 3e4;
/**
* Ids of the starters that nobody is sending any more: those that this run's own failed uploads left, and those that began
* longer ago than an upload may take. Any other may be under way, in another job.
*/
function brokenStarters(assets, session) {
	const { starters, failed, left } = session;
	for (const { id, name, state } of assets) {
		if (state === "starter" && failed.has(name) && !starters.has(id)) left.add(id);
		if (state === "uploaded" || left.has(id)) failed.delete(name);
	}
	const seen = assets.filter(({ state }) => state === "starter");
	for (const { id } of seen) starters.add(id);
	const longest = Math.max(0, ...[...session.job.files, ...assets].map(({ size }) => size));
	const isOver = ({ name, ageMs }) => {
		const isText = !isPluginFile(waitsFor(name) ?? name);
		return ageMs > require_upload_time.uploadMs(isText ? largestText : longest) + marginMs;
	};
	return new Set(seen.filter((asset) => left.has(asset.id) || isOver(asset)).map(({ id }) => id));
}
// src/publish/look.ts
/**
* Looks at what lies at GitHub for the tag.
*
* @throws LookAgain where it changes meanwhile
*/
async function look(session) {
	const { api, job, last } = session;
	const [listed, early] = await Promise.all([api.releasesOf(job.tag), last === null ? null : api.assets(last.id)]);
	const choice = chooseRelease(await withMade(listed, session));
	const { release } = choice;
	session.last = release;
	if (release === null) return {
		kind: "none",
		others: choice.others
	};
	const shown = last?.id === release.id ? early : await api.assets(release.id);
	if (shown === null) throw new require_failures.LookAgain();
	const assets = await withArrived(shown, release, session);
	const { made, tagCommit, taken } = session;
	const isSpent = (other) => isMoved(other) || session.merged.get(other.id) === release.id;
	return {
		kind: "release",
		seen: {
			release,
			others: choice.others.filter((other) => !isSpent(other)),
			spent: choice.others.filter(isSpent),
			made,
			tagCommit,
			taken,
			...await examine(release, assets, session)
		}
	};
}
/** A list that was made a moment after a release may not have it. */
async function withMade(listed, session) {
	const { made, api } = session;
	const all = [...listed];
	for (const id of [...made].filter((each) => listed.every((release) => release.id !== each))) {
		const release = await api.release(id);
		if (release === null) made.delete(id);
		else all.push(release);
	}
	session.isListed = all.length === listed.length;
	return all;
}
/** Nor may a list of assets have what was sent a moment ago. */
async function withArrived(listed, release, session) {
	const { arrived, taken, api } = session;
	const all = [...listed];
	for (const [id, { name, release: to }] of arrived) {
		if (to !== release.id || listed.some((asset) => asset.id === id)) continue;
		const asset = await api.asset(id);
		if (asset === null) {
			arrived.delete(id);
			taken.add(name);
		} else all.push(asset);
	}
	session.isListed &&= all.length === listed.length;
	return all;
}
async function examine(release, listed, session) {
	const broken = brokenStarters(listed, session);
	const assets = await Promise.all(listed.map((asset) => withDigest(asset, session)));
	const whole = assets.filter(({ state }) => state === "uploaded");
	const [indexes, fragments, ownFragment, foreignChecksums] = await Promise.all([
		readIndexes(whole, session),
		fragmentsFor(release, whole, session),
		readOwnFragment(whole, session),
		readForeign(whole, session)
	]);
	return {
		assets,
		indexes,
		fragments,
		ownFragment,
		foreignChecksums,
		broken
	};
}
/** GitHub names no digest for assets from before June 2025, and other servers for none. */
async function withDigest(asset, { digests, api }) {
	const { id, name, state, digest } = asset;
	const matters = isPluginFile(name) || isIndex(name) || isChecksums(name) || isScaffold(name);
	if (digest !== null || state === "starter" || !matters) return asset;
	const sha256 = digests.get(id) ?? await api.sha256(asset);
	if (sha256 === null) throw new require_failures.LookAgain();
	digests.set(id, sha256);
	return {
		...asset,
		digest: `sha256:${sha256}`
	};
}
/** Of whole assets: gotify-plugin.json, and new ones that wait for its place. Throws LookAgain. */
async function readIndexes(whole, session) {
	const found = whole.filter(({ name }) => isIndex(name));
	return Promise.all(found.map(async (asset) => parseIndex(await read(asset, session), asset.name)));
}
/** One of several jobs needs them only when they may be all. */
async function fragmentsFor({ draft }, whole, session) {
	const { part } = session.job;
	const found = whole.filter(({ name }) => partOf(name) !== null);
	const mayBeAll = part === null || found.length >= part.of || whole.some(({ name }) => isIndex(name));
	return draft && !mayBeAll ? null : readFragments(whole, session);
}
/** Throws LookAgain. */
async function readFragments(whole, session) {
	const found = whole.filter(({ name }) => partOf(name) !== null);
	return Promise.all(found.map(async (asset) => parseFragment(await read(asset, session), asset.name)));
}
async function readOwnFragment(whole, session) {
	const { part } = session.job;
	const found = part === null ? void 0 : named(whole, fragmentName(part.name));
	return found === void 0 ? null : parseFragment(await read(found, session), found.name);
}
/** Lines of checksums.txt for files that are not ours. Throws LookAgain. */
async function readForeign(whole, session) {
	const plain = documentOf(checksumsName, checksumsText(whole, []));
	const found = whole.filter((asset) => isChecksums(asset.name) && !holds(asset, plain));
	return foreignLines((await Promise.all(found.map((asset) => read(asset, session)))).map((bytes) => Buffer.from(bytes).toString("utf8")));
}
async function read(asset, { texts, api }) {
	const bytes = texts.get(asset.id) ?? await api.read(asset);
	if (bytes === null) throw new require_failures.LookAgain();
	texts.set(asset.id, bytes);
	return bytes;
}
// src/publish/entries.ts
/** What is known of the assets: by this job, by gotify-plugin.json, and by the parts. What is added is so of known ones. */
function allEntries(job, { assets, indexes, fragments, tagCommit }) {
	const known = [...indexes, ...fragments ?? []].flatMap(({ files }) => files);
	const own = job.files.map((file) => entryOf(file, job.commit));
	const added = job.added.flatMap((each) => addedEntry(each, [...own, ...known]) ?? []);
	return mergeEntries([
		...own,
		...known,
		...added
	], assets, tagCommit);
}
/** Null: nobody knows anything else of these bytes. */
function addedEntry({ file, sha256, servers, compared }, known) {
	const entry = known.find((each) => each.file === file && each.sha256 === sha256);
	if (entry === void 0) return null;
	return {
		...entry,
		servers: [...servers],
		verdict: {
			kind: "loads",
			compared
		}
	};
}
/** What could not be added, as the file is gone or has other bytes by now. */
function notAdded(job, seen) {
	const entries = allEntries(job, seen);
	const isThere = ({ file, sha256 }) => entries.some((entry) => entry.file === file && entry.sha256 === sha256);
	return job.added.filter((each) => !isThere(each));
}
/** Whether something is known of a file that no list shows: it is gone, or the list is late. */
function hasUnlisted({ assets, indexes, fragments }) {
	const there = new Set(assets.map(({ name }) => waitsFor(name) ?? name));
	return [...indexes, ...fragments ?? []].some(({ files }) => files.some(({ file }) => !there.has(file)));
}
/** This job's files that are at the release with just their bytes. */
function presentFiles(job, { assets }) {
	return job.files.filter((file) => holds(named(assets, file.name), file)).map((file) => entryOf(file, job.commit));
}
// src/publish/puts.ts
/** Files that are not there, and those with other bytes as `on-existing` says. */
function putFiles(job, seen) {
	return putStep(job.files.flatMap((file) => {
		const old = whole(seen, file.name);
		if (old !== null && (holds(old, file) || onExisting(job, {
			seen,
			name: file.name
		}) === "skip")) return [];
		return [putOf({
			...file,
			content: {
				kind: "file",
				path: file.path
			}
		}, seen)];
	}), seen);
}
function onExisting(job, { seen, name }) {
	const rule = job.onExisting ?? (seen.release.draft ? "replace" : "fail");
	if (rule === "fail") throw require_failures.assetExists(name);
	return rule;
}
/** What this job knows of its files, for the job that sees all parts. */
function putFragment(job, seen) {
	const request = sharing(job, seen);
	if (request === null) return null;
	const own = fragmentOf(request, new Set(presentFiles(job, seen).map(({ file }) => file)));
	if (holds(named(seen.assets, own.name), own)) return null;
	const put = putStep([putDocument(own, seen)], seen);
	return put !== null && seen.taken.has(own.name) ? {
		kind: "doubt",
		then: put
	} : put;
}
/** checksums.txt and gotify-plugin.json, as all that is known makes them. */
function putTexts(job, seen) {
	return putStep([documentOf(checksumsName, checksumsText(seen.assets, seen.foreignChecksums)), documentOf(indexName, indexText(job, {
		runs: wholeRuns(job, seen),
		files: allEntries(job, seen)
	}))].filter((text) => text.size > 0 && !holds(named(seen.assets, text.name), text)).map((text) => putDocument(text, seen)), seen);
}
/**
* What is in the way has to go before a name can be used; where that may be somebody's upload of just now, the others are
* sent first.
*/
function putStep(puts, seen) {
	if (puts.length === 0) return null;
	const removal = removeStep(puts.flatMap((put) => blockersOf(put, seen)), seen);
	if (removal?.kind === "remove") return removal;
	const free = puts.filter((put) => blockersOf(put, seen).length === 0);
	return free.length > 0 ? {
		kind: "put",
		puts: free
	} : removal;
}
/** Uploads under the file's names that are not whole, and waiting bytes that are others than their name says. */
function blockersOf({ name, sha256, waiting }, { assets }) {
	const waits = waitingName(name, sha256);
	return assets.filter((asset) => asset.name === waits ? waiting === null : asset.name === name && asset.state === "starter");
}
/** Removes what nobody is sending any more; where that is none of it, waits for who is. Null: there is nothing. */
function removeStep(assets, { broken }) {
	if (assets.length === 0) return null;
	const idle = assets.filter(({ id, state }) => state === "uploaded" || broken.has(id));
	return idle.length > 0 ? {
		kind: "remove",
		assets: idle
	} : {
		kind: "hold",
		assets
	};
}
function putDocument(document, seen) {
	return putOf({
		...document,
		content: {
			kind: "bytes",
			bytes: document.bytes
		}
	}, seen);
}
function putOf(what, seen) {
	const { name, content, size, sha256 } = what;
	const waiting = named(seen.assets, waitingName(name, sha256));
	const isThere = waiting !== void 0 && holds(waiting, what);
	return {
		name,
		content,
		size,
		sha256,
		old: whole(seen, name),
		waiting: isThere ? waiting : null
	};
}
function whole({ assets }, name) {
	const asset = named(assets, name);
	return asset?.state === "uploaded" ? asset : null;
}
// src/publish/ending.ts
/**
* The part of the text that is ours; while the parts are known that say what is missing. And the title, where a job that
* gave the draft up, which another one published, did not come to put it right.
*/
function edit(job, seen) {
	const { release, fragments } = seen;
	const body = release.draft && !job.draft && (fragments ?? []).length === 0 ? release.body : newBody(job, seen);
	const name = release.draft ? release.name : openName(release.name);
	if (body === release.body && name === release.name) return null;
	return {
		kind: "edit",
		change: {
			tag: release.tag,
			...body === release.body ? {} : { body },
			...name === release.name ? {} : { name }
		}
	};
}
function newBody(job, seen) {
	if (!job.notes) return seen.release.body;
	const left = [...job.left, ...(seen.fragments ?? []).flatMap((fragment) => fragment.left)];
	return withNotes(seen.release.body, {
		files: allEntries(job, seen),
		left
	});
}
/** What the work left: all of it says nothing now that gotify-plugin.json does not say. */
function clean(job, seen) {
	const { release, assets } = seen;
	if (release.immutable) return null;
	const own = /* @__PURE__ */ new Set([
		...job.files.map(({ name }) => name),
		checksumsName,
		indexName
	]);
	const isLeft = ({ name, state }) => {
		if (state === "uploaded" && !isScaffold(name)) return false;
		return partOf(name) !== null || own.has(waitsFor(name) ?? name) || release.draft && (isScaffold(name) || isPluginFile(name));
	};
	return removeStep(assets.filter(isLeft), seen);
}
/**
* What an earlier run left in the draft must be of the tag's commit too; where no commit is known nobody can tell.
*
* @throws Failure (input) `other-commit`
*/
function requireOneCommit(job, seen) {
	const { release, tagCommit } = seen;
	const others = allEntries(job, seen).filter(({ commit }) => commit !== null && commit !== tagCommit);
	if (tagCommit === null || others.length === 0) return;
	const names = others.map(({ file, commit }) => `${file} of the draft was built from ${String(commit)}`);
	throw require_failures.otherCommit({
		tag: release.tag,
		is: tagCommit,
		built: require_check.namesText(names, 10),
		remedy: "Delete them from the draft, or build them again from the commit of the tag."
	});
}
/** The release for all to see. */
function publish(job, seen) {
	const { release } = seen;
	if (!release.draft || job.draft) return null;
	requireOneCommit(job, seen);
	const body = newBody(job, seen);
	const prerelease = isOurs(release.body) ? job.prerelease : release.prerelease;
	const makeLatest = prerelease ? null : job.makeLatest;
	return {
		kind: "publish",
		change: {
			tag: release.tag,
			draft: false,
			...body === release.body ? {} : { body },
			...isOurs(release.body) ? {
				name: release.name,
				prerelease
			} : {},
			...makeLatest === null ? {} : { makeLatest }
		}
	};
}
// src/publish/next-step.ts
/**
* Decides what comes next from what lies at GitHub alone, so that a run that was broken off at any point is continued by
* the next one, and jobs that work at once agree. The order of the rules is the protocol: docs/publishing.md.
*
* @throws Failure (input) `asset-exists`, `parts-differ`, `same-part`, `other-commit`
*/
function nextStep(job, state) {
	if (state.kind === "none") return { kind: "make" };
	const { seen } = state;
	requireOwnPart(job, seen);
	const own = mergeOwn(seen) ?? putFiles(job, seen) ?? putFragment(job, seen);
	if (own !== null) return unlessTooLate(own, seen.release);
	const rest = mergeOthers(seen) ?? waitForParts(job, seen) ?? finish(job, seen);
	return isAnothers(job, seen) && needsOne(rest) ? {
		kind: "yield",
		then: rest
	} : rest;
}
/** The drafts that this run made: it has what is in them at hand. */
function mergeOwn({ others, made }) {
	const own = others.filter(({ id }) => made.has(id));
	return own.length === 0 ? null : {
		kind: "merge",
		others: own
	};
}
function mergeOthers({ others }) {
	return others.length === 0 ? null : {
		kind: "merge",
		others
	};
}
/** What is left to do once all files are there. */
function finish(job, seen) {
	const texts = putTexts(job, seen);
	if (texts !== null) {
		const step = unlessTooLate(texts, seen.release);
		return hasUnlisted(seen) ? {
			kind: "doubt",
			then: step
		} : step;
	}
	return edit(job, seen) ?? clean(job, seen) ?? publish(job, seen) ?? drop(seen) ?? { kind: "done" };
}
/** Comes after publishing: until then a job that does not see the release that counts may publish one of them. */
function drop({ spent }) {
	return spent.length === 0 ? null : {
		kind: "drop",
		drafts: spent
	};
}
/**
* Whether one of several jobs leaves the rest to another one: to that whose fragment came last. All could do it, but
* GitHub does not like many writes at once.
*/
function isAnothers({ part }, { release, assets }) {
	if (part === null || !release.draft) return false;
	return assets.filter(({ name }) => partOf(name) !== null).sort((a, b) => b.id - a.id)[0]?.name !== fragmentName(part.name);
}
function needsOne({ kind }) {
	return kind !== "done" && kind !== "wait";
}
function unlessTooLate(step, release) {
	if (!release.immutable) return step;
	const names = step.kind === "put" ? step.puts : step.kind === "remove" || step.kind === "hold" ? step.assets : [];
	if (names.length === 0) return step;
	return {
		kind: "too-late",
		names: names.map(({ name }) => name)
	};
}
Object.defineProperty(exports, "allEntries", {
	enumerable: true,
	get: function() {
		return allEntries;
	}
});
Object.defineProperty(exports, "allOf", {
	enumerable: true,
	get: function() {
		return allOf;
	}
});
Object.defineProperty(exports, "chooseRelease", {
	enumerable: true,
	get: function() {
		return chooseRelease;
	}
});
Object.defineProperty(exports, "dropDrafts", {
	enumerable: true,
	get: function() {
		return dropDrafts;
	}
});
Object.defineProperty(exports, "emptyNotes", {
	enumerable: true,
	get: function() {
		return emptyNotes;
	}
});
Object.defineProperty(exports, "holds", {
	enumerable: true,
	get: function() {
		return holds;
	}
});
Object.defineProperty(exports, "isChecksums", {
	enumerable: true,
	get: function() {
		return isChecksums;
	}
});
Object.defineProperty(exports, "isIndex", {
	enumerable: true,
	get: function() {
		return isIndex;
	}
});
Object.defineProperty(exports, "isPluginFile", {
	enumerable: true,
	get: function() {
		return isPluginFile;
	}
});
Object.defineProperty(exports, "isScaffold", {
	enumerable: true,
	get: function() {
		return isScaffold;
	}
});
Object.defineProperty(exports, "look", {
	enumerable: true,
	get: function() {
		return look;
	}
});
Object.defineProperty(exports, "mergeDrafts", {
	enumerable: true,
	get: function() {
		return mergeDrafts;
	}
});
Object.defineProperty(exports, "named", {
	enumerable: true,
	get: function() {
		return named;
	}
});
Object.defineProperty(exports, "nextStep", {
	enumerable: true,
	get: function() {
		return nextStep;
	}
});
Object.defineProperty(exports, "notAdded", {
	enumerable: true,
	get: function() {
		return notAdded;
	}
});
Object.defineProperty(exports, "pluginAssets", {
	enumerable: true,
	get: function() {
		return pluginAssets;
	}
});
Object.defineProperty(exports, "putAll", {
	enumerable: true,
	get: function() {
		return putAll;
	}
});
Object.defineProperty(exports, "readForeign", {
	enumerable: true,
	get: function() {
		return readForeign;
	}
});
Object.defineProperty(exports, "readFragments", {
	enumerable: true,
	get: function() {
		return readFragments;
	}
});
Object.defineProperty(exports, "readIndexes", {
	enumerable: true,
	get: function() {
		return readIndexes;
	}
});
Object.defineProperty(exports, "remove", {
	enumerable: true,
	get: function() {
		return remove;
	}
});
Object.defineProperty(exports, "requireOpen", {
	enumerable: true,
	get: function() {
		return requireOpen;
	}
});
Object.defineProperty(exports, "valueOf", {
	enumerable: true,
	get: function() {
		return valueOf;
	}
});
