import { isAbsolute, relative } from "node:path";
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
	const below = relative(workspace, where.file);
	const outside = below.startsWith("..") || isAbsolute(below);
	return {
		file: isAbsolute(where.file) && !outside ? below : where.file,
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
export { plain as a, placeOf as i, command as n, sealed as o, inputText as r, annotationCommands as t };
