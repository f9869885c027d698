const require_cache = require("./cache.js");
const require_check = require("./check.js");
// src/gotify/groups.ts
/** Servers in groups, in the order of each group's first server. */
function groupServers(servers) {
	const groups = /* @__PURE__ */ new Map();
	for (const server of servers) {
		const key = `${server.goVersion} ${require_cache.pinListKey(server.pinList.modules)}`;
		const members = groups.get(key);
		if (members === void 0) groups.set(key, [server]);
		else members.push(server);
	}
	return [...groups.values()].map((members) => ({
		goVersion: members[0].goVersion,
		servers: members,
		lowest: require_check.newestFirst(members).at(-1) ?? members[0]
	}));
}
Object.defineProperty(exports, "groupServers", {
	enumerable: true,
	get: function() {
		return groupServers;
	}
});
