import { o as newTexts, r as capByGo, t as WriteGate } from "./write-gate.js";
import { L as Failure } from "./start.js";
import { yt as fixAnswer } from "./job.js";
// src/pipeline/fix.ts
/**
* Brings the go.mod and go.sum of each plugin in line with one server, as the command `cap` does, and writes them. A
* plugin that the server's Go cannot put together is left as it is: the check has said why.
*
* @throws Failure where the surroundings fail; the plugins before are written then, each whole
*/
async function fixPlugins(projects, server, { options, ports }) {
	const gate = new WriteGate(ports);
	const fixes = [];
	for (const project of projects) {
		const fix = await fixPlugin(project, server, {
			options,
			ports,
			gate
		});
		warnOf(fix, project, ports);
		fixes.push(fix);
	}
	return fixes;
}
async function fixPlugin(project, server, { options, ports, gate }) {
	const about = {
		path: project.displayDir,
		server: server.version
	};
	try {
		const result = await capByGo({
			project,
			server,
			options
		}, ports);
		await gate.write(newTexts(project, result));
		return {
			...about,
			...outcome(result)
		};
	} catch (error) {
		if (!(error instanceof Failure) || error.kind === "surroundings") throw error;
		const { what, remedy } = error;
		return {
			...about,
			kind: "cannot",
			changes: [],
			unsolved: [{
				what,
				remedy
			}]
		};
	}
}
/** The changes are in the report's text; what was asked for and is not done is said by itself too. */
function warnOf(fix, { displayGoMod: file }, { reporter }) {
	const [first] = fix.unsolved;
	if (first === void 0) return;
	const more = fix.unsolved.length === 1 ? "" : ` (and ${String(fix.unsolved.length - 1)} more)`;
	reporter.warn(`${fixAnswer(fix, "go.mod")}: ${first.what}${more}`, {
		kind: "file",
		file
	});
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
export { fixPlugins };
