const require_cache_key = require("./cache-key.js");
const require_check = require("./check.js");
const require_job = require("./job.js");
const require_start = require("./start.js");
const require_publish_text = require("./publish-text.js");
const require_markdown = require("./markdown.js");
const require_text = require("./text.js");
const require_action_outputs = require("./action-outputs.js");
const require_action = require("../action.js");
let node_path = require("node:path");
// src/report/summary.ts
/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 921600;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 1e3;
const mostReasons = 50;
const nothing = {
	build: "No plugin was built",
	check: "Nothing was checked",
	publish: "Nothing was published"
};
const marks = {
	loads: "✅ loads",
	rejected: "❌ rejected",
	undecided: "❔ undecided",
	"not verified": "➖ not verified",
	failed: "❌ failed",
	skipped: "➖ skipped"
};
/** The job summary in GitHub's Markdown, under 1 MiB. Text of the plugin cannot become Markdown or HTML. */
function summaryMarkdown(report) {
	const { groups } = report;
	if (groups.length === 0) return nothingBuilt(report);
	const rejected = require_check.allTargets(report).some((target) => require_check.outcomeOf(target) === "rejected");
	return require_markdown.joinWithin([
		`### ${require_markdown.code(report.plugin.name)} for ${require_markdown.words(require_check.serversText(report))}`,
		...report.servers.length > 1 ? [require_markdown.words(require_check.buildsText(report))] : [],
		targetsTable(report),
		...report.published === void 0 ? [] : [linesPart(require_publish_text.publishedLines(report.published))],
		...eachTarget(report, troubleParts),
		...rejected ? [require_markdown.words(require_check.tutorialRemedies)] : [],
		...listPart("Warnings", report.warnings),
		...eachTarget(report, notesParts),
		...groups.flatMap((group) => changesParts(group, report)),
		require_markdown.words(require_check.serverSourceText(report)),
		...groups.flatMap((group) => modulesParts(group, report))
	], limit);
}
function nothingBuilt({ plugin, published }) {
	const lines = published === void 0 ? [] : [linesPart(require_publish_text.publishedLines(published))];
	return require_markdown.joinWithin([`### ${require_markdown.code(plugin.name)}: nothing to build`, ...lines], limit);
}
/** The job summary of `publish`. */
function publishSummary(report) {
	const { plugin, files, release } = report;
	const rows = files.map(({ file, target, verdicts }) => [
		require_markdown.code((0, node_path.basename)(file)),
		require_markdown.words(target),
		require_markdown.words(require_check.namesText(verdicts.map(({ server }) => server))),
		marks[require_check.fileOutcome(verdicts)]
	]);
	return require_markdown.joinWithin([
		`### ${require_markdown.code(plugin.module)}: release ${require_markdown.code(release.tag)}`,
		require_markdown.table([
			"file",
			"target",
			"gotify",
			"verdict"
		], rows),
		linesPart([...require_publish_text.releaseLines(release), ...require_publish_text.leftLines(report)])
	], limit);
}
function linesPart(lines) {
	return lines.map((line) => `- ${require_markdown.words(line.trim())}`).join("\n");
}
function eachTarget(report, partsOf) {
	return report.groups.flatMap((group) => group.targets.flatMap((target) => partsOf({
		...target,
		title: require_check.titleOf(target, group, report)
	})));
}
/** The job summary of a run that failed before anything was tried. */
function failureSummary(failure, mode) {
	const where = failure.where === void 0 ? [] : [`Where: ${require_markdown.code(require_start.whereText(failure.where))}`];
	return require_markdown.joinWithin([
		`### ❌ ${nothing[mode]}`,
		require_markdown.words(failure.what),
		...where,
		require_markdown.words(failure.remedy)
	], limit);
}
/** For one server a row a target, for several a row a group and target. */
function targetsTable({ servers, groups }) {
	const isOne = servers.length === 1;
	return require_markdown.table([...isOne ? [] : ["gotify", "Go"], ...[
		"target",
		"verdict",
		"because",
		"file",
		"size",
		"time",
		"sha256"
	]], groups.flatMap((group) => group.targets.map((target) => [...isOne ? [] : [require_markdown.words(require_check.namesText(group.servers)), require_markdown.words(group.goVersion)], ...targetCells(target)])));
}
function targetCells(target) {
	const first = [
		require_markdown.code(target.target),
		verdictCell(target),
		require_markdown.words(require_check.explain(target), 300)
	];
	switch (target.kind) {
		case "built": return [
			...first,
			require_markdown.code((0, node_path.basename)(target.file)),
			require_check.sizeText(target.size),
			timeCell(target),
			require_markdown.code(target.sha256)
		];
		case "covered": return [
			...first,
			require_markdown.code((0, node_path.basename)(target.file)),
			"",
			"not built",
			""
		];
		case "released": return [
			...first,
			require_markdown.code(target.asset),
			"",
			"not built",
			require_markdown.code(target.sha256)
		];
		case "failed": return [
			...first,
			"",
			"",
			require_check.secondsText(target.seconds),
			""
		];
		case "skipped": return [
			...first,
			"",
			"",
			"",
			""
		];
	}
}
/** One mark where the servers agree, else one for each. */
function verdictCell(target) {
	const outcome = require_check.outcomeOf(target);
	if (!("verdicts" in target)) return marks[outcome];
	if (target.verdicts.every(({ verdict }) => (verdict?.kind ?? "not verified") === outcome)) return marks[outcome];
	return target.verdicts.map(({ server, verdict }) => `${require_markdown.words(server)} ${marks[verdict?.kind ?? "not verified"]}`).join("<br>");
}
function timeCell({ seconds, referenceHostSeconds }) {
	const reference = referenceHostSeconds === null ? "" : ` (and reference host ${require_check.secondsText(referenceHostSeconds)})`;
	return `${require_check.secondsText(seconds)}${reference}`;
}
function troubleParts(target) {
	if (target.kind === "failed") {
		const { failure } = target;
		const where = failure.where === null ? "" : ` (${require_markdown.code(require_start.whereText(failure.where))})`;
		return [
			`#### ${require_markdown.code(target.title)} failed`,
			`${require_markdown.words(failure.what)}${where}`,
			require_markdown.words(failure.remedy)
		];
	}
	if (target.kind === "skipped") return [];
	return require_check.verdictsByContent(target.verdicts).rejections.flatMap(({ by, reasons }) => {
		const byWhom = target.verdicts.length === 1 ? "" : ` by ${require_markdown.words(require_check.namesText(by))}`;
		const more = reasons.length - mostReasons;
		return [
			`#### ${require_markdown.code(target.title)} is rejected${byWhom}`,
			reasons.slice(0, mostReasons).map(reasonLine).join("\n"),
			...more > 0 ? [`and ${require_check.count(more, "reason", "reasons")} more in report.json.`] : []
		];
	});
}
function reasonLine(reason) {
	const packages = require_check.somePackages(require_check.rejectedPackages(reason), 20);
	const list = packages === "" ? "" : ` Packages: ${require_markdown.words(packages)}.`;
	return `- ${require_markdown.words(require_check.rejectionText(reason))}.${list} ${require_markdown.words(reason.remedy)}`;
}
function notesParts(target) {
	if (!("verdicts" in target)) return [];
	const { warnings, notes } = require_check.verdictsByContent(target.verdicts);
	return [...listPart(`Warnings for ${target.title}`, warnings), ...listPart(`Notes on ${target.title}`, notes)];
}
function listPart(title, items) {
	return items.length === 0 ? [] : [`${title}:\n\n${items.map((item) => `- ${require_markdown.words(item)}`).join("\n")}`];
}
function changesParts({ changes, targets, version }, { dependencies, groups }) {
	if (targets.every(require_check.isSpared)) return [];
	const whose = groups.length === 1 ? "" : ` for gotify ${require_markdown.words(version)}`;
	if (changes.length === 0) return [`Dependencies (${dependencies})${whose}: nothing is built differently from the plugin's go.mod.`];
	const rows = changes.slice(0, mostRows).map((change) => [
		require_markdown.code(change.module),
		require_markdown.words(require_check.changeText(change)),
		change.reach,
		change.line === null ? "" : String(change.line)
	]);
	const title = `Dependencies (${dependencies})${whose}: ${require_check.count(changes.length, "change", "changes")} for this build; the plugin's own files are as they were`;
	return [require_markdown.folded(title, require_markdown.table([
		"module",
		"version",
		"reached",
		"line in the plugin's go.mod"
	], rows))];
}
function modulesParts({ version }, { groups, servers }) {
	return servers.filter((server) => server.version === version).map(({ pinList: { modules, source } }) => {
		const rows = modules.slice(0, mostRows).map((module) => [require_markdown.code(module.path), require_markdown.code(module.version)]);
		const from = source === "binary" ? "linked into its binary" : "of its go.mod";
		const title = `${groups.length === 1 ? "The server's pin list" : `The pin list of gotify ${require_markdown.words(version)}`}: ${require_check.count(modules.length, "module", "modules")} ${from}`;
		return require_markdown.folded(title, require_markdown.table(["module", "version"], rows));
	});
}
// src/adapters/action-results.ts
/** Log, annotations, outputs and summary of a build that gave a report. */
async function publishReport(report, { options, workspace, say }) {
	say(require_action.plain(require_text.reportText(report)));
	for (const text of annotations(report, workspace)) say(text);
	for (const text of releaseErrors(report.published?.release ?? null)) say(text);
	require_action_outputs.setOutputs({
		files: JSON.stringify(require_check.deliveredFiles(report)),
		...require_action_outputs.serverOutputs(report),
		report: require_job.reportPath(options),
		compatible: String(report.compatible),
		"cache-key": require_cache_key.buildCacheKey(report) ?? "",
		"release-url": releaseUrl(report.published?.release ?? null)
	});
	await require_action_outputs.writeSummary(summaryMarkdown(report));
}
/** Log, annotation, outputs and summary of the mode `publish`. */
async function publishPublication(report, { options, say }) {
	say(require_action.plain(require_publish_text.publishText(report)));
	for (const text of releaseErrors(report.release)) say(text);
	require_action_outputs.setOutputs({
		files: JSON.stringify(report.files.filter(({ verdicts }) => require_check.fileOutcome(verdicts) === "loads").map(({ file }) => file)),
		report: require_job.reportPath(options),
		compatible: String(report.compatible),
		"release-url": releaseUrl(report.release)
	});
	await require_action_outputs.writeSummary(publishSummary(report));
}
function releaseUrl(release) {
	return release !== null && "url" in release ? release.url : "";
}
function releaseErrors(release) {
	return release?.kind === "failed" || release?.kind === "refused" ? [require_action.command("error", require_publish_text.releaseLines(release).join("\n"))] : [];
}
/** Outputs and summary of a run that failed before any target was tried. */
async function publishFailure(failure, options) {
	require_action_outputs.setOutputs({
		...options.mode === "check" ? { conflicts: "0" } : { files: "[]" },
		report: require_job.reportPath(options),
		compatible: String(require_job.compatibleAfter(failure))
	});
	await require_action_outputs.writeSummary(failureSummary(failure, options.mode));
}
/** One error for each thing that is wrong: what several targets fail at is said once. */
function annotations(report, workspace) {
	const byText = /* @__PURE__ */ new Map();
	for (const group of report.groups) for (const target of group.targets) for (const problem of problemsOf(target)) {
		const key = JSON.stringify([problem.where, problem.text]);
		const known = byText.get(key) ?? {
			titles: [],
			problem
		};
		known.titles.push(require_check.titleOf(target, group, report));
		byText.set(key, known);
	}
	return [...byText.values()].map(({ titles, problem }) => require_action.command("error", `${titles.join(", ")}: ${problem.text}`, require_action.placeOf(problem.where, workspace)));
}
function problemsOf(target) {
	if (target.kind === "skipped") return [];
	if (target.kind === "failed") {
		const { what, remedy, where } = target.failure;
		return [{
			text: require_start.failureLines({
				what,
				remedy
			}).join("\n"),
			where
		}];
	}
	const { undecided, rejections } = require_check.verdictsByContent(target.verdicts);
	const reasons = rejections.flatMap((rejection) => rejection.reasons.slice(0, 10));
	const texts = [...undecided.map((because) => `undecided: ${because}`), ...reasons.map((reason) => `${require_check.rejectionText(reason)}\n${reason.remedy}`)];
	return [...new Set(texts)].map((text) => ({
		text,
		where: null
	}));
}
exports.publishFailure = publishFailure;
exports.publishPublication = publishPublication;
exports.publishReport = publishReport;
