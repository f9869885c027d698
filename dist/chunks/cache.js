const require_job = require("./job.js");
let node_path = require("node:path");
// src/build/cache.ts
/** Below the cache folder: sources that are laid out for a build, each while it takes. */
const sourcesFolder = "sources";
/**
* The cache folders of one build; nothing is created.
*
* @param request.uid the user that Go runs as: in a container it may be another one than the caller
* @param request.goVersion `1.26.0`
* @param request.pinListKey see pinListKey
*/
function cachePaths(request) {
	const { cacheDir, builder, uid, goVersion, target } = request;
	const owner = (0, node_path.join)(cacheDir, `${builder}-${String(uid)}`);
	return {
		modCache: (0, node_path.join)(owner, "mod"),
		buildCache: (0, node_path.join)(owner, "build", `go${goVersion}-${target}-${shortHash(request.pinListKey)}`)
	};
}
/** The key of a server's pin list: the same for any order of the same modules. */
function pinListKey(modules) {
	return shortHash(modules.map(({ path, version }) => `${path}@${version}`).sort().join("\n"));
}
function shortHash(text) {
	return require_job.createHash("sha256").update(text).digest("hex").slice(0, 12);
}
Object.defineProperty(exports, "cachePaths", {
	enumerable: true,
	get: function() {
		return cachePaths;
	}
});
Object.defineProperty(exports, "pinListKey", {
	enumerable: true,
	get: function() {
		return pinListKey;
	}
});
Object.defineProperty(exports, "sourcesFolder", {
	enumerable: true,
	get: function() {
		return sourcesFolder;
	}
});
