const require_job = require("./job.js");
const require_check = require("./check.js");
// src/cap/rule.ts
/**
* The text with each line as the server has it: requirements of the server's modules at its versions, up or down, the
* `go` line no newer than its Go, no `toolchain` line that asks for a newer one; and a line more for each module in
* `add` that no line names.
*/
function capLines(text, { file, goVersion, versions }, add) {
	const mod = require_job.parseModFile(text, file);
	const named = new Set(mod.requires.map(({ path }) => path));
	const missing = [...add].flatMap((path) => {
		const version = versions.get(path);
		return version === void 0 || named.has(path) ? [] : [{
			path,
			version
		}];
	});
	const required = require_check.setRequires(text, file, versions);
	const go = mod.go === null ? required : require_check.setGoLine(required, file, require_job.fittingGoLine(mod.go.version, goVersion));
	const lines = fitsToolchain(mod, goVersion) ? go : require_check.dropToolchain(go, file);
	return require_check.addIndirect(lines, file, missing);
}
/**
* The text for finding out which of the server's modules the plugin needs at all: every one of them is offered, and the
* `go` line is one that lets `go mod tidy` name each module that is used, and read no more go.mod files than it must.
*/
function offerAll(text, cap) {
	const { file, goVersion, versions } = cap;
	const offered = capLines(text, cap, versions.keys());
	const line = require_job.goLineFor(goVersion);
	return require_job.parseModFile(text, file).go === null ? `${offered}\ngo ${line}\n` : require_check.setGoLine(offered, file, line);
}
/** The lines that the server's Go does not know, besides `toolchain`. Source: Go's release notes 1.23 to 1.25. */
function unknownLines(mod, goVersion) {
	return [
		...mod.godebugs.map(({ line }) => ({
			verb: "godebug",
			line,
			since: "1.23"
		})),
		...mod.tools.map(({ line }) => ({
			verb: "tool",
			line,
			since: "1.24"
		})),
		...mod.ignores.map(({ line }) => ({
			verb: "ignore",
			line,
			since: "1.25"
		}))
	].filter(({ since }) => require_job.compareGoVersions(goVersion, since) < 0);
}
/** Before Go 1.21 there was no such line; `go1.26.0-custom` counts as go1.26.0. */
function fitsToolchain({ toolchain }, goVersion) {
	if (toolchain === null) return true;
	if (!require_job.knowsThreeParts(goVersion)) return false;
	const version = require_job.toolchainVersion(toolchain.name);
	return version === null || require_job.compareGoVersions(version, goVersion) <= 0;
}
// src/plugin/tidy.ts
/**
* The arguments, after `go`, that tidy a build-only go.mod. A `go 1.17` file is otherwise held against Go 1.16 too, which
* builds nothing here.
*
* @param request.goLine the file's `go` line; null: it has none
* @param request.overlay whether the pin's overlay.json is in use
*/
function tidyArgs(request) {
	const compat = /^1\.17(?:\.|$)/.test(request.goLine ?? "") ? ["-compat=1.17"] : [];
	const { pin } = request.places;
	const overlaid = request.overlay === true ? [`-overlay=${pin}/overlay.json`] : [];
	return [
		"mod",
		"tidy",
		`-modfile=${pin}/go.mod`,
		...overlaid,
		...compat
	];
}
Object.defineProperty(exports, "capLines", {
	enumerable: true,
	get: function() {
		return capLines;
	}
});
Object.defineProperty(exports, "offerAll", {
	enumerable: true,
	get: function() {
		return offerAll;
	}
});
Object.defineProperty(exports, "tidyArgs", {
	enumerable: true,
	get: function() {
		return tidyArgs;
	}
});
Object.defineProperty(exports, "unknownLines", {
	enumerable: true,
	get: function() {
		return unknownLines;
	}
});
