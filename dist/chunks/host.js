const require_start = require("./start.js");
const require_job = require("./job.js");
const require_cache = require("./cache.js");
const require_check = require("./check.js");
const require_write_lowered = require("./write-lowered.js");
let node_path = require("node:path");
// src/build/deadline.ts
function startDeadline(minutes, clock) {
	const end = clock.now() + minutes * 6e4;
	return {
		minutes,
		secondsLeft: () => Math.max(0, (end - clock.now()) / 1e3)
	};
}
/** The builder, every step of which has to be done before the deadline. */
function withDeadline(builder, deadline) {
	return {
		kind: builder.kind,
		get recipe() {
			return builder.recipe;
		},
		doubt: () => builder.doubt(),
		prepare: (targets) => builder.prepare(targets),
		places: (workspace) => builder.places(workspace),
		modCache: (target) => builder.modCache(target),
		run: (step) => builder.run({
			...step,
			deadline
		}),
		describePreparation: (targets) => builder.describePreparation(targets),
		describe: (step) => builder.describe({
			...step,
			deadline
		}),
		close: () => builder.close()
	};
}
// src/plugin/write-api-check.ts
/** Writes the files of apiCheckFiles into a workspace's pin folder, where the compile step's `-overlay` finds them. */
async function writeApiCheck(project, at, files) {
	const { workspace, places, overlaid = {} } = at;
	const check = require_write_lowered.apiCheckFiles({
		packageDirPlace: node_path.posix.join(places.module, project.packageArg),
		pinPlace: places.pin,
		taken: await files.list(project.packageDir),
		overlaid
	});
	await files.write((0, node_path.join)(workspace.pin, "overlay.json"), check.overlayJson);
	await files.write((0, node_path.join)(workspace.pin, check.fileName), check.goFile);
}
// src/build/tool-words.ts
/**
* What a step's programs say of the machine. Source code can make a compiler say anything (`#error`, a string in a
* message, a line that is quoted): where it says that the source is wrong, that is why the step failed.
*/
/** What Go's programs print of a system call that failed; in a listing the line of an import is in front. */
const goNoSpace = /(?:^|[\s:])[a-z_]+ (?:\/|\$WORK\/).*: no space left on device$/;
/** Of a file whose place Go's linker asks for before it writes it. */
const goLinkNoSpace = /\/link: [a-z ]+ failed: no space left on device$/;
/** What the GNU compiler and assembler begin with where not the source is wrong, but the machine. */
const gnuTrouble = /fatal error: (?:error (?:writing|closing)|can't|cannot)\b/i;
const linkerTrouble = /final link failed|cannot open output file/;
const ofGnu = /: ['‘]?no space left on device['’]?$/i;
/** What go and gcc say where the kernel killed a program that they started. */
const killed = /: signal: killed$|Killed signal terminated program/;
/** The first line by which a program says that a disk is full; null: none does. */
function noSpaceLine(said) {
	const isFull = (line) => goNoSpace.test(line) || goLinkNoSpace.test(line) || ofGnu.test(line) && (gnuTrouble.test(line) || linkerTrouble.test(line));
	return machineLines(said).find(isFull) ?? null;
}
/** Whether a program that go or gcc started was killed. */
function wasKilled(said) {
	return machineLines(said).some((line) => killed.test(line));
}
/** None where the source is wrong. */
function machineLines(said) {
	const lines = said.split(/\r?\n/);
	return lines.some(isSourceError) ? [] : lines;
}
/** `FILE:LINE:COLUMN: ...` of Go, and with `error:` of gcc. */
function isSourceError(line) {
	const message = /^.*?:\d+(?::\d+)?: (.*)$/.exec(line)?.[1];
	if (message === void 0 || /^(?:note|warning): /i.test(message) || gnuTrouble.test(message)) return false;
	return /^(?:fatal )?error: /i.test(message) || !goNoSpace.test(message);
}
// src/build/parse-json.ts
/** What a text says as JSON; null where it is none, which no schema here takes. */
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
// src/build/go-settings.ts
/** How modules are found and checked: all that a user may set of the go command in our steps. */
const downloadSettings = [
	"GOPROXY",
	"GOPRIVATE",
	"GONOPROXY",
	"GONOSUMDB",
	"GOSUMDB",
	"GOINSECURE",
	"GOVCS",
	"GOAUTH"
];
/** Where the user's own go keeps modules: a toolchain may be there. */
const placeSettings = ["GOPATH", "GOMODCACHE"];
/**
* What the user set by `go env -w`, as far as our steps take it: the settings above. Everything else in that file could
* change what is compiled (GOEXPERIMENT, GOFLAGS, CC, ...), so no go of ours reads it: they have GOENV=off.
*
* @see EnvFile and readEnvFile in cmd/go/internal/cfg/cfg.go of Go
*/
async function readGoSettings(env, files) {
	const path = envFile(env);
	if (path === null || (await files.stat(path))?.kind !== "file") return {};
	return settingsIn(await files.readText(path));
}
/** `KEY=VALUE` lines; the last one of a key counts. Other lines are comments to Go. */
function settingsIn(text) {
	const wanted = [...downloadSettings, ...placeSettings];
	const entries = text.split("\n").flatMap((line) => {
		const at = line.indexOf("=");
		const name = line.slice(0, Math.max(0, at));
		return wanted.includes(name) ? [[name, line.slice(at + 1)]] : [];
	});
	return Object.fromEntries(entries);
}
function envFile({ GOENV, XDG_CONFIG_HOME, HOME }) {
	if (GOENV === "off") return null;
	if (isSet(GOENV)) return (0, node_path.isAbsolute)(GOENV) ? GOENV : null;
	if (isSet(XDG_CONFIG_HOME)) return (0, node_path.isAbsolute)(XDG_CONFIG_HOME) ? (0, node_path.join)(XDG_CONFIG_HOME, "go/env") : null;
	return isSet(HOME) ? (0, node_path.join)(HOME, ".config/go/env") : null;
}
function isSet(value) {
	return value !== void 0 && value !== "";
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
	const has = (name) => require_job.isInPath(name, {
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
function missingPrograms(request) {
	const { missing, noTimeout, arch } = request;
	const packages = missing.flatMap((target) => target.goarch === arch ? nativePackages : target.compiler.packages);
	const names = missing.map(({ name }) => name).join(", ");
	return new require_start.Failure("surroundings", {
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
	...downloadSettings,
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
* package set here.
*
* @param request.goSettings see readGoSettings; for the download step
* @param request.scratch a folder of this step's own, for temporary files and (while compiling) as HOME
* @param request.compiler the C and C++ compilers of the target
*/
function hostEnv(request) {
	const { env, goSettings, phase, target, caches, scratch, compiler } = request;
	return {
		...pick(env, always),
		...phase === "download" ? downloadEnv(env, goSettings) : compileEnv(scratch),
		...fixedEnv,
		...targetEnv(target),
		CC: compiler.cc,
		CXX: compiler.cxx,
		...modulePlaces(caches.modCache),
		GOCACHE: caches.buildCache,
		TMPDIR: scratch,
		GOTMPDIR: scratch
	};
}
/** For asking the machine's go what it has: the user's caches, and no network. */
function lookUpEnv(env, goSettings) {
	return {
		...withoutBuilding(env, goSettings),
		...pick(goSettings, placeSettings),
		...pick(env, placeSettings),
		GOPROXY: "off"
	};
}
/** For having the machine's go fetch a toolchain: the user's way to the network, and our caches. */
function fetchEnv(env, { goSettings, modCache }) {
	return {
		...withoutBuilding(env, goSettings),
		...modulePlaces(modCache),
		GOTOOLCHAIN: "local"
	};
}
function withoutBuilding(env, goSettings) {
	const { LC_ALL, GO111MODULE, GOWORK } = fixedEnv;
	return {
		...pick(env, always),
		...downloadEnv(env, goSettings),
		...ownSettings,
		LC_ALL,
		GO111MODULE,
		GOWORK
	};
}
/** Go keeps the newest tree of the checksum database in GOPATH, which it has none of without a HOME. */
function modulePlaces(modCache) {
	return {
		GOMODCACHE: modCache,
		GOPATH: (0, node_path.join)((0, node_path.dirname)(modCache), "gopath")
	};
}
/** Nothing of the user's file of settings, whose download settings readGoSettings has read. */
const ownSettings = {
	GOENV: "off",
	GOEXPERIMENT: ""
};
/** Messages in one language, whatever the user's: failures of the surroundings are told by their text. */
const fixedEnv = {
	...ownSettings,
	LC_ALL: "C",
	CGO_ENABLED: "1",
	GO111MODULE: "on",
	GOWORK: "off",
	GOTOOLCHAIN: "local",
	GOTELEMETRY: "off"
};
function downloadEnv(env, goSettings) {
	return {
		...pick(goSettings, downloadSettings),
		...pick(env, forDownloads),
		GOFLAGS: "-mod=mod",
		GIT_TERMINAL_PROMPT: "0"
	};
}
function compileEnv(scratch) {
	return {
		HOME: scratch,
		GOFLAGS: "",
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
/** To Go an empty variable is none: the file's setting counts then. */
function pick(env, names) {
	const found = names.flatMap((name) => {
		const value = env[name];
		return value === void 0 || value === "" ? [] : [[name, value]];
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
	if (noSpaceLine(said) !== null) return new require_start.Failure("surroundings", {
		code: "disk-full",
		what: "there is no space left on the disk for the build",
		remedy: "Free some space where cache-dir is, or name another cache-dir.",
		cause
	});
	if (end.exitCode === 137 || wasKilled(said)) return new require_start.Failure("surroundings", {
		code: "out-of-memory",
		what: "the build was killed, most likely because the memory ran out",
		remedy: "Build fewer targets at once (concurrency: 1), or give the machine more memory.",
		cause
	});
	if (end.exitCode === 126 || end.exitCode === 127) return new require_start.Failure("surroundings", {
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
* itself only waits for its own child. The signals of a terminal are left to `stop`. The pipe on file descriptor 3 ends
* when whoever started this is gone, killed maybe: then the group has to end, too.
*/
const guardScript = `
note=$1; shift
trap again=1 HUP INT TERM
"$@" 3<&- & pid=$!
(read -r _ <&3; kill -s TERM -- "-$pid"; sleep ${String(graceSeconds)}; kill -s KILL -- "-$pid") >/dev/null 2>&1 & watch=$!
exec 3<&-
echo "$pid" >"$note"
code=127 again=1
while [ -n "$again" ]; do again=; wait "$pid"; last=$?; [ "$last" -eq 127 ] || code=$last; done
kill -s KILL -- "-$pid" 2>/dev/null
kill -s KILL "$watch" 2>/dev/null
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
	const note = (0, node_path.join)(command.scratch, "pid");
	let ended = false;
	return {
		done: ports.runner.run({
			...command,
			tether: true,
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
* The toolchain of exactly this Go release. Looked for in this order: where it was the last time; what the machine's go
* (1.21 or later) once fetched, or can fetch now, checked by go against the checksum database; the Go download site. A
* Go that is installed on the machine may say the same of itself and still be patched (distributions do that): it is
* used only where its like cannot be fetched. None lies in the module cache that it will build with: to Go its packages
* would be ones of a module there (`import "": import of unknown directory`, from a Go before 1.21), and their place
* that of the module cache.
*
* @throws Failure (surroundings) where it cannot be had
*/
async function findToolchain(search, given) {
	const ports = search.signal === void 0 ? given : endingWith(search.signal, given);
	const remembered = await recallToolchain(search, ports);
	if (remembered !== null) return remembered;
	const found = await find(named(search), ports);
	await ports.files.makeDir(search.folder);
	await ports.files.write(noteOf(search), JSON.stringify({
		...found,
		at: ports.clock.now()
	}));
	return found;
}
/** Every program and download ends with the signal, and nothing begins after it. Throws Failure (surroundings) then. */
function endingWith(signal, { runner, installer, ...others }) {
	const guard = async (work) => {
		const check = () => {
			if (signal.aborted) throw require_job.stopped();
		};
		check();
		return work().finally(check);
	};
	return {
		...others,
		runner: { run: (command) => guard(() => runner.run({
			...command,
			signal
		})) },
		installer: { install: (request) => guard(() => installer.install({
			...request,
			signal
		})) }
	};
}
/** The toolchain where it was the last time, if it is still there; starts nothing. */
async function recallToolchain(search, { files, clock }) {
	const note = noteOf(search);
	if (await files.stat(note) === null) return null;
	const read = require_check.safeParse(noteSchema, parseJson(await files.readText(note)));
	if (!read.success) return null;
	const { goroot, unchecked, at } = read.output;
	if (unchecked !== null && clock.now() - at > uncheckedLasts) return null;
	return await isUsable(goroot, named(search), files) ? {
		goroot,
		unchecked
	} : null;
}
/**
* What findToolchain does where nothing is remembered, for --dry-run.
*
* @param goSettings see readGoSettings
*/
function describeSearch(search, goSettings) {
	const { name, env, folder, goVersion } = named(search);
	const command = (args, own, all) => ({
		kind: "command",
		program: "go",
		args,
		env: own,
		cwd: "/",
		passedOn: Object.keys(all).filter((variable) => !(variable in own))
	});
	const modCache = fetchedInto(search);
	const [lookUp, fetch] = [lookUpEnv({}, {}), fetchEnv({}, {
		goSettings: {},
		modCache
	})];
	const allToFetch = fetchEnv(env, {
		goSettings,
		modCache
	});
	const bySite = `${name} comes from the Go download site to ${folder}, and tar unpacks it`;
	const none = "where there is no go, or one older than 1.21";
	const asked = [{
		...command(gorootArgs, {
			...lookUp,
			GOTOOLCHAIN: name
		}, lookUpEnv(env, goSettings)),
		about: `the place of ${name}, where this machine's go has it`
	}, {
		...command(gorootArgs, {
			...fetch,
			GOTOOLCHAIN: name
		}, allToFetch),
		about: "where it has not: go fetches it"
	}];
	if (!isFetchedAsModule(goVersion)) return [...asked, {
		kind: "remark",
		text: `${none}, or one that is itself ${name}: ${bySite}`
	}];
	return [
		...asked,
		{
			...command(downloadArgs(named(search)), fetch, allToFetch),
			about: `where it is itself ${name}, maybe patched: the published one is fetched`
		},
		{
			kind: "remark",
			text: `${none}: ${bySite}`
		}
	];
}
function named(search) {
	return {
		...search,
		name: require_job.toolchainName(search.goVersion)
	};
}
function noteOf(search) {
	return (0, node_path.join)(search.folder, `${named(search).name}.linux-${search.arch}.json`);
}
/** A module cache for toolchains alone. */
function fetchedInto({ folder }) {
	return (0, node_path.join)(folder, "mod");
}
const noteSchema = require_check.object({
	goroot: require_check.string(),
	unchecked: require_check.nullable(require_check.string()),
	at: require_check.number()
});
/** After this time it is tried again to fetch one. */
const uncheckedLasts = 864e5;
const gorootArgs = ["env", "GOROOT"];
/** Asking takes milliseconds: a go that does not answer in this time never does. */
const lookUpSeconds = 60;
async function find(search, ports) {
	const { name, env } = search;
	const goSettings = await readGoSettings(env, ports.files);
	const answer = await ports.runner.run({
		program: "go",
		args: gorootArgs,
		env: {
			...lookUpEnv(env, goSettings),
			GOTOOLCHAIN: name
		},
		cwd: "/",
		limitSeconds: lookUpSeconds
	});
	if (answer.kind === "not-found") return install(search, ports);
	if (answer.exitCode !== 0) return checked(await fetchByGo(search, goSettings, ports));
	const goroot = answer.stdout.trim();
	if (isWithin(search.modCache, goroot)) return checked(await fetchByGo(search, goSettings, ports));
	if (goroot === "" || !await isUsable(goroot, search, ports.files)) return install(search, ports);
	if (isFetched(goroot, search)) return checked(goroot);
	return insteadOf(goroot, {
		...search,
		goSettings
	}, ports);
}
/** The machine's own Go is of this release: its like is fetched all the same. */
async function insteadOf(own, search, ports) {
	const { goSettings, goVersion } = search;
	const byGo = async () => checked(await downloadByGo(search, goSettings, ports));
	try {
		return await (isFetchedAsModule(goVersion) ? byGo() : install(search, ports));
	} catch (error) {
		if (!(error instanceof require_start.Failure) || search.signal?.aborted === true) throw error;
		return {
			goroot: own,
			unchecked: error.what
		};
	}
}
function checked(goroot) {
	return {
		goroot,
		unchecked: null
	};
}
/** Whether go put it there: it checks each module that it unpacks. */
function isFetched(goroot, search) {
	return goroot.endsWith(`/${toolchainModule(search)}`);
}
/** Go's own downloads begin with 1.21: of what is older than that none is asked for by its module. */
function isFetchedAsModule(goVersion) {
	return require_job.compareGoVersions(goVersion, "1.21") >= 0;
}
function downloadArgs(search) {
	return [
		"mod",
		"download",
		"-json",
		toolchainModule(search)
	];
}
/** How go itself calls a toolchain that it fetches (cmd/go/internal/toolchain of Go). */
function toolchainModule({ name, arch }) {
	return `golang.org/toolchain@v0.0.1-${name}.linux-${arch}`;
}
/** By switching to it, which go does for every release; gives its GOROOT. */
async function fetchByGo(search, goSettings, { runner, files }) {
	const { name } = search;
	const { exitCode, stdout, stderr } = await runToFetch({
		args: gorootArgs,
		env: { GOTOOLCHAIN: name }
	}, {
		...search,
		goSettings
	}, runner);
	if (exitCode !== 0) throw fetchFailure(name, {
		exitCode,
		said: stderr.trim()
	});
	const goroot = stdout.trim();
	if (await isUsable(goroot, search, files)) return goroot;
	throw broken(goroot, name);
}
const downloadSchema = require_check.object({
	Dir: require_check.optional(require_check.string(), ""),
	Error: require_check.optional(require_check.string())
});
/** As a module, where go would not switch, as it is of this release itself; gives its GOROOT. */
async function downloadByGo(search, goSettings, { runner, files }) {
	const { name } = search;
	const { exitCode, stdout, stderr } = await runToFetch({
		args: downloadArgs(search),
		env: {}
	}, {
		...search,
		goSettings
	}, runner);
	const read = require_check.safeParse(downloadSchema, parseJson(stdout));
	if (exitCode !== 0 || !read.success || read.output.Error !== void 0) throw fetchFailure(name, {
		exitCode,
		said: (read.success ? read.output.Error : void 0) ?? stderr.trim()
	});
	const goroot = read.output.Dir;
	await allowPrograms(goroot, files);
	if (await isToolchain(goroot, name, files)) return goroot;
	throw broken(goroot, name);
}
/** The machine's go with the network, in a module cache for toolchains alone. */
async function runToFetch({ args, env: own }, search, runner) {
	const { name, env, goSettings, timeoutMinutes } = search;
	const result = await runner.run({
		program: "go",
		args,
		env: {
			...fetchEnv(env, {
				goSettings,
				modCache: fetchedInto(search)
			}),
			...own
		},
		cwd: "/",
		limitSeconds: timeoutMinutes * 60
	});
	if (result.kind === "not-found") throw unavailable(name, "go is gone");
	if (result.exitCode === 124) throw require_job.timedOut(timeoutMinutes, `fetching the Go toolchain ${name}`);
	return result;
}
function fetchFailure(name, { exitCode, said }) {
	return hostFailure({
		exitCode,
		stdout: "",
		stderr: said
	}) ?? unavailable(name, said.split("\n").slice(-3).join("; "));
}
/** A module's files are no programs until somebody says so: what go runs first is made one last. */
async function allowPrograms(goroot, files) {
	const tools = (0, node_path.join)(goroot, "pkg", "tool");
	for (const folder of await listed(tools, files)) for (const tool of await listed(folder, files)) await files.setMode(tool, 365);
	for (const program of ["gofmt", "go"]) await files.setMode((0, node_path.join)(goroot, "bin", program), 365);
}
async function listed(folder, files) {
	return (await files.list(folder)).map((name) => (0, node_path.join)(folder, name));
}
async function install(search, ports) {
	const { name, arch, folder, timeoutMinutes } = search;
	const goroot = await ports.installer.install({
		name,
		arch,
		into: folder,
		timeoutMinutes
	});
	if (await isToolchain(goroot, name, ports.files)) return checked(goroot);
	throw broken(goroot, name);
}
async function isUsable(goroot, { modCache, name }, files) {
	return !isWithin(modCache, goroot) && await isToolchain(goroot, name, files);
}
/** As Go compares them: by text. */
function isWithin(folder, path) {
	return path.startsWith(`${folder}/`);
}
/** The first line of VERSION is the release's name, in every Go. */
async function isToolchain(goroot, name, files) {
	const version = (0, node_path.join)(goroot, "VERSION");
	if (await files.stat(version) === null) return false;
	if ((await files.readText(version)).split("\n")[0]?.trim() !== name) return false;
	return (await files.stat((0, node_path.join)(goroot, "bin", "go")))?.kind === "file";
}
function broken(goroot, name) {
	return new require_start.Failure("surroundings", {
		code: "toolchain-broken",
		what: `the Go toolchain in ${goroot} is not ${name}`,
		remedy: "Remove that folder and try again."
	});
}
function unavailable(name, said) {
	return new require_start.Failure("surroundings", {
		code: "toolchain-unavailable",
		what: `the Go toolchain ${name} could not be fetched (${said})`,
		remedy: "Check the network, GOPROXY and GOSUMDB, or use builder docker."
	});
}
/**
* What go runs in place of each tool: a constant text, which takes the module cache's place from the environment.
* Go starts the compiler as `compile -o FILE -trimpath REWRITES ...` and the assembler as `asm -p PATH -trimpath
* REWRITES ...` (cmd/go/internal/work/gc.go, Go 1.19 to 1.26); one more rewrite goes to the end of that list, as the
* first that fits wins and go's own are more special. The standard library is not in the module cache (toolchain.ts),
* and keeps its name. A compiler started in any other way is an error: a package without the rewrite would be one that
* no server has. The assembler's output is no part of a package's hash, but would keep this machine's paths. `-V=full`
* is how go asks for a tool's identity, which is part of every cache key: what becomes of Go's own place and of the
* module cache's belongs to it.
*/
const script = `
map="$GOMODCACHE=>/go/pkg/mod"
case "\${1##*/} $2 $4" in
"compile -V=full "|"asm -V=full ")
  line=$("$@") && printf "%s %s\\n" "$line" "\\$GOROOT;$map" ;;
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
	const value = require_start.joinQuoted([
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
	throw new require_start.Failure("input", {
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
	/** By target: why it cannot be built, where others can. */
	refused = /* @__PURE__ */ new Map();
	/** The targets that Go can work for, as far as it compiles nothing. */
	ready = /* @__PURE__ */ new Set();
	running = /* @__PURE__ */ new Set();
	finding = null;
	toolchain = null;
	goSettings = null;
	/** For --dry-run: what the caller's go is set to. */
	plannedSettings = {};
	ending = new AbortController();
	constructor(request) {
		this.request = request;
		this.arch = goArchs[request.arch] ?? request.arch;
		checkMappable(request.settings.cacheDir);
	}
	async prepare(targets) {
		const missing = (await this.findCompilers(targets)).map(({ target }) => target);
		if (missing.length > 0) await this.refuse(missing, { of: targets });
		await this.prepareGo(targets.filter((target) => !missing.includes(target)));
	}
	/** Each is told all that is missing: it can be installed at once. */
	async refuse(missing, { of: targets }) {
		try {
			await this.compilersOf(missing);
		} catch (error) {
			if (!(error instanceof require_start.Failure) || missing.length === targets.length) throw error;
			for (const { name } of missing) this.refused.set(name, error);
		}
	}
	get recipe() {
		return `${toolexecArg()}${this.goName()}`;
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
	doubt() {
		const { goroot = "", unchecked = null } = this.toolchain ?? {};
		if (unchecked === null) return null;
		return `plugin and reference host are both built by the Go that is installed in ${goroot}, which may differ from the server's although it is called the same: ${unchecked}`;
	}
	modCache(target) {
		return this.caches(target).modCache;
	}
	async describePreparation(targets) {
		const { files, settings } = this.request;
		const remarks = (await this.findCompilers(targets)).map(({ failure: { what, remedy } }) => ({
			kind: "remark",
			text: `${what}. ${remedy}`
		}));
		const [target] = targets;
		if (target === void 0) return [];
		this.plannedSettings = await readGoSettings(settings.env, files);
		const search = this.search(target);
		this.toolchain = await recallToolchain(search, this.request);
		return [...remarks, ...this.toolchain === null ? describeSearch(search, this.plannedSettings) : []];
	}
	describe(step) {
		const { env, runDir } = this.request.settings;
		const scratch = (0, node_path.join)(runDir, "step-RUN");
		const own = this.env(scratch, step, {
			env: {},
			goSettings: {}
		});
		const all = this.env(scratch, step, {
			env,
			goSettings: this.plannedSettings
		});
		const passedOn = Object.keys(all).filter((name) => !(name in own));
		const { module: cwd } = step.workspace;
		return [{
			kind: "command",
			...this.command(step),
			env: own,
			passedOn,
			cwd,
			about: null
		}];
	}
	async run(step) {
		const refused = this.refused.get(step.target.name);
		if (refused !== void 0) throw refused;
		if (step.phase === "compile" && !this.compilers.has(step.target.name)) await this.prepare([step.target]);
		else if (!this.ready.has(step.target.name)) await this.prepareGo([step.target]);
		if (this.closed) throw require_job.stopped();
		const { files, clock, settings } = this.request;
		const limit = this.secondsFor(step);
		const minutes = step.deadline?.minutes ?? settings.timeoutMinutes;
		if (limit === 0) return {
			kind: "timed-out",
			minutes
		};
		const scratch = (0, node_path.join)(settings.runDir, `step-${require_job.randomUUID()}`);
		await files.makeDir(scratch);
		const begin = clock.now();
		try {
			const result = await this.runIn(scratch, step);
			return this.outcome(result, {
				seconds: (clock.now() - begin) / 1e3,
				limit,
				minutes
			});
		} finally {
			await files.remove(scratch);
		}
	}
	secondsFor({ deadline }) {
		return deadline?.secondsLeft() ?? this.request.settings.timeoutMinutes * 60;
	}
	async close() {
		this.ending.abort();
		const search = this.finding?.catch(() => void 0);
		await Promise.all([search, ...[...this.running].map((process) => process.stop())]);
	}
	get closed() {
		return this.ending.signal.aborted;
	}
	/** What a step takes that compiles nothing. */
	async prepareGo(targets) {
		await this.findToolchain(targets);
		const { files } = this.request;
		for (const target of targets) {
			await files.makeDir(this.caches(target).buildCache);
			await files.makeDir(this.caches(target).modCache);
			this.ready.add(target.name);
		}
	}
	async runIn(scratch, step) {
		const { files, settings } = this.request;
		if (step.phase === "download") this.goSettings ??= readGoSettings(settings.env, files);
		const goSettings = await this.goSettings ?? {};
		const process = startLimited({
			...this.command(step),
			env: this.env(scratch, step, {
				env: settings.env,
				goSettings
			}),
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
	outcome(result, { seconds, limit, minutes }) {
		if (this.closed) throw require_job.stopped();
		if (result.kind === "not-found") throw new Error("there is no /bin/sh");
		const { exitCode, stdout, stderr } = result;
		if (exitCode === 0) return {
			kind: "ok",
			stdout,
			stderr,
			seconds
		};
		if (exitCode === 124 || exitCode === 137 && seconds >= limit) return {
			kind: "timed-out",
			minutes
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
	/** Gives the targets that this machine has no compiler for, and why. */
	async findCompilers(targets) {
		const missing = [];
		for (const target of targets) try {
			const [found = target.compiler] = await this.compilersOf([target]);
			this.compilers.set(target.name, found);
		} catch (error) {
			if (!(error instanceof require_start.Failure)) throw error;
			missing.push({
				target,
				failure: error
			});
		}
		return missing;
	}
	compilersOf(targets) {
		const { settings, files } = this.request;
		return findCompilers({
			targets,
			arch: this.arch,
			path: settings.env["PATH"]
		}, files);
	}
	command(step) {
		const name = require_job.toolchainName(this.request.settings.server.goVersion);
		return limited({
			program: this.toolchain === null ? name : (0, node_path.join)(this.toolchain.goroot, "bin", "go"),
			args: mapped(step),
			seconds: this.secondsFor(step)
		});
	}
	/** @param caller the caller's environment, and what the caller's go is set to */
	env(scratch, { phase, target }, caller) {
		const compiler = this.compilers.get(target.name) ?? target.compiler;
		return hostEnv({
			...caller,
			phase,
			target,
			caches: this.caches(target),
			scratch,
			compiler
		});
	}
	/** One search for all targets, also where several ask at once; a failed one is tried again. */
	async findToolchain(targets) {
		const [target] = targets;
		if (target === void 0) return;
		this.finding ??= findToolchain(this.search(target), this.request);
		try {
			this.toolchain = await this.finding;
		} catch (error) {
			this.finding = null;
			throw error;
		}
	}
	search(target) {
		const { settings } = this.request;
		const { modCache } = this.caches(target);
		const { signal } = this.ending;
		return {
			signal,
			goVersion: settings.server.goVersion,
			arch: this.arch,
			folder: (0, node_path.join)(modCache, "..", "toolchains"),
			modCache,
			env: settings.env,
			timeoutMinutes: settings.timeoutMinutes
		};
	}
	caches(target) {
		const { settings, caller } = this.request;
		return require_cache.cachePaths({
			cacheDir: settings.cacheDir,
			builder: "host",
			uid: caller.uid,
			goVersion: this.goName(),
			pinListKey: require_cache.pinListKey(settings.server.pinList.modules),
			target: target.name
		});
	}
	/**
	* Go's cache knows a released toolchain by its version alone: what an unchecked one compiled must not be taken for
	* the work of the one that the server was built with.
	*/
	goName() {
		const { goVersion } = this.request.settings.server;
		return (this.toolchain?.unchecked ?? null) === null ? goVersion : `${goVersion}-installed`;
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
Object.defineProperty(exports, "createHostBuilder", {
	enumerable: true,
	get: function() {
		return createHostBuilder;
	}
});
Object.defineProperty(exports, "noSpaceLine", {
	enumerable: true,
	get: function() {
		return noSpaceLine;
	}
});
Object.defineProperty(exports, "parseJson", {
	enumerable: true,
	get: function() {
		return parseJson;
	}
});
Object.defineProperty(exports, "startDeadline", {
	enumerable: true,
	get: function() {
		return startDeadline;
	}
});
Object.defineProperty(exports, "wasKilled", {
	enumerable: true,
	get: function() {
		return wasKilled;
	}
});
Object.defineProperty(exports, "withDeadline", {
	enumerable: true,
	get: function() {
		return withDeadline;
	}
});
Object.defineProperty(exports, "writeApiCheck", {
	enumerable: true,
	get: function() {
		return writeApiCheck;
	}
});
