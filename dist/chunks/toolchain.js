const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_job = require("./job.js");
const require_core = require("./core.js");
const require_exec = require("./exec.js");
const require_start = require("./start.js");
const require_proxied_fetch = require("./proxied-fetch.js");
let node_path = require("node:path");
let node_fs = require("node:fs");
let os = require("os");
os = require_rolldown_runtime.__toESM(os, 1);
let crypto = require("crypto");
crypto = require_rolldown_runtime.__toESM(crypto, 1);
let fs = require("fs");
fs = require_rolldown_runtime.__toESM(fs, 1);
let path = require("path");
let path$1 = require_rolldown_runtime.__toESM(path, 1);
path = require_rolldown_runtime.__toESM(path);
let assert = require("assert");
let util = require("util");
util = require_rolldown_runtime.__toESM(util, 1);
let stream = require("stream");
stream = require_rolldown_runtime.__toESM(stream, 1);
let node_timers_promises = require("node:timers/promises");
let node_stream_promises = require("node:stream/promises");
require_start.require_semver();
var __awaiter = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const IS_WINDOWS = process.platform === "win32";
process.platform;
/**
* Extract a compressed tar archive
*
* @param file     path to the tar
* @param dest     destination directory. Optional.
* @param flags    flags for the tar command to use for extraction. Defaults to 'xz' (extracting gzipped tars). Optional.
* @returns        path to the destination directory
*/
function extractTar(file_1, dest_1) {
	return __awaiter(this, arguments, void 0, function* (file, dest, flags = "xz") {
		if (!file) throw new Error("parameter 'file' is required");
		dest = yield _createExtractFolder(dest);
		require_core.debug("Checking tar --version");
		let versionOutput = "";
		yield require_exec.exec("tar --version", [], {
			ignoreReturnCode: true,
			silent: true,
			listeners: {
				stdout: (data) => versionOutput += data.toString(),
				stderr: (data) => versionOutput += data.toString()
			}
		});
		require_core.debug(versionOutput.trim());
		const isGnuTar = versionOutput.toUpperCase().includes("GNU TAR");
		let args;
		if (flags instanceof Array) args = flags;
		else args = [flags];
		if (require_core.isDebug() && !flags.includes("v")) args.push("-v");
		let destArg = dest;
		let fileArg = file;
		if (IS_WINDOWS && isGnuTar) {
			args.push("--force-local");
			destArg = dest.replace(/\\/g, "/");
			fileArg = file.replace(/\\/g, "/");
		}
		if (isGnuTar) {
			args.push("--warning=no-unknown-keyword");
			args.push("--overwrite");
		}
		args.push("-C", destArg, "-f", fileArg);
		yield require_exec.exec(`tar`, args);
		return dest;
	});
}
function _createExtractFolder(dest) {
	return __awaiter(this, void 0, void 0, function* () {
		if (!dest) dest = path$1.join(_getTempDirectory(), crypto.randomUUID());
		yield require_exec.mkdirP(dest);
		return dest;
	});
}
/**
* Gets RUNNER_TEMP
*/
function _getTempDirectory() {
	const tempDirectory = process.env["RUNNER_TEMP"] || "";
	(0, assert.ok)(tempDirectory, "Expected RUNNER_TEMP to be defined");
	return tempDirectory;
}
// src/adapters/toolchain.ts
/** https://go.dev/dl/ publishes `<name>.linux-<arch>.tar.gz`, and its digest beside it as `.sha256`. */
const goDownloadSite = "https://go.dev/dl";
/** Go's name of 32-bit ARM in its archives is that of the lowest level that they run on. */
const archiveArchs = { arm: "armv6l" };
/** Toolchains from the Go download site, each checked against its published digest, and unpacked by the toolkit. */
function createToolchainInstaller(options) {
	return { install: (request) => install(request, options) };
}
async function install(request, options) {
	const { name, arch, into, timeoutMinutes } = request;
	const goroot = (0, node_path.join)(into, `${name}.linux-${arch}`);
	if (await exists((0, node_path.join)(goroot, "VERSION"))) return goroot;
	const draft = await makeDraft(into);
	const url = `${options.site.replace(/\/+$/, "")}/${name}.linux-${archiveArchs[arch] ?? arch}.tar.gz`;
	try {
		await fetchAndUnpack(url, draft, {
			...options,
			timeoutMinutes,
			stop: request.signal
		});
		await moveInPlace((0, node_path.join)(draft, "go"), goroot);
		return goroot;
	} finally {
		await require_job.rm(draft, {
			recursive: true,
			force: true
		});
	}
}
/** Its name says whose it is: a run that was killed leaves half a toolchain, which the next one removes. */
async function makeDraft(into) {
	const [files, caller] = [require_job.createFiles(), require_job.readCaller()];
	await require_job.removeDead({
		folder: into,
		pattern: require_job.namesOfOwners(String.raw`\.draft`)
	}, {
		caller,
		now: Date.now(),
		files
	});
	const draft = (0, node_path.join)(into, `.draft_${require_job.ownerText(caller)}_${require_job.randomUUID()}`);
	await files.makeDir(draft);
	return draft;
}
async function fetchAndUnpack(url, draft, fetching) {
	const archive = (0, node_path.join)(draft, "go.tar.gz");
	const published = (0, node_path.join)(draft, "sha256");
	const { stop } = fetching;
	const limit = AbortSignal.timeout(Math.min(fetching.timeoutMinutes * 6e4, longestTimer));
	const signal = stop === void 0 ? limit : AbortSignal.any([limit, stop]);
	for (const [from, to] of [[`${url}.sha256`, published], [url, archive]]) {
		fetching.detail(`download ${from}`);
		await download(from, to, signal).catch((error) => {
			if (stop?.aborted === true) throw require_job.stopped();
			throw limit.aborted ? require_job.timedOut(fetching.timeoutMinutes, `downloading ${from}`) : error;
		});
	}
	const wanted = /^\s*([0-9a-f]{64})\b/.exec(await require_job.readFile(published, "utf8"))?.[1];
	const got = await sha256(archive);
	if (wanted !== got) throw wrongDigest({
		url,
		wanted: wanted ?? "no digest",
		got
	});
	try {
		await quietly(fetching.detail, async () => void await extractTar(archive, draft, "xz"));
	} catch (cause) {
		throw new require_start.Failure("surroundings", {
			code: "toolchain-unpack-failed",
			what: `the archive ${url} could not be unpacked`,
			remedy: "Check that tar and gzip are installed and that there is space on the disk.",
			cause
		});
	}
}
/** Waits before another try, in milliseconds. */
const retryDelays = [1e3, 4e3];
const longestTimer = 2 ** 31 - 1;
/** To a file, whole. What may heal is tried again: no answer, one that breaks off, an error of the server's own. */
async function download(url, to, signal) {
	for (let tries = 0;; tries += 1) try {
		return await downloadOnce(url, to, signal);
	} catch (cause) {
		if (isNoSpace(cause)) throw cause;
		const delay = cause instanceof Refused ? void 0 : retryDelays[tries];
		if (delay === void 0) throw unavailable(url, cause);
		await (0, node_timers_promises.setTimeout)(delay, void 0, { signal });
	}
}
/** Of this machine's own disk. */
function isNoSpace(error) {
	const code = require_start.codeOf(error);
	return code === "ENOSPC" || code === "EDQUOT";
}
/** An answer that will be the same the next time. */
var Refused = class extends Error {};
async function downloadOnce(url, to, signal) {
	const { ok, status, body } = await (await require_proxied_fetch.fetchFor(url))(url, {
		signal,
		headers: { "user-agent": "gotify-plugin-build" }
	});
	if (ok && body !== null) return (0, node_stream_promises.pipeline)(body, (0, node_fs.createWriteStream)(to), { signal });
	const said = `HTTP ${String(status)}`;
	throw status >= 500 || status === 408 || status === 429 ? new Error(said) : new Refused(said);
}
function unavailable(url, cause) {
	return new require_start.Failure("surroundings", {
		code: "toolchain-unavailable",
		what: `${url} could not be downloaded (${reasonOf(cause)})`,
		remedy: "Check the network, install Go 1.21 or newer (it fetches other releases itself), or use builder docker.",
		cause
	});
}
/** `fetch failed` says nothing: its cause does. */
function reasonOf(error) {
	if (!(error instanceof Error)) return String(error);
	const { cause } = error;
	if (!(cause instanceof Error)) return error.message;
	return cause.message === "" ? String(Reflect.get(cause, "code") ?? error.message) : cause.message;
}
function wrongDigest({ url, wanted, got }) {
	return new require_start.Failure("surroundings", {
		code: "toolchain-wrong-digest",
		what: `${url} is not what the site says it is: sha256 ${got}, published ${wanted}`,
		remedy: "Try again; if it stays so, something between this machine and the site changes the file."
	});
}
async function sha256(path) {
	const hash = require_job.createHash("sha256");
	await (0, node_stream_promises.pipeline)((0, node_fs.createReadStream)(path), hash);
	return hash.digest("hex");
}
/** Another run may have been faster: then its toolchain is as good. */
async function moveInPlace(from, to) {
	try {
		await require_job.rename(from, to);
	} catch (error) {
		if (!await exists((0, node_path.join)(to, "VERSION"))) throw error;
	}
}
async function exists(path) {
	return await require_job.stat(path).catch(() => null) !== null;
}
/** The toolkit prints debug commands and the programs that it starts; on a terminal they would be noise. */
async function quietly(detail, work) {
	const { stdout } = process;
	const write = stdout.write.bind(stdout);
	const divert = (text) => {
		detail(text.trimEnd());
		return true;
	};
	stdout.write = (chunk, ...rest) => typeof chunk === "string" && /^(?:::debug::|\[command\])/.test(chunk) ? divert(chunk) : write(chunk, ...rest);
	try {
		await work();
	} finally {
		stdout.write = write;
	}
}
exports.createToolchainInstaller = createToolchainInstaller;
exports.goDownloadSite = goDownloadSite;
