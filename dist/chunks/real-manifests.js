import { i as __require, t as __commonJSMin } from "./rolldown-runtime.js";
import { A as Failure, g as targetOf, h as targetNames } from "./start.js";
import { a as parseListing, d as oneLine, i as newestModules, m as hostBuildArgs, n as timedOut, r as listArgs, s as overlayText, u as diagnoseList } from "./run-dir.js";
import { D as readElf, E as linkHashes, N as loweredName, O as compareGlibc, P as loweredOverlay, Q as autoQuote, T as functionOwners, Z as parseModFile, ft as object, k as readGoHeader, nt as array, q as buildInfoOf, vt as safeParse, yt as string } from "./job.js";
import { dirname, join } from "node:path";
import { createHash } from "node:crypto";
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
		...has("modules") && { modules: root.key("modules").list().map(moduleOf) },
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
		...server.replaces.flatMap(replaceLine),
		...server.excludes.map(({ path, version }) => `exclude ${autoQuote(path)} ${version}`)
	].join("\n")}\n`;
}
/** A folder of the server's own repository is not here: without the line the build says what is missing. */
function replaceLine({ old, new: target }) {
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
		...found({
			...host.manifest,
			server
		}, { kind: "reference-host" }, real.notes),
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
	const hash = createHash("sha256");
	hash.update(JSON.stringify(Object.entries(facts).sort()));
	for (const [index, dir] of [moduleDir, ...replaced].entries()) {
		hash.update(JSON.stringify([index, await moduleHeaders({
			dir,
			skipped
		}, files)]));
		if (index > 0) hash.update(JSON.stringify(await readOptional(join(dir, "go.mod"), files)));
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
		const wanted = names.filter((name) => !isIgnored(name, request.hidden));
		return (await Promise.all(wanted.map((name) => entry(join(dir, name), inside + name)))).flat();
	};
	const entry = async (path, inside) => {
		const text = path.endsWith(".go") ? await readFile(path, files) : null;
		if (text !== null) return [[inside, headerText(text)]];
		return (await orNull(files.stat(path)))?.kind === "folder" ? visit(path, `${inside}/`) : [];
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
async function readFile(path, files) {
	return files.readText(path).catch(() => null);
}
/** Null for what may not be read, is gone by now, or is a link to itself. */
async function orNull(look) {
	try {
		return await look;
	} catch (error) {
		const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
		if (unreadable.includes(code)) return null;
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
async function readOptional(path, files) {
	return await files.stat(path) === null ? null : files.readText(path);
}
// src/pipeline/sources.ts
/** What the download step leaves for later runs of the same pin and imports. */
const rememberedSchema = object({
	goMod: string(),
	goSum: string(),
	list: string(),
	newest: array(object({
		path: string(),
		version: string(),
		importPath: string()
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
	const workspace = await makeWorkspace(target, context);
	const memory = await memoryFile(target, workspace, context);
	const known = again ? null : await recall$1(memory, context);
	const found = known ?? await download({
		target,
		task,
		workspace
	}, context);
	const { files } = context.ports;
	await files.write(join(workspace.pin, "go.mod"), found.goMod);
	await files.write(join(workspace.pin, "go.sum"), found.goSum);
	if (known === null) await files.write(memory, JSON.stringify(found));
	warnOfNewest(found.newest, context);
	const { goMod, newest } = found;
	return {
		workspace,
		listing: parseListing(found.list),
		goMod,
		newest,
		downloaded: known === null
	};
}
async function makeWorkspace(target, { project, run, pinning, ports }) {
	const pin = await run.folder(target.name, "pin");
	for (const { index, lowered } of pinning.folders) if (lowered !== null) await ports.files.write(join(pin, loweredName(index)), lowered.goMod);
	return {
		module: project.moduleDir,
		pin,
		out: await run.folder(target.name, "out"),
		replaced: pinning.folders.map(({ path }) => path)
	};
}
/** Nothing says which version the author means, and tomorrow another one may be the newest. */
function warnOfNewest(newest, { project, ports, warned }) {
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
/** Beside the module cache that it speaks of: whoever removes the one removes the other. */
async function memoryFile(target, workspace, context) {
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
		package: project.packageArg
	}, ports.files);
	const folder = join(dirname(builder.modCache(target)), "downloaded");
	await ports.files.makeDir(folder);
	return join(folder, `${stamp}.json`);
}
async function recall$1(memory, { ports }) {
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
	const { builder, pinning, ports } = context;
	const places = builder.places(workspace);
	await ports.files.write(join(workspace.pin, "go.mod"), pinning.goMod);
	await ports.files.write(join(workspace.pin, "go.sum"), pinning.goSum);
	if (hasOverlay(pinning)) {
		const overlaid = loweredOverlay(pinning.folders, places);
		await ports.files.write(join(workspace.pin, "overlay.json"), overlayText(overlaid));
	}
	const tidied = pinning.tidy ? await go$1(tidyArgs(places, pinning), request, context) : null;
	const listed = await go$1(sourceArgs(places, context), request, context);
	const found = newestModules(`${tidied?.stderr ?? ""}\n${listed.stderr}`);
	const replaced = new Set(parseModFile(pinning.goMod, "go.mod").replaces.map(({ old }) => old.path));
	return {
		goMod: await ports.files.readText(join(workspace.pin, "go.mod")),
		goSum: await ports.files.readText(join(workspace.pin, "go.sum")),
		list: listed.stdout,
		newest: found.filter(({ path }) => !replaced.has(path))
	};
}
/** Whether go is to see other go.mod files in the folders of local replacements than lie there. */
function hasOverlay({ folders }) {
	return folders.some(({ lowered }) => lowered !== null);
}
/** The arguments after `go` that end `dependencies: cap`. */
function tidyArgs({ pin }, pinning) {
	const overlay = hasOverlay(pinning) ? [`-overlay=${pin}/overlay.json`] : [];
	return [
		"mod",
		"tidy",
		`-modfile=${pin}/go.mod`,
		...overlay
	];
}
/** The arguments after `go` that list what the plugin is made of, and fetch it. */
function sourceArgs(places, { project, options, pinning }) {
	const { tags } = options.flags;
	return listArgs({
		places,
		package: project.packageArg,
		tags,
		overlay: hasOverlay(pinning)
	});
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
	if (outcome.kind === "timed-out") throw timedOut(outcome.minutes, "downloading modules");
	for (const line of outcome.stderr.split("\n")) request.task.log(line);
	const absent = neededAfterAll(outcome.stderr, context.pinning.absent);
	if (absent !== null) throw absent;
	const known = {
		...diagnosis(request, context),
		listing: null
	};
	throw await diagnoseList(outcome.stderr, known, asking({
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
	const { server, builder, ports } = context;
	const program = referenceHostFiles({
		server,
		packages: request.packages
	});
	const kept = keptFile(program, request.target, context);
	const known = await recall(kept, context);
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
	const listed = await go({
		...request,
		workspace,
		phase: "download",
		args: list
	}, context);
	if (listed.kind === "failed") return notListed(listed.stderr, {
		...request,
		workspace
	}, context);
	const built = await go({
		...request,
		workspace,
		phase: "compile",
		args: hostBuildArgs(places, hostFile)
	}, context);
	if (built.kind === "failed") return unavailable$1(request, built.stderr);
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
/** Without a network it is not the server's go.mod that fails: the same run may pass later. */
async function notListed(stderr, request, context) {
	const known = {
		...diagnosis(request, context),
		listing: null
	};
	const failure = await diagnoseList(stderr, known, asking(request, context));
	if (failure.kind === "surroundings") throw failure;
	return unavailable$1(request, stderr);
}
function unavailable$1({ target, task }, stderr) {
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
async function go(step, { builder }) {
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
		server.goVersion,
		builder.recipe
	])).digest("hex");
	return join(dirname(builder.modCache(target)), "reference-hosts", `${key.slice(0, 32)}.json`);
}
async function recall(path, { ports }) {
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
	const verdict = compare(plugin, found.manifest, {
		target: target.name,
		server: server.version,
		serverModules: server.buildList
	});
	return {
		server: server.version,
		verdict: {
			...verdict,
			notes: [...found.notes, ...verdict.notes]
		},
		comparedWith: found.source
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
	const packages = packagesInReach(request.sources.listing, context.server);
	return buildReferenceHost({
		...request,
		packages
	}, context);
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
		if (error instanceof Failure) return unavailable(error.what);
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
export { undecided as a, prepareSources as c, readPlugin as i, sourceArgs as l, judgeFile as n, asking as o, prove as r, diagnosis as s, realManifests as t, tidyArgs as u };
