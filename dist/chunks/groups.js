import { n as pinListKey } from "./cache.js";
import { un as newestFirst } from "./job.js";
// src/gotify/groups.ts
/** Servers in groups, in the order of each group's first server. */
function groupServers(servers) {
	const groups = /* @__PURE__ */ new Map();
	for (const server of servers) {
		const key = `${server.goVersion} ${pinListKey(server.pinList.modules)}`;
		const members = groups.get(key);
		if (members === void 0) groups.set(key, [server]);
		else members.push(server);
	}
	return [...groups.values()].map((members) => ({
		goVersion: members[0].goVersion,
		servers: members,
		lowest: newestFirst(members).at(-1) ?? members[0]
	}));
}
export { groupServers as t };
