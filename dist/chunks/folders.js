let node_path = require("node:path");
// src/adapters/folders.ts
/** Folders that hold other people's modules. */
const foreign = [
	"node_modules",
	"vendor",
	"testdata"
];
/**
* The files that patterns such as `plugins/*` + `/go.mod` match, sorted. What a pattern stands for is no hidden folder
* and none of dependencies, and no symbolic link to a folder: those have to be named.
*
* @param base what relative patterns start from, absolute
*/
async function matchingFiles(pattern, base) {
	const { glob } = await Promise.resolve().then(() => require("./dist.js"));
	const named = new Set(pattern.split("/"));
	return (await glob(pattern.replace(/^(?:\.\/)+/, ""), {
		cwd: base,
		absolute: true,
		followSymbolicLinks: false,
		expandDirectories: false,
		ignore: foreign.filter((name) => !named.has(name)).map((name) => `**/${name}/**`)
	})).map((path) => (0, node_path.resolve)(path)).sort();
}
exports.matchingFiles = matchingFiles;
