const require_job = require("./job.js");
const require_write_gate = require("./write-gate.js");
const require_start = require("./start.js");
const require_check = require("./check.js");
let node_path = require("node:path");
// src/cap/diff.ts
/**
* The changes as a unified diff, as `patch -p1` and `git apply` take it from the folder that the names start from: they
* must lie below it. Lines keep their own ends; the text ends with a newline.
*/
async function unifiedDiff(texts) {
	const { structuredPatch } = await Promise.resolve().then(() => require("./libesm.js"));
	return texts.flatMap(({ name, before, after }) => {
		const { hunks } = structuredPatch(name, name, before ?? "", after, void 0, void 0, { context: 3 });
		if (hunks.length === 0) return [];
		const side = (letter) => headerName(`${letter}/${name}`);
		const body = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines]);
		return [
			`--- ${before === null ? "/dev/null" : side("a")}`,
			`+++ ${side("b")}`,
			...body
		];
	}).map((line) => `${line}\n`).join("");
}
/** One line needs no number, and nothing at all stands before the first line. */
function range(start, lines) {
	return lines === 1 ? String(start) : `${String(lines === 0 ? start - 1 : start)},${String(lines)}`;
}
/**
* A name as both tools read it: with a tab behind it where it has blanks, which would end it otherwise, and quoted as C
* does where it has what ends a line. Sources: https://www.gnu.org/software/diffutils/manual/html_node/Unusual-File-Names.html
* and quote_c_style of git's quote.c.
*/
function headerName(name) {
	if (/[\u0000-\u001f"\\\u007f]/.test(name)) return `"${name.replace(/[^]/g, quoted)}"`;
	return name.includes(" ") ? `${name}\t` : name;
}
function quoted(character) {
	if (character === "\"" || character === "\\") return `\\${character}`;
	const code = character.charCodeAt(0);
	return code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, "0")}` : character;
}
// src/cap/source.ts
const where = {
	kind: "input",
	input: "from"
};
/**
* Reads `-from`: a server in any form of the `server` input, or a go.mod file or a folder with one, as gomod-cap takes
* them. Versions and ranges are never taken for names of files; what could be a branch is a file where one is there.
*
* @param base the folder that relative paths start from, absolute
* @throws Failure (input) naming `from`
*/
async function readSource(text, base, ports) {
	const specifier = specifierOf(text, base);
	if (specifier !== null && specifier.kind !== "ref" && specifier.kind !== "binary") return {
		kind: "server",
		specifier
	};
	const path = (0, node_path.resolve)(base, text);
	const stat = await ports.files.stat(path);
	if (stat?.kind === "folder") {
		const file = (0, node_path.join)(path, "go.mod");
		if ((await ports.files.stat(file))?.kind === "file") return goModAt$1(file, base);
		if (specifier?.kind !== "ref") throw noFile(`there is no go.mod in the folder ${text}`);
	} else if (stat?.kind === "file") return isElf(path, ports) ? {
		kind: "server",
		specifier: {
			kind: "binary",
			text,
			path
		}
	} : goModAt$1(path, base);
	if (specifier?.kind === "ref" && !text.endsWith(".mod")) return {
		kind: "server",
		specifier
	};
	throw noFile(`there is no file or folder ${text}`);
}
/**
* The server that a go.mod describes, with the GO_VERSION and go.sum that lie beside it. Without a GO_VERSION the
* `toolchain` line counts, then the `go` line.
*
* @throws Failure (input) where one of the files is malformed, or does not say enough for the rule
*/
async function serverOfGoMod(source, rule, files) {
	const { file, display } = source;
	const beside = (name) => require_job.readOptional((0, node_path.join)((0, node_path.dirname)(file), name), files);
	const goMod = await files.readText(file);
	const mod = require_job.parseModFile(goMod, display);
	const goSum = await beside("go.sum") ?? "";
	require_check.parseSumFile(goSum, node_path.posix.join(node_path.posix.dirname(display), "go.sum"));
	if (rule === "full") checkComplete(mod, display);
	const goVersion = goVersionOf(mod, await beside("GO_VERSION"));
	if (rule === "full" && goVersion === "") throw noGoVersion(display);
	const modules = rule === "full" ? mod.requires.map(({ path }) => ({
		path,
		version: used(mod, path, display)
	})) : [];
	return {
		version: `at ${display}`,
		goVersion,
		goMod,
		goSum,
		pinList: {
			source: "go.mod",
			modules
		}
	};
}
function specifierOf(text, base) {
	let servers;
	try {
		servers = require_start.parseServers(text, base);
	} catch (error) {
		if (!(error instanceof require_start.Failure) || error.code === "no-server") throw error;
		return null;
	}
	const [specifier] = servers;
	if (specifier !== void 0 && servers.length === 1 && !(specifier.kind === "range" && specifier.every)) return specifier;
	throw new require_start.Failure("input", {
		code: "several-servers",
		what: "a go.mod can be capped to one server, and this names several",
		remedy: "Name one server, such as latest or v2.9.1.",
		where
	});
}
function goModAt$1(file, base) {
	return {
		kind: "go.mod",
		file,
		display: require_job.displayPath(base, file)
	};
}
function isElf(path, { openBytes }) {
	const bytes = openBytes(path);
	try {
		return Buffer.from(bytes.read(0, 4)).toString("latin1") === "ELF";
	} finally {
		bytes.close();
	}
}
/** From Go 1.17 on a go.mod names every module that it has packages of: https://go.dev/ref/mod#graph-pruning. */
function checkComplete(mod, display) {
	if (mod.go !== null && require_job.compareGoVersions(mod.go.version, "1.17") >= 0) return;
	throw new require_start.Failure("input", {
		code: "incomplete-go-mod",
		what: "this go.mod is from before Go 1.17: it names only the modules that are required directly, not those that they need",
		remedy: "Name a gotify version in its place, or use --rule gomod-cap.",
		where: {
			kind: "file",
			file: display,
			...mod.go === null ? {} : { line: mod.go.line }
		}
	});
}
/** Empty where nothing says it. */
function goVersionOf(mod, file) {
	const version = (file ?? mod.toolchain?.name ?? mod.go?.version ?? "").trim().replace(/^go/, "");
	if (!require_job.isGoVersion(version)) return "";
	return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}
/** The version that a go.mod builds a module at, with its replacements. */
function used(mod, path, display) {
	const required = mod.requires.findLast((require$1) => require$1.path === path)?.version ?? "";
	const replace = require_check.replaceInUse(mod, path, required);
	if (replace === void 0) return required;
	if (replace.new.kind === "module" && replace.new.path === path) return replace.new.version;
	throw new require_start.Failure("input", {
		code: "server-replace",
		what: `this go.mod replaces ${path} by ${require_write_gate.replacementText(replace)}, which a plugin cannot follow`,
		remedy: "Use the go.mod of a released server.",
		where: {
			kind: "file",
			file: display,
			line: replace.line
		}
	});
}
function noGoVersion(display) {
	return new require_start.Failure("input", {
		code: "server-go-version",
		what: "neither a GO_VERSION file beside it nor the go.mod says which Go it is built with",
		remedy: "Put the GO_VERSION file of the server beside its go.mod, or name a gotify version in its place.",
		where: {
			kind: "file",
			file: display
		}
	});
}
function noFile(what) {
	return new require_start.Failure("input", {
		code: "no-from",
		what,
		remedy: "Name a gotify version (latest, v2.9.1, 2.9), a gotify binary, or a go.mod or its folder.",
		where
	});
}
// src/run-cap.ts
/**
* Runs the command `cap` with the real effects.
*
* @returns 0, or 1 where `check` found a difference or a go.mod alone is not enough
* @throws Failure
*/
async function runCap(job) {
	const interrupts = require_job.handleInterrupts(job.tell);
	const { options, reporter, catalogDir, env } = job;
	const ports = require_job.createBuildPorts({
		options: options.common,
		reporter,
		catalogDir,
		env,
		onClose: (cleanup) => interrupts.add(cleanup)
	});
	return interrupts.guard(asFlags(cap(job, ports)));
}
async function cap(job, ports) {
	const { options } = job;
	const gate = new require_write_gate.WriteGate(ports);
	const { base } = options.common;
	const source = await readSource(options.from, base, ports);
	const goModFile = await goModAt((0, node_path.resolve)(base, options.to), options, ports);
	if (options.rule === "gomod-cap") {
		const project = await readPlugin(goModFile, base, ports);
		const server = await serverOf(source, job, ports);
		return finish({
			project,
			server,
			result: await require_write_gate.capPlugin({
				rule: "gomod-cap",
				project,
				server
			})
		}, job, {
			gate,
			files: ports.files
		});
	}
	const project = await require_job.locatePlugin({
		path: (0, node_path.dirname)(goModFile),
		package: options.common.package,
		base,
		input: "to"
	}, ports.files);
	const server = await serverOf(source, job, ports);
	return finish({
		project,
		server,
		result: await require_write_gate.capByGo({
			project,
			server,
			options: options.common
		}, ports)
	}, job, {
		gate,
		files: ports.files
	});
}
async function serverOf(source, job, ports) {
	const { catalogDir, options } = job;
	if (source.kind === "go.mod") return serverOfGoMod(source, options.rule, ports.files);
	const catalog = await require_check.loadCatalog(catalogDir, ports.files);
	return require_check.resolveServer(source.specifier, {
		...ports,
		catalog,
		cacheDir: options.common.cacheDir
	});
}
async function finish(finished, job, { gate, files }) {
	const { result, project, server } = finished;
	const { options } = job;
	const { check, dryRun, rule } = options;
	const texts = require_write_gate.newTexts(project, result);
	if (dryRun) await showDiff(texts, job, files);
	else if (!check) await gate.write(texts);
	if (!dryRun || "reasons" in result) {
		const text = require_check.capResultText({
			result,
			rule,
			mode: check || dryRun ? "check" : "write",
			server,
			file: project.displayGoMod,
			command: commandOf(job)
		});
		if (dryRun) job.reporter.note(text);
		else job.out({
			kind: "text",
			text
		});
	}
	return result.kind === "same" || result.kind === "changed" && !check ? 0 : 1;
}
/** Names start from where the user is, or where the module does not lie below it, from the module's folder. */
async function showDiff(texts, { out, reporter }, files) {
	for (const text of texts) await require_write_gate.checkText(text, files);
	const isBelow = texts.every(({ name }) => !(0, node_path.isAbsolute)(name) && !name.startsWith("../"));
	out({
		kind: "diff",
		text: await unifiedDiff((isBelow ? texts : texts.map((text) => ({
			...text,
			name: (0, node_path.basename)(text.name)
		}))).toReversed())
	});
	const [first] = texts;
	if (isBelow || first === void 0) return;
	reporter.note(`Apply it in ${(0, node_path.dirname)(first.name)}: patch -p1, or git apply`);
}
function commandOf({ options, tool }) {
	const { from, to, rule, common } = options;
	return require_start.commandLine(tool, [
		"cap",
		...[
			"-from",
			from,
			"-to",
			to
		],
		...rule === "full" ? [] : ["--rule", rule],
		...require_start.sharedFlags(common)
	]);
}
/** `-to` is a folder with a go.mod, or a go.mod file; only gomod-cap's rule can do with a file of another name. */
async function goModAt(path, { to, rule }, { files }) {
	const stat = await files.stat(path);
	const file = stat?.kind === "folder" ? (0, node_path.join)(path, "go.mod") : path;
	if (stat === null) throw noGoMod(`there is no file or folder ${to}`);
	if (rule === "full" && (0, node_path.basename)(file) !== "go.mod") throw new require_start.Failure("input", {
		code: "not-go-mod",
		what: `${to} is not called go.mod, and Go can tell what a plugin needs only of a go.mod among the plugin's files`,
		remedy: "Name the plugin's folder or its go.mod, or use --rule gomod-cap.",
		where: {
			kind: "input",
			input: "to"
		}
	});
	return file;
}
/** As much of the plugin as gomod-cap's rule looks at. */
async function readPlugin(goModFile, base, { files }) {
	const displayGoMod = require_job.displayPath(base, goModFile);
	if ((await files.stat(goModFile))?.kind !== "file") throw noGoMod(`there is no file ${displayGoMod}`);
	const goModText = await files.readText(goModFile);
	require_job.parseModFile(goModText, displayGoMod);
	return {
		goModFile,
		goModText,
		goSumText: null,
		displayGoMod
	};
}
function noGoMod(what) {
	return new require_start.Failure("input", {
		code: "no-go-mod",
		what,
		remedy: "Name the plugin's folder, where its go.mod is, or the go.mod itself.",
		where: {
			kind: "input",
			input: "to"
		}
	});
}
/** The core calls inputs by their names in a build; here two of them have gomod-cap's. */
async function asFlags(work) {
	const flags = {
		server: "from",
		path: "to"
	};
	try {
		return await work;
	} catch (error) {
		const input = error instanceof require_start.Failure && error.where?.kind === "input" ? flags[error.where.input] : void 0;
		if (!(error instanceof require_start.Failure) || input === void 0) throw error;
		const { kind, code, what, remedy, cause } = error;
		throw new require_start.Failure(kind, {
			code,
			what,
			remedy,
			where: {
				kind: "input",
				input
			},
			cause
		});
	}
}
exports.runCap = runCap;
