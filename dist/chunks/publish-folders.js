const require_start = require("./start.js");
const require_check = require("./check.js");
const require_real_manifests = require("./real-manifests.js");
const require_publish_build = require("./publish-build.js");
const require_release_files = require("./release-files.js");
const require_run_dir = require("./run-dir.js");
let node_path = require("node:path");
// src/report/read-report.ts
const Text = require_check.string();
const Nullable = require_check.nullable(require_check.string());
const Target = require_check.picklist(require_start.targetNames);
const Verdicts = require_check.array(require_check.object({
	server: Text,
	verdict: require_check.nullable(require_check.object({ kind: Text }))
}));
const TargetSchema = require_check.variant("kind", [
	require_check.object({
		kind: require_check.literal("built"),
		target: Target,
		file: Text,
		size: require_check.pipe(require_check.number(), require_check.integer(), require_check.minValue(0)),
		sha256: require_check.pipe(require_check.string(), require_check.regex(/^[0-9a-f]{64}$/)),
		verdicts: Verdicts
	}),
	require_check.object({
		kind: require_check.literal("covered"),
		target: Target,
		by: Text,
		verdicts: Verdicts
	}),
	require_check.object({
		kind: require_check.literal("released"),
		target: Target,
		asset: Text,
		sha256: require_check.pipe(require_check.string(), require_check.regex(/^[0-9a-f]{64}$/)),
		verdicts: Verdicts
	}),
	require_check.object({
		kind: require_check.literal("failed"),
		target: Target,
		failure: require_check.object({
			kind: Text,
			what: Text
		})
	}),
	require_check.object({
		kind: require_check.literal("skipped"),
		target: Target
	})
]);
const Group = require_check.object({
	goVersion: Text,
	servers: require_check.array(Text),
	version: Text,
	changes: require_check.array(require_check.object({
		module: Text,
		to: Nullable
	})),
	targets: require_check.array(TargetSchema)
});
const Report = require_check.object({
	schema: require_check.literal(1),
	mode: require_check.literal("build"),
	plugin: require_check.object({
		module: Text,
		commit: Nullable
	}),
	servers: require_check.array(require_check.object({
		version: Text,
		tag: Nullable,
		commit: Nullable
	})),
	groups: require_check.array(Group)
});
/**
* Reads the report.json of a build.
*
* @param file its path, for messages
* @throws Failure (input) `bad-report`
*/
function readReport(text, file) {
	let data;
	try {
		data = JSON.parse(text);
	} catch (cause) {
		throw badReport(file, "it is not JSON", cause);
	}
	const read = require_check.safeParse(Report, data);
	if (read.success) return read.output;
	if (require_check.is(require_check.object({ mode: require_check.literal("check") }), data)) throw reportOfCheck(file);
	const [issue] = read.issues;
	throw badReport(file, `${require_check.getDotPath(issue) ?? "the whole"}: ${issue.message}`);
}
function reportOfCheck(file) {
	return new require_start.Failure("input", {
		code: "bad-report",
		what: "this is the report of a check, and where the check had the output folder of a build it is in the place of its report",
		remedy: "Give the check an output folder of its own, build again, and name the output folder of the build.",
		where: {
			kind: "file",
			file
		}
	});
}
function badReport(file, problem, cause) {
	return new require_start.Failure("input", {
		code: "bad-report",
		what: `this is no report of a build that could be published: ${problem}`,
		remedy: "Name the output folder of a build, made by this version.",
		where: {
			kind: "file",
			file
		},
		cause
	});
}
// src/pipeline/built-folders.ts
/**
* The folders that `folders` names, or whose report.json its patterns match.
*
* @throws Failure (input) `no-report`, `bad-report`, `mixed-plugins`
*/
async function builtFolders({ base, folders }, ports) {
	const byText = /* @__PURE__ */ new Map();
	for (const path of await pathsOf({
		base,
		folders
	}, ports)) {
		const file = (0, node_path.join)(path, "report.json");
		if ((await ports.files.stat(file))?.kind !== "file") throw noReport((0, node_path.relative)(base, path) || ".");
		const text = await ports.files.readText(file);
		const known = byText.get(text) ?? {
			paths: [],
			report: readReport(text, (0, node_path.relative)(base, file))
		};
		known.paths.push(path);
		byText.set(text, known);
	}
	const [first, ...others] = [...byText.values()];
	if (first === void 0) throw noReport(folders.join(", "));
	const other = others.find(({ report }) => !samePlugin(report, first.report));
	if (other !== void 0) throw mixed(first, {
		other,
		base
	});
	return [first, ...others];
}
/**
* The path of a built file, once its bytes are what the report says.
*
* @throws Failure (input) `no-such-file`, `file-changed`
*/
async function builtFile({ paths, report }, target, ports) {
	const where = {
		kind: "file",
		file: (0, node_path.join)(paths[0] ?? "", "report.json")
	};
	const remedy = `Build ${report.plugin.module} again, and hand the output folder on as a whole.`;
	for (const path of paths) {
		const file = (0, node_path.resolve)(path, target.file);
		if ((0, node_path.relative)(path, file).startsWith("..") || (await ports.files.stat(file))?.kind !== "file") continue;
		const { size, sha256 } = require_real_manifests.fileDigest(file, ports);
		if (sha256 === target.sha256 && size === target.size) return file;
		const what = `${target.file} is not the file that its report is about: its sha256 is ${sha256}`;
		throw new require_start.Failure("input", {
			code: "file-changed",
			what,
			remedy,
			where
		});
	}
	const what = `the folder has no ${target.file}, which its report names`;
	throw new require_start.Failure("input", {
		code: "no-such-file",
		what,
		remedy,
		where
	});
}
async function pathsOf({ base, folders }, ports) {
	const paths = /* @__PURE__ */ new Set();
	for (const folder of folders) {
		const found = await require_check.matchedFolders(folder, {
			holding: "report.json",
			base
		}, ports);
		if (found.length === 0) throw noReport(folder);
		for (const each of found) paths.add(each);
	}
	return paths;
}
function samePlugin({ plugin: a }, { plugin: b }) {
	return a.module === b.module && a.commit === b.commit;
}
function noReport(folder) {
	return new require_start.Failure("input", {
		code: "no-report",
		what: `${folder} has no report.json`,
		remedy: "Name the output folders of builds; an artifact of this action is one, once it is downloaded.",
		where: {
			kind: "input",
			input: "folders"
		}
	});
}
function mixed(first, { other, base }) {
	const places = ({ paths }) => paths.map((path) => (0, node_path.relative)(base, path) || ".").join(", ");
	const name = ({ report: { plugin } }) => `${plugin.module} at ${plugin.commit?.slice(0, 12) ?? "an unknown commit"}`;
	return new require_start.Failure("input", {
		code: "mixed-plugins",
		what: `${places(first)} was built from ${name(first)}, and ${places(other)} from ${name(other)}`,
		remedy: "Publish the files of one commit of one plugin at a time.",
		where: {
			kind: "input",
			input: "folders"
		}
	});
}
// src/pipeline/publish-folders.ts
/**
* The mode `publish`: the files in output folders of earlier builds are proven again, against what their servers say
* themselves, and sent to a release once. A report is believed where it says that a file does not load; that one
* loads is found out anew.
*
* @throws Failure (input) as builtFolders and builtFile do, and what resolving the servers throws
*/
async function publishFolders(options, ports) {
	const folders = await builtFolders(options, ports);
	const { plugin } = folders[0].report;
	const run = await require_run_dir.openRun(options.cacheDir, ports);
	ports.onClose(() => run.close());
	try {
		const catalog = await require_check.loadCatalog(ports.catalogDir, ports.files);
		const manifests = require_real_manifests.realManifests({
			options: {
				...options,
				manifest: null
			},
			catalog,
			run,
			ports
		});
		const groups = [];
		for (const folder of folders) {
			const servers = await serversOf(folder.report, options, {
				...ports,
				catalog
			});
			groups.push(...await proveFolder(folder, {
				servers,
				manifests,
				ports
			}));
		}
		const found = require_publish_build.publishable(groups);
		const tag = options.release.tag ?? "";
		const about = {
			plugin: plugin.module,
			commit: plugin.commit,
			tag
		};
		const release = await require_release_files.releaseFiles({
			...about,
			...found
		}, options.release, ports);
		return {
			schema: 1,
			mode: "publish",
			plugin,
			files: groups.flatMap(({ targets }) => targets.flatMap(provenFile)),
			release,
			left: found.left.map(({ text }) => text),
			compatible: require_check.compatibility(groups.flatMap(({ targets }) => targets)),
			exitCode: require_publish_build.releaseExitCode(release)
		};
	} finally {
		await run.close();
	}
}
/** The servers that a report names, as they are now: a tag that was moved meanwhile is an error. */
async function serversOf({ servers }, { cacheDir }, ports) {
	const known = /* @__PURE__ */ new Map();
	for (const { version, tag, commit } of servers) {
		if (tag === null && commit === null) continue;
		const [server] = await require_check.resolveRemembered([tag === null ? {
			kind: "ref",
			text: commit ?? "",
			ref: commit ?? ""
		} : require_start.exactly(tag)], {
			...ports,
			cacheDir
		});
		if (server !== void 0) known.set(version, server);
	}
	return known;
}
async function proveFolder(folder, proving) {
	const { groups } = folder.report;
	const proven = [];
	for (const group of groups) {
		const targets = [];
		for (const target of group.targets) targets.push(await proveTarget(target, {
			...proving,
			folder
		}));
		proven.push({
			...group,
			targets
		});
	}
	return proven;
}
async function proveTarget(target, proving) {
	if (target.kind === "failed" || target.kind === "skipped") return target;
	if (target.kind === "released") return {
		...target,
		verdicts: doubted(target.verdicts)
	};
	const { folder, ports } = proving;
	const built = target.kind === "built" ? target : coveringFile(target, folder.report);
	const isDoubted = target.verdicts.some(({ verdict }) => verdict?.kind !== "loads");
	if (built === null || isDoubted) return {
		...target,
		verdicts: doubted(target.verdicts)
	};
	const task = ports.reporter.task(`Prove ${built.file} (${target.verdicts.map(({ server }) => server).join(", ")})`);
	try {
		const file = await builtFile(folder, built, ports);
		const plugin = require_real_manifests.readPlugin(file, { ports });
		const verdicts = [];
		for (const { server } of target.verdicts) verdicts.push(await verdictOf(server, {
			...proving,
			plugin,
			target: target.target
		}));
		if (require_check.fileOutcome(verdicts) === "loads") task.done("loads");
		else task.fail("is not proven to load");
		return target.kind === "built" ? {
			...target,
			file,
			verdicts
		} : {
			...target,
			verdicts
		};
	} catch (error) {
		task.fail(require_start.asFailure(error).what);
		throw error;
	}
}
function doubted(verdicts) {
	return verdicts.map(({ server }) => require_real_manifests.undecided(server, "its build did not prove it"));
}
/** The file of the newer group that spared the build. */
function coveringFile({ by, target }, { groups }) {
	const built = groups.filter(({ version }) => version === by).flatMap((group) => group.targets).find((each) => each.target === target);
	return built?.kind === "built" ? built : null;
}
async function verdictOf(version, { servers, manifests, plugin, target: name }) {
	const server = servers.get(version);
	if (server === void 0) return require_real_manifests.undecided(version, `gotify ${version} is a file of another machine`);
	const target = require_start.targetOf(name);
	const real = await manifests.of(server, target);
	if (real.kind !== "lacking") return require_real_manifests.judgeFile(plugin, real, {
		server,
		target
	});
	const because = `gotify ${version} has no manifest, and a reference host is built only with the plugin: publish in the job that builds`;
	return require_real_manifests.undecided(version, [...real.notes, because].join("; "));
}
function provenFile(target) {
	if (target.kind !== "built") return [];
	const { file, target: name, verdicts } = target;
	return [{
		file,
		target: name,
		verdicts
	}];
}
exports.publishFolders = publishFolders;
