const require_job = require("./job.js");
const require_check = require("./check.js");
const require_groups = require("./groups.js");
// src/report/versions-text.ts
/**
* What the command `versions` prints: a table with one line for each server, groups numbered from the first. Lines are
* joined by newlines.
*/
function versionsText(groups) {
	const table = [[
		"gotify",
		"Go",
		"group",
		"modules",
		"commit",
		"facts from"
	], ...groups.flatMap(({ goVersion, servers }, index) => servers.map(({ version, commit, pinList, source }) => [
		version,
		goVersion,
		String(index + 1),
		String(pinList.modules.length),
		(commit ?? "").slice(0, 12),
		sourceText(source)
	]))];
	const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
	const line = (row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd();
	return [
		...table.map(line),
		"",
		"One plugin file serves every server of a group."
	].join("\n");
}
function sourceText(source) {
	switch (source.kind) {
		case "api": return "GitHub";
		case "catalog": return "the catalog";
		case "binary": return source.path;
	}
}
// src/run-versions.ts
/**
* Runs the command `versions` with the real effects, and gives what it prints.
*
* @throws Failure where a server is unknown, or neither GitHub nor the catalog can say
*/
async function runVersions(request) {
	const { cacheDir, servers } = request.options;
	const ports = require_job.createBuildPorts({
		...request,
		onClose: () => void 0
	});
	const catalog = await require_check.loadCatalog(request.catalogDir, ports.files);
	return versionsText(require_groups.groupServers(await require_check.resolveRemembered(servers, {
		...ports,
		catalog,
		cacheDir
	})));
}
exports.runVersions = runVersions;
