import { n as __require, r as __toESM, t as __commonJSMin } from "./rolldown-runtime.js";
import { n as exitCodeOf, t as Failure } from "./errors.js";
import { i as exec, n as require_max_satisfying, r as require_prerelease, t as require_min_version } from "./min-version.js";
import { i as joinQuoted, n as targetOf, t as targetNames } from "./target.js";
import { _ as safeParse, a as literal, c as nullable, d as object, f as optional, g as regex, h as record, l as nullish, m as pipe, n as boolean, p as parse, r as getDotPath, t as array, v as string } from "./dist.js";
import { a as require_lt, d as require_valid, l as require_eq, o as require_gte, u as require_compare } from "./range.js";
import { r as serverRepository, t as cannotServe } from "./github.js";
import { a as cachePaths, i as reportedFailure, n as causeLines, s as pinListKey, t as asFailure } from "./failure.js";
import { a as failureReport, n as reportJson, r as reportPath, t as failureJson } from "./json.js";
import { basename, delimiter, dirname, isAbsolute, join, posix, relative, resolve, sep } from "node:path";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, readlinkSync } from "node:fs";
import { access, cp, lchown, mkdir, readFile, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
// src/build/go-args.ts
/**
* The arguments after `go` that build a plugin, for both builders: the tutorial's flags, and the build-only go.mod in
* place of the plugin's. Servers before v2.1.6 are out of reach, so every Go here (1.19 and later) knows all of them.
*
* @param request.package relative to the module: `.` or `./cmd/plugin`
* @param request.outFile the file's name, or a path below `places.out`
* @param request.overlay whether the pin's overlay.json is in use
*/
function goBuildArgs(request) {
	const { places, flags } = request;
	return [
		"build",
		"-mod=mod",
		`-modfile=${places.pin}/go.mod`,
		"-buildvcs=false",
		...request.overlay ? [`-overlay=${places.pin}/overlay.json`] : [],
		...flags.rebuildAll ? ["-a"] : [],
		"-installsuffix=cgo",
		`-ldflags=${linkerFlags(flags.ldflags)}`,
		"-buildmode=plugin",
		...flags.flags,
		"-o",
		`${places.out}/${request.outFile}`,
		request.package
	];
}
/**
* The arguments after `go` that build a reference host: the flags of the server's own Makefile, as far as they reach its
* packages, whatever the user's are.
*/
function hostBuildArgs(places, outFile) {
	return [
		"build",
		"-mod=mod",
		`-modfile=${places.pin}/go.mod`,
		"-buildvcs=false",
		"-installsuffix=cgo",
		"-ldflags=-w -s",
		"-o",
		`${places.out}/${outFile}`,
		"."
	];
}
/** Every item was one field for Go when it was read, so it can be written as one again. */
function linkerFlags(added) {
	const text = joinQuoted([
		"-w",
		"-s",
		...added
	]);
	if (text === null) throw new Error(`linker flags that Go cannot read: ${added.join(" ")}`);
	return text;
}
// src/build/owner.ts
/**
* Whether the process still runs. Ask it only of processes of this boot and pid namespace, and of the same user:
* others may be hidden in /proc.
*/
async function isAlive(owner, files) {
	const path = `/proc/${String(owner.pid)}/stat`;
	if (await files.stat("/proc/self") === null) return true;
	if (await files.stat(path) === null) return false;
	try {
		return startTimeOf(await files.readText(path)) === owner.startTime;
	} catch {
		return false;
	}
}
/**
* The start time in the text of /proc/PID/stat, or null for a process that has ended and waits to be collected.
* The fields are those of proc(5): the second is a name in parentheses, which may hold blanks and parentheses.
*/
function startTimeOf(stat) {
	const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const startTime = rest[18];
	return state === "Z" || state === "X" || startTime === void 0 ? null : startTime;
}
// src/adapters/caller.ts
/** This process, as /proc knows it. */
function readCaller() {
	const stat = orNull(() => readFileSync("/proc/self/stat", "utf8"));
	return {
		uid: process.getuid?.() ?? 0,
		gid: process.getgid?.() ?? 0,
		pid: process.pid,
		startTime: stat === null ? null : startTimeOf(stat),
		bootId: orNull(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
		pidNamespace: orNull(() => readlinkSync("/proc/self/ns/pid"))
	};
}
function orNull(read) {
	try {
		return read();
	} catch {
		return null;
	}
}
// src/adapters/file-bytes.ts
/**
* Opens a file for random access. Reads are synchronous: a reader makes many tiny ones, and a promise for each would
* take longer than the read.
*
* @throws Failure (input) where there is no readable file at that path
*/
function openBytes(path) {
	const { descriptor, size } = open$1(path);
	const available = (offset, length) => Math.min(length, Math.max(0, size - offset));
	return {
		name: path,
		size,
		read: (offset, length) => {
			const bytes = Buffer.allocUnsafe(available(offset, length));
			return bytes.subarray(0, readFully(descriptor, offset, bytes));
		},
		readInto: (offset, into) => readFully(descriptor, offset, into.subarray(0, available(offset, into.length))),
		close: () => {
			closeSync(descriptor);
		}
	};
}
function open$1(path) {
	try {
		const descriptor = openSync(path, "r");
		const stat = fstatSync(descriptor);
		if (stat.isFile()) return {
			descriptor,
			size: stat.size
		};
		closeSync(descriptor);
	} catch (cause) {
		throw unreadable$1(path, cause);
	}
	throw unreadable$1(path, void 0);
}
function unreadable$1(path, cause) {
	const reason = cause === void 0 ? "it is not an ordinary file" : String(cause).replace(/^Error: /, "");
	return new Failure("input", {
		code: "unreadable-file",
		what: `the file cannot be read (${reason})`,
		remedy: "Give the path of a file that exists and that you may read.",
		where: {
			kind: "file",
			file: path
		},
		cause
	});
}
function readFully(descriptor, offset, into) {
	let done = 0;
	while (done < into.length) {
		const count = readSync(descriptor, into, done, into.length - done, offset + done);
		if (count === 0) break;
		done += count;
	}
	return done;
}
// src/adapters/files.ts
/** The machine's own files. */
function createFiles() {
	return {
		readText: (path) => readFile(path, "utf8"),
		readBytes: (path) => readFile(path),
		stat: statOrNull,
		list: async (dir) => (await readdir(dir)).sort(),
		makeDir: async (path) => void await mkdir(path, { recursive: true }),
		write,
		move,
		copy: (from, to) => cp(from, to, {
			recursive: true,
			verbatimSymlinks: true
		}),
		remove: (path) => rm(path, {
			recursive: true,
			force: true
		}),
		chown: (path, { uid, gid }) => lchown(path, uid, gid),
		realPath: (path) => realpath(path)
	};
}
async function statOrNull(path) {
	try {
		const found = await stat(path);
		return {
			kind: kindOf(found),
			size: found.size,
			uid: found.uid,
			gid: found.gid
		};
	} catch (error) {
		if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return null;
		throw error;
	}
}
function kindOf(found) {
	return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
}
async function write(path, content, options = {}) {
	const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}`);
	try {
		await writeFile(draft, content, {
			flag: "wx",
			...options
		});
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}
async function move(from, to) {
	try {
		await rename(from, to);
	} catch (error) {
		if (!hasCode(error, "EXDEV")) throw error;
		const draft = join(dirname(to), `.${basename(to).slice(0, 100)}.${randomUUID()}`);
		await cp(from, draft, {
			recursive: true,
			verbatimSymlinks: true
		});
		await rename(draft, to);
		await rm(from, { recursive: true });
	}
}
function hasCode(error, code) {
	return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
// src/adapters/runner.ts
/** What is kept of each stream, in characters: `go list -json` of a large plugin has some millions. */
const keptCharacters = 33554432;
/** A longer line reaches the listener in pieces, so that no output can fill the memory. */
const longestLine = 65536;
/** What a shell reports for a process that was killed: the toolkit does not say by which signal. */
const killed = 137;
/**
* An empty stdin: a program that asks a question fails instead of waiting for ever. The toolkit's own `input` fails
* with EPIPE where the program has ended before it is written.
*/
const withoutInput = "exec \"$@\" </dev/null";
/** Processes through the toolkit: silent, no text of a shell but a constant one, and no environment but the command's own. */
function createRunner() {
	return { run };
}
/** Runs a command to its end. A program name without a slash is looked up in the PATH of the command's environment. */
async function run(command) {
	const program = await findProgram(command);
	if (program === null) return {
		kind: "not-found",
		program: command.program
	};
	const stdout = createCollector(command.onLine);
	const stderr = createCollector(command.onLine);
	const exitCode = await exec("/bin/sh", [
		"-c",
		withoutInput,
		"sh",
		program,
		...command.args
	], {
		silent: true,
		ignoreReturnCode: true,
		env: { ...command.env },
		...command.cwd === void 0 ? {} : { cwd: command.cwd },
		listeners: {
			stdout: stdout.take,
			stderr: stderr.take
		}
	});
	return {
		kind: "exited",
		exitCode: typeof exitCode === "number" ? exitCode : killed,
		stdout: stdout.end(),
		stderr: stderr.end()
	};
}
function createCollector(onLine) {
	const decoder = new StringDecoder("utf8");
	let kept = [];
	let size = 0;
	let line = "";
	const keep = (text) => {
		kept.push(text);
		size += text.length;
		if (size <= 2 * keptCharacters) return;
		kept = [kept.join("").slice(-33554432)];
		size = keptCharacters;
	};
	const takeText = (text) => {
		keep(text);
		if (onLine === void 0) return;
		const parts = (line + text).split("\n");
		line = parts.pop() ?? "";
		for (const part of parts) onLine(withoutReturn(part));
		for (; line.length > longestLine; line = line.slice(longestLine)) onLine(line.slice(0, longestLine));
	};
	return {
		take: (data) => takeText(decoder.write(data)),
		end: () => {
			takeText(decoder.end());
			if (line !== "") onLine?.(withoutReturn(line));
			return kept.join("").slice(-33554432);
		}
	};
}
function withoutReturn(line) {
	return line.endsWith("\r") ? line.slice(0, -1) : line;
}
async function findProgram({ program, env, cwd }) {
	if (isAbsolute(program)) return await isExecutable(program) ? program : null;
	if (program.includes("/")) return findProgram({
		program: resolve(cwd ?? ".", program),
		args: [],
		env
	});
	for (const folder of (env["PATH"] ?? "").split(delimiter).filter(isAbsolute)) {
		const candidate = join(folder, program);
		if (await isExecutable(candidate)) return candidate;
	}
	return null;
}
async function isExecutable(path) {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
}
// src/adapters/build-ports.ts
/** The real effects of a build. What is slow to load, and often not needed, is loaded when it is asked for. */
function createBuildPorts({ options, reporter, catalogDir, env, onClose }) {
	return {
		runner: createRunner(),
		files: createFiles(),
		reporter,
		clock: { now: () => Date.now() },
		github: lazyGitHub({
			apiUrl: options.serverApiUrl,
			token: options.token
		}),
		installer: { install: async (request) => {
			const { createToolchainInstaller, goDownloadSite } = await import("./toolchain.js");
			return createToolchainInstaller({
				site: env["GO_DOWNLOAD_BASE_URL"] ?? goDownloadSite,
				detail: (text) => reporter.detail(text)
			}).install(request);
		} },
		catalogDir,
		caller: readCaller(),
		arch: process.arch,
		env,
		openBytes,
		onClose
	};
}
/** Octokit takes longer to load than a warm build's whole bookkeeping, and cached facts need no request. */
function lazyGitHub(options) {
	let loaded = null;
	const github = () => loaded ??= import("./github2.js").then(({ gitHubAt }) => gitHubAt(options));
	return {
		apiUrl: options.apiUrl,
		latestRelease: async () => (await github()).latestRelease(),
		tags: async () => (await github()).tags(),
		commit: async (ref) => (await github()).commit(ref),
		fileAt: async (commit, path) => (await github()).fileAt(commit, path),
		assets: async (tag) => (await github()).assets(tag),
		download: async (asset) => (await github()).download(asset)
	};
}
// src/adapters/interrupt.ts
/** By convention 128 and the signal's number. */
const exitCodes = {
	SIGHUP: 129,
	SIGINT: 130,
	SIGTERM: 143
};
/** The runner kills 7.5 s after SIGINT and 2.5 s after SIGTERM, `docker stop` after 10: we are done in 5. */
const limitMs = 5e3;
/**
* Takes over SIGINT, SIGTERM and SIGHUP: the first one runs the cleanups, for at most five seconds, and ends the
* process; a second one ends it at once.
*
* @param tell shows one line to the user
*/
function handleInterrupts(tell) {
	const cleanups = [];
	let interrupted = false;
	const onSignal = (signal) => {
		if (interrupted) process.exit(exitCodes[signal]);
		interrupted = true;
		tell(`${signal}: cleaning up, at most ${String(limitMs / 1e3)} seconds`);
		const all = Promise.allSettled([...cleanups].reverse().map((cleanup) => cleanup()));
		const limit = new Promise((resolve) => setTimeout(resolve, limitMs));
		Promise.race([all, limit]).then(() => process.exit(exitCodes[signal]));
	};
	for (const signal of [
		"SIGHUP",
		"SIGINT",
		"SIGTERM"
	]) process.on(signal, () => onSignal(signal));
	return {
		add: (cleanup) => void cleanups.push(cleanup),
		guard: async (work) => {
			const [outcome] = await Promise.allSettled([work]);
			if (interrupted) await new Promise(() => void 0);
			if (outcome.status === "rejected") throw outcome.reason;
			return outcome.value;
		}
	};
}
// node_modules/yocto-queue/index.js
var Node = class {
	value;
	next;
	constructor(value) {
		this.value = value;
	}
};
var Queue = class {
	#head;
	#tail;
	#size;
	constructor() {
		this.clear();
	}
	enqueue(value) {
		const node = new Node(value);
		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}
		this.#size++;
	}
	dequeue() {
		const current = this.#head;
		if (!current) return;
		this.#head = this.#head.next;
		this.#size--;
		if (!this.#head) this.#tail = void 0;
		return current.value;
	}
	peek() {
		if (!this.#head) return;
		return this.#head.value;
	}
	clear() {
		this.#head = void 0;
		this.#tail = void 0;
		this.#size = 0;
	}
	get size() {
		return this.#size;
	}
	*[Symbol.iterator]() {
		let current = this.#head;
		while (current) {
			yield current.value;
			current = current.next;
		}
	}
	*drain() {
		while (this.#head) yield this.dequeue();
	}
};
// node_modules/p-limit/index.js
function pLimit(concurrency) {
	let rejectOnClear = false;
	if (typeof concurrency === "object") ({concurrency, rejectOnClear = false} = concurrency);
	validateConcurrency(concurrency);
	if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
	const queue = new Queue();
	let activeCount = 0;
	const resumeNext = () => {
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};
	const next = () => {
		activeCount--;
		resumeNext();
	};
	const run = async (function_, resolve, arguments_) => {
		const result = (async () => function_(...arguments_))();
		resolve(result);
		try {
			await result;
		} catch {}
		next();
	};
	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = { reject };
		new Promise((internalResolve) => {
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(void 0, function_, resolve, arguments_));
		if (activeCount < concurrency) resumeNext();
	};
	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});
	Object.defineProperties(generator, {
		activeCount: { get: () => activeCount },
		pendingCount: { get: () => queue.size },
		clearQueue: { value() {
			if (!rejectOnClear) {
				queue.clear();
				return;
			}
			const abortError = AbortSignal.abort().reason;
			while (queue.size > 0) queue.dequeue().reject(abortError);
		} },
		concurrency: {
			get: () => concurrency,
			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;
				queueMicrotask(() => {
					while (activeCount < concurrency && queue.size > 0) resumeNext();
				});
			}
		},
		map: { async value(iterable, function_) {
			const promises = [];
			try {
				Array.from(iterable, (value, index) => {
					const promise = generator(function_, value, index);
					promises.push(promise);
					return promise;
				});
			} catch (error) {
				for (const promise of promises) promise.catch(() => {});
				throw error;
			}
			return Promise.all(promises);
		} }
	});
	return generator;
}
function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
}
// src/go/version.ts
const malformed$2 = {
	numbers: [
		"",
		"",
		""
	],
	kind: "",
	pre: ""
};
const goVersionPattern = /^(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)|([a-z]+)(0|[1-9]\d*)?)?)?$/;
/**
* Orders two Go versions without `go` in front, as `internal/gover.Compare` does: 1.20 = 1.20.0 < 1.21 < 1.21rc1 <
* 1.21.0. A malformed version is lower than every other.
*/
function compareGoVersions(a, b) {
	const [x, y] = [parseGoVersion(a), parseGoVersion(b)];
	return compareDecimals(x.numbers[0], y.numbers[0]) || compareDecimals(x.numbers[1], y.numbers[1]) || compareDecimals(x.numbers[2], y.numbers[2]) || compareText(x.kind, y.kind) || compareDecimals(x.pre, y.pre);
}
/** Whether the text is a Go version such as `1.21`, `1.21rc1` or `1.21.0` (`internal/gover.IsValid`). */
function isGoVersion(text) {
	return goVersionPattern.test(text);
}
/** The language version: `1.26` of `1.26.0`. Empty where the version is malformed (`internal/gover.Lang`). */
function languageVersion(goVersion) {
	const [major, minor] = parseGoVersion(goVersion).numbers;
	return minor === "" || major === "1" && minor === "0" ? major : `${major}.${minor}`;
}
/**
* The name of the toolchain of a Go release, as GOTOOLCHAIN takes it: `1.26.0` -> `go1.26.0`, `1.19.1` -> `go1.19.1`,
* `1.12.0` -> `go1.12`. The first release of a line is called `go1.N` before Go 1.21, and `go1.N.0` from then on.
*/
function toolchainName(goVersion) {
	const { numbers, kind } = parseGoVersion(goVersion);
	const [, , patch] = numbers;
	if (knowsThreeParts(goVersion)) return patch === "" && kind === "" ? `go${goVersion}.0` : `go${goVersion}`;
	return kind === "" && patch === "0" ? `go${languageVersion(goVersion)}` : `go${goVersion}`;
}
/** The highest `go` line that this Go accepts: the version itself from Go 1.21 on, before that `1.N` alone. */
function goLineFor(goVersion) {
	return knowsThreeParts(goVersion) ? goVersion : languageVersion(goVersion);
}
/** Whether this Go reads `go 1.N.P`, and the `toolchain` line that came with it: Go 1.21 and later. */
function knowsThreeParts(goVersion) {
	return compareGoVersions(goVersion, "1.21") >= 0;
}
/**
* Orders two module versions (`v1.2.3`, pseudo-versions, `+incompatible`) as golang.org/x/mod/semver.Compare does:
* what follows `+` does not count, numbers may be of any length, a malformed version is lower than every other.
*/
function compareModuleVersions(a, b) {
	const [x, y] = [parseModuleVersion(a), parseModuleVersion(b)];
	if (x === null || y === null) return Number(x !== null) - Number(y !== null);
	return compareDecimals(x.major, y.major) || compareDecimals(x.minor, y.minor) || compareDecimals(x.patch, y.patch) || comparePreReleases(x.pre, y.pre);
}
const modulePattern = /^v(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?)?)?$/;
/** The parts of a module version; `v1` is v1.0.0. Null where golang.org/x/mod/semver calls it invalid. */
function parseModuleVersion(version) {
	const match = modulePattern.exec(version);
	if (match === null) return null;
	const [, major = "", minor = "0", patch = "0", pre = null, build = null] = match;
	const badPre = pre?.split(".").some((part) => part === "" || /^0\d+$/.test(part)) ?? false;
	const badBuild = build?.split(".").includes("") ?? false;
	return badPre || badBuild ? null : {
		major,
		minor,
		patch,
		pre,
		build
	};
}
function parseGoVersion(text) {
	const match = goVersionPattern.exec(text);
	if (match === null) return malformed$2;
	const [, major = "", minor, patch, kind = "", pre = ""] = match;
	if (minor === void 0) return {
		numbers: [
			major,
			"0",
			"0"
		],
		kind,
		pre
	};
	const implied = kind === "" && compareDecimals(minor, "21") < 0 ? "0" : "";
	return {
		numbers: [
			major,
			minor,
			patch ?? implied
		],
		kind,
		pre
	};
}
function comparePreReleases(a, b) {
	if (a === b) return 0;
	if (a === null) return 1;
	if (b === null) return -1;
	const [x, y] = [a.split("."), b.split(".")];
	for (const [i, part] of x.entries()) {
		const other = y[i];
		if (other === void 0) return 1;
		const order = compareIdentifiers(part, other);
		if (order !== 0) return order;
	}
	return x.length - y.length;
}
function compareIdentifiers(a, b) {
	const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
	if (numberA !== numberB) return numberA ? -1 : 1;
	return numberA ? compareDecimals(a, b) : compareText(a, b);
}
function compareDecimals(a, b) {
	return a.length - b.length || compareText(a, b);
}
function compareText(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/build/choose-targets.ts
/** Go's first release that builds plugins for riscv64: https://go.dev/doc/go1.25#ports. Servers have it from v2.7.0 on. */
const firstRiscvGo = "1.25";
const nativeTargets = {
	x64: "linux-amd64",
	arm64: "linux-arm64",
	arm: "linux-arm-7",
	ia32: "linux-386",
	riscv64: "linux-riscv64"
};
/**
* The targets to build for a server. `all` leaves out what the server's Go cannot build; a target asked for by name
* is never left out in silence.
*
* @param request.arch the machine's architecture as Node names it (`process.arch`)
* @throws Failure (input) for a named target that the server's Go cannot build, or a machine that is no target
*/
function chooseTargets(request) {
	const { wanted, server, arch } = request;
	const possible = (name) => name !== "linux-riscv64" || compareGoVersions(server.goVersion, firstRiscvGo) >= 0;
	if (wanted === "all") return targetNames.filter(possible).map(targetOf);
	const names = wanted === "native" ? [nativeTarget(arch)] : wanted;
	if (!names.every(possible)) throw riscvTooOld(server);
	return names.map(targetOf);
}
function nativeTarget(arch) {
	const name = nativeTargets[arch];
	if (name !== void 0) return name;
	throw new Failure("input", {
		code: "no-native-target",
		what: `gotify has no servers for this machine's architecture (${arch})`,
		remedy: `Name the targets to build: ${targetNames.join(", ")}.`,
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
function riscvTooOld(server) {
	return new Failure("input", {
		code: "target-not-possible",
		what: `linux-riscv64 plugins need Go ${firstRiscvGo}, and gotify ${server.version} is built with Go ${server.goVersion}`,
		remedy: "Leave linux-riscv64 out, or build for gotify v2.7.0 or newer.",
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
// src/go/modpath.ts
var import_valid = /* @__PURE__ */ __toESM(require_valid(), 1);
var import_lt = /* @__PURE__ */ __toESM(require_lt(), 1);
/** Which versions a module path allows (golang.org/x/mod/module). */
/** `v1` -> `v1.0.0`, `v1.2.3+meta` -> `v1.2.3`; `+incompatible` stays. Null where it is no version. */
function canonicalVersion(version) {
	const parts = parseModuleVersion(version);
	if (parts === null) return null;
	const { major, minor, patch, pre, build } = parts;
	const suffix = build === "incompatible" ? "+incompatible" : "";
	return `v${major}.${minor}.${patch}${pre === null ? "" : `-${pre}`}${suffix}`;
}
/** The major version that ends a path: `/v2` or, on gopkg.in, `.v2`; empty without one, null where it is malformed. */
function pathMajor(path) {
	if (path.startsWith("gopkg.in/")) return /\.v(?:0|[1-9]\d*(?:-unstable)?|-unstable)$/.exec(path)?.[0] ?? null;
	const major = /\/v[\d.]+$/.exec(path)?.[0];
	if (major === void 0) return "";
	return /^\/v(?!1$)[1-9]\d*$/.test(major) ? major : null;
}
/** What a version of a path with this major version must start with; null where it does. */
function majorMismatch(version, major) {
	const wanted = major.replace(/-unstable$/, "");
	const actual = `v${parseModuleVersion(version)?.major ?? ""}`;
	if (wanted === ".v1" && version.startsWith("v0.0.0-")) return null;
	if (wanted !== "") return wanted.slice(1) === actual ? null : wanted.slice(1);
	return actual === "v0" || actual === "v1" || version.endsWith("+incompatible") ? null : "v0 or v1";
}
// src/go/modsyntax.ts
/**
* Splits a go.mod into directives, in order. Throws Failure `malformed-go-mod` with line and column. `lax`, as Go reads
* dependencies: a block of a verb that it does not know is no error.
*/
function readDirectives(source, mode = "strict") {
	const directives = [];
	let block = null;
	for (const { tokens, comment } of readLines(source)) {
		const [start, ...rest] = tokens;
		if (start === void 0) continue;
		if (block === null) {
			const parens = parensAtEnd(rest);
			const known = rest.length === parens && blockVerbs.has(start.text);
			if (parens === 0) directives.push({
				verb: start.text,
				args: rest,
				start,
				comment
			});
			else if (!known && mode === "strict") throw malformed$1(source, start, `${start.text} cannot open a block`);
			if (parens === 1) block = {
				start,
				known
			};
		} else if (start.text !== ")") {
			if (block.known) directives.push({
				verb: block.start.text,
				args: tokens,
				start,
				comment
			});
		} else if (rest[0] !== void 0) throw malformed$1(source, rest[0], "expected a new line after the closing parenthesis");
		else block = null;
	}
	if (block !== null) throw malformed$1(source, block.start, `the block of ${block.start.text} has no closing parenthesis`);
	return directives;
}
/** The failure of a go.mod at a token: `what` says what Go expects there. */
function malformed$1(source, at, what) {
	const lineStart = at.offset === 0 ? 0 : source.text.lastIndexOf("\n", at.offset - 1) + 1;
	return new Failure("input", {
		code: "malformed-go-mod",
		what,
		remedy: source.text.startsWith("﻿") ? "The file starts with a byte order mark, which Go does not allow: save it as UTF-8 without one." : "Correct the line: `go mod edit -json` must read the file.",
		where: {
			kind: "file",
			file: source.file,
			line: at.line,
			column: [...source.text.slice(lineStart, at.offset)].length + 1
		}
	});
}
const blockVerbs = /* @__PURE__ */ new Set([
	"module",
	"godebug",
	"require",
	"exclude",
	"replace",
	"retract",
	"tool",
	"ignore"
]);
/** 1: the line ends in `(`, which opens a block. 2: it ends in `( )`, an empty block. 0: it is a directive. */
function parensAtEnd(rest) {
	const last = rest.at(-1)?.text;
	if (last === "(") return 1;
	return last === ")" && rest.at(-2)?.text === "(" ? 2 : 0;
}
const punctuation = /* @__PURE__ */ new Set([
	"(",
	")",
	"[",
	"]",
	"{",
	"}",
	","
]);
function readLines(source) {
	const { text } = source;
	const lines = [];
	let tokens = [];
	let line = 1;
	let offset = 0;
	while (offset < text.length) {
		const char = text.charAt(offset);
		if (char === "\n") {
			lines.push({
				tokens,
				comment: null
			});
			tokens = [];
			line += 1;
			offset += 1;
		} else if (char === " " || char === "	" || char === "\r") offset += 1;
		else if (text.startsWith("//", offset)) {
			const end = endOfLine(text, offset);
			lines.push({
				tokens,
				comment: text.slice(offset, end)
			});
			tokens = [];
			line += 1;
			offset = end + 1;
		} else {
			const token = {
				text: readToken(source, offset, line),
				offset,
				line
			};
			tokens.push(token);
			offset += token.text.length;
			line += token.text.split("\n").length - 1;
		}
	}
	return [...lines, {
		tokens,
		comment: null
	}];
}
function endOfLine(text, offset) {
	const end = text.indexOf("\n", offset);
	return end === -1 ? text.length : end;
}
function readToken(source, offset, line) {
	const char = source.text.charAt(offset);
	if (punctuation.has(char)) return char;
	if (char === "\"" || char === "`") return readString(source, offset, line);
	return readWord(source, offset, line);
}
function readString(source, offset, line) {
	const { text } = source;
	const quote = text.charAt(offset);
	for (let at = offset + 1; at < text.length; at += 1) {
		const char = text.charAt(at);
		if (char === quote) return text.slice(offset, at + 1);
		if (char === "\n") break;
		if (char === "\\" && quote === "\"") at += 1;
	}
	throw malformed$1(source, {
		offset,
		line
	}, `the string has no closing ${quote} on its line`);
}
const wordRune = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u;
/** Words run over everything that prints, up to a blank, a bracket, a comma or a comment. */
function readWord(source, offset, line) {
	const { text } = source;
	let at = offset;
	while (at < text.length && !text.startsWith("//", at)) {
		const rune = String.fromCodePoint(text.codePointAt(at) ?? 0);
		if (text.startsWith("/*", at)) throw malformed$1(source, {
			offset: at,
			line
		}, "comments in go.mod start with //, not with /*");
		if (punctuation.has(rune) || !wordRune.test(rune)) break;
		at += rune.length;
	}
	if (at === offset) {
		const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
		throw malformed$1(source, {
			offset,
			line
		}, `the character U+${code} cannot stand here`);
	}
	return text.slice(offset, at);
}
// src/go/quote.ts
/** Go's quoted strings, as they stand in go.mod. */
const escapes = {
	a: 7,
	b: 8,
	f: 12,
	n: 10,
	r: 13,
	t: 9,
	v: 11,
	"\\": 92,
	"\"": 34
};
const piece = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([^"\\\n]+)/y;
/** The value of a literal in double quotes, as Go's strconv.Unquote reads it; null where it is malformed. */
function unquote(literal) {
	if (literal.length < 2 || !literal.startsWith("\"") || !literal.endsWith("\"")) return null;
	const body = literal.slice(1, -1);
	const bytes = [];
	let at = 0;
	while (at < body.length) {
		piece.lastIndex = at;
		const match = piece.exec(body);
		const part = match === null ? null : bytesOf(match);
		if (part === null) return null;
		bytes.push(part);
		at = piece.lastIndex;
	}
	return Buffer.concat(bytes).toString("utf8");
}
function bytesOf([, letter, hex, octal, short, long, plain]) {
	if (plain !== void 0) return Buffer.from(plain);
	if (letter !== void 0) return Uint8Array.of(escapes[letter] ?? 0);
	if (hex !== void 0) return Uint8Array.of(Number.parseInt(hex, 16));
	if (octal !== void 0) {
		const value = Number.parseInt(octal, 8);
		return value > 255 ? null : Uint8Array.of(value);
	}
	const rune = Number.parseInt(short ?? long ?? "", 16);
	return rune <= 1114111 && (rune < 55296 || rune > 57343) ? Buffer.from(String.fromCodePoint(rune)) : null;
}
/** The text as one token of a go.mod: as it is where that is safe, else in quotes. */
function autoQuote(text) {
	return /^[\w.~+/@:=-]+$/.test(text) && !text.includes("//") ? text : JSON.stringify(text);
}
// src/go/modfile.ts
/**
* Reads the text of a go.mod by the rules of golang.org/x/mod/modfile.Parse (Go 1.26). `file` is its name in messages.
* Versions come out canonical (`v1` as `v1.0.0`). Throws Failure `malformed-go-mod` with file, line and column.
*/
function parseModFile(text, file) {
	const source = {
		text,
		file
	};
	const reader = new Reader(source);
	for (const directive of readDirectives(source)) reader.add(directive);
	return reader.result();
}
/**
* The `go` line of a dependency's go.mod, read as leniently as Go reads those (modfile.ParseLax): directives that this
* reader does not know are skipped. `at`: where the version stands in the text. Null without a `go` line.
* Throws Failure `malformed-go-mod` where even that cannot be read.
*/
function dependencyGoLine(text, file) {
	const token = readDirectives({
		text,
		file
	}, "lax").find(({ verb, args }) => verb === "go" && args.length === 1)?.args[0];
	if (token === void 0) return null;
	const at = [token.offset, token.offset + token.text.length];
	const version = goLinePattern.test(token.text) ? token.text : laxGoLine.exec(token.text)?.[1];
	if (version === void 0) throw malformed$1({
		text,
		file
	}, token, `${token.text} is no Go version`);
	return {
		version,
		at
	};
}
const goLinePattern = /^[1-9]\d*\.(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))?(?:[a-z]+\d+)?$/;
/** What Go makes of other versions in dependencies: their first two numbers. */
const laxGoLine = /^v?([1-9]\d*\.(?:0|[1-9]\d*))\D.*$/;
var Reader = class {
	source;
	hasModule = false;
	draft = {
		module: "",
		go: null,
		toolchain: null,
		requires: [],
		replaces: [],
		excludes: [],
		tools: [],
		godebugs: [],
		ignores: [],
		retracts: []
	};
	constructor(source) {
		this.source = source;
	}
	result() {
		return this.draft;
	}
	add(directive) {
		const { line } = directive.start;
		switch (directive.verb) {
			case "module": return this.addModule(directive);
			case "go": return this.addGo(directive);
			case "toolchain": return this.addToolchain(directive);
			case "require": return this.addRequire(directive);
			case "exclude": {
				const { path, version } = this.versioned(directive);
				this.draft.excludes.push({
					path,
					version,
					line
				});
				return;
			}
			case "replace":
				this.draft.replaces.push(this.replace(directive));
				return;
			case "retract":
				this.draft.retracts.push({
					...this.interval(directive),
					line
				});
				return;
			case "tool":
				this.draft.tools.push({
					path: this.only(directive, "a package path"),
					line
				});
				return;
			case "ignore":
				this.draft.ignores.push({
					path: this.only(directive, "a folder"),
					line
				});
				return;
			case "godebug":
				this.draft.godebugs.push({
					...this.setting(directive),
					line
				});
				return;
			default: throw this.wrong(directive.start, `go.mod has no directive called ${directive.verb}`);
		}
	}
	addModule(directive) {
		if (this.hasModule) throw this.wrong(directive.start, "there is a second module line");
		this.hasModule = true;
		this.draft.module = this.only(directive, "a module path");
	}
	addGo(directive) {
		if (this.draft.go !== null) throw this.wrong(directive.start, "there is a second go line");
		const { text } = this.single(directive, "a version such as 1.23.0");
		if (!goLinePattern.test(text)) throw this.wrong(directive.start, `${text} is no Go version: expected one such as 1.23.0`);
		this.draft.go = {
			version: text,
			line: directive.start.line
		};
	}
	addToolchain(directive) {
		if (this.draft.toolchain !== null) throw this.wrong(directive.start, "there is a second toolchain line");
		const { text } = this.single(directive, "a name such as go1.23.0");
		if (!/^default$|^go1(?:$|\.)/.test(text)) throw this.wrong(directive.start, `${text} is no toolchain: expected one such as go1.23.0, or default`);
		this.draft.toolchain = {
			name: text,
			line: directive.start.line
		};
	}
	addRequire(directive) {
		const { path, version, token } = this.versioned(directive);
		const { offset, text } = token;
		this.draft.requires.push({
			path,
			version,
			indirect: isIndirect(directive.comment),
			line: directive.start.line,
			versionAt: [offset, offset + text.length]
		});
	}
	/** `path version`, of require and exclude. */
	versioned({ verb, args, start }) {
		const [pathToken, token] = args;
		if (pathToken === void 0 || token === void 0 || args.length !== 2) throw this.wrong(start, `expected: ${verb} module/path v1.2.3`);
		const path = this.string(pathToken);
		return {
			path,
			version: this.version(path, token),
			token
		};
	}
	replace({ args, start }) {
		const arrow = args[1]?.text === "=>" ? 1 : 2;
		const [pathToken, newToken, newVersion] = [
			args[0],
			args[arrow + 1],
			args[arrow + 2]
		];
		if (args[arrow]?.text !== "=>" || pathToken === void 0 || newToken === void 0 || args.length > arrow + 3) {
			const left = "replace module/path [v1.2.3]";
			throw this.wrong(start, `expected: ${left} => other/module v1.4.0, or ${left} => ../folder`);
		}
		const path = this.string(pathToken);
		const oldVersion = arrow === 2 ? args[1] : void 0;
		if (pathMajor(path) === null) throw this.wrong(pathToken, `${path} is no module path`);
		return {
			old: {
				path,
				version: oldVersion === void 0 ? null : this.version(path, oldVersion)
			},
			new: this.target(newToken, newVersion),
			line: start.line
		};
	}
	target(token, versionToken) {
		const name = this.string(token);
		const local = isDirectory(name);
		if (versionToken !== void 0) {
			const version = this.canonical(versionToken);
			if (local) throw this.wrong(versionToken, `the folder ${name} cannot have a version`);
			return {
				kind: "module",
				path: name,
				version
			};
		}
		if (!local) throw this.wrong(token, `expected a version after ${name}, or a folder that starts with ./, ../ or /`);
		if (name.includes("\\")) throw this.wrong(token, `the folder ${name} must be written with / between its parts`);
		return {
			kind: "local",
			dir: name
		};
	}
	/** `v1.2.3` or `[v1.0.0, v1.9.9]`; Go takes any text as a version here. */
	interval({ args, start }) {
		const [first, low, comma, high, close] = args;
		if (first !== void 0 && first.text !== "[" && first.text !== "(" && args.length === 1) {
			const version = this.string(first);
			return {
				low: version,
				high: version
			};
		}
		if (!(first?.text === "[" && comma?.text === "," && close?.text === "]" && args.length === 5) || low === void 0 || high === void 0) throw this.wrong(start, "expected: retract v1.2.3, or retract [v1.2.3, v1.4.5]");
		return {
			low: this.string(low),
			high: this.string(high)
		};
	}
	setting(directive) {
		const { text } = this.single(directive, "key=value");
		const cut = text.indexOf("=");
		if (cut === -1 || /["`',]/.test(text)) throw this.wrong(directive.start, "expected: godebug key=value");
		return {
			key: text.slice(0, cut),
			value: text.slice(cut + 1)
		};
	}
	/** The version of a module that has this path, canonical. */
	version(path, token) {
		const version = this.canonical(token);
		const major = pathMajor(path);
		if (major === null) throw this.wrong(token, `${path} is no module path`);
		const wanted = majorMismatch(version, major);
		if (wanted === null) return version;
		throw this.wrong(token, `the version of ${path} should be ${wanted}, not ${version}`);
	}
	canonical(token) {
		const text = this.string(token);
		const version = canonicalVersion(text);
		if (version === null) throw this.wrong(token, `${text} is no version: expected one such as v1.2.3`);
		return version;
	}
	only(directive, what) {
		return this.string(this.single(directive, what));
	}
	single({ verb, args, start }, what) {
		const [token] = args;
		if (token === void 0 || args.length !== 1) throw this.wrong(start, `expected ${what} after ${verb}`);
		return token;
	}
	/** A word, or the value of a string in double quotes: Go refuses every other quote. */
	string(token) {
		if (!token.text.startsWith("\"")) {
			if (/["'`]/.test(token.text)) throw this.wrong(token, "only double quotes can be used, around the whole text");
			return token.text;
		}
		const value = unquote(token.text);
		if (value === null) throw this.wrong(token, `${token.text} is not a valid string`);
		return value;
	}
	wrong(at, what) {
		return malformed$1(this.source, at, what);
	}
};
const goSpace = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
/** `// indirect`, also with a reason after a semicolon. */
function isIndirect(comment) {
	const words = comment?.slice(2).split(goSpace).filter((word) => word !== "") ?? [];
	return words.length === 1 ? words[0] === "indirect" : words[0] === "indirect;";
}
/** Whether a replacement is a folder, on any system (modfile.IsDirectoryPath). */
function isDirectory(name) {
	return name === "." || name === ".." || /^(?:\.{0,2}[/\\]|[A-Za-z]:)/.test(name);
}
// src/go/sumfile.ts
/** An early Go wrote this hash of an empty go.mod by mistake; Go itself skips such lines. */
const emptyGoMod = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";
/**
* Reads a go.sum as cmd/go does: three fields a line, blank lines allowed.
* Throws Failure `malformed-go-sum` with the line, or `conflicting-sums` where one key has two hashes.
*/
function parseSumFile(text, file) {
	const hashes = /* @__PURE__ */ new Map();
	for (const [index, line] of text.split("\n").entries()) {
		const fields = line.split(/\s+/).filter((field) => field !== "");
		if (fields.length === 0) continue;
		const [path, version, hash] = fields;
		if (path === void 0 || version === void 0 || hash === void 0 || fields.length !== 3) throw malformedSum(file, index + 1, fields.length);
		if (hash !== emptyGoMod) add(hashes, {
			path,
			version,
			hash
		}, {
			a: file,
			b: file
		});
	}
	return {
		entries: [...hashes.values()],
		h1: (path, version) => hashes.get(keyOf({
			path,
			version,
			hash: "h1:"
		}))?.hash
	};
}
/**
* The lines of both go.sum files, sorted, each once. Two hashes for one key are never merged: one of the two files
* was made from other bytes. Throws Failure `conflicting-sums` that names both hashes, or `malformed-go-sum`.
*/
function unionSums(a, b, names = {
	a: "go.sum",
	b: "the server's go.sum"
}) {
	const union = /* @__PURE__ */ new Map();
	for (const entry of parseSumFile(a, names.a).entries) add(union, entry, names);
	for (const entry of parseSumFile(b, names.b).entries) add(union, entry, names);
	return [...union.values()].map(({ path, version, hash }) => `${path} ${version} ${hash}\n`).sort().join("");
}
function add(hashes, entry, names) {
	const key = keyOf(entry);
	const known = hashes.get(key);
	if (known === void 0) hashes.set(key, entry);
	else if (known.hash !== entry.hash) throw new Failure("input", {
		code: "conflicting-sums",
		what: `${entry.path} ${entry.version} has two different hashes: ${known.hash} (${names.a}) and ${entry.hash} (${names.b})`,
		remedy: "One of them is not the published module. Remove the wrong line and run `go mod verify`.",
		where: {
			kind: "file",
			file: names.a
		}
	});
}
/** Hashes of different algorithms (`h1:`, a later `h2:`) may stand side by side. */
function keyOf({ path, version, hash }) {
	return `${path} ${version} ${hash.slice(0, hash.indexOf(":") + 1)}`;
}
function malformedSum(file, line, fields) {
	return new Failure("input", {
		code: "malformed-go-sum",
		what: `a line of go.sum has three fields (module, version, hash), this one has ${String(fields)}`,
		remedy: "Remove the line and run `go mod tidy`.",
		where: {
			kind: "file",
			file,
			line
		}
	});
}
// src/gotify/server-files.ts
/** The first gotify whose go.mod names every module that its packages come from. */
const oldestServer = "2.1.6";
/**
* The ServerBuild that the server's own files describe.
*
* @throws Failure (input) `server-too-old`, `server-go-version`, `server-replace`, or what the readers of go.mod and
* go.sum throw; all name the file as `gotify/server@<version>/<file>`
*/
function serverFromFiles(files, { tag, commit, source }) {
	const version = tag ?? versionOfCommit(commit);
	const name = (file) => `gotify/server@${version}/${file}`;
	const mod = parseModFile(files.goMod, name("go.mod"));
	const list = buildListOf({
		mod,
		sums: parseSumFile(files.goSum, name("go.sum")),
		file: name("go.mod")
	});
	if (list.kind === "direct-only") throw tooOld(version);
	return {
		version,
		tag,
		commit,
		goVersion: goVersionOf$1({
			text: files.goVersion,
			mod,
			name
		}),
		goMod: files.goMod,
		goSum: files.goSum,
		buildList: list.modules,
		pinList: {
			source: "go.mod",
			modules: list.modules
		},
		source
	};
}
/** What a server without a release tag is called: `g` and twelve digits of its commit. */
function versionOfCommit(commit) {
	return `g${commit.slice(0, 12)}`;
}
/** Whether the tag names a server from before `oldestServer`. */
function isTooOld(tag) {
	return (0, import_valid.default)(tag) !== null && (0, import_lt.default)(tag, "2.1.6");
}
/** For servers whose go.mod does not say enough: their build list would have to come from `go list -m all`. */
function tooOld(version) {
	return new Failure("input", {
		code: "server-too-old",
		what: `gotify ${version} is older than v${oldestServer}: its go.mod names only the modules that it requires itself, not those that they need`,
		remedy: `Choose v${oldestServer} or newer.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
/** Modules sorted by path, byte by byte as Go sorts them. */
function sortModules(modules) {
	return modules.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}
function buildListOf({ mod, sums, file }) {
	if (mod.go === null || compareGoVersions(mod.go.version, "1.17") < 0) return { kind: "direct-only" };
	const replaced = replacedVersions(mod, file);
	return {
		kind: "complete",
		modules: sortModules(mod.requires.map(({ path, version }) => {
			const used = replaced.get(`${path}@${version}`) ?? replaced.get(path) ?? version;
			const sum = sums.h1(path, used);
			return sum === void 0 ? {
				path,
				version: used
			} : {
				path,
				version: used,
				sum
			};
		}))
	};
}
/** Replaced modules' versions, by `path@version` or `path`. A pin can follow a version, but not other files. */
function replacedVersions(mod, file) {
	return new Map(mod.replaces.map((replace) => {
		const { old, new: used, line } = replace;
		if (used.kind === "local" || used.path !== old.path) throw new Failure("input", {
			code: "server-replace",
			what: `this server replaces ${old.path} by ${used.kind === "local" ? used.dir : used.path}, which a plugin cannot be pinned to`,
			remedy: "Choose a released server.",
			where: {
				kind: "file",
				file,
				line
			}
		});
		return [old.version === null ? old.path : `${old.path}@${old.version}`, used.version];
	}));
}
function goVersionOf$1({ text, mod, name }) {
	const file = name(text === null ? "go.mod" : "GO_VERSION");
	const version = (text ?? mod.toolchain?.name ?? "").trim().replace(/^go/, "");
	if (isGoVersion(version)) return version;
	throw new Failure("input", {
		code: "server-go-version",
		what: text === null && mod.toolchain === null ? "this server does not say which Go it is built with: it has neither GO_VERSION nor a toolchain line" : `${JSON.stringify(version)} is not a version of Go`,
		remedy: "Choose a released server.",
		where: {
			kind: "file",
			file
		}
	});
}
// src/gotify/catalog.ts
const ContentName = pipe(string(), regex(/^[0-9a-f]{16}$/));
const Release = object({
	tag: pipe(string(), regex(/^v\d+\.\d+\.\d+$/)),
	commit: pipe(string(), regex(/^[0-9a-f]{40}$/)),
	date: pipe(string(), regex(/^\d{4}-\d\d-\d\d$/)),
	goVersion: string(),
	goMod: ContentName,
	goSum: ContentName
});
const Index = object({
	schema: literal(1),
	releases: array(Release)
});
/**
* Opens the catalog: reads its index only; the rest when it is asked for.
*
* @param dir the catalog's folder, absolute
* @throws Failure (surroundings) `broken-catalog` where a file of it is missing or is not what it should be
*/
async function loadCatalog(dir, files) {
	const { releases } = await readIndex(join(dir, "index.json"), files);
	const find = (tag) => releases.find((release) => release.tag === tag);
	return {
		releases,
		serverBuild: async (tag, because) => {
			const release = find(tag);
			if (release === void 0) return null;
			const [goMod, goSum] = await Promise.all([readFile$2(join(dir, "files", `${release.goMod}.mod`), files), readFile$2(join(dir, "files", `${release.goSum}.sum`), files)]);
			const { commit, goVersion } = release;
			return serverFromFiles({
				goVersion,
				goMod,
				goSum
			}, {
				tag,
				commit,
				source: {
					kind: "catalog",
					because
				}
			});
		},
		manifestText: async (tag, target) => {
			if (find(tag) === void 0) return null;
			const path = join(dir, "abi", `${tag}-${target}.json`);
			return await files.stat(path) === null ? null : readFile$2(path, files);
		}
	};
}
async function readIndex(path, files) {
	const text = await readFile$2(path, files);
	let data;
	try {
		data = JSON.parse(text);
	} catch (cause) {
		throw broken(path, cause);
	}
	const result = safeParse(Index, data);
	if (result.success) return result.output;
	throw broken(path, /* @__PURE__ */ new Error(`${getDotPath(result.issues[0]) ?? "the whole"}: ${result.issues[0].message}`));
}
async function readFile$2(path, files) {
	try {
		return await files.readText(path);
	} catch (cause) {
		throw broken(path, cause);
	}
}
function broken(path, cause) {
	return new Failure("surroundings", {
		code: "broken-catalog",
		what: `the catalog of servers cannot be read (${cause instanceof Error ? cause.message : String(cause)})`,
		remedy: "Install gotify-plugin-build again.",
		where: {
			kind: "file",
			file: path
		},
		cause
	});
}
// src/verify/elf-fields.ts
/** The largest part that is read at once: the string table of a Go program with every symbol has a few MB. */
const maxPart = 67108864;
/** The longest text that is taken for a name. */
const maxText = 4096;
/** A failure that names the file, the field, and what is wrong with it. */
function malformed(source, field, problem) {
	return new Failure("input", {
		code: "malformed-elf",
		what: `not a sound ELF file: ${field} ${problem}`,
		remedy: "The file is damaged or incomplete: build or download it again.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
/** Checks a place against the file, before a byte is read or room is made. */
function checkPlace(source, { offset, size, what }) {
	if (size > maxPart) throw malformed(source, what, `claims ${String(size)} bytes`);
	if (offset + size > source.size) throw malformed(source, what, "lies past the end of the file");
}
/** Exactly the bytes of a place. */
function readPart(source, place) {
	checkPlace(source, place);
	const bytes = source.read(place.offset, place.size);
	if (bytes.length !== place.size) throw shrunk(source, place.what);
	return bytes;
}
function shrunk(source, what) {
	return malformed(source, what, "ends early: the file became shorter while it was read");
}
/** Little endian numbers and strings of one part of a file; reading past its end is a Failure. */
var Fields = class Fields {
	bytes;
	is64;
	source;
	what;
	view;
	constructor(source, part) {
		this.source = source;
		this.what = part.what;
		this.is64 = part.is64;
		this.bytes = part.bytes;
		this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
	}
	/** Reads the whole part at once. */
	static read(source, place, is64) {
		return new Fields(source, {
			what: place.what,
			bytes: readPart(source, place),
			is64
		});
	}
	get size() {
		return this.bytes.length;
	}
	u8(at) {
		return this.view.getUint8(this.checked(at, 1));
	}
	u16(at) {
		return this.view.getUint16(this.checked(at, 2), true);
	}
	u32(at) {
		return this.view.getUint32(this.checked(at, 4), true);
	}
	/** An address, offset or size: 4 or 8 bytes by the file's class. */
	word(at) {
		return this.is64 ? this.u64(at) : this.u32(at);
	}
	/** 8 bytes as a number: no address or size of a real file reaches 2^53. */
	u64(at) {
		const high = this.u32(at + 4);
		if (high >= 2097152) throw malformed(this.source, this.what, `has an impossible number at byte ${String(at)}`);
		return high * 4294967296 + this.u32(at);
	}
	/** The NUL-terminated text at an offset of a string table. */
	text(at) {
		const { bytes, what } = this;
		const end = at < bytes.length ? bytes.indexOf(0, at) : -1;
		if (end < 0 || end - at > 4096) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8");
	}
	checked(at, length) {
		if (at + length > this.size) throw malformed(this.source, this.what, `ends before byte ${String(at + length)}`);
		return at;
	}
};
// src/verify/elf-windows.ts
/** A large section passes through one small buffer: fresh memory costs more than reading the file. */
const windowSize = 65536;
/**
* The bytes of a place, window by window.
*
* @param layout.unit windows hold whole units of that many bytes
* @param layout.overlap how many bytes a window has in common with the next, so that nothing shorter is cut
*/
function* windows(source, place, { unit = 1, overlap = 0 }) {
	checkPlace(source, place);
	const buffer = Buffer.allocUnsafeSlow(Math.min(place.size, windowSize - windowSize % unit));
	for (let at = 0; at < place.size; at += buffer.length - overlap) {
		const bytes = buffer.subarray(0, Math.min(buffer.length, place.size - at));
		if (source.readInto(place.offset + at, bytes) !== bytes.length) throw shrunk(source, place.what);
		yield {
			at,
			bytes
		};
		if (at + bytes.length === place.size) return;
	}
}
/** A string table of the file, read where it is asked. */
var StringTable = class {
	place;
	source;
	constructor(source, place) {
		checkPlace(source, place);
		this.source = source;
		this.place = place;
	}
	/** The NUL-terminated text at an offset of the table. */
	text(at) {
		const { offset, size, what } = this.place;
		const bytes = at < size ? this.source.read(offset + at, Math.min(4097, size - at)) : Buffer.alloc(0);
		const end = bytes.indexOf(0);
		if (end < 0) throw malformed(this.source, what, `has no text at byte ${String(at)}`);
		return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8");
	}
};
/** Small reads that lie close together, served from the last page read: package hashes fill two or three pages. */
var Pages = class {
	source;
	start = 0;
	page = /* @__PURE__ */ new Uint8Array(0);
	constructor(source) {
		this.source = source;
	}
	/** Exactly the bytes of a place; valid until the next call. */
	read(place) {
		checkPlace(this.source, place);
		const { offset, size } = place;
		const from = offset - this.start;
		if (from >= 0 && from + size <= this.page.length) return this.page.subarray(from, from + size);
		this.start = Math.max(0, offset - 2048);
		this.page = this.source.read(this.start, Math.max(8192, offset - this.start + size));
		const bytes = this.page.subarray(offset - this.start, offset - this.start + size);
		if (bytes.length !== size) throw shrunk(this.source, place.what);
		return bytes;
	}
};
// src/verify/elf-sections.ts
/** Section types of the ELF specification (gABI, chapter 4) that hold no bytes in the file. */
const noBits = 8;
const maxSections = 4096;
/**
* Reads the ELF header and the section headers: two or three small reads, whatever the file's size.
*
* @throws Failure (input) `malformed-elf` for a damaged file, `not-elf` for another kind of file, `big-endian-elf`
* @see the System V gABI, chapter 4
*/
function readLayout(source) {
	const is64 = readClass(source) === 64;
	const header = Fields.read(source, {
		offset: 0,
		size: is64 ? 64 : 52,
		what: "ELF header"
	}, is64);
	const start = is64 ? 40 : 32;
	const tableOffset = header.word(start);
	const entrySize = header.u16(is64 ? 58 : 46);
	const count = header.u16(is64 ? 60 : 48);
	const namesIndex = header.u16(is64 ? 62 : 50);
	if (count === 0 || tableOffset === 0) throw malformed(source, "e_shnum", "names no section headers: the file is packed, or was stripped of them");
	if (count > maxSections) throw malformed(source, "e_shnum", `names ${String(count)} sections`);
	if (entrySize < (is64 ? 64 : 40)) throw malformed(source, "e_shentsize", `is ${String(entrySize)}`);
	const place = {
		offset: tableOffset,
		size: entrySize * count,
		what: "section header table"
	};
	const table = Fields.read(source, place, is64);
	const raw = Array.from({ length: count }, (_, index) => rawSection(table, index * entrySize));
	return {
		source,
		identity: {
			class: is64 ? 64 : 32,
			machine: header.u16(18)
		},
		type: header.u16(16),
		sections: nameSections(source, raw, namesIndex),
		pages: new Pages(source)
	};
}
/** Finds a section by its type (see the gABI), or by its name. */
function findSection(layout, wanted) {
	return layout.sections.find((section) => (typeof wanted === "number" ? section.type : section.name) === wanted);
}
/** The bytes of a whole section, for a small one. */
function readSection(layout, section) {
	return Fields.read(layout.source, placeOf$1(layout, section), layout.identity.class === 64);
}
/** Where a section's bytes are. */
function placeOf$1(layout, { name, offset, size, type }) {
	const what = `section ${name}`;
	if (type === noBits) throw malformed(layout.source, what, "has no bytes in the file");
	return {
		offset,
		size,
		what
	};
}
/** The string table that a section's sh_link names. */
function linkedStrings(layout, section) {
	const holder = layout.sections[section.link];
	if (holder !== void 0) return new StringTable(layout.source, placeOf$1(layout, holder));
	const problem = `names section ${String(section.link)}, which is not there`;
	throw malformed(layout.source, `sh_link of ${section.name}`, problem);
}
/**
* The bytes at a virtual address, inside the section that a symbol names.
* File offset = sh_offset + address - sh_addr (gABI, "Section Header").
*/
function readAt(layout, section, span) {
	const { address, size, what } = span;
	const start = address - section.address;
	if (section.type === noBits || start < 0 || start + size > section.size) throw malformed(layout.source, what, `lies outside its section ${section.name}`);
	return layout.pages.read({
		offset: section.offset + start,
		size,
		what
	});
}
function readClass(source) {
	const ident = source.read(0, 16);
	if (ident.length < 16 || ident[0] !== 127 || ident[1] !== 69 || ident[2] !== 76 || ident[3] !== 70) throw new Failure("input", {
		code: "not-elf",
		what: "not an ELF file, the kind that Linux programs and plugins are",
		remedy: "Give a plugin (.so) or a gotify server built for Linux.",
		where: {
			kind: "file",
			file: source.name
		}
	});
	if (ident[5] === 2) throw bigEndian(source);
	if (ident[5] !== 1) throw malformed(source, "EI_DATA", `is ${String(ident[5])}`);
	if (ident[4] !== 1 && ident[4] !== 2) throw malformed(source, "EI_CLASS", `is ${String(ident[4])}`);
	return ident[4] === 2 ? 64 : 32;
}
function bigEndian(source) {
	return new Failure("input", {
		code: "big-endian-elf",
		what: "a big endian ELF file: gotify has no servers for such machines",
		remedy: "Give a file for linux-amd64, linux-arm64, linux-arm-7, linux-386 or linux-riscv64.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
function rawSection(table, at) {
	const is64 = table.is64;
	return {
		nameOffset: table.u32(at),
		type: table.u32(at + 4),
		address: table.word(at + (is64 ? 16 : 12)),
		offset: table.word(at + (is64 ? 24 : 16)),
		size: table.word(at + (is64 ? 32 : 20)),
		link: table.u32(at + (is64 ? 40 : 24))
	};
}
function nameSections(source, raw, namesIndex) {
	const holder = raw[namesIndex];
	if (holder === void 0) throw malformed(source, "e_shstrndx", `names section ${String(namesIndex)}, which is not there`);
	const names = Fields.read(source, {
		offset: holder.offset,
		size: holder.size,
		what: "section name table"
	}, false);
	return raw.map(({ nameOffset, ...section }) => ({
		name: names.text(nameOffset),
		...section
	}));
}
// src/go/buildinfo.ts
const magic = Buffer.from("ÿ Go buildinf:", "latin1");
const headerSize = 32;
const flagsOffset = 15;
/** Set since Go 1.18: the two texts follow the header; before, the header had pointers to them. */
const inlineFlag = 2;
/** go frames the module text with 16 bytes on either side (infoStart and infoEnd of cmd/go/internal/modload). */
const frame = 16;
/**
* The build info of a Go program or plugin, also of a stripped one; null where the file has none, or one
* of a Go before 1.18 (whose texts are elsewhere in the file).
*
* @throws Failure (input) `malformed-elf`, `not-elf`
* @see debug/buildinfo and runtime/debug.ParseBuildInfo in Go's standard library
*/
function readBuildInfo(source) {
	return buildInfoOf(readLayout(source));
}
/** The same, where the file's section headers have been read already. */
function buildInfoOf(layout) {
	const section = findSection(layout, ".go.buildinfo");
	if (section === void 0) return null;
	const { source } = layout;
	const bytes = readSection(layout, section).bytes;
	if (bytes.length < headerSize || Buffer.compare(bytes.subarray(0, magic.length), magic) !== 0) throw malformed(source, "section .go.buildinfo", "does not begin with its mark");
	if (((bytes[flagsOffset] ?? 0) & inlineFlag) === 0) return null;
	const version = inlineText(source, bytes, headerSize);
	const modules = inlineText(source, bytes, version.end);
	return {
		goVersion: version.bytes.toString("utf8"),
		...parseModuleText(unframed(modules.bytes))
	};
}
/** A text behind its length, which is written seven bits a byte, lowest first. */
function inlineText(source, bytes, at) {
	let length = 0;
	let next = at;
	for (let shift = 1;; shift *= 128) {
		const byte = bytes[next++];
		if (byte === void 0 || shift > 2 ** 35) throw malformed(source, "section .go.buildinfo", "has no sound text length");
		length += (byte & 127) * shift;
		if (byte < 128) break;
	}
	if (next + length > bytes.length) throw malformed(source, "section .go.buildinfo", "ends inside a text");
	return {
		bytes: Buffer.from(bytes.buffer, bytes.byteOffset + next, length),
		end: next + length
	};
}
/** The text inside its frame; empty where the file was built without modules. */
function unframed(bytes) {
	const end = bytes.length - frame;
	return end > frame && bytes[end - 1] === 10 ? bytes.subarray(frame, end).toString("utf8") : "";
}
function parseModuleText(text) {
	const deps = [];
	const settings = {};
	let path = "";
	let main = null;
	for (const line of text.split("\n")) {
		const [word, ...fields] = line.split("	");
		if (word === "path") path = fields[0] ?? "";
		else if (word === "mod") main = moduleOf$2(fields);
		else if (word === "dep") deps.push(moduleOf$2(fields));
		else if (word === "=>") replaceLast(deps, moduleOf$2(fields));
		else if (word === "build") addSetting(settings, fields.join("	"));
	}
	return {
		path,
		main,
		deps,
		settings
	};
}
function moduleOf$2([path = "", version = "", sum = ""]) {
	return sum === "" ? {
		path,
		version
	} : {
		path,
		version,
		sum
	};
}
/** A `=>` line belongs to the module line before it. */
function replaceLast(deps, replacement) {
	const replaced = deps.pop();
	if (replaced === void 0) return;
	const other = replacement.path === replaced.path ? {} : { replacedBy: replacement.path };
	deps.push({
		...replacement,
		path: replaced.path,
		...other
	});
}
function addSetting(settings, text) {
	const equals = /^("(?:[^"\\]|\\.)*"|[^=]*)=/.exec(text);
	if (equals === null) return;
	settings[unquoted(equals[1] ?? "")] = unquoted(text.slice(equals[0].length));
}
/** Go quotes a key or value that holds blanks, quotes or control characters. */
function unquoted(text) {
	return unquote(text) ?? text;
}
// src/gotify/binary.ts
/** What every gotify since 2.0 declares as its module, v3 included. */
const modulePath = /^github\.com\/gotify\/server(\/v\d+)?$/;
/**
* The ServerBuild of a gotify binary, out of its build info: it names the Go version and the modules linked in, each
* with its sum. It has no tag, even if it says that it is a release: only its own bytes can tell what it loads.
*
* @throws Failure (input) `not-gotify`, `server-go-version`, `server-replace`, or what the reader of build info throws
*/
function serverFromBinary(path, openBytes) {
	const source = openBytes(path);
	try {
		return serverFromBuildInfo(readBuildInfo(source), path);
	} finally {
		source.close();
	}
}
/** The same, from build info that has been read already. */
function serverFromBuildInfo(info, path) {
	if (info === null || !modulePath.test(info.main?.path ?? "")) throw notGotify(info, path);
	const modules = sortModules(info.deps.map((dep) => linkedModule(dep, path)));
	const goVersion = goVersionOf(info, path);
	const { version, commit } = identityOf(info);
	return {
		version,
		tag: null,
		commit,
		goVersion,
		goMod: goModText({
			module: info.main?.path ?? "",
			goVersion,
			modules
		}),
		goSum: modules.map(({ path: name, version: at, sum }) => `${name} ${at} ${sum ?? ""}\n`).join(""),
		buildList: modules,
		pinList: {
			source: "binary",
			modules
		},
		source: {
			kind: "binary",
			path
		}
	};
}
function linkedModule({ replacedBy, ...module }, path) {
	const { sum } = module;
	if (sum !== void 0 && (replacedBy === void 0 || replacedBy === module.path)) return {
		...module,
		sum
	};
	throw new Failure("input", {
		code: "server-replace",
		what: `this server was built with ${replacedBy === void 0 ? "files without a sum" : replacedBy} in place of ${module.path}, which a plugin cannot be pinned to`,
		remedy: "Use a server that was built from published modules.",
		where: {
			kind: "file",
			file: path
		}
	});
}
function goVersionOf({ goVersion }, path) {
	const version = goVersion.replace(/^go/, "");
	if (isGoVersion(version)) return threeParts(version);
	throw new Failure("input", {
		code: "server-go-version",
		what: `this server was built with ${JSON.stringify(goVersion)}, which is no release of Go`,
		remedy: "Use a server that was built with a released Go.",
		where: {
			kind: "file",
			file: path
		}
	});
}
/** As GO_VERSION has it: the first release of a line before Go 1.21 calls itself `go1.20`. */
function threeParts(version) {
	return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}
/** The server's Makefile sets main.Version and main.Commit by the linker's -X. */
function identityOf({ main, settings }) {
	const ldflags = settings["-ldflags"] ?? "";
	const set = (name) => new RegExp(`main\\.${name}=([^\\s'"]+)`).exec(ldflags)?.[1] ?? "";
	const commit = [settings["vcs.revision"], set("Commit")].find((text) => /^[0-9a-f]{40}$/.test(text ?? "")) ?? null;
	const version = [set("Version"), main?.version ?? ""].find((text) => (0, import_valid.default)(text) !== null);
	if (version !== void 0) return {
		version: `v${version.replace(/^v/, "")}`,
		commit
	};
	return {
		version: commit === null ? "custom" : versionOfCommit(commit),
		commit
	};
}
function goModText({ module, goVersion, modules }) {
	const requires = modules.map(({ path, version }) => `\t${path} ${version}\n`).join("");
	return `module ${module}\n\ngo ${goLineFor(goVersion)}\n\nrequire (\n${requires})\n`;
}
function notGotify(info, path) {
	const found = info === null ? "it has no Go build info" : `its module is ${info.main?.path ?? "unnamed"}`;
	return new Failure("input", {
		code: "not-gotify",
		what: `this file is not a gotify server: ${found}`,
		remedy: "Give the path of a gotify server binary, or a version.",
		where: {
			kind: "file",
			file: path
		}
	});
}
// src/gotify/choose.ts
var import_compare = /* @__PURE__ */ __toESM(require_compare(), 1);
var import_eq = /* @__PURE__ */ __toESM(require_eq(), 1);
var import_gte = /* @__PURE__ */ __toESM(require_gte(), 1);
var import_max_satisfying = /* @__PURE__ */ __toESM(require_max_satisfying(), 1);
var import_min_version = /* @__PURE__ */ __toESM(require_min_version(), 1);
var import_prerelease = /* @__PURE__ */ __toESM(require_prerelease(), 1);
/**
* The tag that a version or range means, of those that are there; a range means its newest match, and no pre-release
* unless it names one.
*
* @throws Failure (input) `unknown-version`, which names the nearest
*/
function chooseTag(specifier, tags) {
	const versions = tags.filter((tag) => (0, import_valid.default)(tag) !== null);
	const chosen = specifier.kind === "exact" ? versions.find((tag) => (0, import_eq.default)(tag, specifier.version)) : (0, import_max_satisfying.default)(versions, specifier.range);
	if (chosen !== void 0 && chosen !== null) return chosen;
	throw unknownVersion(specifier, versions);
}
function unknownVersion(specifier, versions) {
	const near = nearest(specifier, versions);
	return new Failure("input", {
		code: "unknown-version",
		what: specifier.kind === "exact" ? `gotify has no version ${specifier.text}` : `gotify has no stable version that matches ${specifier.text}`,
		remedy: near.length === 0 ? "Check server-api-url: no version at all was found there." : `The nearest ${near.length === 1 ? "is" : "are"} ${near.join(" and ")}.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
/** The newest version below and the oldest above. */
function nearest(specifier, versions) {
	const wanted = specifier.kind === "exact" ? specifier.version : (0, import_min_version.default)(specifier.range);
	if (wanted === null) return [];
	const stable = versions.filter((tag) => (0, import_prerelease.default)(tag) === null).sort(import_compare.default);
	return [stable.filter((tag) => (0, import_lt.default)(tag, wanted)).at(-1), stable.find((tag) => (0, import_gte.default)(tag, wanted))].filter((tag) => tag !== void 0);
}
/** The oldest of some tags: what files for a commit with several are called. Null for none. */
function oldestTag(tags) {
	return tags.filter((tag) => (0, import_valid.default)(tag) !== null).sort(import_compare.default)[0] ?? null;
}
// src/gotify/facts.ts
const Facts = object({
	goVersion: nullable(string()),
	goMod: string(),
	goSum: string()
});
/**
* The server's files at a commit, read from the API once: what a commit contains never changes, so they are kept below
* `<cacheDir>/facts`.
*
* @throws Failure as readServerFiles does
*/
async function factsOf(commit, ports) {
	const path = join(ports.cacheDir, "facts", `${commit}.json`);
	const known = await cachedFacts(path, ports);
	if (known !== null) return known;
	const facts = await readServerFiles(commit, ports.github);
	try {
		await ports.files.makeDir(join(ports.cacheDir, "facts"));
		await ports.files.write(path, JSON.stringify(facts));
	} catch (error) {
		ports.reporter.detail(`${path} was not written: ${String(error)}`);
	}
	return facts;
}
/** What an earlier run kept of a commit; null where there is nothing sound. */
async function cachedFacts(path, { files, reporter }) {
	if (await files.stat(path) === null) return null;
	try {
		return parse(Facts, JSON.parse(await files.readText(path)));
	} catch (error) {
		reporter.detail(`${path} is not used: ${String(error)}`);
		return null;
	}
}
/**
* GO_VERSION, go.mod and go.sum at a commit, from the API.
*
* @throws Failure (input) `no-server-files` where the commit has no go.mod or go.sum; what GitHub's methods throw
*/
async function readServerFiles(commit, github) {
	const [goVersion, goMod, goSum] = await Promise.all([
		github.fileAt(commit, "GO_VERSION"),
		github.fileAt(commit, "go.mod"),
		github.fileAt(commit, "go.sum")
	]);
	if (goMod !== null && goSum !== null) return {
		goVersion,
		goMod,
		goSum
	};
	throw new Failure("input", {
		code: "no-server-files",
		what: `gotify/server has no ${goMod === null ? "go.mod" : "go.sum"} at ${commit}`,
		remedy: "Choose a newer server.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/gotify/resolve.ts
/**
* The server that one item of the `server` input means, from the API, or from the catalog where the API cannot serve
* (`source` says which; a warning says why).
*
* @throws Failure (input) `unknown-version`, `unknown-ref`, `moved-tag`, `server-too-old` and what the readers of the
* server's files throw; (surroundings) GitHub's, where the catalog does not know the server either
*/
async function resolveServer(specifier, ports) {
	switch (specifier.kind) {
		case "binary": return serverFromBinary(specifier.path, ports.openBytes);
		case "ref": return resolveRef(specifier.ref, ports);
		default: return resolveRelease(specifier, ports);
	}
}
async function resolveRelease(specifier, ports) {
	const { github, catalog } = ports;
	if (specifier.kind === "exact" && isTooOld(specifier.version)) throw tooOld(specifier.text);
	let tag;
	try {
		tag = await releaseAt(specifier, github);
	} catch (failure) {
		if (!cannotServe(failure)) throw failure;
		return fromCatalog(catalogTag(specifier, {
			catalog,
			failure
		}), {
			failure,
			ports
		});
	}
	if (isTooOld(tag.name)) throw tooOld(tag.name);
	const release = catalog.releases.find(({ tag: name }) => name === tag.name);
	if (release !== void 0 && release.commit !== tag.commit) throw movedTag(release, `leads to ${tag.commit}`);
	try {
		return await fromApi(tag, {
			release,
			ports
		});
	} catch (failure) {
		if (!cannotServe(failure) || release === void 0) throw failure;
		return fromCatalog(release.tag, {
			failure,
			ports
		});
	}
}
async function releaseAt(specifier, github) {
	const wanted = specifier.kind === "latest" ? await github.latestRelease() : null;
	const tags = await github.tags();
	const name = specifier.kind === "latest" ? wanted : chooseTag(specifier, tags.map((tag) => tag.name));
	const tag = tags.find((candidate) => candidate.name === name);
	if (tag !== void 0) return tag;
	throw new Failure("surroundings", {
		code: "no-latest-tag",
		what: `the newest release is ${String(name)}, but there is no tag of that name`,
		remedy: "Try again in a minute, or name a version.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
async function fromApi({ name, commit }, { release, ports }) {
	const server = serverFromFiles(await factsOf(commit, ports), {
		tag: name,
		commit,
		source: apiSource(commit, ports)
	});
	if (release === void 0) return server;
	const known = await ports.catalog.serverBuild(name, "");
	if (!(known?.goVersion === server.goVersion && known.goMod === server.goMod && known.goSum === server.goSum)) throw movedTag(release, "has other content");
	return server;
}
async function fromCatalog(tag, { failure, ports }) {
	const server = await ports.catalog.serverBuild(tag, failure.what);
	if (server === null) throw failure;
	ports.reporter.warn(`gotify ${tag} is taken from the catalog, as the GitHub API did not serve: ${failure.message}`);
	return server;
}
function catalogTag(specifier, { catalog, failure }) {
	const tags = catalog.releases.map(({ tag }) => tag);
	const [newest, oldest] = [tags[0], tags.at(-1)];
	if (newest === void 0 || oldest === void 0) throw failure;
	if (specifier.kind === "latest") return newest;
	try {
		return chooseTag(specifier, tags);
	} catch {
		throw notInCatalog(failure, `${specifier.text} (it knows ${oldest} to ${newest})`);
	}
}
function notInCatalog(failure, wanted) {
	return new Failure("surroundings", {
		code: failure.code,
		what: `${failure.what}, and the catalog does not have ${wanted}`,
		remedy: failure.remedy,
		where: {
			kind: "input",
			input: "server"
		},
		cause: failure
	});
}
async function resolveRef(ref, ports) {
	try {
		const commit = await ports.github.commit(ref);
		if (commit === null) throw unknownRef(ref);
		const tag = tagOf(commit.sha, {
			tags: await ports.github.tags(),
			catalog: ports.catalog
		});
		return serverFromFiles(await factsOf(commit.sha, ports), {
			tag,
			commit: commit.sha,
			source: apiSource(commit.sha, ports)
		});
	} catch (failure) {
		if (!cannotServe(failure)) throw failure;
		return commitOffline(ref, {
			failure,
			ports
		});
	}
}
/** The commit's release tag; a tag that was moved there since it was released is none. */
function tagOf(commit, { tags, catalog }) {
	const moved = (tag) => catalog.releases.some((release) => release.tag === tag.name && release.commit !== commit);
	return oldestTag(tags.filter((tag) => tag.commit === commit && !moved(tag)).map((tag) => tag.name));
}
/** A commit that the catalog knows, or whose facts an earlier run kept. A branch may have moved on: it is neither. */
async function commitOffline(ref, { failure, ports }) {
	const isCommit = /^[0-9a-f]{7,40}$/.test(ref);
	const tag = oldestTag(ports.catalog.releases.filter(({ commit }) => isCommit && commit.startsWith(ref)).map(({ tag }) => tag));
	if (tag !== null) return fromCatalog(tag, {
		failure,
		ports
	});
	const kept = isCommit ? await cachedFacts(join(ports.cacheDir, "facts", `${ref}.json`), ports) : null;
	if (kept === null) throw notInCatalog(failure, ref);
	ports.reporter.warn(`${ref} is taken from the cache, as the GitHub API did not serve: ${failure.message}`);
	return serverFromFiles(kept, {
		tag: null,
		commit: ref,
		source: apiSource(ref, ports)
	});
}
function apiSource(commit, { github }) {
	return {
		kind: "api",
		url: `${github.apiUrl}/${serverRepository}/contents?ref=${commit}`
	};
}
function movedTag({ tag, commit }, now) {
	return new Failure("input", {
		code: "moved-tag",
		what: `the tag ${tag} was at ${commit} when it was released, and now ${now}`,
		remedy: `Find out why; to build for what is there now, give the commit in place of ${tag}.`,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
function unknownRef(ref) {
	return new Failure("input", {
		code: "unknown-ref",
		what: `gotify/server has no branch or commit ${ref}`,
		remedy: "Write a version such as v2.9.1, or the name of a branch or commit of gotify/server.",
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/plugin/find-go-mod.ts
const deepest = 3;
const enough = 3;
/** The nearest folder above this one that has a go.mod, or null. */
async function findGoModAbove(path, files) {
	for (let dir = dirname(path);; dir = dirname(dir)) {
		if ((await files.stat(join(dir, "go.mod")))?.kind === "file") return dir;
		if (dir === dirname(dir)) return null;
	}
}
/** The first few folders below this one that have a go.mod, the nearest first; dependencies' folders are left out. */
async function findGoModsBelow(path, files) {
	const found = [];
	let level = [path];
	for (let depth = 0; depth < deepest && found.length < enough; depth++) {
		level = (await Promise.all(level.map((dir) => foldersIn(dir, files)))).flat();
		for (const dir of level) if ((await files.stat(join(dir, "go.mod")))?.kind === "file") found.push(dir);
	}
	return found.slice(0, enough);
}
async function foldersIn(dir, files) {
	const paths = (await files.list(dir).catch(() => [])).filter((name) => !isForeign(name)).map((name) => join(dir, name));
	const stats = await Promise.all(paths.map((path) => files.stat(path).catch(() => null)));
	return paths.filter((_, index) => stats[index]?.kind === "folder");
}
function isForeign(name) {
	return /^[._]|^(?:node_modules|vendor|testdata)$/.test(name);
}
// src/plugin/project.ts
/**
* Finds the plugin's module and its main package.
*
* @param request.path the module's folder, absolute
* @param request.package the main package, relative to it
* @param request.base the folder that the user's paths start from, absolute
* @throws Failure (input) without a go.mod there, with a malformed one, or with a package that is not in the module
*/
async function locatePlugin(request, files) {
	const displayDir = displayPath(request.base, request.path);
	await requireFolder(request.path, displayDir, files);
	const moduleDir = await files.realPath(request.path);
	const goModFile = join(moduleDir, "go.mod");
	if ((await files.stat(goModFile))?.kind !== "file") throw await noGoMod(request, displayDir, files);
	const displayGoMod = posix.join(displayDir, "go.mod");
	const goModText = await files.readText(goModFile);
	const goMod = parseModFile(goModText, displayGoMod);
	if (goMod.module === "") throw noModuleLine(displayGoMod);
	const packageArg = cleanPackage(request.package);
	const packageDir = await findPackage({
		moduleDir,
		packageArg,
		displayDir,
		modulePath: goMod.module
	}, files);
	return {
		moduleDir,
		goModFile,
		goModText,
		goSumText: await readOptional$1(join(moduleDir, "go.sum"), files),
		goMod,
		modulePath: goMod.module,
		packageArg,
		packageDir,
		name: nameOf(goMod.module),
		displayDir,
		displayGoMod
	};
}
/** `package` as the go command takes it: `cmd/x/` becomes `./cmd/x`. Throws Failure (input) where it leaves the module. */
function cleanPackage(text) {
	const clean = posix.normalize(text === "" ? "." : text).replace(/\/$/, "");
	if (clean === ".." || clean.startsWith("../") || clean.startsWith("/") || clean.includes("\0")) throw outside$1(text, "it leads out of the module");
	if (clean.split("/").includes("...")) throw outside$1(text, "a pattern can match several packages");
	return clean === "." ? "." : `./${clean}`;
}
function nameOf(modulePath) {
	const parts = modulePath.split("/");
	const last = parts.at(-1) ?? modulePath;
	return parts.length > 1 && /^v\d+$/.test(last) ? parts.at(-2) ?? last : last;
}
function displayPath(base, path) {
	const way = relative(base, path).split(sep).join("/");
	return way === "" ? "." : way.startsWith("../../") ? path : way;
}
async function requireFolder(path, display, files) {
	const found = await files.stat(path);
	if (found?.kind === "folder") return;
	throw new Failure("input", {
		code: "no-plugin-folder",
		what: found === null ? `there is no folder ${display}` : `${display} is not a folder`,
		remedy: "Name the folder that holds the plugin's go.mod.",
		where: inputPath
	});
}
async function noGoMod(request, display, files) {
	const above = await findGoModAbove(request.path, files);
	const below = await findGoModsBelow(request.path, files);
	return new Failure("input", {
		code: "no-go-mod",
		what: `there is no go.mod in ${display === "." ? "this folder" : display} (looked at ${join(request.path, "go.mod")})`,
		remedy: goModRemedy(request, above, below),
		where: inputPath
	});
}
function goModRemedy({ path, base }, above, below) {
	if (above !== null) {
		const inside = relative(above, path).split(sep).join("/");
		return `There is one in ${displayPath(base, above)}: set path to that folder, and package to ./${inside}.`;
	}
	const [first] = below;
	if (first === void 0) return "A plugin is a Go module: create its go.mod with `go mod init` and `go mod tidy`.";
	return `There is one in ${below.map((dir) => displayPath(base, dir)).join(", ")}: set path to ${below.length > 1 ? "the plugin's folder" : "that folder"}.`;
}
function noModuleLine(file) {
	return new Failure("input", {
		code: "malformed-go-mod",
		what: "there is no module line",
		remedy: "Start the file with a line such as `module example.com/my-plugin`.",
		where: {
			kind: "file",
			file,
			line: 1
		}
	});
}
async function findPackage(request, files) {
	const { moduleDir, packageArg, displayDir } = request;
	const dir = join(moduleDir, packageArg);
	if ((await files.stat(dir))?.kind !== "folder") throw noPackage(packageArg, displayDir);
	const real = await files.realPath(dir);
	if (real !== dir) throw outside$1(packageArg, `it is a link to ${real}, and Go does not follow links to packages`);
	await refuseNested(request, files);
	return dir;
}
/** A folder with a go.mod of its own is another module, also where it lies below this one. */
async function refuseNested({ moduleDir, packageArg, modulePath, displayDir }, files) {
	const parts = packageArg.split("/").slice(1);
	for (const depth of parts.keys()) {
		const inside = parts.slice(0, depth + 1).join("/");
		if ((await files.stat(join(moduleDir, inside, "go.mod")))?.kind !== "file") continue;
		const rest = parts.slice(depth + 1).join("/");
		throw new Failure("input", {
			code: "package-in-other-module",
			what: `the package ${packageArg} does not belong to the module ${modulePath}: ${inside} has a go.mod of its own`,
			remedy: `Set path to ${posix.join(displayDir, inside)} and package to ${rest === "" ? "." : `./${rest}`}.`,
			where: inputPackage
		});
	}
}
function noPackage(packageArg, displayDir) {
	return new Failure("input", {
		code: "no-package-folder",
		what: `there is no folder ${packageArg} in ${displayDir}`,
		remedy: "Name the folder of the plugin's main package, relative to its go.mod: `.` or `./cmd/plugin`.",
		where: inputPackage
	});
}
function outside$1(text, why) {
	return new Failure("input", {
		code: "package-outside-module",
		what: `${text} cannot be the main package: ${why}`,
		remedy: "Name one folder below the plugin's go.mod: `.` or `./cmd/plugin`.",
		where: inputPackage
	});
}
async function readOptional$1(path, files) {
	return (await files.stat(path))?.kind === "file" ? files.readText(path) : null;
}
const inputPath = {
	kind: "input",
	input: "path"
};
const inputPackage = {
	kind: "input",
	input: "package"
};
// src/build/docker-argv.ts
/** Every container of ours has labels with this prefix. */
const labelPrefix = "gotify-plugin-build";
const plainEngine = {
	rootless: false,
	remapsUsers: false,
	selinux: false
};
/** Where a container sees the folders of a workspace: the server's own build has its project in /proj too. */
const containerPlaces = {
	module: "/proj",
	pin: "/pin",
	out: "/out",
	replaced: (index) => `/replaced/${String(index)}`
};
const moduleCache = "/go/pkg/mod";
const buildCache = "/gocache";
const goVariables = [
	"GOPROXY",
	"GOPRIVATE",
	"GONOSUMDB",
	"GONOPROXY",
	"GOSUMDB",
	"GOINSECURE"
];
const proxyVariables = [
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"FTP_PROXY",
	"NO_PROXY",
	"ALL_PROXY"
].flatMap((name) => [name, name.toLowerCase()]);
/** What the docker command itself reads to find its engine and its settings. */
const clientVariables = [
	"PATH",
	"HOME",
	"XDG_RUNTIME_DIR",
	"SSH_AUTH_SOCK",
	"DOCKER_HOST",
	"DOCKER_CONTEXT",
	"DOCKER_CONFIG",
	"DOCKER_CERT_PATH",
	"DOCKER_TLS",
	"DOCKER_TLS_VERIFY",
	"DOCKER_API_VERSION"
];
/** The environment of the docker command: what it needs itself, and in a download step what it hands on. */
function clientEnvironment(env, passedOn = []) {
	const entries = [...clientVariables, ...passedOn].flatMap((name) => {
		const value = env[name];
		return value === void 0 ? [] : [[name, value]];
	});
	return Object.fromEntries(entries);
}
/** The caller's variables that reach the download step: how modules are found, and the way to the network. */
function downloadVariables(env) {
	return [...goVariables, ...proxyVariables].filter((name) => env[name] !== void 0);
}
/**
* The image for a target: `gotify/build` as gotify/server's Makefile names it, or the user's own with `{go}` and
* `{arch}` filled in.
*
* @throws Failure (input) where the result is no image name
*/
function imageFor(request) {
	const { template, goVersion, target } = request;
	const image = (template ?? "gotify/build:{go}-linux-{arch}").replaceAll("{go}", goVersion).replaceAll("{arch}", target.name.replace(/^linux-/, ""));
	if (/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/.test(image)) return image;
	throw new Failure("input", {
		code: "bad-image",
		what: `"${image}" is not the name of a Docker image`,
		remedy: "Give a name such as example.org/build:{go}-linux-{arch}; {go} and {arch} are filled in.",
		where: {
			kind: "input",
			input: "image"
		}
	});
}
/** The arguments of `docker` that run one step. No value of the caller's environment is among them. */
function dockerRunArgs(step) {
	return [
		...[
			"run",
			"--name",
			step.name,
			"--platform",
			"linux/amd64",
			"--pull",
			"never",
			"--log-driver",
			"none"
		],
		...Object.entries(step.labels).flatMap(([name, value]) => ["--label", `${labelPrefix}.${name}=${value}`]),
		...wallArgs(step),
		...mountArgs(step),
		...environmentArgs(step),
		...[
			"--workdir",
			containerPlaces.module,
			"--entrypoint",
			"go",
			step.image,
			...step.args
		]
	];
}
function wallArgs({ phase, user, engine }) {
	const { uid, gid } = engine.rootless ? {
		uid: 0,
		gid: 0
	} : user;
	return [
		...[
			"--network",
			phase === "compile" ? "none" : "host",
			"--read-only",
			"--cap-drop",
			"ALL"
		],
		...[
			"--security-opt",
			"no-new-privileges",
			...engine.selinux ? ["--security-opt", "label=disable"] : []
		],
		...engine.remapsUsers ? ["--userns", "host"] : [],
		...["--user", `${String(uid)}:${String(gid)}`]
	];
}
function mountArgs({ phase, workspace, caches, netrc }) {
	const download = phase === "download";
	const binds = [
		{
			source: workspace.module,
			target: containerPlaces.module,
			readOnly: true
		},
		{
			source: workspace.pin,
			target: containerPlaces.pin,
			readOnly: !download
		},
		...workspace.replaced.map((source, index) => ({
			source,
			target: containerPlaces.replaced(index),
			readOnly: true
		})),
		{
			source: caches.modCache,
			target: moduleCache,
			readOnly: !download
		},
		{
			source: caches.buildCache,
			target: buildCache,
			readOnly: false
		},
		...download ? [] : [{
			source: workspace.out,
			target: containerPlaces.out,
			readOnly: false
		}],
		...download && netrc !== null ? [{
			source: netrc,
			target: "/tmp/.netrc",
			readOnly: true
		}] : []
	];
	return [
		...["--tmpfs", "/tmp:rw,exec,nosuid,nodev,mode=1777"],
		...download ? ["--tmpfs", "/go/pkg/sumdb:rw,nosuid,nodev,noexec,mode=1777"] : [],
		...binds.flatMap((bind) => ["--mount", bindMount(bind)])
	];
}
/** The value of `--mount`: one line of CSV, so that a path may hold commas, quotes, colons and blanks. */
function bindMount({ source, target, readOnly }) {
	return [
		"type=bind",
		`source=${source}`,
		`target=${target}`,
		...readOnly ? ["readonly"] : []
	].map(csvField).join(",");
}
function csvField(field) {
	return /[",\r\n]/.test(field) ? `"${field.replaceAll("\"", "\"\"")}"` : field;
}
function environmentArgs({ phase, passedOn }) {
	const fixed = [
		"HOME=/tmp",
		"GOPATH=/go",
		`GOMODCACHE=${moduleCache}`,
		`GOCACHE=${buildCache}`,
		"GOTOOLCHAIN=local",
		"GOWORK=off",
		"GOENV=off",
		"GO111MODULE=on",
		"CGO_ENABLED=1",
		"GOFLAGS=-modcacherw",
		...phase === "compile" ? ["GOPROXY=off"] : []
	];
	const names = phase === "compile" ? proxyVariables : passedOn;
	return [...fixed, ...names].flatMap((entry) => ["--env", entry]);
}
// src/build/docker-failure.ts
const host = "or use the host builder (builder: host), which needs no Docker";
/** `docker` is not on this machine. */
function noDockerClient() {
	return surroundings({
		code: "no-docker-client",
		what: "there is no docker command on this machine",
		remedy: `Install Docker, ${host}.`
	});
}
/**
* What the answer of `docker info` means where it is not a usable engine's.
*
* @param said the command's error output, or the engine's own complaint
*/
function engineFailure(said) {
	const cause = causeOf(said);
	if (/permission denied/i.test(said)) return surroundings({
		code: "docker-permission",
		what: "this user may not use the Docker engine's socket",
		remedy: `Add the user to the group docker (sudo usermod -aG docker "$USER") and log in again, ${host}.`,
		cause
	});
	return surroundings({
		code: "no-docker-engine",
		what: `the Docker engine does not answer: ${firstLine(said)}`,
		remedy: `Start it (sudo systemctl start docker), or check DOCKER_HOST and DOCKER_CONTEXT, ${host}.`,
		cause
	});
}
/** The engine runs Windows containers. */
function notLinux(osType) {
	return surroundings({
		code: "docker-not-linux",
		what: `the Docker engine runs ${osType} containers, and the images are Linux`,
		remedy: `Switch Docker to Linux containers, ${host}.`
	});
}
/** The engine's machine cannot run the image's amd64 programs. */
function noEmulation(architecture, said) {
	return surroundings({
		code: "docker-no-emulation",
		what: `the build images are for amd64, and the Docker engine's machine (${architecture}) cannot run them`,
		remedy: "Use the host builder (builder: host), which needs no amd64 machine, or set up emulation (docker run --privileged --rm tonistiigi/binfmt --install amd64).",
		cause: causeOf(said)
	});
}
/** Why `docker pull` failed. */
function pullFailure(image, said) {
	const cause = causeOf(said);
	if (/toomanyrequests|rate limit|429 Too Many/i.test(said)) return surroundings({
		code: "image-rate-limited",
		what: `the registry refuses to send ${image} for now: too many pulls from this address`,
		remedy: `Log in before (docker login, or docker/login-action), wait, name a copy of the image (image), ${host}.`,
		cause
	});
	if (/manifest unknown|not found|does not exist|pull access denied|no matching manifest/i.test(said)) return surroundings({
		code: "image-not-found",
		what: `there is no image ${image} for linux/amd64, or this user may not see it`,
		remedy: `Name another image (image), ${host}.`,
		cause
	});
	if (noSpace(said)) return diskFull("the image", cause);
	return surroundings({
		code: "image-pull-failed",
		what: `the image ${image} could not be pulled: ${lastLine(said)}`,
		remedy: `Check the network and the registry and run it again, name another image (image), ${host}.`,
		cause
	});
}
/**
* What in the surroundings made a step fail; null where the go command itself says no.
* Exit codes: 125 is docker's own failure, 126 and 127 a program that cannot be started (docker run's reference).
*/
function stepFailure(end) {
	const said = `${end.stdout}\n${end.stderr}`;
	const cause = causeOf(end.stderr);
	if (noSpace(said)) return diskFull("the build", cause);
	if (end.outOfMemory === true || end.exitCode === 137 || wasKilled(said)) return outOfMemory(cause);
	if (/exec format error/.test(end.stderr) && end.exitCode !== 1) return noEmulation("another architecture", end.stderr);
	if (end.exitCode === 126 || end.exitCode === 127) return noGo(end.image, cause);
	if (end.exitCode !== 125) return null;
	return engineGone(end.stderr) ? engineLost(cause) : dockerRefused(end, cause);
}
/** A plugin's file that the unprivileged user in the container may not read; null where it is something else. */
function unreadableSource(said) {
	const path = /(\/(?:proj|replaced\/\d+)\/[^\n:]*): permission denied/.exec(said)?.[1];
	if (path === void 0) return null;
	return surroundings({
		code: "source-not-readable",
		what: `the container may not read ${path}: as root started the build, it runs as an unprivileged user`,
		remedy: "Make the plugin's folder readable for all (chmod -R a+rX), or start the build as the folder's owner."
	});
}
function engineGone(stderr) {
	return /Cannot connect to the Docker daemon|error during connect|error waiting for container|unexpected EOF/.test(stderr);
}
function engineLost(cause) {
	return surroundings({
		code: "docker-engine-lost",
		what: "the Docker engine went away during the build",
		remedy: `See why it stopped (journalctl -u docker) and run it again, ${host}.`,
		cause
	});
}
function dockerRefused(end, cause) {
	const path = /bind source path does not exist: (.*?)\.?$/m.exec(end.stderr)?.[1];
	if (path !== void 0) return surroundings({
		code: "docker-no-such-folder",
		what: `the Docker engine does not see the folder ${path}: it runs on another machine, or its socket was handed into a container`,
		remedy: `Use an engine that shares this machine's files, ${host}.`,
		cause
	});
	return surroundings({
		code: "docker-run-failed",
		what: `docker could not run ${end.image}: ${firstLine(end.stderr)}`,
		remedy: `Correct what docker complains of and run it again, ${host}.`,
		cause
	});
}
function noGo(image, cause) {
	return surroundings({
		code: "image-without-go",
		what: `the image ${image} has no go command in its PATH that can be started`,
		remedy: `Name an image that is built like gotify/build (image), ${host}.`,
		cause
	});
}
function outOfMemory(cause) {
	return surroundings({
		code: "out-of-memory",
		what: "the build was killed (exit code 137), most likely because the memory ran out",
		remedy: "Build fewer targets at once (concurrency: 1), or give the machine or the Docker engine more memory.",
		cause
	});
}
function diskFull(what, cause) {
	return surroundings({
		code: "disk-full",
		what: `there is no space left on the disk for ${what}`,
		remedy: "Free some space where cache-dir and the Docker engine keep their files (docker system df shows its part).",
		cause
	});
}
function noSpace(said) {
	return /: no space left on device\W*$/im.test(said);
}
/** What go and gcc say where the kernel killed a program that they started. */
function wasKilled(said) {
	return /: signal: killed$|Killed signal terminated program/m.test(said);
}
function surroundings(parts) {
	return new Failure("surroundings", parts);
}
function causeOf(said) {
	return new Error(said.trim().slice(-4e3));
}
function firstLine(said) {
	const line = said.trim().split("\n")[0] ?? "";
	return line === "" ? "it says nothing" : line.replace(/\.$/, "");
}
function lastLine(said) {
	return firstLine(said.trim().split("\n").at(-1) ?? "");
}
// src/build/docker-engine.ts
function createDockerClient(runner, env) {
	return { docker: async (args, onLine) => {
		const result = await runner.run({
			program: "docker",
			args,
			env: clientEnvironment(env),
			...onLine === void 0 ? {} : { onLine }
		});
		if (result.kind === "not-found") throw noDockerClient();
		return result;
	} };
}
const infoSchema = object({
	OSType: optional(string(), ""),
	Architecture: optional(string(), ""),
	SecurityOptions: nullish(array(string()), []),
	ServerErrors: nullish(array(string()), [])
});
/**
* Asks the engine what it is.
*
* @throws Failure where there is no client, no engine, no permission on its socket, or no Linux
*/
async function probeEngine(client) {
	const answer = await client.docker([
		"info",
		"--format",
		"{{json .}}"
	]);
	const info = safeParse(infoSchema, parseJson(answer.stdout));
	if (!info.success) throw engineFailure(answer.stderr.trim() || answer.stdout);
	const { OSType, Architecture, SecurityOptions, ServerErrors } = info.output;
	if (answer.exitCode !== 0 || OSType === "") throw engineFailure([answer.stderr, ...ServerErrors ?? []].join("\n"));
	if (OSType !== "linux") throw notLinux(OSType);
	const has = (name) => SecurityOptions?.some((option) => option.split(",")[0] === `name=${name}`) ?? false;
	return {
		architecture: Architecture,
		rootless: has("rootless"),
		remapsUsers: has("userns"),
		selinux: has("selinux")
	};
}
/** Those of the images that the engine does not have for linux/amd64. */
async function missingImages(images, client) {
	const format = "{{.Os}}/{{.Architecture}}";
	const present = await Promise.all(images.map(async (image) => {
		const found = await client.docker([
			"image",
			"inspect",
			"--format",
			format,
			image
		]);
		return found.exitCode === 0 && found.stdout.trim() === "linux/amd64";
	}));
	return images.filter((_, index) => present[index] !== true);
}
/** @throws Failure where the image cannot be pulled */
async function pullImage(image, client, reporter) {
	const task = reporter.task(`Pull ${image}`);
	const pulled = await client.docker([
		"pull",
		"--platform",
		"linux/amd64",
		image
	], (line) => task.log(line));
	if (pulled.exitCode === 0) {
		task.done("pulled");
		return;
	}
	const failure = pullFailure(image, pulled.stderr);
	task.fail(failure.what);
	throw failure;
}
/**
* Proves that an engine on another architecture can run an image's programs.
*
* @throws Failure where it cannot
*/
async function checkEmulation(engine, image, client) {
	if (engine.architecture === "x86_64" || engine.architecture === "amd64") return;
	const probe = [
		"run",
		"--rm",
		"--platform",
		"linux/amd64",
		"--pull",
		"never",
		...[
			"--network",
			"none",
			"--read-only",
			"--cap-drop",
			"ALL",
			"--user",
			"65534:65534"
		],
		"--entrypoint",
		"go",
		image,
		"version"
	];
	const answer = await client.docker(probe);
	if (answer.exitCode !== 0) throw noEmulation(engine.architecture, answer.stderr);
}
/** The labels that tell whose container it is; none of the owner where the machine has no /proc. */
function ownerLabels(caller) {
	const { uid, pid, startTime, bootId, pidNamespace } = caller;
	if (startTime === null || bootId === null || pidNamespace === null) return {};
	return {
		uid: String(uid),
		pid: String(pid),
		start: startTime,
		boot: bootId,
		pidns: pidNamespace
	};
}
/**
* Removes the containers that runs left behind which were killed before they could clean up: those of this user, boot
* and pid namespace whose process is gone. All others are left alone, as nobody here can tell about them.
*/
async function removeOrphans(caller, client, files) {
	const { uid, boot, pidns } = ownerLabels(caller);
	if (uid === void 0 || boot === void 0 || pidns === void 0) return;
	const filters = Object.entries({
		uid,
		boot,
		pidns
	}).flatMap(([name, value]) => ["--filter", `label=${labelPrefix}.${name}=${value}`]);
	const label = (name) => `{{.Label "${labelPrefix}.${name}"}}`;
	const format = [
		"{{.ID}}",
		label("pid"),
		label("start")
	].join(" ");
	const listed = await client.docker([
		"ps",
		"--all",
		"--no-trunc",
		...filters,
		"--format",
		format
	]);
	const orphans = [];
	for (const line of listed.stdout.split("\n")) {
		const [id = "", pid = "", startTime = ""] = line.trim().split(" ");
		if (/^\d+$/.test(pid) && startTime !== "" && !await isAlive({
			pid: Number(pid),
			startTime
		}, files)) orphans.push(id);
	}
	if (orphans.length > 0) await client.docker([
		"rm",
		"--force",
		"--volumes",
		...orphans
	]);
}
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
// src/build/docker-files.ts
/** Gives a folder and all below it to a user. Links are not followed, and what vanishes meanwhile is no matter. */
async function giveTree(folder, owner, files) {
	await give(await files.realPath(folder), owner, files);
}
/** As giveTree, but a folder that is already the user's is taken as it is: what Go wrote there is too. */
async function giveCache(folder, owner, files) {
	if ((await files.stat(folder))?.uid !== owner.uid) await giveTree(folder, owner, files);
}
async function give(path, owner, files) {
	try {
		await files.chown(path, owner);
		if ((await files.stat(path))?.kind !== "folder" || await files.realPath(path) !== path) return;
		for (const name of await files.list(path)) await give(join(path, name), owner, files);
	} catch (error) {
		if (await files.stat(path) !== null) throw error;
	}
}
/** The caller's .netrc, where Go looks for it; null where there is none. */
async function findNetrc(env, files) {
	const home = env["HOME"];
	const path = env["NETRC"] ?? (home === void 0 ? void 0 : join(home, ".netrc"));
	if (path === void 0) return null;
	return (await files.stat(path))?.kind === "file" ? path : null;
}
/** A copy of the .netrc that only the given user can read; the name says whose run it belongs to. */
async function copyNetrc(request, files) {
	const { netrc, copy, owner } = request;
	await files.makeDir(dirname(copy));
	await files.write(copy, await files.readText(netrc), { mode: 256 });
	await files.chown(copy, owner);
	return copy;
}
function netrcCopyName(caller, step) {
	return `netrc-${String(caller.pid)}-${caller.startTime ?? "0"}-${step}`;
}
/** Removes the copies of runs that were killed before they could. */
async function removeDeadNetrcs(folder, files) {
	if (await files.stat(folder) === null) return;
	for (const name of await files.list(folder)) {
		const [, pid, startTime] = /^\.?netrc-(\d+)-(\d+)-/.exec(name) ?? [];
		if (pid === void 0 || startTime === void 0) continue;
		if (!await isAlive({
			pid: Number(pid),
			startTime
		}, files)) await files.remove(join(folder, name));
	}
}
// src/build/stopped.ts
/** What a step of a builder ends with once the run was interrupted. */
function stopped() {
	return new Failure("surroundings", {
		code: "stopped",
		what: "the build was stopped",
		remedy: "Run it again."
	});
}
// src/build/docker.ts
/** `nobody`: runs the steps where the caller is root. */
const nobody = {
	uid: 65534,
	gid: 65534
};
/** Below the five seconds that a run has after SIGTERM. */
const closeMilliseconds = 4500;
const longestTimer = 2 ** 31 - 1;
/** The builder that runs each step in a container of the image that the server itself is built in. */
function createDockerBuilder(request) {
	return new DockerBuilder(request);
}
var DockerBuilder = class {
	kind = "docker";
	#request;
	#client;
	/** Names this run's containers. */
	#run;
	/** The user in the container. */
	#user;
	#active = /* @__PURE__ */ new Map();
	#removing = /* @__PURE__ */ new Set();
	#engine = plainEngine;
	#started = 0;
	#closing = null;
	constructor(request) {
		const { caller, clock, runner, settings } = request;
		this.#request = request;
		this.#client = createDockerClient(runner, settings.env);
		this.#user = caller.uid === 0 ? nobody : caller;
		const identity = JSON.stringify([
			caller,
			clock.now(),
			settings.server.version
		]);
		this.#run = createHash("sha256").update(identity).digest("hex").slice(0, 12);
	}
	async prepare(targets) {
		const { caller, files, reporter } = this.#request;
		const images = [...new Set(targets.map((target) => this.#image(target)))];
		const [engine, missing] = await Promise.all([
			probeEngine(this.#client),
			missingImages(images, this.#client),
			removeOrphans(caller, this.#client, files),
			removeDeadNetrcs(this.#netrcFolder(), files)
		]);
		this.#engine = engine;
		for (const image of missing) await pullImage(image, this.#client, reporter);
		for (const image of images) await checkEmulation(engine, image, this.#client);
	}
	places() {
		return containerPlaces;
	}
	modCache(target) {
		return this.#caches(target).modCache;
	}
	describe(step) {
		const name = this.#name(step, this.#started + 1);
		return {
			program: "docker",
			args: this.#args(step, {
				name,
				netrc: null
			})
		};
	}
	async run(step) {
		if (this.#closing !== null) throw stopped();
		this.#started += 1;
		const name = this.#name(step, this.#started);
		const work = this.#runNamed(step, name);
		const ended = work.then(() => void 0, () => void 0);
		this.#active.set(name, ended);
		try {
			return await work;
		} finally {
			this.#active.delete(name);
		}
	}
	close() {
		this.#closing ??= this.#stop();
		return this.#closing;
	}
	async #stop() {
		const { clock } = this.#request;
		const deadline = clock.now() + closeMilliseconds;
		const left = () => Math.max(0, deadline - clock.now());
		while (this.#active.size > 0 && left() > 0) {
			await Promise.race([this.#client.docker(removal([...this.#active.keys()])), pause$1(left())]);
			await Promise.race([Promise.all(this.#active.values()), pause$1(200)]);
		}
		await Promise.race([Promise.all(this.#removing), pause$1(left())]);
	}
	async #runNamed(step, name) {
		const { clock, settings } = this.#request;
		await this.#openFolders(step);
		const netrc = await this.#netrc(step, name);
		const begun = clock.now();
		const limit = this.#limit(name);
		try {
			if (this.#closing !== null) throw stopped();
			const answer = await this.#start(step, this.#args(step, {
				name,
				netrc: netrc.path
			}));
			if (this.#closing !== null) throw stopped();
			if (limit.expired()) return {
				kind: "timed-out",
				minutes: settings.timeoutMinutes
			};
			return await this.#outcome({
				step,
				name,
				answer,
				seconds: (clock.now() - begun) / 1e3
			});
		} finally {
			limit.stop();
			this.#remove(name);
			await netrc.remove();
			await this.#handOver(step);
		}
	}
	/** Nobody waits for it but close: the files are there already. */
	#remove(name) {
		const removing = this.#client.docker(removal([name])).then(() => void 0, () => void 0);
		this.#removing.add(removing);
		removing.then(() => this.#removing.delete(removing));
	}
	async #start(step, args) {
		const { runner, settings } = this.#request;
		const passedOn = step.phase === "download" ? downloadVariables(settings.env) : [];
		const result = await runner.run({
			program: "docker",
			args,
			env: clientEnvironment(settings.env, passedOn),
			...step.onLine === void 0 ? {} : { onLine: step.onLine }
		});
		if (result.kind === "not-found") throw noDockerClient();
		return result;
	}
	async #outcome(end) {
		const { exitCode, stdout, stderr } = end.answer;
		if (exitCode === 0) return {
			kind: "ok",
			stdout,
			stderr,
			seconds: end.seconds
		};
		const outOfMemory = await this.#ranOutOfMemory(end.name);
		const failure = stepFailure({
			image: this.#image(end.step.target),
			exitCode,
			stdout,
			stderr,
			outOfMemory
		});
		const unreadable = this.#request.caller.uid === 0 ? unreadableSource(`${stdout}\n${stderr}`) : null;
		if (failure !== null || unreadable !== null) throw failure ?? unreadable;
		return {
			kind: "failed",
			exitCode,
			stdout,
			stderr,
			seconds: end.seconds
		};
	}
	async #ranOutOfMemory(name) {
		const state = await this.#client.docker([
			"inspect",
			"--format",
			"{{.State.OOMKilled}}",
			name
		]);
		return state.exitCode === 0 ? state.stdout.trim() === "true" : null;
	}
	/** Kills the container when its time is over; again each second, as it may not have been there yet. */
	#limit(name) {
		let expired = false;
		let again;
		const kill = () => {
			expired = true;
			this.#client.docker(["kill", name]).catch(() => void 0);
		};
		const milliseconds = Math.min(this.#request.settings.timeoutMinutes * 6e4, longestTimer);
		const first = setTimeout(() => {
			kill();
			again = setInterval(kill, 1e3);
		}, milliseconds);
		return {
			expired: () => expired,
			stop: () => {
				clearTimeout(first);
				clearInterval(again);
			}
		};
	}
	/** Makes the folders that will be mounted, and lets the container's user write where it has to. */
	async #openFolders({ target, workspace }) {
		const { files } = this.#request;
		const caches = this.#caches(target);
		for (const folder of [caches.modCache, caches.buildCache]) {
			await files.makeDir(folder);
			if (this.#handsOver()) await giveCache(folder, this.#user, files);
		}
		if (!this.#handsOver()) return;
		await giveTree(workspace.pin, this.#user, files);
		await giveTree(workspace.out, this.#user, files);
	}
	async #handOver({ phase, workspace }) {
		const { caller, files } = this.#request;
		if (phase === "compile" && this.#handsOver()) await giveTree(workspace.out, caller, files);
	}
	/** The container's user is another one than the caller. */
	#handsOver() {
		return this.#user !== this.#request.caller && !this.#engine.rootless;
	}
	async #netrc(step, name) {
		const { caller, files, settings } = this.#request;
		const netrc = step.phase === "download" ? await findNetrc(settings.env, files) : null;
		if (netrc === null || !this.#handsOver()) return {
			path: netrc,
			remove: async () => void 0
		};
		const copy = join(this.#netrcFolder(), netrcCopyName(caller, name));
		return {
			path: await copyNetrc({
				netrc,
				copy,
				owner: this.#user
			}, files),
			remove: () => files.remove(copy)
		};
	}
	#netrcFolder() {
		return join(dirname(this.#caches({ name: "linux-amd64" }).modCache), "netrc");
	}
	#args(step, own) {
		const { caller, settings } = this.#request;
		const { phase, workspace, args } = step;
		return dockerRunArgs({
			...own,
			labels: {
				run: this.#run,
				...ownerLabels(caller)
			},
			image: this.#image(step.target),
			phase,
			user: this.#user,
			engine: this.#engine,
			workspace,
			caches: this.#caches(step.target),
			passedOn: downloadVariables(settings.env),
			args
		});
	}
	#name(step, count) {
		return `gotify-plugin-build-${this.#run}-${step.target.name}-${step.phase}-${String(count)}`;
	}
	#image(target) {
		const { image, settings } = this.#request;
		return imageFor({
			template: image,
			goVersion: settings.server.goVersion,
			target
		});
	}
	#caches({ name }) {
		const { cacheDir, server } = this.#request.settings;
		return cachePaths({
			cacheDir,
			builder: "docker",
			uid: this.#user.uid,
			goVersion: server.goVersion,
			pinListKey: pinListKey(server.pinList.modules),
			target: name
		});
	}
};
function removal(names) {
	return [
		"rm",
		"--force",
		"--volumes",
		...names
	];
}
/** Does not keep the process alive. */
/** Does not keep the process alive. */
function pause$1(milliseconds) {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds).unref();
	});
}
// src/build/host-compilers.ts
/** Debian's packages for the machine's own architecture. */
const nativePackages = [
	"gcc",
	"g++",
	"libc6-dev"
];
/**
* The compilers for each target: the machine's own for its own architecture, Debian's cross compilers for the others.
* A C++ compiler is named but not asked for: only plugins with C++ code need it.
*
* @param request.arch Go's name of this machine's architecture
* @throws Failure (surroundings, `missing-compiler`) with one apt-get line for everything that is missing
*/
async function findCompilers(request, files) {
	const { targets, arch, path } = request;
	const has = (name) => isInPath(name, {
		path,
		files
	});
	const found = await Promise.all(targets.map((target) => findCompiler({
		target,
		native: target.goarch === arch,
		has
	})));
	const missing = targets.filter((_, index) => found[index] === null);
	const noTimeout = !await has("timeout");
	if (missing.length > 0 || noTimeout) throw missingPrograms({
		missing,
		noTimeout,
		arch
	});
	return found.filter((compiler) => compiler !== null);
}
async function findCompiler(request) {
	const { target, native, has } = request;
	const { cc, cxx } = target.compiler;
	const candidates = [...native ? [{
		cc: "gcc",
		cxx: "g++"
	}, {
		cc: "cc",
		cxx: "c++"
	}] : [], {
		cc,
		cxx
	}];
	for (const candidate of candidates) if (await has(candidate.cc)) return candidate;
	return null;
}
async function isInPath(name, where) {
	for (const folder of (where.path ?? "").split(delimiter).filter(isAbsolute)) if ((await where.files.stat(join(folder, name)))?.kind === "file") return true;
	return false;
}
function missingPrograms(request) {
	const { missing, noTimeout, arch } = request;
	const packages = missing.flatMap((target) => target.goarch === arch ? nativePackages : target.compiler.packages);
	const names = missing.map(({ name }) => name).join(", ");
	return new Failure("surroundings", {
		code: missing.length > 0 ? "missing-compiler" : "missing-timeout",
		what: missing.length > 0 ? `this machine has no C compiler for ${names}` : "this machine has no timeout command",
		remedy: `Install what is missing (sudo apt-get install -y ${[...packages, ...noTimeout ? ["coreutils"] : []].join(" ")}), leave the target out, or use builder docker.`
	});
}
// src/build/host-env.ts
/** What any step takes from the caller's environment: enough to find programs and no more. */
const always = ["PATH"];
/** What fetching modules needs: where from, what is private, and how to get through to it. No token is among them. */
const forDownloads = [
	"GOPROXY",
	"GOPRIVATE",
	"GONOPROXY",
	"GONOSUMDB",
	"GOSUMDB",
	"GOINSECURE",
	"GOVCS",
	"GOENV",
	"HTTP_PROXY",
	"HTTPS_PROXY",
	"NO_PROXY",
	"http_proxy",
	"https_proxy",
	"no_proxy",
	"ALL_PROXY",
	"all_proxy",
	"HOME",
	"XDG_CONFIG_HOME",
	"NETRC",
	"SSH_AUTH_SOCK",
	"SSL_CERT_FILE",
	"SSL_CERT_DIR",
	"GIT_SSL_CAINFO"
];
/**
* The environment of one go command on this machine: an allow-list, with everything that could change a shared
* package set here. `GOENV=off` while compiling keeps `go env -w` settings out; in the download step they are the
* user's way to say where modules come from.
*
* @param request.scratch a folder of this step's own, for temporary files and (while compiling) as HOME
* @param request.compiler the C and C++ compilers of the target
*/
function hostEnv(request) {
	const { env, phase, target, caches, scratch, compiler } = request;
	return {
		...pick(env, always),
		...phase === "download" ? downloadEnv(env) : compileEnv(scratch),
		...fixedEnv,
		...targetEnv(target),
		CC: compiler.cc,
		CXX: compiler.cxx,
		GOMODCACHE: caches.modCache,
		GOCACHE: caches.buildCache,
		TMPDIR: scratch,
		GOTMPDIR: scratch
	};
}
/** The environment for finding a toolchain: the user's caches and way to the network, and no flags of theirs. */
function fetchEnv(env) {
	return {
		...pick(env, [
			...always,
			"GOPATH",
			"GOMODCACHE"
		]),
		...downloadEnv(env),
		LC_ALL: "C",
		GOWORK: "off"
	};
}
/** Messages in one language, whatever the user's: failures of the surroundings are told by their text. */
const fixedEnv = {
	LC_ALL: "C",
	CGO_ENABLED: "1",
	GO111MODULE: "on",
	GOWORK: "off",
	GOTOOLCHAIN: "local",
	GOTELEMETRY: "off"
};
function downloadEnv(env) {
	return {
		...pick(env, forDownloads),
		GOFLAGS: "-mod=mod",
		GIT_TERMINAL_PROMPT: "0"
	};
}
function compileEnv(scratch) {
	return {
		HOME: scratch,
		GOENV: "off",
		GOFLAGS: "",
		GOEXPERIMENT: "",
		GOPROXY: "off",
		GOSUMDB: "off",
		GOVCS: "*:off",
		GOAUTH: "off"
	};
}
/** The lowest level of each architecture, which is what gotify/build has. */
function targetEnv({ goarch, goarm }) {
	return {
		GOOS: "linux",
		GOARCH: goarch,
		...{
			amd64: { GOAMD64: "v1" },
			arm: { GOARM: goarm ?? "7" },
			arm64: { GOARM64: "v8.0" },
			386: { GO386: "sse2" },
			riscv64: { GORISCV64: "rva20u64" }
		}[goarch]
	};
}
function pick(env, names) {
	const found = names.flatMap((name) => {
		const value = env[name];
		return value === void 0 ? [] : [[name, value]];
	});
	return Object.fromEntries(found);
}
// src/build/host-failure.ts
/**
* What in the surroundings made a go command on this machine fail; null where go itself says no.
* 137 is a shell's code for a killed process, 126 and 127 those for a program that cannot be started.
*/
function hostFailure(end) {
	const said = `${end.stdout}\n${end.stderr}`;
	const cause = new Error(end.stderr.trim().slice(-4e3));
	if (/no space left on device/i.test(said)) return new Failure("surroundings", {
		code: "disk-full",
		what: "there is no space left on the disk for the build",
		remedy: "Free some space where cache-dir and temporary files are (TMPDIR), or name another cache-dir.",
		cause
	});
	if (end.exitCode === 137 || /signal: killed\b|Killed signal terminated program/m.test(said)) return new Failure("surroundings", {
		code: "out-of-memory",
		what: "the build was killed, most likely because the memory ran out",
		remedy: "Build fewer targets at once (concurrency: 1), or give the machine more memory.",
		cause
	});
	if (end.exitCode === 126 || end.exitCode === 127) return new Failure("surroundings", {
		code: "toolchain-broken",
		what: `the Go toolchain cannot be started: ${end.stderr.trim().split("\n").at(-1) ?? ""}`,
		remedy: "Remove the toolchain from cache-dir and try again, or use builder docker.",
		cause
	});
	return null;
}
// src/build/host-process.ts
/** After asking a process group to end, it is killed. Less than the five seconds that a stopped run may take. */
const graceSeconds = 2;
/**
* Starts the program, notes its process id in a file, waits for it, and leaves nothing of its group behind: `timeout`
* itself only waits for its own child. The signals of a terminal are left to `stop`.
*/
const guardScript = `
note=$1; shift
trap again=1 HUP INT TERM
"$@" & pid=$!
echo "$pid" >"$note"
code=127 again=1
while [ -n "$again" ]; do again=; wait "$pid"; last=$?; [ "$last" -eq 127 ] || code=$last; done
kill -s KILL -- "-$pid" 2>/dev/null
exit "$code"`;
/** Asks a process group to end, and kills what is left of it after the grace. */
const stopScript = `
kill -s TERM -- "-$1" "$1" 2>/dev/null
tenths=${String(20)}
while [ "$tenths" -gt 0 ] && kill -s 0 -- "-$1" 2>/dev/null; do sleep 0.1; tenths=$((tenths - 1)); done
kill -s KILL -- "-$1" 2>/dev/null || :`;
/**
* The command under `timeout` (GNU coreutils): it leads a process group of its own, asks the whole group to end when
* the time is up (exit code 124), and kills it `graceSeconds` later (then 137).
*/
function limited(command) {
	return {
		program: "timeout",
		args: [
			...[
				"-k",
				String(graceSeconds),
				String(Math.max(1, Math.round(command.seconds)))
			],
			command.program,
			...command.args
		]
	};
}
/**
* Starts a command made by `limited`.
*
* @param command.scratch an existing folder for the process id
*/
function startLimited(command, ports) {
	const note = join(command.scratch, "pid");
	let ended = false;
	return {
		done: ports.runner.run({
			...command,
			program: "/bin/sh",
			args: [
				"-c",
				guardScript,
				"sh",
				note,
				command.program,
				...command.args
			]
		}).finally(() => {
			ended = true;
		}),
		stop: async () => {
			let pid = await readId(note, ports.files);
			for (; pid === null && !ended; pid = await readId(note, ports.files)) await pause(20);
			if (pid === null || ended) return;
			await ports.runner.run({
				program: "/bin/sh",
				args: [
					"-c",
					stopScript,
					"sh",
					pid
				],
				env: command.env
			});
		}
	};
}
async function readId(note, files) {
	try {
		const text = (await files.readText(note)).trim();
		return /^\d+$/.test(text) ? text : null;
	} catch {
		return null;
	}
}
function pause(milliseconds) {
	return new Promise((resolve) => {
		setTimeout(resolve, milliseconds);
	});
}
// src/build/toolchain.ts
/**
* The GOROOT of exactly this Go release. Looked for in this order: where it was the last time, what the machine's go
* (1.21 or later) has or can fetch by GOTOOLCHAIN (checked by go against the checksum database), the Go download site.
*
* @throws Failure (surroundings) where it cannot be had
*/
async function findToolchain(search, ports) {
	const name = toolchainName(search.goVersion);
	const note = join(search.folder, `${name}.linux-${search.arch}.path`);
	const remembered = await readNote(note, ports.files);
	if (remembered !== null && await isToolchain(remembered, name, ports.files)) return remembered;
	const goroot = await fromGo(name, search, ports) ?? await install(name, search, ports);
	await ports.files.makeDir(search.folder);
	await ports.files.write(note, `${goroot}\n`);
	return goroot;
}
async function readNote(path, files) {
	if (await files.stat(path) === null) return null;
	return (await files.readText(path)).trim() || null;
}
/** Null where this machine has no go, or one that is too old to know GOTOOLCHAIN (then it names its own GOROOT). */
async function fromGo(name, search, ports) {
	const env = {
		...fetchEnv(search.env),
		GOTOOLCHAIN: name
	};
	const local = await askGoroot({
		...env,
		GOPROXY: "off"
	}, ports.runner);
	if (local.kind === "not-found") return null;
	if (local.exitCode === 0) return checkedGoroot(local.stdout, name, ports.files);
	const fetched = await askGoroot({
		...env,
		GOMODCACHE: search.modCache
	}, ports.runner);
	if (fetched.kind === "not-found" || fetched.exitCode !== 0) throw unavailable$3(name, fetched);
	return checkedGoroot(fetched.stdout, name, ports.files);
}
function askGoroot(env, runner) {
	return runner.run({
		program: "go",
		args: ["env", "GOROOT"],
		env,
		cwd: "/"
	});
}
async function install(name, search, ports) {
	const goroot = await ports.installer.install({
		name,
		arch: search.arch,
		into: search.folder
	});
	if (await checkedGoroot(goroot, name, ports.files) !== null) return goroot;
	throw new Failure("surroundings", {
		code: "toolchain-broken",
		what: `the Go toolchain in ${goroot} is not ${name}`,
		remedy: "Remove that folder and try again."
	});
}
async function checkedGoroot(stdout, name, files) {
	const goroot = stdout.trim();
	return goroot !== "" && await isToolchain(goroot, name, files) ? goroot : null;
}
/** The first line of VERSION is the release's name, in every Go. */
async function isToolchain(goroot, name, files) {
	const version = join(goroot, "VERSION");
	if (await files.stat(version) === null) return false;
	if ((await files.readText(version)).split("\n")[0]?.trim() !== name) return false;
	return (await files.stat(join(goroot, "bin", "go")))?.kind === "file";
}
function unavailable$3(name, result) {
	const said = result.kind === "exited" ? result.stderr.trim().split("\n").slice(-3).join("; ") : "go is gone";
	return new Failure("surroundings", {
		code: "toolchain-unavailable",
		what: `the Go toolchain ${name} could not be fetched (${said})`,
		remedy: "Check the network and GOPROXY, or use builder docker."
	});
}
/**
* What go runs in place of each tool: a constant text, which takes the module cache's place from the environment.
* Go starts the compiler as `compile -o FILE -trimpath REWRITES ...` and the assembler as `asm -p PATH -trimpath
* REWRITES ...` (cmd/go/internal/work/gc.go, Go 1.19 to 1.26); one more rewrite goes to the end of that list, as the
* first that fits wins and go's own are more special. A compiler started in any other way is an error: a package
* without the rewrite would be one that no server has. The assembler's output is no part of a package's hash, but
* would keep this machine's paths. `-V=full` is how go asks for a tool's identity, which is part of every cache key:
* the rewrite belongs to it.
*/
const script = `
map="$GOMODCACHE=>/go/pkg/mod"
case "\${1##*/} $2 $4" in
"compile -V=full "|"asm -V=full ")
  line=$("$@") && printf "%s %s\\n" "$line" "$map" ;;
"compile -o -trimpath"|"asm -p -trimpath")
  tool=$1 flag=$2 value=$3 rewrites=$5
  shift 5
  exec "$tool" "$flag" "$value" -trimpath "$rewrites;$map" "$@" ;;
"compile "*)
  echo "gotify-plugin-build: this Go starts its compiler in an unknown way: $*" >&2
  exit 1 ;;
*)
  exec "$@" ;;
esac
`;
/**
* The argument of `go build` that maps the module cache's path to the one in the server's build, on every compiled
* package (facts of `-trimpath`: cmd/internal/objabi/line.go in Go). Works with GOMODCACHE set in go's environment.
*/
function toolexecArg() {
	const value = joinQuoted([
		"/bin/sh",
		"-c",
		script,
		"gotify-plugin-build"
	]);
	if (value === null) throw new Error("the wrapper script cannot be quoted");
	return `-toolexec=${value}`;
}
/**
* @param modCache the absolute path that GOMODCACHE will have
* @throws Failure (input) for a path that the compiler's rewrites cannot name: `;` separates them, and a line break
*   cannot be part of a tool's identity
*/
function checkMappable(modCache) {
	const bad = /[;\n\r\0]/.exec(modCache)?.[0];
	if (bad === void 0) return;
	throw new Failure("input", {
		code: "unmappable-cache-dir",
		what: `the cache folder's path "${modCache}" has ${bad === ";" ? "a semicolon" : "a control character"} in it, and Go's compiler cannot map such a path to the server's`,
		remedy: "Name another folder with cache-dir, or use builder docker.",
		where: {
			kind: "input",
			input: "cache-dir"
		}
	});
}
// src/build/host.ts
/** Go's names of architectures, where they are not Node's. */
const goArchs = {
	x64: "amd64",
	ia32: "386"
};
/** The verbs that compile, and so need the module cache's path mapped. */
const compiling = /* @__PURE__ */ new Set([
	"build",
	"install",
	"list",
	"run",
	"test",
	"vet"
]);
/**
* Builds on this machine: the server's exact Go toolchain, Debian's cross compilers, and the module cache's path mapped
* to the one in the server's build. It is no sandbox: what keeps a compile step from the network is Go's own settings.
*
* @throws Failure (input) for a cache folder whose path cannot be mapped
*/
function createHostBuilder(request) {
	return new HostBuilder(request);
}
var HostBuilder = class {
	kind = "host";
	request;
	arch;
	compilers = /* @__PURE__ */ new Map();
	running = /* @__PURE__ */ new Set();
	goroot = null;
	go = "go";
	closed = false;
	constructor(request) {
		this.request = request;
		this.arch = goArchs[request.arch] ?? request.arch;
		checkMappable(request.settings.cacheDir);
	}
	async prepare(targets) {
		const { settings, files } = this.request;
		const found = await findCompilers({
			targets,
			arch: this.arch,
			path: settings.env["PATH"]
		}, files);
		for (const [index, target] of targets.entries()) {
			const compiler = found[index];
			if (compiler !== void 0) this.compilers.set(target.name, compiler);
			await files.makeDir(this.caches(target).buildCache);
			await files.makeDir(this.caches(target).modCache);
		}
		await this.toolchain(targets);
	}
	places(workspace) {
		const { module, pin, out, replaced } = workspace;
		return {
			module,
			pin,
			out,
			replaced: (index) => {
				const folder = replaced[index];
				if (folder === void 0) throw new Error(`the workspace has no replaced folder ${String(index)}`);
				return folder;
			}
		};
	}
	modCache(target) {
		return this.caches(target).modCache;
	}
	describe(step) {
		const seconds = this.request.settings.timeoutMinutes * 60;
		return limited({
			program: this.go,
			args: mapped(step),
			seconds
		});
	}
	async run(step) {
		if (!this.compilers.has(step.target.name)) await this.prepare([step.target]);
		if (this.closed) throw stopped();
		const { files, clock } = this.request;
		const scratch = join(this.temporary(), `gotify-plugin-build-${randomUUID()}`);
		await files.makeDir(scratch);
		const begin = clock.now();
		try {
			const result = await this.runIn(scratch, step);
			return this.outcome(result, (clock.now() - begin) / 1e3);
		} finally {
			await files.remove(scratch);
		}
	}
	async close() {
		this.closed = true;
		await Promise.all([...this.running].map((process) => process.stop()));
	}
	async runIn(scratch, step) {
		const process = startLimited({
			...this.describe(step),
			env: this.env(scratch, step),
			cwd: step.workspace.module,
			scratch,
			...step.onLine === void 0 ? {} : { onLine: step.onLine }
		}, this.request);
		this.running.add(process);
		if (this.closed) await process.stop();
		try {
			return await process.done;
		} finally {
			this.running.delete(process);
		}
	}
	outcome(result, seconds) {
		const { timeoutMinutes } = this.request.settings;
		if (this.closed) throw stopped();
		if (result.kind === "not-found") throw new Error("there is no /bin/sh");
		const { exitCode, stdout, stderr } = result;
		if (exitCode === 0) return {
			kind: "ok",
			stdout,
			stderr,
			seconds
		};
		const late = exitCode === 137 && seconds >= timeoutMinutes * 60;
		if (exitCode === 124 || late) return {
			kind: "timed-out",
			minutes: timeoutMinutes
		};
		const failure = hostFailure(result);
		if (failure !== null) throw failure;
		return {
			kind: "failed",
			exitCode,
			stdout,
			stderr,
			seconds
		};
	}
	env(scratch, { phase, target }) {
		const { env } = this.request.settings;
		const compiler = this.compilers.get(target.name) ?? target.compiler;
		return hostEnv({
			env,
			phase,
			target,
			caches: this.caches(target),
			scratch,
			compiler
		});
	}
	/** One search for all targets, also where several ask at once; a failed one is tried again. */
	async toolchain(targets) {
		const [target] = targets;
		if (target === void 0) return;
		const { settings } = this.request;
		const { modCache } = this.caches(target);
		const search = {
			goVersion: settings.server.goVersion,
			arch: this.arch,
			folder: join(modCache, "..", "toolchains"),
			modCache,
			env: settings.env
		};
		this.goroot ??= findToolchain(search, this.request);
		try {
			this.go = join(await this.goroot, "bin", "go");
		} catch (error) {
			this.goroot = null;
			throw error;
		}
	}
	caches(target) {
		const { settings, caller } = this.request;
		return cachePaths({
			cacheDir: settings.cacheDir,
			builder: "host",
			uid: caller.uid,
			goVersion: settings.server.goVersion,
			pinListKey: pinListKey(settings.server.pinList.modules),
			target: target.name
		});
	}
	/** Go trims its temporary folder from file names by a rewrite, where `;` would end it. */
	temporary() {
		const wanted = this.request.settings.env["TMPDIR"];
		return wanted !== void 0 && /^\/[^;\n\r]*$/.test(wanted) ? wanted : "/tmp";
	}
};
function mapped({ phase, args }) {
	const [verb, ...rest] = args;
	if (verb === void 0 || phase === "download" || !compiling.has(verb)) return args;
	return [
		verb,
		toolexecArg(),
		...rest
	];
}
// src/pipeline/builder.ts
/** The builder that the options ask for, for one server. Nothing is started yet. */
function createBuilder(request) {
	const { options, server, ports } = request;
	const settings = {
		server,
		cacheDir: options.cacheDir,
		timeoutMinutes: options.timeoutMinutes,
		env: ports.env
	};
	return options.builder === "docker" ? createDockerBuilder({
		...ports,
		settings,
		image: options.image
	}) : createHostBuilder({
		...ports,
		settings
	});
}
// src/pin/effective-changes.ts
/**
* The changes that reach what the plugin is made of: those of go.mod's lines, without modules that supply no package,
* and the modules that go.mod does not name, whose version the pin decides all the same.
*
* @param request.changes of go.mod's lines, as the pin gives them
* @param request.pinned the modules that the build fixes; empty where nothing is pinned
*/
function effectiveChanges(request) {
	const { changes, goMod, pinned, listing } = request;
	const used = new Set([...listing.packages.values()].map((listed) => listed.module?.path));
	const named = /* @__PURE__ */ new Set([...goMod.requires.map(({ path }) => path), ...goMod.replaces.map(({ old }) => old.path)]);
	const unnamed = pinned.filter(({ path }) => used.has(path) && !named.has(path));
	return [...changes.filter(({ module }) => module === "go" || module === "toolchain" || used.has(module)), ...unnamed.map(({ path, version }) => ({
		module: path,
		from: null,
		to: version,
		line: null,
		reach: "transitive"
	}))];
}
// src/plugin/check.ts
/** The module that defines what a plugin is; the server looks both functions up by its types. */
const pluginApi = "github.com/gotify/plugin-api";
const serverPackage = /^github\.com\/gotify\/server(?:\/|$)/;
/**
* Checks what can be seen before anything is compiled.
*
* @throws Failure (input) where the package is not a main package
* @throws Failure (plugin) where it does not use plugin-api, or imports packages of the server itself: the server
*   compiles those from its own folder, so that they never match
*/
function checkListing(listing, project) {
	const main = listing.packages.get(listing.main);
	if (main?.name !== "main") throw notMain(project, main?.name ?? "");
	const chain = shortestChain(listing, (path) => isServerPackage(path, listing));
	if (chain !== null) throw importsServer(chain, listing, project);
	if (!listing.packages.has("github.com/gotify/plugin-api")) throw noPluginApi(project);
}
/** A plugin that lives in the server's own repository is that module: its packages are no import of it. */
function isServerPackage(path, { packages }) {
	return serverPackage.test(path) && packages.get(path)?.module?.main !== true;
}
/**
* The import paths from the main package to the nearest one that is wanted, both included; null where none is.
* Of several of one length the first in the order of the import lists.
*/
function shortestChain({ main, packages }, isWanted) {
	const importedBy = /* @__PURE__ */ new Map([[main, null]]);
	for (const path of importedBy.keys()) {
		if (isWanted(path)) return chainTo(path, importedBy);
		for (const next of packages.get(path)?.imports ?? []) if (!importedBy.has(next) && packages.get(next)?.standard === false) importedBy.set(next, path);
	}
	return null;
}
function chainTo(path, importedBy) {
	const chain = [];
	for (let at = path; at !== null; at = importedBy.get(at) ?? null) chain.unshift(at);
	return chain;
}
function notMain(project, name) {
	return new Failure("input", {
		code: "not-a-main-package",
		what: `the package ${project.packageArg} in ${project.displayDir} is package ${name}, not package main`,
		remedy: "Name the folder of the main package with the package input, for example ./cmd/plugin.",
		where: {
			kind: "input",
			input: "package"
		}
	});
}
function importsServer(chain, listing, project) {
	return new Failure("plugin", {
		code: "imports-server",
		what: `the plugin imports the server's own package ${chain.at(-1) ?? ""} (${chain.join(" -> ")}), which never equals the one inside a server: it will not load`,
		remedy: `Use ${pluginApi} instead: it has all that a plugin may share with the server. ${whatToRemove(chain, listing)}`,
		where: requireLine$1(chain, listing, project)
	});
}
function whatToRemove(chain, { packages }) {
	const [from] = chain.slice(-2);
	const owner = from === void 0 ? void 0 : packages.get(from)?.module;
	if (owner === void 0 || owner.main) return "Remove that import.";
	return `The import is in the dependency ${owner.path}: replace it, or use a version without that import.`;
}
/** The go.mod line that brings the first foreign module of the chain in. */
function requireLine$1(chain, { packages }, project) {
	const foreign = chain.map((path) => packages.get(path)?.module).find((module) => module?.main === false);
	const line = project.goMod.requires.find((require) => require.path === foreign?.path)?.line;
	return {
		kind: "file",
		file: project.displayGoMod,
		...line === void 0 ? {} : { line }
	};
}
function noPluginApi(project) {
	return new Failure("plugin", {
		code: "no-plugin-api",
		what: `neither the package ${project.packageArg} nor anything that it imports uses ${pluginApi}: it is not a gotify plugin`,
		remedy: `Import ${pluginApi} and export GetGotifyPluginInfo and NewGotifyPluginInstance; https://gotify.net/docs/plugin-write shows how. If the plugin is another package of the module, name it with the package input.`,
		where: {
			kind: "file",
			file: project.displayGoMod
		}
	});
}
// src/plugin/api-check.ts
/** Ends in no GOOS, GOARCH or `_test`, so that it is part of every build. */
const stem = "gotify_plugin_build_api_check";
/**
* The files that have the compiler check what the server looks up in a plugin (gotify/server plugin/compat/wrap.go):
* without this a missing function or a wrong signature shows only when the server starts.
*
* The check is in a function without a name: it is type-checked but never compiled, so that the plugin is the same,
* bit for bit but for the build IDs, with it and without it.
*
* @param request.packageDirPlace the main package's folder as the go command sees it
* @param request.pinPlace the pin's folder as the go command sees it
* @param request.taken names of the files in the package's folder
*/
function apiCheckFiles(request) {
	const fileName = "api_check.go";
	const seemingName = freeName(request.taken ?? []);
	const overlay = { Replace: { [`${request.packageDirPlace}/${seemingName}`]: `${request.pinPlace}/${fileName}` } };
	return {
		overlayJson: `${JSON.stringify(overlay, null, 2)}\n`,
		fileName,
		goFile,
		seemingName
	};
}
function freeName(taken) {
	let name = `${stem}.go`;
	for (let n = 2; taken.includes(name); n++) name = `${stem}${String(n)}.go`;
	return name;
}
const goFile = `// Written by gotify-plugin-build: what a gotify server looks up in a plugin.
package main

import gotifyPluginBuildApi "${pluginApi}"

func _() {
	var _ func() gotifyPluginBuildApi.Info = GetGotifyPluginInfo
	var _ func(gotifyPluginBuildApi.UserContext) gotifyPluginBuildApi.Plugin = NewGotifyPluginInstance
}
`;
// src/plugin/go-header.ts
/**
* Reads a Go file up to the end of its imports (The Go Programming Language Specification, "Source file
* organization"). Null where the text is no Go file: Go will say why.
*/
function readGoHeader(text) {
	const scanner = new Scanner(text);
	const constraints = [];
	const keyword = scanner.next((comment) => {
		if (/^\/\/(?:go:build\s|\s*\+build\s)/.test(comment)) constraints.push(comment.trimEnd());
	});
	const name = scanner.next();
	if (keyword?.text !== "package" || name?.kind !== "word") return null;
	const imports = readImports(scanner);
	return imports === null ? null : {
		constraints,
		package: name.text,
		imports
	};
}
function readImports(scanner) {
	const imports = [];
	for (let token = scanner.nextItem(); token?.text === "import" && token.kind === "word"; token = scanner.nextItem()) {
		const first = scanner.next();
		const specs = first?.text === "(" ? readGroup(scanner) : [readSpec(scanner, first)];
		for (const spec of specs) {
			if (spec === null) return null;
			imports.push(spec);
		}
	}
	return imports;
}
function readGroup(scanner) {
	const specs = [];
	for (let token = scanner.nextItem(); token?.text !== ")"; token = scanner.nextItem()) {
		const spec = readSpec(scanner, token);
		specs.push(spec);
		if (spec === null) break;
	}
	return specs;
}
/** `"path"`, `name "path"`, `. "path"` or `_ "path"`. */
function readSpec(scanner, first) {
	const isNamed = first?.kind === "word" || first?.text === ".";
	const token = isNamed ? scanner.next() : first;
	if (token?.kind !== "string") return null;
	return {
		name: isNamed ? first?.text ?? null : null,
		path: token.text.slice(1, -1)
	};
}
/** Just enough of Go's tokens for a header. Comments are skipped, semicolons are tokens, line ends are not. */
var Scanner = class {
	text;
	at;
	constructor(text) {
		this.text = text;
		this.at = text.startsWith("﻿") ? 1 : 0;
	}
	/** Null at the end of the text, or where a comment or string has no end. */
	next(onComment) {
		for (;;) {
			const space = this.match(/[\s]+/y);
			const comment = this.match(/\/\/[^\n]*|\/\*[^]*?\*\//y);
			if (comment !== null) onComment?.(comment);
			else if (space === null) return this.token();
		}
	}
	/** The next token that is no semicolon. */
	nextItem() {
		for (;;) {
			const token = this.next();
			if (token?.text !== ";") return token;
		}
	}
	token() {
		const word = this.match(/[\p{L}_][\p{L}\p{Nd}_]*/uy);
		if (word !== null) return {
			kind: "word",
			text: word
		};
		const string = this.match(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/y);
		if (string !== null) return {
			kind: "string",
			text: string
		};
		const other = this.match(/[^]/y);
		return other === null || other === "\"" || other === "`" ? null : {
			kind: "other",
			text: other
		};
	}
	/** What the sticky pattern matches here, which is then passed. */
	match(pattern) {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0] ?? null;
		this.at += found?.length ?? 0;
		return found;
	}
};
// src/plugin/source-place.ts
/** Tells where a file is, whose name go printed relative to the module's folder, or absolute. */
function placeOf(file, { places, project, replaced }) {
	const path = posix.resolve(places.module, file);
	if (path === `${places.pin}/api_check.go`) return {
		kind: "api-check",
		display: path
	};
	const cached = cachedModule(path);
	if (cached !== null) return cached;
	const inside = below(places.module, path);
	if (inside !== null) return {
		kind: "own",
		inside,
		display: posix.join(project.displayDir, inside)
	};
	for (const [index, dir] of replaced.entries()) {
		const rest = below(places.replaced(index), path);
		if (rest !== null) return {
			kind: "replaced",
			display: posix.join(project.displayDir, dir, rest)
		};
	}
	return {
		kind: "other",
		display: path
	};
}
/** `/go/pkg/mod/github.com/!burnt!sushi/toml@v1.0.0/x.go`: capital letters are written as `!` and the small one. */
function cachedModule(path) {
	const [, escaped, version, rest] = /\/mod\/([^@]+)@(v[^/]+)\/(.+)$/.exec(path) ?? [];
	if (escaped === void 0 || version === void 0 || rest === void 0) return null;
	const module = unescapePath$1(escaped);
	return {
		kind: "module",
		path: module,
		version: unescapePath$1(version),
		display: `${module}@${unescapePath$1(version)}/${rest}`
	};
}
function unescapePath$1(text) {
	return text.replace(/!([a-z])/g, (_, letter) => letter.toUpperCase());
}
function below(dir, path) {
	return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : null;
}
// src/plugin/blame.ts
/**
* The pinned module that a compile error is about, going by the package names in its message (`*gin.Context`,
* `undefined: gin.New`): first those that the file imports, then any package of the plugin. Null where there is none.
*
* @param by whose code it is that does not compile
*/
async function culpritOf(error, context, by) {
	const names = namesIn(error.message);
	const direct = await importedAs(error, context);
	const named = [...direct].filter(([name]) => names.has(name)).map(([, path]) => path);
	const quoted = [...error.message.matchAll(/"([^"\s]+)"/g)].map(([, path = ""]) => path);
	const others = [...context.listing?.packages.values() ?? []].filter(({ name, standard }) => !standard && names.has(name) && !direct.has(name));
	return firstCulprit([
		...quoted,
		...named,
		...others.map(({ importPath }) => importPath)
	], context, by);
}
/** The first pinned module that a dependency's package imports: whatever the message says. */
function importedCulprit(importPath, context) {
	return firstCulprit(context.listing?.packages.get(importPath)?.imports ?? [], context, "dependency");
}
/** The words before a dot: names of packages, among others. */
function namesIn(message) {
	return new Set([...message.matchAll(/([\p{L}_][\p{L}\p{Nd}_]*)\.(?=[\p{L}_])/gu)].map(([, name = ""]) => name));
}
/** Name in the source -> import path. A file that cannot be read is taken to use the packages' own names. */
async function importedAs(error, context) {
	const names = /* @__PURE__ */ new Map();
	const packages = context.listing?.packages;
	const nameOf = (path) => packages?.get(path)?.name ?? posix.basename(path);
	for (const path of packages?.get(error.package ?? "")?.imports ?? []) names.set(nameOf(path), path);
	for (const { name, path } of await importsOfFile(error, context)) names.set(name ?? nameOf(path), path);
	return names;
}
async function importsOfFile(error, context) {
	const place = placeOf(error.file, context);
	if (place.kind !== "own") return [];
	const path = posix.join(context.project.moduleDir, place.inside);
	return readGoHeader(await context.files.readText(path).catch(() => ""))?.imports ?? [];
}
function firstCulprit(paths, context, by) {
	for (const path of paths) {
		const module = context.listing?.packages.get(path)?.module?.path ?? moduleOfPath(path, context);
		const culprit = module === void 0 ? null : pinnedModule(module, context, by);
		if (culprit !== null) return culprit;
	}
	return null;
}
/** For a package that was not listed: the longest pinned module path that it lies below. */
function moduleOfPath(path, { server }) {
	return server.pinList.modules.map((module) => module.path).filter((module) => path === module || path.startsWith(`${module}/`)).sort((a, b) => b.length - a.length)[0];
}
/** Null for a module that is not pinned, and for one whose version is just what the plugin's go.mod asks for. */
function pinnedModule(module, context, by) {
	const pinned = context.server.pinList.modules.find(({ path }) => path === module);
	if (pinned === void 0 || !isCompiled(pinned, context)) return null;
	const from = context.goMod.requires.find(({ path }) => path === module)?.version ?? null;
	if (by === "plugin" && from === pinned.version) return null;
	return {
		module,
		from,
		to: pinned.version
	};
}
/** With `dependencies: keep` or `cap` a module can have another version than the server's: then no pin is at fault. */
function isCompiled({ path, version }, { listing }) {
	const listed = [...listing?.packages.values() ?? []].find(({ module }) => module?.path === path);
	return listed === void 0 || listed.module?.version === version;
}
// src/plugin/newest-fitting.ts
/** So many versions are asked for at once: one process, and a few small files. */
const batch = 8;
const mostBatches = 6;
/**
* The newest release of a module whose `go` line an older Go accepts; with `atMost`, that also asks for no newer
* version of another module than a server has. Goes back in time from the newest, and looks at the nearest few dozen.
*
* @returns null where there is none, or it cannot be found out
*/
async function newestFitting(request, go) {
	const versions = await olderVersions(request, go);
	for (let n = 0; n < mostBatches && n * batch < versions.length; n++) {
		const group = versions.slice(n * batch, (n + 1) * batch);
		for (const candidate of await candidates(group, request, go)) if (await fits(candidate, request, go)) return candidate.Version;
	}
	return null;
}
/** The version of another module that a module's go.mod asks for; null where it names none, or cannot be read. */
async function requiredVersion(request, go) {
	const [found] = await describeVersions([request.version], request, go);
	if (found?.GoMod === void 0) return null;
	return (await readGoMod(found.GoMod, go))?.Require?.find(({ Path }) => Path === request.of)?.Version ?? null;
}
/** Newest first. */
async function olderVersions(request, go) {
	const { module, below } = request;
	const printed = await ask([
		"list",
		...outside(request),
		"-m",
		"-versions",
		"-json",
		module
	], go);
	const found = safeParse(object({ Versions: optional(array(string()), []) }), printed?.[0]);
	if (!found.success) return [];
	return found.output.Versions.filter((version) => below === void 0 || compareModuleVersions(version, below) < 0).sort((a, b) => compareModuleVersions(b, a));
}
const versionSchema = object({
	Version: string(),
	GoVersion: optional(string()),
	GoMod: optional(string())
});
async function candidates(versions, request, go) {
	return (await describeVersions(versions, request, go)).filter(({ GoVersion }) => GoVersion === void 0 || accepts(request.goVersion, GoVersion)).sort((a, b) => compareModuleVersions(b.Version, a.Version));
}
async function describeVersions(versions, request, go) {
	const queries = versions.map((version) => `${request.module}@${version}`);
	const printed = await ask([
		"list",
		...outside(request),
		"-m",
		"-e",
		"-json",
		...queries
	], go);
	const found = safeParse(array(versionSchema), printed ?? []);
	return found.success ? found.output : [];
}
/** Go leaves the version out of what it describes where it is too new for itself, so go.mod has the last word. */
async function fits(candidate, request, go) {
	const { atMost, goVersion } = request;
	if (candidate.GoVersion !== void 0 && atMost === void 0) return true;
	const file = candidate.GoMod === void 0 ? null : await readGoMod(candidate.GoMod, go);
	if (file === null || file.Go !== void 0 && !accepts(goVersion, file.Go)) return false;
	if (atMost === void 0) return true;
	const asked = file.Require?.find(({ Path }) => Path === atMost.module)?.Version;
	return asked === void 0 || compareModuleVersions(asked, atMost.version) <= 0;
}
/** Before Go 1.21 only the two first parts of a `go` line count: `1.19.3` is language 1.19. */
function accepts(goVersion, goLine) {
	if (knowsThreeParts(goVersion)) return compareGoVersions(goLine, goVersion) <= 0;
	return compareGoVersions(goLine.split(".").slice(0, 2).join("."), goVersion) <= 0;
}
const goModSchema = object({
	Go: optional(string()),
	Require: nullish(array(object({
		Path: string(),
		Version: string()
	})))
});
async function readGoMod(path, go) {
	const printed = await ask([
		"mod",
		"edit",
		"-json",
		path
	], go);
	const found = safeParse(goModSchema, printed?.[0]);
	return found.success ? found.output : null;
}
/** Outside of the plugin's module, which may be the very one that go cannot load. `-C` exists since Go 1.20. */
function outside({ goVersion, modFile }) {
	return compareGoVersions(goVersion, "1.20") >= 0 ? ["-C", "/"] : ["-mod=mod", `-modfile=${modFile}`];
}
/** The JSON objects that go printed; null where it failed, or printed something else. */
async function ask(args, go) {
	const outcome = await go(args);
	if (outcome.kind !== "ok") return null;
	try {
		const parsed = JSON.parse(`[${outcome.stdout.trimEnd().replace(/^\}\r?\n(?=\{)/gm, "},\n")}]`);
		return Array.isArray(parsed) ? parsed : null;
	} catch {
		return null;
	}
}
// src/plugin/diagnosis.ts
/** `gotify v2.6.3`. */
function serverName({ server }) {
	return `gotify ${server.version}`;
}
/** `plugin.go:3:5: undefined: x`, with the file as the user knows it, on one line. */
function errorText(error, context) {
	return oneLine(`${[
		placeOf(error.file, context).display,
		error.line,
		error.column
	].filter((part) => part !== null).join(":")}: ${error.message}`);
}
/** Foreign text within a sentence: without control characters, which terminals and runners could obey. */
function oneLine(text) {
	return text.replace(/\p{Cc}+/gu, " ").trim().slice(0, 500);
}
/** The position of an error in a file of the user's own; go.mod for a file that is none. */
function errorWhere(error, context) {
	const place = placeOf(error.file, context);
	if (place.kind !== "own" && place.kind !== "replaced") return {
		kind: "file",
		file: context.project.displayGoMod
	};
	const column = error.column === null ? {} : { column: error.column };
	return {
		kind: "file",
		file: place.display,
		line: error.line,
		...column
	};
}
/** The `require` line of a module in the plugin's go.mod; the file alone where it has none. */
function requireWhere(module, { goMod, project }) {
	const line = goMod.requires.find(({ path }) => path === module)?.line;
	return {
		kind: "file",
		file: project.displayGoMod,
		...line === void 0 ? {} : { line }
	};
}
/** A dependency that needs a newer Go than the server's; names the newest version of it that would fit. */
async function needsNewerGo(found, context, go) {
	const { module, version, goLine, shown } = found;
	const { goVersion } = context.server;
	const need = goLine === null ? "needs a newer Go" : `needs Go ${goLine} (its \`go\` line)`;
	const modFile = `${context.places.pin}/go.mod`;
	const fitting = go === void 0 ? null : await newestFitting({
		module,
		goVersion,
		modFile,
		below: version
	}, go);
	return new Failure("plugin", {
		code: "dependency-needs-newer-go",
		what: `the dependency ${module} ${version} ${need}, and ${serverName(context)} is built with Go ${goVersion}${shown === void 0 ? "" : `: ${shown}`}`,
		remedy: newerGoRemedy(found, fitting, context),
		where: requireWhere(module, context)
	});
}
function newerGoRemedy({ module }, fitting, context) {
	const isDirect = context.goMod.requires.some(({ path, indirect }) => path === module && !indirect);
	const line = `whose \`go\` line is at most ${context.server.goVersion}`;
	const other = "Or build for a gotify server with a newer Go.";
	if (isDirect) return fitting === null ? `Require a version of it ${line}. ${other}` : `Require ${module} ${fitting}: it is the newest version that fits. ${other}`;
	return `${fitting === null ? `Find a version of it ${line}` : `The newest version of it that fits is ${fitting}`}; require versions of the modules that bring it in which ask for no newer one. ${other}`;
}
/** The plugin's own code, or its go.mod, needs a newer Go than the server's. */
function pluginNeedsNewerGo(what, where, context) {
	const { goVersion } = context.server;
	return new Failure("plugin", {
		code: "plugin-needs-newer-go",
		what,
		remedy: `Write the plugin for Go ${goVersion}, the only one that can build for ${serverName(context)}. Or build for a gotify server with a newer Go.`,
		where
	});
}
// src/plugin/diagnose-api.ts
/** What a server looks up in a plugin, as in gotify/server plugin/compat/wrap.go. */
const expected = {
	GetGotifyPluginInfo: "func GetGotifyPluginInfo() plugin.Info",
	NewGotifyPluginInstance: "func NewGotifyPluginInstance(ctx plugin.UserContext) plugin.Plugin"
};
const functions = ["GetGotifyPluginInfo", "NewGotifyPluginInstance"];
/** What the errors in api-check.go mean: a function that is not there, or is not what the server expects. */
async function apiFailure(errors, context) {
	const missing = functions.filter((name) => errors.some(({ message }) => message === `undefined: ${name}`));
	if (missing.length > 0) return missingFunctions(missing, context);
	return wrongSignature(functions.filter((name) => errors.some(({ message }) => message.includes(name))), errors, context);
}
function missingFunctions(missing, context) {
	const { packageArg } = context.project;
	return new Failure("plugin", {
		code: "missing-functions",
		what: `the package ${packageArg} has no function ${missing.join(" and no ")}, so that no server can load it as a plugin`,
		remedy: `Add ${asExpected(missing)} to it, with plugin being ${pluginApi}. If the plugin is another package, name it with the package input.`,
		where: {
			kind: "input",
			input: "package"
		}
	});
}
async function wrongSignature(wrong, errors, context) {
	const [first] = wrong;
	const found = errors.map(({ message }) => typeIn(message)).join("; ");
	return new Failure("plugin", {
		code: "wrong-signature",
		what: `the server would refuse ${wrong.join(" and ") || "the plugin"}: ${oneLine(found)}`,
		remedy: `Declare ${asExpected(wrong.length > 0 ? wrong : functions)}, with plugin being ${pluginApi}.`,
		where: first === void 0 ? {
			kind: "file",
			file: context.project.displayGoMod
		} : await declaration(first, context)
	});
}
function asExpected(names) {
	return names.map((name) => `\`${expected[name]}\``).join(" and ");
}
/** `cannot use F (value of type func() int) as ... in variable declaration` -> `F is func() int`. */
function typeIn(message) {
	const [, name, type] = /^cannot use (\w+) \((?:value|variable) of type (.+)\) as /.exec(message) ?? [];
	return name === void 0 || type === void 0 ? message : `${name} is ${type}`;
}
/** Where the package declares a function; go.mod where that cannot be found. */
async function declaration(name, context) {
	const { project, files } = context;
	const names = await files.list(project.packageDir).catch(() => []);
	for (const file of names.filter((candidate) => candidate.endsWith(".go"))) {
		const line = (await files.readText(posix.join(project.packageDir, file)).catch(() => "")).split("\n").findIndex((code) => new RegExp(`^(?:func|var)\\s+${name}\\b`).test(code)) + 1;
		const display = posix.join(project.displayDir, project.packageArg, file);
		if (line > 0) return {
			kind: "file",
			file: display,
			line
		};
	}
	return {
		kind: "file",
		file: project.displayGoMod
	};
}
// src/plugin/go-output.ts
/** A file name may hold anything, even colons; it ends where an extension of Go's and C's is followed by a number. */
const positioned = /^(.+?\.(?:go|mod|sum|work|c|cc|cpp|cxx|h|hh|hpp|hxx|m|s|S|sx|swig))?:(\d+)(?::(\d+))?: (.+)$/;
/** Reads what `go list` or `go build` printed to stderr (Go 1.19 to 1.26). */
function parseGoOutput(stderr) {
	const errors = [];
	const rest = [];
	let pkg = null;
	for (const line of stderr.split(/\r?\n/)) {
		if (line === "" || /^go: (?:downloading|finding|found|extracting) /.test(line)) continue;
		const header = /^# (\S+)(?: \[.*\])?$/.exec(line)?.[1];
		if (header !== void 0) {
			pkg = header;
			continue;
		}
		const error = errorOf(line, pkg);
		if (error !== null) errors.push(error);
		else if (line.startsWith("	") && errors.length > 0) extendLast(errors, line.trim());
		else rest.push(line);
	}
	return {
		errors,
		rest
	};
}
function errorOf(line, pkg) {
	const [, file, lineText, columnText, message] = positioned.exec(line.replace(/^\t/, "")) ?? [];
	if (file === void 0 || lineText === void 0 || message === void 0) return null;
	const column = columnText === void 0 ? null : Number(columnText);
	return {
		package: pkg,
		file,
		line: Number(lineText),
		column,
		message
	};
}
/** `have (int)` and `want ()` belong to the error above them. */
function extendLast(errors, more) {
	const last = errors.pop();
	if (last !== void 0) errors.push({
		...last,
		message: `${last.message}, ${more}`
	});
}
// src/plugin/diagnose-download.ts
/** Why a module could not be had, or null where stderr is about something else. */
function downloadFailure(stderr, context) {
	return checksumMismatch(stderr, context) ?? unavailable$2(stderr, context);
}
/**
* A module's content is not what go.sum or the checksum database says. If the plugin's own go.sum has that sum, the
* author can look into it; else it is the proxy, or an attacker.
*/
function checksumMismatch(stderr, context) {
	const [, module, version] = /verifying (\S+?)@(\S+?): checksum mismatch/.exec(stderr) ?? [];
	if (module === void 0 || version === void 0) return null;
	const [, source = "go.sum", sum = ""] = /^\s+([^\s:]+):\s+(h1:\S+)\s*$/m.exec(stderr.replace(/^\s+downloaded:.*$/m, "")) ?? [];
	const line = source === "go.sum" ? ownSumLine(sum, context) : null;
	const place = {
		kind: "file",
		file: goSum(context),
		...line === null ? {} : { line }
	};
	return new Failure(line === null ? "surroundings" : "input", {
		code: "checksum-mismatch",
		what: `the content of ${module} ${version} that was downloaded is not the one that ${line === null ? source : "the plugin's go.sum"} vouches for (${sum})`,
		remedy: line === null ? "Something between here and the module's origin changed it: do not use it. Look at GOPROXY, or try again from another network." : "Find out which is right before you build: if that version was published anew, remove its lines from go.sum and run `go mod tidy`; if not, do not use what was downloaded.",
		where: line === null ? requireWhere(module, context) : place
	});
}
function goSum({ project }) {
	return project.displayGoMod.replace(/go\.mod$/, "go.sum");
}
/** 1-based; null where the plugin's go.sum does not have this sum. */
function ownSumLine(sum, { project }) {
	const index = (project.goSumText?.split("\n") ?? []).findIndex((line) => sum !== "" && line.trimEnd().endsWith(sum));
	return index === -1 ? null : index + 1;
}
/** The first that matches counts: what a server answered says more than that git failed after it. */
const troubles = [
	{
		code: "no-git",
		kind: "surroundings",
		pattern: /exec: "(?:git|hg|svn|fossil|bzr)": executable file not found/,
		what: "cannot be had from its origin, as its version control program is not installed",
		remedy: "Use a module proxy (GOPROXY), install the program, or use builder: docker, whose images have git."
	},
	{
		code: "module-auth",
		kind: "surroundings",
		pattern: /\b40[137] |terminal prompts disabled|could not read (?:Username|Password)|Permission denied|Authentication failed|Host key verification failed|Repository not found|The requested URL returned error: 40[13]/,
		what: "is refused: it does not exist there, or needs a login",
		remedy: "Check the import path. For a private module set GOPRIVATE, and give the login in a .netrc file (or a GOPROXY that has one)."
	},
	{
		code: "module-not-found",
		kind: "plugin",
		pattern: /\b(?:404|410) |: not found|unknown revision|invalid version|no matching versions|repository .* not found/,
		what: "does not exist",
		remedy: "Check the import path and the version in go.mod. For a private module set GOPRIVATE, and give the login in a .netrc file."
	},
	{
		code: "modules-not-downloaded",
		kind: "surroundings",
		pattern: /module lookup disabled by GOPROXY=off/,
		what: "is not in the module cache, and there is no network in this step (GOPROXY=off)",
		remedy: "Run it with a GOPROXY that can be reached."
	},
	{
		code: "module-download",
		kind: "surroundings",
		pattern: /dial tcp|no such host|connection re(?:fused|set)|i\/o timeout|TLS handshake|context deadline|proxyconnect|x509:|unexpected EOF|: EOF|\b(?:429|5\d\d) |Could not resolve host|Failed to connect|stream error|: [45]\d\d /,
		what: "cannot be downloaded",
		remedy: "Look at the network, at GOPROXY and at HTTPS_PROXY, and run it again."
	}
];
function unavailable$2(stderr, context) {
	const lines = stderr.split(/\r?\n/).filter((line) => !/^go: (?:downloading|finding|found) /.test(line));
	const text = lines.join("\n");
	if (!isDownload(text)) return null;
	const trouble = troubles.find(({ pattern }) => pattern.test(text));
	if (trouble === void 0) return null;
	const index = lines.findIndex((line) => trouble.pattern.test(line));
	const reason = oneLine(lines.slice(index, index + 2).join(" ").replace(/^go: /, ""));
	const module = moduleIn(text);
	return new Failure(trouble.kind, {
		code: trouble.code,
		what: `${module === null ? "a module" : `the module ${module}`} ${trouble.what}: ${reason}`,
		remedy: trouble.remedy,
		where: wanted(module, stderr, context)
	});
}
/** The go.mod line that asks for a module, else the plugin's own line that imports a package of it. */
function wanted(moduleAndVersion, stderr, context) {
	const module = moduleAndVersion?.replace(/@.*$/, "") ?? "";
	if (context.goMod.requires.some(({ path }) => path === module)) return requireWhere(module, context);
	const importing = parseGoOutput(stderr).errors.find((error) => error.message.includes(module) && placeOf(error.file, context).kind === "own");
	return importing === void 0 ? requireWhere(module, context) : errorWhere(importing, context);
}
/** Words of the go command when it fetches; the source's own errors have none of them. */
function isDownload(text) {
	return /reading (?:https?|file):|git ls-remote|git fetch|dial tcp|GOPROXY|fetch(?:ing)? |unrecognized import path|unknown revision|invalid version|no matching versions|executable file not found|verifying |Get "/.test(text);
}
/** `M@v1.2.0` or `M`, from `M@v1.2.0: reading ...` or `module M: reading ...`. */
function moduleIn(text) {
	return /(?:^|\s)([^\s:@/]+\.[^\s:@]+@v[^\s:]+): /m.exec(text)?.[1] ?? /module ([^\s:]+): /.exec(text)?.[1] ?? /unrecognized import path "([^"]+)"/.exec(text)?.[1] ?? null;
}
// src/plugin/std-since.ts
/** Packages of the standard library, and the Go that brought them (the api/go1.N.txt files of Go's sources). */
const since = {
	"crypto/ecdh": "1.20",
	"runtime/coverage": "1.20",
	cmp: "1.21",
	"log/slog": "1.21",
	maps: "1.21",
	slices: "1.21",
	"testing/slogtest": "1.21",
	"go/version": "1.22",
	"math/rand/v2": "1.22",
	iter: "1.23",
	structs: "1.23",
	unique: "1.23",
	"crypto/fips140": "1.24",
	"crypto/hkdf": "1.24",
	"crypto/mlkem": "1.24",
	"crypto/pbkdf2": "1.24",
	"crypto/sha3": "1.24",
	weak: "1.24",
	"testing/synctest": "1.25",
	"crypto/hpke": "1.26",
	"crypto/mlkem/mlkemtest": "1.26",
	"testing/cryptotest": "1.26"
};
/** The Go that brought this standard package, where a server's Go is too old for it; null otherwise. */
function neededGo(importPath, goVersion) {
	const first = since[importPath];
	return first !== void 0 && compareGoVersions(first, goVersion) > 0 ? first : null;
}
// src/plugin/diagnose-list.ts
/**
* Why `go list` failed (or `go build`, before it compiled anything), from what it printed to stderr.
*
* @param go to find a version that would fit; without it none is named
*/
async function diagnoseList(stderr, context, go) {
	const output = parseGoOutput(stderr);
	return await tooNew(stderr, context, go) ?? await missingStandard(output, context, go) ?? lacksPackage(output, context) ?? noGoFiles(stderr, context) ?? malformedGoMod(output, context) ?? missingOwnPackage(output, context) ?? downloadFailure(stderr, context) ?? sourceFailure(output, context);
}
/** Go 1.21 and later read every `go` line of the module graph first, and refuse one that is newer than themselves. */
async function tooNew(stderr, context, go) {
	const [, module, version, needed] = /(\S+)@(\S+) requires go >= ([^\s(]+)/.exec(stderr) ?? [];
	if (module !== void 0 && version !== void 0 && needed !== void 0) return needsNewerGo({
		module,
		version,
		goLine: needed
	}, context, go);
	const [, place, goLine] = /^go: (?:module )?(\S+) requires go >= ([^\s(]+)/m.exec(stderr) ?? [];
	if (place === void 0 || goLine === void 0) return null;
	const { goMod, project, server } = context;
	const isOwn = place === "." || place.endsWith("go.mod");
	const line = goMod.go === null ? {} : { line: goMod.go.line };
	return pluginNeedsNewerGo(`${isOwn ? "the plugin" : `the module in ${oneLine(place)}`} asks for Go ${goLine}, and ${serverName(context)} is built with Go ${server.goVersion}`, {
		kind: "file",
		file: project.displayGoMod,
		...isOwn ? line : {}
	}, context);
}
/** `package slices is not in GOROOT (/...)`, from Go 1.21 on `is not in std`: a newer Go may have it. */
async function missingStandard({ errors }, context, go) {
	for (const error of errors) {
		const path = /^package (\S+) is not in (?:std|GOROOT)/.exec(error.message)?.[1];
		const needed = path === void 0 ? null : neededGo(path, context.server.goVersion);
		if (path === void 0 || needed === null) continue;
		const place = placeOf(error.file, context);
		const why = `the package ${path} exists since Go ${needed}`;
		if (place.kind === "module") return needsNewerGo({
			module: place.path,
			version: place.version,
			goLine: null,
			shown: `${place.display}: ${why}`
		}, context, go);
		return pluginNeedsNewerGo(`${place.display}: ${why}, and ${serverName(context)} is built with Go ${context.server.goVersion}`, errorWhere(error, context), context);
	}
	return null;
}
/** `module M@latest found (v1.2.0, replaced by M@v1.1.0), but does not contain package P`: the pin is why. */
function lacksPackage({ errors }, context) {
	for (const error of errors) {
		const missing = /, but does not contain package (\S+)$/.exec(error.message)?.[1];
		const module = missing === void 0 ? void 0 : moduleOfPath(missing, context);
		const change = context.changes.find((item) => item.module === module);
		if (missing === void 0 || module === void 0 || change?.to == null) continue;
		const place = placeOf(error.file, context);
		const asked = change.from === null ? "" : `; the plugin asks for ${change.from}`;
		const dependency = place.kind === "module" ? place : null;
		return new Failure("plugin", {
			code: dependency === null ? "pinned-module-conflict" : "dependency-conflict",
			what: `${place.display}:${String(error.line)} imports ${missing}, which ${module} ${change.to}, the version of ${serverName(context)}, does not have${asked}`,
			remedy: dependency === null ? `Write this without that package. Or build for a gotify server with another ${module}.` : `Require an older version of ${dependency.path}, one whose go.mod asks for ${module} ${change.to} at most. Or build for a gotify server with another ${module}.`,
			where: dependency === null ? errorWhere(error, context) : requireWhere(dependency.path, context)
		});
	}
	return null;
}
/**
* Only the plugin's own package: a dependency without files for this target is an error of the source.
*/
function noGoFiles(stderr, { project }) {
	const isExcluded = /^package \S+: build constraints exclude all Go files in /m.test(stderr);
	if (!isExcluded && !/^(?:package \S+: )?no (?:non-test )?Go files in /m.test(stderr)) return null;
	return new Failure("input", {
		code: "no-go-files",
		what: isExcluded ? `all Go files of the package ${project.packageArg} in ${project.displayDir} are left out for this target, by their build constraints or names` : `there are no Go files in the package ${project.packageArg} of ${project.displayDir}`,
		remedy: "Name the folder of the plugin's main package with the package input, for example ./cmd/plugin.",
		where: {
			kind: "input",
			input: "package"
		}
	});
}
/** A package of the plugin's own module that is not there: Go then looks for a module of that name. */
function missingOwnPackage({ errors }, context) {
	const { modulePath, displayDir } = context.project;
	for (const error of errors) {
		const [, path = ""] = /^(?:module |no required module provides package |package )(\S+?)(?:[:;]| is not in )/.exec(error.message) ?? [];
		if (!path.startsWith(`${modulePath}/`)) continue;
		return new Failure("plugin", {
			code: "missing-package",
			what: `${placeOf(error.file, context).display} imports ${path}, and there is no such package in the module`,
			remedy: `Correct the import, or add the folder ${posix.join(displayDir, path.slice(modulePath.length + 1))}.`,
			where: errorWhere(error, context)
		});
	}
	return null;
}
/** Of a local replacement: the plugin's own go.mod was read before. */
function malformedGoMod({ errors }, context) {
	const error = errors.find(({ file }) => /(?:^|\/)go\.(?:mod|sum)$/.test(file));
	if (error === void 0 || placeOf(error.file, context).kind === "module") return null;
	return new Failure("input", {
		code: "malformed-go-mod",
		what: `Go ${context.server.goVersion} cannot read ${errorText(error, context)}`,
		remedy: "Correct that line.",
		where: errorWhere(error, context)
	});
}
/** What is left is about the source: a missing package, an import cycle, a file that is not Go. */
function sourceFailure({ errors, rest }, context) {
	const [first] = errors;
	const packages = errors.length === 0 ? rest : [];
	const texts = errors.map((error) => errorText(error, context)).concat(packages.map(cleanLine));
	const where = first === void 0 ? requireWhere("", context) : errorWhere(first, context);
	return new Failure("plugin", {
		code: "compile-error",
		what: `go cannot put the plugin together: ${texts.slice(0, 5).join("; ") || "it does not say why"}`,
		remedy: "Correct this in the source or in go.mod; the log has all that go said.",
		where
	});
}
function cleanLine(line) {
	return oneLine(line.replace(/^go: /, ""));
}
// src/plugin/diagnose-compile.ts
/** So many errors are named; the log has all. */
const shown = 3;
/**
* Why `go build` failed, from what it printed to stderr.
*
* @param go to find a version that would fit; without it none is named
*/
async function diagnoseCompile(stderr, context, go) {
	const noCompiler = missingCompiler(stderr);
	if (noCompiler !== null) return noCompiler;
	const output = parseGoOutput(stderr);
	const errors = output.errors.filter((error) => placeOf(error.file, context).kind !== "api-check");
	const [first] = errors;
	if (first === void 0) {
		if (output.errors.length > 0) return apiFailure(output.errors, context);
		return linkFailure(output, context) ?? diagnoseList(stderr, context, go);
	}
	if (first.package === null) return diagnoseList(stderr, context, go);
	const ofPackage = errors.filter((error) => error.package === first.package);
	const dependency = dependencyOf(first, context);
	if (dependency === null) return ownFailure(ofPackage, output, context);
	return dependencyFailure({
		dependency,
		errors: ofPackage,
		output
	}, context, go);
}
/** The module with a version whose package does not compile; null for the plugin's own and local replacements. */
function dependencyOf(error, context) {
	const module = context.listing?.packages.get(error.package ?? "")?.module;
	if (module !== void 0) {
		const { path, version, goVersion } = module;
		return version === null ? null : {
			path,
			version,
			goVersion
		};
	}
	const place = placeOf(error.file, context);
	return place.kind === "module" ? {
		path: place.path,
		version: place.version,
		goVersion: null
	} : null;
}
async function ownFailure(errors, output, context) {
	for (const error of errors) {
		const culprit = await culpritOf(error, context, "plugin");
		if (culprit !== null) return pinnedConflict(error, culprit, context);
	}
	const [first] = errors;
	const goLine = context.goMod.go?.version;
	if (first !== void 0 && goLine !== void 0 && compareGoVersions(goLine, context.server.goVersion) > 0) return pluginNeedsNewerGo(`it does not compile with Go ${context.server.goVersion} of ${serverName(context)} (go.mod asks for Go ${goLine}): ${listed(errors, context)}`, errorWhere(first, context), context);
	return isC(output, errors) ? cFailure(errors, context) : compileError(errors, context);
}
function pinnedConflict(error, { module, from, to }, context) {
	const asked = from === null ? "the plugin's go.mod does not name it" : `the plugin asks for ${from}`;
	const other = from === null || compareModuleVersions(from, to) < 0 ? "an older" : "a newer";
	return new Failure("plugin", {
		code: "pinned-module-conflict",
		what: `${errorText(error, context)}; it is compiled with ${module} ${to}, the version of ${serverName(context)} (${asked})`,
		remedy: `Write this so that it compiles with ${module} ${to}: what a plugin shares with the server must be the server's version. Or build for a gotify server with ${other} ${module}.`,
		where: errorWhere(error, context)
	});
}
function compileError(errors, context) {
	return new Failure("plugin", {
		code: "compile-error",
		what: `the plugin does not compile: ${listed(errors, context)}`,
		remedy: "Correct this in the source; the log has all that the compiler said.",
		where: firstWhere(errors, context)
	});
}
/** gcc and clang call an error an error; Go's compiler does not. */
function isC(output, errors) {
	return errors.some(({ message }) => /^(?:fatal )?error: /.test(message)) && output.errors.length > 0;
}
function cFailure(errors, context) {
	const real = errors.filter(({ message }) => /^(?:fatal )?error: /.test(message));
	const missing = real.some(({ message }) => message.includes("No such file or directory"));
	return new Failure("plugin", {
		code: "c-compile-error",
		what: `the plugin's C code does not compile: ${listed(real, context)}`,
		remedy: missing ? "Install the C library with its headers for the target where the plugin is built, or use an image that has it." : "Correct this in the C code; the log has all that the compiler said.",
		where: firstWhere(real, context)
	});
}
async function dependencyFailure(broken, context, go) {
	const { dependency, errors } = broken;
	const { path: module, version } = dependency;
	const goLine = neededGoLine(broken, context);
	if (goLine !== null) return needsNewerGo({
		module,
		version,
		goLine,
		shown: listed(errors, context)
	}, context, go);
	const culprit = await dependencyCulprit(errors, context);
	if (culprit !== null) return dependencyConflict(broken, culprit, {
		context,
		go
	});
	return new Failure("plugin", {
		code: "dependency-compile-error",
		what: `the dependency ${module} ${version} does not compile: ${listed(errors, context)}`,
		remedy: "Require another version of it; the log has all that the compiler said.",
		where: requireWhere(module, context)
	});
}
async function dependencyCulprit(errors, context) {
	for (const error of errors) {
		const culprit = await culpritOf(error, context, "dependency");
		if (culprit !== null) return culprit;
	}
	return importedCulprit(errors[0]?.package ?? "", context);
}
/** Go says `note: module requires Go 1.N` after such an error; go.mod may say it too. */
function neededGoLine({ dependency, output }, { server }) {
	const goLine = output.rest.map((line) => /^note: module requires Go (\S+)/.exec(line)?.[1]).find((line) => line) ?? dependency.goVersion;
	return goLine !== null && compareGoVersions(goLine, server.goVersion) > 0 ? goLine : null;
}
async function dependencyConflict({ dependency, errors }, culprit, { context, go }) {
	const { path, version } = dependency;
	const question = {
		module: path,
		goVersion: context.server.goVersion,
		modFile: `${context.places.pin}/go.mod`
	};
	const asked = go === void 0 ? null : await requiredVersion({
		...question,
		version,
		of: culprit.module
	}, go);
	const older = asked === null || compareModuleVersions(asked, culprit.to) > 0;
	const atMost = {
		module: culprit.module,
		version: culprit.to
	};
	const fitting = go === void 0 || !older ? null : await newestFitting({
		...question,
		below: version,
		atMost
	}, go);
	return new Failure("plugin", {
		code: "dependency-conflict",
		what: `the dependency ${path} ${version} does not compile with ${culprit.module} ${culprit.to}, the version of ${serverName(context)}${asked === null ? "" : ` (it asks for ${asked})`}: ${listed(errors, context)}`,
		remedy: conflictRemedy({
			path,
			culprit,
			older,
			fitting
		}),
		where: requireWhere(path, context)
	});
}
function conflictRemedy(found) {
	const { path, culprit, older, fitting } = found;
	const { module, to } = culprit;
	const server = `Or build for a gotify server with ${older ? "a newer" : "an older"} ${module}.`;
	if (!older) return `Require a newer version of ${path}, one that was written for ${module} ${to} or newer. ${server}`;
	if (fitting === null) return `Require an older version of ${path}, one whose go.mod asks for ${module} ${to} at most. ${server}`;
	return `Require ${path} ${fitting}: it is the newest older version that asks for ${module} ${to} at most. ${server}`;
}
function missingCompiler(stderr) {
	const compiler = /C compiler "([^"]+)" not found/.exec(stderr)?.[1];
	if (compiler === void 0) return null;
	return new Failure("surroundings", {
		code: "missing-compiler",
		what: `there is no C compiler ${oneLine(compiler)} on this machine`,
		remedy: "Install it, or use builder: docker, whose images have it."
	});
}
function linkFailure({ rest }, context) {
	const lines = rest.filter((line) => /\bld(?:\.\w+)?: |undefined reference|running \S+ failed/.test(line));
	if (lines.length === 0) return null;
	const reasons = lines.filter((line) => !/running \S+ failed/.test(line));
	return new Failure("plugin", {
		code: "link-error",
		what: `the plugin compiles, but cannot be linked: ${oneLine((reasons.length > 0 ? reasons : lines).slice(0, shown).join("; "))}`,
		remedy: "A C library that the plugin uses may be missing for this target: install it, or use an image that has it.",
		where: {
			kind: "file",
			file: context.project.displayGoMod
		}
	});
}
function listed(errors, context) {
	const texts = errors.slice(0, shown).map((error) => errorText(error, context));
	const more = errors.length - texts.length;
	return more > 0 ? `${texts.join("; ")}; and ${String(more)} more` : texts.join("; ");
}
function firstWhere([first], context) {
	return first === void 0 ? {
		kind: "file",
		file: context.project.displayGoMod
	} : errorWhere(first, context);
}
// src/plugin/diagnose.ts
/**
* Whether a compile step without a network failed because a module was not in the cache: the download step has to be
* done again. It says nothing of the plugin.
*/
function lacksModules(stderr) {
	return /module lookup disabled by GOPROXY=off|missing go\.sum entry|updates to go\.mod needed|cannot find module providing package|: open \S*\/cache\/download\/\S+: no such file/.test(stderr);
}
// src/pipeline/compile-args.ts
/** What the compile step's file is called before it gets its real name. */
const compiledFile = "plugin.so";
/** The arguments after `go` of a plugin's compile step. */
function compileArgs(workspace, { builder, options, project }) {
	return goBuildArgs({
		places: builder.places(workspace),
		package: project.packageArg,
		outFile: compiledFile,
		flags: options.flags,
		overlay: true
	});
}
// src/pipeline/place.ts
/** What a target's file is called: gotify's plugin template has this suffix too. */
function pluginFileName(request) {
	return `${request.name}-${request.target.name}-for-gotify-${request.version}.so`;
}
/**
* Moves a finished file to the output folder. One that was not found to load goes to `rejected/` there, with its
* verdict beside it.
*/
async function placeFile(request, context) {
	const { files } = context.ports;
	const { path, verdict } = request;
	const name = fileNameOf(request.target, context);
	const content = await files.readBytes(path);
	const good = verdict === null || verdict.kind === "loads";
	const folder = good ? context.options.output : join(context.options.output, rejectedFolder);
	const file = join(folder, name);
	await files.makeDir(folder);
	await files.write(file, content);
	if (!good) await files.write(`${file}.verdict.json`, `${JSON.stringify(verdict, null, 2)}\n`);
	return {
		file,
		size: content.length,
		sha256: createHash("sha256").update(content).digest("hex")
	};
}
/** Removes what earlier runs left under a target's name, so that a failed build never shows an older file. */
async function removeEarlier(target, context) {
	const { files } = context.ports;
	const name = fileNameOf(target, context);
	const rejected = join(context.options.output, rejectedFolder);
	for (const path of [
		join(context.options.output, name),
		join(rejected, name),
		join(rejected, `${name}.verdict.json`)
	]) await files.remove(path);
	if (await files.stat(rejected) !== null && (await files.list(rejected)).length === 0) await files.remove(rejected);
}
const rejectedFolder = "rejected";
function fileNameOf(target, { options, project, server }) {
	return pluginFileName({
		name: options.name ?? project.name,
		target,
		version: server.version
	});
}
// node_modules/pend/index.js
var require_pend = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = Infinity;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));
// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var Writable = stream.Writable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.createFromBuffer = createFromBuffer;
	exports.createFromFd = createFromFd;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd, options) {
		options = options || {};
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
		this.autoClose = !!options.autoClose;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.write = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.write(self.fd, buffer, offset, length, position, function(err, written, buffer) {
				cb();
				callback(err, written, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.createWriteStream = function(options) {
		return new WriteStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.autoClose) fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
		this.destroyed = false;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		if (self.destroyed) return;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.destroyed = true;
			self.push(null);
			self.context.unref();
			return;
		}
		self.context.pend.go(function(cb) {
			if (self.destroyed) return cb();
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.destroyed = true;
					self.push(null);
					self.context.unref();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype.destroy = function(err) {
		if (this.destroyed) return;
		err = err || /* @__PURE__ */ new Error("stream destroyed");
		this.destroyed = true;
		this.emit("error", err);
		this.context.unref();
	};
	util.inherits(WriteStream, Writable);
	function WriteStream(context, options) {
		options = options || {};
		Writable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end == null ? Infinity : +options.end;
		this.bytesWritten = 0;
		this.pos = this.start;
		this.destroyed = false;
		this.on("finish", this.destroy.bind(this));
	}
	WriteStream.prototype._write = function(buffer, encoding, callback) {
		var self = this;
		if (self.destroyed) return;
		if (self.pos + buffer.length > self.endOffset) {
			var err = /* @__PURE__ */ new Error("maximum file length exceeded");
			err.code = "ETOOBIG";
			self.destroy();
			callback(err);
			return;
		}
		self.context.pend.go(function(cb) {
			if (self.destroyed) return cb();
			fs.write(self.context.fd, buffer, 0, buffer.length, self.pos, function(err, bytes) {
				if (err) {
					self.destroy();
					cb();
					callback(err);
				} else {
					self.bytesWritten += bytes;
					self.pos += bytes;
					self.emit("progress");
					cb();
					callback();
				}
			});
		});
	};
	WriteStream.prototype.destroy = function() {
		if (this.destroyed) return;
		this.destroyed = true;
		this.context.unref();
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer, options) {
		EventEmitter.call(this);
		options = options || {};
		this.refCount = 0;
		this.buffer = buffer;
		this.maxChunkSize = options.maxChunkSize || Number.MAX_SAFE_INTEGER;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.write = function(buffer, offset, length, position, callback) {
		buffer.copy(this.buffer, position, offset, offset + length);
		setImmediate(function() {
			callback(null, length, buffer);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.destroyed = false;
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var offset = 0;
		while (true) {
			var nextOffset = offset + this.maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		readStream.destroy = function() {
			readStream.destroyed = true;
		};
		return readStream;
	};
	BufferSlicer.prototype.createWriteStream = function(options) {
		var bufferSlicer = this;
		options = options || {};
		var writeStream = new Writable(options);
		writeStream.start = options.start || 0;
		writeStream.endOffset = options.end == null ? this.buffer.length : +options.end;
		writeStream.bytesWritten = 0;
		writeStream.pos = writeStream.start;
		writeStream.destroyed = false;
		writeStream._write = function(buffer, encoding, callback) {
			if (writeStream.destroyed) return;
			var end = writeStream.pos + buffer.length;
			if (end > writeStream.endOffset) {
				var err = /* @__PURE__ */ new Error("maximum file length exceeded");
				err.code = "ETOOBIG";
				writeStream.destroyed = true;
				callback(err);
				return;
			}
			buffer.copy(bufferSlicer.buffer, writeStream.pos, 0, buffer.length);
			writeStream.bytesWritten += buffer.length;
			writeStream.pos = end;
			writeStream.emit("progress");
			callback();
		};
		writeStream.destroy = function() {
			writeStream.destroyed = true;
		};
		return writeStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
	function createFromBuffer(buffer, options) {
		return new BufferSlicer(buffer, options);
	}
	function createFromFd(fd, options) {
		return new FdSlicer(fd, options);
	}
}));
// node_modules/buffer-crc32/index.js
var require_buffer_crc32 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var Buffer = __require("buffer").Buffer;
	var CRC_TABLE = [
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	];
	if (typeof Int32Array !== "undefined") CRC_TABLE = new Int32Array(CRC_TABLE);
	function ensureBuffer(input) {
		if (Buffer.isBuffer(input)) return input;
		var hasNewBufferAPI = typeof Buffer.alloc === "function" && typeof Buffer.from === "function";
		if (typeof input === "number") return hasNewBufferAPI ? Buffer.alloc(input) : new Buffer(input);
		else if (typeof input === "string") return hasNewBufferAPI ? Buffer.from(input) : new Buffer(input);
		else throw new Error("input must be buffer, number, or string, received " + typeof input);
	}
	function bufferizeInt(num) {
		var tmp = ensureBuffer(4);
		tmp.writeInt32BE(num, 0);
		return tmp;
	}
	function _crc32(buf, previous) {
		buf = ensureBuffer(buf);
		if (Buffer.isBuffer(previous)) previous = previous.readUInt32BE(0);
		var crc = ~~previous ^ -1;
		for (var n = 0; n < buf.length; n++) crc = CRC_TABLE[(crc ^ buf[n]) & 255] ^ crc >>> 8;
		return crc ^ -1;
	}
	function crc32() {
		return bufferizeInt(_crc32.apply(null, arguments));
	}
	crc32.signed = function() {
		return _crc32.apply(null, arguments);
	};
	crc32.unsigned = function() {
		return _crc32.apply(null, arguments) >>> 0;
	};
	module.exports = crc32;
}));
// src/gotify/unzip.ts
var import_yauzl = (/* @__PURE__ */ __commonJSMin(((exports) => {
	__require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var crc32 = require_buffer_crc32();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	exports.fromBuffer = fromBuffer;
	function fromBuffer(buffer, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		fromRandomAccessReader(fd_slicer.createFromBuffer(buffer, { maxChunkSize: 65536 }), buffer.length, options, callback);
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(/* @__PURE__ */ new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(/* @__PURE__ */ new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(/* @__PURE__ */ new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decrypt != null) {
				if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries");
				if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
				if (entry.isCompressed()) {
					if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false");
				}
			}
			if (options.decompress != null) {
				if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries");
				if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
			}
			if (options.start != null || options.end != null) {
				if (entry.isCompressed() && options.decompress !== false) throw new Error("start/end range not allowed for compressed entry without options.decompress === false");
				if (entry.isEncrypted() && options.decrypt !== false) throw new Error("start/end range not allowed for encrypted entry without options.decrypt === false");
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		if (!self.isOpen) return callback(/* @__PURE__ */ new Error("closed"));
		if (entry.isEncrypted()) {
			if (options.decrypt !== false) return callback(/* @__PURE__ */ new Error("entry is encrypted, and options.decrypt !== false"));
		}
		var decompress;
		if (entry.compressionMethod === 0) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decompress != null ? options.decompress : true;
		else return callback(/* @__PURE__ */ new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(/* @__PURE__ */ new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(/* @__PURE__ */ new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return /* @__PURE__ */ new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				var cursor = 4;
				while (cursor < data.length + 4) {
					var tag = data.readUInt16LE(cursor);
					cursor += 2;
					var size = data.readUInt16LE(cursor);
					cursor += 2;
					if (tag !== 1) {
						cursor += size;
						continue;
					}
					if (size < 8 || cursor + size > data.length) break;
					var millisecondsSince1970 = (4294967296 * data.readInt32LE(cursor + 4) + data.readUInt32LE(cursor)) / 1e4 - 0xa9730b66800;
					return new Date(millisecondsSince1970);
				}
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32.unsigned(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(/* @__PURE__ */ new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
})))();
/**
* One entry of a zip file, its size and CRC-32 checked.
*
* @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
*/
async function unzipEntry({ zip, entry: name, limit }) {
	try {
		const file = await open(zip);
		const [entry, ...others] = (await entriesOf(file)).filter(({ fileName }) => fileName === name);
		if (entry === void 0) return refused(`it holds no ${name}`);
		if (others.length > 0) return refused(`it holds ${name} more than once`);
		const problem = problemOf(entry, limit);
		if (problem !== null) return refused(problem);
		const bytes = await read(file, entry);
		return crc32(bytes) === entry.crc32 ? {
			kind: "bytes",
			bytes
		} : refused(`the CRC of ${name} is wrong`);
	} catch (error) {
		return refused(error instanceof Error ? error.message : String(error));
	}
}
function refused(because) {
	return {
		kind: "refused",
		because
	};
}
/** Upper half of the attributes that Unix zips write: the file's mode. */
const fileTypeMask = 61440;
const regularFile = 32768;
function problemOf(entry, limit) {
	const { fileName, uncompressedSize, externalFileAttributes, generalPurposeBitFlag } = entry;
	if (uncompressedSize > limit) return `${fileName} has ${String(uncompressedSize)} bytes, more than ${String(limit)}`;
	if ((generalPurposeBitFlag & 1) !== 0) return `${fileName} is encrypted`;
	const type = externalFileAttributes >>> 16 & fileTypeMask;
	return type === 0 || type === regularFile ? null : `${fileName} is not an ordinary file`;
}
function open(zip) {
	return new Promise((resolve, reject) => {
		const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
		(0, import_yauzl.fromBuffer)(buffer, {
			lazyEntries: true,
			validateEntrySizes: true
		}, (error, file) => {
			if (error === null) resolve(file);
			else reject(error);
		});
	});
}
function entriesOf(file) {
	return new Promise((resolve, reject) => {
		const entries = [];
		file.on("entry", (entry) => {
			entries.push(entry);
			file.readEntry();
		});
		file.once("end", () => {
			resolve(entries);
		});
		file.once("error", reject);
		file.readEntry();
	});
}
function read(file, entry) {
	return new Promise((resolve, reject) => {
		file.openReadStream(entry, (error, stream) => {
			if (error !== null) {
				reject(error);
				return;
			}
			const bytes = Buffer.allocUnsafe(entry.uncompressedSize);
			let size = 0;
			stream.on("data", (chunk) => {
				size += chunk.copy(bytes, size);
			});
			stream.once("end", () => {
				resolve(bytes.subarray(0, size));
			});
			stream.once("error", reject);
		});
	});
}
const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
	let value = index;
	for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : value >>> 1 ^ 3988292384;
	return value;
});
/** The CRC of zip files (ISO 3309). */
function crc32(bytes) {
	let crc = 4294967295;
	for (let at = 0; at < bytes.length; at++) crc = (crcTable[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ crc >>> 8;
	return (crc ^ 4294967295) >>> 0;
}
// src/gotify/release-asset.ts
/** Several times what a server takes (40 MB in v3.0.0): a zip bomb stops here. */
const maxAsset = 128 * 2 ** 20;
const maxBinary = 256 * 2 ** 20;
/**
* The binary of a released server, out of its release's `gotify-linux-<arch>.zip`.
*
* An asset that is missing, cannot be had or does not match what GitHub says of it is `unavailable`: what to compare
* with comes from elsewhere then. One that does not match also gets a warning.
*/
async function fetchServerBinary(request, ports) {
	const { tag } = request.server;
	if (tag === null) return unavailable$1(`gotify ${request.server.version} is not a release`);
	try {
		const assets = await ports.github.assets(tag);
		if (assets === null) return unavailable$1(`${tag} has no release`);
		const name = `gotify-${request.target}.zip`;
		const asset = assets.find((candidate) => candidate.name === name);
		if (asset === void 0) return unavailable$1(`the release ${tag} has no ${name}`);
		return await unpack(asset, {
			request,
			ports
		});
	} catch (error) {
		if (error instanceof Failure) return unavailable$1(error.what);
		throw error;
	}
}
async function unpack(asset, { request, ports }) {
	const suspicious = (because) => {
		ports.reporter.warn(`${asset.url} is not used: ${because}.`);
		return unavailable$1(`${asset.name}: ${because}`);
	};
	if (asset.size > maxAsset) return suspicious(`it has ${String(asset.size)} bytes, more than ${String(maxAsset)}`);
	const zip = await ports.github.download(asset);
	const digest = `sha256:${createHash("sha256").update(zip).digest("hex")}`;
	if (asset.digest !== null && asset.digest !== digest) return suspicious(`its digest is ${digest}, but GitHub says ${asset.digest}`);
	const entry = `gotify-${request.target}`;
	const unzipped = await unzipEntry({
		zip,
		entry,
		limit: maxBinary
	});
	if (unzipped.kind === "refused") return suspicious(unzipped.because);
	const path = join(request.dir, entry);
	await ports.files.write(path, unzipped.bytes);
	return {
		kind: "found",
		path,
		url: asset.url,
		digest: asset.digest,
		authenticated: asset.digest !== null
	};
}
function unavailable$1(because) {
	return {
		kind: "unavailable",
		because
	};
}
// src/verify/elf-dynamic.ts
/** Section types: .dynamic (gABI), .gnu.version_r (Linux Standard Base, "Symbol Versioning"). */
const dynamicType = 6;
const versionNeedType = 1879048190;
const tagNull = 0;
const tagNeeded = 1;
const maxLibraries = 1e3;
/** The shared libraries that the file needs (DT_NEEDED), in its order. */
function librariesNeeded(layout) {
	const section = findSection(layout, dynamicType);
	if (section === void 0) return [];
	const table = readSection(layout, section);
	const names = linkedStrings(layout, section);
	const half = table.is64 ? 8 : 4;
	const libraries = [];
	for (let at = 0; at + 2 * half <= table.size; at += 2 * half) {
		const tag = table.u32(at);
		if (tag === tagNull) break;
		if (tag !== tagNeeded) continue;
		if (libraries.length >= maxLibraries) throw malformed(layout.source, "section .dynamic", "names too many libraries");
		libraries.push(names.text(table.word(at + half)));
	}
	return libraries;
}
/** The newest `GLIBC_x.y` that the file needs a symbol of, as `x.y`; null: none. */
function glibcNeeded(layout) {
	const section = findSection(layout, versionNeedType);
	if (section === void 0) return null;
	const table = readSection(layout, section);
	const names = linkedStrings(layout, section);
	let newest = null;
	for (const nameAt of versionNames(layout, table)) {
		const version = /^GLIBC_(\d+(?:\.\d+)*)$/.exec(names.text(nameAt))?.[1];
		if (version !== void 0 && (newest === null || compareGlibc(version, newest) > 0)) newest = version;
	}
	return newest;
}
/** The order of GLIBC versions: numbers, part by part. */
function compareGlibc(a, b) {
	const left = a.split(".").map(Number);
	const right = b.split(".").map(Number);
	for (let index = 0; index < Math.max(left.length, right.length); index++) {
		const difference = (left[index] ?? 0) - (right[index] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
/**
* The name offsets of every version in .gnu.version_r: a chain of libraries, each with a chain of versions, linked by
* relative offsets. Each step must go forward, so the walk ends.
*/
function versionNames(layout, table) {
	const found = [];
	for (const library of chain(layout, table, {
		at: 0,
		next: 12,
		length: 16
	})) {
		const first = table.u32(library + 8);
		if (first === 0) continue;
		for (const version of chain(layout, table, {
			at: library + first,
			next: 12,
			length: 16
		})) {
			found.push(table.u32(version + 8));
			if (found.length * 16 > table.size) throw malformed(layout.source, "section .gnu.version_r", "runs in circles");
		}
	}
	return found;
}
function* chain(layout, table, link) {
	for (let at = link.at; at + link.length <= table.size;) {
		yield at;
		const step = table.u32(at + link.next);
		if (step === 0) return;
		at += step;
	}
	if (table.size > 0) throw malformed(layout.source, "section .gnu.version_r", "points past its end");
}
// src/verify/owners.ts
/** Go's rule: of the modules whose path begins the package's path, the longest. */
function ownersAmong(modules) {
	const byPath = new Map(modules.map((module) => [module.path, module]));
	return (packagePath) => {
		for (let path = packagePath; path !== ""; path = path.slice(0, Math.max(0, path.lastIndexOf("/")))) {
			const module = byPath.get(path);
			if (module !== void 0) return module;
		}
		return null;
	};
}
/** The known owner of each package where it is listed, else by path. */
function ownersFrom(listed, otherwise) {
	return (packagePath) => listed.get(packagePath) ?? otherwise(packagePath);
}
/** Import paths of the standard library have no dot in their first element (`go help importpath`). */
function isStandard(packagePath) {
	return !(packagePath.split("/")[0] ?? "").includes(".");
}
/** What a module's version is called: with the module or folder that replaced it, as that decides its files. */
function versionText(module) {
	const { version, replacedBy } = module;
	if (replacedBy === void 0) return version;
	return version === "" || version === "(devel)" ? `the folder ${replacedBy}` : `${replacedBy} ${version}`;
}
// src/verify/differences.ts
/** The server's own packages are compiled in a folder of its own (/proj), so a plugin's copies never match. */
const serverPath = /^github\.com\/gotify\/server(\/|$)/;
/** Settings in a file's build info that make the loader refuse it, with the values that do no harm. */
const refusedSettings = {
	"-trimpath": ["false"],
	"-race": ["false"],
	"-msan": ["false"],
	"-asan": ["false"],
	"-cover": ["false"],
	"-gcflags": [],
	"-asmflags": [],
	"-tags": [],
	"-compiler": ["gc"],
	GOEXPERIMENT: [],
	GOFIPS140: ["off"]
};
/**
* Explains the packages whose hashes differ: another Go, another version of a module, or a build flag. Packages that
* differ only because they were compiled against those come last.
*/
function differencesOf(comparison) {
	const { plugin, manifest, common } = comparison;
	const differing = common.filter((path) => plugin.packages.get(path) !== manifest.packages.get(path)).sort();
	if (differing.length === 0) return [];
	const { foreign, own } = byModule(differing, comparison);
	const causes = [...toolchainReasons(own.filter(isStandard), comparison), ...foreign];
	const explained = new Set(causes.flatMap((reason) => reason.packages));
	const rest = own.filter((path) => !explained.has(path));
	if (rest.length === 0) return causes;
	const isConsequence = causes.length > 0 && (sameGo(comparison) !== true || !rest.some(isStandard));
	return [...causes, isConsequence ? consequence(rest, causes) : flagReason(rest, plugin)];
}
function byModule(differing, comparison) {
	const sides = sidesOf(comparison);
	const groups = /* @__PURE__ */ new Map();
	const own = [];
	for (const path of differing) {
		const found = sides(path);
		if (found === null || !found.differ) {
			own.push(path);
			continue;
		}
		const group = groups.get(found.module) ?? {
			sides: found,
			packages: []
		};
		groups.set(found.module, group);
		group.packages.push(path);
	}
	return {
		foreign: [...groups.values()].map((group) => dependencyReason(group.sides, group.packages)),
		own
	};
}
/** The module of a package and its version on both sides; null for the standard library. */
function sidesOf({ plugin, manifest, context }) {
	const fromFile = ownersAmong(plugin.modules ?? []);
	const inPlugin = context.pluginModules === void 0 ? fromFile : ownersFrom(context.pluginModules, fromFile);
	const inServer = serverOwners(manifest, context);
	return (path) => {
		const [ours, theirs] = [inPlugin(path), inServer(path)];
		if (ours === null && theirs === null && isStandard(path)) return null;
		const module = serverModuleOf(path) ?? theirs?.path ?? ours?.path ?? path;
		const [pluginText, serverText] = [textFor(ours, module), textFor(theirs, module)];
		return {
			module,
			plugin: pluginText,
			server: serverText,
			differ: pluginText === null || pluginText !== serverText || sumsDiffer(ours, theirs)
		};
	};
}
/** The build info of the very server, where the manifest has it, else the build list. */
function serverOwners(manifest, context) {
	return ownersAmong(manifest.modules ?? context.serverModules);
}
function serverModuleOf(path) {
	return serverPath.test(path) ? path.split("/").slice(0, /^github\.com\/gotify\/server\/v\d+/.test(path) ? 4 : 3).join("/") : null;
}
function textFor(owner, module) {
	if (owner === null) return null;
	return owner.path === module ? versionText(owner) : `${owner.path} ${versionText(owner)}`;
}
/** The same version with other files: a changed copy of the module. */
function sumsDiffer(ours, theirs) {
	return ours?.sum !== void 0 && theirs?.sum !== void 0 && ours.sum !== theirs.sum;
}
function dependencyReason(sides, packages) {
	const { module, plugin, server } = sides;
	return {
		kind: "dependency",
		module,
		plugin,
		server,
		packages,
		remedy: dependencyRemedy(sides)
	};
}
function dependencyRemedy({ module, plugin, server }) {
	if (serverPath.test(module)) return "A plugin cannot share packages of the server itself: remove the import, and use github.com/gotify/plugin-api.";
	if (server === null) return `The server's version of ${module} is not known: build with \`dependencies: pin\`, or build the gotify server from source together with the plugin.`;
	if (plugin === server) return `The files of ${module} ${server} are not the same on both sides: build from an unchanged copy of it (no vendor folder, no local replace).`;
	return `Set ${module} to ${server} in the plugin's go.mod, or build with \`dependencies: pin\`, which does so for every module; if the plugin needs another version, build the gotify server from source with that version.`;
}
/** Null: the file does not say which Go built it. */
function sameGo({ plugin, manifest }) {
	return plugin.goVersion === null ? null : plugin.goVersion === manifest.goVersion;
}
function toolchainReasons(standard, comparison) {
	if (standard.length === 0 || sameGo(comparison) === true) return [];
	const { plugin, manifest, context } = comparison;
	const server = manifest.goVersion;
	const remedy = `Build with Go ${server}, the server's (the image gotify/build:${server}-linux-${context.target.slice(6)} has it); or build the gotify server from source with the plugin's Go.`;
	return [{
		kind: "toolchain",
		plugin: plugin.goVersion,
		server,
		packages: standard,
		remedy
	}];
}
/** Packages at the server's version that were compiled against the ones above. */
function consequence(packages, causes) {
	const names = causes.map((cause) => cause.kind === "dependency" ? cause.module : "the standard library");
	return {
		kind: "follows",
		packages,
		remedy: `These are at the server's version but were compiled against ${names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${String(names.length - 3)} more` : names.join(", ")}: they will match once that does.`
	};
}
function flagReason(packages, plugin) {
	const suspects = Object.entries(plugin.flags ?? {}).filter(([key, value]) => refusedSettings[key]?.includes(value) === false).map(([key, value]) => `${key}=${value}`);
	return {
		kind: "flag",
		packages,
		remedy: `${suspects.length > 0 ? `The file was built with ${suspects.join(" ")}, which the server was not: build without it.` : "Go and the modules are the same, so the build was not: leave out -trimpath, -race, -gcflags and -tags, use no vendor folder, and keep the module cache at /go/pkg/mod as the image gotify/build does (the host builder of this tool maps it)."} Or build the gotify server from source in the same way.`
	};
}
// src/verify/elf-symbols.ts
const dynsymType = 11;
const functionType = 2;
/** Far more than any real plugin has: a server has 450 packages. */
const maxNames = 5e4;
/** Reads .dynsym in one pass, and gives the symbols with a wanted name; none where the file has no .dynsym. */
function readSymbols(layout, wanted) {
	const section = findSection(layout, dynsymType);
	if (section === void 0) return [];
	const { source, identity } = layout;
	const unit = identity.class === 64 ? 24 : 16;
	const place = placeOf$1(layout, section);
	if (place.size % unit !== 0) throw malformed(source, place.what, "has a size that is no multiple of its entries");
	const strings = linkedStrings(layout, section);
	const names = findNames(layout, strings, wanted);
	const found = [];
	for (const window of windows(source, place, { unit })) for (const hit of wantedEntries(window, {
		unit,
		names,
		size: strings.place.size
	})) {
		if (hit.name === null) throw malformed(source, place.what, "names a text that is not there");
		if (found.length >= maxNames) throw malformed(source, place.what, "repeats its names");
		const entry = {
			what: place.what,
			bytes: window.bytes.subarray(hit.at, hit.at + unit),
			is64: unit === 24
		};
		found.push(symbolOf(new Fields(source, entry), hit.name));
	}
	return found;
}
/** The entries of a window with a wanted name, or (null) with one outside the string table. */
function wantedEntries({ bytes }, { unit, names, size }) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const hits = [];
	for (let at = 0; at < bytes.length; at += unit) {
		const nameAt = view.getUint32(at, true);
		if (nameAt >= size) hits.push({
			at,
			name: null
		});
		const name = names.get(nameAt);
		if (name !== void 0) hits.push({
			at,
			name
		});
	}
	return hits;
}
/** An Elf32_Sym or Elf64_Sym (gABI, "Symbol Table"): they have the same fields in another order. */
function symbolOf(entry, name) {
	const { is64 } = entry;
	return {
		name,
		isFunction: (entry.u8(is64 ? 4 : 12) & 15) === functionType,
		section: entry.u16(is64 ? 6 : 14),
		address: entry.word(is64 ? 8 : 4),
		size: entry.word(is64 ? 16 : 8)
	};
}
/**
* Offset in the string table -> name, for every place where a wanted name may begin. The table is searched, not the
* symbols: that is one native search for each wanted text.
*/
function findNames(layout, strings, wanted) {
	const { source } = layout;
	const { place } = strings;
	const names = /* @__PURE__ */ new Map();
	const starting = wanted.starting.map((text) => Buffer.from(text, "utf8"));
	const ending = wanted.ending.map((text) => Buffer.from(`${text}\0`, "utf8"));
	for (const { at, bytes } of windows(source, place, { overlap: 2 * maxText })) {
		for (const prefix of starting) for (const hit of occurrences(bytes, prefix)) addName(names, {
			at,
			bytes,
			from: hit
		});
		for (const suffix of ending) for (const hit of occurrences(bytes, suffix)) for (let from = hit; from >= 0 && bytes[from] !== 0; from--) addName(names, {
			at,
			bytes,
			from
		});
		if (names.size > maxNames) throw malformed(source, place.what, "repeats its names");
	}
	return names;
}
/** A name without its end is in the next window too, or is too long for a name. */
function addName(names, { at, bytes, from }) {
	const end = bytes.indexOf(0, from);
	if (end >= 0) names.set(at + from, bytes.toString("utf8", from, end));
}
function* occurrences(bytes, wanted) {
	for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) yield at;
}
// src/verify/elf.ts
/** `go:` since Go 1.20, `go.` before. */
const hashPrefixes = ["go:link.pkghashbytes.", "go.link.pkghashbytes."];
/** What gotify looks up in a plugin after opening it (plugin/compat of gotify), and what every main package has. */
const wantedFunctions = [
	"GetGotifyPluginInfo",
	"NewGotifyPluginInstance",
	"main"
];
const maxPackages = 2e4;
/** 8 bytes now; in old Go the text of a SHA-1, 40. */
const maxHash = 64;
/**
* Reads a little endian ELF file of 32 or 64 bits: headers, dynamic symbols and their names, needed libraries and
* their versions. Nothing else of the file is read.
*
* @throws Failure (input) `malformed-elf`, `not-elf`, `big-endian-elf`, naming the file and the field
*/
function readElf(source) {
	const layout = readLayout(source);
	return {
		layout,
		identity: layout.identity,
		symbols: readSymbols(layout, {
			starting: hashPrefixes,
			ending: wantedFunctions.map((name) => `.${name}`)
		}),
		needed: librariesNeeded(layout),
		glibc: glibcNeeded(layout)
	};
}
/**
* Import path -> link hash in hex: the fingerprint of the package's export data that `plugin.Open` compares.
*
* @param except the plugin's own main package; `main`, every program's own, is always left out
* @throws Failure (input) `malformed-elf` for a hash that is not in the file or is there twice
* @see symtab in cmd/link/internal/ld/symtab.go and plugin_lastmoduleinit in runtime/plugin.go of Go
*/
function linkHashes(elf, except = null) {
	const hashes = /* @__PURE__ */ new Map();
	const { symbols, layout } = elf;
	for (const symbol of symbols) {
		const prefix = hashPrefixes.find((start) => symbol.name.startsWith(start));
		if (prefix === void 0) continue;
		const path = unescapePath(symbol.name.slice(prefix.length));
		if (hashes.has(path)) throw malformed(layout.source, symbol.name, "is there twice");
		if (hashes.size >= maxPackages) throw malformed(layout.source, ".dynsym", "names too many packages");
		hashes.set(path, hashBytes(layout, symbol));
	}
	hashes.delete("main");
	if (except !== null) hashes.delete(except);
	return hashes;
}
function hashBytes(layout, symbol) {
	const section = layout.sections[symbol.section];
	if (section === void 0 || symbol.section === 0) throw malformed(layout.source, symbol.name, "is in no section of the file");
	if (symbol.size === 0 || symbol.size > maxHash) throw malformed(layout.source, symbol.name, `has ${String(symbol.size)} bytes`);
	const { address, size, name } = symbol;
	return Buffer.from(readAt(layout, section, {
		address,
		size,
		what: name
	})).toString("hex");
}
/** The packages that define a function of that name: the file has a symbol `<package>.<name>`. */
function functionOwners(elf, name) {
	const suffix = `.${name}`;
	return elf.symbols.filter((symbol) => symbol.isFunction && symbol.section !== 0 && symbol.name.endsWith(suffix)).map((symbol) => unescapePath(symbol.name.slice(0, -suffix.length)));
}
/** Import paths in symbol names may have bytes written as %xx (PathToPrefix of cmd/internal/objabi). */
function unescapePath(path) {
	return path.replace(/%([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
// src/verify/json-place.ts
/** A value inside a JSON text that someone else wrote, with the place to name when it is not what it should be. */
var JsonPlace = class JsonPlace {
	value;
	path;
	origin;
	constructor(value, path, origin) {
		this.value = value;
		this.path = path;
		this.origin = origin;
	}
	static parse(text, origin) {
		try {
			const value = JSON.parse(text);
			return new JsonPlace(value, "", origin);
		} catch (cause) {
			throw failureAt(origin, `is not JSON (${cause instanceof Error ? cause.message : "unreadable"})`, cause);
		}
	}
	/** The value at a key; absent where the object lacks it. */
	key(name) {
		const { value } = this;
		if (!isObject(value)) return this.fail("is not an object");
		return this.at(Object.hasOwn(value, name) ? value[name] : void 0, `.${name}`);
	}
	entries() {
		const { value } = this;
		if (!isObject(value)) return this.fail("is not an object");
		return Object.entries(value).map(([key, item]) => [key, this.at(item, `[${JSON.stringify(key)}]`)]);
	}
	list() {
		const { value } = this;
		if (!Array.isArray(value)) return this.fail("is not a list");
		return value.map((item, index) => this.at(item, `[${String(index)}]`));
	}
	text() {
		return typeof this.value === "string" ? this.value : this.fail("is not a text");
	}
	matching(pattern, wanted) {
		const text = this.text();
		return pattern.test(text) ? text : this.fail(`is not ${wanted}`);
	}
	count() {
		const { value } = this;
		return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : this.fail("is not a whole number");
	}
	flag() {
		return typeof this.value === "boolean" ? this.value : this.fail("is neither true nor false");
	}
	isAbsent() {
		return this.value === void 0;
	}
	isNull() {
		return this.value === null;
	}
	fail(problem) {
		const place = this.path === "" ? "the whole text" : this.path.replace(/^\./, "");
		throw failureAt(this.origin, this.isAbsent() ? `${place} is missing` : `${place} ${problem}`, void 0);
	}
	at(value, step) {
		return new JsonPlace(value, this.path + step, this.origin);
	}
};
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function failureAt({ file, code }, what, cause) {
	return new Failure("input", {
		code,
		what,
		remedy: "Give a manifest as this tool writes it, or the gotify server itself.",
		where: {
			kind: "file",
			file
		},
		cause
	});
}
// src/verify/plugin-abi.ts
/** What gotify looks up in a plugin after opening it. */
const pluginFunctions = ["GetGotifyPluginInfo", "NewGotifyPluginInstance"];
/**
* Reads a plugin's file (`.so`).
*
* @throws Failure (input) `malformed-elf`, `not-elf`, `big-endian-elf`
*/
function readPluginAbi(source) {
	const elf = readElf(source);
	const info = buildInfoOf(elf.layout);
	const all = linkHashes(elf);
	const main = mainPackage(elf, all, info);
	return {
		file: source.name,
		elf: elf.identity,
		main,
		packages: main === null ? all : new Map([...all].filter(([path]) => path !== main)),
		missing: pluginFunctions.filter((name) => !isExported(elf, main, name)),
		glibc: elf.glibc,
		needed: elf.needed,
		...fromBuildInfo(info)
	};
}
/** `go1.26.0 X:somexperiment` -> `1.26.0`. */
function plainGoVersion(named) {
	return named.replace(/^go/, "").split(" ")[0] ?? named;
}
function fromBuildInfo(info) {
	if (info === null) return {
		goVersion: null,
		modules: null,
		flags: null
	};
	const modules = info.main === null ? info.deps : [info.main, ...info.deps];
	return {
		goVersion: plainGoVersion(info.goVersion),
		modules,
		flags: info.settings
	};
}
/** The path in the build info, or else the one package with a function `main`: only a main package must have one. */
function mainPackage(elf, hashes, info) {
	if (info !== null && hashes.has(info.path)) return info.path;
	const candidates = functionOwners(elf, "main").filter((path) => hashes.has(path));
	return candidates.length === 1 ? candidates[0] ?? null : null;
}
/** A function of another package, or a method, with the same name does not count. */
function isExported(elf, main, name) {
	const owners = functionOwners(elf, name);
	return main === null ? owners.length > 0 : owners.includes(main);
}
// src/verify/read-manifest.ts
/**
* Reads a gotify server (or a reference host): the hashes of its packages, and what else decides whether a plugin loads.
*
* @throws Failure (input) `malformed-elf`, `not-elf`; `wrong-target` where the file is for another machine;
*   `no-plugin-host` where it is no Go program that can load plugins
*/
function manifestOf(source, about) {
	const elf = readElf(source);
	checkTarget(source, elf.identity, about.target);
	const packages = linkHashes(elf);
	const info = buildInfoOf(elf.layout);
	if (packages.size === 0 || info === null) throw noPluginHost(source);
	return {
		...about,
		goVersion: plainGoVersion(info.goVersion),
		packages,
		elf: elf.identity,
		glibc: elf.glibc,
		needed: elf.needed,
		modules: info.deps.map(({ path, version, sum }) => sum === void 0 ? {
			path,
			version
		} : {
			path,
			version,
			sum
		}),
		flags: info.settings
	};
}
/**
* Reads a manifest's JSON: `server`, `target`, `go`, `origin` and `packages` (path -> hex), and as they may be there
* `elf`, `glibc`, `needed`, `modules` and `flags`. Other keys are ignored.
*
* @param where what to call the text in messages: a path
* @throws Failure (input) `malformed-manifest`, naming the place
*/
function parseManifest(text, where) {
	const root = JsonPlace.parse(text, {
		file: where,
		code: "malformed-manifest"
	});
	return {
		server: root.key("server").text(),
		target: targetNameOf(root.key("target")),
		goVersion: root.key("go").text(),
		origin: root.key("origin").text(),
		packages: packagesOf(root.key("packages")),
		...optionalParts(root)
	};
}
/** A manifest as JSON, packages sorted, one a line: the form that parseManifest reads. */
function manifestJson(manifest) {
	const { server, target, goVersion, origin, packages, elf, glibc, needed, modules, flags } = manifest;
	const sorted = [...packages].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
	const value = {
		server,
		target,
		go: goVersion,
		origin,
		elf,
		glibc,
		needed,
		modules,
		flags,
		packages: Object.fromEntries(sorted)
	};
	return `${JSON.stringify(value, null, 1)}\n`;
}
function optionalParts(root) {
	const has = (key) => !root.key(key).isAbsent();
	return {
		...has("elf") && { elf: elfOf(root.key("elf")) },
		...has("glibc") && { glibc: glibcOf(root.key("glibc")) },
		...has("needed") && { needed: root.key("needed").list().map((place) => place.text()) },
		...has("modules") && { modules: root.key("modules").list().map(moduleOf$1) },
		...has("flags") && { flags: Object.fromEntries(root.key("flags").entries().map(([key, place]) => [key, place.text()])) }
	};
}
/** Every program has its own `main`: a manifest that names it is read without it. */
function packagesOf(place) {
	const hash = (item) => item.matching(/^(?:[0-9a-f]{2}){1,64}$/, "a hash in hex");
	const entries = place.entries().map(([path, item]) => [path, hash(item)]);
	return new Map(entries.filter(([path]) => path !== "main"));
}
function targetNameOf(place) {
	const text = place.text();
	return targetNames.find((name) => name === text) ?? place.fail(`is not one of ${targetNames.join(", ")}`);
}
function elfOf(place) {
	const bits = place.key("class").count();
	if (bits !== 32 && bits !== 64) return place.key("class").fail("is neither 32 nor 64");
	return {
		class: bits,
		machine: place.key("machine").count()
	};
}
function glibcOf(place) {
	return place.isNull() ? null : place.matching(/^\d+(\.\d+)*$/, "a version such as 2.34");
}
function moduleOf$1(place) {
	const module = {
		path: place.key("path").text(),
		version: place.key("version").text()
	};
	return place.key("sum").isAbsent() ? module : {
		...module,
		sum: place.key("sum").text()
	};
}
function checkTarget(source, found, target) {
	const { elf } = targetOf(target);
	if (found.class === elf.class && found.machine === elf.machine) return;
	throw new Failure("input", {
		code: "wrong-target",
		what: `a file for ${machineText(found)}, where one for ${target} is needed`,
		remedy: `Give the gotify server for ${target}.`,
		where: {
			kind: "file",
			file: source.name
		}
	});
}
/** `linux-arm64`, or the numbers of an architecture that gotify has no servers for. */
function machineText({ class: bits, machine }) {
	return targetNames.find((name) => targetOf(name).elf.machine === machine && targetOf(name).elf.class === bits) ?? `ELF machine ${String(machine)}, ${String(bits)} bits`;
}
function noPluginHost(source) {
	return new Failure("input", {
		code: "no-plugin-host",
		what: "not a Go program that can load plugins: it has no package hashes or no build information",
		remedy: "Give the gotify server itself, as released or built with CGO_ENABLED=1.",
		where: {
			kind: "file",
			file: source.name
		}
	});
}
// src/verify/compare.ts
/**
* Decides whether a server will load a plugin, by the rule of `plugin.Open`: each package that both contain must have
* the same link hash in both. Pure; versions and flags only explain what the hashes decide.
*
* @see plugin_lastmoduleinit in runtime/plugin.go of Go
*/
function compare(plugin, manifest, context) {
	const warnings = warningsOf(plugin, manifest);
	const notes = notesOf(plugin, manifest, context);
	const undecided = (because) => ({
		kind: "undecided",
		because,
		warnings,
		notes
	});
	const wrong = wrongManifest(manifest, context);
	if (wrong !== null) return undecided(wrong);
	const common = [...plugin.packages.keys()].filter((path) => manifest.packages.has(path));
	const foreign = targetReasons(plugin, context.target);
	const differences = foreign.length > 0 ? [] : differencesOf({
		plugin,
		manifest,
		context,
		common
	});
	const reasons = [
		...foreign,
		...missingReasons(plugin),
		...differences
	];
	if (reasons.length > 0) return {
		kind: "rejected",
		compared: common.length,
		reasons,
		warnings,
		notes
	};
	if (common.length === 0) return undecided("the file shares no package with the server, so there was nothing to compare");
	return {
		kind: "loads",
		compared: common.length,
		warnings,
		notes
	};
}
/** A manifest of another server or machine says nothing about this one. */
function wrongManifest(manifest, { target, server }) {
	if (manifest.target !== target) return `the manifest is of a server for ${manifest.target}, not ${target}`;
	if (manifest.server !== server) return `the manifest is of gotify ${manifest.server}, not ${server}`;
	const { elf } = targetOf(target);
	const found = manifest.elf;
	if (found !== void 0 && (found.class !== elf.class || found.machine !== elf.machine)) return `the manifest says ${target}, but its file is for ${machineText(found)}`;
	return manifest.packages.size === 0 ? "the manifest names no package" : null;
}
function targetReasons(plugin, target) {
	const { elf } = targetOf(target);
	if (plugin.elf.class === elf.class && plugin.elf.machine === elf.machine) return [];
	return [{
		kind: "target",
		what: `the file is for ${machineText(plugin.elf)}, the server for ${target}`,
		remedy: `Build the plugin for ${target}.`
	}];
}
function missingReasons(plugin) {
	return plugin.missing.map((symbol) => ({
		kind: "missing-symbol",
		symbol,
		remedy: `Export the function ${symbol} from the plugin's main package, as github.com/gotify/plugin-api describes it, and build with -buildmode=plugin.`
	}));
}
function warningsOf(plugin, manifest) {
	const warnings = [];
	const { glibc } = manifest;
	if (plugin.glibc !== null && typeof glibc === "string" && compareGlibc(plugin.glibc, glibc) > 0) warnings.push(`needs GLIBC ${plugin.glibc}, the server only ${glibc}: it will not load on a system whose GLIBC is older than ${plugin.glibc}`);
	const { needed } = manifest;
	if (needed !== void 0) for (const library of plugin.needed.filter((name) => !needed.includes(name))) warnings.push(`needs the library ${library}, which the server does not: it has to be installed where the server runs`);
	return warnings;
}
/** What could not be looked at: silence would read as a pass. */
function notesOf(plugin, manifest, context) {
	const absent = [
		...manifest.glibc === void 0 ? ["the newest GLIBC version needed"] : [],
		...manifest.needed === void 0 ? ["the libraries needed"] : [],
		...manifest.flags === void 0 ? ["the build flags"] : [],
		...manifest.modules === void 0 && context.serverModules.length === 0 ? ["the module versions"] : []
	];
	return [
		...absent.length > 0 ? [`not compared, as the manifest does not name them: ${absent.join(", ")}`] : [],
		...manifest.glibc === null && plugin.glibc !== null ? [`GLIBC versions were not compared: the server needs none, the file ${plugin.glibc}`] : [],
		...plugin.goVersion === null ? ["the file has no build information: versions on its side are not known"] : [],
		...context.bareFile === true ? ["the signatures of the plugin functions were not checked: a file does not tell them"] : []
	];
}
// src/verify/reference-host.ts
/** Not the server's path: its own packages are compiled in another folder, and must not be taken for ours. */
const hostPath = "gotify-plugin-build.invalid/reference-host";
/**
* The files of a program that imports the given packages, as far as a program may import them, at the server's
* versions. Pure. It imports `plugin` too: only programs that do carry package hashes (facts of cmd/link: a program is
* linked for plugins if the package plugin is part of it).
*/
function referenceHostFiles(request) {
	const { server, packages } = request;
	return {
		goMod: hostGoMod(parseModFile(server.goMod, `go.mod of gotify ${server.version}`)),
		goSum: server.goSum,
		mainGo: hostProgram(packages.filter(isImportable))
	};
}
/**
* The plugin's packages that the server could contain: of the standard library, or of the server's modules and made
* only of such. Only these belong into a reference host: others would bring modules that change its build list.
*/
function packagesInReach(listing, server) {
	const owners = ownersAmong(server.buildList);
	const known = /* @__PURE__ */ new Map();
	const reaches = (path) => {
		const before = known.get(path);
		if (before !== void 0) return before;
		const listed = listing.packages.get(path);
		known.set(path, true);
		const own = listed?.standard === true || listed !== void 0 && owners(path)?.path === listed.module?.path;
		const result = path === "C" || path === "unsafe" || own && (listed?.imports ?? []).every(reaches);
		known.set(path, result);
		return result;
	};
	return [...listing.packages.keys()].filter((path) => path !== listing.main && reaches(path)).sort();
}
/**
* Whether a program outside the package's module may import it.
*
* @see "Internal Directories" and "Vendor Directories" in `go help packages` and `go help modules`
*/
function isImportable(path) {
	const parts = path.split("/");
	if (parts.includes("internal") || parts.includes("vendor")) return false;
	return ![
		"main",
		"C",
		"unsafe",
		"plugin",
		"command-line-arguments"
	].includes(path) && !(isStandard(path) && parts[0] === "cmd");
}
/** The server's go.mod under another name, without `toolchain` and `tool` lines: the builder brings the toolchain. */
function hostGoMod(server) {
	return `${[
		`module ${hostPath}`,
		...server.go === null ? [] : [`go ${server.go.version}`],
		...server.requires.map(({ path, version, indirect }) => `require ${autoQuote(path)} ${version}${indirect ? " // indirect" : ""}`),
		...server.replaces.flatMap(replaceLine$1),
		...server.excludes.map(({ path, version }) => `exclude ${autoQuote(path)} ${version}`)
	].join("\n")}\n`;
}
/** A folder of the server's own repository is not here: without the line the build says what is missing. */
function replaceLine$1({ old, new: target }) {
	if (target.kind === "local") return [];
	return [`replace ${old.version === null ? autoQuote(old.path) : `${autoQuote(old.path)} ${old.version}`} => ${autoQuote(target.path)} ${target.version}`];
}
function hostProgram(packages) {
	return [
		"package main",
		"",
		"import (",
		...["plugin", ...new Set(packages)].sort().map((path) => `\t_ ${JSON.stringify(path)}`),
		")",
		"",
		"func main() {}",
		""
	].join("\n");
}
// src/verify/asset-cache.ts
/** The manifest of an asset read by an earlier run; null where there is none, or it is damaged: it is fetched again. */
async function recallAsset(key, files) {
	const path = cachePath(key);
	if (await files.stat(path) === null) return null;
	try {
		return parseKept(await files.readText(path), path, key);
	} catch (error) {
		if (error instanceof Failure) return null;
		throw error;
	}
}
async function keepAsset(asset, key, files) {
	const { manifest, url, digest, authenticated } = asset;
	await files.makeDir(join(key.cacheDir, "manifests"));
	const kept = {
		url,
		digest,
		authenticated,
		manifest: manifestJson(manifest)
	};
	await files.write(cachePath(key), JSON.stringify(kept));
}
function parseKept(text, path, key) {
	const root = JsonPlace.parse(text, {
		file: path,
		code: "malformed-manifest"
	});
	const digest = root.key("digest");
	const asset = {
		manifest: parseManifest(root.key("manifest").text(), path),
		url: root.key("url").text(),
		digest: digest.isNull() ? null : digest.text(),
		authenticated: root.key("authenticated").flag()
	};
	const { server, target } = asset.manifest;
	return server === key.server.version && target === key.target ? asset : null;
}
/** The commit is in the name: a tag that was moved is another server. */
function cachePath({ server, target, cacheDir, assetOrigin }) {
	const identity = JSON.stringify([
		assetOrigin,
		server.version,
		server.commit,
		target
	]);
	const hash = createHash("sha256").update(identity).digest("hex").slice(0, 16);
	return join(cacheDir, "manifests", `${target}-${hash}.json`);
}
// src/verify/same-manifest.ts
/** Whether two manifests say the same of a server: target, Go version, and each package's hash. */
function sameManifest(a, b) {
	if (a.target !== b.target || a.goVersion !== b.goVersion || a.packages.size !== b.packages.size) return false;
	return [...a.packages].every(([path, hash]) => b.packages.get(path) === hash);
}
// src/verify/sources.ts
/**
* Finds what a plugin is compared with: a file that the user gave, the server's release asset, the catalog's manifest,
* a reference host, in this order. An asset that was read once is not asked for again.
*
* @throws Failure (input) for a given file that is no manifest or server of the target
*/
async function manifestFor(request, ports) {
	if (request.given !== null) return await givenManifest(request.given, request, ports);
	const catalog = request.catalogText === null ? null : parseManifest(request.catalogText, "the catalog");
	const notes = [];
	const asset = await assetManifest(request, ports);
	if (asset.kind === "unavailable") notes.push(`the server's release was not used: ${asset.because}`);
	else {
		const judged = judgeAsset(asset.asset, catalog);
		if (judged.kind !== "refused") return judged;
		notes.push(judged.because);
	}
	if (catalog !== null) return found(catalog, { kind: "catalog" }, notes);
	const host = await ports.buildReferenceHost();
	if (host.kind === "unavailable") return {
		kind: "none",
		because: [...notes, host.because].join("; ")
	};
	return {
		...found(host.manifest, { kind: "reference-host" }, notes),
		referenceHostSeconds: host.seconds
	};
}
function found(manifest, source, notes) {
	return {
		kind: "found",
		manifest,
		source,
		notes,
		referenceHostSeconds: null
	};
}
/** A manifest (JSON) or a gotify binary: told apart by how it begins. */
async function givenManifest(path, request, ports) {
	const source = ports.openBytes(path);
	try {
		const start = Buffer.from(source.read(0, 64)).toString("latin1");
		if (start.startsWith("ELF")) return givenBinary(source, request);
		if (!start.trimStart().startsWith("{")) throw neither(path, start);
	} finally {
		source.close();
	}
	return found(parseManifest(await ports.files.readText(path), path), {
		kind: "given",
		path
	}, []);
}
/** A server for another machine leaves it undecided, as a manifest of another target does. */
function givenBinary(source, { server, target }) {
	const path = source.name;
	try {
		return found(manifestOf(source, {
			server: server.version,
			target,
			origin: `the gotify binary ${path}`
		}), {
			kind: "given",
			path
		}, []);
	} catch (error) {
		if (!(error instanceof Failure) || error.code !== "wrong-target") throw error;
		return {
			kind: "none",
			because: `${path} is ${error.what}`
		};
	}
}
function neither(path, start) {
	const isZip = start.startsWith("PK");
	return new Failure("input", {
		code: "no-manifest",
		what: isZip ? "a zip file, not a manifest or a gotify server" : "neither a manifest (JSON) nor a gotify server",
		remedy: isZip ? "Unpack it and give the gotify server that is inside." : "Give a manifest as this tool writes it, or a gotify server for Linux.",
		where: {
			kind: "file",
			file: path
		}
	});
}
/** From the cache, else downloaded, read and kept. */
async function assetManifest(request, ports) {
	const known = await recallAsset(request, ports.files);
	if (known !== null) return {
		kind: "read",
		asset: known
	};
	const fetched = await ports.fetchAsset();
	if (fetched.kind === "unavailable") return fetched;
	const read = await readAsset(fetched, request, ports);
	if (read.kind === "read") await keepAsset(read.asset, request, ports.files);
	return read;
}
async function readAsset({ path, url, digest, authenticated }, request, ports) {
	const source = ports.openBytes(path);
	try {
		return {
			kind: "read",
			asset: {
				manifest: manifestOf(source, {
					server: request.server.version,
					target: request.target,
					origin: url
				}),
				url,
				digest,
				authenticated
			}
		};
	} catch (error) {
		if (error instanceof Failure) return {
			kind: "unavailable",
			because: `its file ${error.what}`
		};
		throw error;
	} finally {
		source.close();
		await ports.files.remove(path);
	}
}
/** An authenticated asset must not contradict the catalog; one without a digest counts only where the catalog agrees. */
function judgeAsset({ manifest, url, authenticated }, catalog) {
	if (catalog !== null && sameManifest(manifest, catalog) || authenticated && catalog === null) return found(manifest, {
		kind: "release-asset",
		url,
		authenticated
	}, []);
	if (authenticated) return {
		kind: "none",
		because: `the server's release (${url}) and the catalog disagree about gotify ${manifest.server}: neither can be trusted`
	};
	return {
		kind: "refused",
		because: `the server's release was not used: GitHub names no digest for it, ${catalog === null ? "and the catalog has no manifest to compare it with" : "and the catalog contradicts it"}`
	};
}
// src/plugin/list.ts
/** What is asked of each package; naming the fields spares the go command work, and 9 of 10 bytes of output. */
const fields = [
	"ImportPath",
	"Name",
	"Standard",
	"DepOnly",
	"Imports",
	"ImportMap",
	"CgoFiles",
	"Module"
];
/**
* The arguments, after `go`, that list a plugin's packages and all they import, for Go 1.19 and later. As a side effect
* Go downloads the modules that those packages come from, and no other.
*
* @param request.package `.` or `./cmd/x`
* @param request.tags the value of `-tags`, so that the listing sees the files that the build will see
*/
function listArgs(request) {
	return [
		"list",
		"-deps",
		"-mod=mod",
		`-modfile=${request.places.pin}/go.mod`,
		`-json=${fields.join(",")}`,
		...request.tags === null ? [] : [`-tags=${request.tags}`],
		request.package
	];
}
const moduleSchema = object({
	Path: string(),
	Version: optional(string()),
	Main: optional(boolean(), false),
	GoVersion: optional(string()),
	Replace: optional(object({
		Path: string(),
		Version: optional(string()),
		GoVersion: optional(string())
	}))
});
const packageSchema = object({
	ImportPath: string(),
	Name: optional(string(), ""),
	Standard: optional(boolean(), false),
	DepOnly: optional(boolean(), false),
	Imports: optional(array(string()), []),
	ImportMap: optional(record(string(), string()), {}),
	CgoFiles: optional(array(string()), []),
	Module: optional(moduleSchema)
});
/**
* Reads what `go list -deps -json` printed: JSON objects one after the other. A replaced module goes by its own path
* and by the version that replaces it.
*
* @throws Failure (surroundings) where that is not what was printed
*/
function parseListing(stdout) {
	const raw = safeParse(array(packageSchema), parseObjects(stdout));
	if (!raw.success) {
		const [issue] = raw.issues;
		throw unreadable(`${getDotPath(issue) ?? "the list"}: ${issue.message}`);
	}
	const main = raw.output.find((item) => !item.DepOnly);
	if (main === void 0) throw unreadable("it names no package but dependencies");
	return {
		main: main.ImportPath,
		packages: new Map(raw.output.map((item) => [item.ImportPath, packageOf(item)]))
	};
}
/** A line that is `}` alone ends an object: inside of one Go indents, and JSON strings have no line ends. */
function parseObjects(stdout) {
	const text = stdout.trimEnd().replace(/^\}\r?\n(?=\{)/gm, "},\n");
	try {
		return JSON.parse(`[${text}]`);
	} catch (error) {
		throw unreadable("it is not JSON", error);
	}
}
function packageOf(raw) {
	return {
		importPath: raw.ImportPath,
		name: raw.Name,
		standard: raw.Standard,
		imports: raw.Imports.map((path) => raw.ImportMap[path] ?? path),
		...raw.Module === void 0 ? {} : { module: moduleOf(raw.Module) },
		usesCgo: raw.CgoFiles.length > 0
	};
}
function moduleOf(raw) {
	const real = raw.Replace ?? raw;
	return {
		path: raw.Path,
		version: raw.Main ? null : real.Version ?? null,
		goVersion: real.GoVersion ?? null,
		main: raw.Main
	};
}
function unreadable(why, cause) {
	return new Failure("surroundings", {
		code: "go-list-unreadable",
		what: `the output of \`go list -deps -json\` cannot be read: ${why}`,
		remedy: "Run it again with --verbose. If it happens again, please report it with that output.",
		...cause === void 0 ? {} : { cause }
	});
}
// src/pipeline/timed-out.ts
/** A step that ran out of time; `doing` is what it was at. */
function timedOut(minutes, doing) {
	return new Failure("surroundings", {
		code: "timed-out",
		what: `${doing} took longer than ${String(minutes)} minutes and was stopped`,
		remedy: "Raise timeout, or lower concurrency so that each target has more of the machine.",
		where: {
			kind: "input",
			input: "timeout"
		}
	});
}
// src/pipeline/reference-host.ts
/**
* The manifest of a reference host: a small program with those packages, built by the same builder from the server's
* own go.mod and go.sum with the server's flags, whatever the user's are. It is kept beside the module cache. One that
* does not build says nothing about the plugin: then there is none.
*
* @throws Failure (surroundings) where the builder itself fails, or the time is over
*/
async function buildReferenceHost(request, context) {
	const { server, builder, ports } = context;
	const program = referenceHostFiles({
		server,
		packages: request.packages
	});
	const kept = keptFile(program, request.target, context);
	const known = await recall$1(kept, context);
	if (known !== null) return {
		kind: "built",
		manifest: known,
		seconds: null
	};
	const workspace = await writeProgram(program, request.target, context);
	const places = builder.places(workspace);
	const list = listArgs({
		places,
		package: ".",
		tags: null
	});
	const listed = await go$1({
		...request,
		workspace,
		phase: "download",
		args: list
	}, context);
	if (listed.kind === "failed") return unavailable(request, listed.stderr);
	const built = await go$1({
		...request,
		workspace,
		phase: "compile",
		args: hostBuildArgs(places, hostFile)
	}, context);
	if (built.kind === "failed") return unavailable(request, built.stderr);
	const about = {
		server: server.version,
		target: request.target
	};
	const manifest = readHost(join(workspace.out, hostFile), about, context);
	await ports.files.makeDir(dirname(kept));
	await ports.files.write(kept, manifestJson(manifest));
	return {
		kind: "built",
		manifest,
		seconds: built.seconds
	};
}
function unavailable({ target, task }, stderr) {
	const lines = stderr.trim().split("\n");
	for (const line of lines) task.log(line);
	const last = oneLine(lines.at(-1) ?? "");
	return {
		kind: "unavailable",
		because: `the reference host for ${target.name} does not build: ${last}`
	};
}
const hostFile = "reference-host";
async function writeProgram(program, target, { run, ports }) {
	const folder = (name) => run.folder(target.name, "reference-host", name);
	const workspace = {
		module: await folder("module"),
		pin: await folder("pin"),
		out: await folder("out"),
		replaced: []
	};
	const texts = [
		[
			workspace.module,
			"main.go",
			program.mainGo
		],
		[
			workspace.module,
			"go.mod",
			program.goMod
		],
		[
			workspace.pin,
			"go.mod",
			program.goMod
		],
		[
			workspace.pin,
			"go.sum",
			program.goSum
		]
	];
	for (const [dir, name, text] of texts) await ports.files.write(join(dir, name), text);
	return workspace;
}
async function go$1(step, { builder }) {
	const { target, workspace, phase, args } = step;
	const outcome = await builder.run({
		target,
		workspace,
		phase,
		args
	});
	if (outcome.kind === "timed-out") throw timedOut(outcome.minutes, "building the reference host");
	return outcome;
}
function readHost(path, about, { ports }) {
	const source = ports.openBytes(path);
	try {
		return manifestOf(source, {
			server: about.server,
			target: about.target.name,
			origin: "a reference host, built from the go.mod of the server"
		});
	} finally {
		source.close();
	}
}
function keptFile(program, target, { builder, server }) {
	const key = createHash("sha256").update(JSON.stringify([
		program,
		target.name,
		server.goVersion
	])).digest("hex");
	return join(dirname(builder.modCache(target)), "reference-hosts", `${key.slice(0, 32)}.json`);
}
async function recall$1(path, { ports }) {
	if (await ports.files.stat(path) === null) return null;
	try {
		return parseManifest(await ports.files.readText(path), path);
	} catch (error) {
		if (error instanceof Failure) return null;
		throw error;
	}
}
// src/pipeline/prove.ts
/**
* Compares a finished file with the server's manifest for its target.
*
* @throws Failure where the file or a given manifest cannot be read, or a reference host does not build
*/
async function prove(request, context) {
	if (context.options.verify === "off") return {
		verdict: null,
		comparedWith: null,
		referenceHostSeconds: null
	};
	const plugin = readPlugin(request.file, context);
	const found = await findManifest(request, context);
	if (found.kind === "none") return {
		verdict: {
			kind: "undecided",
			because: found.because,
			warnings: [],
			notes: []
		},
		comparedWith: null,
		referenceHostSeconds: null
	};
	const verdict = compare(plugin, found.manifest, {
		target: request.target.name,
		server: context.server.version,
		serverModules: context.server.buildList
	});
	return {
		verdict: {
			...verdict,
			notes: [...found.notes, ...verdict.notes]
		},
		comparedWith: found.source,
		referenceHostSeconds: found.referenceHostSeconds
	};
}
function readPlugin(file, { ports }) {
	const source = ports.openBytes(file);
	try {
		return readPluginAbi(source);
	} finally {
		source.close();
	}
}
async function findManifest(request, context) {
	const { catalog, options, ports, server } = context;
	const { target } = request;
	return manifestFor({
		server,
		target: target.name,
		given: options.manifest ?? (server.source.kind === "binary" ? server.source.path : null),
		catalogText: server.tag === null ? null : await catalog.manifestText(server.tag, target.name),
		cacheDir: options.cacheDir,
		assetOrigin: options.serverApiUrl
	}, {
		files: ports.files,
		openBytes: (path) => ports.openBytes(path),
		fetchAsset: () => fetchAsset(target, context),
		buildReferenceHost: () => referenceHost(request, context)
	});
}
/** Where the API could not name the server, it is not asked again for the server's files. */
async function fetchAsset(target, { ports, run, server }) {
	if (server.source.kind === "catalog") return {
		kind: "unavailable",
		because: server.source.because
	};
	const dir = await run.folder(target.name, "asset");
	return fetchServerBinary({
		server,
		target: target.name,
		dir
	}, ports);
}
async function referenceHost(request, context) {
	if (context.options.image !== null) return {
		kind: "unavailable",
		because: "a reference host from an image of your own says nothing about the server"
	};
	const packages = packagesInReach(request.sources.listing, context.server);
	return buildReferenceHost({
		...request,
		packages
	}, context);
}
// src/plugin/stamp.ts
/**
* A fingerprint of everything that decides which modules a build needs: while it stays the same, a module cache that
* was complete is still complete. A change inside of functions leaves it as it is; a new import, build constraint or
* file name does not.
*
* @returns sha256, 64 hex digits
*/
async function importStamp(request, files) {
	const { moduleDir, replaced, ...facts } = request;
	const hash = createHash("sha256");
	hash.update(JSON.stringify(Object.entries(facts).sort()));
	for (const [index, dir] of [moduleDir, ...replaced].entries()) {
		hash.update(JSON.stringify([index, await moduleHeaders(dir, files)]));
		if (index > 0) hash.update(JSON.stringify(await readOptional(join(dir, "go.mod"), files)));
	}
	return hash.digest("hex");
}
async function moduleHeaders(dir, files) {
	const visible = await walk({
		dir,
		hidden: false
	}, files);
	return visible.some(([, header]) => /["/](?:_|testdata|node_modules)/.test(header)) ? walk({
		dir,
		hidden: true
	}, files) : visible;
}
async function walk(request, files) {
	const seen = /* @__PURE__ */ new Set();
	const visit = async (dir, inside) => {
		const real = await files.realPath(dir);
		if (seen.has(real)) return [];
		seen.add(real);
		const names = await files.list(dir);
		if (inside !== "" && names.includes("go.mod")) return [];
		const wanted = names.filter((name) => !isIgnored(name, request.hidden));
		return (await Promise.all(wanted.map((name) => entry(join(dir, name), inside + name)))).flat();
	};
	const entry = async (path, inside) => {
		const text = path.endsWith(".go") ? await readFile$1(path, files) : null;
		if (text !== null) return [[inside, headerText(text)]];
		return (await files.stat(path))?.kind === "folder" ? visit(path, `${inside}/`) : [];
	};
	return visit(request.dir, "");
}
function isIgnored(name, hidden) {
	if (name.startsWith(".") || name === "vendor" || name.endsWith("_test.go")) return true;
	return !hidden && (name.startsWith("_") || name === "testdata" || name === "node_modules");
}
/** A file that is no Go counts whole: any change to it may be the one that makes it Go. */
function headerText(text) {
	const header = readGoHeader(text);
	if (header === null) return text;
	return JSON.stringify([
		header.constraints,
		header.package,
		header.imports.map(({ path }) => path)
	]);
}
/** Null where it cannot be read as a file: a folder called `x.go`, or a link to nowhere. */
async function readFile$1(path, files) {
	return files.readText(path).catch(() => null);
}
async function readOptional(path, files) {
	return await files.stat(path) === null ? null : files.readText(path);
}
// src/pipeline/sources.ts
/** What the download step leaves for later runs of the same pin and imports. */
const rememberedSchema = object({
	goMod: string(),
	goSum: string(),
	list: string()
});
/**
* Makes a target's workspace. The download step is left out where an earlier run did it for the same pin, imports and
* module cache; `again` does it all the same.
*
* @throws Failure for what the go command says of the plugin's modules and packages
*/
async function prepareSources(request, context) {
	const { target, task, again } = request;
	const workspace = await makeWorkspace(target, context);
	const memory = await memoryFile(target, workspace, context);
	const known = again ? null : await recall(memory, context);
	const found = known ?? await download({
		target,
		task,
		workspace
	}, context);
	const { files } = context.ports;
	await files.write(join(workspace.pin, "go.mod"), found.goMod);
	await files.write(join(workspace.pin, "go.sum"), found.goSum);
	if (known === null) await files.write(memory, JSON.stringify(found));
	return {
		workspace,
		listing: parseListing(found.list),
		downloaded: known === null
	};
}
async function makeWorkspace(target, { project, run, pinning }) {
	return {
		module: project.moduleDir,
		pin: await run.folder(target.name, "pin"),
		out: await run.folder(target.name, "out"),
		replaced: pinning.folders
	};
}
/** Beside the module cache that it speaks of: whoever removes the one removes the other. */
async function memoryFile(target, workspace, context) {
	const { builder, pinning, project, server, options, ports } = context;
	const stamp = await importStamp({
		moduleDir: workspace.module,
		replaced: workspace.replaced,
		pinText: pinning.goMod,
		sumText: pinning.goSum,
		goVersion: server.goVersion,
		builderKind: builder.kind,
		target: target.name,
		tags: options.flags.tags,
		package: project.packageArg
	}, ports.files);
	const folder = join(dirname(builder.modCache(target)), "downloaded");
	await ports.files.makeDir(folder);
	return join(folder, `${stamp}.json`);
}
async function recall(memory, { ports }) {
	if (await ports.files.stat(memory) === null) return null;
	try {
		const found = safeParse(rememberedSchema, JSON.parse(await ports.files.readText(memory)));
		return found.success ? found.output : null;
	} catch {
		return null;
	}
}
async function download(request, context) {
	const { workspace } = request;
	const { builder, pinning, project, options, ports } = context;
	const places = builder.places(workspace);
	await ports.files.write(join(workspace.pin, "go.mod"), pinning.goMod);
	await ports.files.write(join(workspace.pin, "go.sum"), pinning.goSum);
	if (pinning.tidy) await go([
		"mod",
		"tidy",
		`-modfile=${places.pin}/go.mod`
	], request, context);
	const list = await go(listArgs({
		places,
		package: project.packageArg,
		tags: options.flags.tags
	}), request, context);
	return {
		goMod: await ports.files.readText(join(workspace.pin, "go.mod")),
		goSum: await ports.files.readText(join(workspace.pin, "go.sum")),
		list
	};
}
/** Runs go with the network; gives what it prints. */
async function go(args, request, context) {
	const { target, workspace } = request;
	const step = {
		target,
		workspace,
		phase: "download",
		args
	};
	const outcome = await context.builder.run(step);
	if (outcome.kind === "ok") return outcome.stdout;
	if (outcome.kind === "timed-out") throw timedOut(outcome.minutes, "downloading modules");
	for (const line of outcome.stderr.split("\n")) request.task.log(line);
	const known = {
		...diagnosis(request, context),
		listing: null
	};
	throw await diagnoseList(outcome.stderr, known, asking({
		target,
		workspace
	}, context));
}
/** Go with the network, for what a diagnosis wants to look up. */
function asking(where, { builder }) {
	return (args) => builder.run({
		...where,
		phase: "download",
		args
	});
}
/** What a diagnosis of go's messages needs to know. */
function diagnosis(request, context) {
	const { builder, pinning, project, server, ports } = context;
	return {
		project,
		server,
		changes: pinning.changes,
		places: builder.places(request.workspace),
		goMod: project.goMod,
		replaced: pinning.replaced.map(({ dir }) => dir),
		files: ports.files
	};
}
// src/pipeline/build-target.ts
/** Builds and proves one target. What goes wrong becomes a line of the report, so that other targets go on. */
async function buildTarget(target, context) {
	const task = context.ports.reporter.task(target.name);
	const begun = context.ports.clock.now();
	try {
		await removeEarlier(target, context);
		return await buildAndProve({
			target,
			task
		}, context);
	} catch (error) {
		const failure = asFailure(error);
		task.fail(failure.what);
		for (const line of causeLines(failure)) context.ports.reporter.detail(line);
		const seconds = (context.ports.clock.now() - begun) / 1e3;
		return {
			report: {
				kind: "failed",
				target: target.name,
				failure: reportedFailure(failure),
				seconds
			},
			changes: []
		};
	}
}
async function buildAndProve(job, context) {
	const { target, task } = job;
	const compiled = await compile(job, context);
	const proof = await prove({
		...job,
		file: compiled.path,
		sources: compiled.sources
	}, context);
	const placed = await placeFile({
		target,
		path: compiled.path,
		verdict: proof.verdict
	}, context);
	tell(task, proof, compiled.seconds);
	return {
		report: {
			kind: "built",
			target: target.name,
			seconds: compiled.seconds,
			...placed,
			...proof
		},
		changes: changesOf(compiled.sources, context)
	};
}
function tell(task, { verdict }, seconds) {
	const time = `compiled in ${seconds.toFixed(1)} s`;
	if (verdict === null) task.done(`${time}, not verified`);
	else if (verdict.kind === "loads") task.done(`loads (${String(verdict.compared)} packages compared), ${time}`);
	else if (verdict.kind === "rejected") task.fail(`will not load, ${time}`);
	else task.fail(`undecided: ${verdict.because}`);
}
function changesOf({ listing }, { options, pinning, project, server }) {
	const pinned = options.dependencies === "pin" ? server.pinList.modules : [];
	return effectiveChanges({
		changes: pinning.changes,
		goMod: project.goMod,
		pinned,
		listing
	});
}
async function compile(job, context) {
	const sources = await checkedSources({
		...job,
		again: false
	}, context);
	const first = await compileOnce(job, sources, context);
	if (first.kind === "compiled") return first.compiled;
	if (sources.downloaded || !lacksModules(first.stderr)) throw await first.failure();
	const second = await compileOnce(job, await checkedSources({
		...job,
		again: true
	}, context), context);
	if (second.kind === "compiled") return second.compiled;
	throw await second.failure();
}
async function checkedSources(request, context) {
	const sources = await prepareSources(request, context);
	checkListing(sources.listing, context.project);
	return sources;
}
async function compileOnce({ target, task }, sources, context) {
	const { workspace, listing } = sources;
	await writeApiCheck(sources, context);
	const outcome = await context.builder.run({
		target,
		workspace,
		phase: "compile",
		args: compileArgs(workspace, context),
		onLine: (line) => task.log(line)
	});
	if (outcome.kind === "timed-out") throw timedOut(outcome.minutes, "compiling");
	if (outcome.kind === "ok") return {
		kind: "compiled",
		compiled: {
			path: join(workspace.out, compiledFile),
			seconds: outcome.seconds,
			sources
		}
	};
	return {
		kind: "failed",
		stderr: outcome.stderr,
		failure: () => diagnoseCompile(outcome.stderr, {
			...diagnosis(sources, context),
			listing
		}, asking({
			target,
			workspace
		}, context))
	};
}
async function writeApiCheck({ workspace }, context) {
	const { builder, project, ports } = context;
	const places = builder.places(workspace);
	const check = apiCheckFiles({
		packageDirPlace: posix.join(places.module, project.packageArg),
		pinPlace: places.pin,
		taken: await ports.files.list(project.packageDir)
	});
	await ports.files.write(join(workspace.pin, "overlay.json"), check.overlayJson);
	await ports.files.write(join(workspace.pin, check.fileName), check.goFile);
}
// src/pipeline/dry-run.ts
/** Prints the commands that would build a target, and starts none of them. */
function describeTarget(target, context) {
	const { builder, options, pinning, ports, project, run } = context;
	const folder = `${run.path}/${target.name}`;
	const workspace = {
		module: project.moduleDir,
		pin: `${folder}/pin`,
		out: `${folder}/out`,
		replaced: pinning.folders
	};
	const places = builder.places(workspace);
	const step = (phase, args) => ({
		target,
		workspace,
		phase,
		args
	});
	const steps = [
		...pinning.tidy ? [step("download", [
			"mod",
			"tidy",
			`-modfile=${places.pin}/go.mod`
		])] : [],
		step("download", listArgs({
			places,
			package: project.packageArg,
			tags: options.flags.tags
		})),
		step("compile", compileArgs(workspace, context))
	];
	for (const { program, args } of steps.map((each) => builder.describe(each))) ports.reporter.note([program, ...args].map(quoted).join(" "));
	return {
		report: {
			kind: "skipped",
			target: target.name,
			because: "dry run"
		},
		changes: pinning.changes
	};
}
/** As a POSIX shell reads it, so that the line can be pasted. */
function quoted(argument) {
	return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}
// src/pin/local-replaces.ts
/**
* The replaces that a build by this rule keeps, each once: `pin` drops those of the server's modules, as the server's
* version must win. Throws Failure `conflicting-replaces` where a kept module has two replacements: Go refuses that
* too, but would name the build-only file.
*/
function keptReplaces(mod, rule, file) {
	const pinned = rule.dependencies === "pin" ? pinnedVersions(mod.module, rule.server) : /* @__PURE__ */ new Map();
	return distinct(mod.replaces.filter(({ old }) => !pinned.has(old.path)), file);
}
/** Path -> version of each module that a pin fixes; a plugin cannot pin itself. */
function pinnedVersions(plugin, server) {
	const others = server.pinList.modules.filter(({ path }) => path !== plugin);
	return new Map(others.map(({ path, version }) => [path, version]));
}
/**
* Points local replaces at where the builder shows their folders. One folder keeps one number, since Go refuses a
* folder that stands for two modules and can only see that while the path is the same.
*/
function rewriteLocalReplaces(replaces, replacedAt) {
	const folders = /* @__PURE__ */ new Map();
	return {
		replaces: replaces.map((replace) => {
			if (replace.new.kind !== "local") return replace;
			const { dir } = replace.new;
			const key = posix.resolve("/module", dir);
			const known = folders.get(key) ?? {
				index: folders.size,
				dir,
				module: replace.old.path,
				line: replace.line
			};
			folders.set(key, known);
			return {
				...replace,
				new: {
					kind: "local",
					dir: replacedAt(known.index)
				}
			};
		}),
		replaced: [...folders.values()]
	};
}
function distinct(replaces, file) {
	const known = /* @__PURE__ */ new Map();
	for (const replace of replaces) {
		const key = `${replace.old.path} ${replace.old.version ?? ""}`;
		const before = known.get(key);
		if (before === void 0) known.set(key, replace);
		else if (targetText(before) !== targetText(replace)) throw conflict(before, replace, file);
	}
	return [...known.values()];
}
/** What a module is replaced by, for messages: a version where the path stays, else path and version, or a folder. */
function targetText({ old, new: target }) {
	if (target.kind === "local") return target.dir;
	return target.path === old.path ? target.version : `${target.path} ${target.version}`;
}
function conflict(before, replace, file) {
	const [first, second] = [targetText(before), targetText(replace)];
	return new Failure("input", {
		code: "conflicting-replaces",
		what: `${replace.old.path} is replaced by ${first} in line ${String(before.line)}, and here by ${second}`,
		remedy: "Keep one of the two replace lines.",
		where: {
			kind: "file",
			file,
			line: replace.line
		}
	});
}
// src/pin/print.ts
/** The text of a build-only go.mod: one directive a line, which every Go since 1.11 reads. */
function printBuildOnly(mod) {
	return `${[
		"// Made by gotify-plugin-build for one build. The plugin has its own go.mod.",
		`module ${autoQuote(mod.module)}`,
		...mod.go === null ? [] : [`go ${mod.go}`],
		...mod.toolchain === null ? [] : [`toolchain ${mod.toolchain}`],
		...mod.godebugs.map(({ key, value }) => `godebug ${key}=${value}`),
		...mod.requires.map(requireLine),
		...mod.tools.map(({ path }) => `tool ${autoQuote(path)}`),
		...mod.ignores.map(({ path }) => `ignore ${autoQuote(path)}`),
		...mod.excludes.map(({ path, version }) => `exclude ${autoQuote(path)} ${version}`),
		...mod.replaces.map(replaceLine)
	].join("\n")}\n`;
}
function requireLine({ path, version, indirect }) {
	return `require ${autoQuote(path)} ${version}${indirect ? " // indirect" : ""}`;
}
function replaceLine({ old, new: target }) {
	return `replace ${old.version === null ? autoQuote(old.path) : `${autoQuote(old.path)} ${old.version}`} => ${target.kind === "local" ? autoQuote(target.dir) : `${autoQuote(target.path)} ${target.version}`}`;
}
// src/pin/pin.ts
/**
* Pins a plugin to every module of the server (`dependencies: pin`): the plugin's go.mod, plus `replace M => M VERSION`
* without a version on the left for each module M of the pin list, so that minimal version selection cannot raise one
* again. Lines that could beat a pin, or that an older Go does not know, are left out.
* Throws Failure where go.mod or go.sum is malformed, or the two go.sum files contradict each other.
*/
function pinModule(request) {
	const { file, server } = request;
	const mod = parsePlugin(request);
	const pinned = pinnedVersions(mod.module, server);
	const local = rewriteLocalReplaces(keptReplaces(mod, {
		dependencies: "pin",
		server
	}, file), request.replacedAt);
	const go = mod.go === null ? null : fittingGoLine(mod.go.version, server.goVersion);
	return {
		goMod: printBuildOnly({
			module: mod.module,
			go,
			toolchain: null,
			requires: mod.requires,
			excludes: mod.excludes.filter(({ path }) => !pinned.has(path)),
			replaces: [...local.replaces, ...pinLines(pinned)],
			tools: [],
			godebugs: [],
			ignores: []
		}),
		goSum: withServerSums(request),
		changes: [...lineChanges(mod, {
			go,
			toolchain: null
		}), ...moduleChanges(mod, pinned)],
		warnings: [...ownModuleWarnings(mod, server), ...droppedLineWarnings(mod, pinned)],
		replaced: local.replaced
	};
}
/**
* The plugin's own versions (`dependencies: keep`): nothing is pinned, and a `go` line that is too new stays, so that
* Go itself says so. Only local replaces move, and lines go that the server's Go could not even read.
* Throws Failure as pinModule does.
*/
function keepModule(request) {
	const { file, goSum, server } = request;
	const mod = parsePlugin(request);
	const local = rewriteLocalReplaces(keptReplaces(mod, {
		dependencies: "keep",
		server
	}, file), request.replacedAt);
	const knows = (since) => compareGoVersions(server.goVersion, since) >= 0;
	const go = mod.go === null ? null : readableGoLine(mod.go.version, server.goVersion);
	const toolchain = knowsThreeParts(server.goVersion) ? mod.toolchain?.name ?? null : null;
	return {
		goMod: printBuildOnly({
			module: mod.module,
			go,
			toolchain,
			requires: mod.requires,
			excludes: mod.excludes,
			replaces: local.replaces,
			godebugs: knows("1.23") ? mod.godebugs : [],
			tools: knows("1.24") ? mod.tools : [],
			ignores: knows("1.25") ? mod.ignores : []
		}),
		goSum: goSum ?? "",
		changes: lineChanges(mod, {
			go,
			toolchain
		}),
		warnings: [],
		replaced: local.replaced
	};
}
/** The plugin's go.sum and the server's in one, so that Go checks each module against both. */
function withServerSums({ file, goSum, server }) {
	const names = {
		a: file.replace(/\.mod$/, ".sum"),
		b: `the go.sum of gotify ${server.version}`
	};
	return unionSums(goSum ?? "", server.goSum, names);
}
function parsePlugin({ goMod, file }) {
	const mod = parseModFile(goMod, file);
	if (mod.module !== "") return mod;
	throw new Failure("input", {
		code: "no-module-line",
		what: "go.mod does not say which module it is",
		remedy: "Add a line such as `module example.com/my-plugin`.",
		where: {
			kind: "file",
			file,
			line: 1
		}
	});
}
/** The `go` line for a build with this Go: the plugin's, or the highest that this Go accepts. */
function fittingGoLine(version, goVersion) {
	if (compareGoVersions(version, goVersion) > 0) return goLineFor(goVersion);
	return readableGoLine(version, goVersion);
}
/** Before Go 1.21 a `go` line of three parts is a syntax error. */
function readableGoLine(version, goVersion) {
	return knowsThreeParts(goVersion) ? version : languageVersion(version);
}
function pinLines(pinned) {
	return [...pinned].map(([path, version]) => ({
		old: {
			path,
			version: null
		},
		new: {
			kind: "module",
			path,
			version
		}
	}));
}
function lineChanges(mod, built) {
	return [{
		module: "go",
		from: mod.go?.version,
		to: built.go,
		line: mod.go?.line
	}, {
		module: "toolchain",
		from: mod.toolchain?.name,
		to: built.toolchain,
		line: mod.toolchain?.line
	}].flatMap(({ module, from, to, line }) => from === void 0 || line === void 0 || from === to ? [] : [{
		module,
		from,
		to,
		line,
		reach: "direct"
	}]);
}
/** What the pins change: requires at another version, and replaces of the server's modules by something else. */
function moduleChanges(mod, pinned) {
	const replaced = mod.replaces.filter(({ old }) => isUnrequired(mod, old.path));
	return [...mod.requires.map((require) => {
		const replace = replaceOf(mod, require);
		const { path, version, line, indirect } = require;
		const reach = indirect ? "transitive" : "direct";
		return replace === void 0 ? {
			module: path,
			from: version,
			line,
			reach
		} : {
			module: path,
			from: targetText(replace),
			line: replace.line,
			reach
		};
	}), ...replaced.map((replace) => ({
		module: replace.old.path,
		from: targetText(replace),
		line: replace.line,
		reach: "transitive"
	}))].flatMap((change) => {
		const to = pinned.get(change.module);
		return to === void 0 || to === change.from ? [] : [{
			...change,
			to
		}];
	});
}
function isUnrequired(mod, path) {
	return !mod.requires.some((require) => require.path === path);
}
/** The replace that Go would use for a required version: one for that version comes before one for all. */
function replaceOf(mod, { path, version }) {
	const candidates = mod.replaces.filter(({ old }) => old.path === path);
	return candidates.find(({ old }) => old.version === version) ?? candidates.find(({ old }) => old.version === null);
}
function ownModuleWarnings(mod, server) {
	if (!server.pinList.modules.some(({ path }) => path === mod.module)) return [];
	return [{
		text: `the plugin's own module path ${mod.module} is that of a module in gotify ${server.version}: packages that both have cannot match`,
		line: null
	}];
}
function droppedLineWarnings(mod, pinned) {
	const warnings = [];
	for (const replace of mod.replaces) {
		const version = pinned.get(replace.old.path);
		if (version === void 0 || version === targetText(replace)) continue;
		const text = `the replacement of ${replace.old.path} by ${targetText(replace)} is not used: the server has ${version}, and a plugin must have the same`;
		warnings.push({
			text,
			line: replace.line
		});
	}
	for (const { path, version, line } of mod.excludes) {
		if (pinned.get(path) !== version) continue;
		const text = `${path} ${version} is excluded, and used all the same: it is the version in the server`;
		warnings.push({
			text,
			line
		});
	}
	return warnings;
}
// src/pin/cap.ts
/**
* `dependencies: cap`: the plugin's go.mod with the rule `gomod-cap` applied, as a build-only file for a following
* `go mod tidy`. Throws Failure as keepModule does.
*/
function capModule(request) {
	const capped = capText(request);
	const kept = keepModule({
		...request,
		goMod: capped.text
	});
	return {
		...kept,
		goSum: withServerSums(request),
		changes: [...kept.changes, ...capped.changes]
	};
}
/**
* The rule of gotify's own gomod-cap (github.com/gotify/plugin-api, cmd/gomod-cap): each module that both go.mod files
* require gets the server's version, up or down. Nothing else in the text changes: comments, order and line ends stay.
*/
function capText(request) {
	const { goMod, file, server } = request;
	const required = parseModFile(server.goMod, `go.mod of gotify ${server.version}`).requires;
	const versions = new Map(required.map(({ path, version }) => [path, version]));
	const changes = [];
	let text = "";
	let done = 0;
	for (const { path, version, indirect, line, versionAt } of parseModFile(goMod, file).requires) {
		const to = versions.get(path);
		if (to === void 0 || to === version) continue;
		text += goMod.slice(done, versionAt[0]) + to;
		done = versionAt[1];
		changes.push({
			module: path,
			from: version,
			to,
			line,
			reach: indirect ? "transitive" : "direct"
		});
	}
	return {
		text: text + goMod.slice(done),
		changes
	};
}
// src/pin/replaced.ts
/**
* Finds the folders that local replaces of the plugin's go.mod name, in the order of their index. A folder whose
* `go` line is too new is copied and the copy's line lowered; the user's folder is never written.
* Throws Failure (input) with the line of the replace: `replaced-folder-missing`, `replaced-not-a-folder`,
* `replaced-without-go-mod`; and as the pin does for a malformed go.mod.
*/
async function collectReplaced(request, files) {
	const { replaced } = rewriteLocalReplaces(keptReplaces(parseModFile(request.goMod, request.file), request, request.file), String);
	return Promise.all(replaced.map((local) => collect(local, request, files)));
}
async function collect(local, request, files) {
	const source = await realFolder(local, request, files);
	const goMod = join(source, "go.mod");
	if ((await files.stat(goMod))?.kind !== "file") throw wrongFolder(local, request, {
		code: "replaced-without-go-mod",
		what: `${local.dir}, which replaces ${local.module}, has no go.mod`,
		remedy: `Run \`go mod init ${local.module}\` in that folder, or correct the replace line.`
	});
	const text = await files.readText(goMod);
	const go = dependencyGoLine(text, goMod);
	const { goVersion } = request.server;
	if (go === null || compareGoVersions(go.version, goVersion) <= 0) return {
		index: local.index,
		dir: source,
		source,
		lowered: null
	};
	const dir = join(request.workDir, String(local.index));
	const to = goLineFor(goVersion);
	await files.copy(source, dir);
	await files.write(join(dir, "go.mod"), text.slice(0, go.at[0]) + to + text.slice(go.at[1]));
	return {
		index: local.index,
		dir,
		source,
		lowered: {
			from: go.version,
			to
		}
	};
}
async function realFolder(local, request, files) {
	const path = isAbsolute(local.dir) ? local.dir : resolve(request.moduleDir, local.dir);
	const stat = await files.stat(path);
	if (stat?.kind === "folder") return files.realPath(path);
	const named = `${local.dir}, which replaces ${local.module}`;
	if (stat === null) throw wrongFolder(local, request, {
		code: "replaced-folder-missing",
		what: `the folder ${named}, is not there (looked at ${path})`,
		remedy: "Check it out too, or remove the replace line."
	});
	throw wrongFolder(local, request, {
		code: "replaced-not-a-folder",
		what: `${named}, is not a folder (${path})`,
		remedy: "Name the folder that has the module and its go.mod."
	});
}
function wrongFolder({ line }, { file }, parts) {
	return new Failure("input", {
		...parts,
		where: {
			kind: "file",
			file,
			line
		}
	});
}
// src/pipeline/pinning.ts
/**
* The build-only files for one server. The plugin's own go.mod and go.sum are read, never written.
*
* @throws Failure (input) for a malformed go.mod or go.sum, or a local replacement that is not there
*/
async function preparePinning(request, ports) {
	const { project, server, dependencies, builder, run } = request;
	const folders = (await collectReplaced({
		goMod: project.goModText,
		file: project.displayGoMod,
		moduleDir: project.moduleDir,
		dependencies,
		server,
		workDir: await run.folder("replaced")
	}, ports.files)).map(({ dir }) => dir);
	const places = builder.places(emptyWorkspace(project.moduleDir, folders));
	const source = {
		goMod: project.goModText,
		file: project.displayGoMod,
		goSum: project.goSumText,
		server,
		replacedAt: (index) => places.replaced(index)
	};
	const pin = {
		pin: pinModule,
		cap: capModule,
		keep: keepModule
	}[dependencies](source);
	for (const { text, line } of pin.warnings) ports.reporter.warn(text, {
		kind: "file",
		file: project.displayGoMod,
		...line === null ? {} : { line }
	});
	return {
		...pin,
		folders,
		tidy: dependencies === "cap"
	};
}
/** The replacements' places depend on nothing else of a workspace. */
function emptyWorkspace(module, replaced) {
	return {
		module,
		pin: "",
		out: "",
		replaced
	};
}
// src/pipeline/run-dir.ts
/**
* Opens a scratch folder of this run's own, after removing those of runs that were killed before they could.
* A folder's name carries its owner (boot, pid namespace, pid, start time), so that a later run can tell.
*/
async function openRun(cacheDir, ports) {
	const { files, caller } = ports;
	const runs = join(cacheDir, "runs");
	await files.makeDir(runs);
	await removeDead(runs, ports);
	const path = join(runs, `${ownerPrefix(caller)}${String(caller.pid)}_${caller.startTime ?? ""}_${randomBytes(4).toString("hex")}`);
	await files.makeDir(path);
	return {
		path,
		folder: async (...parts) => {
			const folder = join(path, ...parts);
			await files.makeDir(folder);
			return folder;
		},
		close: () => files.remove(path)
	};
}
async function removeDead(runs, ports) {
	const { files, caller } = ports;
	const prefix = ownerPrefix(caller);
	for (const name of await files.list(runs)) {
		const [pid, startTime] = name.startsWith(prefix) ? name.slice(prefix.length).split("_") : [];
		if (pid === void 0 || startTime === void 0 || startTime === "") continue;
		if (await isAlive({
			pid: Number(pid),
			startTime
		}, files)) continue;
		await files.remove(join(runs, name)).catch(() => void 0);
	}
}
/** A pid means something only within one boot, one pid namespace and one user. */
function ownerPrefix({ bootId, pidNamespace, uid }) {
	const namespace = /\d+/.exec(pidNamespace ?? "")?.[0] ?? "";
	return `${bootId ?? ""}_${namespace}_${String(uid)}_`;
}
// src/pipeline/build.ts
/**
* The whole job: the plugin at `options.path` built for one server and each target, and proven against it.
*
* Gives a report where at least the question could be asked of each target: a target that does not build or will not
* load is a line of it, not an exception.
*
* @throws Failure where nothing could be started: bad input, unknown server, no engine
*/
async function runBuild(options, ports) {
	const project = await locatePlugin({
		path: options.path,
		package: options.package,
		base: options.base
	}, ports.files);
	const catalog = await loadCatalog(ports.catalogDir, ports.files);
	const server = await resolveServer(options.server, {
		...ports,
		catalog,
		cacheDir: options.cacheDir
	});
	const targets = chooseTargets({
		wanted: options.targets,
		server,
		arch: ports.arch
	});
	tellServer(server, ports);
	const builder = createBuilder({
		options,
		server,
		ports
	});
	const run = await openRun(options.cacheDir, ports);
	const close = async () => {
		await builder.close();
		await run.close();
	};
	ports.onClose(close);
	try {
		if (!options.dryRun) await builder.prepare(targets);
		const pinning = await preparePinning({
			project,
			server,
			dependencies: options.dependencies,
			builder,
			run
		}, ports);
		const context = {
			options,
			ports,
			project,
			catalog,
			server,
			builder,
			run,
			pinning
		};
		return reportOf({
			options,
			project,
			server,
			pinning,
			results: options.dryRun ? targets.map((target) => describeTarget(target, context)) : await buildAll(targets, context)
		});
	} finally {
		await close();
	}
}
function tellServer(server, { reporter }) {
	const commit = server.commit === null ? "" : ` (${server.commit.slice(0, 12)})`;
	reporter.note(`gotify ${server.version}${commit}: Go ${server.goVersion}, ${String(server.pinList.modules.length)} modules, from ${server.source.kind}`);
}
/** Fans the targets out; with fail-fast those not yet started are skipped after the first that fails. */
async function buildAll(targets, context) {
	const limit = pLimit(context.options.concurrency);
	let failed = null;
	return Promise.all(targets.map((target) => limit(async () => {
		if (failed !== null && context.options.failFast) return {
			report: {
				kind: "skipped",
				target: target.name,
				because: `${failed} failed first (fail-fast)`
			},
			changes: []
		};
		const result = await buildTarget(target, context);
		if (targetExitCode(result.report) !== 0) failed ??= target.name;
		return result;
	})));
}
function reportOf({ options, project, server, pinning, results }) {
	const targets = results.map((result) => result.report);
	return {
		schema: 1,
		mode: "build",
		server: {
			version: server.version,
			tag: server.tag,
			commit: server.commit,
			goVersion: server.goVersion,
			source: server.source,
			pinList: server.pinList
		},
		plugin: {
			module: project.modulePath,
			package: project.packageArg,
			name: options.name ?? project.name
		},
		builder: options.builder,
		dependencies: options.dependencies,
		changes: unite(results.map((result) => result.changes)),
		warnings: pinning.warnings.map((warning) => warning.text),
		targets,
		compatible: compatible(targets),
		exitCode: worst(targets.map(targetExitCode))
	};
}
function unite(lists) {
	return [...new Map(lists.flat().map((change) => [change.module, change])).values()];
}
function targetExitCode(report) {
	if (report.kind === "skipped") return 0;
	if (report.kind === "failed") return exitCodeOf(report.failure.kind);
	return report.verdict === null || report.verdict.kind === "loads" ? 0 : 1;
}
function worst(codes) {
	return codes.reduce((highest, code) => code > highest ? code : highest, 0);
}
/** True only where every requested target is proven to load. */
function compatible(targets) {
	const loads = (report) => report.kind === "built" && report.verdict?.kind === "loads";
	if (targets.length > 0 && targets.every(loads)) return true;
	return targets.some(isIncompatible) ? false : "unknown";
}
function isIncompatible(report) {
	if (report.kind === "failed") return report.failure.kind === "plugin";
	return report.kind === "built" && report.verdict?.kind === "rejected";
}
// src/run-job.ts
/**
* Runs a build with the real effects, as both entries do, and writes report.json (a dry run writes none).
*
* @throws Failure where there is no report of targets; report.json then has the failure
*/
async function runJob(job) {
	const { options, reporter, catalogDir, env } = job;
	const interrupts = handleInterrupts(job.tell);
	interrupts.add(() => reporter.close());
	const ports = createBuildPorts({
		options,
		reporter,
		catalogDir,
		env,
		onClose: (cleanup) => interrupts.add(cleanup)
	});
	const write = reportWriter(options, ports.files);
	try {
		const report = await interrupts.guard(runBuild(options, ports));
		await write(reportJson(report, options.output));
		return report;
	} catch (error) {
		const failure = asFailure(error);
		await write(failureJson(failureReport(failure))).catch(() => void 0);
		throw failure;
	} finally {
		await reporter.close();
	}
}
function reportWriter(options, files) {
	if (options.dryRun) return () => Promise.resolve();
	return async (text) => {
		await files.makeDir(options.output);
		await files.write(reportPath(options), text);
	};
}
export { runJob };
