const require_start = require("./start.js");
const require_github_errors = require("./github-errors.js");
const require_proxied_fetch = require("./proxied-fetch.js");
const require_failures = require("./failures.js");
let node_fs = require("node:fs");
let node_http = require("node:http");
let node_stream = require("node:stream");
let node_https = require("node:https");
let node_timers_promises = require("node:timers/promises");
let node_stream_consumers = require("node:stream/consumers");
let node_stream_promises = require("node:stream/promises");
// src/adapters/release-errors.ts
const permissionLines = "permissions:\n  contents: write";
/** The failure of a request that was answered, and refused. */
function refusedFailure(refused, purpose, cause) {
	const { status, message } = refused;
	if (status === 401) return unauthorized(message, purpose);
	if (status === 403) return forbidden(refused, purpose);
	const what = `${purpose.request}: GitHub answered ${String(status)} (${message})`;
	if (status === 404) return new require_start.Failure("input", {
		code: "publish-missing",
		what,
		remedy: `Check the repository's name, and that the token may write to it. In a workflow the job needs:\n${permissionLines}`,
		where: token,
		cause
	});
	if (status === 413) return tooLarge(what, purpose);
	if (/used by an immutable release/i.test(message)) return tagIsUsed(what);
	if (/immutable release/i.test(message)) return require_failures.tooLate({ tag: "this tag" }, [purpose.file ?? "this change"]);
	return new require_start.Failure("input", {
		code: "publish-refused",
		what,
		remedy: "See what GitHub says, and whether the tag or the release is protected by rules of the repository.",
		cause
	});
}
const token = {
	kind: "input",
	input: "token"
};
function unauthorized(message, { request, hadAccess }) {
	const answer = `${request}: GitHub answered 401 (${message})`;
	if (!hadAccess) return new require_start.Failure("input", {
		code: "token-invalid",
		what: answer,
		remedy: "Check the input token: the token of the job is there without being named.",
		where: token
	});
	return new require_start.Failure("surroundings", {
		code: "token-expired",
		what: `${answer}: the token was good a moment ago, so it expired or was revoked`,
		remedy: `${require_failures.rerun} It gets a new token.`,
		where: token
	});
}
function forbidden({ message, permissions }, { request }) {
	const what = `${request}: GitHub answered 403 (${message}${permissions === null ? "" : `; it takes ${permissions}`})`;
	return new require_start.Failure("input", {
		code: "publish-permission",
		what,
		remedy: `The token may not write to releases. Give the job this permission:\n${permissionLines}`,
		where: token
	});
}
function tagIsUsed(what) {
	return new require_start.Failure("input", {
		code: "tag-used",
		what: `${what}: the tag had an immutable release, which was deleted`,
		remedy: "Publish under a new tag: GitHub makes no second release of such a one."
	});
}
function tooLarge(what, { file }) {
	return new require_start.Failure("input", {
		code: "asset-too-large",
		what,
		remedy: "A file of a release must have less than 2 GiB; a server of your own may allow less.",
		...file === null ? {} : { where: {
			kind: "file",
			file
		} }
	});
}
/** The failure of a request that may go well another time. */
function healingFailure(trouble, { request }, cause) {
	const fail = (code, what, remedy) => new require_start.Failure("surroundings", {
		code,
		what: `${request}: ${what}`,
		remedy,
		cause
	});
	switch (trouble.kind) {
		case "unreachable": return fail(require_start.gitHubCodes.unreachable, `no connection (${trouble.reason})`, `Check the network. ${require_failures.rerun}`);
		case "broken": return fail(require_start.gitHubCodes.failed, `the answer broke off (${trouble.reason})`, require_failures.rerun);
		case "server": return fail(require_start.gitHubCodes.failed, `GitHub answered ${String(trouble.status)}`, `Try again later. ${require_failures.rerun}`);
		case "secondary-limit": return fail(require_start.gitHubCodes.rateLimit, "GitHub asks to send fewer requests (a secondary rate limit)", `Wait ${trouble.waitMs > 0 ? `${String(Math.ceil(trouble.waitMs / 1e3))} seconds` : "some minutes"}. ${require_failures.rerun}`);
		case "rate-limit": return fail(require_start.gitHubCodes.rateLimit, "the rate limit of the token is used up", limitRemedy(trouble.resetAt));
	}
}
function limitRemedy(resetAt) {
	return `Wait ${resetAt === null ? "for an hour" : `until ${new Date(resetAt).toISOString().slice(0, 19)}Z`}. ${require_failures.rerun}`;
}
/** An answer that came whole and is not what the API documents. */
function strangeAnswer(request, problem) {
	return new require_start.Failure("surroundings", {
		code: require_start.gitHubCodes.answer,
		what: `${request}: the answer is not that of a GitHub API: ${problem}`,
		remedy: "Check that GITHUB_API_URL is the address of a GitHub API and that no proxy answers in its place."
	});
}
// src/adapters/release-upload.ts
/** Larger than Node's 64 kB: half the time for a large file. */
const chunkSize = 262144;
/**
* POSTs bytes as a stream, so that memory does not grow with the file. fetch keeps a copy of every stream it sends, for
* redirects (fetch standard, HTTP-network-or-cache fetch, step 8.1); an upload is not redirected.
*
* @throws what node:http throws; Failure (surroundings) `unreadable-file` for a file whose size changes meanwhile
*/
async function postStream({ url, headers, source, signal }) {
	const size = source.kind === "file" ? source.size : source.bytes.length;
	const agent = await proxyAgent(url);
	const options = {
		method: "POST",
		headers: {
			...headers,
			"content-length": String(size)
		},
		signal,
		...agent === void 0 ? {} : { agent }
	};
	const request = url.startsWith("https:") ? (0, node_https.request)(url, options) : (0, node_http.request)(url, options);
	const answered = answerTo(request);
	const sent = (0, node_stream_promises.pipeline)(streamOf(source), ofSize(source, size), request).catch((error) => {
		request.destroy(error instanceof Error ? error : new Error(String(error)));
	});
	const response = await answered;
	const body = await (0, node_stream_consumers.buffer)(response);
	request.destroy();
	await sent;
	const { statusCode = 0 } = response;
	return new Response(statusCode === 204 ? null : new Uint8Array(body), {
		status: statusCode,
		headers: headersOf$1(response)
	});
}
function answerTo(request) {
	return new Promise((resolve, reject) => {
		request.on("response", resolve).on("error", reject);
	});
}
function streamOf(source) {
	if (source.kind === "bytes") return node_stream.Readable.from([source.bytes]);
	return (0, node_fs.createReadStream)(source.path, { highWaterMark: chunkSize });
}
/** A file that shrinks would leave the server waiting for the rest. */
function ofSize(source, size) {
	let passed = 0;
	const differs = () => fileFailure(source.kind === "file" ? source.path : "", "it changed while it was sent");
	return new node_stream.Transform({
		transform: (chunk, _encoding, done) => {
			passed += chunk.length;
			if (passed > size) done(differs());
			else done(null, chunk);
		},
		flush: (done) => done(passed === size ? null : differs())
	});
}
/** The failure of a file that cannot be sent. */
function fileFailure(file, problem, cause) {
	return new require_start.Failure("surroundings", {
		code: "unreadable-file",
		what: `this file cannot be sent: ${problem}`,
		remedy: "See what became of it, and build it again.",
		where: {
			kind: "file",
			file
		},
		cause
	});
}
async function proxyAgent(url) {
	const { getProxyUrl } = await Promise.resolve().then(() => require("./proxy.js")).then((n) => n.proxy_exports);
	if (getProxyUrl(new URL(url)) === void 0) return void 0;
	const { HttpClient } = await Promise.resolve().then(() => require("./lib.js")).then((n) => n.lib_exports);
	return new HttpClient().getAgent(url);
}
function headersOf$1({ headers }) {
	return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => typeof value === "string" ? [[name, value]] : []));
}
// src/adapters/release-http.ts
/** Nobody wants to look at a job for longer. */
const longestWaitMs = 12e4;
/** Every request with the token, and GitHub's refusals as failures. */
function senderFor(options) {
	const session = {
		options,
		hadAccess: false
	};
	const delays = options.retryDelaysMs ?? [
		1e3,
		4e3,
		9e3
	];
	const sleep = options.sleep ?? ((milliseconds) => (0, node_timers_promises.setTimeout)(milliseconds));
	return async (call, read) => {
		for (let tries = 0;; tries += 1) {
			const result = await once({
				call,
				read,
				session
			});
			if (result.kind !== "trouble") return result;
			const { trouble, failure } = result;
			const delay = delays[tries];
			const wait = trouble.kind === "secondary-limit" ? Math.max(trouble.waitMs, delay ?? 0) : delay ?? 0;
			const isLimited = trouble.kind === "secondary-limit";
			if (call.repeat !== void 0 && !isLimited) return {
				kind: "unsure",
				failure
			};
			if (delay === void 0 || trouble.kind === "rate-limit" || wait > longestWaitMs) throw failure;
			await sleep(wait);
			if (call.repeat === "never") return {
				kind: "unsure",
				failure
			};
		}
	};
}
async function once({ call, read, session }) {
	const { hadAccess, options } = session;
	const purpose = {
		request: `${call.method} ${call.url.replace(/\?.*$/, "")}`,
		hadAccess,
		file: call.file ?? null
	};
	const trouble = (kind, cause) => ({
		kind: "trouble",
		trouble: kind,
		failure: healingFailure(kind, purpose, cause)
	});
	let response;
	try {
		response = await request(call, options.token);
	} catch (error) {
		if (!require_github_errors.isErrorLike(error) || !isNoAnswer(error)) throw error;
		return trouble(require_github_errors.unreachable(error), error);
	}
	try {
		if (response.ok) {
			session.hadAccess = true;
			return {
				kind: "done",
				value: await read(response)
			};
		}
		const text = await response.text();
		const refused = {
			status: response.status,
			message: messageIn(text),
			headers: headersOf(response)
		};
		const problem = require_github_errors.answered(refused);
		if (isHealing(problem)) return trouble(problem);
		if (response.status === 404 || isNoCommit(refused)) return { kind: "gone" };
		if (response.status === 422 && hasCode(text, "already_exists")) return { kind: "conflict" };
		const permissions = response.headers.get("x-accepted-github-permissions");
		const failure = refusedFailure({
			...refused,
			permissions
		}, purpose);
		if (failure.code === "release-immutable") return {
			kind: "frozen",
			failure
		};
		throw failure;
	} catch (error) {
		if (error instanceof require_start.Failure || !require_github_errors.isErrorLike(error) || !isBroken(error)) throw error;
		return trouble({
			kind: "broken",
			reason: require_github_errors.oneLine(error.message)
		}, error);
	}
}
/** A ref that is not there is no 404: https://docs.github.com/en/rest/commits/commits#get-a-commit */
function isNoCommit({ status, message }) {
	return status === 422 && message.startsWith("No commit found for SHA");
}
/** Whether there was no connection, or no answer in time; else a file cannot be read, or there is a bug. */
function isNoAnswer(error) {
	const isOfNetwork = "syscall" in error && error.syscall !== "open" && !("path" in error);
	return error.message === "fetch failed" || isTimeout(error) || require_github_errors.unreachable(error).reset || isOfNetwork;
}
function isTimeout(error) {
	return "name" in error && (error.name === "TimeoutError" || error.name === "AbortError");
}
/** Whether the answer's body broke off, or did not come in time; else its reader failed, a full disk for instance. */
function isBroken(error) {
	return error.message === "terminated" || isTimeout(error) || require_github_errors.unreachable(error).reset;
}
function isHealing(trouble) {
	return ![
		"permission",
		"missing",
		"refused"
	].includes(trouble.kind);
}
async function request(call, token) {
	const { method, url, accept = "application/vnd.github+json", body, source, contentType } = call;
	const signal = AbortSignal.timeout(call.timeoutMs ?? 3e4);
	const headers = {
		accept,
		...token === null ? {} : { authorization: `Bearer ${token}` },
		"user-agent": "gotify-plugin-build",
		"x-github-api-version": "2022-11-28",
		...contentType === void 0 ? {} : { "content-type": contentType }
	};
	if (source !== void 0) return postStream({
		url,
		headers,
		source,
		signal
	});
	return (await require_proxied_fetch.fetchFor(url))(url, {
		method,
		headers,
		signal,
		...body === void 0 ? {} : { body }
	});
}
/** GitHub's words: its message, and what it says of each field. */
function messageIn(text) {
	const data = jsonOf(text);
	if (data === null) return require_github_errors.oneLine(text === "" ? "without a word" : text);
	const errors = errorsIn(data).map((error) => "message" in error && typeof error.message === "string" ? error.message : JSON.stringify(error));
	const message = "message" in data && typeof data.message === "string" ? data.message : "without a word";
	return require_github_errors.oneLine([message, ...errors].join(": "));
}
function hasCode(text, code) {
	const data = jsonOf(text);
	return data !== null && errorsIn(data).some((error) => "code" in error && error.code === code);
}
function errorsIn(data) {
	const errors = "errors" in data ? data.errors : [];
	if (!Array.isArray(errors)) return [];
	return errors.filter((error) => typeof error === "object" && error !== null);
}
function jsonOf(text) {
	try {
		const data = JSON.parse(text);
		return typeof data === "object" ? data : null;
	} catch {
		return null;
	}
}
function headersOf(response) {
	return Object.fromEntries(response.headers.entries());
}
async function datedIn(response) {
	const at = Date.parse(response.headers.get("date") ?? "");
	return {
		data: await jsonIn(response),
		at: Number.isNaN(at) ? Date.now() : at
	};
}
/** The JSON of an answer. */
async function jsonIn(response) {
	const text = await response.text();
	try {
		return JSON.parse(text);
	} catch {
		throw strangeAnswer(response.url, "it is no JSON");
	}
}
Object.defineProperty(exports, "datedIn", {
	enumerable: true,
	get: function() {
		return datedIn;
	}
});
Object.defineProperty(exports, "fileFailure", {
	enumerable: true,
	get: function() {
		return fileFailure;
	}
});
Object.defineProperty(exports, "jsonIn", {
	enumerable: true,
	get: function() {
		return jsonIn;
	}
});
Object.defineProperty(exports, "refusedFailure", {
	enumerable: true,
	get: function() {
		return refusedFailure;
	}
});
Object.defineProperty(exports, "senderFor", {
	enumerable: true,
	get: function() {
		return senderFor;
	}
});
Object.defineProperty(exports, "strangeAnswer", {
	enumerable: true,
	get: function() {
		return strangeAnswer;
	}
});
