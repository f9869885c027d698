import { L as openOutput, P as inputs, R as standardError, V as exitCodeOf, W as readEvent, d as localTool, g as failureLines, h as causeLines, l as cloneOfAction, m as asFailure, y as optionsFrom, z as standardOutput } from "./chunks/start.js";
import { i as placeOf, n as command, r as inputText, t as annotationCommands } from "./chunks/workflow-commands.js";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
// src/action.ts
const { env } = process;
const workspace = env["GITHUB_WORKSPACE"] ?? process.cwd();
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const catalogDir = join(root, "catalog");
const toStderr = openOutput(standardError, () => void 0);
const say = openOutput(standardOutput, (failure) => toStderr(`${failureLines(failure).join("\n")}\n`));
process.exitCode = await main();
async function main() {
	let options = null;
	let held = () => [];
	try {
		const raw = readInputs();
		if (raw.token !== void 0 && raw.token !== "") say(command("add-mask", raw.token));
		options = optionsFrom(raw, {
			entry: "action",
			base: workspace,
			cores: availableParallelism(),
			env,
			platform: process.platform,
			event: () => readEvent(env),
			dryRun: false
		});
		const [{ runJob }, { createActionsReporter }] = await Promise.all([import("./chunks/run-job.js"), import("./chunks/reporter-actions.js")]);
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
		return await failed(asFailure(error), {
			options,
			warned: held()
		});
	}
}
async function publish(report, { options, warned }) {
	if (report.mode === "build" && options.mode === "build") {
		const { publishReport } = await import("./chunks/action-results.js");
		await publishReport(report, {
			options,
			workspace,
			say
		});
	}
	if (report.mode === "publish") {
		const { publishPublication } = await import("./chunks/action-results.js");
		await publishPublication(report, {
			options,
			say
		});
	}
	if (report.mode === "check" && options.mode === "check") {
		const { publishCheck } = await import("./chunks/check-results.js");
		const tool = cloneOfAction(env, localTool(join(root, "dist", "cli.js"), workspace));
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
	return Object.fromEntries(inputs.map(({ name }) => [name, inputText(name, env)?.trim()]));
}
async function failed(failure, { options, warned }) {
	say(command("error", failureLines(failure).join("\n"), placeOf(failure.where, workspace)));
	for (const line of causeLines(failure)) say(command("debug", line));
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
		const { publishFailure } = await import("./chunks/action-results.js");
		await publishFailure(failure, options).catch((error) => {
			say(command("warning", `outputs and summary are not written: ${asFailure(error).what}`));
		});
	}
	return exitCodeOf(failure.kind);
}
export {};
