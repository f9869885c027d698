require("./job.js");
const require_write_gate = require("./write-gate.js");
const require_check = require("./check.js");
const require_start = require("./start.js");
// src/pipeline/fix.ts
/**
* Brings the go.mod and go.sum of each plugin in line with one server, as the command `cap` does, and writes them. A
* plugin that a go.mod alone cannot bring in line is left as it is, and what to do is said. What keeps one plugin from
* being brought in line, or from being written, is a result too: what was found is not lost, and the others are done.
*
* @throws Failure (surroundings) `stopped` where the run was interrupted
*/
async function fixPlugins(projects, server, { options, ports }) {
	const gate = new require_write_gate.WriteGate(ports);
	const fixes = [];
	for (const project of projects) fixes.push(await fixPlugin(project, server, {
		options,
		ports,
		gate
	}));
	warnOf(fixes, projects, ports);
	return fixes;
}
async function fixPlugin(project, server, { options, ports, gate }) {
	const about = {
		path: project.displayDir,
		server: server.version
	};
	try {
		const result = await require_write_gate.capByGo({
			project,
			server,
			options
		}, ports);
		await gate.write(require_write_gate.newTexts(project, result));
		return {
			...about,
			...outcome(result),
			failure: null
		};
	} catch (error) {
		const failure = require_start.asFailure(error);
		if (failure.code === "stopped") throw failure;
		for (const line of require_start.causeLines(failure)) ports.reporter.detail(line);
		return {
			...about,
			kind: "cannot",
			changes: [],
			...notDone(failure)
		};
	}
}
/** What is wrong with the plugin itself is the check's to judge; all else is what `fix` failed at. */
function notDone(failure) {
	const { kind, what, remedy } = failure;
	return kind === "plugin" ? {
		unsolved: [{
			what,
			remedy
		}],
		failure: null
	} : {
		unsolved: [],
		failure: require_start.reportedFailure(failure)
	};
}
/** The changes are in the report's text; what was asked for and is not done is said by itself too, each reason once. */
function warnOf(fixes, projects, { reporter }) {
	const reasons = /* @__PURE__ */ new Map();
	for (const [index, fix] of fixes.entries()) {
		if (fix.unsolved.length === 0) continue;
		const key = JSON.stringify([fix.kind, fix.unsolved]);
		const reason = reasons.get(key) ?? {
			fix,
			files: []
		};
		reason.files.push(projects[index]?.displayGoMod ?? fix.path);
		reasons.set(key, reason);
	}
	for (const { fix, files } of reasons.values()) {
		const [file, ...others] = files;
		if (others.length > 0 || file === void 0) reporter.warn(`${require_check.some(files)}: ${notAll(fix)}`);
		else reporter.warn(`${require_check.fixAnswer(fix, "go.mod")}: ${unsolvedText(fix)}`, {
			kind: "file",
			file
		});
	}
}
function notAll(fix) {
	return `${fix.kind === "cannot" ? "they" : "not all of it"} could not be brought in line with gotify ${fix.server}: ${unsolvedText(fix)}`;
}
function unsolvedText({ unsolved: [first, ...others] }) {
	return `${first?.what ?? ""}${others.length === 0 ? "" : ` (and ${String(others.length)} more)`}`;
}
function outcome(result) {
	return {
		kind: result.kind,
		changes: "changes" in result ? result.changes : [],
		unsolved: "reasons" in result ? result.reasons.map(({ what, remedy }) => ({
			what,
			remedy
		})) : []
	};
}
exports.fixPlugins = fixPlugins;
