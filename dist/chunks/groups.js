import { a as __toESM } from "./rolldown-runtime.js";
import { C as require_valid, S as require_compare } from "./start.js";
import { n as pinListKey } from "./cache.js";
// src/gotify/groups.ts
var import_compare = /* @__PURE__ */ __toESM(require_compare(), 1);
var import_valid = /* @__PURE__ */ __toESM(require_valid(), 1);
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
/** Servers by version, newest first. A commit without a version comes before all, as a branch is mostly ahead. */
function newestFirst(servers) {
	return servers.toSorted(({ version: a }, { version: b }) => {
		const [knowsA, knowsB] = [(0, import_valid.default)(a) !== null, (0, import_valid.default)(b) !== null];
		if (knowsA && knowsB) return (0, import_compare.default)(b, a);
		return Number(knowsA) - Number(knowsB);
	});
}
export { newestFirst as n, groupServers as t };
