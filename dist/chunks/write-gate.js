const require_start = require("./start.js");
const require_job = require("./job.js");
const require_check = require("./check.js");
const require_host = require("./host.js");
const require_write_lowered = require("./write-lowered.js");
const require_choose_targets = require("./choose-targets.js");
const require_run_dir = require("./run-dir.js");
const require_tidy = require("./tidy.js");
let node_path = require("node:path");
// src/cap/new-texts.ts
/** The files that a result changes, each with its name for messages. */
function newTexts(project, result) {
	if (result.kind !== "changed" && result.kind !== "partly") return [];
	const { goModFile, goModText, goSumText, displayGoMod } = project;
	const goMod = {
		path: goModFile,
		name: displayGoMod,
		before: goModText,
		after: result.goMod
	};
	if (result.goSum === null) return [goMod];
	return [{
		path: (0, node_path.join)((0, node_path.dirname)(goModFile), "go.sum"),
		name: node_path.posix.join(node_path.posix.dirname(displayGoMod), "go.sum"),
		before: goSumText,
		after: result.goSum
	}, goMod].filter(({ before, after }) => before !== after);
}
// src/cap/compare.ts
/** The modules that the plugin has packages of, and what Go selected of each: path -> version (null: a folder). */
function selectedOf(listing) {
	const modules = [...listing.packages.values()].flatMap(({ module }) => module === void 0 || module.main ? [] : [module]);
	return new Map(modules.map(({ path, version }) => [path, version]));
}
/**
* The replaces that Go used for the modules that supply a package, by path: that of the version which was selected,
* whatever go.mod requires, before one for all versions.
*/
function usedReplaces({ packages }, mod) {
	const used = /* @__PURE__ */ new Map();
	for (const { module } of packages.values()) {
		if (module?.replaces === void 0) continue;
		const replace = require_check.replaceInUse(mod, module.path, module.replaces);
		if (replace !== void 0) used.set(module.path, replace);
	}
	return used;
}
/**
* Where Go selected another version than the server has, of the modules that supply a package; sorted by path.
* A replaced module counts as what replaces it.
*/
function unequalModules(listing, mod, versions) {
	const replaces = usedReplaces(listing, mod);
	return [...selectedOf(listing)].flatMap(([path, selected]) => {
		const server = versions.get(path);
		if (server === void 0) return [];
		const replace = replaces.get(path);
		const isOther = replace !== void 0 && (replace.new.kind === "local" || replace.new.path !== replace.old.path);
		if (selected === server && !isOther) return [];
		return [{
			path,
			plugin: isOther ? replacementText(replace) : selected ?? "a folder",
			server
		}];
	}).sort((a, b) => a.path < b.path ? -1 : 1);
}
function replacementText({ new: target }) {
	return target.kind === "local" ? target.dir : `${target.path} ${target.version}`;
}
/**
* What differs between the author's go.mod and a new one: `go` and `toolchain` lines first, then modules in the order
* of the author's file, then what was added.
*
* @param versions the server's: a change that leads to one of them is made for the server
*/
function changesBetween(before, after, versions) {
	return [...lineChanges(before, after), ...requireChanges(before, after, versions)];
}
function lineChanges(before, after) {
	const [was, is] = [before.go?.version, after.go?.version];
	const lowered = was !== void 0 && is !== void 0 && require_job.compareGoVersions(is, was) < 0;
	return [{
		module: "go",
		from: was,
		to: is,
		line: before.go?.line,
		why: lowered ? "server" : "tidy"
	}, {
		module: "toolchain",
		from: before.toolchain?.name,
		to: after.toolchain?.name,
		line: before.toolchain?.line,
		why: after.toolchain === null ? "server" : "tidy"
	}].flatMap(({ module, from = null, to = null, line = null, why }) => from === to ? [] : [{
		module,
		from,
		to,
		line,
		reach: "direct",
		why
	}]);
}
function requireChanges(before, after, versions) {
	const [old, now] = [requiredOf(before), requiredOf(after)];
	return [.../* @__PURE__ */ new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
		const [was, is] = [old.get(path), now.get(path)];
		if (was?.version === is?.version) return [];
		const indirect = was?.indirect ?? is?.indirect ?? false;
		return [{
			module: path,
			from: was?.version ?? null,
			to: is?.version ?? null,
			line: was?.line ?? null,
			reach: indirect ? "transitive" : "direct",
			why: is !== void 0 && versions.get(path) === is.version ? "server" : "tidy"
		}];
	});
}
/** Of several lines for one module the highest counts. */
function requiredOf(mod) {
	const required = /* @__PURE__ */ new Map();
	for (const require$3 of mod.requires) {
		const known = required.get(require$3.path);
		if (known === void 0 || require_job.compareModuleVersions(require$3.version, known.version) > 0) required.set(require$3.path, require$3);
	}
	return required;
}
// src/plugin/listing.ts
/**
* What a plugin is made of on several targets together: each package once, with all that it imports on any of them. The
* modules' versions are the same on all of them: minimal version selection does not look at targets.
*/
function united([first, ...others]) {
	const packages = new Map(first.packages);
	for (const listing of others) for (const [path, more] of listing.packages) {
		const known = packages.get(path);
		const imports = [.../* @__PURE__ */ new Set([...known?.imports ?? [], ...more.imports])];
		const usesCgo = more.usesCgo || known?.usesCgo === true;
		packages.set(path, {
			...more,
			...known,
			imports,
			usesCgo
		});
	}
	return {
		main: first.main,
		packages
	};
}
// src/cap/go.ts
/** Opens a folder for go's work. */
async function openGo(request) {
	const { project, builder, target, workDir, files } = request;
	const workspace = {
		module: project.moduleDir,
		pin: (0, node_path.join)(workDir, "pin"),
		out: (0, node_path.join)(workDir, "out"),
		replaced: localReplaces(project).map((dir) => (0, node_path.resolve)(project.moduleDir, dir))
	};
	await files.makeDir(workspace.pin);
	await files.makeDir(workspace.out);
	return new GoOverCopy(request, workspace, (args) => builder.run({
		target,
		workspace,
		phase: "download",
		args
	}));
}
/** The folders that local replacements name, each once, as go.mod names them. */
function localReplaces({ goMod }) {
	return require_check.rewriteLocalReplaces(goMod.replaces, String).replaced.map(({ dir }) => dir);
}
var GoOverCopy = class {
	request;
	workspace;
	ask;
	modFile;
	constructor(request, workspace, ask) {
		this.request = request;
		this.workspace = workspace;
		this.ask = ask;
		this.modFile = `${request.builder.places(workspace).pin}/go.mod`;
	}
	async tryTidy(texts) {
		return (await this.run(this.tidyArgs(texts), texts)).kind === "ok" ? this.read() : null;
	}
	async tidy(texts, changes) {
		const outcome = await this.run(this.tidyArgs(texts), texts);
		if (outcome.kind === "ok") return this.read();
		const listed = await this.run(this.listArgs(), texts);
		throw await this.explained(listed.kind === "ok" ? outcome : listed, changes);
	}
	async compileFailure(texts, known) {
		const { builder, target, project, files, onLine } = this.request;
		const { workspace } = this;
		await this.write(texts);
		await require_host.writeApiCheck(project, {
			workspace,
			places: builder.places(workspace)
		}, files);
		const outcome = await builder.run({
			target,
			workspace,
			phase: "compile",
			args: this.compileArgs(),
			...onLine === void 0 ? {} : { onLine }
		});
		if (outcome.kind === "timed-out") throw require_job.timedOut(outcome.minutes, "compiling");
		if (outcome.kind === "ok") return null;
		const failure = await require_write_lowered.diagnoseCompile(outcome.stderr, this.context(known), this.ask);
		if (failure.kind === "surroundings") throw failure;
		return failure;
	}
	async pinnedFailure() {
		const { project, server, builder, files } = this.request;
		let replaced;
		try {
			replaced = await this.replacedFolders("pin");
		} catch (error) {
			if (error instanceof require_start.Failure) return error;
			throw error;
		}
		const { folders, absent } = replaced;
		const workspace = {
			...this.workspace,
			replaced: folders.map(({ path }) => path)
		};
		const places = builder.places(workspace);
		const pin = require_check.pinModule({
			goMod: project.goModText,
			file: project.displayGoMod,
			goSum: project.goSumText,
			server,
			replacedAt: (index) => places.replaced(index),
			absent: absent.map(({ dir }) => dir)
		});
		const overlay = await require_write_lowered.writeLowered(folders, {
			workspace,
			places
		}, files);
		const outcome = await this.run(this.listArgs({ overlay }), pin, { workspace });
		if (outcome.kind === "ok") return null;
		const dirs = folders.map(({ dir }) => dir);
		return this.diagnosed(outcome, {
			...this.context({
				listing: null,
				changes: pin.changes
			}),
			places,
			replaced: dirs
		});
	}
	async newerReplacements() {
		const { folders } = await this.replacedFolders("keep");
		return folders.flatMap(({ lowered, dir, modules, line }) => lowered === null ? [] : [{
			dir,
			modules,
			line,
			goLine: lowered.from
		}]);
	}
	replacedFolders(dependencies) {
		const { project, server, files } = this.request;
		const { goModText: goMod, displayGoMod: file, moduleDir } = project;
		return require_check.collectReplaced({
			goMod,
			file,
			moduleDir,
			dependencies,
			server
		}, files);
	}
	async list(texts) {
		const outcome = await this.run(this.listArgs(), texts);
		if (outcome.kind === "ok") return this.withOtherTargets(require_write_lowered.parseListing(outcome.stdout), texts);
		throw await this.explained(outcome, []);
	}
	async tryList(texts) {
		const outcome = await this.run(this.listArgs(), texts);
		return outcome.kind === "ok" ? this.withOtherTargets(require_write_lowered.parseListing(outcome.stdout), texts) : null;
	}
	/** One after the other, as Go may complete go.mod while it lists. */
	async withOtherTargets(native, texts) {
		const { target, targets } = this.request;
		const others = [];
		for (const other of targets) {
			if (other.name === target.name) continue;
			const outcome = await this.run(this.listArgs(), texts, { target: other });
			if (outcome.kind === "ok") others.push(require_write_lowered.parseListing(outcome.stdout));
		}
		return united([native, ...others]);
	}
	async graph(texts) {
		const outcome = await this.run([
			"mod",
			"graph",
			`-modfile=${this.modFile}`
		], texts);
		return outcome.kind === "ok" ? outcome.stdout : "";
	}
	tidyArgs({ goMod }) {
		const goLine = require_job.parseModFile(goMod, this.request.project.displayGoMod).go?.version ?? null;
		return require_tidy.tidyArgs({
			places: { pin: this.workspace.pin },
			goLine
		});
	}
	listArgs({ overlay = false } = {}) {
		const { project, flags } = this.request;
		const { tags } = flags;
		return require_write_lowered.listArgs({
			places: { pin: this.workspace.pin },
			package: project.packageArg,
			tags,
			overlay
		});
	}
	compileArgs() {
		const { project, builder, flags } = this.request;
		const places = builder.places(this.workspace);
		return require_write_lowered.goBuildArgs({
			places,
			modulePath: project.modulePath,
			package: project.packageArg,
			outFile: "plugin.so",
			flags,
			overlay: true
		});
	}
	async run(args, texts, { target = this.request.target, workspace = this.workspace } = {}) {
		await this.write(texts);
		const outcome = await this.request.builder.run({
			target,
			workspace,
			phase: "download",
			args
		});
		if (outcome.kind === "timed-out") throw require_job.timedOut(outcome.minutes, `go ${args.slice(0, 2).join(" ")}`);
		return outcome;
	}
	async write({ goMod, goSum }) {
		const { files } = this.request;
		await files.write((0, node_path.join)(this.workspace.pin, "go.mod"), goMod);
		await files.write((0, node_path.join)(this.workspace.pin, "go.sum"), goSum);
	}
	async read() {
		const { files } = this.request;
		const goSum = (0, node_path.join)(this.workspace.pin, "go.sum");
		return {
			goMod: await files.readText((0, node_path.join)(this.workspace.pin, "go.mod")),
			goSum: await files.stat(goSum) === null ? "" : await files.readText(goSum)
		};
	}
	/** Go looks for newer modules where the server's lack a package, and fails at those: the pin fails at the cause. */
	async explained(outcome, changes) {
		return await this.pinnedFailure() ?? this.failure(outcome, changes);
	}
	failure(outcome, changes) {
		return this.diagnosed(outcome, this.context({
			listing: null,
			changes
		}));
	}
	diagnosed(outcome, context) {
		return require_write_lowered.diagnoseList(outcome.kind === "failed" ? outcome.stderr : "", context, this.ask);
	}
	context(known) {
		const { project, server, builder, files } = this.request;
		return {
			project,
			server,
			...known,
			places: builder.places(this.workspace),
			goMod: project.goMod,
			replaced: localReplaces(project),
			files
		};
	}
};
// src/cap/graph.ts
/**
* Reads what `go mod graph` prints: two modules a line, `path@version`, the main module without a version. Go's own
* `go@1.24` and `toolchain@...` entries are left out.
*/
function parseGraph(stdout) {
	return stdout.split("\n").flatMap((line) => {
		const [left = "", right = ""] = line.trim().split(" ");
		const [by, asks] = [moduleOf(left), moduleOf(right)];
		if (left === "" || asks.version === null || asks.path === "go" || asks.path === "toolchain") return [];
		return [{
			by,
			asks: {
				path: asks.path,
				version: asks.version
			}
		}];
	});
}
/**
* The dependencies that are why modules are newer than the server's: those that ask for a newer version themselves.
* What is there only because of a module that was raised is no culprit but a consequence.
*
* @param request.roots what go.mod requires with each of the server's modules at the server's version
* @param request.versions path -> version of the server's modules
*/
function culpritsOf(unequal, request) {
	const { roots, graph, versions } = request;
	const asked = askedBy(graph);
	const isRaised = ({ path, version }) => {
		const most = versions.get(path);
		return most !== void 0 && require_job.compareModuleVersions(version, most) > 0;
	};
	const raisedBy = (module) => {
		const reached = new Set(walk([module], asked, () => true).map(({ path }) => path));
		return unequal.filter(({ path }) => reached.has(path));
	};
	return selectedOnly(walk(roots, asked, (module) => !isRaised(module)).flatMap((module) => {
		const byEffect = (asked.get(keyOf(module)) ?? []).filter(isRaised).toSorted((a, b) => raisedBy(b).length - raisedBy(a).length);
		const [most] = byEffect;
		if (most === void 0 || isRaised(module)) return [];
		const raises = /* @__PURE__ */ new Set([...unequal.filter(({ path }) => path === most.path), ...byEffect.flatMap(raisedBy)]);
		return raises.size === 0 ? [] : [{
			...module,
			asks: most,
			raises: [...raises]
		}];
	})).toSorted((a, b) => b.raises.length - a.raises.length);
}
/** Path and version -> what that module's go.mod asks for. */
function askedBy(graph) {
	const asked = /* @__PURE__ */ new Map();
	for (const { by, asks } of graph) {
		if (by.version === null) continue;
		const key = keyOf({
			path: by.path,
			version: by.version
		});
		const known = asked.get(key);
		if (known === void 0) asked.set(key, [asks]);
		else known.push(asks);
	}
	return asked;
}
/** Every module that can be reached, those it starts from too; the walk ends at a module that is not to be entered. */
function walk(from, asked, enters) {
	const seen = new Map(from.map((module) => [keyOf(module), module]));
	for (const [key, module] of seen) {
		if (!enters(module)) continue;
		for (const next of asked.get(key) ?? []) if (!seen.has(keyOf(next))) seen.set(keyOf(next), next);
	}
	return [...seen.values()];
}
/** Of a dependency that is asked for at several versions the highest is the one in use. */
function selectedOnly(culprits) {
	const highest = /* @__PURE__ */ new Map();
	for (const culprit of culprits) {
		const known = highest.get(culprit.path);
		if (known === void 0 || require_job.compareModuleVersions(culprit.version, known.version) > 0) highest.set(culprit.path, culprit);
	}
	return [...highest.values()];
}
function keyOf({ path, version }) {
	return `${path}@${version}`;
}
/** A direct requirement of the plugin's that leads to a module; null where there is none. */
function wayTo(target, direct, graph) {
	const from = new Map(direct.map((path) => [path, path]));
	const queue = [...direct];
	for (let path = queue.shift(); path !== void 0; path = queue.shift()) {
		const start = from.get(path);
		if (path === target) return start ?? null;
		for (const { by, asks } of graph) {
			if (by.path !== path || from.has(asks.path) || start === void 0) continue;
			from.set(asks.path, start);
			queue.push(asks.path);
		}
	}
	return null;
}
function moduleOf(text) {
	const at = text.indexOf("@");
	return at === -1 ? {
		path: text,
		version: null
	} : {
		path: text.slice(0, at),
		version: text.slice(at + 1)
	};
}
// src/cap/reasons.ts
const pin = "build with `dependencies: pin`, which does not depend on go.mod";
/** So many dependencies are asked for an older version that fits: each is a few requests. */
const mostAsked = 3;
/** So many modules are named in one sentence. */
const mostNamed = 3;
/** Lines that the server's Go takes for mistakes: with them it builds nothing, and to remove them is the author's. */
function unknownLineReasons(mod, { file, server }) {
	return require_tidy.unknownLines(mod, server.goVersion).map(({ verb, line, since }) => ({
		kind: "unknown-line",
		modules: [],
		by: null,
		what: `Go ${server.goVersion}, which gotify ${server.version} is built with, does not know \`${verb}\` lines (they came with Go ${since})`,
		remedy: `Remove the line, or ${pin} and leaves it out.`,
		where: {
			kind: "file",
			file,
			line
		}
	}));
}
/** Folders in place of modules that the server's Go refuses: they are no part of the plugin's go.mod. */
function newerReplacementReasons(replacements, { file, server }) {
	return replacements.map(({ dir, modules, line, goLine }) => ({
		kind: "newer-replacement",
		modules: [],
		by: null,
		what: `${modules.join(" and ")} is replaced by ${dir}, whose go.mod asks for Go ${goLine}, and gotify ${server.version} is built with Go ${server.goVersion}`,
		remedy: `Lower the \`go\` line there, or ${pin} and lowers that line for itself.`,
		where: {
			kind: "file",
			file,
			line
		}
	}));
}
/** What is wrong with the plugin whatever its go.mod says. Throws Failure where it is no main package. */
function unfitReasons(listing, project) {
	try {
		require_check.checkListing(listing, project);
		return [];
	} catch (error) {
		if (!(error instanceof require_start.Failure) || error.kind !== "plugin") throw error;
		return [fromFailure(error, {
			kind: "unfit",
			modules: [],
			file: project.displayGoMod
		})];
	}
}
/** Why a plugin whose go.mod agrees with the server is not done: what its code, or a dependency's, lacks there. */
function compileReason(failure, file) {
	return fromFailure(failure, {
		kind: "does-not-compile",
		modules: [],
		file
	});
}
function fromFailure({ what, remedy, where }, parts) {
	const { kind, modules, file } = parts;
	return {
		kind,
		modules,
		by: null,
		what,
		remedy,
		where: where ?? at(file, void 0)
	};
}
/**
* Why modules are not as in the server although every line is: a replace, an exclude, a dependency that requires a
* newer version, or the plugin's own code. One reason for each cause, with all the modules that it is the cause of.
*/
async function reasonsFor(unequal, context, go) {
	const replaced = unequal.filter(({ path }) => isReplacedByOther(path, context));
	const excluded = unequal.filter((module) => !replaced.includes(module) && isExcluded(module, context));
	const others = unequal.filter((module) => !replaced.includes(module) && !excluded.includes(module));
	const graph = others.length === 0 ? [] : parseGraph(await go.go.graph(go.texts));
	const culprits = culpritsOf(others, {
		graph,
		roots: rootsOf(context),
		versions: context.versions
	});
	const explained = new Set(culprits.flatMap(({ raises }) => raises.map(({ path }) => path)));
	return [
		...replaced.map((module) => replacedReason(module, context)),
		...excluded.map((module) => excludedReason(module, context)),
		...await raisedReasons(culprits, {
			...context,
			graph,
			go: go.go
		}),
		...await importedReasons(others.filter(({ path }) => !explained.has(path)), context, go.go)
	];
}
/** The lines as the server has them, and what tidy found that the plugin imports. */
function rootsOf({ required, capped, versions }) {
	return [...required, ...capped.requires.filter(({ path, indirect }) => !indirect && !versions.has(path))];
}
function isReplacedByOther(path, { replaces, versions }) {
	const replace = replaces.get(path);
	if (replace === void 0) return false;
	const { new: target } = replace;
	return target.kind === "local" || target.path !== path || target.version !== versions.get(path);
}
function isExcluded({ path, server }, { author }) {
	return author.excludes.some((exclude) => exclude.path === path && exclude.version === server);
}
function replacedReason(module, { author, replaces, file, server }) {
	const replace = replaces.get(module.path);
	const by = replace === void 0 ? module.plugin : replacementText(replace);
	const line = author.replaces.findLast(({ old }) => old.path === module.path && old.version === (replace?.old.version ?? null))?.line;
	return {
		kind: "replaced",
		modules: [module],
		by: null,
		what: `${module.path} is replaced by ${by}, and gotify ${server.version} has ${module.server}`,
		remedy: `Remove the replace line, or ${pin} and does not use it.`,
		where: at(file, line)
	};
}
function excludedReason(module, { author, file, server }) {
	const line = author.excludes.find(({ path, version }) => path === module.path && version === module.server)?.line;
	return {
		kind: "excluded",
		modules: [module],
		by: null,
		what: `${module.path} ${module.server} is excluded, and it is the version of gotify ${server.version}; Go takes ${module.plugin} in its place`,
		remedy: `Remove the exclude line, or ${pin} and leaves it out.`,
		where: at(file, line)
	};
}
/** Nobody asks for the version but Go itself, which found in it what the server's version lacks. */
async function importedReasons(modules, context, go) {
	if (modules.length === 0) return [];
	const failure = await go.pinnedFailure();
	if (failure !== null) return [fromFailure(failure, {
		kind: "imported",
		modules,
		file: context.file
	})];
	return modules.map((module) => unaskedReason(module, context));
}
function unaskedReason(module, { author, file, server }) {
	const line = author.requires.find(({ path }) => path === module.path)?.line;
	return {
		kind: "imported",
		modules: [module],
		by: null,
		what: `Go takes ${module.path} ${module.plugin} although no dependency asks for it, and gotify ${server.version} has ${module.server}: a test of the plugin's imports a package that ${module.server} does not have`,
		remedy: `Write the test without that package, or ${pin}.`,
		where: at(file, line)
	};
}
async function raisedReasons(culprits, context) {
	const reasons = [];
	for (const [index, culprit] of culprits.entries()) {
		const older = index < mostAsked ? await olderVersion(culprit, context) : null;
		reasons.push(raisedReason(culprit, older, context));
	}
	return reasons;
}
function raisedReason(culprit, older, context) {
	const { path, version, asks, raises } = culprit;
	const { author, file, server, versions } = context;
	const direct = author.requires.filter(({ indirect }) => !indirect).map((require$1) => require$1.path);
	const way = direct.includes(path) ? null : wayTo(path, direct, context.graph);
	const line = (lineOf(path, author) ?? (way === null ? void 0 : lineOf(way, author)))?.line;
	const others = raises.filter((module) => module.path !== asks.path).map((module) => module.path);
	const has = versions.get(asks.path) ?? "";
	const brought = way === null ? "" : ` (which ${way} brings in)`;
	const fits = older === null ? "" : ` (${older} is the newest such)`;
	return {
		kind: "raised",
		modules: raises,
		by: {
			path,
			version
		},
		what: `${path} ${version}${brought} requires ${asks.path} ${asks.version}, and gotify ${server.version} has ${has}${alsoText(others)}`,
		remedy: `Require an older version of ${path}, one that asks for ${asks.path} ${has} at most${fits}, or ${pin}.`,
		where: at(file, line)
	};
}
function lineOf(path, { requires }) {
	return requires.find((require$2) => require$2.path === path);
}
function alsoText(others) {
	if (others.length === 0) return "";
	return `; it also makes ${others.slice(0, mostNamed).join(", ")}${others.length > mostNamed ? ` and ${String(others.length - mostNamed)} more modules` : ""} newer than the server's`;
}
function olderVersion({ path, version, asks }, context) {
	const { server, versions, go } = context;
	return require_write_lowered.newestFitting({
		module: path,
		goVersion: server.goVersion,
		modFile: go.modFile,
		below: version,
		atMost: {
			module: asks.path,
			version: versions.get(asks.path) ?? ""
		}
	}, go.ask);
}
function at(file, line) {
	return {
		kind: "file",
		file,
		...line === void 0 ? {} : { line }
	};
}
// src/cap/full.ts
/**
* The rule `full`: lines as the server has them, `go mod tidy` with its Go, and a line more for each module that Go then
* still selects too low, until nothing changes. Afterwards what Go selects is compared with the server, and where that
* agrees the plugin is compiled.
*
* @throws Failure for a malformed go.sum, one that contradicts the server's, and where tidy or list fail, unless a pin
*   would do
*/
async function capFully(request) {
	const { project, server } = request;
	const file = project.displayGoMod;
	const unknown = unknownLineReasons(project.goMod, {
		file,
		server
	});
	if (unknown.length > 0) return {
		kind: "cannot",
		reasons: unknown
	};
	const run = {
		request,
		cap: {
			file,
			goVersion: server.goVersion,
			versions: require_check.pinnedVersions(project.modulePath, server)
		},
		go: await openGo(request),
		author: {
			goMod: require_check.withLineEnd(project.goModText, "\n"),
			goSum: allSums(request)
		}
	};
	let settled;
	try {
		settled = await settle(run);
	} catch (error) {
		const reasons = await pinAlone(error, run);
		if (reasons.length === 0) throw error;
		return {
			kind: "cannot",
			reasons
		};
	}
	return conclude(settled, run);
}
/** Why Go puts the plugin together with a pin alone: local replacements that ask for a newer Go. Empty: it is not that. */
async function pinAlone(error, { request, cap, go }) {
	if (!(error instanceof require_start.Failure) || error.code !== "plugin-needs-newer-go") return [];
	if (await go.pinnedFailure() !== null) return [];
	const { project, server } = request;
	const required = new Set(project.goMod.requires.map(({ path }) => path));
	const all = await go.newerReplacements();
	const used = all.filter(({ modules }) => modules.some((module) => required.has(module)));
	return newerReplacementReasons(used.length === 0 ? all : used, {
		file: cap.file,
		server
	});
}
async function settle(run) {
	const { request, cap, go, author } = run;
	const { goMod: before } = request.project;
	const named = new Set(before.requires.map(({ path }) => path));
	const add = new Set(await needed(run));
	for (;;) {
		const goMod = require_tidy.capLines(author.goMod, cap, add);
		const lines = require_job.parseModFile(goMod, cap.file);
		const texts = await go.tidy({
			...author,
			goMod
		}, changesBetween(before, lines, cap.versions));
		const listing = await go.list(texts);
		const mod = require_job.parseModFile(texts.goMod, cap.file);
		const more = tooLow(mod, listing, cap).filter((path) => !named.has(path) && !add.has(path));
		if (more.length === 0) return {
			texts,
			mod,
			listing,
			required: lines.requires
		};
		for (const path of more) add.add(path);
	}
}
/**
* The server's modules that `go mod tidy` keeps where all are offered at the server's versions: a package that no line
* provides then comes from the server's module, not from its newest release. Where it fails the loop finds them too.
*/
async function needed({ cap, go, author }) {
	const tidied = await go.tryTidy({
		...author,
		goMod: require_tidy.offerAll(author.goMod, cap)
	});
	if (tidied === null) return [];
	const { requires } = require_job.parseModFile(tidied.goMod, cap.file);
	return requires.map(({ path }) => path).filter((path) => cap.versions.has(path));
}
/** The server's modules that are lower than in the server, in what Go selected or in a line. */
function tooLow(mod, listing, { versions }) {
	const selected = [...selectedOf(listing)];
	const required = mod.requires.map(({ path, version }) => [path, version]);
	return [...selected, ...required].flatMap(([path, version]) => {
		const wanted = versions.get(path);
		return wanted !== void 0 && version !== null && require_job.compareModuleVersions(version, wanted) < 0 ? [path] : [];
	});
}
async function conclude(settled, run) {
	const { texts, mod, listing, required } = settled;
	const { request, cap, go } = run;
	const { project, server } = request;
	const changes = changesBetween(project.goMod, mod, cap.versions);
	const unequal = unequalModules(listing, mod, cap.versions);
	const unfit = unfitReasons(listing, project);
	const written = {
		goMod: goModOf(texts, changes, project),
		goSum: goSumOf(texts, project),
		changes
	};
	if (unequal.length + unfit.length === 0) return compiled(settled, written, run);
	const context = {
		author: project.goMod,
		file: cap.file,
		capped: mod,
		required,
		replaces: usedReplaces(listing, mod),
		server,
		versions: cap.versions
	};
	const reasons = [...unfit, ...await reasonsFor(unequal, context, {
		texts,
		go
	})];
	return await improves(unequal.length, changes, run) ? {
		kind: "partly",
		...written,
		reasons
	} : {
		kind: "cannot",
		reasons
	};
}
/** What it comes to where go.mod agrees with the server: the code may still need what only other versions have. */
async function compiled({ texts, listing }, written, { request, cap, go }) {
	const { changes } = written;
	const isSame = changes.length === 0 && !lacksSums(request.project, texts, cap.file);
	const failure = await go.compileFailure(texts, {
		listing,
		changes
	});
	if (failure === null) return isSame ? { kind: "same" } : {
		kind: "changed",
		...written
	};
	const reasons = [compileReason(failure, cap.file)];
	return isSame ? {
		kind: "cannot",
		reasons
	} : {
		kind: "partly",
		...written,
		reasons
	};
}
/** Whether fewer modules differ than with the author's go.mod, which the server's Go may not even read. */
async function improves(left, changes, run) {
	const { request, cap, go, author } = run;
	if (!changes.some(({ why }) => why === "server")) return false;
	const before = await go.tryList(author);
	return before === null || left < unequalModules(before, request.project.goMod, cap.versions).length;
}
/** Where no requirement changes the author's text stays as it is: how tidy would print it does not matter. */
function goModOf(texts, changes, { goModText }) {
	return changes.length === 0 ? goModText : require_check.withLineEnd(texts.goMod, require_check.lineEndOf(goModText));
}
function goSumOf({ goSum }, { goSumText }) {
	const text = require_check.withLineEnd(goSum, require_check.lineEndOf(goSumText ?? ""));
	return text === (goSumText ?? "") ? null : text;
}
/** Lines that are no longer needed do no harm; without one that is needed Go builds nothing. */
function lacksSums({ goSumText }, { goSum }, file) {
	const known = new Set(require_check.parseSumFile(goSumText ?? "", sumFile(file)).entries.map(({ path, version }) => `${path} ${version}`));
	return require_check.parseSumFile(goSum, sumFile(file)).entries.some(({ path, version }) => !known.has(`${path} ${version}`));
}
/** The plugin's sums and the server's in one, so that Go checks each module against both. */
function allSums({ project, server }) {
	const names = {
		a: sumFile(project.displayGoMod),
		b: `the go.sum of gotify ${server.version}`
	};
	return require_check.unionSums(project.goSumText ?? "", server.goSum, names);
}
function sumFile(goMod) {
	return goMod.replace(/\.mod$/, ".sum");
}
// src/cap/cap.ts
/**
* What a plugin's go.mod and go.sum have to be to fit a server, as far as a go.mod can see to it. Writes nothing but
* below the request's own folder.
*
* @throws Failure for a malformed go.mod or go.sum, and where the server's Go cannot put the plugin together: then its
* code and text say why, as in a build
*/
async function capPlugin(request) {
	if (request.rule === "full") return capFully(request);
	const { project, server } = request;
	const { text, changes } = require_check.capText({
		goMod: project.goModText,
		file: project.displayGoMod,
		server
	});
	if (changes.length === 0) return { kind: "same" };
	return {
		kind: "changed",
		goMod: text,
		goSum: null,
		changes: changes.map((change) => ({
			...change,
			why: "server"
		}))
	};
}
// src/pipeline/cap-by-go.ts
/** Caps by the rule `full`: the server's Go on this machine is asked, in a scratch folder. Throws Failure as capPlugin. */
async function capByGo(request, ports) {
	const { project, server, options } = request;
	const { cacheDir, timeoutMinutes, flags } = options;
	const { env, files } = ports;
	const [target] = require_choose_targets.chooseTargets({
		wanted: "native",
		server,
		arch: ports.arch
	});
	if (target === void 0) throw new Error("a machine has one target");
	const run = await require_run_dir.openRun(cacheDir, ports);
	const settings = {
		server,
		cacheDir,
		runDir: run.path,
		timeoutMinutes,
		env
	};
	const builder = require_host.createHostBuilder({
		...ports,
		settings
	});
	const close = async () => {
		await builder.close();
		await run.close();
	};
	ports.onClose(close);
	try {
		ports.reporter.note(`Asking Go ${server.goVersion} which versions it selects, and to compile with them`);
		await builder.prepare([target]);
		const workDir = await run.folder("cap");
		const onLine = (line) => ports.reporter.detail(line);
		return await capPlugin({
			rule: "full",
			project,
			server,
			builder: require_host.withDeadline(builder, require_host.startDeadline(timeoutMinutes, ports.clock)),
			target,
			targets: require_choose_targets.chooseTargets({
				wanted: "all",
				server,
				arch: ports.arch
			}),
			workDir,
			flags,
			files,
			onLine
		});
	} finally {
		await close();
	}
}
// src/cap/write.ts
/**
* Writes all files or none: each is written beside its place first, and moved there once all are. Links are followed,
* and owner and permissions stay.
*
* @throws Failure (input) as checkText does, and `read-only` where a file may not be written
*/
async function writeAll(texts, files) {
	for (const text of texts) await checkWritable(text, files);
	const drafts = [];
	const moved = [];
	try {
		for (const text of texts) {
			const draft = await draftOf(text, files);
			drafts.push(draft);
			await put(draft.path, text.after, {
				old: draft.old,
				files
			});
		}
		for (const draft of drafts) {
			await files.move(draft.path, draft.place);
			moved.push(draft);
		}
	} catch (error) {
		for (const draft of moved) await restore(draft, files);
		throw error;
	} finally {
		for (const { path } of drafts) await files.remove(path).catch(() => void 0);
	}
}
/**
* Sees that a file is still what was read, down to the byte: what is no UTF-8 was read as something else, and would be
* written so.
*
* @throws Failure (input) `changed-meanwhile`, `not-utf-8` with its line
*/
async function checkText({ path, before }, files) {
	const bytes = await files.stat(path) === null ? null : Buffer.from(await files.readBytes(path));
	const text = bytes?.toString("utf8") ?? null;
	if (text !== before) throw changed(path);
	if (bytes === null || text === null || Buffer.from(text, "utf8").equals(bytes)) return;
	throw new require_start.Failure("input", {
		code: "not-utf-8",
		what: "the file has bytes that are no UTF-8 text, and they would be lost",
		remedy: "Save the file as UTF-8.",
		where: {
			kind: "file",
			file: path,
			line: lineOfDifference(bytes, Buffer.from(text, "utf8"))
		}
	});
}
async function checkWritable(text, files) {
	await checkText(text, files);
	if (text.before === null || await files.isWritable(text.path)) return;
	throw new require_start.Failure("input", {
		code: "read-only",
		what: "the file may not be written, so nothing is",
		remedy: "Make it writable (`chmod u+w`, or as its owner), and run it again.",
		where: {
			kind: "file",
			file: text.path
		}
	});
}
function changed(path) {
	return new require_start.Failure("input", {
		code: "changed-meanwhile",
		what: "the file was changed while this ran, so nothing is written",
		remedy: "Run it again.",
		where: {
			kind: "file",
			file: path
		}
	});
}
/** The line of the first byte that differs, counted from 1. */
function lineOfDifference(a, b) {
	const at = a.findIndex((byte, index) => byte !== b[index]);
	return a.subarray(0, at === -1 ? a.length : at).filter((byte) => byte === 10).length + 1;
}
async function draftOf(text, files) {
	const place = text.before === null ? text.path : await files.realPath(text.path);
	return {
		path: (0, node_path.join)((0, node_path.dirname)(place), `.${(0, node_path.basename)(place)}.${require_job.randomUUID()}`),
		place,
		old: await files.stat(place),
		text
	};
}
/** Writes a file that stands for an old one: its owner and permissions are that one's. */
async function put(path, text, { old, files }) {
	await files.write(path, text, old === null ? {} : { mode: old.mode & 448 });
	if (old === null) return;
	const made = await files.stat(path);
	if (old.uid !== made?.uid || old.gid !== made.gid) await files.chown(path, old).catch(() => void 0);
	await files.setMode(path, old.mode);
}
async function restore({ place, text, old }, files) {
	if (text.before === null) await files.remove(place);
	else await put(place, text.before, {
		old,
		files
	});
}
// src/pipeline/write-gate.ts
/** Writes unless a signal came; a signal that comes now waits until all files are there. */
var WriteGate = class {
	ports;
	interrupted = false;
	writing = Promise.resolve();
	constructor(ports) {
		this.ports = ports;
		ports.onClose(async () => {
			this.interrupted = true;
			await this.writing.catch(() => void 0);
		});
	}
	async write(texts) {
		if (this.interrupted) throw require_job.stopped();
		this.writing = writeAll(texts, this.ports.files);
		await this.writing;
	}
};
Object.defineProperty(exports, "WriteGate", {
	enumerable: true,
	get: function() {
		return WriteGate;
	}
});
Object.defineProperty(exports, "capByGo", {
	enumerable: true,
	get: function() {
		return capByGo;
	}
});
Object.defineProperty(exports, "capPlugin", {
	enumerable: true,
	get: function() {
		return capPlugin;
	}
});
Object.defineProperty(exports, "checkText", {
	enumerable: true,
	get: function() {
		return checkText;
	}
});
Object.defineProperty(exports, "newTexts", {
	enumerable: true,
	get: function() {
		return newTexts;
	}
});
Object.defineProperty(exports, "replacementText", {
	enumerable: true,
	get: function() {
		return replacementText;
	}
});
