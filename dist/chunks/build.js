import { B as loadCatalog, G as pLimit, L as locatePlugin, R as resolveServer, mt as shellWord } from "./job.js";
import { p as chooseTargets, r as listArgs, t as openRun } from "./run-dir.js";
import { k as exitCodeOf } from "./start.js";
import { o as compileArgs, r as buildTarget, s as createBuilder, t as preparePinning } from "./pinning.js";
// src/pipeline/dry-run.ts
/** Prints the commands that would build a target, and starts none of them. */
function describeTarget(target, context) {
	const { builder, options, pinning, ports, project, run } = context;
	const folder = `${run.path}/${target.name}`;
	const workspace = {
		module: project.moduleDir,
		pin: `${folder}/pin`,
		out: `${folder}/out`,
		replaced: pinning.folders
	};
	const places = builder.places(workspace);
	const step = (phase, args) => ({
		target,
		workspace,
		phase,
		args
	});
	const steps = [
		...pinning.tidy ? [step("download", [
			"mod",
			"tidy",
			`-modfile=${places.pin}/go.mod`
		])] : [],
		step("download", listArgs({
			places,
			package: project.packageArg,
			tags: options.flags.tags
		})),
		step("compile", compileArgs(workspace, context))
	];
	for (const { program, args } of steps.map((each) => builder.describe(each))) ports.reporter.note([program, ...args].map(shellWord).join(" "));
	return {
		report: {
			kind: "skipped",
			target: target.name,
			because: "dry run"
		},
		changes: pinning.changes
	};
}
// src/pipeline/build.ts
/**
* The whole job: the plugin at `options.path` built for one server and each target, and proven against it.
*
* Gives a report where at least the question could be asked of each target: a target that does not build or will not
* load is a line of it, not an exception.
*
* @throws Failure where nothing could be started: bad input, unknown server, no engine
*/
async function runBuild(options, ports) {
	const project = await locatePlugin({
		path: options.path,
		package: options.package,
		base: options.base
	}, ports.files);
	const catalog = await loadCatalog(ports.catalogDir, ports.files);
	const server = await resolveServer(options.server, {
		...ports,
		catalog,
		cacheDir: options.cacheDir
	});
	const targets = chooseTargets({
		wanted: options.targets,
		server,
		arch: ports.arch
	});
	tellServer(server, ports);
	const builder = createBuilder({
		options,
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
		if (!options.dryRun) await builder.prepare(targets);
		const pinning = await preparePinning({
			project,
			server,
			dependencies: options.dependencies,
			builder,
			run
		}, ports);
		const context = {
			options,
			ports,
			project,
			catalog,
			server,
			builder,
			run,
			pinning
		};
		return reportOf({
			options,
			project,
			server,
			pinning,
			results: options.dryRun ? targets.map((target) => describeTarget(target, context)) : await buildAll(targets, {
				options,
				context
			})
		});
	} finally {
		await close();
	}
}
function tellServer(server, { reporter }) {
	const commit = server.commit === null ? "" : ` (${server.commit.slice(0, 12)})`;
	reporter.note(`gotify ${server.version}${commit}: Go ${server.goVersion}, ${String(server.pinList.modules.length)} modules, from ${server.source.kind}`);
}
/** Fans the targets out; with fail-fast those not yet started are skipped after the first that fails. */
async function buildAll(targets, { options, context }) {
	const limit = pLimit(options.concurrency);
	let failed = null;
	return Promise.all(targets.map((target) => limit(async () => {
		if (failed !== null && options.failFast) return {
			report: {
				kind: "skipped",
				target: target.name,
				because: `${failed} failed first (fail-fast)`
			},
			changes: []
		};
		const result = await buildTarget(target, context);
		if (targetExitCode(result.report) !== 0) failed ??= target.name;
		return result;
	})));
}
function reportOf({ options, project, server, pinning, results }) {
	const targets = results.map((result) => result.report);
	return {
		schema: 1,
		mode: "build",
		server: {
			version: server.version,
			tag: server.tag,
			commit: server.commit,
			goVersion: server.goVersion,
			source: server.source,
			pinList: server.pinList
		},
		plugin: {
			module: project.modulePath,
			package: project.packageArg,
			name: options.name ?? project.name
		},
		builder: options.builder,
		dependencies: options.dependencies,
		changes: unite(results.map((result) => result.changes)),
		warnings: pinning.warnings.map((warning) => warning.text),
		targets,
		compatible: compatible(targets),
		exitCode: worst(targets.map(targetExitCode))
	};
}
function unite(lists) {
	return [...new Map(lists.flat().map((change) => [change.module, change])).values()];
}
function targetExitCode(report) {
	if (report.kind === "skipped") return 0;
	if (report.kind === "failed") return exitCodeOf(report.failure.kind);
	return report.verdict === null || report.verdict.kind === "loads" ? 0 : 1;
}
function worst(codes) {
	return codes.reduce((highest, code) => code > highest ? code : highest, 0);
}
/** True only where every requested target is proven to load. */
function compatible(targets) {
	const loads = (report) => report.kind === "built" && report.verdict?.kind === "loads";
	if (targets.length > 0 && targets.every(loads)) return true;
	return targets.some(isIncompatible) ? false : "unknown";
}
function isIncompatible(report) {
	if (report.kind === "failed") return report.failure.kind === "plugin";
	return report.kind === "built" && report.verdict?.kind === "rejected";
}
export { runBuild };
