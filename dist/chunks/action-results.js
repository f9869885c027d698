import { t as buildCacheKey } from "./cache-key.js";
import { Cn as serversText, Dn as titleOf, En as somePackages, Fn as outcomeOf, Mn as fileOutcome, On as tutorialRemedies, Pn as isSpared, Sn as serverSourceText, _n as explain, bn as rejectionText, dn as verdictsByContent, fn as reportPath, gn as count, hn as changeText, jn as deliveredFiles, kn as allTargets, mn as buildsText, pn as compatibleAfter, vn as namesText, wn as sizeText, xn as secondsText, yn as rejectedPackages } from "./job.js";
import { H as whereText, g as failureLines } from "./start.js";
import { i as releaseLines, n as publishText, r as publishedLines, t as leftLines } from "./publish-text2.js";
import { a as words, i as table, n as folded, r as joinWithin, t as code } from "./markdown.js";
import { t as reportText } from "./text2.js";
import { n as setOutputs, r as writeSummary, t as serverOutputs } from "./action-outputs.js";
import { a as plain, i as placeOf, n as command } from "./workflow-commands.js";
import { basename } from "node:path";
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
	const rejected = allTargets(report).some((target) => outcomeOf(target) === "rejected");
	return joinWithin([
		`### ${code(report.plugin.name)} for ${words(serversText(report))}`,
		...report.servers.length > 1 ? [words(buildsText(report))] : [],
		targetsTable(report),
		...report.published === void 0 ? [] : [linesPart(publishedLines(report.published))],
		...eachTarget(report, troubleParts),
		...rejected ? [words(tutorialRemedies)] : [],
		...listPart("Warnings", report.warnings),
		...eachTarget(report, notesParts),
		...groups.flatMap((group) => changesParts(group, report)),
		words(serverSourceText(report)),
		...groups.flatMap((group) => modulesParts(group, report))
	], limit);
}
function nothingBuilt({ plugin, published }) {
	const lines = published === void 0 ? [] : [linesPart(publishedLines(published))];
	return joinWithin([`### ${code(plugin.name)}: nothing to build`, ...lines], limit);
}
/** The job summary of `publish`. */
function publishSummary(report) {
	const { plugin, files, release } = report;
	const rows = files.map(({ file, target, verdicts }) => [
		code(basename(file)),
		words(target),
		words(namesText(verdicts.map(({ server }) => server))),
		marks[fileOutcome(verdicts)]
	]);
	return joinWithin([
		`### ${code(plugin.module)}: release ${code(release.tag)}`,
		table([
			"file",
			"target",
			"gotify",
			"verdict"
		], rows),
		linesPart([...releaseLines(release), ...leftLines(report)])
	], limit);
}
function linesPart(lines) {
	return lines.map((line) => `- ${words(line.trim())}`).join("\n");
}
function eachTarget(report, partsOf) {
	return report.groups.flatMap((group) => group.targets.flatMap((target) => partsOf({
		...target,
		title: titleOf(target, group, report)
	})));
}
/** The job summary of a run that failed before anything was tried. */
function failureSummary(failure, mode) {
	const where = failure.where === void 0 ? [] : [`Where: ${code(whereText(failure.where))}`];
	return joinWithin([
		`### ❌ ${nothing[mode]}`,
		words(failure.what),
		...where,
		words(failure.remedy)
	], limit);
}
/** For one server a row a target, for several a row a group and target. */
function targetsTable({ servers, groups }) {
	const isOne = servers.length === 1;
	return table([...isOne ? [] : ["gotify", "Go"], ...[
		"target",
		"verdict",
		"because",
		"file",
		"size",
		"time",
		"sha256"
	]], groups.flatMap((group) => group.targets.map((target) => [...isOne ? [] : [words(namesText(group.servers)), words(group.goVersion)], ...targetCells(target)])));
}
function targetCells(target) {
	const first = [
		code(target.target),
		verdictCell(target),
		words(explain(target), 300)
	];
	switch (target.kind) {
		case "built": return [
			...first,
			code(basename(target.file)),
			sizeText(target.size),
			timeCell(target),
			code(target.sha256)
		];
		case "covered": return [
			...first,
			code(basename(target.file)),
			"",
			"not built",
			""
		];
		case "released": return [
			...first,
			code(target.asset),
			"",
			"not built",
			code(target.sha256)
		];
		case "failed": return [
			...first,
			"",
			"",
			secondsText(target.seconds),
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
	const outcome = outcomeOf(target);
	if (!("verdicts" in target)) return marks[outcome];
	if (target.verdicts.every(({ verdict }) => (verdict?.kind ?? "not verified") === outcome)) return marks[outcome];
	return target.verdicts.map(({ server, verdict }) => `${words(server)} ${marks[verdict?.kind ?? "not verified"]}`).join("<br>");
}
function timeCell({ seconds, referenceHostSeconds }) {
	const reference = referenceHostSeconds === null ? "" : ` (and reference host ${secondsText(referenceHostSeconds)})`;
	return `${secondsText(seconds)}${reference}`;
}
function troubleParts(target) {
	if (target.kind === "failed") {
		const { failure } = target;
		const where = failure.where === null ? "" : ` (${code(whereText(failure.where))})`;
		return [
			`#### ${code(target.title)} failed`,
			`${words(failure.what)}${where}`,
			words(failure.remedy)
		];
	}
	if (target.kind === "skipped") return [];
	return verdictsByContent(target.verdicts).rejections.flatMap(({ by, reasons }) => {
		const byWhom = target.verdicts.length === 1 ? "" : ` by ${words(namesText(by))}`;
		const more = reasons.length - mostReasons;
		return [
			`#### ${code(target.title)} is rejected${byWhom}`,
			reasons.slice(0, mostReasons).map(reasonLine).join("\n"),
			...more > 0 ? [`and ${count(more, "reason", "reasons")} more in report.json.`] : []
		];
	});
}
function reasonLine(reason) {
	const packages = somePackages(rejectedPackages(reason), 20);
	const list = packages === "" ? "" : ` Packages: ${words(packages)}.`;
	return `- ${words(rejectionText(reason))}.${list} ${words(reason.remedy)}`;
}
function notesParts(target) {
	if (!("verdicts" in target)) return [];
	const { warnings, notes } = verdictsByContent(target.verdicts);
	return [...listPart(`Warnings for ${target.title}`, warnings), ...listPart(`Notes on ${target.title}`, notes)];
}
function listPart(title, items) {
	return items.length === 0 ? [] : [`${title}:\n\n${items.map((item) => `- ${words(item)}`).join("\n")}`];
}
function changesParts({ changes, targets, version }, { dependencies, groups }) {
	if (targets.every(isSpared)) return [];
	const whose = groups.length === 1 ? "" : ` for gotify ${words(version)}`;
	if (changes.length === 0) return [`Dependencies (${dependencies})${whose}: nothing is built differently from the plugin's go.mod.`];
	const rows = changes.slice(0, mostRows).map((change) => [
		code(change.module),
		words(changeText(change)),
		change.reach,
		change.line === null ? "" : String(change.line)
	]);
	const title = `Dependencies (${dependencies})${whose}: ${count(changes.length, "change", "changes")} for this build; the plugin's own files are as they were`;
	return [folded(title, table([
		"module",
		"version",
		"reached",
		"line in the plugin's go.mod"
	], rows))];
}
function modulesParts({ version }, { groups, servers }) {
	return servers.filter((server) => server.version === version).map(({ pinList: { modules, source } }) => {
		const rows = modules.slice(0, mostRows).map((module) => [code(module.path), code(module.version)]);
		const from = source === "binary" ? "linked into its binary" : "of its go.mod";
		const title = `${groups.length === 1 ? "The server's pin list" : `The pin list of gotify ${words(version)}`}: ${count(modules.length, "module", "modules")} ${from}`;
		return folded(title, table(["module", "version"], rows));
	});
}
// src/adapters/action-results.ts
/** Log, annotations, outputs and summary of a build that gave a report. */
async function publishReport(report, { options, workspace, say }) {
	say(plain(reportText(report)));
	for (const text of annotations(report, workspace)) say(text);
	for (const text of releaseErrors(report.published?.release ?? null)) say(text);
	setOutputs({
		files: JSON.stringify(deliveredFiles(report)),
		...serverOutputs(report),
		report: reportPath(options),
		compatible: String(report.compatible),
		"cache-key": buildCacheKey(report) ?? "",
		"release-url": releaseUrl(report.published?.release ?? null)
	});
	await writeSummary(summaryMarkdown(report));
}
/** Log, annotation, outputs and summary of the mode `publish`. */
async function publishPublication(report, { options, say }) {
	say(plain(publishText(report)));
	for (const text of releaseErrors(report.release)) say(text);
	setOutputs({
		files: JSON.stringify(report.files.filter(({ verdicts }) => fileOutcome(verdicts) === "loads").map(({ file }) => file)),
		report: reportPath(options),
		compatible: String(report.compatible),
		"release-url": releaseUrl(report.release)
	});
	await writeSummary(publishSummary(report));
}
function releaseUrl(release) {
	return release !== null && "url" in release ? release.url : "";
}
function releaseErrors(release) {
	return release?.kind === "failed" || release?.kind === "refused" ? [command("error", releaseLines(release).join("\n"))] : [];
}
/** Outputs and summary of a run that failed before any target was tried. */
async function publishFailure(failure, options) {
	setOutputs({
		...options.mode === "check" ? { conflicts: "0" } : { files: "[]" },
		report: reportPath(options),
		compatible: String(compatibleAfter(failure))
	});
	await writeSummary(failureSummary(failure, options.mode));
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
		known.titles.push(titleOf(target, group, report));
		byText.set(key, known);
	}
	return [...byText.values()].map(({ titles, problem }) => command("error", `${titles.join(", ")}: ${problem.text}`, placeOf(problem.where, workspace)));
}
function problemsOf(target) {
	if (target.kind === "skipped") return [];
	if (target.kind === "failed") {
		const { what, remedy, where } = target.failure;
		return [{
			text: failureLines({
				what,
				remedy
			}).join("\n"),
			where
		}];
	}
	const { undecided, rejections } = verdictsByContent(target.verdicts);
	const reasons = rejections.flatMap((rejection) => rejection.reasons.slice(0, 10));
	const texts = [...undecided.map((because) => `undecided: ${because}`), ...reasons.map((reason) => `${rejectionText(reason)}\n${reason.remedy}`)];
	return [...new Set(texts)].map((text) => ({
		text,
		where: null
	}));
}
export { publishFailure, publishPublication, publishReport };
