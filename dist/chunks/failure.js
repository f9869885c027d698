import { r as whereText, t as Failure } from "./errors.js";
import { isAbsolute, join } from "node:path";
import { createHash } from "node:crypto";
// src/build/cache.ts
/**
* The cache folders of one build; nothing is created.
*
* @param request.uid the user that Go runs as: in a container it may be another one than the caller
* @param request.goVersion `1.26.0`
* @param request.pinListKey see pinListKey
*/
function cachePaths(request) {
	const { cacheDir, builder, uid, goVersion, target } = request;
	const owner = join(cacheDir, `${builder}-${String(uid)}`);
	return {
		modCache: join(owner, "mod"),
		buildCache: join(owner, "build", `go${goVersion}-${target}-${shortHash(request.pinListKey)}`)
	};
}
/** The key of a server's pin list: the same for any order of the same modules. */
function pinListKey(modules) {
	return shortHash(modules.map(({ path, version }) => `${path}@${version}`).sort().join("\n"));
}
/**
* The default of `cache-dir`: where the platform keeps caches.
*
* @param env XDG_CACHE_HOME and HOME are read
* @param platform as Node names it (`process.platform`)
* @throws Failure (input) where neither names an absolute folder
*/
function defaultCacheDir(env, platform) {
	const xdg = env["XDG_CACHE_HOME"];
	if (xdg !== void 0 && isAbsolute(xdg)) return join(xdg, "gotify-plugin-build");
	const home = env["HOME"];
	if (home === void 0 || !isAbsolute(home)) throw noPlace();
	return join(home, platform === "darwin" ? "Library/Caches" : ".cache", "gotify-plugin-build");
}
function noPlace() {
	return new Failure("input", {
		code: "no-cache-dir",
		what: "there is no place for caches: neither XDG_CACHE_HOME nor HOME names a folder",
		remedy: "Name one with cache-dir.",
		where: {
			kind: "input",
			input: "cache-dir"
		}
	});
}
function shortHash(text) {
	return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
// src/report/failure.ts
/**
* Any thrown thing as the Failure that the user sees: a full disk and a missing permission in their own words,
* anything else as what it is, a bug.
*/
function asFailure(error) {
	if (error instanceof Failure) return error;
	const code = field(error, "code");
	if (code === "ENOSPC" || code === "EDQUOT") return new Failure("surroundings", {
		code: "disk-full",
		what: `the disk is full${atPath(error)}`,
		remedy: "Free some space, or put cache-dir and output on another disk.",
		cause: error
	});
	if (code === "EACCES" || code === "EPERM" || code === "EROFS") return new Failure("surroundings", {
		code: "no-permission",
		what: `a file or folder may not be used${atPath(error)}`,
		remedy: "Give the user that runs this the right to it, or name another folder with cache-dir or output.",
		cause: error
	});
	if (code === "ENOTDIR" || code === "EISDIR" || code === "ENAMETOOLONG" || code === "ELOOP") return new Failure("input", {
		code: "unusable-path",
		what: `a path cannot be used: ${oneLine(messageOf(error))}`,
		remedy: "Look at path, output and cache-dir: each has to be a folder, or a place where one can be made.",
		cause: error
	});
	return new Failure("surroundings", {
		code: "internal-error",
		what: `something went wrong that this tool does not know: ${oneLine(messageOf(error))}`,
		remedy: "This is a bug: please report it with the output of --verbose (in Actions: of a run with debug logging).",
		cause: error
	});
}
function reportedFailure({ kind, code, what, remedy, where }) {
	return {
		kind,
		code,
		what,
		remedy,
		where: where ?? null
	};
}
/** What happened and where, then what to do: two lines without an end. */
function failureLines(failure) {
	return [`${failure.where === void 0 || failure.where === null ? "" : `${whereText(failure.where)}: `}${failure.what}`, failure.remedy];
}
/** The causes behind a failure, outermost first, with the stack of the innermost: for --verbose. */
function causeLines(failure) {
	const lines = [];
	let cause = failure.cause;
	for (let depth = 0; cause !== void 0 && depth < 10; depth += 1) {
		const inner = cause instanceof Error ? cause.cause : void 0;
		const text = inner === void 0 && cause instanceof Error ? cause.stack ?? cause.message : messageOf(cause);
		lines.push(...`caused by: ${text}`.split("\n"));
		cause = inner;
	}
	return lines;
}
function atPath(error) {
	const path = field(error, "path");
	return path === null ? "" : ` (${oneLine(path)})`;
}
function field(error, name) {
	if (typeof error !== "object" || error === null) return null;
	const value = Reflect.get(error, name);
	return typeof value === "string" ? value : null;
}
function messageOf(error) {
	return error instanceof Error ? error.message : String(error);
}
function oneLine(text) {
	return text.replace(/\s*[\r\n]+\s*/g, " ");
}
export { cachePaths as a, reportedFailure as i, causeLines as n, defaultCacheDir as o, failureLines as r, pinListKey as s, asFailure as t };
