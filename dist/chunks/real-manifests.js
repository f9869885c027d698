const require_start = require("./start.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
const require_unzip = require("./unzip.js");
const require_write_lowered = require("./write-lowered.js");
let node_path = require("node:path");
// src/pipeline/file-digest.ts
const pieceSize = 2 ** 20;
/**
* Size in bytes and sha256 (64 hex digits) of a file. It is read piece by piece: memory does not grow with it.
*
* @throws Failure as openBytes
*/
function fileDigest(path, { openBytes }) {
	const source = openBytes(path);
	try {
		const hash = require_job.createHash("sha256");
		const piece = new Uint8Array(pieceSize);
		let size = 0;
		for (;;) {
			const count = source.readInto(size, piece);
			if (count === 0) return {
				size,
				sha256: hash.digest("hex")
			};
			hash.update(piece.subarray(0, count));
			size += count;
		}
	} finally {
		source.close();
	}
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
/** What our builds set for the plugin's own packages (see go-args.ts), which touches no other. */
const ownLanguage = /^[^\s=]+=-lang=go1\.\d+$/;
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
	const suspects = Object.entries(plugin.flags ?? {}).filter(([key, value]) => refusedSettings[key]?.includes(value) === false).filter(([key, value]) => key !== "-gcflags" || !ownLanguage.test(value)).map(([key, value]) => `${key}=${value}`);
	return {
		kind: "flag",
		packages,
		remedy: `${suspects.length > 0 ? `The file was built with ${suspects.join(" ")}, which the server was not: build without it.` : "Go and the modules are the same, so the build was not: leave out -trimpath, -race, -gcflags and -tags, use no vendor folder, and keep the module cache at /go/pkg/mod as the image gotify/build does (the host builder of this tool maps it)."} Or build the gotify server from source in the same way.`
	};
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
	return new require_start.Failure("input", {
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
	const elf = require_check.readElf(source);
	const info = require_check.buildInfoOf(elf.layout);
	const packages = require_check.linkHashes(elf);
	const main = mainPackage(elf, packages, info);
	return {
		file: source.name,
		elf: elf.identity,
		main,
		packages,
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
	const candidates = require_check.functionOwners(elf, "main").filter((path) => hashes.has(path));
	return candidates.length === 1 ? candidates[0] ?? null : null;
}
/** A function of another package, or a method, with the same name does not count. */
function isExported(elf, main, name) {
	const owners = require_check.functionOwners(elf, name);
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
	const elf = require_check.readElf(source);
	checkTarget(source, elf.identity, about.target);
	const packages = withoutMain(require_check.linkHashes(elf));
	const info = require_check.buildInfoOf(elf.layout);
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
		...has("modules") && { modules: root.key("modules").list().map(moduleOf) },
		...has("flags") && { flags: Object.fromEntries(root.key("flags").entries().map(([key, place]) => [key, place.text()])) }
	};
}
function packagesOf(place) {
	const hash = (item) => item.matching(/^(?:[0-9a-f]{2}){1,64}$/, "a hash in hex");
	const entries = place.entries().map(([path, item]) => [path, hash(item)]);
	return withoutMain(new Map(entries));
}
/** Every program has its own `main`: it says nothing of the server. */
function withoutMain(packages) {
	return new Map([...packages].filter(([path]) => path !== "main"));
}
function targetNameOf(place) {
	const text = place.text();
	return require_start.targetNames.find((name) => name === text) ?? place.fail(`is not one of ${require_start.targetNames.join(", ")}`);
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
function moduleOf(place) {
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
	const { elf } = require_start.targetOf(target);
	if (found.class === elf.class && found.machine === elf.machine) return;
	throw new require_start.Failure("input", {
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
	return require_start.targetNames.find((name) => require_start.targetOf(name).elf.machine === machine && require_start.targetOf(name).elf.class === bits) ?? `ELF machine ${String(machine)}, ${String(bits)} bits`;
}
function noPluginHost(source) {
	return new require_start.Failure("input", {
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
	const common = [...plugin.packages.keys()].filter((path) => path !== plugin.main && manifest.packages.has(path));
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
		...mainPathReasons(plugin, manifest),
		...libraryReasons(plugin, manifest),
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
	const half = incomplete(plugin, manifest);
	if (half !== null) return undecided(half);
	return {
		kind: "loads",
		compared: common.length,
		warnings,
		notes
	};
}
/** Every Go program and plugin contains `runtime`: a list of packages without it has lost more. */
function incomplete(plugin, manifest) {
	const without = (what) => `${what} names no package runtime, which every Go program contains: it is not complete`;
	if (!plugin.packages.has("runtime")) return without("the file's list of packages");
	return manifest.packages.has("runtime") ? null : without("the manifest");
}
/** A manifest of another server or machine says nothing about this one. */
function wrongManifest(manifest, { target, server }) {
	if (manifest.target !== target) return `the manifest is of a server for ${manifest.target}, not ${target}`;
	if (manifest.server !== server) return `the manifest is of gotify ${manifest.server}, not ${server}`;
	const { elf } = require_start.targetOf(target);
	const found = manifest.elf;
	if (found !== void 0 && (found.class !== elf.class || found.machine !== elf.machine)) return `the manifest says ${target}, but its file is for ${machineText(found)}`;
	return manifest.packages.size === 0 ? "the manifest names no package" : null;
}
function targetReasons(plugin, target) {
	const { elf } = require_start.targetOf(target);
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
/**
* The loader compares a plugin's own main package too, where the server has one of that path: it has a `main` of its
* own (golang.org/issue/31048).
*/
function mainPathReasons(plugin, manifest) {
	const { packages } = manifest;
	return ["main", ...plugin.main === null || plugin.main === "main" ? [] : [plugin.main]].filter((path) => plugin.packages.has(path) && (path === "main" || packages.has(path))).map((path) => ({
		kind: "main-path",
		path,
		remedy: "Give the plugin's module another path: in the module line of its go.mod, and where its own packages are imported."
	}));
}
/** musl's names of the C library, on Alpine and elsewhere. */
const muslLibrary = /^libc\.(?:musl-.+|so)$/;
/** One process has one C library: what is linked to musl cannot be opened by a program that has glibc. */
function libraryReasons(plugin, { needed = [] }) {
	return plugin.needed.filter((library) => muslLibrary.test(library) && !needed.includes(library)).map((library) => ({
		kind: "library",
		library,
		remedy: "Build where the C library is glibc (Debian, Ubuntu, Fedora and most others, not Alpine), or with builder docker."
	}));
}
function warningsOf(plugin, manifest) {
	const warnings = [];
	const { glibc } = manifest;
	if (plugin.glibc !== null && typeof glibc === "string" && require_check.compareGlibc(plugin.glibc, glibc) > 0) warnings.push(`needs GLIBC ${plugin.glibc}, the server only ${glibc}: it will not load on a system whose GLIBC is older than ${plugin.glibc}`);
	const { needed } = manifest;
	if (needed !== void 0) {
		const missing = plugin.needed.filter((name) => !needed.includes(name) && !muslLibrary.test(name));
		for (const library of missing) warnings.push(`needs the library ${library}, which the server does not: it has to be installed where the server runs`);
	}
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
		goMod: hostGoMod(require_job.parseModFile(server.goMod, `go.mod of gotify ${server.version}`)),
		goSum: server.goSum,
		mainGo: hostProgram(packages.filter(isImportable))
	};
}
/**
* Which of the plugin's packages belong into a reference host: others would bring modules that change its build list.
*
* @param request.tags the tags that the packages were listed with: the server is built without
*/
function reachOf({ listing, tags }, server) {
	const { module: own } = require_job.parseModFile(server.goMod, `go.mod of gotify ${server.version}`);
	const owners = ownersAmong([...server.buildList, {
		path: own,
		version: ""
	}]);
	const known = /* @__PURE__ */ new Map();
	const isTheServers = (path, { module }) => {
		const owner = owners(path);
		if (tags !== null || module?.replacedBy !== void 0) return false;
		return owner?.path === module?.path && owner?.version === module?.version;
	};
	const find = (path) => {
		const listed = listing.packages.get(path);
		if (path === "C" || path === "unsafe" || listed?.standard === true) return "sure";
		const owner = owners(path);
		if (listed === void 0 || owner === null) return "outside";
		if (owner.path === own) return "own";
		if (!isTheServers(path, listed)) return "open";
		const imports = new Set(listed.imports.map(placeOf));
		if (imports.has("outside")) return "outside";
		return imports.has("open") || imports.has("own") ? "open" : "sure";
	};
	const placeOf = (path) => {
		const before = known.get(path);
		if (before !== void 0) return before;
		known.set(path, "sure");
		const place = find(path);
		known.set(path, place);
		return place;
	};
	const paths = [...listing.packages.keys()].sort();
	const those = (place) => paths.filter((path) => placeOf(path) === place);
	return {
		sure: those("sure"),
		open: those("open"),
		own: those("own")
	};
}
/**
* The arguments after `go` that ask, in the host's folder, which packages the server's own versions have and make of the
* server's modules alone. Nothing is added to go.mod for the others; they are no error.
*/
function completeArgs(places, packages) {
	return [
		"list",
		"-e",
		"-mod=readonly",
		`-modfile=${places.pin}/go.mod`,
		`-json=${[
			"ImportPath",
			"Name",
			"Incomplete",
			"Error",
			"DepsErrors"
		].join(",")}`,
		...packages
	];
}
const errorSchema = require_check.object({ Err: require_check.string() });
const answerSchema = require_check.object({
	ImportPath: require_check.string(),
	Name: require_check.optional(require_check.string(), ""),
	Incomplete: require_check.optional(require_check.boolean(), false),
	Error: require_check.optional(errorSchema),
	DepsErrors: require_check.optional(require_check.array(errorSchema), [])
});
/**
* Reads what go printed. With -e it ends well also where a module could not be fetched: only what says that the server's
* modules have no such package makes it one that the server cannot contain.
*
* @throws Failure (surroundings) where that is not what was printed
*/
function readCompleteness(stdout, asked) {
	const answers = require_write_lowered.readObjects(answerSchema, stdout);
	const answered = new Set(answers.map(({ ImportPath }) => ImportPath));
	const unanswered = asked.filter((path) => !answered.has(path));
	const unknown = answers.filter(({ Incomplete }) => Incomplete).flatMap(whyUnknown);
	return {
		complete: answers.filter(({ Incomplete, Name }) => !Incomplete && Name !== "main").map(({ ImportPath }) => ImportPath),
		unknown: [.../* @__PURE__ */ new Set([...unknown, ...unanswered.map((path) => `go list says nothing of ${path}`)])]
	};
}
/** cmd/go/internal/modload/import.go and load/pkg.go of Go, 1.19 to 1.26. */
const cannotHave = [
	/^(?:cannot find module providing|no required module provides) package /,
	/does not contain package /,
	/missing go\.sum entry/,
	/^package \S+ is not in (?:std|GOROOT)\b/,
	/^(?:build constraints exclude all|no|no non-test) Go files in /
];
function whyUnknown({ ImportPath, Error, DepsErrors }) {
	const said = [...Error === void 0 ? [] : [Error], ...DepsErrors].map(({ Err }) => Err);
	if (said.length === 0) return [`go list does not say what ${ImportPath} lacks`];
	return said.filter((text) => !cannotHave.some((pattern) => pattern.test(text)));
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
		...server.requires.map(({ path, version, indirect }) => `require ${require_job.autoQuote(path)} ${version}${indirect ? " // indirect" : ""}`),
		...server.replaces.flatMap(replaceLine),
		...server.excludes.map(({ path, version }) => `exclude ${require_job.autoQuote(path)} ${version}`)
	].join("\n")}\n`;
}
/** A folder of the server's own repository is not here: without the line the build says what is missing. */
function replaceLine({ old, new: target }) {
	if (target.kind === "local") return [];
	return [`replace ${old.version === null ? require_job.autoQuote(old.path) : `${require_job.autoQuote(old.path)} ${old.version}`} => ${require_job.autoQuote(target.path)} ${target.version}`];
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
/**
* The manifest of an asset read by an earlier run; null where there is none, or it is damaged: it is fetched again.
* So is one of another user: what a file says of its origin is worth no more than who wrote it.
*/
async function recallAsset(key, files) {
	const path = cachePath(key);
	if ((await files.stat(path))?.uid !== key.uid) return null;
	try {
		return parseKept(await files.readText(path), path, key);
	} catch (error) {
		if (error instanceof require_start.Failure) return null;
		throw error;
	}
}
async function keepAsset(asset, key, files) {
	const { manifest, url, digest, authenticated } = asset;
	await files.makeDir((0, node_path.dirname)(cachePath(key)));
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
function cachePath({ server, target, cacheDir, uid, assetOrigin }) {
	const identity = JSON.stringify([
		assetOrigin,
		server.version,
		server.commit,
		target
	]);
	const hash = require_job.createHash("sha256").update(identity).digest("hex").slice(0, 16);
	return (0, node_path.join)(cacheDir, `user-${String(uid)}`, "manifests", `${target}-${hash}.json`);
}
// src/verify/same-manifest.ts
/** Whether two manifests say the same of a server: target, Go version, and each package's hash. */
function sameManifest(a, b) {
	if (a.target !== b.target || a.goVersion !== b.goVersion || a.packages.size !== b.packages.size) return false;
	return [...a.packages].every(([path, hash]) => b.packages.get(path) === hash);
}
// src/verify/sources.ts
/**
* Finds what a server itself says that a plugin is compared with: a file that the user gave, the server's release
* asset, the catalog's manifest, in this order. An asset that was read once is not asked for again.
*
* @throws Failure (input) for a given file that is no manifest or server of the target
*/
async function realManifest(request, ports) {
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
	return catalog === null ? {
		kind: "lacking",
		notes
	} : found(catalog, { kind: "catalog" }, notes);
}
/**
* The last source: a reference host, where the server itself left no manifest.
*
* @param server its version: one host serves all servers that have one build list
* @param build called only where it is needed
*/
async function orReferenceHost(real, server, build) {
	if (real.kind !== "lacking") return real;
	const host = await build();
	if (host.kind === "unavailable") return {
		kind: "none",
		because: [...real.notes, host.because].join("; ")
	};
	return {
		...found(standIn(host.manifest, server), { kind: "reference-host" }, real.notes),
		gap: gapOf(host, server),
		referenceHostSeconds: host.seconds
	};
}
/** What a reference host says of the server: its packages. Its C library and settings are those of whoever built it. */
function standIn({ target, goVersion, origin, packages }, server) {
	return {
		server,
		target,
		goVersion,
		origin,
		packages
	};
}
/** What both were built by is the same for all of their packages: it weighs more than one that is not compared. */
function gapOf({ doubt, lacking }, server) {
	const [first, ...others] = lacking;
	if (doubt !== null) return doubt;
	if (first === void 0) return null;
	return `gotify ${server} may contain ${first}${others.length === 0 ? "" : ` (and ${String(others.length)} more)`}, which no reference host can import: it is below the server's own module, or the plugin lists it at another version or with tags`;
}
function found(manifest, source, notes) {
	return {
		kind: "found",
		manifest,
		source,
		notes,
		gap: null,
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
	return givenOf(parseManifest(await ports.files.readText(path), path), path, request);
}
/** A server for another machine leaves it undecided, as a manifest of another target does. */
function givenBinary(source, request) {
	const path = source.name;
	const { server, target } = request;
	try {
		const about = {
			server: server.version,
			target,
			origin: `the gotify binary ${path}`
		};
		const named = require_check.versionNamed(require_check.readBuildInfo(source));
		if (server.tag !== null && named !== null && named !== server.version) return {
			kind: "none",
			because: `${path} is gotify ${named}, not ${server.version}`
		};
		return givenOf(manifestOf(source, about), path, request);
	} catch (error) {
		if (!(error instanceof require_start.Failure) || error.code !== "wrong-target") throw error;
		return {
			kind: "none",
			because: `${path} is ${error.what}`
		};
	}
}
function givenOf(manifest, path, { server }) {
	const contradiction = contradictionOf(manifest, server);
	if (contradiction === null) return found(manifest, {
		kind: "given",
		path
	}, []);
	return {
		kind: "none",
		because: `${path} is not of gotify ${server.version}: ${contradiction}`
	};
}
/** What a manifest says of its own server that is not so of the one asked for; null: nothing that can be seen. */
function contradictionOf({ goVersion, modules = [] }, server) {
	if (require_job.compareGoVersions(goVersion, server.goVersion) !== 0) return `it is built with Go ${goVersion}, and that with Go ${server.goVersion}`;
	const versions = new Map(server.buildList.map(({ path, version }) => [path, version]));
	const other = modules.find(({ path, version }) => versions.get(path) !== version);
	if (other === void 0) return null;
	const { path, version } = other;
	return `it has ${path} ${version}, and that ${versions.get(path) ?? "no such module"}`;
}
function neither(path, start) {
	const isZip = start.startsWith("PK");
	return new require_start.Failure("input", {
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
		if (error instanceof require_start.Failure) return {
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
// src/plugin/stamp.ts
/**
* A fingerprint of everything that decides which modules a build needs: while it stays the same, a module cache that
* was complete is still complete. A change inside of functions leaves it as it is; a new import, build constraint or
* file name does not.
*
* @returns sha256, 64 hex digits
*/
async function importStamp(request, files) {
	const { moduleDir, replaced, cacheDir, ...facts } = request;
	const skipped = await files.realPath(cacheDir).catch(() => null);
	const hash = require_job.createHash("sha256");
	hash.update(JSON.stringify(Object.entries(facts).sort()));
	for (const [index, dir] of [moduleDir, ...replaced].entries()) {
		hash.update(JSON.stringify([index, await moduleHeaders({
			dir,
			skipped,
			tests: request.tests === true
		}, files)]));
		if (index > 0) hash.update(JSON.stringify(await require_job.readOptional((0, node_path.join)(dir, "go.mod"), files)));
	}
	return hash.digest("hex");
}
async function moduleHeaders(tree, files) {
	const visible = await walk({
		...tree,
		hidden: false
	}, files);
	return visible.some(([, header]) => /["/](?:_|testdata|node_modules)/.test(header)) ? walk({
		...tree,
		hidden: true
	}, files) : visible;
}
/** Without the folders that cannot be read: if Go needs one it says so, and most of them are no source at all. */
async function walk(request, files) {
	const seen = /* @__PURE__ */ new Set([request.skipped]);
	const visit = async (dir, inside) => {
		const real = await orNull(files.realPath(dir));
		if (real === null || seen.has(real)) return [];
		seen.add(real);
		const names = await orNull(files.list(dir)) ?? [];
		if (inside !== "" && names.includes("go.mod")) return [];
		const wanted = names.filter((name) => !isIgnored(name, request));
		return (await Promise.all(wanted.map((name) => entry((0, node_path.join)(dir, name), inside + name)))).flat();
	};
	const entry = async (path, inside) => {
		const text = path.endsWith(".go") ? await readFile(path, files) : null;
		if (text !== null) return [[inside, headerText(text)]];
		return (await orNull(files.stat(path)))?.kind === "folder" ? visit(path, `${inside}/`) : [];
	};
	return visit(request.dir, "");
}
function isIgnored(name, { hidden, tests }) {
	if (name.startsWith(".") || name === "vendor" || !tests && name.endsWith("_test.go")) return true;
	return !hidden && (name.startsWith("_") || name === "testdata" || name === "node_modules");
}
/** A file that is no Go counts whole: any change to it may be the one that makes it Go. */
function headerText(text) {
	const header = require_check.readGoHeader(text);
	if (header === null) return text;
	return JSON.stringify([
		header.constraints,
		header.package,
		header.imports.map(({ path }) => path)
	]);
}
/** Null where it cannot be read as a file: a folder called `x.go`, or a link to nowhere. */
async function readFile(path, files) {
	return files.readText(path).catch(() => null);
}
/** Null for what may not be read, is gone by now, or is a link to itself. */
async function orNull(look) {
	try {
		return await look;
	} catch (error) {
		if (unreadable.includes(require_start.codeOf(error))) return null;
		throw error;
	}
}
const unreadable = [
	"EACCES",
	"EPERM",
	"ENOENT",
	"ENOTDIR",
	"ELOOP"
];
// src/pipeline/sources.ts
/** What the download step leaves for later runs of the same pin and imports. */
const rememberedSchema = require_check.object({
	goMod: require_check.string(),
	goSum: require_check.string(),
	list: require_check.string(),
	newest: require_check.array(require_check.object({
		path: require_check.string(),
		version: require_check.string(),
		importPath: require_check.string()
	}))
});
/**
* Makes a target's workspace. The download step is left out where an earlier run did it for the same pin, imports and
* module cache; `again` does it all the same.
*
* @throws Failure for what the go command says of the plugin's modules and packages
*/
async function prepareSources(request, context) {
	const { target, task, again } = request;
	const workspace = await makeWorkspace$1(target, context);
	const memory = await memoryFile({
		target,
		workspace
	}, context);
	const known = (again ? null : await recall$1(memory, rememberedSchema, context.ports.files))?.value ?? null;
	const found = known ?? await download({
		target,
		task,
		workspace
	}, context);
	const { files } = context.ports;
	await files.write((0, node_path.join)(workspace.pin, "go.mod"), found.goMod);
	await files.write((0, node_path.join)(workspace.pin, "go.sum"), found.goSum);
	if (known === null) await files.write(memory, JSON.stringify(found));
	warnOfNewest(found.newest, context);
	const { goMod, newest } = found;
	return {
		workspace,
		listing: require_write_lowered.parseListing(found.list),
		goMod,
		newest,
		downloaded: known === null
	};
}
/** The folders of a target, below the run's. */
async function makeWorkspace$1(target, { project, run, pinning, ports }) {
	const pin = await run.folder(target.name, "pin");
	for (const { index, lowered } of pinning.folders) if (lowered !== null) await ports.files.write((0, node_path.join)(pin, require_check.loweredName(index)), lowered.goMod);
	return {
		module: project.moduleDir,
		pin,
		out: await run.folder(target.name, "out"),
		replaced: pinning.folders.map(({ path }) => path)
	};
}
/** Nothing says which version the author means, and tomorrow another one may be the newest. */
function warnOfNewest(newest, { project, ports, warned }) {
	if (warned === null) return;
	for (const { path, version, importPath } of newest) {
		const text = `go.mod requires no module that has the package ${importPath}: the newest version of ${path} is taken, ${version}, which another day may be another one. Write it down with \`go get ${path}@${version}\``;
		if (warned.has(text)) continue;
		warned.add(text);
		ports.reporter.warn(text, {
			kind: "file",
			file: project.displayGoMod
		});
	}
}
/**
* Where it is noted what Go made of a plugin's modules, beside the module cache that it speaks of: whoever removes the
* one removes the other.
*
* @param request.tests what was made of its tests too: a note of its own
*/
async function memoryFile(request, context) {
	const { target, workspace, ...tests } = request;
	const { builder, pinning, project, server, options, ports } = context;
	const stamp = await importStamp({
		moduleDir: workspace.module,
		replaced: workspace.replaced,
		cacheDir: options.cacheDir,
		pinText: pinning.goMod,
		sumText: pinning.goSum,
		goVersion: server.goVersion,
		builderKind: builder.kind,
		target: target.name,
		tags: options.flags.tags,
		package: project.packageArg,
		...tests
	}, ports.files);
	const folder = (0, node_path.join)((0, node_path.dirname)(builder.modCache(target)), "downloaded");
	await ports.files.makeDir(folder);
	return (0, node_path.join)(folder, `${stamp}.json`);
}
/** What a note says; null where there is none. */
async function recall$1(memory, schema, files) {
	if (await files.stat(memory) === null) return null;
	try {
		const found = require_check.safeParse(schema, JSON.parse(await files.readText(memory)));
		return found.success ? { value: found.output } : null;
	} catch {
		return null;
	}
}
async function download(request, context) {
	const { workspace } = request;
	const { builder, pinning, ports } = context;
	const places = builder.places(workspace);
	await ports.files.write((0, node_path.join)(workspace.pin, "go.mod"), pinning.goMod);
	await ports.files.write((0, node_path.join)(workspace.pin, "go.sum"), pinning.goSum);
	await require_write_lowered.writeLowered(pinning.folders, {
		workspace,
		places
	}, ports.files);
	const { tidy, list } = downloadArgs(workspace, context);
	const tidied = tidy === null ? null : await go$1(tidy, request, context);
	const listed = await go$1(list, request, context);
	const found = require_write_lowered.newestModules(`${tidied?.stderr ?? ""}\n${listed.stderr}`);
	const replaced = new Set(require_job.parseModFile(pinning.goMod, "go.mod").replaces.map(({ old }) => old.path));
	return {
		goMod: await ports.files.readText((0, node_path.join)(workspace.pin, "go.mod")),
		goSum: await ports.files.readText((0, node_path.join)(workspace.pin, "go.sum")),
		list: listed.stdout,
		newest: found.filter(({ path }) => !replaced.has(path))
	};
}
/** The arguments after `go` of a plugin's download step; `tidy`: null where the pin is complete. */
function downloadArgs(workspace, { builder, options, pinning, project }) {
	const places = builder.places(workspace);
	const overlay = require_write_lowered.hasLowered(pinning.folders);
	const overlaid = overlay ? [`-overlay=${places.pin}/overlay.json`] : [];
	return {
		tidy: pinning.tidy ? [
			"mod",
			"tidy",
			`-modfile=${places.pin}/go.mod`,
			...overlaid
		] : null,
		list: require_write_lowered.listArgs({
			places,
			package: project.packageArg,
			tags: options.flags.tags,
			overlay
		})
	};
}
/** Runs go with the network; gives what it prints. */
async function go$1(args, request, context) {
	const { target, workspace } = request;
	const step = {
		target,
		workspace,
		phase: "download",
		args
	};
	const outcome = await context.builder.run(step);
	if (outcome.kind === "ok") return outcome;
	if (outcome.kind === "timed-out") throw require_job.timedOut(outcome.minutes, "downloading modules");
	for (const line of outcome.stderr.split("\n")) request.task.log(line);
	const absent = neededAfterAll(outcome.stderr, context.pinning.absent);
	if (absent !== null) throw absent;
	const known = {
		...diagnosis(request, context),
		listing: null
	};
	throw await require_write_lowered.diagnoseList(outcome.stderr, known, asking({
		target,
		workspace
	}, context));
}
/** Go looked for a folder that nothing of the plugin's go.mod requires: another module does. */
function neededAfterAll(stderr, absent) {
	return absent.find(({ dir }) => stderr.includes(`replacement directory ${dir} does not exist`) || stderr.includes(`replaced by ${dir})`))?.failure ?? null;
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
// src/pipeline/reference-host.ts
/**
* The manifest of a reference host: a small program with those packages, built by the same builder from the server's
* own go.mod and go.sum with the server's flags, whatever the user's are. It is kept beside the module cache. One that
* does not build says nothing about the plugin: then there is none.
*
* @throws Failure (surroundings) where the builder itself fails, or the time is over
*/
async function buildReferenceHost(request, context) {
	const { files } = context.ports;
	const kept = keptFile(request, context);
	const doubt = context.builder.doubt();
	const known = await recall(kept, context);
	if (known !== null) return {
		kind: "built",
		...known,
		doubt,
		seconds: null
	};
	const host = {
		...request,
		workspace: await makeWorkspace(request.target, context)
	};
	const found = await settleOpen(host, context);
	if (found.kind === "unavailable") return found;
	const built = await build([...request.reach.sure, ...found.packages], host, context);
	if (built.kind === "unavailable") return built;
	const { manifest, seconds } = built;
	const lacking = [...request.reach.own, ...found.packages.filter((path) => !manifest.packages.has(path))];
	await files.makeDir((0, node_path.dirname)(kept));
	await files.write(kept, JSON.stringify({
		lacking,
		manifest: manifestJson(manifest)
	}));
	return {
		kind: "built",
		manifest,
		lacking,
		doubt,
		seconds
	};
}
/** The open packages that the server could contain: it has them, made of its own modules alone. */
async function settleOpen(host, context) {
	const { open } = host.reach;
	if (open.length === 0) return {
		kind: "found",
		packages: []
	};
	const places = context.builder.places(host.workspace);
	const listed = await go({
		...host,
		phase: "download",
		args: completeArgs(places, open)
	}, context);
	if (listed.kind === "failed") return notListed(listed.stderr, host, context);
	const { complete, unknown } = readCompleteness(listed.stdout, open);
	if (unknown.length > 0) return notListed(unknown.join("\n"), host, context);
	return {
		kind: "found",
		packages: complete
	};
}
async function build(packages, host, context) {
	const { ports, server } = context;
	const { workspace, target } = host;
	const { mainGo } = referenceHostFiles({
		server,
		packages
	});
	await ports.files.write((0, node_path.join)(workspace.module, "main.go"), mainGo);
	const [list, compile] = hostSteps(workspace, context);
	const listed = await go({
		...host,
		...list
	}, context);
	if (listed.kind === "failed") return notListed(listed.stderr, host, context);
	const compiled = await go({
		...host,
		...compile
	}, context);
	if (compiled.kind === "failed") return unavailable$1(host, compiled.stderr);
	const about = {
		server: server.version,
		target
	};
	return {
		kind: "built",
		manifest: readHost((0, node_path.join)(workspace.out, hostFile), about, context),
		seconds: compiled.seconds
	};
}
/** Without a network it is not the server's go.mod that fails: the same run may pass later. */
async function notListed(stderr, host, context) {
	const known = {
		...diagnosis(host, context),
		listing: null
	};
	const failure = await require_write_lowered.diagnoseList(stderr, known, asking(host, context));
	if (failure.kind === "surroundings") throw failure;
	return unavailable$1(host, stderr);
}
function unavailable$1({ target, task }, stderr) {
	const lines = stderr.trim().split("\n");
	for (const line of lines) task.log(line);
	const last = require_write_lowered.oneLine(lines.at(-1) ?? "");
	return {
		kind: "unavailable",
		because: `the reference host for ${target.name} does not build: ${last}`
	};
}
const hostFile = "reference-host";
/** What go does for a reference host: it fetches the modules, and builds the program. */
function hostSteps(workspace, { builder }) {
	const places = builder.places(workspace);
	return [{
		phase: "download",
		args: require_write_lowered.listArgs({
			places,
			package: ".",
			tags: null
		})
	}, {
		phase: "compile",
		args: require_write_lowered.hostBuildArgs(places, hostFile)
	}];
}
/** The folders of a target's reference host, below the run's. */
async function hostWorkspace(target, { run }) {
	const folder = (name) => run.folder(target.name, "reference-host", name);
	return {
		module: await folder("module"),
		pin: await folder("pin"),
		out: await folder("out"),
		replaced: []
	};
}
/** The same, with the server's go.mod and go.sum under the host's name. */
async function makeWorkspace(target, context) {
	const { files } = context.ports;
	const workspace = await hostWorkspace(target, context);
	const { goMod, goSum } = referenceHostFiles({
		server: context.server,
		packages: []
	});
	await files.write((0, node_path.join)(workspace.module, "go.mod"), goMod);
	await files.write((0, node_path.join)(workspace.pin, "go.mod"), goMod);
	await files.write((0, node_path.join)(workspace.pin, "go.sum"), goSum);
	return workspace;
}
async function go(step, { builder }) {
	const { target, workspace, phase, args } = step;
	const outcome = await builder.run({
		target,
		workspace,
		phase,
		args
	});
	if (outcome.kind === "timed-out") throw require_job.timedOut(outcome.minutes, "building the reference host");
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
function keptFile({ target, reach }, context) {
	const { builder, server } = context;
	const program = referenceHostFiles({
		server,
		packages: reach.sure
	});
	const key = require_job.createHash("sha256").update(JSON.stringify([
		program,
		reach.open,
		reach.own,
		target.name,
		server.goVersion,
		builder.recipe
	])).digest("hex");
	return (0, node_path.join)((0, node_path.dirname)(builder.modCache(target)), "reference-hosts", `${key.slice(0, 32)}.json`);
}
async function recall(path, { ports }) {
	if (await ports.files.stat(path) === null) return null;
	try {
		const root = JsonPlace.parse(await ports.files.readText(path), {
			file: path,
			code: "malformed-manifest"
		});
		const lacking = root.key("lacking").list().map((place) => place.text());
		return {
			manifest: parseManifest(root.key("manifest").text(), path),
			lacking
		};
	} catch (error) {
		if (error instanceof require_start.Failure) return null;
		throw error;
	}
}
// src/pipeline/prove.ts
/**
* Compares a finished file with the manifest of each server of its group for its target.
*
* @throws Failure where the file or a given manifest cannot be read, or a reference host does not build
*/
async function prove(request, context) {
	const { options, servers, manifests } = context;
	const { target } = request;
	if (options.verify === "off") return {
		verdicts: servers.map(({ version }) => ({
			server: version,
			verdict: null,
			comparedWith: null
		})),
		referenceHostSeconds: null
	};
	const plugin = readPlugin(request.file, context);
	const verdicts = [];
	let host = null;
	let referenceHostSeconds = null;
	for (const server of servers) {
		const found = await orReferenceHost(await manifests.of(server, target), server.version, () => host ??= referenceHost(request, context));
		verdicts.push(judgeFile(plugin, found, {
			server,
			target
		}));
		if (found.kind === "found") referenceHostSeconds ??= found.referenceHostSeconds;
	}
	return {
		verdicts,
		referenceHostSeconds
	};
}
/** What one server makes of a file, by its manifest. Pure. */
function judgeFile(plugin, found, { server, target }) {
	if (found.kind === "none") return undecided(server.version, found.because);
	const verdict = withGap(compare(plugin, found.manifest, {
		target: target.name,
		server: server.version,
		serverModules: server.buildList
	}), found);
	return {
		server: server.version,
		verdict: {
			...verdict,
			notes: [...found.notes, ...verdict.notes]
		},
		comparedWith: found.source
	};
}
/** What agrees with a manifest that the server may have more than is not known to load. */
function withGap(verdict, { gap }) {
	if (verdict.kind !== "loads" || gap === null) return verdict;
	const { warnings, notes } = verdict;
	return {
		kind: "undecided",
		because: gap,
		warnings,
		notes
	};
}
/** What is said of a server, by its version, where nothing could be compared. */
function undecided(server, because) {
	return {
		server,
		verdict: {
			kind: "undecided",
			because,
			warnings: [],
			notes: []
		},
		comparedWith: null
	};
}
/** Throws Failure (input) as readPluginAbi does. */
function readPlugin(file, { ports }) {
	const source = ports.openBytes(file);
	try {
		return readPluginAbi(source);
	} finally {
		source.close();
	}
}
async function referenceHost(request, context) {
	if (context.options.image !== null) return {
		kind: "unavailable",
		because: "a reference host from an image of your own says nothing about the server"
	};
	const { tags } = context.options.flags;
	const reach = reachOf({
		listing: request.sources.listing,
		tags
	}, context.server);
	return buildReferenceHost({
		...request,
		reach
	}, context);
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
	if (tag === null) return unavailable(`gotify ${request.server.version} is not a release`);
	try {
		const assets = await ports.github.assets(tag);
		if (assets === null) return unavailable(`${tag} has no release`);
		const name = `gotify-${request.target}.zip`;
		const asset = assets.find((candidate) => candidate.name === name);
		if (asset === void 0) return unavailable(`the release ${tag} has no ${name}`);
		return await unpack(asset, {
			request,
			ports
		});
	} catch (error) {
		if (error instanceof require_start.Failure) return unavailable(error.what);
		throw error;
	}
}
async function unpack(asset, { request, ports }) {
	const suspicious = (because) => {
		ports.reporter.warn(`${asset.url} is not used: ${because}.`);
		return unavailable(`${asset.name}: ${because}`);
	};
	if (asset.size > maxAsset) return suspicious(`it has ${String(asset.size)} bytes, more than ${String(maxAsset)}`);
	const zip = await ports.github.download(asset);
	const digest = `sha256:${require_job.createHash("sha256").update(zip).digest("hex")}`;
	if (asset.digest !== null && asset.digest !== digest) return suspicious(`its digest is ${digest}, but GitHub says ${asset.digest}`);
	const entry = `gotify-${request.target}`;
	const unzipped = await require_unzip.unzipEntry({
		zip,
		entry,
		limit: maxBinary
	});
	if (unzipped.kind === "refused") return suspicious(unzipped.because);
	const path = (0, node_path.join)(request.dir, entry);
	await ports.files.write(path, unzipped.bytes);
	return {
		kind: "found",
		path,
		url: asset.url,
		digest: asset.digest,
		authenticated: asset.digest !== null
	};
}
function unavailable(because) {
	return {
		kind: "unavailable",
		because
	};
}
// src/pipeline/real-manifests.ts
function realManifests(request) {
	const found = /* @__PURE__ */ new Map();
	return { of: (server, target) => {
		const key = `${server.version} ${target.name}`;
		const known = found.get(key) ?? find({
			server,
			target
		}, request);
		found.set(key, known);
		return known;
	} };
}
async function find({ server, target }, request) {
	const { catalog, options, ports } = request;
	return realManifest({
		server,
		target: target.name,
		given: options.manifest ?? (server.source.kind === "binary" ? server.source.path : null),
		catalogText: server.tag === null ? null : await catalog.manifestText(server.tag, target.name),
		cacheDir: options.cacheDir,
		uid: ports.caller.uid,
		assetOrigin: options.serverApiUrl
	}, {
		files: ports.files,
		openBytes: (path) => ports.openBytes(path),
		fetchAsset: () => fetchAsset({
			server,
			target
		}, request)
	});
}
/** Where the API could not name the server, it is not asked again for the server's files. */
async function fetchAsset({ server, target }, { ports, run }) {
	if (server.source.kind === "catalog") return {
		kind: "unavailable",
		because: server.source.because
	};
	const dir = await run.folder("assets", server.version, target.name);
	return fetchServerBinary({
		server,
		target: target.name,
		dir
	}, ports);
}
Object.defineProperty(exports, "asking", {
	enumerable: true,
	get: function() {
		return asking;
	}
});
Object.defineProperty(exports, "diagnosis", {
	enumerable: true,
	get: function() {
		return diagnosis;
	}
});
Object.defineProperty(exports, "downloadArgs", {
	enumerable: true,
	get: function() {
		return downloadArgs;
	}
});
Object.defineProperty(exports, "fileDigest", {
	enumerable: true,
	get: function() {
		return fileDigest;
	}
});
Object.defineProperty(exports, "hostSteps", {
	enumerable: true,
	get: function() {
		return hostSteps;
	}
});
Object.defineProperty(exports, "hostWorkspace", {
	enumerable: true,
	get: function() {
		return hostWorkspace;
	}
});
Object.defineProperty(exports, "judgeFile", {
	enumerable: true,
	get: function() {
		return judgeFile;
	}
});
Object.defineProperty(exports, "makeWorkspace", {
	enumerable: true,
	get: function() {
		return makeWorkspace$1;
	}
});
Object.defineProperty(exports, "memoryFile", {
	enumerable: true,
	get: function() {
		return memoryFile;
	}
});
Object.defineProperty(exports, "prepareSources", {
	enumerable: true,
	get: function() {
		return prepareSources;
	}
});
Object.defineProperty(exports, "prove", {
	enumerable: true,
	get: function() {
		return prove;
	}
});
Object.defineProperty(exports, "readPlugin", {
	enumerable: true,
	get: function() {
		return readPlugin;
	}
});
Object.defineProperty(exports, "realManifests", {
	enumerable: true,
	get: function() {
		return realManifests;
	}
});
Object.defineProperty(exports, "recall", {
	enumerable: true,
	get: function() {
		return recall$1;
	}
});
Object.defineProperty(exports, "undecided", {
	enumerable: true,
	get: function() {
		return undecided;
	}
});
