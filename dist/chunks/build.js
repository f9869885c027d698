const require_start = require("./start.js");
const require_check = require("./check.js");
const require_job = require("./job.js");
const require_pinning = require("./pinning.js");
const require_groups = require("./groups.js");
const require_real_manifests = require("./real-manifests.js");
const require_choose_targets = require("./choose-targets.js");
const require_run_dir = require("./run-dir.js");
const require_without_writing = require("./without-writing.js");
let node_path = require("node:path");
// src/pipeline/build-report.ts
/** The report of a run in which every group and target was asked about. Pure. */
function buildReport({ options, project, servers, results, opened, commit }) {
	const groups = groupReports(results);
	const targets = require_check.allTargets({ groups });
	const warnings = opened.flatMap(({ pinning, warned }) => [...pinning.warnings.map(({ text }) => text), ...warned ?? []]);
	return {
		schema: 1,
		mode: "build",
		plugin: {
			module: project.modulePath,
			package: project.packageArg,
			name: options.name ?? project.name,
			commit
		},
		builder: options.builder,
		dependencies: options.dependencies,
		servers: servers.map(serverReport),
		groups,
		builds: {
			done: opened.reduce((sum, { compiled }) => sum + compiled.size, 0),
			groups: require_groups.groupServers(servers).length,
			targets: new Set(targets.map(({ target }) => target)).size
		},
		warnings: [...new Set(warnings)],
		compatible: targets.length === 0 ? "unknown" : require_check.compatibility(targets),
		exitCode: require_start.worstExitCode(targets.map(targetExitCode))
	};
}
function serverReport(server) {
	const { version, tag, commit, goVersion, source, pinList } = server;
	return {
		version,
		tag,
		commit,
		goVersion,
		source,
		pinList
	};
}
function groupReports(results) {
	return [...results].map(([{ goVersion, servers, lowest }, targets]) => ({
		goVersion,
		servers: servers.map(({ version }) => version),
		version: lowest.version,
		changes: unite(targets.map(({ changes }) => changes)),
		targets: targets.map(({ report }) => report)
	}));
}
function unite(lists) {
	return [...new Map(lists.flat().map((change) => [change.module, change])).values()];
}
/** What one target of one group has to say to the run's exit code. */
function targetExitCode(report) {
	if (report.kind === "failed") return require_start.exitCodeOf(report.failure.kind);
	const outcome = require_check.outcomeOf(report);
	return outcome === "rejected" || outcome === "undecided" ? 1 : 0;
}
// src/pipeline/cover.ts
/**
* The first of some files that also loads in each server of another group, by what these servers themselves say: a
* reference host would cost the build that it could spare. Null: there is none, or it cannot be told.
*/
async function coverOf(request, context) {
	const { group, target, files } = request;
	try {
		for (const file of files) {
			const verdicts = await loadsInAll(file.file, {
				group,
				target
			}, context);
			if (verdicts !== null) return {
				...file,
				verdicts
			};
		}
	} catch (error) {
		context.ports.reporter.detail(require_start.asFailure(error).message);
	}
	return null;
}
/** The same for files that the followed release has already, which are fetched for that. */
async function releasedCoverOf({ group, target }, context) {
	const { released, options, project } = context;
	if (released === null || options.verify === "off") return null;
	const { goVersion } = group;
	const wanted = {
		plugin: project.modulePath,
		name: options.name ?? project.name,
		goVersion
	};
	try {
		for (const { entry, fetch } of released.of({
			...wanted,
			target: target.name
		})) {
			const file = await fetch();
			const verdicts = file === null ? null : await loadsInAll(file, {
				group,
				target
			}, context);
			if (verdicts !== null) return {
				entry,
				verdicts
			};
		}
	} catch (error) {
		context.ports.reporter.detail(require_start.asFailure(error).message);
	}
	return null;
}
async function loadsInAll(file, { group, target }, context) {
	const plugin = require_real_manifests.readPlugin(file, context);
	const verdicts = [];
	for (const server of group.servers) {
		const real = await context.manifests.of(server, target);
		if (real.kind !== "found") return null;
		const judged = require_real_manifests.judgeFile(plugin, real, {
			server,
			target
		});
		if (judged.verdict?.kind !== "loads") return null;
		verdicts.push(judged);
	}
	return verdicts;
}
// src/pipeline/plan-groups.ts
/**
* The groups of some servers, newest first, and the targets of each.
*
* @param request.missing what alone is wanted, where that is less than each target for each server
* @throws Failure (input) for a machine that is no target
*/
function planGroups(servers, { missing = null, ...wish }) {
	const groups = require_groups.groupServers(require_check.newestFirst(servers));
	if (missing === null) return groups.map((group) => planned(group, wish));
	return groups.flatMap((group) => sharesOf(group, missing).map(({ share, wanted }) => planned(share, {
		...wish,
		wanted
	})));
}
function planned(group, wish) {
	try {
		return {
			...group,
			targets: require_choose_targets.chooseTargets({
				...wish,
				server: group.lowest
			}),
			refusal: null
		};
	} catch (error) {
		if (!(error instanceof require_start.Failure)) throw error;
		return {
			...group,
			targets: require_choose_targets.meantTargets(wish),
			refusal: error
		};
	}
}
/**
* A group as several, where its servers lack different targets: each target is built once, for just the servers that
* lack it, and its file is named by the lowest of those.
*/
function sharesOf(group, missing) {
	const shares = /* @__PURE__ */ new Map();
	for (const target of new Set(missing.flatMap(({ targets }) => targets))) {
		const lacking = group.servers.filter(({ tag }) => missing.some(({ servers, targets }) => servers.includes(tag ?? "") && targets.includes(target)));
		for (const share of require_groups.groupServers(lacking)) {
			const key = share.servers.map(({ version }) => version).join();
			const known = shares.get(key) ?? {
				share,
				wanted: []
			};
			known.wanted.push(target);
			shares.set(key, known);
		}
	}
	return [...shares.values()];
}
/** What is known of a group, one line. */
function groupText({ servers, goVersion, lowest }) {
	return `gotify ${servers.map(({ version, commit }) => commit === null || servers.length > 1 ? version : `${version} (${commit.slice(0, 12)})`).join(", ")}: Go ${goVersion}, ${String(lowest.pinList.modules.length)} modules, from ${lowest.source.kind}`;
}
/** The lanes of a plan, that of the newest group first; without verification no file can spare a build. */
function lanesOf(plan, verify) {
	const lanes = /* @__PURE__ */ new Map();
	for (const planned of plan) for (const target of planned.targets) {
		const shared = verify === "off" ? planned.lowest.version : planned.goVersion;
		const key = `${target.name} ${shared}`;
		const lane = lanes.get(key) ?? {
			target,
			groups: []
		};
		lane.groups.push(planned);
		lanes.set(key, lane);
	}
	return [...lanes.values()];
}
// src/pipeline/build-groups.ts
/**
* Builds each group's targets. A target's groups of one Go version are done one after the other, newest first, as a
* file may serve older groups too; everything else is done side by side.
*/
async function buildGroups(job) {
	const running = {
		...job,
		failed: null
	};
	const limit = require_check.pLimit(job.concurrency);
	const lanes = lanesOf(job.plan, job.context.options.verify);
	const results = (await Promise.all(lanes.map((lane) => limit(() => runLane(lane, running))))).flat();
	const resultOf = (group, target) => results.flatMap((each) => each.group === group && each.target === target ? [each.result] : []);
	return new Map(job.plan.map((group) => [group, group.targets.flatMap((target) => resultOf(group, target))]));
}
async function runLane({ target, groups }, running) {
	const results = [];
	const files = [];
	for (const group of groups) {
		const result = await runOne({
			group,
			target,
			files
		}, running);
		const { report } = result;
		if (report.kind === "built" && require_check.outcomeOf(report) === "loads") files.push({
			by: group.lowest.version,
			file: report.file
		});
		if (targetExitCode(report) !== 0) running.failed ??= titleOf(group, target, running);
		results.push({
			group,
			target,
			result
		});
	}
	return results;
}
function titleOf({ lowest }, { name }, { plan }) {
	return plan.length === 1 ? name : `${name} for gotify ${lowest.version}`;
}
/** @throws Failure (surroundings) where the run was stopped: what an earlier run left is good still */
async function runOne(step, running) {
	const { group, target } = step;
	checkOpen(running);
	if (running.failed !== null && running.failFast) {
		const because = `${running.failed} failed first (fail-fast)`;
		await forget(step, running);
		return {
			report: {
				kind: "skipped",
				target: target.name,
				because
			},
			changes: []
		};
	}
	const spared = await sparedBy(step, running.context);
	checkOpen(running);
	if (spared !== null) return await spare(spared, step, running.context);
	let context;
	try {
		context = await running.groups.open(group);
	} catch (error) {
		checkOpen(running);
		const failure = require_start.reportedFailure(require_start.asFailure(error));
		await forget(step, running);
		return {
			report: {
				kind: "failed",
				target: target.name,
				failure,
				seconds: 0
			},
			changes: []
		};
	}
	checkOpen(running);
	return await require_pinning.buildTarget(target, context);
}
function checkOpen({ groups }) {
	if (groups.closed()) throw require_job.stopped();
}
/** What an earlier run left is no file of this run. Where it cannot be removed, why nothing was built still has to be told. */
async function forget({ group, target }, { context }) {
	await require_pinning.removeEarlier(target, {
		...context,
		server: group.lowest
	}).catch(() => void 0);
}
/** A file of this run spares a download. Null: none is known to load in all of the group. */
async function sparedBy(step, context) {
	const target = step.target.name;
	const cover = await coverOf(step, context);
	if (cover !== null) return {
		report: {
			kind: "covered",
			target,
			...cover
		},
		by: `the file for gotify ${cover.by}`
	};
	const released = await releasedCoverOf(step, context);
	if (released === null) return null;
	const { entry, verdicts } = released;
	return {
		report: {
			kind: "released",
			target,
			asset: entry.file,
			sha256: entry.sha256,
			verdicts
		},
		by: `the release's ${entry.file}`
	};
}
/** What an earlier run built under the group's name is no file of this run. */
async function spare({ report, by }, { group, target }, context) {
	const reporter = require_check.namingReporter(context.ports.reporter, group.lowest.version);
	const ports = {
		...context.ports,
		reporter
	};
	const attempt = await require_pinning.attempting(target, { ports }, async ({ task }) => {
		await require_pinning.removeEarlier(target, {
			...context,
			server: group.lowest
		});
		task.done(`not built: ${by} loads here too`);
	});
	if (attempt.kind === "done") return {
		report,
		changes: []
	};
	const { failure, seconds } = attempt;
	return {
		report: {
			kind: "failed",
			target: target.name,
			failure,
			seconds
		},
		changes: []
	};
}
// src/report/command-text.ts
/**
* What --dry-run prints of a command, as a POSIX shell reads it: what it is for as a comment, then one command.
*
* @param about for a command that says nothing of itself
*/
function plannedText(planned, about = "") {
	if (planned.kind === "remark") return comment(planned.text);
	const { program, args, env, passedOn, cwd } = planned;
	const given = passedOn.length === 0 ? [] : [`with your ${[...passedOn].sort().join(", ")}`];
	const said = [planned.about ?? about, ...given].filter((part) => part !== "").join("; ");
	const command = [...Object.entries(env).map(([name, value]) => `${name}=${require_start.shellWord(value)}`), ...[program, ...args].map(require_start.shellWord)].join(" ");
	return `${comment(said)}\n${cwd === null ? "" : `cd ${require_start.shellWord(cwd)} && `}${command}`;
}
/** Text that a shell does not read. */
function comment(text) {
	return text.replace(/^/gm, "# ");
}
// src/pipeline/dry-run.ts
/**
* Prints every command that would build and prove each group's targets, as a shell reads them, and starts none.
*
* @throws Failure where a group cannot be built
*/
async function describeGroups(plan, groups) {
	const results = /* @__PURE__ */ new Map();
	for (const [index, group] of plan.entries()) {
		const context = await groups.open(group);
		const { reporter } = context.ports;
		if (index === 0) reporter.note(comment(heading));
		reporter.note(comment(groupText(group)));
		for (const planned of await context.builder.describePreparation(group.targets)) reporter.note(plannedText(planned));
		const targets = [];
		for (const target of group.targets) targets.push(await describeTarget(target, group, {
			plan,
			context
		}));
		results.set(group, targets);
	}
	return results;
}
const heading = "What a build runs; now nothing of it is. RUN stands for the name of a folder that each run makes for itself, and removes.";
async function describeTarget(target, group, { plan, context }) {
	const { builder, pinning, ports } = context;
	const show = (step, about) => {
		for (const planned of builder.describe({
			target,
			...step
		})) ports.reporter.note(plannedText(planned, `${target.name}: ${about}`));
	};
	const workspace = await require_real_manifests.makeWorkspace(target, context);
	const spared = isSpared(target, group, {
		plan,
		context
	}) ? ", unless the file of a newer server loads in each of these too" : "";
	const { tidy, list } = require_real_manifests.downloadArgs(workspace, context);
	if (tidy !== null) show({
		workspace,
		phase: "download",
		args: tidy
	}, "tidies the build-only go.mod");
	show({
		workspace,
		phase: "download",
		args: list
	}, "fetches the modules, unless an earlier run has");
	show({
		workspace,
		phase: "compile",
		args: require_pinning.compileArgs(workspace, context)
	}, `builds the plugin${spared}`);
	if (await mayNeedHost(target, context)) {
		const host = await require_real_manifests.hostWorkspace(target, context);
		ports.reporter.note(comment(`${target.name}: ${asksFirst}`));
		for (const step of require_real_manifests.hostSteps(host, context)) show({
			workspace: host,
			...step
		}, hostAbout[step.phase]);
	}
	return {
		report: {
			kind: "skipped",
			target: target.name,
			because: "dry run"
		},
		changes: pinning.changes
	};
}
/** Which packages that are is known from the plugin's listing alone. */
const asksFirst = "where the plugin lists packages of the server's modules otherwise than the server does (version, files, tags), `go list -e -mod=readonly` asks with the network which of them the server's versions have, before the next two commands";
const hostAbout = {
	download: "fetches what a reference host needs, where the server's release has no manifest, and no earlier run built the same host",
	compile: "builds the reference host that the plugin is compared with"
};
/** A file of a newer group with the same Go version may do for this one. */
function isSpared(target, group, { plan, context }) {
	const lane = lanesOf(plan, context.options.verify).find((each) => each.target === target && each.groups.includes(group));
	return lane !== void 0 && lane.groups[0] !== group;
}
/** What servers themselves left to compare with is known for those in the catalog; releases are asked in a run. */
async function mayNeedHost(target, context) {
	const { catalog, options, servers } = context;
	if (options.verify === "off" || options.manifest !== null || options.image !== null) return false;
	for (const { tag, source } of servers) {
		if (source.kind === "binary") continue;
		if (tag === null || await catalog.manifestText(tag, target.name) === null) return true;
	}
	return false;
}
// src/pipeline/open-groups.ts
/** @param plan all groups of the run */
function openGroups(plan, context) {
	const asked = /* @__PURE__ */ new Map();
	const builders = [];
	const opened = [];
	let refusal = null;
	let closed = false;
	const open = async (group) => {
		try {
			if (closed) throw require_job.stopped();
			if (group.refusal !== null) throw group.refusal;
			const own = plan.length === 1 ? context : ownContext(group, {
				plan,
				context
			});
			const builder = require_pinning.createBuilder({
				...own,
				server: group.lowest
			});
			builders.push(builder);
			const result = await openGroup(group, {
				...own,
				builder
			});
			opened.push(result);
			return result;
		} catch (error) {
			refusal ??= require_start.asFailure(error);
			throw error;
		}
	};
	return {
		open: (group) => {
			const known = asked.get(group) ?? open(group);
			asked.set(group, known);
			return known;
		},
		opened: () => opened,
		closed: () => closed,
		refusal: () => refusal,
		close: async () => {
			closed = true;
			await Promise.all(builders.map((builder) => builder.close()));
		}
	};
}
/** Among several groups each has a scratch folder of its own, and its tasks say whose they are. */
function ownContext(group, { plan, context }) {
	const { run, ports } = context;
	const { version } = group.lowest;
	const folder = (0, node_path.join)(version, ...partsOf(group, plan));
	return {
		...context,
		ports: {
			...ports,
			reporter: require_check.namingReporter(ports.reporter, version)
		},
		run: {
			path: (0, node_path.join)(run.path, folder),
			folder: (...parts) => run.folder(folder, ...parts),
			close: () => run.close()
		}
	};
}
/** Two parts of one group may have the same lowest server, and have no target in common. */
function partsOf({ lowest, targets }, plan) {
	return plan.filter((other) => other.lowest === lowest).length === 1 ? [] : [targets.map(({ name }) => name).join("+")];
}
async function openGroup(group, context) {
	const { options, ports, builder } = context;
	const { lowest: server, servers } = group;
	const { dependencies } = options;
	const pinning = await require_pinning.preparePinning({
		...context,
		server,
		dependencies
	}, ports);
	if (!options.dryRun) await builder.prepare(group.targets);
	return {
		...context,
		server,
		servers,
		pinning,
		compiled: /* @__PURE__ */ new Set(),
		warned: /* @__PURE__ */ new Set()
	};
}
// src/pipeline/build.ts
/**
* The whole job: the plugin at `options.path` built for each group of servers and each target, and proven against each
* server. A file that loads in all servers of an older group, too, spares that group's build.
*
* Gives a report where at least the question could be asked of each target: a target that does not build or will not
* load is a line of it, not an exception.
*
* @param about.project the plugin, where it was located already
* @param about.commit of the plugin, for the report; absent: unknown
* @param about.missing the pairs of server and target that alone are wanted; absent: all of them
* @param about.released files that were published earlier, which may spare builds; absent: there are none
* @throws Failure where nothing could be started: bad input, unknown server, no engine
*/
async function runBuild(options, given, about = {}) {
	const files = options.dryRun ? require_without_writing.withoutWriting(given.files) : given.files;
	const ports = {
		...given,
		files,
		reporter: require_check.warningOnce(given.reporter)
	};
	const project = about.project ?? await require_job.locatePlugin(options, ports.files);
	const catalog = await require_check.loadCatalog(ports.catalogDir, ports.files);
	const { cacheDir, targets: wanted } = options;
	const servers = require_check.newestFirst(await require_check.resolveRemembered(options.servers, {
		...ports,
		catalog,
		cacheDir
	}));
	const plan = planGroups(servers, {
		wanted,
		arch: ports.arch,
		missing: about.missing ?? null
	});
	const run = options.dryRun ? require_run_dir.plannedRun(cacheDir) : await require_run_dir.openRun(cacheDir, ports);
	const manifests = require_real_manifests.realManifests({
		options,
		catalog,
		run,
		ports
	});
	const context = {
		options,
		ports,
		project,
		catalog,
		run,
		manifests,
		released: about.released ?? null
	};
	const groups = openGroups(plan, context);
	const close = async () => {
		await groups.close();
		await run.close();
	};
	ports.onClose(close);
	try {
		await checkManifest(options, plan, manifests);
		if (!options.dryRun) for (const group of plan) ports.reporter.note(groupText(group));
		const { concurrency, failFast } = options;
		const results = options.dryRun ? await describeGroups(plan, groups) : await buildGroups({
			plan,
			groups,
			context,
			concurrency,
			failFast
		});
		const refusal = groups.refusal();
		if (refusal !== null && groups.opened().length === 0) throw refusal;
		return buildReport({
			options,
			project,
			servers,
			results,
			opened: groups.opened(),
			commit: await about.commit ?? null
		});
	} finally {
		await close();
	}
}
/**
* A manifest is of one server and one target: of another one it would say something wrong. It is read before anything
* is built.
*/
async function checkManifest({ manifest }, plan, manifests) {
	if (manifest === null) return;
	const [group] = plan;
	const [[server], [target]] = [group?.servers ?? [], group?.targets ?? []];
	const servers = new Set(plan.flatMap((each) => each.servers.map(({ version }) => version)));
	const targets = new Set(plan.flatMap((each) => each.targets.map(({ name }) => name)));
	if (servers.size > 1) throw severalOf("server", servers.size);
	if (targets.size > 1) throw severalOf("target", targets.size);
	if (server === void 0 || target === void 0) return;
	try {
		await manifests.of(server, target);
	} catch (error) {
		if (!(error instanceof require_start.Failure) || error.kind !== "input" || error.where?.kind !== "file") throw error;
		const { kind, code, remedy, cause } = error;
		const what = `${require_start.whereText(error.where)}: ${error.what}`;
		throw new require_start.Failure(kind, {
			code,
			what,
			remedy,
			cause,
			where: {
				kind: "input",
				input: "manifest"
			}
		});
	}
}
function severalOf(what, count) {
	return new require_start.Failure("input", {
		code: "bad-manifest",
		what: `a manifest is of one ${what}, and ${String(count)} are asked for`,
		remedy: `Name the one ${what} that it is of, or leave manifest out.`,
		where: {
			kind: "input",
			input: "manifest"
		}
	});
}
exports.runBuild = runBuild;
