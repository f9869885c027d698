const require_rolldown_runtime = require("./rolldown-runtime.js");
let node_path = require("node:path");
let node_fs = require("node:fs");
// src/adapters/end-with.ts
/**
* Ends the process with what the work comes to. Until then the exit code is 13, Node's own for a module that never gets
* its answer: what ends without one is no success.
*/
function endWith(work) {
	process.exitCode = 13;
	work.then((exitCode) => process.exitCode = exitCode);
}
// src/adapters/event.ts
/**
* The JSON of the event that started the workflow, as the runner wrote it (GITHUB_EVENT_PATH).
*
* @throws Node's own error, or a SyntaxError
*/
function readEvent(env) {
	return JSON.parse((0, node_fs.readFileSync)(env["GITHUB_EVENT_PATH"] ?? "", "utf8"));
}
// src/errors.ts
/** The one error class that users see: what happened, where, and what to do. Anything else thrown is a bug. */
var Failure = class extends Error {
	kind;
	code;
	what;
	remedy;
	where;
	constructor(kind, parts) {
		super(messageOf$1(parts), parts.cause === void 0 ? void 0 : { cause: parts.cause });
		this.name = "Failure";
		this.kind = kind;
		this.code = parts.code;
		this.what = parts.what;
		this.remedy = parts.remedy;
		this.where = parts.where;
	}
};
/** `file:line:column`, or `input NAME`. */
function whereText(where) {
	if (where.kind === "input") return `input ${where.input}`;
	return [
		where.file,
		where.line,
		where.column
	].filter((part) => part !== void 0).join(":");
}
function messageOf$1({ what, where, remedy }) {
	return where === void 0 ? `${what}. ${remedy}` : `${whereText(where)}: ${what}. ${remedy}`;
}
/** The exit code of a run that came to several: the highest. */
function worstExitCode(codes) {
	return codes.reduce((highest, code) => code > highest ? code : highest, 0);
}
/** Node's own code of an error (`ENOENT`, ...), or null. No `instanceof`: where tests run, Node's errors are of another realm. */
function codeOf(error) {
	const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
	return typeof code === "string" ? code : null;
}
/** The exit code of a failure: 2 bad input, 1 the plugin, 3 the surroundings. */
function exitCodeOf(kind) {
	return kind === "input" ? 2 : kind === "plugin" ? 1 : 3;
}
// src/adapters/output.ts
const standardOutput = {
	fd: 1,
	open: () => process.stdout
};
const standardError = {
	fd: 2,
	open: () => process.stderr
};
/** How a stream says that nobody reads it any more. */
const goneCodes = /* @__PURE__ */ new Set(["EPIPE", "ECONNRESET"]);
/** So many bytes fit into a new pipe, and are taken at once (pipe(7)); whoever writes more may have to wait. */
const direct = 32768;
/**
* Opens one of the process's own streams for a whole run. Where whoever reads has had enough (`| head`), the rest is
* dropped and the run goes on to an end of its own. What cannot be written for another reason, such as a full disk,
* makes the exit code 3 at least.
*
* @param lost is told once, at the first text that cannot be written
* @returns what takes text with its line ends
*/
function openOutput(target, lost) {
	const output = new Output(target, lost);
	return (text) => output.write(text);
}
/** Whether somebody sits at the other end. Most runs have a pipe or a file there, and need not load a stream to know. */
function isTerminal({ fd, open }) {
	return (0, node_fs.fstatSync)(fd).isCharacterDevice() && open().isTTY;
}
var Output = class {
	#target;
	#lost;
	/** How much may still be written without a stream: what draws on a terminal wants all of it in the stream. */
	#direct;
	#stream = null;
	#isOpen = true;
	constructor(target, lost) {
		this.#target = target;
		this.#lost = lost;
		this.#direct = isTerminal(target) ? 0 : direct;
	}
	write(text) {
		let bytes = Buffer.from(text);
		while (this.#isOpen && bytes.length > 0 && bytes.length <= this.#direct) bytes = bytes.subarray(this.#writeDirectly(bytes));
		if (this.#isOpen && bytes.length > 0) this.#opened().write(bytes);
	}
	/** Gives how many bytes were taken. */
	#writeDirectly(bytes) {
		try {
			const count = (0, node_fs.writeSync)(this.#target.fd, bytes);
			this.#direct -= count;
			return count;
		} catch (cause) {
			this.#direct = 0;
			if (codeOf(cause) !== "EAGAIN") this.#broken(cause);
			return 0;
		}
	}
	#opened() {
		this.#direct = 0;
		this.#stream ??= this.#target.open().on("error", (cause) => this.#broken(cause));
		return this.#stream;
	}
	#broken(cause) {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		const code = codeOf(cause);
		if (goneCodes.has(code) || this.#stream?.isTTY === true && code === "EIO") return;
		const failure = unwritable(this.#target, cause);
		process.on("exit", (exitCode) => {
			process.exitCode = Math.max(exitCode, exitCodeOf(failure.kind));
		});
		this.#lost(failure);
	}
};
function unwritable({ fd }, cause) {
	const reason = cause instanceof Error ? cause.message : String(cause);
	return new Failure("surroundings", {
		code: "output-unwritable",
		what: `standard ${fd === 2 ? "error" : "output"} cannot be written (${reason})`,
		remedy: "Free some space, or send it elsewhere.",
		cause
	});
}
// src/options/contract.ts
/**
* The one table of inputs. The command line's flags and their help are made from it; action.yml and the README's
* tables are checked against it by a test.
*/
const modes = [
	"build",
	"check",
	"publish"
];
const builders = ["docker", "host"];
const dependencyRules = [
	"pin",
	"cap",
	"keep"
];
const verifications = ["static", "off"];
const publications = [
	"auto",
	"artifact",
	"release",
	"both",
	"none"
];
const artifactLayouts = ["single", "per-target"];
const makeLatestValues = [
	"true",
	"false",
	"legacy"
];
const onExistingValues = [
	"replace",
	"skip",
	"fail"
];
const text = (placeholder) => ({
	kind: "text",
	placeholder
});
const choice = (values) => ({
	kind: "choice",
	values
});
const every = modes;
const compiling = ["build", "check"];
const releasing = ["build", "publish"];
const both = (value) => ({
	action: value,
	cli: value
});
const inputs = [
	{
		name: "mode",
		description: "What to do. `build` builds the plugin and proves that each file loads. `check` says what keeps the plugin from fitting the servers, at the lines of go.mod, and publishes nothing. `publish` sends files of earlier builds to a release, after proving them again.",
		value: choice(modes),
		default: both("build"),
		modes: null
	},
	{
		name: "path",
		description: "The plugin's module folder (where its go.mod is), relative to the workspace or the current folder. `check` takes several, one a line, and patterns such as `plugins/*`.",
		value: text("folder"),
		default: both("."),
		modes: compiling
	},
	{
		name: "package",
		description: "The main package, relative to `path`.",
		value: text("folder"),
		default: both("."),
		modes: compiling
	},
	{
		name: "server",
		description: "The gotify server to build for: `latest`, a version (`v2.9.1`), a part of one (`2.9`) or a range (`>=2.6 <3`), which mean the newest stable match, a branch or commit, or the path of a gotify binary (`./gotify`). Several are separated by commas or lines, and `all:>=2.6` means every stable match: servers of the same modules share a file.",
		value: text("server"),
		default: both("latest"),
		modes: compiling
	},
	{
		name: "targets",
		description: "`all`, `native` (the architecture of this machine), or a list separated by commas or lines of `linux-amd64`, `linux-arm64`, `linux-arm-7`, `linux-386`, `linux-riscv64`; `linux-` may be left out. `all` leaves out what a server cannot have: `linux-riscv64` before v2.7.0.",
		value: text("list"),
		default: {
			action: "all",
			cli: "native"
		},
		modes: ["build"]
	},
	{
		name: "builder",
		description: "`docker`: in the image that the server itself is built in, sealed off from the network. `host`: with the exact Go toolchain on this machine; it needs no Docker, and it is no sandbox. By default `docker` in the action and `host` on the command line; `check` uses the host wherever Go is there.",
		value: choice(builders),
		default: both(""),
		modes: compiling
	},
	{
		name: "image",
		description: "Another image for the docker builder. `{go}` and `{arch}` stand for the Go version and the architecture. By default `gotify/build:{go}-linux-{arch}`.",
		value: text("image"),
		default: both(""),
		modes: compiling
	},
	{
		name: "dependencies",
		description: "`pin`: every module that the server has is built at the server's version. `cap`: only the modules that both go.mod files require, as gomod-cap does, then go mod tidy. `keep`: as the plugin's go.mod says. The plugin's own files are never changed.",
		value: choice(dependencyRules),
		default: both("pin"),
		modes: compiling
	},
	{
		name: "verify",
		description: "`static`: Go's own load check, read out of the plugin and the server without running either; only files that pass are handed on. `off`: no check, and no file is called loading.",
		value: choice(verifications),
		default: both("static"),
		modes: ["build"]
	},
	{
		name: "manifest",
		description: "What to compare with: an ABI manifest (JSON) or a gotify binary. By default the server's release, else the catalog's manifest, else a reference host. A manifest is a file such as those in catalog/abi. A manifest is for one target, so build that target alone.",
		value: text("file"),
		default: both(""),
		modes: ["build"]
	},
	{
		name: "name",
		description: "First part of the names of files, `<name>-linux-<arch>-for-gotify-<version>.so`. By default the last part of the plugin's module path, before `/v2` and the like.",
		value: text("name"),
		default: both(""),
		modes: ["build"]
	},
	{
		name: "output",
		description: "The folder for the files and report.json (`publish`: for publish-report.json), relative to the workspace or the current folder. A file that would not load, or of which that is undecided, goes to `rejected/` in it.",
		value: text("folder"),
		default: both("dist-plugins"),
		modes: every
	},
	{
		name: "server-api-url",
		description: "The GitHub API that gotify/server is read from. On GitHub Enterprise it stays the public one unless the server is mirrored there.",
		value: text("url"),
		default: both("https://api.github.com"),
		modes: every
	},
	{
		name: "ldflags",
		description: "More linker flags, such as `-X main.version=1.2.3`, added to `-w -s`. By default none.",
		value: text("flags"),
		default: both(""),
		modes: compiling
	},
	{
		name: "build-flags",
		description: "More flags for go build, one argument a line: `-tags`, `-v`, `-x`, `-p`, `-a`, and `-gcflags` and `-asmflags` for the plugin itself. A flag that would make a file that does not load is refused. By default none.",
		value: text("flags"),
		default: both(""),
		modes: compiling
	},
	{
		name: "concurrency",
		description: "How many targets are built (`check`: servers are looked at) side by side. By default as many as the machine has cores.",
		value: text("number"),
		default: both(""),
		modes: compiling
	},
	{
		name: "fail-fast",
		description: "Whether to start no more targets after the first one that fails.",
		value: { kind: "switch" },
		default: both("false"),
		modes: ["build"]
	},
	{
		name: "timeout",
		description: "Minutes that one target may take, and fetching an image or a toolchain as well.",
		value: text("minutes"),
		default: both("30"),
		modes: compiling
	},
	{
		name: "cache-dir",
		description: "The folder of the module cache, the build caches and the facts about servers, relative to the workspace or the current folder. By default where the platform keeps caches.",
		value: text("folder"),
		default: both(""),
		modes: every
	},
	{
		name: "token",
		description: "A GitHub token, for more requests an hour; by default the job's, and on the command line GITHUB_TOKEN of the environment. It is sent to `server-api-url` only where that is the API which issued it; `check` reads the base of a pull request with it, and releases are published with it.",
		value: text("token"),
		default: {
			action: "${{ github.token }}",
			cli: ""
		},
		modes: every
	},
	{
		name: "compile",
		description: "For `check`: whether to compile the plugin. `false` judges the lines of go.mod alone: at once, and without Go.",
		value: choice(["true", "false"]),
		default: both("true"),
		modes: ["check"]
	},
	{
		name: "strict",
		description: "For `check`: whether drift fails too, a version that is not the server's, so that what was tested is not what ships.",
		value: { kind: "switch" },
		default: both("false"),
		modes: ["check"]
	},
	{
		name: "baseline",
		description: "For `check`: whether drift that the base of a pull request or merge queue has already is told apart, and never fails.",
		value: choice(["true", "false"]),
		default: both("true"),
		modes: ["check"]
	},
	{
		name: "base",
		description: "For `check`: a commit, branch or tag to compare with. By default the base of a pull request or merge queue, and nothing elsewhere. Nothing is compared with `baseline: false`.",
		value: text("ref"),
		default: both(""),
		modes: ["check"]
	},
	{
		name: "fix",
		description: "For `check`: whether to write go.mod and go.sum with the versions of the first server that was named, as the command `cap` does.",
		value: { kind: "switch" },
		default: both("false"),
		modes: ["check"]
	},
	{
		name: "publish",
		description: "Where the files go. `auto`: in a workflow to artifacts, and on the push of a tag and for a release event to the release as well. `artifact`, `release`, `both`, or `none`. On the command line `auto` publishes nothing, but with `skip-existing`.",
		value: choice(publications),
		default: both("auto"),
		modes: ["build"]
	},
	{
		name: "artifact",
		description: "`single`: one artifact with all files. `per-target`: one for each target.",
		value: choice(artifactLayouts),
		default: both("single"),
		modes: ["build"]
	},
	{
		name: "artifact-name",
		description: "The artifact's name; with `per-target` the target is added. By default the plugin's name and the job's, with what tells this job of a matrix from the others.",
		value: text("name"),
		default: both(""),
		modes: ["build"]
	},
	{
		name: "matrix",
		description: "Nothing to set: the values of the job's matrix, which tell its artifact from those of the other jobs.",
		value: text("json"),
		default: {
			action: "${{ toJSON(matrix) }}",
			cli: ""
		},
		modes: []
	},
	{
		name: "retention-days",
		description: "How many days artifacts are kept. By default as the repository says.",
		value: text("days"),
		default: both(""),
		modes: ["build"]
	},
	{
		name: "keep-rejected",
		description: "Whether files that would not load go to an artifact of their own, for looking into.",
		value: { kind: "switch" },
		default: both("false"),
		modes: ["build"]
	},
	{
		name: "folders",
		description: "For `mode: publish`: the output folders of builds (files and report.json), one a line, and patterns such as `downloads/*`.",
		value: text("folders"),
		default: both("dist-plugins"),
		modes: ["publish"]
	},
	{
		name: "release-tag",
		description: "The tag whose release gets the files; it must exist. By default the tag that started the workflow, and with `skip-existing` the latest release.",
		value: text("tag"),
		default: both(""),
		modes: releasing
	},
	{
		name: "repository",
		description: "The repository of the release, `OWNER/NAME`. By default the workflow's.",
		value: text("repository"),
		default: both(""),
		modes: releasing
	},
	{
		name: "allow-partial",
		description: "Whether a release gets the files that load although others, that were asked for, do not; its notes say so.",
		value: { kind: "switch" },
		default: both("false"),
		modes: releasing
	},
	{
		name: "prerelease",
		description: "Whether a release that is made here is a pre-release.",
		value: { kind: "switch" },
		default: both("false"),
		modes: releasing
	},
	{
		name: "draft",
		description: "Whether the release stays a draft, for you to publish.",
		value: { kind: "switch" },
		default: both("false"),
		modes: releasing
	},
	{
		name: "make-latest",
		description: "Whether the release becomes the repository's latest when it is published: `true`, `false`, or `legacy` (by date and version). By default as GitHub does.",
		value: choice(makeLatestValues),
		default: both(""),
		modes: releasing
	},
	{
		name: "notes",
		description: "Whether the text of a release that is made here gets a table of which file is for which server.",
		value: choice(["true", "false"]),
		default: both("true"),
		modes: releasing
	},
	{
		name: "on-existing",
		description: "What happens to a file of the release that has the same name and other bytes: `replace`, `skip` or `fail`. By default it is replaced in a draft, and fails in a published release.",
		value: choice(onExistingValues),
		default: both(""),
		modes: releasing
	},
	{
		name: "parts",
		description: "How many jobs share the release; it is published by the one that sees all of them. Each needs its own `part`. A last job with `mode: publish` is simpler, where you can have one.",
		value: text("number"),
		default: both(""),
		modes: releasing
	},
	{
		name: "part",
		description: "With `parts`: the name of this job, such as `amd64`, that no other of them has.",
		value: text("name"),
		default: both(""),
		modes: releasing
	},
	{
		name: "skip-existing",
		description: "Whether only what the release lacks is built, from the commit of its tag, and added to it: for a scheduled workflow that follows new servers.",
		value: { kind: "switch" },
		default: both("false"),
		modes: ["build"]
	},
	{
		name: "attest",
		description: "Whether the published files get a build provenance attestation. The job needs the permissions `id-token: write` and `attestations: write`.",
		value: { kind: "switch" },
		default: both("false"),
		modes: releasing
	}
];
/** The default of an input, as text. */
function defaultOf(name, entry) {
	return specOf(name).default[entry];
}
function specOf(name) {
	const spec = inputs.find((input) => input.name === name);
	if (spec === void 0) throw new Error(`no input is called ${name}`);
	return spec;
}
// src/build/flag-rules.ts
/** What is known about flags and tags that are refused: why each would not do. */
const changesShared = "it changes every package, also those that the plugin shares with the server, so the loader refuses the file";
const ours = "the build sets it itself";
const outside = "it puts programs or files of your choice into the build, which then proves nothing";
/** Flags of `go build` -> the reason. Where Go's own documentation is the source: `go help build`. */
const buildRefusals = /* @__PURE__ */ new Map([
	["trimpath", "the server is built without it; it changes the file names inside shared packages, so the loader refuses the file"],
	["race", changesShared],
	["msan", changesShared],
	["asan", changesShared],
	["cover", changesShared],
	["coverpkg", changesShared],
	["covermode", changesShared],
	["compiler", "gotify servers are built with gc, and a plugin of another compiler never loads"],
	["gccgoflags", "gotify servers are built with gc, and a plugin of another compiler never loads"],
	["linkshared", "a server cannot load a plugin that is linked to shared Go libraries"],
	["pgo", "a profile is applied to shared packages too, so the loader refuses the file"],
	["toolexec", outside],
	["overlay", outside],
	["exec", outside],
	["pkgdir", outside],
	["C", "the inputs path and package name the folder"],
	["o", "the inputs output and name decide where files go"],
	["mod", ours],
	["modfile", ours],
	["modcacherw", ours],
	["buildmode", ours],
	["buildvcs", ours],
	["installsuffix", ours],
	["ldflags", "the input ldflags takes linker flags"],
	["n", "it would print the commands and build nothing; use --dry-run"],
	["i", "Go does not know it any more"],
	["json", "the build reads Go's output itself"],
	["work", "it would leave temporary folders behind"],
	["debug-actiongraph", "it writes a file of your choice"],
	["debug-trace", "it writes a file of your choice"],
	["debug-runtime-trace", "it writes a file of your choice"]
]);
const standard = "it changes packages of the standard library that the plugin shares with the server, so the loader refuses the file";
const gin = "it changes gin, which the plugin shares with the server, so the loader refuses the file";
const setByGo = "Go sets it itself";
const tagRefusals = new Map([
	...[
		"netgo",
		"netcgo",
		"osusergo",
		"timetzdata",
		"faketime",
		"purego",
		"math_big_pure_go",
		"nethttpomithttp2"
	].map((tag) => [tag, standard]),
	...[
		"boringcrypto",
		"compiler_bootstrap",
		"cmd_go_bootstrap",
		"libfuzzer",
		"debuglog"
	].map((tag) => [tag, standard]),
	...[
		"nomsgpack",
		"jsoniter",
		"go_json",
		"sonic"
	].map((tag) => [tag, gin]),
	...[
		"race",
		"msan",
		"asan",
		"cgo",
		"gc",
		"gccgo"
	].map((tag) => [tag, setByGo])
]);
/** Why a tag is refused, or null. Tags that nobody knows are left to the verdict. */
function refusedTag(tag) {
	if (tag.startsWith("goexperiment.")) return standard;
	return tagRefusals.get(tag) ?? null;
}
/** The failure for a flag that an input may not have. */
function refusedFlag(input, what, remedy) {
	return new Failure("input", {
		code: "refused-flag",
		what,
		remedy,
		where: {
			kind: "input",
			input
		}
	});
}
// src/build/quoted.ts
const blanks = /* @__PURE__ */ new Set([
	" ",
	"	",
	"\n",
	"\r"
]);
/**
* Splits a flag's value into fields as the go command does (cmd/internal/quoted in Go): blanks separate, a field that
* begins with a single or double quote ends at the next such quote, and nothing is an escape.
*/
function splitQuoted(text) {
	const fields = [];
	let at = 0;
	while (at < text.length) {
		const first = text.charAt(at);
		if (blanks.has(first)) {
			at += 1;
			continue;
		}
		const quote = first === "\"" || first === "'" ? first : null;
		const start = quote === null ? at : at + 1;
		const end = quote === null ? blankFrom(text, start) : text.indexOf(quote, start);
		if (end < 0) return {
			kind: "unterminated",
			quote: first
		};
		fields.push(text.slice(start, end));
		at = quote === null ? end : end + 1;
	}
	return {
		kind: "fields",
		fields
	};
}
/**
* Writes fields so that `splitQuoted` gives the same fields back; null where Go has no way to write one of them (it
* needs quoting and holds both kinds of quotes).
*/
function joinQuoted(fields) {
	const written = [];
	for (const field of fields) {
		const quote = field !== "" && !/^["']/.test(field) && !/[ \t\n\r]/.test(field) ? "" : field.includes("'") ? "\"" : "'";
		if (quote !== "" && field.includes(quote)) return null;
		written.push(`${quote}${field}${quote}`);
	}
	return written.join(" ");
}
function blankFrom(text, start) {
	let at = start;
	while (at < text.length && !blanks.has(text.charAt(at))) at += 1;
	return at;
}
// src/build/ldflags.ts
/** Flags of `go tool link` without a value that are harmless in a plugin. */
const switches$1 = [
	"s",
	"w",
	"v",
	"c",
	"e",
	"dumpdep",
	"bindnow",
	"compressdwarf",
	"checklinkname"
];
/** Those with a value, and what it may be. */
const valued$1 = /* @__PURE__ */ new Map([
	["X", /^[^=\s]+\.[^=\s.]+=.*$/s],
	["buildid", /^.*$/s],
	["B", /^(?:none|gobuildid|0x(?:[0-9a-fA-F]{2})+)$/],
	["strictdups", /^[012]$/],
	["linkmode", /^external$/],
	["extldflags", /^.*$/s]
]);
/** Flags for the C linker that cannot name a file or a program, and leave a file that loads. */
const externalFlags = /^(?:-static-lib(?:gcc|stdc\+\+)|-Wl,(?:-z,(?:relro|now|noexecstack|defs)|--as-needed|--no-undefined|--build-id(?:=(?:none|md5|sha1|uuid|0x[0-9a-fA-F]+))?))$/;
const refusals = /* @__PURE__ */ new Map([
	["pluginpath", "the compiler names the plugin's symbols by its import path, so another path here makes a file that does not start"],
	["linkmode", "plugins are always linked by the C linker (external)"],
	["extld", "the build picks the compiler of each target itself"],
	["extar", "the build picks the tools of each target itself"],
	["linkshared", "a server cannot load a plugin that is linked to shared Go libraries"],
	["race", "the loader refuses a plugin with other instrumentation than the server's"],
	["msan", "the loader refuses a plugin with other instrumentation than the server's"],
	["asan", "the loader refuses a plugin with other instrumentation than the server's"],
	["d", "a plugin needs dynamic linking"],
	["buildmode", "the build sets it itself"],
	["installsuffix", "the build sets it itself"],
	["o", "the inputs output and name decide where files go"],
	["importcfg", "the build sets it itself"],
	["r", "a search path for libraries inside the file is of no use on the server's machine"],
	["I", "the server's loader is already running"],
	["L", "it adds a folder of your choice to the build"],
	["g", "it turns off the check of package hashes, which is what decides whether a plugin loads"],
	["f", "it accepts packages of another version, which the loader refuses"]
]);
/**
* Splits the input `ldflags` as Go does, and checks each flag.
*
* @returns one argument an item; the value of a flag is joined to it by `=`
* @throws Failure (input, `refused-flag`) for a flag that makes a file which does not load, or that reaches outside the build
*/
function checkLdflags(text) {
	const split = splitQuoted(text);
	if (split.kind === "unterminated") throw refused$2(`there is a ${split.quote} without its end`, "Close the quote.");
	const checked = [];
	const fields = split.fields;
	for (let at = 0; at < fields.length; at += 1) {
		const { name, value } = splitField(fields[at] ?? "");
		const allowed = valued$1.get(name);
		if (allowed === void 0) {
			checked.push(checkSwitch(name, value));
			continue;
		}
		if (value === null) at += 1;
		checked.push(checkValued({
			name,
			allowed,
			value: value ?? fields[at] ?? null
		}));
	}
	return checked;
}
function splitField(field) {
	const match = /^--?([A-Za-z]\w*)(?:=(.*))?$/s.exec(field);
	if (match?.[1] === void 0) throw refused$2(`"${field}" is not a linker flag`, "Write flags as for go build -ldflags, such as -X main.version=1.2.");
	return {
		name: match[1],
		value: match[2] ?? null
	};
}
function checkSwitch(name, value) {
	const reason = refusals.get(name);
	if (reason !== void 0) throw refused$2(`-${name} is refused: ${reason}`, "Leave it out.");
	if (!switches$1.includes(name)) throw refused$2(`-${name} is not among the linker flags that are known to be safe for a plugin`, allowedText$1());
	if (value !== null && !/^(?:true|false|0|1)$/.test(value)) throw refused$2(`-${name} has the value "${value}"`, "It is a switch.");
	return value === null ? `-${name}` : `-${name}=${value}`;
}
function checkValued(flag) {
	const { name, allowed, value } = flag;
	if (value === null) throw refused$2(`-${name} has no value`, `Write -${name}=VALUE.`);
	if (!allowed.test(value) || value.includes("\0")) throw refused$2(`-${name}=${value} is refused: ${refusals.get(name) ?? "Go does not take this value"}`, "Leave it out, or correct it.");
	if (name === "extldflags") checkExternal(value);
	return `-${name}=${value}`;
}
function checkExternal(value) {
	const split = splitQuoted(value);
	const bad = (split.kind === "fields" ? split.fields : [value]).find((field) => !externalFlags.test(field));
	if (bad === void 0) return;
	throw refused$2(`-extldflags with "${bad}" is refused: flags of the C linker can load programs, name files, or make a static file that does not load`, "Allowed are -Wl,-z,relro, -Wl,-z,now, -Wl,-z,noexecstack, -Wl,-z,defs, -Wl,--as-needed, -Wl,--no-undefined, -Wl,--build-id, -static-libgcc and -static-libstdc++.");
}
function allowedText$1() {
	return `Allowed are ${[...switches$1, ...valued$1.keys()].map((name) => `-${name}`).join(", ")}.`;
}
function refused$2(what, remedy) {
	return refusedFlag("ldflags", what, remedy);
}
// src/build/tool-flags.ts
/** Flags of `go tool compile` that change the plugin's own code or print something, and touch no file. */
const compilerFlags = /^-(?:N|l(?:=\d)?|m(?:=\d+)?|S|B|C|L|e|live|c=\d+|dwarf(?:=(?:true|false))?|dwarflocationlists(?:=(?:true|false))?|spectre=[a-z,]+)$/;
/** The same of `go tool asm`. */
const assemblerFlags = /^-(?:S|v|e|debug|spectre=[a-z,]+|D=?[A-Za-z_]\w*(?:=\w*)?)$/;
/**
* Checks the value of `-gcflags` or `-asmflags`: flags for the plugin's own packages only. Without a pattern Go gives
* them to the package named on the command line, which is the plugin's; a pattern has to name a folder of its module.
*
* @returns the value, as it was
* @throws Failure (input, `refused-flag`)
*/
function checkToolFlags(name, value) {
	const { pattern, flags } = splitPattern(value.trim());
	if (pattern !== null && !isOwnFolder(pattern)) throw refused$1(`-${name} for "${pattern}" is refused: it would change packages that the plugin shares with the server, so the loader refuses the file`, `Write -${name}=FLAGS for the plugin's own package, or -${name}=./...=FLAGS for all packages of its module.`);
	const fields = splitQuoted(flags);
	if (fields.kind === "unterminated") throw refused$1(`-${name} has a ${fields.quote} without its end`, "Close the quote.");
	const allowed = name === "gcflags" ? compilerFlags : assemblerFlags;
	for (const flag of fields.fields) if (!allowed.test(flag)) throw refused$1(`-${name}=${flag} is refused: it is not among the flags that are known to be safe for a plugin`, name === "gcflags" ? "Allowed are -N, -l, -m, -S, -B, -C, -L, -e, -live, -c=N, -dwarf, -dwarflocationlists, -spectre=LIST." : "Allowed are -D=NAME=VALUE, -S, -v, -e, -debug, -spectre=LIST.");
	return value;
}
/**
* A flag as go gets it: one for a folder of the module is given by import path. Go matches folders by place, and a
* cache folder below the module lies there too, with every dependency.
*
* @see MatchPackage in cmd/go/internal/load/search.go of Go
*/
function byImportPath(flag, modulePath) {
	const [, name = "", value = ""] = /^-(gcflags|asmflags)=(.*)$/s.exec(flag) ?? [];
	const { pattern, flags } = splitPattern(value.trim());
	if (pattern === null || !isOwnFolder(pattern)) return flag;
	const folder = node_path.posix.normalize(pattern).replace(/\/$/, "");
	return `-${name}=${folder === "." ? modulePath : `${modulePath}/${folder}`}=${flags}`;
}
/** As Go reads it: a value that does not begin with a dash is `pattern=flags`. */
function splitPattern(value) {
	if (value.startsWith("-")) return {
		pattern: null,
		flags: value
	};
	const at = value.indexOf("=");
	return at < 0 ? {
		pattern: value,
		flags: ""
	} : {
		pattern: value.slice(0, at).trim(),
		flags: value.slice(at + 1)
	};
}
function isOwnFolder(pattern) {
	return /^\.(?:\/|$)/.test(pattern) && !pattern.split("/").includes("..");
}
function refused$1(what, remedy) {
	return refusedFlag("build-flags", what, remedy);
}
// src/build/flags.ts
const switches = [
	"v",
	"x",
	"a"
];
const valued = [
	"tags",
	"p",
	"gcflags",
	"asmflags"
];
/**
* Reads the inputs `ldflags` (one text, split as Go splits it) and `build-flags` (one argument a line).
*
* @throws Failure (input, `refused-flag`) for every flag that is not on the allow-list, with the reason where it is a
*   known one: it would make a file that the loader refuses, reach outside the build, or undo what the build needs
*/
function parseBuildFlags(raw) {
	const flags = readFlags(raw.buildFlags);
	const tags = tagsOf(flags);
	return {
		ldflags: checkLdflags(raw.ldflags),
		flags: flags.filter(({ name }) => name !== "a").map((flag) => written(flag, tags)),
		tags,
		rebuildAll: flags.some(({ name }) => name === "a")
	};
}
function readFlags(text) {
	const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
	const flags = [];
	for (let at = 0; at < lines.length; at += 1) {
		const flag = splitFlag(lines[at] ?? "");
		const next = lines[at + 1];
		const takesNext = valued.includes(flag.name) && flag.value === null && next !== void 0;
		if (takesNext) at += 1;
		flags.push(checked(takesNext ? {
			name: flag.name,
			value: next
		} : flag));
	}
	return flags;
}
function splitFlag(line) {
	const match = /^--?([A-Za-z][\w-]*)(?:[= \t]\s*(.*))?$/s.exec(line);
	if (match?.[1] === void 0) throw refused(`"${line}" is not a build flag`, "Write one flag on each line, such as -tags=mytag.");
	return {
		name: match[1],
		value: match[2] ?? null
	};
}
function checked(flag) {
	const reason = buildRefusals.get(flag.name);
	if (reason !== void 0) throw refused(`-${flag.name} is refused: ${reason}`, "Leave it out.");
	if (switches.includes(flag.name)) {
		if (flag.value !== null) throw refused(`-${flag.name} takes no value here`, `Write -${flag.name} alone, or leave it out.`);
		return flag;
	}
	if (!valued.includes(flag.name)) throw refused(`-${flag.name} is not among the build flags that are known to be safe for a plugin`, allowedText());
	if (flag.value === null || flag.value === "") throw refused(`-${flag.name} has no value`, `Write -${flag.name}=VALUE on one line.`);
	return {
		name: flag.name,
		value: checkValue(flag.name, flag.value)
	};
}
function checkValue(name, value) {
	if (name === "tags") return checkTags(value);
	if (name === "gcflags" || name === "asmflags") return checkToolFlags(name, value);
	if (/^[1-9]\d{0,3}$/.test(value)) return value;
	throw refused(`-p has the value "${value}"`, "Give the number of commands that may run at once, such as -p=2.");
}
/** Go splits tags at commas; blanks are the older way and mean the same. */
function checkTags(value) {
	const tags = value.replaceAll(/^["']|["']$/g, "").split(/[\s,]+/).filter((tag) => tag !== "");
	for (const tag of tags) {
		if (!/^[\p{L}\p{N}_.]+$/u.test(tag)) throw refused(`"${tag}" is not a build tag`, "Tags are letters, digits, _ and dots.");
		const reason = refusedTag(tag);
		if (reason !== null) throw refused(`-tags ${tag} is refused: ${reason}`, "Leave this tag out.");
	}
	return tags.join(",");
}
function tagsOf(flags) {
	const values = flags.filter(({ name }) => name === "tags").map(({ value }) => value);
	if (values.length > 1) throw refused("-tags is given twice, and Go would use the last one only", "Join the tags with commas.");
	return values[0] ?? null;
}
function written({ name, value }, tags) {
	if (name === "tags") return `-tags=${tags ?? ""}`;
	return value === null ? `-${name}` : `-${name}=${value}`;
}
function allowedText() {
	return `Allowed are ${[...switches, ...valued].map((name) => `-${name}`).join(", ")}.`;
}
function refused(what, remedy) {
	return refusedFlag("build-flags", what, remedy);
}
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
// node_modules/semver/internal/debug.js
var require_debug = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	module.exports = typeof process === "object" && process.env && process.env.NODE_DEBUG && /\bsemver\b/i.test(process.env.NODE_DEBUG) ? (...args) => console.error("SEMVER", ...args) : () => {};
}));
// node_modules/semver/internal/constants.js
var require_constants = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	module.exports = {
		MAX_LENGTH: 256,
		MAX_SAFE_COMPONENT_LENGTH: 16,
		MAX_SAFE_BUILD_LENGTH: 250,
		MAX_SAFE_INTEGER: Number.MAX_SAFE_INTEGER || 
		/* istanbul ignore next */ 9007199254740991,
		WHITESPACE_CHARACTERS: [
			"	",
			"\n",
			"\v",
			"\f",
			"\r",
			" ",
			"\xA0",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			" ",
			"\u2028",
			"\u2029",
			" ",
			" ",
			"　",
			"﻿"
		],
		RELEASE_TYPES: [
			"major",
			"premajor",
			"minor",
			"preminor",
			"patch",
			"prepatch",
			"prerelease"
		],
		SEMVER_SPEC_VERSION: "2.0.0",
		FLAG_INCLUDE_PRERELEASE: 1,
		FLAG_LOOSE: 2
	};
}));
// node_modules/semver/internal/re.js
var require_re = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const { MAX_SAFE_COMPONENT_LENGTH, MAX_SAFE_BUILD_LENGTH, MAX_LENGTH } = require_constants();
	const debug = require_debug();
	exports = module.exports = {};
	const re = exports.re = [];
	const safeRe = exports.safeRe = [];
	const src = exports.src = [];
	const safeSrc = exports.safeSrc = [];
	const t = exports.t = {};
	let R = 0;
	const LETTERDASHNUMBER = "[a-zA-Z0-9-]";
	const safeRegexReplacements = [
		["\\s", 1],
		["\\d", MAX_LENGTH],
		[LETTERDASHNUMBER, MAX_SAFE_BUILD_LENGTH]
	];
	const makeSafeRegex = (value) => {
		for (const [token, max] of safeRegexReplacements) value = value.split(`${token}*`).join(`${token}{0,${max}}`).split(`${token}+`).join(`${token}{1,${max}}`);
		return value;
	};
	const createToken = (name, value, isGlobal) => {
		const safe = makeSafeRegex(value);
		const index = R++;
		debug(name, index, value);
		t[name] = index;
		src[index] = value;
		safeSrc[index] = safe;
		re[index] = new RegExp(value, isGlobal ? "g" : void 0);
		safeRe[index] = new RegExp(safe, isGlobal ? "g" : void 0);
	};
	createToken("NUMERICIDENTIFIER", "0|[1-9]\\d*");
	createToken("NUMERICIDENTIFIERLOOSE", "\\d+");
	createToken("NONNUMERICIDENTIFIER", `\\d*[a-zA-Z-]${LETTERDASHNUMBER}*`);
	createToken("MAINVERSION", `(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})\\.(${src[t.NUMERICIDENTIFIER]})`);
	createToken("MAINVERSIONLOOSE", `(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})\\.(${src[t.NUMERICIDENTIFIERLOOSE]})`);
	createToken("PRERELEASEIDENTIFIER", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIER]})`);
	createToken("PRERELEASEIDENTIFIERLOOSE", `(?:${src[t.NONNUMERICIDENTIFIER]}|${src[t.NUMERICIDENTIFIERLOOSE]})`);
	createToken("PRERELEASE", `(?:-(${src[t.PRERELEASEIDENTIFIER]}(?:\\.${src[t.PRERELEASEIDENTIFIER]})*))`);
	createToken("PRERELEASELOOSE", `(?:-?(${src[t.PRERELEASEIDENTIFIERLOOSE]}(?:\\.${src[t.PRERELEASEIDENTIFIERLOOSE]})*))`);
	createToken("BUILDIDENTIFIER", `${LETTERDASHNUMBER}+`);
	createToken("BUILD", `(?:\\+(${src[t.BUILDIDENTIFIER]}(?:\\.${src[t.BUILDIDENTIFIER]})*))`);
	createToken("FULLPLAIN", `v?${src[t.MAINVERSION]}${src[t.PRERELEASE]}?${src[t.BUILD]}?`);
	createToken("FULL", `^${src[t.FULLPLAIN]}$`);
	createToken("LOOSEPLAIN", `[v=\\s]*${src[t.MAINVERSIONLOOSE]}${src[t.PRERELEASELOOSE]}?${src[t.BUILD]}?`);
	createToken("LOOSE", `^${src[t.LOOSEPLAIN]}$`);
	createToken("GTLT", "((?:<|>)?=?)");
	createToken("XRANGEIDENTIFIERLOOSE", `${src[t.NUMERICIDENTIFIERLOOSE]}|x|X|\\*`);
	createToken("XRANGEIDENTIFIER", `${src[t.NUMERICIDENTIFIER]}|x|X|\\*`);
	createToken("XRANGEPLAIN", `[v=\\s]*(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:\\.(${src[t.XRANGEIDENTIFIER]})(?:${src[t.PRERELEASE]})?${src[t.BUILD]}?)?)?`);
	createToken("XRANGEPLAINLOOSE", `[v=\\s]*(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:\\.(${src[t.XRANGEIDENTIFIERLOOSE]})(?:${src[t.PRERELEASELOOSE]})?${src[t.BUILD]}?)?)?`);
	createToken("XRANGE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAIN]}$`);
	createToken("XRANGELOOSE", `^${src[t.GTLT]}\\s*${src[t.XRANGEPLAINLOOSE]}$`);
	createToken("COERCEPLAIN", `(^|[^\\d])(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}})(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?(?:\\.(\\d{1,${MAX_SAFE_COMPONENT_LENGTH}}))?`);
	createToken("COERCE", `${src[t.COERCEPLAIN]}(?:$|[^\\d])`);
	createToken("COERCEFULL", src[t.COERCEPLAIN] + `(?:${src[t.PRERELEASE]})?(?:${src[t.BUILD]})?(?:$|[^\\d])`);
	createToken("COERCERTL", src[t.COERCE], true);
	createToken("COERCERTLFULL", src[t.COERCEFULL], true);
	createToken("LONETILDE", "(?:~>?)");
	createToken("TILDETRIM", `(\\s*)${src[t.LONETILDE]}\\s+`, true);
	exports.tildeTrimReplace = "$1~";
	createToken("TILDE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAIN]}$`);
	createToken("TILDELOOSE", `^${src[t.LONETILDE]}${src[t.XRANGEPLAINLOOSE]}$`);
	createToken("LONECARET", "(?:\\^)");
	createToken("CARETTRIM", `(\\s*)${src[t.LONECARET]}\\s+`, true);
	exports.caretTrimReplace = "$1^";
	createToken("CARET", `^${src[t.LONECARET]}${src[t.XRANGEPLAIN]}$`);
	createToken("CARETLOOSE", `^${src[t.LONECARET]}${src[t.XRANGEPLAINLOOSE]}$`);
	createToken("COMPARATORLOOSE", `^${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]})$|^$`);
	createToken("COMPARATOR", `^${src[t.GTLT]}\\s*(${src[t.FULLPLAIN]})$|^$`);
	createToken("COMPARATORTRIM", `(\\s*)${src[t.GTLT]}\\s*(${src[t.LOOSEPLAIN]}|${src[t.XRANGEPLAIN]})`, true);
	exports.comparatorTrimReplace = "$1$2$3";
	createToken("HYPHENRANGE", `^\\s*(${src[t.XRANGEPLAIN]})\\s+-\\s+(${src[t.XRANGEPLAIN]})\\s*$`);
	createToken("HYPHENRANGELOOSE", `^\\s*(${src[t.XRANGEPLAINLOOSE]})\\s+-\\s+(${src[t.XRANGEPLAINLOOSE]})\\s*$`);
	createToken("STAR", "(<|>)?=?\\s*\\*");
	createToken("GTE0", "^\\s*>=\\s*0\\.0\\.0\\s*$");
	createToken("GTE0PRE", "^\\s*>=\\s*0\\.0\\.0-0\\s*$");
}));
// node_modules/semver/internal/parse-options.js
var require_parse_options = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const looseOption = Object.freeze({ loose: true });
	const emptyOpts = Object.freeze({});
	const parseOptions = (options) => {
		if (!options) return emptyOpts;
		if (typeof options !== "object") return looseOption;
		return options;
	};
	module.exports = parseOptions;
}));
// node_modules/semver/internal/identifiers.js
var require_identifiers = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const numeric = /^[0-9]+$/;
	const compareIdentifiers = (a, b) => {
		if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a < b ? -1 : 1;
		const anum = numeric.test(a);
		const bnum = numeric.test(b);
		if (anum && bnum) {
			a = +a;
			b = +b;
		}
		return a === b ? 0 : anum && !bnum ? -1 : bnum && !anum ? 1 : a < b ? -1 : 1;
	};
	const rcompareIdentifiers = (a, b) => compareIdentifiers(b, a);
	module.exports = {
		compareIdentifiers,
		rcompareIdentifiers
	};
}));
// node_modules/semver/classes/semver.js
var require_semver$1 = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const debug = require_debug();
	const { MAX_LENGTH, MAX_SAFE_INTEGER } = require_constants();
	const { safeRe: re, t } = require_re();
	const parseOptions = require_parse_options();
	const { compareIdentifiers } = require_identifiers();
	const isPrereleaseIdentifier = (prerelease, identifier) => {
		const identifiers = identifier.split(".");
		if (identifiers.length > prerelease.length) return false;
		for (let i = 0; i < identifiers.length; i++) if (compareIdentifiers(prerelease[i], identifiers[i]) !== 0) return false;
		return true;
	};
	module.exports = class SemVer {
		constructor(version, options) {
			options = parseOptions(options);
			if (version instanceof SemVer) {
				if (version.loose === !!options.loose && version.includePrerelease === !!options.includePrerelease) return version;
				else version = version.version;
			} else if (typeof version !== "string") throw new TypeError(`Invalid version. Must be a string. Got type "${typeof version}".`);
			if (version.length > MAX_LENGTH) throw new TypeError(`version is longer than ${MAX_LENGTH} characters`);
			debug("SemVer", version, options);
			this.options = options;
			this.loose = !!options.loose;
			this.includePrerelease = !!options.includePrerelease;
			const m = version.trim().match(options.loose ? re[t.LOOSE] : re[t.FULL]);
			if (!m) throw new TypeError(`Invalid Version: ${version}`);
			this.raw = version;
			this.major = +m[1];
			this.minor = +m[2];
			this.patch = +m[3];
			if (this.major > MAX_SAFE_INTEGER || this.major < 0) throw new TypeError("Invalid major version");
			if (this.minor > MAX_SAFE_INTEGER || this.minor < 0) throw new TypeError("Invalid minor version");
			if (this.patch > MAX_SAFE_INTEGER || this.patch < 0) throw new TypeError("Invalid patch version");
			if (!m[4]) this.prerelease = [];
			else this.prerelease = m[4].split(".").map((id) => {
				if (/^[0-9]+$/.test(id)) {
					const num = +id;
					if (num >= 0 && num < MAX_SAFE_INTEGER) return num;
				}
				return id;
			});
			this.build = m[5] ? m[5].split(".") : [];
			this.format();
		}
		format() {
			this.version = `${this.major}.${this.minor}.${this.patch}`;
			if (this.prerelease.length) this.version += `-${this.prerelease.join(".")}`;
			return this.version;
		}
		toString() {
			return this.version;
		}
		compare(other) {
			debug("SemVer.compare", this.version, this.options, other);
			if (!(other instanceof SemVer)) {
				if (typeof other === "string" && other === this.version) return 0;
				other = new SemVer(other, this.options);
			}
			if (other.version === this.version) return 0;
			return this.compareMain(other) || this.comparePre(other);
		}
		compareMain(other) {
			if (!(other instanceof SemVer)) other = new SemVer(other, this.options);
			if (this.major < other.major) return -1;
			if (this.major > other.major) return 1;
			if (this.minor < other.minor) return -1;
			if (this.minor > other.minor) return 1;
			if (this.patch < other.patch) return -1;
			if (this.patch > other.patch) return 1;
			return 0;
		}
		comparePre(other) {
			if (!(other instanceof SemVer)) other = new SemVer(other, this.options);
			if (this.prerelease.length && !other.prerelease.length) return -1;
			else if (!this.prerelease.length && other.prerelease.length) return 1;
			else if (!this.prerelease.length && !other.prerelease.length) return 0;
			let i = 0;
			do {
				const a = this.prerelease[i];
				const b = other.prerelease[i];
				debug("prerelease compare", i, a, b);
				if (a === void 0 && b === void 0) return 0;
				else if (b === void 0) return 1;
				else if (a === void 0) return -1;
				else if (a === b) continue;
				else return compareIdentifiers(a, b);
			} while (++i);
		}
		compareBuild(other) {
			if (!(other instanceof SemVer)) other = new SemVer(other, this.options);
			let i = 0;
			do {
				const a = this.build[i];
				const b = other.build[i];
				debug("build compare", i, a, b);
				if (a === void 0 && b === void 0) return 0;
				else if (b === void 0) return 1;
				else if (a === void 0) return -1;
				else if (a === b) continue;
				else return compareIdentifiers(a, b);
			} while (++i);
		}
		inc(release, identifier, identifierBase) {
			if (release.startsWith("pre")) {
				if (!identifier && identifierBase === false) throw new Error("invalid increment argument: identifier is empty");
				if (identifier) {
					const match = `-${identifier}`.match(this.options.loose ? re[t.PRERELEASELOOSE] : re[t.PRERELEASE]);
					if (!match || match[1] !== identifier) throw new Error(`invalid identifier: ${identifier}`);
				}
			}
			switch (release) {
				case "premajor":
					this.prerelease.length = 0;
					this.patch = 0;
					this.minor = 0;
					this.major++;
					this.inc("pre", identifier, identifierBase);
					break;
				case "preminor":
					this.prerelease.length = 0;
					this.patch = 0;
					this.minor++;
					this.inc("pre", identifier, identifierBase);
					break;
				case "prepatch":
					this.prerelease.length = 0;
					this.inc("patch", identifier, identifierBase);
					this.inc("pre", identifier, identifierBase);
					break;
				case "prerelease":
					if (this.prerelease.length === 0) this.inc("patch", identifier, identifierBase);
					this.inc("pre", identifier, identifierBase);
					break;
				case "release":
					if (this.prerelease.length === 0) throw new Error(`version ${this.raw} is not a prerelease`);
					this.prerelease.length = 0;
					break;
				case "major":
					if (this.minor !== 0 || this.patch !== 0 || this.prerelease.length === 0) this.major++;
					this.minor = 0;
					this.patch = 0;
					this.prerelease = [];
					break;
				case "minor":
					if (this.patch !== 0 || this.prerelease.length === 0) this.minor++;
					this.patch = 0;
					this.prerelease = [];
					break;
				case "patch":
					if (this.prerelease.length === 0) this.patch++;
					this.prerelease = [];
					break;
				case "pre": {
					const base = Number(identifierBase) ? 1 : 0;
					if (this.prerelease.length === 0) this.prerelease = [base];
					else {
						let i = this.prerelease.length;
						while (--i >= 0) if (typeof this.prerelease[i] === "number") {
							this.prerelease[i]++;
							i = -2;
						}
						if (i === -1) {
							if (identifier === this.prerelease.join(".") && identifierBase === false) throw new Error("invalid increment argument: identifier already exists");
							this.prerelease.push(base);
						}
					}
					if (identifier) {
						let prerelease = [identifier, base];
						if (identifierBase === false) prerelease = [identifier];
						if (isPrereleaseIdentifier(this.prerelease, identifier)) {
							const prereleaseBase = this.prerelease[identifier.split(".").length];
							if (isNaN(prereleaseBase)) this.prerelease = prerelease;
						} else this.prerelease = prerelease;
					}
					break;
				}
				default: throw new Error(`invalid increment argument: ${release}`);
			}
			this.raw = this.format();
			if (this.build.length) this.raw += `+${this.build.join(".")}`;
			return this;
		}
	};
}));
// node_modules/semver/functions/parse.js
var require_parse = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const parse = (version, options, throwErrors = false) => {
		if (version instanceof SemVer) return version;
		try {
			return new SemVer(version, options);
		} catch (er) {
			if (!throwErrors) return null;
			throw er;
		}
	};
	module.exports = parse;
}));
// node_modules/semver/functions/valid.js
var require_valid$1 = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const parse = require_parse();
	const valid = (version, options) => {
		const v = parse(version, options);
		return v ? v.version : null;
	};
	module.exports = valid;
}));
// node_modules/semver/internal/lrucache.js
var require_lrucache = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	var LRUCache = class {
		constructor() {
			this.max = 1e3;
			this.map = /* @__PURE__ */ new Map();
		}
		get(key) {
			const value = this.map.get(key);
			if (value === void 0) return;
			else {
				this.map.delete(key);
				this.map.set(key, value);
				return value;
			}
		}
		delete(key) {
			return this.map.delete(key);
		}
		set(key, value) {
			if (!this.delete(key) && value !== void 0) {
				if (this.map.size >= this.max) {
					const firstKey = this.map.keys().next().value;
					this.delete(firstKey);
				}
				this.map.set(key, value);
			}
			return this;
		}
	};
	module.exports = LRUCache;
}));
// node_modules/semver/functions/compare.js
var require_compare = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const compare = (a, b, loose) => new SemVer(a, loose).compare(new SemVer(b, loose));
	module.exports = compare;
}));
// node_modules/semver/functions/eq.js
var require_eq = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const eq = (a, b, loose) => compare(a, b, loose) === 0;
	module.exports = eq;
}));
// node_modules/semver/functions/neq.js
var require_neq = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const neq = (a, b, loose) => compare(a, b, loose) !== 0;
	module.exports = neq;
}));
// node_modules/semver/functions/gt.js
var require_gt = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const gt = (a, b, loose) => compare(a, b, loose) > 0;
	module.exports = gt;
}));
// node_modules/semver/functions/gte.js
var require_gte = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const gte = (a, b, loose) => compare(a, b, loose) >= 0;
	module.exports = gte;
}));
// node_modules/semver/functions/lt.js
var require_lt = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const lt = (a, b, loose) => compare(a, b, loose) < 0;
	module.exports = lt;
}));
// node_modules/semver/functions/lte.js
var require_lte = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const lte = (a, b, loose) => compare(a, b, loose) <= 0;
	module.exports = lte;
}));
// node_modules/semver/functions/cmp.js
var require_cmp = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const eq = require_eq();
	const neq = require_neq();
	const gt = require_gt();
	const gte = require_gte();
	const lt = require_lt();
	const lte = require_lte();
	const cmp = (a, op, b, loose) => {
		switch (op) {
			case "===":
				if (typeof a === "object") a = a.version;
				if (typeof b === "object") b = b.version;
				return a === b;
			case "!==":
				if (typeof a === "object") a = a.version;
				if (typeof b === "object") b = b.version;
				return a !== b;
			case "":
			case "=":
			case "==": return eq(a, b, loose);
			case "!=": return neq(a, b, loose);
			case ">": return gt(a, b, loose);
			case ">=": return gte(a, b, loose);
			case "<": return lt(a, b, loose);
			case "<=": return lte(a, b, loose);
			default: throw new TypeError(`Invalid operator: ${op}`);
		}
	};
	module.exports = cmp;
}));
// node_modules/semver/classes/comparator.js
var require_comparator = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const ANY = Symbol("SemVer ANY");
	module.exports = class Comparator {
		static get ANY() {
			return ANY;
		}
		constructor(comp, options) {
			options = parseOptions(options);
			if (comp instanceof Comparator) {
				if (comp.loose === !!options.loose) return comp;
				else comp = comp.value;
			}
			comp = comp.trim().split(/\s+/).join(" ");
			debug("comparator", comp, options);
			this.options = options;
			this.loose = !!options.loose;
			this.parse(comp);
			if (this.semver === ANY) this.value = "";
			else this.value = this.operator + this.semver.version;
			debug("comp", this);
		}
		parse(comp) {
			const r = this.options.loose ? re[t.COMPARATORLOOSE] : re[t.COMPARATOR];
			const m = comp.match(r);
			if (!m) throw new TypeError(`Invalid comparator: ${comp}`);
			this.operator = m[1] !== void 0 ? m[1] : "";
			if (this.operator === "=") this.operator = "";
			if (!m[2]) this.semver = ANY;
			else this.semver = new SemVer(m[2], this.options.loose);
		}
		toString() {
			return this.value;
		}
		test(version) {
			debug("Comparator.test", version, this.options.loose);
			if (this.semver === ANY || version === ANY) return true;
			if (typeof version === "string") try {
				version = new SemVer(version, this.options);
			} catch (er) {
				return false;
			}
			return cmp(version, this.operator, this.semver, this.options);
		}
		intersects(comp, options) {
			if (!(comp instanceof Comparator)) throw new TypeError("a Comparator is required");
			if (this.operator === "") {
				if (this.value === "") return true;
				return new Range(comp.value, options).test(this.value);
			} else if (comp.operator === "") {
				if (comp.value === "") return true;
				return new Range(this.value, options).test(comp.semver);
			}
			options = parseOptions(options);
			if (options.includePrerelease && (this.value === "<0.0.0-0" || comp.value === "<0.0.0-0")) return false;
			if (!options.includePrerelease && (this.value.startsWith("<0.0.0") || comp.value.startsWith("<0.0.0"))) return false;
			if (this.operator.startsWith(">") && comp.operator.startsWith(">")) return true;
			if (this.operator.startsWith("<") && comp.operator.startsWith("<")) return true;
			if (this.semver.version === comp.semver.version && this.operator.includes("=") && comp.operator.includes("=")) return true;
			if (cmp(this.semver, "<", comp.semver, options) && this.operator.startsWith(">") && comp.operator.startsWith("<")) return true;
			if (cmp(this.semver, ">", comp.semver, options) && this.operator.startsWith("<") && comp.operator.startsWith(">")) return true;
			return false;
		}
	};
	const parseOptions = require_parse_options();
	const { safeRe: re, t } = require_re();
	const cmp = require_cmp();
	const debug = require_debug();
	const SemVer = require_semver$1();
	const Range = require_range();
}));
// node_modules/semver/internal/trim-comparator-whitespace.js
var require_trim_comparator_whitespace = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const { MAX_LENGTH, MAX_SAFE_BUILD_LENGTH, WHITESPACE_CHARACTERS } = require_constants();
	/**
	* Remembers the last two rows of digits so their characters need not be reread.
	* Positions start at -1 until a row has been found.
	*
	* @typedef {object} DigitRunCache
	* @property {number} start The first character of the most recently found row.
	* @property {number} end The position after that row's last character.
	* @property {number} previousStart The first character of the previous row.
	* @property {number} previousEnd The position after the previous row.
	*/
	const whitespace = /* @__PURE__ */ new Uint8Array(65536);
	for (const char of WHITESPACE_CHARACTERS) whitespace[char.charCodeAt(0)] = 1;
	/**
	* Checks whether a character is whitespace, like a space, tab, or newline.
	* Looking past the end of the string returns false.
	*
	* @param {string|undefined} char One character, or undefined past the string's end.
	* @returns {boolean} Whether the character is whitespace.
	* @example isWhitespace(' ') // true
	* @example isWhitespace('1') // false
	*/
	const isWhitespace = (char) => char !== void 0 && whitespace[char.charCodeAt(0)] === 1;
	/**
	* Checks for v, =, or whitespace before the version number.
	* These are historical version prefixes, not range operators:
	* < and > are handled separately, as are tilde and caret ranges.
	*
	* @param {string|undefined} char One character to check.
	* @returns {boolean} Whether the character can belong to a version prefix.
	* @example isVersionPrefix('=') // true
	* @example isVersionPrefix('>') // false
	*/
	const isVersionPrefix = (char) => char === "v" || char === "=" || isWhitespace(char);
	/**
	* Checks whether a character is one of the digits 0 through 9.
	*
	* @param {string|undefined} char One character to check.
	* @returns {boolean} Whether the character is an ASCII digit.
	* @example isDigit('7') // true
	* @example isDigit('.') // false
	*/
	const isDigit = (char) => char !== void 0 && char >= "0" && char <= "9";
	/**
	* Checks whether a character is an English letter, uppercase or lowercase.
	*
	* @param {string|undefined} char One character to check.
	* @returns {boolean} Whether the character is an ASCII letter.
	* @example isLetter('b') // true
	* @example isLetter('7') // false
	*/
	const isLetter = (char) => char !== void 0 && (char >= "a" && char <= "z" || char >= "A" && char <= "Z");
	/**
	* Checks for a letter, digit, or hyphen: the characters allowed inside
	* prerelease and build names such as beta-1.
	*
	* @param {string|undefined} char One character to check.
	* @returns {boolean} Whether the character can be part of an identifier.
	* @example isIdentifierCharacter('-') // true
	* @example isIdentifierCharacter('.') // false; dots separate identifiers
	*/
	const isIdentifierCharacter = (char) => isDigit(char) || isLetter(char) || char === "-";
	/**
	* Checks whether a version component can begin here: with a digit or
	* a wildcard such as x, X, or *.
	*
	* @param {string|undefined} char One character to check.
	* @returns {boolean} Whether a number or wildcard can start with this character.
	* @example isVersionStart('x') // true
	* @example isVersionStart('v') // false; v belongs to the prefix
	*/
	const isVersionStart = (char) => isDigit(char) || char === "x" || char === "X" || char === "*";
	/**
	* Finds the end of a row of digits, but returns no more than limit digits.
	* Remembers the last two rows so looking at them again does not reread them.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position of the first character to check.
	* @param {number} limit The most digit characters the returned match can include.
	* @param {DigitRunCache} digitRuns Shared cache of digit-run positions, updated in place.
	* @returns {number} The position after the matched digits, or start if none match.
	* @example findDigitsEndIndex('123abc', 0, 10, digitRuns) // 3, pointing at a
	* @example findDigitsEndIndex('123abc', 0, 2, digitRuns) // 2, pointing at the unread 3
	*/
	const findDigitsEndIndex = (range, start, limit, digitRuns) => {
		if (!isDigit(range[start])) return start;
		if (start >= digitRuns.start && start < digitRuns.end) return Math.min(start + limit, digitRuns.end);
		if (start >= digitRuns.previousStart && start < digitRuns.previousEnd) return Math.min(start + limit, digitRuns.previousEnd);
		let end = start + 1;
		while (isDigit(range[end])) end++;
		digitRuns.previousStart = digitRuns.start;
		digitRuns.previousEnd = digitRuns.end;
		digitRuns.start = start;
		digitRuns.end = end;
		return Math.min(start + limit, end);
	};
	/**
	* Reads a number using the old regex's length and leading-zero rules.
	* Strict mode reads just the first zero in 012; loose mode can read all three.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the number should begin.
	* @param {boolean} loose Whether to allow leading zeros.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the matched digits, not their numeric value.
	* @example findVersionNumberEndIndex('012', 0, false, digitRuns) // 1
	* @example findVersionNumberEndIndex('012', 0, true, digitRuns) // 3
	*/
	const findVersionNumberEndIndex = (range, start, loose, digitRuns) => {
		if (!loose && range[start] === "0") return start + 1;
		return findDigitsEndIndex(range, start, loose ? MAX_LENGTH : MAX_LENGTH + 1, digitRuns);
	};
	/**
	* Reads one piece of a prerelease name, such as beta or 1 in beta.1.
	* Tries the letter-or-hyphen form first, then the number-only form.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the identifier should begin.
	* @param {boolean} loose Whether numeric identifiers may have leading zeros.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the identifier, or start if none matches.
	* @example findPrereleaseIdentifierEndIndex('beta.1', 0, false, digitRuns) // 4, at the dot
	* @example findPrereleaseIdentifierEndIndex('001beta', 0, false, digitRuns) // 7
	*/
	const findPrereleaseIdentifierEndIndex = (range, start, loose, digitRuns) => {
		const digitsEnd = findDigitsEndIndex(range, start, MAX_LENGTH, digitRuns);
		if (isLetter(range[digitsEnd]) || range[digitsEnd] === "-") {
			let end = digitsEnd + 1;
			const limit = end + MAX_SAFE_BUILD_LENGTH;
			while (end < limit && isIdentifierCharacter(range[end])) end++;
			return end;
		}
		return findVersionNumberEndIndex(range, start, loose, digitRuns);
	};
	/**
	* Reads a prerelease suffix such as -beta.1, one dot-separated piece at a time.
	* Loose mode also allows the name without its opening hyphen.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the suffix should begin, including -.
	* @param {boolean} loose Whether the opening hyphen is optional and zeros allowed.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the matched suffix, or start if absent.
	* @example findPrereleaseEndIndex('-beta.1+sha', 0, false, digitRuns) // 7, at the plus
	* @example findPrereleaseEndIndex('beta', 0, false, digitRuns) // 0; no opening hyphen
	*/
	const findPrereleaseEndIndex = (range, start, loose, digitRuns) => {
		const hyphen = range[start] === "-";
		if (!loose && !hyphen) return start;
		const identifierStart = start + (hyphen ? 1 : 0);
		let end = findPrereleaseIdentifierEndIndex(range, identifierStart, loose, digitRuns);
		if (end === identifierStart) {
			if (!loose || !hyphen) return start;
			end = findPrereleaseIdentifierEndIndex(range, start, loose, digitRuns);
		}
		while (range[end] === ".") {
			const next = findPrereleaseIdentifierEndIndex(range, end + 1, loose, digitRuns);
			if (next === end + 1) break;
			end = next;
		}
		return end;
	};
	/**
	* Reads one build-name piece, such as sha or 123 in +sha.123.
	* Stops at a disallowed character or the old regex's length limit.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the identifier should begin.
	* @returns {number} The position after the identifier, or start if none matches.
	* @example findBuildIdentifierEndIndex('sha.123', 0) // 3, at the dot
	* @example findBuildIdentifierEndIndex('001', 0) // 3; leading zeros are allowed
	*/
	const findBuildIdentifierEndIndex = (range, start) => {
		let end = start;
		while (end - start < MAX_SAFE_BUILD_LENGTH && isIdentifierCharacter(range[end])) end++;
		return end;
	};
	/**
	* Reads optional build metadata such as +sha.123.
	* Leaves the position unchanged if there is no plus sign followed by a name.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the opening + should be.
	* @returns {number} The position after the matched metadata, or start if absent.
	* @example findBuildEndIndex('+sha.123 <2', 0) // 8, at the space
	* @example findBuildEndIndex('+', 0) // 0; a plus sign alone is not a match
	*/
	const findBuildEndIndex = (range, start) => {
		if (range[start] !== "+") return start;
		let end = findBuildIdentifierEndIndex(range, start + 1);
		if (end === start + 1) return start;
		while (range[end] === ".") {
			const next = findBuildIdentifierEndIndex(range, end + 1);
			if (next === end + 1) break;
			end = next;
		}
		return end;
	};
	/**
	* Reads three numbers separated by dots, then any prerelease and build suffixes.
	* Uses loose rules, so forms such as 01.02.03beta can match here.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position of the first number, after any prefix.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the version match, or start if none matches.
	* @example findLooseFullVersionEndIndex('1.2.3-beta+sha <2', 0, digitRuns) // 14
	* @example findLooseFullVersionEndIndex('1.2', 0, digitRuns) // 0; needs three numbers
	*/
	const findLooseFullVersionEndIndex = (range, start, digitRuns) => {
		let end = start;
		for (let component = 0; component < 3; component++) {
			const next = findVersionNumberEndIndex(range, end, true, digitRuns);
			if (next === end) return start;
			end = next;
			if (component < 2) {
				if (range[end] !== ".") return start;
				end++;
			}
		}
		const prereleaseEnd = findPrereleaseEndIndex(range, end, true, digitRuns);
		return findBuildEndIndex(range, prereleaseEnd);
	};
	/**
	* Reads one component of a partial or wildcard version, such as 2 or x in 2.x.
	* Numbers use strict leading-zero rules; wildcards take up one character.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position where the component should begin.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the component, or start if none matches.
	* @example findPartialVersionComponentEndIndex('2.x', 0, digitRuns) // 1, at the dot
	* @example findPartialVersionComponentEndIndex('2.x', 2, digitRuns) // 3, after x
	*/
	const findPartialVersionComponentEndIndex = (range, start, digitRuns) => {
		if (isDigit(range[start])) return findVersionNumberEndIndex(range, start, false, digitRuns);
		return isVersionStart(range[start]) ? start + 1 : start;
	};
	/**
	* Reads up to three components, allowing forms such as 1, 1.2, or 1.x.
	* After the third component, also reads any strict prerelease and build suffixes.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position of a number or wildcard, after any prefix.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position after the matched version text.
	* @example findPartialVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
	* @example findPartialVersionEndIndex('1.', 0, digitRuns) // 1; the trailing dot is unread
	*/
	const findPartialVersionEndIndex = (range, start, digitRuns) => {
		let end = findPartialVersionComponentEndIndex(range, start, digitRuns);
		for (let component = 0; component < 2; component++) {
			if (range[end] !== ".") return end;
			const next = findPartialVersionComponentEndIndex(range, end + 1, digitRuns);
			if (next === end + 1) return end;
			end = next;
		}
		const prereleaseEnd = findPrereleaseEndIndex(range, end, false, digitRuns);
		return findBuildEndIndex(range, prereleaseEnd);
	};
	/**
	* Finds where a version match ends, without deciding whether the range is valid.
	* Tries a loose full version first, then a partial or wildcard version, just
	* like the old regex's LOOSEPLAIN and XRANGEPLAIN alternatives.
	*
	* @param {string} range The text to read; it is not changed.
	* @param {number} start The position of a number or wildcard, after any prefix.
	* @param {DigitRunCache} digitRuns Shared digit-run cache, updated as needed.
	* @returns {number} The position where scanning the next candidate can resume.
	* @example findVersionEndIndex('1.2.3 <2', 0, digitRuns) // 5, at the space
	* @example findVersionEndIndex('1.x <2', 0, digitRuns) // 3, at the space
	*/
	const findVersionEndIndex = (range, start, digitRuns) => {
		const fullVersionEnd = findLooseFullVersionEndIndex(range, start, digitRuns);
		return fullVersionEnd !== start ? fullVersionEnd : findPartialVersionEndIndex(range, start, digitRuns);
	};
	/**
	* Finds the one whitespace character the old replacement would remove.
	* Keeps leading whitespace, skips an optional operator, and checks immediately
	* after it. Returns -1 if there is nothing to remove.
	*
	* @param {string} range The text containing a candidate already found by the caller.
	* @param {number} matchStart The candidate's position, including leading whitespace.
	* @returns {number} The position of the removable whitespace, or -1 if absent.
	* @example findRemovableWhitespaceIndex(' > 1', 0) // 2; keep the space at position 0
	* @example findRemovableWhitespaceIndex('>1', 0) // -1
	*/
	const findRemovableWhitespaceIndex = (range, matchStart) => {
		let position = matchStart;
		if (isWhitespace(range[position])) position++;
		if (range[position] === "<" || range[position] === ">") position++;
		if (range[position] === "=") position++;
		return isWhitespace(range[position]) ? position : -1;
	};
	/**
	* Joins an operator to its version, turning > 1.2.3 into >1.2.3.
	* Copies everything else according to the old regex's matching rules.
	* Moves forward through prefixes and whole versions to avoid repeatedly
	* searching the same characters on long inputs.
	*
	* @param {string} range The range text to process; the original string is unchanged.
	* @returns {string} The range with matched operator whitespace removed.
	* @example trimComparatorWhitespace('> 1.2.3 < 2') // '>1.2.3 <2'
	* @example trimComparatorWhitespace('> invalid') // '> invalid'
	*/
	const trimComparatorWhitespace = (range) => {
		let result = "";
		let copyFrom = 0;
		let cursor = 0;
		const digitRuns = {
			start: -1,
			end: -1,
			previousStart: -1,
			previousEnd: -1
		};
		while (cursor < range.length) {
			const matchStart = cursor;
			if (range[cursor] === "<" || range[cursor] === ">") cursor++;
			else if (!isVersionPrefix(range[cursor]) && !isVersionStart(range[cursor])) {
				cursor++;
				continue;
			}
			while (cursor < range.length && isVersionPrefix(range[cursor])) cursor++;
			if (!isVersionStart(range[cursor])) continue;
			const whitespacePosition = findRemovableWhitespaceIndex(range, matchStart);
			if (whitespacePosition !== -1) {
				result += range.slice(copyFrom, whitespacePosition);
				copyFrom = whitespacePosition + 1;
			}
			cursor = findVersionEndIndex(range, cursor, digitRuns);
		}
		return result + range.slice(copyFrom);
	};
	module.exports = trimComparatorWhitespace;
}));
// node_modules/semver/classes/range.js
var require_range = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SPACE_CHARACTERS = /\s+/g;
	module.exports = class Range {
		constructor(range, options) {
			options = parseOptions(options);
			if (range instanceof Range) {
				if (range.loose === !!options.loose && range.includePrerelease === !!options.includePrerelease) return range;
				else return new Range(range.raw, options);
			}
			if (range instanceof Comparator) {
				this.raw = range.value;
				this.set = [[range]];
				this.formatted = void 0;
				return this;
			}
			this.options = options;
			this.loose = !!options.loose;
			this.includePrerelease = !!options.includePrerelease;
			this.raw = range.trim().replace(SPACE_CHARACTERS, " ");
			this.set = this.raw.split("||").map((r) => this.parseRange(r.trim())).filter((c) => c.length);
			if (!this.set.length) throw new TypeError(`Invalid SemVer Range: ${this.raw}`);
			if (this.set.length > 1) {
				const first = this.set[0];
				this.set = this.set.filter((c) => !isNullSet(c[0]));
				if (this.set.length === 0) this.set = [first];
				else if (this.set.length > 1) {
					for (const c of this.set) if (c.length === 1 && isAny(c[0])) {
						this.set = [c];
						break;
					}
				}
			}
			this.formatted = void 0;
		}
		get range() {
			if (this.formatted === void 0) {
				this.formatted = "";
				for (let i = 0; i < this.set.length; i++) {
					if (i > 0) this.formatted += "||";
					const comps = this.set[i];
					for (let k = 0; k < comps.length; k++) {
						if (k > 0) this.formatted += " ";
						this.formatted += comps[k].toString().trim();
					}
				}
			}
			return this.formatted;
		}
		format() {
			return this.range;
		}
		toString() {
			return this.range;
		}
		parseRange(range) {
			range = range.replace(BUILDSTRIPRE, "");
			const memoKey = ((this.options.includePrerelease && FLAG_INCLUDE_PRERELEASE) | (this.options.loose && FLAG_LOOSE)) + ":" + range;
			const cached = cache.get(memoKey);
			if (cached) return cached;
			const loose = this.options.loose;
			const hr = loose ? re[t.HYPHENRANGELOOSE] : re[t.HYPHENRANGE];
			range = range.replace(hr, hyphenReplace(this.options.includePrerelease));
			debug("hyphen replace", range);
			range = trimComparatorWhitespace(range);
			debug("comparator trim", range);
			range = range.replace(re[t.TILDETRIM], tildeTrimReplace);
			debug("tilde trim", range);
			range = range.replace(re[t.CARETTRIM], caretTrimReplace);
			debug("caret trim", range);
			let rangeList = range.split(" ").map((comp) => parseComparator(comp, this.options)).join(" ").split(/\s+/).map((comp) => replaceGTE0(comp, this.options));
			if (loose) rangeList = rangeList.filter((comp) => {
				debug("loose invalid filter", comp, this.options);
				return !!comp.match(re[t.COMPARATORLOOSE]);
			});
			debug("range list", rangeList);
			const rangeMap = /* @__PURE__ */ new Map();
			const comparators = rangeList.map((comp) => new Comparator(comp, this.options));
			for (const comp of comparators) {
				if (isNullSet(comp)) return [comp];
				rangeMap.set(comp.value, comp);
			}
			if (rangeMap.size > 1 && rangeMap.has("")) rangeMap.delete("");
			const result = [...rangeMap.values()];
			cache.set(memoKey, result);
			return result;
		}
		intersects(range, options) {
			if (!(range instanceof Range)) throw new TypeError("a Range is required");
			return this.set.some((thisComparators) => {
				return isSatisfiable(thisComparators, options) && range.set.some((rangeComparators) => {
					return isSatisfiable(rangeComparators, options) && thisComparators.every((thisComparator) => {
						return rangeComparators.every((rangeComparator) => {
							return thisComparator.intersects(rangeComparator, options);
						});
					});
				});
			});
		}
		test(version) {
			if (!version) return false;
			if (typeof version === "string") try {
				version = new SemVer(version, this.options);
			} catch (er) {
				return false;
			}
			for (let i = 0; i < this.set.length; i++) if (testSet(this.set[i], version, this.options)) return true;
			return false;
		}
	};
	const cache = new (require_lrucache())();
	const parseOptions = require_parse_options();
	const Comparator = require_comparator();
	const debug = require_debug();
	const SemVer = require_semver$1();
	const trimComparatorWhitespace = require_trim_comparator_whitespace();
	const { safeRe: re, src, t, tildeTrimReplace, caretTrimReplace } = require_re();
	const { FLAG_INCLUDE_PRERELEASE, FLAG_LOOSE } = require_constants();
	const BUILDSTRIPRE = new RegExp(src[t.BUILD], "g");
	const isNullSet = (c) => c.value === "<0.0.0-0";
	const isAny = (c) => c.value === "";
	const isSatisfiable = (comparators, options) => {
		let result = true;
		const remainingComparators = comparators.slice();
		let testComparator = remainingComparators.pop();
		while (result && remainingComparators.length) {
			result = remainingComparators.every((otherComparator) => {
				return testComparator.intersects(otherComparator, options);
			});
			testComparator = remainingComparators.pop();
		}
		return result;
	};
	const parseComparator = (comp, options) => {
		comp = comp.replace(re[t.BUILD], "");
		debug("comp", comp, options);
		comp = replaceCarets(comp, options);
		debug("caret", comp);
		comp = replaceTildes(comp, options);
		debug("tildes", comp);
		comp = replaceXRanges(comp, options);
		debug("xrange", comp);
		comp = replaceStars(comp, options);
		debug("stars", comp);
		return comp;
	};
	const isX = (id) => !id || id.toLowerCase() === "x" || id === "*";
	const invalidXRangeOrder = (M, m, p) => isX(M) && !isX(m) || isX(m) && p && !isX(p);
	const replaceTildes = (comp, options) => {
		return comp.trim().split(/\s+/).map((c) => replaceTilde(c, options)).join(" ");
	};
	const replaceTilde = (comp, options) => {
		const r = options.loose ? re[t.TILDELOOSE] : re[t.TILDE];
		const z = options.includePrerelease ? "-0" : "";
		return comp.replace(r, (_, M, m, p, pr) => {
			debug("tilde", comp, _, M, m, p, pr);
			let ret;
			if (isX(M)) ret = "";
			else if (isX(m)) ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
			else if (isX(p)) ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
			else if (pr) {
				debug("replaceTilde pr", pr);
				ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
			} else ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
			debug("tilde return", ret);
			return ret;
		});
	};
	const replaceCarets = (comp, options) => {
		return comp.trim().split(/\s+/).map((c) => replaceCaret(c, options)).join(" ");
	};
	const replaceCaret = (comp, options) => {
		debug("caret", comp, options);
		const r = options.loose ? re[t.CARETLOOSE] : re[t.CARET];
		const z = options.includePrerelease ? "-0" : "";
		return comp.replace(r, (_, M, m, p, pr) => {
			debug("caret", comp, _, M, m, p, pr);
			let ret;
			if (isX(M)) ret = "";
			else if (isX(m)) ret = `>=${M}.0.0${z} <${+M + 1}.0.0-0`;
			else if (isX(p)) {
				if (M === "0") ret = `>=${M}.${m}.0${z} <${M}.${+m + 1}.0-0`;
				else ret = `>=${M}.${m}.0${z} <${+M + 1}.0.0-0`;
			} else if (pr) {
				debug("replaceCaret pr", pr);
				if (M === "0") {
					if (m === "0") ret = `>=${M}.${m}.${p}-${pr} <${M}.${m}.${+p + 1}-0`;
					else ret = `>=${M}.${m}.${p}-${pr} <${M}.${+m + 1}.0-0`;
				} else ret = `>=${M}.${m}.${p}-${pr} <${+M + 1}.0.0-0`;
			} else {
				debug("no pr");
				if (M === "0") {
					if (m === "0") ret = `>=${M}.${m}.${p} <${M}.${m}.${+p + 1}-0`;
					else ret = `>=${M}.${m}.${p} <${M}.${+m + 1}.0-0`;
				} else ret = `>=${M}.${m}.${p} <${+M + 1}.0.0-0`;
			}
			debug("caret return", ret);
			return ret;
		});
	};
	const replaceXRanges = (comp, options) => {
		debug("replaceXRanges", comp, options);
		return comp.split(/\s+/).map((c) => replaceXRange(c, options)).join(" ");
	};
	const replaceXRange = (comp, options) => {
		comp = comp.trim();
		const r = options.loose ? re[t.XRANGELOOSE] : re[t.XRANGE];
		return comp.replace(r, (ret, gtlt, M, m, p, pr) => {
			debug("xRange", comp, ret, gtlt, M, m, p, pr);
			if (invalidXRangeOrder(M, m, p)) return comp;
			const xM = isX(M);
			const xm = xM || isX(m);
			const xp = xm || isX(p);
			const anyX = xp;
			if (gtlt === "=" && anyX) gtlt = "";
			pr = options.includePrerelease ? "-0" : "";
			if (xM) {
				if (gtlt === ">" || gtlt === "<") ret = "<0.0.0-0";
				else ret = "*";
			} else if (gtlt && anyX) {
				if (xm) m = 0;
				p = 0;
				if (gtlt === ">") {
					gtlt = ">=";
					if (xm) {
						M = +M + 1;
						m = 0;
						p = 0;
					} else {
						m = +m + 1;
						p = 0;
					}
				} else if (gtlt === "<=") {
					gtlt = "<";
					if (xm) M = +M + 1;
					else m = +m + 1;
				}
				if (gtlt === "<") pr = "-0";
				ret = `${gtlt + M}.${m}.${p}${pr}`;
			} else if (xm) ret = `>=${M}.0.0${pr} <${+M + 1}.0.0-0`;
			else if (xp) ret = `>=${M}.${m}.0${pr} <${M}.${+m + 1}.0-0`;
			debug("xRange return", ret);
			return ret;
		});
	};
	const replaceStars = (comp, options) => {
		debug("replaceStars", comp, options);
		return comp.trim().replace(re[t.STAR], "");
	};
	const replaceGTE0 = (comp, options) => {
		debug("replaceGTE0", comp, options);
		return comp.trim().replace(re[options.includePrerelease ? t.GTE0PRE : t.GTE0], "");
	};
	const hyphenReplace = (incPr) => ($0, from, fM, fm, fp, fpr, fb, to, tM, tm, tp, tpr) => {
		if (isX(fM)) from = "";
		else if (isX(fm)) from = `>=${fM}.0.0${incPr ? "-0" : ""}`;
		else if (isX(fp)) from = `>=${fM}.${fm}.0${incPr ? "-0" : ""}`;
		else if (fpr) from = `>=${from}`;
		else from = `>=${from}${incPr ? "-0" : ""}`;
		if (isX(tM)) to = "";
		else if (isX(tm)) to = `<${+tM + 1}.0.0-0`;
		else if (isX(tp)) to = `<${tM}.${+tm + 1}.0-0`;
		else if (tpr) to = `<=${tM}.${tm}.${tp}-${tpr}`;
		else if (incPr) to = `<${tM}.${tm}.${+tp + 1}-0`;
		else to = `<=${to}`;
		return `${from} ${to}`.trim();
	};
	const testSet = (set, version, options) => {
		for (let i = 0; i < set.length; i++) if (!set[i].test(version)) return false;
		if (version.prerelease.length && !options.includePrerelease) {
			for (let i = 0; i < set.length; i++) {
				debug(set[i].semver);
				if (set[i].semver === Comparator.ANY) continue;
				if (set[i].semver.prerelease.length > 0) {
					const allowed = set[i].semver;
					if (allowed.major === version.major && allowed.minor === version.minor && allowed.patch === version.patch) return true;
				}
			}
			return false;
		}
		return true;
	};
}));
// node_modules/semver/ranges/valid.js
var require_valid = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const Range = require_range();
	const validRange = (range, options) => {
		try {
			return new Range(range, options).range || "*";
		} catch (er) {
			return null;
		}
	};
	module.exports = validRange;
}));
// src/gotify/specifier.ts
var import_valid = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_valid$1(), 1);
var import_valid$1 = /* @__PURE__ */ require_rolldown_runtime.__toESM(require_valid(), 1);
const grammar = "Write latest, a version (v2.9.1), a part of one (2.9), a range (>=2.6 <3), all or all:<range>, a branch or commit, or the path of a gotify binary (./gotify); several are separated by commas or lines.";
/**
* Reads the `server` input: one item or several, separated by commas or newlines; an item written twice counts once.
*
* @param base the folder that relative paths of binaries start from, absolute
* @throws Failure (input) `no-server` for no item at all, `bad-server` for one that is nothing of the grammar
*/
function parseServers(text, base) {
	const items = text.split(/[,\r\n]/).map((item) => item.trim()).filter((item) => item !== "");
	if (items.length === 0) throw bad$2("no-server", "no server is named");
	return [...new Set(items)].map((item) => parseItem(item, base));
}
function parseItem(text, base) {
	if (text === "latest") return {
		kind: "latest",
		text
	};
	if (text === "all" || text.startsWith("all:")) return parseAll(text);
	if (/^(\.{1,2}\/|\/)/.test(text)) return {
		kind: "binary",
		text,
		path: (0, node_path.resolve)(base, text)
	};
	if (/^[0-9a-f]{7,40}$/.test(text)) return {
		kind: "ref",
		text,
		ref: text
	};
	if (/^v?\d/.test(text) && (0, import_valid.default)(text) !== null) return exactly(text);
	const range = rangeOf(text);
	if (range !== null) return {
		kind: "range",
		text,
		range,
		every: false
	};
	if (!isRefName(text)) throw bad$2("bad-server", `${JSON.stringify(text)} names no server`);
	return {
		kind: "ref",
		text,
		ref: text
	};
}
/** The item that means one release. */
function exactly(tag) {
	return {
		kind: "exact",
		text: tag,
		version: tag.replace(/^v/, "")
	};
}
function parseAll(text) {
	const range = text === "all" ? "*" : rangeOf(text.slice(4));
	if (range === null) throw bad$2("bad-server", `${JSON.stringify(text)} has no version range after all:`);
	return {
		kind: "range",
		text,
		range,
		every: true
	};
}
/** The range in one spelling, or null where it is none. */
function rangeOf(text) {
	const trimmed = text.trim();
	if (trimmed === "") return null;
	return (0, import_valid$1.default)(trimmed) === null ? null : trimmed.replace(/\s+/g, " ");
}
/** Whether git would take it for the name of a branch. */
function isRefName(text) {
	if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(text)) return false;
	const parts = text.split("/");
	return !text.startsWith("-") && text !== "@" && !text.endsWith(".") && parts.every(isRefPart);
}
function isRefPart(part) {
	return part !== "" && !part.startsWith(".") && !part.endsWith(".lock");
}
function bad$2(code, what) {
	return new Failure("input", {
		code,
		what,
		remedy: grammar,
		where: {
			kind: "input",
			input: "server"
		}
	});
}
// src/options/platform-cache.ts
/**
* Where the platform keeps caches, with a folder of ours; null where nothing says so.
*
* @param env XDG_CACHE_HOME and HOME are read
* @param platform as Node names it (`process.platform`)
*/
function platformCacheDir(env, platform) {
	const xdg = env["XDG_CACHE_HOME"];
	if (xdg !== void 0 && (0, node_path.isAbsolute)(xdg)) return (0, node_path.join)(xdg, "gotify-plugin-build");
	const home = env["HOME"];
	if (home === void 0 || !(0, node_path.isAbsolute)(home)) return null;
	return (0, node_path.join)(home, platform === "darwin" ? "Library/Caches" : ".cache", "gotify-plugin-build");
}
// src/options/cache-dir.ts
/**
* The default of `cache-dir`: where the platform keeps caches.
*
* @param env XDG_CACHE_HOME and HOME are read
* @param platform as Node names it (`process.platform`)
* @throws Failure (input) where neither names an absolute folder
*/
function defaultCacheDir(env, platform) {
	const dir = platformCacheDir(env, platform);
	if (dir !== null) return dir;
	throw new Failure("input", {
		code: "no-cache-dir",
		what: "there is no place for caches: neither XDG_CACHE_HOME nor HOME names a folder",
		remedy: "Name one with cache-dir.",
		where: {
			kind: "input",
			input: "cache-dir"
		}
	});
}
// src/options/event.ts
const releaseActions = /* @__PURE__ */ new Set([
	"published",
	"created",
	"released",
	"prereleased"
]);
/**
* Reads what started the workflow.
*
* @param payload gives the event's JSON (GITHUB_EVENT_PATH); called only where it matters
* @throws Failure (surroundings) `event-unreadable`
* @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
*/
function workflowEvent(env, payload) {
	const { GITHUB_ACTIONS: isActions, GITHUB_EVENT_NAME: name = "", GITHUB_REF: ref = "" } = env;
	if (isActions !== "true" || name === "") return { kind: "none" };
	const pushed = /^refs\/tags\/(.+)$/s.exec(ref)?.[1];
	if (name === "push" && pushed !== void 0) return {
		kind: "tag",
		tag: pushed
	};
	if (name === "release") {
		const event = read(name, payload);
		const [action, tag] = [textAt(event, ["action"]), textAt(event, ["release", "tag_name"])];
		if (action === null || tag === null) throw unreadable(name);
		if (releaseActions.has(action)) return {
			kind: "tag",
			tag
		};
	}
	if (!/^pull_request(_target)?$/.test(name)) return {
		kind: "other",
		isFork: false
	};
	const event = read(name, payload);
	const base = textAt(event, [
		"pull_request",
		"base",
		"repo",
		"full_name"
	]);
	if (base === null) throw unreadable(name);
	return {
		kind: "other",
		isFork: textAt(event, [
			"pull_request",
			"head",
			"repo",
			"full_name"
		]) !== base
	};
}
function read(name, payload) {
	try {
		return payload();
	} catch (cause) {
		throw unreadable(name, cause);
	}
}
/** The text at a path of keys; null where something else is there. */
function textAt(value, keys) {
	let found = value;
	for (const key of keys) found = typeof found === "object" && found !== null ? Reflect.get(found, key) : null;
	return typeof found === "string" ? found : null;
}
function unreadable(name, cause) {
	return new Failure("surroundings", {
		code: "event-unreadable",
		what: `the event (${name}) that started this workflow cannot be read`,
		remedy: "Run the job again; publish: none works without it.",
		cause
	});
}
/** Whether this process can upload artifacts: GitHub gives these to actions alone, and a job can hand them on to its commands. */
function hasArtifacts(env) {
	return ["ACTIONS_RESULTS_URL", "ACTIONS_RUNTIME_TOKEN"].every((name) => (env[name] ?? "") !== "");
}
// src/options/read.ts
/** @throws Failure (input) where the text is none of the values */
function oneOf(name, values, read) {
	const written = read(name);
	const value = values.find((candidate) => candidate === written);
	if (value !== void 0) return value;
	throw bad$1(name, `${quoted(written)} is not a value of ${name}`, `Write ${list(values)}.`);
}
/** @throws Failure (input) for anything but `true` and `false` */
function isTrue(name, read) {
	return oneOf(name, ["true", "false"], (wanted) => read(wanted).toLowerCase()) === "true";
}
/** The failure that names an input, what is wrong with it and what to write. */
function bad$1(input, what, remedy) {
	return new Failure("input", {
		code: `bad-${input}`,
		what,
		remedy,
		where: {
			kind: "input",
			input
		}
	});
}
function quoted(written) {
	return JSON.stringify(written.length > 200 ? `${written.slice(0, 200)}...` : written);
}
function list(values) {
	return values.length === 1 ? values[0] ?? "" : `${values.slice(0, -1).join(", ")} or ${values.at(-1) ?? ""}`;
}
// src/options/parse-publish.ts
/**
* Where a build's files go.
*
* @param verify of the build: what was not proven is never released
* @throws Failure (input) for what cannot be; (surroundings) for an event that cannot be read
*/
function parsePublish(raw, reading) {
	const { read, env, verify, entry } = reading;
	const artifacts = artifactOptions(raw, reading);
	const values = releaseValues(reading);
	const skipExisting = isTrue("skip-existing", read);
	const event = read("publish") === "none" ? noEvent : workflowEvent(env, reading.event);
	const wanted = wantedPlaces(reading, event);
	const isFork = event.kind === "other" && event.isFork;
	const isReleased = wanted.release || skipExisting && read("publish") === "auto" && !isFork;
	if (isReleased && verify === "off") throw unproven();
	if (wanted.artifact && entry === "cli" && !hasArtifacts(env)) throw noArtifacts();
	if (skipExisting && !isReleased) throw nothingToSkip();
	const isByEvent = entry === "action" && read("publish") === "auto";
	if (!isReleased && !wanted.fork && !isByEvent) refuseOrphan(forReleases, "release", reading);
	if (!wanted.artifact && !isByEvent) refuseOrphan(forArtifacts, "artifact", reading);
	const warnings = wanted.fork ? ["no release is touched: a pull request from a fork publishes artifacts only"] : [];
	return {
		artifacts: wanted.artifact ? artifacts : null,
		release: isReleased ? releaseOptions(values, {
			event,
			skipExisting
		}, reading) : null,
		warnings
	};
}
/**
* The release that the mode `publish` sends files to.
*
* @throws Failure (input) for what cannot be
*/
function parseRelease(reading) {
	const event = workflowEvent(reading.env, reading.event);
	if (event.kind === "other" && event.isFork) throw fromFork();
	return releaseOptions(releaseValues(reading), {
		event,
		skipExisting: false
	}, reading);
}
/** What started the workflow does not matter. */
const noEvent = { kind: "none" };
function wantedPlaces({ read, entry }, event) {
	const isFork = event.kind === "other" && event.isFork;
	switch (oneOf("publish", publications, read)) {
		case "none": return {
			artifact: false,
			release: false,
			fork: false
		};
		case "artifact": return {
			artifact: true,
			release: false,
			fork: false
		};
		case "release":
			if (isFork) throw fromFork();
			return {
				artifact: false,
				release: true,
				fork: false
			};
		case "both": return {
			artifact: true,
			release: !isFork,
			fork: isFork
		};
		case "auto":
			if (entry === "cli") return {
				artifact: false,
				release: false,
				fork: false
			};
			return {
				artifact: event.kind !== "none",
				release: event.kind === "tag",
				fork: false
			};
	}
}
/** What the steps of a job may vary, besides the values of a matrix. */
const varied = [...[
	"path",
	"package",
	"server",
	"targets",
	"builder",
	"image",
	"dependencies",
	"verify"
], ...[
	"manifest",
	"name",
	"output",
	"ldflags",
	"build-flags"
]];
function artifactOptions(raw, { entry, read, env }) {
	const name = read("artifact-name");
	if (/["<>|*?:\\/\r\n]/.test(name) || name.length > 200) throw bad$1("artifact-name", `${quoted(name)} cannot be the name of an artifact`, "Write up to 200 characters without \" < > | * ? : \\ / and line ends.");
	const matrix = raw.matrix?.trim() ?? "";
	return {
		layout: oneOf("artifact", artifactLayouts, read),
		name: name === "" ? null : name,
		retentionDays: wholeNumber("retention-days", read, {
			what: "days",
			most: 400
		}),
		keepRejected: isTrue("keep-rejected", read),
		isOptional: read("publish") === "auto",
		job: env["GITHUB_JOB"] ?? "",
		attempt: Number(env["GITHUB_RUN_ATTEMPT"] ?? "") || 1,
		apart: Object.fromEntries([...matrix === "" ? [] : [["matrix", matrix]], ...varied.filter((input) => (raw[input]?.trim() ?? "") !== "" && read(input) !== defaultOf(input, entry)).map((input) => [input, read(input)])])
	};
}
function releaseValues({ read, env }) {
	const [prerelease, draft] = [isTrue("prerelease", read), isTrue("draft", read)];
	const makeLatest = read("make-latest") === "" ? null : oneOf("make-latest", makeLatestValues, read);
	if (prerelease && makeLatest === "true") throw neverLatest("a pre-release", "prerelease");
	if (draft && makeLatest !== null) throw neverLatest("a draft", "draft");
	return {
		repository: read("repository") === "" ? null : repositoryOf(read("repository")),
		tag: read("release-tag") === "" ? null : tagOf(read("release-tag")),
		allowPartial: isTrue("allow-partial", read),
		prerelease,
		draft,
		makeLatest,
		notes: isTrue("notes", read),
		onExisting: read("on-existing") === "" ? null : oneOf("on-existing", onExistingValues, read),
		part: partOf(read, env),
		attest: isTrue("attest", read)
	};
}
function releaseOptions(values, { event, skipExisting }, { env, token }) {
	if (token === null) throw noToken();
	const apiUrl = (env["GITHUB_API_URL"] ?? "") === "" ? "https://api.github.com" : env["GITHUB_API_URL"];
	const tag = values.tag ?? (event.kind === "tag" ? tagOf(event.tag) : null);
	if (tag === null && !skipExisting) throw bad$1("release-tag", "no tag started this run", tagRemedy);
	return {
		...values,
		apiUrl: (apiUrl ?? "").replace(/\/+$/, ""),
		repository: values.repository ?? ownRepository(env),
		token,
		tag,
		skipExisting
	};
}
function ownRepository(env) {
	const name = env["GITHUB_REPOSITORY"] ?? "";
	if (name !== "") return repositoryOf(name);
	throw bad$1("repository", "nobody said whose release it is", repositoryRemedy);
}
const repositoryRemedy = "Write OWNER/NAME, such as octocat/gotify-hello.";
function repositoryOf(name) {
	if (/^[\w.-]+\/[\w.-]+$/.test(name) && !/(^|\/)\.+(\/|$)/.test(name)) return name;
	throw bad$1("repository", `${quoted(name)} is no repository`, repositoryRemedy);
}
const tagRemedy = "Write the tag whose release gets the files, such as v1.2.0.";
function tagOf(tag) {
	if (!/[\s\p{Cc}~^:?*[\\]|\.\.|@\{|^[-/]|[/.]$|\/\/|\.lock$/u.test(tag)) return tag;
	throw bad$1("release-tag", `${quoted(tag)} cannot be the name of a tag`, tagRemedy);
}
function partOf(read, env) {
	const of = wholeNumber("parts", read, {
		what: "jobs",
		most: 256
	});
	const name = read("part");
	if (of === null && name === "") return null;
	if (of === null) throw bad$1("parts", "a part is named, but not how many there are", "Write parts: too.");
	if (name.length <= 50 && /^[\w-]+(\.[\w-]+)*$/.test(name)) {
		const [run = "", attempt = ""] = [env["GITHUB_RUN_ID"], env["GITHUB_RUN_ATTEMPT"]];
		return {
			of,
			name,
			run: run === "" ? null : run,
			attempt: attempt === "" ? null : attempt
		};
	}
	throw bad$1("part", name === "" ? "this part has no name" : `${quoted(name)} cannot be the name of a part`, "Write a name of its own for each job: up to 50 letters, digits, dashes and underscores, with single dots between them.");
}
function wholeNumber(name, read, { what, most }) {
	const written = read(name);
	if (written === "") return null;
	if (/^[1-9]\d*$/.test(written) && Number(written) <= most) return Number(written);
	throw bad$1(name, `${quoted(written)} is not a number of ${what}`, `Write a whole number from 1 to ${String(most)}.`);
}
const forReleases = [...[
	"parts",
	"part",
	"attest",
	"release-tag",
	"repository",
	"allow-partial"
], ...[
	"prerelease",
	"draft",
	"make-latest",
	"notes",
	"on-existing"
]];
const forArtifacts = [
	"artifact",
	"artifact-name",
	"retention-days",
	"keep-rejected"
];
/** What was asked of a release or an artifact where there never is one would be ignored in silence. */
function refuseOrphan(names, what, { read, entry }) {
	const orphan = names.find((name) => read(name).toLowerCase() !== defaultOf(name, entry));
	if (orphan === void 0) return;
	const place = ["artifact", "release"].includes(read("publish")) ? "both" : what;
	throw bad$1(orphan, `${orphan} is for ${what}s, and this run has none`, `Leave it out, or write publish: ${place}.`);
}
function neverLatest(what, input) {
	return bad$1("make-latest", `${what} cannot be the latest release`, `Leave make-latest out, or ${input}.`);
}
function unproven() {
	return bad$1("verify", "what was not proven to load is never released", "Write verify: static, or publish: artifact.");
}
function noArtifacts() {
	return bad$1("publish", "there is nowhere to upload artifacts to: only an action in a workflow has them", "Write publish: release, or leave it out: the files are in the folder output.");
}
function nothingToSkip() {
	return bad$1("skip-existing", "this run has no release that something could exist in", "Write publish: release, or leave skip-existing out.");
}
function noToken() {
	return bad$1("token", "a release cannot be published without a token", "Pass one that may write the contents of the repository; on the command line GITHUB_TOKEN of the environment is used.");
}
function fromFork() {
	return bad$1("publish", "a pull request from a fork cannot publish a release: its token may only read", "Write publish: artifact, or publish: auto, which leaves releases to tags.");
}
// src/build/target.ts
/** What a plugin can be built for: the architectures that gotify releases servers for. */
const targetNames = [
	"linux-amd64",
	"linux-arm64",
	"linux-arm-7",
	"linux-386",
	"linux-riscv64"
];
const debianTargets = {
	"linux-amd64": target("linux-amd64", {
		goarch: "amd64",
		class: 64,
		machine: 62,
		triplet: "x86-64-linux-gnu"
	}),
	"linux-arm64": target("linux-arm64", {
		goarch: "arm64",
		class: 64,
		machine: 183,
		triplet: "aarch64-linux-gnu"
	}),
	"linux-arm-7": {
		...target("linux-arm-7", {
			goarch: "arm",
			class: 32,
			machine: 40,
			triplet: "arm-linux-gnueabihf"
		}),
		goarm: "7"
	},
	"linux-386": target("linux-386", {
		goarch: "386",
		class: 32,
		machine: 3,
		triplet: "i686-linux-gnu"
	}),
	"linux-riscv64": target("linux-riscv64", {
		goarch: "riscv64",
		class: 64,
		machine: 243,
		triplet: "riscv64-linux-gnu"
	})
};
function targetOf(name) {
	return debianTargets[name];
}
function target(name, { goarch, triplet, class: bits, machine }) {
	const prefix = triplet.replace("x86-64", "x86_64");
	return {
		name,
		goarch,
		elf: {
			class: bits,
			machine
		},
		compiler: {
			cc: `${prefix}-gcc`,
			cxx: `${prefix}-g++`,
			packages: [`gcc-${triplet}`, `g++-${triplet}`]
		}
	};
}
// src/options/targets.ts
/** What other tools call these architectures. */
const otherNames = {
	arm: "linux-arm-7",
	arm7: "linux-arm-7",
	armv7: "linux-arm-7",
	armhf: "linux-arm-7",
	aarch64: "linux-arm64",
	x86_64: "linux-amd64",
	x64: "linux-amd64",
	i386: "linux-386",
	x86: "linux-386"
};
/**
* Reads the `targets` input: `all`, `native`, or names separated by commas, blanks or newlines, with or without
* `linux-`; one written twice counts once.
*
* @throws Failure (input, `bad-targets`) for anything else
*/
function parseTargets(text) {
	const items = text.split(/[\s,]+/).filter((item) => item !== "");
	const [only] = items;
	if (items.length === 1 && (only === "all" || only === "native")) return only;
	if (items.length === 0) throw bad("no target is named");
	return [...new Set(items.map(parseTarget))];
}
function parseTarget(item) {
	const name = targetNames.find((target) => target === item || target === `linux-${item}`);
	if (name !== void 0) return name;
	if (item === "all" || item === "native") throw bad(`${item} stands alone, and here it is in a list`);
	const meant = otherNames[item.replace(/^linux[-/]/, "")];
	throw bad(`${JSON.stringify(item)} is not a target${meant === void 0 ? "" : `; ${meant} may be meant`}`);
}
function bad(what) {
	return new Failure("input", {
		code: "bad-targets",
		what,
		remedy: `Write all, native, or some of ${targetNames.join(", ")}.`,
		where: {
			kind: "input",
			input: "targets"
		}
	});
}
// src/options/parse.ts
/**
* Checks everything that was asked for.
*
* @throws Failure (input) for the first input that cannot be, naming it and what may be written there
*/
function optionsFrom(raw, context) {
	const reading = readingOf(raw, context);
	switch (oneOf("mode", modes, reading.read)) {
		case "build": return buildOptions(raw, reading);
		case "check": return checkOptions(raw, reading);
		case "publish": return publishOptions(raw, reading);
	}
}
/**
* Checks what a command was asked for that names servers and builds nothing to hand on, whatever mode is written.
*
* @throws Failure as optionsFrom
*/
function checkOptionsFrom(raw, context) {
	return checkOptions(raw, readingOf(raw, context));
}
function readingOf(raw, context) {
	const read = (name) => {
		const written = raw[name]?.trim() ?? "";
		return written === "" ? defaultOf(name, context.entry) : written;
	};
	return {
		...context,
		read
	};
}
function buildOptions(raw, reading) {
	const { base, read, entry } = reading;
	const builder = builderOf(read) ?? (entry === "action" ? "docker" : "host");
	const verified = verifyPart(reading);
	const token = tokenText(raw, reading);
	const { warnings, ...publish } = parsePublish(raw, {
		...reading,
		token,
		verify: verified.verify
	});
	return {
		mode: "build",
		...commonOptions(raw, {
			...reading,
			builder
		}),
		builder,
		path: pathFrom("path", reading),
		servers: parseServers(read("server"), base),
		targets: parseTargets(read("targets")),
		...verified,
		name: nameOf(read("name")),
		failFast: isTrue("fail-fast", read),
		dryRun: reading.dryRun,
		publish,
		warnings
	};
}
function checkOptions(raw, reading) {
	const { base, read, env } = reading;
	const url = env["GITHUB_API_URL"];
	const builder = builderOf(read);
	return {
		mode: "check",
		...commonOptions(raw, {
			...reading,
			builder
		}),
		builder,
		paths: linesOf("path", read("path")),
		servers: parseServers(read("server"), base),
		compile: isTrue("compile", read),
		strict: isTrue("strict", read),
		baseline: isTrue("baseline", read),
		baseRef: baseOf(read("base")),
		fix: isTrue("fix", read),
		repositoryApi: url === void 0 || url === "" ? null : {
			url,
			token: tokenText(raw, reading)
		}
	};
}
function publishOptions(raw, reading) {
	const token = tokenText(raw, reading);
	return {
		mode: "publish",
		base: reading.base,
		...serverApi(raw, reading),
		output: pathFrom("output", reading),
		cacheDir: cacheDirOf(reading),
		folders: linesOf("folders", reading.read("folders")),
		release: parseRelease({
			...reading,
			token
		}),
		dryRun: false
	};
}
/** The API that the server is read from, and the token for it. */
function serverApi(raw, reading) {
	const serverApiUrl = apiUrl(reading.read("server-api-url"));
	const token = tokenText(raw, reading);
	return {
		serverApiUrl,
		token: tokenFor({
			serverApiUrl,
			gitHubApiUrl: reading.env["GITHUB_API_URL"],
			token
		})
	};
}
function cacheDirOf(reading) {
	const { env, platform, read } = reading;
	return read("cache-dir") === "" ? defaultCacheDir(env, platform) : pathFrom("cache-dir", reading);
}
function commonOptions(raw, reading) {
	const { base, builder, read, cores } = reading;
	return {
		base,
		package: packageOf(noNul("package", read("package"))),
		image: imageOf(builder, read),
		dependencies: oneOf("dependencies", dependencyRules, read),
		output: pathFrom("output", reading),
		...serverApi(raw, reading),
		flags: parseBuildFlags({
			ldflags: read("ldflags"),
			buildFlags: read("build-flags")
		}),
		concurrency: concurrency(read("concurrency"), cores),
		timeoutMinutes: timeout(read("timeout")),
		cacheDir: cacheDirOf(reading)
	};
}
function pathFrom(name, { base, read }) {
	return (0, node_path.resolve)(base, noNul(name, read(name)));
}
function linesOf(name, written) {
	const lines = written.split(/[\r\n]+/).map((line) => noNul(name, line.trim()));
	return [...new Set(lines.filter((line) => line !== ""))];
}
/** A dash in front would be an option of git's. */
function baseOf(written) {
	if (written === "") return null;
	if (!/^-|[\s\0:]/.test(written)) return written;
	throw bad$1("base", `${quoted(written)} names no commit, branch or tag`, "Write one, such as origin/main.");
}
/** The main package as go takes it: `.`, or a path that starts with `./`. */
function packageOf(written) {
	const parts = written.split("/").filter((part) => part !== "" && part !== ".");
	const remedy = "Write a folder below `path`, such as ./cmd/plugin.";
	if (written.startsWith("/")) throw bad$1("package", `${quoted(written)} is absolute`, remedy);
	if (parts.includes("..")) throw bad$1("package", `${quoted(written)} leads out of the module`, remedy);
	if (parts.includes("...")) throw bad$1("package", `${quoted(written)} names more than one package`, remedy);
	return parts.length === 0 ? "." : `./${parts.join("/")}`;
}
function builderOf(read) {
	return read("builder") === "" ? null : oneOf("builder", builders, read);
}
function imageOf(builder, read) {
	const image = read("image");
	if (image === "") return null;
	if (builder === "host") throw bad$1("image", "the host builder uses no image", "Leave image out, or write builder: docker.");
	const filled = image.replaceAll("{go}", "1.26.0").replaceAll("{arch}", "amd64");
	if (/^[a-z0-9][\w.:/@-]*$/i.test(filled)) return image;
	throw bad$1("image", `${quoted(image)} is not an image name`, "Write a name such as registry.example.org/build:{go}-linux-{arch}; only {go} and {arch} are filled in.");
}
function verifyPart(reading) {
	const { read } = reading;
	const verify = oneOf("verify", verifications, read);
	if (read("manifest") === "") return {
		verify,
		manifest: null
	};
	if (verify === "static") return {
		verify,
		manifest: pathFrom("manifest", reading)
	};
	throw bad$1("manifest", "nothing is compared with verify: off", "Leave manifest out, or write verify: static.");
}
function nameOf(written) {
	if (written === "") return null;
	if (/^[A-Za-z0-9_][\w.-]{0,99}$/.test(written)) return written;
	throw bad$1("name", `${quoted(written)} cannot be the first part of a file name`, "Write up to 100 letters, digits, dots, dashes and underscores, with no dot or dash in front.");
}
function apiUrl(written) {
	const url = URL.canParse(written) ? new URL(written) : null;
	const remedy = "Write an address such as https://api.github.com or https://github.example.org/api/v3.";
	if (url === null || !/^https?:$/.test(url.protocol)) throw bad$1("server-api-url", `${quoted(withoutUser(written))} is not the address of an API`, remedy);
	if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") throw bad$1("server-api-url", "the address has more than a host and a path", `${remedy} A token goes into token.`);
	return url.href.replace(/\/+$/, "");
}
/** Messages must not repeat a password. */
function withoutUser(address) {
	return address.replace(/\/\/.*@/, "//");
}
function tokenText(raw, { entry, env }) {
	const written = raw.token?.trim() ?? "";
	const token = written === "" && entry === "cli" ? env["GITHUB_TOKEN"] ?? "" : written;
	if (token === "") return null;
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	throw bad$1("token", "the token has characters that no token has", "Pass the token alone, on one line.");
}
function concurrency(written, cores) {
	if (written === "") return Math.max(1, cores);
	if (/^[1-9]\d?$/.test(written)) return Number(written);
	throw bad$1("concurrency", `${quoted(written)} is not a number of targets`, "Write a whole number from 1 to 99.");
}
/** GitHub's own limit for a job is five days; a target that needs a day is stuck. */
const longestMinutes = 1440;
function timeout(written) {
	const minutes = /^\d+(\.\d+)?$/.test(written) ? Number(written) : 0;
	if (minutes > 0 && minutes <= longestMinutes) return minutes;
	const remedy = `Write minutes, more than 0 and at most ${String(longestMinutes)}.`;
	throw bad$1("timeout", `${quoted(written)} is not a time limit`, remedy);
}
function noNul(name, written) {
	if (!written.includes("\0")) return written;
	throw bad$1(name, "the path has a zero byte", "Write the path of a folder or file.");
}
// src/report/failure.ts
/**
* Any thrown thing as the Failure that the user sees: a full disk and a missing permission in their own words,
* anything else as what it is, a bug.
*/
function asFailure(error) {
	if (error instanceof Failure) return error;
	const code = codeOf(error);
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
// src/report/shell-word.ts
/** A word as a POSIX shell reads it, for commands that people paste. */
function shellWord(text) {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
// src/report/tool.ts
/** A command as a POSIX shell reads it. */
function commandLine({ words }, args) {
	return [...words, ...args].map(shellWord).join(" ");
}
/** The flags of `cap` that it shares with a check, where they are not the default. */
function sharedFlags({ package: mainPackage, flags, serverApiUrl }) {
	return [
		...mainPackage === "." ? [] : ["--package", mainPackage],
		...flags.tags === null ? [] : [`--build-flags=-tags=${flags.tags}`],
		...serverApiUrl === defaultOf("server-api-url", "cli") ? [] : ["--server-api-url", serverApiUrl]
	];
}
/**
* The command line where it lies on this machine.
*
* @param file of the command line, absolute; @param base the folder that the user is in, absolute
*/
function localTool(file, base) {
	const way = (0, node_path.relative)(base, file);
	return {
		words: ["node", way.startsWith("../../") ? file : way],
		setup: null
	};
}
/**
* The same for a reader of a job's summary, who has the plugin's repository: a clone of the action's beside it, at what
* the workflow names. It takes a second, as dist/ has all that runs; npm would install everything that it is made from.
* An action of the workflow's own repository is in that already.
*
* @param env GITHUB_ACTION_REPOSITORY and GITHUB_ACTION_REF name what a step uses:
*   https://docs.github.com/en/actions/reference/workflows-and-actions/variables
* @param local the command line in this job, should it not be known where the action is from
*/
function cloneOfAction(env, local) {
	const { GITHUB_ACTION_REPOSITORY: repository = "", GITHUB_ACTION_REF: ref = "" } = env;
	const server = env["GITHUB_SERVER_URL"] ?? "";
	const [, name] = /^[\w.-]+\/([\w.-]*\w[\w.-]*)$/.exec(repository) ?? [];
	if (name === void 0 || ref === "" || /^-/.test(ref)) return local;
	const url = `${server === "" ? "https://github.com" : server}/${repository}`;
	const folder = `../${name}`;
	const clone = [
		"git",
		"clone",
		"-q",
		"--filter=blob:none",
		"--no-checkout",
		url,
		folder
	];
	const checkout = [
		"git",
		"-C",
		folder,
		"checkout",
		"-q",
		ref
	];
	return {
		words: ["node", `${folder}/dist/cli.js`],
		setup: [clone, checkout].map((words) => words.map(shellWord).join(" ")).join(" && ")
	};
}
// src/adapters/printable.ts
/**
* Foreign text without anything that a terminal obeys: colours, cursor movements, titles, bells. Tabs and line ends
* stay. Source: ECMA-48, sections 5.3 to 5.6 (control sequences and control strings).
*/
function printable(text) {
	return text.replace(controlSequence, "").replace(/\r\n/g, "\n").replace(/[^\P{Cc}\t\n]/gu, "");
}
const escape = String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`;
const controlString = String.raw`(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?`;
const controlSequence = new RegExp(`${escape}|${controlString}`, "g");
// node_modules/semver/functions/clean.js
var require_clean = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const parse = require_parse();
	const clean = (version, options) => {
		const s = parse(version.trim().replace(/^[=v]+/, ""), options);
		return s ? s.version : null;
	};
	module.exports = clean;
}));
// node_modules/semver/functions/inc.js
var require_inc = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const inc = (version, release, options, identifier, identifierBase) => {
		if (typeof options === "string") {
			identifierBase = identifier;
			identifier = options;
			options = void 0;
		}
		try {
			return new SemVer(version instanceof SemVer ? version.version : version, options).inc(release, identifier, identifierBase).version;
		} catch (er) {
			return null;
		}
	};
	module.exports = inc;
}));
// node_modules/semver/functions/diff.js
var require_diff = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const parse = require_parse();
	const diff = (version1, version2) => {
		const v1 = parse(version1, null, true);
		const v2 = parse(version2, null, true);
		const comparison = v1.compare(v2);
		if (comparison === 0) return null;
		const v1Higher = comparison > 0;
		const highVersion = v1Higher ? v1 : v2;
		const lowVersion = v1Higher ? v2 : v1;
		const highHasPre = !!highVersion.prerelease.length;
		if (!!lowVersion.prerelease.length && !highHasPre) {
			if (!lowVersion.patch && !lowVersion.minor) return "major";
			if (lowVersion.compareMain(highVersion) === 0) {
				if (lowVersion.minor && !lowVersion.patch) return "minor";
				return "patch";
			}
		}
		const prefix = highHasPre ? "pre" : "";
		if (v1.major !== v2.major) return prefix + "major";
		if (v1.minor !== v2.minor) return prefix + "minor";
		if (v1.patch !== v2.patch) return prefix + "patch";
		return "prerelease";
	};
	module.exports = diff;
}));
// node_modules/semver/functions/major.js
var require_major = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const major = (a, loose) => new SemVer(a, loose).major;
	module.exports = major;
}));
// node_modules/semver/functions/minor.js
var require_minor = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const minor = (a, loose) => new SemVer(a, loose).minor;
	module.exports = minor;
}));
// node_modules/semver/functions/patch.js
var require_patch = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const patch = (a, loose) => new SemVer(a, loose).patch;
	module.exports = patch;
}));
// node_modules/semver/functions/prerelease.js
var require_prerelease = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const parse = require_parse();
	const prerelease = (version, options) => {
		const parsed = parse(version, options);
		return parsed && parsed.prerelease.length ? parsed.prerelease : null;
	};
	module.exports = prerelease;
}));
// node_modules/semver/functions/rcompare.js
var require_rcompare = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const rcompare = (a, b, loose) => compare(b, a, loose);
	module.exports = rcompare;
}));
// node_modules/semver/functions/compare-loose.js
var require_compare_loose = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compare = require_compare();
	const compareLoose = (a, b) => compare(a, b, true);
	module.exports = compareLoose;
}));
// node_modules/semver/functions/compare-build.js
var require_compare_build = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const compareBuild = (a, b, loose) => {
		const versionA = new SemVer(a, loose);
		const versionB = new SemVer(b, loose);
		return versionA.compare(versionB) || versionA.compareBuild(versionB);
	};
	module.exports = compareBuild;
}));
// node_modules/semver/functions/sort.js
var require_sort = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compareBuild = require_compare_build();
	const sort = (list, loose) => list.sort((a, b) => compareBuild(a, b, loose));
	module.exports = sort;
}));
// node_modules/semver/functions/rsort.js
var require_rsort = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const compareBuild = require_compare_build();
	const rsort = (list, loose) => list.sort((a, b) => compareBuild(b, a, loose));
	module.exports = rsort;
}));
// node_modules/semver/functions/coerce.js
var require_coerce = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const parse = require_parse();
	const { safeRe: re, t } = require_re();
	const coerce = (version, options) => {
		if (version instanceof SemVer) return version;
		if (typeof version === "number") version = String(version);
		if (typeof version !== "string") return null;
		options = options || {};
		let match = null;
		if (!options.rtl) match = version.match(options.includePrerelease ? re[t.COERCEFULL] : re[t.COERCE]);
		else {
			const coerceRtlRegex = options.includePrerelease ? re[t.COERCERTLFULL] : re[t.COERCERTL];
			let next;
			while ((next = coerceRtlRegex.exec(version)) && (!match || match.index + match[0].length !== version.length)) {
				if (!match || next.index + next[0].length !== match.index + match[0].length) match = next;
				coerceRtlRegex.lastIndex = next.index + next[1].length + next[2].length;
			}
			coerceRtlRegex.lastIndex = -1;
		}
		if (match === null) return null;
		const major = match[2];
		const minor = match[3] || "0";
		const patch = match[4] || "0";
		const prerelease = options.includePrerelease && match[5] ? `-${match[5]}` : "";
		const build = options.includePrerelease && match[6] ? `+${match[6]}` : "";
		return parse(`${major}.${minor}.${patch}${prerelease}${build}`, options);
	};
	module.exports = coerce;
}));
// node_modules/semver/functions/truncate.js
var require_truncate = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const parse = require_parse();
	const constants = require_constants();
	const SemVer = require_semver$1();
	const truncate = (version, truncation, options) => {
		if (!constants.RELEASE_TYPES.includes(truncation)) return null;
		const clonedVersion = cloneInputVersion(version, options);
		return clonedVersion && doTruncation(clonedVersion, truncation);
	};
	const cloneInputVersion = (version, options) => {
		const versionStringToParse = version instanceof SemVer ? version.version : version;
		return parse(versionStringToParse, options);
	};
	const doTruncation = (version, truncation) => {
		if (isPrerelease(truncation)) return version.version;
		version.prerelease = [];
		switch (truncation) {
			case "major":
				version.minor = 0;
				version.patch = 0;
				break;
			case "minor": version.patch = 0;
		}
		return version.format();
	};
	const isPrerelease = (type) => {
		return type.startsWith("pre");
	};
	module.exports = truncate;
}));
// node_modules/semver/functions/satisfies.js
var require_satisfies = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const Range = require_range();
	const satisfies = (version, range, options) => {
		try {
			range = new Range(range, options);
		} catch (er) {
			return false;
		}
		return range.test(version);
	};
	module.exports = satisfies;
}));
// node_modules/semver/ranges/to-comparators.js
var require_to_comparators = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const Range = require_range();
	const toComparators = (range, options) => new Range(range, options).set.map((comp) => comp.map((c) => c.value).join(" ").trim().split(" "));
	module.exports = toComparators;
}));
// node_modules/semver/ranges/max-satisfying.js
var require_max_satisfying = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const Range = require_range();
	const maxSatisfying = (versions, range, options) => {
		let max = null;
		let maxSV = null;
		let rangeObj = null;
		try {
			rangeObj = new Range(range, options);
		} catch (er) {
			return null;
		}
		versions.forEach((v) => {
			if (rangeObj.test(v)) {
				if (!max || maxSV.compare(v) === -1) {
					max = v;
					maxSV = new SemVer(max, options);
				}
			}
		});
		return max;
	};
	module.exports = maxSatisfying;
}));
// node_modules/semver/ranges/min-satisfying.js
var require_min_satisfying = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const Range = require_range();
	const minSatisfying = (versions, range, options) => {
		let min = null;
		let minSV = null;
		let rangeObj = null;
		try {
			rangeObj = new Range(range, options);
		} catch (er) {
			return null;
		}
		versions.forEach((v) => {
			if (rangeObj.test(v)) {
				if (!min || minSV.compare(v) === 1) {
					min = v;
					minSV = new SemVer(min, options);
				}
			}
		});
		return min;
	};
	module.exports = minSatisfying;
}));
// node_modules/semver/ranges/min-version.js
var require_min_version = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const Range = require_range();
	const gt = require_gt();
	const minVersion = (range, loose) => {
		range = new Range(range, loose);
		let minver = new SemVer("0.0.0");
		if (range.test(minver)) return minver;
		minver = new SemVer("0.0.0-0");
		if (range.test(minver)) return minver;
		minver = null;
		for (let i = 0; i < range.set.length; ++i) {
			const comparators = range.set[i];
			let setMin = null;
			comparators.forEach((comparator) => {
				const compver = new SemVer(comparator.semver.version);
				switch (comparator.operator) {
					case ">":
						if (compver.prerelease.length === 0) compver.patch++;
						else compver.prerelease.push(0);
						compver.raw = compver.format();
					case "":
					case ">=":
						if (!setMin || gt(compver, setMin)) setMin = compver;
						break;
					case "<":
					case "<=": break;
					/* istanbul ignore next */
					default: throw new Error(`Unexpected operation: ${comparator.operator}`);
				}
			});
			if (setMin && (!minver || gt(minver, setMin))) minver = setMin;
		}
		if (minver && range.test(minver)) return minver;
		return null;
	};
	module.exports = minVersion;
}));
// node_modules/semver/ranges/outside.js
var require_outside = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const SemVer = require_semver$1();
	const Comparator = require_comparator();
	const { ANY } = Comparator;
	const Range = require_range();
	const satisfies = require_satisfies();
	const gt = require_gt();
	const lt = require_lt();
	const lte = require_lte();
	const gte = require_gte();
	const outside = (version, range, hilo, options) => {
		version = new SemVer(version, options);
		range = new Range(range, options);
		let gtfn, ltefn, ltfn, comp, ecomp;
		switch (hilo) {
			case ">":
				gtfn = gt;
				ltefn = lte;
				ltfn = lt;
				comp = ">";
				ecomp = ">=";
				break;
			case "<":
				gtfn = lt;
				ltefn = gte;
				ltfn = gt;
				comp = "<";
				ecomp = "<=";
				break;
			default: throw new TypeError("Must provide a hilo val of \"<\" or \">\"");
		}
		if (satisfies(version, range, options)) return false;
		for (let i = 0; i < range.set.length; ++i) {
			const comparators = range.set[i];
			let high = null;
			let low = null;
			comparators.forEach((comparator) => {
				if (comparator.semver === ANY) comparator = new Comparator(">=0.0.0");
				high = high || comparator;
				low = low || comparator;
				if (gtfn(comparator.semver, high.semver, options)) high = comparator;
				else if (ltfn(comparator.semver, low.semver, options)) low = comparator;
			});
			if (high.operator === comp || high.operator === ecomp) return false;
			if ((!low.operator || low.operator === comp) && ltefn(version, low.semver)) return false;
			else if (low.operator === ecomp && ltfn(version, low.semver)) return false;
		}
		return true;
	};
	module.exports = outside;
}));
// node_modules/semver/ranges/gtr.js
var require_gtr = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const outside = require_outside();
	const gtr = (version, range, options) => outside(version, range, ">", options);
	module.exports = gtr;
}));
// node_modules/semver/ranges/ltr.js
var require_ltr = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const outside = require_outside();
	const ltr = (version, range, options) => outside(version, range, "<", options);
	module.exports = ltr;
}));
// node_modules/semver/ranges/intersects.js
var require_intersects = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const Range = require_range();
	const intersects = (r1, r2, options) => {
		r1 = new Range(r1, options);
		r2 = new Range(r2, options);
		return r1.intersects(r2, options);
	};
	module.exports = intersects;
}));
// node_modules/semver/ranges/simplify.js
var require_simplify = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const satisfies = require_satisfies();
	const compare = require_compare();
	module.exports = (versions, range, options) => {
		const set = [];
		let first = null;
		let prev = null;
		const v = versions.sort((a, b) => compare(a, b, options));
		for (const version of v) if (satisfies(version, range, options)) {
			prev = version;
			if (!first) first = version;
		} else {
			if (prev) set.push([first, prev]);
			prev = null;
			first = null;
		}
		if (first) set.push([first, null]);
		const ranges = [];
		for (const [min, max] of set) if (min === max) ranges.push(min);
		else if (!max && min === v[0]) ranges.push("*");
		else if (!max) ranges.push(`>=${min}`);
		else if (min === v[0]) ranges.push(`<=${max}`);
		else ranges.push(`${min} - ${max}`);
		const simplified = ranges.join(" || ");
		const original = typeof range.raw === "string" ? range.raw : String(range);
		return simplified.length < original.length ? simplified : range;
	};
}));
// node_modules/semver/ranges/subset.js
var require_subset = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const Range = require_range();
	const Comparator = require_comparator();
	const { ANY } = Comparator;
	const satisfies = require_satisfies();
	const compare = require_compare();
	const subset = (sub, dom, options = {}) => {
		if (sub === dom) return true;
		sub = new Range(sub, options);
		dom = new Range(dom, options);
		let sawNonNull = false;
		OUTER: for (const simpleSub of sub.set) {
			for (const simpleDom of dom.set) {
				const isSub = simpleSubset(simpleSub, simpleDom, options);
				sawNonNull = sawNonNull || isSub !== null;
				if (isSub) continue OUTER;
			}
			if (sawNonNull) return false;
		}
		return true;
	};
	const minimumVersionWithPreRelease = [new Comparator(">=0.0.0-0")];
	const minimumVersion = [new Comparator(">=0.0.0")];
	const simpleSubset = (sub, dom, options) => {
		if (sub === dom) return true;
		if (sub.length === 1 && sub[0].semver === ANY) {
			if (dom.length === 1 && dom[0].semver === ANY) return true;
			else if (options.includePrerelease) sub = minimumVersionWithPreRelease;
			else sub = minimumVersion;
		}
		if (dom.length === 1 && dom[0].semver === ANY) {
			if (options.includePrerelease) return true;
			else dom = minimumVersion;
		}
		const eqSet = /* @__PURE__ */ new Set();
		let gt, lt;
		for (const c of sub) if (c.operator === ">" || c.operator === ">=") gt = higherGT(gt, c, options);
		else if (c.operator === "<" || c.operator === "<=") lt = lowerLT(lt, c, options);
		else eqSet.add(c.semver);
		if (eqSet.size > 1) return null;
		let gtltComp;
		if (gt && lt) {
			gtltComp = compare(gt.semver, lt.semver, options);
			if (gtltComp > 0) return null;
			else if (gtltComp === 0 && (gt.operator !== ">=" || lt.operator !== "<=")) return null;
		}
		for (const eq of eqSet) {
			if (gt && !satisfies(eq, String(gt), options)) return null;
			if (lt && !satisfies(eq, String(lt), options)) return null;
			for (const c of dom) if (!satisfies(eq, String(c), options)) return false;
			return true;
		}
		let higher, lower;
		let hasDomLT, hasDomGT;
		let needDomLTPre = lt && !options.includePrerelease && lt.semver.prerelease.length ? lt.semver : false;
		let needDomGTPre = gt && !options.includePrerelease && gt.semver.prerelease.length ? gt.semver : false;
		if (needDomLTPre && needDomLTPre.prerelease.length === 1 && lt.operator === "<" && needDomLTPre.prerelease[0] === 0) needDomLTPre = false;
		for (const c of dom) {
			hasDomGT = hasDomGT || c.operator === ">" || c.operator === ">=";
			hasDomLT = hasDomLT || c.operator === "<" || c.operator === "<=";
			if (gt) {
				if (needDomGTPre) {
					if (c.semver.prerelease && c.semver.prerelease.length && c.semver.major === needDomGTPre.major && c.semver.minor === needDomGTPre.minor && c.semver.patch === needDomGTPre.patch) needDomGTPre = false;
				}
				if (c.operator === ">" || c.operator === ">=") {
					higher = higherGT(gt, c, options);
					if (higher === c && higher !== gt) return false;
				} else if (gt.operator === ">=" && !c.test(gt.semver)) return false;
			}
			if (lt) {
				if (needDomLTPre) {
					if (c.semver.prerelease && c.semver.prerelease.length && c.semver.major === needDomLTPre.major && c.semver.minor === needDomLTPre.minor && c.semver.patch === needDomLTPre.patch) needDomLTPre = false;
				}
				if (c.operator === "<" || c.operator === "<=") {
					lower = lowerLT(lt, c, options);
					if (lower === c && lower !== lt) return false;
				} else if (lt.operator === "<=" && !c.test(lt.semver)) return false;
			}
			if (!c.operator && (lt || gt) && gtltComp !== 0) return false;
		}
		if (gt && hasDomLT && !lt && gtltComp !== 0) return false;
		if (lt && hasDomGT && !gt && gtltComp !== 0) return false;
		if (needDomGTPre || needDomLTPre) return false;
		return true;
	};
	const higherGT = (a, b, options) => {
		if (!a) return b;
		const comp = compare(a.semver, b.semver, options);
		return comp > 0 ? a : comp < 0 ? b : b.operator === ">" && a.operator === ">=" ? b : a;
	};
	const lowerLT = (a, b, options) => {
		if (!a) return b;
		const comp = compare(a.semver, b.semver, options);
		return comp < 0 ? a : comp > 0 ? b : b.operator === "<" && a.operator === "<=" ? b : a;
	};
	module.exports = subset;
}));
// node_modules/semver/index.js
var require_semver = /* @__PURE__ */ require_rolldown_runtime.__commonJSMin(((exports, module) => {
	const internalRe = require_re();
	const constants = require_constants();
	const SemVer = require_semver$1();
	const identifiers = require_identifiers();
	module.exports = {
		parse: require_parse(),
		valid: require_valid$1(),
		clean: require_clean(),
		inc: require_inc(),
		diff: require_diff(),
		major: require_major(),
		minor: require_minor(),
		patch: require_patch(),
		prerelease: require_prerelease(),
		compare: require_compare(),
		rcompare: require_rcompare(),
		compareLoose: require_compare_loose(),
		compareBuild: require_compare_build(),
		sort: require_sort(),
		rsort: require_rsort(),
		gt: require_gt(),
		lt: require_lt(),
		eq: require_eq(),
		neq: require_neq(),
		gte: require_gte(),
		lte: require_lte(),
		cmp: require_cmp(),
		coerce: require_coerce(),
		truncate: require_truncate(),
		Comparator: require_comparator(),
		Range: require_range(),
		satisfies: require_satisfies(),
		toComparators: require_to_comparators(),
		maxSatisfying: require_max_satisfying(),
		minSatisfying: require_min_satisfying(),
		minVersion: require_min_version(),
		validRange: require_valid(),
		outside: require_outside(),
		gtr: require_gtr(),
		ltr: require_ltr(),
		intersects: require_intersects(),
		simplifyRange: require_simplify(),
		subset: require_subset(),
		SemVer,
		re: internalRe.re,
		src: internalRe.src,
		tokens: internalRe.t,
		SEMVER_SPEC_VERSION: constants.SEMVER_SPEC_VERSION,
		RELEASE_TYPES: constants.RELEASE_TYPES,
		compareIdentifiers: identifiers.compareIdentifiers,
		rcompareIdentifiers: identifiers.rcompareIdentifiers
	};
}));
Object.defineProperty(exports, "Failure", {
	enumerable: true,
	get: function() {
		return Failure;
	}
});
Object.defineProperty(exports, "asFailure", {
	enumerable: true,
	get: function() {
		return asFailure;
	}
});
Object.defineProperty(exports, "byImportPath", {
	enumerable: true,
	get: function() {
		return byImportPath;
	}
});
Object.defineProperty(exports, "cannotServe", {
	enumerable: true,
	get: function() {
		return cannotServe;
	}
});
Object.defineProperty(exports, "causeLines", {
	enumerable: true,
	get: function() {
		return causeLines;
	}
});
Object.defineProperty(exports, "checkOptionsFrom", {
	enumerable: true,
	get: function() {
		return checkOptionsFrom;
	}
});
Object.defineProperty(exports, "cloneOfAction", {
	enumerable: true,
	get: function() {
		return cloneOfAction;
	}
});
Object.defineProperty(exports, "codeOf", {
	enumerable: true,
	get: function() {
		return codeOf;
	}
});
Object.defineProperty(exports, "commandLine", {
	enumerable: true,
	get: function() {
		return commandLine;
	}
});
Object.defineProperty(exports, "endWith", {
	enumerable: true,
	get: function() {
		return endWith;
	}
});
Object.defineProperty(exports, "exactly", {
	enumerable: true,
	get: function() {
		return exactly;
	}
});
Object.defineProperty(exports, "exitCodeOf", {
	enumerable: true,
	get: function() {
		return exitCodeOf;
	}
});
Object.defineProperty(exports, "failureLines", {
	enumerable: true,
	get: function() {
		return failureLines;
	}
});
Object.defineProperty(exports, "gitHubCodes", {
	enumerable: true,
	get: function() {
		return gitHubCodes;
	}
});
Object.defineProperty(exports, "hasArtifacts", {
	enumerable: true,
	get: function() {
		return hasArtifacts;
	}
});
Object.defineProperty(exports, "inputs", {
	enumerable: true,
	get: function() {
		return inputs;
	}
});
Object.defineProperty(exports, "isTerminal", {
	enumerable: true,
	get: function() {
		return isTerminal;
	}
});
Object.defineProperty(exports, "joinQuoted", {
	enumerable: true,
	get: function() {
		return joinQuoted;
	}
});
Object.defineProperty(exports, "localTool", {
	enumerable: true,
	get: function() {
		return localTool;
	}
});
Object.defineProperty(exports, "modes", {
	enumerable: true,
	get: function() {
		return modes;
	}
});
Object.defineProperty(exports, "openOutput", {
	enumerable: true,
	get: function() {
		return openOutput;
	}
});
Object.defineProperty(exports, "optionsFrom", {
	enumerable: true,
	get: function() {
		return optionsFrom;
	}
});
Object.defineProperty(exports, "parseServers", {
	enumerable: true,
	get: function() {
		return parseServers;
	}
});
Object.defineProperty(exports, "printable", {
	enumerable: true,
	get: function() {
		return printable;
	}
});
Object.defineProperty(exports, "readEvent", {
	enumerable: true,
	get: function() {
		return readEvent;
	}
});
Object.defineProperty(exports, "reportedFailure", {
	enumerable: true,
	get: function() {
		return reportedFailure;
	}
});
Object.defineProperty(exports, "require_compare", {
	enumerable: true,
	get: function() {
		return require_compare;
	}
});
Object.defineProperty(exports, "require_eq", {
	enumerable: true,
	get: function() {
		return require_eq;
	}
});
Object.defineProperty(exports, "require_gte", {
	enumerable: true,
	get: function() {
		return require_gte;
	}
});
Object.defineProperty(exports, "require_intersects", {
	enumerable: true,
	get: function() {
		return require_intersects;
	}
});
Object.defineProperty(exports, "require_lt", {
	enumerable: true,
	get: function() {
		return require_lt;
	}
});
Object.defineProperty(exports, "require_max_satisfying", {
	enumerable: true,
	get: function() {
		return require_max_satisfying;
	}
});
Object.defineProperty(exports, "require_min_version", {
	enumerable: true,
	get: function() {
		return require_min_version;
	}
});
Object.defineProperty(exports, "require_prerelease", {
	enumerable: true,
	get: function() {
		return require_prerelease;
	}
});
Object.defineProperty(exports, "require_rcompare", {
	enumerable: true,
	get: function() {
		return require_rcompare;
	}
});
Object.defineProperty(exports, "require_satisfies", {
	enumerable: true,
	get: function() {
		return require_satisfies;
	}
});
Object.defineProperty(exports, "require_semver", {
	enumerable: true,
	get: function() {
		return require_semver;
	}
});
Object.defineProperty(exports, "require_valid", {
	enumerable: true,
	get: function() {
		return require_valid$1;
	}
});
Object.defineProperty(exports, "serverRepository", {
	enumerable: true,
	get: function() {
		return serverRepository;
	}
});
Object.defineProperty(exports, "sharedFlags", {
	enumerable: true,
	get: function() {
		return sharedFlags;
	}
});
Object.defineProperty(exports, "shellWord", {
	enumerable: true,
	get: function() {
		return shellWord;
	}
});
Object.defineProperty(exports, "standardError", {
	enumerable: true,
	get: function() {
		return standardError;
	}
});
Object.defineProperty(exports, "standardOutput", {
	enumerable: true,
	get: function() {
		return standardOutput;
	}
});
Object.defineProperty(exports, "targetNames", {
	enumerable: true,
	get: function() {
		return targetNames;
	}
});
Object.defineProperty(exports, "targetOf", {
	enumerable: true,
	get: function() {
		return targetOf;
	}
});
Object.defineProperty(exports, "whereText", {
	enumerable: true,
	get: function() {
		return whereText;
	}
});
Object.defineProperty(exports, "worstExitCode", {
	enumerable: true,
	get: function() {
		return worstExitCode;
	}
});
