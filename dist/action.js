Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const require_start = require("./chunks/start.js");
let node_os = require("node:os");
let node_path = require("node:path");
// src/adapters/workflow-commands.ts
/** One command, as a line with its end. */
function command(name, message = "", properties = {}) {
	const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
	return `::${name}${list.length === 0 ? "" : ` ${list.join(",")}`}::${escapeData(message)}\n`;
}
/**
* Text as lines of the log that the runner shows and never obeys: what could be a command, in the runner's form or in
* its older `##[...]` one, is printed while commands are stopped.
*/
function plain(text) {
	return /::|##\[/.test(text) ? sealed(text) : `${text}\n`;
}
/** The same for text that anybody may have written: always sealed, by a token that nobody can know before. */
function sealed(text) {
	const token = globalThis.crypto.randomUUID();
	return `::stop-commands::${token}\n${text}\n::${token}::\n`;
}
/** The properties that put a message at a place of a file; a file in the workspace is named relative to it. */
function placeOf(where, workspace) {
	if (where === null || where === void 0) return {};
	if (where.kind === "input") return { title: `input ${where.input}` };
	const below = (0, node_path.relative)(workspace, where.file);
	const outside = below.startsWith("..") || (0, node_path.isAbsolute)(below);
	return {
		file: (0, node_path.isAbsolute)(where.file) && !outside ? below : where.file,
		...where.line === void 0 ? {} : { line: String(where.line) },
		...where.column === void 0 ? {} : { col: String(where.column) }
	};
}
/** What GitHub shows of each level in one step: https://docs.github.com/en/actions/reference/limits. */
const mostAnnotations = 10;
/**
* Of each level as many as GitHub shows, and the last of them says how many more there are.
*
* @param all the most important first
* @param request.rest where the others are, such as `in the job summary`
* @returns commands, with their line ends
*/
function annotationCommands(all, { workspace, rest }) {
	return [
		"error",
		"warning",
		"notice"
	].flatMap((name) => {
		const own = all.filter((each) => each.name === name);
		const shown = own.length <= mostAnnotations ? own : own.slice(0, 9);
		const more = own.length - shown.length;
		return [...shown.map(({ text, where }) => command(name, text, placeOf(where, workspace))), ...more === 0 ? [] : [command(name, `${String(more)} more like these are ${rest}`)]];
	});
}
/** The text of an input as the runner passes it: in the environment, in capitals. */
function inputText(name, env) {
	return env[`INPUT_${name.toUpperCase()}`];
}
function escapeData(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function escapeProperty(text) {
	return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
// src/action.ts
const { env } = process;
const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
const root = (0, node_path.join)(__dirname, "..");
const catalogDir = (0, node_path.join)(root, "catalog");
const toStderr = require_start.openOutput(require_start.standardError, () => void 0);
const say = require_start.openOutput(require_start.standardOutput, (failure) => toStderr(`${require_start.failureLines(failure).join("\n")}\n`));
require_start.endWith(main());
async function main() {
	let options = null;
	let held = () => [];
	try {
		const raw = readInputs();
		if (raw.token !== void 0 && raw.token !== "") say(command("add-mask", raw.token));
		options = require_start.optionsFrom(raw, {
			entry: "action",
			base: workspace,
			cores: (0, node_os.availableParallelism)(),
			env,
			platform: process.platform,
			event: () => require_start.readEvent(env),
			dryRun: false
		});
		const [{ runJob }, { createActionsReporter }] = await Promise.all([Promise.resolve().then(() => require("./chunks/job.js")).then((n) => n.run_job_exports), Promise.resolve().then(() => require("./chunks/reporter-actions.js"))]);
		const reporter = createActionsReporter({
			write: say,
			workspace,
			holdsWarnings: options.mode === "check"
		});
		({held} = reporter);
		const report = await runJob({
			options,
			reporter,
			catalogDir,
			env,
			tell: (line) => say(`${line}\n`)
		});
		held = () => [];
		await publish(report, {
			options,
			warned: reporter.held()
		});
		return report.exitCode;
	} catch (error) {
		return await failed(require_start.asFailure(error), {
			options,
			warned: held()
		});
	}
}
async function publish(report, { options, warned }) {
	if (report.mode === "build" && options.mode === "build") {
		const { publishReport } = await Promise.resolve().then(() => require("./chunks/action-results.js"));
		await publishReport(report, {
			options,
			workspace,
			say
		});
	}
	if (report.mode === "publish") {
		const { publishPublication } = await Promise.resolve().then(() => require("./chunks/action-results.js"));
		await publishPublication(report, {
			options,
			say
		});
	}
	if (report.mode === "check" && options.mode === "check") {
		const { publishCheck } = await Promise.resolve().then(() => require("./chunks/check-results.js"));
		const tool = require_start.cloneOfAction(env, require_start.localTool((0, node_path.join)(root, "dist", "cli.js"), workspace));
		await publishCheck(report, {
			options,
			workspace,
			say,
			warned,
			tool
		});
	}
}
function readInputs() {
	return Object.fromEntries(require_start.inputs.map(({ name }) => [name, inputText(name, env)?.trim()]));
}
async function failed(failure, { options, warned }) {
	say(command("error", require_start.failureLines(failure).join("\n"), placeOf(failure.where, workspace)));
	for (const line of require_start.causeLines(failure)) say(command("debug", line));
	if (warned.length > 0) {
		const all = warned.map(({ text, where = null }) => ({
			name: "warning",
			text,
			where
		}));
		for (const text of annotationCommands(all, {
			workspace,
			rest: "in the log"
		})) say(text);
	}
	if (options !== null) {
		const { publishFailure } = await Promise.resolve().then(() => require("./chunks/action-results.js"));
		await publishFailure(failure, options).catch((error) => {
			say(command("warning", `outputs and summary are not written: ${require_start.asFailure(error).what}`));
		});
	}
	return require_start.exitCodeOf(failure.kind);
}
exports.annotationCommands = annotationCommands;
exports.command = command;
exports.placeOf = placeOf;
exports.plain = plain;
exports.sealed = sealed;
