const require_check = require("./check.js");
const require_choose_targets = require("./choose-targets.js");
const require_start = require("./start.js");
const require_pinning = require("./pinning.js");
const require_job = require("./job.js");
const require_real_manifests = require("./real-manifests.js");
const require_tidy = require("./tidy.js");
const require_write_lowered = require("./write-lowered.js");
const require_run_dir = require("./run-dir.js");
let node_path = require("node:path");
// src/pipeline/tidied.ts
const tidiedSchema = require_check.object({
	goMod: require_check.string(),
	goSum: require_check.string()
});
/** What is kept for later runs of the same files and imports, those of tests too; null: Go refuses these. */
const memorySchema = require_check.union([tidiedSchema, require_check.null_()]);
/**
* Lets the server's Go tidy a copy of the pinning's go.mod and go.sum. Null where that says nothing: it fails (a module
* that only tests of others import cannot be had, say), or this Go does not know all of the plugin's lines.
*
* @throws Failure (surroundings) where Go cannot be run
*/
async function tidied(target, context) {
	const { project, server, run, ports } = context;
	if (require_tidy.unknownLines(project.goMod, server.goVersion).length > 0) return null;
	const workspace = {
		...await require_real_manifests.makeWorkspace(target, context),
		pin: await run.folder(target.name, "tidy")
	};
	const memory = await require_real_manifests.memoryFile({
		target,
		workspace,
		tests: true
	}, context);
	const known = await require_real_manifests.recall(memory, memorySchema, ports.files);
	if (known !== null) return known.value;
	const { files } = ports;
	const place = (name) => (0, node_path.join)(workspace.pin, name);
	await files.write(place("go.mod"), context.pinning.goMod);
	await files.write(place("go.sum"), context.pinning.goSum);
	const goLine = require_job.parseModFile(context.pinning.goMod, project.displayGoMod).go?.version ?? null;
	const places = context.builder.places(workspace);
	const overlay = await require_write_lowered.writeLowered(context.pinning.folders, {
		workspace,
		places
	}, files);
	const args = require_tidy.tidyArgs({
		places,
		goLine,
		overlay
	});
	const outcome = await context.builder.run({
		target,
		workspace,
		phase: "download",
		args
	});
	if (outcome.kind !== "ok") {
		if (outcome.kind === "failed" && outcome.exitCode === 1 && require_write_lowered.downloadFailure(outcome.stderr, {
			...require_real_manifests.diagnosis({ workspace }, context),
			listing: null
		}) === null) await files.write(memory, "null");
		return null;
	}
	const made = {
		goMod: await files.readText(place("go.mod")),
		goSum: await files.stat(place("go.sum")) === null ? "" : await files.readText(place("go.sum"))
	};
	await files.write(memory, JSON.stringify(made));
	return made;
}
// src/pipeline/check-drift.ts
/**
* What differs before the pin: of the modules that supply a package, where they can be listed, else of the lines.
*
* @throws Failure (surroundings)
*/
async function driftOf(version, check, attempt) {
	const { project } = version;
	const { findings, mayHideMore } = require_check.linesOf(project, check, attempt.context);
	const lines = {
		findings: findings.filter(({ kind }) => kind !== "own-module"),
		own: findings.filter(({ kind }) => kind === "own-module")
	};
	const asItIs = await listAsItIs(version, attempt);
	if (asItIs.kind === "refused") {
		const { failure: refused } = asItIs;
		return {
			findings: [notAsItIs(refused, check.server), ...lines.findings],
			own: lines.own,
			mayHideMore,
			lines,
			refused
		};
	}
	const used = require_check.supplyingModules(asItIs.listing);
	const request = listedRequest(version, asItIs.listing, attempt);
	return {
		findings: [
			...findings.filter((found) => stays(found, used)),
			...require_check.listedFindings(request),
			...asItIs.untidy ?? require_check.unnamedFindings(request)
		],
		own: require_check.listedOwnModules(request),
		mayHideMore: null,
		lines,
		refused: null
	};
}
/** The plugin's own modules as a build has them: the pin may set versions, and with them what is imported at all. */
function ownAsBuilt(version, listing, attempt) {
	return require_check.listedOwnModules(listedRequest(version, listing, attempt));
}
function listedRequest({ project }, listing, { context, build }) {
	const { goMod: mod, displayGoMod: file } = project;
	return {
		mod,
		file,
		server: build.server,
		dependencies: context.options.dependencies,
		listing
	};
}
/** A listing says more of versions than lines do; and what supplies no package is no finding. */
function stays({ kind, module }, used) {
	if (kind === "version" || kind === "replaced" || kind === "own-module") return false;
	return !(kind === "excluded" || kind === "server-module") || module !== null && used.has(module);
}
/** The plugin's packages and modules as its own go.mod picks them, and whether that is tidy. */
async function listAsItIs(version, { target, build }) {
	const { project } = version;
	const { builder, ports, server } = build;
	const run = runOf(version, build);
	try {
		const pinning = await require_pinning.prepareUnpinned({
			project,
			server,
			builder
		}, ports);
		const context = {
			...build,
			project,
			run,
			pinning
		};
		const { listing } = await require_real_manifests.prepareSources({
			target,
			task: silentTask,
			again: false
		}, context);
		return {
			kind: "listed",
			listing,
			untidy: await untidyOf(project, target, context)
		};
	} catch (error) {
		if (error instanceof require_start.Failure && error.kind !== "surroundings") return {
			kind: "refused",
			failure: error
		};
		throw error;
	}
}
async function untidyOf(project, target, context) {
	const made = await tidied(target, context);
	if (made === null) return null;
	const file = project.displayGoMod;
	const read = ({ goMod, goSum }) => ({
		mod: require_job.parseModFile(goMod, file),
		sum: require_check.parseSumFile(goSum, file.replace(/\.mod$/, ".sum"))
	});
	return require_check.untidyFindings(read(context.pinning), read(made), {
		author: project.goMod,
		file
	});
}
/** What a build by the check's rule is made of; null where it cannot be put together. Throws Failure (surroundings). */
async function listAsBuilt(version, { target, context, build }) {
	const { project } = version;
	const { builder, ports, server } = build;
	const run = runOf(version, build, "built");
	try {
		const { dependencies } = context.options;
		const pinning = await require_pinning.preparePinning({
			project,
			server,
			builder,
			dependencies
		}, {
			files: ports.files,
			reporter: silentReporter
		});
		const at = {
			...build,
			project,
			run,
			pinning
		};
		return (await require_real_manifests.prepareSources({
			target,
			task: silentTask,
			again: false
		}, at)).listing;
	} catch (error) {
		if (error instanceof require_start.Failure && error.kind !== "surroundings") return null;
		throw error;
	}
}
function runOf({ folder }, { run }, ...more) {
	return {
		...run,
		folder: (...parts) => run.folder(folder, ...more, ...parts)
	};
}
function notAsItIs({ code, what, where }, server) {
	return {
		level: "drift",
		kind: "not-listed",
		code,
		module: null,
		plugin: null,
		server: null,
		reach: null,
		what: `with the versions of its own go.mod the plugin cannot be built with Go ${server.goVersion} of gotify ${server.version}: ${what}`,
		remedy: "Look at the other findings: what they say of go.mod is judged by its lines alone.",
		where: where ?? null
	};
}
const silentTask = {
	log: () => void 0,
	done: () => void 0,
	fail: () => void 0
};
/** What a pin warns of is among the findings. */
const silentReporter = { warn: () => void 0 };
// src/pipeline/check-outcome.ts
/** What the attempt to build the native target says to the question whether the plugin fits. */
function judge(tried, project) {
	if (tried.kind === "failed") {
		const { failure } = tried;
		return failure.kind === "plugin" ? {
			outcome: {
				kind: "conflict",
				verdict: null
			},
			findings: [doesNotBuild(failure)]
		} : {
			outcome: {
				kind: "failed",
				failure
			},
			findings: []
		};
	}
	const { listing, verdict: told } = tried;
	const { verdict } = told;
	if (verdict === null) return undecided("nothing was compared", told);
	if (verdict.kind === "undecided") return undecided(verdict.because, told);
	if (verdict.kind === "loads") return {
		outcome: {
			kind: "loads",
			compared: verdict.compared,
			verdict: told
		},
		findings: []
	};
	const findings = verdict.reasons.map((reason) => doesNotLoad(reason, {
		project,
		listing
	}));
	return {
		outcome: {
			kind: "conflict",
			verdict: told
		},
		findings
	};
}
function undecided(because, verdict) {
	return {
		outcome: {
			kind: "undecided",
			because,
			verdict
		},
		findings: []
	};
}
const general = {
	module: null,
	plugin: null,
	server: null,
	reach: null
};
function doesNotBuild({ code, what, remedy, where }) {
	return {
		...general,
		level: "conflict",
		kind: "does-not-build",
		code,
		what,
		remedy,
		where
	};
}
function doesNotLoad(reason, { project, listing }) {
	const { goMod: mod, displayGoMod: file } = project;
	const versions = "plugin" in reason ? {
		plugin: reason.plugin,
		server: reason.server
	} : {};
	const module = reason.kind === "dependency" ? reason.module : null;
	return {
		...general,
		...versions,
		level: "conflict",
		kind: "does-not-load",
		code: `rejected-${reason.kind}`,
		module,
		what: `what is built will not load: ${require_check.rejectionText(reason)}`,
		remedy: reason.remedy,
		where: {
			kind: "file",
			file
		},
		...module === null ? {} : require_check.placeOf(module, {
			mod,
			file,
			listing
		})
	};
}
// src/pipeline/check-compile.ts
/**
* One plugin against one server, compiled: it is listed as it is, and built for this machine's target as `build` would
* do it.
*
* @throws Failure where the plugin is no input for a build, or the surroundings fail
*/
async function checkByCompiling(check, context) {
	const { options, catalog } = context;
	const { project, server } = check;
	const ports = {
		...context.ports,
		reporter: named(context.ports.reporter, check)
	};
	const run = await require_run_dir.openRun(options.cacheDir, ports);
	const builder = require_pinning.createBuilder({
		options: {
			...options,
			builder: context.builder
		},
		server,
		run,
		ports
	});
	const close = async () => {
		await builder.close();
		await run.close();
	};
	ports.onClose(close);
	try {
		const [target] = require_choose_targets.chooseTargets({
			wanted: "native",
			server,
			arch: ports.arch
		});
		if (target === void 0) throw new Error("a machine has one native target");
		await builder.prepare([target]);
		const { dependencies } = options;
		const pinning = await require_pinning.preparePinning({
			project,
			server,
			builder,
			dependencies
		}, {
			files: ports.files,
			reporter: silentReporter
		});
		const asked = {
			...options,
			verify: "static",
			manifest: null,
			name: null
		};
		const build = {
			options: asked,
			ports,
			project,
			catalog,
			run,
			manifests: require_real_manifests.realManifests({
				options: asked,
				catalog,
				run,
				ports
			}),
			released: null,
			builder,
			pinning,
			compiled: /* @__PURE__ */ new Set(),
			warned: null,
			server,
			servers: [server]
		};
		return await findAll(check, {
			context,
			target,
			build: require_pinning.timed(build)
		});
	} finally {
		await close();
	}
}
async function findAll(check, attempt) {
	const { project } = check;
	const version = {
		project,
		folder: "own"
	};
	const drift = await driftOf(version, check, attempt);
	const tried = await require_pinning.tryTarget(attempt.target, attempt.build);
	if (tried.kind === "failed" && tried.failure.kind === "input") throw inputFailure(tried.failure);
	const own = tried.kind === "proven" ? ownAsBuilt(version, tried.listing, attempt) : drift.own;
	const before = await findingsBefore(check, attempt, {
		drift,
		tried
	});
	const judged = judge(tried, project);
	return {
		outcome: judged.outcome,
		findings: [
			...judged.findings,
			...settled(drift.findings, judged),
			...own
		].sort(require_check.byImportance),
		baseFindings: before.findings === null ? null : settled(before.findings, judged),
		mayHideMore: drift.mayHideMore,
		notCompared: before.notCompared
	};
}
/** The same for the base. What it was made of may be gone from the network: that is no fault of this change. */
async function findingsBefore({ project, base, server }, attempt, { drift, tried }) {
	if (base === null) return {
		findings: null,
		notCompared: null
	};
	if (base === "absent") return {
		findings: [],
		notCompared: null
	};
	const version = {
		project: base,
		folder: "base"
	};
	try {
		const before = await driftOf(version, { server }, attempt);
		if (drift.refused === null && before.refused !== null) throw before.refused;
		const { findings, own } = drift.refused !== null && before.refused === null ? before.lines : before;
		const built = tried.kind === "proven" ? await listAsBuilt(version, attempt) : null;
		const modules = built === null ? own : ownAsBuilt(version, built, attempt);
		return {
			findings: [...findings, ...modules],
			notCompared: null
		};
	} catch (error) {
		return {
			findings: null,
			notCompared: asOfNow(require_start.asFailure(error).what, {
				now: project,
				then: base
			})
		};
	}
}
/** The base lies in a folder of this run's: a reader knows its files by the places that they have now. */
function asOfNow(text, { now, then }) {
	const root = then.moduleDir.slice(0, -now.moduleDir.length);
	return text.replaceAll(`${then.moduleDir}/`, `${now.displayDir}/`).replaceAll(`${root}/`, "/");
}
/** What the pin sets right may still be why a plugin does not build or load. */
const mayBeWhy = /* @__PURE__ */ new Set(["replaced", "module-path"]);
/** Whether lines matter is known once it was tried: with what loads nothing is wrong. */
function settled(findings, { outcome, findings: conflicts }) {
	const isSaid = ({ kind, code }) => kind === "not-listed" && conflicts.some((conflict) => conflict.code === code);
	return findings.filter((finding) => !isSaid(finding)).map((finding) => {
		if (outcome.kind === "loads" && finding.level === "conflict") return {
			...finding,
			level: "drift"
		};
		if (outcome.kind === "conflict" && mayBeWhy.has(finding.kind)) return {
			...finding,
			level: "conflict"
		};
		return finding;
	});
}
function inputFailure({ code, what, remedy, where }) {
	return new require_start.Failure("input", {
		code,
		what,
		remedy,
		...where === null ? {} : { where }
	});
}
/** Several servers' tasks need their names. */
function named(reporter, { project, server }) {
	const plugin = project.displayDir === "." ? project.name : project.displayDir;
	return {
		note: (text) => reporter.note(text),
		warn: (text, where) => reporter.warn(text, where),
		detail: (text) => reporter.detail(text),
		task: (title) => reporter.task(`${plugin} for gotify ${server.version}, ${title}`)
	};
}
exports.checkByCompiling = checkByCompiling;
