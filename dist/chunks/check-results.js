const require_start = require("./start.js");
const require_check = require("./check.js");
const require_markdown = require("./markdown.js");
const require_job = require("./job.js");
const require_action_outputs = require("./action-outputs.js");
const require_action = require("../action.js");
// src/report/check-summary.ts
/** GitHub takes 1 MiB a step; other steps of the same action may write too. */
const limit = 921600;
/** A longer table helps nobody: report.json has all of it. */
const mostRows = 300;
/** A table with more columns cannot be read. */
const mostColumns = 12;
/** The job summary of a check: for each plugin one table, findings by servers. Foreign text cannot become Markdown. */
function checkSummary(report, fixing) {
	const mark = report.compatible === true ? "✅" : report.compatible === false ? "❌" : "❔";
	const commands = report.plugins.map((plugin) => require_check.fixCommand(plugin, report, fixing));
	return require_markdown.joinWithin([
		`### ${mark} ${require_markdown.words(title(report))}`,
		...report.plugins.flatMap((plugin, index) => pluginParts(plugin, report, commands[index] ?? null)),
		...setupPart(commands, fixing),
		...report.skipped.map(({ path, because }) => `${require_markdown.code(path)} is left out, as ${require_markdown.words(because)}.`),
		...report.warnings.map((warning) => `⚠️ ${require_markdown.words(warning)}`)
	], limit);
}
function title({ conflicts, drifts, base }) {
	const found = `${require_check.count(conflicts, "conflict", "conflicts")} and ${require_check.count(drifts, "drift", "drifts")}`;
	return base === null ? found : `${found}, compared with ${base}`;
}
function failureText({ what, remedy, where }) {
	return `${where === null ? "" : `${require_markdown.code(require_start.whereText(where))}: `}${require_markdown.words(what)}. ${require_markdown.words(remedy)}`;
}
/** What the commands need is said once. */
function setupPart(commands, { tool }) {
	if (tool.setup === null || commands.every((command) => command === null)) return [];
	return [`Run it in the repository's folder. The command line comes with, once: ${require_markdown.code(tool.setup)}`];
}
function pluginParts(plugin, report, command) {
	const merged = require_check.mergeFindings(plugin);
	const important = merged.filter(({ finding }) => finding.level !== "note");
	const notes = merged.filter(({ finding }) => finding.level === "note");
	const hiding = new Set(plugin.checks.flatMap(({ mayHideMore }) => mayHideMore ?? []));
	const told = require_check.verdictsByContent(require_check.verdictsOf(plugin.checks));
	const title = `#### ${require_markdown.code(plugin.module ?? plugin.path)}`;
	const failure = require_check.inputFailureOf(plugin);
	if (failure !== null) return [title, `❌ cannot be checked: ${failureText(failure)}`];
	return [
		title,
		require_markdown.table([
			"server",
			"Go",
			"answer"
		], plugin.checks.map((check) => [
			require_markdown.code(check.server),
			require_markdown.code(report.servers.find(({ version }) => version === check.server)?.goVersion ?? ""),
			require_markdown.words(require_check.outcomeText(check), 300)
		])),
		...important.length === 0 ? [] : [findingsTable(important, plugin)],
		...important.length > mostRows ? [`and ${String(important.length - mostRows)} more in report.json.`] : [],
		...important.slice(0, 50).flatMap(remedyLine),
		...[...hiding, ...told.warnings].map((reason) => `⚠️ ${require_markdown.words(reason)}`),
		...command === null ? [] : [`To bring go.mod in line: ${require_markdown.code(command)}`],
		...fixParts(plugin, report),
		...fixedPart(plugin),
		...notesPart([...notes.map(noteText), ...told.notes])
	];
}
/** Findings by servers: a cell says what those servers have. Servers that have the same of all of them share a column. */
function findingsTable(merged, { checks }) {
	const shown = merged.slice(0, mostRows);
	const byCells = /* @__PURE__ */ new Map();
	for (const { server } of checks) {
		const cells = shown.map((finding) => cell(finding, server));
		const key = JSON.stringify(cells);
		const column = byCells.get(key) ?? {
			servers: [],
			cells
		};
		column.servers.push(server);
		byCells.set(key, column);
	}
	const columns = [...byCells.values()].slice(0, mostColumns);
	const more = checks.length - columns.flatMap(({ servers }) => servers).length;
	const rows = shown.map(({ finding }, row) => [
		`${marks[finding.level]} ${require_markdown.words(finding.module ?? finding.code)}${sinceMark(finding.since)}`,
		finding.where === null ? "" : require_markdown.code(require_start.whereText(finding.where)),
		finding.plugin === null ? "" : require_markdown.code(finding.plugin),
		...columns.map(({ cells }) => cells[row] ?? "")
	]);
	const head = [
		"finding",
		"where",
		"plugin",
		...columns.map(({ servers }) => require_markdown.words(servers.join(", ")))
	];
	return more === 0 ? require_markdown.table(head, rows) : `${require_markdown.table(head, rows)}\n\nand ${require_check.count(more, "more server", "more servers")} in report.json.`;
}
function cell({ byServer }, server) {
	const own = byServer.get(server);
	return own === void 0 ? "" : own.server === null ? marks[own.level] : require_markdown.code(own.server);
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
	return [`- ${require_markdown.words(finding.what)}. ${require_markdown.words(finding.remedy)}`];
}
/** What `fix` did, and what it could not do. */
function fixParts({ path, goMod }, { fixes }) {
	return fixes.filter((fix) => fix.path === path).flatMap((fix) => {
		const isDone = fix.unsolved.length === 0 && fix.failure === null;
		const mark = isDone ? "🔧" : fix.failure === null ? "⚠️" : "❌";
		const details = require_check.fixDetails(fix, goMod);
		const answer = `${mark} ${require_markdown.words(require_check.fixAnswer(fix, goMod))}`;
		if (details.length === 0) return [answer];
		const list = details.slice(0, mostRows).map((line) => `- ${require_markdown.words(line)}`);
		return [answer, isDone ? require_markdown.folded("changes", list.join("\n")) : list.join("\n")];
	});
}
function fixedPart({ checks }) {
	const fixed = new Set(checks.flatMap((check) => check.fixed.map(({ what }) => what)));
	if (fixed.size === 0) return [];
	const list = [...fixed].slice(0, 100).map((what) => `- ${require_markdown.words(what)}`);
	return [require_markdown.folded(`${require_check.count(fixed.size, "finding", "findings")} of the base gone`, list.join("\n"))];
}
function noteText({ finding }) {
	return `${finding.what}. ${finding.remedy}`;
}
function notesPart(notes) {
	if (notes.length === 0) return [];
	const list = notes.map((note) => `- ${require_markdown.words(note)}`);
	return [require_markdown.folded(require_check.count(notes.length, "note", "notes"), list.join("\n"))];
}
// src/adapters/check-results.ts
/** Log, annotations, outputs and summary of a check. */
async function publishCheck(report, place) {
	const { options, tool, workspace, warned, say } = place;
	const fixing = {
		tool,
		options
	};
	say(require_action.plain(require_check.checkText(report, fixing)));
	const all = annotations(report, warned);
	for (const text of require_action.annotationCommands(all, {
		workspace,
		rest: "in the job summary"
	})) say(text);
	require_action_outputs.setOutputs({
		compatible: String(report.compatible),
		conflicts: String(report.conflicts),
		report: require_job.reportPath(options),
		...require_action_outputs.serverOutputs(report),
		"cache-key": report.cacheKey ?? ""
	});
	await require_action_outputs.writeSummary(checkSummary(withAllWarnings(report, warned), fixing));
}
/** The most important first. */
function annotations(report, warned) {
	const merged = report.plugins.flatMap(require_check.mergeFindings).sort(require_check.byRank);
	return [
		...report.plugins.flatMap(unfit),
		...failed(report),
		...unwritten(report),
		...report.plugins.flatMap(verdictWarnings),
		...merged.flatMap((found) => annotation(found, report)),
		...warned.map(({ text, where }) => ({
			name: "warning",
			text,
			where: where ?? null
		}))
	];
}
/** With what was warned of on the way and stands at no place: what does is said of the plugins. */
function withAllWarnings(report, warned) {
	const others = warned.flatMap(({ text, where }) => where === void 0 ? [text] : []);
	return {
		...report,
		warnings: [.../* @__PURE__ */ new Set([...report.warnings, ...others])]
	};
}
/** What was there before a pull request, and the plugin's own modules, are left to the summary. */
function annotation(merged, { strict }) {
	const { finding } = merged;
	const { level, kind, since, remedy, where } = finding;
	if (kind === "own-module" || level !== "conflict" && since === "old") return [];
	return [{
		name: level === "conflict" || level === "drift" && strict ? "error" : level === "drift" ? "warning" : "notice",
		text: [require_check.mergedText(merged), remedy].filter((line) => line !== "").join("\n"),
		where
	}];
}
/** It loads, and yet something may go wrong: a library that the server's machine has to have, for instance. */
function verdictWarnings({ checks, goMod }) {
	const where = {
		kind: "file",
		file: goMod
	};
	return require_check.verdictsByContent(require_check.verdictsOf(checks)).warnings.map((text) => ({
		name: "warning",
		text,
		where
	}));
}
/** A module that cannot be checked, at its go.mod where no other place is known. */
function unfit(plugin) {
	const failure = require_check.inputFailureOf(plugin);
	if (failure === null) return [];
	const { what, remedy, where } = failure;
	const at = where?.kind === "file" ? where : {
		kind: "file",
		file: plugin.goMod
	};
	return [{
		name: "error",
		text: `${where?.kind === "input" ? `${require_start.whereText(where)}: ` : ""}${what}\n${remedy}`,
		where: at
	}];
}
/** A server that could not be asked is no finding, and fails the step all the same. What several have is said once. */
function failed({ plugins }) {
	const reasons = /* @__PURE__ */ new Map();
	const askable = plugins.filter((plugin) => require_check.inputFailureOf(plugin) === null);
	for (const { server, outcome } of askable.flatMap(({ checks }) => checks)) {
		const found = unanswered(outcome);
		if (found === null) continue;
		const reason = reasons.get(found.text) ?? {
			servers: /* @__PURE__ */ new Set(),
			where: found.where
		};
		reason.servers.add(server);
		reasons.set(found.text, reason);
	}
	return [...reasons].map(([text, { servers, where }]) => ({
		name: "error",
		text: `gotify ${[...servers].join(", ")}: ${text}`,
		where
	}));
}
/** What `fix` failed at, at the go.mod that is not written; the same for several is said once. */
function unwritten({ fixes, plugins }) {
	const reasons = /* @__PURE__ */ new Map();
	for (const { path, server, failure } of fixes) {
		if (failure === null) continue;
		const text = require_start.failureLines(failure).join("\n");
		const reason = reasons.get(text) ?? {
			files: [],
			server
		};
		reason.files.push(plugins.find((plugin) => plugin.path === path)?.goMod ?? path);
		reasons.set(text, reason);
	}
	return [...reasons].map(([text, { files, server }]) => ({
		name: "error",
		text: `${require_check.some(files)} could not be brought in line with gotify ${server}: ${text}`,
		where: files.length === 1 && files[0] !== void 0 ? {
			kind: "file",
			file: files[0]
		} : null
	}));
}
function unanswered(outcome) {
	if (outcome.kind === "undecided") return {
		text: `undecided: ${outcome.because}`,
		where: null
	};
	if (outcome.kind !== "failed") return null;
	const { what, remedy, where } = outcome.failure;
	return {
		text: `${what}\n${remedy}`,
		where
	};
}
exports.publishCheck = publishCheck;
