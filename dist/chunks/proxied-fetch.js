const require_rolldown_runtime = require("./rolldown-runtime.js");
// src/adapters/proxied-fetch.ts
/** Node's own fetch knows no proxies: where one is set for the address, the toolkit's is used. */
async function fetchFor(url) {
	const { getProxyUrl } = await Promise.resolve().then(() => require("./proxy.js")).then((n) => n.proxy_exports);
	if (getProxyUrl(new URL(url)) === void 0) return fetch;
	const [{ HttpClient }, undici] = await Promise.all([Promise.resolve().then(() => require("./lib.js")).then((n) => n.lib_exports), Promise.resolve().then(() => require("./undici.js")).then((n) => /* @__PURE__ */ require_rolldown_runtime.__toESM(n.require_undici(), 1))]);
	const dispatcher = new HttpClient().getAgentDispatcher(url);
	if (dispatcher === void 0) return fetch;
	return (address, options) => undici.fetch(address, {
		...options,
		dispatcher
	});
}
Object.defineProperty(exports, "fetchFor", {
	enumerable: true,
	get: function() {
		return fetchFor;
	}
});
