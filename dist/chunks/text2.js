import { Bt as sizeText, Ft as rejectedPackages, Ht as tutorialRemedies, It as rejectionText, Lt as secondsText, Nt as explain, Pt as outcomeOf, Rt as serverSourceText, Vt as somePackages, jt as count, zt as serverText } from "./job.js";
// src/report/text.ts
/**
* What the command line and the action's log print at the end: one block a target, then the answer. Lines are joined
* by newlines; text from the plugin is as it came, so the caller makes it safe for where it goes.
*/
function reportText(report) {
	return [
		`${report.plugin.module} for ${serverText(report)}`,
		serverSourceText(report),
		changesLine(report),
		"",
		...report.targets.flatMap(targetLines),
		...remediesLines(report),
		"",
		answer(report)
	].join("\n");
}
function changesLine({ dependencies, changes }) {
	if (dependencies === "keep") return "Dependencies are as the plugin has them (keep).";
	const named = changes.filter(({ line }) => line !== null).length;
	return `Dependencies: ${dependencies}, ${count(changes.length, "change", "changes")}, ${String(named)} of them of lines in the plugin's go.mod.`;
}
function targetLines(target) {
	const head = `${target.target.padEnd(13)}  ${outcomeOf(target).padEnd(12)}  ${explain(target)}`;
	if (target.kind === "skipped") return [head];
	if (target.kind === "failed") return [head, indent(target.failure.remedy)];
	const reference = target.referenceHostSeconds === null ? "" : `, reference host ${secondsText(target.referenceHostSeconds)}`;
	return [
		head,
		indent(target.file),
		indent(`${sizeText(target.size)}, built in ${secondsText(target.seconds)}${reference}`),
		...verdictLines(target).map(indent)
	];
}
function verdictLines({ verdict }) {
	if (verdict === null) return [];
	return [
		...(verdict.kind === "rejected" ? verdict.reasons : []).flatMap((reason) => {
			const packages = rejectedPackages(reason);
			return [
				`- ${rejectionText(reason)}`,
				...packages.length === 0 ? [] : [indent(`packages: ${somePackages(packages, 5)}`)],
				indent(reason.remedy)
			];
		}),
		...verdict.warnings.map((warning) => `warning: ${warning}`),
		...verdict.notes.map((note) => `note: ${note}`)
	];
}
function remediesLines({ targets }) {
	return targets.some((target) => outcomeOf(target) === "rejected") ? ["", tutorialRemedies] : [];
}
function answer({ compatible, targets, server }) {
	const loading = targets.filter((target) => outcomeOf(target) === "loads").length;
	const of = `${String(loading)} of ${count(targets.length, "target", "targets")}`;
	if (compatible === true) return `Loads in gotify ${server.version}: ${of}.`;
	if (compatible === false) return `Does not load in gotify ${server.version} on every target: ${of} load.`;
	return `Whether every target loads in gotify ${server.version} is not known: ${of} proven.`;
}
function indent(line) {
	return `  ${line}`;
}
export { reportText as t };
