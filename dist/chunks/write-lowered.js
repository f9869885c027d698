const require_start = require("./start.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
let node_path = require("node:path");
// src/plugin/source-place.ts
/** Tells where a file is, whose name go printed relative to the module's folder, or absolute. */
function placeOf(file, { places, project, replaced }) {
	const path = node_path.posix.resolve(places.module, file);
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
		display: node_path.posix.join(project.displayDir, inside)
	};
	for (const [index, dir] of replaced.entries()) {
		const rest = below(places.replaced(index), path);
		if (rest !== null) return {
			kind: "replaced",
			display: node_path.posix.join(project.displayDir, dir, rest)
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
	const module = unescapePath(escaped);
	return {
		kind: "module",
		path: module,
		version: unescapePath(version),
		display: `${module}@${unescapePath(version)}/${rest}`
	};
}
function unescapePath(text) {
	return text.replace(/!([a-z])/g, (_, letter) => letter.toUpperCase());
}
function below(dir, path) {
	return path.startsWith(`${dir}/`) ? path.slice(dir.length + 1) : null;
}
// src/plugin/blame.ts
/**
* The pinned modules that a compile error is about, going by the package names in its message (`*gin.Context`,
* `undefined: gin.New`): first those of packages that the file imports, then, inside a type, any of the plugin's.
*
* @param by whose code it is that does not compile
*/
async function pointedAt(error, context, by) {
	const { message } = error;
	const names = namesIn(message.replace(/^\S+ undefined \(/, "("));
	const typeNames = namesIn(typesIn(message));
	const direct = await importedAs(error, context);
	const named = [...direct].filter(([name]) => names.has(name)).map(([, path]) => path);
	const quoted = [...message.matchAll(/"([^"\s]+)"/g)].map(([, path = ""]) => path);
	const others = [...context.listing?.packages.values() ?? []].filter(({ name, standard }) => !standard && typeNames.has(name) && !direct.has(name));
	return {
		culprits: culpritsAmong([
			...quoted,
			...named,
			...others.map(({ importPath }) => importPath)
		], context, by),
		explained: named.length + others.length > 0 || /\boverflows\b|\btruncated\b/.test(message)
	};
}
/** The pinned modules that a dependency's package imports, whatever the message says. */
function importedCulprits(importPath, context) {
	return culpritsAmong(context.listing?.packages.get(importPath)?.imports ?? [], context, "dependency");
}
/** The words before a dot: names of packages, among others. */
function namesIn(message) {
	return new Set([...message.matchAll(/([\p{L}_][\p{L}\p{Nd}_]*)\.(?=[\p{L}_])/gu)].map(([, name = ""]) => name));
}
/** Where the compiler's messages (go/types) have types: a word before a dot is always a package there. */
const typePlaces = [
	/\btypes? ((?:(?! has no | as | in | to |, but | value ).)+)/g,
	/ as (.+?) value in /g,
	/\b(?:have|want) (.+?)(?=, (?:have|want) |$)/g,
	/([^\s:,(]+ does not implement [^\s(]+)/g
];
function typesIn(message) {
	return typePlaces.flatMap((place) => [...message.matchAll(place)].map(([, type = ""]) => type)).join(" ");
}
/** Name in the source -> import path. A file that cannot be read is taken to use the packages' own names. */
async function importedAs(error, context) {
	const names = /* @__PURE__ */ new Map();
	const packages = context.listing?.packages;
	const nameOf = (path) => packages?.get(path)?.name ?? node_path.posix.basename(path);
	for (const path of packages?.get(error.package ?? "")?.imports ?? []) names.set(nameOf(path), path);
	for (const { name, path } of await importsOfFile(error, context)) names.set(name ?? nameOf(path), path);
	return names;
}
async function importsOfFile(error, context) {
	const place = placeOf(error.file, context);
	if (place.kind !== "own") return [];
	const path = node_path.posix.join(context.project.moduleDir, place.inside);
	const text = await context.files.readText(path).catch(() => "");
	return require_check.readGoHeader(text)?.imports ?? [];
}
/** Each module once, in the order of the packages. */
function culpritsAmong(paths, context, by) {
	const modules = paths.map((path) => context.listing?.packages.get(path)?.module?.path ?? moduleOfPath(path, context));
	return [...new Set(modules)].map((module) => module === void 0 ? null : pinnedModule(module, context, by)).filter((culprit) => culprit !== null);
}
/** For a package that was not listed: the longest pinned module path that it lies below. */
function moduleOfPath(path, { server }) {
	return server.pinList.modules.map((module) => module.path).filter((module) => path === module || path.startsWith(`${module}/`)).sort((a, b) => b.length - a.length)[0];
}
/** Null for a module that is not pinned, and for one whose version is just what the plugin's go.mod asks for. */
function pinnedModule(module, context, by) {
	const pinned = context.server.pinList.modules.find(({ path }) => path === module);
	if (pinned === void 0 || !isCompiled(pinned, context)) return null;
	const from = askedFor(module, context);
	if (by === "plugin" && from === pinned.version) return null;
	return {
		module,
		from,
		to: pinned.version
	};
}
/** What go.mod replaces the module by counts before what it requires: it is what the author tested with. */
function askedFor(module, { changes, goMod }) {
	return changes.find((item) => item.module === module)?.from ?? goMod.requires.find(({ path }) => path === module)?.version ?? null;
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
* version of another module than a server has. Goes back in time from the newest, and looks at the nearest few dozen;
* pre-releases come after all releases, as Go itself has it (https://go.dev/ref/mod#version-queries).
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
/** Path -> version of what a module's go.mod asks for; null where it cannot be read. */
async function requiredVersions(request, go) {
	const [found] = await describeVersions([request.version], request, go);
	if (found?.GoMod === void 0) return null;
	const file = await readGoMod(found.GoMod, go);
	return file === null ? null : new Map(file.Require?.map(({ Path, Version }) => [Path, Version]));
}
/** Releases before pre-releases, each newest first. */
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
	const found = require_check.safeParse(require_check.object({ Versions: require_check.optional(require_check.array(require_check.string()), []) }), printed?.[0]);
	if (!found.success) return [];
	return found.output.Versions.filter((version) => below === void 0 || require_job.compareModuleVersions(version, below) < 0).sort(bestFirst);
}
function bestFirst(a, b) {
	return Number(isPreRelease(a)) - Number(isPreRelease(b)) || require_job.compareModuleVersions(b, a);
}
/** A dash can only be in front of a pre-release: `+incompatible` is all that may follow it. */
function isPreRelease(version) {
	return version.includes("-");
}
const versionSchema = require_check.object({
	Version: require_check.string(),
	GoVersion: require_check.optional(require_check.string()),
	GoMod: require_check.optional(require_check.string())
});
async function candidates(versions, request, go) {
	return (await describeVersions(versions, request, go)).filter(({ GoVersion }) => GoVersion === void 0 || accepts(request.goVersion, GoVersion)).sort((a, b) => bestFirst(a.Version, b.Version));
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
	const found = require_check.safeParse(require_check.array(versionSchema), printed ?? []);
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
	return asked === void 0 || require_job.compareModuleVersions(asked, atMost.version) <= 0;
}
/** Before Go 1.21 only the two first parts of a `go` line count: `1.19.3` is language 1.19. */
function accepts(goVersion, goLine) {
	if (require_job.knowsThreeParts(goVersion)) return require_job.compareGoVersions(goLine, goVersion) <= 0;
	return require_job.compareGoVersions(goLine.split(".").slice(0, 2).join("."), goVersion) <= 0;
}
const goModSchema = require_check.object({
	Go: require_check.optional(require_check.string()),
	Require: require_check.nullish(require_check.array(require_check.object({
		Path: require_check.string(),
		Version: require_check.string()
	})))
});
async function readGoMod(path, go) {
	const printed = await ask([
		"mod",
		"edit",
		"-json",
		path
	], go);
	const found = require_check.safeParse(goModSchema, printed?.[0]);
	return found.success ? found.output : null;
}
/** Outside of the plugin's module, which may be the very one that go cannot load. `-C` exists since Go 1.20. */
function outside({ goVersion, modFile }) {
	return require_job.compareGoVersions(goVersion, "1.20") >= 0 ? ["-C", "/"] : ["-mod=mod", `-modfile=${modFile}`];
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
	return new require_start.Failure("plugin", {
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
/** The code of the failure of a plugin, or a folder of its own, that needs a newer Go. */
const newerGoCode = "plugin-needs-newer-go";
/** The plugin's own code, or its go.mod, needs a newer Go than the server's. */
function pluginNeedsNewerGo(what, where, context) {
	const { goVersion } = context.server;
	return new require_start.Failure("plugin", {
		code: newerGoCode,
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
	return new require_start.Failure("plugin", {
		code: "missing-functions",
		what: `the package ${packageArg} has no function ${missing.join(" and no ")}, so that no server can load it as a plugin`,
		remedy: `Add ${asExpected(missing)} to it, with plugin being ${require_check.pluginApi}. If the plugin is another package, name it with the package input.`,
		where: {
			kind: "input",
			input: "package"
		}
	});
}
async function wrongSignature(wrong, errors, context) {
	const [first] = wrong;
	const found = errors.map(({ message }) => typeIn(message)).join("; ");
	return new require_start.Failure("plugin", {
		code: "wrong-signature",
		what: `the server would refuse ${wrong.join(" and ") || "the plugin"}: ${oneLine(found)}`,
		remedy: `Declare ${asExpected(wrong.length > 0 ? wrong : functions)}, with plugin being ${require_check.pluginApi}.`,
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
		const line = (await files.readText(node_path.posix.join(project.packageDir, file)).catch(() => "")).split("\n").findIndex((code) => new RegExp(`^(?:func|var)\\s+${name}\\b`).test(code)) + 1;
		const display = node_path.posix.join(project.displayDir, project.packageArg, file);
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
	return checksumMismatch(stderr, context) ?? unavailable(stderr, context);
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
	return new require_start.Failure(line === null ? "surroundings" : "input", {
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
		code: "checksum-database",
		kind: "surroundings",
		pattern: /initializing sumdb|locate sumdb file|\/pkg\/sumdb\//,
		what: "cannot be checked, as the checksum database is not to be had",
		remedy: "See that cache-dir can be written to and that GOSUMDB can be reached, and run it again."
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
function unavailable(stderr, context) {
	const lines = stderr.split(/\r?\n/).filter((line) => !/^go: (?:downloading|finding|found) /.test(line));
	const text = lines.join("\n");
	if (!isDownload(text)) return null;
	const trouble = troubles.find(({ pattern }) => pattern.test(text));
	if (trouble === void 0) return null;
	const index = lines.findIndex((line) => trouble.pattern.test(line));
	const reason = oneLine(lines.slice(index, index + 2).join(" ").replace(/^go: /, ""));
	const module = moduleIn(text);
	return new require_start.Failure(trouble.kind, {
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
// src/plugin/link-outside.ts
/**
* What a container misses because the plugin's folder has a link out of it: there it leads nowhere, while plain go on
* this machine follows it. Null where that is not why go failed.
*
* @param missing import paths of the plugin's own module that go did not find
*/
async function linkOutside({ rest }, missing, context) {
	const { places, project } = context;
	if (places.module === project.moduleDir) return null;
	const text = rest.join("\n");
	const unopened = [...text.matchAll(/open (\/.+?): no such file or directory/g)].map(([, path = ""]) => path);
	const packages = missing.map((path) => node_path.posix.join(places.module, path.slice(project.modulePath.length)));
	const goMod = /go\.mod file not found|cannot find main module/.test(text) ? [`${places.module}/go.mod`] : [];
	for (const path of [
		...unopened,
		...packages,
		...goMod
	]) for (const root of rootsOf(context)) {
		const link = path.startsWith(`${root.place}/`) ? await firstLinkOut(root.dir, path.slice(root.place.length + 1), context) : null;
		if (link !== null) return leadsOut(link, root);
	}
	return null;
}
function rootsOf({ places, project, replaced }) {
	const { moduleDir, displayDir } = project;
	return [{
		place: places.module,
		dir: moduleDir,
		display: displayDir
	}, ...replaced.map((dir, index) => ({
		place: places.replaced(index),
		dir: node_path.posix.resolve(moduleDir, dir),
		display: node_path.posix.join(displayDir, dir)
	}))];
}
/** The first part of the way to a file that lies somewhere else; null where all of it is below the folder. */
async function firstLinkOut(dir, inside, { files }) {
	const real = (path) => files.realPath(path).catch(() => null);
	const root = await real(dir);
	if (root === null) return null;
	const parts = inside.split("/");
	for (const depth of parts.keys()) {
		const part = parts.slice(0, depth + 1).join("/");
		const target = await real(node_path.posix.join(dir, part));
		if (target === null) return null;
		if (!target.startsWith(`${root}/`)) return {
			inside: part,
			target
		};
	}
	return null;
}
function leadsOut({ inside, target }, { display }) {
	const file = node_path.posix.join(display, inside);
	return new require_start.Failure("input", {
		code: "link-out-of-module",
		what: `${file} is a link to ${target}, and a container sees nothing outside of ${display === "." ? "the plugin's folder" : display}`,
		remedy: "Put the file or folder itself in its place, or use builder: host, which follows the link. What is a module of its own can be named by a replace line: then its folder is shown too.",
		where: {
			kind: "file",
			file
		}
	});
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
	return first !== void 0 && require_job.compareGoVersions(first, goVersion) > 0 ? first : null;
}
// src/plugin/diagnose-list.ts
/**
* Why `go list` failed (or `go build`, before it compiled anything), from what it printed to stderr.
*
* @param go to find a version that would fit; without it none is named
*/
async function diagnoseList(stderr, context, go) {
	const output = parseGoOutput(stderr);
	return await linkOutside(output, output.errors.map((error) => missingOwnPath(error, context)).filter((path) => path !== null), context) ?? await tooNew(stderr, context, go) ?? await missingStandard(output, context, go) ?? lacksPackage(output, context) ?? noGoFiles(stderr, context) ?? malformedGoMod(output, context) ?? missingOwnPackage(output, context) ?? downloadFailure(stderr, context) ?? sourceFailure(output, context);
}
/** Go 1.21 and later read every `go` line of the module graph first, and refuse one that is newer than themselves. */
async function tooNew(stderr, context, go) {
	const [, module, version, needed] = /(\S+)@(v\S+) requires go >= ([^\s(]+)/.exec(stderr) ?? [];
	if (module !== void 0 && version !== void 0 && needed !== void 0) return needsNewerGo({
		module,
		version,
		goLine: needed
	}, context, go);
	const [, place, goLine] = /^go: (?:module )?(.+?) requires go >= ([^\s(]+)/m.exec(stderr) ?? [];
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
		return new require_start.Failure("plugin", {
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
	return new require_start.Failure("input", {
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
		const path = missingOwnPath(error, context);
		if (path === null) continue;
		return new require_start.Failure("plugin", {
			code: "missing-package",
			what: `${placeOf(error.file, context).display} imports ${path}, and there is no such package in the module`,
			remedy: `Correct the import, or add the folder ${node_path.posix.join(displayDir, path.slice(modulePath.length + 1))}.`,
			where: errorWhere(error, context)
		});
	}
	return null;
}
function missingOwnPath({ message }, { project }) {
	const [, path = ""] = /^(?:module |no required module provides package |package |cannot find module providing package )(\S+?)(?:[:;]| is not in )/.exec(message) ?? [];
	return path.startsWith(`${project.modulePath}/`) ? path : null;
}
/** Of a local replacement: the plugin's own go.mod was read before. */
function malformedGoMod({ errors }, context) {
	const error = errors.find(({ file }) => /(?:^|\/)go\.(?:mod|sum)$/.test(file));
	if (error === void 0 || placeOf(error.file, context).kind === "module") return null;
	return new require_start.Failure("input", {
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
	return new require_start.Failure("plugin", {
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
	if (dependency === null) return ownFailure(ofPackage, context);
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
async function ownFailure(errors, context) {
	for (const error of errors) {
		const [culprit] = (await pointedAt(error, context, "plugin")).culprits;
		if (culprit !== void 0) return pinnedConflict(error, culprit, context);
	}
	const [first] = errors;
	const goLine = context.goMod.go?.version;
	if (first !== void 0 && goLine !== void 0 && require_job.compareGoVersions(goLine, context.server.goVersion) > 0) return pluginNeedsNewerGo(`it does not compile with Go ${context.server.goVersion} of ${serverName(context)} (go.mod asks for Go ${goLine}): ${listed(errors, context)}`, errorWhere(first, context), context);
	return isC(errors) ? cFailure(errors, context) : compileError(errors, context);
}
function pinnedConflict(error, { module, from, to }, context) {
	const asked = from === null ? "the plugin's go.mod does not name it" : `the plugin asks for ${from}`;
	const other = from === null || require_job.compareModuleVersions(from, to) < 0 ? "an older" : "a newer";
	return new require_start.Failure("plugin", {
		code: "pinned-module-conflict",
		what: `${errorText(error, context)}; it is compiled with ${module} ${to}, the version of ${serverName(context)} (${asked})`,
		remedy: `Write this so that it compiles with ${module} ${to}: what a plugin shares with the server must be the server's version. Or build for a gotify server with ${other} ${module}.`,
		where: errorWhere(error, context)
	});
}
function compileError(errors, context) {
	return new require_start.Failure("plugin", {
		code: "compile-error",
		what: `the plugin does not compile: ${listed(errors, context)}`,
		remedy: "Correct this in the source; the log has all that the compiler said.",
		where: firstWhere(errors, context)
	});
}
/** gcc and clang call an error an error; Go's compiler does not. */
function isC(errors) {
	return errors.some(({ message }) => /^(?:fatal )?error: /.test(message));
}
function cFailure(errors, context, dependency = null) {
	const real = errors.filter(({ message }) => /^(?:fatal )?error: /.test(message));
	const missing = real.some(({ message }) => message.includes("No such file or directory"));
	return new require_start.Failure("plugin", {
		code: "c-compile-error",
		what: `the C code of the ${dependency === null ? "plugin" : `dependency ${dependency.path} ${dependency.version}`} does not compile: ${listed(real, context)}`,
		remedy: cRemedy(missing, dependency),
		where: dependency === null ? firstWhere(real, context) : requireWhere(dependency.path, context)
	});
}
function cRemedy(missing, dependency) {
	if (missing) return "Install the C library with its headers for the target where the plugin is built, or use an image that has it.";
	return dependency === null ? "Correct this in the C code; the log has all that the compiler said." : "Require another version of it; the log has all that the compiler said.";
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
	if (isC(errors)) return cFailure(errors, context, dependency);
	const found = await dependencyCulprit(broken, {
		context,
		go
	});
	if (found !== null) return dependencyConflict(broken, found, {
		context,
		go
	});
	return new require_start.Failure("plugin", {
		code: "dependency-compile-error",
		what: `the dependency ${module} ${version} does not compile: ${listed(errors, context)}`,
		remedy: "Require another version of it; the log has all that the compiler said.",
		where: requireWhere(module, context)
	});
}
/** A released module compiles with what it asks for: only another version than that can be to blame. */
async function dependencyCulprit({ dependency, errors }, { context, go }) {
	const pointed = await Promise.all(errors.map((error) => pointedAt(error, context, "dependency")));
	const named = pointed.flatMap(({ culprits }) => culprits);
	const imported = pointed.every(({ explained }) => !explained) ? importedCulprits(errors[0]?.package ?? "", context) : [];
	if (named.length + imported.length === 0) return null;
	const { path: module, version } = dependency;
	const asks = go === void 0 ? null : await requiredVersions({
		...question(module, context),
		version
	}, go);
	const askedOf = (culprit) => ({
		...culprit,
		asked: asks?.get(culprit.module) ?? null
	});
	return named.map(askedOf).find(({ asked, to }) => asked !== to) ?? imported.map(askedOf).find(({ asked, to }) => asked !== null && asked !== to) ?? null;
}
function question(module, { server, places }) {
	return {
		module,
		goVersion: server.goVersion,
		modFile: `${places.pin}/go.mod`
	};
}
/** Go says `note: module requires Go 1.N` after such an error; go.mod may say it too. */
function neededGoLine({ dependency, output }, { server }) {
	const goLine = output.rest.map((line) => /^note: module requires Go (\S+)/.exec(line)?.[1]).find((line) => line) ?? dependency.goVersion;
	return goLine !== null && require_job.compareGoVersions(goLine, server.goVersion) > 0 ? goLine : null;
}
async function dependencyConflict({ dependency, errors }, culprit, { context, go }) {
	const { path, version } = dependency;
	const { asked } = culprit;
	const older = asked === null || require_job.compareModuleVersions(asked, culprit.to) > 0;
	const atMost = {
		module: culprit.module,
		version: culprit.to
	};
	const fitting = go === void 0 || !older ? null : await newestFitting({
		...question(path, context),
		below: version,
		atMost
	}, go);
	return new require_start.Failure("plugin", {
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
	return new require_start.Failure("surroundings", {
		code: "missing-compiler",
		what: `there is no C compiler ${oneLine(compiler)} on this machine`,
		remedy: "Install it, or use builder: docker, whose images have it."
	});
}
function linkFailure({ rest }, context) {
	const lines = rest.filter((line) => /\bld(?:\.\w+)?: |undefined reference|running \S+ failed/.test(line));
	if (lines.length === 0) return null;
	const reasons = lines.filter((line) => !/running \S+ failed/.test(line));
	return new require_start.Failure("plugin", {
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
	return /module lookup disabled by GOPROXY=off|missing go\.sum entry|updates to go\.mod needed|cannot find module providing package|: open .*\/cache\/download\/\S+: no such file/.test(stderr);
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
* @param request.overlaid what else is laid over files, path -> path, both as the go command sees them
*/
function apiCheckFiles(request) {
	const fileName = "api_check.go";
	const seemingName = freeName(request.taken ?? []);
	const own = { [`${request.packageDirPlace}/${seemingName}`]: `${request.pinPlace}/${fileName}` };
	return {
		overlayJson: overlayText({
			...request.overlaid,
			...own
		}),
		fileName,
		goFile,
		seemingName
	};
}
/** The argument of go's `-overlay`: path -> path of the file that stands in for it. */
function overlayText(overlaid) {
	return `${JSON.stringify({ Replace: overlaid }, null, 2)}\n`;
}
function freeName(taken) {
	let name = `${stem}.go`;
	for (let n = 2; taken.includes(name); n++) name = `${stem}${String(n)}.go`;
	return name;
}
const goFile = `// Written by gotify-plugin-build: what a gotify server looks up in a plugin.
package main

import gotifyPluginBuildApi "${require_check.pluginApi}"

func _() {
	var _ func() gotifyPluginBuildApi.Info = GetGotifyPluginInfo
	var _ func(gotifyPluginBuildApi.UserContext) gotifyPluginBuildApi.Plugin = NewGotifyPluginInstance
}
`;
// src/build/go-args.ts
/**
* The arguments after `go` that build a plugin, for both builders: the tutorial's flags, and the build-only go.mod in
* place of the plugin's. Servers before v2.1.6 are out of reach, so every Go here (1.19 and later) knows all of them.
*
* @param request.modulePath the plugin's
* @param request.package relative to the module: `.` or `./cmd/plugin`
* @param request.outFile the file's name, or a path below `places.out`
* @param request.overlay whether the pin's overlay.json is in use
* @param request.language the language version of the plugin's own packages, where that in go.mod is not theirs
*/
function goBuildArgs(request) {
	const { places, modulePath, flags, language = null } = request;
	const own = flags.flags.map((flag) => require_start.byImportPath(flag, modulePath));
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
		...language === null ? own : withLanguage(own, language),
		"-o",
		`${places.out}/${request.outFile}`,
		request.package
	];
}
/**
* One flag for each package, since a pattern could match another module's. Of several that match Go takes the last
* (`go help build`), so the user's own, which can only be for the plugin's packages, carry it too.
*/
function withLanguage(flags, { version, packages }) {
	const lang = `-lang=go${version}`;
	return [...packages.map((path) => `-gcflags=${path}=${lang}`), ...flags.map((flag) => flag.startsWith("-gcflags=") ? `${flag} ${lang}` : flag)];
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
	const text = require_start.joinQuoted([
		"-w",
		"-s",
		...added
	]);
	if (text === null) throw new Error(`linker flags that Go cannot read: ${added.join(" ")}`);
	return text;
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
* @param request.overlay whether the pin's overlay.json is in use
*/
function listArgs(request) {
	return [
		"list",
		"-deps",
		"-mod=mod",
		`-modfile=${request.places.pin}/go.mod`,
		...request.overlay === true ? [`-overlay=${request.places.pin}/overlay.json`] : [],
		`-json=${fields.join(",")}`,
		...request.tags === null ? [] : [`-tags=${request.tags}`],
		request.package
	];
}
/** The modules that `go list -mod=mod` or `go mod tidy` says on stderr that it found (cmd/go/internal/modload). */
function newestModules(stderr) {
	return [...stderr.matchAll(/^go: found (\S+) in (\S+) (v\S+)$/gm)].map(([, importPath = "", path = "", version = ""]) => ({
		path,
		version,
		importPath
	}));
}
const moduleSchema = require_check.object({
	Path: require_check.string(),
	Version: require_check.optional(require_check.string()),
	Main: require_check.optional(require_check.boolean(), false),
	GoVersion: require_check.optional(require_check.string()),
	Replace: require_check.optional(require_check.object({
		Path: require_check.string(),
		Version: require_check.optional(require_check.string()),
		GoVersion: require_check.optional(require_check.string())
	}))
});
const packageSchema = require_check.object({
	ImportPath: require_check.string(),
	Name: require_check.optional(require_check.string(), ""),
	Standard: require_check.optional(require_check.boolean(), false),
	DepOnly: require_check.optional(require_check.boolean(), false),
	Imports: require_check.optional(require_check.array(require_check.string()), []),
	ImportMap: require_check.optional(require_check.record(require_check.string(), require_check.string()), {}),
	CgoFiles: require_check.optional(require_check.array(require_check.string()), []),
	Module: require_check.optional(moduleSchema)
});
/**
* Reads what `go list -deps -json` printed: JSON objects one after the other. A replaced module goes by its own path
* and by the version that replaces it.
*
* @throws Failure (surroundings) where that is not what was printed
*/
function parseListing(stdout) {
	const raw = readObjects(packageSchema, stdout);
	const main = raw.find((item) => !item.DepOnly);
	if (main === void 0) throw unreadable("it names no package but dependencies");
	return {
		main: main.ImportPath,
		packages: new Map(raw.map((item) => [item.ImportPath, packageOf(item)]))
	};
}
/**
* What `go list -json` printed, checked.
*
* @throws Failure (surroundings) where that is not what was printed
*/
function readObjects(schema, stdout) {
	const raw = require_check.safeParse(require_check.array(schema), parseObjects(stdout));
	if (raw.success) return raw.output;
	const [issue] = raw.issues;
	throw unreadable(`${require_check.getDotPath(issue) ?? "the list"}: ${issue.message}`);
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
		main: raw.Main,
		...raw.Replace === void 0 ? {} : { replaces: raw.Version ?? "" },
		...real.Path === raw.Path ? {} : { replacedBy: real.Path }
	};
}
function unreadable(why, cause) {
	return new require_start.Failure("surroundings", {
		code: "go-list-unreadable",
		what: `the output of \`go list -json\` cannot be read: ${why}`,
		remedy: "Run it again with --verbose. If it happens again, please report it with that output.",
		...cause === void 0 ? {} : { cause }
	});
}
// src/plugin/write-lowered.ts
/**
* Writes into a workspace's pin folder what Go is to see in place of the go.mod files of folders whose `go` line is too
* new, with the overlay.json that says so.
*
* @returns whether there is any: then go needs that `-overlay`
*/
async function writeLowered(folders, at, files) {
	const { pin } = at.workspace;
	for (const { index, lowered } of folders) if (lowered !== null) await files.write((0, node_path.join)(pin, require_check.loweredName(index)), lowered.goMod);
	if (!hasLowered(folders)) return false;
	await files.write((0, node_path.join)(pin, "overlay.json"), overlayText(require_check.loweredOverlay(folders, at.places)));
	return true;
}
/** Whether go is to see other go.mod files in the folders of local replacements than lie there. */
function hasLowered(folders) {
	return folders.some(({ lowered }) => lowered !== null);
}
Object.defineProperty(exports, "apiCheckFiles", {
	enumerable: true,
	get: function() {
		return apiCheckFiles;
	}
});
Object.defineProperty(exports, "diagnoseCompile", {
	enumerable: true,
	get: function() {
		return diagnoseCompile;
	}
});
Object.defineProperty(exports, "diagnoseList", {
	enumerable: true,
	get: function() {
		return diagnoseList;
	}
});
Object.defineProperty(exports, "downloadFailure", {
	enumerable: true,
	get: function() {
		return downloadFailure;
	}
});
Object.defineProperty(exports, "goBuildArgs", {
	enumerable: true,
	get: function() {
		return goBuildArgs;
	}
});
Object.defineProperty(exports, "hasLowered", {
	enumerable: true,
	get: function() {
		return hasLowered;
	}
});
Object.defineProperty(exports, "hostBuildArgs", {
	enumerable: true,
	get: function() {
		return hostBuildArgs;
	}
});
Object.defineProperty(exports, "lacksModules", {
	enumerable: true,
	get: function() {
		return lacksModules;
	}
});
Object.defineProperty(exports, "listArgs", {
	enumerable: true,
	get: function() {
		return listArgs;
	}
});
Object.defineProperty(exports, "newerGoCode", {
	enumerable: true,
	get: function() {
		return newerGoCode;
	}
});
Object.defineProperty(exports, "newestFitting", {
	enumerable: true,
	get: function() {
		return newestFitting;
	}
});
Object.defineProperty(exports, "newestModules", {
	enumerable: true,
	get: function() {
		return newestModules;
	}
});
Object.defineProperty(exports, "oneLine", {
	enumerable: true,
	get: function() {
		return oneLine;
	}
});
Object.defineProperty(exports, "parseListing", {
	enumerable: true,
	get: function() {
		return parseListing;
	}
});
Object.defineProperty(exports, "readObjects", {
	enumerable: true,
	get: function() {
		return readObjects;
	}
});
Object.defineProperty(exports, "writeLowered", {
	enumerable: true,
	get: function() {
		return writeLowered;
	}
});
