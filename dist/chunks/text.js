// src/report/describe.ts
function outcomeOf(target) {
	if (target.kind !== "built") return target.kind;
	return target.verdict === null ? "not verified" : target.verdict.kind;
}
/** One sentence on what the outcome rests on, or why there is none. */
function explain(target) {
	if (target.kind === "failed") return target.failure.what;
	if (target.kind === "skipped") return target.because;
	const { verdict } = target;
	if (verdict === null) return "verify is off: whether it loads is not known";
	if (verdict.kind === "undecided") return verdict.because;
	const packages = `${String(verdict.compared)} packages compared with ${sourceText(target.comparedWith)}`;
	if (verdict.kind === "loads") return packages;
	return `${packages}; ${count(verdict.reasons.length, "reason", "reasons")} why the server refuses it`;
}
function sourceText(source) {
	if (source === null) return "nothing";
	switch (source.kind) {
		case "given": return `the file ${source.path}`;
		case "release-asset": return source.authenticated ? "the server's release" : "the server's release (GitHub names no digest for it)";
		case "catalog": return "the catalog's manifest of the server";
		case "reference-host": return "a reference host, built as the server is";
	}
}
/** What differs, without the packages. */
function rejectionText(reason) {
	switch (reason.kind) {
		case "target": return reason.what;
		case "missing-symbol": return `the function ${reason.symbol} is missing`;
		case "toolchain": return reason.plugin === reason.server ? `the standard library differs, although both sides say Go ${reason.server}` : `the plugin is built with Go ${reason.plugin ?? "(not known)"}, the server with Go ${reason.server}`;
		case "dependency": return `${reason.module}: the plugin has ${reason.plugin ?? "an unknown version"}, the server ${reason.server ?? "an unknown version"}`;
		case "follows": return "packages of the right version differ too, as they were compiled against the ones above";
		case "flag": return "packages differ although Go and the modules are the same: a build flag, or where the modules lie on disk";
	}
}
function rejectedPackages(reason) {
	return "packages" in reason ? reason.packages : [];
}
/** The first packages by name and the number of the others. */
function somePackages(packages, most) {
	const shown = packages.slice(0, most).join(", ");
	const more = packages.length - most;
	return more > 0 ? `${shown} and ${String(more)} more` : shown;
}
/** The tutorial's two ways out of a rejection, for the end of a report. */
const tutorialRemedies = "gotify names two ways out: give the plugin the same Go version and dependency versions as the server (dependencies: pin does that), or build the server itself from source with the plugin's versions, and pass that gotify binary as server.";
function changeText({ from, to }) {
	if (to === null) return `${from ?? ""} dropped`;
	return from === null ? `${to} added` : `${from} -> ${to}`;
}
function serverText({ server }) {
	const commit = server.commit === null ? "" : `, commit ${server.commit.slice(0, 12)}`;
	return `gotify ${server.version} (Go ${server.goVersion}${commit})`;
}
function serverSourceText({ server: { source } }) {
	if (source.kind === "api") return `Facts about the server are from ${source.url}.`;
	if (source.kind === "binary") return `Facts about the server are from the binary ${source.path}.`;
	return `Facts about the server are from the catalog: ${source.because.replace(/\.$/, "")}.`;
}
/** Bytes as MB with one digit. */
function sizeText(bytes) {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}
function secondsText(seconds) {
	return `${seconds.toFixed(1)} s`;
}
function count(number, one, many) {
	return `${String(number)} ${number === 1 ? one : many}`;
}
/** The files that may be handed on: those that load, and with `verify: off` those that were built. */
function deliveredFiles(report) {
	return report.targets.flatMap((target) => {
		if (target.kind !== "built") return [];
		return target.verdict === null || target.verdict.kind === "loads" ? [target.file] : [];
	});
}
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
export { explain as a, rejectionText as c, serverText as d, sizeText as f, deliveredFiles as i, secondsText as l, tutorialRemedies as m, changeText as n, outcomeOf as o, somePackages as p, count as r, rejectedPackages as s, reportText as t, serverSourceText as u };
