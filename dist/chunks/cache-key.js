const require_job = require("./job.js");
const require_cache = require("./cache.js");
// src/report/cache-key.ts
/**
* A key under which a workflow can save `cache-dir`: equal for runs that would fill it with the same. What the
* plugin has of its own is left out, as it is small beside what it shares with the server.
*/
function cacheKey({ builder, groups, targets }) {
	const names = targets.map((target) => target.replace("linux-", ""));
	return [
		"gotify-plugin-build",
		builder,
		groupsKey(groups.map(({ goVersion, modules }) => `go${goVersion}-${require_cache.pinListKey(modules)}`)),
		...[...new Set(names)].sort()
	].join("-");
}
/** The key of a build; null where it built nothing, and so has filled no cache. */
function buildCacheKey(report) {
	const { builder, groups } = report;
	if (groups.length === 0) return null;
	const targets = groups.flatMap((group) => group.targets.map(({ target }) => target));
	return cacheKey({
		builder,
		groups: groups.map((group) => contentOf(group, report)),
		targets
	});
}
function contentOf({ goVersion, version }, { servers }) {
	return {
		goVersion,
		modules: servers.find((server) => server.version === version)?.pinList.modules ?? []
	};
}
/** GitHub takes 512 characters, and there may be dozens of groups. */
function groupsKey(keys) {
	if (keys.length === 1) return keys.join("");
	const hash = require_job.createHash("sha256").update([...keys].sort().join("\n")).digest("hex");
	return `${String(keys.length)}groups-${hash.slice(0, 12)}`;
}
Object.defineProperty(exports, "buildCacheKey", {
	enumerable: true,
	get: function() {
		return buildCacheKey;
	}
});
Object.defineProperty(exports, "cacheKey", {
	enumerable: true,
	get: function() {
		return cacheKey;
	}
});
