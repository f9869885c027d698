import { A as whereText, T as pinListKey, u as failureLines } from "./start.js";
import { At as changeText, Bt as sizeText, Ft as rejectedPackages, Ht as tutorialRemedies, It as rejectionText, Lt as secondsText, Mt as deliveredFiles, Nt as explain, Ot as reportPath, Pt as outcomeOf, Rt as serverSourceText, Vt as somePackages, jt as count, kt as compatibleAfter, zt as serverText } from "./job.js";
import { a as joinWithin, i as folded, n as writeSummary, o as table, r as code, s as words, t as setOutputs } from "./action-outputs.js";
import { t as reportText } from "./text2.js";
import { i as plain, r as placeOf, t as command } from "./workflow-commands.js";
import { basename } from "node:path";
// src/report/cache-key.ts
/**
* A key under which a workflow can save `cache-dir`: equal for runs that would fill it with the same. What the
* plugin has of its own is left out, as it is small beside what it shares with the server.
*/
function cacheKey({ builder, server, targets }) {
	const names = targets.map(({ target }) => target.replace("linux-", "")).sort();
	return [
		"gotify-plugin-build",
		builder,
		`go${server.goVersion}`,
		pinListKey(server.pinList.modules),
		...names
	].join("-");
}
// src/report/summary.ts
/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 921600;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 1e3;
const mostReasons = 50;
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
	const troubles = report.targets.flatMap(troubleParts);
	const rejected = report.targets.some((target) => outcomeOf(target) === "rejected");
	return joinWithin([
		`### ${code(report.plugin.name)} for ${words(serverText(report))}`,
		targetsTable(report.targets),
		...troubles,
		...rejected ? [words(tutorialRemedies)] : [],
		...listPart("Warnings", report.warnings),
		...notesParts(report.targets),
		changesPart(report),
		words(serverSourceText(report)),
		modulesPart(report)
	], limit);
}
/** The job summary of a run that failed before anything was tried. */
function failureSummary(failure, mode) {
	const where = failure.where === void 0 ? [] : [`Where: ${code(whereText(failure.where))}`];
	return joinWithin([
		mode === "build" ? "### ❌ No plugin was built" : "### ❌ Nothing was checked",
		words(failure.what),
		...where,
		words(failure.remedy)
	], limit);
}
function targetsTable(targets) {
	return table([
		"target",
		"verdict",
		"because",
		"file",
		"size",
		"time",
		"sha256"
	], targets.map((target) => [
		code(target.target),
		marks[outcomeOf(target)],
		words(explain(target), 300),
		...target.kind === "built" ? [
			code(basename(target.file)),
			sizeText(target.size),
			timeCell(target),
			code(target.sha256)
		] : [
			"",
			"",
			target.kind === "failed" ? secondsText(target.seconds) : "",
			""
		]
	]));
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
			`#### ${code(target.target)} failed`,
			`${words(failure.what)}${where}`,
			words(failure.remedy)
		];
	}
	if (target.kind === "skipped" || target.verdict?.kind !== "rejected") return [];
	const { reasons } = target.verdict;
	const more = reasons.length - mostReasons;
	return [
		`#### ${code(target.target)} is rejected`,
		reasons.slice(0, mostReasons).map((reason) => {
			const packages = somePackages(rejectedPackages(reason), 20);
			const list = packages === "" ? "" : ` Packages: ${words(packages)}.`;
			return `- ${words(rejectionText(reason))}.${list} ${words(reason.remedy)}`;
		}).join("\n"),
		...more > 0 ? [`and ${count(more, "reason", "reasons")} more in report.json.`] : []
	];
}
function notesParts(targets) {
	return targets.flatMap((target) => {
		if (target.kind !== "built" || target.verdict === null) return [];
		return [...listPart(`Warnings for ${target.target}`, target.verdict.warnings), ...listPart(`Notes on ${target.target}`, target.verdict.notes)];
	});
}
function listPart(title, items) {
	return items.length === 0 ? [] : [`${title}:\n\n${items.map((item) => `- ${words(item)}`).join("\n")}`];
}
function changesPart({ changes, dependencies }) {
	if (changes.length === 0) return `Dependencies (${dependencies}): nothing is built differently from the plugin's go.mod.`;
	const rows = changes.slice(0, mostRows).map((change) => [
		code(change.module),
		words(changeText(change)),
		change.reach,
		change.line === null ? "" : String(change.line)
	]);
	const title = `Dependencies (${dependencies}): ${count(changes.length, "change", "changes")} for this build; the plugin's own files are as they were`;
	return folded(title, table([
		"module",
		"version",
		"reached",
		"line in the plugin's go.mod"
	], rows));
}
function modulesPart({ server }) {
	const { modules, source } = server.pinList;
	const rows = modules.slice(0, mostRows).map(({ path, version }) => [code(path), code(version)]);
	const from = source === "binary" ? "linked into its binary" : "of its go.mod";
	return folded(`The server's pin list: ${count(modules.length, "module", "modules")} ${from}`, table(["module", "version"], rows));
}
// src/adapters/action-results.ts
/** Log, annotations, outputs and summary of a build that gave a report. */
async function publishReport(report, { options, workspace, say }) {
	say(plain(reportText(report)));
	for (const text of annotations(report, workspace)) say(text);
	setOutputs({
		files: JSON.stringify(deliveredFiles(report)),
		"server-version": report.server.version,
		"server-commit": report.server.commit ?? "",
		"go-version": report.server.goVersion,
		report: reportPath(options),
		compatible: String(report.compatible),
		"cache-key": cacheKey(report)
	});
	await writeSummary(summaryMarkdown(report));
}
/** Outputs and summary of a run that failed before any target was tried. */
async function publishFailure(failure, options) {
	setOutputs({
		...options.mode === "build" ? { files: "[]" } : {},
		report: reportPath(options),
		compatible: String(compatibleAfter(failure))
	});
	await writeSummary(failureSummary(failure, options.mode));
}
/** One error for each thing that is wrong: what several targets fail at is said once. */
function annotations(report, workspace) {
	const all = report.targets.flatMap((target) => problemsOf(target));
	const byText = /* @__PURE__ */ new Map();
	for (const { target, problem } of all) {
		const key = JSON.stringify([problem.where, problem.text]);
		const known = byText.get(key);
		if (known === void 0) byText.set(key, {
			targets: [target],
			problem
		});
		else known.targets.push(target);
	}
	return [...byText.values()].map(({ targets, problem }) => command("error", `${targets.join(", ")}: ${problem.text}`, placeOf(problem.where, workspace)));
}
function problemsOf(target) {
	const problem = (text, where = null) => ({
		target: target.target,
		problem: {
			text,
			where
		}
	});
	if (target.kind === "skipped") return [];
	if (target.kind === "failed") {
		const { what, remedy, where } = target.failure;
		return [problem(failureLines({
			what,
			remedy
		}).join("\n"), where)];
	}
	const { verdict } = target;
	if (verdict?.kind === "undecided") return [problem(`${outcomeOf(target)}: ${verdict.because}`)];
	if (verdict?.kind !== "rejected") return [];
	return verdict.reasons.slice(0, 10).map((reason) => problem(`${rejectionText(reason)}\n${reason.remedy}`));
}
export { publishFailure, publishReport };
