import { I as Failure, M as joinQuoted } from "./start.js";
import { a as apiCheckFiles } from "./timed-out.js";
import { n as pinListKey, t as cachePaths } from "./cache.js";
import { Ct as toolchainName, j as isInPath } from "./job.js";
import { join, posix } from "node:path";
import { randomUUID } from "node:crypto";
// src/plugin/write-api-check.ts
/** Writes the files of apiCheckFiles into a workspace's pin folder, where the compile step's `-overlay` finds them. */
async function writeApiCheck(project, at, files) {
	const { workspace, places, overlaid = {} } = at;
	const check = apiCheckFiles({
		packageDirPlace: posix.join(places.module, project.packageArg),
		pinPlace: places.pin,
		taken: await files.list(project.packageDir),
		overlaid
	});
	await files.write(join(workspace.pin, "overlay.json"), check.overlayJson);
	await files.write(join(workspace.pin, check.fileName), check.goFile);
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
	"GOAUTH",
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
	const remembered = await recallToolchain(search, ports.files);
	if (remembered !== null) return remembered;
	const goroot = await fromGo(name, search, ports) ?? await install(name, search, ports);
	await ports.files.makeDir(search.folder);
	await ports.files.write(noteOf(name, search), `${goroot}\n`);
	return goroot;
}
/** The GOROOT where the toolchain was the last time, if it is still there; starts nothing. */
async function recallToolchain(search, files) {
	const name = toolchainName(search.goVersion);
	const remembered = await readNote(noteOf(name, search), files);
	return remembered !== null && await isToolchain(remembered, name, files) ? remembered : null;
}
/** What findToolchain does where nothing is remembered, for --dry-run. */
function describeSearch(search) {
	const name = toolchainName(search.goVersion);
	const { local, fetching } = questions(name, search);
	const passedOn = Object.keys(fetchEnv(search.env)).filter((variable) => !(variable in fetchEnv({})));
	const ask = (env, about) => ({
		kind: "command",
		program: "go",
		args: gorootArgs,
		env: {
			...fetchEnv({}),
			...env
		},
		cwd: "/",
		passedOn: passedOn.filter((variable) => !(variable in env)),
		about
	});
	return [
		ask(local, `the place of ${name}, where this machine's go has it`),
		ask(fetching, "where it has not: go fetches it"),
		{
			kind: "remark",
			text: `where there is no go, or one older than 1.21: ${name} comes from the Go download site to ${search.folder}, and tar unpacks it`
		}
	];
}
function noteOf(name, { folder, arch }) {
	return join(folder, `${name}.linux-${arch}.path`);
}
async function readNote(path, files) {
	if (await files.stat(path) === null) return null;
	return (await files.readText(path)).trim() || null;
}
/** Null where this machine has no go, or one that is too old to know GOTOOLCHAIN (then it names its own GOROOT). */
async function fromGo(name, search, ports) {
	const env = fetchEnv(search.env);
	const asked = questions(name, search);
	const local = await askGoroot({
		...env,
		...asked.local
	}, ports.runner);
	if (local.kind === "not-found") return null;
	if (local.exitCode === 0) return checkedGoroot(local.stdout, name, ports.files);
	const fetched = await askGoroot({
		...env,
		...asked.fetching
	}, ports.runner);
	if (fetched.kind === "not-found" || fetched.exitCode !== 0) throw unavailable(name, fetched);
	return checkedGoroot(fetched.stdout, name, ports.files);
}
/** First what is already there, in the user's own module cache; only then the network, into ours. */
function questions(name, { modCache }) {
	return {
		local: {
			GOTOOLCHAIN: name,
			GOPROXY: "off"
		},
		fetching: {
			GOTOOLCHAIN: name,
			GOMODCACHE: modCache
		}
	};
}
const gorootArgs = ["env", "GOROOT"];
function askGoroot(env, runner) {
	return runner.run({
		program: "go",
		args: gorootArgs,
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
function unavailable(name, result) {
	const said = result.kind === "exited" ? result.stderr.trim().split("\n").slice(-3).join("; ") : "go is gone";
	return new Failure("surroundings", {
		code: "toolchain-unavailable",
		what: `the Go toolchain ${name} could not be fetched (${said})`,
		remedy: "Check the network and GOPROXY, or use builder docker."
	});
}
/**
* What go runs in place of each tool: a constant text, which takes the places of the module cache and of Go from the
* environment. Go starts the compiler as `compile -o FILE -trimpath REWRITES ...` and the assembler as `asm -p PATH
* -trimpath REWRITES ...` (cmd/go/internal/work/gc.go, Go 1.19 to 1.26); ours go to the end of that list, as the first
* that fits wins and go's own are more special. Where go fetched the toolchain into the same module cache, the standard
* library keeps the name that the compiler gives it where no rewrite fits: `$GOROOT`. A compiler started in any other
* way is an error: a package without the rewrite would be one that no server has. The assembler's output is no part of
* a package's hash, but would keep this machine's paths. `-V=full` is how go asks for a tool's identity, which is part
* of every cache key: the rewrites belong to it, but not the toolchain's place, which leaves no trace.
*/
const script = `
map="$GOMODCACHE=>/go/pkg/mod" goroot=
case "$GOROOT" in
"$GOMODCACHE"/*) goroot="$GOROOT=>\\$GOROOT;" ;;
esac
case "\${1##*/} $2 $4" in
"compile -V=full "|"asm -V=full ")
  line=$("$@") && printf "%s %s\\n" "$line" "\\$GOROOT;$map" ;;
"compile -o -trimpath"|"asm -p -trimpath")
  tool=$1 flag=$2 value=$3 rewrites=$5
  shift 5
  exec "$tool" "$flag" "$value" -trimpath "$rewrites;$goroot$map" "$@" ;;
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
	recipe = toolexecArg();
	request;
	arch;
	compilers = /* @__PURE__ */ new Map();
	/** The targets that Go can work for, as far as it compiles nothing. */
	ready = /* @__PURE__ */ new Set();
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
		}
		await this.prepareGo(targets);
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
	async describePreparation(targets) {
		const { files } = this.request;
		const missing = [];
		for (const target of targets) {
			const found = await this.compilerOf(target);
			if (found instanceof Failure) missing.push({
				kind: "remark",
				text: `${found.what}. ${found.remedy}`
			});
			else this.compilers.set(target.name, found);
		}
		const [target] = targets;
		if (target === void 0) return [];
		const search = this.search(target);
		const remembered = await recallToolchain(search, files);
		this.go = remembered === null ? toolchainName(search.goVersion) : join(remembered, "bin", "go");
		return [...missing, ...remembered === null ? describeSearch(search) : []];
	}
	describe(step) {
		const { env } = this.request.settings;
		const scratch = join(this.temporary(), "gotify-plugin-build-RUN");
		const own = this.env(scratch, step, {});
		const passedOn = Object.keys(this.env(scratch, step, env)).filter((name) => !(name in own));
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
		if (step.phase === "compile" && !this.compilers.has(step.target.name)) await this.prepare([step.target]);
		else if (!this.ready.has(step.target.name)) await this.prepareGo([step.target]);
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
	/** What a step takes that compiles nothing. */
	async prepareGo(targets) {
		for (const target of targets) {
			await this.request.files.makeDir(this.caches(target).buildCache);
			await this.request.files.makeDir(this.caches(target).modCache);
		}
		await this.toolchain(targets);
		for (const { name } of targets) this.ready.add(name);
	}
	async runIn(scratch, step) {
		const process = startLimited({
			...this.command(step),
			env: this.env(scratch, step, this.request.settings.env),
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
	async compilerOf(target) {
		const { settings, files } = this.request;
		const search = {
			targets: [target],
			arch: this.arch,
			path: settings.env["PATH"]
		};
		try {
			const [found] = await findCompilers(search, files);
			return found ?? target.compiler;
		} catch (error) {
			if (error instanceof Failure) return error;
			throw error;
		}
	}
	command(step) {
		const seconds = this.request.settings.timeoutMinutes * 60;
		return limited({
			program: this.go,
			args: mapped(step),
			seconds
		});
	}
	/** @param env the caller's */
	env(scratch, { phase, target }, env) {
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
		this.goroot ??= findToolchain(this.search(target), this.request);
		try {
			this.go = join(await this.goroot, "bin", "go");
		} catch (error) {
			this.goroot = null;
			throw error;
		}
	}
	search(target) {
		const { settings } = this.request;
		const { modCache } = this.caches(target);
		return {
			goVersion: settings.server.goVersion,
			arch: this.arch,
			folder: join(modCache, "..", "toolchains"),
			modCache,
			env: settings.env
		};
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
export { stopped as n, writeApiCheck as r, createHostBuilder as t };
