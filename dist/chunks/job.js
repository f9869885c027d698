const require_rolldown_runtime = require("./rolldown-runtime.js");
const require_start = require("./start.js");
let node_path = require("node:path");
let node_fs = require("node:fs");
let node_string_decoder = require("node:string_decoder");
// late:node:crypto
const createHash = (...args) => require("node:crypto").createHash(...args);
const randomBytes = (...args) => require("node:crypto").randomBytes(...args);
const randomUUID = (...args) => require("node:crypto").randomUUID(...args);
// src/report/failed.ts
function failureReport(failure, mode) {
	return {
		schema: 1,
		mode,
		failure: require_start.reportedFailure(failure),
		compatible: compatibleAfter(failure),
		exitCode: require_start.exitCodeOf(failure.kind)
	};
}
/** Only a plugin that does not build is known not to load; bad input and broken surroundings say nothing about it. */
function compatibleAfter({ kind }) {
	return kind === "plugin" ? false : "unknown";
}
// src/report/json.ts
/** Where report.json is, or will be. That of `publish` lies beside the one of the build, which its rerun reads again. */
function reportPath({ output, mode }) {
	return (0, node_path.join)(output, mode === "publish" ? "publish-report.json" : "report.json");
}
/**
* The text of report.json, as docs/report.schema.json has it. Files are named relative to its folder, so that the
* folder can be moved to another machine as a whole.
*
* @param folder where report.json will lie, absolute
*/
function reportJson(report, folder) {
	if (report.mode !== "build") return `${JSON.stringify(report, null, 2)}\n`;
	const groups = report.groups.map((group) => ({
		...group,
		targets: group.targets.map((target) => withRelativeFile(target, folder))
	}));
	return `${JSON.stringify({
		...report,
		groups
	}, null, 2)}\n`;
}
/** The same for a run that ended before there was a report. */
function failureJson(report) {
	return `${JSON.stringify(report, null, 2)}\n`;
}
function withRelativeFile(target, folder) {
	return "file" in target ? {
		...target,
		file: (0, node_path.relative)(folder, target.file)
	} : target;
}
// late:node:fs/promises
const access = (...args) => require("node:fs/promises").access(...args);
const cp = (...args) => require("node:fs/promises").cp(...args);
const rename = (...args) => require("node:fs/promises").rename(...args);
const rm = (...args) => require("node:fs/promises").rm(...args);
const readdir = (...args) => require("node:fs/promises").readdir(...args);
const stat = (...args) => require("node:fs/promises").stat(...args);
const realpath = (...args) => require("node:fs/promises").realpath(...args);
const mkdtemp = (...args) => require("node:fs/promises").mkdtemp(...args);
const readFile = (...args) => require("node:fs/promises").readFile(...args);
// src/plugin/git.ts
/**
* Git in a folder, absolute.
*
* @param more variables of git's own, such as GIT_INDEX_FILE
*/
function gitIn(folder, { runner, env }, more = {}) {
	return async (...args) => {
		const result = await runner.run({
			program: "git",
			args: [
				"-C",
				folder,
				...args
			],
			env: {
				GIT_TERMINAL_PROMPT: "0",
				...Object.fromEntries(["PATH", "HOME"].flatMap((name) => env[name] === void 0 ? [] : [[name, env[name]]])),
				...more
			}
		});
		return result.kind === "exited" && result.exitCode === 0 ? result.stdout : null;
	};
}
// src/go/version.ts
const malformed$1 = {
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
/**
* `1.26.0` of `go1.26.0`, also of `go1.26.0-custom`; null for `default` and other names without a version.
* Source: FromToolchain of cmd/go/internal/gover.
*/
function toolchainVersion(name) {
	const version = /^go([^-]*)/.exec(name)?.[1] ?? "";
	return isGoVersion(version) ? version : null;
}
/** The highest `go` line that this Go accepts: the version itself from Go 1.21 on, before that `1.N` alone. */
function goLineFor(goVersion) {
	return knowsThreeParts(goVersion) ? goVersion : languageVersion(goVersion);
}
/** The `go` line for this Go: the given one where it accepts that, else the highest that it accepts. */
function fittingGoLine(line, goVersion) {
	if (compareGoVersions(line, goVersion) > 0) return goLineFor(goVersion);
	return knowsThreeParts(goVersion) ? line : languageVersion(line);
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
	if (match === null) return malformed$1;
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
// src/adapters/log-tail.ts
/**
* Keeps the end of a log, so that no build can fill the memory with what it prints.
*
* @param most how many lines, and of how many characters together; one line is always kept
*/
function createLogTail(most) {
	let lines = [];
	let characters = 0;
	let left = 0;
	const trim = () => {
		let first = Math.max(0, lines.length - most.lines);
		for (const line of lines.slice(0, first)) characters -= line.length;
		for (; characters > most.characters && first < lines.length - 1; first += 1) characters -= lines[first]?.length ?? 0;
		left += first;
		lines = lines.slice(first);
	};
	return {
		add: (line) => {
			lines.push(line);
			characters += line.length;
			if (lines.length > 2 * most.lines || characters > 2 * most.characters) trim();
		},
		end: () => {
			trim();
			return {
				left,
				lines
			};
		}
	};
}
// src/adapters/reporter-plain.ts
var reporter_plain_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	createPlainReporter: () => createPlainReporter,
	taskLog: () => taskLog,
	warningText: () => warningText
});
/** The last lines of a failed task are what tells why; the rest is there with --verbose. */
const mostOfLog = {
	lines: 100,
	characters: 1048576
};
/** The reporter of a command line without a terminal, or with --verbose: one line an event. */
function createPlainReporter(lines) {
	return {
		note: (text) => lines.out(require_start.printable(text)),
		warn: (text, where) => lines.err(warningText(text, where)),
		detail: (text) => {
			if (lines.verbose) lines.out(require_start.printable(text));
		},
		task: (title) => plainTask(title, lines),
		close: () => Promise.resolve()
	};
}
function warningText(text, where) {
	return require_start.printable(`warning: ${where === void 0 ? "" : `${require_start.whereText(where)}: `}${text}`);
}
/** What a task prints until it ends; `shown`: what is said of it where the task fails, one line each. */
function taskLog(title) {
	const tail = createLogTail(mostOfLog);
	return {
		add: (line) => tail.add(line),
		shown: () => shownLog(title, tail.end())
	};
}
function shownLog(title, { left, lines }) {
	const shown = lines.map((line) => require_start.printable(`${title} | ${line}`));
	return left > 0 ? [`${title} | ... ${String(left)} lines before these are shown with --verbose`, ...shown] : shown;
}
function plainTask(title, { out, verbose }) {
	const log = taskLog(title);
	out(require_start.printable(`${title}: started`));
	return {
		log: (line) => {
			if (verbose) out(require_start.printable(`${title} | ${line}`));
			else log.add(line);
		},
		done: (summary) => out(require_start.printable(`${title}: ${summary}`)),
		fail: (summary) => {
			for (const line of log.shown()) out(line);
			out(require_start.printable(`${title}: failed: ${summary}`));
		}
	};
}
// src/build/owner.ts
/** Longer than any run: a target may take a day. */
const foreignLasts = 1728e5;
const ownerPattern = /^([^_]*)_([^_]*)_([^_]*)_([^_]*)_([^_]*)_([^_]*)$/;
/** The names of things that begin with `<prefix>_<owner>_`; its group is the owner's text. `prefix`: a pattern. */
function namesOfOwners(prefix) {
	return new RegExp(String.raw`^${prefix}_((?:[^_]*_){5}[^_]*)_`);
}
/** A caller in a text without blanks, for names and labels: six parts between underscores. */
function ownerText({ machine, bootId, pidNamespace, uid, pid, startTime }) {
	return [
		machine,
		bootId,
		/\d+/.exec(pidNamespace ?? "")?.[0],
		uid,
		pid,
		startTime
	].map((part) => String(part ?? "")).join("_");
}
/**
* Whether the process that something belongs to is gone. Of a process in this boot and pid namespace /proc tells; those
* of an earlier boot of this machine are gone, if they are as old: machines that were cloned have one id; of other
* machines and namespaces nothing is known but that no run takes so long. What belongs to another user is never called dead.
*
* @param here.now ms since 1970
*/
async function isDead({ owner, since }, here) {
	const [own, theirs] = [ownerPattern.exec(ownerText(here.caller)), ownerPattern.exec(owner)];
	if (own === null || theirs === null) return false;
	const isKnown = (part) => theirs[part] !== "" && own[part] !== "";
	const isSame = (part) => isKnown(part) && theirs[part] === own[part];
	const [machine, boot, namespace, user] = [
		1,
		2,
		3,
		4
	];
	const [pid = "", startTime = ""] = theirs.slice(5);
	if (!isSame(user)) return false;
	if (isSame(boot) && isSame(namespace) && startTime !== "") return !await isAlive({
		pid: Number(pid),
		startTime
	}, here.files);
	if (isSame(machine) && isKnown(boot) && !isSame(boot) && since < await bootedAt(here.files)) return true;
	return here.now - since > foreignLasts;
}
/** When this machine booted (ms since 1970), from proc_stat(5); before everything where that is not known. */
async function bootedAt(files) {
	const text = await files.readText("/proc/stat").catch(() => "");
	return Number(/^btime (\d+)$/m.exec(text)?.[1] ?? "0") * 1e3;
}
/**
* Removes what dead runs left in a folder, which need not be there.
*
* @param left.pattern of the names that count; its first group is the owner's text
*/
async function removeDead(left, here) {
	const { files } = here;
	if (await files.stat(left.folder) === null) return;
	for (const name of await files.list(left.folder)) {
		const path = (0, node_path.join)(left.folder, name);
		const owner = left.pattern.exec(name)?.[1];
		const found = owner === void 0 ? null : await files.stat(path);
		if (owner === void 0 || found === null) continue;
		if (!await isDead({
			owner,
			since: found.modified
		}, here)) continue;
		await files.remove(path).catch(() => void 0);
	}
}
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
// src/build/stopped.ts
const stoppedCode = "stopped";
/** What a step of a builder ends with once the run was interrupted. */
function stopped() {
	return new require_start.Failure("surroundings", {
		code: stoppedCode,
		what: "the build was stopped",
		remedy: "Run it again."
	});
}
// src/build/timed-out.ts
/** A target that ran out of time, or a download; `doing` is what it was at. */
function timedOut(minutes, doing) {
	return new require_start.Failure("surroundings", {
		code: "timed-out",
		what: `it took longer than ${String(minutes)} minutes, and was stopped at ${doing}`,
		remedy: "Raise timeout, or lower concurrency so that each target has more of the machine.",
		where: {
			kind: "input",
			input: "timeout"
		}
	});
}
// src/adapters/caller.ts
/** This process, as /proc knows it. */
function readCaller() {
	let machine = null;
	const stat = orNull(() => (0, node_fs.readFileSync)("/proc/self/stat", "utf8"));
	return {
		uid: process.getuid?.() ?? 0,
		gid: process.getgid?.() ?? 0,
		pid: process.pid,
		startTime: stat === null ? null : startTimeOf(stat),
		bootId: orNull(() => (0, node_fs.readFileSync)("/proc/sys/kernel/random/boot_id", "utf8").trim()),
		pidNamespace: orNull(() => (0, node_fs.readlinkSync)("/proc/self/ns/pid")),
		get machine() {
			machine ??= { id: orNull(() => machineOf((0, node_fs.readFileSync)("/etc/machine-id", "utf8"))) };
			return machine.id;
		}
	};
}
/** The id itself is not for others to see (machine-id(5)). */
function machineOf(machineId) {
	if (!/^[0-9a-f]{32}\s*$/.test(machineId)) return null;
	return createHash("sha256").update(`gotify-plugin-build ${machineId.trim()}`).digest("hex").slice(0, 12);
}
function orNull(read) {
	try {
		return read();
	} catch {
		return null;
	}
}
// src/adapters/write-whole.ts
/**
* Writes beside the target, then renames: a reader never sees half a file, and nothing is left where it fails.
*
* @throws Node's own error
*/
function writeWhole(path, content, options = {}) {
	const draft = draftOf(path);
	try {
		(0, node_fs.writeFileSync)(draft, content, {
			flag: "wx",
			...options
		});
		(0, node_fs.renameSync)(draft, path);
	} catch (error) {
		(0, node_fs.rmSync)(draft, { force: true });
		throw error;
	}
}
let drafts = 0;
/** A name beside the target that nobody else has: no other process writes at this very moment under this number. */
function draftOf(path) {
	drafts += 1;
	const own = [
		process.pid,
		Date.now(),
		drafts
	];
	return (0, node_path.join)((0, node_path.dirname)(path), `.${(0, node_path.basename)(path).slice(0, 100)}.${own.join("-")}`);
}
// src/adapters/files.ts
/**
* The machine's own files. What touches one file or one folder is done at once, as its way through Node's thread pool
* takes longer than the work; whole trees are left to the pool.
*/
function createFiles() {
	return {
		readText: async (path) => (0, node_fs.readFileSync)(path, "utf8"),
		readBytes: async (path) => (0, node_fs.readFileSync)(path),
		stat: async (path) => statOrNull(path),
		list: async (dir) => (0, node_fs.readdirSync)(dir).sort(),
		makeDir: async (path) => makeDir(path),
		write: async (path, content, options) => writeWhole(path, content, options),
		move,
		copy: (from, to) => cp(from, to, {
			recursive: true,
			verbatimSymlinks: true
		}),
		remove: (path) => rm(path, {
			recursive: true,
			force: true
		}),
		removeEmpty: async (dir) => removeEmpty(dir),
		setMode: async (path, mode) => setMode(path, mode),
		chown: async (path, { uid, gid }) => (0, node_fs.lchownSync)(path, uid, gid),
		realPath: async (path) => node_fs.realpathSync.native(path),
		isWritable: async (path) => isWritable(path)
	};
}
function statOrNull(path) {
	try {
		const found = (0, node_fs.statSync)(path);
		const { size, uid, gid, mode, mtimeMs } = found;
		return {
			kind: kindOf(found),
			size,
			uid,
			gid,
			mode: mode & 4095,
			modified: mtimeMs
		};
	} catch (error) {
		if (require_start.codeOf(error) === "ENOENT" || require_start.codeOf(error) === "ENOTDIR") return null;
		throw error;
	}
}
function kindOf(found) {
	return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
}
/**
* Node's own `recursive` never ends where a folder is there and takes no other, as in /proc. Throws ENOTDIR for such a
* folder, and for what is in the way and no folder.
*/
function makeDir(path) {
	if (isMade(path)) return;
	makeDir((0, node_path.dirname)(path));
	if (!isMade(path)) throw notADirectory(`${(0, node_path.dirname)(path)} takes no folder ${(0, node_path.basename)(path)}`);
}
/** False: there is no folder to make it in. */
function isMade(path) {
	try {
		(0, node_fs.mkdirSync)(path);
	} catch (error) {
		if (require_start.codeOf(error) === "ENOENT") return false;
		if (require_start.codeOf(error) !== "EEXIST") throw error;
		if (statOrNull(path)?.kind !== "folder") throw notADirectory(`${path} is not a folder`);
	}
	return true;
}
function notADirectory(message) {
	return Object.assign(/* @__PURE__ */ new Error(`ENOTDIR: ${message}`), { code: "ENOTDIR" });
}
async function move(from, to) {
	try {
		(0, node_fs.renameSync)(from, to);
	} catch (error) {
		if (require_start.codeOf(error) !== "EXDEV") throw error;
		const draft = draftOf(to);
		await cp(from, draft, {
			recursive: true,
			verbatimSymlinks: true,
			force: false,
			errorOnExist: true
		});
		(0, node_fs.renameSync)(draft, to);
		await rm(from, { recursive: true });
	}
}
function removeEmpty(dir) {
	try {
		(0, node_fs.rmdirSync)(dir);
	} catch (error) {
		if (![
			"ENOENT",
			"ENOTEMPTY",
			"EEXIST"
		].includes(require_start.codeOf(error) ?? "")) throw error;
	}
}
function setMode(path, mode) {
	const descriptor = (0, node_fs.openSync)(path, node_fs.constants.O_RDONLY | node_fs.constants.O_NOFOLLOW);
	try {
		(0, node_fs.fchmodSync)(descriptor, mode);
	} finally {
		(0, node_fs.closeSync)(descriptor);
	}
}
function isWritable(path) {
	if (((0, node_fs.statSync)(path).mode & 146) === 0) return false;
	try {
		(0, node_fs.accessSync)(path, node_fs.constants.W_OK);
		return true;
	} catch {
		return false;
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
	const { descriptor, size } = open(path);
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
			(0, node_fs.closeSync)(descriptor);
		}
	};
}
function open(path) {
	try {
		const descriptor = (0, node_fs.openSync)(path, "r");
		const stat = (0, node_fs.fstatSync)(descriptor);
		if (stat.isFile()) return {
			descriptor,
			size: stat.size
		};
		(0, node_fs.closeSync)(descriptor);
	} catch (cause) {
		throw unreadable(path, cause);
	}
	throw unreadable(path, void 0);
}
function unreadable(path, cause) {
	const reason = cause === void 0 ? "it is not an ordinary file" : String(cause).replace(/^Error: /, "");
	return new require_start.Failure("input", {
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
		const count = (0, node_fs.readSync)(descriptor, into, done, into.length - done, offset + done);
		if (count === 0) break;
		done += count;
	}
	return done;
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
/** The toolkit leaves the pipe to stdin open: it ends with this process. */
const tethered = "exec \"$@\" 3<&0 </dev/null";
/** The toolkit does not say which process it started: the first line of stderr does. */
const announced = "echo \"$$\" >&2; exec \"$@\" </dev/null";
/** From asking a program to end until it is killed. */
const graceMs = 2e3;
const longestTimer = 2 ** 31 - 1;
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
	const { exec } = await Promise.resolve().then(() => require("./exec.js")).then((n) => n.exec_exports);
	const stdout = createCollector(command.onLine);
	const stderr = createCollector(command.onLine);
	const { limitSeconds, signal } = command;
	const limit = limitSeconds === void 0 && signal === void 0 ? null : startLimit(limitSeconds, signal);
	const script = limit !== null ? announced : command.tether === true ? tethered : withoutInput;
	try {
		const exitCode = await exec("/bin/sh", [
			"-c",
			script,
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
				stderr: limit?.listen(stderr.take) ?? stderr.take
			}
		});
		const ended = typeof exitCode === "number" ? exitCode : killed;
		return {
			kind: "exited",
			exitCode: limit?.expired() === true ? 124 : ended,
			stdout: stdout.end(),
			stderr: stderr.end()
		};
	} finally {
		limit?.stop();
	}
}
/** @param stopped see Command.signal */
function startLimit(seconds = Infinity, stopped) {
	let pid = null;
	let head = Buffer.alloc(0);
	let expired = false;
	let again;
	const signal = (name) => {
		try {
			if (pid !== null) process.kill(pid, name);
		} catch {}
	};
	const end = () => {
		signal("SIGTERM");
		clearTimeout(again);
		again = setTimeout(() => signal("SIGKILL"), graceMs);
	};
	const expire = () => {
		expired = true;
		end();
	};
	const first = setTimeout(expire, Math.min(seconds * 1e3, longestTimer));
	stopped?.addEventListener("abort", end);
	return {
		listen: (take) => (data) => {
			if (pid !== null) return take(data);
			head = Buffer.concat([head, data]);
			const at = head.indexOf("\n");
			if (at < 0) return;
			pid = Number(head.subarray(0, at).toString());
			if (stopped?.aborted === true) end();
			take(head.subarray(at + 1));
		},
		expired: () => expired,
		stop: () => {
			clearTimeout(first);
			clearTimeout(again);
			stopped?.removeEventListener("abort", end);
		}
	};
}
function createCollector(onLine) {
	const decoder = new node_string_decoder.StringDecoder("utf8");
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
	if ((0, node_path.isAbsolute)(program)) return await isExecutable(program) ? program : null;
	if (program.includes("/")) return findProgram({
		program: (0, node_path.resolve)(cwd ?? ".", program),
		args: [],
		env
	});
	for (const folder of (env["PATH"] ?? "").split(node_path.delimiter).filter(node_path.isAbsolute)) {
		const candidate = (0, node_path.join)(folder, program);
		if (await isExecutable(candidate)) return candidate;
	}
	return null;
}
async function isExecutable(path) {
	try {
		await access(path, node_fs.constants.X_OK);
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
			const { createToolchainInstaller, goDownloadSite } = await Promise.resolve().then(() => require("./toolchain.js"));
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
/** The real effects of a check. */
function createCheckPorts(settings) {
	const ports = createBuildPorts(settings);
	const { options, env } = settings;
	return {
		...ports,
		matchingFiles: lazyMatchingFiles,
		openBase: async (request) => {
			const { openBase } = await Promise.resolve().then(() => require("./check.js")).then((n) => n.base_files_exports);
			return openBase(request, {
				...ports,
				env,
				workspace: options.base,
				api: options.repositoryApi
			});
		}
	};
}
/** The real effects of a build and of what becomes of its files. */
function createPublishPorts(settings) {
	const ports = createBuildPorts(settings);
	const { env, reporter } = ports;
	return {
		...ports,
		matchingFiles: lazyMatchingFiles,
		releases: async ({ apiUrl, repository, token }) => {
			const { gitHubReleases } = await Promise.resolve().then(() => require("./github-releases.js"));
			return gitHubReleases({
				apiUrl,
				repository,
				token,
				...retryDelays(env)
			});
		},
		lists: async () => {
			const { gitHubLists } = await Promise.resolve().then(() => require("./github-lists.js"));
			const { serverApiUrl, token } = settings.options;
			return gitHubLists({
				apiUrl: serverApiUrl,
				token,
				...retryDelays(env)
			});
		},
		source: async ({ apiUrl, repository, token }) => {
			const { gitHubSource } = await Promise.resolve().then(() => require("./github-source.js"));
			return gitHubSource({
				apiUrl,
				repository,
				token,
				...retryDelays(env)
			});
		},
		uploadArtifacts: async (artifacts) => {
			const { uploadArtifacts } = await Promise.resolve().then(() => require("./artifacts.js"));
			return uploadArtifacts(artifacts, {
				env,
				reporter
			});
		},
		attest: async (files, token) => {
			const { attestFiles } = await Promise.resolve().then(() => require("./attest.js"));
			await attestFiles(files, {
				token,
				env,
				reporter
			});
		}
	};
}
/** For tests and slow networks: `GOTIFY_PLUGIN_BUILD_RETRY_DELAYS`, milliseconds separated by commas. */
function retryDelays(env) {
	const written = env["GOTIFY_PLUGIN_BUILD_RETRY_DELAYS"] ?? "";
	return /^\d{1,6}(,\d{1,6})*$/.test(written) ? { retryDelaysMs: written.split(",").map(Number) } : {};
}
const lazyMatchingFiles = async (pattern, base) => {
	const { matchingFiles } = await Promise.resolve().then(() => require("./folders.js"));
	return matchingFiles(pattern, base);
};
/** Octokit takes longer to load than a warm build's whole bookkeeping, and cached facts need no request. */
function lazyGitHub(options) {
	let loaded = null;
	const github = () => loaded ??= Promise.resolve().then(() => require("./github2.js")).then(({ gitHubAt }) => gitHubAt(options));
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
// src/plugin/commit.ts
/**
* The commit that a folder of the plugin is checked out at, 40 or 64 hex digits: what git says, else the workflow's for
* a folder of its workspace. Null where neither knows.
*/
async function commitOf(folder, ports) {
	const said = (await gitIn(folder, ports)("rev-parse", "HEAD"))?.trim() ?? "";
	if (isCommit(said)) return said;
	const { GITHUB_WORKSPACE: workspace = "", GITHUB_SHA: sha = "" } = ports.env;
	return workspace !== "" && (folder === workspace || folder.startsWith(`${workspace}/`)) && isCommit(sha) ? sha : null;
}
function isCommit(text) {
	return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
// src/go/modpath.ts
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
			else if (!known && mode === "strict") throw malformed(source, start, `${start.text} cannot open a block`);
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
		} else if (rest[0] !== void 0) throw malformed(source, rest[0], "expected a new line after the closing parenthesis");
		else block = null;
	}
	if (block !== null) throw malformed(source, block.start, `the block of ${block.start.text} has no closing parenthesis`);
	return directives;
}
/** The failure of a go.mod at a token: `what` says what Go expects there. */
function malformed(source, at, what) {
	const lineStart = at.offset === 0 ? 0 : source.text.lastIndexOf("\n", at.offset - 1) + 1;
	return new require_start.Failure("input", {
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
	throw malformed(source, {
		offset,
		line
	}, `the string has no closing ${quote} on its line`);
}
/** Made where it is needed: hardly any go.mod has runes that are not ASCII, and it takes a millisecond. */
let printing = null;
/** What prints and is no blank: of ASCII everything between the blank and DEL. */
function isWordRune(rune) {
	if (rune < "") return rune > " " && rune < "";
	printing ??= new RegExp(String.raw`[\p{L}\p{M}\p{N}\p{P}\p{S}]`, "u");
	return printing.test(rune);
}
/** What nearly every word starts with, or is: a step over many characters at once. */
const plainRun = /[\w.@=>+~-]*(?:\/[\w.@=>+~-]+)*/y;
/** Words run over everything that prints, up to a blank, a bracket, a comma or a comment. */
function readWord(source, offset, line) {
	const { text } = source;
	plainRun.lastIndex = offset;
	let at = offset + (plainRun.exec(text)?.[0].length ?? 0);
	while (at < text.length && !text.startsWith("//", at)) {
		const rune = String.fromCodePoint(text.codePointAt(at) ?? 0);
		if (text.startsWith("/*", at)) throw malformed(source, {
			offset: at,
			line
		}, "comments in go.mod start with //, not with /*");
		if (punctuation.has(rune) || !isWordRune(rune)) break;
		at += rune.length;
	}
	if (at === offset) {
		const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
		throw malformed(source, {
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
	if (version === void 0) throw malformed({
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
	draft = {
		module: "",
		moduleLine: null,
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
		if (this.draft.moduleLine !== null) throw this.wrong(directive.start, "there is a second module line");
		this.draft.module = this.only(directive, "a module path");
		this.draft.moduleLine = directive.start.line;
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
		return malformed(this.source, at, what);
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
// src/plugin/find-go-mod.ts
const deepest = 3;
const enough = 3;
/** The nearest folder above this one that has a go.mod, or null. */
async function findGoModAbove(path, files) {
	for (let dir = (0, node_path.dirname)(path);; dir = (0, node_path.dirname)(dir)) {
		if ((await files.stat((0, node_path.join)(dir, "go.mod")))?.kind === "file") return dir;
		if (dir === (0, node_path.dirname)(dir)) return null;
	}
}
/** The first few folders below this one that have a go.mod, the nearest first; dependencies' folders are left out. */
async function findGoModsBelow(path, files) {
	const found = [];
	let level = [path];
	for (let depth = 0; depth < deepest && found.length < enough; depth++) {
		level = (await Promise.all(level.map((dir) => foldersIn(dir, files)))).flat();
		for (const dir of level) if ((await files.stat((0, node_path.join)(dir, "go.mod")))?.kind === "file") found.push(dir);
	}
	return found.slice(0, enough);
}
async function foldersIn(dir, files) {
	const paths = (await files.list(dir).catch(() => [])).filter((name) => !isForeign(name)).map((name) => (0, node_path.join)(dir, name));
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
* @param request.input what the user calls the path
* @throws Failure (input) without a go.mod there, with a malformed one, or with a package that is not in the module
*/
async function locatePlugin({ input = "path", ...request }, files) {
	const displayDir = displayPath(request.base, request.path);
	await requireFolder({
		...request,
		input
	}, displayDir, files);
	const moduleDir = await files.realPath(request.path);
	const goModFile = (0, node_path.join)(moduleDir, "go.mod");
	if ((await files.stat(goModFile))?.kind !== "file") throw await noGoMod({
		...request,
		input
	}, displayDir, files);
	const displayGoMod = node_path.posix.join(displayDir, "go.mod");
	const goModText = await files.readText(goModFile);
	const goMod = parseModFile(goModText, displayGoMod);
	if (goMod.module === "") throw noModuleLine(displayGoMod);
	const packageArg = cleanPackage(request.package);
	const packageDir = await findPackage({
		moduleDir,
		packageArg,
		displayDir,
		modulePath: goMod.module,
		input
	}, files);
	return {
		moduleDir,
		goModFile,
		goModText,
		goSumText: await readOptional((0, node_path.join)(moduleDir, "go.sum"), files),
		goMod,
		modulePath: goMod.module,
		packageArg,
		packageDir,
		name: pluginNameOf(goMod.module),
		displayDir,
		displayGoMod
	};
}
/** `package` as the go command takes it: `cmd/x/` becomes `./cmd/x`. Throws Failure (input) where it leaves the module. */
function cleanPackage(text) {
	const clean = node_path.posix.normalize(text === "" ? "." : text).replace(/\/$/, "");
	if (clean === ".." || clean.startsWith("../") || clean.startsWith("/") || clean.includes("\0")) throw outside(text, "it leads out of the module");
	if (clean.split("/").includes("...")) throw outside(text, "a pattern can match several packages");
	return clean === "." ? "." : `./${clean}`;
}
/** What a plugin's files are called unless a name is given: the last part of its module path, before a major version. */
function pluginNameOf(modulePath) {
	const parts = modulePath.split("/");
	const last = parts.at(-1) ?? modulePath;
	return parts.length > 1 && /^v\d+$/.test(last) ? parts.at(-2) ?? last : last;
}
/** A path for messages: relative to where the user is, unless that is far away; both absolute. */
function displayPath(base, path) {
	const way = (0, node_path.relative)(base, path).split(node_path.sep).join("/");
	return way === "" ? "." : way.startsWith("../../") ? path : way;
}
async function requireFolder({ path, input }, display, files) {
	const found = await files.stat(path);
	if (found?.kind === "folder") return;
	throw new require_start.Failure("input", {
		code: "no-plugin-folder",
		what: found === null ? `there is no folder ${display}` : `${display} is not a folder`,
		remedy: "Name the folder that holds the plugin's go.mod.",
		where: {
			kind: "input",
			input
		}
	});
}
async function noGoMod(request, display, files) {
	const above = await findGoModAbove(request.path, files);
	const below = await findGoModsBelow(request.path, files);
	return new require_start.Failure("input", {
		code: "no-go-mod",
		what: `there is no go.mod in ${display === "." ? "this folder" : display} (looked at ${(0, node_path.join)(request.path, "go.mod")})`,
		remedy: goModRemedy(request, above, below),
		where: {
			kind: "input",
			input: request.input
		}
	});
}
function goModRemedy({ path, base, input }, above, below) {
	if (above !== null) {
		const inside = (0, node_path.relative)(above, path).split(node_path.sep).join("/");
		return `There is one in ${displayPath(base, above)}: set ${written(input)} to that folder, and package to ./${inside}.`;
	}
	const [first] = below;
	if (first === void 0) return "A plugin is a Go module: create its go.mod with `go mod init` and `go mod tidy`.";
	return `There is one in ${below.map((dir) => displayPath(base, dir)).join(", ")}: set ${written(input)} to ${below.length > 1 ? "the plugin's folder" : "that folder"}.`;
}
/** As gomod-cap's flag is written: "set to to" would be hard to read. */
function written(input) {
	return input === "to" ? "-to" : input;
}
function noModuleLine(file) {
	return new require_start.Failure("input", {
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
	const dir = (0, node_path.join)(moduleDir, packageArg);
	if ((await files.stat(dir))?.kind !== "folder") throw noPackage(packageArg, displayDir);
	const real = await files.realPath(dir);
	if (real !== dir) throw outside(packageArg, `it is a link to ${real}, and Go does not follow links to packages`);
	await refuseNested(request, files);
	return dir;
}
/** A folder with a go.mod of its own is another module, also where it lies below this one. */
async function refuseNested({ moduleDir, packageArg, modulePath, displayDir, input }, files) {
	const parts = packageArg.split("/").slice(1);
	for (const depth of parts.keys()) {
		const inside = parts.slice(0, depth + 1).join("/");
		if ((await files.stat((0, node_path.join)(moduleDir, inside, "go.mod")))?.kind !== "file") continue;
		const rest = parts.slice(depth + 1).join("/");
		throw new require_start.Failure("input", {
			code: "package-in-other-module",
			what: `the package ${packageArg} does not belong to the module ${modulePath}: ${inside} has a go.mod of its own`,
			remedy: `Set ${written(input)} to ${node_path.posix.join(displayDir, inside)} and package to ${rest === "" ? "." : `./${rest}`}.`,
			where: inputPackage
		});
	}
}
function noPackage(packageArg, displayDir) {
	return new require_start.Failure("input", {
		code: "no-package-folder",
		what: `there is no folder ${packageArg} in ${displayDir}`,
		remedy: "Name the folder of the plugin's main package, relative to its go.mod: `.` or `./cmd/plugin`.",
		where: inputPackage
	});
}
function outside(text, why) {
	return new require_start.Failure("input", {
		code: "package-outside-module",
		what: `${text} cannot be the main package: ${why}`,
		remedy: "Name one folder below the plugin's go.mod: `.` or `./cmd/plugin`.",
		where: inputPackage
	});
}
/** The text of a file; null where there is none. */
async function readOptional(path, files) {
	return (await files.stat(path))?.kind === "file" ? files.readText(path) : null;
}
const inputPackage = {
	kind: "input",
	input: "package"
};
// src/run-job.ts
var run_job_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ runJob: () => runJob });
/**
* Runs a build, a check or a publication with the real effects, as both entries do, and writes report.json (a dry run
* writes none).
*
* @throws Failure where there is no report; report.json then has the failure
*/
async function runJob(job) {
	const { options, reporter, catalogDir, env } = job;
	const interrupts = handleInterrupts(job.tell);
	interrupts.add(() => reporter.close());
	const settings = {
		reporter,
		catalogDir,
		env,
		onClose: (cleanup) => interrupts.add(cleanup)
	};
	const write = reportWriter(options, createFiles());
	try {
		const report = await interrupts.guard(work(options, {
			settings,
			write
		}));
		await write(reportJson(report, options.output));
		return report;
	} catch (error) {
		const failure = require_start.asFailure(error);
		await write(failureJson(failureReport(failure, options.mode))).catch(() => void 0);
		throw failure;
	} finally {
		await reporter.close();
	}
}
/** What does the work is loaded once there is some: a mistake in the inputs is told in less time than loading it takes. */
async function work(options, { settings, write }) {
	switch (options.mode) {
		case "check": {
			const { runCheck } = await Promise.resolve().then(() => require("./check.js")).then((n) => n.check_exports);
			return runCheck(options, createCheckPorts({
				...settings,
				options
			}));
		}
		case "publish": {
			const { publishFolders } = await Promise.resolve().then(() => require("./publish-folders.js"));
			return publishFolders(options, createPublishPorts({
				...settings,
				options
			}));
		}
		case "build": return build(options, {
			settings,
			write
		});
	}
}
async function build(options, { settings, write }) {
	const ports = createPublishPorts({
		...settings,
		options
	});
	for (const warning of options.warnings) ports.reporter.warn(warning);
	const { artifacts, release } = options.publish;
	if (release?.skipExisting === true) return follow(options, release, {
		ports,
		write
	});
	const project = await locatePlugin(options, ports.files);
	const { runBuild } = await Promise.resolve().then(() => require("./build.js"));
	const report = await runBuild(options, ports, {
		project,
		commit: commitOf(options.path, ports)
	});
	if (options.dryRun || artifacts === null && release === null) return report;
	return publish(report, options, {
		ports,
		write
	});
}
async function follow(options, release, { ports, write }) {
	const { followRelease } = await Promise.resolve().then(() => require("./follow.js"));
	const followed = await followRelease(options, release, ports);
	if (followed.kind === "complete" || options.dryRun) return followed.report;
	const { artifacts } = options.publish;
	const at = {
		...options,
		publish: {
			artifacts,
			release: {
				...release,
				tag: followed.tag
			}
		}
	};
	return publish(followed.report, at, {
		ports,
		write
	});
}
async function publish(report, options, { ports, write }) {
	const { publishBuild, signedReport } = await Promise.resolve().then(() => require("./publish-build.js"));
	const signed = signedReport(report, options);
	await write(reportJson(signed, options.output));
	return publishBuild(signed, options, ports);
}
function reportWriter(options, files) {
	if (options.mode === "build" && options.dryRun) return () => Promise.resolve();
	return async (text) => {
		await files.makeDir(options.output);
		await files.write(reportPath(options), text);
	};
}
// src/cli-job.ts
var cli_job_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	createPlainReporter: () => createPlainReporter,
	runJob: () => runJob
});
// src/build/in-path.ts
/**
* Whether a folder of PATH has a file of this name. As for a shell, a folder that may not be looked into has none: the
* PATH may be another user's.
*
* @param where.path the text of PATH
*/
async function isInPath(name, where) {
	for (const folder of (where.path ?? "").split(node_path.delimiter).filter(node_path.isAbsolute)) if ((await where.files.stat((0, node_path.join)(folder, name)).catch(() => null))?.kind === "file") return true;
	return false;
}
Object.defineProperty(exports, "autoQuote", {
	enumerable: true,
	get: function() {
		return autoQuote;
	}
});
Object.defineProperty(exports, "cli_job_exports", {
	enumerable: true,
	get: function() {
		return cli_job_exports;
	}
});
Object.defineProperty(exports, "compareGoVersions", {
	enumerable: true,
	get: function() {
		return compareGoVersions;
	}
});
Object.defineProperty(exports, "compareModuleVersions", {
	enumerable: true,
	get: function() {
		return compareModuleVersions;
	}
});
Object.defineProperty(exports, "compatibleAfter", {
	enumerable: true,
	get: function() {
		return compatibleAfter;
	}
});
Object.defineProperty(exports, "createBuildPorts", {
	enumerable: true,
	get: function() {
		return createBuildPorts;
	}
});
Object.defineProperty(exports, "createFiles", {
	enumerable: true,
	get: function() {
		return createFiles;
	}
});
Object.defineProperty(exports, "createHash", {
	enumerable: true,
	get: function() {
		return createHash;
	}
});
Object.defineProperty(exports, "createLogTail", {
	enumerable: true,
	get: function() {
		return createLogTail;
	}
});
Object.defineProperty(exports, "dependencyGoLine", {
	enumerable: true,
	get: function() {
		return dependencyGoLine;
	}
});
Object.defineProperty(exports, "displayPath", {
	enumerable: true,
	get: function() {
		return displayPath;
	}
});
Object.defineProperty(exports, "fittingGoLine", {
	enumerable: true,
	get: function() {
		return fittingGoLine;
	}
});
Object.defineProperty(exports, "gitIn", {
	enumerable: true,
	get: function() {
		return gitIn;
	}
});
Object.defineProperty(exports, "goLineFor", {
	enumerable: true,
	get: function() {
		return goLineFor;
	}
});
Object.defineProperty(exports, "handleInterrupts", {
	enumerable: true,
	get: function() {
		return handleInterrupts;
	}
});
Object.defineProperty(exports, "isDead", {
	enumerable: true,
	get: function() {
		return isDead;
	}
});
Object.defineProperty(exports, "isGoVersion", {
	enumerable: true,
	get: function() {
		return isGoVersion;
	}
});
Object.defineProperty(exports, "isInPath", {
	enumerable: true,
	get: function() {
		return isInPath;
	}
});
Object.defineProperty(exports, "knowsThreeParts", {
	enumerable: true,
	get: function() {
		return knowsThreeParts;
	}
});
Object.defineProperty(exports, "languageVersion", {
	enumerable: true,
	get: function() {
		return languageVersion;
	}
});
Object.defineProperty(exports, "locatePlugin", {
	enumerable: true,
	get: function() {
		return locatePlugin;
	}
});
Object.defineProperty(exports, "mkdtemp", {
	enumerable: true,
	get: function() {
		return mkdtemp;
	}
});
Object.defineProperty(exports, "namesOfOwners", {
	enumerable: true,
	get: function() {
		return namesOfOwners;
	}
});
Object.defineProperty(exports, "ownerText", {
	enumerable: true,
	get: function() {
		return ownerText;
	}
});
Object.defineProperty(exports, "parseModFile", {
	enumerable: true,
	get: function() {
		return parseModFile;
	}
});
Object.defineProperty(exports, "parseModuleVersion", {
	enumerable: true,
	get: function() {
		return parseModuleVersion;
	}
});
Object.defineProperty(exports, "pluginNameOf", {
	enumerable: true,
	get: function() {
		return pluginNameOf;
	}
});
Object.defineProperty(exports, "randomBytes", {
	enumerable: true,
	get: function() {
		return randomBytes;
	}
});
Object.defineProperty(exports, "randomUUID", {
	enumerable: true,
	get: function() {
		return randomUUID;
	}
});
Object.defineProperty(exports, "readCaller", {
	enumerable: true,
	get: function() {
		return readCaller;
	}
});
Object.defineProperty(exports, "readDirectives", {
	enumerable: true,
	get: function() {
		return readDirectives;
	}
});
Object.defineProperty(exports, "readFile", {
	enumerable: true,
	get: function() {
		return readFile;
	}
});
Object.defineProperty(exports, "readOptional", {
	enumerable: true,
	get: function() {
		return readOptional;
	}
});
Object.defineProperty(exports, "readdir", {
	enumerable: true,
	get: function() {
		return readdir;
	}
});
Object.defineProperty(exports, "realpath", {
	enumerable: true,
	get: function() {
		return realpath;
	}
});
Object.defineProperty(exports, "removeDead", {
	enumerable: true,
	get: function() {
		return removeDead;
	}
});
Object.defineProperty(exports, "rename", {
	enumerable: true,
	get: function() {
		return rename;
	}
});
Object.defineProperty(exports, "reportPath", {
	enumerable: true,
	get: function() {
		return reportPath;
	}
});
Object.defineProperty(exports, "reporter_plain_exports", {
	enumerable: true,
	get: function() {
		return reporter_plain_exports;
	}
});
Object.defineProperty(exports, "rm", {
	enumerable: true,
	get: function() {
		return rm;
	}
});
Object.defineProperty(exports, "run_job_exports", {
	enumerable: true,
	get: function() {
		return run_job_exports;
	}
});
Object.defineProperty(exports, "stat", {
	enumerable: true,
	get: function() {
		return stat;
	}
});
Object.defineProperty(exports, "stopped", {
	enumerable: true,
	get: function() {
		return stopped;
	}
});
Object.defineProperty(exports, "stoppedCode", {
	enumerable: true,
	get: function() {
		return stoppedCode;
	}
});
Object.defineProperty(exports, "taskLog", {
	enumerable: true,
	get: function() {
		return taskLog;
	}
});
Object.defineProperty(exports, "timedOut", {
	enumerable: true,
	get: function() {
		return timedOut;
	}
});
Object.defineProperty(exports, "toolchainName", {
	enumerable: true,
	get: function() {
		return toolchainName;
	}
});
Object.defineProperty(exports, "toolchainVersion", {
	enumerable: true,
	get: function() {
		return toolchainVersion;
	}
});
Object.defineProperty(exports, "unquote", {
	enumerable: true,
	get: function() {
		return unquote;
	}
});
Object.defineProperty(exports, "warningText", {
	enumerable: true,
	get: function() {
		return warningText;
	}
});
