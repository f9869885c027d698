// src/adapters/printable.ts
/**
* Foreign text without anything that a terminal obeys: colours, cursor movements, titles, bells. Tabs and line ends
* stay. Source: ECMA-48, sections 5.3 to 5.6 (control sequences and control strings).
*/
function printable(text) {
	return text.replace(controlSequence, "").replace(/\r\n/g, "\n").replace(/[^\P{Cc}\t\n]/gu, "");
}
const escape = String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`;
const controlString = String.raw`(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?`;
const controlSequence = new RegExp(`${escape}|${controlString}`, "g");
export { printable as t };
