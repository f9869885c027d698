const require_start = require("./start.js");
const require_uploader = require("./uploader.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
const require_release_files = require("./release-files.js");
let node_path = require("node:path");
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
		uploader: require_uploader.uploaderOf(request),
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
	const parts = require_uploader.partsOf(apart);
	return [...own, ...parts.length === 0 ? [] : [require_uploader.digestOf(parts).slice(0, 8)]].join("-");
}
/** @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/upload/path-and-artifact-name-validation.ts */
function checkedName(name) {
	const wrong = /[\p{Cc}":<>|*?\\/]/u.exec(name)?.[0];
	if (name.trim() !== "" && wrong === void 0) return name;
	const what = wrong === void 0 ? "is empty" : `contains ${JSON.stringify(wrong)}`;
	throw new require_start.Failure("input", {
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
/**
* The files that load in every server of their group, with all servers that they were proven for, and what files of the
* release are proven for besides. Pure.
*/
function publishable(groups) {
	const files = groups.flatMap((group) => group.targets.flatMap((target) => target.kind === "built" && require_check.outcomeOf(target) === "loads" ? [pluginFile(target, group, groups)] : []));
	const left = groups.flatMap((group) => group.targets.filter((target) => require_check.outcomeOf(target) !== "loads" || isOrphan(target, groups)).map((target) => leftOut(target, group)));
	return {
		files,
		added: groups.flatMap(({ targets }) => targets.flatMap(addedServers)),
		left
	};
}
/** What a file of the release is proven for besides. */
function addedServers(target) {
	if (target.kind !== "released" || require_check.outcomeOf(target) !== "loads") return [];
	const { asset, sha256, verdicts } = target;
	return [{
		file: asset,
		sha256,
		servers: verdicts.map(({ server }) => server),
		compared: leastCompared(verdicts)
	}];
}
function leastCompared(verdicts) {
	return Math.min(...verdicts.map(({ verdict }) => verdict?.kind === "loads" ? verdict.compared : 0));
}
/** Whether it is covered by a file that is not published itself. */
function isOrphan(target, groups) {
	if (target.kind !== "covered") return false;
	return !groups.filter(({ version }) => version === target.by).flatMap(({ targets }) => targets).some((file) => file.kind === "built" && file.target === target.target && require_check.outcomeOf(file) === "loads");
}
function pluginFile(built, group, groups) {
	const verdicts = [built, ...groups.flatMap(({ targets }) => targets.filter((target) => target.kind === "covered" && target.by === group.version && target.target === built.target && require_check.outcomeOf(target) === "loads"))].flatMap((target) => "verdicts" in target ? target.verdicts : []);
	const { file, size, sha256, target } = built;
	return {
		name: (0, node_path.basename)(file),
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
		compared: leastCompared(verdicts)
	};
}
function leftOut(target, { servers }) {
	const why = {
		failed: () => target.kind === "failed" ? `was not built: ${target.failure.what}` : "",
		skipped: () => "was not built, as another failed first",
		rejected: () => "would not load",
		undecided: () => `${target.kind === "released" ? "is at the release" : "was built"}, and it could not be decided whether it loads`,
		"not verified": () => "was built, and not proven",
		loads: () => target.kind === "covered" ? `would load the file for gotify ${target.by}, which is left out` : ""
	}[require_check.outcomeOf(target)]();
	return {
		target: target.target,
		servers,
		text: `${target.target} for gotify ${require_check.namesText(servers, 10)} ${why}`
	};
}
// src/pipeline/publish-build.ts
/** The report with who uploads it, so that a rerun knows the artifacts of its own job. Pure. */
function signedReport(report, { publish, dryRun }) {
	const { artifacts } = publish;
	return dryRun || artifacts === null ? report : {
		...report,
		uploadedBy: require_uploader.uploaderOf(artifacts)
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
		release: release?.tag == null ? null : await require_release_files.releaseFiles({
			...publishable(report.groups),
			...pluginOf(report),
			tag: release.tag
		}, release, ports)
	});
}
/** The report with what publishing came to; a release that failed or was not touched is never a good end. */
function withPublished(report, published) {
	const { artifacts, release } = published;
	const exitCode = require_start.worstExitCode([
		report.exitCode,
		releaseExitCode(release),
		artifacts?.kind === "failed" ? require_start.exitCodeOf(artifacts.failure.kind) : 0
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
	if (release.kind === "failed") return require_start.exitCodeOf(release.failure.kind);
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
	const rejected = artifacts.keepRejected ? built.filter((target) => !require_check.isDelivered(target)) : [];
	const request = {
		...artifacts,
		plugin: report.plugin.name,
		files: built.filter(require_check.isDelivered),
		rejected,
		report: require_job.reportPath(options)
	};
	try {
		return {
			kind: "uploaded",
			artifacts: await ports.uploadArtifacts(planArtifacts(request))
		};
	} catch (error) {
		const failure = require_start.asFailure(error);
		if (artifacts.isOptional && hasNoService(failure)) {
			ports.reporter.warn(`no artifact is uploaded: ${failure.what}`);
			return null;
		}
		return {
			kind: "failed",
			failure: require_start.reportedFailure(failure)
		};
	}
}
/** GitHub Enterprise Server and other runners of workflows may have none. */
function hasNoService({ code }) {
	return ["artifact-unavailable", "artifact-unsupported"].includes(code);
}
exports.publishBuild = publishBuild;
exports.publishable = publishable;
exports.releaseExitCode = releaseExitCode;
exports.signedReport = signedReport;
