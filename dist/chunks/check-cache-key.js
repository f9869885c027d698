import { n as meantTargets } from "./choose-targets.js";
import { t as groupServers } from "./groups.js";
import { n as cacheKey } from "./cache-key.js";
// src/pipeline/check-cache-key.ts
/** The key of what compiling a plugin for these servers fills `cache-dir` with, for this machine's target. */
function checkCacheKey(request) {
	const { builder, servers, arch } = request;
	const groups = groupServers(servers).map(({ goVersion, lowest }) => ({
		goVersion,
		modules: lowest.pinList.modules
	}));
	const targets = meantTargets({
		wanted: "native",
		arch
	}).map(({ name }) => name);
	return cacheKey({
		builder,
		groups,
		targets
	});
}
export { checkCacheKey };
