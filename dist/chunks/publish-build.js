import { B as worstExitCode, L as Failure, R as exitCodeOf, _ as reportedFailure, b as targetNames, m as asFailure } from "./start.js";
import { i as uploaderOf, r as partsOf, t as digestOf } from "./uploader.js";
import { It as nullable, Kt as string, Qt as reportPath, Rt as number, Vt as picklist, Yt as pLimit, kt as array, vn as isDelivered, yn as outcomeOf, zt as object } from "./job.js";
import { a as noSuchTag, c as tooLate, i as damaged, l as unsettled, n as assetExists, r as badPartName, s as sameName, t as LookAgain } from "./failures.js";
import { _ as isScaffold, a as parseAsset, b as waitsFor, c as foreignLines, d as checksumsName, f as fragmentName, g as isPluginFile, h as isIndex, i as mergeEntries, l as pluginAssets, m as isChecksums, n as indexShape, o as parseIndex, p as indexName, r as indexText, s as checksumsText, t as entryOf, u as sha256Of, v as partOf, y as waitingName } from "./index-file.js";
import { t as createHash } from "./lean_node_crypto.js";
import { a as words, i as table, t as code } from "./markdown.js";
import { basename } from "node:path";
// src/publish/artifact-plan.ts
/**
* Which artifacts a run uploads: one for all files or one for each target, and one for what was rejected.
*
* GitHub takes a name once in a run, so that its jobs need different ones; a rerun needs the same, to replace its own.
* Neither an attempt's number nor a random part can be in it therefore. The name is `<plugin>-plugins-<job>`; a job that
* has a matrix or sets inputs gets eight digits of a hash of those behind it, which differ where the jobs do. (What was
* built is no good: `latest` may mean another server in the rerun.) A name that the user gives is taken as it is.
*
* @throws Failure (input) `artifact-name` for a name that GitHub refuses
*/
function planArtifacts(request) {
	const { layout, files, rejected, report, retentionDays } = request;
	const base = baseName(request);
	const artifact = (name, content) => ({
		name,
		files: [...content.map(({ path }) => path), ...report === null ? [] : [report]],
		uploader: uploaderOf(request),
		retentionDays
	});
	const targets = [...new Set(files.map(({ target }) => target))];
	const whole = files.length === 0 ? [] : [artifact(base, files)];
	return [...layout === "single" ? whole : targets.map((target) => artifact(`${base}-${target}`, files.filter((file) => file.target === target))), ...rejected.length === 0 ? [] : [artifact(`${base}-rejected`, rejected)]];
}
function baseName({ name, plugin, job, apart }) {
	if (name !== null) return checkedName(name);
	const own = [
		plugin,
		"plugins",
		...job === "" ? [] : [job]
	].map((part) => part.replace(/[^\w.-]+/g, "-"));
	const parts = partsOf(apart);
	return [...own, ...parts.length === 0 ? [] : [digestOf(parts).slice(0, 8)]].join("-");
}
/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkedName(name) {
	const wrong = /[\p{Cc}":<>|*?\\/]/u.exec(name)?.[0];
	if (name.trim() !== "" && wrong === void 0) return name;
	const what = wrong === void 0 ? "is empty" : `contains ${JSON.stringify(wrong)}`;
	throw new Failure("input", {
		code: "artifact-name",
		what: `the name of the artifact ${what}`,
		remedy: "Write one without \" : < > | * ? \\ / and line ends.",
		where: {
			kind: "input",
			input: "artifact-name"
		}
	});
}
// src/pipeline/plugin-files.ts
/** The files that load in every server of their group, with all servers that they were proven for. Pure. */
function publishable(groups) {
	return {
		files: groups.flatMap((group) => group.targets.flatMap((target) => target.kind === "built" && outcomeOf(target) === "loads" ? [pluginFile(target, group, groups)] : [])),
		left: groups.flatMap((group) => group.targets.filter((target) => outcomeOf(target) !== "loads" || isOrphan(target, groups)).map((target) => leftOut(target, group)))
	};
}
/** Whether it is covered by a file that is not published itself. */
function isOrphan(target, groups) {
	if (target.kind !== "covered") return false;
	return !groups.filter(({ version }) => version === target.by).flatMap(({ targets }) => targets).some((file) => file.kind === "built" && file.target === target.target && outcomeOf(file) === "loads");
}
function pluginFile(built, group, groups) {
	const verdicts = [built, ...groups.flatMap(({ targets }) => targets.filter((target) => target.kind === "covered" && target.by === group.version && target.target === built.target && outcomeOf(target) === "loads"))].flatMap((target) => "verdicts" in target ? target.verdicts : []);
	const { file, size, sha256, target } = built;
	return {
		name: basename(file),
		path: file,
		size,
		sha256,
		target,
		servers: verdicts.map(({ server }) => server),
		goVersion: group.goVersion,
		modules: group.changes.flatMap(({ module, to }) => to === null || module === "go" || module === "toolchain" ? [] : [{
			path: module,
			version: to
		}]),
		compared: Math.min(...verdicts.map(({ verdict }) => verdict?.kind === "loads" ? verdict.compared : 0))
	};
}
function leftOut(target, { servers }) {
	const why = {
		failed: () => target.kind === "failed" ? `was not built: ${target.failure.what}` : "",
		skipped: () => "was not built, as another failed first",
		rejected: () => "would not load",
		undecided: () => "was built, and it could not be decided whether it loads",
		"not verified": () => "was built, and not proven",
		loads: () => target.kind === "covered" ? `would load the file for gotify ${target.by}, which is left out` : ""
	}[outcomeOf(target)]();
	return {
		target: target.target,
		servers,
		text: `${target.target} for gotify ${servers.join(", ")} ${why}`
	};
}
// src/publish/file.ts
/**
* A name that GitHub leaves as it is: it rewrites special characters and dots at the ends.
*
* @see https://docs.github.com/en/rest/releases/assets#upload-a-release-asset
*/
function assetName(file) {
	return file.replace(/[^A-Za-z0-9_-]+/g, ".").replace(/^\.|\.$/g, "");
}
// src/publish/document.ts
function documentOf(name, text) {
	const bytes = Buffer.from(text);
	return {
		name,
		bytes,
		size: bytes.length,
		sha256: createHash("sha256").update(bytes).digest("hex")
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
/**
* A release's text with the part between our markers replaced: which file is for which server and architecture, and
* what is missing. What the old text says is missing stays until it is there. A text without markers is somebody's
* own and stays as it is.
*/
function withNotes(body, { files, left }) {
	const block = blockIn(body);
	if (block === null) return body;
	const text = notesText(files, stillMissing([...left.map(missingOf), ...missingIn(block.text)], files));
	return `${body.slice(0, block.from)}${text}${body.slice(block.to)}`;
}
/** Whether the text is nothing but what we wrote: nobody loses anything with it. */
function isOurs(body) {
	const block = blockIn(body);
	return block !== null && `${body.slice(0, block.from)}${body.slice(block.to)}`.trim() === "";
}
function notesText(files, missing) {
	const rows = files.map(({ file, servers, target }) => [
		code(file),
		servers.map((server) => words(server)).join(", "),
		words(target)
	]);
	const lines = missing.map(({ line, target, servers }) => `- ${line} <!-- ${target} ${servers.join(" ")} -->`);
	const rest = lines.length === 0 ? [] : ["Not everything that was asked for is here:", lines.join("\n")];
	return [
		begin,
		table([
			"file",
			"gotify",
			"architecture"
		], rows),
		...rest,
		end
	].join("\n\n");
}
function missingOf({ target, servers, text }) {
	return {
		target,
		servers: servers.map((server) => server.replace(/[^\w.+-]|--+/g, "_")),
		line: words(text)
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
	if (old === null && put.waiting === null) return void await send$1(name, put, {
		release,
		session
	});
	const next = put.waiting ?? await send$1(waitingName(name, put.sha256), put, {
		release,
		session
	});
	if (old !== null && !await session.api.deleteAsset(old.id)) throw new LookAgain();
	valueOf(await session.api.rename(next.id, name));
}
async function send$1(name, put, { release, session }) {
	const { api, texts } = session;
	const asset = valueOf(await api.upload(release, {
		name,
		content: put.content
	}));
	await requireArrived(asset, {
		size: put.size,
		digest: `sha256:${put.sha256}`
	}, api);
	if (put.content.kind === "bytes") texts.set(asset.id, put.content.bytes);
	return asset;
}
/**
* What arrived must be what was sent; where GitHub names no digest the next look finds it out.
*
* @throws LookAgain
*/
async function requireArrived({ id, name, size, digest }, sent, api) {
	const isSame = digest === null || sent.digest === null || digest === sent.digest;
	if (size === sent.size && isSame) return;
	await api.deleteAsset(id);
	throw new LookAgain(damaged(name));
}
/**
* What was written.
*
* @throws LookAgain where it may not be so
*/
function valueOf(write) {
	if (write.kind === "done") return write.value;
	throw new LookAgain(write.kind === "unsure" ? write.failure : null);
}
/** Does all of them, four at once, and throws the worst of their errors only when the last one has ended. */
async function allOf(items, work) {
	const limit = pLimit(atOnce);
	const errors = (await Promise.allSettled(items.map((item) => limit(work, item)))).flatMap((result) => result.status === "rejected" ? [result.reason] : []);
	const isAgain = (error) => error instanceof LookAgain;
	const worst = errors.find((error) => !isAgain(error)) ?? errors.find((error) => isAgain(error) && error.failure !== null) ?? errors[0];
	if (errors.length > 0) throw worst;
}
// src/publish/drafts.ts
/** The title of a draft that is being given up: nobody may rely on what is in it. */
function closedName(tag) {
	return `${tag} (duplicate, being removed)`;
}
function isClosed({ draft, name, tag }) {
	return draft && name === closedName(tag);
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
* Gives up the other drafts. Each is closed first, then its assets are read and moved, then it is deleted: a job that
* finds its files in a draft, and after that the draft open, knows that they are moved with it.
*
* @throws LookAgain
*/
async function mergeDrafts(others, seen, session) {
	for (const other of others) {
		if (!isClosed(other)) await close(other, session);
		if (isWanted(seen.release, session.job)) await moveAssets(other, seen, session);
		await requireOpen(seen.release, session);
		if ((await session.api.release(other.id))?.draft === false) throw new LookAgain();
		await session.api.deleteRelease(other.id);
		session.made.delete(other.id);
	}
}
/**
* What was seen in a draft counts only if it is still open afterwards.
*
* @throws LookAgain
*/
async function requireOpen({ id, draft }, { api }) {
	const now = await api.release(id);
	if (now === null || isClosed(now) || now.draft !== draft) throw new LookAgain();
}
async function close({ id, tag, name }, { api }) {
	if (valueOf(await api.update(id, { name: closedName(tag) })).draft) return;
	await api.update(id, { name });
	throw new LookAgain();
}
async function moveAssets(from, seen, session) {
	const { api, job } = session;
	const moves = movesOf(await api.assets(from.id) ?? [], {
		seen,
		job
	});
	const blocking = moves.flatMap(({ blocking }) => blocking ?? []);
	if (blocking.some(({ id }) => !seen.stale.has(id))) throw new LookAgain();
	await allOf(blocking, async ({ id }) => void await api.deleteAsset(id));
	const copy = async ({ asset, name }) => {
		const write = await api.copy(asset, seen.release, name);
		if (write.kind !== "conflict") await requireArrived(valueOf(write), asset, api);
	};
	await allOf(moves.filter(({ asset }) => !isIndex(asset.name)), copy);
	await allOf(moves.filter(({ asset }) => isIndex(asset.name)), copy);
}
/** What other jobs brought; to a published release a job alone adds nothing but its own. */
function isWanted({ draft, immutable }, { part }) {
	return draft || part !== null && !immutable;
}
/** What the release does not have; this job's own files it has at hand, and checksums.txt is made anew. */
function movesOf(moving, { seen, job }) {
	const own = new Set(job.files.map(({ name }) => name));
	if (job.part !== null) own.add(fragmentName(job.part.name));
	return moving.flatMap((asset) => {
		if (asset.state === "starter" || isChecksums(asset.name) || own.has(asset.name)) return [];
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
// src/publish/fragment.ts
const Fragment = object({
	...indexShape,
	part: string(),
	of: number(),
	run: nullable(string()),
	left: array(object({
		target: picklist(targetNames),
		servers: array(string()),
		text: string()
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
		commit,
		plugin,
		part: part.name,
		of: part.of,
		run: part.run,
		files: files.filter(({ name }) => names.has(name)).map(entryOf),
		left: left.map(({ target, servers, text }) => ({
			target,
			servers: [...servers],
			text
		}))
	};
	return documentOf(fragmentName(part.name), `${JSON.stringify(fragment, null, 2)}\n`);
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
	throw new Failure("input", {
		code: "parts-differ",
		what: `this job says that ${String(part.of)} jobs share the release, and the part ${other.part} says ${String(other.of)}`,
		remedy: "Give every job of the matrix the same number of parts.",
		where: {
			kind: "input",
			input: "parts"
		}
	});
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
	const { release, others } = chooseRelease(await withMade(listed, session));
	session.last = release;
	if (release === null) return {
		kind: "none",
		others
	};
	const assets = last?.id === release.id ? early : await api.assets(release.id);
	if (assets === null) throw new LookAgain();
	return {
		kind: "release",
		seen: {
			release,
			others,
			made: session.made,
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
async function examine(release, listed, session) {
	const stale = new Set(session.starters);
	for (const { id, state } of listed) if (state === "starter") session.starters.add(id);
	const assets = await Promise.all(listed.map((asset) => withDigest(asset, session)));
	const whole = assets.filter(({ state }) => state === "uploaded");
	const [indexes, fragments, foreignChecksums] = await Promise.all([
		readIndexes(whole, session),
		readFragments(release, whole, session),
		readForeign(whole, session)
	]);
	return {
		assets,
		indexes,
		fragments,
		foreignChecksums,
		stale
	};
}
/** GitHub names no digest for assets from before June 2025, and other servers for none. */
async function withDigest(asset, { digests, api }) {
	const { id, name, state, digest } = asset;
	const matters = isPluginFile(name) || isIndex(name) || isChecksums(name) || isScaffold(name);
	if (digest !== null || state === "starter" || !matters) return asset;
	const sha256 = digests.get(id) ?? await api.sha256(asset);
	if (sha256 === null) throw new LookAgain();
	digests.set(id, sha256);
	return {
		...asset,
		digest: `sha256:${sha256}`
	};
}
async function readIndexes(whole, session) {
	const found = whole.filter(({ name }) => isIndex(name));
	return Promise.all(found.map(async (asset) => parseIndex(await read(asset, session), asset.name)));
}
/** One of several jobs needs them only when they may be all. */
async function readFragments({ draft }, whole, session) {
	const { part } = session.job;
	const found = whole.filter(({ name }) => partOf(name) !== null);
	const mayBeAll = part === null || found.length >= part.of || whole.some(({ name }) => isIndex(name));
	if (draft && !mayBeAll) return null;
	return Promise.all(found.map(async (asset) => parseFragment(await read(asset, session), asset.name)));
}
async function readForeign(whole, session) {
	const plain = documentOf(checksumsName, checksumsText(whole, []));
	const found = whole.filter((asset) => isChecksums(asset.name) && !holds(asset, plain));
	const texts = await Promise.all(found.map((asset) => read(asset, session)));
	return foreignLines(texts.map((bytes) => Buffer.from(bytes).toString("utf8")));
}
async function read(asset, { texts, api }) {
	const bytes = texts.get(asset.id) ?? await api.read(asset);
	if (bytes === null) throw new LookAgain();
	texts.set(asset.id, bytes);
	return bytes;
}
// src/publish/entries.ts
/** What is known of the assets: by this job, by gotify-plugin.json, and by the parts. */
function allEntries(job, { assets, indexes, fragments }) {
	const known = [...indexes, ...fragments ?? []].flatMap(({ files }) => files);
	return mergeEntries([...job.files.map(entryOf), ...known], assets);
}
/** This job's files that are at the release with just their bytes. */
function presentFiles(job, { assets }) {
	return job.files.filter((file) => holds(named(assets, file.name), file)).map(entryOf);
}
// src/publish/perform.ts
/** How often a job looks again for what others may be about to do, and while its own draft is not seen by others. */
const patience = 3;
const longPatience = 12;
/**
* Does a step. Gives whether it was the last one.
*
* @throws LookAgain
*/
async function perform(step, state, session) {
	if (state.kind === "none") return make(state.others.length, session);
	const { api } = session;
	const { release } = state.seen;
	switch (step.kind) {
		case "make":
		case "hold": throw new LookAgain();
		case "yield":
			session.tries.yields += 1;
			if (session.tries.yields < patience) throw new LookAgain();
			return perform(step.then, state, session);
		case "merge":
			await mergeDrafts(step.others, state.seen, session);
			return false;
		case "put":
			await putAll(step.puts, release, session);
			return false;
		case "remove":
			await allOf(step.assets, async ({ id }) => void await api.deleteAsset(id));
			return false;
		case "publish":
			await requireOpen(release, session);
			valueOf(await api.update(release.id, step.change));
			return false;
		case "edit":
			valueOf(await api.update(release.id, step.change));
			return false;
		case "wait":
			expectMore(step.parts.length, session);
			await requireOpen(release, session);
			return true;
		case "done":
			if (release.draft) await requireOpen(release, session);
			return true;
	}
}
/** A draft, with our markers in its text. Where drafts are being given up, there is another one that will show. */
async function make(others, session) {
	const { api, job, tries } = session;
	if (others > 0 && tries.again < patience) throw new LookAgain();
	const { tag, prerelease } = job;
	const made = valueOf(await api.create({
		tag,
		name: tag,
		body: emptyNotes,
		prerelease
	}));
	session.made.add(made.id);
	session.last = made;
	return false;
}
/** Parts that come at the same moment may not see each other yet: then neither may be the one that ends it all. */
function expectMore(parts, { tries, isListed }) {
	if (parts > tries.parts) tries.waits = 0;
	tries.parts = parts;
	tries.waits += 1;
	if (tries.waits < (isListed ? patience : longPatience)) throw new LookAgain();
}
/** What came of it all. */
function outcome(step, seen, { job, sent }) {
	const { release, assets } = seen;
	const present = job.files.filter((file) => holds(named(assets, file.name), file)).map(({ name }) => name);
	const common = {
		release,
		uploaded: present.filter((name) => sent.get(name) === "uploaded"),
		replaced: present.filter((name) => sent.get(name) === "replaced"),
		same: present.filter((name) => !sent.has(name)),
		skipped: job.files.map(({ name }) => name).filter((name) => !present.includes(name))
	};
	if (step.kind === "wait") return {
		kind: "waiting",
		...common,
		parts: step.parts,
		of: job.part?.of ?? 1
	};
	const known = new Set(allEntries(job, seen).map(({ file }) => file));
	const unknown = pluginAssets(assets).map(({ name }) => name).filter((name) => !known.has(name));
	return {
		kind: release.draft ? "draft" : "published",
		...common,
		unknown
	};
}
// src/publish/session.ts
function newSession(job, api) {
	return {
		job,
		api,
		made: /* @__PURE__ */ new Set(),
		isListed: true,
		last: null,
		starters: /* @__PURE__ */ new Set(),
		texts: /* @__PURE__ */ new Map(),
		digests: /* @__PURE__ */ new Map(),
		sent: /* @__PURE__ */ new Map(),
		tries: {
			again: 0,
			failed: 0,
			parts: 0,
			waits: 0,
			yields: 0
		}
	};
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
/** Only a draft is shared by fragments; a published release, or a whole draft, is added to as by a job alone. */
function sharing(job, seen) {
	if (job.part === null || !seen.release.draft || isSealed(job, seen)) return null;
	return {
		...job,
		part: job.part
	};
}
/**
* Whether somebody saw all parts of this draft: only then gotify-plugin.json is written. One that does not know this
* job's files is of another run.
*/
function isSealed(job, seen) {
	if (seen.indexes.length === 0) return false;
	const known = seen.indexes.flatMap(({ files }) => files);
	return presentFiles(job, seen).every(({ file, sha256 }) => known.some((entry) => entry.file === file && entry.sha256 === sha256));
}
/** The parts whose files are all there, sorted by name. */
function partsThere(request, { assets, fragments }) {
	if (fragments === null) return assets.flatMap(({ name }) => partOf(name) ?? []).sort();
	return ofSameRun(fragments, request).filter(({ files }) => files.every((entry) => holds(named(assets, entry.file), entry))).map(({ part }) => part).sort();
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
	}), {
		seen,
		own: true
	});
}
function onExisting(job, { seen, name }) {
	const rule = job.onExisting ?? (seen.release.draft ? "replace" : "fail");
	if (rule === "fail") throw assetExists(name);
	return rule;
}
/** What this job knows of its files, for the job that sees all parts. */
function putFragment(job, seen) {
	const request = sharing(job, seen);
	if (request === null) return null;
	const own = fragmentOf(request, new Set(presentFiles(job, seen).map(({ file }) => file)));
	if (holds(named(seen.assets, own.name), own)) return null;
	return putStep([putDocument(own, seen)], {
		seen,
		own: true
	});
}
/** checksums.txt and gotify-plugin.json, as all that is known makes them. */
function putTexts(job, seen) {
	return putStep([documentOf(checksumsName, checksumsText(seen.assets, seen.foreignChecksums)), documentOf(indexName, indexText({
		...job,
		commit: commitOf(job, seen)
	}, allEntries(job, seen)))].filter((text) => text.size > 0 && !holds(named(seen.assets, text.name), text)).map((text) => putDocument(text, seen)), {
		seen,
		own: false
	});
}
function commitOf({ commit }, { indexes }) {
	return commit ?? indexes.find((index) => index.commit !== null)?.commit ?? null;
}
/** Broken uploads have to go before their names can be used. */
function putStep(puts, { seen, own }) {
	if (puts.length === 0) return null;
	const broken = puts.flatMap((put) => brokenOf(put, seen));
	if (broken.length === 0) return {
		kind: "put",
		puts
	};
	return own ? {
		kind: "remove",
		assets: broken
	} : removeStep(broken, seen);
}
/** Uploads under the file's names that broke off, and waiting bytes that are others than their name says. */
function brokenOf({ name, sha256, waiting }, { assets }) {
	const waits = waitingName(name, sha256);
	return assets.filter((asset) => asset.name === waits ? waiting === null : asset.name === name && asset.state === "starter");
}
/** Broken uploads that an earlier look did not show may be going on just now. */
function removeStep(assets, { stale }) {
	const busy = assets.filter(({ id, state }) => state === "starter" && !stale.has(id));
	return busy.length > 0 ? {
		kind: "hold",
		assets: busy
	} : {
		kind: "remove",
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
/** The part of the text that is ours; while the parts are known that say what is missing. */
function edit(job, seen) {
	const { release, fragments } = seen;
	const body = newBody(job, seen);
	const isLate = release.draft && !job.draft && (fragments ?? []).length === 0;
	return body === release.body || isLate ? null : {
		kind: "edit",
		change: { body }
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
	const left = assets.filter(isLeft);
	return left.length === 0 ? null : removeStep(left, seen);
}
/** The release for all to see. */
function publish(job, seen) {
	const { release } = seen;
	if (!release.draft || job.draft) return null;
	const body = newBody(job, seen);
	return {
		kind: "publish",
		change: {
			draft: false,
			...body === release.body ? {} : { body },
			...isOurs(release.body) ? { prerelease: job.prerelease } : {},
			...job.makeLatest === null ? {} : { makeLatest: job.makeLatest }
		}
	};
}
// src/publish/next-step.ts
/**
* Decides what comes next from what lies at GitHub alone, so that a run that was broken off at any point is continued by
* the next one, and jobs that work at once agree. The order of the rules is the protocol: docs/publishing.md.
*
* @throws Failure (input) `asset-exists`, `release-immutable`, `parts-differ`
*/
function nextStep(job, state) {
	if (state.kind === "none") return { kind: "make" };
	const { seen } = state;
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
	if (texts !== null) return unlessTooLate(texts, seen.release);
	return edit(job, seen) ?? clean(job, seen) ?? publish(job, seen) ?? { kind: "done" };
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
	throw tooLate(release, names.map(({ name }) => name));
}
// src/publish/publish-release.ts
/** A job gives up after so many looks, and after so many in a row that found the release changed. */
const mostLooks = 500;
const mostAgain = 30;
/** So many lost answers in a row, with longer and longer waits between them, are an outage. */
const mostFailures = 5;
/**
* Makes the tag's release hold the files, checksums.txt and gotify-plugin.json, and publishes it once it does: for a job
* that owns the release. What an earlier run uploaded is used. See docs/publishing.md.
*
* @throws Failure (input) `no-such-tag`, `asset-exists`, `release-immutable`, `same-asset-name`, `malformed-index`;
*   (surroundings) `upload-damaged`, `release-unsettled`, and what the API throws
*/
async function publishRelease(request, api) {
	const published = await work({
		...request,
		part: null
	}, api);
	if (published.kind !== "waiting") return published;
	throw new Error("a job that owns a release waits for nobody");
}
/**
* The same for one of several jobs that share the release: each brings its files and a fragment, and the one that sees
* all fragments does the rest.
*
* @throws Failure as publishRelease; (input) `bad-part-name`, `parts-differ`
*/
async function publishPart(request, api) {
	const { name } = request.part;
	if (!/^[\w-]+(\.[\w-]+)*$/.test(name)) throw badPartName(name);
	return work(request, api);
}
async function work(request, api) {
	const job = {
		...request,
		files: request.files.map((file) => ({
			...file,
			name: assetName(file.name)
		}))
	};
	const twin = job.files.find(({ name }, index) => job.files.findIndex((file) => file.name === name) < index);
	if (twin !== void 0) throw sameName(twin.name);
	if (!await api.tagExists(job.tag)) throw noSuchTag(job.tag);
	const session = newSession(job, api);
	for (let looks = 0; looks < mostLooks; looks += 1) {
		const end = await once(session);
		if (end !== null) return end;
	}
	throw unsettled(job.tag);
}
/** One look, and what has to be done next. Null: not at the end yet. */
async function once(session) {
	const { api, job, tries } = session;
	try {
		const state = await look(session);
		const step = nextStep(job, state);
		const isEnd = await perform(step, state, session);
		tries.again = 0;
		if (step.kind === "put") tries.failed = 0;
		return isEnd && state.kind === "release" ? outcome(step, state.seen, session) : null;
	} catch (error) {
		if (!(error instanceof LookAgain)) throw error;
		tries.again += 1;
		if (error.failure !== null) tries.failed += 1;
		if (error.failure !== null && tries.failed > mostFailures) throw error.failure;
		if (tries.again > mostAgain) throw error.failure ?? unsettled(job.tag);
		await api.pause(Math.max(tries.again, tries.failed));
		return null;
	}
}
// src/pipeline/release-files.ts
/**
* Sends files to the release of a tag. Where something that was asked for does not load the release is not touched,
* unless `allow-partial` wants the rest. What fails is a line of the report: the files are built and stay.
*/
async function releaseFiles(request, options, ports) {
	const { tag, files, left } = request;
	const because = left.map(({ text }) => text);
	if (files.length === 0) return {
		kind: "refused",
		tag,
		because: [...because, "no file loads"]
	};
	if (left.length > 0 && !options.allowPartial) return {
		kind: "refused",
		tag,
		because
	};
	const task = ports.reporter.task(`Release ${tag}`);
	try {
		if (options.attest) await ports.attest(files, options.token);
		const published = await send(request, options, ports);
		task.done(ending(published));
		return reported(published);
	} catch (error) {
		const failure = asFailure(error);
		task.fail(failure.what);
		return {
			kind: "failed",
			tag,
			failure: reportedFailure(failure)
		};
	}
}
async function send({ plugin, commit, tag, files, left }, options, ports) {
	const { onExisting, prerelease, draft, makeLatest, notes, part } = options;
	const request = {
		plugin,
		commit,
		tag,
		files,
		left,
		onExisting,
		prerelease,
		draft,
		makeLatest,
		notes
	};
	const api = await ports.releases(options);
	return part === null ? publishRelease(request, api) : publishPart({
		...request,
		part
	}, api);
}
function ending(published) {
	if (published.kind === "waiting") return `waiting: ${String(published.parts.length)} of ${String(published.of)} parts are there`;
	return published.kind === "draft" ? "complete, and still a draft" : "published";
}
function reported(published) {
	const { release, ...rest } = published;
	return {
		...rest,
		tag: release.tag,
		url: release.url
	};
}
// src/pipeline/publish-build.ts
/** The report with who uploads it, so that a rerun knows the artifacts of its own job. Pure. */
function signedReport(report, { publish, dryRun }) {
	const { artifacts } = publish;
	return dryRun || artifacts === null ? report : {
		...report,
		uploadedBy: uploaderOf(artifacts)
	};
}
/**
* Sends what a build made to artifacts and to the release, as its options say; report.json must be written already, as
* artifacts hold it.
* What fails is told in the report: the files are built, and stay.
*/
async function publishBuild(report, options, ports) {
	const { artifacts, release } = options.publish;
	if (options.dryRun || artifacts === null && release === null) return report;
	return withPublished(report, {
		artifacts: artifacts === null ? null : await uploadAll(report, {
			options,
			artifacts,
			ports
		}),
		release: release?.tag == null ? null : await releaseFiles({
			...publishable(report.groups),
			...pluginOf(report),
			tag: release.tag
		}, release, ports)
	});
}
/** The report with what publishing came to; a release that failed or was not touched is never a good end. */
function withPublished(report, published) {
	const { artifacts, release } = published;
	const exitCode = worstExitCode([
		report.exitCode,
		releaseExitCode(release),
		artifacts?.kind === "failed" ? exitCodeOf(artifacts.failure.kind) : 0
	]);
	return {
		...report,
		published,
		exitCode
	};
}
/** What a release has to say to the exit code of a run. */
function releaseExitCode(release) {
	if (release === null) return 0;
	if (release.kind === "failed") return exitCodeOf(release.failure.kind);
	return release.kind === "refused" ? 1 : 0;
}
function pluginOf({ plugin }) {
	return {
		plugin: plugin.module,
		commit: plugin.commit
	};
}
async function uploadAll(report, { options, artifacts, ports }) {
	const built = report.groups.flatMap(({ targets }) => targets.flatMap((target) => target.kind === "built" ? [{
		...target,
		path: target.file
	}] : []));
	const rejected = artifacts.keepRejected ? built.filter((target) => !isDelivered(target)) : [];
	const request = {
		...artifacts,
		plugin: report.plugin.name,
		files: built.filter(isDelivered),
		rejected,
		report: reportPath(options)
	};
	try {
		return {
			kind: "uploaded",
			artifacts: await ports.uploadArtifacts(planArtifacts(request))
		};
	} catch (error) {
		const failure = asFailure(error);
		if (artifacts.isOptional && hasNoService(failure)) {
			ports.reporter.warn(`no artifact is uploaded: ${failure.what}`);
			return null;
		}
		return {
			kind: "failed",
			failure: reportedFailure(failure)
		};
	}
}
/** GitHub Enterprise Server and other runners of workflows may have none. */
function hasNoService({ code }) {
	return ["artifact-unavailable", "artifact-unsupported"].includes(code);
}
export { publishable as a, releaseFiles as i, releaseExitCode as n, signedReport as r, publishBuild as t };
