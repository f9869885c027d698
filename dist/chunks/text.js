const require_check = require("./check.js");
const require_publish_text = require("./publish-text.js");
// src/report/text.ts
/**
* What the command line and the action's log print at the end: one block a target, then the answer. Lines are joined
* by newlines; text from the plugin is as it came, so the caller makes it safe for where it goes.
*/
function reportText(report) {
	const published = report.published === void 0 ? [] : require_publish_text.publishedLines(report.published);
	if (report.groups.length === 0) return [
		report.plugin.module,
		"Nothing to build.",
		...published
	].join("\n");
	return [
		`${report.plugin.module} for ${require_check.serversText(report)}`,
		require_check.serverSourceText(report),
		...report.groups.flatMap((group) => groupLines(group, report)),
		...remediesLines(report),
		"",
		...report.servers.length > 1 ? [require_check.buildsText(report)] : [],
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
		`gotify ${require_check.namesText(group.servers)} (Go ${group.goVersion})`,
		...changes,
		...targets
	];
}
/** A group whose targets are spared by other files has no build that could have changes. */
function isBuilt({ targets }) {
	return !targets.every(require_check.isSpared);
}
function changesLine({ changes }, dependencies) {
	if (dependencies === "keep") return "Dependencies are as the plugin has them (keep).";
	const named = changes.filter(({ line }) => line !== null).length;
	return `Dependencies: ${dependencies}, ${require_check.count(changes.length, "change", "changes")}, ${String(named)} of them of lines in the plugin's go.mod.`;
}
function targetLines(target) {
	const head = `${target.target.padEnd(13)}  ${require_check.outcomeOf(target).padEnd(12)}  ${require_check.explain(target)}`;
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
	const reference = referenceHostSeconds === null ? "" : `, reference host ${require_check.secondsText(referenceHostSeconds)}`;
	return `${require_check.sizeText(size)}, built in ${require_check.secondsText(seconds)}${reference}`;
}
function verdictsLines(verdicts) {
	const { rejections, warnings, notes } = require_check.verdictsByContent(verdicts);
	return [
		...rejections.flatMap(({ by, reasons }) => [...verdicts.length === 1 ? [] : [`by gotify ${require_check.namesText(by)}:`], ...reasons.flatMap((reason) => {
			const packages = require_check.rejectedPackages(reason);
			return [
				`- ${require_check.rejectionText(reason)}`,
				...packages.length === 0 ? [] : [indent(`packages: ${require_check.somePackages(packages, 5)}`)],
				indent(reason.remedy)
			];
		})]),
		...warnings.map((warning) => `warning: ${warning}`),
		...notes.map((note) => `note: ${note}`)
	];
}
function remediesLines(report) {
	return require_check.allTargets(report).some((target) => require_check.outcomeOf(target) === "rejected") ? ["", require_check.tutorialRemedies] : [];
}
function answer({ compatible, groups, servers }) {
	const [only] = servers;
	const isOne = only !== void 0 && servers.length === 1;
	const { loading, all } = countPairs(groups);
	const pairs = isOne ? require_check.count(all, "target", "targets") : `${require_check.count(all, "pair", "pairs")} of server and target`;
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
		loading += servers.length * targets.filter((target) => require_check.outcomeOf(target) === "loads").length;
	}
	return {
		loading,
		all
	};
}
function indent(line) {
	return `  ${line}`;
}
exports.reportText = reportText;
