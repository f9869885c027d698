import { relative, resolve, sep } from "node:path";
// src/adapters/folders.ts
/** Folders that hold other people's modules. */
const foreign = /* @__PURE__ */ new Set([
	"node_modules",
	"vendor",
	"testdata"
]);
/**
* The files that patterns such as `plugins/*` + `/go.mod` match, sorted; those of dependencies and of hidden folders are
* left out where a pattern does not name them.
*
* @param base what relative patterns start from, absolute
*/
async function matchingFiles(pattern, base) {
	const { create } = await import("./glob.js");
	const found = await (await create(resolve(escaped(base), pattern), {
		followSymbolicLinks: false,
		implicitDescendants: false,
		matchDirectories: false
	})).glob();
	const named = new Set(pattern.split("/"));
	const isForeign = (part) => (foreign.has(part) || part.startsWith(".")) && !named.has(part);
	return found.filter((path) => !relative(base, path).split(sep).some(isForeign)).sort();
}
/** The folder's own name must not be taken for a pattern. */
function escaped(base) {
	return base.replace(/[[*?]/g, "[$&]");
}
export { matchingFiles };
