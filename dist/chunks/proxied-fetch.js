import { a as __toESM } from "./rolldown-runtime.js";
// src/adapters/proxied-fetch.ts
/** Node's own fetch knows no proxies: where one is set for the address, the toolkit's is used. */
async function fetchFor(url) {
	const { getProxyUrl } = await import("./proxy.js");
	if (getProxyUrl(new URL(url)) === void 0) return fetch;
	const [{ HttpClient }, undici] = await Promise.all([import("./lib.js"), import("./undici2.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))]);
	const dispatcher = new HttpClient().getAgentDispatcher(url);
	if (dispatcher === void 0) return fetch;
	return (address, options) => undici.fetch(address, {
		...options,
		dispatcher
	});
}
export { fetchFor as t };
