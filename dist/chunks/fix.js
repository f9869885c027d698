import { n as capByGo, o as capResultText, s as newTexts, t as WriteGate } from "./write-gate.js";
import { A as Failure } from "./start.js";
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
			tell(result, project, {
				server,
				ports
			});
			fixes.push({
				...about,
				...outcome(result)
			});
		} catch (error) {
			if (!(error instanceof Failure) || error.kind === "surroundings") throw error;
			const { what, remedy } = error;
			fixes.push({
				...about,
				kind: "cannot",
				changes: [],
				unsolved: [{
					what,
					remedy
				}]
			});
		}
	}
	return fixes;
}
function tell(result, { displayGoMod: file }, { server, ports }) {
	ports.reporter.note(capResultText({
		result,
		rule: "full",
		mode: "write",
		server,
		file,
		command: ""
	}));
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
