import { Gt as rejectionText, c as placeOf, d as byImportance, l as supplyingModules, o as linesOf, s as listedFindings } from "./job.js";
import { t as chooseTargets } from "./choose-targets.js";
import { A as Failure } from "./start.js";
import { a as tryTarget, n as prepareUnpinned, r as createBuilder, t as preparePinning } from "./pinning.js";
import { c as prepareSources, t as realManifests } from "./real-manifests.js";
import { t as openRun } from "./run-dir.js";
// src/pipeline/check-outcome.ts
/** What the attempt to build the native target says to the question whether the plugin fits. */
function judge(tried, project) {
	if (tried.kind === "failed") {
		const { failure } = tried;
		return failure.kind === "plugin" ? {
			outcome: { kind: "conflict" },
			findings: [doesNotBuild(failure)]
		} : {
			outcome: {
				kind: "failed",
				failure
			},
			findings: []
		};
	}
	const { verdict, listing } = tried;
	if (verdict === null) return undecided("nothing was compared");
	if (verdict.kind === "undecided") return undecided(verdict.because);
	if (verdict.kind === "loads") return {
		outcome: {
			kind: "loads",
			compared: verdict.compared
		},
		findings: []
	};
	return {
		outcome: { kind: "conflict" },
		findings: verdict.reasons.map((reason) => doesNotLoad(reason, {
			project,
			listing
		}))
	};
}
function undecided(because) {
	return {
		outcome: {
			kind: "undecided",
			because
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
		what: `what is built will not load: ${rejectionText(reason)}`,
		remedy: reason.remedy,
		where: {
			kind: "file",
			file
		},
		...module === null ? {} : placeOf(module, {
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
		reporter: quiet(context.ports.reporter, check)
	};
	const builder = createBuilder({
		options: {
			...options,
			builder: context.builder
		},
		server,
		ports
	});
	const run = await openRun(options.cacheDir, ports);
	const close = async () => {
		await builder.close();
		await run.close();
	};
	ports.onClose(close);
	try {
		const [target] = chooseTargets({
			wanted: "native",
			server,
			arch: ports.arch
		});
		if (target === void 0) throw new Error("a machine has one native target");
		await builder.prepare([target]);
		const { dependencies } = options;
		const pinning = await preparePinning({
			project,
			server,
			builder,
			dependencies
		}, ports);
		const asked = {
			...options,
			verify: "static",
			manifest: null,
			name: null
		};
		const shared = {
			options: asked,
			ports,
			project,
			catalog,
			run,
			manifests: realManifests({
				options: asked,
				catalog,
				run,
				ports
			}),
			builder,
			pinning
		};
		const grows = {
			compiled: /* @__PURE__ */ new Set(),
			warned: /* @__PURE__ */ new Set()
		};
		return await findAll(check, {
			context,
			target,
			build: {
				...shared,
				...grows,
				server,
				servers: [server]
			}
		});
	} finally {
		await close();
	}
}
async function findAll(check, attempt) {
	const { project, base } = check;
	const drift = await driftOf({
		project,
		folder: "own"
	}, check, attempt);
	const baseDrift = base === null || sameModules(base, project) ? drift : await driftOf({
		project: base,
		folder: "base"
	}, check, attempt);
	const tried = await tryTarget(attempt.target, attempt.build);
	if (tried.kind === "failed" && tried.failure.kind === "input") throw inputFailure(tried.failure);
	const judged = judge(tried, project);
	return {
		outcome: judged.outcome,
		findings: [...judged.findings, ...settled(drift.findings, judged)].sort(byImportance),
		baseFindings: base === null ? [] : settled(baseDrift.findings, judged),
		mayHideMore: drift.mayHideMore
	};
}
/** Whether a plugin is made of the same modules with both go.mod files. */
function sameModules(a, b) {
	return a.goModText === b.goModText && a.goSumText === b.goSumText;
}
/** What differs before the pin: of the modules that supply a package, where they can be listed, else of the lines. */
async function driftOf(version, check, attempt) {
	const { project } = version;
	const lines = linesOf(project, check, attempt.context);
	const own = await listOwn(version, attempt);
	if (own.kind === "refused") return {
		...lines,
		findings: [notAsItIs(own.failure, check.server), ...lines.findings]
	};
	const { goMod: mod, displayGoMod: file } = project;
	const used = supplyingModules(own.listing);
	const { dependencies } = attempt.context.options;
	const listed = listedFindings({
		mod,
		file,
		server: check.server,
		dependencies,
		listing: own.listing
	});
	return {
		findings: [...lines.findings.filter((found) => stays(found, used)), ...listed],
		mayHideMore: null
	};
}
/** A listing says more of versions than lines do; and what supplies no package is no finding. */
function stays({ kind, module }, used) {
	if (kind === "version" || kind === "replaced" || kind === "own-module") return false;
	return !(kind === "excluded" || kind === "server-module") || module !== null && used.has(module);
}
/** The plugin's packages and modules as its own go.mod picks them. */
async function listOwn({ project, folder }, { target, build }) {
	const { builder, ports, server } = build;
	const run = {
		...build.run,
		folder: (...parts) => build.run.folder(folder, ...parts)
	};
	try {
		const pinning = await prepareUnpinned({
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
		const { listing } = await prepareSources({
			target,
			task: silentTask,
			again: false
		}, context);
		return {
			kind: "listed",
			listing
		};
	} catch (error) {
		if (error instanceof Failure && error.kind !== "surroundings") return {
			kind: "refused",
			failure: error
		};
		throw error;
	}
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
/** Whether lines matter is known once it was tried: with what loads nothing is wrong, and else a replacement may be why. */
function settled(findings, { outcome, findings: conflicts }) {
	const isSaid = ({ kind, code }) => kind === "not-listed" && conflicts.some((conflict) => conflict.code === code);
	return findings.filter((finding) => !isSaid(finding)).map((finding) => {
		if (outcome.kind === "loads" && finding.level === "conflict") return {
			...finding,
			level: "drift"
		};
		if (outcome.kind === "conflict" && finding.kind === "replaced") return {
			...finding,
			level: "conflict"
		};
		return finding;
	});
}
function inputFailure({ code, what, remedy, where }) {
	return new Failure("input", {
		code,
		what,
		remedy,
		...where === null ? {} : { where }
	});
}
/** What a pin warns of is among the findings; and several servers' tasks need their names. */
function quiet(reporter, { project, server }) {
	const plugin = project.displayDir === "." ? project.name : project.displayDir;
	return {
		note: (text) => reporter.note(text),
		warn: (text) => reporter.detail(text),
		detail: (text) => reporter.detail(text),
		task: (title) => reporter.task(`${plugin} for gotify ${server.version}, ${title}`)
	};
}
const silentTask = {
	log: () => void 0,
	done: () => void 0,
	fail: () => void 0
};
export { checkByCompiling };
