const require_start = require("./start.js");
// src/adapters/github-errors.ts
/** An answer whose body could not be read to its end. Shaped as Octokit's own errors, so that it is tried again. */
var BrokenAnswer = class extends Error {
	status = 500;
	/** The parameters of the request, which the retry plugin reads and writes. */
	request;
	constructor(request, cause) {
		super(cause instanceof Error ? cause.message : String(cause), { cause });
		this.name = "BrokenAnswer";
		this.request = request;
	}
};
/**
* What Octokit's error means. Null for an error that is none of Octokit's.
*
* @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
*/
function troubleOf(error) {
	if (error instanceof BrokenAnswer) return {
		kind: "broken",
		reason: error.message
	};
	if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
	const headers = headersOf(error);
	if (headers === null) return unreachable(error);
	return answered({
		status: error.status,
		message: oneLine(error.message),
		headers
	});
}
/** What it means. */
function answered({ status, message, headers }) {
	if (status === 403 || status === 429) {
		if (headers["x-ratelimit-remaining"] === "0") return {
			kind: "rate-limit",
			resetAt: resetOf(headers)
		};
		const wait = Number(headers["retry-after"] ?? NaN);
		if (status === 429 || !Number.isNaN(wait) || /secondary rate limit/i.test(message)) return {
			kind: "secondary-limit",
			waitMs: Number.isNaN(wait) ? 0 : wait * 1e3
		};
	}
	if (status === 401 || status === 403) return {
		kind: "permission",
		status,
		message
	};
	if (status === 404 || status === 422) return { kind: "missing" };
	return status >= 500 ? {
		kind: "server",
		status
	} : {
		kind: "refused",
		status,
		message
	};
}
function headersOf(error) {
	const response = "response" in error ? error.response : null;
	if (typeof response !== "object" || response === null || !("headers" in response)) return null;
	return typeof response.headers === "object" ? { ...response.headers } : null;
}
function resetOf(headers) {
	const seconds = Number(headers["x-ratelimit-reset"] ?? NaN);
	return Number.isNaN(seconds) ? null : seconds * 1e3;
}
const resets = [
	"ECONNRESET",
	"EPIPE",
	"UND_ERR_SOCKET"
];
/** What an error means that came instead of an answer. */
function unreachable(error) {
	const chain = causes(error);
	const root = chain.at(-1) ?? error;
	const code = require_start.codeOf(root) ?? "";
	const reason = root.message.includes(code) ? root.message : `${code} ${root.message}`;
	const reset = chain.some((cause) => resets.includes(require_start.codeOf(cause)));
	return {
		kind: "unreachable",
		reason: oneLine(reason.trim()),
		reset
	};
}
/** The error and its causes. They are known by their shape: Node's own may be of another realm than this code. */
function causes(error) {
	return "cause" in error && isErrorLike(error.cause) ? [error, ...causes(error.cause)] : [error];
}
function isErrorLike(value) {
	return typeof value === "object" && value !== null && "message" in value && typeof value.message === "string";
}
/** Whether the same request may succeed in a moment. */
function mayHeal(trouble, answeredBefore) {
	if (trouble.kind === "unreachable") return trouble.reset || answeredBefore;
	if (trouble.kind === "secondary-limit") return trouble.waitMs <= 6e4;
	return trouble.kind === "broken" || trouble.kind === "server";
}
/** The failure that users see; `url` is what was asked for, `hasToken` whether a token was sent. */
function failureOf(trouble, { url, hasToken }, cause) {
	const fail = (code, [what, remedy]) => new require_start.Failure("surroundings", {
		code,
		what: `${url}: ${what}`,
		remedy,
		cause
	});
	switch (trouble.kind) {
		case "unreachable": return fail(require_start.gitHubCodes.unreachable, [`no connection (${trouble.reason})`, "Check the network and server-api-url."]);
		case "broken": return fail(require_start.gitHubCodes.failed, [`the answer broke off (${trouble.reason})`, "Try again."]);
		case "rate-limit": return fail(require_start.gitHubCodes.rateLimit, ["the rate limit of the GitHub API is used up", limitRemedy(untilText(trouble.resetAt), hasToken)]);
		case "secondary-limit": return fail(require_start.gitHubCodes.rateLimit, ["GitHub asks to send fewer requests (a secondary rate limit)", limitRemedy(waitText(trouble.waitMs), hasToken)]);
		case "server": return fail(require_start.gitHubCodes.failed, [`GitHub answered ${String(trouble.status)}`, "Try again later."]);
		case "permission": return fail(require_start.gitHubCodes.permission, [`GitHub answered ${String(trouble.status)} (${trouble.message})`, "Check that the token is valid for server-api-url and may read the contents of gotify/server, or pass none."]);
		case "missing": return fail(require_start.gitHubCodes.missing, ["GitHub has nothing there", "Check server-api-url; a copy of gotify/server that is not public needs a token that may read it."]);
		case "refused": return fail(require_start.gitHubCodes.answer, [`GitHub answered ${String(trouble.status)} (${trouble.message})`, "Check that server-api-url is the address of a GitHub API."]);
	}
}
function limitRemedy(when, hasToken) {
	return hasToken ? `Wait ${when}: the limit is that of the token's owner, whatever else uses it.` : `Wait ${when}, or pass a token: it raises the limit.`;
}
function untilText(resetAt) {
	return resetAt === null ? "some minutes" : `until ${new Date(resetAt).toISOString().slice(0, 19)}Z`;
}
/** @param waitMs 0 where GitHub does not say */
function waitText(waitMs) {
	if (waitMs <= 0) return "some minutes";
	const seconds = Math.ceil(waitMs / 1e3);
	return seconds < 120 ? `${String(seconds)} seconds` : `${String(Math.ceil(seconds / 60))} minutes`;
}
/** An answer that came whole and is not what the API documents. */
function malformedAnswer(url, problem) {
	return new require_start.Failure("surroundings", {
		code: require_start.gitHubCodes.answer,
		what: `${url}: the answer is not that of a GitHub API: ${oneLine(problem)}`,
		remedy: "Check that server-api-url is the address of a GitHub API and that no proxy answers in its place."
	});
}
/** Foreign text for a message: one line without control characters, not too long. */
function oneLine(text) {
	return text.replace(/[\u0000-\u001f\u007f]+/g, " ").slice(0, 200);
}
Object.defineProperty(exports, "BrokenAnswer", {
	enumerable: true,
	get: function() {
		return BrokenAnswer;
	}
});
Object.defineProperty(exports, "answered", {
	enumerable: true,
	get: function() {
		return answered;
	}
});
Object.defineProperty(exports, "failureOf", {
	enumerable: true,
	get: function() {
		return failureOf;
	}
});
Object.defineProperty(exports, "isErrorLike", {
	enumerable: true,
	get: function() {
		return isErrorLike;
	}
});
Object.defineProperty(exports, "malformedAnswer", {
	enumerable: true,
	get: function() {
		return malformedAnswer;
	}
});
Object.defineProperty(exports, "mayHeal", {
	enumerable: true,
	get: function() {
		return mayHeal;
	}
});
Object.defineProperty(exports, "oneLine", {
	enumerable: true,
	get: function() {
		return oneLine;
	}
});
Object.defineProperty(exports, "troubleOf", {
	enumerable: true,
	get: function() {
		return troubleOf;
	}
});
Object.defineProperty(exports, "unreachable", {
	enumerable: true,
	get: function() {
		return unreachable;
	}
});
