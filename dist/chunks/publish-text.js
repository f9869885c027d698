const require_check = require("./check.js");
let node_path = require("node:path");
// src/report/publish-text.ts
/** What the command line and the action's log print at the end of `publish`; lines are joined by newlines. */
function publishText(report) {
	const { plugin, files, release } = report;
	const lines = files.map(({ file, target, verdicts }) => {
		const servers = require_check.namesText(verdicts.map(({ server }) => server));
		return `${target.padEnd(13)}  ${require_check.fileOutcome(verdicts)}  ${(0, node_path.basename)(file)} (gotify ${servers})`;
	});
	return [
		plugin.module,
		...lines,
		"",
		...releaseLines(release),
		...leftLines(report)
	].join("\n");
}
/** What is not there; a release that was not touched says it itself. */
function leftLines({ left, release }) {
	if (left.length === 0 || release.kind === "refused") return [];
	return ["Not everything that was asked for is there:", ...left.map((line) => `  ${line}`)];
}
/** Where a build's files went, a line each. */
function publishedLines({ artifacts, release }) {
	return [...artifacts === null ? [] : artifactLines(artifacts), ...release === null ? [] : releaseLines(release)];
}
function artifactLines(artifacts) {
	if (artifacts.kind === "uploaded") return artifacts.artifacts.map(({ name, id }) => `Artifact ${name} (${String(id)}).`);
	return [`Artifacts were not uploaded: ${artifacts.failure.what}.`, `  ${artifacts.failure.remedy}`];
}
/** What came of a release, and what to do where it is not what was asked for. */
function releaseLines(release) {
	switch (release.kind) {
		case "published": return [
			`Release ${release.tag} is published: ${release.url}`,
			...changeLines(release),
			...unknownLines(release.unknown)
		];
		case "draft": return [
			`Release ${release.tag} is complete, and a draft: ${release.url}`,
			...changeLines(release),
			...unknownLines(release.unknown)
		];
		case "waiting": return [`Release ${release.tag} waits for other parts: ${String(release.parts.length)} of ${String(release.of)} are there (${require_check.namesText(release.parts, 10)}).`, ...changeLines(release)];
		case "complete": return [`Release ${release.tag} has everything already: ${release.url}`];
		case "refused": return [
			`Release ${release.tag} was not touched, as not everything loads:`,
			...release.because.map((line) => `  ${line}`),
			"Mend that, or publish the others with allow-partial."
		];
		case "failed": return [
			`Release ${release.tag} was not finished: ${release.failure.what}.`,
			`  ${release.failure.remedy}`,
			"  What was uploaded stays, and the next run uses it."
		];
	}
}
function changeLines(release) {
	const { uploaded, replaced, same, skipped } = release;
	return [
		...list("uploaded", uploaded),
		...list("replaced", replaced),
		...list("there already", same),
		...list("left as it is, with other bytes", skipped)
	];
}
function unknownLines(unknown) {
	return list("not known to gotify-plugin.json", unknown);
}
function list(what, names) {
	return names.length === 0 ? [] : [`  ${what}: ${require_check.namesText(names, 10)}`];
}
exports.leftLines = leftLines;
exports.publishText = publishText;
exports.publishedLines = publishedLines;
exports.releaseLines = releaseLines;
