import "./rolldown-runtime.js";
import { a as isDebug, i as info, t as debug } from "./core.js";
import { n as mkdirP, r as rmRF, t as exec } from "./exec.js";
import { n as HttpClient } from "./lib2.js";
import { I as Failure, t as require_semver } from "./start.js";
import { st as createFiles } from "./job.js";
import { join } from "node:path";
import { createReadStream } from "node:fs";
import * as crypto from "crypto";
import * as fs$1 from "fs";
import * as path from "path";
import { ok } from "assert";
import * as util from "util";
import { createHash, randomUUID as randomUUID$1 } from "node:crypto";
import * as stream from "stream";
import { readFile, rename, rm, stat as stat$1 } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
require_semver();
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
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
/**
* Internal class for retries
*/
var RetryHelper = class {
	constructor(maxAttempts, minSeconds, maxSeconds) {
		if (maxAttempts < 1) throw new Error("max attempts should be greater than or equal to 1");
		this.maxAttempts = maxAttempts;
		this.minSeconds = Math.floor(minSeconds);
		this.maxSeconds = Math.floor(maxSeconds);
		if (this.minSeconds > this.maxSeconds) throw new Error("min seconds should be less than or equal to max seconds");
	}
	execute(action, isRetryable) {
		return __awaiter$1(this, void 0, void 0, function* () {
			let attempt = 1;
			while (attempt < this.maxAttempts) {
				try {
					return yield action();
				} catch (err) {
					if (isRetryable && !isRetryable(err)) throw err;
					info(err.message);
				}
				const seconds = this.getSleepAmount();
				info(`Waiting ${seconds} seconds before trying again`);
				yield this.sleep(seconds);
				attempt++;
			}
			return yield action();
		});
	}
	getSleepAmount() {
		return Math.floor(Math.random() * (this.maxSeconds - this.minSeconds + 1)) + this.minSeconds;
	}
	sleep(seconds) {
		return __awaiter$1(this, void 0, void 0, function* () {
			return new Promise((resolve) => setTimeout(resolve, seconds * 1e3));
		});
	}
};
// node_modules/@actions/tool-cache/lib/tool-cache.js
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
var HTTPError = class extends Error {
	constructor(httpStatusCode) {
		super(`Unexpected HTTP response: ${httpStatusCode}`);
		this.httpStatusCode = httpStatusCode;
		Object.setPrototypeOf(this, new.target.prototype);
	}
};
const IS_WINDOWS = process.platform === "win32";
process.platform;
const userAgent = "actions/tool-cache";
/**
* Download a tool from an url and stream it into a file
*
* @param url       url of tool to download
* @param dest      path to download tool
* @param auth      authorization header
* @param headers   other headers
* @returns         path to downloaded tool
*/
function downloadTool(url, dest, auth, headers) {
	return __awaiter(this, void 0, void 0, function* () {
		dest = dest || path.join(_getTempDirectory(), crypto.randomUUID());
		yield mkdirP(path.dirname(dest));
		debug(`Downloading ${url}`);
		debug(`Destination ${dest}`);
		return yield new RetryHelper(3, _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS", 10), _getGlobal("TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS", 20)).execute(() => __awaiter(this, void 0, void 0, function* () {
			return yield downloadToolAttempt(url, dest || "", auth, headers);
		}), (err) => {
			if (err instanceof HTTPError && err.httpStatusCode) {
				if (err.httpStatusCode < 500 && err.httpStatusCode !== 408 && err.httpStatusCode !== 429) return false;
			}
			return true;
		});
	});
}
function downloadToolAttempt(url, dest, auth, headers) {
	return __awaiter(this, void 0, void 0, function* () {
		if (fs$1.existsSync(dest)) throw new Error(`Destination file path ${dest} already exists`);
		const http = new HttpClient(userAgent, [], { allowRetries: false });
		if (auth) {
			debug("set auth");
			if (headers === void 0) headers = {};
			headers.authorization = auth;
		}
		const response = yield http.get(url, headers);
		if (response.message.statusCode !== 200) {
			const err = new HTTPError(response.message.statusCode);
			debug(`Failed to download from "${url}". Code(${response.message.statusCode}) Message(${response.message.statusMessage})`);
			throw err;
		}
		const pipeline = util.promisify(stream.pipeline);
		const readStream = _getGlobal("TEST_DOWNLOAD_TOOL_RESPONSE_MESSAGE_FACTORY", () => response.message)();
		let succeeded = false;
		try {
			yield pipeline(readStream, fs$1.createWriteStream(dest));
			debug("download complete");
			succeeded = true;
			return dest;
		} finally {
			if (!succeeded) {
				debug("download failed");
				try {
					yield rmRF(dest);
				} catch (err) {
					debug(`Failed to delete '${dest}'. ${err.message}`);
				}
			}
		}
	});
}
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
		debug("Checking tar --version");
		let versionOutput = "";
		yield exec("tar --version", [], {
			ignoreReturnCode: true,
			silent: true,
			listeners: {
				stdout: (data) => versionOutput += data.toString(),
				stderr: (data) => versionOutput += data.toString()
			}
		});
		debug(versionOutput.trim());
		const isGnuTar = versionOutput.toUpperCase().includes("GNU TAR");
		let args;
		if (flags instanceof Array) args = flags;
		else args = [flags];
		if (isDebug() && !flags.includes("v")) args.push("-v");
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
		yield exec(`tar`, args);
		return dest;
	});
}
function _createExtractFolder(dest) {
	return __awaiter(this, void 0, void 0, function* () {
		if (!dest) dest = path.join(_getTempDirectory(), crypto.randomUUID());
		yield mkdirP(dest);
		return dest;
	});
}
/**
* Gets RUNNER_TEMP
*/
function _getTempDirectory() {
	const tempDirectory = process.env["RUNNER_TEMP"] || "";
	ok(tempDirectory, "Expected RUNNER_TEMP to be defined");
	return tempDirectory;
}
/**
* Gets a global variable
*/
function _getGlobal(key, defaultValue) {
	const value = global[key];
	return value !== void 0 ? value : defaultValue;
}
// src/adapters/toolchain.ts
/** https://go.dev/dl/ publishes `<name>.linux-<arch>.tar.gz`, and its digest beside it as `.sha256`. */
const goDownloadSite = "https://go.dev/dl";
/** Go's name of 32-bit ARM in its archives is that of the lowest level that they run on. */
const archiveArchs = { arm: "armv6l" };
/** Toolchains from the Go download site, by @actions/tool-cache, each checked against its published digest. */
function createToolchainInstaller(options) {
	return { install: (request) => install(request, options) };
}
async function install(request, options) {
	const { name, arch, into } = request;
	const goroot = join(into, `${name}.linux-${arch}`);
	if (await exists(join(goroot, "VERSION"))) return goroot;
	const draft = join(into, `.draft-${randomUUID$1()}`);
	const url = `${options.site.replace(/\/+$/, "")}/${name}.linux-${archiveArchs[arch] ?? arch}.tar.gz`;
	await createFiles().makeDir(draft);
	try {
		await quietly(options.detail, () => fetchAndUnpack(url, draft));
		await moveInPlace(join(draft, "go"), goroot);
		return goroot;
	} finally {
		await rm(draft, {
			recursive: true,
			force: true
		});
	}
}
async function fetchAndUnpack(url, draft) {
	const archive = join(draft, "go.tar.gz");
	const published = join(draft, "sha256");
	await download(`${url}.sha256`, published);
	await download(url, archive);
	const wanted = /^\s*([0-9a-f]{64})\b/.exec(await readFile(published, "utf8"))?.[1];
	const got = await sha256(archive);
	if (wanted !== got) throw wrongDigest({
		url,
		wanted: wanted ?? "no digest",
		got
	});
	try {
		await extractTar(archive, draft, "xz");
	} catch (cause) {
		throw new Failure("surroundings", {
			code: "toolchain-unpack-failed",
			what: `the archive ${url} could not be unpacked`,
			remedy: "Check that tar and gzip are installed and that there is space on the disk.",
			cause
		});
	}
}
async function download(url, to) {
	try {
		await downloadTool(url, to);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Failure("surroundings", {
			code: "toolchain-unavailable",
			what: `${url} could not be downloaded (${reason})`,
			remedy: "Check the network, install Go 1.21 or newer (it fetches other releases itself), or use builder docker.",
			cause
		});
	}
}
function wrongDigest({ url, wanted, got }) {
	return new Failure("surroundings", {
		code: "toolchain-wrong-digest",
		what: `${url} is not what the site says it is: sha256 ${got}, published ${wanted}`,
		remedy: "Try again; if it stays so, something between this machine and the site changes the file."
	});
}
async function sha256(path) {
	const hash = createHash("sha256");
	await pipeline(createReadStream(path), hash);
	return hash.digest("hex");
}
/** Another run may have been faster: then its toolchain is as good. */
async function moveInPlace(from, to) {
	try {
		await rename(from, to);
	} catch (error) {
		if (!await exists(join(to, "VERSION"))) throw error;
	}
}
async function exists(path) {
	return await stat$1(path).catch(() => null) !== null;
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
export { createToolchainInstaller, goDownloadSite };
