import { join, resolve } from "node:path";
import { readdir, stat } from "node:fs/promises";
// src/adapters/folders.ts
/** Folders that hold other people's modules. */
const foreign = /* @__PURE__ */ new Set([
	"node_modules",
	"vendor",
	"testdata"
]);
/**
* The files that patterns such as `plugins/*` + `/go.mod` match, sorted. `*`, `?` and `[a-z]` stand for parts of one name,
* `**` for any number of folders. What they stand for is no hidden folder and none of dependencies, and no symbolic link
* to a folder: those have to be named.
*
* @param base what relative patterns start from, absolute
*/
async function matchingFiles(pattern, base) {
	const start = pattern.startsWith("/") ? "/" : base;
	const parts = pattern.split("/").filter((part) => part !== "" && part !== ".");
	return [...new Set(await filesBelow(start, parts))].sort();
}
async function filesBelow(folder, [part, ...rest]) {
	if (part === void 0) return [];
	if (part === "**") {
		const deeper = (await foldersIn(folder, () => true)).map((name) => filesBelow(join(folder, name), [part, ...rest]));
		return (await Promise.all([filesBelow(folder, rest), ...deeper])).flat();
	}
	if (!/[*?[]/.test(part)) {
		const path = resolve(folder, part);
		return rest.length > 0 ? filesBelow(path, rest) : await isFile(path) ? [path] : [];
	}
	const names = rest.length > 0 ? await foldersIn(folder, matcherOf(part)) : [];
	return (await Promise.all(names.map((name) => filesBelow(join(folder, name), rest)))).flat();
}
/** The names of folders that a pattern may stand for. What cannot be read has none. */
async function foldersIn(folder, isWanted) {
	return (await readdir(folder, { withFileTypes: true }).catch(() => [])).filter((entry) => entry.isDirectory() && !foreign.has(entry.name) && !entry.name.startsWith(".")).map(({ name }) => name).filter(isWanted);
}
async function isFile(path) {
	return (await stat(path).catch(() => null))?.isFile() ?? false;
}
/** One part of a pattern as a shell reads it; a bracket that is not closed is one itself. */
function matcherOf(part) {
	const expression = readable(`^${part.replace(/\*+|\?|\[[!^]?\]?[^\]]*\]|[^*?[]+|\[/g, (piece) => {
		if (piece.startsWith("*")) return ".*";
		if (piece === "?") return ".";
		const set = /^\[([!^]?)(.+)\]$/s.exec(piece);
		if (set === null) return escaped(piece);
		const [, not = "", characters = ""] = set;
		return `[${not === "" ? "" : "^"}${characters.replace(/[\\\]^[]/g, String.raw`\$&`)}]`;
	})}$`);
	return (name) => expression?.test(name) ?? false;
}
/** Null for a set such as `[z-a]`: it matches nothing. */
function readable(source) {
	try {
		return new RegExp(source, "su");
	} catch {
		return null;
	}
}
function escaped(text) {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
export { matchingFiles };
