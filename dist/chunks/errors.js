// src/errors.ts
/** The one error class that users see: what happened, where, and what to do. Anything else thrown is a bug. */
var Failure = class extends Error {
	kind;
	code;
	what;
	remedy;
	where;
	constructor(kind, parts) {
		super(messageOf(parts), parts.cause === void 0 ? void 0 : { cause: parts.cause });
		this.name = "Failure";
		this.kind = kind;
		this.code = parts.code;
		this.what = parts.what;
		this.remedy = parts.remedy;
		this.where = parts.where;
	}
};
/** `file:line:column`, or `input NAME`. */
function whereText(where) {
	if (where.kind === "input") return `input ${where.input}`;
	return [
		where.file,
		where.line,
		where.column
	].filter((part) => part !== void 0).join(":");
}
function messageOf({ what, where, remedy }) {
	return where === void 0 ? `${what}. ${remedy}` : `${whereText(where)}: ${what}. ${remedy}`;
}
/** The exit code of a failure: 2 bad input, 1 the plugin, 3 the surroundings. */
function exitCodeOf(kind) {
	return kind === "input" ? 2 : kind === "plugin" ? 1 : 3;
}
export { exitCodeOf as n, whereText as r, Failure as t };
