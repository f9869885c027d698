import { t as Failure } from "./errors.js";
// src/gotify/github.ts
/** The repository that servers come from, below the API's address. */
const serverRepository = "repos/gotify/server";
const gitHubCodes = {
	/** No connection, or no answer in time. */
	unreachable: "github-unreachable",
	rateLimit: "github-rate-limit",
	/** 5xx, also after the retries. */
	failed: "github-failed",
	/** The token is not valid, or may not read this. */
	permission: "github-permission",
	/** Nothing at that address: where something may be absent, the methods give null instead. */
	missing: "github-missing",
	/** An answer that is not what the API documents. */
	answer: "github-answer"
};
/** Whether the API cannot serve now, so that the catalog may: neither a wrong token nor a wrong address is that. */
function cannotServe(error) {
	if (!(error instanceof Failure)) return false;
	const { unreachable, rateLimit, failed } = gitHubCodes;
	return [
		unreachable,
		rateLimit,
		failed
	].some((code) => code === error.code);
}
/**
* The token for `serverApiUrl`: the job's, if that is the very API that issued it, else none.
*
* @param gitHubApiUrl GITHUB_API_URL; absent outside Actions
*/
function tokenFor(request) {
	const own = originOf(request.gitHubApiUrl ?? "https://api.github.com");
	return own !== null && own === originOf(request.serverApiUrl) ? request.token : null;
}
function originOf(url) {
	return URL.canParse(url) ? new URL(url).origin : null;
}
export { tokenFor as i, gitHubCodes as n, serverRepository as r, cannotServe as t };
