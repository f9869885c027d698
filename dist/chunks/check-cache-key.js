const require_choose_targets = require("./choose-targets.js");
const require_groups = require("./groups.js");
const require_cache_key = require("./cache-key.js");
// src/pipeline/check-cache-key.ts
/** The key of what compiling a plugin for these servers fills `cache-dir` with, for this machine's target. */
function checkCacheKey(request) {
	const { builder, servers, arch } = request;
	const groups = require_groups.groupServers(servers).map(({ goVersion, lowest }) => ({
		goVersion,
		modules: lowest.pinList.modules
	}));
	const targets = require_choose_targets.meantTargets({
		wanted: "native",
		arch
	}).map(({ name }) => name);
	return require_cache_key.cacheKey({
		builder,
		groups,
		targets
	});
}
exports.checkCacheKey = checkCacheKey;
