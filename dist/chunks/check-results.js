import { A as whereText } from "./start.js";
import { at as outcomeText, gt as reportPath, ht as mergedText, it as checkText, mt as mergeFindings, ot as fixCommands, yt as count } from "./job.js";
import { a as joinWithin, i as folded, n as writeSummary, o as table, r as code, s as words, t as setOutputs } from "./action-outputs.js";
import { i as plain, r as placeOf, t as command } from "./workflow-commands.js";
// src/report/check-summary.ts
/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 921600;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 300;
/** A table with more columns cannot be read. */
const mostServers = 12;
/** The job summary of a check: for each plugin one table, findings by servers. Foreign text cannot become Markdown. */
function checkSummary(report) {
	const mark = report.compatible === true ? "✅" : report.compatible === false ? "❌" : "❔";
	return joinWithin([
		`### ${mark} ${words(title(report))}`,
		...report.plugins.flatMap((plugin) => pluginParts(plugin, report)),
		...report.warnings.map((warning) => `⚠️ ${words(warning)}`)
	], limit);
}
function title({ conflicts, drifts, base }) {
	const found = `${count(conflicts, "conflict", "conflicts")} and ${count(drifts, "drift", "drifts")}`;
	return base === null ? found : `${found}, compared with ${base}`;
}
function pluginParts(plugin, report) {
	const merged = mergeFindings(plugin);
	const important = merged.filter(({ finding }) => finding.level !== "note");
	const notes = merged.filter(({ finding }) => finding.level === "note");
	const hiding = new Set(plugin.checks.flatMap(({ mayHideMore }) => mayHideMore ?? []));
	const commands = fixCommands(plugin, report);
	return [
		`#### ${code(plugin.module)}`,
		table([
			"server",
			"Go",
			"answer"
		], plugin.checks.map((check) => [
			code(check.server),
			code(report.servers.find(({ version }) => version === check.server)?.goVersion ?? ""),
			words(outcomeText(check), 300)
		])),
		...important.length === 0 ? [] : [findingsTable(important, plugin)],
		...important.length > mostRows ? [`and ${String(important.length - mostRows)} more in report.json.`] : [],
		...important.slice(0, 50).flatMap(remedyLine),
		...[...hiding].map((reason) => `⚠️ ${words(reason)}`),
		...commands.length === 0 ? [] : ["To bring go.mod in line:", ...commands.map((command) => code(command))],
		...fixedPart(plugin),
		...notes.length === 0 ? [] : [folded(count(notes.length, "note", "notes"), notesList(notes))]
	];
}
/** Servers by findings: a cell says what that server has. */
function findingsTable(merged, { checks }) {
	const servers = checks.map(({ server }) => server).slice(0, mostServers);
	return table([
		"finding",
		"where",
		"plugin",
		...servers.map((server) => words(server))
	], merged.slice(0, mostRows).map(({ finding, byServer }) => [
		`${marks[finding.level]} ${words(finding.module ?? finding.code)}${sinceMark(finding.since)}`,
		finding.where === null ? "" : code(whereText(finding.where)),
		finding.plugin === null ? "" : code(finding.plugin),
		...servers.map((server) => {
			const own = byServer.get(server);
			return own === void 0 ? "" : own.server === null ? marks[own.level] : code(own.server);
		})
	]));
}
const marks = {
	conflict: "❌",
	drift: "⚠️",
	note: "ℹ️"
};
function sinceMark(since) {
	if (since === null || since === "old") return since === null ? "" : " (was there before)";
	return since === "new" ? " (new)" : " (made worse)";
}
function remedyLine({ finding }) {
	if (finding.level !== "conflict") return [];
	return [`- ${words(finding.what)}. ${words(finding.remedy)}`];
}
function fixedPart({ checks }) {
	const fixed = new Set(checks.flatMap((check) => check.fixed.map(({ what }) => what)));
	if (fixed.size === 0) return [];
	const list = [...fixed].slice(0, 100).map((what) => `- ${words(what)}`);
	return [folded(`${count(fixed.size, "finding", "findings")} of the base gone`, list.join("\n"))];
}
function notesList(notes) {
	return notes.map(({ finding }) => `- ${words(finding.what)}. ${words(finding.remedy)}`).join("\n");
}
// src/adapters/check-results.ts
/** What GitHub shows of each level in one step: https://docs.github.com/en/actions/reference/limits. */
const mostAnnotations = 10;
/** Log, annotations, outputs and summary of a check. */
async function publishCheck(report, { options, workspace, say }) {
	say(plain(checkText(report)));
	for (const text of annotations(report, workspace)) say(text);
	const [server] = report.servers;
	setOutputs({
		compatible: String(report.compatible),
		conflicts: String(report.conflicts),
		report: reportPath(options),
		...server === void 0 || report.servers.length > 1 ? {} : {
			"server-version": server.version,
			"server-commit": server.commit ?? "",
			"go-version": server.goVersion
		}
	});
	await writeSummary(checkSummary(report));
}
/** Of each level the most important, and last how many more there are. */
function annotations(report, workspace) {
	const all = [...report.plugins.flatMap((plugin) => mergeFindings(plugin).flatMap((found) => annotation(found, report))), ...failed(report)];
	return [
		"error",
		"warning",
		"notice"
	].flatMap((name) => {
		const own = all.filter((each) => each.name === name);
		const shown = own.length <= mostAnnotations ? own : own.slice(0, 9);
		const more = own.length - shown.length;
		return [...shown.map(({ text, where }) => command(name, text, placeOf(where, workspace))), ...more === 0 ? [] : [command(name, `${String(more)} more like these are in the job summary`)]];
	});
}
/** What was there before a pull request, and the plugin's own modules, are left to the summary. */
function annotation(merged, { strict }) {
	const { finding } = merged;
	const { level, kind, since, remedy, where } = finding;
	if (kind === "own-module" || level !== "conflict" && since === "old") return [];
	return [{
		name: level === "conflict" || level === "drift" && strict ? "error" : level === "drift" ? "warning" : "notice",
		text: [mergedText(merged), remedy].filter((line) => line !== "").join("\n"),
		where
	}];
}
/** A server that could not be asked is no finding, and fails the step all the same. */
function failed({ plugins }) {
	return plugins.flatMap(({ checks }) => checks.flatMap(({ server, outcome }) => {
		if (outcome.kind === "undecided") return [{
			name: "error",
			text: `gotify ${server}: undecided: ${outcome.because}`,
			where: null
		}];
		if (outcome.kind !== "failed") return [];
		const { what, remedy, where } = outcome.failure;
		return [{
			name: "error",
			text: `gotify ${server}: ${what}\n${remedy}`,
			where
		}];
	}));
}
export { publishCheck };
