import { n as exitCodeOf } from "./errors.js";
import { i as reportedFailure } from "./failure.js";
import { join, relative } from "node:path";
// src/report/failed.ts
function failureReport(failure) {
	return {
		schema: 1,
		mode: "build",
		failure: reportedFailure(failure),
		compatible: compatibleAfter(failure),
		exitCode: exitCodeOf(failure.kind)
	};
}
/** Only a plugin that does not build is known not to load; bad input and broken surroundings say nothing about it. */
function compatibleAfter({ kind }) {
	return kind === "plugin" ? false : "unknown";
}
// src/report/json.ts
/** Where report.json is, or will be. */
function reportPath({ output }) {
	return join(output, "report.json");
}
/**
* The text of report.json, as docs/report.schema.json has it. Files are named relative to its folder, so that the
* folder can be moved to another machine as a whole.
*
* @param folder where report.json will lie, absolute
*/
function reportJson(report, folder) {
	const targets = report.targets.map((target) => withRelativeFile(target, folder));
	return `${JSON.stringify({
		...report,
		targets
	}, null, 2)}\n`;
}
/** The same for a run that ended before there was a report. */
function failureJson(report) {
	return `${JSON.stringify(report, null, 2)}\n`;
}
function withRelativeFile(target, folder) {
	return target.kind === "built" ? {
		...target,
		file: relative(folder, target.file)
	} : target;
}
export { failureReport as a, compatibleAfter as i, reportJson as n, reportPath as r, failureJson as t };
