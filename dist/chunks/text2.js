import { Cn as serversText, En as somePackages, Fn as outcomeOf, On as tutorialRemedies, Pn as isSpared, Sn as serverSourceText, _n as explain, bn as rejectionText, dn as verdictsByContent, gn as count, kn as allTargets, mn as buildsText, vn as namesText, wn as sizeText, xn as secondsText, yn as rejectedPackages } from "./job.js";
import { r as publishedLines } from "./publish-text2.js";
// src/report/text.ts
/**
* What the command line and the action's log print at the end: one block a target, then the answer. Lines are joined
* by newlines; text from the plugin is as it came, so the caller makes it safe for where it goes.
*/
function reportText(report) {
	const published = report.published === void 0 ? [] : publishedLines(report.published);
	if (report.groups.length === 0) return [
		report.plugin.module,
		"Nothing to build.",
		...published
	].join("\n");
	return [
		`${report.plugin.module} for ${serversText(report)}`,
		serverSourceText(report),
		...report.groups.flatMap((group) => groupLines(group, report)),
		...remediesLines(report),
		"",
		...report.servers.length > 1 ? [buildsText(report)] : [],
		answer(report),
		...published
	].join("\n");
}
function groupLines(group, { groups, dependencies }) {
	const changes = isBuilt(group) ? [changesLine(group, dependencies)] : [];
	const targets = group.targets.flatMap(targetLines);
	if (groups.length === 1) return [
		...changes,
		"",
		...targets
	];
	return [
		"",
		`gotify ${namesText(group.servers)} (Go ${group.goVersion})`,
		...changes,
		...targets
	];
}
/** A group whose targets are spared by other files has no build that could have changes. */
function isBuilt({ targets }) {
	return !targets.every(isSpared);
}
function changesLine({ changes }, dependencies) {
	if (dependencies === "keep") return "Dependencies are as the plugin has them (keep).";
	const named = changes.filter(({ line }) => line !== null).length;
	return `Dependencies: ${dependencies}, ${count(changes.length, "change", "changes")}, ${String(named)} of them of lines in the plugin's go.mod.`;
}
function targetLines(target) {
	const head = `${target.target.padEnd(13)}  ${outcomeOf(target).padEnd(12)}  ${explain(target)}`;
	if (target.kind === "skipped") return [head];
	if (target.kind === "failed") return [head, indent(target.failure.remedy)];
	return [
		head,
		indent(target.kind === "released" ? target.asset : target.file),
		...target.kind === "built" ? [indent(costText(target))] : [],
		...verdictsLines(target.verdicts).map(indent)
	];
}
function costText({ size, seconds, referenceHostSeconds }) {
	const reference = referenceHostSeconds === null ? "" : `, reference host ${secondsText(referenceHostSeconds)}`;
	return `${sizeText(size)}, built in ${secondsText(seconds)}${reference}`;
}
function verdictsLines(verdicts) {
	const { rejections, warnings, notes } = verdictsByContent(verdicts);
	return [
		...rejections.flatMap(({ by, reasons }) => [...verdicts.length === 1 ? [] : [`by gotify ${namesText(by)}:`], ...reasons.flatMap((reason) => {
			const packages = rejectedPackages(reason);
			return [
				`- ${rejectionText(reason)}`,
				...packages.length === 0 ? [] : [indent(`packages: ${somePackages(packages, 5)}`)],
				indent(reason.remedy)
			];
		})]),
		...warnings.map((warning) => `warning: ${warning}`),
		...notes.map((note) => `note: ${note}`)
	];
}
function remediesLines(report) {
	return allTargets(report).some((target) => outcomeOf(target) === "rejected") ? ["", tutorialRemedies] : [];
}
function answer({ compatible, groups, servers }) {
	const [only] = servers;
	const isOne = only !== void 0 && servers.length === 1;
	const { loading, all } = countPairs(groups);
	const pairs = isOne ? count(all, "target", "targets") : `${count(all, "pair", "pairs")} of server and target`;
	const of = `${String(loading)} of ${pairs}`;
	const name = isOne ? `gotify ${only.version}` : "every server";
	if (compatible === true) return `Loads in ${name}: ${of}.`;
	if (compatible === false) return `Does not load in ${name} on every target: ${of} load.`;
	return `Whether every target loads in ${name} is not known: ${of} proven.`;
}
/** A file that one server of its group refuses is handed on for none of them. */
function countPairs(groups) {
	let [loading, all] = [0, 0];
	for (const { servers, targets } of groups) {
		all += servers.length * targets.length;
		loading += servers.length * targets.filter((target) => outcomeOf(target) === "loads").length;
	}
	return {
		loading,
		all
	};
}
function indent(line) {
	return `  ${line}`;
}
export { reportText as t };
