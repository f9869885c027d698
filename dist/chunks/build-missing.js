const require_cache = require("./cache.js");
const require_start = require("./start.js");
const require_follow = require("./follow.js");
const require_build = require("./build.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
const require_source_from_git = require("./source-from-git.js");
const require_file = require("./file.js");
const require_real_manifests = require("./real-manifests.js");
const require_pinning = require("./pinning.js");
const require_run_dir = require("./run-dir.js");
let node_path = require("node:path");
// src/pipeline/held-place.ts
const ownerFile = "owner";
/**
* Moves a folder of this run to a place that the next run of the same work has too: what Go builds on this machine
* depends on where its source lies, and a rerun has to come to the same bytes. While another run holds the place the
* folder stays where it is; one that was killed holds nothing any more.
*
* @param request.place on the same file system
*/
async function holdPlace({ folder, place }, ports) {
	const { files, caller } = ports;
	await files.makeDir((0, node_path.dirname)(place));
	await files.write((0, node_path.join)(folder, ownerFile), require_job.ownerText(caller));
	await removeLeft(place, `${folder}-left`, ports);
	try {
		await files.move(folder, place);
		return {
			path: place,
			release: () => files.remove(place)
		};
	} catch (error) {
		if (await files.stat(place) === null) throw error;
		return {
			path: folder,
			release: () => Promise.resolve()
		};
	}
}
/** Moved away first: of two runs that find it at once only one has it then. */
async function removeLeft(place, away, ports) {
	const { files } = ports;
	if (!await isLeft(place, ports)) return;
	try {
		await files.move(place, away);
	} catch (error) {
		if (await files.stat(place) !== null) throw error;
		return;
	}
	if (await isLeft(away, ports)) await files.remove(away);
	else await files.move(away, place);
}
async function isLeft(place, { files, caller, clock }) {
	const found = await files.stat((0, node_path.join)(place, ownerFile));
	if (found === null) return false;
	const owner = await files.readText((0, node_path.join)(place, ownerFile));
	return require_job.isDead({
		owner,
		since: found.modified
	}, {
		caller,
		now: clock.now(),
		files
	});
}
// src/pipeline/source-from-api.ts
/**
* Lays a commit out from GitHub's archive of it, and sees that it is the commit: archives may lack files, and never have
* submodules nor, mostly, what Git LFS has.
*
* @throws Failure (input) `source-differs`, `no-submodule`, `lfs-pointer`; (surroundings) `no-source`, and what the API
*   throws
*/
async function layOutFromApi(request, ports) {
	const { commit, into, archive } = request;
	const { source, files } = ports;
	const { entries, isWhole } = await source.tree(commit);
	if (!isWhole) throw require_source_from_git.notTheCommit("there are too many files to compare", commit);
	const submodule = entries.find(({ kind }) => kind === "submodule");
	if (submodule !== void 0) throw require_source_from_git.noSubmodule(submodule.path, commit);
	await source.download(commit, archive);
	await require_check.layOutTarball({
		archive,
		dir: into
	}, ports);
	await files.remove(archive);
	for (const entry of entries) await compare(entry, request, files);
}
async function compare({ kind, path, sha }, { commit, into }, files) {
	const file = (0, node_path.join)(into, path);
	if (!(kind === "file" ? (await files.stat(file))?.kind === "file" : await isLink(file, files))) throw require_source_from_git.notTheCommit(`it lacks ${path}`, commit);
	if (kind !== "file") return;
	const content = Buffer.from(await files.readBytes(file));
	if (![content, withoutReturns(content)].some((each) => blobName(each) === sha)) throw require_source_from_git.notTheCommit(`it has another ${path}`, commit);
	if (require_source_from_git.isPointer(content)) throw require_source_from_git.lfsPointer(path, commit);
}
/** Also one that leads nowhere. */
async function isLink(path, files) {
	const folder = (0, node_path.dirname)(path);
	if ((await files.stat(folder))?.kind !== "folder") return false;
	return (await files.list(folder)).includes((0, node_path.basename)(path));
}
/** @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects (object storage) */
function blobName(content) {
	return require_job.createHash("sha1").update(`blob ${String(content.length)}\0`).update(content).digest("hex");
}
function withoutReturns(content) {
	return Buffer.from(content.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
// src/pipeline/plugin-source.ts
/**
* Lays out the source of a commit, exactly as a checkout of it has it: from git where the checkout at hand has the
* commit, else over the API. Gives the plugin's folder in it, absolute.
*
* @throws Failure (input) `outside-repository`, `no-such-folder`; as layOutFromGit and layOutFromApi do
*/
async function layOutSource(request, ports) {
	const { commit, dir, options } = request;
	const top = (await require_job.gitIn(options.path, ports)("rev-parse", "--show-toplevel"))?.trim() ?? options.base;
	const place = (0, node_path.relative)(await ports.files.realPath(top), await ports.files.realPath(options.path).catch(() => options.path));
	if (place.startsWith("..")) throw outside(options.path, top);
	const into = (0, node_path.join)(dir, "source");
	await ports.files.makeDir(into);
	const index = (0, node_path.join)(dir, "index");
	if (!await require_source_from_git.layOutFromGit({
		repository: top,
		commit,
		into,
		index,
		absent: "refused"
	}, ports)) {
		await ports.files.remove(into);
		await ports.files.makeDir(into);
		await layOutFromApi({
			commit,
			into,
			archive: (0, node_path.join)(dir, "source.tar.gz")
		}, ports);
	}
	const folder = (0, node_path.join)(into, place);
	if ((await ports.files.stat(folder))?.kind === "folder") return folder;
	throw new require_start.Failure("input", {
		code: "no-such-folder",
		what: `the commit ${require_source_from_git.short(commit)} of the release has no folder ${place}`,
		remedy: "Write as path where the plugin was when it was released.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
function outside(path, top) {
	return new require_start.Failure("input", {
		code: "outside-repository",
		what: `${path} is not in the repository at ${top}`,
		remedy: "Write the path of the plugin in the repository that its release is of.",
		where: {
			kind: "input",
			input: "path"
		}
	});
}
// src/pipeline/released-files.ts
/** The files that gotify-plugin.json knows, in its order. */
function releasedFiles(contents, from) {
	const all = require_follow.entriesIn(contents).map((entry) => {
		let copy = null;
		return {
			entry,
			fetch: () => copy ??= fetched(entry, contents, from)
		};
	});
	const plugins = new Set([...contents.indexes, ...contents.fragments].map(({ plugin }) => plugin));
	return { of: ({ plugin, name, target, goVersion }) => {
		if (plugins.size !== 1 || !plugins.has(plugin)) return [];
		return all.filter(({ entry }) => {
			const names = entry.servers.map((version) => require_file.assetName(require_pinning.pluginFileName({
				name,
				target,
				version
			})));
			return entry.target === target && entry.goVersion === goVersion && names.includes(entry.file);
		});
	} };
}
async function fetched({ file, sha256 }, { assets }, { api, run, ports }) {
	const asset = assets.find(({ name, state }) => name === file && state === "uploaded");
	if (asset === void 0) return null;
	const path = (0, node_path.join)(await run.folder("released", sha256), file);
	if (!await api.download(asset, path)) return null;
	return require_real_manifests.fileDigest(path, ports).sha256 === sha256 ? path : null;
}
// src/pipeline/build-missing.ts
/**
* Builds what a release lacks, from the commit of its tag and from nothing else. What a file of the release is proven to
* load in is not built again.
*
* @throws Failure (input) `no-such-tag`, `tag-moved`; and as runBuild and layOutSource do
*/
async function buildMissing({ contents, missing }, { options, release, ports }) {
	const { tag } = contents.release;
	const source = await ports.source(release);
	const commit = await source.commitOfTag(tag);
	if (commit === null) throw noTag(tag);
	const other = require_follow.entriesIn(contents).find((entry) => entry.commit !== null && entry.commit !== commit);
	if (other?.commit != null) throw tagMoved(tag, {
		from: other.commit,
		to: commit
	});
	const run = options.dryRun ? await require_run_dir.openTemporary(ports) : await require_run_dir.openRun(options.cacheDir, ports);
	let held = null;
	const close = async () => {
		await held?.release();
		await run.close();
	};
	ports.onClose(close);
	try {
		const folder = await run.folder("source");
		const laidOut = await layOutSource({
			commit,
			options,
			dir: folder
		}, {
			...ports,
			source
		});
		const place = (0, node_path.join)(options.cacheDir, require_cache.sourcesFolder, commit);
		if (!options.dryRun) held = await holdPlace({
			folder,
			place
		}, ports);
		const dir = held?.path ?? folder;
		const path = (0, node_path.join)(dir, (0, node_path.relative)(folder, laidOut));
		const tags = new Set(missing.flatMap(({ servers }) => servers));
		const own = {
			...options,
			base: (0, node_path.join)(dir, "source"),
			path,
			servers: [...tags].map(require_start.exactly)
		};
		const about = {
			commit: Promise.resolve(commit),
			missing
		};
		if (contents.release.draft && release.part !== null) return await require_build.runBuild(own, ports, about);
		const released = releasedFiles(contents, {
			api: await ports.releases(release),
			run,
			ports
		});
		return await require_build.runBuild(own, ports, {
			...about,
			released
		});
	} finally {
		await close();
	}
}
function noTag(tag) {
	return new require_start.Failure("input", {
		code: "no-such-tag",
		what: `the release is of the tag ${tag}, and the repository has no such tag`,
		remedy: "Push the tag again; a draft has none before it is published.",
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
/** Users would take the files of a version for one thing. */
function tagMoved(tag, { from, to }) {
	return new require_start.Failure("input", {
		code: "tag-moved",
		what: `the tag ${tag} leads to the commit ${require_source_from_git.short(to)}, and the files of its release were built from ${require_source_from_git.short(from)}`,
		remedy: "Release the newer commit under a tag of its own, or move the tag back.",
		where: {
			kind: "input",
			input: "release-tag"
		}
	});
}
exports.buildMissing = buildMissing;
